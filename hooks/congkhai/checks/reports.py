"""Rules about reports: their files, the day, and the items that a unit may report on.

Comes in: a `ReportContext` and the day that deadlines are judged on; for all reports on one plan,
its `PlanContext` and the reports by file name. Goes out: problems.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from congkhai.checks.context import PlanContext, ReportContext, describe_unknown
from congkhai.checks.deadlines import is_in_order
from congkhai.checks.urls import find_fault_of_link
from congkhai.data import schema
from congkhai.data.files import read_file
from congkhai.data.folder import is_upload
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import may_report
from congkhai.text.dates import FIRST_YEAR, LAST_YEAR, PartialDate, example_day, format_day
from congkhai.text.vietnamese import number

PERIOD = re.compile(r"([0-9]{4})(?:-(?:q[1-4]|0[1-9]|1[0-2]))?")
"""The form of a report's period: `2026`, `2026-q1` or `2026-06`, in digits of ASCII alone."""
_CORRECTION = re.compile(r"-(?:[2-9]|[1-9][0-9])\.yml")
"""How the name of a second report for the same period ends: it corrects the first."""
_MONTHS_OF_QUARTER = 3


def first_day_of(period: str) -> date | None:
    """Return the first day of a report's period; None for one of another form.

    >>> first_day_of("2026-q4"), first_day_of("2026")
    (datetime.date(2026, 10, 1), datetime.date(2026, 1, 1))
    """
    span = _months_of(period)
    return date(span[0], span[1], 1) if span is not None else None


def last_day_of(period: str) -> date | None:
    """Return the last day of a report's period; None for one of another form."""
    span = _months_of(period)
    return PartialDate(span[0], span[2]).last_day() if span is not None else None


def _months_of(period: str) -> tuple[int, int, int] | None:
    """Return (year, first month, last month)."""
    match = PERIOD.fullmatch(period)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    year, part = int(match[1]), period[5:]
    if not part:
        return year, 1, 12
    if part.startswith("q"):
        last = _MONTHS_OF_QUARTER * int(part[1:])
        return year, last - _MONTHS_OF_QUARTER + 1, last
    return year, int(part), int(part)


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
    # Without the ending a correction, `…-2.yml`, comes after the report of the same day.
    name = loaded.path.removesuffix(".yml")
    if not day.recurring:
        return day.last_day(), name
    is_year = year.isascii() and year.isdigit() and int(year) > 0
    return (date(int(year), 12, 31) if is_year else date.max), name


def require_one_report_for_a_period(
    context: PlanContext, reports_by_file: Mapping[str, Loaded[schema.Report]]
) -> Iterator[Problem]:
    """Require one report of a unit for a period; another one corrects each of its lines."""
    seen: dict[tuple[str, str], str] = {}
    for file, loaded in sorted(reports_by_file.items(), key=lambda pair: _order(pair[1])):
        key = (loaded.value.unit, loaded.value.period)
        first = seen.setdefault(key, file)
        if first == file:
            continue
        if _CORRECTION.search(file) is None:
            yield loaded.problem(
                ("period",),
                f"{file} và {first} cùng là báo cáo của «{key[0]}» cho kỳ {key[1]}",
                "gộp vào một tệp; để đính chính thì đặt tên"
                f" {first.removesuffix('.yml')}-2.yml và ghi corrects: {first} ở từng dòng",
            )
            continue
        for index, entry in enumerate(loaded.value.entries):
            if entry.corrects is None:
                yield loaded.problem(
                    ("entries", index, "item"),
                    f"{file} là báo cáo thứ hai cho kỳ {key[1]}, dòng này không đính chính gì",
                    f"thêm corrects: {first} và reason, hoặc chuyển dòng vào {first}",
                )


def warn_of_contradicting_reports(
    context: PlanContext, reports_by_file: Mapping[str, Loaded[schema.Report]]
) -> Iterator[Problem]:
    """Warn of two reports of a unit that say different things of one item at one time.

    At one time: made on the same day, or for periods that end on the same day, as 2026 and
    2026-q4 do.
    """
    by_unit: dict[str, list[Loaded[schema.Report]]] = {}
    for loaded in sorted(reports_by_file.values(), key=_order):
        earlier = by_unit.setdefault(loaded.value.unit, [])
        for other in earlier:
            if _are_simultaneous(other.value, loaded.value):
                yield from _compare_statements(other, loaded)
        earlier.append(loaded)


def _are_simultaneous(one: schema.Report, other: schema.Report) -> bool:
    if one.date == other.date:
        return True
    ends = (last_day_of(one.period), last_day_of(other.period))
    return ends[0] is not None and ends[0] == ends[1]


