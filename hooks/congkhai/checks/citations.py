"""The rule that a citation names the document in whose entry of the register it stands.

Comes in: a `PlanContext`. Goes out: differences between the words with which a plan cites a
document, and number, symbol, date and type of that document in `documents.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from congkhai.checks.context import Difference, PlanContext
from congkhai.data import registers, schema
from congkhai.reading import facts
from congkhai.reading.citations import read_citations
from congkhai.text.dates import PartialDate
from congkhai.text.vietnamese import fold

_MONEY = re.compile(r"kinh phí|ngân sách|dự toán|nguồn vốn|(?<!\w)chi (?!bộ|nhánh|tiết)", re.I)
_SIGN = re.compile(r"[\s./-]+")


def compare_citations(context: PlanContext) -> Iterator[Difference]:
    """Compare number, symbol, date and type that a citation prints with its document."""
    documents = context.dataset.documents
    for index, citation in enumerate(context.plan.cites):
        document = documents.get(citation.document)
        if document is None:
            continue
        for printed, message in _faults_of(citation, document):
            owner = next(
                (name for name, other in documents.items() if _is_named(citation.printed, other)),
                None,
            )
            right = f"dạng đúng: document: {owner}" if owner else "kiểm tra document và printed"
            yield Difference(
                field="cites",
                places=(citation.at,),
                loc=("cites", index, "document"),
                message=message,
                hint=f"{right}; cố ý khác thì thêm vào notes: {{at: {citation.at},"
                f' kind: conflict, differs: cites, printed: "{printed[:60]}", text: "lý do"}}',
                printed=printed,
            )


def compare_relations(context: PlanContext) -> Iterator[Difference]:
    """Compare the relation of a citation with its place: funding where the words are of money.

    A plan that names none of its documents as parent is a warning: nothing stands above it then.
    """
    cites = context.plan.cites
    for index, citation in enumerate(cites):
        placed = context.by_id.get(citation.at)
        if citation.relation != "funding":
            continue
        texts = (
            [placed.item.printed, *(step.title or "" for step in placed.above)] if placed else []
        )
        if not any(_MONEY.search(text) for text in texts):
            yield Difference(
                field="cites",
                places=(citation.at,),
                loc=("cites", index, "relation"),
                message=f"relation: funding, nhưng chữ ở {citation.at} không nói đến kinh phí",
                hint="dạng đúng: relation: mention; cố ý khác thì thêm vào notes:"
                f' {{at: {citation.at}, kind: context, differs: cites, text: "lý do"}}',
                printed=citation.printed,
            )
    if cites and not any(citation.relation == "parent" for citation in cites):
        yield Difference(
            field="cites",
            places=("preamble", "title", "plan"),
            loc=("cites",),
            message="không văn bản nào được nhắc đến là văn bản cha (relation: parent)",
            hint="ghi relation: parent ở văn bản mà kế hoạch thực hiện; không có thì thêm vào"
            ' notes: {at: plan, kind: context, differs: cites, text: "lý do"}',
            severity="warning",
        )


def _is_named(printed: str, document: registers.Document) -> bool:
    """Whether words print number and symbol of a document, and nothing else of another."""
    read = _read(printed)
    return (
        read is not None
        and document.number is not None
        and read.number == document.number
        and not list(_compare(read, document))
    )


@lru_cache(maxsize=8192)
def _read(printed: str) -> facts.Citation | None:
    citations = read_citations(printed)
    return citations[0] if citations else None


def _faults_of(
    citation: schema.Citation, document: registers.Document
) -> Iterator[tuple[str, str]]:
    """Yield (printed words, message) for each part of a citation that is another document's."""
    read = _read(citation.printed)
    if read is not None and (read.number or read.title):
        yield from _compare(read, document)
        return
    words = fold(citation.printed)
    known = (document.title, *document.names, *filter(None, (document.number,)))
    if not any(fold(name) in words or words in fold(name) for name in known):
        yield (
            citation.printed,
            f"chữ «{citation.printed[:60]}» không nêu số, tên của {citation.document}",
        )


def _compare(read: facts.Citation, document: registers.Document) -> Iterator[tuple[str, str]]:
    name = f"{document.type} {document.number or '(không số)'}/{document.symbol or ''}".rstrip("/")
    if read.number and document.number != read.number:
        printed = f"{read.number}/{read.symbol}" if read.symbol else read.number
        yield printed, f"số in «{read.number}» khác số của {name} trong documents.yml"
    if read.symbol and document.symbol and _sign(read.symbol) != _sign(document.symbol):
        printed = f"{read.number}/{read.symbol}"
        yield printed, f"ký hiệu in «{read.symbol}» khác ký hiệu của {name} trong documents.yml"
    if read.date and document.date is not None and not _agree(read.date, document.date):
        day = "/".join(reversed(read.date.split("-")))
        yield day, f"ngày in {day} khác ngày {document.date} của {name} trong documents.yml"
    if fold(read.type) != fold(document.type):
        yield read.type, f"loại in «{read.type}» khác loại của {name} trong documents.yml"


def _sign(symbol: str) -> str:
    return _SIGN.sub("", fold(symbol))


def _agree(printed: str, known: PartialDate) -> bool:
    """Whether two dates can be one day; the less precise one says less."""
    parts = [part for part in known.iso().split("-") if part]
    return all(one == other for one, other in zip(printed.split("-"), parts, strict=False))
