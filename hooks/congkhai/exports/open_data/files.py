"""The files of open data: tables, workbooks, JSON, and the description of them all.

Comes in: the `SiteModel`. Goes out: (address, bytes). In a large site the tables whose rows
belong to plans are cut by province, as its lists are; `datapackage.json` names all parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from congkhai.exports.open_data import rows
from congkhai.exports.open_data.catalogue import catalogue_files
from congkhai.exports.open_data.datapackage import describe
from congkhai.exports.open_data.json_files import national_json, plan_json, report_months
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.exports.open_data.spreadsheets import to_csv
from congkhai.exports.open_data.workbooks import plan_workbook
from congkhai.exports.stratml import plan_stratml
from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.dictionary import read_tables
from congkhai.pages.grouping import is_large, plans_by_province
from congkhai.pages.site import Site

REPORT_MONTHS = f"{routes.JSON_V1}bao-cao/"
"""Reports by month as JSON; of a large site in a folder for each province."""


def national_files(
    site_model: SiteModel, site: Site, tables: PlanTables
) -> Iterator[tuple[str, bytes]]:
    """Write the tables of the whole site and their description.

    Of a large site those whose rows belong to plans are left to `province_tables`.
    """
    shared = rows.shared_rows(site_model, site.url)
    yield from _write(routes.DATA, shared)
    large = is_large(site_model.plans)
    if not large:
        by_plan = _join_plans(tables, site_model.plans.values())
        by_plan["targets"] += rows.document_targets(site_model, site.url)
        yield from _write(routes.DATA, by_plan)
        yield from report_months(by_plan, REPORT_MONTHS, site.url)
    else:
        yield from _write(routes.DATA, {"targets": rows.document_targets(site_model, site.url)})
    yield from national_json(site_model, site, shared)
    paths = _paths(site_model, large=large)
    yield from catalogue_files(paths, site)
    yield routes.DATA + "datapackage.json", describe(paths, site)


def province_tables(
    site_model: SiteModel, tables: PlanTables, site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Write a large site's tables of one province; `site_model` holds its plans alone."""
    for province, plans in plans_by_province(site_model):
        found = _join_plans(tables, plans)
        yield from _write(f"{routes.DATA}{province.slug}/", found)
        yield from report_months(found, f"{REPORT_MONTHS}{province.slug}/", site_url)


def plan_data(tables: PlanTables, plan: PlanView, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write a plan's workbook, its JSON and its StratML; opens the plan."""
    found, plan_row = tables.rows(plan), tables.row(plan)
    yield plan.address + routes.PLAN_WORKBOOK, plan_workbook(tables, plan)
    yield routes.plan_json(plan.id), plan_json(plan_row, found, site_url)
    yield plan.address + routes.PLAN_STRATML, plan_stratml(plan, plan_row, found)


def _join_plans(
    tables: PlanTables, plans: Iterable[PlanView]
) -> dict[str, list[tuple[rows.Cell, ...]]]:
    joined: dict[str, list[tuple[rows.Cell, ...]]] = {name: [] for name in rows.PLAN_TABLES}
    for plan in plans:
        for name, found in tables.rows(plan).items():
            joined[name] += found
    return joined


def _write(
    folder: str, found: Mapping[str, Sequence[tuple[rows.Cell, ...]]]
) -> Iterator[tuple[str, bytes]]:
    described = read_tables()
    for name, lines in found.items():
        yield f"{folder}{described[name].file}.csv", to_csv(described[name], lines)


def _paths(site_model: SiteModel, *, large: bool) -> dict[str, list[str]]:
    """Return the files of each table, by their names beside `datapackage.json`."""
    parts = [province.slug for province, _ in plans_by_province(site_model)] if large else []
    result = {}
    for name, table in read_tables().items():
        file = f"{table.file}.csv"
        by_province = large and table.of_plan
        own = [file] if not by_province or name == "targets" else []
        result[name] = own + [f"{slug}/{file}" for slug in parts if by_province]
    return result
