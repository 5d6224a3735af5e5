"""A deadline that is moved when it has passed is told with both days, never dated back."""

from __future__ import annotations

from datetime import date

import pytest

from congkhai.data import schema
from congkhai.model.amendments import Amendment, AmendmentKind, compare_plans
from congkhai.model.former_deadlines import list_deadline_pasts
from congkhai.model.ledger import LedgerEntry
from congkhai.model.ledger_file import CarriedEntry, LedgerFile, dump_ledgers, load_ledgers
from congkhai.model.progress import list_progress, state_on
from congkhai.model.status import due_days, state_of
from congkhai.model.views import Assignment, Commitment, DueDay, EntryView, ReportView
from congkhai.pages.labels import state_words
from tests.unit.test_amendments import due, item, plan

JUNE = schema.Deadline(printed="tháng 6/2026", by="2026-06")
DECEMBER = schema.Deadline(printed="tháng 12/2026", by="2026-12")
YEAR_AFTER = schema.Deadline(printed="năm 2027", by="2027")
YEARS = (2026, 2030)
LEAD = (Assignment("phong-a", "lead", "i.1"),)


def dues(*deadlines: schema.Deadline) -> tuple[DueDay, ...]:
    return due_days(deadlines, *YEARS)


def line(day: date, status: schema.StatusCode, done_on: str | None = None) -> EntryView:
    report = ReportView("p", f"{day}.yml", "", "phong-a", f"{day:%Y}", day, "", 1)
    return EntryView(report, schema.Entry(item="i.1", status=status, done_on=done_on))


def commitment(
    lines: tuple[EntryView, ...] = (),
    now: tuple[schema.Deadline, ...] = (DECEMBER,),
    assignments: tuple[Assignment, ...] = LEAD,
    as_of: date = date(2026, 9, 1),
) -> Commitment:
    return Commitment(
        plan_id="p",
        item=schema.Item(id="i.1", text="Việc."),
        kind="task",
        reference="mục I.1",
        section="i",
        heading="",
        assignments=assignments,
        deadlines=now,
        due=dues(*now),
        state=state_of(lines, dues(*now), assignments, as_of),
        latest=lines[-1] if lines else None,
        history=lines,
        address="",
    )


def moved(
    on: date | None,
    *was: schema.Deadline,
    is_reading: bool = False,
    kind: AmendmentKind = "deadline-later",
) -> LedgerEntry:
    change = Amendment(
        kind, "i.1", "mục I.1", "due", "", "", is_reading=is_reading, deadlines=tuple(was)
    )
    return LedgerEntry("plan-edited", f"moved-{on}", on, "plan.yml", (change,))


def words(one: Commitment, *ledger: LedgerEntry) -> str:
    past = list_deadline_pasts([one], ledger, YEARS, {}).get("i.1")
    return state_words(one._replace(deadline_past=past))


UNDER_WAY = line(date(2026, 5, 1), "in-progress")
JULY = date(2026, 7, 15)
NOTE = "quá hạn từ 01/7/2026, sau đó ngày 15/7/2026 dời hạn đến 31/12/2026"


def test_what_was_late_when_its_deadline_was_moved_says_so():
    one = commitment((UNDER_WAY,))
    assert words(one) == "đang thực hiện, trong hạn"
    assert words(one, moved(JULY, JUNE)) == f"đang thực hiện, trong hạn; {NOTE}"


def test_what_was_done_after_the_deadline_of_its_day_says_so():
    late = line(date(2026, 8, 10), "done", "2026-08-01")
    assert words(commitment((late,)), moved(JULY, JUNE)) == f"hoàn thành đúng hạn; {NOTE}"
    in_time = line(date(2026, 8, 10), "done", "2026-06-30")
    assert words(commitment((in_time,)), moved(JULY, JUNE)) == "hoàn thành đúng hạn"


def test_nobody_calls_silence_late():
    assert words(commitment(), moved(JULY, JUNE)) == (
        "chưa có báo cáo; hạn 30/6/2026 đã qua, sau đó ngày 15/7/2026 dời hạn đến 31/12/2026"
    )


def test_a_deadline_that_was_taken_out_when_it_had_passed_says_so():
    one = commitment((UNDER_WAY,), now=())
    assert words(one, moved(JULY, JUNE)) == (
        "đang thực hiện; quá hạn từ 01/7/2026, sau đó ngày 15/7/2026 bỏ hạn"
    )


