"""A `plan.yml` to review, from an official text.

Comes in: a document as `sources` reads it, or its text, and the units of `units.yml`. Goes
out: YAML whose wording is the document's own, word for word, and whose data is a proposal;
`# XEM LẠI:` marks what a person has to decide. Nothing is written to disk here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from congkhai.data import registers, schema
from congkhai.data.migrations import FORMAT
from congkhai.drafting.add_facts import add_facts
from congkhai.drafting.document_tree import (
    Node,
    Outline,
    outline_of,
    print_outline,
    walk,
)
from congkhai.drafting.propose import Proposal, propose, propose_citations
from congkhai.drafting.unit_matcher import Roster
from congkhai.reading.citations import read_citations
from congkhai.sources import SourceDocument, read_text
from congkhai.text.personal_data import find_personal_data
from congkhai.text.vietnamese import capital, fold, slug

REVIEW = "# XEM LẠI: "
_PLAIN = re.compile(r"^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_BLANK_NUMBER = re.compile(r"^Số\b\s*:?\s*[-/.…_]")
_DATE = re.compile(r"ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})")
_ISSUER = re.compile(
    r"((?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND) [^.,;:]{0,40}?) (?=ban hành|xây dựng)"
)
_ISSUING = re.compile(r",\s+(?=(?:Ủy ban|Uỷ ban|UBND|Đảng ủy|Ban Thường vụ|Sở|Phòng|Chủ tịch)\b)")
"""Where the title of a cited document ends and the sentence goes on: «…, UBND xã ban hành»."""
_YEARS = re.compile(r"giai đoạn (\d{4})\s*[-–]\s*(\d{4})", re.I)
_UNTIL = re.compile(r"đến năm (\d{4})", re.I)
_ONE_YEAR = re.compile(r"(?<!đến )\bnăm (20\d{2})\b(?!\s*[-–])", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: `plan.yml`, the text of the document in its order, and what was read."""

    yaml: str
    text: str
    outline: Outline
    proposals: Mapping[str, Proposal]

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
    return draft_document(
        read_text(source),
        units,
        locality=locality,
        issuer=issuer,
        programme=programme,
        documents=documents,
    ).yaml


def draft_document(
    document: SourceDocument,
    units: Mapping[str, registers.Unit],
    *,
    locality: str = "",
    issuer: str = "",
    programme: str = "",
    documents: Mapping[str, registers.Document] | None = None,
    original: Mapping[str, str] | None = None,
) -> Draft:
    """Write the YAML of a plan, in document order.

    `documents`: `documents.yml`, to name cited documents by their ids there; without it
    ids are composed of number and year. `locality` and `programme` are ids that no text
    states; left empty, they are marked for review and `check` refuses the file until they
    are filled in. `issuer` is the issuing unit when it is no People's Committee; left empty, it
    is read from the head of the document and asked about. `original`: name and SHA-256 of the
    office's file. Raises ValueError
    (Vietnamese) when the document has no type line or no numbered part.
    """
    outline = outline_of(document)
    roster = Roster(units)
    proposals = propose(outline, roster)
    add_facts(document, outline, proposals, roster)
    lines = [
        "# Bản nháp do máy lập từ văn bản gốc: chữ là nguyên văn, dữ liệu là đề xuất.",
        f"# Xử lý từng dòng «{REVIEW.strip('# ')}» rồi xóa dòng đó.",
        *_write_identity(outline, locality, programme, Issuing(issuer, roster, units)),
        *_write_citations(outline, documents or {}),
        *_write_texts("preamble", outline.preamble),
        "",
        "body:",
        *_write_items(outline.body, proposals, "  "),
        "",
        *_write_texts("closing", outline.closing),
        *_write_recipients(outline, roster),
        *_write_texts("signature", outline.signature),
        *_write_attachments(outline, proposals),
        *_write_original(original),
        *_write_notes(outline),
    ]
    return Draft("\n".join(lines) + "\n", print_outline(outline), outline, proposals)


@dataclass(frozen=True, slots=True)
class Issuing:
    """Who is said to have issued the document, and the units that it may be."""

    unit: str
    roster: Roster
    units: Mapping[str, registers.Unit]

    def read(self, outline: Outline) -> str | None:
        """Return the unit that the head of a document names as its issuer.

        None for a People's Committee, whose plans name no unit, and for words of no unit.
        """
        leading = self.roster.find_leading(outline.issuer or "")
        unit = self.units[leading[0]] if leading else None
        if unit is None or unit.nature in ("government", "group", "residents"):
            return None
        return None if leading[0] == schema.PEOPLES_COMMITTEE else leading[0]


def _write_identity(
    outline: Outline, locality: str, programme: str, issuing: Issuing
) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield from (f"{REVIEW}{doubt}" for doubt in outline.doubts)
    if not locality:
        yield f"{REVIEW}mã địa phương trong localities.yml"
    yield f"locality: {_quote(locality)}"
    yield from _write_issuing_unit(outline, issuing)
    if not programme:
        yield f"{REVIEW}mã chương trình trong programmes.yml"
    yield f"programme: {_write_scalar(programme)}"
    yield "document:"
    yield f"  number: {_quote_or_null(outline.number)}"
    yield f"  symbol: {_quote_or_null(outline.symbol)}"
    yield f"  date: {_quote_or_null(outline.date)}"
    issuer, sure = _read_issuer(outline)
    if issuing.unit and outline.issuer is None:
        issuer = issuing.units[issuing.unit].name
    if not sure:
        yield f"  {REVIEW}tên cơ quan ban hành ghép từ nhiều chỗ trong văn bản"
    yield f"  issuer: {_quote(issuer)}"
    yield from _write_texts("letterhead", outline.letterhead, "  ")
    yield f"  type: {_quote(outline.type)}"
    yield f"  title: {_quote(outline.title)}"
    start, end = _read_period(outline)
    if end is None or start is None:
        yield f"{REVIEW}giai đoạn của kế hoạch"
    yield f"period: {{from: {start or 'null'}, to: {end or 'null'}}}"
    if scope := _read_scope(outline):
        yield f"scope: {_quote(scope)}"


