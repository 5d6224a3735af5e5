"""Where a line may break: not inside a word of several syllables, not before a dash.

Vietnamese is written with a blank between syllables, so a browser breaks «Văn / hóa» and begins
lines with «- Xã hội». Words of this site come in; the same letters go out, with blanks that hold.
Words of a document keep their blanks, whoever copies them: they are cut where a line may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_BREAK = "\u00a0"
_COMPOUNDS = (
    *("chính phủ", "chính trị", "chuyển đổi số", "công nghệ", "đào tạo", "đổi mới"),
    *("giáo dục", "giai đoạn", "khoa học", "kinh tế", "môi trường", "nội vụ", "nông nghiệp"),
    *("nông thôn", "sáng tạo", "tài chính", "thể thao", "tư pháp", "văn hóa", "việt nam"),
    *("xã hội", "xây dựng", "y tế"),
)
"""Words that names of programmes and bodies are made of."""
_COMPOUND = re.compile(rf"\b(?:{'|'.join(_COMPOUNDS)})\b")
"""In small letters: a pattern for both sizes takes four times as long."""
_BEFORE_DASH = re.compile(r" (?=[-–] )")
_OPENING = '(“"'
_CLOSING = re.compile(r"(?: [-–](?= )|[.,;:”\")]{1,3})?")
_MARKS = 3
"""So many marks may stand around a word; a longer row of them is no writing."""


def split_whole_words(text: str) -> list[tuple[str, bool]]:
    """Cut a text into parts, each with whether no line may break within it.

    >>> split_whole_words("về Văn hóa - Xã hội.")
    [('về ', False), ('Văn hóa -', True), (' ', False), ('Xã hội.', True)]
    """
    parts = []
    end = 0
    for first, last in _find_compounds(text):
        start = first
        while start > max(end, first - _MARKS) and text[start - 1] in _OPENING:
            start -= 1
        if start > end:
            parts.append((text[end:start], False))
        closing = _CLOSING.match(text, last)
        end = closing.end() if closing is not None else last
        parts.append((text[start:end], True))
    if end < len(text):
        parts.append((text[end:], False))
    return parts


def keep_words_whole(text: str) -> str:
    r"""Return a heading that breaks between words only, and after a dash, not before it.

    >>> keep_words_whole("Văn hóa - Xã hội").split(" ")
    ['Văn\xa0hóa\xa0-', 'Xã\xa0hội']
    """
    whole = text
    for first, last in _find_compounds(text):
        whole = whole[:first] + whole[first:last].replace(" ", _NO_BREAK) + whole[last:]
    return _BEFORE_DASH.sub(_NO_BREAK, whole)


def _find_compounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each compound begins and ends."""
    lower = text.lower()
    # A Turkish İ becomes two letters, and all behind it would be looked for one place too far.
    if len(lower) == len(text):
        yield from (match.span() for match in _COMPOUND.finditer(lower))
