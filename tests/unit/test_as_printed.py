"""What a plan only asks for, leaves out or prints otherwise is said as the document has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.plan_view import UnitShare
from congkhai.model.site_model import SiteModel
from congkhai.model.status import roll_up
from congkhai.pages import labels
from tests.cases import MINIMAL, lay_out

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
BODY = """\
body:
  - id: i
    number: I.
    title: TỔ CHỨC THỰC HIỆN
    kind: duty
    items:
      - {id: i.1, number: "1.", text: Phòng Kinh tế chủ trì., lead: [phong-kinh-te]}
      - {id: i.2, number: "2.", text: Đề nghị Mặt trận giám sát., requested: [uy-ban-mttq]}
      - id: i.3
        number: "3."
        text: Đề nghị Mặt trận phối hợp; Phòng Kinh tế báo cáo cơ quan cấp trên.
        requested: [uy-ban-mttq]
        implementing: [phong-kinh-te]
        reporting: {to: [so-noi-vu], via: phong-van-hoa-xa-hoi}
      - {id: i.4, number: "4.", text: Tuyên truyền.}
"""
CITED = (
    "  - {{document: 168-kh-ubnd-hai-phong-2026, relation: parent, printed: {}, at: preamble}}\n"
)


def derive_plan(folder: Path, cited: str = "Kế hoạch 168/KH-UBND", notes: str = "") -> SiteModel:
    """Derive the smallest data folder with this plan's body, parent and notes."""
    plans = lay_out(MINIMAL, folder)
    file = plans / PLAN / "plan.yml"
    head = file.read_text("utf-8").split("cites:")[0].split("body:")[0]
    preamble = f"preamble: [{cited}]\n"
    notes = f"notes:\n  - {notes}\n" if notes else ""
    file.write_text(f"{head}cites:\n{CITED.format(cited)}{preamble}{BODY}{notes}", "utf-8")
    return derive(load_dataset(plans)[0], date(2028, 6, 30))


def test_what_is_only_asked_for_is_counted_apart(tmp_path: Path):
    site_model = derive_plan(tmp_path)
    view = site_model.plans[PLAN]
    assert view.kinds == (("duty", 3), ("request", 1))
    by_item = view.open().by_item
    assert {item: by_item[item].shown_kind for item in ("i.1", "i.2", "i.3", "i.4")} == {
        "i.1": "duty",
        "i.2": "request",
        "i.3": "duty",
        "i.4": "duty",
    }


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Kế hoạch 168/KH-UBND", None),
        ("Kế hoạch số 168/kh-ubnd", None),
        ("Kế hoạch số 105168/KH-UBND", "105168/KH-UBND"),
        ("Kế hoạch của thành phố", None),
    ],
)
def test_a_parent_is_shown_under_the_number_that_the_plan_prints(
    tmp_path: Path, printed: str, shown: str | None
):
    assert derive_plan(tmp_path, printed).plans[PLAN].parent_printed == shown


def test_a_document_cited_by_name_alone_has_no_second_number(tmp_path: Path):
    site_model = derive_plan(tmp_path, "Kế hoạch của thành phố")
    assert site_model.documents["168-kh-ubnd-hai-phong-2026"].spellings == ()


@pytest.mark.parametrize(
    ("note", "incomplete"),
    [
        ("", False),
        ("{at: plan, kind: gap, text: Không có Phụ lục.}", True),
        ("{at: plan, kind: context, text: Bối cảnh.}", False),
        ("{at: i.1, kind: gap, text: Không ghi ngày.}", False),
    ],
)
def test_a_plan_with_a_part_not_received_says_so(tmp_path: Path, note: str, incomplete: bool):
    assert derive_plan(tmp_path, notes=note).plans[PLAN].incomplete is incomplete


def test_the_units_that_reports_go_to_and_through_list_the_plan(tmp_path: Path):
    site_model = derive_plan(tmp_path)
    listed = {name for name, view in site_model.units.items() if view.reported_to}
    assert listed == {"so-noi-vu", "phong-van-hoa-xa-hoi"}


def test_of_a_body_that_is_only_asked_no_report_is_counted_as_owed():
    silent, done = roll_up(["silent"] * 3), roll_up(["done", "silent"])
    asked = UnitShare("uy-ban-mttq", (("requested", 3),), 3, silent)
    assert labels.share_line(asked, silent) == "3 việc được đề nghị"
    assert labels.share_line(asked, done) == "2 việc được đề nghị, 1 đã có báo cáo"
    also = UnitShare("doan-the", (("coordinating", 1), ("requested", 2)), 3, silent)
    assert labels.share_line(also, silent) == labels.rollup_line(silent)


def test_a_unit_may_have_one_source_or_several(tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path)
    units = plans / "units.yml"
    text = units.read_text("utf-8")
    one = "\nmot-nguon: {name: Một nguồn, level: [commune], nature: state, source: {title: A}}\n"
    two = (
        "hai-nguon: {name: B, level: [commune], nature: state, source: [{title: A}, {title: B}]}\n"
    )
    units.write_text(text + one + two, "utf-8")
    dataset, problems = load_dataset(plans)
    assert problems == []
    titles = {
        name: [source.title for source in dataset.units[name].source]
        for name in ("mot-nguon", "hai-nguon")
    }
    assert titles == {"mot-nguon": ["A"], "hai-nguon": ["A", "B"]}
