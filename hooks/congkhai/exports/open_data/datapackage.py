"""`datapackage.json`: the tables described for programs (Data Package, specs.frictionlessdata.io).

Comes in: the dictionary and which files each table has. Goes out: the descriptor as JSON, with
types, keys, codes and how cells are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from congkhai.exports.open_data.spreadsheets import FALSE, TRUE
from congkhai.model import routes
from congkhai.pages.dictionary import CODES, VERSION, Column, Table, read_tables
from congkhai.pages.site import Site


def describe(paths: Mapping[str, Sequence[str]], site: Site) -> bytes:
    """Write the descriptor. `paths`: the files of each table, beside the descriptor."""
    content: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "cong-khai-ke-hoach",
        "title": site.name,
        "description": "Kế hoạch, việc, phân công, thời hạn, báo cáo và thay đổi, mỗi bảng một tệp."
        " Plans of public bodies in Viet Nam: what is planned, by whom, by when, and what was"
        " reported since.",
        "version": VERSION,
        "homepage": site.url + routes.DATA,
        "resources": [_resource(table, paths[name]) for name, table in read_tables().items()],
    }
    if site.data_license:
        content["licenses"] = [{"name": site.data_license}]
    if site.operator:
        content["contributors"] = [{"title": site.operator, "role": "publisher"}]
    return to_json(content, indent=1)


def _resource(table: Table, paths: Sequence[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "foreignKeys": _foreign_keys(table),
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "name": table.file,
        "title": table.title,
        "description": f"{table.about} {table.english}",
        "path": paths[0] if len(paths) == 1 else list(paths),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "description": column.english,
        "type": {"url": "string", "partial": "string"}.get(column.type, column.type),
    }
    if column.type == "number":
        field["decimalChar"] = ","
    if column.type == "boolean":
        field |= {"trueValues": [TRUE], "falseValues": [FALSE]}
    if column.type == "url":
        field["format"] = "uri"
    if column.type == "partial":
        field["constraints"] = {"pattern": r"\d{4}(-q[1-4]|-\d{2}(-\d{2})?)?"}
    if column.codes:
        field["constraints"] = {"enum": list(CODES[column.codes])}
    return field


def _foreign_keys(table: Table) -> list[dict[str, Any]]:
    described = read_tables()
    keys: list[dict[str, Any]] = [
        {
            "fields": [column.name],
            "reference": {
                # The specification: an empty name refers to the table itself.
                "resource": ""
                if column.refers[0] == table.name
                else described[column.refers[0]].file,
                "fields": [column.refers[1]],
            },
        }
        for column in table.columns
        if column.refers
    ]
    keys += [
        {
            "fields": list(columns),
            "reference": {"resource": described[name].file, "fields": list(columns)},
        }
        for name, columns in table.refers.items()
    ]
    return keys
