"""What a plan took up of the documents above it, and what it changed in doing so.

A plan and the register of documents come in; `Uptake`s go out. The editor says which item
takes up which goal (`implements`); nothing is guessed from similar words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from congkhai.data import registers, schema
from congkhai.model.assignments import deadlines_of, walk
from congkhai.model.plan_view import Difference, Relation, Uptake
from congkhai.model.status import last_day

COMPARED_YEAR = 2000
"""Deadlines that come back each year are compared within one and the same year."""


def list_documents_above(
    parent: str | None, documents: Mapping[str, registers.Document]
) -> list[str]:
    """List a document and those above it, nearest first."""
    chain: list[str] = []
    while parent is not None and parent in documents and parent not in chain:
        chain.append(parent)
        parent = documents[parent].parent
    return chain


def list_uptakes(
    plan: schema.Plan,
    parent: str | None,
    address: str,
    documents: Mapping[str, registers.Document],
    references: Mapping[str, str],
) -> Iterator[Uptake]:
    """List the goals that a plan's items take up.

    In the order of the documents, nearest first, then of the plan. `references`: the words
    that cite each item, by id.
    """
    implementing = [(item, path) for item, path in walk(plan.provisions) if item.implements]
    hidden: set[str] = set()
    for name in list_documents_above(parent, documents) if implementing else ():
        goals = {item.id: item for item, _ in walk(documents[name].items)}
        for item, path in implementing:
            for goal in item.implements:
                # Two documents may use the same id: the nearest one is meant.
                if goal in goals and goal not in hidden:
                    yield Uptake(
                        name,
                        goal,
                        references[item.id],
                        f"{address}#{item.id}",
                        tuple(_differences(goals[goal], item, deadlines_of(item, path))),
                    )
        hidden |= goals.keys()


def _differences(
    goal: schema.Item, item: schema.Item, deadlines: Sequence[schema.Deadline]
) -> Iterator[Difference]:
    if goal.due or deadlines:
        words = [
            "; ".join(deadline.printed for deadline in named) for named in (goal.due, deadlines)
        ]
        yield Difference("deadline", words[0], words[1], _compare_deadlines(goal.due, deadlines))
    for target in goal.targets:
        same_measure = [other for other in item.targets if other.measure == target.measure]
        own = same_measure[0] if same_measure else None
        yield Difference(
            "figure", target.printed, own.printed if own else "", _compare_figures(target, own)
        )


def _compare_deadlines(goal: Sequence[schema.Deadline], own: Sequence[schema.Deadline]) -> Relation:
    if not own:
        return "dropped"
    if not goal:
        return "added"
    one, other = _limit(goal), _limit(own)
    if one == other:
        return "same"
    if one[0] != other[0] or one[1] is None or other[1] is None:
        return "other"
    return "earlier" if other[1] < one[1] else "later"


def _limit(deadlines: Sequence[schema.Deadline]) -> tuple[tuple[str, ...], date | None]:
    """Say how often the deadlines come back, and their last day."""
    cycles = tuple(sorted({deadline.every for deadline in deadlines if deadline.every}))
    days = [
        day
        for deadline in deadlines
        if (day := last_day(deadline, COMPARED_YEAR if cycles else None)) is not None
    ]
    return cycles, max(days, default=None)


def _compare_figures(target: schema.Target, own: schema.Target | None) -> Relation:
    if own is None:
        return "dropped"
    if own.unit != target.unit or (
        own.value == target.value and own.comparator != target.comparator
    ):
        return "other"
    if own.value == target.value:
        return "same"
    return "higher" if own.value > target.value else "lower"