def _compare_statements(
    first: Loaded[schema.Report], second: Loaded[schema.Report]
) -> Iterator[Problem]:
    file = first.path.rpartition("/")[2]
    lines = {(line.item, line.target): line for line in first.value.entries}
    for index, entry in enumerate(second.value.entries):
        other = lines.get((entry.item, entry.target))
        if other is None or entry.corrects == file:
            continue
        for field in ("status", "value", "done_on"):
            values = (getattr(other, field), getattr(entry, field))
            if None not in values and values[0] != values[1]:
                yield second.problem(
                    ("entries", index, field),
                    f"{field} {_shown(values[1])} của mục «{entry.item}» khác"
                    f" {_shown(values[0])} trong {file}, cùng một thời điểm",
                    f"sửa một trong hai, hoặc thêm corrects: {file} và reason",
                    "warning",
                )
                break


def _shown(value: object) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)


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
    for response in context.dataset.responses.get(context.id, {}).values():
        used |= {evidence.url for evidence in response.value.evidence}
    if context.plan.original is not None:
        used |= context.plan.original.files.keys()
    folder = context.loaded.path.rpartition("/")[0]
    files = context.dataset.files.get(context.id, frozenset())
    for name in sorted(files - used - {"source.txt"}):
        yield Problem(
            f"{folder}/{name}",
            0,
            0,
            "không báo cáo nào nhắc đến tệp này",
            f"ghi url: {name} vào evidence của dòng báo cáo, hoặc chuyển tệp ra khỏi thư mục này"
            f"{_explain_document(context, name) if is_upload(name) else ''}",
        )


def _explain_document(context: PlanContext, name: str) -> str:
    """Say how an office's document beside a plan is named as the plan's own."""
    original = context.plan.original
    if name.lower().endswith(".pdf") and (original is None or original.signed is None):
        digest = hashlib.sha256(read_file(context.dataset.root / context.id / name)).hexdigest()
        entry = f'{{file: {name}, sha256: "{digest}"}}'
        if original is None:
            return f"; là văn bản của kế hoạch thì thêm vào plan.yml dòng: original: {entry}"
        return (
            "; là bản đã ký của kế hoạch thì thêm vào plan.yml, ngay dưới «original:», dòng thụt"
            f" vào hai dấu cách: signed: {entry}"
        )
    return (
        "; là bản mới của kế hoạch thì đăng ở cổng thông tin, ghi địa chỉ vào original.url của"
        " plan.yml"
    )


