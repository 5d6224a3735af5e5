"""One plan's views: what it holds someone to, who reported what of it, and when it falls due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from congkhai.data import registers, schema
from congkhai.data.load import Dataset, load_dataset
from congkhai.model.commitments import open_plan, view_plan
from congkhai.model.places import build_places
from congkhai.model.plan_view import (
    NO_MONTH,
    CitationView,
    OpenPlan,
    PlanStore,
    PlanView,
    ResponseView,
    UnitShare,
)
from congkhai.model.today import Today
from congkhai.model.topics import TopicIndex
from congkhai.model.views import Assignment, Commitment, ReportedValue, ReportView, TargetView
from congkhai.text.dates import PartialDate
from tests.cases import MINIMAL, lay_out

ID = "hai-phong/xa-nam-sach/ascc-2026-2030"
ADDRESS = f"ke-hoach/{ID}/"
AS_OF = date(2027, 11, 22)
PLAN = """
locality: "10606"
programme: ascc-2026-2035
document:
  {number: "12", symbol: KH-UBND, date: "2026-05", issuer: UBND xã, type: KẾ HOẠCH, title: T}
period: {from: 2026, to: 2028}
cites:
  - {document: 155-qd-ttg-2026, relation: basis, printed: Quyết định 155, at: title}
  - {document: 168-kh-ubnd-hai-phong-2026, relation: parent, printed: Kế hoạch 168, at: preamble}
  - {document: 155-qd-ttg-2026, relation: mention, printed: Quyết định số 155, at: ii.1}
  - {document: 155-qd-ttg-2026, relation: funding, printed: QĐ 155, at: closing}
body:
  - id: i
    number: I.
    title: MỤC TIÊU
    kind: target
    items:
      - {id: i.0, number: "-", text: Nâng cao nhận thức., kind: objective}
      - id: i.1
        number: "1."
        text: Hai chỉ tiêu.
        implements: [muc-tieu-1]
        lead: [so-noi-vu]
        coordinating: [phong-kinh-te]
        due: {printed: năm 2028, by: "2028"}
        targets:
          - {key: ho-so, measure: hieu-biet-co-ban-asean, printed: trên 90%, population: cán bộ,
             comparator: ">", value: 90, unit: "%", modal: phấn đấu, condition: theo chuẩn,
             by: "2027"}
          - {key: xa, measure: hieu-biet-co-ban-asean, printed: 5 xã, comparator: "=",
             value: 5, unit: xã}
  - id: ii
    number: II.
    title: "NHIỆM VỤ:"
    kind: task
    lead: [phong-kinh-te]
    items:
      - id: ii.1
        number: "1."
        title: "Tuyên truyền:"
        items:
          - id: ii.1.1
            number: "1.1."
            title: "Trong nhà trường:"
            items:
              - id: ii.1.1-1
                number: "-"
                title: "Ở lớp X:"
                items:
                  - {id: ii.1.1-1-1, number: "+", text: Việc một.}
              - {id: ii.1.1-2, number: "-", text: Việc hai.}
          - {id: ii.1.2, number: "1.2.", text: Việc ba.}
      - {id: ii.2, number: "2.", text: Việc bốn, kind: none}
      - id: ii.3
        number: 3)
        text: Việc năm.
        lead: [phong-van-hoa-xa-hoi]
        requested: [phong-kinh-te]
        due:
          - {printed: trong tháng 6 năm 2027, by: "2027-06"}
          - {printed: trước ngày 23/11/2027, before: "2027-11-23"}
          - {printed: năm 2026, by: "2026"}
  - id: iii
    text: "Tổ chức thực hiện:"
    kind: duty
    items:
      - id: iii-1
        number: "-"
        text: Phòng báo cáo trước ngày 01/11 hằng năm.
        lead: [phong-lao-dong]
        due: {printed: trước ngày 01/11 hằng năm, before: 11-01, every: year}
        reporting: {to: [so-noi-vu]}
      - id: iii-2
        number: "-"
        text: Sơ kết vào tháng 6 năm 2027.
        due: {printed: tháng 6 năm 2027, by: "2027-06"}
        reporting: {to: [so-noi-vu]}
recipients:
  - {text: Sở Nội vụ, units: [so-noi-vu]}
  - {text: Phòng Kinh tế và Sở Nội vụ, units: [phong-kinh-te, so-noi-vu]}
notes:
  - {at: iii-1, kind: misprint, printed: Phòng, meant: Phòng Lao động}
  - {at: plan, kind: context, text: Bối cảnh.}
  - {at: iii-1, kind: context, text: Phòng này không còn.}
"""
# Their names are not in the order of their days.
REPORTS = {
    "2026-so-noi-vu.yml": """
unit: so-noi-vu
period: "2026"
date: 2026-10-28
entries:
  - {item: i.1, target: ho-so, status: in-progress, value: 40}
  - {item: i.1, target: xa, status: in-progress, value: 1}
  - {item: i.1, value: 7}
  - {item: i.1, status: in-progress, text: Không có con số.}
""",
    "2027-q1-so-noi-vu.yml": """
unit: so-noi-vu
period: "2027-q1"
date: 2027-04-02
entries:
  - {item: i.1, target: ho-so, status: done, done_on: 2027-03-01, value: 50,
     corrects: 2026-so-noi-vu.yml}
