"""Rules about the lines of a report, each by itself and compared with earlier reports.

Comes in: a `ReportContext` and the day that is judged on. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from congkhai.checks.context import Placed, ReportContext, describe_unknown
from congkhai.checks.reports import first_day_of_plan
from congkhai.data import schema
from congkhai.data.entry_rules import ENTRY_RULES, is_broken
from congkhai.data.problem import Problem
from congkhai.model.assignments import deadlines_of
from congkhai.model.status import reached
from congkhai.text.dates import PartialDate, example_day, format_day
from congkhai.text.vietnamese import number


def require_fields_that_belong_together(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require what a line's status asks for, and refuse what contradicts it: `ENTRY_RULES`."""
    for index, entry in enumerate(context.report.entries):
        for rule in ENTRY_RULES:
            if is_broken(rule, entry):
                yield context.loaded.problem(
                    ("entries", index, *([rule.at] if rule.at else [])),
                    rule.message.format(item=entry.item),
                    rule.hint.format(day=_day_of(context, as_of)),
                )


def require_earlier_report_where_nothing_changed(
    context: ReportContext, as_of: date
) -> Iterator[Problem]:
    """Require an earlier line of the unit about an item of which it says that nothing changed."""
    for index, entry in enumerate(context.report.entries):
        if (
            entry.unchanged
            and _find_previous(context, entry, lambda line: not line.unchanged)[0] is None
        ):
            yield context.loaded.problem(
                ("entries", index, "unchanged"),
                f"ghi unchanged nhưng chưa có báo cáo nào trước đó về mục «{entry.item}»",
                "ghi status: not-started, in-progress, done…",
            )


