"""Which other place the head of a document names than the one that its plan is published for.

Comes in: the words of the issuer and of the letterhead, the code of a locality, and every
locality. Goes out: `OtherPlace`s. The draft asks about them, and the check refuses them: what
one commune promised is never to be shown as another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from congkhai.checks.context import PlanContext
from congkhai.data import registers, schema
from congkhai.data.problem import Problem
from congkhai.model.places import locality_folder
from congkhai.model.views import Place
from congkhai.reading.tokens import Token, normal, tokenize

_LEVELS: Final[Mapping[tuple[str, ...], frozenset[registers.Level]]] = {
    ("xã",): frozenset({"commune"}),
    ("phường",): frozenset({"commune"}),
    ("đặc", "khu"): frozenset({"commune"}),
    ("thị", "trấn"): frozenset({"commune"}),
    ("huyện",): frozenset({"district"}),
    ("quận",): frozenset({"district"}),
    ("thị", "xã"): frozenset({"district"}),
    ("tỉnh",): frozenset({"province"}),
    ("thành", "phố"): frozenset({"province", "district"}),
    ("tp",): frozenset({"province", "district"}),
}
"""The types of places, each with the levels at which there are such."""
_PARTY: Final = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận"}
"""«Tỉnh ủy», «Thành đoàn» say the type of their place in their first word."""
_PARTY_BODIES: Final = frozenset({"ủy", "đoàn"})
_COMMITTEES: Final = (("ủy", "ban", "nhân", "dân"), ("ubnd",))
_NO_NAMES: Final = frozenset({"hội"})
"""What follows «xã» where no place is named: «xã hội»."""
_ENDS_NAME: Final = frozenset({"số", "ngày"})
"""Words after a name on the same line of a letterhead."""
_APOSTROPHES: Final = frozenset("'’")
_NATIONAL: Final = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM", re.I)
"""Beside «UBND XÃ» on one line it would be a commune called Cộng Hòa."""

Name = tuple[str, ...]
"""A name word by word, in the spelling of the reader's tables."""


class OtherPlace(NamedTuple):
    """A place named at the head of a document that is not its plan's."""

    printed: str
    """The words that name it."""
    codes: tuple[str, ...]
    """Localities so called; none for a name that the register does not have."""
    is_issuer: bool
    """Whether the issuer's own name has it, which the plan states as data."""


def find_other_places(
    issuer: str, letterhead: Sequence[str], code: str, places: Mapping[str, Place]
) -> tuple[OtherPlace, ...]:
    """List the places that issuer and letterhead name beside a locality and those it belongs to.

    What has only a type, «UBND xã», names none, but has to be of the locality's level.
    """
    place = places.get(code)
    if place is None or code == schema.NATION:
        return ()
    finder = _Finder(place, places)
    found: list[OtherPlace] = []
    for other in (*finder.look_at_issuer(issuer), *finder.look_at_letterhead(letterhead)):
        words = set(_words(other.printed))
        if not any(words <= set(_words(one.printed)) for one in found):
            found.append(other)
    return tuple(found)


def find_issuing_places(
    issuer: str, letterhead: Sequence[str], places: Mapping[str, Place]
) -> tuple[str, ...]:
    """List the localities that the head of a document may be of; a name is often of several."""
    finder = _Finder(Place("", "", "central", "", "", None), places)
    named = list(finder.look_at_issuer(issuer)) or list(finder.look_at_letterhead(letterhead))
    return tuple(dict.fromkeys(code for other in named for code in other.codes))


def require_issuer_of_place(context: PlanContext) -> Iterator[Problem]:
    """Require that the head of a document names the plan's own locality, or none.

    A note at the letterhead that quotes the name says why it differs: a misprint.
    """
    plan, places = context.plan, context.places
    document = plan.document
    noted = [
        _words(note.printed) for note in plan.notes if note.at == "letterhead" and note.printed
    ]
    for other in find_other_places(document.issuer, document.letterhead, plan.locality, places):
        if any(set(_words(other.printed)) <= set(words) for words in noted):
            continue
        where = ("document", "issuer" if other.is_issuer else "letterhead")
        yield context.loaded.problem(
            where,
            f"đầu văn bản ghi «{other.printed}», mà kế hoạch ghi cho {places[plan.locality].name}",
            f"{_say_where(other, places)}; văn bản in sai thì thêm vào notes:"
            f" {{at: letterhead, kind: misprint, printed: …, text: …}}",
        )


