"""States and deadlines: the one published rule, in one place.

An item's deadlines, its report lines and the day that is judged on come in; due days and a
`State` go out. The page `/phuong-phap/` gives the same rule in words; the wording of the
states is the Government's (đã hoàn thành đúng hạn / quá hạn; chưa hoàn thành trong hạn /
quá hạn), with «chưa có báo cáo» beside them.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from congkhai.data import registers, schema
from congkhai.model.assignments import answers_for
from congkhai.model.today import Day
from congkhai.model.views import (
    STATES,
    Assignment,
    Basis,
    DueDay,
    EntryView,
    LastWord,
    RollUp,
    State,
)

LABELS: dict[State, str] = {
    "done-on-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
    "done": "hoàn thành",
    "under-way": "đang thực hiện, trong hạn",
    "overdue": "đang thực hiện, quá hạn",
    "open": "đang thực hiện",
    "silent": "chưa có báo cáo",
    "requested": "được đề nghị",
    "not-applicable": "không áp dụng",
}
MONTHS_OF_CYCLE: Mapping[schema.Cycle, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
NO_UNITS: Mapping[str, registers.Unit] = {}
NOT_OURS_TO_JUDGE = {"requested"}
"""What is only asked for is neither in time nor late."""


def last_day(deadline: schema.Deadline, year: int | None = None) -> date | None:
    """Return the last day on which the deadline is kept; None without one.

    «trước ngày 01/11» → 31/10; «trong tháng 6» → 30/6; «hết năm 2030» → 31/12/2030.
    `year` is the cycle's year of a deadline that comes back.
    """
    if deadline.before is not None:
        return deadline.before.first_day(year) - timedelta(days=1)
    if deadline.by is not None:
        return deadline.by.last_day(year)
    if deadline.every is not None and year is not None:
        return date(year, 12, 31)
    return None


def due_days(
    deadlines: Iterable[schema.Deadline], first_year: int, last_year: int
) -> tuple[DueDay, ...]:
    """List the days on which an item falls due within a plan's years, earliest first.

    A deadline that comes back without a day falls due at the end of each month, quarter,
    half or whole year; «thường xuyên» never does. What comes back does so in the plan's
    years only: «trước ngày 01/01» falls due on 31/12 of the year before.
    """
    days = []
    for deadline in deadlines:
        if deadline.ongoing:
            continue
        if deadline.every is None:
            day = last_day(deadline)
            days += [DueDay(day, deadline)] if day is not None else []
            continue
        for year in range(first_year, last_year + 2):
            days += [
                DueDay(day, deadline)
                for day in _days_in_year(deadline, year)
                if first_year <= day.year <= last_year
            ]
    return tuple(sorted(days, key=lambda due: due.day))


def _days_in_year(deadline: schema.Deadline, year: int) -> Iterator[date]:
    """Yield the days of one year on which a deadline that comes back falls due."""
    if deadline.by is not None or deadline.before is not None or deadline.every is None:
        day = last_day(deadline, year)
        if day is not None:
            yield day
        return
    step = MONTHS_OF_CYCLE[deadline.every]
    for month in range(step, 13, step):
        yield date(year, month, calendar.monthrange(year, month)[1])


def judged_day(due: Sequence[DueDay], as_of: Day) -> DueDay | None:
    """Return the due day that is judged.

    That is the last one of this year, else of the next year that has any, else the last of all.
    """
    ahead = [day.year for day in due if date(day.year, 12, 31) >= as_of]
    year = min(ahead) if ahead else None
    return next((day for day in reversed(due) if day.year == year or year is None), None)


def _kept_from(due: Sequence[DueDay], judged: DueDay) -> int:
    """Return the first year in which being done counts for the judged day."""
    if judged.deadline.every is not None:
        return judged.year
    return max((day.year + 1 for day in due if day.year < judged.year), default=date.min.year)


def find_answering_unit(unit: str, units: Mapping[str, registers.Unit]) -> str:
    """Return the unit that answers for a unit's tasks today.

    That is the unit itself, or the last of its first successors.
    """
    seen = {unit}
    while unit in units and units[unit].successors and units[unit].successors[0] not in seen:
        unit = units[unit].successors[0]
        seen.add(unit)
    return unit


def _latest_of_each(
    lines: Iterable[EntryView], units: Mapping[str, registers.Unit]
) -> list[list[EntryView]]:
    """Select the latest lines of each body, one for each target.

    A successor's line takes the place of the dissolved unit's. A line without a status
    («unchanged», a bare value) leaves the unit's earlier one in force.
    """
    latest: dict[str, dict[str | None, EntryView]] = {}
    for line in lines:
        said = latest.setdefault(find_answering_unit(line.report.unit, units), {})
        if line.entry.status is None and said:
            continue
        # A line about the whole item replaces those about its targets, and the other way round.
        for target in [known for known in said if (known is None) != (line.entry.target is None)]:
            del said[target]
        said[line.entry.target] = line
    return [list(said.values()) for said in latest.values()]


def _deciding(
    lines: Sequence[EntryView],
    assignments: Iterable[Assignment],
    units: Mapping[str, registers.Unit],
) -> list[EntryView]:
    """Select the lines that decide: the latest of each leading unit, for each target.

    When nobody leads, or no leading unit has reported, those of each unit: which of two
    bodies reported last says nothing of the item.
    """
    leads = [assignment.unit for assignment in assignments if assignment.role == "lead"]
    of_leads = [line for line in lines if answers_for(line.report.unit, leads, units)]
    return [line for said in _latest_of_each(of_leads or lines, units) for line in said]


def is_told_in_part(
    lines: Sequence[EntryView],
    assignments: Sequence[Assignment],
    units: Mapping[str, registers.Unit] = NO_UNITS,
) -> bool:
    """Say whether reports can tell of a part only of the bodies that an item is written for.

    That is so where a group («các sở, ngành», «các thôn») leads it, or carries it out when nobody
    leads: which bodies it has is not in the data. So it is while members of a group alone have
    reported on what another body is to do.
    """
    if not lines or not any(assignment.is_several for assignment in assignments):
        return False
    roles = {assignment.role for assignment in assignments}
    first = next((role for role in ("lead", "implementing") if role in roles), None)
    if any(one.is_several for one in assignments if first in (None, one.role)):
        return True
    named = [one.unit for one in assignments if not one.is_several]
    deciding = _deciding(lines, assignments, units)
    return not any(answers_for(line.report.unit, named, units) for line in deciding)


def list_last_words(
    lines: Sequence[EntryView],
    units: Mapping[str, registers.Unit] = NO_UNITS,
    targets: Collection[str] = (),
) -> tuple[LastWord, ...]:
    """List what each body said last of an item, the newest first.

    `lines`: what counts, oldest first. `targets`: the keys of the item's, when it has several;
    of a body that said of some only that they are done, the item is in progress.
    """
    words = []
    for said in _latest_of_each(lines, units):
        statuses = {line.entry.status for line in said}
        status = said[0].entry.status if len(statuses) == 1 else "in-progress"
        if status == "done" and not _said_of_all(said, targets):
            status = "in-progress"
        words.append(LastWord(said[-1].report.unit, status, tuple(said)))
    return tuple(sorted(words, key=lambda word: word.lines[-1].report.day, reverse=True))


def _said_of_all(lines: Sequence[EntryView], targets: Collection[str]) -> bool:
    """Tell whether the lines are about the whole item, or about each of its targets."""
    named = {line.entry.target for line in lines}
    return None in named or named >= set(targets)


def state_of(
    lines: Sequence[EntryView],
    due: Sequence[DueDay],
    assignments: Sequence[Assignment],
    as_of: Day,
    units: Mapping[str, registers.Unit] = NO_UNITS,
    targets: Collection[str] = (),
) -> State:
    """Judge the state of one item on the day `as_of`.

    `lines`: what is known on that day, oldest first, corrected lines left out; a line
    «unchanged» repeats the unit's line before it. `units`: the register, for successors.
    With several deciding units it is done when all of them say so; with several
    `targets` (their keys), when that is said of each. What is written for a group is never
    done, nor late, by what some of its bodies say.
    """
    only_requested = bool(assignments) and all(
        assignment.role in NOT_OURS_TO_JUDGE for assignment in assignments
    )
    if not lines:
        return "requested" if only_requested else "silent"
    if is_told_in_part(lines, assignments, units):
        return "open"
    deciding = _deciding(lines, assignments, units)
    statuses = {line.entry.status for line in deciding}
    if statuses == {"not-applicable"}:
        return "not-applicable"
    judged = None if only_requested else judged_day(due, as_of)
    done = [
        line.entry.done_on
        for line in deciding
        if line.entry.status == "done" and line.entry.done_on
    ]
    if done and statuses <= {"done", "not-applicable"} and _said_of_all(deciding, targets):
        first, last = max(day.first_day() for day in done), max(day.last_day() for day in done)
        if judged is None:
            return "done"
        if last.year >= _kept_from(due, judged):
            return (
                "done-on-time"
                if last <= judged.day
                else "done-late"
                if first > judged.day
                else "done"
            )
    if judged is None:
        return "open"
    return "under-way" if judged.day >= as_of else "overdue"


def roll_up(states: Iterable[State], asked: Iterable[State] = ()) -> RollUp:
    """Count the states of commitments; nothing is weighted, silence is a count too.

    `asked`: the states of those among them that the document only asks for.
    """
    counts = dict.fromkeys(STATES, 0)
    for state in states:
        counts[state] += 1
    return RollUp(sum(counts.values()), counts, asked=Counter(asked))


def add_up(rollups: Iterable[RollUp]) -> RollUp:
    """Add roll-ups of different commitments."""
    counts = dict.fromkeys(STATES, 0)
    removed_reports = 0
    asked: Counter[State] = Counter()
    beside: Counter[Basis] = Counter()
    for rollup in rollups:
        removed_reports += rollup.removed_reports
        asked.update(rollup.asked)
        beside.update(rollup.beside)
        for state, count in rollup.counts.items():
            counts[state] += count
    return RollUp(sum(counts.values()), counts, removed_reports, asked, beside)


def reached(
    value: Decimal, comparator: str, goal: Decimal, unit: str, maximum: Decimal | None = None
) -> bool | None:
    """Tell whether a reported value reaches a target; None where a reader has to judge.

    «=» below 100 % and «~» are: «giảm còn 2,87%» is reached by less, too. So is what lies
    above the `maximum` of a range.
    """
    if maximum is not None and value > maximum:
        return None
    if comparator == "=" and unit == "%" and goal == 100:
        return value == 100
    return {">": value > goal, ">=": value >= goal, "<": value < goal, "<=": value <= goal}.get(
        comparator
    )
