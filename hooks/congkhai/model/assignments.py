"""Who answers for which item, once inheritance is worked out.

The items of a plan come in: an official text often names a unit once for many provisions
(in a heading, or in a separate line: «Đơn vị chủ trì: …»). For every item the units by role
go out, each with the item in which the document names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from congkhai.data import registers, schema

Assigned = tuple[str, str]
"""A unit, and the id of the item in which the document names it."""
Walked = tuple[schema.Item, tuple[schema.Item, ...]]
"""An item and its ancestors, outermost first."""
ByRole = Mapping[schema.Role, tuple[Assigned, ...]]


def walk(items: Iterable[schema.Item]) -> list[Walked]:
    """List every item in document order, with its ancestors, outermost first."""
    walked: list[Walked] = []
    _walk(items, (), walked)
    return walked


def _walk(
    items: Iterable[schema.Item], above: tuple[schema.Item, ...], walked: list[Walked]
) -> None:
    for item in items:
        walked.append((item, above))
        if item.items:
            _walk(item.items, (*above, item), walked)


def deadlines_of(item: schema.Item, above: Sequence[schema.Item]) -> tuple[schema.Deadline, ...]:
    """Return the item's deadlines, or those of the nearest item above that has any."""
    for step in (item, *reversed(above)):
        if step.due:
            return step.due
    return ()


def kind_of(item: schema.Item, above: Sequence[schema.Item]) -> schema.Kind:
    """Return the item's kind: a kind holds for the items below that state none."""
    for step in (item, *reversed(above)):
        if step.kind:
            return step.kind
    return "none"


def resolve_assignments(items: Sequence[Walked]) -> dict[str, ByRole]:
    """Resolve who answers for each item of a plan.

    By item id: role → ((unit, id of the item that names it), …).

    - Roles written on an item replace all that it would inherit: a provision that names
      its own units is meant to be read alone.
    - Without any, the item has what its nearest ancestor has.
    - Roles on an item with `applies_to: X` say nothing about that item: they are added
      at X, beside what X has by itself, and go down from X like any other.

    Roles without a unit are left out; an item nobody answers for has an empty mapping.
    """
    added: dict[str, list[ByRole]] = {}
    for item, _ in items:
        if item.applies_to is not None:
            added.setdefault(item.applies_to, []).append(_named_by(item))

    result: dict[str, ByRole] = {}
    for item, above in items:
        own = _named_by(item) if item.applies_to is None else {}
        base = own or (result[above[-1].id] if above else {})
        more = added.get(item.id)
        result[item.id] = _merge([base, *more]) if more else base
    return result


def _named_by(item: schema.Item) -> ByRole:
    named: dict[schema.Role, tuple[Assigned, ...]] = {}
    for role in schema.ROLES:
        if units := getattr(item, role):
            named[role] = tuple([(unit, item.id) for unit in units])
    return named


def _merge(parts: list[ByRole]) -> ByRole:
    merged: dict[schema.Role, dict[str, str]] = {}
    for part in parts:
        for role, units in part.items():
            for unit, source in units:
                merged.setdefault(role, {}).setdefault(unit, source)
    return {role: tuple(merged[role].items()) for role in schema.ROLES if role in merged}


def answers_for(unit: str, assigned: Iterable[str], units: Mapping[str, registers.Unit]) -> bool:
    """Tell whether a unit answers for an item: assigned, a successor, or of a group.

    `assigned`: the units assigned to the item. `units`: the register.
    """
    waiting = list(assigned)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name == unit:
            return True
        if name in seen or name not in units:
            continue
        seen.add(name)
        waiting.extend(units[name].successors)
        # Which bodies a group («các sở, ban, ngành») has is not in the data; its level is.
        if (
            units[name].nature == "group"
            and unit in units
            and set(units[name].level) & set(units[unit].level)
        ):
            return True
    return False


def may_report(
    unit: str,
    assigned: Iterable[str],
    leading: Iterable[str],
    units: Mapping[str, registers.Unit],
    issuer: str = schema.PEOPLES_COMMITTEE,
) -> bool:
    """Tell whether a unit may report on an item.

    It may when it answers for the item. Where nobody is assigned, `issuer` may, and so may
    `leading`: the units that lead anything in the plan.
    """
    named = tuple(assigned)
    return answers_for(unit, named or (issuer, *leading), units)


def follows(unit: str, old: str, units: Mapping[str, registers.Unit]) -> bool:
    """Tell whether a unit succeeds a dissolved one, in one step or several."""
    waiting, seen = [old], {old}
    while waiting:
        name = waiting.pop()
        for successor in units[name].successors if name in units else ():
            if successor == unit:
                return True
            if successor not in seen:
                seen.add(successor)
                waiting.append(successor)
    return False