def require_completion_date(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that an item was done on a day with its year, not after the report."""
    for index, entry in enumerate(context.report.entries):
        loc = ("entries", index)
        if entry.done_on is None:
            continue
        if entry.done_on.recurring:
            yield context.loaded.problem(
                (*loc, "done_on"),
                f"ngày hoàn thành {entry.done_on} không có năm",
                f"ghi đủ: {_day_of(context, as_of)}",
            )
        elif (
            not context.report.date.recurring
            and entry.done_on.first_day() > context.report.date.last_day()
        ):
            yield context.loaded.problem(
                (*loc, "done_on"),
                f"ngày hoàn thành {entry.done_on} sau ngày báo cáo {context.report.date}",
                "kiểm tra hai ngày",
            )


def require_completion_in_life_of_plan(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that nothing was done before the plan, nor against what the unit itself said.

    Done in June although the unit's report of October said that it was under way is a warning.
    """
    start = first_day_of_plan(context.plan_context.plan)
    day_of_report = context.report.date
    if start is not None and not day_of_report.recurring and day_of_report.last_day() < start:
        # Told already: the report itself is older than the plan.
        return
    for index, entry in enumerate(context.report.entries):
        done = entry.done_on
        if done is None or done.recurring:
            continue
        loc = ("entries", index, "done_on")
        if start is not None and done.last_day() < start:
            yield context.loaded.problem(
                loc,
                f"ngày hoàn thành {done} trước khi có kế hoạch",
                f"kiểm tra ngày; kế hoạch có từ {format_day(start)}",
            )
            continue
        other, file = _find_previous(
            context, entry, lambda line: line.status not in (None, "done", "not-applicable")
        )
        day = _day_of_file(context, file)
        if other is not None and day is not None and done.last_day() < day and not entry.reason:
            yield context.loaded.problem(
                loc,
                f"ngày hoàn thành {done} trước {file} ({format_day(day)}),"
                " trong đó chính đơn vị báo chưa xong",
                f"kiểm tra ngày; nếu {file} sai thì thêm corrects: {file} và reason",
                "warning",
            )


def _day_of_file(context: ReportContext, file: str) -> date | None:
    """Return the day of an earlier report by its file name; None without one."""
    for loaded in context.before:
        if loaded.path.endswith(f"/{file}") and not loaded.value.date.recurring:
            return loaded.value.date.first_day()
    return None


def require_target_of_value(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that a value belongs to one target of its item."""
    for index, entry in enumerate(context.report.entries):
        placed = context.plan_context.by_id.get(entry.item)
        if placed is None:
            continue
        loc, targets = ("entries", index), placed.item.targets
        keys = [target.key for target in targets if target.key is not None]
        if entry.target is not None and entry.target not in keys:
            yield describe_unknown(
                context.loaded,
                (*loc, "target"),
                "chỉ tiêu",
                entry.target,
                keys,
                f"các key: {', '.join(keys)}"
                if keys
                else "bỏ dòng target: mục này không có chỉ tiêu nào mang key",
            )
        if entry.value is None:
            continue
        if not targets:
            yield context.loaded.problem(
                (*loc, "value"),
                f"mục «{entry.item}» không có chỉ tiêu nào để ghi giá trị",
                "ghi con số vào text",
            )
        elif entry.target is None and len(targets) > 1:
            yield context.loaded.problem(
                (*loc, "value"),
                f"mục «{entry.item}» có {len(targets)} chỉ tiêu, chưa rõ giá trị của chỉ tiêu nào",
                f"thêm target: {' hoặc '.join(keys)}",
            )


def require_values_in_range(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that a percentage lies between 0 and 100, and that no value is negative.

    Where the plan's own words set more than 100 %, a report may say more.
    """
    for index, entry in enumerate(context.report.entries):
        placed = context.plan_context.by_id.get(entry.item)
        if placed is None or entry.value is None:
            continue
        loc = ("entries", index)
        target = target_of(entry, placed.item)
        is_share = (
            target is not None
            and target.unit == "%"
            and max(target.value, target.maximum or 0) <= 100
        )
        if is_share and not 0 <= entry.value <= 100:
            yield context.loaded.problem(
                (*loc, "value"),
                f"kết quả {number(entry.value)}% không nằm trong khoảng từ 0 đến 100",
                "ghi tỷ lệ phần trăm đạt được: 74.5",
            )
        elif entry.value < 0:
            yield context.loaded.problem(
                (*loc, "value"), "giá trị âm", "ghi giá trị đạt được, từ 0 trở lên"
            )


def compare_completion_with_value(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that a target is reported done only when the value in the line reaches it."""
    for index, entry in enumerate(context.report.entries):
        placed = context.plan_context.by_id.get(entry.item)
        target = target_of(entry, placed.item) if placed else None
        if target is None or entry.status != "done" or entry.value is None:
            continue
        goal = (target.comparator, target.value, target.unit, target.maximum)
        if reached(entry.value, *goal) is False:
            yield context.loaded.problem(
                ("entries", index, "status"),
                f"ghi hoàn thành (done), nhưng giá trị {number(entry.value)}"
                f" chưa đạt «{target.printed}»",
                "sửa value, hoặc ghi status: in-progress",
            )


def warn_of_completion_without_value(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Warn of a target that is reported done without a figure in the report, nor one before it."""
    with_value = {entry.item for entry in context.report.entries if entry.value is not None}
    for index, entry in enumerate(context.report.entries):
        placed = context.plan_context.by_id.get(entry.item)
        if entry.status != "done" or placed is None or entry.item in with_value:
            continue
        targets = placed.item.targets
        if entry.target is not None:
            targets = tuple(target for target in targets if target.key == entry.target)
        if not targets or _has_reached(context, entry):
            continue
        printed = "», «".join(target.printed for target in targets)
        yield context.loaded.problem(
            ("entries", index, "status"),
            f"ghi hoàn thành (done) nhưng không ghi kết quả của chỉ tiêu «{printed}»",
            "thêm value: con số đạt được",
            "warning",
        )


def _has_reached(context: ReportContext, entry: schema.Entry) -> bool:
    """Return whether the unit said so by a figure before, of the same item."""
    return any(
        line.item == entry.item and line.value is not None and line.status in ("done", None)
        for loaded in context.before
        for line in loaded.value.entries
    )


def require_reason_for_setback(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require a reason where an item is no longer done, or is further from its target.

    What is due every year may be done for one year and in progress for the next.
    """
    for index, entry in enumerate(context.report.entries):
        if entry.reason is not None or entry.unchanged:
            continue
        loc = ("entries", index)
        placed = context.plan_context.by_id.get(entry.item)
        last, file = _find_previous(context, entry, lambda line: line.status is not None)
        if last is not None and last.status == "done" and entry.status not in ("done", None):
            if placed is None or not _is_due_again(last, placed, context.report.date):
                yield context.loaded.problem(
                    (*loc, "status"),
                    f"lần này ghi chưa xong, nhưng {file} đã báo hoàn thành",
                    "thêm dòng reason nêu lý do; nếu báo cáo trước sai thì thêm cả dòng"
                    " corrects: tên tệp ấy",
                )
        elif placed is not None:
            yield from _compare_with_last_value(context, index, entry, placed)


def _compare_with_last_value(
    context: ReportContext, index: int, entry: schema.Entry, placed: Placed
) -> Iterator[Problem]:
    """Yield a problem when a value is further from its target than the last one reported."""
    target = target_of(entry, placed.item)
    last, file = _find_previous(context, entry, lambda line: line.value is not None)
    if target is None or entry.value is None or last is None or last.value is None:
        return
    if _is_further(entry.value, last.value, target):
        worse = "kém hơn" if target.comparator[0] in "<>" else "xa chỉ tiêu hơn"
        yield context.loaded.problem(
            ("entries", index, "value"),
            f"kết quả {number(entry.value)} {worse} {number(last.value)} đã báo trong {file}",
            "thêm dòng reason nêu lý do",
        )


def _is_due_again(old: schema.Entry, placed: Placed, day: PartialDate) -> bool:
    """Return whether an item that is due every year was done for an earlier year."""
    return (
        any(due.every for due in deadlines_of(placed.item, placed.above))
        and old.done_on is not None
        and (old.done_on.year or 0) < (day.year or 0)
    )


def require_corrected_entry(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that a correction names an earlier report of the unit with a line on the item.

    A correction that names a target corrects the line about that target; one that names none
    corrects every line about the item.
    """
    earlier = {loaded.path.rpartition("/")[2]: loaded for loaded in context.before}
    for index, entry in enumerate(context.report.entries):
        if entry.corrects is None:
            continue
        loc = ("entries", index, "corrects")
        if entry.corrects not in earlier:
            yield describe_unknown(
                context.loaded,
                loc,
                "báo cáo trước đó",
                entry.corrects[:80],
                earlier,
                "tên một tệp báo cáo trước của đơn vị này"
                + (f": {list(earlier)[-1]}" if earlier else "; chưa có tệp nào"),
            )
            continue
        targets = [
            line.target for line in earlier[entry.corrects].value.entries if line.item == entry.item
        ]
        if not targets:
            yield context.loaded.problem(
                loc,
                f"{entry.corrects} không có dòng về mục «{entry.item}»",
                "kiểm tra tên tệp và mã mục",
            )
        elif entry.target not in (None, *targets):
            right_forms = " hoặc ".join(
                f"target: {target}" if target else "bỏ target (dòng ấy nói về cả mục)"
                for target in targets
            )
            yield context.loaded.problem(
                loc,
                f"{entry.corrects} không có dòng về chỉ tiêu «{entry.target}»"
                f" của mục «{entry.item}»",
                right_forms,
            )


def _day_of(context: ReportContext, as_of: date) -> str:
    """Return the day of the report as an example; of the year of `as_of` when it has none."""
    day = context.report.date
    return day.iso() if day.year else example_day(as_of.year, as_of).isoformat()


def target_of(entry: schema.Entry, item: schema.Item) -> schema.Target | None:
    """Return the target that a line is about; None when there is none, or several."""
    if entry.target is not None:
        return next((target for target in item.targets if target.key == entry.target), None)
    return item.targets[0] if len(item.targets) == 1 else None


def _find_previous(
    context: ReportContext, entry: schema.Entry, fits: Callable[[schema.Entry], bool]
) -> tuple[schema.Entry | None, str]:
    """Find the latest earlier line about the same item and target that fits, and its file.

    Of the same unit, and not corrected by a later one; (None, "") when there is none.
    """
    corrected: set[tuple[str, str | None]] = set()
    for loaded in reversed(context.before):
        file = loaded.path.rpartition("/")[2]
        lines = [line for line in loaded.value.entries if line.item == entry.item]
        for line in lines:
            if (
                line.target == entry.target
                and fits(line)
                and not corrected & {(file, line.target), (file, None)}
            ):
                return line, file
        corrected |= {(line.corrects, line.target) for line in lines if line.corrects}
    return None, ""


def _is_further(value: Decimal, old: Decimal, target: schema.Target) -> bool:
    """Return whether a value is further from its target than the old one."""
    if target.comparator in (">", ">="):
        return value < old
    if target.comparator in ("<", "<="):
        return value > old
    return abs(value - target.value) > abs(old - target.value)