""",
    "2027-phong-kinh-te.yml": """
unit: phong-kinh-te
period: "2027"
date: 2027-03-01
entries:
  - {item: ii.1.1-2, target: xa, status: blocked, text: Vướng.}
  - {item: ii.1.2, status: in-progress}
""",
    "2027-10-phong-kinh-te.yml": """
unit: phong-kinh-te
period: "2027-10"
date: 2027-10-05
entries:
  - {item: ii.1.1-2, status: in-progress, corrects: 2027-phong-kinh-te.yml}
""",
    "2027-phong-van-hoa-xa-hoi.yml": """
unit: phong-van-hoa-xa-hoi
period: "2027"
date: 2027-10-05
entries:
  - {item: iii-1, status: in-progress}
""",
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load(tmp_path_factory.mktemp("data"), PLAN, REPORTS)


def load(
    folder: Path, plan: str, reports: dict[str, str], responses: Mapping[str, str] | None = None
) -> Dataset:
    """Load the smallest sound data folder, its one plan and what was filed to it replaced."""
    plans = lay_out(MINIMAL, folder)
    for old in (plans / ID / "reports").iterdir():
        old.unlink()
    (plans / ID / "plan.yml").write_text(plan, encoding="utf-8")
    (plans / ID / "source.txt").write_text("Chữ.\n", encoding="utf-8")
    for file, text in reports.items():
        (plans / ID / "reports" / file).write_text(text, encoding="utf-8")
    (plans / ID / "responses").mkdir()
    for file, text in (responses or {}).items():
        (plans / ID / "responses" / file).write_text(text, encoding="utf-8")
    dataset, problems = load_dataset(plans)
    assert [str(problem) for problem in problems] == []
    return dataset


def view_of(dataset: Dataset, as_of: date = AS_OF, superseded_by: str | None = None) -> PlanView:
    places = build_places(dataset.localities, {"10606"})
    topics = TopicIndex(dataset.topics, dataset.units)
    return view_plan(dataset, ID, places, superseded_by, Today(as_of), PlanStore(), topics)


@pytest.fixture(scope="module")
def view(dataset: Dataset) -> PlanView:
    return view_of(dataset)


@pytest.fixture(scope="module")
def plan(view: PlanView) -> OpenPlan:
    return view.open()


def report(view: PlanView, file: str) -> ReportView:
    return next(report for report in view.reports if report.file == file)


def test_reports_stand_in_the_order_of_their_days(view: PlanView):
    """Two of one day stand in the order of their files."""
    assert [(one.day, one.file) for one in view.reports] == [
        (date(2026, 10, 28), "2026-so-noi-vu.yml"),
        (date(2027, 3, 1), "2027-phong-kinh-te.yml"),
        (date(2027, 4, 2), "2027-q1-so-noi-vu.yml"),
        (date(2027, 10, 5), "2027-10-phong-kinh-te.yml"),
        (date(2027, 10, 5), "2027-phong-van-hoa-xa-hoi.yml"),
    ]
    first = view.reports[0]
    assert first == ReportView(
        plan_id=ID,
        file="2026-so-noi-vu.yml",
        path=f"plans/{ID}/reports/2026-so-noi-vu.yml",
        unit="so-noi-vu",
        period="2026",
        day=date(2026, 10, 28),
        address=f"{ADDRESS}bao-cao/2026-so-noi-vu/",
        lines=4,
    )


def test_a_correction_of_the_same_day_comes_after_what_it_corrects(tmp_path: Path):
    """Though the name of its file comes first in the alphabet."""
    first = 'unit: so-noi-vu\nperiod: "2026"\ndate: 2026-10-28\nentries:\n  - {item: i.1'
    files = {"2026-so-noi-vu.yml": f"{first}, status: in-progress}}\n"}
    files["2026-so-noi-vu-2.yml"] = (
        f"{first}, status: blocked, text: Vướng., corrects: 2026-so-noi-vu.yml}}\n"
    )
    found = view_of(load(tmp_path, PLAN, files))
    assert [report.file for report in found.reports] == list(files)


def test_what_lies_highest_is_no_commitment_and_objectives_stand_apart(plan: OpenPlan):
    assert [(one.item.id, one.kind) for one in plan.commitments] == [
        ("i.1", "target"),
        ("ii.1.1-1-1", "task"),
        ("ii.1.1-2", "task"),
        ("ii.1.2", "task"),
        ("ii.3", "task"),
        ("iii-1", "duty"),
        ("iii-2", "duty"),
    ]
    assert [(one.item.id, one.kind) for one in plan.objectives] == [("i.0", "objective")]
    assert set(plan.by_item) == {one.item.id for one in (*plan.commitments, *plan.objectives)}
    assert plan.by_item["i.0"].address == f"{ADDRESS}toan-van/#i.0", "it has no page of its own"


def test_a_commitment_knows_where_it_stands_and_who_answers(plan: OpenPlan):
    found = plan.by_item["ii.1.1-2"]
    assert (found.plan_id, found.reference, found.address) == (
        ID,
        "mục II.1.1, gạch đầu dòng 2",
        f"{ADDRESS}ii.1.1-2/",
    )
    assert found.assignments == (Assignment("phong-kinh-te", "lead", "ii", "mục II"),)
    assert plan.by_item["ii.3"].assignments == (
        Assignment("phong-van-hoa-xa-hoi", "lead", "ii.3", "mục II, điểm 3"),
        Assignment("phong-kinh-te", "requested", "ii.3", "mục II, điểm 3"),
    )
    assert plan.by_item["iii-2"].assignments == ()


SEVERAL = {
    "thon": registers.Unit(name="Các thôn", level=("commune",), nature="residents"),
    "truong-hoc": registers.Unit(name="Các trường học", level=("commune",), nature="school"),
}


def test_what_several_bodies_lead_is_not_closed_by_a_report_in_their_name(tmp_path: Path):
    """Whatever their nature in the register is: «Các thôn» are residents, no group."""
    done = """