@pytest.mark.parametrize(
    "change",
    [
        moved(date(2026, 6, 30), JUNE),
        moved(JULY, JUNE, is_reading=True),
        moved(JULY, YEAR_AFTER),
        moved(JULY),
        moved(None, JUNE),
    ],
    ids=["in time", "read otherwise", "moved forward", "none before", "day unknown"],
)
def test_nothing_is_said_of_a_deadline_that_had_not_passed(change: LedgerEntry):
    assert words(commitment((UNDER_WAY,)), change) == "đang thực hiện, trong hạn"


def test_a_deadline_that_was_set_when_it_had_passed_makes_nobody_late_before():
    """Moved in July from the end of the year to June: in June nothing was late."""
    late = commitment((UNDER_WAY,), now=(JUNE,))
    said = "đang thực hiện, quá hạn; hạn 30/6/2026 mới được ghi ngày 15/7/2026"
    assert words(late, moved(JULY, DECEMBER)) == said
    assert words(late, moved(JULY)) == said, "it had no deadline before"
    assert words(late, moved(date(2026, 6, 1), DECEMBER)) == "đang thực hiện, quá hạn"
    done = commitment((line(date(2026, 8, 1), "done", "2026-07-02"),), now=(JUNE,))
    assert words(done, moved(JULY, DECEMBER)) == (
        "hoàn thành quá hạn; hạn 30/6/2026 mới được ghi ngày 15/7/2026"
    )
    in_time = commitment((line(date(2026, 8, 1), "done", "2026-06-02"),), now=(JUNE,))
    assert words(in_time, moved(JULY, DECEMBER)) == "hoàn thành đúng hạn"


def test_who_is_only_asked_is_never_late():
    asked = (Assignment("phong-a", "requested", "i.1"),)
    one = commitment((UNDER_WAY,), assignments=asked)
    assert words(one, moved(JULY, JUNE)) == "đang thực hiện"


def test_of_several_moves_the_first_after_the_day_is_told():
    ledger = [
        moved(date(2026, 3, 1), schema.Deadline(printed="tháng 4/2026", by="2026-04")),
        moved(JULY, JUNE),
        moved(date(2026, 10, 1), DECEMBER),
    ]
    one = commitment((UNDER_WAY,), now=(YEAR_AFTER,))
    assert words(one, *ledger).endswith(
        "; quá hạn từ 01/7/2026, sau đó ngày 15/7/2026 dời hạn đến 31/12/2027"
    )


def test_a_former_id_of_the_item_is_followed():
    change = Amendment("item-moved", "i.1", "mục I.1", "id", "i.9", "i.1")
    entry = LedgerEntry("plan-edited", "renumbered", date(2026, 8, 1), "plan.yml", (change,))
    before = moved(JULY, JUNE)
    (was,) = before.amendments
    ledger = [LedgerEntry("plan-edited", "m", JULY, "plan.yml", (was._replace(item="i.9"),)), entry]
    assert words(commitment((UNDER_WAY,)), *ledger).endswith(NOTE)


def test_an_earlier_year_is_judged_by_its_own_deadline():
    one = commitment((UNDER_WAY,), now=(YEAR_AFTER,))
    past = list_deadline_pasts([one], [moved(date(2027, 2, 1), DECEMBER)], YEARS, {})["i.1"]
    dated = one._replace(deadline_past=past)
    end, today = date(2027, 1, 31), date(2027, 3, 1)
    assert (state_on(one, {}, end), state_on(dated, {}, end)) == ("under-way", "overdue")
    assert state_on(dated, {}, today) == "under-way"
    point, now = list_progress([dated], [UNDER_WAY.report], 2030, {}, date(2027, 1, 31))
    assert point.rollup.counts["under-way"] == 1, "31/12/2026 is in time"
    assert now.rollup.counts["overdue"] == 1


def test_a_comparison_and_the_file_of_a_site_keep_the_deadline_as_it_was():
    before = plan(item(due=[due()]))
    after = plan(item(due=[due(printed="2028", by="2028")]))
    (change,) = compare_plans(before, after)
    assert [one.printed for one in change.deadlines or ()] == [due().printed]
    rows = {"p": (CarriedEntry("plan-edited", "k", "plan.yml", JULY, (change,)),)}
    assert load_ledgers(dump_ledgers(LedgerFile(1, True, rows))).plans == rows
