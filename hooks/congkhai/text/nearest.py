"""The nearest right word to one that is not known, for the hint of a `Problem`.

Comes in: what an editor typed, the words that exist. Goes out: a Vietnamese hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from congkhai.text.vietnamese import fold


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The word most like it, tones and case aside; None when nothing is like it (0 to 1)."""
    folded = {fold(candidate): candidate for candidate in known}
    found = get_close_matches(fold(word), folded, n=1, cutoff=likeness)
    return folded[found[0]] if found else None


def hint_nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """«có phải «so-noi-vu»?», or `otherwise` when nothing is like it."""
    found = nearest(word, known)
    return f"có phải «{found}»?" if found else otherwise
