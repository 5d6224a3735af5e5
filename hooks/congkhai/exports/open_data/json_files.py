"""JSON version 1 under `/du-lieu/v1/`: the rows of the tables, one within the other.

Comes in: the `SiteModel`, and the rows that the tables are written from. Goes out: (address,
bytes). There is one file a plan, a unit, a province with its communes, a programme and a month:
a file for each of ten thousand communes and sixty thousand commitments would be asked for by
nobody, and each costs a build and a host as much as a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from pydantic_core import to_json

from congkhai.exports.open_data import records, rows
from congkhai.exports.open_data.json_schema import write_context, write_schema
from congkhai.exports.open_data.records import Document, Json, Record, to_object
from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import ProgrammeView, SiteModel, UnitView
from congkhai.model.views import Place
from congkhai.pages.dictionary import VERSION
from congkhai.pages.grouping import is_large, plans_by_province
from congkhai.pages.site import Site

UNDATED = "khong-ro"
"""Stands for the month of what git cannot date."""
Row = Any
Rows = Mapping[str, Sequence[Row]]


def plan_json(plan_row: rows.PlanRow, found: Rows, site_url: str) -> bytes:
    """Write a plan's file from its rows."""
    content = {
        "plan": to_object(records.PLAN.one["plan"], plan_row),
        "items": _items(found),
        "reports": _reports(records.PLAN.many["reports"], found),
        "changes": _list(records.PLAN.many["changes"], found["changes"]),
        "responses": _list(records.PLAN.many["responses"], found["responses"]),
    }
    return _write(records.PLAN, content, site_url)


def _items(found: Rows) -> list[Json]:
    record = records.ITEM
    facts = {key: {row.item: row for row in found[one.table]} for key, one in record.one.items()}
    values = _group(found["values"], "target")
    lists = {key: _group(found[key], "item") for key in record.many}
    items = []
    for row in found["items"]:
        item = to_object(record, row)
        item |= {
            key: to_object(record.one[key], of_item[row.item])
            for key, of_item in facts.items()
            if row.item in of_item
        }
        for key, of_item in lists.items():
            inner = [to_object(record.many[key], one) for one in of_item.get(row.item, ())]
            if key == "targets":
                of_target = record.many[key].many["values"]
                for target in inner:
                    reported = _list(of_target, values.get(target["target"], ()))
                    target |= {"values": reported} if reported else {}
            item |= {key: inner} if inner else {}
        items.append(item)
    return items


def _reports(record: Record, found: Rows) -> list[Json]:
    entries = _group(found["entries"], "report")
    return [
        to_object(record, row)
        | {"entries": _list(record.many["entries"], entries.get(row.report, ()))}
        for row in found["reports"]
    ]


