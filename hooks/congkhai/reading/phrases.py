"""Tables of phrases, looked up by the word that a phrase begins with.

Comes in: phrases as words in the spelling of the tables. Goes out: `Phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable

Phrase = tuple[str, ...]


class Phrases:
    """A set of phrases, none of them empty."""

    __slots__ = ("_phrases", "longest")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = frozenset(phrases)
        self.longest: dict[str, int] = {}
        """By the first word: how many words the longest phrase has that begins with it."""
        for phrase in self._phrases:
            self.longest[phrase[0]] = max(len(phrase), self.longest.get(phrase[0], 0))

    def __contains__(self, words: Phrase) -> bool:
        return words in self._phrases

    def __or__(self, other: Phrases) -> Phrases:
        return Phrases(self._phrases | other._phrases)
