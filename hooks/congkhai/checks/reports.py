"""Rules about what a unit may report: from which file, about which items, on which day.

Comes in: a `ReportContext` and the day that is judged on. Goes out: problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from congkhai.checks.context import ReportContext, unknown
from congkhai.checks.deadlines import forward
from congkhai.checks.urls import is_https
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import ISSUER, may_report
from congkhai.text.dates import FIRST_YEAR, LAST_YEAR, example_day, format_day

PERIOD = re.compile(r"(\d{4})(?:-(?:q[1-4]|0[1-9]|1[0-2]))?")
"""How the period of a report is written."""


def unit_is_known(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """The reporting unit is in the register of units."""
    units = filing.subject.dataset.units
    if "units" not in filing.subject.dataset.broken and filing.report.unit not in units:
        yield unknown(filing.loaded, ("unit",), "đơn vị", filing.report.unit, units, "units.yml")


def file_is_named_after_its_report(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A report's file is `<period>-<unit>.yml`, so that a second one for the same period cannot slip in."""
    if PERIOD.fullmatch(filing.report.period) is None:
        return
    right = f"{filing.report.period}-{filing.report.unit}.yml"
    if filing.file != right:
        yield filing.loaded.problem(
            ("unit",),
            f"tên tệp «{filing.file}» không khớp với unit và period",
            f"đổi tên tệp thành {right}, hoặc sửa unit, period",
        )


def period_is_one(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A reporting period is a year, a quarter or a month within the plan's years."""
    match = PERIOD.fullmatch(filing.report.period)
    if match is None:
        year = filing.report.date.year or as_of.year
        yield filing.loaded.problem(
            ("period",),
            f"kỳ báo cáo «{filing.report.period[:20]}» sai dạng",
            f"dạng đúng: {year}, {year}-q1 hoặc {year}-06",
        )
        return
    year, plan = int(match[1]), filing.subject.plan.period
    if forward(plan) and not (plan.start or FIRST_YEAR) <= year <= min(plan.end, LAST_YEAR):
        yield filing.loaded.problem(
            ("period",),
            f"kỳ báo cáo {year} ngoài giai đoạn {plan.start or '…'}–{plan.end} của kế hoạch",
            "kiểm tra kỳ báo cáo",
        )


def day_is_in_the_life_of_the_plan(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A report has a full date, not before its plan, at most a year after it, and not after today."""
    day, plan = filing.report.date, filing.subject.plan
    if day.year is None or day.day is None:
        yield filing.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} chưa đủ",
            f"ghi đủ năm-tháng-ngày, ví dụ {example_day(day.year or as_of.year, as_of)}",
        )
        return
    when = day.first_day()
    if when > as_of:
        yield filing.loaded.problem(
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
        yield filing.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} trước khi có kế hoạch ({issued or plan.period.start})",
            "kiểm tra ngày, hoặc báo cáo thuộc kế hoạch khác",
        )
    elif day.year > plan.period.end + 1:
        yield filing.loaded.problem(
            ("date",),
            f"ngày báo cáo {day} đã quá một năm sau giai đoạn của kế hoạch ({plan.period.end})",
            "kiểm tra ngày, hoặc báo cáo thuộc kế hoạch khác",
        )


def items_are_known(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """Every line is about an item of the plan that promises something, one line for each item and target."""
    seen: dict[tuple[str, str | None], int] = {}
    for index, entry in enumerate(filing.report.entries):
        if entry.item not in filing.subject.by_id:
            yield unknown(
                filing.loaded,
                ("entries", index, "item"),
                "mục",
                entry.item,
                filing.subject.by_id,
                "mã một mục trong plan.yml",
            )
        elif entry.item not in filing.subject.reportable:
            below = [
                name
                for name in filing.subject.reportable
                if name.startswith((f"{entry.item}.", f"{entry.item}-"))
            ]
            hint = (
                f"báo cáo từng mục con: {', '.join(sorted(below)[:5])}"
                if below
                else "mục này không có nhiệm vụ, trách nhiệm, chỉ tiêu hay mốc nào"
            )
            yield filing.loaded.problem(
                ("entries", index, "item"), f"không báo cáo được về mục «{entry.item}»", hint
            )
        first = seen.setdefault((entry.item, entry.target), index)
        if first != index:
            line = filing.loaded.source.line(("entries", first, "item"))[0]
            yield filing.loaded.problem(
                ("entries", index, "item"),
                f"mục «{entry.item}» đã có ở dòng {line}",
                "mỗi mục một dòng báo cáo",
            )


def unit_answers_for_its_items(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """A unit reports on what it is assigned: itself, as the successor of a unit, or as one of a group.

    On what the document assigns to nobody: the issuing People's Committee, or a unit that leads something in the plan.
    """
    if "units" in filing.subject.dataset.broken:
        return
    leading = {
        name for roles in filing.subject.assignments.values() for name, _ in roles.get("lead", ())
    }
    ids = Counter(placed.item.id for placed in filing.subject.items)
    for index, entry in enumerate(filing.report.entries):
        roles = filing.subject.assignments.get(entry.item)
        if roles is None or ids[entry.item] > 1 or entry.item not in filing.subject.reportable:
            continue
        assigned = sorted({name for units in roles.values() for name, _ in units})
        if may_report(filing.report.unit, assigned, leading, filing.subject.dataset.units):
            continue
        yield filing.loaded.problem(
            ("entries", index, "item"),
            f"«{filing.report.unit}» không được phân công ở mục «{entry.item}»",
            f"mục này phân công cho: {', '.join(assigned)}"
            if assigned
            else f"văn bản không ghi đơn vị nào ở mục này: {ISSUER} báo cáo, hoặc một đơn vị chủ trì việc khác trong kế hoạch",
        )


def evidence_can_be_opened(filing: ReportContext, as_of: date) -> Iterator[Problem]:
    """Evidence is an `https` address, or a file in the plan's own folder."""
    places: list[tuple[Loc, str]] = []
    if filing.report.source is not None:
        places.append((("source", "url"), filing.report.source.url))
    for index, entry in enumerate(filing.report.entries):
        places += [
            (("entries", index, "evidence", number, "url"), evidence.url)
            for number, evidence in enumerate(entry.evidence)
        ]
    files = filing.subject.dataset.files.get(filing.subject.id, frozenset())
    for loc, url in places:
        if url in files or is_https(url):
            continue
        if ":" in url or url.startswith("//"):
            yield filing.loaded.problem(
                loc,
                "địa chỉ tài liệu không dùng được",
                "chỉ nhận https://…, hoặc tên một tệp trong thư mục của kế hoạch",
            )
        elif "/" in url or "\\" in url or ".." in url:
            yield filing.loaded.problem(
                loc,
                "tệp tài liệu phải nằm ngay trong thư mục của kế hoạch",
                "chỉ ghi tên tệp, không ghi đường dẫn: bao-cao.pdf",
            )
        else:
            yield unknown(
                filing.loaded,
                loc,
                "tệp",
                url[:80],
                files,
                "chép tệp vào thư mục của kế hoạch, cạnh plan.yml",
            )


RULES = (
    unit_is_known,
    file_is_named_after_its_report,
    period_is_one,
    day_is_in_the_life_of_the_plan,
    items_are_known,
    unit_answers_for_its_items,
    evidence_can_be_opened,
)
