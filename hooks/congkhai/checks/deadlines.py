"""Rules about the period of a plan, its deadlines and the dates of its targets.

Comes in: a `PlanContext`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from congkhai.checks.context import PlanContext
from congkhai.data import schema
from congkhai.data.problem import Problem, Severity
from congkhai.data.strict_yaml import Loc
from congkhai.model.amendments import CYCLES

_FORMS = "by: 2026-06-30, before: 11-01, every: year hoặc ongoing: true"


def is_in_order(period: schema.Period) -> bool:
    """Return whether a period ends no earlier than it starts; else no date can lie in it."""
    return period.start is None or period.start <= period.end


def require_period_in_order(context: PlanContext) -> Iterator[Problem]:
    """Require that the first year of a plan is not after its last."""
    period = context.plan.period
    if not is_in_order(period):
        yield context.loaded.problem(
            ("period", "to"),
            f"giai đoạn kết thúc năm {period.end}, trước năm bắt đầu {period.start}",
            f"dạng đúng: period: {{from: {period.end}, to: {period.start}}}",
        )


def require_one_form_of_deadline(context: PlanContext) -> Iterator[Problem]:
    """Require that a deadline is by a day, before a day, every year, or without end.

    Only one of these, `every` beside a day excepted: a day without a year comes every year.
    """
    for due, loc in _list_deadlines(context):
        forms = [name for name in ("by", "before") if getattr(due, name) is not None]
        if due.ongoing:
            forms.append("ongoing")
        if len(forms) > 1:
            yield context.loaded.problem(
                (*loc, forms[1]),
                f"thời hạn có cả {' và '.join(forms)}",
                "chỉ một cách: by (hết ngày đó), before (không tính ngày đó) hoặc ongoing",
            )
        elif not forms and due.every is None:
            yield context.loaded.problem(
                loc, "thời hạn mới chép chữ, chưa ghi ngày", f"thêm {_FORMS}"
            )
        if due.ongoing and due.every is not None:
            yield context.loaded.problem(
                (*loc, "every"),
                "thường xuyên thì không đến hạn theo kỳ",
                "bỏ every hoặc bỏ ongoing",
            )
        yield from _check_cycle(context, due, loc)


def _list_deadlines(context: PlanContext) -> Iterator[tuple[schema.Deadline, Loc]]:
    """Yield every deadline of the plan with its place in the file."""
    for placed in context.items:
        for index, due in enumerate(placed.item.due):
            yield due, (*placed.loc, "due", index)


def _check_cycle(context: PlanContext, due: schema.Deadline, loc: Loc) -> Iterator[Problem]:
    """Compare `every` with the days: a day without a year comes every year, others once."""
    for name in ("by", "before", "start"):
        day = getattr(due, name)
        if day is None:
            continue
        if day.recurring and due.every is None:
            yield context.loaded.problem(
                (*loc, name),
                f"ngày {day} không có năm",
                "nếu hằng năm thì thêm every: year;"
                f" nếu một lần thì ghi đủ năm: 2026-{day.month:02}-{day.day:02}",
            )
        if not day.recurring and due.every is not None and name != "start":
            yield context.loaded.problem(
                (*loc, name),
                f"đến hạn {CYCLES[due.every]} nhưng ngày {day} chỉ có một lần",
                "ghi ngày không có năm: 11-01; hoặc bỏ every",
            )
        elif day.recurring and due.every not in (None, "year"):
            yield context.loaded.problem(
                (*loc, "every"),
                f"every: {due.every} không đi với ngày {day}, là ngày của mỗi năm",
                "ghi every: year; nếu mỗi tháng, mỗi quý đều đến hạn thì bỏ ngày",
            )


def require_deadlines_in_period(context: PlanContext) -> Iterator[Problem]:
    """Require that deadlines and starts lie in the years of the plan, the start first."""
    for due, loc in _list_deadlines(context):
        if due.by is not None and not due.by.recurring:
            yield from _outside(context, (*loc, "by"), due.by.last_day())
        if due.before is not None and not due.before.recurring:
            yield from _outside(
                context, (*loc, "before"), due.before.first_day() - timedelta(days=1)
            )
        if due.start is not None and not due.start.recurring:
            yield from _outside(context, (*loc, "start"), due.start.first_day())
            end = due.by or due.before
            if end is not None and not end.recurring and due.start.first_day() > end.last_day():
                yield context.loaded.problem(
                    (*loc, "start"),
                    f"bắt đầu {due.start}, sau thời hạn {end}",
                    "đổi lại start và thời hạn",
                )


def require_target_dates_in_period(context: PlanContext) -> Iterator[Problem]:
    """Require that the date beside a target has a year, and lies in the years of the plan."""
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            loc = (*placed.loc, "targets", index, "by")
            if target.by is not None and target.by.recurring:
                yield context.loaded.problem(
                    loc,
                    f"hạn của chỉ tiêu «{target.by}» không có năm",
                    "ghi đủ năm: 2030 hoặc 2030-12-31",
                )
            elif target.by is not None:
                yield from _outside(context, loc, target.by.last_day(), "warning")


def require_year_of_document(context: PlanContext) -> Iterator[Problem]:
    """Require that a document is issued in a year, and not after its plan has ended."""
    day = context.plan.document.date
    if day is None:
        return
    if day.recurring:
        yield context.loaded.problem(
            ("document", "date"),
            f"ngày ban hành {day} không có năm",
            "ghi phần đọc được trong văn bản: 2026, 2026-05 hoặc 2026-05-06",
        )
    elif day.first_day().year > context.plan.period.end:
        yield context.loaded.problem(
            ("document", "date"),
            f"ban hành {day}, sau khi giai đoạn kết thúc ({context.plan.period.end})",
            "kiểm tra năm ban hành và period",
        )


def _outside(
    context: PlanContext, loc: Loc, day: date, severity: Severity = "error"
) -> Iterator[Problem]:
    """Yield a problem when a day lies outside the years of the plan."""
    period = context.plan.period
    if not is_in_order(period):
        return
    if day.year > period.end or (period.start is not None and day.year < period.start):
        years = f"{period.start or '…'}–{period.end}"
        yield context.loaded.problem(
            loc,
            f"năm {day.year} ngoài giai đoạn {years} của kế hoạch",
            "kiểm tra năm, hoặc period",
            severity,
        )
