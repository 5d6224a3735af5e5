"""Vietnamese text: folding for search and addresses, dictionary order, numbers as printed.

Comes in: strings. Goes out: strings and sort keys. Nothing here knows a plan.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

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
    """Compose letters and marks (NFC), the form in which all data is kept."""
    return unicodedata.normalize("NFC", text)


class _Folded(dict[int, str]):
    """Letters without their marks by code point, worked out once: texts have about a hundred."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_D))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        self[code] = folded
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Drop case and diacritics, write đ as d: what most people type on a phone.

    >>> fold("Bình đẳng giới – Hoà")
    'binh dang gioi – hoa'
    """
    # Word by word: to look a word up takes a third of the time that its letters take.
    return " ".join(map(_fold_word, text.split(" ")))


@lru_cache(maxsize=32768)
def _fold_word(word: str) -> str:
    return word.translate(_FOLDED).lower()


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """Make a part of an address: folded, words joined by hyphens.

    >>> slug("Phường Hải Dương")
    'phuong-hai-duong'
    """
    return _NOT_WORD.sub("-", fold(text)).strip("-")


def words(text: str) -> list[str]:
    """Split a text into words, without Markdown marks: what `fidelity` compares.

    >>> words("(*qua Sở*)")
    ['(qua', 'Sở)']
    """
    return nfc(text).replace("*", "").replace("#", "").split()


def same_words(text: str, other: str) -> bool:
    """Return whether two texts differ in their line breaks only, and so have the same `words`.

    Faster than to compare `words`; False for a text in decomposed letters, which may have them.
    """
    return _on_one_line(text) == _on_one_line(other)


def _on_one_line(text: str) -> str:
    line = text.replace("*", "").replace("#", "").replace("\n", " ").strip()
    while "  " in line:
        line = line.replace("  ", " ")
    return line


class _Weights(dict[str, tuple[int, int | None]]):
    """The place of each character in the alphabet, and its tone or None, worked out once."""

    def __missing__(self, char: str) -> tuple[int, int | None]:
        decomposed = unicodedata.normalize("NFD", char)
        base = "".join(c for c in decomposed if c not in _TONES)
        base = _MARKED_LETTERS.get(base, base)
        weight: tuple[int, int | None] = (1, None)
        if base and base in _LETTERS:
            tone = "".join(c for c in decomposed if c in _TONES)
            weight = (100 + _LETTERS.index(base), _TONES.get(tone, 0))
        elif base.isdigit():
            weight = (50 + int(base) if base.isascii() else 60, None)
        self[char] = weight
        return weight


_WEIGHTS = _Weights()


def dictionary_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return a sort key in Vietnamese dictionary order: letters first, then tones, then case.

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
    """Return the letter under which a Vietnamese list has a text; `#` where it has none.

    Without tone, Đ apart from D.

    >>> initial("Ủy ban"), initial("Đoàn"), initial("Ứng"), initial("1A"), initial("«Sở»")
    ('U', 'Đ', 'Ư', '1', '#')
    """
    if not text[:1].isalnum():
        return "#"
    letter = unicodedata.normalize("NFD", text[:1])
    return unicodedata.normalize("NFC", "".join(c for c in letter if c not in _TONES)).upper()


def file_size(size: int) -> str:
    """Write the size of a file as readers know it, upwards: nobody's data are used up unasked.

    >>> file_size(2_040_000), file_size(12_000_000), file_size(40_100), file_size(3)
    ('2,1 MB', '12 MB', '41 KB', '1 KB')
    """
    if size < 1_000_000:
        return f"{number(-(-size // 1000))} KB"
    return f"{number(Decimal(-(-size // 100_000)) / 10)} MB"


def number(value: Decimal | int) -> str:
    """Write a number as Vietnamese readers do: 1.234,5.

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
