"""Workbooks of a plan, a province and a unit: the same rows as the tables, in typed cells.

Comes in: the `SiteModel` of a province, or of a whole small site, and the rows of its plans. Goes
out: (address, bytes). The whole country has none: it would be larger than a spreadsheet opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from congkhai.exports.open_data.plan_tables import (
    SHEETS,
    Line,
    PlanLines,
    PlanTables,
    blank_workbook,
)
from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.pages.grouping import plans_by_province, unit_by_province


def plan_workbook(tables: PlanTables, plan: PlanView) -> bytes:
    """Write the workbook of a plan; opens it."""
    return _join([tables.lines(plan).by_table])


def province_workbooks(
    site_model: SiteModel, tables: PlanTables, *, large: bool
) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each province; of a `large` site also of each unit in it."""
    lines = _lines_by_plan(site_model, tables)
    for province, plans in plans_by_province(site_model):
        yield province.address + routes.WORKBOOK, _join(lines[plan.id].by_table for plan in plans)
    for view in site_model.units_with_page if large else ():
        for _, part in unit_by_province(site_model, view):
            if part.shares:
                yield part.address + routes.WORKBOOK, _unit_workbook(part, lines)


def unit_workbooks(site_model: SiteModel, tables: PlanTables) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each unit in all of a small site; opens all plans."""
    lines = _lines_by_plan(site_model, tables)
    for view in site_model.units_with_page:
        if view.shares:
            yield view.address + routes.WORKBOOK, _unit_workbook(view, lines)


def _lines_by_plan(site_model: SiteModel, tables: PlanTables) -> dict[str, PlanLines]:
    return {plan.id: tables.lines(plan) for plan in site_model.plans.values()}


def _unit_workbook(view: UnitView, lines: Mapping[str, PlanLines]) -> bytes:
    """Write of its plans' rows those about what the unit has a part in."""
    return _join(_lines_of_unit(view.id, lines[plan.id]) for plan, _ in view.shares)


def _lines_of_unit(unit: str, plan: PlanLines) -> dict[str, list[Line]]:
    items = plan.items_of_unit.get(unit, frozenset())
    return {
        name: [line for line in listed if name == "plans" or line.item in items]
        for name, listed in plan.by_table.items()
    }


def _join(parts: Iterable[Mapping[str, Sequence[Line]]]) -> bytes:
    """Write a workbook of the rows of several plans."""
    joined: dict[str, list[bytes]] = {name: [] for name in SHEETS.values()}
    for part in parts:
        for name, lines in joined.items():
            lines += [line.content for line in part[name]]
    return blank_workbook().fill(list(joined.values()))
