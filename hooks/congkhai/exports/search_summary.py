"""What a search knows of the words of a large site before it reads their files.

Comes in: the sources of each word and each pair of neighbours. Goes out: those that stand in nearly
all sources, by the few in which they are missing, and a filter that tells which others stand
anywhere. Most words of a query are of either kind, so that few files of the index are read for it.

`theme/assets/search/index.js` reads what is written here.
"""

from __future__ import annotations

import base64
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

NEARLY_ALL = 0.9
"""The share of the sources from which on a term is told by those in which it is missing."""
MAX_BYTES = 90_000
"""About so much is written of such terms, before compression; the most frequent come first."""
BITS_OF_A_TERM = 7
MAX_FILTER_BYTES = 26_000
MULTIPLIERS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1)
"""Each gives a bit of a term, by the upper bits of its product with the term's checksum."""


@dataclass(frozen=True, slots=True)
class FrequentTerms:
    """Words and pairs that are missing in the same sources."""

    spellings: str
    """With their marks, parted by semicolons."""
    folded: str
    """Without: these are missing in any spelling."""
    missing: list[int]
    """The sources, each as its distance from the one before."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A term without marks that some spelling has nearly everywhere; sources are bits."""

    folded: str
    union: int
    spellings: dict[str, int]

    @property
    def rarest(self) -> int:
        """Of how many sources the rarest of its spellings is."""
        return min(bits.bit_count() for bits in self.spellings.values())


def frequent_terms(
    spellings: Mapping[str, Collection[str]], bits_of: Callable[[str], int], count: int
) -> list[FrequentTerms]:
    """Give the terms of nearly all of `count` sources, those missing in the same ones together.

    `spellings`: of each folded term that may be one of them; `bits_of`: a bit for each source.
    """
    groups = [
        group
        for folded, names in spellings.items()
        if (group := _group(folded, names, bits_of, NEARLY_ALL * count)).spellings
    ]
    names_by_sources: defaultdict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    size = 0
    for group in sorted(groups, key=lambda group: (-group.rarest, group.folded)):
        for name, bits in group.spellings.items():
            size += _cost(name, bits, count, names_by_sources)
            names_by_sources[bits][0].append(name)
        size += _cost(group.folded, group.union, count, names_by_sources)
        names_by_sources[group.union][1].append(group.folded)
        if size > MAX_BYTES:
            break
    return [
        FrequentTerms(";".join(names), ";".join(folded), _missing(sources, count))
        for sources, (names, folded) in names_by_sources.items()
    ]


def _group(
    folded: str, names: Iterable[str], bits_of: Callable[[str], int], least: float
) -> _Group:
    union = 0
    wide = {}
    for name in names:
        bits = bits_of(name)
        union |= bits
        if bits.bit_count() >= least:
            wide[name] = bits
    return _Group(folded, union, wide)


def _cost(name: str, bits: int, count: int, known: Collection[int]) -> int:
    return len(name) + 1 + (0 if bits in known else 40 + 3 * (count - bits.bit_count()))


def _missing(sources: int, count: int) -> list[int]:
    """List the bits that are not set, each as its distance from the one before.

    >>> _missing(0b101011, 6)
    [2, 2]
    """
    rest = ~sources & ((1 << count) - 1)
    before = 0
    distances = []
    while rest:
        number = (rest & -rest).bit_length() - 1
        distances.append(number - before)
        before = number
        rest &= rest - 1
    return distances


def term_filter(terms: Collection[str]) -> str:
    """Tell which terms there are, in base 64: of each some bits are set, of any other seldom all.

    With more terms than it has room for it errs more often; it never leaves one out.
    """
    size = min(MAX_FILTER_BYTES, len(terms) * BITS_OF_A_TERM // 8 + 1)
    bits = bytearray(size)
    for term in terms:
        for number in _bits_of_term(term, 8 * size):
            bits[number >> 3] |= 1 << (number & 7)
    return base64.b64encode(bits).decode()


def _bits_of_term(term: str, count: int) -> Iterator[int]:
    checksum = zlib.crc32(term.encode())
    for multiplier in MULTIPLIERS:
        yield (checksum * multiplier & 0xFFFFFFFF) * count >> 32
