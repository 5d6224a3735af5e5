"""A document's text, rebuilt from its data.

Comes in: a `Plan`. Goes out: its words in their printed order, one paragraph a line.
Compared with the source, it proves that data entry lost and added nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hooks import model

Paragraph = tuple[tuple[str | int, ...], str]
"""Where it is in `plan.yml`, and its words."""


def transcript(plan: model.Plan) -> str:
    """The whole document. Recipients get the dash that «Nơi nhận» prints before each."""
    return "\n".join(text for _, text in paragraphs(plan)) + "\n"


def paragraphs(plan: model.Plan) -> Iterator[Paragraph]:
    """The document's paragraphs in their printed order."""
    yield from _number(("document", "letterhead"), plan.document.letterhead)
    yield ("document", "type"), plan.document.type
    yield ("document", "title"), plan.document.title
    yield from _number(("preamble",), plan.preamble)
    yield from _write_items(("body",), plan.body)
    yield from _number(("closing",), plan.closing)
    if plan.recipients_heading:
        yield ("recipients_heading",), plan.recipients_heading
    for index, recipient in enumerate(plan.recipients):
        yield ("recipients", index, "text"), f"- {recipient.text}"
    yield from _number(("signature",), plan.signature)


def _number(loc: tuple[str | int, ...], texts: Iterable[str]) -> Iterator[Paragraph]:
    for index, text in enumerate(texts):
        yield (*loc, index), text


def _write_items(loc: tuple[str | int, ...], items: Iterable[model.Item]) -> Iterator[Paragraph]:
    for index, item in enumerate(items):
        here = (*loc, index)
        last = "text" if item.text else "title" if item.title else "number"
        yield (*here, last), " ".join(part for part in (item.number, item.title, item.text) if part)
        yield from _write_items((*here, "items"), item.items)
