"""Automatic numbers as Word prints them.

Comes in: `numbering.xml`, `styles.xml` and, in document order, the list and level of each
paragraph. Goes out: the mark that Word prints before it: `I.`, `Điều 1.`, `1.1.`, `a)`, a
bullet. Rules: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_COUNTING = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SYMBOLS: Final = {
    "\uf02d": "-", "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\uf0fc": "✓",
    "\uf076": "❖", "\uf0a8": "◻", "\uf0e0": "→", "\uf0de": "→", "\uf0be": "-", "\uf02b": "+",
    "\uf02a": "*", "\uf06c": "●", "\uf0f0": "⇨", "\uf071": "❑", "\uf09f": "•",
}  # fmt: skip
"""Places of the fonts Symbol and Wingdings that Word's own bullets use, as Unicode signs."""


_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, text with `%1`, and where it starts."""

    format: str
    text: str
    start: int
    restart: int | None
    is_legal: bool


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._style_levels: dict[str, tuple[str, int]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles = dict(_read_styles(styles))
        if numbering is not None:
            self._read_abstract(numbering)
            self._read_lists(numbering)

    def find_list(self, style: str | None, properties: Element | None) -> tuple[str, int] | None:
        """Find the list and level of a paragraph: its own, else those of its style."""
        number, level = _read_reference(properties)
        while style and (number is None or level is None):
            based_on, style_number, style_level = self._styles.get(style, (None, None, None))
            number = number if number is not None else style_number
            if level is None and number is not None:
                level = style_level
                if level is None and number in self._lists:
                    level = self._style_levels.get(f"{self._lists[number]}/{style}", (number, 0))[1]
            style = based_on
        if number is None or number == "0" or number not in self._lists:
            return None
        return number, level or 0

    def advance(self, number: str, level: int) -> str:
        """Count one paragraph of a list and give the mark that Word prints before it."""
        abstract = self._lists[number]
        counts = self._counts.setdefault(abstract, {})
        own = self._level(number, level)
        if own is None:
            return ""
        start = self._starts.get(number, {}).get(level)
        if start is not None and (number, level) not in self._started:
            counts[level] = start
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = own.start
        self._started.add((number, level))
        for deeper in [key for key in counts if key > level]:
            below = self._level(number, deeper)
            if below is None or below.restart is None or level < below.restart:
                del counts[deeper]
                self._started.discard((number, deeper))
        return self._print(number, own, counts)

    def _print(self, number: str, own: Level, counts: Mapping[int, int]) -> str:
        if own.format == "bullet":
            return read_symbol(own.text)
        if own.format == "none" and "%" not in own.text:
            return own.text.strip()

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = self._level(number, at)
            if shown is None:
                return ""
            count = counts.get(at, shown.start)
            return write_number(count, "decimal" if own.is_legal else shown.format)

        return re.sub(r"%(\d)", value, own.text).strip()

    def _level(self, number: str, level: int) -> Level | None:
        override = self._overrides.get(number, {}).get(level)
        return override or self._abstract.get(self._lists[number], {}).get(level)

    def _read_abstract(self, numbering: Element) -> None:
        by_style: dict[str, str] = {}
        linked: dict[str, str] = {}
        for abstract in numbering.findall(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = {}
            for node in abstract.findall(f"{W}lvl"):
                at = int(node.get(f"{W}ilvl", "0"))
                self._abstract[key][at] = _read_level(node)
                if (style := _value(node, "pStyle")) is not None:
                    self._style_levels[f"{key}/{style}"] = key, at
            if (name := _value(abstract, "styleLink")) is not None:
                by_style[name] = key
            if (name := _value(abstract, "numStyleLink")) is not None:
                linked[key] = name
        self._links = {key: by_style[name] for key, name in linked.items() if name in by_style}

    def _read_lists(self, numbering: Element) -> None:
        for node in numbering.findall(f"{W}num"):
            number = node.get(f"{W}numId", "")
            abstract = _value(node, "abstractNumId") or ""
            self._lists[number] = self._links.get(abstract, abstract)
            for override in node.findall(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl", "0"))
                start = _value(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(number, {})[at] = int(start)
                if (level := override.find(f"{W}lvl")) is not None:
                    self._overrides.setdefault(number, {})[at] = _read_level(level)


def write_number(value: int, form: str) -> str:
    """Write a number in one of Word's formats.

    >>> [write_number(n, "lowerLetter") for n in (1, 26, 27)]
    ['a', 'z', 'aa']
    >>> write_number(14, "upperRoman")
    'XIV'
    """
    if form in ("upperRoman", "lowerRoman"):
        roman = write_roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{value:02}"
    if form in ("vietnameseCounting", "cardinalText") and 0 < value <= len(_COUNTING):
        return _COUNTING[value - 1]
    return "" if form == "none" else str(value)


def write_roman(value: int) -> str:
    """Write a Roman number.

    >>> write_roman(49)
    'XLIX'
    """
    written = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        written += sign * count
    return written


def write_superscript(value: int) -> str:
    """Write the number of a footnote as it is printed: `¹`."""
    return str(value).translate(str.maketrans("0123456789", _SUPERSCRIPTS))


def is_footnote(number: str) -> bool:
    """Whether a mark is the number of a footnote.

    >>> is_footnote("¹²"), is_footnote("12."), is_footnote("")
    (True, False, False)
    """
    return bool(number) and set(number) <= set(_SUPERSCRIPTS)


def read_symbol(text: str) -> str:
    r"""Read a bullet as a Unicode sign, whichever symbol font drew it.

    >>> read_symbol("\uf0b7"), read_symbol("-"), read_symbol("\uf0ff")
    ('•', '-', '•')
    """
    sign = text.strip()
    if sign in _SYMBOLS:
        return _SYMBOLS[sign]
    return "•" if not sign or "\ue000" <= sign[0] <= "\uf8ff" else sign


def replace_symbols(text: str) -> str:
    r"""Write signs of symbol fonts as Unicode signs.

    >>> replace_symbols("\uf0a7 Giảm nghèo")
    '▪ Giảm nghèo'
    """
    return _PRIVATE.sub(lambda match: read_symbol(match[0]), text)


def _read_level(node: Element) -> Level:
    restart = _value(node, "lvlRestart")
    legal = node.find(f"{W}isLgl")
    return Level(
        format=_value(node, "numFmt") or "decimal",
        text=_value(node, "lvlText") or "",
        start=int(_value(node, "start") or 1),
        restart=int(restart) if restart is not None else None,
        is_legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
    )


def _read_styles(
    styles: Element | None,
) -> Iterator[tuple[str, tuple[str | None, str | None, int | None]]]:
    """Each paragraph style: the one it is based on, its list and its level."""
    for style in styles.findall(f"{W}style") if styles is not None else ():
        number, level = _read_reference(style.find(f"{W}pPr"))
        yield style.get(f"{W}styleId", ""), (_value(style, "basedOn"), number, level)


def _read_reference(properties: Element | None) -> tuple[str | None, int | None]:
    reference = properties.find(f"{W}numPr") if properties is not None else None
    if reference is None:
        return None, None
    level = _value(reference, "ilvl")
    return _value(reference, "numId"), int(level) if level is not None else None


def _value(node: Element, name: str) -> str | None:
    child = node.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None
