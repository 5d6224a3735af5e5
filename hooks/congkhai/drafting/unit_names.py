"""Which unit of the register a body's name means.

Comes in: the units of `units.yml` and the level of the issuer; then names as the reader of
facts found them in official words. Goes out: ids of units, or None for a name that the
register does not have. Nothing is read in sentences here: `congkhai.reading` does that.
Names and spellings are compared folded; abbreviations exactly as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from congkhai.data import registers
from congkhai.reading.bodies import member_names, split_names
from congkhai.text.vietnamese import fold, nfc

Level = Literal["central", "province", "district", "commune"]

_WORD = re.compile(r"\w+")
_DETERMINERS: Final = frozenset({"cac", "toan", "nhung", "moi", "tat", "ca"})
_LEVELS: Final[Mapping[str, Level]] = {
    **dict.fromkeys(("xã", "phường", "đặc khu", "thị trấn"), "commune"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), "district"),
    **dict.fromkeys(("tỉnh", "thành phố", "tp"), "province"),
}
_RANKS: Final[Sequence[Level]] = ("central", "province", "district", "commune")
_OPENS_REST: Final = frozenset(
    [
        *("co", "lien", "tren", "cua", "truc", "thuoc", "cap", "cac", "tai", "o", "nay"),
        *("xa", "phuong", "tinh", "thanh", "tp", "huyen", "quan", "dac", "thi"),
    ]
)
"""First words after a name that say where a body is, or which ones are meant."""
_RESTRICTS: Final = frozenset({"là", "được", "đủ", "có", "chưa", "nơi", "khác", "còn"})
"""First words of what says which bodies of a group are meant: «địa phương được lựa chọn»."""
_LOWER_COMMITTEES: Final[Mapping[Level, str]] = {
    "commune": "UBND các xã, phường",
    "district": "UBND cấp huyện",
}
_NEXT_WORD: Final = re.compile(r"\b(?:xã|phường|đặc khu|thị trấn|huyện|quận)\s+(?P<next>\w)", re.I)
_COMMITTEE: Final = "Ủy ban nhân dân"


class UnitNames:
    """The units by every way in which a document may name them."""

    def __init__(self, units: Mapping[str, registers.Unit], issuer: Level | None = None) -> None:
        self._issuer = issuer
        self._levels = {unit_id: unit.level for unit_id, unit in units.items()}
        self._groups = {unit_id for unit_id, unit in units.items() if unit.nature == "group"}
        self._names: dict[tuple[str, ...], str] = {}
        self._abbreviations: dict[tuple[str, ...], str] = {}
        for unit_id, unit in units.items():
            for name in (unit.name, *unit.spellings):
                self._names.setdefault(_folded(name), unit_id)
            for short in unit.abbreviations:
                self._abbreviations.setdefault(tuple(_WORD.findall(nfc(short))), unit_id)
        for words, unit_id in list(self._names.items()):
            if words[0] in _DETERMINERS and len(words) > 1:
                self._names.setdefault(words[1:], unit_id)

    def find(self, printed: str) -> tuple[str, ...] | None:
        """Find the units that a name means; None when the register lacks one of them.

        «Các sở: Y tế, Nội vụ» means two.
        """
        ids = [self._find_one(name) for name in member_names(printed)]
        known = [unit_id for unit_id in ids if unit_id is not None]
        return tuple(dict.fromkeys(known)) if len(known) == len(ids) else None

    def find_all(self, words: str) -> tuple[str, ...]:
        """Find the units that a list of names has, each once; unknown names are passed over."""
        spans, _ = split_names(words)
        ids = [unit_id for span in spans for unit_id in self.find(span.printed) or ()]
        return tuple(dict.fromkeys(ids))

    def is_above_issuer(self, printed: str) -> bool:
        """Whether a body is named that the issuer's own level has too: «HĐND tỉnh» in a commune.

        Their unit is the same, and would be read as that of the place which issues.
        """
        unit_id = self._lookup(printed)
        return (
            unit_id is not None
            and self._issuer in self._levels[unit_id]
            and _is_lower(self._issuer, level_of(printed))
        )

    def is_place(self, printed: str) -> bool:
        """Whether a name is only that of a level: «Xã đạt 17/19 tiêu chí» names no body."""
        return nfc(printed).lower() in _LEVELS

    def _find_one(self, printed: str) -> str | None:
        unit_id = self._lookup(printed)
        if self.is_above_issuer(printed):
            return None
        if unit_id is None or unit_id != self._names.get(_folded(_COMMITTEE)):
            return unit_id
        level = level_of(printed)
        if level is not None and level in _LOWER_COMMITTEES and _is_lower(level, self._issuer):
            if _is_of_one_place(printed):
                # «UBND xã Na Sơn» is one of many, and not all of them.
                return None
            # «UBND xã» in a plan of the province is not who issues it.
            return self._names.get(_folded(_LOWER_COMMITTEES[level]))
        return unit_id

    def _lookup(self, printed: str) -> str | None:
        written = _WORD.findall(nfc(printed))
        folded = [fold(word) for word in written]
        start = 2 if [word.lower() for word in written[:2]] == ["một", "số"] else 0
        while (
            start < len(folded)
            and folded[start] in _DETERMINERS
            and not self._names.get(tuple(folded[start:]))
        ):
            start += 1
        for begin in dict.fromkeys((0, start)):
            for end in range(len(written), begin, -1):
                unit_id = self._names.get(tuple(folded[begin:end])) or self._abbreviations.get(
                    tuple(written[begin:end])
                )
                rest = written[end:]
                is_restricted = unit_id in self._groups and bool(rest) and rest[0] in _RESTRICTS
                if unit_id and (is_restricted or _says_where(rest)):
                    return unit_id
        return None


def _is_of_one_place(printed: str) -> bool:
    words = nfc(printed)
    is_plural = "các" in words.lower().split()
    return not is_plural and any(one["next"].isupper() for one in _NEXT_WORD.finditer(words))


def level_of(words: str) -> Level | None:
    """Tell the level that the words of a name state; None when they state none.

    >>> level_of("UBND các xã, phường"), level_of("Ủy ban nhân dân thành phố Hải Phòng")
    ('commune', 'province')
    >>> level_of("Sở Nội vụ"), level_of("Bộ Nội vụ")
    ('province', 'central')
    """
    lower = nfc(words).lower()
    named = [level for name, level in _LEVELS.items() if re.search(rf"\b{name}\b", lower)]
    if named:
        return max(named, key=_RANKS.index)
    folded = " ".join(_folded(words))
    if re.match(r"(?:cac )?so\b|tinh uy|thanh uy", folded):
        return "province"
    if re.match(r"(?:cac )?bo\b|chinh phu|thu tuong|quoc hoi|co quan (?:ngang|thuoc) ", folded):
        return "central"
    return None


def _is_lower(level: Level | None, other: Level | None) -> bool:
    return level is not None and other is not None and _RANKS.index(level) > _RANKS.index(other)


def _folded(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(nfc(name))))


def _says_where(rest: Sequence[str]) -> bool:
    """Whether the words after a name say only where the body is: «xã», «Hải Phòng»."""
    return not rest or fold(rest[0]) in _OPENS_REST or all(word[0].isupper() for word in rest)
