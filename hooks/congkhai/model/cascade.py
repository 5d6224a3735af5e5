"""The cascade: what became of a document's goals in the plans that carry it out.

The documents, their goals and the plans come in. For each document of a programme whose goals
are known a `Cascade` goes out: who took up which goal, in which item, in which words, with
which deadline and figure; who was compared and left it out; and who was not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from congkhai.data import registers
from congkhai.data.fields import split_goal
from congkhai.model.alignment import Goals, list_documents_above, list_goals
from congkhai.model.assignments import Walked
from congkhai.model.plan_view import PlanView, Uptake
from congkhai.model.site_model import Cascade, Goal, TakenUp
from congkhai.text.dates import PartialDate


def list_cascades(
    names: Iterable[str],
    documents: Mapping[str, registers.Document],
    goals: Goals,
    plans: Sequence[PlanView],
) -> Iterator[Cascade]:
    """Compute the cascade of each named document whose goals are known.

    A held plan has a provision for a goal only where a plan below was compared with it, or
    takes it up: most of what a plan says is for its own place.
    """
    for name in names:
        document = documents[name]
        below = [plan for plan in plans if _is_below(plan, name, documents)]
        rows = tuple(
            _follow_goal(document, item, below, name)
            for item in _list_rows(name, document, goals, below)
        )
        if rows:
            compared = [plan for plan in below if _uptakes(plan, name) or _compared(plan, name)]
            yield Cascade(
                name,
                rows,
                tuple(plan for plan in below if plan not in compared),
                tuple(
                    (plan, comparison.note)
                    for plan in below
                    for comparison in plan.compared
                    if comparison.document == name and comparison.note
                ),
            )


def _is_below(plan: PlanView, name: str, documents: Mapping[str, registers.Document]) -> bool:
    return (
        name in list_documents_above(plan.parent, documents)
        or bool(_uptakes(plan, name))
        or bool(_compared(plan, name))
    )


def _uptakes(plan: PlanView, document: str) -> list[Uptake]:
    return [uptake for uptake in plan.uptakes if uptake.document == document]


def _compared(plan: PlanView, document: str) -> set[str]:
    return {
        goal
        for comparison in plan.compared
        if comparison.document == document
        for goal in comparison.goals
    }


def _list_rows(
    name: str, document: registers.Document, goals: Goals, below: Sequence[PlanView]
) -> Iterator[Walked]:
    """List the goals that have a row: lowest items, and headings that are taken up as a whole."""
    taken = {uptake.goal for plan in below for uptake in _uptakes(plan, name)}
    compared = {goal for plan in below for goal in _compared(plan, name)}
    for item, path in list_goals(document, goals.get(name, ())):
        is_lowest = not item.items and (bool(document.items) or item.id in compared)
        if item.id in taken or is_lowest:
            yield item, path


def _follow_goal(
    document: registers.Document, goal: Walked, below: Sequence[PlanView], name: str
) -> Goal:
    """Sort the plans below by what they made of a goal.

    A plan that takes up a heading as a whole is said neither to take up nor to leave out what
    stands under it; nor is one that takes up the same goal higher up as the provision does.
    """
    item, path = goal
    headings = {step.id for step in path}
    higher = {split_goal(reference)[1] for reference in item.implements}
    taken: list[TakenUp] = []
    left_out: list[PlanView] = []
    not_compared: list[PlanView] = []
    for plan in below:
        uptakes = _uptakes(plan, name)
        own = [(plan, uptake) for uptake in uptakes if uptake.goal == item.id]
        if own:
            taken += own
        elif any(uptake.goal in headings for uptake in uptakes) or any(
            uptake.goal in higher for uptake in plan.uptakes if uptake.document != name
        ):
            continue
        elif item.id in _compared(plan, name):
            left_out.append(plan)
        else:
            not_compared.append(plan)
    return Goal(
        item,
        path,
        tuple(taken),
        tuple(left_out),
        tuple(not_compared),
        find_provenance(document, {item.id, *headings}),
    )


def find_provenance(
    document: registers.Document, items: Iterable[str]
) -> tuple[registers.Provenance, ...]:
    """Return where the words of a goal were read; `items`: its id and those of its headings."""
    wanted = set(items)
    return tuple(entry for entry in document.provenance if wanted.intersection(entry.items))


def count_delays(
    names: Iterable[str], documents: Mapping[str, registers.Document], plans: Iterable[PlanView]
) -> dict[str, int | None]:
    """Count the days from each document to the one that carries it out.

    By the id of the latter; None when either source gives no full date. Documents and plans
    without a parent are left out.
    """
    pairs = [(name, documents[name].date, documents[name].parent) for name in names]
    pairs += [(plan.id, plan.document.date, plan.parent) for plan in plans]
    result: dict[str, int | None] = {}
    for name, issued, parent in pairs:
        if parent is not None and parent in documents:
            result[name] = _days_between(documents[parent].date, issued)
    return result


def _days_between(earlier: PartialDate | None, later: PartialDate | None) -> int | None:
    """Count the days between two dates; None unless both are given to the day."""
    if earlier is None or earlier.day is None or later is None or later.day is None:
        return None
    return (later.first_day() - earlier.first_day()).days
