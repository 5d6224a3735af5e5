"""Regular expressions of Python as browsers read them.

Comes in: a compiled pattern of a rule. Goes out: its source for JavaScript with the flag `u`, and
what may not stand before it: phones of before 2023 know no look-behind. So a page asks by the
very patterns that `congkhai check` has.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NOT_AFTER = re.compile(r"\(\?<!(\[[^\]]*\]|\\w)\.?\)")
_POSSESSIVE = re.compile(r"(?<=\])([*+])\+")
_ANY_CASE = re.compile(r"\(\?i:((?:[^()]|\([^()]*\))*)\)")
_LETTER = re.compile(r"(?<!\\)[^\W\d_]")
_WORD_IN_CLASS = r"\p{L}\p{N}_"
_ESCAPED_PLAIN = re.compile(r"\\[\"'<>@&~` ,;:=!#%_]")
"""Signs that mean themselves, of which JavaScript allows no escape."""
_UNSEEN = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff]")
"""What is not seen in a file as what it is."""


class BrowserPattern(NamedTuple):
    """A pattern of JavaScript, with the flag `u`."""

    pattern: str
    not_after: str
    """A class of characters that may not stand before a match; empty without one."""
    flags: str


def to_browser(compiled: re.Pattern[str]) -> BrowserPattern:
    r"""Write a pattern for JavaScript.

    Its look-behind, if it has one, is negative, of one character, and in front of the match or
    behind its first character.

    >>> to_browser(re.compile(r"(?<![a-z])[0-9]++\Z"))
    BrowserPattern(pattern='[0-9]+$', not_after='[a-z]', flags='u')
    >>> to_browser(re.compile(r"(?<!\w)(?i:bé) [\w-]")).pattern
    '(?:[bB][éÉ]) [\\p{L}\\p{N}_-]'
    """
    found = _NOT_AFTER.search(compiled.pattern)
    pattern = _NOT_AFTER.sub("", compiled.pattern, count=1)
    pattern = _ANY_CASE.sub(lambda match: f"(?:{_in_any_case(match[1])})", pattern)
    pattern = _POSSESSIVE.sub(r"\1", pattern).replace(r"\Z", "$").replace("(?P<", "(?<")
    return BrowserPattern(
        _write_words(pattern),
        _write_words(found[1]) if found else "",
        "iu" if compiled.flags & re.IGNORECASE else "u",
    )


def _in_any_case(source: str) -> str:
    return _LETTER.sub(lambda match: f"[{match[0].lower()}{match[0].upper()}]", source)


def _write_words(source: str) -> str:
    r"""Write `\w`, which means other letters in JavaScript, and what cannot be seen."""
    written, is_in_class = [], False
    for part in re.findall(r"\\.|.", source, re.DOTALL):
        if part == r"\w":
            written.append(_WORD_IN_CLASS if is_in_class else f"[{_WORD_IN_CLASS}]")
            continue
        if _ESCAPED_PLAIN.fullmatch(part):
            part = part[1]
        is_in_class = part == "[" or (is_in_class and part != "]")
        written.append(_UNSEEN.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", part))
    return "".join(written)
