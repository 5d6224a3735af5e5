"""The right word nearest to a wrong one, for the hint of a `Problem`.

Comes in: what an editor typed, the words that exist. Goes out: a Vietnamese hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from congkhai.text.vietnamese import fold


def nearest(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """Find the word most like one, tones and case aside; None when nothing is like it.

    `likeness`: from 0, anything, to 1, the same.

    >>> nearest("so-noi-vuu", ["so-noi-vu", "so-y-te"])
    'so-noi-vu'
    """
    by_folded = {fold(candidate): candidate for candidate in words}
    matches = get_close_matches(fold(word), by_folded, n=1, cutoff=likeness)
    return by_folded[matches[0]] if matches else None


def hint_nearest(word: str, words: Iterable[str], otherwise: str) -> str:
    """Ask «có phải «so-noi-vu»?», or return `otherwise` when nothing is like the word."""
    guess = nearest(word, words)
    return f"có phải «{guess}»?" if guess else otherwise
