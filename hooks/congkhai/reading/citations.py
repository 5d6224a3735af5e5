"""Documents that a text cites, and the words that are a document's name.

Comes in: the words of a provision. Goes out: `Citation`s with number, symbol, date,
issuer and title as far as the sentence prints them, and the spans inside which a date or
a figure belongs to a name: a citation, a quotation, «Đề án … giai đoạn 2021 - 2030».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from congkhai.reading.facts import Citation, Span

DOCUMENT_TYPES = (
    "Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư liên tịch"
    "|Thông tư|Kết luận|Quy định"
    "|Hướng dẫn|Kế hoạch|Chương trình hành động|Chương trình|Đề án|Công văn|Thông báo"
    "|Báo cáo|Tờ trình|Công điện"
    "|Quy chế|Văn bản|Công ước|Thông tri|Chiến lược|Giấy mời|Biên bản|Hiệp định"
    "|Kết luận thanh tra|Lệnh"
)
# A blank beside a sign, «99- TB/TW», «QĐ- TTg», is a slip of the copy.
_SYMBOL = (
    r"(?:\s?/\s?|-\s?)(?-i:(?=[A-ZĐ\d]))[^\s,;.()]+(?:(?<=[-/])\s(?-i:(?=[A-ZĐ]))[^\s,;.()]+)?"
)
# A number alone («báo cáo 6 tháng») is no citation: it needs «số» or a symbol.
_NUMBER = (
    rf"(?:số\s*:?\s*(?P<number>\d+[A-Za-z]?)(?P<symbol>(?:{_SYMBOL})?)"
    r"|(?P<number2>\d+[A-Za-z]?)(?P<symbol2>[/-][^\s,;.()]*[A-ZĐ][^\s,;.()]*))"
)
_DATE = r"(?P<d>\d{1,2})(?:[/.-]| tháng )(?P<m>\d{1,2})(?:[/.-]| năm )(?P<y>(?:19|20)\d{2})"
_CITATION = re.compile(
    rf"\b(?P<type>{DOCUMENT_TYPES})\s+{_NUMBER}(?:,?\s*(?:ban hành\s+)?(?:ngày\s+)?{_DATE})?"
    rf"|\b(?P<law>Bộ luật|Luật|Pháp lệnh)\s+(?P<title>[^,;.()]{{3,80}}?)\s+(?:năm\s+"
    rf"(?P<ly>(?:19|20)\d{{2}})|\((?P<ly2>(?:19|20)\d{{2}})\))",
    re.I,
)
# «tại các Quyết định: số 36/QĐ-TTg ngày 11/01/2024; số 1569/QĐ-TTg ngày 12/12/2024».
_NUMBER_AND_DATE = re.compile(rf"\bsố\s*:?\s*\d+[A-Za-z]?{_SYMBOL},?\s*ngày\s+{_DATE}", re.I)
_ISSUER = re.compile(
    r"\s*(?:,\s*)?(?:của|do)\s+(?P<issuer>[A-ZĐƯÔÂÊƠÁÀẢÃẠẤỨỬỦỤĂ][^,;.()]*?)(?=\s+(?:về"
    r"|phê duyệt|ban hành|quy định|v/v|thực hiện|triển khai|đã|được|trên)\b|[,;.()]|$)"
)
_TITLE = re.compile(r"\s*(?:về(?: việc)?|phê duyệt|ban hành|quy định)\s+(?P<title>[^;.()]+)")
Ground = Literal["based-on", "carries-out", "aware-of", "follows"]
"""What words make of the document that they name: «căn cứ», «thực hiện», «quán triệt», «theo»."""
_GROUNDS: dict[Ground, str] = {
    "based-on": r"căn cứ(?: vào)?|trên cơ sở|dựa trên",
    "carries-out": (
        r"(?:tiếp tục |tổ chức |triển khai )?(?:thực hiện|triển khai)"
        r"|thi hành|chấp hành|cụ thể hóa|cụ thể hoá|hưởng ứng"
    ),
    "aware-of": r"quán triệt|học tập|nghiên cứu",
    "follows": r"theo|xét|tiếp nối|kèm theo|thay thế|sửa đổi|bổ sung|bãi bỏ",
}
_GROUND = re.compile(
    "|".join(rf"(?<!\w)({words})(?!\w)" for words in _GROUNDS.values()), re.IGNORECASE
)
_CLAUSE_START = re.compile(r"(?:^|[;.,(:]|(?<!\w)và) ?[“\"«]?$", re.IGNORECASE)
_BETWEEN = re.compile(
    r" (?:(?:các|những|nội dung|chỉ đạo|hướng dẫn|tinh thần|tại|của) ?){0,4}[“\"«]?", re.IGNORECASE
)
"""Between the word and the name: «theo hướng dẫn tại Công văn»."""
_NEW_SENTENCE = re.compile(r"\. (?=[^\W\d_])")
_QUOTED = re.compile(r"[“\"«][^”\"»]{0,1000}[”\"»]")


def read_citations(text: str) -> tuple[Citation, ...]:
    """Read every document that a text names by number, in order.

    >>> read_citations("Quyết định số 155/QĐ-TTg ngày 20/01/2026 của Thủ tướng Chính phủ")[0].symbol
    'QĐ-TTg'
    """
    return tuple(_read(text, match) for match in _CITATION.finditer(text))


def read_ground(text: str, at: int) -> Ground | None:
    """Read what a sentence makes of the document that it names at a place; None without words.

    The word right before the name counts, else the one that begins the clause: the title of
    another document has verbs of its own.

    >>> read_ground("Căn cứ Luật A về thực hiện B; theo hướng dẫn tại Công văn số 12", 54)
    'follows'
    >>> read_ground("Thực hiện Nghị quyết A về nghiên cứu B và Công văn số 12", 44)
    'carries-out'
    """
    begun = max((match.end() for match in _NEW_SENTENCE.finditer(text, 0, at)), default=0)
    ground = None
    for match in _GROUND.finditer(text, begun, at):
        before = text[max(begun, match.start() - 4) : match.start()]
        is_next_to_it = _BETWEEN.fullmatch(text, match.end(), at) is not None
        if is_next_to_it or match.start() == begun or _CLAUSE_START.search(before):
            ground = tuple(_GROUNDS)[(match.lastindex or 1) - 1]
    return ground


def name_spans(text: str) -> Iterator[Span]:
    """Yield the spans whose dates and figures belong to the name of a document."""
    for match in _CITATION.finditer(text):
        yield Span(match.start(), match.end(), match[0])
    for match in _NUMBER_AND_DATE.finditer(text):
        yield Span(match.start(), match.end(), match[0])
    for match in _QUOTED.finditer(text):
        yield Span(match.start(), match.end(), match[0])


def _read(text: str, match: re.Match[str]) -> Citation:
    end = match.end()
    if match["law"]:
        span = Span(match.start(), end, match[0])
        return Citation(
            span, match["law"], "", None, match["ly"] or match["ly2"], None, match["title"]
        )
    issuer = _ISSUER.match(text, end)
    title = _TITLE.match(text, issuer.end() if issuer else end)
    date = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}" if match["y"] else None
    return Citation(
        Span(match.start(), end, match[0]),
        match["type"],
        match["number"] or match["number2"],
        "".join((match["symbol"] or match["symbol2"] or "").split()).lstrip("/-") or None,
        date,
        issuer["issuer"].strip() if issuer else None,
        title["title"].strip() if title else None,
    )