unit: {unit}
period: "2027"
date: 2027-10-05
entries:
  - {{item: ii.3, status: done, done_on: 2027-05-01, text: Xong.}}
"""
    for unit, state in (
        ("thon", "open"),
        ("truong-hoc", "open"),
        ("phong-kinh-te", "done-on-time"),
    ):
        text = PLAN.replace("lead: [phong-van-hoa-xa-hoi]", f"lead: [{unit}]")
        dataset = load(tmp_path / unit, text, {f"2027-{unit}.yml": done.format(unit=unit)})
        units = {**dataset.units, **SEVERAL}
        found = view_of(replace(dataset, units=units)).open().by_item["ii.3"]
        assert (found.state, found.is_told_in_part) == (state, state == "open"), unit


def test_a_commitment_is_listed_under_its_nearest_headings(plan: OpenPlan):
    assert {one.item.id: (one.section, one.heading) for one in plan.commitments} == {
        "i.1": ("i", ""),
        "ii.1.1-1-1": ("ii.1", "Ở lớp X:"),
        "ii.1.1-2": ("ii.1", "Trong nhà trường:"),
        "ii.1.2": ("ii.1", ""),
        "ii.3": ("ii", ""),
        "iii-1": ("iii", ""),
        "iii-2": ("iii", ""),
    }


def test_a_part_without_items_or_a_titled_item_is_a_section_of_its_own(tmp_path: Path):
    more = """
  - {id: ix, number: IX., title: "ĐIỀU KHOẢN X:", kind: duty}
  - id: x
    number: X)
    title: PHÂN CÔNG
    kind: duty
    items:
      - {id: x.1, number: "1.", title: Phòng Kinh tế, text: Chủ trì.}
  - {id: xi, number: XI., kind: duty}
