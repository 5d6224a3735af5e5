"""Texts made from texts, each once: the same few thousand come back in page after page.

Comes in: what makes one from another. Goes out: a `Memo` that does so, and remembers.
"""

from __future__ import annotations

from collections.abc import Callable

_MOST = 5_000
"""Texts remembered: those of some fifty plans."""


class Memo(dict[str, str]):
    """What was made, by what it was made from; emptied when it is full."""

    def __init__(self, make: Callable[[str], str]) -> None:
        """`make`: the same text always gives the same."""
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        result = self._make(text)
        # Markup equals the text that it looks like: kept under one key, it would let that text through.
        if type(text) is str:
            if len(self) >= _MOST:
                self.clear()
            self[text] = result
        return result
