"""Rules about what a report says of each item, by itself and against the report before.

Comes in: a `ReportContext` and the day that is judged on. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from congkhai.checks.context import Placed, ReportContext, unknown
from congkhai.data import schema
from congkhai.data.problem import Problem
from congkhai.model.assignments import deadlines_of
from congkhai.model.status import reached
from congkhai.text.dates import PartialDate, example_day
from congkhai.text.vietnamese import number


def lines_say_something(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A line gives a status or a value, or says that nothing changed; not both."""
    for index, entry in enumerate(filing.report.entries):
        loc = ("entries", index)
        if entry.status is None and entry.value is None and not entry.unchanged:
            yield filing.loaded.problem(
                loc,
                f"dòng về mục «{entry.item}» không có status, value hay unchanged",
                "thêm status: in-progress, hoặc unchanged: true khi không có gì mới",
            )
        if entry.unchanged and (entry.status is not None or entry.value is not None):
            yield filing.loaded.problem(
                (*loc, "unchanged"),
                "vừa ghi không có gì mới (unchanged), vừa ghi status hoặc value",
                "chỉ giữ một trong hai",
            )
        if entry.unchanged and _previous(filing, entry, lambda line: not line.unchanged) is None:
            yield filing.loaded.problem(
                (*loc, "unchanged"),
                f"ghi unchanged nhưng chưa có báo cáo nào trước đó về mục «{entry.item}»",
                "ghi status: not-started, in-progress, done…",
            )


