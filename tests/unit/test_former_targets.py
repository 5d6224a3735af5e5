"""A report is held against the target of its own day, whatever became of the target since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from congkhai.data import schema
from congkhai.model.amendments import Amendment, write_figure
from congkhai.model.former_targets import former_targets, target_on
from congkhai.model.ledger import LedgerEntry


def target(value: int, measure: str = "m") -> schema.Target:
    return schema.Target(
        measure=measure, printed=f"trên {value}%", comparator=">", value=Decimal(value), unit="%"
    )


def edit(day: date | None, old: int, new: int, *, is_reading: bool = False) -> LedgerEntry:
    was, now = target(old), target(new)
    amendment = Amendment(
        "figure-lowered",
        "i.1",
        "mục I.1",
        "targets",
        write_figure(was),
        write_figure(now),
        is_reading=is_reading,
        figure=was,
    )
    return LedgerEntry("plan-edited", f"{old}-{new}", day, "plan.yml", (amendment,))


def test_each_day_has_the_target_of_its_time():
    first, second = date(2026, 2, 5), date(2027, 3, 1)
    former = former_targets("i.1", target(80), [edit(first, 90, 85), edit(second, 85, 80)])
    assert [(one.until, one.target.value) for one in former] == [(first, 90), (second, 85)]
    days = (date(2025, 12, 15), date(2026, 2, 5), date(2027, 2, 28), date(2027, 3, 1))
    assert [target_on(target(80), former, day).value for day in days] == [90, 85, 85, 80]


def test_a_figure_that_was_read_otherwise_was_never_another():
    assert (
        former_targets("i.1", target(80), [edit(date(2026, 2, 5), 90, 80, is_reading=True)]) == ()
    )


def test_another_target_of_the_item_is_left_as_it_is():
    ledger = [edit(date(2026, 2, 5), 90, 80)]
    assert former_targets("i.1", target(80, "n"), ledger) == ()
    assert former_targets("i.2", target(80), ledger) == ()


def test_a_former_id_of_the_item_is_followed():
    moved = Amendment("item-moved", "i.9", "mục I.9", "id", "i.1", "i.9")
    entry = LedgerEntry("plan-edited", "moved", date(2026, 9, 1), "plan.yml", (moved,))
    former = former_targets("i.9", target(80), [edit(date(2026, 2, 5), 90, 80), entry])
    assert [one.target.value for one in former] == [90]
