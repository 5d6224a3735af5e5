"""The search index: which provision has which words, in small files for a browser.

Comes in: texts in the order of their sources. Goes out: files below `assets/tim/`. Each word, and
each pair of neighbours, is in one of many files, found by a hash of its letters without marks; a
pair beside its first word, unless that has too many. So a search reads at most as many files as it
has words, however many plans there are. `index.json` has
what every search needs: the known words, and where the provisions of each source begin. On a large
site `terms.json` tells of most words what a search needs without their files (`search_summary`).

`theme/assets/search/index.js` reads what is written here.
"""

from __future__ import annotations

import base64
import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import to_json

from congkhai.exports.search_summary import FrequentTerms, frequent_terms, term_filter
from congkhai.text.search_words import pairs, search_words
from congkhai.text.vietnamese import fold

FOLDER = "assets/tim/"
BUILD = "assets/tim.json"
"""Names the folders of all others, so that readers never mix the files of two builds. Scripts
have it asked for anew each time."""

MAX_PROVISIONS = 1000
"""Of a word in more provisions than that, the index has only the sources that it stands in."""
FILE_BYTES = 12_000
"""About so much is in a file, before compression; a file more costs a reader a request."""
MAX_FILES = 4096

Postings = Sequence[int] | str
"""The provisions of a word, each as its distance from the one before; or a bit for each source."""