recipients:"""
    found = view_of(load(tmp_path, PLAN.replace("\nrecipients:", more), {})).open()
    assert [(one.id, one.number, one.title) for one in found.sections[-3:]] == [
        ("ix", "IX", "ĐIỀU KHOẢN X"),
        ("x.1", "X.1", "Phòng Kinh tế"),
        ("xi", "XI", ""),
    ]


def test_an_item_above_without_a_title_is_no_heading(tmp_path: Path):
    deeper = PLAN.replace(
        "text: Việc một.", 'text: "Gồm:", items: [{id: ii.1.1-1-1-1, text: Việc sáu.}]'
    )
    found = view_of(load(tmp_path, deeper, {})).open().by_item["ii.1.1-1-1-1"]
    assert found.heading == "Ở lớp X:"


def test_a_heading_that_repeats_its_sections_title_stands_once(tmp_path: Path):
    repeated = PLAN.replace('title: "Trong nhà trường:"', "title: Tuyên truyền")
    section = view_of(load(tmp_path, repeated, {})).open().sections[1]
    assert section.title == "Tuyên truyền"
    assert [heading for heading, _ in section.groups] == ["Ở lớp X", "", ""]


def test_sections_have_number_title_and_groups(plan: OpenPlan):
    assert [
        (
            section.id,
            section.number,
            section.title,
            [one.item.id for one in section.commitments],
            [(heading, [one.item.id for one in group]) for heading, group in section.groups],
        )
        for section in plan.sections
    ] == [
        ("i", "I", "MỤC TIÊU", ["i.1"], [("", ["i.1"])]),
        (
            "ii.1",
            "II.1",
            "Tuyên truyền",
            ["ii.1.1-1-1", "ii.1.1-2", "ii.1.2"],
            [
                ("Ở lớp X", ["ii.1.1-1-1"]),
                ("Trong nhà trường", ["ii.1.1-2"]),
                ("", ["ii.1.2"]),
            ],
        ),
        ("ii", "II", "NHIỆM VỤ", ["ii.3"], [("", ["ii.3"])]),
        ("iii", "", "Tổ chức thực hiện", ["iii-1", "iii-2"], [("", ["iii-1", "iii-2"])]),
    ]


def test_a_line_knows_what_corrects_it_and_what_it_corrects(view: PlanView, plan: OpenPlan):
    first, quarter = report(view, "2026-so-noi-vu.yml"), report(view, "2027-q1-so-noi-vu.yml")
    assert [
        (line.report, line.entry.value, line.corrected_by, line.corrects)
        for line in plan.by_item["i.1"].history
    ] == [
        (first, Decimal(40), quarter, None),
        (first, Decimal(1), None, None),
        (first, Decimal(7), None, None),
        (first, None, None, None),
        (quarter, Decimal(50), None, first),
    ]


def test_a_correction_without_a_target_is_about_all_of_them(view: PlanView, plan: OpenPlan):
    old, new = plan.by_item["ii.1.1-2"].history
    assert old.corrected_by == new.report == report(view, "2027-10-phong-kinh-te.yml")
    assert new.corrects == old.report
    assert new.corrected_by is None
    assert plan.by_item["ii.1.2"].history[0].corrected_by is None


def test_a_card_shows_the_latest_line_that_holds(plan: OpenPlan):
    latest = plan.by_item["ii.1.1-2"].latest
    assert latest is not None
    assert (latest.report.file, latest.entry.status) == ("2027-10-phong-kinh-te.yml", "in-progress")
    last = plan.by_item["i.1"].latest
    assert last is not None
    assert last.entry.value == Decimal(50)
    assert plan.by_item["ii.3"].latest is None


def test_the_latest_line_is_none_that_was_corrected(tmp_path: Path):
    """The report of an earlier day may correct one of a later day."""
    reports = {
        "2026-phong-kinh-te.yml": 'unit: phong-kinh-te\nperiod: "2026"\ndate: 2026-10-01\n'
        "entries:\n  - {item: ii.1.2, status: in-progress, corrects: 2026-12-phong-kinh-te.yml}\n",
        "2026-12-phong-kinh-te.yml": 'unit: phong-kinh-te\nperiod: "2026-12"\ndate: 2026-12-01\n'
        "entries:\n  - {item: ii.1.2, status: done, done_on: 2026-11-01}\n",
    }
    found = view_of(load(tmp_path, PLAN, reports)).open().by_item["ii.1.2"]
    assert found.latest is not None
    assert (found.latest.entry.status, found.state) == ("in-progress", "open")


def test_the_state_counts_lines_that_hold_and_all_targets(plan: OpenPlan):
    """Only the first figure of two is done; a successor answers for the dissolved unit."""
    assert {one.item.id: one.state for one in plan.commitments} == {
        "i.1": "under-way",
        "ii.1.1-1-1": "silent",
        "ii.1.1-2": "open",
        "ii.1.2": "open",
        "ii.3": "silent",
        "iii-1": "overdue",
        "iii-2": "silent",
    }


def two_targets_done(folder: Path, targets: str) -> Commitment:
    lines = "".join(
        f"  - {{item: i.1, target: {key}, status: done, done_on: 2026-09-01}}\n"
        for key in targets.split()
    )
    text = f'unit: so-noi-vu\nperiod: "2026"\ndate: 2026-10-28\nentries:\n{lines}'
    dataset = load(folder, PLAN, {"2026-so-noi-vu.yml": text})
    return view_of(dataset).open().by_item["i.1"]


@pytest.mark.parametrize(
    ("targets", "state", "said"),
    [("ho-so", "under-way", "in-progress"), ("ho-so xa", "done-on-time", "done")],
)
def test_an_item_is_done_when_all_its_targets_are(
    tmp_path: Path, targets: str, state: str, said: str
):
    found = two_targets_done(tmp_path, targets)
    assert (found.state, found.target_keys) == (state, ("ho-so", "xa"))
    assert [(word.unit, word.status) for word in found.last_words] == [("so-noi-vu", said)]


def test_a_target_without_a_key_is_reported_on_with_its_item(tmp_path: Path):
    plan = PLAN.replace("key: ho-so, ", "").replace(
        '          - {key: xa, measure: hieu-biet-co-ban-asean, printed: 5 xã, comparator: "=",\n'
        "             value: 5, unit: xã}\n",
        "",
    )
    text = (
        'unit: so-noi-vu\nperiod: "2026"\ndate: 2026-10-28\nentries:\n'
        "  - {item: i.1, status: done, done_on: 2026-09-01, value: 95}\n"
    )
    view = view_of(load(tmp_path, plan, {"2026-so-noi-vu.yml": text}))
    assert view.open().by_item["i.1"].state == "done-on-time"
    assert [value.value for target in view.targets for value in target.values] == [Decimal(95)]


def test_every_field_of_a_target_is_the_documents(view: PlanView):
    first, second = view.targets
    reported = f"{ADDRESS}bao-cao/2026-so-noi-vu/#i.1"
    assert first == TargetView(
        measure="hieu-biet-co-ban-asean",
        printed="trên 90%",
        comparator=">",
        value=Decimal(90),
        unit="%",
        population="cán bộ",
        modal="phấn đấu",
        condition="theo chuẩn",
        by=first.by,
        plan_id=ID,
        document_id=None,
        address=f"{ADDRESS}i.1/",
        reference="mục I.1",
        source=None,
        values=(
            ReportedValue(date(2026, 10, 28), reported, Decimal(7), "so-noi-vu"),
            ReportedValue(
                date(2027, 4, 2),
                f"{ADDRESS}bao-cao/2027-q1-so-noi-vu/#i.1",
                Decimal(50),
                "so-noi-vu",
            ),
        ),
    )
    assert str(first.by) == "2027"
    assert second.values == (
        ReportedValue(date(2026, 10, 28), reported, Decimal(1), "so-noi-vu"),
        ReportedValue(date(2026, 10, 28), reported, Decimal(7), "so-noi-vu"),
    )


def test_a_target_has_the_figure_that_it_starts_from_and_its_upper_figure(tmp_path: Path):
    ranged = PLAN.replace("value: 5, unit: xã}", "value: 5, unit: xã, maximum: 7, baseline: 3}")
    first, second = view_of(load(tmp_path, ranged, {})).targets
    assert (first.baseline, first.maximum) == (None, None)
    assert (second.baseline, second.value, second.maximum) == (Decimal(3), Decimal(5), Decimal(7))


def test_a_value_that_was_corrected_is_not_shown(view: PlanView):
    assert [value.value for value in view.targets[0].values] == [Decimal(7), Decimal(50)]


def test_units_that_lead_most_stand_first(view: PlanView, plan: OpenPlan):
    assert [(share.unit, share.roles, share.total) for share in view.units] == [
        ("phong-kinh-te", (("lead", 3), ("coordinating", 1), ("requested", 1)), 5),
        ("so-noi-vu", (("lead", 1),), 1),
        ("phong-van-hoa-xa-hoi", (("lead", 1),), 1),
        ("phong-lao-dong", (("lead", 1),), 1),
    ]
    assert view.leading == (
        "phong-kinh-te",
        "so-noi-vu",
        "phong-van-hoa-xa-hoi",
        "phong-lao-dong",
    )
    first = plan.duties[0]
    assert [
        (role, [one.item.id for one in commitments]) for role, commitments in first.commitments
    ] == [
        ("lead", ["ii.1.1-1-1", "ii.1.1-2", "ii.1.2"]),
        ("coordinating", ["i.1"]),
        ("requested", ["ii.3"]),
    ]


def test_a_unit_with_two_roles_in_one_commitment_is_counted_once(tmp_path: Path):
    twice = PLAN.replace("requested: [phong-kinh-te]", "requested: [phong-van-hoa-xa-hoi]")
    view = view_of(load(tmp_path, twice, {}))
    share = next(share for share in view.units if share.unit == "phong-van-hoa-xa-hoi")
    assert isinstance(share, UnitShare)
    assert (share.roles, share.total) == ((("lead", 1), ("requested", 1)), 2)
    assert (share.rollup.total, share.rollup.counts["silent"]) == (1, 1)
    assert share.rollup.asked_total == 0, "what a unit leads it is told, and owes a report of"


def test_what_a_unit_reported_without_being_named_stands_beside(plan: OpenPlan):
    """The successor of a dissolved unit, as such."""
    (beside,) = plan.beside
    assert (beside.unit, beside.basis) == ("phong-van-hoa-xa-hoi", "predecessor")
    assert [commitment.item.id for commitment in beside.commitments] == ["iii-1"]


def test_what_a_unit_is_only_asked_for_is_counted_apart(view: PlanView):
    share = next(share for share in view.units if share.unit == "phong-kinh-te")
    assert (share.rollup.total, share.rollup.asked) == (5, {"silent": 1})


def test_what_a_plan_only_asks_for_is_counted_apart(tmp_path: Path, view: PlanView):
    assert view.rollup.asked_total == 0
    asking = PLAN.replace("lead: [phong-van-hoa-xa-hoi]\n        requested", "requested")
    rollup = view_of(load(tmp_path, asking, {})).rollup
    assert (rollup.total, rollup.asked) == (7, {"requested": 1})
    assert (rollup.counts["requested"], rollup.owed.counts["requested"]) == (1, 0)


def test_topics_are_counted_in_the_order_of_their_register(dataset: Dataset):
    def topic(word: str) -> registers.Topic:
        said = registers.WordGroup(words=(word,), reason="Gọi thẳng tên")
        return registers.Topic(name=word, words=(said,))

    words = {"khac": "bão", "hai": "việc hai", "nha-truong": "nhà trường", "nam": "việc năm"}
    found = view_of(replace(dataset, topics={name: topic(word) for name, word in words.items()}))
    assert found.topics == (("hai", 1, 0), ("nha-truong", 1, 0), ("nam", 1, 0))
    by_item = found.open().by_item
    assert by_item["ii.1.1-2"].topics == ("hai", "nha-truong")
    assert by_item["ii.3"].topics == ("nam",)


def test_the_roll_up_and_the_kinds_are_those_of_commitments(view: PlanView):
    assert (view.rollup.total, view.rollup.reported) == (7, 4)
    assert view.kinds == (("task", 4), ("duty", 2), ("target", 1))


def test_citations_say_where_they_stand(view: PlanView):
    assert view.parent == "168-kh-ubnd-hai-phong-2026"
    assert view.citations[1] == CitationView(
        plan_id=ID,
        document="168-kh-ubnd-hai-phong-2026",
        printed="Kế hoạch 168",
        relation="parent",
        address=f"{ADDRESS}toan-van/#preamble",
        reference="phần mở đầu",
    )
    assert [citation.reference for citation in view.citations] == [
        "trích yếu",
        "phần mở đầu",
        "mục II.1",
        "phần kết",
    ]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Kế hoạch số 186/KH-UBND ngày 06/5/2026", "186/KH-UBND"),
        ("Kế hoạch số 168/KH-UBND ngày 06/5/2026", None),
        ("Kế hoạch số 168/kh-ubnd", None),
        ("Kế hoạch hành động của thành phố", None),
    ],
)
def test_a_number_of_the_parent_that_the_register_has_otherwise_is_shown(
    tmp_path: Path, printed: str, shown: str | None
):
    text = PLAN.replace("printed: Kế hoạch 168", f"printed: {printed}")
    assert view_of(load(tmp_path, text, {})).parent_printed == shown


def test_a_parent_that_is_not_in_the_register_has_no_other_number(tmp_path: Path):
    text = PLAN.replace("168-kh-ubnd-hai-phong-2026, relation: parent", "la, relation: parent")
    found = view_of(load(tmp_path, text.replace("Kế hoạch 168", "Kế hoạch số 1/KH"), {}))
    assert (found.parent, found.parent_printed) == ("la", None)


def test_reports_go_to_whom_the_plan_names_and_through_whom(tmp_path: Path, view: PlanView):
    assert view.report_addressees == ("so-noi-vu",)
    via = PLAN.replace(
        "every: year}\n        reporting: {to: [so-noi-vu]}",
        "every: year}\n        reporting: {to: [so-noi-vu, uy-ban-mttq], via: phong-kinh-te}",
    )
    found = view_of(load(tmp_path, via, {}))
    assert found.report_addressees == ("so-noi-vu", "uy-ban-mttq", "phong-kinh-te")


def test_a_plan_was_compared_with_the_goals_of_the_document(tmp_path: Path, view: PlanView):
    assert view.compared == ()
    text = PLAN.replace("\ncites:", "\ncompared: {document: 155-qd-ttg-2026}\ncites:")
    (found,) = view_of(load(tmp_path, text, {})).compared
    assert (found.document, found.goals) == ("155-qd-ttg-2026", ("muc-tieu-1",))


def test_a_plan_takes_up_the_goals_above_its_parent(view: PlanView):
    assert [(one.document, one.goal, one.reference, one.address) for one in view.uptakes] == [
        ("155-qd-ttg-2026", "muc-tieu-1", "mục I.1", f"{ADDRESS}i.1/")
    ]


def test_what_a_plan_is_in_short(view: PlanView, dataset: Dataset):
    assert (view.id, view.path, view.address) == (ID, f"plans/{ID}/plan.yml", ADDRESS)
    assert (view.place.name, view.programme) == ("xã Nam Sách", "ascc-2026-2035")
    assert view.mentioned == ("so-noi-vu", "phong-kinh-te")
    assert view.has_source
    assert (view.superseded_by, view.former_paths) == (None, ())
    places = build_places(dataset.localities, {"10606"})
    topics = TopicIndex(dataset.topics, dataset.units)
    assert open_plan(dataset, ID, places, None, Today(AS_OF), topics) == view.open()


def test_a_plan_without_a_source_says_so(dataset: Dataset, tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path)
    bare, _ = load_dataset(plans)
    assert not view_of(bare).has_source


@pytest.mark.parametrize(
    ("as_of", "ended"), [(date(2028, 12, 31), False), (date(2029, 1, 1), True)]
)
def test_a_plan_has_not_ended_in_its_own_last_year(dataset: Dataset, as_of: date, ended: bool):
    assert view_of(dataset, as_of).ended is ended


def test_notes_stand_with_their_items(plan: OpenPlan):
    assert {at: [note.kind for note in notes] for at, notes in plan.notes.items()} == {
        "iii-1": ["misprint", "context"],
        "plan": ["context"],
    }


@pytest.mark.parametrize(
    ("note", "incomplete"),
    [
        ("{at: plan, kind: gap, text: Thiếu trang 3.}", True),
        ("{at: iii-1, kind: gap, text: Thiếu một dòng.}", False),
    ],
)
def test_a_plan_of_which_a_part_is_missing_is_incomplete(
    tmp_path: Path, view: PlanView, note: str, incomplete: bool
):
    """A gap in one item, or a note of another kind on the plan, says nothing of the rest."""
    assert not view.incomplete
    text = PLAN.replace("\nnotes:", f"\nnotes:\n  - {note}")
    assert view_of(load(tmp_path, text, {})).incomplete is incomplete


def test_responses_stand_newest_first(tmp_path: Path):
    """Of one day the last file; one without a whole date, which the check refuses, is none."""
    text = "unit: phong-kinh-te\ndate: {}\nanswers:\n  - {{item: i.1, text: Đã mở lớp.}}\n"
    days = {
        "2027-11-02-phong-kinh-te.yml": "2027-11-02",
        "2027-11-02-ubnd-xa.yml": "2027-11-02",
        "2026-03-01-ubnd-xa.yml": "2026-03-01",
        "2027-12-ubnd-xa.yml": "2027-12",
    }
    answers = {file: text.format(day) for file, day in days.items()}
    dataset = load(tmp_path, PLAN, {}, answers)
    assert view_of(dataset).open().responses == tuple(
        ResponseView(
            dataset.responses[ID][file].value,
            date.fromisoformat(days[file]),
            f"{ADDRESS}tra-loi/{file}",
        )
        for file in (
            "2027-11-02-ubnd-xa.yml",
            "2027-11-02-phong-kinh-te.yml",
            "2026-03-01-ubnd-xa.yml",
        )
    )


Marks = list[tuple[int, int, date, str]]


def calendar(view: PlanView) -> Marks:
    return [(year, month, day, item) for year, month, day, _, item in view.due]


def test_the_calendar_has_every_due_day_in_order(view: PlanView, plan: OpenPlan):
    """What a document names by its year alone follows the year's months."""
    assert calendar(view) == [
        (2026, 10, date(2026, 10, 31), "iii-1"),
        (2026, NO_MONTH, date(2026, 12, 31), "ii.3"),
        (2027, 6, date(2027, 6, 30), "ii.3"),
        (2027, 6, date(2027, 6, 30), "iii-2"),
        (2027, 10, date(2027, 10, 31), "iii-1"),
        (2027, 11, date(2027, 11, 22), "ii.3"),
        (2028, 10, date(2028, 10, 31), "iii-1"),
        (2028, NO_MONTH, date(2028, 12, 31), "i.1"),
    ]
    assert view.due == tuple(day.mark for day in plan.calendar)
    assert [one.item.id for one in plan.dated] == ["iii-1", "ii.3", "iii-2", "i.1"]
    assert {(day.place.code, day.plan_address) for day in plan.calendar} == {("10606", ADDRESS)}
    assert {day.commitment.item.id: day.commitment for day in plan.calendar} == {
        one.item.id: one for one in plan.dated
    }