def done_has_a_day(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """What is done was done on a day, not after the report; only what is done has that day."""
    for index, entry in enumerate(filing.report.entries):
        loc = ("entries", index)
        if entry.status == "done" and entry.done_on is None:
            yield filing.loaded.problem(
                (*loc, "status"),
                "hoàn thành (done) nhưng chưa ghi ngày hoàn thành",
                f"thêm done_on: {_day_of(filing, as_of)}",
            )
        if entry.done_on is None:
            continue
        if entry.status != "done":
            yield filing.loaded.problem(
                (*loc, "done_on"),
                "có ngày hoàn thành nhưng status không phải done",
                "ghi status: done, hoặc bỏ done_on",
            )
        if entry.done_on.recurring:
            yield filing.loaded.problem(
                (*loc, "done_on"),
                f"ngày hoàn thành {entry.done_on} không có năm",
                f"ghi đủ: {_day_of(filing, as_of)}",
            )
        elif (
            not filing.report.date.recurring
            and entry.done_on.first_day() > filing.report.date.last_day()
        ):
            yield filing.loaded.problem(
                (*loc, "done_on"),
                f"ngày hoàn thành {entry.done_on} sau ngày báo cáo {filing.report.date}",
                "kiểm tra hai ngày",
            )


def not_applicable_has_a_reason(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """Whoever says that an item does not apply says why."""
    for index, entry in enumerate(filing.report.entries):
        if entry.status == "not-applicable" and entry.reason is None:
            yield filing.loaded.problem(
                ("entries", index, "status"),
                "không áp dụng (not-applicable) nhưng chưa ghi lý do",
                'thêm reason: "…"',
            )


def values_fit_their_target(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A value belongs to one target of its item; a percentage lies between 0 and 100."""
    for index, entry in enumerate(filing.report.entries):
        placed = filing.subject.by_id.get(entry.item)
        if placed is None:
            continue
        loc, targets = ("entries", index), placed.item.targets
        keys = [target.key for target in targets if target.key is not None]
        if entry.target is not None and entry.target not in keys:
            yield unknown(
                filing.loaded,
                (*loc, "target"),
                "chỉ tiêu",
                entry.target,
                keys,
                "bỏ dòng target: mục này không có chỉ tiêu nào mang key"
                if not keys
                else f"các key: {', '.join(keys)}",
            )
        if entry.value is None:
            continue
        if not targets:
            yield filing.loaded.problem(
                (*loc, "value"),
                f"mục «{entry.item}» không có chỉ tiêu nào để ghi giá trị",
                "ghi con số vào text",
            )
        elif entry.target is None and len(targets) > 1:
            yield filing.loaded.problem(
                (*loc, "value"),
                f"mục «{entry.item}» có {len(targets)} chỉ tiêu, chưa rõ giá trị của chỉ tiêu nào",
                f"thêm target: {' hoặc '.join(keys)}",
            )
        target = target_of(entry, placed.item)
        if target is not None and target.unit == "%" and not 0 <= entry.value <= 100:
            yield filing.loaded.problem(
                (*loc, "value"),
                f"giá trị {number(entry.value)} % ngoài khoảng 0–100",
                "ghi tỷ lệ phần trăm đạt được: 74.5",
            )
        elif entry.value < 0:
            yield filing.loaded.problem(
                (*loc, "value"), "giá trị âm", "ghi giá trị đạt được, từ 0 trở lên"
            )


def done_means_reached(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A target is not done while the value in the same line misses it."""
    for index, entry in enumerate(filing.report.entries):
        placed = filing.subject.by_id.get(entry.item)
        target = target_of(entry, placed.item) if placed else None
        if target is None or entry.status != "done" or entry.value is None:
            continue
        if reached(entry.value, target.comparator, target.value, target.unit) is False:
            yield filing.loaded.problem(
                ("entries", index, "status"),
                f"ghi hoàn thành (done), nhưng giá trị {number(entry.value)} chưa đạt «{target.printed}»",
                "sửa value, hoặc ghi status: in-progress",
            )


def steps_back_have_a_reason(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """What was reported done, or nearer to its target, is not taken back without a reason.

    What comes back each year may be done for one year and under way for the next.
    """
    for index, entry in enumerate(filing.report.entries):
        if entry.reason is not None or entry.unchanged:
            continue
        loc = ("entries", index)
        placed = filing.subject.by_id.get(entry.item)
        said = _previous(filing, entry, lambda line: line.status is not None)
        if said is not None and said[0].status == "done" and entry.status not in ("done", None):
            if placed is None or not _has_fallen_due_again(said[0], placed, filing.report.date):
                yield filing.loaded.problem(
                    (*loc, "status"),
                    f"lùi so với {said[1]} (đã báo hoàn thành)",
                    "thêm reason: lý do, hoặc corrects: tên tệp có dòng sai, kèm reason",
                )
            continue
        target = target_of(entry, placed.item) if placed else None
        counted = _previous(filing, entry, lambda line: line.value is not None)
        if (
            target is not None
            and counted is not None
            and entry.value is not None
            and _further(entry.value, counted[0].value or Decimal(0), target)
        ):
            yield filing.loaded.problem(
                (*loc, "value"),
                f"giá trị {number(entry.value)} lùi so với {number(counted[0].value or Decimal(0))} trong {counted[1]}",
                "thêm reason: lý do",
            )


def _has_fallen_due_again(old: schema.Entry, placed: Placed, day: PartialDate) -> bool:
    """What comes back each year was done for an earlier year."""
    return (
        any(due.every for due in deadlines_of(placed.item, placed.above))
        and old.done_on is not None
        and (old.done_on.year or 0) < (day.year or 0)
    )


def corrected_lines_exist(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A correction names an earlier report of the same unit that has a line about the same item, and why.

    One that names a target corrects a line about that target; one that names none, every line about the item.
    """
    earlier = {loaded.path.rpartition("/")[2]: loaded for loaded in filing.before}
    for index, entry in enumerate(filing.report.entries):
        if entry.corrects is None:
            continue
        loc = ("entries", index, "corrects")
        if entry.corrects not in earlier:
            yield unknown(
                filing.loaded,
                loc,
                "báo cáo trước đó",
                entry.corrects[:80],
                earlier,
                "tên một tệp báo cáo trước của đơn vị này"
                + (f": {list(earlier)[-1]}" if earlier else "; chưa có tệp nào"),
            )
        else:
            targets = [
                line.target
                for line in earlier[entry.corrects].value.entries
                if line.item == entry.item
            ]
            if not targets:
                yield filing.loaded.problem(
                    loc,
                    f"{entry.corrects} không có dòng về mục «{entry.item}»",
                    "kiểm tra tên tệp và mã mục",
                )
            elif entry.target not in (None, *targets):
                named = " hoặc ".join(
                    f"target: {target}" if target else "bỏ target (dòng ấy nói về cả mục)"
                    for target in targets
                )
                yield filing.loaded.problem(
                    loc,
                    f"{entry.corrects} không có dòng về chỉ tiêu «{entry.target}» của mục «{entry.item}»",
                    named,
                )
        if entry.reason is None:
            yield filing.loaded.problem(loc, "đính chính nhưng chưa ghi lý do", 'thêm reason: "…"')


def _day_of(filing: ReportContext, as_of: date) -> str:
    """The report's own day, to show as an example."""
    day = filing.report.date
    return day.iso() if day.year else example_day(as_of.year, as_of).isoformat()


def target_of(entry: schema.Entry, item: schema.Item) -> schema.Target | None:
    """The target that a line is about; None when the item has none, or it is not clear which."""
    if entry.target is not None:
        return next((target for target in item.targets if target.key == entry.target), None)
    return item.targets[0] if len(item.targets) == 1 else None


def _previous(
    filing: ReportContext, entry: schema.Entry, says: Callable[[schema.Entry], bool]
) -> tuple[schema.Entry, str] | None:
    """The unit's latest earlier line about the same item and target that says such a thing, and was not corrected."""
    corrected: set[tuple[str, str | None]] = set()
    for loaded in reversed(filing.before):
        file = loaded.path.rpartition("/")[2]
        lines = [line for line in loaded.value.entries if line.item == entry.item]
        for line in lines:
            if (
                line.target == entry.target
                and says(line)
                and not corrected & {(file, line.target), (file, None)}
            ):
                return line, file
        corrected |= {(line.corrects, line.target) for line in lines if line.corrects}
    return None


def _further(value: Decimal, old: Decimal, target: schema.Target) -> bool:
    """Whether a value is further from its target than the old one."""
    if target.comparator in (">", ">="):
        return value < old
    if target.comparator in ("<", "<="):
        return value > old
    return abs(value - target.value) > abs(old - target.value)


RULES = (
    lines_say_something,
    done_has_a_day,
    not_applicable_has_a_reason,
    values_fit_their_target,
    done_means_reached,
    steps_back_have_a_reason,
    corrected_lines_exist,
)