@dataclass(slots=True)
class SearchIndex:
    """The words of all sources so far."""

    starts: list[int] = field(default_factory=list)
    """The number of each source's first provision."""
    _count: int = 0
    _provisions: dict[str, array[int]] = field(default_factory=dict)
    _sources: dict[str, array[int]] = field(default_factory=dict)
    """Of words in too many provisions."""

    def add(self, texts: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Add a source: each of its provisions, with words beside those of its text."""
        source = len(self.starts)
        self.starts.append(self._count)
        for text, beside in texts:
            line, more = search_words(text)
            for term in {*line, *more, *pairs(line), *beside}:
                self._add_term(term, source)
            self._count += 1

    def _add_term(self, term: str, source: int) -> None:
        sources = self._sources.get(term)
        if sources is not None:
            if sources[-1] != source:
                sources.append(source)
            return
        provisions = self._provisions.get(term)
        if provisions is None:
            self._provisions[term] = array("I", (self._count,))
            return
        provisions.append(self._count)
        if len(provisions) > MAX_PROVISIONS:
            self._sources[term] = self._sources_of(self._provisions.pop(term))

    def _sources_of(self, provisions: array[int]) -> array[int]:
        sources: array[int] = array("I")
        ends = [*self.starts[1:], self._count + 1]
        source = 0
        for provision in provisions:
            while provision >= ends[source]:
                source += 1
            if not sources or sources[-1] != source:
                sources.append(source)
        return sources

    def files(
        self,
        names: Mapping[str, object],
        words: Mapping[str, object],
        apart: Mapping[str, bytes] | None = None,
        provisions: str = "",
    ) -> Iterator[tuple[str, bytes]]:
        """Write the index and what else scripts read of a build.

        `names`: by the names of their files; `words`: beside the known words in `index.json`;
        `apart`: files that change less often, each in a folder that bears the name of its content;
        `provisions`: the name of the content of the files that keep their addresses.
        """
        frequent = self._frequent_terms()
        told = {name for row in frequent for name in row.spellings.split(";")}
        terms = self._encoded_terms(told)
        parted, shards = _shards(terms)
        index = {
            "files": len(shards),
            "parted": " ".join(sorted(parted)),
            "starts": _deltas([*self.starts, self._count]),
            "words": " ".join(self._known_words()),
            **words,
        }
        contents = {f"{number}.json": to_json(shard) for number, shard in enumerate(shards)}
        contents |= {name: to_json(content) for name, content in names.items()}
        contents["index.json"] = to_json(index)
        if frequent:
            others = term_filter({*terms, *map(fold, terms)})
            contents["terms.json"] = to_json({"frequent": frequent, "others": others})
        build = _digest(contents)
        folders = {name: _digest({name: content}) for name, content in (apart or {}).items()}
        names_of_build = {
            "build": build,
            "provisions": provisions,
            "files": folders,
            "has_terms": bool(frequent),
        }
        yield BUILD, to_json(names_of_build)
        for name, content in (apart or {}).items():
            yield f"{FOLDER}{folders[name]}/{name}", content
        for name, content in contents.items():
            yield f"{FOLDER}{build}/{name}", content

    def _frequent_terms(self) -> list[FrequentTerms]:
        """Give what stands nearly everywhere; of a small site nothing is known by its sources."""
        spellings: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._sources:
            spellings[fold(term)].append(term)
        for term in self._provisions:
            if (folded := fold(term)) in spellings:
                spellings[folded].append(term)
        return frequent_terms(spellings, self._bits, len(self.starts))

    def _bits(self, term: str) -> int:
        sources = self._sources.get(term)
        if sources is None:
            sources = self._sources_of(self._provisions[term])
        return int.from_bytes(_bits(sources, len(self.starts)), "little")

    def _encoded_terms(self, told: Container[str]) -> dict[str, Postings]:
        count = len(self.starts)
        terms: dict[str, Postings] = {
            term: _deltas(provisions) for term, provisions in self._provisions.items()
        }
        terms |= {
            term: base64.b64encode(_bits(sources, count)).decode()
            for term, sources in self._sources.items()
            if term not in told
        }
        return dict(sorted(terms.items()))

    def _known_words(self) -> list[str]:
        """List the plain words without their marks, the most frequent first."""
        counts: Counter[str] = Counter()
        for term, provisions in self._provisions.items():
            counts[fold(term)] += len(provisions)
        for term in self._sources:
            counts[fold(term)] += MAX_PROVISIONS
        words = filter(str.isalpha, counts)
        return sorted(words, key=lambda word: (-counts[word], word))


def _shards(terms: Mapping[str, Postings]) -> tuple[set[str], list[dict[str, Postings]]]:
    """Deal the terms out; first the words that are too many with all pairs they begin."""
    firsts = {term: fold(term).partition(" ")[0] for term in terms}
    sizes: Counter[str] = Counter()
    for term, postings in terms.items():
        sizes[firsts[term]] += _size_of(term, postings)
    count = min(MAX_FILES, max(1, round(sizes.total() / FILE_BYTES)))
    parted = {first for first, size in sizes.items() if size > FILE_BYTES}
    shards: list[dict[str, Postings]] = [{} for _ in range(count)]
    for term, postings in terms.items():
        first = firsts[term]
        shards[shard_of(fold(term) if first in parted else first, count)][term] = postings
    return parted, shards


def shard_of(folded: str, count: int) -> int:
    """Return the number of the file that has a word or a pair.

    >>> shard_of("nuoc sach", 16), shard_of("a", 16)
    (10, 1)
    """
    value = 0
    for code in folded.encode():
        value = (value * 31 + code) % 65521
    return value % count


def _size_of(term: str, postings: Postings) -> int:
    return len(term) + 6 + (len(postings) if isinstance(postings, str) else 3 * len(postings))


def _deltas(numbers: Sequence[int]) -> list[int]:
    """Give each number as its distance from the one before; the first as it is.

    >>> _deltas([3, 5, 12])
    [3, 2, 7]
    """
    return [number - before for number, before in zip(numbers, [0, *numbers[:-1]], strict=True)]


def _bits(numbers: Iterable[int], count: int) -> bytearray:
    """Pack numbers as bits, the lowest of a byte first.

    >>> list(_bits([0, 9], 16))
    [1, 2]
    """
    content = bytearray((count + 7) // 8)
    for number in numbers:
        content[number >> 3] |= 1 << (number & 7)
    return content


def _digest(contents: Mapping[str, bytes]) -> str:
    sha = hashlib.sha256()
    for name, content in sorted(contents.items()):
        sha.update(name.encode() + b"\0" + content)
    return sha.hexdigest()[:12]
