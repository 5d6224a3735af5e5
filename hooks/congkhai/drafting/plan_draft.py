"""A `plan.yml` to review, from an official text.

Comes in: a document as `sources` reads it, or its text, and the units of `units.yml`. Goes
out: YAML whose wording is the document's own, word for word, and whose data is a proposal;
`# XEM LẠI:` marks what a person has to decide. Nothing is written to disk here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from congkhai.checks.issuer_places import (
    describe_codes,
    find_issuing_places,
    find_other_places,
)
from congkhai.checks.printed_dates import read_periods
from congkhai.data import registers, schema
from congkhai.data.load import Dataset
from congkhai.data.migrations import FORMAT
from congkhai.drafting.cite import Cites, propose_citations
from congkhai.drafting.document_tree import (
    Node,
    Outline,
    outline_of,
    print_outline,
    walk,
)
from congkhai.drafting.propose import Proposal, Years, propose
from congkhai.drafting.register_entries import FILE, RegisterEntries, shorten
from congkhai.drafting.self_check import drop_refused
from congkhai.drafting.unit_names import UnitNames, level_of
from congkhai.model.places import build_places, locality_folder
from congkhai.sources.document import SourceDocument
from congkhai.sources.reader import read_text
from congkhai.text.personal_data import find_personal_data
from congkhai.text.printable import make_printable
from congkhai.text.vietnamese import fold, slug

REVIEW = "# XEM LẠI: "
MOST_ROUNDS = 4
"""Checks of a draft after each of which refused data is dropped; two are enough in practice."""
_PLAIN = re.compile(r"^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_BLANK_NUMBER = re.compile(r"^Số\b\s*:?\s*[-/.…_]")
_DATE = re.compile(r"ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})")
_ISSUER = re.compile(
    r"(?<!của )((?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND) (?:(?!về )[^.,;:]){0,40}?)"
    r" (?=ban hành|xây dựng)"
)
"""«… của UBND tỉnh ban hành …» is the issuer of a document that is cited."""
_COMMITTEE = re.compile(r"(?:ủy|uỷ) ban nhân dân|UBND", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: `plan.yml`, the text of the document in its order, and what was read.

    `entries` are what registers lack, for the file of proposals beside the plan.
    """

    yaml: str
    text: str
    outline: Outline
    proposals: Mapping[str, Proposal]
    entries: RegisterEntries

    @property
    def questions(self) -> int:
        """The number of places that a person has to decide."""
        return self.yaml.count(REVIEW)


def draft_plan(
    source: str,
    units: Mapping[str, registers.Unit],
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    documents: Mapping[str, registers.Document] | None = None,
) -> str:
    """Write the YAML of a plan from its text; see `draft_document`."""
    base = Dataset(root=Path(), units=units, documents=documents or {})
    document = read_text(source)
    return draft_document(
        document, base, locality=locality, issuer=issuer, programme=programme
    ).yaml


