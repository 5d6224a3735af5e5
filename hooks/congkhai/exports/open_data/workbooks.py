"""Workbooks of a plan, a province and a unit: the same rows as the tables, in typed cells.

Comes in: the `SiteModel` of a province, or of a whole small site. Goes out: (address, bytes). The
whole country has none: it would be larger than a spreadsheet opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from congkhai.exports.open_data import rows
from congkhai.exports.open_data.spreadsheets import to_workbook
from congkhai.model import routes
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.pages.dictionary import read_tables
from congkhai.pages.grouping import plans_by_province, unit_by_province

SHEETS = {
    "Kế hoạch": "plans",
    "Việc": "commitments",
    "Phân công": "assignments",
    "Thời hạn": "deadlines",
    "Chỉ tiêu": "targets",
    "Báo cáo": "entries",
    "Thay đổi": "changes",
}
"""The sheets of every workbook, by their names, which readers see."""
Rows = Mapping[str, Sequence[tuple[rows.Cell, ...]]]


def workbook(found: Rows) -> bytes:
    """Write a workbook of rows by table."""
    described = read_tables()
    return to_workbook({title: (described[name], found[name]) for title, name in SHEETS.items()})


def province_workbooks(
    site_model: SiteModel, site_url: str, *, large: bool
) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each province; of a `large` site also of each unit in it."""
    read = _read_plans(site_model, site_url)
    for province, plans in plans_by_province(site_model):
        yield province.address + routes.WORKBOOK, workbook(_join(read[plan.id] for plan in plans))
    for view in site_model.units_with_page if large else ():
        for _, part in unit_by_province(site_model, view):
            if part.shares:
                yield part.address + routes.WORKBOOK, workbook(_rows_of_unit(part, read))


def unit_workbooks(site_model: SiteModel, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write the workbook of each unit in all of a small site; opens all plans."""
    read = _read_plans(site_model, site_url)
    for view in site_model.units_with_page:
        if view.shares:
            yield view.address + routes.WORKBOOK, workbook(_rows_of_unit(view, read))


def _read_plans(site_model: SiteModel, site_url: str) -> dict[str, Rows]:
    return {
        plan.id: {
            **rows.plan_rows(site_model, plan, site_url),
            "plans": [rows.plan_row(site_model, plan, site_url)],
        }
        for plan in site_model.plans.values()
    }


def _join(parts: Iterable[Rows]) -> Rows:
    joined: dict[str, list[tuple[rows.Cell, ...]]] = {name: [] for name in SHEETS.values()}
    for part in parts:
        for name, listed in joined.items():
            listed += part[name]
    return joined


def _rows_of_unit(view: UnitView, read: Mapping[str, Rows]) -> Rows:
    """Leave of its plans' rows those about what the unit has a part in."""
    found = _join(read[plan.id] for plan, _ in view.shares)
    unit = _column("assignments", "unit")
    named = {_subject("assignments", row) for row in found["assignments"] if row[unit] == view.id}
    return {
        name: [row for row in listed if name == "plans" or _subject(name, row) in named]
        for name, listed in found.items()
    }


def _subject(table: str, row: tuple[rows.Cell, ...]) -> tuple[rows.Cell, rows.Cell]:
    """Return the plan and the item that a row is about."""
    return row[_column(table, "plan")], row[_column(table, "item")]


@cache
def _column(table: str, name: str) -> int:
    """Return where a column stands in its table."""
    return [column.name for column in read_tables()[table].columns].index(name)
