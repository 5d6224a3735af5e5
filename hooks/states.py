"""States and deadlines: the one published rule, in one place.

Comes in: an item's deadline, its report lines, the day that is judged on. Goes out:
due days and a `State`. The same rule stands in words on `/phuong-phap/`; the wording
of the states is the Government's own (đã hoàn thành đúng hạn / quá hạn; chưa hoàn
thành trong hạn / quá hạn), with «chưa có báo cáo» beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from hooks import model
from hooks.atlas import STATES, Assignment, Commitment, DueDay, EntryView, RollUp, State

LABELS: dict[State, str] = {
    "done-on-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
    "done": "hoàn thành",
    "under-way": "đang thực hiện, trong hạn",
    "overdue": "đang thực hiện, quá hạn",
    "open": "đang thực hiện",
    "silent": "chưa có báo cáo",
    "not-applicable": "không áp dụng",
}
NOT_OURS_TO_JUDGE = {"requested"}
"""Bodies that a People's Committee can only ask are never late."""


def last_day(deadline: model.Deadline, year: int | None = None) -> date | None:
    """The last day on which the deadline is kept; None without one.

    «trước ngày 01/11» → 31/10; «trong tháng 6» → 30/6; «hết năm 2030» → 31/12/2030.
    `year` is the cycle's year of a deadline that comes back.
    """
    if deadline.before is not None:
        return deadline.before.first_day(year) - timedelta(days=1)
    if deadline.by is not None:
        return deadline.by.last_day(year)
    if deadline.every == "year" and year is not None:
        return date(year, 12, 31)
    return None


def due_days(deadline: model.Deadline | None, first_year: int, last_year: int) -> tuple[DueDay, ...]:
    """Every day on which it falls due within a plan's years, earliest first.

    A yearly deadline without a day falls due at the end of each year; «thường xuyên»
    never does.
    """
    if deadline is None or deadline.ongoing:
        return ()
    if deadline.every == "year":
        return tuple(
            DueDay(day, deadline, year)
            for year in range(first_year, last_year + 1)
            if (day := last_day(deadline, year)) is not None
        )
    day = last_day(deadline)
    return (DueDay(day, deadline, day.year),) if day is not None else ()


def _cycle(due: Sequence[DueDay], as_of: date) -> DueDay | None:
    """The due day that is judged: this year's for what comes back, the only one otherwise."""
    if not due:
        return None
    return next((day for day in due if day.year == as_of.year), due[-1] if as_of.year > due[-1].year else due[0])


def _deciding(lines: Sequence[EntryView], assignments: Iterable[Assignment], successors: Mapping[str, str]) -> list[EntryView]:
    """The latest line of each leading unit, for each target; of each assigned unit when nobody leads.

    A successor's line takes the place of the dissolved unit's. A line without a status
    («unchanged», a bare value) leaves the unit's earlier one in force.
    """
    leads = {answering(assignment.unit, successors) for assignment in assignments if assignment.role == "lead"}
    latest: dict[str, dict[str | None, EntryView]] = {}
    for line in lines:
        unit = answering(line.report.report.unit, successors)
        if leads and unit not in leads:
            continue
        said = latest.setdefault(unit, {})
        if line.entry.status is None and said:
            continue
        # A line about the whole item replaces those about its targets, and the other way round.
        for target in [known for known in said if (known is None) != (line.entry.target is None)]:
            del said[target]
        said[line.entry.target] = line
    return [line for said in latest.values() for line in said.values()] or ([lines[-1]] if lines else [])


def answering(unit: str, successors: Mapping[str, str]) -> str:
    """The unit that answers for a unit's tasks today: itself, or the last of its successors."""
    while unit in successors:
        unit = successors[unit]
    return unit


def _said_of_all(lines: Sequence[EntryView], targets: Collection[str]) -> bool:
    """Whether lines about single targets leave none of the item's targets out."""
    named = {line.entry.target for line in lines}
    return None in named or named >= set(targets)


def state_of(
    lines: Sequence[EntryView],
    due: Sequence[DueDay],
    assignments: Sequence[Assignment],
    as_of: date,
    successors: Mapping[str, str] | None = None,
    targets: Collection[str] = (),
) -> State:
    """The state of one item on the day `as_of`.

    `lines`: report lines about it, oldest first, corrected ones left out; a line
    «unchanged» repeats the unit's line before it. With several deciding units it is
    done when all of them say so; with several `targets` (their keys), when that is said
    of each.
    """
    known = [line for line in lines if line.report.day <= as_of]
    if not known:
        return "silent"
    deciding = _deciding(known, assignments, successors or {})
    statuses = {line.entry.status for line in deciding}
    if statuses == {"not-applicable"}:
        return "not-applicable"
    only_requested = bool(assignments) and all(assignment.role in NOT_OURS_TO_JUDGE for assignment in assignments)
    cycle = None if only_requested else _cycle(due, as_of)
    done_days = [line.entry.done_on.last_day() for line in deciding if line.entry.status == "done" and line.entry.done_on]
    all_done = statuses <= {"done", "not-applicable"} and bool(done_days) and _said_of_all(deciding, targets)
    if all_done and cycle is not None and cycle.deadline.every == "year" and max(done_days).year < cycle.year:
        all_done = False  # done for an earlier year; it has fallen due again
    if all_done:
        if cycle is None:
            return "done"
        return "done-on-time" if max(done_days) <= cycle.day else "done-late"
    if cycle is None:
        return "open"
    return "under-way" if as_of <= cycle.day else "overdue"


def roll_up(commitments: Iterable[Commitment]) -> RollUp:
    """Count commitments by state; nothing is weighted, nothing becomes a percentage of silence."""
    counter = Counter(commitment.state for commitment in commitments)
    return RollUp(sum(counter.values()), {state: counter[state] for state in STATES})
