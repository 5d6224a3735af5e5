"""Workbooks of a plan, a province and a unit: the same rows as the tables, in typed cells.

Comes in: the `SiteModel` of a province, or of a whole small site. Goes out: (address, bytes). The
whole country has none: it would be larger than a spreadsheet opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from congkhai.exports.open_data import rows
from congkhai.exports.open_data.spreadsheets import BlankWorkbook
from congkhai.model import routes
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.pages.dictionary import read_tables
from congkhai.pages.grouping import plans_by_province, unit_by_province

SHEETS = {
    "Kế hoạch": "plans",
    "Việc": "commitments",
    "Phân công": "assignments",
    "Thời hạn": "deadlines",
    "Chế độ báo cáo": "rules",
    "Chỉ tiêu": "targets",
    "Báo cáo": "entries",
    "Thay đổi": "changes",
}
"""The sheets of every workbook, by their names, which readers see."""
Rows = Mapping[str, Sequence[tuple[rows.Cell, ...]]]


class _Line(NamedTuple):
    """A row as it stands in a sheet."""

    item: rows.Cell
    """That it is about; None in the row of a plan."""
    content: bytes


@dataclass(frozen=True, slots=True)
class _PlanLines:
    """The rows of a plan for any workbook."""

    by_table: Mapping[str, Sequence[_Line]]
    items_of_unit: Mapping[rows.Cell, Set[rows.Cell]]
    """The items in which each unit has a part."""


@cache
def _blank() -> BlankWorkbook:
    described = read_tables()
    return BlankWorkbook({title: described[name] for title, name in SHEETS.items()})


def workbook(found: Rows) -> bytes:
    """Write a workbook of rows by table."""
    blank = _blank()
    return blank.fill([map(blank.write_row, found[name]) for name in SHEETS.values()])


def province_workbooks(
    site_model: SiteModel, site_url: str, *, large: bool
) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each province; of a `large` site also of each unit in it."""
    lines = _read_plans(site_model, site_url)
    for province, plans in plans_by_province(site_model):
        yield province.address + routes.WORKBOOK, _join(lines[plan.id].by_table for plan in plans)
    for view in site_model.units_with_page if large else ():
        for _, part in unit_by_province(site_model, view):
            if part.shares:
                yield part.address + routes.WORKBOOK, _unit_workbook(part, lines)


def unit_workbooks(site_model: SiteModel, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each unit in all of a small site; opens all plans."""
    lines = _read_plans(site_model, site_url)
    for view in site_model.units_with_page:
        if view.shares:
            yield view.address + routes.WORKBOOK, _unit_workbook(view, lines)


def _read_plans(site_model: SiteModel, site_url: str) -> dict[str, _PlanLines]:
    return {
        plan.id: _write_lines(
            {
                **rows.plan_rows(site_model, plan, site_url),
                "plans": [rows.plan_row(site_model, plan, site_url)],
            }
        )
        for plan in site_model.plans.values()
    }


def _write_lines(found: Rows) -> _PlanLines:
    write_row = _blank().write_row
    by_table = {}
    for name in SHEETS.values():
        item = None if name == "plans" else _column(name, "item")
        by_table[name] = [
            _Line(None if item is None else row[item], write_row(row)) for row in found[name]
        ]
    item, unit = _column("assignments", "item"), _column("assignments", "unit")
    items_of_unit: defaultdict[rows.Cell, set[rows.Cell]] = defaultdict(set)
    for row in found["assignments"]:
        items_of_unit[row[unit]].add(row[item])
    return _PlanLines(by_table, items_of_unit)


def _unit_workbook(view: UnitView, lines: Mapping[str, _PlanLines]) -> bytes:
    """Write of its plans' rows those about what the unit has a part in."""
    return _join(_lines_of_unit(view.id, lines[plan.id]) for plan, _ in view.shares)


def _lines_of_unit(unit: str, plan: _PlanLines) -> dict[str, list[_Line]]:
    items = plan.items_of_unit.get(unit, frozenset())
    return {
        name: [line for line in listed if name == "plans" or line.item in items]
        for name, listed in plan.by_table.items()
    }


def _join(parts: Iterable[Mapping[str, Sequence[_Line]]]) -> bytes:
    """Write a workbook of the rows of several plans."""
    joined: dict[str, list[bytes]] = {name: [] for name in SHEETS.values()}
    for part in parts:
        for name, lines in joined.items():
            lines += [line.content for line in part[name]]
    return _blank().fill(list(joined.values()))


@cache
def _column(table: str, name: str) -> int:
    """Return where a column stands in its table."""
    return [column.name for column in read_tables()[table].columns].index(name)
