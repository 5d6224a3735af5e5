"""Python and the scripts name the columns of the data files alike.

`theme/assets/data.js` lists the columns that scripts read of each file; the files are made
here from the fictional province, and each of their tables is compared with its list.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from pydantic_core import to_json

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.data.schema import ROLES
from congkhai.exports.facets import facet_files, facet_index
from congkhai.exports.files import plan_files
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.exports.page_names import page_names
from congkhai.exports.place_names import districts_file, finder_file
from congkhai.exports.report_forms import FORM_FILE
from congkhai.exports.search_documents import PROVISIONS, provision_table
from congkhai.exports.tables import COMMITMENT_HEADINGS, CommitmentRow
from congkhai.model.derive import derive
from congkhai.pages import labels

ASSETS = ROOT / "theme" / "assets"
PLANS = ROOT / "tests" / "demo" / "plans"

Columns = dict[str, list[str]]


def read_constants() -> dict[str, Any]:
    """Read the exported constants of `data.js`, which are lists of strings and objects of them."""
    script = (ASSETS / "data.js").read_text("utf-8")
    constants = re.findall(r"^export const ([A-Z_]+) = ([\[{].*?[\]}]);$", script, re.M | re.S)
    return {name: json.loads(as_json(value)) for name, value in constants}


def as_json(literal: str) -> str:
    """Turn a literal of a script into JSON: keys in quotes, no comma after the last element."""
    return re.sub(r",(\s*[\]}])", r"\1", re.sub(r"(\w+):", r'"\1":', literal))


def columns_of(content: bytes) -> Columns:
    """Give the columns of each table of a file."""
    return {
        name: value["columns"]
        for name, value in json.loads(content).items()
        if isinstance(value, dict) and "columns" in value
    }


@pytest.fixture(scope="module")
def written() -> dict[str, Columns]:
    """By the constant of `data.js`: the columns that Python writes."""
    dataset, _ = load_dataset(PLANS)
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    plan = next(iter(site_model.plans.values()))
    url = "https://example.org/"
    files = dict(plan_files(site_model, plan, url, PLANS, PlanTables(site_model, url)))
    (_, facets), *_ = facet_files(site_model)
    return {
        "FACET_INDEX": columns_of(facet_index(site_model)),
        "FACETS_OF_PROVINCE": columns_of(facets),
        "PLAN": columns_of(files[plan.address + PROVISIONS]),
        "REPORT_FORM": columns_of(files[plan.address + FORM_FILE]),
        "PLACES": columns_of(finder_file(site_model)),
        "DISTRICTS": columns_of(districts_file(site_model)),
        "NAMES": columns_of(to_json(page_names(site_model))),
    }


def test_scripts_name_every_column_as_python_does(written: dict[str, Columns]):
    constants = read_constants()
    assert constants.pop("ROLES") == list(ROLES)
    assert constants == written


def test_every_file_is_read_under_its_list(written: dict[str, Columns]):
    scripts = "".join(file.read_text("utf-8") for file in ASSETS.rglob("*.js"))
    read = set(re.findall(r"readFile\([^;]*?, ([A-Z_]+)\)", scripts))
    assert read == set(written)


def test_facets_tell_the_place_of_each_commitment_among_the_provisions():
    """By it the search counts what its index found, without the words of the plans."""
    dataset, _ = load_dataset(PLANS)
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    ids = {
        plan.address: [row.id for row in provision_table(plan)["provisions"]["rows"]]
        for plan in site_model.plans.values()
    }
    for _, content in facet_files(site_model):
        file = json.loads(content)
        rows = [
            dict(zip(file["commitments"]["columns"], row, strict=True))
            for row in file["commitments"]["rows"]
        ]
        assert rows
        for row in rows:
            address = file["plans"]["rows"][row["plan"]][0]
            assert ids[address][row["provision"]] == row["item"]


def test_the_index_of_facets_names_the_columns_of_the_table_of_commitments():
    """`commitments.js` finds a line of the table by its plan and its item."""
    assert tuple(COMMITMENT_HEADINGS) == CommitmentRow._fields
    assert [COMMITMENT_HEADINGS[role] for role in ROLES] == list(labels.ROLES.values())
