"""Rules about reports: their files, the day, and the items that a unit may report on.

Comes in: a `ReportContext` and the day that deadlines are judged on; for all reports on one plan,
its `PlanContext` and the reports by file name. Goes out: problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from congkhai.checks.context import PlanContext, ReportContext, describe_unknown
from congkhai.checks.deadlines import is_in_order
from congkhai.checks.urls import is_https
from congkhai.data import schema
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import ISSUER, may_report
from congkhai.text.dates import FIRST_YEAR, LAST_YEAR, example_day, format_day

PERIOD = re.compile(r"(\d{4})(?:-(?:q[1-4]|0[1-9]|1[0-2]))?")
"""The form of a report's period: `2026`, `2026-q1` or `2026-06`."""


def list_earlier_reports(
    report: Loaded[schema.Report], reports_by_file: Mapping[str, Loaded[schema.Report]]
) -> tuple[Loaded[schema.Report], ...]:
    """List the reports of the same unit with earlier dates, oldest first.

    A report without a full date counts as of the end of its period.
    """
    before = [
        other
        for other in reports_by_file.values()
        if other.value.unit == report.value.unit and _order(other) < _order(report)
    ]
    return tuple(sorted(before, key=_order))


def _order(loaded: Loaded[schema.Report]) -> tuple[date, str]:
    """Return the day of a report and its path, to sort by."""
    day, year = loaded.value.date, loaded.value.period[:4]
    if not day.recurring:
        return day.last_day(), loaded.path
    is_year = year.isascii() and year.isdigit() and int(year) > 0
    return (date(int(year), 12, 31) if is_year else date.max), loaded.path


def require_one_report_for_a_period(
    context: PlanContext, reports_by_file: Mapping[str, Loaded[schema.Report]]
) -> Iterator[Problem]:
    """Require one report of a unit for a period; a later report corrects it by `corrects`."""
    seen: dict[tuple[str, str], str] = {}
    for file, loaded in reports_by_file.items():
        key = (loaded.value.unit, loaded.value.period)
        if key in seen:
            yield loaded.problem(
                ("period",),
                f"{file} và {seen[key]} cùng là báo cáo của «{key[0]}» cho kỳ {key[1]}",
                "gộp vào một tệp",
            )
        seen.setdefault(key, file)


def find_unused_files(
    context: PlanContext, reports_by_file: Mapping[str, Loaded[schema.Report]]
) -> Iterator[Problem]:
    """Require that a file beside the plan is its source or evidence, else nobody would see it."""
    if any(name.startswith(f"{context.id}/") for name in context.dataset.broken):
        return
    reports = [loaded.value for loaded in reports_by_file.values()]
    used = {
        evidence.url
        for report in reports
        for entry in report.entries
        for evidence in entry.evidence
    }
    used |= {report.source.url for report in reports if report.source is not None}
    if context.plan.original is not None:
        used.add(context.plan.original.file)
    folder = context.loaded.path.rpartition("/")[0]
    files = context.dataset.files.get(context.id, frozenset())
    for name in sorted(files - used - {"source.txt"}):
        yield Problem(
            f"{folder}/{name}",
            0,
            0,
            "không báo cáo nào nhắc đến tệp này",
            "ghi tên tệp vào evidence của dòng báo cáo, hoặc xóa",
        )


def require_known_unit(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that the reporting unit is in the register of units."""
    units = context.plan_context.dataset.units
    if "units" not in context.plan_context.dataset.broken and context.report.unit not in units:
        yield describe_unknown(
            context.loaded, ("unit",), "đơn vị", context.report.unit, units, "units.yml"
        )


def require_file_name_of_report(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require the file name `<period>-<unit>.yml`: one file for each unit and period."""
    if PERIOD.fullmatch(context.report.period) is None:
        return
    right = f"{context.report.period}-{context.report.unit}.yml"
    if context.file != right:
        yield context.loaded.problem(
            ("unit",),
            f"tên tệp «{context.file}» không khớp với unit và period",
            f"đổi tên tệp thành {right}, hoặc sửa unit, period",
        )


def require_reporting_period(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require a year, a quarter or a month of the plan as the reporting period."""
    match = PERIOD.fullmatch(context.report.period)
    if match is None:
        year = context.report.date.year or as_of.year
        yield context.loaded.problem(
            ("period",),
            f"kỳ báo cáo «{context.report.period[:20]}» sai dạng",
            f"dạng đúng: {year}, {year}-q1 hoặc {year}-06",
        )
        return
    year, plan = int(match[1]), context.plan_context.plan.period
    if is_in_order(plan) and not (plan.start or FIRST_YEAR) <= year <= min(plan.end, LAST_YEAR):
        yield context.loaded.problem(
            ("period",),
            f"kỳ báo cáo {year} ngoài giai đoạn {plan.start or '…'}–{plan.end} của kế hoạch",
            "kiểm tra kỳ báo cáo",
        )


def require_date_in_life_of_plan(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require a full date, not before the plan, at most a year after it, and not after today."""
    day, plan = context.report.date, context.plan_context.plan
    if day.year is None or day.day is None:
        yield context.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} chưa đủ",
            f"ghi đủ năm-tháng-ngày, ví dụ {example_day(day.year or as_of.year, as_of)}",
        )
        return
    when = day.first_day()
    if when > as_of:
        yield context.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} sau hôm nay ({format_day(as_of)})",
            "kiểm tra năm; không ghi báo cáo trước khi có",
        )
        return
    issued = plan.document.date
    start = issued.first_day() if issued is not None and not issued.recurring else None
    if start is None and plan.period.start is not None:
        start = date(plan.period.start, 1, 1)
    if start is not None and when < start:
        yield context.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} trước khi có kế hoạch ({issued or plan.period.start})",
            "kiểm tra ngày, hoặc báo cáo thuộc kế hoạch khác",
        )
    elif day.year > plan.period.end + 1:
        yield context.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} đã quá một năm sau giai đoạn của kế hoạch ({plan.period.end})",
            "kiểm tra ngày, hoặc báo cáo thuộc kế hoạch khác",
        )


