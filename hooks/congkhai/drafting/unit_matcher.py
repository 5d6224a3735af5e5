"""Units named in the words of a document.

Comes in: the units of `units.yml`. Goes out: which of them a sentence names, in order,
the longest name first, so that «Sở Văn hóa, Thể thao và Du lịch» is not «Sở Du lịch».
Names and spellings are compared folded; abbreviations exactly as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congkhai.data import registers
from congkhai.text.vietnamese import fold, nfc

_TOKEN = re.compile(r"\w+")
_LIST_OF_DEPARTMENTS = re.compile(r"^\s*(?:các )?sở\s*:", re.I)
_FILLERS = frozenset(
    fold(
        "các và cùng với có liên quan trên địa bàn cấp tỉnh thành phố phường xã huyện"
        " đề nghị sở gồm của"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit, and the tokens of the sentence that name it: `start` to before `end`."""

    unit: str
    start: int
    end: int


class Roster:
    """The units by every way in which a document may name them."""

    def __init__(self, units: Mapping[str, registers.Unit]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._abbreviations: dict[tuple[str, ...], str] = {}
        self._departments: dict[tuple[str, ...], str] = {}
        bare: dict[tuple[str, ...], str] = {}
        for slug, unit in units.items():
            for name in (unit.name, *unit.spellings):
                tokens = tuple(_TOKEN.findall(fold(nfc(name))))
                self._names.setdefault(tokens, slug)
                if tokens[0] == "cac" and len(tokens) > 1:
                    bare.setdefault(tokens[1:], slug)
                if tokens[0] == "so" and len(tokens) > 1 and unit.nature == "state":
                    self._departments.setdefault(tokens[1:], slug)
            for short in unit.abbreviations:
                self._abbreviations.setdefault(tuple(_TOKEN.findall(nfc(short))), slug)
        # In «Các Sở, Ban, ngành, địa phương» one «các» stands for all.
        self._names = bare | self._names
        every = [*self._names, *self._abbreviations]
        self._longest = max((len(tokens) for tokens in every), default=0)

    def find(self, text: str) -> list[Named]:
        """Find every unit that a text names. After «Các sở:» a bare «Y tế» is Sở Y tế."""
        written = _TOKEN.findall(nfc(text))
        folded = [fold(token) for token in written]
        tables = [(folded, self._names), (written, self._abbreviations)]
        if _LIST_OF_DEPARTMENTS.match(text):
            tables.insert(0, (folded, self._departments))
        names: list[Named] = []
        at = 0
        while at < len(written):
            match = self._match_at(tables, at)
            if match:
                names.append(match)
            at = match.end if match else at + 1
        return names

    def find_all(self, text: str) -> tuple[str, ...]:
        """Find the units that a list names, each once, in its order."""
        return tuple(dict.fromkeys(named.unit for named in self.find(text)))

    def find_leading(self, text: str) -> tuple[str, ...]:
        """Find the units with which a text begins: its subject.

        «Sở A và Sở B phối hợp với Sở C» gives A, B.
        """
        written = [fold(token) for token in _TOKEN.findall(nfc(text))]
        leading: list[str] = []
        at = 0
        for named in self.find(text):
            if any(token not in _FILLERS for token in written[at : named.start]):
                break
            leading.append(named.unit)
            at = named.end
        return tuple(dict.fromkeys(leading))

    def find_unknown(self, text: str) -> list[str]:
        """Find the words of a list of units that belong to no known unit."""
        written = _TOKEN.findall(nfc(text))
        matched = {at for named in self.find(text) for at in range(named.start, named.end)}
        return [
            word
            for at, word in enumerate(written)
            if at not in matched and fold(word) not in _FILLERS
        ]

    def _match_at(
        self, tables: list[tuple[list[str], dict[tuple[str, ...], str]]], at: int
    ) -> Named | None:
        for length in range(self._longest, 0, -1):
            for tokens, names in tables:
                unit = (
                    names.get(tuple(tokens[at : at + length]))
                    if at + length <= len(tokens)
                    else None
                )
                if unit:
                    return Named(unit, at, at + length)
        return None