def test_what_nobody_is_left_to_do_is_due_only_on_days_that_had_passed(dataset: Dataset):
    """Of a unit that is no more from a day on, and that no other one followed."""

    def due(units: dict[str, PartialDate | None], followed: tuple[str, ...] = ()) -> set[date]:
        ended = {
            name: replace(dataset.units[name], until=until, successors=followed)
            for name, until in units.items()
        }
        found = view_of(replace(dataset, units={**dataset.units, **ended}))
        return {day for _, _, day, item in calendar(found) if item == "i.1"}

    ahead = {date(2028, 12, 31)}
    both = ("so-noi-vu", "phong-kinh-te")
    assert due({}) == ahead
    assert due(dict.fromkeys(both, PartialDate(2027, 11, 22))) == set(), "gone on the day itself"
    assert due(dict.fromkeys(both, PartialDate(2027, 11, 23))) == ahead
    assert due(dict.fromkeys(both, PartialDate(2027, 11))) == set(), "from the month's first day"
    assert due({"so-noi-vu": PartialDate(2027, 1, 1), "phong-kinh-te": None}) == ahead
    assert due(dict.fromkeys(both, PartialDate(2027, 1, 1)), ("uy-ban-mttq",)) == ahead
    assert due({"so-noi-vu": PartialDate(2027, 1, 1)}) == ahead


