"""Hand-written pages in sections, so that a long one opens as its own table of contents.

Comes in: the HTML of a page, which is trusted. Goes out: what stands before its first heading of
the second level, and each section with its heading; what is said only where there is a contact,
or only where there is none, stands between comments in the Markdown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONG = 9_000
"""Letters of HTML from which on the sections are folded: some ten screens of a phone."""
_SECTION = re.compile(r"(?=<h2\b)")
_BY_CONTACT = re.compile(
    r"<!-- contact -->(?P<with>.*?)(?:<!-- no contact -->(?P<without>.*?))?<!-- end -->", re.S
)


class ProseSection(NamedTuple):
    """A heading of the second level, and what stands under it."""

    heading: str
    body: str


class Prose(NamedTuple):
    """A hand-written page."""

    opening: str
    sections: tuple[ProseSection, ...]
    is_long: bool


def choose_by_contact(content: str, has_contact: bool) -> str:
    """Keep what a page says to readers who can reach the operator, or to those who cannot.

    >>> page = "Gửi<!-- contact --> cho Sở<!-- no contact --> cho kho<!-- end -->."
    >>> choose_by_contact(page, True), choose_by_contact(page, False)
    ('Gửi cho Sở.', 'Gửi cho kho.')
    """
    return _BY_CONTACT.sub(lambda found: found["with" if has_contact else "without"] or "", content)


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
