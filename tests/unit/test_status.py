"""The published rule of `/phuong-phap/`, wording by wording: the day before, on it, after it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from conftest import ROOT
from congkhai.data import registers, schema
from congkhai.model.status import (
    LABELS,
    add_up,
    due_days,
    find_answering_unit,
    is_told_in_part,
    judged_day,
    last_day,
    list_last_words,
    reached,
    roll_up,
    state_of,
)
from congkhai.model.views import STATES, Assignment, EntryView, ReportView, State
from congkhai.pages import charts, labels

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
        ({"printed": "trước ngày 02/6/2026", "before": "2026-06-02"}, "2026-06", "done"),
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


def test_a_day_of_every_year_is_due_on_that_day_and_not_at_the_year_s_end():
    yearly = dues({"printed": "chậm nhất ngày 15/12 hằng năm", "by": "12-15", "every": "year"})
    assert [due.day for due in yearly] == [date(year, 12, 15) for year in range(2026, 2031)]


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


def test_who_answers_today_is_the_last_of_the_first_successors():
    units = {
        "phong-a": unit("A", "phong-b", "phong-d"),
        "phong-b": unit("B", "phong-c"),
        "vong-1": unit("V", "vong-2"),
        "vong-2": unit("V", "vong-1"),
        "dau": unit("Đ", "vong-1"),
    }
    assert [
        find_answering_unit(name, units) for name in ("phong-a", "phong-c", "vong-1", "dau")
    ] == [
        "phong-c",
        "phong-c",
        "vong-2",
        "vong-2",
    ]


TARGETS = ("ho-so", "thoi-gian")


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([("ho-so", "done")], "under-way"),
        ([("ho-so", "done"), ("thoi-gian", "in-progress")], "under-way"),
        ([("ho-so", "done"), ("thoi-gian", "done")], "done-on-time"),
        ([("ho-so", "in-progress"), ("thoi-gian", "done"), ("ho-so", "done")], "done-on-time"),
        ([(None, "done")], "done-on-time"),
        ([("ho-so", "in-progress"), (None, "done")], "done-on-time"),
        ([(None, "in-progress"), ("ho-so", "done"), ("thoi-gian", "done")], "done-on-time"),
        ([(None, "done"), ("ho-so", "in-progress")], "under-way"),
        ([(None, "done"), ("ho-so", "done")], "under-way"),
    ],
)
def test_an_item_with_several_targets_is_done_when_all_are(
    lines: list[tuple[str | None, str]], state: State
):
    """A line about the whole item replaces those about its targets, and the other way round."""
    history = [
        line(status, target=target, **({"done_on": "2026-02-01"} if status == "done" else {}))
        for target, status in lines
    ]
    assert judge((BY_YEAR,), "2026-06-01", *history, targets=TARGETS) == state


def test_of_several_leads_what_others_say_of_the_item_does_not_count():
    roles = (*LEAD, Assignment("phong-b", "coordinating", "i.1"))
    done, other = line("done", done_on="2026-02-01"), line("in-progress", "phong-b")
    assert judge((BY_YEAR,), "2026-06-01", done, other, assignments=roles) == "done-on-time"


def test_where_nobody_leads_every_assigned_unit_has_a_say():
    roles = tuple(Assignment(name, "implementing", "i.1") for name in ("phong-a", "phong-b"))
    open_yet, done = line("in-progress", "phong-b"), line("done", done_on="2026-02-01")
    assert judge((BY_YEAR,), "2026-06-01", open_yet, done, assignments=roles) == "under-way"


def test_a_bare_value_does_not_say_that_something_is_done():
    leads = (*LEAD, Assignment("phong-b", "lead", "i.1"))
    value, done = line(value="3"), line("done", "phong-b", done_on="2026-02-01")
    assert judge((BY_YEAR,), "2026-06-01", value, done, assignments=leads) == "under-way"


def test_done_without_a_day_is_not_called_done():
    assert judge((BY_YEAR,), "2026-06-01", line("done")) == "under-way"


def test_a_unit_that_an_item_does_not_apply_to_does_not_keep_it_open():
    leads = (*LEAD, Assignment("phong-b", "lead", "i.1"))
    done = line("done", done_on="2026-02-01")
    other = line("not-applicable", "phong-b", reason="xã không có biển", done_on="2027-02-01")
    assert judge((BY_YEAR,), "2026-06-01", done, other, assignments=leads) == "done-on-time"


def test_while_no_lead_has_reported_the_order_of_others_decides_nothing():
    roles = (*LEAD, *(Assignment(name, "coordinating", "i.1") for name in ("phong-b", "phong-c")))
    done = line("done", "phong-b", done_on="2026-02-01")
    blocked = line("blocked", "phong-c")
    for lines in ((done, blocked), (blocked, done)):
        assert judge((BY_YEAR,), "2026-06-01", *lines, assignments=roles) == "under-way"


GROUPS = {
    name: registers.Unit(name=name, level=("commune",), nature=nature)
    for name, nature in [
        ("cac-phong", "group"),
        ("cac-hoi", "group"),
        ("phong-a", "state"),
        ("phong-b", "state"),
        ("phong-c", "state"),
    ]
}


def judge_group(roles: str, *lines: EntryView, as_of: str = "2026-06-01") -> State:
    """Judge what is assigned like «lead: cac-phong; coordinating: phong-a»."""
    assignments = tuple(
        Assignment(unit, role, "i.1", is_several=unit.startswith("cac-"))  # type: ignore[arg-type]
        for role, unit in (part.split(": ") for part in roles.split("; "))
    )
    state = judge((BY_YEAR,), as_of, *lines, assignments=assignments, units=GROUPS)
    assert is_told_in_part(lines, assignments, GROUPS) == (state == "open")
    return state


A_DONE = line("done", "phong-a", done_on="2026-02-01")
B_DONE = line("done", "phong-b", done_on="2026-02-01")
B_BLOCKED = line("blocked", "phong-b", on="2026-04-01")


@pytest.mark.parametrize("as_of", ["2026-06-01", "2027-06-01"])
@pytest.mark.parametrize(
    "lines",
    [
        (A_DONE,),
        (A_DONE, B_DONE),
        (A_DONE, B_BLOCKED),
        (B_BLOCKED, A_DONE),
        (line("not-applicable", "phong-a", reason="không có"),),
    ],
)
@pytest.mark.parametrize(
    "roles",
    [
        "lead: cac-phong",
        "implementing: cac-phong; implementing: cac-hoi",
        "lead: phong-a; lead: cac-phong",
        "implementing: cac-phong; coordinating: phong-a",
        "coordinating: phong-a; coordinating: cac-phong",
        "requested: cac-phong",
    ],
)
def test_some_bodies_of_a_group_never_close_what_is_written_for_it(
    roles: str, lines: tuple[EntryView, ...], as_of: str
):
    """Nor are the others late by their silence: which bodies the group has is not known."""
    assert judge_group(roles, *lines, as_of=as_of) == "open"


@pytest.mark.parametrize(
    "roles",
    ["lead: phong-a; coordinating: cac-phong", "implementing: phong-a; coordinating: cac-phong"],
)
def test_a_group_that_only_helps_does_not_keep_a_named_bodys_work_open(roles: str):
    assert judge_group(roles, A_DONE) == "done-on-time"
    assert judge_group(roles, A_DONE, B_DONE) == "done-on-time"
    assert judge_group(roles, B_DONE) == "open", "the named body has not reported"


def test_of_a_group_that_nobody_reported_for_nothing_is_told():
    group = (Assignment("cac-phong", "lead", "i.1", is_several=True),)
    assert state_of((), dues(BY_YEAR), group, date(2027, 6, 1), GROUPS) == "silent"
    assert not is_told_in_part((), group, GROUPS)


def test_each_body_has_its_last_word_the_newest_first():
    again = line(None, "phong-a", on="2026-05-01", unchanged=True)
    words = list_last_words([line("blocked"), A_DONE, B_BLOCKED, again], GROUPS)
    assert [(word.unit, word.status) for word in words] == [
        ("phong-b", "blocked"),
        ("phong-a", "done"),
    ]
    part = [line("done", target="ho-so", done_on="2026-02-01")]
    assert [word.status for word in list_last_words(part, GROUPS, TARGETS)] == ["in-progress"]
    assert [word.status for word in list_last_words([line(value="3")], GROUPS)] == [None]


def test_what_is_asked_of_one_body_and_ordered_of_another_can_be_late():
    both = (Assignment("mttq", "requested", "i.1"), *LEAD)
    assert judge((BEFORE_DAY,), "2026-07-01", line("blocked"), assignments=both) == "overdue"
    assert judge((BEFORE_DAY,), "2026-07-01", line("blocked"), assignments=()) == "overdue"


def test_what_was_done_before_the_plans_first_round_was_not_done_in_it():
    before = line("done", done_on="2025-12-31")
    assert judge((YEARLY_BEFORE,), "2026-03-01", before) == "under-way"


def test_being_done_is_for_the_deadline_after_it():
    """In 2028 the deadline of 2027 has passed, so the work is for that of 2030."""
    assert judge(TWO, "2028-12-31", line("done", done_on="2028-05-01")) == "done-on-time"
    three = ({"printed": "trong năm 2026", "by": "2026"}, *TWO)
    assert judge(three, "2028-12-31", line("done", done_on="2027-01-15")) == "under-way"


def test_deadlines_fall_due_in_the_order_of_their_days():
    late, early = {"printed": "năm 2030", "by": "2030"}, {"printed": "năm 2027", "by": "2027"}
    again = {"printed": "hết năm 2027", "by": "2027"}
    assert [due.deadline.printed for due in dues(late, again, early)] == [
        "hết năm 2027",
        "năm 2027",
        "năm 2030",
    ]


def test_a_deadline_beyond_the_plans_years_is_due_all_the_same():
    (due,) = dues({"printed": "đến năm 2035", "by": "2035"})
    assert due.day == date(2035, 12, 31)


@pytest.mark.parametrize(
    "deadline",
    [
        {"printed": "thường xuyên, hằng năm", "ongoing": "true", "every": "year"},
        {"printed": "thường xuyên", "ongoing": "true"},
        {"printed": "kịp thời"},
    ],
)
def test_what_names_no_last_day_never_falls_due(deadline: dict[str, str]):
    assert dues(deadline) == ()
    assert last_day(schema.Deadline(**deadline)) is None


def test_only_what_comes_back_each_year_ends_with_the_year():
    assert last_day(schema.Deadline(**ALWAYS), 2026) is None
    assert last_day(schema.Deadline(**YEARLY), 2026) == date(2026, 12, 31)
    assert last_day(schema.Deadline(**YEARLY)) is None


@pytest.mark.parametrize(
    ("every", "days", "said"),
    [
        ("month", ["31/01", "28/02", "31/03"], "trong tháng 01/2026"),
        ("quarter", ["31/03", "30/06", "30/09"], "trong quý I/2026"),
        ("half", ["30/06", "31/12", "30/06"], "trong 6 tháng đầu năm 2026"),
        ("year", ["31/12", "31/12", "31/12"], "trong năm 2026"),
    ],
)
def test_what_comes_back_is_due_at_the_end_of_each_period(every: str, days: list[str], said: str):
    found = dues({"printed": "định kỳ", "every": every})
    assert [f"{due.day:%d/%m}" for due in found[:3]] == days
    assert labels.due_day(found[0]).replace("tháng 1/", "tháng 01/") == said
    assert found[-1].day == date(2030, 12, 31)


def test_a_quarter_is_due_on_its_last_day():
    (due,) = dues({"printed": "trong quý III/2026", "by": "2026-q3"})
    assert (due.day, labels.due_day(due)) == (date(2026, 9, 30), "trong quý III/2026")
    (due,) = dues({"printed": "trước quý III/2026", "before": "2026-q3"})
    assert (due.day, labels.due_day(due)) == (date(2026, 6, 30), "trước quý III/2026")


def test_a_range_is_reached_from_its_lower_figure_and_judged_by_a_reader_above_it():
    found = [
        reached(Decimal(value), ">=", Decimal(1), "%", Decimal(3)) for value in ("0.9", 1, 3, 4)
    ]
    assert found == [False, True, True, None]


def test_a_roll_up_counts_each_state_and_silence_as_silence():
    one = roll_up(["silent", "done", "done-late", "silent", "overdue"])
    assert (one.total, one.reported, one.done) == (5, 3, 2)
    assert {state: count for state, count in one.counts.items() if count} == {
        "silent": 2,
        "done": 1,
        "done-late": 1,
        "overdue": 1,
    }
    assert list(one.counts) == list(STATES)


def test_roll_ups_of_several_plans_add_up():
    one = roll_up(["silent", "done"])._replace(removed_reports=2)
    both = add_up([one, roll_up(["done", "open"])._replace(removed_reports=1)])
    assert (both.total, both.removed_reports) == (4, 3)
    assert [both.counts[state] for state in ("silent", "done", "open", "overdue")] == [1, 2, 1, 0]
    assert list(both.counts) == list(STATES)


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
    assert reached(Decimal(100), "=", Decimal(100), "%") is True
    assert reached(Decimal(99), "=", Decimal(100), "người") is None
    assert reached(Decimal(101), ">=", Decimal(100), "%") is True


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


def test_what_is_only_asked_for_is_counted_apart():
    """In the total, in words, and in the bar: nobody owes a report of it."""
    counted = roll_up(["done", "silent", "requested", "requested"], ["requested", "requested"])
    assert (counted.total, counted.asked_total) == (4, 2)
    assert (counted.owed.total, counted.owed.reported, counted.owed.counts["silent"]) == (2, 1, 1)
    assert labels.rollup_line(counted) == (
        "2 việc: 1 đã có báo cáo (1 hoàn thành), 1 chưa có báo cáo; 2 việc được đề nghị"
    )
    assert [part.count for part in charts.stack(counted)] == [1, 1]
    both = add_up([counted, roll_up(["done"], ["done"])])
    assert both.asked_total == 3
    assert labels.rollup_line(both).endswith("; 3 việc được đề nghị, 1 đã có báo cáo")
    assert labels.rollup_line(roll_up(["requested"], ["requested"])) == "1 việc được đề nghị"
    assert [labels.count_apart(owed, asked) for owed, asked in ((34, 1), (34, 0), (0, 13))] == [
        "34 việc + 1 đề nghị",
        "34 việc",
        "13 đề nghị",
    ]


def test_who_is_only_asked_is_never_told_to_be_silent():
    asked = (Assignment("uy-ban-mttq", "requested", "iii.8"),)
    assert state_of((), (), asked, date(2026, 7, 1)) == "requested"
    assert state_of((), (), (*asked, *LEAD), date(2026, 7, 1)) == "silent"
