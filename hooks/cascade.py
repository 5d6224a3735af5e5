"""The cascade: what became of a document's goals in the plans that carry it out.

Comes in: the documents, and the plans as computed so far. Goes out: for each document of
a programme whose goals are known, who took up which goal, in which item, with which
deadline and figure; who left it out; and whose plan nobody has compared yet. An editor
says what takes up what (`implements`); nothing here guesses from likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from hooks import model
from hooks.assign import deadlines_of, walk
from hooks.atlas import Cascade, Difference, Goal, Relation, TakenUp
from hooks.commitments import refer_to
from hooks.states import last_day
from hooks.views import PlanView

COMPARED_YEAR = 2000
"""Deadlines that come back each year are compared within one and the same year."""


def cascades(names: Iterable[str], documents: Mapping[str, model.Document], plans: Sequence[PlanView]) -> Iterator[Cascade]:
    """The cascade of each document named whose goals are known."""
    for name in names:
        goals = {item.id: item for item, _ in walk(documents[name].items)}
        if not goals:
            continue
        below = [plan for plan in plans if name in _above(plan, documents)]
        taken: dict[str, list[TakenUp]] = {}
        compared: list[PlanView] = []
        for plan in below:
            found = list(_taken_up(plan, name, goals, documents))
            if found:
                compared.append(plan)
            for goal, uptake in found:
                taken.setdefault(goal, []).append(uptake)
        yield Cascade(
            name,
            tuple(
                Goal(item, tuple(taken.get(item.id, ())), _without(compared, taken.get(item.id, ())))
                for item in goals.values() if not item.items or item.id in taken
            ),
            _without(below, [uptake for group in taken.values() for uptake in group]),
        )


def delays(names: Iterable[str], documents: Mapping[str, model.Document], plans: Iterable[PlanView]) -> dict[str, int | None]:
    """Days from a document to the one that carries it out, by the latter's id; None when either
    source gives no full date. Documents and plans without a parent are left out.
    """
    pairs = [(name, documents[name].date, documents[name].parent) for name in names]
    pairs += [(plan.id, plan.plan.document.date, plan.parent) for plan in plans]
    result: dict[str, int | None] = {}
    for name, own, parent in pairs:
        if parent in documents:
            before = documents[parent].date
            full = own is not None and own.day is not None and before is not None and before.day is not None
            result[name] = (own.first_day() - before.first_day()).days if full else None
    return result


def _above(plan: PlanView, documents: Mapping[str, model.Document]) -> list[str]:
    """The documents above a plan, nearest first."""
    chain: list[str] = []
    name = plan.parent
    while name in documents and name not in chain:
        chain.append(name)
        name = documents[name].parent
    return chain


def _taken_up(
    plan: PlanView, name: str, goals: Mapping[str, model.Item], documents: Mapping[str, model.Document]
) -> Iterator[tuple[str, TakenUp]]:
    # A goal's id is looked for in the nearest document first; a document above it may have the same.
    nearer = _above(plan, documents)
    nearer = nearer[: nearer.index(name)]
    hidden = {item.id for document in nearer for item, _ in walk(documents[document].items)}
    for item, above in walk(plan.plan.body):
        for goal in item.implements:
            if goal in goals and goal not in hidden:
                yield goal, TakenUp(
                    plan, item, refer_to(item, above, plan.plan.body), f"{plan.address}#{item.id}",
                    tuple(_differences(goals[goal], item, deadlines_of(item, above))),
                )


def _without(plans: Iterable[PlanView], taken: Iterable[TakenUp]) -> tuple[PlanView, ...]:
    named = {uptake.plan.id for uptake in taken}
    return tuple(plan for plan in plans if plan.id not in named)


def _differences(goal: model.Item, item: model.Item, deadlines: Sequence[model.Deadline]) -> Iterator[Difference]:
    if goal.due or deadlines:
        words = ["; ".join(deadline.printed for deadline in named) for named in (goal.due, deadlines)]
        yield Difference("deadline", words[0], words[1], _compare_deadlines(goal.due, deadlines))
    for target in goal.targets:
        own = next((found for found in item.targets if found.measure == target.measure), None)
        yield Difference("figure", target.printed, own.printed if own else "", _compare_figures(target, own))


def _compare_deadlines(goal: Sequence[model.Deadline], own: Sequence[model.Deadline]) -> Relation:
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


def _limit(deadlines: Sequence[model.Deadline]) -> tuple[bool, date | None]:
    """Whether it comes back each year, and its last day."""
    yearly = any(deadline.every == "year" for deadline in deadlines)
    days = [day for deadline in deadlines if (day := last_day(deadline, COMPARED_YEAR if yearly else None)) is not None]
    return yearly, max(days, default=None)


def _compare_figures(target: model.Target, own: model.Target | None) -> Relation:
    if own is None:
        return "dropped"
    if own.unit != target.unit or (own.value == target.value and own.comparator != target.comparator):
        return "other"
    if own.value == target.value:
        return "same"
    return "higher" if own.value > target.value else "lower"