def describe_codes(codes: Iterable[str], places: Mapping[str, Place]) -> str:
    """Write codes with the names that they stand for: «"03466" là xã Bum Nưa, tỉnh Lai Châu».

    >>> describe_codes(["12"], {"12": Place("12", "tỉnh Lai Châu", "province", "", "", None)})
    '"12" là tỉnh Lai Châu'
    """
    return ", ".join(f'"{code}" là {_full_name(places[code], places)}' for code in codes)


def _full_name(place: Place, places: Mapping[str, Place]) -> str:
    above = places.get(place.province or "")
    return f"{place.name}, {above.name}" if above is not None else place.name


def _say_where(other: OtherPlace, places: Mapping[str, Place]) -> str:
    if not other.codes:
        return "sửa locality cho đúng địa phương ban hành"
    told = describe_codes(other.codes, places)
    folder = locality_folder(places, other.codes[0])
    return f"{told}: sửa locality và chuyển vào {folder}/, hoặc tải đúng văn bản"


class _Finder:
    """Finds other places than one and those it belongs to; the register is searched if need be."""

    def __init__(self, place: Place, places: Mapping[str, Place]) -> None:
        self._place = place
        self._places = places
        self._own = _names_of(place)
        above = places.get(place.province or "")
        self._above = above
        self._allowed = self._own | (_names_of(above) if above is not None else frozenset())

    def look_at_issuer(self, issuer: str) -> Iterator[OtherPlace]:
        """Find what an issuer's name says, of which a People's Committee has nothing but it."""
        tokens = tokenize(issuer)
        words = tuple(token.word for token in tokens)
        head = next((name for name in _COMMITTEES if words[: len(name)] == name), ())
        rest = tokens[len(head) :]
        if head and rest:
            other = self._judge_committee(issuer, rest)
            if other is not None:
                yield other
                return
        yield from self._look(issuer, tokens, is_issuer=True)

    def _judge_committee(self, issuer: str, rest: Sequence[Token]) -> OtherPlace | None:
        kind = _type_at(rest, 0)
        if tuple(token.word for token in rest if token.is_word) in self._own:
            return None  # whatever the name is made of
        name = _name_after(rest, len(kind))
        if not name:
            is_level = not kind or self._place.level in _LEVELS[kind]
            return None if is_level else OtherPlace(issuer, (), is_issuer=True)
        words = tuple(token.word for token in name)
        full = (*_long_type(kind), *words)
        if full in self._own or (not kind and words in map(_without_type, self._own)):
            return None
        return OtherPlace(issuer, self._search(full, is_short=not kind), is_issuer=True)

    def look_at_letterhead(self, lines: Sequence[str]) -> Iterator[OtherPlace]:
        """Find what the lines of a letterhead name, a type and its name on two of them too."""
        lines = [_NATIONAL.sub("|", line) for line in lines]
        at = 0
        while at < len(lines):
            line = lines[at]
            tokens = tokenize(line)
            if at + 1 < len(lines) and _ends_with_type(tokens):
                at += 1
                line = f"{line} {lines[at]}"
                tokens = tokenize(line)
            yield from self._look(line, tokens, is_issuer=False)
            yield from self._look_at_signing(line)
            at += 1

    def _look(self, line: str, tokens: Sequence[Token], *, is_issuer: bool) -> Iterator[OtherPlace]:
        at = 0
        while at < len(tokens):
            kind = _type_at(tokens, at)
            length = len(kind)
            word = tokens[at].word
            if word in _PARTY and at + 1 < len(tokens) and tokens[at + 1].word in _PARTY_BODIES:
                kind, length = tuple(_PARTY[word].split()), 2
            if not kind:
                at += 1
                continue
            name = _name_after(tokens, at + length)
            if name and (other := self._judge_name(line, kind, tokens[at], name, is_issuer)):
                yield other
            at += length + len(name)

    def _judge_name(
        self, line: str, kind: Name, first: Token, name: Sequence[Token], is_issuer: bool
    ) -> OtherPlace | None:
        words = tuple(token.word for token in name)
        full = (*_long_type(kind), *words)
        if full in self._allowed or words[0] in _NO_NAMES:
            return None
        for end in range(len(words), 0, -1):
            full = (*_long_type(kind), *words[:end])
            if full in self._allowed:
                return None
            codes = self._search(full, is_short=False)
            if any(self._is_related(self._places[code]) for code in codes):
                return None
            if codes:
                return OtherPlace(line[first.start : name[end - 1].end], codes, is_issuer)
        return None

    def _look_at_signing(self, line: str) -> Iterator[OtherPlace]:
        """Judge «Bum Tở, ngày …», which names a place without its type."""
        name, comma, rest = line.rpartition(",")
        words = _words(name)
        if not comma or not rest.split() or normal(rest.split()[0]) != "ngày" or not words:
            return
        if _type_at(tokenize(name), 0):
            return  # looked at as any other name
        codes = self._search(words, is_short=True)
        if codes and not any(self._may_be_signed_in(self._places[code]) for code in codes):
            yield OtherPlace(name.strip(), codes, is_issuer=False)

    def _may_be_signed_in(self, other: Place) -> bool:
        """Whether a body may sit there: in the place, what it belongs to, a province's communes."""
        is_inside = self._place.level == "province" and other.province == self._place.code
        return is_inside or other.level == "district" or self._is_related(other)

    def _search(self, name: Name, *, is_short: bool) -> tuple[str, ...]:
        """Find the localities of a name; those in force first, nearest first."""
        words = _words_without_type if is_short else _words
        found = [
            place
            for place in self._places.values()
            if words(place.name) == name
            or (place.former and any(words(former.name) == name for former in place.former))
        ]
        home = self._place.province or self._place.code
        found.sort(key=lambda place: (place.until is not None, place.province != home))
        return tuple(place.code for place in found)

    def _is_related(self, other: Place) -> bool:
        own = [self._place, *([self._above] if self._above is not None else [])]
        is_own_district = other.level == "district" and other.province in (
            self._place.province,
            self._place.code,
        )
        return is_own_district or any(
            other.code == one.code or other.code in one.successors or one.code in other.successors
            for one in own
        )