def test_what_names_nobody_stays_due(tmp_path: Path):
    text = PLAN.replace('printed: tháng 6 năm 2027, by: "2027-06"', 'printed: 2028, by: "2028"')
    assert (2028, NO_MONTH, date(2028, 12, 31), "iii-2") in calendar(
        view_of(load(tmp_path, text, {}))
    )


def test_an_unknown_unit_is_not_one_that_is_no_more(dataset: Dataset):
    known = {name: unit for name, unit in dataset.units.items() if name != "phong-kinh-te"}
    ended = replace(known["so-noi-vu"], until=PartialDate(2027, 1, 1))
    found = view_of(replace(dataset, units={**known, "so-noi-vu": ended}))
    assert (2028, NO_MONTH, date(2028, 12, 31), "i.1") not in calendar(found)


def test_a_place_that_is_no_more_has_no_days_ahead(dataset: Dataset):
    places = build_places(dataset.localities, {"10606"})
    ended = {**places, "10606": replace(places["10606"], until=PartialDate(2027, 1, 1))}
    topics = TopicIndex(dataset.topics, dataset.units)
    found = view_plan(dataset, ID, ended, None, Today(AS_OF), PlanStore(), topics)
    assert [day for _, _, day, _ in calendar(found) if day >= AS_OF] == []
    assert len(found.due) == 5