def require_known_unit(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that the reporting unit is in the register of units."""
    units = context.plan_context.dataset.units
    if "units" not in context.plan_context.dataset.broken and context.report.unit not in units:
        yield describe_unknown(
            context.loaded, ("unit",), "đơn vị", context.report.unit, units, "units.yml"
        )


def require_file_name_of_report(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require the file name `<period>-<unit>.yml`, `…-2.yml` for a correction."""
    if PERIOD.fullmatch(context.report.period) is None:
        return
    right = f"{context.report.period}-{context.report.unit}.yml"
    is_correction = _CORRECTION.search(context.file) is not None and any(
        entry.corrects for entry in context.report.entries
    )
    file = _CORRECTION.sub(".yml", context.file) if is_correction else context.file
    if file != right:
        yield context.loaded.problem(
            ("unit",),
            f"tên tệp «{context.file}» không khớp với cơ quan (unit) và kỳ (period) ghi bên trong",
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
    years = years_of_reports(plan)
    if years is not None and not years[0] <= year <= years[1]:
        yield context.loaded.problem(
            ("period",),
            f"kỳ báo cáo {year} ngoài giai đoạn {plan.start or '…'}–{plan.end} của kế hoạch",
            "kiểm tra kỳ báo cáo",
        )


def years_of_reports(period: schema.Period) -> tuple[int, int] | None:
    """Return the first and the last year to report on; None when those of the plan are wrong."""
    if not is_in_order(period):
        return None
    return period.start or FIRST_YEAR, min(period.end, LAST_YEAR)


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
            "kiểm tra lại năm; chỉ nhập báo cáo đã có",
        )
        return
    issued, start = plan.document.date, first_day_of_plan(plan)
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


def first_day_of_plan(plan: schema.Plan) -> date | None:
    """Return the day from which a plan exists, as far as its document tells; None if it does not.

    A document without a date counts from the first day of its period.
    """
    issued = plan.document.date
    if issued is not None and not issued.recurring:
        return issued.first_day()
    return date(plan.period.start, 1, 1) if plan.period.start is not None else None


def require_begun_period(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that the period of a report has begun on the day of the report."""
    day, start = context.report.date, first_day_of(context.report.period)
    if start is not None and not day.recurring and day.last_day() < start:
        yield context.loaded.problem(
            ("period",),
            f"kỳ báo cáo {context.report.period} chưa bắt đầu vào ngày báo cáo {day}",
            "kiểm tra kỳ và ngày; báo cáo trước cho kỳ sau thì chờ đến kỳ ấy",
        )


def require_unit_of_place(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that the reporting body exists: at the level of the plan's place, on that day.

    A province has no health station, so none reports on its plan; a body that the plan names
    itself may report whatever its level is. A group is no body: each of its bodies reports.
    """
    plan, name = context.plan_context, context.report.unit
    units, place = plan.dataset.units, plan.places.get(plan.plan.locality)
    unit = units.get(name)
    if unit is None or place is None:
        return
    if unit.nature == "group":
        yield context.loaded.problem(
            ("unit",),
            f"«{unit.name}» là nhiều cơ quan gọi chung, không phải một cơ quan báo cáo",
            "ghi mã của cơ quan đã báo cáo; mỗi cơ quan một tệp",
        )
        return
    named = {assigned for *_, assigned in plan.named_units}
    if place.level not in unit.level and name not in named:
        allowed = sorted(one for one in named if one in units and place.level in units[one].level)
        yield context.loaded.problem(
            ("unit",),
            f"{place.name} không có «{unit.name}»: cơ quan này ở cấp khác",
            f"đơn vị báo cáo được: {', '.join(allowed[:10])}" if allowed else "kiểm tra đơn vị",
        )
    elif (
        unit.until is not None
        and not context.report.date.recurring
        and not unit.until.recurring
        and context.report.date.first_day() >= unit.until.first_day()
    ):
        yield context.loaded.problem(
            ("unit",),
            f"«{unit.name}» không còn từ {unit.until}, trước ngày báo cáo {context.report.date}",
            f"cơ quan kế tiếp báo cáo: {', '.join(unit.successors)}"
            if unit.successors
            else "kiểm tra đơn vị và ngày báo cáo",
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
                ("entries", index, "item"),
                f"mục «{entry.item}» không phải là việc để báo cáo",
                hint,
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
        if may_report(unit, assigned, leading, plan.dataset.units, plan.plan.issuer):
            continue
        yield context.loaded.problem(
            ("entries", index, "item"),
            f"«{unit}» không có tên ở mục «{entry.item}»",
            f"mục này phân công cho: {', '.join(assigned)}"
            if assigned
            else f"mục này không ghi cơ quan thực hiện: {plan.plan.issuer} báo cáo,"
            " hoặc một đơn vị chủ trì việc khác trong kế hoạch",
        )


def require_reachable_evidence(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Require that evidence is an `https` address, or a file in the folder of the plan."""
    files = context.plan_context.dataset.files.get(context.plan_context.id, frozenset())
    for loc, url in _list_evidence(context.report):
        problem = describe_unreachable(context.loaded, loc, url, files)
        if problem is not None:
            yield problem


def describe_unreachable(
    loaded: Loaded[object], loc: Loc, url: str, files: Iterable[str]
) -> Problem | None:
    """Describe an address or a file name that no reader can open; None when one can.

    `files`: names of the files beside the plan.
    """
    if url in files:
        return None
    if url.startswith("https://"):
        fault = find_fault_of_link(url)
        return loaded.problem(loc, *fault) if fault is not None else None
    if ":" in url or url.startswith("//"):
        return loaded.problem(
            loc,
            "địa chỉ tài liệu chưa đúng",
            "địa chỉ phải bắt đầu bằng https://, hoặc là tên một tệp trong thư mục của kế hoạch",
        )
    if "/" in url or "\\" in url or ".." in url:
        return loaded.problem(
            loc,
            "tệp tài liệu phải nằm ngay trong thư mục của kế hoạch",
            "chỉ ghi tên tệp, không ghi đường dẫn: bao-cao.pdf",
        )
    hint = "chép tệp vào thư mục của kế hoạch, cạnh plan.yml"
    return describe_unknown(loaded, loc, "tệp", url[:80], files, hint)


def _list_evidence(report: schema.Report) -> Iterator[tuple[Loc, str]]:
    """Yield every address or file name that a report gives, with its place."""
    if report.source is not None:
        yield ("source", "url"), report.source.url
    for index, entry in enumerate(report.entries):
        for order, evidence in enumerate(entry.evidence):
            yield ("entries", index, "evidence", order, "url"), evidence.url
