"""Which units of the register words name: by name, by another spelling, by an abbreviation.

Comes in: units of `units.yml`. Goes out: whether words name a unit, and all units that they
name, the longest name first, so that «Sở Văn hóa, Thể thao và Du lịch» is not «Sở Du lịch».
Names and spellings are compared folded, abbreviations exactly as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from congkhai.data import registers
from congkhai.text.vietnamese import fold, nfc

_WORD = re.compile(r"\w+")
_HEADS = ("so", "phong", "bo", "ban", "cac")
"""First words of names that a list prints once: «Các Sở: Y tế, Nội vụ»."""


@dataclass(frozen=True)
class _Names:
    """Every way in which the words may name a unit, as sequences of words."""

    folded: tuple[str, ...]
    abbreviations: tuple[tuple[str, str], ...]
    """Each folded, and as it is written."""
    elided: tuple[str, ...] = ()
    """Without the first word, in a list that prints it once."""


def _names_of(unit: registers.Unit) -> _Names:
    # Not by the unit: to hash all of its fields takes longer than to compare its names.
    return _names_from(unit.name, unit.spellings, unit.abbreviations)


@lru_cache(maxsize=1024)
def _names_from(name: str, spellings: tuple[str, ...], abbreviations: tuple[str, ...]) -> _Names:
    spelled = tuple(dict.fromkeys(_fold(one) for one in (name, *spellings)))
    bare = tuple(
        f" {rest}"
        for name in spelled
        for head, _, rest in [name.strip().partition(" ")]
        if head in _HEADS and " " in rest
    )
    return _Names(spelled, tuple((_fold(one), _exact(one)) for one in abbreviations), bare)


def _spaced(words: Iterable[str]) -> str:
    """Part words by one blank, with one at each end: a name is found at its borders only."""
    return f" {' '.join(words)} "


def _fold(text: str) -> str:
    # «cơ sở y tế» is no «Sở Y tế».
    return _spaced(_split(fold(nfc(text)))).replace(" co so ", " co coso ")


def _split(folded: str) -> list[str]:
    """Split a folded text into its words; nearly all are ASCII, where no pattern is needed."""
    return folded.translate(_BLANKS).split() if folded.isascii() else _WORD.findall(folded)


_BLANKS: Final = {code: " " for code in range(128) if not _WORD.match(chr(code))}


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return _fold(text)


@lru_cache(maxsize=1024)
def _exact(text: str) -> str:
    return _spaced(_WORD.findall(nfc(text)))


def names(unit: registers.Unit, words: str) -> bool:
    """Tell whether words name a unit: in full, in another spelling, or by an abbreviation."""
    known = _names_of(unit)
    folded = _folded(words)
    # No generators, which take twice as long: hundreds of times a plan.
    for name in known.folded:
        if name in folded:
            return True
    for name in known.elided:
        if name in folded and any(f" {head} " in folded for head in _HEADS):
            return True
    # Folded first: hardly any text has the letters, and to part one as written takes longer.
    for abbreviation, exact in known.abbreviations:
        if abbreviation in folded and exact in _exact(words):
            return True
    return False


class UnitIndex:
    """The units of a register by every name that words may give them."""

    def __init__(self, units: Mapping[str, registers.Unit]) -> None:
        self._by_name: dict[str, str] = {}
        self._by_abbreviation: dict[str, str] = {}
        self._abbreviations: set[str] = set()
        """Folded: only words that fold to one of them are compared as written."""
        openings: dict[str, dict[str, set[int]]] = {}
        for slug, unit in units.items():
            known = _names_of(unit)
            for name in (*known.folded, *(folded for folded, _ in known.abbreviations)):
                words = name.split()
                first, second = (*words, "", "")[:2]
                openings.setdefault(first, {}).setdefault(second, set()).add(len(words))
            for name in known.folded:
                self._by_name.setdefault(name.strip(), slug)
            for folded, exact in known.abbreviations:
                self._abbreviations.add(folded.strip())
                self._by_abbreviation.setdefault(exact.strip(), slug)
        self._openings = {
            first: {
                second: sorted(lengths | by_second.get("", set()), reverse=True)
                for second, lengths in by_second.items()
            }
            for first, by_second in openings.items()
        }
        """By the first and the second word of names: how many words they have, the most first.

        By an empty second word: of the name that has no more than the first.
        """
        self._find = lru_cache(maxsize=1024)(self._search)

    def find(self, words: str, last: int | None = None) -> tuple[str, ...]:
        """Return every unit that words name, in order; a name inside a longer one is none.

        `last`: number of the last word at which a name may begin, from 0.
        """
        return self._find(words, last)

    def _search(self, text: str, last: int | None) -> tuple[str, ...]:
        words = _folded(text).split()
        slugs = []
        end = 0
        for at in [at for at, word in enumerate(words) if word in self._openings]:
            if last is not None and at > last:
                break
            if at < end:
                continue
            by_second = self._openings[words[at]]
            second = words[at + 1] if at + 1 < len(words) else ""
            for length in by_second.get(second) or by_second.get("") or ():
                slug = self._unit_at(text, words, at, at + length)
                if slug is not None:
                    slugs.append(slug)
                    end = at + length
                    break
        return tuple(slugs)

    def _unit_at(self, text: str, words: Sequence[str], first: int, end: int) -> str | None:
        """Return the unit that is named by exactly these words of a text."""
        name = " ".join(words[first:end])
        slug = self._by_name.get(name)
        if slug is None and name in self._abbreviations:
            exact = _exact(text).split()[first:end]
            slug = self._by_abbreviation.get(" ".join(exact))
        return slug
