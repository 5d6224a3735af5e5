"""Text of strangers in one line of a terminal or of a log.

Comes in: names, keys and values from data files, as they are. Goes out: the same without line
breaks, escape sequences and signs that change the direction of writing. A line break in a key
would begin a line of its own, which a CI service may take for a command.
"""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def make_printable(text: str) -> str:
    r"""Write control characters, line breaks and invisible signs as their codes.

    >>> make_printable("k\n::error::x\x1b[2J")
    'k\\n::error::x\\x1b[2J'
    >>> make_printable("xã Nam Sách\u202e")
    'xã Nam Sách\\u202e'
    >>> make_printable("##[error]x")
    '## [error]x'
    """
    # GitHub takes `##[command]` for a command anywhere in a line, `::command::` at its start.
    return _UNPRINTABLE.sub(_escape, text).replace("##[", "## [")


def begin_sentence(words: str) -> str:
    """Begin words with a capital letter, unless a name stands first: another letter, another file.

    >>> begin_sentence("thư mục o1 đã có"), begin_sentence("o1 đã có"), begin_sentence("kh.docx")
    ('Thư mục o1 đã có', 'o1 đã có', 'kh.docx')
    """
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    return f"{words[:1].upper()}{words[1:]}" if _WORD.fullmatch(first) else words


_WORD = re.compile(r"[^\W\d_]+[,:]?")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char in _NAMES:
        return _NAMES[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
