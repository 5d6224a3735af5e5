"""The day that a build is of, which answers questions and never tells itself.

Comes in: a date. Goes out: answers to comparisons with dates of the data, and for each block of
work the `Interval` within which all of its answers stay the same. Whatever is made of the same
answers has the same bytes: so a page says from when to when it holds, and a kept file is used
again on every day of that interval. A date that is printed comes from the data alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    """Days on which something holds; None where there is no first or no last one."""

    since: date | None = None
    until: date | None = None
    """The last day."""

    def holds(self, day: date) -> bool:
        """Say whether a day lies within."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def meet(self, other: Interval) -> Interval:
        """Return the days on which both hold.

        >>> Interval(date(2026, 1, 1)).meet(Interval(None, date(2026, 6, 30))).until
        datetime.date(2026, 6, 30)
        """
        since = self.since if other.since is None else max(self.since or other.since, other.since)
        until = self.until if other.until is None else min(self.until or other.until, other.until)
        return Interval(since, until)


ALWAYS = Interval()


def meet_all(intervals: Iterable[Interval]) -> Interval:
    """Return the days on which all of them hold."""
    result = ALWAYS
    for interval in set(intervals):
        result = result.meet(interval)
    return result


class Watch:
    """What is known of the questions of one block of work."""

    def __init__(self, interval: Interval) -> None:
        self.interval = interval
        """The days on which every answer until now stays the same."""


class Today:
    """A day that compares with dates; `watch` collects the bounds of its answers.

    `today - timedelta(days=30)` is the day so long before, which compares likewise.
    """

    def __init__(self, day: date, rests_on: Interval = ALWAYS) -> None:
        """Begin with no question. `rests_on`: the interval of what all work is built on."""
        self._day = day.toordinal()
        self._ahead = 0
        self._rests_on = rests_on
        self._watches: list[Watch] = []

    @contextmanager
    def watch(self, rests_on: Interval = ALWAYS) -> Iterator[Watch]:
        """Collect the bounds of all answers in the block; those around it learn them too.

        `rests_on`: the interval of what was worked out before and is used in the block.
        """
        watch = Watch(self._rests_on.meet(rests_on))
        self._watches.append(watch)
        try:
            yield watch
        finally:
            self._watches.pop()
            self.narrow(watch.interval)

    def narrow(self, interval: Interval) -> None:
        """Note that what is used was worked out before, and holds on these days."""
        if self._watches:
            watch = self._watches[-1]
            watch.interval = watch.interval.meet(interval)

    def is_within(self, interval: Interval) -> bool:
        """Say whether it is a day of the interval. Nothing is noted: it is for kept work."""
        return interval.holds(date.fromordinal(self._day))

    def _has_reached(self, first: int) -> bool:
        """Answer whether the day is one or a later one: every comparison is this question."""
        first += self._ahead
        if self._day >= first:
            if first > 0:
                self.narrow(Interval(since=date.fromordinal(first)))
            return True
        if first <= date.max.toordinal():
            self.narrow(Interval(until=date.fromordinal(first - 1)))
        return False

    def __sub__(self, span: timedelta) -> Today:
        earlier = Today.__new__(Today)
        earlier.__dict__.update(self.__dict__)
        earlier._ahead = self._ahead + span.days
        return earlier

    def __ge__(self, day: date) -> bool:
        return self._has_reached(day.toordinal())

    def __gt__(self, day: date) -> bool:
        return self._has_reached(day.toordinal() + 1)

    def __lt__(self, day: date) -> bool:
        return not self._has_reached(day.toordinal())

    def __le__(self, day: date) -> bool:
        return not self._has_reached(day.toordinal() + 1)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, date):
            raise TypeError("ask whether the day is before or after")
        return self is other

    def __hash__(self) -> int:
        return id(self)


Day = date | Today
"""A day that states are judged on: of the past, or the day of the build."""


def is_in_year(day: Day, year: int) -> bool:
    """Say whether a day is one of that year."""
    return date(year, 1, 1) <= day <= date(year, 12, 31)
