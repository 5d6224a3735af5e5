"""Which units of the register words name: by name, by another spelling, by an abbreviation.

Comes in: units of `units.yml`. Goes out: whether words name a unit, and all units that they
name, the longest name first, so that «Sở Văn hóa, Thể thao và Du lịch» is not «Sở Du lịch».
Names and spellings are compared folded, abbreviations exactly as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from congkhai.data import registers
from congkhai.text.vietnamese import fold, nfc

_WORD = re.compile(r"\w+")
_HEADS = ("so", "phong", "bo", "ban", "cac")
"""First words of names that a list prints once: «Các Sở: Y tế, Nội vụ»."""


@dataclass(frozen=True)
class _Names:
    """Every way in which the words may name a unit, as sequences of words."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    elided: tuple[str, ...] = ()
    """Without the first word, in a list that prints it once."""


def _names_of(unit: registers.Unit) -> _Names:
    # Not by the unit: to hash all of its fields takes longer than to compare its names.
    return _names_from(unit.name, unit.spellings, unit.abbreviations)


@lru_cache(maxsize=4096)
def _names_from(name: str, spellings: tuple[str, ...], abbreviations: tuple[str, ...]) -> _Names:
    spelled = tuple(dict.fromkeys(_fold(one) for one in (name, *spellings)))
    bare = tuple(
        f" {rest}"
        for name in spelled
        for head, _, rest in [name.strip().partition(" ")]
        if head in _HEADS and " " in rest
    )
    return _Names(spelled, tuple(_spaced(nfc(one)) for one in abbreviations), bare)


def _spaced(text: str) -> str:
    """Part words by one blank, with one at each end: a name is found at its borders only."""
    return f" {' '.join(_WORD.findall(text))} "


def _fold(text: str) -> str:
    # The words of `_exact`, folded: both have the same borders. «cơ sở y tế» is no «Sở Y tế».
    return fold(_exact(text)).replace(" co so ", " co coso ")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _fold(text)


@lru_cache(maxsize=4096)
def _exact(text: str) -> str:
    return _spaced(nfc(text))


def names(unit: registers.Unit, words: str) -> bool:
    """Tell whether words name a unit: in full, in another spelling, or by an abbreviation."""
    # Six rules ask it of the same unit and the same words.
    return _are_named(unit.name, unit.spellings, unit.abbreviations, words)


@lru_cache(maxsize=16384)
def _are_named(
    name: str, spellings: tuple[str, ...], abbreviations: tuple[str, ...], words: str
) -> bool:
    known = _names_from(name, spellings, abbreviations)
    folded = _folded(words)
    if any(name in folded for name in known.folded):
        return True
    if any(name in folded for name in known.elided) and any(
        f" {head} " in folded for head in _HEADS
    ):
        return True
    exact = _exact(words) if known.exact else ""
    return any(name in exact for name in known.exact)


class UnitIndex:
    """The units of a register by every name that words may give them."""

    def __init__(self, units: Mapping[str, registers.Unit]) -> None:
        self._folded: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._found: dict[tuple[str, int | None], tuple[str, ...]] = {}
        for slug, unit in units.items():
            known = _names_of(unit)
            for name in known.folded:
                self._folded.setdefault(name.strip(), slug)
            for name in known.exact:
                self._exact.setdefault(name.strip(), slug)
        self._longest: dict[str, int] = {}
        for name in (*self._folded, *self._exact):
            first, length = name.split(" ", 1)[0], name.count(" ") + 1
            self._longest[first] = max(length, self._longest.get(first, 0))

    def find(self, words: str, last: int | None = None) -> tuple[str, ...]:
        """Return every unit that words name, in order; a name inside a longer one is none.

        `last`: number of the last word at which a name may begin, from 0.
        """
        found = self._found.get((words, last))
        if found is None:
            found = self._found[words, last] = tuple(self._search(words, last))
        return found

    def _search(self, words: str, last: int | None) -> Iterator[str]:
        exact, folded = _exact(words).split(), _folded(words).split()
        at = 0
        while at < len(exact) and (last is None or at <= last):
            longest = max(self._longest.get(folded[at], 0), self._longest.get(exact[at], 0))
            if not longest:
                at += 1
                continue
            slug, at = self._find_at(exact, folded, at, longest)
            if slug is not None:
                yield slug

    def _find_at(
        self, exact: Sequence[str], folded: Sequence[str], at: int, longest: int
    ) -> tuple[str | None, int]:
        """Find the longest name that begins at a word; also return the word after it."""
        for end in range(min(at + longest, len(exact)), at, -1):
            slug = self._folded.get(" ".join(folded[at:end]))
            slug = slug or self._exact.get(" ".join(exact[at:end]))
            if slug is not None:
                return slug, end
        return None, at + 1