def require_reportable_items(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that every line is about an item of the plan that can be reported on."""
    for index, entry in enumerate(context.report.entries):
        if entry.item not in context.plan_context.by_id:
            yield describe_unknown(
                context.loaded,
                ("entries", index, "item"),
                "mục",
                entry.item,
                context.plan_context.by_id,
                "mã một mục trong plan.yml",
            )
        elif entry.item not in context.plan_context.reportable:
            below = [
                name
                for name in context.plan_context.reportable
                if name.startswith((f"{entry.item}.", f"{entry.item}-"))
            ]
            hint = (
                f"báo cáo từng mục con: {', '.join(sorted(below)[:5])}"
                if below
                else "mục này không có nhiệm vụ, trách nhiệm, chỉ tiêu hay mốc nào"
            )
            yield context.loaded.problem(
                ("entries", index, "item"), f"không báo cáo được về mục «{entry.item}»", hint
            )


def require_one_line_for_an_item(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require one line at most for an item and target."""
    seen: dict[tuple[str, str | None], int] = {}
    for index, entry in enumerate(context.report.entries):
        first = seen.setdefault((entry.item, entry.target), index)
        if first != index:
            line = context.loaded.source.line(("entries", first, "item"))[0]
            yield context.loaded.problem(
                ("entries", index, "item"),
                f"mục «{entry.item}» đã có ở dòng {line}",
                "mỗi mục một dòng báo cáo",
            )


def require_responsible_unit(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that a unit is assigned what it reports on: itself, as a successor, or in a group.

    On what the document assigns to nobody, the issuing People's Committee reports, or a unit that
    leads something in the plan.
    """
    plan, unit = context.plan_context, context.report.unit
    if "units" in plan.dataset.broken:
        return
    leading = {name for roles in plan.assignments.values() for name, _ in roles.get("lead", ())}
    ids = Counter(placed.item.id for placed in plan.items)
    for index, entry in enumerate(context.report.entries):
        roles = plan.assignments.get(entry.item)
        if roles is None or ids[entry.item] > 1 or entry.item not in plan.reportable:
            continue
        assigned = sorted({name for units in roles.values() for name, _ in units})
        if may_report(unit, assigned, leading, plan.dataset.units):
            continue
        yield context.loaded.problem(
            ("entries", index, "item"),
            f"«{unit}» không được phân công ở mục «{entry.item}»",
            f"mục này phân công cho: {', '.join(assigned)}"
            if assigned
            else f"mục này không ghi cơ quan thực hiện: {ISSUER} báo cáo,"
            " hoặc một đơn vị chủ trì việc khác trong kế hoạch",
        )


def require_reachable_evidence(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that evidence is an `https` address, or a file in the folder of the plan."""
    files = context.plan_context.dataset.files.get(context.plan_context.id, frozenset())
    for loc, url in _list_evidence(context.report):
        if url in files or is_https(url):
            continue
        if ":" in url or url.startswith("//"):
            yield context.loaded.problem(
                loc,
                "địa chỉ tài liệu không dùng được",
                "chỉ nhận https://…, hoặc tên một tệp trong thư mục của kế hoạch",
            )
        elif "/" in url or "\\" in url or ".." in url:
            yield context.loaded.problem(
                loc,
                "tệp tài liệu phải nằm ngay trong thư mục của kế hoạch",
                "chỉ ghi tên tệp, không ghi đường dẫn: bao-cao.pdf",
            )
        else:
            yield describe_unknown(
                context.loaded,
                loc,
                "tệp",
                url[:80],
                files,
                "chép tệp vào thư mục của kế hoạch, cạnh plan.yml",
            )


def _list_evidence(report: schema.Report) -> Iterator[tuple[Loc, str]]:
    """Yield every address or file name that a report gives, with its place."""
    if report.source is not None:
        yield ("source", "url"), report.source.url
    for index, entry in enumerate(report.entries):
        for number, evidence in enumerate(entry.evidence):
            yield ("entries", index, "evidence", number, "url"), evidence.url