def report_months(found: Rows, folder: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write a file for each month of which any report bears a day."""
    entries = _group(found["entries"], "report")
    for month, reports in sorted(_by_month(found["reports"], "date").items()):
        of_month = {
            "reports": reports,
            "entries": [row for report in reports for row in entries.get(report.report, ())],
        }
        content = {"month": month, "reports": _reports(records.REPORT, of_month)}
        yield f"{folder}{month}.json", _write(records.REPORTS, content, site_url)


def national_json(site_model: SiteModel, site: Site, shared: Rows) -> Iterator[tuple[str, bytes]]:
    """Write what no province can: index, units, provinces, programmes, changes, schemas.

    `shared`: the rows of the tables that are no plan's own.
    """
    url = site.url
    names = _Names(site_model, url)
    plan_rows = {row.plan: row for row in shared["plans"]}
    unit_rows = {row.unit: row for row in shared["units"]}
    for view in site_model.units_with_page:
        yield _file(names.units[view.id], records.UNIT, _unit(view, unit_rows[view.id], url), url)
    yield from _localities(site_model, shared, plan_rows, names, url)
    documents = {row.document: row for row in shared["documents"]}
    for row in shared["programmes"]:
        programme = site_model.programmes[row.programme]
        content = _programme(programme, row, documents, plan_rows)
        yield _file(names.programmes[row.programme], records.PROGRAMME, content, url)
    months = sorted(_change_months(site_model, url).items())
    for month, changes in months:
        content = {"month": month, "changes": _list(records.CHANGES.many["changes"], changes)}
        yield _file(routes.json_file("thay-doi", month), records.CHANGES, content, url)
    yield _file(
        routes.JSON_INDEX, records.INDEX, _index(site_model, site, shared, names, months), url
    )
    yield routes.JSON_CONTEXT, write_context(url)
    for document in records.DOCUMENTS:
        yield routes.json_schema(document.name), write_schema(document, url)


def day_file(as_of: date, site_url: str) -> tuple[str, bytes]:
    """Write the day that the site was built for: of all files it alone changes every night."""
    content = {"as_of": as_of.isoformat(), "time_zone": "Asia/Ho_Chi_Minh"}
    return _file(routes.JSON_AS_OF, records.AS_OF, content, site_url)


class _Names:
    """The address of every file, from the root, by what it is about."""

    def __init__(self, site_model: SiteModel, url: str) -> None:
        self._url = url
        self.units = {
            view.id: routes.json_file("co-quan", view.id) for view in site_model.units_with_page
        }
        self.programmes = {
            name: routes.json_file("chuong-trinh", name) for name in site_model.programmes
        }
        self.localities = {
            place.code: routes.json_file("dia-phuong", place.code)
            for place in site_model.places.values()
            if place.province is None
        }
        large = is_large(site_model.plans)
        self.reports = [
            routes.json_file("bao-cao", f"{place.slug}/{month}" if place else month)
            for place, plans in _parts(site_model, large=large)
            for month in sorted({f"{one.day:%Y-%m}" for plan in plans for one in plan.reports})
        ]

    def absolute(self, addresses: Iterable[str]) -> list[str]:
        """Return addresses as other sites ask for them."""
        return [self._url + address for address in addresses]


def _parts(site_model: SiteModel, *, large: bool) -> list[tuple[Place | None, list[PlanView]]]:
    """Return the plans that files of reports hold: of a large site those of each province."""
    if not large:
        return [(None, list(site_model.plans.values()))]
    return [(place, plans) for place, plans in plans_by_province(site_model)]


def _unit(view: UnitView, row: rows.UnitRow, site_url: str) -> Json:
    return {
        "unit": to_object(records.UNIT.one["unit"], row),
        "electronic_codes": _list(records.UNIT.many["electronic_codes"], rows.unit_codes(view)),
        "duties": [
            {
                "plan": plan.id,
                "plan_json": site_url + routes.plan_json(plan.id),
                **dict(share.roles),
                "commitments": share.total,
            }
            for plan, share in view.shares
        ],
    }


def _localities(
    site_model: SiteModel,
    shared: Rows,
    plan_rows: Mapping[str, rows.PlanRow],
    names: _Names,
    site_url: str,
) -> Iterator[tuple[str, bytes]]:
    communes = _group(shared["localities"], "province_code")
    plans = {place.code: plans for place, plans in plans_by_province(site_model)}
    record = records.LOCALITY
    for row in shared["localities"]:
        if row.code not in names.localities:
            continue
        content = {
            "locality": to_object(record.one["locality"], row),
            "communes": _list(record.many["communes"], communes.get(row.code, ())),
            "plans": _list(
                record.many["plans"], [plan_rows[plan.id] for plan in plans.get(row.code, ())]
            ),
        }
        yield _file(names.localities[row.code], record, content, site_url)


def _programme(
    view: ProgrammeView,
    row: rows.ProgrammeRow,
    documents: Mapping[str, rows.DocumentRow],
    plan_rows: Mapping[str, rows.PlanRow],
) -> Json:
    record = records.PROGRAMME
    named = [documents[name] for _, name in view.documents if name in documents]
    return {
        "programme": to_object(record.one["programme"], row),
        "documents": _list(record.many["documents"], named),
        "plans": _list(record.many["plans"], [plan_rows[plan.id] for plan in view.plans]),
        "provinces": dict(view.provinces.counts),
    }


def _change_months(site_model: SiteModel, site_url: str) -> dict[str, list[Row]]:
    changes = [
        row for plan in site_model.plans.values() for row in rows.change_rows(plan, site_url)
    ]
    return _by_month(changes, "day")


def _index(
    site_model: SiteModel,
    site: Site,
    shared: Rows,
    names: _Names,
    months: Sequence[tuple[str, Sequence[Row]]],
) -> Json:
    files = {
        "plans": [routes.plan_json(plan) for plan in site_model.plans],
        "units": names.units.values(),
        "localities": names.localities.values(),
        "programmes": names.programmes.values(),
        "reports": names.reports,
        "changes": [routes.json_file("thay-doi", month) for month, _ in months],
        "schemas": [routes.json_schema(document.name) for document in records.DOCUMENTS],
    }
    provinces = [row for row in shared["localities"] if row.code in names.localities]
    lists = {**shared, "localities": provinces}
    content: Json = {"name": site.name, "homepage": site.url + routes.DATA}
    if site.data_license:
        content["license"] = site.data_license
    content["as_of"] = site.url + routes.JSON_AS_OF
    for key, record in records.INDEX.many.items():
        content[key] = _list(record, lists[key])
    content["files"] = {kind: names.absolute(addresses) for kind, addresses in files.items()}
    return content


def _file(
    address: str, document: Document, content: Mapping[str, Any], site_url: str
) -> tuple[str, bytes]:
    return address, _write(document, content, site_url)


def _write(document: Document, content: Mapping[str, Any], site_url: str) -> bytes:
    return to_json(
        {
            "$schema": site_url + routes.json_schema(document.name),
            "@context": site_url + routes.JSON_CONTEXT,
            "version": VERSION,
            **content,
        }
    )


def _list(record: Record, found: Iterable[Row]) -> list[Json]:
    return [to_object(record, row) for row in found]


def _group(found: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    key = attrgetter(column)
    for row in found:
        groups[key(row)].append(row)
    return groups


def _by_month(found: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Group rows by the month of a day of theirs."""
    months: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        day = getattr(row, column)
        months[f"{day:%Y-%m}" if day else UNDATED].append(row)
    return months
