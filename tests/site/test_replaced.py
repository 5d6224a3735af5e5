"""A plan that was replaced keeps its page, and counts nowhere else."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import AS_OF, DATA
from congkhai.data.load import load_dataset
from congkhai.exports.page_names import page_names
from congkhai.exports.tables import targets_table
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.labels import count_of_commitments
from congkhai.pages.pages import roll_up_place

OLD, NEW = "mau/xa-binh-mau/so-nuoc-2024-2025", "mau/xa-binh-mau/so-nuoc-2025-2028"
UNIT = "cong-chuc-van-hoa-xa-hoi"


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    dataset, _ = load_dataset(DATA["demo"])
    return derive(dataset, date.fromisoformat(AS_OF))


def words(site: Path, address: str) -> str:
    main = (site / address / "index.html").read_text("utf-8").partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", f"<{main}")).split())


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def test_a_place_sums_up_the_plans_that_count(site_model: SiteModel):
    assert roll_up_place(site_model, site_model.plans[OLD].place) == site_model.plans[NEW].rollup


def test_a_unit_sums_up_the_plans_that_count(site_model: SiteModel):
    unit = site_model.units[UNIT]
    assert OLD in {plan.id for plan, _ in unit.shares}
    assert [plan.id for plan, _ in unit.counted] == [
        plan.id for plan, _ in unit.shares if plan.id != OLD
    ]
    assert unit.total == sum(share.total for _, share in unit.counted)
    (note,) = (
        page.note
        for page in page_names(site_model)["units"]["rows"]
        if page.address == unit.address
    )
    assert note == f"{count_of_commitments(unit.rollup)} trong {len(unit.counted)} kế hoạch"


def test_a_document_asks_plans_that_count_only(site_model: SiteModel):
    for programme in site_model.programmes.values():
        for cascade in programme.cascades:
            named = {
                plan.id
                for goal in cascade.goals
                for plan in (*(found for found, _ in goal.taken), *goal.left_out)
            }
            assert OLD not in named | {plan.id for plan in cascade.not_compared}


def test_pages_sum_up_one_plan_where_one_of_two_counts(demo: Path):
    assert "Tổng hợp 2 kế hoạch" not in words(demo, "dia-phuong/mau/xa-binh-mau/")
    assert "Tổng hợp 2 kế hoạch" not in words(demo, f"don-vi/{UNIT}/")


def test_all_commitments_are_as_many_as_the_headline_says(demo: Path, site_model: SiteModel):
    page = (demo / "cam-ket" / "index.html").read_text("utf-8")
    listed = page.partition('id="facet-static"')[2]
    assert listed.count('<li><a class="row"') == site_model.rollup.total
    assert len(rows((demo / "cam-ket" / "cam-ket.csv").read_bytes())) == site_model.rollup.total


def test_where_a_replaced_plan_is_listed_it_says_so(demo: Path, site_model: SiteModel):
    assert "Đã được thay thế bằng văn bản mới hơn" in words(demo, "dia-phuong/mau/xa-binh-mau/")
    assert words(demo, "chi-tieu/").count("Xã Bình Mẫu, đã được thay thế") == len(
        site_model.plans[OLD].targets
    )
    table = rows(targets_table(site_model, "https://example.vn/"))
    assert {row[-3] for row in table if f"ke-hoach/{OLD}/" in row[-4]} == {NEW}
    assert {row[-3] for row in table if f"ke-hoach/{OLD}/" not in row[-4]} == {""}
