"""The cascade: what became of a document's goals in the plans that carry it out.

The documents and the plans come in. For each document of a programme whose goals are known
a `Cascade` goes out: who took up which goal, in which item, with which deadline and figure;
who left it out; and whose plan nobody has compared yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from congkhai.data import registers
from congkhai.model.alignment import list_documents_above
from congkhai.model.assignments import walk
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import Cascade, Goal, TakenUp
from congkhai.text.dates import PartialDate


def list_cascades(
    names: Iterable[str], documents: Mapping[str, registers.Document], plans: Sequence[PlanView]
) -> Iterator[Cascade]:
    """Compute the cascade of each named document whose goals are known."""
    for name in names:
        goals = {item.id: item for item, _ in walk(documents[name].items)}
        if not goals:
            continue
        below = [plan for plan in plans if name in list_documents_above(plan.parent, documents)]
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


def _without(plans: Iterable[PlanView], taken: Iterable[TakenUp]) -> tuple[PlanView, ...]:
    named = {plan.id for plan, _ in taken}
    return tuple(plan for plan in plans if plan.id not in named)
