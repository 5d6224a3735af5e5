"""The rule of states, asked for an earlier day."""

from __future__ import annotations

from datetime import date

from congkhai.data import registers, schema
from congkhai.model.progress import judge_due_day, list_progress, state_on
from congkhai.model.status import due_days
from congkhai.model.views import Assignment, Commitment, EntryView, ReportView, State

LEAD = Assignment("phong-a", "lead", "i.1")
BY_2030 = schema.Deadline(printed="đến hết năm 2030", by="2030")


def report(period: str, on: str, unit: str = "phong-a") -> ReportView:
    return ReportView("p", f"{period}-{unit}.yml", "", unit, period, date.fromisoformat(on), "", 0)


def line(
    of: ReportView,
    corrected_by: ReportView | None = None,
    corrects: ReportView | None = None,
    **entry: object,
) -> EntryView:
    return EntryView(of, schema.Entry(item="i.1", **entry), corrected_by, corrects)


def commitment(
    *history: EntryView,
    deadlines: tuple[schema.Deadline, ...] = (BY_2030,),
    targets: tuple[schema.Target, ...] = (),
    state: State = "silent",
) -> Commitment:
    return Commitment(
        plan_id="p",
        item=schema.Item(id="i.1", text="Chữ.", targets=targets),
        kind="task",
        reference="mục I.1",
        section="i",
        heading="",
        assignments=(LEAD,),
        deadlines=deadlines,
        due=due_days(deadlines, 2025, 2030),
        state=state,
        latest=None,
        history=history,
        address="",
    )


def state(day: str, *history: EntryView) -> State:
    return state_on(commitment(*history), {}, date.fromisoformat(day))


def test_what_was_done_after_a_day_was_not_done_on_it():
    """A report for 2025 made in February 2026 may tell of January."""
    late = line(report("2025", "2026-02-10"), status="done", done_on="2026-01-20")
    assert state("2025-12-31", late) == "under-way"
    assert state("2026-12-31", late) == "done-on-time"
    assert (
        state("2025-12-31", line(report("2025", "2026-02-10"), status="done", done_on="2025"))
        == "done-on-time"
    )


def test_what_was_done_on_a_day_was_done_on_it():
    assert (
        state("2025-12-31", line(report("2025", "2026-02-10"), status="done", done_on="2025-12-31"))
        == "done-on-time"
    )


def test_a_month_or_a_year_that_has_begun_may_be_over_for_the_work():
    month = line(report("2026", "2026-06-10"), status="done", done_on="2026-06")
    assert state("2026-06-15", month) == "done-on-time"
    assert state("2026-05-31", month) == "under-way"


def test_a_report_about_a_year_counts_from_its_first_day():
    early = line(report("2026", "2026-01-10"), status="in-progress")
    assert state("2026-01-01", early) == "under-way"
    assert state("2025-12-31", early) != "under-way"


def test_one_lead_that_was_done_later_keeps_the_item_open():
    both = (LEAD, Assignment("phong-b", "lead", "i.1"))
    early = line(report("2025", "2025-10-20"), status="done", done_on="2025-09-01")
    late = line(report("2025", "2026-02-10", "phong-b"), status="done", done_on="2026-01-20")
    task = commitment(early, late)._replace(assignments=both)
    assert state_on(task, {}, date(2025, 12, 31)) == "under-way"
    assert state_on(task, {}, date(2026, 12, 31)) == "done-on-time"


def test_what_was_done_after_a_day_leaves_other_words_in_force():
    """Nothing says that it was done then; that it was under way is what the line still says."""
    always = schema.Deadline(printed="thường xuyên", ongoing="true")
    later = line(report("2025", "2026-02-10"), status="done", done_on="2026-01-20")
    found = state_on(commitment(later, deadlines=(always,)), {}, date(2025, 12, 31))
    assert found == "open"


def test_a_line_that_was_corrected_says_nothing():
    first, second = report("2025", "2025-10-20"), report("2025-12", "2025-12-20")
    history = (
        line(second, corrects=first, status="in-progress"),
        line(first, corrected_by=second, status="done", done_on="2025-09-01"),
    )
    assert state("2025-12-31", *history) == "under-way"


TARGETS = tuple(
    schema.Target(key=key, measure="do", printed="90%", comparator="=", value="90", unit="%")
    for key in ("ho-so", "thoi-gian")
)


def test_on_an_earlier_day_too_all_targets_have_to_be_done():
    one = line(report("2025", "2025-10-20"), status="done", done_on="2025-09-01", target="ho-so")
    half = commitment(one, targets=TARGETS)
    assert state_on(half, {}, date(2025, 12, 31)) == "under-way"


def test_on_an_earlier_day_too_a_successor_answers():
    units = {
        "phong-a": registers.Unit(name="A", level=("commune",), nature="state", successors=("b",)),
        "b": registers.Unit(name="B", level=("commune",), nature="state"),
    }
    done = line(report("2025", "2025-11-01", "b"), status="done", done_on="2025-09-01")
    old = line(report("2025", "2025-10-20"), status="in-progress")
    assert state_on(commitment(old, done), units, date(2025, 12, 31)) == "done-on-time"


def test_a_correction_is_about_the_year_of_the_line_with_its_target():
    """The lines about the other target, and of other reports, are not what it corrects."""
    first, other = report("2025", "2025-10-20"), report("2026", "2026-10-20")
    second, third = report("2026-q4", "2026-12-20"), report("2027-q1", "2027-03-20")
    history = (
        line(first, status="done", done_on="2025-02-01", target="thoi-gian"),
        line(first, corrected_by=second, status="blocked", target="ho-so"),
        line(other, status="in-progress", target="thoi-gian"),
        line(second, corrected_by=third, corrects=first, status="blocked", target="ho-so"),
        line(third, corrects=second, status="done", done_on="2025-03-01", target="ho-so"),
    )
    assert state_on(commitment(*history, targets=TARGETS), {}, date(2025, 12, 31)) == "done-on-time"


