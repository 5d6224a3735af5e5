"""The shapes of JSON version 1: which rows stand within which, under which keys.

Comes in: rows of `rows`. Goes out: objects whose keys are the columns of the data dictionary. What
an object stands in is not said again inside it. The day of the build is in a file of its own; the
others say from when to when they hold. A key whose value the source does not give is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from congkhai.exports.open_data.rows import Cell

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table as an object, with the rows that belong to it."""

    table: str
    without: frozenset[str] = frozenset()
    """Columns that what it stands in says already."""
    one: Mapping[str, Record] = field(default_factory=dict)
    """By key: a row of another table about the same thing, where there is one."""
    many: Mapping[str, Record] = field(default_factory=dict)
    """By key: rows of another table that belong to it, where there are any."""


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of file of `dictionary.JSON_FILES`: records under keys, beside plain values."""

    name: str
    one: Mapping[str, Record] = field(default_factory=dict)
    many: Mapping[str, Record] = field(default_factory=dict)
    plain: Mapping[str, Json] = field(default_factory=dict)
    """By key: the schema of a value that no table has."""


IN_PLAN = frozenset({"plan"})
IN_ITEM = frozenset({"plan", "item"})
ITEM = Record(
    "items",
    IN_PLAN,
    one={
        "commitment": Record(
            "commitments",
            IN_ITEM | {"locality_code", "locality", "programme", "reference", "in_force"},
        ),
        "reporting": Record("rules", IN_ITEM | {"url"}),
    },
    many={
        "assignments": Record("assignments", IN_ITEM),
        "deadlines": Record("deadlines", IN_ITEM),
        "targets": Record(
            "targets",
            IN_ITEM | {"document", "source"},
            many={"values": Record("values", frozenset({"target"}))},
        ),
    },
)
ENTRY = Record("entries", frozenset({"report", "plan"}))
REPORT = Record("reports", many={"entries": ENTRY})
PLAN_IN_LIST = Record(
    "plans",
    frozenset(
        {
            *(
                "issuer_unit",
                "issuer_electronic_code",
                "document_type",
                "number",
                "symbol",
                "date",
                "parent_document",
            ),
            *("commitments", "requests", "reported", "done", "reports", "published_on"),
            *("valid_from", "valid_until"),
        }
    ),
)
"""A plan among others: what it is and where; the rest is in its own file."""

_URL: Json = {"type": "string", "format": "uri"}
_URLS: Json = {"type": "array", "items": _URL}
_COUNT: Json = {"type": "integer", "minimum": 0}
_MONTH: Json = {"type": "string", "pattern": r"^(\d{4}-\d{2}|khong-ro)$"}
_ROLE_COUNTS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "plan": {"type": "string"},
            "plan_json": _URL,
            "lead": _COUNT,
            "coordinating": _COUNT,
            "implementing": _COUNT,
            "requested": _COUNT,
            "commitments": _COUNT,
        },
        "required": ["plan", "plan_json", "commitments"],
        "additionalProperties": False,
    },
}
_STATES: Json = {
    "type": "object",
    "properties": dict.fromkeys(("held", "known", "absent", "unknown"), _COUNT),
    "additionalProperties": False,
}

PLAN = Document(
    "plan",
    one={"plan": Record("plans")},
    many={
        "items": ITEM,
        "reports": Record("reports", IN_PLAN, many={"entries": ENTRY}),
        "changes": Record("changes", IN_PLAN),
        "responses": Record("responses", IN_PLAN),
    },
)
UNIT = Document(
    "unit",
    one={"unit": Record("units")},
    many={"electronic_codes": Record("codes", frozenset({"unit"}))},
    plain={"duties": _ROLE_COUNTS},
)
LOCALITY = Document(
    "locality",
    one={"locality": Record("localities")},
    many={"communes": Record("localities"), "plans": PLAN_IN_LIST},
)
PROGRAMME = Document(
    "programme",
    one={"programme": Record("programmes")},
    many={"documents": Record("documents"), "plans": PLAN_IN_LIST},
    plain={"provinces": _STATES},
)
REPORTS = Document(
    "reports",
    many={"reports": REPORT},
    plain={"month": _MONTH},
)
CHANGES = Document(
    "changes",
    many={"changes": Record("changes")},
    plain={"month": _MONTH},
)
INDEX = Document(
    "index",
    many={
        "plans": PLAN_IN_LIST,
        "localities": Record("localities"),
        "programmes": Record("programmes"),
        "units": Record("units"),
        "measures": Record("measures"),
    },
    plain={
        "name": {"type": "string"},
        "homepage": _URL,
        "license": {"type": "string"},
        "as_of": _URL,
        "files": {
            "type": "object",
            "properties": dict.fromkeys(
                ("plans", "units", "localities", "programmes", "reports", "changes", "schemas"),
                _URLS,
            ),
            "additionalProperties": False,
        },
    },
)
AS_OF = Document(
    "as-of",
    plain={
        "as_of": {"type": "string", "format": "date"},
        "time_zone": {"type": "string", "const": "Asia/Ho_Chi_Minh"},
    },
)
DOCUMENTS = (PLAN, UNIT, LOCALITY, PROGRAMME, REPORTS, CHANGES, INDEX, AS_OF)
"""All kinds of files; each has its schema."""


def to_value(cell: Cell) -> str | int | float | bool | None:
    """Return a value as JSON has it: figures as numbers, days as ISO 8601.

    >>> to_value(Decimal("2.87")), to_value(Decimal("90")), to_value(datetime.date(2026, 11, 1))
    (2.87, 90, '2026-11-01')
    """
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else cell


def to_object(record: Record, row: tuple[Cell, ...]) -> Json:
    """Return a row as an object, without what its surroundings say and what is not known."""
    columns: Sequence[str] = row._fields  # type: ignore[attr-defined]  # rows are named tuples
    return {
        column: to_value(cell)
        for column, cell in zip(columns, row, strict=True)
        if cell is not None and column not in record.without
    }
