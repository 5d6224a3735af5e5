"""The fictional province shows all that a plan can come to, apart from the real plans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from conftest import DATA, ROOT
from congkhai.checks.runner import check
from congkhai.data import schema
from congkhai.data.load import Dataset, load_dataset
from congkhai.exports.files import plan_files
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.model.assignments import walk
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.model.transcript import transcript
from congkhai.model.views import STATES
from congkhai.pages import labels
from congkhai.text.vietnamese import words
from tests.cases import MINIMAL, lay_out

PLANS = ROOT / "tests" / "demo" / "plans"
REAL = ROOT / "plans"
AS_OF = date(2026, 11, 22)
PROVINCE = "mau/so-nuoc-2024-2028"
NOT_COMPARED = "mau/xa-ha-mau/so-nuoc-2026-2028"
WARD = "mau/phuong-trung-mau/so-nuoc-2025-2028"


@pytest.fixture(scope="module")
def demo() -> Dataset:
    dataset, problems = load_dataset(PLANS)
    assert [str(problem) for problem in [*problems, *check(dataset, AS_OF)]] == []
    return dataset


@pytest.fixture(scope="module")
def site_model(demo: Dataset) -> SiteModel:
    return derive(demo, AS_OF)


@pytest.fixture(scope="module")
def items(demo: Dataset) -> list[schema.Item]:
    return [item for loaded in demo.plans.values() for item, _ in walk(loaded.value.provisions)]


@pytest.fixture(scope="module")
def entries(demo: Dataset) -> list[schema.Entry]:
    return [
        entry
        for reports in demo.reports.values()
        for loaded in reports.values()
        for entry in loaded.value.entries
    ]


def test_evidence_beside_a_plan_is_published_where_the_report_links_to(site_model: SiteModel):
    url = "https://example.org/"
    files = {
        address
        for address, _ in plan_files(
            site_model, site_model.plans[WARD], url, PLANS, PlanTables(site_model, url)
        )
    }
    assert labels.evidence_address("ket-qua-xet-nghiem-2026.csv", f"ke-hoach/{WARD}/") in files


def test_periods_read_as_one_says_them():
    assert [labels.report_period(period) for period in ("2026", "2026-q1", "2026-05")] == [
        "năm 2026",
        "quý I/2026",
        "tháng 5/2026",
    ]


def test_the_demo_says_that_it_is_one(site_model: SiteModel):
    assert site_model.demo


def test_real_plans_are_not_called_fictional_wherever_they_are_checked_out(tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path / "demo")
    assert not derive(load_dataset(plans)[0], AS_OF).demo


def test_every_page_of_the_demo_says_so_and_names_no_place_twice(
    build_site: Callable[[Path], Path],
):
    for file in build_site(DATA["demo"]).rglob("*.html"):
        page = file.read_text("utf-8")
        ids = Counter(re.findall(r'\sid="([^"]+)"', page))
        assert "Dữ liệu minh họa." in page, file
        assert [name for name, count in ids.items() if count > 1] == [], file


def test_every_state_occurs(site_model: SiteModel):
    assert [state for state in STATES if not site_model.rollup.counts[state]] == []


def test_every_role_and_kind_occurs(site_model: SiteModel, items: list[schema.Item]):
    assignments = [
        assignment.role
        for plan in site_model.plans.values()
        for found in plan.open().commitments
        for assignment in found.assignments
    ]
    assert set(assignments) == set(get_args(schema.Role))
    assert {item.kind for item in items} - {None} == set(get_args(schema.Kind))


def test_every_form_of_deadline_occurs(items: list[schema.Item]):
    def form(due: schema.Deadline) -> str:
        if due.ongoing:
            return "ongoing"
        day = due.before or due.by
        if day is None:
            return "every year"
        precision = "day" if day.day else "month" if day.month else "year"
        return f"{'before' if due.before else 'by'} {precision}{' every year' if due.every else ''}"

    assert {form(due) for item in items for due in item.due} == {
        "before day",
        "by day",
        "by month",
        "by year",
        "every year",
        "before day every year",
        "by day every year",
        "ongoing",
    }
    assert any(due.start for item in items for due in item.due)
    assert any(len(item.due) == 2 for item in items)


def test_every_comparator_and_two_figures_in_one_provision_occur(items: list[schema.Item]):
    assert {target.comparator for item in items for target in item.targets} == {
        "=",
        ">",
        ">=",
        "<",
        "<=",
        "~",
    }
    assert any(len(item.targets) == 2 for item in items)


def test_every_status_occurs_and_what_else_a_line_may_say(entries: list[schema.Entry]):
    assert {entry.status for entry in entries} - {None} == set(schema.STATUSES)
    assert any(entry.unchanged for entry in entries)
    assert any(entry.corrects for entry in entries)
    assert any(
        entry.reason and not entry.corrects and entry.status == "in-progress" for entry in entries
    )
    assert any(
        not evidence.url.startswith("https:") for entry in entries for evidence in entry.evidence
    )


def test_reports_of_three_years_a_quarter_and_a_month_occur(demo: Dataset):
    periods = {
        loaded.value.period for reports in demo.reports.values() for loaded in reports.values()
    }
    assert {"2024", "2025", "2026", "2026-q1", "2026-05"} <= periods


def test_every_kind_of_note_and_of_citation_occurs(demo: Dataset):
    plans = [loaded.value for loaded in demo.plans.values()]
    assert {note.kind for plan in plans for note in plan.notes} == set(
        get_args(get_type_hints(schema.Note)["kind"])
    )
    assert {found.relation for plan in plans for found in plan.cites} == set(
        get_args(get_type_hints(schema.Citation)["relation"])
    )


def test_plans_leave_out_some_goals_of_the_programme(demo: Dataset):
    goals = {item.id for item in demo.documents["999-qd-mau-2023"].items}
    carried_out = {
        plan_id: {goal for item, _ in walk(loaded.value.provisions) for goal in item.implements}
        for plan_id, loaded in demo.plans.items()
    }
    assert carried_out[PROVINCE] == goals
    assert [plan_id for plan_id, found in carried_out.items() if not found] == [NOT_COMPARED]
    assert any(found < goals for found in carried_out.values())


def test_a_successor_takes_over_what_a_dissolved_unit_reported(site_model: SiteModel):
    taken_over = site_model.plans[PROVINCE].open().by_item["iii.4-1"]
    assert [line.report.unit for line in taken_over.history] == [
        "so-thong-tin-va-truyen-thong",
        "so-khoa-hoc-va-cong-nghe",
    ]
    assert taken_over.units("lead") == ("so-thong-tin-va-truyen-thong",)
    assert taken_over.state == "done-on-time"


def test_a_provision_with_two_figures_is_done_when_both_are(site_model: SiteModel):
    both = site_model.plans[WARD].open().by_item["ii.4"]
    last = {line.entry.target: line.entry.status for line in both.history}
    assert last == {"ho-so": "in-progress", "thoi-gian": "done"}
    assert both.state == "under-way"


def test_a_reporting_day_counts_the_reports_of_a_group_and_of_successors(site_model: SiteModel):
    received = {
        day.due.year: {report.unit for report in day.received}
        for day in site_model.plans[PROVINCE].open().reporting_days
    }
    assert {"so-y-te", "so-khoa-hoc-va-cong-nghe"} <= received[2025]
    old = site_model.plans["mau/xa-cu-mau/so-nuoc-2024-2026"]
    assert [[report.unit for report in day.received] for day in old.open().reporting_days] == [
        ["cong-chuc-van-hoa-xa-hoi"],
        ["phong-van-hoa-xa-hoi"],
        [],
    ]


def test_a_reporting_day_can_pass_in_silence(site_model: SiteModel):
    passed = [
        day
        for day in site_model.plans["mau/dac-khu-dao-mau/so-nuoc-den-2028"].open().reporting_days
        if day.passed
    ]
    assert [(day.due.day, day.received) for day in passed] == [(date(2026, 11, 14), ())]


def test_a_plan_can_be_reported_in_full_or_not_at_all(site_model: SiteModel):
    assert site_model.plans[WARD].rollup.counts["silent"] == 0
    assert site_model.plans["mau/xa-thuong-mau/so-nuoc-2025-2028"].rollup.reported == 0


def test_a_commune_that_is_gone_does_not_count_as_covered(site_model: SiteModel):
    (coverage,) = site_model.programmes["so-nuoc-2024-2028"].coverage
    assert {site_model.places[code].name for code in coverage.held} == {
        "xã Bình Mẫu",
        "xã Thượng Mẫu",
        "xã Hạ Mẫu",
        "phường Trung Mẫu",
        "đặc khu Đảo Mẫu",
    }
    assert len(coverage.places) == 9


def test_every_state_of_coverage_occurs(site_model: SiteModel):
    programme = site_model.programmes["so-nuoc-2024-2028"]
    (communes,) = programme.coverage
    assert {entry.place.name: entry.state for entry in communes} == {
        "xã Bình Mẫu": "held",
        "xã Đồi Mẫu": "known",
        "phường Đông Mẫu": "unknown",
        "đặc khu Đảo Mẫu": "held",
        "xã Hạ Mẫu": "held",
        "xã Rừng Mẫu": "absent",
        "xã Sông Mẫu": "absent",
        "xã Thượng Mẫu": "held",
        "phường Trung Mẫu": "held",
    }
    assert {entry.absence.state for entry in communes if entry.absence} == {
        "missing",
        "not-required",
    }
    assert {entry.place.name: entry.state for entry in programme.provinces} == {
        "tỉnh Mẫu": "held",
        "tỉnh Ví Dụ": "unknown",
    }


def test_every_source_is_the_plan_word_for_word(demo: Dataset):
    for plan_id, loaded in demo.plans.items():
        source = demo.source_text(plan_id)
        assert source is not None
        assert words(transcript(loaded.value)) == words(source.read_text("utf-8")), plan_id


def test_nothing_of_the_demo_stands_in_the_real_plans(demo: Dataset):
    provinces = demo.localities.provinces.values()
    names = {province.name for province in provinces} | {
        name for province in provinces for name in province.communes.values()
    }
    names |= {old.name for old in demo.localities.dissolved.values()}
    names |= {
        loaded.value.signature[-1]
        for loaded in demo.plans.values()
        if loaded.value.signature[-1] != "CHỦ TỊCH"
    }
    names |= {*demo.documents, *demo.programmes, "999/QĐ-MAU", "example.org"}
    for file in sorted(REAL.rglob("*.*")):
        text = file.read_text("utf-8")
        assert [name for name in names if name in text] == [], file


def test_the_real_plans_have_no_reports_yet():
    assert list(REAL.rglob("reports/*.yml")) == []