def test_of_two_lines_of_a_report_the_one_with_the_target_is_corrected():
    old, middle = report("2025", "2025-10-20"), report("2026", "2026-10-20")
    last = report("2027", "2027-10-20")
    history = (
        line(middle, status="in-progress", target="thoi-gian"),
        line(old, corrected_by=middle, status="blocked", target="ho-so"),
        line(middle, corrected_by=last, corrects=old, status="blocked", target="ho-so"),
        line(last, corrects=middle, status="done", done_on="2025-03-01", target="ho-so"),
    )
    found = state_on(commitment(*history, targets=TARGETS[:1]), {}, date(2025, 12, 31))
    assert found == "done-on-time"


def test_a_correction_of_what_is_not_held_is_about_the_corrected_reports_year():
    lost = report("2025", "2025-10-20")
    history = (
        line(report("2025", "2025-11-20", "phong-b"), status="blocked", target="thoi-gian"),
        line(report("2026", "2026-03-20"), corrects=lost, status="in-progress", target="ho-so"),
    )
    assert state("2025-12-31", *history[1:]) == "under-way"
    assert state("2024-12-31", *history[1:]) == "silent"


def test_one_standing_a_year_and_todays():
    first, second = report("2026", "2026-10-20"), report("2027-q1", "2027-03-20")
    done = line(second, status="done", done_on="2027-02-01")
    task = commitment(line(first, status="in-progress"), done)
    found = list_progress([task], [first, second], 2030, {}, date(2028, 5, 1))
    assert [one.day for one in found] == [date(2026, 12, 31), date(2027, 12, 31), None]
    assert [one.reports for one in found] == [(first,), (second,), ()]
    assert [one.rollup.counts["under-way"] for one in found] == [1, 0, 0]
    assert [one.rollup.counts["done-on-time"] for one in found] == [0, 1, 1]


def test_where_a_plan_is_now_names_the_reports_of_this_year():
    first, second = report("2026", "2026-10-20"), report("2027", "2027-03-20")
    found = list_progress([commitment()], [first, second], 2030, {}, date(2027, 5, 1))
    assert [one.reports for one in found] == [(first,), (second,)]


def test_what_is_only_asked_for_is_counted_apart_each_year():
    asked = commitment()._replace(assignments=(LEAD._replace(role="requested"),))
    reports = [report("2026", "2026-10-20")]
    found = list_progress([commitment(), asked], reports, 2030, {}, date(2027, 5, 1))
    assert [(one.rollup.total, one.rollup.asked_total) for one in found] == [(2, 1), (2, 1)]


def test_in_the_plans_own_last_year_and_after_it_no_year_is_doubled():
    reports = [report("2029", "2029-10-20"), report("2030", "2030-10-20")]

    def days(as_of: date) -> list[date | None]:
        return [one.day for one in list_progress([], reports, 2030, {}, as_of)]

    assert days(date(2030, 6, 1)) == [date(2029, 12, 31), None]
    assert days(date(2030, 12, 31)) == [date(2029, 12, 31), None]
    assert days(date(2032, 6, 1)) == [
        date(2029, 12, 31),
        date(2030, 12, 31),
        None,
    ]


def test_standings_begin_with_the_first_report_whichever_is_listed_first():
    reports = [report("2027", "2027-10-20"), report("2026", "2027-11-20")]
    found = list_progress([], reports, 2030, {}, date(2028, 1, 1))
    assert [one.day and one.day.year for one in found] == [2026, 2027, None]


def test_while_nothing_is_reported_there_are_no_standings():
    assert list_progress([commitment()], [], 2030, {}, date(2028, 5, 1)) == ()


YEARLY = schema.Deadline(printed="trước 01/11 hằng năm", before="11-01", every="year")


def test_a_past_due_day_is_judged_at_its_years_end_and_a_later_one_not_yet():
    history = line(report("2026", "2026-10-20"), status="done", done_on="2026-10-01")
    task = commitment(history, deadlines=(YEARLY,), state="under-way")
    found = {due.year: judge_due_day(task, due, {}, date(2027, 6, 1)) for due in task.due}
    assert found == {
        2025: ("silent", date(2025, 12, 31)),
        2026: ("done-on-time", date(2026, 12, 31)),
        2027: ("under-way", None),
        2028: (None, None),
        2029: (None, None),
        2030: (None, None),
    }


def test_the_next_due_day_has_todays_state_also_when_it_is_years_away():
    task = commitment(state="under-way")
    assert judge_due_day(task, task.due[0], {}, date(2027, 6, 1)) == ("under-way", None)


def test_of_two_due_days_this_year_both_have_todays_state():
    half = schema.Deadline(printed="trong tháng 6 năm 2027", by="2027-06")
    whole = schema.Deadline(printed="năm 2027", by="2027")
    task = commitment(deadlines=(half, whole), state="overdue")
    assert [judge_due_day(task, due, {}, date(2027, 8, 1)) for due in task.due] == [
        ("overdue", None),
        ("overdue", None),
    ]


def test_after_the_plans_years_the_last_due_day_has_todays_state():
    task = commitment(deadlines=(YEARLY,), state="overdue")
    assert judge_due_day(task, task.due[-1], {}, date(2035, 1, 1)) == ("overdue", None)


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
