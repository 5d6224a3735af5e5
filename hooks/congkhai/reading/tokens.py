"""Words and marks of a text with their places, and phrases matched against tables.

Comes in: the words of a provision. Goes out: `Token`s, in one spelling whatever the
document prints (`ủy` for `uỷ`, `hóa` for `hoá`), and the longest phrase of a table that
stands at a token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from congkhai.reading.facts import Span
from congkhai.reading.phrases import Phrases

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_HYPHENS = frozenset("-–—")
# «hoà» and «hòa», «uỷ» and «ủy» are one word in two spellings; both occur in one document.
_OLD_SPELLINGS = {
    **dict(zip(("oà", "oả", "oã", "oá", "oạ"), ("òa", "ỏa", "õa", "óa", "ọa"), strict=True)),
    **dict(zip(("oè", "oẻ", "oẽ", "oé", "oẹ"), ("òe", "ỏe", "õe", "óe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uỷ", "uỹ", "uý", "uỵ"), ("ùy", "ủy", "ũy", "úy", "ụy"), strict=True)),
}
_OLD_SPELLING = re.compile(r"(?<!q)(?:" + "|".join(_OLD_SPELLINGS) + r")$")


LOOK_BACK = 400
"""Characters before a place in which words about it are sought: longer than a clause."""


def search_before(
    pattern: re.Pattern[str], text: str, end: int, most: int = LOOK_BACK
) -> re.Match[str] | None:
    """Search the words before a place, for whose end the pattern has `$`.

    Never all of them: a text of nothing but dates would be searched from its start for each.
    """
    return pattern.search(text, max(0, end - most), end)


class Token(NamedTuple):
    """A word or a mark: as printed, its place, and its spelling in the tables."""

    text: str
    start: int
    end: int
    word: str

    @property
    def is_word(self) -> bool:
        """Whether it has letters or digits."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_hyphen(self) -> bool:
        """Whether it is a hyphen or a dash."""
        return self.text in _HYPHENS


@lru_cache(maxsize=8192)
def normal(word: str) -> str:
    """Bring a word to the spelling of the tables.

    >>> normal("Uỷ"), normal("HOÁ"), normal("quý")
    ('ủy', 'hóa', 'quý')
    """
    lower = word.lower()
    return _OLD_SPELLING.sub(lambda match: _OLD_SPELLINGS[match[0]], lower)


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into words and marks; spaces are left out."""
    return tuple(
        [
            Token(match[0], match.start(), match.end(), normal(match[0]))
            for match in _TOKEN.finditer(text)
        ]
    )


def span_of(text: str, tokens: Sequence[Token], first: int, end: int) -> Span:
    """Return the words from token `first` up to, not including, token `end`."""
    start, stop = tokens[first].start, tokens[end - 1].end
    return Span(start, stop, text[start:stop])


def match_phrase(tokens: Sequence[Token], at: int, table: Phrases) -> int:
    """Find the token after the longest phrase of a table at `at`; 0 when none stands there.

    Commas and hyphens inside a phrase do not count: «Lao động - Thương binh và Xã hội».
    """
    most = table.longest.get(tokens[at].word) if at < len(tokens) else None
    if most is None:
        return 0
    longest = 0
    words: list[str] = []
    here = at
    while here < len(tokens) and len(words) < most:
        token = tokens[here]
        if token.is_word:
            words.append(token.word)
            if tuple(words) in table:
                longest = here + 1
        elif not words or not (token.is_hyphen or token.text == ","):
            break
        here += 1
    return longest


def match_adjacent(tokens: Sequence[Token], at: int, table: Phrases) -> int:
    """Find the token after a phrase like `match_phrase`; no mark may stand in between."""
    longest = table.longest.get(tokens[at].word) if at < len(tokens) else None
    if longest is None:
        return 0
    words = tuple([token.word for token in tokens[at : at + longest]])
    for length in range(len(words), 0, -1):
        if words[:length] in table:
            return at + length
    return 0
