"""A plan's line of time: its years, this year among them, and its due days.

Comes in: an opened plan and the day that is judged on, of which only the year is shown: a mark
of the day would make every plan's picture anew each night. Goes out: a `Timeline`. Due days that
would overlap share one mark; none of those that passed shares one with those ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from congkhai.model.plan_view import CalendarDay, OpenPlan, PlanView
from congkhai.model.today import Today, is_in_year
from congkhai.model.views import UNREPORTED
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import WIDTH, LegendEntry, draw_legend, legend_height

MarkSign = Literal["received", "part", "missing", "removed", "requested", "gone", "ahead"]
"""`missing`: passed, and nothing was received about any of its commitments; `removed`: what was
received was taken away; `requested`: passed, and only asked for; `gone`: passed when nobody was
left who could do it."""
SIGNS: tuple[MarkSign, ...] = (
    "received",
    "part",
    "missing",
    "removed",
    "requested",
    "gone",
    "ahead",
)
LEFT, RIGHT = 12, WIDTH - 12
LINE_Y = 16
_ROOM = 22
"""Of one mark on the line."""
_MOST_YEARS = 6
"""That are all named under the line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One or several due days."""

    days: tuple[tuple[CalendarDay, MarkSign], ...]
    """Each with its own sign."""
    sign: MarkSign
    x: float


@dataclass(frozen=True, slots=True)
class Timeline(Drawing):
    """A plan's years as a line."""

    left: int
    right: int
    y: int
    """Of the line; the ticks and words below it are placed by the two that follow."""
    tick_y: int
    year_y: int
    first_year: int
    last_year: int
    years: tuple[tuple[int, float], ...]
    """Each year that is named, and the middle of its name."""
    ticks: tuple[float, ...]
    """Where a year begins."""
    this_year: int | None
    """None outside the plan's years."""
    elapsed: float
    """Where the years end that are behind us."""
    marks: tuple[Mark, ...]
    counts: tuple[tuple[MarkSign, int], ...]
    """Due days by sign."""
    legend: tuple[LegendEntry, ...]


def draw_timeline(view: PlanView, full: OpenPlan, today: Today) -> Timeline:
    """Draw the line of a plan's time."""
    days = full.calendar
    first_year, last_year = _years_of(full)
    start, end = date(first_year, 1, 1), date(last_year, 12, 31)

    def across(day: date) -> float:
        part = (min(max(day, start), end) - start).days / (end - start).days
        return round(LEFT + (RIGHT - LEFT) * part, 1)

    marks: list[Mark] = []
    waiting: list[CalendarDay] = []
    for day in sorted(days, key=lambda day: (day.due.day, day.mark)):
        if waiting and (
            day.passed != waiting[0].passed
            or across(day.due.day) - across(waiting[0].due.day) >= _ROOM
        ):
            marks.append(_mark(view, waiting, across(waiting[-1].due.day)))
            waiting = []
        waiting.append(day)
    if waiting:
        marks.append(_mark(view, waiting, across(waiting[-1].due.day)))
    named = range(first_year, last_year + 1)
    step = -(-len(named) // _MOST_YEARS)
    ends = [date(year, 12, 31) for year in named]
    counts = tuple(
        (sign, sum(len(mark.days) for mark in marks if mark.sign == sign)) for sign in SIGNS
    )
    legend = draw_legend(counts, LINE_Y + 40, columns=1)
    return Timeline(
        height=LINE_Y + 40 + legend_height(legend),
        left=LEFT,
        right=RIGHT,
        y=LINE_Y,
        tick_y=LINE_Y + 10,
        year_y=LINE_Y + 28,
        first_year=first_year,
        last_year=last_year,
        years=tuple(
            (year, round((across(date(year, 1, 1)) + across(date(year, 12, 31))) / 2, 1))
            for year in named[::step]
        ),
        ticks=tuple(across(date(year, 1, 1)) for year in named),
        this_year=next((year for year in named if is_in_year(today, year)), None),
        elapsed=across(max((year for year in ends if year < today), default=start)),
        marks=tuple(marks),
        counts=counts,
        legend=legend,
    )


def _years_of(full: OpenPlan) -> tuple[int, int]:
    """Return the first and the last year of the line: the plan's, or those of its due days."""
    plan = full.plan
    issued = plan.document.date.year if plan.document.date else None
    due = [day.due.day.year for day in full.calendar]
    first = plan.period.start or issued or plan.period.end
    return min(first, *due, plan.period.end), max(plan.period.end, *due, first)


def _mark(view: PlanView, days: Sequence[CalendarDay], x: float) -> Mark:
    signs = [_sign_of(view, day) for day in days]
    # What nobody owes says nothing of the rest.
    occurring = set(signs) - {"requested"} or {signs[0]}
    # What was received in part stays so, whatever became of the rest.
    mixed: MarkSign = "part" if "received" in occurring else "missing"
    sign = occurring.pop() if len(occurring) == 1 else mixed
    return Mark(tuple(zip(days, signs, strict=True)), sign, x)


def _sign_of(view: PlanView, day: CalendarDay) -> MarkSign:
    if not day.passed:
        return "ahead"
    if day.reporting is not None and day.reporting.received:
        return "received"
    if day.state is not None and day.state not in UNREPORTED:
        return "received"
    if _was_removed(view, day):
        return "removed"
    if day.gone_since is not None:
        return "gone"
    return "requested" if day.commitment.is_request else "missing"


def _was_removed(view: PlanView, day: CalendarDay) -> bool:
    """Say whether a report on what fell due was here and was taken away."""
    if day.reporting is None:
        return view.lost_report_on(day.commitment.item.id)
    year = str(day.due.year)
    removed = (entry.report for entry in view.removed_reports)
    return any(report is not None and report.period[:4] == year for report in removed)
