"""Entries that registers lack, proposed from the words of a document: `de-xuat.yml`.

Comes in: names of bodies, figures, citations, titles as the document prints them. Goes out:
ids for the draft, and the file of proposals, one section for each register. A draft that uses
such an id is refused by `check` until a person has confirmed the entry (`congkhai draft
--accept de-xuat.yml` adds it to the register), so nothing guessed is published unread.
What the words do not say is left empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from congkhai.data import registers
from congkhai.data.folder import PROPOSALS
from congkhai.drafting.unit_names import level_of
from congkhai.reading.facts import Citation, Span
from congkhai.text.vietnamese import capital, fold, slug

FILE: Final = PROPOSALS
_LONGEST_ID: Final = 60
_NATURES: Final = (
    ("group", r"cac |co quan|don vi|dia phuong"),
    ("front", r"uy ban mat tran|mat tran|uy ban mttq|mttq"),
    ("police", r"cong an"),
    ("union", r"hoi (?!dong)|doan |lien doan|lien hiep|to chuc chinh tri|doan the"),
    (
        "party",
        r"dang uy|chi bo|ban tuyen giao|ban dan van|ban to chuc|tinh uy|thanh uy|uy ban kiem tra"
        r"|huyen uy|van phong dang uy",
    ),
    ("school", r"truong (?!thon|ban|phong)|co so giao duc"),
    ("health", r"tram y te|benh vien|trung tam y te"),
    ("media", r"bao |dai "),
    ("service", r"trung tam"),
    ("residents", r"thon|to dan pho|khu pho|ap |truong thon|truong ban"),
)
"""What a body may be, by how its name begins; a proposal for its entry in `units.yml`."""
_LEGISLATORS: Final[Mapping[str, str]] = {
    "luat": "Quốc hội",
    "bo luat": "Quốc hội",
    "phap lenh": "Ủy ban Thường vụ Quốc hội",
}
"""Who issues what has no number in print: Hiến pháp 2013, Điều 70 and Điều 74."""
_ISSUERS: Final = (
    (r"(?:^|[-/])TTg$", "Thủ tướng Chính phủ"),
    (r"-CP$", "Chính phủ"),
    (r"(?:^|[-/])UBTVQH\d*$", "Ủy ban Thường vụ Quốc hội"),
    (r"(?:^|[-/])QH\d*$", "Quốc hội"),
)
"""Who issues a document by the end of its symbol: Nghị định 30/2020/NĐ-CP, Phụ lục I and III."""
_YEAR_IN_SYMBOL = re.compile(r"^(?P<year>(?:19|20)\d{2})/")
NO_TITLE: Final = "(các văn bản trên trang web không ghi trích yếu)"
_ISSUING = re.compile(r",\s+(?=(?:Ủy ban|Uỷ ban|UBND|Đảng ủy|Ban Thường vụ|Sở|Phòng|Chủ tịch)\b)")
"""Where the title of a cited document ends and the sentence goes on: «…, UBND xã ban hành»."""
_OPENS = re.compile(r"[\s,]*(?:số |các |những |là )?", re.I)
_ENDS = re.compile(
    r"[.;:()]|, (?:trong|đến|tăng|giảm|bình)|(?:,| và) \d|(?:^|\s)năm 20\d\d\b"
    r"|\s(?:vào|trong|đến|trước|hết|cuối) (?:năm|quý|tháng|ngày|hết|cuối)\b",
    re.I,
)
"""Where the words that name a measure end: at a mark, or at a deadline."""
_SHARE = re.compile(r"%|‰|phần trăm")
_LEADS_TO_FIGURE = re.compile(
    r"(?:(?:^|\s+)(?:phấn đấu|bảo đảm|đảm bảo|đạt|là|còn|xuống|lên|từ|trên|dưới|ít nhất|cho|có"
    r"|tối thiểu|không|quá|thấp|hơn|khoảng|trong đó|và|(?:đến |vào )?(?:hết |cuối )?năm 20\d\d"
    r",?))+$",
    re.I,
)
"""Words between the name of a measure and its figure."""
_BY_WHEN = re.compile(r"^\W*(?:đến|vào|trong) (?:hết |cuối )?năm 20\d\d,?\s+", re.I)
_OTHER_SHARE = re.compile(r"\d[\d.,]*\s*%(?:\s*/\s*\w+)?(?: trở (?:lên|xuống))?")
_RATE_OF = re.compile(r"(?:tỷ|tỉ) (?:lệ|trọng|suất)\s", re.I)
LONGEST_VERB: Final = 2
"""Words before a figure that say what is done, and not to what."""
_CHANGED_TO = re.compile(r"\s+(?:giảm|tăng)(?= (?:xuống|còn|lên)\b)", re.I)
"""Before the level that is to be reached: no reduction is measured."""
_REACHES = re.compile(r"\b(?:xuống|còn|lên)(?: còn| dưới| trên| khoảng)*$", re.I)
_REDUCES = re.compile(r"^(?:giảm|tăng|nâng|đưa)\s+(?=(?:tỷ|tỉ) )", re.I)
_CHANGES = re.compile(r"\s+(?:tăng|giảm)(?: thêm| bình quân)*$", re.I)
_REQUIRED: Final = ("type", "issuer", "title")
_SECTIONS: Final[Mapping[str, str]] = {
    "units": "Cơ quan chưa có trong units.yml: xem tên, cấp (level), tính chất (nature).",
    "documents": "Văn bản chưa có trong documents.yml: xem số, ngày, cơ quan, trích yếu.",
    "measures": "Cách đo chưa có trong measures.yml: đo cùng một điều thì dùng chung một mã.",
    "programmes": "Chương trình chưa có trong programmes.yml: xem tên và văn bản gốc.",
}


class RegisterEntries:
    """The registers, and the entries that a document asks to add to them."""

    def __init__(
        self,
        documents: Mapping[str, registers.Document] | None = None,
        measures: Mapping[str, registers.Measure] | None = None,
        own: str = "",
    ) -> None:
        """Begin with the registers; `own`: number and symbol of the document itself."""
        self._documents = documents or {}
        self._measures = measures or {}
        self._own = _key_of(own, None)
        self.sections: dict[str, dict[str, dict[str, object]]] = {name: {} for name in _SECTIONS}
        self._ids_by_number: dict[str, list[str]] = {}
        for name, document in self._documents.items():
            if document.number:
                key = _key_of(document.number, document.symbol)
                self._ids_by_number.setdefault(key, []).append(name)

    def __len__(self) -> int:
        return sum(map(len, self.sections.values()))

    def add_unit(self, printed: str) -> str:
        """Propose an entry of `units.yml` for a body; return its id.

        >>> entries = RegisterEntries()
        >>> entries.add_unit("Hội Người cao tuổi xã"), entries.sections["units"]
        ('hoi-nguoi-cao-tuoi-xa', {'hoi-nguoi-cao-tuoi-xa': {'name': 'Hội Người cao tuổi xã', \
'level': ['commune'], 'nature': 'union'}})
        """
        unit_id = shorten(slug(printed))
        folded = f"{fold(printed)} "
        nature = next((kind for kind, pattern in _NATURES if re.match(pattern, folded)), "state")
        level = level_of(printed)
        self.sections["units"].setdefault(
            unit_id,
            {
                "name": capital(printed),
                "level": [level] if level else ["province", "commune"],
                "nature": nature,
            },
        )
        return unit_id

    def add_measure(self, words: str, figure: Span | None = None) -> str:
        """Propose what a figure measures, in the words around it; return its id.

        Without a figure the words themselves say it, as in a row of a table.

        A measure of the register whose name the words print is that one.
        """
        folded = fold(words)
        known = [name for name, one in self._measures.items() if fold(one.name) in folded]
        if known:
            return max(known, key=lambda name: len(self._measures[name].name))
        measured = _measured(words, figure) if figure is not None else words
        measure_id = shorten(slug(measured)) or "xem-lai"
        if measure_id in self._measures:
            # The same short id for another wording: never the register's own measure unasked.
            measure_id = f"{measure_id}-khac"
        self.sections["measures"].setdefault(
            measure_id,
            {
                "name": measured,
                "topic": "",
                "meaning": f"Đo đúng như câu chữ của văn bản: «{words}»",
            },
        )
        return measure_id

    def is_own(self, citation: Citation) -> bool:
        """Whether a citation names the document itself: «(Kèm theo Kế hoạch số 45/KH-UBND …)»."""
        return bool(self._own) and _key_of(citation.number, citation.symbol) == self._own

    def add_document(self, citation: Citation) -> str | None:
        """Find or propose the document that is cited; return its id.

        None for a citation without a symbol, a date or a name, which can be any document.
        """
        ids = self._ids_by_number.get(_key_of(citation.number, citation.symbol), [])
        matching = [name for name in ids if self._is_of_date(name, citation.date)]
        if citation.number and len(matching) == 1:
            return matching[0]
        if not citation.number and citation.title:
            return self._add_law(citation)
        if not citation.symbol and not citation.date:
            return None
        symbol = citation.symbol or ""
        in_symbol = _YEAR_IN_SYMBOL.match(symbol)
        date = citation.date or (in_symbol["year"] if in_symbol else "")
        stem = slug(f"{citation.number} {_YEAR_IN_SYMBOL.sub('', symbol)}")
        section = self.sections["documents"]
        if not date:
            same: list[str] = [
                name for name in section if re.fullmatch(rf"{re.escape(stem)}-\d{{4}}", name)
            ]
            if same:
                return same[0]
        document_id: str = f"{stem}-{date[:4]}" if date else stem
        by_symbol = next((name for end, name in _ISSUERS if re.search(end, symbol)), "")
        title = capital(_ISSUING.split(citation.title or "", maxsplit=1)[0])
        entry: dict[str, object] = {
            "type": capital(citation.type),
            "number": citation.number,
            "symbol": symbol,
            "date": date,
            "issuer": citation.issuer or by_symbol,
            "title": title or NO_TITLE,
        }
        held = section.setdefault(document_id, entry)
        for key, value in entry.items():
            if value not in ("", NO_TITLE) and held[key] in ("", NO_TITLE, date[:4]):
                held[key] = value
        return document_id

    def add_programme(self, programme_id: str, name: str, document: str) -> str:
        """Propose a programme for a plan that no programme of the register fits."""
        self.sections["programmes"][programme_id] = {
            "name": name,
            "subject": re.sub(r"\s*(?:giai đoạn|năm|đến năm)\s+\d{4}.*$", "", name),
            "document": document,
        }
        return programme_id

    def _add_law(self, citation: Citation) -> str:
        name = f"{citation.type} {citation.title}"
        year = (citation.date or "")[:4]
        document_id = shorten(slug(f"{name} {year}"))
        known = next(
            (
                key
                for key, one in self._documents.items()
                if fold(f"{one.type} {one.title}") == fold(name)
                and (one.date is None or not year or str(one.date.year) == year)
            ),
            None,
        )
        if known:
            return known
        self.sections["documents"].setdefault(
            document_id,
            {
                "type": capital(citation.type),
                "date": citation.date or "",
                "issuer": _LEGISLATORS.get(fold(citation.type), ""),
                "title": citation.title or "",
            },
        )
        return document_id

    def _is_of_date(self, name: str, date: str | None) -> bool:
        day = self._documents[name].date
        return day is None or date is None or date.startswith(day.iso()[:4])

    def as_units(self) -> dict[str, registers.Unit]:
        """Return the units proposed, as the register would hold them."""
        return {
            name: registers.Unit(**entry)  # type: ignore[arg-type]
            for name, entry in self.sections["units"].items()
        }

    def as_documents(self) -> dict[str, registers.Document]:
        """Return the documents proposed, with a dash for what the sentence does not say."""
        return {
            name: registers.Document(
                **{key: value or "–" for key, value in entry.items() if value or key in _REQUIRED}  # type: ignore[arg-type]
            )
            for name, entry in self.sections["documents"].items()
        }

    def write(self) -> str:
        """Write the file of proposals; empty when nothing is proposed."""
        if not len(self):
            return ""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# Đề xuất cho các danh mục chung, lập từ chữ của văn bản. Xem từng mục: sửa chỗ sai,"
        yield '# điền chỗ để trống (""), xóa mục không đúng. Xong thì chạy trong thư mục gốc:'
        yield "#   congkhai draft --accept ĐƯỜNG-DẪN-TỆP-NÀY"
        yield "# Lệnh ấy chép các mục vào danh mục rồi xóa tệp này."
        for section, explanation in _SECTIONS.items():
            entries = self.sections[section]
            if not entries:
                continue
            yield ""
            yield f"# {explanation}"
            if section == "measures":
                yield from self._explain_topics()
            yield f"{section}:"
            for name, entry in entries.items():
                yield f"  {name}:"
                yield from (f"    {key}: {write_value(value)}" for key, value in entry.items())

    def _explain_topics(self) -> Iterator[str]:
        """Say which groups there are: to which one a figure belongs only a person can tell."""
        yield "# topic là nhóm trên trang chỉ tiêu: chép tên một nhóm đã có, hoặc đặt tên nhóm mới."
        topics = dict.fromkeys(measure.topic for measure in self._measures.values())
        if topics:
            yield "# Nhóm đã có:"
            yield from (f"#   {topic}" for topic in topics)


def write_value(value: object) -> str:
    """Write a value on one line, as JSON, which YAML reads back unchanged."""
    return json.dumps(value, ensure_ascii=False)


def _measured(words: str, figure: Span) -> str:
    """Name what a figure is of: the words after it with what is counted, else those before it.

    >>> _measured("Phấn đấu 80% hồ sơ được nộp trực tuyến vào năm 2028.", Span(9, 12, "80%"))
    'hồ sơ được nộp trực tuyến'
    >>> _measured("Ít nhất 200 hộ được cài VNeID.", Span(0, 14, "Ít nhất 200 hộ"))
    'hộ được cài VNeID'
    >>> _measured("Tỷ lệ hộ dùng nước sạch từ 70% trở lên; phấn đấu đạt 85%.", Span(53, 56, "85%"))
    'Tỷ lệ hộ dùng nước sạch'
    """
    after = _OPENS.sub("", _ENDS.split(words[figure.end :], maxsplit=1)[0], count=1).strip(" ,")
    counted = ""
    if not _SHARE.search(figure.printed):
        counted = re.split(r"\d[\d.,]*", figure.printed)[-1].removesuffix("trở lên").strip()
    clauses = re.split(r"[.;:](?!\d)", words[: figure.start])
    is_change = "/năm" in figure.printed
    # «…; phấn đấu đạt 85%» is of what the clause before it told.
    names = [_name_in_clause(clause, is_change) for clause in reversed(clauses)]
    is_named = bool(_RATE_OF.match(names[0]))
    if not is_named and (len(after.split()) > 1 or (counted and after)):
        return f"{counted} {after}".strip()
    name = next(filter(None, names), "")
    if counted and len(name.split()) <= LONGEST_VERB:
        name = f"{name} {counted.partition('/')[0]}"  # «Kết nạp 20 đảng viên/năm»
    return name.strip() or after or words[:80]


def _name_in_clause(clause: str, is_change: bool) -> str:
    """Leave out of a clause its other shares, and the words that lead to a figure.

    `is_change`: «giảm bình quân» is what a figure for each year measures.

    >>> _name_in_clause("Tỷ lệ trường đạt chuẩn là 100%, trong đó mức độ 2 đạt", is_change=False)
    'mức độ 2'
    """
    *others, own = _OTHER_SHARE.split(_BY_WHEN.sub("", clause))
    for part in (own, *reversed(others)):
        words = _CHANGED_TO.sub("", part.strip(" ,-"))
        name = _LEADS_TO_FIGURE.sub("", words).strip(" ,-").removeprefix("trong đó ")
        if _REACHES.search(words):
            name = _REDUCES.sub("", name)
        if name:
            return name if is_change or part is own else _CHANGES.sub("", name)
    return ""


def shorten(name: str) -> str:
    """Cut an id at a word, so that it is no longer than an id may be."""
    if len(name) <= _LONGEST_ID:
        return name
    return name[: _LONGEST_ID + 1].rpartition("-")[0]


def _key_of(number: str | None, symbol: str | None) -> str:
    return slug(f"{number or ''} {symbol or ''}")
