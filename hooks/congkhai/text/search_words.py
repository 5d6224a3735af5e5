"""The words that a search looks up, in the order of a text.

Comes in: a text as printed. Goes out: its words in one spelling. `theme/assets/search/query.js`
makes the same words from what is typed; `tests/unit/test_search_words.py` holds both to one list.

Beside plain words there are figures (`2,87%` → `2c87`), days (`01/11`, `ngày 1 tháng 11` →
`d0111`) and months (`tháng 6` → `m06`), each one word however it is printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*%?|[^\W\d_][^\W_]*")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_Y = re.compile(r"((?:^|[^aeiouyăâêôơư])|^qu)y$")
_SEPARATOR = re.compile(r"[.,/-]")


@lru_cache(maxsize=32768)
def spoken(word: str) -> str:
    """Write a word as it is said: its tone at the end, y after a consonant as i.

    >>> spoken("Hoà") == spoken("hòa"), spoken("kỹ") == spoken("kĩ"), spoken("quý") == spoken("quí")
    (True, True, True)
    >>> spoken("hóa") == spoken("hòa"), spoken("tuy") == spoken("tui")
    (False, False)
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = "".join(_TONES.findall(parts))
    return _Y.sub(r"\1i", unicodedata.normalize("NFC", _TONES.sub("", parts))) + tones


class SearchWords(NamedTuple):
    """The words of a text."""

    line: list[str]
    """In order: neighbours in a text are neighbours here."""
    beside: list[str]
    """More words under which the text is found: the month of a day."""


def search_words(text: str) -> SearchWords:
    """Give every word under which a text is to be found.

    >>> from congkhai.text.vietnamese import fold
    >>> [fold(word) for word in search_words("Đạt 2,87% trước ngày 01/11/2026").line]
    ['dat', '2c87', 'truoc', 'ngay', 'd0111', '2026']
    """
    line: list[str] = []
    beside: list[str] = []
    for token in text.split():
        words, months = _words_of_token(token)
        line += words
        beside += months
    return _join_written_days(line, beside)


@lru_cache(maxsize=65536)
def _words_of_token(token: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: list[str] = []
    months: list[str] = []
    for match in _TOKEN.findall(unicodedata.normalize("NFC", token)):
        if match[0].isdigit():
            figure = _figure(match)
            words += figure
            months += [f"m{word[3:]}" for word in figure if word[0] == "d"]
        else:
            words.append(spoken(match))
    return tuple(words), tuple(months)


def _figure(printed: str) -> list[str]:
    """Split figures into words: a day, a month with its year, a decimal, or each by itself.

    >>> _figure("30/6/26"), _figure("6/2026"), _figure("2.87%"), _figure("2026-2030")
    (['d3006', '2026'], ['m06', '2026'], ['2c87'], ['2026', '2030'])
    """
    percent = printed.endswith("%")
    parts = _SEPARATOR.split(printed.rstrip("%"))
    marks = set(_SEPARATOR.findall(printed))
    if len(parts) == 3 and len(marks) == 1 and not percent and _is_day(parts[0], parts[1]):
        year = parts[2]
        if "," not in marks and len(year) in (2, 4):
            return [_day(parts[0], parts[1]), year if len(year) == 4 else f"20{year}"]
    if len(parts) == 2 and marks & {"/", "-"} and not percent:
        if _is_day(parts[0], parts[1]):
            return [_day(parts[0], parts[1])]
        if _is_day("1", parts[0]) and len(parts[1]) == 4:
            return [_month(parts[0]), parts[1]]
    if len(parts) > 1 and marks <= {".", ","}:
        return ["c".join([_plain(parts[0]), *parts[1:]])]
    return [_plain(part) for part in parts]


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _is_day(day: str, month: str) -> bool:
    return len(day) <= 2 and len(month) <= 2 and 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _day(day: str, month: str) -> str:
    return f"d{int(day):02}{int(month):02}"


def _month(month: str) -> str:
    return f"m{int(month):02}"


_MONTH = spoken("tháng")
_YEAR = spoken("năm")
_MONTH_WORD = re.compile(r"m\d\d")


def _join_written_days(line: list[str], beside: list[str]) -> SearchWords:
    """Make one word of «1 tháng 11», of «tháng 11» alone, and leave out «năm» behind them."""
    if _MONTH not in line:
        return SearchWords(line, beside)
    joined: list[str] = []
    index = 0
    while index < len(line):
        word = line[index]
        month = line[index + 1] if index + 1 < len(line) else ""
        if word == _MONTH and _MONTH_WORD.fullmatch(month):
            index += 1  # «tháng 6/2026»
            continue
        if word != _MONTH or not month.isdigit() or not _is_day("1", month):
            joined.append(word)
            index += 1
            continue
        index += 2
        if joined and joined[-1].isdigit() and _is_day(joined[-1], month):
            joined[-1] = _day(joined[-1], month)
            beside.append(_month(month))
        else:
            joined.append(_month(month))
        if line[index : index + 1] == [_YEAR] and line[index + 1 : index + 2] != []:
            year = line[index + 1]
            index += year.isdigit() and len(year) == 4
    return SearchWords(joined, beside)


def pairs(line: list[str]) -> list[str]:
    """Join each word with the one after it.

    >>> pairs(["nước", "sạch", "xã"])
    ['nước sạch', 'sạch xã']
    """
    return [f"{word} {following}" for word, following in pairwise(line)]
