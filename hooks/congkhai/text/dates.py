"""Dates as precise as their source, and the last day on which a deadline is still kept.

Comes in: the words of an editor (`2026-05`, `11-01`). Goes out: `PartialDate`, and
calendar days. All arithmetic is in days in Viet Nam (Asia/Ho_Chi_Minh, UTC+7, no
summer time); `today()` is the only place that asks a clock.
"""

from __future__ import annotations

import calendar
import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

VIET_NAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 2000, 2100

_FORM = re.compile(r"^(?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?|(\d{2})-(\d{2}))$", re.ASCII)
_QUARTER_FORM = re.compile(r"^(\d{4})-q([1-4])$", re.ASCII)
_QUARTER_NUMBERS = ("", "I", "II", "III", "IV")
_LOCAL_FORM = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a quarter, a month or a day; without a year, a day that recurs every year."""

    year: int | None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2026`, `2026-q3`, `2026-05`, `2026-05-06` or `11-01` (that day of any year).

        Raises ValueError with a Vietnamese sentence that gives the right form.

        >>> PartialDate.parse("2026-05") == PartialDate(2026, 5)
        True
        >>> str(PartialDate.parse("11-01")), str(PartialDate.parse("2026-q3"))
        ('01/11', 'quý III/2026')
        """
        text = text.strip()
        if quarter := _QUARTER_FORM.match(text):
            return cls(_read_year(quarter[1]), quarter=int(quarter[2]))
        match = _FORM.match(text)
        if not match:
            local = _LOCAL_FORM.match(text)
            if local:
                day, month, year = (int(part) for part in local.groups())
                right = f"{year:04}-{month:02}-{day:02}"
                raise ValueError(f"ngày viết là {text}; dạng đúng: {right} (năm-tháng-ngày)")
            raise ValueError(
                f"không đọc được ngày «{text[:40]}»;"
                " dạng đúng: 2026, 2026-05, 2026-05-06 hoặc 11-01 (hằng năm)"
            )
        if match[4]:
            result = cls(None, int(match[4]), int(match[5]))
            leap_year = 2000
            result._check(leap_year, text)
            return result
        year = _read_year(match[1])
        result = cls(year, int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
        result._check(year, text)
        return result

    def _check(self, year: int, text: str) -> None:
        try:
            date(year, self.month or 1, self.day or 1)
        except ValueError:
            raise ValueError(f"ngày {text} không có trong lịch") from None

    @property
    def recurring(self) -> bool:
        """True for a day of every year (`11-01`)."""
        return self.year is None

    def first_day(self, year: int | None = None) -> date:
        """Return its first calendar day; a recurring date needs the year.

        29/02 is the 28th in a year that is no leap year.
        """
        full, month = self._year(year), self.month or 3 * (self.quarter or 1) - 2
        return date(full, month, min(self.day or 1, calendar.monthrange(full, month)[1]))

    def last_day(self, year: int | None = None) -> date:
        """Return its last calendar day; a recurring date needs the year.

        >>> PartialDate.parse("2026-06").last_day()
        datetime.date(2026, 6, 30)
        >>> PartialDate.parse("2026-q3").last_day()
        datetime.date(2026, 9, 30)
        """
        full = self._year(year)
        month = self.month or 3 * (self.quarter or 4)
        longest = calendar.monthrange(full, month)[1]
        return date(full, month, min(self.day or longest, longest))

    def _year(self, year: int | None) -> int:
        full = self.year if self.year is not None else year
        if full is None:
            raise TypeError("a recurring date needs a year")
        return full

    def __str__(self) -> str:
        """Return the date as Vietnamese readers write it: 2026, quý I/2026, 5/2026, 06/5/2026.

        Days below 10 and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP).
        """
        if self.quarter is not None:
            return f"quý {_QUARTER_NUMBERS[self.quarter]}/{self.year}"
        parts = []
        if self.day is not None:
            parts.append(f"{self.day:02}")
        if self.month is not None:
            has_zero = (self.day is not None and self.month <= 2) or self.year is None
            parts.append(f"{self.month:02}" if has_zero else str(self.month))
        if self.year is not None:
            parts.append(str(self.year))
        return "/".join(parts)

    def iso(self) -> str:
        """Return `2026`, `2026-q3`, `2026-05`, `2026-05-06` or `--11-01`."""
        if self.quarter is not None:
            return f"{self.year}-q{self.quarter}"
        parts = [f"{self.year:04}" if self.year is not None else "-"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def _read_year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"năm {year:04} ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}")
    return year


@lru_cache(maxsize=4096)
def format_day(day: date) -> str:
    """Write a calendar day as Vietnamese readers do: 06/5/2026. Pages write few, each often."""
    return str(PartialDate(day.year, day.month, day.day))


def example_day(year: int, as_of: date) -> date:
    """Return a day of that year to show as an example; never one in the future."""
    return as_of if year >= as_of.year else date(year, 10, 28)


def today() -> date:
    """Return the day on which deadlines are judged: `AS_OF`, or the clock's day in Viet Nam.

    Raises ValueError (Vietnamese) when `AS_OF` is not a whole day, or the clock is years wrong.
    """
    given = os.environ.get("AS_OF", "").strip()
    if given:
        parsed = PartialDate.parse(given)
        if parsed.year is None or parsed.day is None:
            raise ValueError(f"AS_OF={given}: cần một ngày đầy đủ, ví dụ AS_OF=2026-11-22")
        return parsed.first_day()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    now = (
        datetime.fromtimestamp(int(epoch), VIET_NAM) if epoch.isdigit() else datetime.now(VIET_NAM)
    )
    day = now.date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"đồng hồ máy đang là ngày {format_day(day)}; chỉnh lại cho đúng")
    return day