def _names_of(place: Place) -> frozenset[Name]:
    return frozenset(
        _words(name) for name in (place.name, *(former.name for former in place.former))
    )


@lru_cache(maxsize=16384)  # a name is sought among those of all localities, for each plan
def _words(text: str) -> Name:
    return tuple([token.word for token in tokenize(text) if token.is_word])


@lru_cache(maxsize=16384)
def _words_without_type(text: str) -> Name:
    return _without_type(_words(text))


def _type_at(tokens: Sequence[Token], at: int) -> Name:
    for length in (2, 1):
        words = tuple(token.word for token in tokens[at : at + length])
        if words in _LEVELS:
            return words
    return ()


def _without_type(name: Name) -> Name:
    return name[next((length for length in (2, 1) if name[:length] in _LEVELS), 0) :]


def _long_type(kind: Name) -> Name:
    return ("thành", "phố") if kind == ("tp",) else kind


def _ends_with_type(tokens: Sequence[Token]) -> bool:
    return any(
        len(tokens) >= length and _type_at(tokens, len(tokens) - length) for length in (2, 1)
    )


def _name_after(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return the words with capitals that follow, up to a mark or another type of place."""
    name: list[Token] = []
    if at < len(tokens) and tokens[at].text == ".":  # «TP. Hải Phòng»
        at += 1
    while at < len(tokens):
        token = tokens[at]
        if token.is_hyphen or token.text in _APOSTROPHES:
            at += 1
            continue
        is_joined = bool(name) and tokens[at - 1].text in _APOSTROPHES  # «Cư M'gar»
        is_name = token.is_word and (is_joined or token.is_capital or token.text[0].isdigit())
        if not is_name or token.word in _ENDS_NAME or (name and _type_at(tokens, at)):
            break
        name.append(token)
        at += 1
    return name
