"""A document's text, rebuilt from its data.

A `Plan` comes in; its words go out in their printed order, one paragraph a line. Compared
with the source, they prove that data entry lost and added nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from congkhai.data import schema

Paragraph = tuple[tuple[str | int, ...], str]
"""Where it is in `plan.yml`, and its words."""


def transcript(plan: schema.Plan) -> str:
    """Rebuild the whole document; each recipient has the dash that «Nơi nhận» prints."""
    return "\n".join(text for _, text in paragraphs(plan)) + "\n"


def paragraphs(plan: schema.Plan) -> list[Paragraph]:
    """List the document's paragraphs in their printed order."""
    found = [
        *_number(("document", "letterhead"), plan.document.letterhead),
        (("document", "type"), plan.document.type),
        (("document", "title"), plan.document.title),
        *_number(("preamble",), plan.preamble),
    ]
    _add_items(found, ("body",), plan.body)
    found += _number(("closing",), plan.closing)
    if plan.recipients_heading:
        found.append((("recipients_heading",), plan.recipients_heading))
    found += [
        (("recipients", index, "text"), f"- {recipient.text}")
        for index, recipient in enumerate(plan.recipients)
    ]
    found += _number(("signature",), plan.signature)
    _add_items(found, ("attachments",), plan.attachments)
    return found


def _last_field(item: schema.Item) -> str:
    """Name the field that holds the last words of an item."""
    return next(
        (name for name in ("cells", "columns", "text", "title") if getattr(item, name)), "number"
    )


def _number(loc: tuple[str | int, ...], texts: Iterable[str]) -> list[Paragraph]:
    return [((*loc, index), text) for index, text in enumerate(texts)]


def _add_items(
    found: list[Paragraph], loc: tuple[str | int, ...], items: Iterable[schema.Item]
) -> None:
    for index, item in enumerate(items):
        found.append(((*loc, index, _last_field(item)), item.printed))
        if item.items:
            _add_items(found, (*loc, index, "items"), item.items)
