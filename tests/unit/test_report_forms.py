"""The page of reports offers the bodies that a document names apart from those of a group."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.exports.report_forms import plan_form
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    return derive(load_dataset(ROOT / "plans")[0], date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def units(site_model: SiteModel) -> list[dict[str, Any]]:
    """Read the bodies of a commune's form, with their parts in words."""
    form = json.loads(plan_form(site_model, site_model.plans[PLAN])[1])
    rows = [dict(zip(form["units"]["columns"], row, strict=True)) for row in form["units"]["rows"]]
    return [row | {"parts": [form["parts"][part] for part in row["parts"]]} for row in rows]


def test_only_what_the_document_names_is_said_to_be_named(units: list[dict[str, Any]]) -> None:
    """Named are the bodies that stand in `plan.yml`, and the issuer."""
    lines = re.findall(
        r"^ *-? *(?:lead|coordinating|implementing|requested): (.*)$",
        (ROOT / "plans" / PLAN / "plan.yml").read_text("utf-8"),
        re.MULTILINE,
    )
    written = {"ubnd", *re.findall(r"[a-z][a-z-]+", " ".join(lines))}
    offered = {unit["id"] for unit in units}
    assert {unit["id"] for unit in units if unit["is_named"]} == written & offered
    assert {"phong-van-hoa-xa-hoi", "ubnd"} < written & offered < offered


def test_a_part_says_through_whom_a_body_has_it(units: list[dict[str, Any]]) -> None:
    """A body of a group has the group's name, and none of those that stand beside it."""
    by_name = {unit["name"]: unit for unit in units}
    group = "(ghi cho “Các cơ quan, đơn vị”)"
    assert by_name["Cơ quan thuế"]["parts"] == [f"thực hiện {group}", f"phối hợp {group}"]
    assert "mục không ghi cơ quan thực hiện" in by_name["Ủy ban nhân dân"]["parts"]
    assert sorted(by_name["Phòng Văn hóa - Xã hội"]["parts"]) == [
        "chủ trì",
        "phối hợp",
        "thực hiện",
        "thực hiện",
        f"thực hiện {group}",
    ]