def draft_document(
    document: SourceDocument,
    dataset: Dataset,
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    folder: str = "",
    original: Mapping[str, str] | None = None,
    signed: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Draft:
    """Write the YAML of a plan, in document order.

    `dataset`: the registers. What they lack is proposed in `Draft.entries`, and the ids
    proposed are used in the draft, so that `check` refuses it until they are confirmed.
    `locality` and `programme` are ids that no text states; left empty, the locality is marked
    for review, and a programme is proposed, named after the `folder` of the draft where that
    ends with years. `issuer` is the issuing unit when it is no People's Committee; left empty,
    it is read from the head of the document and asked about. `original`, `signed`: name and
    SHA-256 of the office's file and of its signed one. `tell` is given Vietnamese
    sentences on how far the reading is. Raises ValueError (Vietnamese) when the document has no
    type line or no numbered part.
    """
    outline = outline_of(document)
    own = f"{outline.number} {outline.symbol}" if outline.number and outline.symbol else ""
    entries = RegisterEntries(dataset.documents, dataset.measures, own)
    printed, is_sure = _read_issuer(outline)
    units = UnitNames(dataset.units, level_of(printed) or level_of(outline.issuer or ""))
    issuing = issuer or _find_issuing_unit(outline, units, dataset.units, entries)
    if issuer and outline.issuer is None:
        printed = dataset.units[issuer].name
    years = _read_period(outline)
    cites = propose_citations(outline, entries)
    proposals = propose(document, outline, units, entries, _as_years(years), tell)
    chosen = programme or _find_programme(cites, dataset)
    asked = ""
    if not chosen:
        chosen, asked = _propose_programme(outline, cites, dataset, entries, folder, years)
    question = _ask_whose_plan(locality, printed, outline, dataset)
    identity = _Identity(
        # Where head and folder disagree, a person chooses: what is left empty is refused.
        locality="" if question else locality,
        question=question,
        issuing_unit=issuing,
        is_issuer_given=bool(issuer),
        asked_issuer=_ask_about_issuer(issuing, bool(issuer), printed, outline, units, dataset),
        programme=chosen,
        asked_programme=asked,
        issuer=printed,
        is_sure_of_issuer=is_sure,
        years=years,
    )
    parts = _Parts(outline, identity, cites, proposals, units, original, signed)
    known = replace(
        dataset,
        units={**entries.as_units(), **dataset.units},
        documents={**entries.as_documents(), **dataset.documents},
    )
    complete = replace(parts, identity=identity.without_blanks())
    for _ in range(MOST_ROUNDS):
        if not drop_refused(_write_plan(complete), proposals, known, outline.doubts):
            break
    return Draft(_write_plan(parts), print_outline(outline), outline, proposals, entries)


@dataclass(frozen=True, slots=True)
class _Identity:
    """Whose plan it is, as far as it is known; blanks are for a person to fill in."""

    locality: str
    question: str
    """About the locality, which is then empty."""
    issuing_unit: str
    """The unit that issues it, when it is no People's Committee; else empty."""
    is_issuer_given: bool
    asked_issuer: str
    programme: str
    asked_programme: str
    """What is asked of it; empty where it was given, or is registered for the parent document."""
    issuer: str
    is_sure_of_issuer: bool
    years: tuple[str | None, str | None]

    def without_blanks(self) -> _Identity:
        """Fill the blanks with anything that can be read, for a check of the rest."""
        first, last = self.years
        return replace(
            self,
            locality=self.locality or "00000",
            programme=self.programme or "x",
            issuer=self.issuer or "–",
            years=(first, last or "2100"),
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that a draft is written from."""

    outline: Outline
    identity: _Identity
    cites: Cites
    proposals: Mapping[str, Proposal]
    units: UnitNames
    original: Mapping[str, str] | None
    signed: Mapping[str, str] | None


def _write_plan(parts: _Parts) -> str:
    outline, proposals = parts.outline, parts.proposals
    lines = [
        "# Bản nháp do máy lập từ văn bản gốc. Câu chữ chép nguyên văn;",
        "# loại việc, cơ quan, thời hạn là máy đoán, người nhập phải xem lại.",
        f"# Xử lý từng dòng «{REVIEW.strip('# ')}» rồi xóa dòng đó.",
        *_write_identity(outline, parts.identity),
        *_write_citations(parts.cites),
        *_write_texts("preamble", outline.preamble),
        "",
        "body:",
        *_write_items(outline.body, proposals, "  "),
        "",
        *_write_texts("closing", outline.closing),
        *_write_recipients(outline, parts.units),
        *_write_texts("signature", outline.signature),
        *_write_attachments(outline, proposals),
        *_write_original(parts.original, parts.signed),
        *_write_notes(outline),
    ]
    return "\n".join(lines) + "\n"


def _find_programme(cites: Cites, dataset: Dataset) -> str:
    """Return the programme registered for the document carried out; empty for none."""
    if cites.parent is None:
        return ""
    matching = (name for name, one in dataset.programmes.items() if one.document == cites.parent)
    return next(matching, "")


def _propose_programme(
    outline: Outline,
    cites: Cites,
    dataset: Dataset,
    entries: RegisterEntries,
    folder: str,
    years: tuple[str | None, str | None],
) -> tuple[str, str]:
    """Return the registered programme that the words name, else one proposed; and what to ask.

    One that is proposed is named as the folder.
    """
    words = fold(" ".join([outline.title, *outline.preamble]))
    named = [
        name
        for name, one in dataset.programmes.items()
        if fold(one.subject) in words and _covers(one.name, _as_years(years))
    ]
    if len(named) == 1:
        told = dataset.programmes[named[0]].name
        return named[
            0
        ], f"văn bản có nêu «{told}»: kế hoạch này thực hiện chương trình ấy, đúng chưa?"
    is_named = re.fullmatch(r"[a-z][a-z0-9-]*-(?:\d{4}-\d{4}|den-\d{4}|\d{4})", folder)
    title = outline.title or outline.type
    programme_id = folder if is_named else shorten(slug(title))
    held = ", ".join(f"{name} ({one.name})" for name, one in [*dataset.programmes.items()][:5])
    question = f"mã chương trình là đề xuất, tên ở {FILE}" + (f"; đã có: {held}" if held else "")
    if programme_id:
        entries.add_programme(programme_id, title, cites.parent or "")
    return programme_id, question


def _covers(name: str, years: Years) -> bool:
    """Whether the years of a programme's name hold those of a plan."""
    stated = [int(year) for year in re.findall(r"\b20\d\d\b", name)]
    last = years.last if years.last is not None else years.first
    if not stated or last is None:
        return False
    return last <= max(stated) and (len(stated) == 1 or min(stated) <= (years.first or last))


def _as_years(years: tuple[str | None, str | None]) -> Years:
    first, last = years
    return Years(int(first) if first else None, int(last) if last else None)


def _find_issuing_unit(
    outline: Outline,
    names: UnitNames,
    units: Mapping[str, registers.Unit],
    entries: RegisterEntries,
) -> str:
    """Return the unit that the head of a document names as its issuer.

    Empty for a People's Committee, whose plans name no unit; a body that the register lacks is
    proposed for it.
    """
    printed = outline.issuer or ""
    if not printed or _COMMITTEE.match(printed):
        return ""
    ids = names.find(printed)
    if not ids:
        return entries.add_unit(printed.capitalize() if printed.isupper() else printed)
    if ids[0] == schema.PEOPLES_COMMITTEE:
        return ""
    nature = units[ids[0]].nature
    return "" if nature in ("government", "group", "residents") else ids[0]


def _write_question(question: str, indent: str = "") -> str:
    """Write a question as one comment: a line break in words that it quotes would end it."""
    return f"{indent}{REVIEW}{make_printable(' '.join(question.split()))}"


def _ask_about_issuer(
    unit: str,
    is_given: bool,
    printed: str,
    outline: Outline,
    names: UnitNames,
    dataset: Dataset,
) -> str:
    """Ask about the unit that issues, where it was read, or is another than the words name."""
    if not unit:
        return ""
    if not is_given:
        return (
            f"đầu văn bản ghi cơ quan ban hành «{outline.issuer}»;"
            " nếu là kế hoạch của Ủy ban nhân dân thì xóa dòng issuer_unit"
        )
    named = names.find(printed) if printed else None
    if named is None or unit in named or outline.issuer is None:
        return ""
    return (
        f"đầu văn bản ghi cơ quan ban hành «{printed}», còn tệp được tải lên cho"
        f" «{dataset.units[unit].name}»: đúng là của cơ quan nào? Của cơ quan khác thì sửa dòng"
        " issuer_unit và chuyển thư mục; của Ủy ban nhân dân thì xóa dòng ấy"
    )


def _ask_whose_plan(locality: str, issuer: str, outline: Outline, dataset: Dataset) -> str:
    """Ask which locality the plan is of, where none is given or the document names another."""
    places = build_places(dataset.localities, ())
    if not locality:
        codes = find_issuing_places(issuer, outline.letterhead, places)
        told = (
            f": {describe_codes(codes, places)}?" if codes else " (của xã năm chữ số, của tỉnh hai)"
        )
        return (
            f"điền mã địa phương vào dòng dưới{told}; đặt tệp vào thư mục của địa phương, ví dụ"
            " plans/lai-chau/xa-bum-to/…, thì máy tự điền"
        )
    others = find_other_places(issuer, outline.letterhead, locality, places)
    if not others:
        return ""
    codes = tuple(dict.fromkeys([code for other in others for code in other.codes]))
    printed = "», «".join(other.printed for other in others)
    folder = locality_folder(places, codes[0]) if codes else "thư mục của nơi ấy"
    return (
        f"đầu văn bản ghi «{printed}», còn tệp được tải lên cho {places[locality].name}: kế hoạch"
        f" này của nơi nào? Điền mã vào dòng dưới ({describe_codes((*codes, locality), places)});"
        f" của nơi khác thì chuyển cả thư mục này sang {folder}/"
    )


def _write_identity(outline: Outline, identity: _Identity) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield from map(_write_question, outline.doubts)
    if identity.question:
        yield _write_question(identity.question)
    yield f"locality: {_quote(identity.locality)}"
    if identity.asked_issuer:
        yield _write_question(identity.asked_issuer)
    if identity.issuing_unit:
        yield f"issuer_unit: {_write_scalar(identity.issuing_unit)}"
    if identity.asked_programme:
        yield _write_question(identity.asked_programme)
    yield f"programme: {_write_scalar(identity.programme)}"
    yield "document:"
    yield f"  number: {_quote_or_null(outline.number)}"
    yield f"  symbol: {_quote_or_null(outline.symbol)}"
    yield f"  date: {_quote_or_null(outline.date)}"
    if not identity.issuer:
        yield _write_question("không thấy tên cơ quan ban hành; ghi như trong văn bản", "  ")
    elif not identity.is_sure_of_issuer:
        yield _write_question("tên cơ quan ban hành do máy ghép từ nhiều chỗ, đúng chưa?", "  ")
    yield f"  issuer: {_quote(identity.issuer)}"
    yield from _write_texts("letterhead", outline.letterhead, "  ")
    yield f"  type: {_quote(outline.type)}"
    yield f"  title: {_quote(outline.title)}"
    start, end = identity.years
    if end is None or start is None:
        yield _write_question("năm đầu và năm cuối của kế hoạch, đúng chưa?")
    yield f"period: {{from: {start or 'null'}, to: {end or 'null'}}}"
    if scope := _read_scope(outline):
        yield f"scope: {_quote(scope)}"


def _write_citations(cites: Cites) -> Iterator[str]:
    for printed in cites.unclear:
        yield _write_question(
            f"«{printed}»: văn bản nào? chữ không ghi ký hiệu, ngày; thêm vào cites"
        )
    if not cites.cites:
        return
    yield ""
    yield _write_question(
        "với từng văn bản dưới đây, kế hoạch thực hiện văn bản ấy (parent), lấy làm "
        "căn cứ (basis), nguồn kinh phí (funding) hay chỉ nhắc đến (mention)?"
    )
    yield "cites:"
    asked: set[str] = set()
    for cite in cites.cites:
        document = cite["document"]
        if document in cites.proposed and document not in asked:
            asked.add(document)
            yield _write_question(
                f"{document} chưa có trong documents.yml; xem đề xuất trong {FILE}", "  "
            )
        fields = ", ".join(
            f"{key}: {_quote(value) if key == 'printed' else _write_scalar(value)}"
            for key, value in cite.items()
        )
        yield f"  - {{{fields}}}"


def _write_items(
    nodes: Iterable[Node], proposals: Mapping[str, Proposal], indent: str
) -> Iterator[str]:
    for node in nodes:
        proposal = proposals[node.id]
        for question in (*proposal.doubts, *_ask_about_people(node)):
            yield _write_question(question, indent)
        yield f"{indent}- id: {_write_scalar(node.id)}"
        inner = f"{indent}  "
        for key in ("number", "title", "text"):
            if value := getattr(node, key):
                yield f"{inner}{key}: {_quote(value)}"
        for key in ("columns", "cells"):
            if values := getattr(node, key):
                yield f"{inner}{key}: [{', '.join(_quote(value) for value in values)}]"
        yield from _write_proposal(proposal, inner)
        if node.items:
            yield f"{inner}items:"
            yield from _write_items(node.items, proposals, f"{inner}  ")


def _ask_about_people(node: Node) -> Iterator[str]:
    """Ask about each kind of personal data in a provision's words."""
    words = " ".join(filter(None, (node.title, node.text, *node.columns, *node.cells)))
    for kind in find_personal_data(words):
        yield (
            f"văn bản có vẻ chứa {kind.name}: che bằng «[…]» ở đây và trong source.txt, hoặc giữ"
            " nếu là của cơ quan và được công khai"
        )


def _write_proposal(proposal: Proposal, indent: str) -> Iterator[str]:
    if proposal.kind:
        yield f"{indent}kind: {proposal.kind}"
    for role in schema.ROLES:
        if units := proposal.roles.get(role):
            yield f"{indent}{role}: {_write_list(units)}"
    if proposal.applies_to:
        yield f"{indent}applies_to: {_write_scalar(proposal.applies_to)}"
    yield from _write_deadlines(proposal.due, indent)
    if proposal.deliverable:
        yield f"{indent}deliverable: {_quote(proposal.deliverable)}"
    yield from _write_targets(proposal.targets, indent)
    if proposal.reporting:
        yield f"{indent}reporting: {_write_mapping(proposal.reporting)}"


def _write_deadlines(deadlines: list[dict[str, str]], indent: str) -> Iterator[str]:
    if len(deadlines) == 1:
        yield f"{indent}due: {_write_mapping(deadlines[0])}"
    elif deadlines:
        yield f"{indent}due:"
        yield from (f"{indent}  - {_write_mapping(due)}" for due in deadlines)


def _write_targets(targets: list[dict[str, str]], indent: str) -> Iterator[str]:
    if targets:
        yield f"{indent}targets:"
    for target in targets:
        for order, (key, value) in enumerate(target.items()):
            is_plain = key in ("key", "measure", "value", "maximum", "baseline") and value
            shown = value if is_plain else _quote(value)
            yield f"{indent}  {'  ' if order else '- '}{key}: {shown}"


def _write_recipients(outline: Outline, names: UnitNames) -> Iterator[str]:
    if outline.recipients_heading:
        yield f"recipients_heading: {_quote(outline.recipients_heading)}"
    if outline.recipients:
        yield "recipients:"
    for text in outline.recipients:
        filed = fold(text).startswith("luu")
        units = () if filed else names.find_all(text)
        yield f"  - text: {_quote(text)}"
        if units:
            yield f"    units: {_write_list(units)}"


def _write_attachments(outline: Outline, proposals: Mapping[str, Proposal]) -> Iterator[str]:
    if outline.attachments:
        yield ""
        yield "attachments:"
        yield from _write_items(outline.attachments, proposals, "  ")


def _write_original(
    original: Mapping[str, str] | None, signed: Mapping[str, str] | None
) -> Iterator[str]:
    if original:
        yield ""
        yield _write_question(
            "ghi ngày nhận tệp (received), nhận từ đâu (from), địa chỉ trên cổng (url)"
        )
        yield "original:"
        yield from (f"  {key}: {_quote(value)}" for key, value in original.items())
    if original and signed:
        yield _write_question(
            f"mở {signed['file']}: có đúng là bản đã ký của chính văn bản này không? Không đúng thì"
            " xóa phần signed và chuyển tệp đi",
            "  ",
        )
        yield "  signed:"
        yield from (f"    {key}: {_quote(value)}" for key, value in signed.items())


def _write_notes(outline: Outline) -> Iterator[str]:
    blanks = []
    for line in outline.letterhead:
        if _BLANK_NUMBER.match(line) and not outline.number:
            blanks.append((line, "Bản nhận được để trống số."))
        elif (match := _DATE.search(line)) and not (match["d"] and match["m"]):
            missing = " và ".join(
                name for name, part in (("ngày", match["d"]), ("tháng", match["m"])) if not part
            )
            blanks.append((line, f"Nguồn để trống {missing}."))
    if blanks:
        yield ""
        yield "notes:"
    for printed, text in blanks:
        fields = f"printed: {_quote(printed)}, text: {_quote(text)}"
        yield f"  - {{at: letterhead, kind: blank, {fields}}}"


def _write_texts(key: str, texts: list[str], indent: str = "") -> Iterator[str]:
    if texts:
        yield f"{indent}{key}:"
        yield from (f"{indent}  - {_quote(text)}" for text in texts)


def _write_mapping(fields: Mapping[str, Any]) -> str:
    shown = []
    for key, value in fields.items():
        if isinstance(value, (list, tuple)):
            shown.append(f"{key}: {_write_list(value)}")
        elif isinstance(value, Mapping):
            shown.append(f"{key}: {_write_mapping(value)}")
        else:
            shown.append(f"{key}: {value if key in ('every', 'ongoing', 'via') else _quote(value)}")
    return f"{{{', '.join(shown)}}}"


def _write_list(values: Iterable[str]) -> str:
    return f"[{', '.join(_write_scalar(value) for value in values)}]"


def _write_scalar(value: str) -> str:
    """Write an id, without quotes where every YAML reader takes it for a string."""
    return value if _PLAIN.match(value) and value not in _RESERVED else _quote(value)


def _quote(value: str) -> str:
    """Write a double-quoted scalar on one line: what JSON writes, YAML reads back unchanged."""
    return json.dumps(value, ensure_ascii=False)


def _quote_or_null(value: str | None) -> str:
    return _quote(value) if value else "null"


def _read_issuer(outline: Outline) -> tuple[str, bool]:
    """Read the issuer, and whether its whole name stands in one place.

    «UBND phường» takes the name of the ward from the title.
    """
    named = _ISSUER.findall(" ".join(outline.preamble))
    if not named:
        return outline.issuer or "", False
    issuer = named[-1]
    level = next(
        (
            level
            for level in ("phường", "xã", "tỉnh", "thành phố", "đặc khu")
            if issuer.endswith(level)
        ),
        None,
    )
    if not level:
        return issuer, True
    after = re.split(rf"\b{level} ", outline.title, maxsplit=1)[1:]
    name = " ".join(takewhile(str.istitle, after[0].split())) if after else ""
    return f"{issuer} {name}".strip(), False


def _read_period(outline: Outline) -> tuple[str | None, str | None]:
    """Read first and last year as the check of a period reads them."""
    periods = read_periods(outline.title, outline.preamble)
    if not periods:
        return None, None
    # «… giai đoạn 2026 - 2030, định hướng đến năm 2035»: what is only looked at comes last.
    start, end = next((years for years in periods if years[0] is not None), periods[0])
    return str(start) if start is not None else None, str(end)


def _read_scope(outline: Outline) -> str | None:
    return next(
        (
            node.text
            for node, _ in walk(outline.body)
            if fold(node.title or "").startswith("pham vi") and node.text
        ),
        None,
    )