def test_a_feed_knows_a_plan_by_the_folder_in_which_it_was_published_first(tmp_path: Path):
    text = PLAN.replace("\ncites:", "\nformer_paths: [hai-phong/xa-cu/ascc]\ncites:")
    days = view_of(load(tmp_path, text, {})).open().calendar
    assert {day.first_plan_id for day in days} == {"hai-phong/xa-cu/ascc"}


@pytest.mark.parametrize(
    ("as_of", "years"),
    [
        (date(2026, 5, 1), {"ii.3": 2026, "iii-1": 2026}),
        (AS_OF, {"ii.3": 2027, "iii-1": 2027}),
        (date(2030, 1, 1), {"ii.3": 2027, "iii-1": 2028}),
    ],
)
def test_a_state_says_its_year_where_several_are_due(
    dataset: Dataset, as_of: date, years: dict[str, int]
):
    """So that «hoàn thành» of last year's report stands beside no other state of that year."""
    commitments = view_of(dataset, as_of).open().commitments
    found = {one.item.id: one.judged_year for one in commitments if one.judged_year is not None}
    assert found == years


def test_a_due_day_is_past_when_it_is_over(plan: OpenPlan):
    """The last day in time is not past."""
    assert [
        (day.due.day, day.passed) for day in plan.calendar if day.commitment.item.id == "ii.3"
    ] == [
        (date(2026, 12, 31), True),
        (date(2027, 6, 30), True),
        (date(2027, 11, 22), False),
    ]


