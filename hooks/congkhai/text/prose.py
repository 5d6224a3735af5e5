"""Hand-written pages in sections, so that a long one opens as its own table of contents.

Comes in: the HTML of a page, which is trusted. Goes out: what stands before its first heading of
the second level, and each section with its heading.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONG = 9_000
"""Letters of HTML from which on the sections are folded: some ten screens of a phone."""
_SECTION = re.compile(r"(?=<h2\b)")


class ProseSection(NamedTuple):
    """A heading of the second level, and what stands under it."""

    heading: str
    body: str


class Prose(NamedTuple):
    """A hand-written page."""

    opening: str
    sections: tuple[ProseSection, ...]
    is_long: bool


def split_sections(content: str) -> Prose:
    """Split a page at its headings of the second level.

    >>> split_sections("<p>a</p><h2>b</h2><p>c</p>").sections
    (ProseSection(heading='<h2>b</h2>', body='<p>c</p>'),)
    """
    # Markdown does not say whose headings they are; screen readers ask.
    content = content.replace("<th>", '<th scope="col">')
    opening, *sections = _SECTION.split(content)
    parts = [section.partition("</h2>") for section in sections]
    return Prose(
        opening,
        tuple(ProseSection(head + end, body) for head, end, body in parts),
        len(content) > LONG,
    )
