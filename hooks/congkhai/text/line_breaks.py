"""Where a line may break: not inside a word of several syllables, not before a dash.

Vietnamese is written with a blank between syllables, so a browser breaks «Văn / hóa» and begins
lines with «- Xã hội». Words of this site come in; the same letters go out, with blanks that hold.
Words of a document keep their blanks, whoever copies them: they are cut where a line may break.
"""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_COMPOUNDS = (
    *("chính phủ", "chính trị", "chuyển đổi số", "công nghệ", "đào tạo", "đổi mới"),
    *("giáo dục", "giai đoạn", "khoa học", "kinh tế", "môi trường", "nội vụ", "nông nghiệp"),
    *("nông thôn", "sáng tạo", "tài chính", "thể thao", "tư pháp", "văn hóa", "việt nam"),
    *("xã hội", "xây dựng", "y tế"),
)
"""Words that names of programmes and bodies are made of."""
_COMPOUND = re.compile(rf"\b(?:{'|'.join(_COMPOUNDS)})\b", re.IGNORECASE)
_BEFORE_DASH = re.compile(r" (?=[-–] )")


_HELD = re.compile(
    rf"[(“\"]{{0,3}}\b(?:{'|'.join(_COMPOUNDS)})\b(?: [-–](?= )|[.,;:”\")]{{1,3}})?", re.IGNORECASE
)
"""A compound with the marks around it and a dash behind it."""


def split_whole_words(text: str) -> list[tuple[str, bool]]:
    """Cut a text into parts, each with whether no line may break within it.

    >>> split_whole_words("về Văn hóa - Xã hội.")
    [('về ', False), ('Văn hóa -', True), (' ', False), ('Xã hội.', True)]
    """
    parts = []
    end = 0
    for match in _HELD.finditer(text):
        if match.start() > end:
            parts.append((text[end : match.start()], False))
        parts.append((match[0], True))
        end = match.end()
    if end < len(text):
        parts.append((text[end:], False))
    return parts


def keep_words_whole(text: str) -> str:
    r"""Return a heading that breaks between words only, and after a dash, not before it.

    >>> keep_words_whole("Văn hóa - Xã hội").split(" ")
    ['Văn\xa0hóa\xa0-', 'Xã\xa0hội']
    """
    whole = _COMPOUND.sub(lambda match: match[0].replace(" ", _NO_BREAK), text)
    return _BEFORE_DASH.sub(_NO_BREAK, whole)
