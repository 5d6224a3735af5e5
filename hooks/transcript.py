"""A document's text, rebuilt from its data.

Comes in: a `Plan`. Goes out: its words in their printed order, one paragraph a line.
Compared with the source, it proves that data entry lost and added nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks import model


def transcript(plan: model.Plan) -> str:
    """The whole document. Recipients get the dash that «Nơi nhận» prints before each."""
    return "\n".join(_write_lines(plan)) + "\n"


def _write_lines(plan: model.Plan) -> Iterator[str]:
    yield from plan.document.letterhead
    yield plan.document.type
    yield plan.document.title
    yield from plan.preamble
    for item in plan.body:
        yield from _write_item(item)
    yield from plan.closing
    if plan.recipients_heading:
        yield plan.recipients_heading
    for recipient in plan.recipients:
        yield f"- {recipient.text}"
    yield from plan.signature


def _write_item(item: model.Item) -> Iterator[str]:
    yield " ".join(part for part in (item.number, item.title, item.text) if part)
    for child in item.items:
        yield from _write_item(child)
