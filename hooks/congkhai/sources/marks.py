"""The mark that opens a paragraph: `III.`, `Điều 2.`, `1.1.`, `b)`, `(1)`, `-`.

Comes in: the words of a paragraph as printed. Goes out: `Mark`: what is printed, of which
kind it is, and its place in the count. Which mark stands under which is not decided here
(`congkhai.sources.outline`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from congkhai.sources.numbering import read_symbol
from congkhai.text.vietnamese import fold

_UPPER: Final = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯ\u1ea0-\u1ef9"
"""Letters with which a title may begin; from U+1EA0 on, half of them are small letters."""

_LETTERS: Final = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
"""Vietnamese and English order: after d comes đ or e, after e comes g or f."""
_ORDINALS: Final = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_WORDS: Final = {
    "phan": "part", "chuong": "chapter", "muc": "section", "tieu muc": "subsection",
    "dieu": "article",
}  # fmt: skip
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_BULLETS: Final = "-–—•▪■●○◦➢✓❖◻→⇨❑►▶·*+"

_RANKS: Final = {
    "part": 0, "chapter": 1, "section": 2, "subsection": 3, "article": 4, "upper.letter": 5,
    "roman": 5, "caps": 6, "spread": 7, "number": 10, "row": 10, "number)": 15, "letter": 18,
    "(number)": 20, "lower-roman": 22, "(letter)": 23, "(roman)": 23, "lead": 29,
    "footnote": 99,
}  # fmt: skip
"""Usual depth of a kind of mark, used only where the document itself does not decide."""
_BULLET_RANK: Final = 30
_DIVISIONS: Final = ("part", "chapter", "section", "subsection", "article")
STRUCTURAL: Final = frozenset({*_DIVISIONS, "upper.letter", "roman", "caps"})
"""Kinds that divide a document; which stands over which, the document decides."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The printed mark of a paragraph, its kind, and its place in the count.

    `values` has more than one number for a mark such as `1.2.`; the place among its
    siblings is the last. It is empty for a bullet. `others` are further readings of the
    last value: `e)` is the 5th letter in English order and the 6th in Vietnamese order.
    """

    printed: str
    kind: str
    values: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def is_bullet(self) -> bool:
        """Whether the mark counts nothing."""
        return not self.values

    @property
    def is_first(self) -> bool:
        """Whether a list begins with it."""
        return bool(self.values) and self.values[-1] == 1


def read_mark(words: str) -> Mark | None:
    """Read the mark that the words open with, or None.

    >>> read_mark("1.2. Cơ quan thực hiện").values
    (1, 2)
    >>> read_mark("I - Mục tiêu").printed, read_mark("1.Nâng cao").printed
    ('I -', '1.')
    >>> read_mark("2.5 tỷ đồng"), read_mark("2030. Đề nghị"), read_mark("Mục III của Kế hoạch")
    (None, None, None)
    """
    return next((mark for read in _READERS if (mark := read(words)) is not None), None)


def read_marks(words: str) -> list[Mark]:
    """Every reading of the mark: `I.` may follow `H.`, `i)` may follow `h)`, `C.` may be 100."""
    return [mark for read in _READERS if (mark := read(words)) is not None]


def follows(mark: Mark, previous: Mark) -> bool:
    """Whether `mark` is the next of the list that `previous` stands in.

    >>> [follows(read_mark(next), read_mark("d) A")) for next in ("đ) A", "e) A", "h) A")]
    [True, True, False]
    >>> follows(read_mark("1.3. A"), read_mark("1.2. A"))
    True
    """
    if mark.kind != previous.kind or mark.values[:-1] != previous.values[:-1]:
        return False
    if mark.kind.rpartition(".")[2] in ("letter", "(letter)"):
        return any(
            order.find(_letter(mark)) == order.find(_letter(previous)) + 1
            for order in _LETTERS
            if _letter(mark) in order and _letter(previous) in order
        )
    return mark.values[-1] == previous.values[-1] + 1


def _letter(mark: Mark) -> str:
    letters = re.findall("[a-zđ]", mark.printed.lower())
    return letters[-1] if letters else ""


def read_roman(text: str) -> int | None:
    """Read a Roman number, None when it is not well formed.

    >>> read_roman("XIV"), read_roman("IIX")
    (14, None)
    """
    total = 0
    values = [_ROMAN_VALUES.get(letter, 0) for letter in text.lower()]
    if not values or not all(values):
        return None
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += value if value >= after else -value
    is_usual = re.fullmatch("m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", text.lower())
    return total if is_usual else None


def _is_title_start(rest: str) -> bool:
    """Whether what follows begins like a title or a sentence, or there is nothing."""
    first = rest.lstrip(" “\"«(‘'[")[:1]
    return not first or first.isupper() or (first.isdigit() and rest[:1] != first)


_WORD = re.compile(
    r"(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Tiểu mục|TIỂU MỤC|Mục|MỤC|Điều|ĐIỀU)\s+"
    r"(?P<value>(?:thứ|THỨ|Thứ)\s+\w+|[IVXLC]+|\d{1,3}|[A-Z])(?P<end>\s?[.:]|\s?[-–](?=\s)|)(?=\s|$)"
)


def _read_word(words: str) -> Mark | None:
    match = _WORD.match(words)
    if match is None:
        return None
    kind = _WORDS[" ".join(fold(match["word"]).split())]
    rest = words[match.end() :].strip()
    if rest and not rest[:1].isupper() and not match["end"]:
        return None
    if kind == "article" and rest and not match["end"]:
        return None
    value = _word_value(match["value"])
    return Mark(match[0].strip(), kind, (value,)) if value else None


def _word_value(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if " " in text:
        return _ORDINALS.get(fold(text.split()[-1]))
    return read_roman(text) or ord(text[0]) - ord("A") + 1


_ROMAN = re.compile(
    r"(?!V/[Vv]\b)([IVXL][IVXLivxl]*)(\s?[./):](?=\s|$)|[./)](?=\S)|\s?[-–](?=\s*\S))"
)


def _read_roman_mark(words: str) -> Mark | None:
    match = _ROMAN.match(words)
    if match is None or (value := read_roman(match[1])) is None:
        return None
    rest = words[match.end() :]
    is_loose = match[2].strip() in ("-", "–") or rest[:1] not in ("", " ", "\t")
    if is_loose and not _is_title_start(rest):
        return None
    return Mark(match[0], "roman", (value,))


_UPPER_LETTER = re.compile(r"(?!V/[Vv]\b)([A-ZĐ])(\s?[./)](?=\s|$)|[./)](?=\S)|\s?[-–](?=\s+\S))")


def _read_upper_letter(words: str) -> Mark | None:
    match = _UPPER_LETTER.match(words)
    if match is None:
        return None
    rest = words[match.end() :]
    # «A.B. Nguyễn», «P. Hải Dương» are names: a letter of a list is followed by a title.
    if re.match(r"\s*[A-ZĐ]\.", rest) or not _is_title_start(rest):
        return None
    return Mark(match[0], "upper.letter", (_LETTERS[0].find(match[1].lower()) + 1,))


_PART = r"(?:\d{1,2}|[IVXL]+|[A-ZĐ]|[a-zđ])"
_DOTTED = re.compile(
    rf"({_PART}(?:\.\d{{1,2}})+(?:\.[a-zđ](?=[.)]))?|\d{{1,2}}\.[a-zđ](?=[.)]))"
    rf"(\.?\s?[-–](?=\s*[{_UPPER}“]|\s*$)|[.)/:]?(?=\s|$|[{_UPPER}“]))"
)


def _read_dotted(words: str) -> Mark | None:
    match = _DOTTED.match(words)
    if match is None:
        return None
    rest = words[match.end() :]
    if not match[2] and not (rest.strip() and _is_title_start(rest.strip())):
        return None
    kinds = []
    values = []
    for part in match[1].split("."):
        kind, value = _read_part(part)
        kinds.append(kind)
        values.append(value)
    return Mark(match[0], ".".join(kinds), tuple(values))


def _read_part(part: str) -> tuple[str, int]:
    if part.isdigit():
        return "number", int(part)
    if part.islower():
        return "letter", _LETTERS[0].find(part) + 1
    roman = read_roman(part)
    return ("roman", roman) if roman else ("upper", _LETTERS[0].find(part.lower()) + 1)


_NUMBER = re.compile(r"(\d{1,3})(\s?[.)](?=\s|$)|[.)](?=\D)|/(?=\s|$)|\s?[-–](?=\s*\S))")


def _read_number(words: str) -> Mark | None:
    match = _NUMBER.match(words)
    if match is None:
        return None
    rest = words[match.end() :]
    sign = match[2].strip()
    is_loose = sign in ("-", "–") or rest[:1] not in ("", " ", "\t")
    if is_loose and not (rest.strip() and rest.strip()[:1].isalpha() and _is_title_start(rest)):
        return None
    return Mark(match[0], "number)" if sign == ")" else "number", (int(match[1]),))


_LETTER = re.compile(
    r"([a-zđ])([.)/](?=\s|$)|,(?=\s+\S)|\)(?=\S)|\.(?=\S)|\s?[-–](?=\s+\S)|(?<![e-z])-(?=\S))"
)


def _read_letter(words: str) -> Mark | None:
    match = _LETTER.match(words)
    if match is None:
        return None
    rest = words[match.end() :]
    is_loose = match[2].strip() in ("-", "–", ",") or rest[:1] not in ("", " ", "\t")
    if is_loose and not _is_title_start(rest):
        return None
    return Mark(match[0], "letter", (_LETTERS[0].find(match[1]) + 1,))


_LOWER_ROMAN = re.compile(r"([ivx]+)[.)](?=\s|$)")


def _read_lower_roman(words: str) -> Mark | None:
    match = _LOWER_ROMAN.match(words)
    value = read_roman(match[1]) if match else None
    return Mark(match[0], "lower-roman", (value,)) if match and value else None


_BRACKETED = re.compile(r"\((\d{1,2}|[a-zđ]|[ivx]+)\)\s*(?=\S|$)")


def _read_bracketed(words: str) -> Mark | None:
    match = _BRACKETED.match(words)
    if match is None:
        return None
    text = match[1]
    printed = match[0].strip()
    if text.isdigit():
        return Mark(printed, "(number)", (int(text),))
    if (value := read_roman(text)) is not None and text != "c" and text != "d":
        return Mark(printed, "(roman)", (value,))
    return Mark(printed, "(letter)", (_LETTERS[0].find(text) + 1,)) if len(text) == 1 else None


# A dash before a number is a bullet too, unless it is the second half of a split «2026 - 2030».
_BULLET = re.compile(
    rf"([{re.escape(_BULLETS)}])(?:\s*(?=[^\s\d–—-])|\s*(?=\d+\s*%)|\s+(?=\d))|(o)\s+(?=\S)|([\ue000-\uf8ff])\s*(?=\S)"
)
_SAME_BULLETS: Final = {"–": "-", "—": "-"}


def _read_bullet(words: str) -> Mark | None:
    match = _BULLET.match(words)
    if match is None or (match[0] == words and not words[1:]):
        return None
    if match[2] and not words[match.end() :][:1].isupper():
        return None
    sign = read_symbol(match[0].strip())
    return Mark(match[0].strip(), f"bullet {_SAME_BULLETS.get(sign, sign)}")


_READERS: Final[tuple[Callable[[str], Mark | None], ...]] = (
    _read_word,
    _read_dotted,
    _read_roman_mark,
    _read_upper_letter,
    _read_number,
    _read_letter,
    _read_lower_roman,
    _read_bracketed,
    _read_bullet,
)


def read_automatic(number: str) -> list[Mark]:
    """Every reading of a mark that the file's numbering printed; none is refused.

    >>> read_automatic("Điều 3.")[0].kind, read_automatic("Bước 2:")[0].kind
    ('article', 'Bước #:')
    """
    if marks := read_marks(f"{number} A"):
        exact = [mark for mark in marks if mark.printed.strip() == number]
        if exact:
            return exact
    values = tuple(int(value) for value in re.findall(r"\d{1,3}", number))
    if not values:
        return [Mark(number, f"bullet {number}")]
    return [Mark(number, re.sub(r"\d+", "#", number), values)]


def parts_of(mark: Mark) -> Iterator[str]:
    """Split a mark for an id: `1` and `2` of `1.2.`, `chuong-ii` of `Chương II`.

    >>> list(parts_of(read_mark("Điều 2. Tên"))), list(parts_of(read_mark("đ) Tên")))
    (['dieu-2'], ['dd'])
    """
    if match := _WORD.match(mark.printed):
        yield f"{fold(match['word']).replace(' ', '-')}-{fold(match['value']).replace(' ', '-')}"
        return
    for part in re.findall(r"\d+|[^\W\d_]+", mark.printed):
        yield "dd" if part in "đĐ" else fold(part)


def rank_of(kind: str) -> int:
    """Rank a kind of mark by its usual depth, smaller for what stands higher."""
    if kind.startswith("bullet"):
        return _BULLET_RANK
    if kind in _RANKS:
        return _RANKS[kind]
    first, _, rest = kind.partition(".")
    return _RANKS.get(first, _RANKS["number"]) + (1 + rest.count(".") if rest else 0)


def outranks(kind: str, other: str) -> bool:
    """Whether one kind stands over another in every document: Chương over Điều, Phần over I.

    >>> outranks("chapter", "article"), outranks("roman", "article")
    (True, False)
    """
    if kind not in _DIVISIONS:
        return False
    if other in _DIVISIONS:
        return _DIVISIONS.index(kind) <= _DIVISIONS.index(other)
    return kind in ("part", "chapter")
