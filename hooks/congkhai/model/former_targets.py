"""What a target was before it was changed, and until which day.

A plan's ledger comes in; `FormerTarget`s go out. By them a report is held against the figure of its
own day, and nobody reads a lowered figure back into the past. A figure that is only read otherwise
under the same words was never another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from congkhai.data import schema
from congkhai.model.amendments import write_figure
from congkhai.model.ledger import LedgerEntry
from congkhai.model.views import FormerTarget, ReportedValue, TargetView

AnyTarget = TypeVar("AnyTarget", schema.Target, TargetView)


def former_targets(
    item: str, target: schema.Target | TargetView, ledger: Sequence[LedgerEntry]
) -> tuple[FormerTarget, ...]:
    """Return what a target of an item was before, oldest first; `ledger`: oldest first."""
    found: list[FormerTarget] = []
    written = write_figure(target)
    for entry in reversed(ledger):
        former_item = item
        for amendment in entry.official:
            if amendment.item != item:
                continue
            if amendment.kind == "item-moved" and amendment.before:
                former_item = amendment.before
            was = amendment.figure
            if was is None or entry.sorting_day is None:
                continue
            if amendment.after == written and was.measure == target.measure:
                found.append(FormerTarget(entry.sorting_day, was))
                written = write_figure(was)
        item = former_item
    return tuple(reversed(found))


def target_on(
    target: AnyTarget, former: Iterable[FormerTarget], day: date
) -> AnyTarget | schema.Target:
    """Return what a target was on a day; `former`: oldest first."""
    return next((one.target for one in former if day < one.until), target)


def edited_on(value: ReportedValue, ledger: Iterable[LedgerEntry]) -> date | None:
    """Return the day on which a reported value was last edited, if it was."""
    days = [
        entry.day
        for entry in ledger
        if entry.kind == "report-edited" and entry.report is not None
        for amendment in entry.amendments
        if amendment.field == "value"
        and f"{entry.report.address}#{amendment.item}" == value.address
    ]
    return days[-1] if days else None