def _write_issuing_unit(outline: Outline, issuing: Issuing) -> Iterator[str]:
    unit = issuing.unit or issuing.read(outline)
    if unit and not issuing.unit:
        yield (
            f"{REVIEW}đầu văn bản ghi cơ quan ban hành «{outline.issuer}»;"
            " nếu là kế hoạch của Ủy ban nhân dân thì xóa dòng issuer_unit"
        )
    if unit:
        yield f"issuer_unit: {_write_scalar(unit)}"


def _write_citations(
    outline: Outline, documents: Mapping[str, registers.Document]
) -> Iterator[str]:
    ids_by_number = {
        slug(f"{document.number} {document.symbol} {document.date.year}"): key
        for key, document in documents.items()
        if document.number and document.date
    }
    cites = propose_citations(outline)
    entries = _propose_documents(outline)
    if not cites:
        return
    yield ""
    yield f"{REVIEW}quan hệ (parent, basis, funding, mention) là đề xuất"
    yield "cites:"
    for cite in cites:
        if cite["document"] in ids_by_number:
            cite["document"] = ids_by_number[cite["document"]]
        else:
            entry = entries.get(cite["document"])
            hint = f"; thêm vào đó: {entry}" if entry else ""
            yield f"  {REVIEW}chưa có văn bản này trong documents.yml{hint}"
        fields = ", ".join(
            f"{key}: {_quote(value) if key == 'printed' else _write_scalar(value)}"
            for key, value in cite.items()
        )
        yield f"  - {{{fields}}}"


def _propose_documents(outline: Outline) -> dict[str, str]:
    """Write an entry of `documents.yml` for each document cited, by id, ready to paste.

    What the sentence does not say is left empty, which `check` refuses.
    """
    nodes = [node for node, _ in walk([*outline.body, *outline.attachments])]
    texts = [*outline.preamble, outline.title, *outline.closing]
    texts += [f"{node.title or ''} {node.text or ''}" for node in nodes]
    entries: dict[str, str] = {}
    for citation in (one for text in texts for one in read_citations(text)):
        if not citation.symbol or not citation.date:
            continue
        key = f"{slug(f'{citation.number} {citation.symbol}')}-{citation.date[:4]}"
        fields = {
            "type": citation.type,
            "number": citation.number,
            "symbol": citation.symbol,
            "date": citation.date,
            "issuer": citation.issuer or "",
            "title": capital(_ISSUING.split(citation.title or "", maxsplit=1)[0]),
        }
        shown = ", ".join(f"{name}: {_quote(value)}" for name, value in fields.items())
        if key not in entries or 'title: ""' in entries[key]:
            entries[key] = f"{key}: {{{shown}}}"
    return entries


def _write_items(
    nodes: Iterable[Node], proposals: Mapping[str, Proposal], indent: str
) -> Iterator[str]:
    for node in nodes:
        proposal = proposals[node.id]
        yield from (f"{indent}{REVIEW}{doubt}" for doubt in proposal.doubts)
        yield from (f"{indent}{REVIEW}{question}" for question in _ask_about_people(node))
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
            shown = value if key in ("key", "measure", "value") else _quote(value)
            yield f"{indent}  {'  ' if order else '- '}{key}: {shown}"


def _write_recipients(outline: Outline, roster: Roster) -> Iterator[str]:
    if outline.recipients_heading:
        yield f"recipients_heading: {_quote(outline.recipients_heading)}"
    if outline.recipients:
        yield "recipients:"
    for text in outline.recipients:
        filed = fold(text).startswith("luu")
        units = () if filed else roster.find_all(text)
        yield f"  - text: {_quote(text)}"
        if units:
            yield f"    units: {_write_list(units)}"


def _write_attachments(outline: Outline, proposals: Mapping[str, Proposal]) -> Iterator[str]:
    if outline.attachments:
        yield ""
        yield "attachments:"
        yield from _write_items(outline.attachments, proposals, "  ")


def _write_original(original: Mapping[str, str] | None) -> Iterator[str]:
    if original:
        yield ""
        yield f"{REVIEW}ghi ngày nhận tệp (received), nhận từ đâu (from), địa chỉ trên cổng (url)"
        yield "original:"
        yield from (f"  {key}: {_quote(value)}" for key, value in original.items())


def _write_notes(outline: Outline) -> Iterator[str]:
    blanks = []
    for line in outline.letterhead:
        if _BLANK_NUMBER.match(line) and not outline.number:
            blanks.append((line, "Nguồn để trống số."))
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
    text = " ".join(outline.preamble)
    match = _ISSUER.search(text)
    if not match:
        return outline.issuer or "xem lại", False
    issuer = match[1]
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
    years: list[tuple[str, str]] = _YEARS.findall(outline.title)
    if years:
        return years[-1]
    if until := _UNTIL.search(outline.title):
        return None, until[1]
    one = _ONE_YEAR.search(outline.title)
    return (one[1], one[1]) if one else (None, None)


def _read_scope(outline: Outline) -> str | None:
    return next(
        (
            node.text
            for node, _ in walk(outline.body)
            if fold(node.title or "").startswith("pham vi") and node.text
        ),
        None,
    )
