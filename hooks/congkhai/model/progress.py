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
    as_of: date,
) -> tuple[ProgressPoint, ...]:
    """List one point a year from the first report's period on, the last of them on the day `as_of`.

    `last_year`: of the plan; after it only that of today follows.
    """
    if not reports:
        return ()
    first = min(_year(report) for report in reports)
    days = [date(year, 12, 31) for year in range(first, min(as_of.year - 1, last_year) + 1)]
    return tuple(
        _progress_point(commitments, reports, units, day, day == as_of) for day in [*days, as_of]
    )


def _progress_point(
    commitments: Sequence[Commitment],
    reports: Sequence[ReportView],
    units: Mapping[str, registers.Unit],
    day: date,
    today: bool,
) -> ProgressPoint:
    states = [(commitment, state_on(commitment, units, day)) for commitment in commitments]
    then = roll_up(
        [state for _, state in states],
        [state for commitment, state in states if commitment.is_request],
    )
    return ProgressPoint(
        day, then, tuple(report for report in reports if _year(report) == day.year), today
    )


def state_on(commitment: Commitment, units: Mapping[str, registers.Unit], day: date) -> State:
    """Judge the state on an earlier day, by the reports for periods up to its year."""
    lines = [
        _as_on(line, day)
        for line in commitment.history
        if line.corrected_by is None and _period_of(line, commitment.history) <= day.year
    ]
    return state_of(
        lines, commitment.due, commitment.assignments, day, units, commitment.target_keys
    )


def judge_due_day(
    commitment: Commitment, due: DueDay, units: Mapping[str, registers.Unit], as_of: date
) -> tuple[State | None, date]:
    """Judge one of a commitment's due days; return its state, and as of which day.

    Of the one that is judged now, today's state; of an earlier one, the state at the end
    of its year; of a later one nothing.
    """
    judged = judged_day(commitment.due, as_of)
    assert judged is not None, "an item with a due day has one that is judged"
    if due.day > judged.day:
        return None, as_of
    if due == judged or due.year == as_of.year:
        return commitment.state, as_of
    then = date(due.year, 12, 31)
    return state_on(commitment, units, then), then


def _as_on(line: EntryView, day: date) -> EntryView:
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