def test_a_due_day_has_the_state_of_its_own_round(plan: OpenPlan):
    assert [
        (day.state, day.known_on) for day in plan.calendar if day.commitment.item.id == "iii-1"
    ] == [
        ("silent", date(2026, 12, 31)),
        ("overdue", None),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2027, 6, 30), date(2026, 12, 31)),
        (date(2027, 7, 1), date(2027, 6, 30)),
        (date(2026, 1, 1), None),
    ],
)
def test_of_a_replaced_plan_only_the_days_that_had_passed_are_kept(
    dataset: Dataset, as_of: date, last: date | None
):
    view = view_of(dataset, as_of, superseded_by="hai-phong/xa-nam-sach/ascc-2027-2030")
    assert max((day for _, _, day, _ in calendar(view)), default=None) == last
    assert view.superseded_by == "hai-phong/xa-nam-sach/ascc-2027-2030"
    assert not view.counts


def test_reporting_days_have_the_reports_received_for_them(plan: OpenPlan):
    """A report for a quarter or a month is none for the year; where nobody is named all count."""
    assert [
        (
            day.due.day,
            day.commitment.item.id,
            day.units,
            day.passed,
            [one.file for one in day.received],
        )
        for day in plan.reporting_days
    ] == [
        (date(2026, 10, 31), "iii-1", ("phong-lao-dong",), True, []),
        (
            date(2027, 6, 30),
            "iii-2",
            (),
            True,
            [
                "2027-phong-kinh-te.yml",
                "2027-q1-so-noi-vu.yml",
                "2027-10-phong-kinh-te.yml",
                "2027-phong-van-hoa-xa-hoi.yml",
            ],
        ),
        (
            date(2027, 10, 31),
            "iii-1",
            ("phong-lao-dong",),
            True,
            ["2027-phong-van-hoa-xa-hoi.yml"],
        ),
        (date(2028, 10, 31), "iii-1", ("phong-lao-dong",), False, []),
    ]
    assert [one.item.id for one in plan.reporting] == ["iii-1", "iii-2"]
    days = {(day.commitment.item.id, day.due.day): day for day in plan.reporting_days}
    assert [day.reporting for day in plan.calendar] == [
        days.get((day.commitment.item.id, day.due.day)) for day in plan.calendar
    ]


def test_a_report_for_a_quarter_is_none_for_the_year(tmp_path: Path):
    quarter = (
        'unit: phong-van-hoa-xa-hoi\nperiod: "2028-q1"\ndate: 2028-04-02\n'
        "entries:\n  - {item: iii-1, status: in-progress}\n"
    )
    reports = REPORTS | {"2028-q1-phong-van-hoa-xa-hoi.yml": quarter}
    plan = view_of(load(tmp_path, PLAN, reports), date(2028, 11, 10)).open()
    received = {
        day.due.year: [report.period for report in day.received]
        for day in plan.reporting_days
        if day.commitment.item.id == "iii-1"
    }
    assert received == {2026: [], 2027: ["2027"], 2028: []}


def test_a_reporting_day_is_not_past_on_the_day_itself(dataset: Dataset):
    on_the_day = view_of(dataset, date(2026, 10, 31)).open()
    assert not on_the_day.reporting_days[0].passed


@pytest.mark.parametrize(
    ("period", "day", "years"),
    [
        ("{from: 2026, to: 2028}", '"2025"', [2026, 2027, 2028]),
        ("{from: null, to: 2028}", '"2027"', [2027, 2028]),
        ("{from: null, to: 2028}", "null", [2028]),
    ],
)
def test_yearly_days_begin_with_the_period_else_with_the_documents_year(
    tmp_path: Path, period: str, day: str, years: list[int]
):
    text = PLAN.replace("{from: 2026, to: 2028}", period).replace('date: "2026-05"', f"date: {day}")
    view = view_of(load(tmp_path, text, {}))
    assert [due.year for due in view.open().by_item["iii-1"].due] == years


def test_standings_are_those_of_commitments(plan: OpenPlan):
    assert [(one.day, one.rollup.total, one.rollup.reported) for one in plan.progress] == [
        (date(2026, 12, 31), 7, 1),
        (None, 7, 4),
    ]


def test_a_plan_keeps_its_reports_as_filed(plan: OpenPlan, dataset: Dataset):
    assert plan.filed == {file: loaded.value for file, loaded in dataset.reports[ID].items()}
    assert isinstance(plan.plan, schema.Plan)


def test_what_is_told_holds_from_the_very_day_of_the_last_report(dataset: Dataset):
    """Two bodies reported on 05/10/2027; nothing else comes before the day that is asked."""
    for day in (5, 6, 20):
        assert view_of(dataset, date(2027, 10, day)).valid.since == date(2027, 10, 5)


def test_what_is_told_holds_from_the_first_day_on_which_the_document_may_be_of(dataset: Dataset):
    """Its date is a month, May 2026; the first report came in October."""
    for month, day in ((5, 31), (6, 10)):
        assert view_of(dataset, date(2026, month, day)).valid.since == date(2026, 5, 1)
