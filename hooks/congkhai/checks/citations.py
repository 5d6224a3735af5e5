"""Rules that a citation names the document of its entry, whole, and as what its words make it.

Comes in: a `PlanContext`. Goes out: differences between the words with which a plan cites a
document, and number, symbol, date and type of that document in `documents.yml`; and between the
relation and the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from congkhai.checks.context import Difference, PlanContext
from congkhai.data import registers, schema
from congkhai.reading import facts
from congkhai.reading.citations import Ground, read_citations, read_ground
from congkhai.text.dates import PartialDate
from congkhai.text.vietnamese import fold

_MONEY = re.compile(r"kinh phí|ngân sách|dự toán|nguồn vốn|(?<!\w)chi (?!bộ|nhánh|tiết)", re.I)
_FUNDING = "kinh phi"
"""In the heading of a part that is about money, folded."""
_WORDS: dict[Ground, str] = {
    "based-on": "căn cứ",
    "carries-out": "thực hiện",
    "aware-of": "quán triệt",
    "follows": "theo",
}
_RELATIONS: dict[bool, dict[Ground | None, tuple[str, ...]]] = {
    True: {
        "based-on": ("basis", "parent"),
        "carries-out": ("parent", "basis"),
        "aware-of": ("mention",),
        "follows": ("mention", "basis", "parent"),
        None: ("mention", "basis", "parent"),
    },
    False: {
        "based-on": ("mention", "basis", "parent"),
        "carries-out": ("mention",),
        "aware-of": ("mention",),
        "follows": ("mention",),
        None: ("mention",),
    },
}
"""Relations that words allow, in the preamble and elsewhere; the usual one first."""
_SIGN = re.compile(r"[\s./-]+")


def compare_citations(context: PlanContext) -> Iterator[Difference]:
    """Compare number, symbol, date and type that a citation prints with its document."""
    documents = context.dataset.documents
    for index, citation in enumerate(context.plan.cites):
        document = documents.get(citation.document)
        if document is None:
            continue
        for printed, message in _faults_of(citation, document, documents):
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


def compare_quoted_citations(context: PlanContext) -> Iterator[Difference]:
    """Compare the words of a citation with all by which its sentence names the document."""
    for index, citation in enumerate(context.plan.cites):
        for text in _texts_at(context, citation.at):
            start = text.find(citation.printed)
            if start < 0:
                continue
            end = start + len(citation.printed)
            for whole in read_citations(text):
                is_cut = whole.span.start < start < whole.span.end or (
                    whole.span.start <= start and whole.span.start < end < whole.span.end
                )
                if is_cut:
                    yield Difference(
                        field="cites",
                        places=(citation.at,),
                        loc=("cites", index, "printed"),
                        message=f"chữ «{citation.printed[:60]}» không chép hết tên văn bản",
                        hint=f"dạng đúng: printed: {whole.span.printed}; cố ý khác thì thêm vào"
                        f" notes: {{at: {citation.at}, kind: context, differs: cites,"
                        f' printed: "{citation.printed[:60]}", text: "lý do"}}',
                        printed=citation.printed,
                        severity="warning",
                    )
            break


def compare_relations(context: PlanContext) -> Iterator[Difference]:
    """Compare the relation of a citation with its sentence, and with the heading above it.

    «Căn cứ» and «thực hiện» in the preamble make a basis or a parent, elsewhere a document is only
    named; funding is where the words are of money. A plan that names none of its documents as
    parent is a warning: nothing stands above it then.
    """
    cites = context.plan.cites
    for index, citation in enumerate(cites):
        found = _fault_of_relation(context, citation)
        if found is not None:
            message, right = found
            yield Difference(
                field="cites",
                places=(citation.at,),
                loc=("cites", index, "relation"),
                message=message,
                hint=f"dạng đúng: relation: {right}; cố ý khác thì thêm vào notes:"
                f' {{at: {citation.at}, kind: context, differs: cites, text: "lý do"}}',
                printed=citation.printed,
            )
    if cites and not any(citation.relation == "parent" for citation in cites):
        yield Difference(
            field="cites",
            places=("preamble", "title", "plan"),
            loc=("cites",),
            message="chưa văn bản nào trong cites là văn bản cấp trên (relation: parent)",
            hint="ghi relation: parent ở văn bản mà kế hoạch thực hiện; không có thì thêm vào"
            ' notes: {at: plan, kind: context, differs: cites, text: "lý do"}',
            severity="warning",
        )


def _fault_of_relation(context: PlanContext, citation: schema.Citation) -> tuple[str, str] | None:
    """Return what is wrong with the relation of a citation, and the right one; None if nothing."""
    relation, at = citation.relation, citation.at
    placed = context.by_id.get(at)
    headings = [step.title or "" for step in (*placed.above, placed.item)] if placed else []
    is_funding = any(_FUNDING in fold(heading) for heading in headings)
    if relation == "funding":
        texts = [placed.item.printed, *headings] if placed else []
        if is_funding or any(_MONEY.search(text) for text in texts):
            return None
        return f"relation: funding, nhưng chữ ở {at} không nói đến kinh phí", "mention"
    if is_funding:
        return f"relation: {relation}, nhưng {at} ở dưới tiêu đề về kinh phí", "funding"
    allowed = _RELATIONS[at == "preamble"]
    for text in _texts_at(context, at):
        start = text.find(citation.printed)
        if start < 0:
            continue
        ground = read_ground(text, start)
        right = allowed[ground] if at != "title" else (*allowed[ground], "parent")
        if relation not in right:
            said = f"nhắc đến văn bản ấy bằng chữ «{_WORDS[ground]}»" if ground else "chỉ nêu tên"
            return f"relation: {relation}, nhưng câu {said}", " hoặc ".join(right)
        return None
    return None


def _texts_at(context: PlanContext, at: str) -> tuple[str, ...]:
    """Return the texts of the place at which a citation stands."""
    plan = context.plan
    if at in context.by_id:
        return (context.by_id[at].item.printed,)
    parts = {"preamble": plan.preamble, "title": (plan.document.title,), "closing": plan.closing}
    return parts.get(at, ())


def _is_named(printed: str, document: registers.Document) -> bool:
    """Whether words print number and symbol of a document, and nothing else of another."""
    read = _read(printed)
    return (
        read is not None
        and document.number is not None
        and read.number == document.number
        and not list(_compare(read, document))
    )


@lru_cache(maxsize=1024)
def _read(printed: str) -> facts.Citation | None:
    citations = read_citations(printed)
    return citations[0] if citations else None


def _has_name(document: registers.Document, words: str) -> bool:
    """Whether folded words are a document's title or one of its names, whole."""
    return any(fold(name) == words for name in (document.title, *document.names))


def _faults_of(
    citation: schema.Citation,
    document: registers.Document,
    documents: Mapping[str, registers.Document],
) -> Iterator[tuple[str, str]]:
    """Yield (printed words, message) for each part of a citation that is another document's."""
    read = _read(citation.printed)
    if read is not None and (read.number or read.title):
        yield from _compare(read, document)
        return
    words = fold(citation.printed)
    known = (document.title, *document.names, *filter(None, (document.number,)))
    is_of_another = not _has_name(document, words) and any(
        _has_name(other, words) for other in documents.values()
    )
    if is_of_another or not any(fold(name) in words or words in fold(name) for name in known):
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
