"""What an item's deadline was before it was moved, and whether it had passed by then.

A plan's commitments, its ledger and its years come in; a `DeadlinePast` for each commitment whose
deadline was moved goes out. By it no earlier year is judged by a later deadline, and what was late
when its deadline was moved is told with both days. A deadline that is only read otherwise under the
same words was never another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from congkhai.data import registers
from congkhai.model.ledger import LedgerEntry
from congkhai.model.status import due_days, judged_day, state_of
from congkhai.model.views import Commitment, DeadlinePast, FormerDue, MovedDeadline

_LATE = frozenset({"overdue", "done-late"})


def list_deadline_pasts(
    commitments: Iterable[Commitment],
    ledger: Sequence[LedgerEntry],
    years: tuple[int, int],
    units: Mapping[str, registers.Unit],
) -> dict[str, DeadlinePast]:
    """List what the deadlines were that were moved, by item.

    `ledger`: oldest first; `years`: the first in which what comes back falls due, and the last.
    """
    pasts = {}
    for commitment in commitments:
        former = tuple(_former_dues(commitment.item.id, ledger, years))
        if former:
            moved = _moved_after_it_passed(commitment, former, units)
            pasts[commitment.item.id] = DeadlinePast(former, moved)
    return pasts


def _former_dues(
    item: str, ledger: Sequence[LedgerEntry], years: tuple[int, int]
) -> Iterator[FormerDue]:
    """Yield the due days that an item had, oldest first, under whatever id it had them."""
    found = []
    for entry in reversed(ledger):
        former_item = item
        for change in entry.official:
            if change.item != item:
                continue
            if change.kind == "item-moved" and change.before:
                former_item = change.before
            if change.deadlines is not None and entry.sorting_day is not None:
                found.append(FormerDue(entry.sorting_day, due_days(change.deadlines, *years)))
        item = former_item
    yield from reversed(found)


def _moved_after_it_passed(
    commitment: Commitment, former: Sequence[FormerDue], units: Mapping[str, registers.Unit]
) -> MovedDeadline | None:
    """Return the first deadline that was moved to a later day when it had passed, if any.

    None where the work had been done by then, or where nobody could be late with it.
    """
    counted = [line for line in commitment.history if line.corrected_by is None]
    for index, one in enumerate(former):
        judged = judged_day(one.due, one.until)
        if judged is None or judged.day >= one.until:
            continue
        following = former[index + 1].due if index + 1 < len(former) else commitment.due
        if judged.day in {due.day for due in following}:
            continue
        ahead = [due.day for due in commitment.due if due.day > judged.day]
        if commitment.due and not ahead:
            continue
        state = state_of(
            counted, one.due, commitment.assignments, one.until, units, commitment.target_keys
        )
        if state in _LATE or state == "silent":
            return MovedDeadline(
                passed=judged.day,
                overdue_since=judged.day + timedelta(days=1) if state in _LATE else None,
                moved_on=one.until,
                moved_to=ahead[0] if ahead else None,
            )
    return None
