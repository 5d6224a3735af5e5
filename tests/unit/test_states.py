"""The published rule of `/phuong-phap/`, wording by wording: the day before, the day itself, the day after."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from conftest import ROOT
from congkhai.data import registers, schema
from congkhai.model.status import LABELS, due_days, judged_day, reached, state_of
from congkhai.model.views import STATES, Assignment, EntryView, ReportView, State
from congkhai.pages import labels

LEAD = (Assignment("phong-a", "lead", "i.1"),)
BEFORE_DAY = {"printed": "trước ngày 30/6/2026", "before": "2026-06-30"}
IN_MONTH = {"printed": "trong tháng 6 năm 2026", "by": "2026-06"}
BY_DAY = {"printed": "chậm nhất ngày 15/6/2026", "by": "2026-06-15"}
BY_YEAR = {"printed": "đến hết năm 2026", "by": "2026"}
YEARLY_BEFORE = {"printed": "trước ngày 01/11 hằng năm", "before": "11-01", "every": "year"}
YEARLY = {"printed": "hằng năm", "every": "year"}
ALWAYS = {"printed": "thường xuyên", "ongoing": "true"}
TWO = (
    {"printed": "giữa kỳ vào năm 2027", "by": "2027"},
    {"printed": "cuối kỳ vào năm 2030", "by": "2030"},
)


def dues(*deadlines: dict[str, str]):
    return due_days([schema.Deadline(**deadline) for deadline in deadlines], 2026, 2030)


def line(
    status: str | None = None, unit: str = "phong-a", on: str = "2026-03-01", **entry: object
) -> EntryView:
    """One report line about i.1."""
    said = schema.Entry(item="i.1", **({"status": status} if status else {}), **entry)
    return EntryView(
        ReportView("p", f"{on[:4]}-{unit}.yml", "", unit, on[:4], date.fromisoformat(on), "", 1),
        said,
    )


def judge(
    deadlines: tuple[dict[str, str], ...], as_of: str, *lines: EntryView, **more: object
) -> State:
    more = {"assignments": LEAD} | more
    return state_of(
        lines or (line("in-progress"),), dues(*deadlines), as_of=date.fromisoformat(as_of), **more
    )


@pytest.mark.parametrize(
    ("deadline", "in_time", "passed"),
    [
        (BEFORE_DAY, ["2026-06-28", "2026-06-29"], ["2026-06-30", "2026-07-01"]),
        (IN_MONTH, ["2026-06-29", "2026-06-30"], ["2026-07-01"]),
        (BY_DAY, ["2026-06-14", "2026-06-15"], ["2026-06-16"]),
        (BY_YEAR, ["2026-12-30", "2026-12-31"], ["2027-01-01"]),
        (
            YEARLY_BEFORE,
            ["2026-10-30", "2026-10-31", "2027-01-01", "2027-10-31"],
            ["2026-11-01", "2026-12-31", "2027-11-01"],
        ),
        (YEARLY, ["2026-12-31", "2027-01-01", "2030-12-31"], ["2031-01-01"]),
        (ALWAYS, [], []),
    ],
    ids=lambda value: value.get("printed") if isinstance(value, dict) else "",
)
def test_what_is_not_done_is_in_time_until_its_last_day(
    deadline: dict[str, str], in_time: list[str], passed: list[str]
):
    assert [judge((deadline,), day) for day in in_time] == ["under-way"] * len(in_time)
    assert [judge((deadline,), day) for day in passed] == ["overdue"] * len(passed)
    if not in_time:
        assert judge((deadline,), "2099-01-01") == "open"


@pytest.mark.parametrize(
    ("deadline", "on", "state"),
    [
        (BEFORE_DAY, "2026-06-29", "done-on-time"),
        (BEFORE_DAY, "2026-06-30", "done-late"),
        (IN_MONTH, "2026-06-30", "done-on-time"),
        (IN_MONTH, "2026-07-01", "done-late"),
        (BY_DAY, "2026-06-15", "done-on-time"),
        (BY_DAY, "2026-06-16", "done-late"),
        (BY_YEAR, "2026-12-31", "done-on-time"),
        (BY_YEAR, "2027-01-01", "done-late"),
        (YEARLY_BEFORE, "2026-10-31", "done-on-time"),
        (YEARLY_BEFORE, "2026-11-01", "done-late"),
        (YEARLY, "2026-12-31", "done-on-time"),
        (ALWAYS, "2026-12-31", "done"),
        (BEFORE_DAY, "2026-05", "done-on-time"),
        (BEFORE_DAY, "2026-06", "done"),
        (BEFORE_DAY, "2026", "done"),
        (BEFORE_DAY, "2026-07", "done-late"),
    ],
)
def test_what_is_done_was_done_in_time_until_its_last_day(
    deadline: dict[str, str], on: str, state: State
):
    """A month or a year that may lie before or after the deadline is not called late."""
    assert judge((deadline,), f"{on[:4]}-12-31", line("done", done_on=on)) == state


def test_before_new_year_is_due_in_the_year_before():
    yearly = dues({"printed": "trước ngày 01/01 hằng năm", "before": "01-01", "every": "year"})
    assert [due.day for due in yearly] == [date(year, 12, 31) for year in range(2026, 2031)]
    assert [due.year for due in yearly] == [2026, 2027, 2028, 2029, 2030]
    assert labels.due_day(yearly[0]) == "trước ngày 01/01/2027"


@pytest.mark.parametrize(
    ("before", "said", "last"),
    [
        ("2030", "trước năm 2030", date(2029, 12, 31)),
        ("2026-06", "trước tháng 6/2026", date(2026, 5, 31)),
        ("2026-06-30", "trước ngày 30/6/2026", date(2026, 6, 29)),
    ],
)
def test_before_says_as_much_as_the_document(before: str, said: str, last: date):
    (due,) = dues({"printed": "trước", "before": before})
    assert (labels.due_day(due), due.day) == (said, last)


def test_what_comes_back_every_year_has_to_be_done_again():
    done = line("done", done_on="2026-10-20")
    assert judge((YEARLY_BEFORE,), "2026-12-31", done) == "done-on-time"
    assert judge((YEARLY_BEFORE,), "2027-01-01", done) == "under-way"
    assert judge((YEARLY_BEFORE,), "2027-11-01", done) == "overdue"


def test_of_several_deadlines_this_years_counts_else_the_next():
    half = line("done", done_on="2027-11-30")
    assert judge(TWO, "2027-12-31", line("in-progress")) == "under-way"
    assert judge(TWO, "2027-12-31", half) == "done-on-time"
    assert judge(TWO, "2028-01-01", half) == "under-way"
    assert judge(TWO, "2031-01-01", half) == "overdue"
    assert (
        judge(TWO, "2031-01-01", half, line("done", on="2030-12-01", done_on="2030-11-30"))
        == "done-on-time"
    )


def test_of_two_deadlines_in_one_year_the_last_decides():
    both = dues(
        {"printed": "trước ngày 15 tháng 12", "before": "12-15", "every": "year"},
        {"printed": "cuối năm 2030", "by": "2030"},
    )
    assert [due.day for due in both[-2:]] == [date(2030, 12, 14), date(2030, 12, 31)]
    judged = judged_day(both, date(2030, 12, 20))
    assert judged is not None and judged.day == date(2030, 12, 31)


def test_nothing_reported_is_silence_however_late():
    assert state_of((), dues(BEFORE_DAY), LEAD, date(2099, 1, 1)) == "silent"


@pytest.mark.parametrize("as_of", ["2026-06-29", "2026-06-30", "2099-01-01"])
def test_bodies_that_are_only_asked_are_never_late(as_of: str):
    asked = (Assignment("mttq", "requested", "i.1"),)
    assert judge((BEFORE_DAY,), as_of, line("in-progress", "mttq"), assignments=asked) == "open"
    assert (
        judge((BEFORE_DAY,), as_of, line("done", "mttq", done_on="2026-02-28"), assignments=asked)
        == "done"
    )


def test_unchanged_keeps_the_state_before_it():
    again = line(None, on="2026-05-01", unchanged=True)
    assert (
        judge((BY_YEAR,), "2026-06-01", line("done", done_on="2026-02-01"), again) == "done-on-time"
    )
    assert judge((BY_YEAR,), "2026-06-01", line("blocked"), again) == "under-way"


@pytest.mark.parametrize("status", ["not-started", "blocked"])
def test_the_units_own_word_for_not_done_is_no_state(status: str):
    assert judge((BY_YEAR,), "2026-12-31", line(status)) == "under-way"
    assert judge((BY_YEAR,), "2027-01-01", line(status)) == "overdue"


def test_not_applicable_is_no_failure():
    assert (
        judge((BY_YEAR,), "2099-01-01", line("not-applicable", reason="xã không có biển"))
        == "not-applicable"
    )


def test_several_leads_are_done_when_all_that_reported_are():
    leads = (*LEAD, Assignment("phong-b", "lead", "i.1"))
    a, b = line("done", done_on="2026-02-01"), line("in-progress", "phong-b")
    assert judge((BY_YEAR,), "2026-06-01", a, b, assignments=leads) == "under-way"
    b_done = line("done", "phong-b", on="2026-07-01", done_on="2026-06-30")
    assert judge((BY_DAY,), "2026-08-01", a, b_done, assignments=leads) == "done-late"


def test_the_leads_word_stands_against_that_of_others():
    roles = (*LEAD, Assignment("phong-b", "coordinating", "i.1"))
    other = line("done", "phong-b", on="2026-05-01", done_on="2026-04-01")
    assert (
        judge((BY_YEAR,), "2026-06-01", line("in-progress"), other, assignments=roles)
        == "under-way"
    )
    assert judge((BY_YEAR,), "2026-06-01", other, assignments=roles) == "done-on-time"


def unit(name: str, *successors: str) -> registers.Unit:
    return registers.Unit(name=name, level=("commune",), nature="state", successors=successors)


def test_a_successor_answers_for_a_dissolved_unit():
    units = {
        "phong-a": unit("A", "phong-b"),
        "phong-b": unit("B", "phong-c"),
        "phong-c": unit("C"),
        "phong-d": unit("D"),
    }
    old, new = line("in-progress"), line("done", "phong-c", on="2026-05-01", done_on="2026-04-30")
    assert judge((BY_YEAR,), "2026-06-01", old, new, units=units) == "done-on-time"
    stranger = line("in-progress", "phong-d", on="2026-05-02")
    assert judge((BY_YEAR,), "2026-06-01", old, new, stranger, units=units) == "done-on-time"


def test_of_two_successors_both_have_a_say():
    units = {"phong-a": unit("A", "phong-b", "phong-c"), "phong-b": unit("B"), "phong-c": unit("C")}
    b, c = line("done", "phong-b", done_on="2026-02-01"), line("in-progress", "phong-c")
    assert judge((BY_YEAR,), "2026-06-01", b, c, units=units) == "under-way"


@pytest.mark.parametrize(
    ("comparator", "goal", "below", "at", "above"),
    [
        (">", 90, False, False, True),
        (">=", 90, False, True, True),
        ("<", 90, True, False, False),
        ("<=", 90, True, True, False),
        ("=", 90, None, None, None),
        ("~", 90, None, None, None),
    ],
)
def test_a_value_is_held_against_the_targets_own_words(
    comparator: str, goal: int, below: object, at: object, above: object
):
    found = [reached(Decimal(value), comparator, Decimal(goal), "%") for value in (89, 90, 91)]
    assert found == [below, at, above]
    assert reached(Decimal(99), "=", Decimal(100), "%") is False


@pytest.mark.parametrize(
    ("moment", "day"), [("1782838799", "2026-06-30"), ("1782838800", "2026-07-01")]
)
def test_the_day_turns_at_17_utc(moment: str, day: str):
    """2026-06-30T16:59:59Z and 17:00:00Z: midnight in Viet Nam."""
    environment = {name: value for name, value in os.environ.items() if name != "AS_OF"} | {
        "SOURCE_DATE_EPOCH": moment,
        "TZ": "America/New_York",
    }
    command = [sys.executable, "-c", "from congkhai.text.dates import today; print(today())"]
    said = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == day


def test_every_state_stands_on_the_page_about_the_method():
    page = (ROOT / "content" / "phuong-phap.md").read_text("utf-8")
    assert [state for state in STATES if f"| {LABELS[state].capitalize()} |" not in page] == []
