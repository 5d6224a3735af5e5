"""The rule of states, asked for an earlier day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.progress import state_on
from congkhai.model.status import due_days
from congkhai.model.views import Assignment, Commitment, EntryView, ReportView, State
from tests.cases import MINIMAL, lay_out

LEAD = Assignment("phong-a", "lead", "i.1")
BY_2030 = schema.Deadline(printed="đến hết năm 2030", by="2030")


def report(period: str, on: str) -> ReportView:
    return ReportView(
        "p", f"{period}-phong-a.yml", "", "phong-a", period, date.fromisoformat(on), "", 0
    )


def line(
    of: ReportView,
    corrected_by: ReportView | None = None,
    corrects: ReportView | None = None,
    **entry: object,
) -> EntryView:
    return EntryView(of, schema.Entry(item="i.1", **entry), corrected_by, corrects)


def state(day: str, *history: EntryView) -> State:
    commitment = Commitment(
        "p",
        schema.Item(id="i.1", text="Chữ."),
        "task",
        "mục I.1",
        "i",
        "",
        (LEAD,),
        (BY_2030,),
        due_days([BY_2030], 2025, 2030),
        "silent",
        None,
        history,
        "",
    )
    return state_on(commitment, {}, date.fromisoformat(day))


def test_what_was_done_after_a_day_was_not_done_on_it():
    """A report for 2025 made in February 2026 may tell of January."""
    late = line(report("2025", "2026-02-10"), status="done", done_on="2026-01-20")
    assert state("2025-12-31", late) == "under-way"
    assert state("2026-12-31", late) == "done-on-time"
    assert (
        state("2025-12-31", line(report("2025", "2026-02-10"), status="done", done_on="2025"))
        == "done-on-time"
    )


def test_a_correction_of_a_correction_is_about_the_first_year():
    first, second, third = (
        report("2025", "2025-10-20"),
        report("2026-q1", "2026-03-20"),
        report("2026-q2", "2026-06-20"),
    )
    history = (
        line(first, corrected_by=second, status="done", done_on="2025-09-01"),
        line(second, corrected_by=third, corrects=first, status="blocked"),
        line(third, corrects=second, status="in-progress"),
    )
    assert state("2025-12-31", *history) == "under-way"
    assert state("2024-12-31", *history) == "silent"


def test_a_report_for_a_quarter_is_none_for_the_year(tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path)
    folder = plans / "hai-phong" / "xa-nam-sach" / "ascc-2026-2030" / "reports"
    quarter = 'unit: phong-van-hoa-xa-hoi\nperiod: "2028-q1"\ndate: 2028-04-02\nentries:\n  - {item: ii-1, status: in-progress}\n'
    (folder / "2028-q1-phong-van-hoa-xa-hoi.yml").write_text(quarter, encoding="utf-8")
    dataset, _ = load_dataset(plans)
    (plan,) = derive(dataset, date(2028, 11, 10)).plans.values()
    received = {
        day.due.year: [report.period for report in day.received]
        for day in plan.open().reporting_days
    }
    assert received == {2026: ["2026"], 2027: ["2027"], 2028: [], 2029: [], 2030: []}
