"""The cascade: what became of a document's goals in the plans that carry it out.

Comes in: the documents, and the plans as computed so far. Goes out: for each document of
a programme whose goals are known, who took up which goal, in which item, with which
deadline and figure; who left it out; and whose plan nobody has compared yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from congkhai.data import registers
from congkhai.model.alignment import above
from congkhai.model.assignments import walk
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import Cascade, Goal, TakenUp


def cascades(
    names: Iterable[str], documents: Mapping[str, registers.Document], plans: Sequence[PlanView]
) -> Iterator[Cascade]:
    """The cascade of each document named whose goals are known."""
    for name in names:
        goals = {item.id: item for item, _ in walk(documents[name].items)}
        if not goals:
            continue
        below = [plan for plan in plans if name in above(plan.parent, documents)]
        taken: dict[str, list[TakenUp]] = {}
        compared: list[PlanView] = []
        for plan in below:
            found = [uptake for uptake in plan.uptakes if uptake.document == name]
            if found:
                compared.append(plan)
            for uptake in found:
                taken.setdefault(uptake.goal, []).append((plan, uptake))
        yield Cascade(
            name,
            tuple(
                Goal(
                    item, tuple(taken.get(item.id, ())), _without(compared, taken.get(item.id, ()))
                )
                for item in goals.values()
                if not item.items or item.id in taken
            ),
            _without(below, [uptake for group in taken.values() for uptake in group]),
        )


def delays(
    names: Iterable[str], documents: Mapping[str, registers.Document], plans: Iterable[PlanView]
) -> dict[str, int | None]:
    """Days from a document to the one that carries it out, by the latter's id; None when either
    source gives no full date. Documents and plans without a parent are left out.
    """
    pairs = [(name, documents[name].date, documents[name].parent) for name in names]
    pairs += [(plan.id, plan.document.date, plan.parent) for plan in plans]
    result: dict[str, int | None] = {}
    for name, own, parent in pairs:
        if parent in documents:
            before = documents[parent].date
            full = (
                own is not None
                and own.day is not None
                and before is not None
                and before.day is not None
            )
            result[name] = (own.first_day() - before.first_day()).days if full else None
    return result


def _without(plans: Iterable[PlanView], taken: Iterable[TakenUp]) -> tuple[PlanView, ...]:
    named = {plan.id for plan, _ in taken}
    return tuple(plan for plan in plans if plan.id not in named)
