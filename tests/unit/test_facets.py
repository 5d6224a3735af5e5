"""What `/cam-ket/` filters by holds every commitment that counts, once."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.data.schema import ROLES
from congkhai.exports.facets import facet_files, facet_index
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.grouping import held_by_province, merged_provinces

Rows = list[dict[str, Any]]


def objects(table: dict[str, Any]) -> Rows:
    """Make objects of the rows of a table, as `theme/assets/data.js` does."""
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def count_in_index(site_model: SiteModel) -> int:
    index = json.loads(facet_index(site_model))
    return sum(province["commitments"] for province in objects(index["provinces"]))


def test_every_commitment_is_in_one_province_file_and_counted_in_the_index():
    dataset, _ = load_dataset(ROOT / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    files = {
        address.rpartition("/")[2]: json.loads(content)
        for address, content in facet_files(site_model)
    }
    rows = sorted(
        (objects(file["plans"])[row["plan"]]["address"], row["item"])
        for file in files.values()
        for row in objects(file["commitments"])
    )
    assert rows == sorted(
        (plan.address, commitment.item.id)
        for plan in site_model.plans.values()
        for commitment in plan.open().commitments
    )
    assert count_in_index(site_model) == len(rows)


def test_a_former_province_is_filtered_by_as_part_of_todays():
    """As the page of places counts it; its plan keeps its address, and its file of facets."""
    dataset, _ = load_dataset(ROOT / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    assert merged_provinces(site_model) == {"quang-nam": "da-nang"}
    provinces = objects(json.loads(facet_index(site_model))["provinces"])
    assert {province["slug"]: province["name"] for province in provinces} == {
        "hai-phong": "Thành phố Hải Phòng",
        "lai-chau": "Tỉnh Lai Châu",
        "quang-nam": "Thành phố Đà Nẵng (gồm tỉnh Quảng Nam cũ)",
    }
    held = held_by_province(site_model)
    assert [plan.id for plan in held["48"]] == ["quang-nam/ascc-2021-2025"]


def test_a_commitment_leads_to_its_units_by_role():
    """Of a row the units are places in the file's list of them, which starts at 0."""
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    compared = 0
    for _, content in facet_files(site_model):
        file = json.loads(content)
        units = [unit["id"] for unit in objects(file["units"])]
        plans = {plan.address: plan.open() for plan in site_model.plans.values()}
        for row in objects(file["commitments"]):
            plan = plans[objects(file["plans"])[row["plan"]]["address"]]
            commitment = plan.by_item[row["item"]]
            for role in ROLES:
                assert [units[unit] for unit in row[role]] == list(commitment.units(role))
                compared += len(row[role])
    assert compared


def test_a_plan_that_was_replaced_is_not_counted():
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    assert count_in_index(site_model) == site_model.rollup.total
    assert any(plan.superseded_by for plan in site_model.plans.values())
