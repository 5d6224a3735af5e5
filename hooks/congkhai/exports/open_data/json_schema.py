"""JSON Schemas of the files of JSON version 1, and the context that makes them linked data.

Comes in: the shapes of `records`, the data dictionary and its terms. Goes out: schemas (2020-12)
whose `$id` is the address that they are published at; and `context.jsonld`, which gives each key
the term of a public vocabulary, or one of our own where none means the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_type_hints

from pydantic_core import to_json

from congkhai.exports.open_data.records import Document, Json, Record
from congkhai.exports.open_data.rows import PLAN_TABLES, SHARED_TABLES
from congkhai.model import routes
from congkhai.pages import english
from congkhai.pages.dictionary import JSON_FILES, VERSION, Column, read_tables
from congkhai.pages.vocabulary import PREFIXES, read_terms

_ROWS = {**PLAN_TABLES, **SHARED_TABLES}
_TYPES: Mapping[str, Json] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "partial": {"type": "string", "pattern": r"^\d{4}(-q[1-4]|-\d{2}(-\d{2})?)?$"},
    "url": {"type": "string", "format": "uri"},
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LITERALS = {"date": f"{_XSD}date", "url": "@id"}


def write_schema(document: Document, site_url: str) -> bytes:
    """Write the schema of a kind of file."""
    required = ["$schema", "@context", "version", *document.one, *document.many]
    properties: Json = {
        "$schema": {"const": site_url + routes.json_schema(document.name)},
        "@context": {"const": site_url + routes.JSON_CONTEXT},
        "version": {"type": "string", "pattern": r"^1\.\d+\.\d+$"},
        **document.plain,
        **{key: _object(record) for key, record in document.one.items()},
        **{key: _array(record) for key, record in document.many.items()},
    }
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": site_url + routes.json_schema(document.name),
        "title": next(file.title for file in JSON_FILES if file.name == document.name),
        "version": VERSION,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    return to_json(content, indent=1)


def _array(record: Record) -> Json:
    return {"type": "array", "items": _object(record)}


def _object(record: Record) -> Json:
    table = read_tables()[record.table]
    hints = get_type_hints(_ROWS[record.table])
    columns = [one for one in table.columns if one.name not in record.without]
    properties = {column.name: _column(column) for column in columns}
    properties |= {key: _object(inner) for key, inner in record.one.items()}
    properties |= {key: _array(inner) for key, inner in record.many.items()}
    return {
        "type": "object",
        "description": table.english,
        "properties": properties,
        "required": [one.name for one in columns if type(None) not in _parts(hints[one.name])],
        "additionalProperties": False,
    }


def _parts(hint: Any) -> tuple[Any, ...]:
    """Return the types that a union is made of; none of a plain type."""
    return getattr(hint, "__args__", ())


def _column(column: Column) -> Json:
    described = {"description": column.english, **_TYPES[column.type]}
    if not column.codes:
        return described
    words = english.CODES[column.codes]
    return described | {"oneOf": [{"const": code, "title": words[code]} for code in words]}


def write_context(site_url: str) -> bytes:
    """Write the JSON-LD context; keys without a public term are of our own vocabulary."""
    context: Json = {
        "@version": 1.1,
        **PREFIXES,
        "@vocab": f"{site_url}{routes.DATA}#",
        "url": "@id",
        "$schema": None,
        "version": None,
    }
    terms = read_terms()
    for table in read_tables().values():
        for column in table.columns:
            if column.name == "url":
                continue
            literal = _LITERALS.get(column.type)
            term = terms.get(column.name)
            if literal:
                context[column.name] = {"@id": term or column.name, "@type": literal}
            elif term:
                context[column.name] = term
    context |= {key: term for key, term in terms.items() if key not in context}
    return to_json({"@context": context}, indent=1)
