"""What `/cam-ket/` filters by holds every commitment that counts, once."""

from __future__ import annotations

import json
from datetime import date

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.exports.facets import facet_files, facet_index
from congkhai.model.derive import derive


def test_every_commitment_is_in_one_province_file_and_counted_in_the_index():
    dataset, _ = load_dataset(ROOT / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    files = {
        address.rpartition("/")[2]: json.loads(content)
        for address, content in facet_files(site_model)
    }
    index = json.loads(facet_index(site_model)[1])
    rows = sorted(
        (content["k"][row[0]][0], row[1]) for content in files.values() for row in content["r"]
    )
    assert rows == sorted(
        (plan.address, commitment.item.id)
        for plan in site_model.plans.values()
        for commitment in plan.open().commitments
    )
    assert sum(commitments for *_, commitments in index) == len(rows)


def test_a_plan_that_was_replaced_is_not_counted():
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    site_model = derive(dataset, date.fromisoformat(AS_OF))
    index = json.loads(facet_index(site_model)[1])
    assert sum(commitments for *_, commitments in index) == site_model.rollup.total
    assert any(plan.superseded_by for plan in site_model.plans.values())
