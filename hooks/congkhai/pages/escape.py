"""Text as it may stand in HTML.

Comes in: any value. Goes out: text in which nothing of it is markup, unless it was `Markup`
before. Escaping as such is MarkupSafe's. Here it is done once for each text, because ids,
references and units are the same on most pages, and an item's words stand three times on
its own; and the result is plain text, because it is only put together with other such.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from congkhai.text.memo import Memo


def _escaped(text: str) -> str:
    # Most texts have nothing to escape, which takes a third of the time to see.
    return (
        str(escape(text))
        if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text
        else text
    )


safe = Memo(_escaped).__getitem__
"""The text of a value that is not `Markup`, escaped."""


def shown(value: object) -> str:
    """The text of any value: `Markup` as it is, anything else escaped."""
    return (
        value
        if type(value) is Markup
        else safe(value)
        if type(value) is str
        else str(value)
        if type(value) is int
        else escape(value)
    )
