"""Vietnamese text: folding for search and addresses, dictionary order, numbers as printed.

Comes in: strings. Goes out: strings and sort keys. Nothing here knows a plan.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_D = str.maketrans("đĐ", "dD")

# Dictionary order of CLDR root + vi (charts 48): base letters, then tones.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_MARKED_LETTERS = {
    "a\u0306": "ă",
    "a\u0302": "â",
    "e\u0302": "ê",
    "o\u0302": "ô",
    "o\u031b": "ơ",
    "u\u031b": "ư",
}


def nfc(text: str) -> str:
    """The same text in composed form (NFC), in which all data is kept."""
    return unicodedata.normalize("NFC", text)


class _Folded(dict[int, str]):
    """Each letter without its marks, worked out when it is first met: a plan has the same hundred all over."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_D))
        self[code] = result = "".join(c for c in decomposed if not unicodedata.combining(c))
        return result


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d: what most people type on a phone.

    >>> fold("Bình đẳng giới – Hoà")
    'binh dang gioi – hoa'
    """
    return text.translate(_FOLDED).lower()


def slug(text: str) -> str:
    """A part of an address: folded, words joined by hyphens.

    >>> slug("Phường Hải Dương")
    'phuong-hai-duong'
    """
    return _NOT_WORD.sub("-", fold(text)).strip("-")


def words(text: str) -> list[str]:
    """The words of a text, without marks of outline or emphasis: what fidelity compares.

    Markdown marks (`*`, `#`) are dropped where they stand, so «(*qua Sở*)» is «(qua», «Sở)».
    """
    return nfc(text).replace("*", "").replace("#", "").split()


def same_words(text: str, other: str) -> bool:
    """Whether two texts surely have the same `words`: those that differ only in where their lines break. One in decomposed letters does not seem so."""
    return _on_one_line(text) == _on_one_line(other)


def _on_one_line(text: str) -> str:
    line = text.replace("*", "").replace("#", "").replace("\n", " ").strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line


class _Weights(dict[str, tuple[int, int | None]]):
    """Each letter's place in the alphabet and its tone, None for what has none; worked out when it is first met."""

    def __missing__(self, char: str) -> tuple[int, int | None]:
        decomposed = unicodedata.normalize("NFD", char)
        base = "".join(c for c in decomposed if c not in _TONES)
        base = _MARKED_LETTERS.get(base, base)
        if base and base in _LETTERS:
            weight = (
                100 + _LETTERS.index(base),
                _TONES.get("".join(c for c in decomposed if c in _TONES), 0),
            )
        elif base.isdigit():
            weight = 50 + int(base) if base.isascii() else 60, None
        else:
            weight = 1, None
        self[char] = weight
        return weight


_WEIGHTS = _Weights()


def dictionary_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """A sort key in Vietnamese dictionary order: letters first, then tones, then case.

    Source: CLDR collation chart for `vi`: a ă â … d đ … and ngang < huyền < hỏi <
    ngã < sắc < nặng.
    """
    weights = [_WEIGHTS[char] for char in unicodedata.normalize("NFC", text).lower()]
    return (
        tuple(letter for letter, _ in weights),
        tuple(tone for _, tone in weights if tone is not None),
        text,
    )


def initial(text: str) -> str:
    """The letter under which a Vietnamese list has a text: without tone, Đ apart from D; `#` for what is none.

    >>> initial("Ủy ban"), initial("Đoàn"), initial("Ứng"), initial("1A"), initial("«Sở»")
    ('U', 'Đ', 'Ư', '1', '#')
    """
    if not text[:1].isalnum():
        return "#"
    letter = unicodedata.normalize("NFD", text[:1])
    return unicodedata.normalize("NFC", "".join(c for c in letter if c not in _TONES)).upper()


def number(value: Decimal | int) -> str:
    """A number as Vietnamese readers write it: 1.234,5.

    >>> number(Decimal("1234.50"))
    '1.234,5'
    """
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    text = f"{value:,f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def capital(text: str) -> str:
    """Return the text with a capital first letter; the rest stays as it is.

    >>> capital("xã Nam Sách")
    'Xã Nam Sách'
    """
    return text[:1].upper() + text[1:]
