"""The data dictionary describes exactly what the tables hold, with every code in them."""

from __future__ import annotations

from typing import get_args

import pytest

from conftest import ROOT
from congkhai.data import registers, schema
from congkhai.exports.open_data import records, rows
from congkhai.model.amendments import AmendmentKind
from congkhai.model.ledger import LedgerKind
from congkhai.model.views import STATES
from congkhai.pages import dictionary, vocabulary

ROWS = {**rows.SHARED_TABLES, **rows.PLAN_TABLES}


def test_every_table_is_described():
    assert dictionary.read_tables().keys() == ROWS.keys()
    of_plan = {name for name, table in dictionary.read_tables().items() if table.of_plan}
    assert of_plan == rows.PLAN_TABLES.keys()


@pytest.mark.parametrize("name", ROWS)
def test_the_dictionary_names_the_columns_of_the_rows(name: str):
    described = [column.name for column in dictionary.read_tables()[name].columns]
    assert described == list(ROWS[name]._fields)


def test_the_version_was_raised_with_the_last_column():
    """`table-columns.txt`: the columns that this version has; both are written anew together."""
    version, *kept = (ROOT / "tests/data/table-columns.txt").read_text("utf-8").split("\n")[:-1]
    columns = [f"{name}.{column}" for name, row in ROWS.items() for column in row._fields]
    added, gone = sorted({*columns} - {*kept}), sorted({*kept} - {*columns})
    assert not gone, "raise the first number of VERSION, and tell it three months before"
    assert not added, "raise the second number of VERSION"
    assert version == dictionary.VERSION


@pytest.mark.parametrize("name", ROWS)
def test_references_lead_to_keys(name: str):
    tables = dictionary.read_tables()
    for column in tables[name].columns:
        if column.refers:
            assert tables[column.refers[0]].key == (column.refers[1],), column.name
    for other, columns in tables[name].refers.items():
        assert tables[other].key == columns


def test_no_code_is_without_words():
    codes = {name: set(words) for name, words in dictionary.CODES.items()}
    assert codes["kinds"] == {*get_args(schema.Kind), "request"}
    assert codes["states"] == set(STATES)
    assert codes["roles"] == set(schema.ROLES)
    assert codes["statuses"] == set(get_args(schema.StatusCode))
    assert codes["events"] == set(get_args(LedgerKind))
    assert codes["amendments"] == set(get_args(AmendmentKind))
    assert codes["natures"] == set(get_args(registers.Nature))
    assert codes["levels"] == set(get_args(registers.Level))
    assert codes["cycles"] == set(get_args(schema.Cycle))
    assert codes.keys() == dictionary.CODE_TITLES.keys()


def test_every_kind_of_json_file_is_described():
    assert {file.name for file in dictionary.JSON_FILES} == {one.name for one in records.DOCUMENTS}


def test_a_term_is_that_of_a_key_and_of_a_known_vocabulary():
    columns = {one.name for table in dictionary.read_tables().values() for one in table.columns}
    documents = records.DOCUMENTS
    keys = columns | {key for one in documents for key in (*one.one, *one.many, *one.plain)}
    keys |= {key for record in (records.ITEM, records.REPORT) for key in record.many}
    for key, term in vocabulary.read_terms().items():
        assert key in keys, key
        assert term.partition(":")[0] in vocabulary.PREFIXES, term
