"""What people type for a day, a reporting period, a figure or an address, as data files have it.

Comes in: what was typed, by the habits of paper: «12/6/26», «quý IV», «1.250,5». Goes out: the
form of files; what is none stays as it was typed, for the rules to refuse by name.
`theme/assets/reporting/typed.js` reads the same in the browser; one list, tests/data/typed.tsv,
holds for both.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from congkhai.text.vietnamese import fold

_BETWEEN = re.compile(r"[\s/.,;‐‑‒–—−-]+")
_LETTER_BEFORE_DIGIT = re.compile(r"([a-z])(?=[0-9])")
_OF_DAYS = frozenset(("ngay", "thang", "nam", "mung", "mong"))
_OF_PERIODS = frozenset(("nam", "ky", "ca"))
_DAY_FIRST = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})(?: (\d{1,2}))?(?: (\d{1,2}))?", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(?:(?:t|thang) )?(\d{1,2}) (\d{4})", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?: (?:(?:t|thang) )?(\d{1,2}))?", re.ASCII)
_TWO = re.compile(r"(\d{1,2}) (\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(?:t|thang) (\d{1,2})(?: (\d{2}))?", re.ASCII)
_QUARTER = re.compile(r"(?:(\d{4}) )?q(?:uy)? ?(iv|i{1,3}|[1-4])(?: (\d{4}|\d{2}))?", re.ASCII)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = 12
_GROUP_AFTER = re.compile(r"(\d) (?=\d{3}(?!\d))", re.ASCII)
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}|,\d{2}0)", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_SCHEME = re.compile("^https://", re.IGNORECASE)
_HOST_FIRST = re.compile(
    r"(?:www\.)?(?:[a-z0-9-]+\.)+(?:vn|com|org|net|edu|gov|info|asia)(?:[/?#]|\Z)", re.IGNORECASE
)
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def read_day(typed: str, today: date) -> str:
    """Read a day, a month or a year; without a year, the last one that has come.

    >>> read_day("ngày 2 tháng 11 năm 2026", date(2026, 11, 22))
    '2026-11-02'
    >>> [read_day(typed, date(2026, 11, 22)) for typed in ("12/6/26", "30/6", "6/2026", "mai")]
    ['2026-06-12', '2026-06-30', '2026-06', 'mai']
    """
    words = _words_of(typed)
    text = " ".join(word for word in words if word not in _OF_DAYS)
    if match := _DAY_FIRST.fullmatch(text):
        return _join(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _join(*match.groups())
    if match := _MONTH_OF_YEAR.fullmatch(text):
        return _join(match[2], match[1])
    if match := _TWO.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        return _join(match[2], match[1]) if month > _MONTHS else _last(today, month, day)
    if "thang" in words and text.isdecimal() and len(text) < 3:
        return _last(today, int(text))
    return typed.strip()


def read_period(typed: str, today: date) -> str:
    """Read a year, a quarter or a month; without a year, the last one that has begun.

    >>> [read_period(typed, date(2026, 11, 22)) for typed in ("Quý 4", "năm2026", "tháng 6/2026")]
    ['2026-q4', '2026', '2026-06']
    """
    text = " ".join(word for word in _words_of(typed) if word not in _OF_PERIODS)
    return _read_quarter(text, today) or _read_month(text, today) or typed.strip()


def _read_quarter(text: str, today: date) -> str:
    match = _QUARTER.fullmatch(text)
    if match is None or (match[1] and match[3]):
        return ""
    quarter = _ROMAN.get(match[2]) or int(match[2])
    year = match[1] or match[3] or _last(today, 3 * quarter - 2)[:4]
    return f"{_whole_year(year)}-q{quarter}"


def _read_month(text: str, today: date) -> str:
    """Return a month or a whole year; nothing of a text that is none."""
    if match := _MONTH.fullmatch(text) or _MONTH_OF_YEAR.fullmatch(text):
        month, year = match.groups()
    elif match := _YEAR_AND_MONTH.fullmatch(text):
        year, month = match.groups()
    else:
        return ""
    if month is not None and not 1 <= int(month) <= _MONTHS:
        return ""
    return _join(year, month) if year else _last(today, int(month))


def read_number(typed: str) -> str:
    """Read a figure: dots group thousands, a comma begins the fraction; «45.5» is read as well.

    Raises ValueError (Vietnamese) where it may be thousands or a fraction.

    >>> [read_number(typed) for typed in ("1.250,50", "45.5 %", "2 500", "chín mươi")]
    ['1250.5', '45.5', '2500', 'chín mươi']
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    text = _GROUP_AFTER.sub(r"\1", text.removesuffix("%").strip())
    if _DOUBTFUL.fullmatch(text):
        whole, fraction = re.split("[.,]", text)
        exact = f"{whole},{fraction}".rstrip("0").rstrip(",")
        raise ValueError(
            f"«{typed}» là {whole}{fraction} hay {exact}? ghi lại {whole}{fraction} hoặc {exact}"
        )
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not _FIGURE.fullmatch(text):
        return typed.strip()
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_address(typed: str) -> str:
    """Read the address of a document; the name of a file stays as it is.

    >>> read_address("HTTPS://laichau.gov.vn/van ban.pdf"), read_address("laichau.gov.vn/a")
    ('https://laichau.gov.vn/van%20ban.pdf', 'https://laichau.gov.vn/a')
    """
    text = _SCHEME.sub("https://", typed.strip())
    if _HOST_FIRST.match(text):
        text = f"https://{text}"
    return text.replace(" ", "%20") if text.startswith("https://") else text


def _words_of(typed: str) -> list[str]:
    """Split what was typed into words without marks, figures apart from letters."""
    folded = fold(unicodedata.normalize("NFKC", typed))
    return [word for word in _BETWEEN.split(_LETTER_BEFORE_DIGIT.sub(r"\1 ", folded)) if word]


def _join(year: str, *rest: str | None) -> str:
    return "-".join([_whole_year(year), *(part.zfill(2) for part in rest if part)])


def _whole_year(year: str) -> str:
    return year if len(year) == 4 else f"20{year.zfill(2)}"


def _last(today: date, month: int, day: int | None = None) -> str:
    """Return the last such month or day that has come, in the form of files."""
    is_to_come = (month, day or 1) > (today.month, today.day)
    parts = [str(today.year - is_to_come), f"{month:02}", *([f"{day:02}"] if day else [])]
    return "-".join(parts)
