"""The documents that a plan cites, with the relation that the place suggests.

Comes in: an `Outline`. Goes out: citations as `plan.yml` has them, each with the id of its
document: the registered one of that number, symbol and year, else the one proposed from the
sentence, never another that looks like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from congkhai.drafting.document_tree import Outline, walk
from congkhai.drafting.register_entries import RegisterEntries
from congkhai.reading.citations import read_citations, read_ground
from congkhai.text.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Cites:
    """Citations in the order of the document; `unclear` are words that can be any document."""

    cites: tuple[dict[str, str], ...] = ()
    unclear: tuple[str, ...] = ()
    proposed: frozenset[str] = field(default_factory=frozenset)

    @property
    def parent(self) -> str | None:
        """The id of the document that the plan carries out, as far as its place shows."""
        return next((cite["document"] for cite in self.cites if cite["relation"] == "parent"), None)


def propose_citations(outline: Outline, entries: RegisterEntries) -> Cites:
    """List the documents cited, each once a place."""
    # Dates first: «Nghị quyết số 57-NQ/TW» further down is the one dated in the preamble.
    for _, text, _ in _places(outline):
        for citation in read_citations(text):
            if citation.date and not entries.is_own(citation):
                entries.add_document(citation)
    cites: dict[tuple[str, str], dict[str, str]] = {}
    carried_out: list[str] = []
    unclear: list[str] = []
    for place, text, is_funding in _places(outline):
        for citation in read_citations(text):
            if entries.is_own(citation):
                continue
            printed = citation.span.printed
            document = entries.add_document(citation)
            if document is None:
                unclear.append(printed)
                continue
            relation = "funding" if is_funding else "mention"
            ground = read_ground(text, citation.span.start) if place == "preamble" else "aware-of"
            if ground != "aware-of":
                relation = "basis"
            if ground == "carries-out":
                carried_out.append(document)
            cites.setdefault(
                (document, place),
                {"document": document, "relation": relation, "printed": printed, "at": place},
            )
    _choose_parent(cites.values(), carried_out)
    proposed = frozenset(entries.sections["documents"])
    return Cites(tuple(cites.values()), tuple(dict.fromkeys(unclear)), proposed)


def _choose_parent(cites: Iterable[dict[str, str]], carried_out: Sequence[str]) -> None:
    """Make one ground the parent: the first that the plan «carries out», else the first of all."""
    grounds = [cite for cite in cites if cite["relation"] == "basis"]
    named = [cite for cite in grounds if cite["document"] in carried_out]
    for cite in (named or grounds)[:1]:
        cite["relation"] = "parent"


def _places(outline: Outline) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts of a document: (where it stands, its words, whether it is on money)."""
    for text in outline.preamble:
        yield "preamble", text, False
    yield "title", outline.title, False
    for node, above in walk([*outline.body, *outline.attachments]):
        is_funding = any("kinh phi" in fold(one.title or "") for one in (*above, node))
        for words in filter(None, (node.title, node.text, *node.cells)):
            yield node.id, words, is_funding
    for text in outline.closing:
        yield "closing", text, False
