"""Everyday topics of provisions, by the words that these use.

Comes in: the registers of topics and of units, and an item with what stands above it. Goes out:
the ids of its topics. A published list of words, never a judgement: `topics` and `not_topics`
of an item correct it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from congkhai.data import registers, schema
from congkhai.reading.tokens import normal

_DASHES = str.maketrans("–—", "--")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")

Phrase = tuple[str, ...]


class TopicIndex:
    """The words of all topics, so that a text is read once for all of them."""

    def __init__(
        self, topics: Mapping[str, registers.Topic], units: Mapping[str, registers.Unit]
    ) -> None:
        """Collect the words. A name of a unit says who acts, not what about."""
        self._order = {topic: number for number, topic in enumerate(topics)}
        self._phrases: dict[Phrase, set[str]] = {}
        self._hidden: dict[Phrase, set[str] | None] = {}
        """Phrases that do not count: for these topics, or for none at all."""
        for name, topic in topics.items():
            for phrase in _phrases(topic.words):
                self._add(phrase).add(name)
            for phrase in _phrases(topic.not_words):
                self._add(phrase)
                hidden = self._hidden.setdefault(phrase, set())
                if hidden is not None:
                    hidden.add(name)
        for unit in units.values():
            for spelling in (unit.name, *unit.spellings):
                phrase = split(spelling)
                # A single word is no name that anybody could tell from the word itself.
                if len(phrase) > 1 and not self._phrases.get(phrase):
                    self._add(phrase)
                    self._hidden[phrase] = None
        self._lengths = _lengths_by_opening(self._phrases)

    def _add(self, phrase: Phrase) -> set[str]:
        return self._phrases.setdefault(phrase, set())

    def topics_in(self, text: str) -> set[str]:
        """Return the topics whose words stand in a text; a word inside a hidden phrase is none."""
        words = split(text)
        found: set[str] = set()
        hidden: list[tuple[int, int, set[str] | None]] = []
        hits: list[tuple[int, int, set[str]]] = []
        for at in [at for at, word in enumerate(words) if word in self._lengths]:
            by_second = self._lengths[words[at]]
            second = words[at + 1] if at + 1 < len(words) else ""
            for length in by_second.get(second) or by_second[""]:
                end = at + length
                if end > len(words):
                    continue
                phrase = words[at:end]
                if topics := self._phrases.get(phrase):
                    hits.append((at, end, topics))
                if phrase in self._hidden:
                    hidden.append((at, end, self._hidden[phrase]))
        for at, end, topics in hits:
            covers = [of for start, stop, of in hidden if start <= at and end <= stop]
            if not any(of is None for of in covers):
                found |= topics.difference(*(of for of in covers if of))
        return found

    def topics_of(
        self, item: schema.Item, above: Sequence[schema.Item], heading: str
    ) -> tuple[str, ...]:
        """Return the topics of an item, in the order of the register.

        `heading`: the nearest heading above it, whose words count as its own.
        """
        found = self.topics_in(f"{heading}\n{item.printed}\n{item.deliverable or ''}")
        for step in (*above, item):
            found = (found | set(step.topics)) - set(step.not_topics)
        return tuple(sorted(found, key=lambda topic: self._order.get(topic, len(self._order))))


def _lengths_by_opening(phrases: Collection[Phrase]) -> dict[str, dict[str, set[int]]]:
    """Return how many words phrases have, by their first word and by their second one.

    By an empty second word, and among those of every other one: whether the first alone is one.

    >>> _lengths_by_opening([("y", "tế"), ("y", "tế", "xã"), ("xã",)])
    {'y': {'': set(), 'tế': {2, 3}}, 'xã': {'': {1}}}
    """
    lengths: dict[str, dict[str, set[int]]] = {}
    for phrase in phrases:
        by_second = lengths.setdefault(phrase[0], {"": {1} if phrase[:1] in phrases else set()})
        if len(phrase) > 1:
            by_second.setdefault(phrase[1], set(by_second[""])).add(len(phrase))
    return lengths


def split(text: str) -> Phrase:
    """Split a text into syllables and marks, in one spelling.

    >>> split("Hoà nhập, xanh – sạch")
    ('hòa', 'nhập', ',', 'xanh', '-', 'sạch')
    """
    return tuple(chain.from_iterable(map(_split_word, text.split())))


@lru_cache(maxsize=16384)
def _split_word(word: str) -> Phrase:
    # By words between blanks: to look one up takes a fifth of the time that its marks take.
    return tuple(map(normal, _TOKEN.findall(word.translate(_DASHES))))


def _phrases(groups: Iterable[registers.WordGroup]) -> Iterable[Phrase]:
    return (phrase for group in groups for word in group.words if (phrase := split(word)))
