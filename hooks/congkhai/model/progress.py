"""How far a plan was at the end of each reporting year, and where it is today.

A plan's commitments with all their reports come in; `ProgressPoint`s go out, oldest first, none
while nothing is reported, and the state of a past deadline. The rule is that of `status`,
applied to an earlier day: reports for later periods are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from congkhai.data import registers
from congkhai.model.status import judged_day, roll_up, state_of
from congkhai.model.today import Day, is_in_year
from congkhai.model.views import (
    Commitment,
    DueDay,
    EntryView,
    ProgressPoint,
    ReportView,
    State,
)


def list_progress(
    commitments: Sequence[Commitment],
    reports: Sequence[ReportView],
    last_year: int,
    units: Mapping[str, registers.Unit],
    as_of: Day,
) -> tuple[ProgressPoint, ...]:
    """List one point a year from the first report's period on, the last of them for `as_of`.

    `last_year`: of the plan; after it only that of today follows.
    """
    if not reports:
        return ()
    first = min(_year(report) for report in reports)
    ends = (date(year, 12, 31) for year in range(first, last_year + 1))
    past = [day for day in ends if day < as_of]
    points = [_progress_point(commitments, reports, units, day, day) for day in past]
    return (*points, _progress_point(commitments, reports, units, as_of, None))


def _progress_point(
    commitments: Sequence[Commitment],
    reports: Sequence[ReportView],
    units: Mapping[str, registers.Unit],
    day: Day,
    told: date | None,
) -> ProgressPoint:
    states = [(commitment, state_on(commitment, units, day)) for commitment in commitments]
    then = roll_up(
        [state for _, state in states],
        [state for commitment, state in states if commitment.is_request],
    )
    return ProgressPoint(
        told, then, tuple(report for report in reports if is_in_year(day, _year(report)))
    )


def state_on(commitment: Commitment, units: Mapping[str, registers.Unit], day: Day) -> State:
    """Judge the state on an earlier day, by the reports for periods up to its year."""
    lines = [
        _as_on(line, day)
        for line in commitment.history
        if line.corrected_by is None and date(_period_of(line, commitment.history), 1, 1) <= day
    ]
    due = commitment.due_on(day)
    return state_of(lines, due, commitment.assignments, day, units, commitment.target_keys)


def judge_due_day(
    commitment: Commitment, due: DueDay, units: Mapping[str, registers.Unit], as_of: Day
) -> tuple[State | None, date | None]:
    """Judge one of a commitment's due days; return its state, and as of which past day.

    Of the one that is judged now, today's state, without a day; of an earlier one, the state
    at the end of its year; of a later one nothing.
    """
    judged = judged_day(commitment.due, as_of)
    assert judged is not None, "an item with a due day has one that is judged"
    if due.day > judged.day:
        return None, None
    if due == judged or is_in_year(as_of, due.year):
        return commitment.state, None
    then = date(due.year, 12, 31)
    return state_on(commitment, units, then), then


def _as_on(line: EntryView, day: Day) -> EntryView:
    """Return the line as it would have been on a day: done later means under way then."""
    done_on = line.entry.done_on
    if done_on is None or done_on.first_day() <= day:
        return line
    return replace(line, entry=replace(line.entry, status="in-progress", done_on=None))


def _year(report: ReportView) -> int:
    return int(report.period[:4])


def _period_of(line: EntryView, history: Sequence[EntryView]) -> int:
    """Return the year that a line is about; a correction is about that of the first report."""
    while line.corrects is not None:
        file, target = line.corrects.file, line.entry.target
        corrected = next(
            (
                old
                for old in history
                if old.report.file == file and target in (None, old.entry.target)
            ),
            None,
        )
        if corrected is None:
            return _year(line.corrects)
        line = corrected
    return _year(line.report)
