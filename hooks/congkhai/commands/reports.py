"""`congkhai report`, `workbook` and `import`: reports to be filled in, as YAML or as a workbook.

Comes in: the data, a filled workbook. Goes out: files below `reports/`, a workbook to fill in.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from congkhai.checks.reports import PERIOD, years_of_reports
from congkhai.commands.dataset import print_problems, read_data, write_new
from congkhai.commands.parser import BAD_DATA, GOOD, Commands, UsageError
from congkhai.data.files import explain_os_error
from congkhai.data.folder import REGISTERS
from congkhai.data.load import Dataset
from congkhai.drafting.import_reports import write_reports
from congkhai.drafting.report_form import write_report
from congkhai.drafting.report_workbook import read_workbook, write_workbook
from congkhai.model.assignments import answers_for
from congkhai.model.codes import find_units
from congkhai.model.derive import derive
from congkhai.text.dates import today
from congkhai.text.nearest import hint_nearest
from congkhai.text.printable import make_printable
from congkhai.text.typed import read_period


def _add_period(command: argparse.ArgumentParser) -> None:
    """Let a command take the period that is reported on."""
    command.add_argument(
        "period",
        metavar="KỲ",
        help="năm 2026, quý 2026-q1 hoặc tháng 2026-06; «quý I/2026», «tháng 6/2026» cũng được",
    )


def describe_report(commands: Commands) -> None:
    """Add `report` to the parser."""
    command = commands.add_parser(
        "report",
        help="tạo tệp báo cáo để điền",
        description="Tạo reports/<kỳ>-<đơn vị>.yml có mọi mục mà đơn vị phải báo cáo, để điền.",
    )
    command.add_argument(
        "plan", metavar="KẾ-HOẠCH", help="thư mục của kế hoạch, ví dụ lai-chau/ascc-2026-2030"
    )
    command.add_argument(
        "unit",
        metavar="ĐƠN-VỊ",
        help="mã, tên hoặc chữ viết tắt của đơn vị, ví dụ so-noi-vu hoặc «Sở Nội vụ»",
    )
    _add_period(command)
    command.set_defaults(run=_report)


def describe_workbook(commands: Commands) -> None:
    """Add `workbook` to the parser."""
    command = commands.add_parser(
        "workbook",
        help="tạo bảng Excel để một cơ quan điền báo cáo",
        description="Tạo bảng Excel có mọi việc của một cơ quan trong các kế hoạch; điền xong thì"
        " chạy: congkhai import TỆP.",
    )
    command.add_argument("unit", metavar="CƠ-QUAN", help="mã, tên hoặc chữ viết tắt của cơ quan")
    _add_period(command)
    command.add_argument(
        "plans", metavar="KẾ-HOẠCH", nargs="*", help="chỉ những kế hoạch này; mặc định tất cả"
    )
    command.set_defaults(run=_workbook)


def describe_import(commands: Commands) -> None:
    """Add `import` to the parser."""
    command = commands.add_parser(
        "import",
        help="chép bảng Excel đã điền thành các báo cáo",
        description="Đọc bảng do congkhai workbook tạo, đã điền, và ghi thành các tệp báo cáo;"
        "\ncòn lỗi thì nói từng ô và không ghi tệp nào.",
    )
    command.add_argument("file", metavar="TỆP", type=Path, help="bảng .xlsx đã điền")
    command.set_defaults(run=_import)


def _report(chosen: argparse.Namespace) -> int:
    dataset, problems, as_of = read_data()
    chosen.period = read_period(chosen.period, as_of)
    plan_id = chosen.plan.strip("/").removeprefix(f"{dataset.root.name}/").removesuffix("/plan.yml")
    units = find_units(chosen.unit, dataset.units)
    unit = units[0] if len(units) == 1 else chosen.unit
    # Faults of another plan, and of what others have not finished, keep nobody waiting.
    errors = [
        problem
        for problem in problems
        if problem.severity == "error"
        and (
            problem.path.endswith((f"/{plan_id}/plan.yml", *REGISTERS))
            or (f"/{plan_id}/reports/" in problem.path and f"-{unit}" in problem.path)
        )
    ]
    if errors:
        print(
            "Chưa tạo được tệp báo cáo vì kế hoạch này hoặc danh mục chung còn lỗi. "
            "Sửa các lỗi dưới đây rồi chạy lại lệnh:"
        )
        print_problems(errors)
        return BAD_DATA
    _require_report(chosen, plan_id, unit, dataset, as_of)
    _require_year_of_plan(chosen.period, plan_id, dataset)
    alone = replace(
        dataset,
        plans={plan_id: dataset.plans[plan_id]},
        reports={plan_id: dataset.reports.get(plan_id, {})},
    )
    try:
        text = write_report(derive(alone, as_of), plan_id, unit, chosen.period, as_of)
    except LookupError as error:
        raise UsageError(str(error)) from error
    write_new(dataset.root / plan_id / "reports" / f"{chosen.period}-{unit}.yml", text)
    return GOOD


def _workbook(chosen: argparse.Namespace) -> int:
    dataset, _, as_of = read_data()
    chosen.period = read_period(chosen.period, as_of)
    plans = [plan.strip("/").removeprefix("plans/") for plan in chosen.plans]
    units = find_units(chosen.unit, dataset.units)
    unit = units[0] if len(units) == 1 else chosen.unit
    for plan in plans or list(dataset.plans)[:1]:
        _require_report(chosen, plan, unit, dataset, as_of)
    for plan in plans:
        _require_year_of_plan(chosen.period, plan, dataset)
    site_model = derive(dataset, as_of)
    # As the form in the browser has it: also of a body that it follows, or of a group.
    answering = [
        plan.id
        for plan in site_model.plans.values()
        if any(share.unit == unit for share in plan.units)
        or (
            plan.place.level in dataset.units[unit].level
            and answers_for(unit, [share.unit for share in plan.units], dataset.units)
        )
    ]
    try:
        content = write_workbook(site_model, plans or answering, unit, chosen.period, as_of)
    except LookupError as error:
        raise UsageError(str(error)) from error
    file = Path(f"bao-cao-{chosen.period}-{unit}.xlsx")
    if file.exists():
        raise UsageError(f"đã có tệp {file}; điền tiếp tệp ấy, hoặc đổi tên rồi chạy lại")
    file.write_bytes(content)
    print(f"Đã tạo {file}. Điền các ô màu, rồi chạy: congkhai import {file}")
    return GOOD


def _import(chosen: argparse.Namespace) -> int:
    try:
        filled = read_workbook(chosen.file, today())
    except OSError as error:
        raise UsageError(f"không mở được {chosen.file}: {explain_os_error(error)}") from error
    except ValueError as error:
        raise UsageError(str(error)) from error
    dataset, _, as_of = read_data()
    units = find_units(filled.unit, dataset.units)
    if len(units) == 1:
        filled = replace(filled, unit=units[0])
    files, faults = write_reports(dataset.root, derive(dataset, as_of), filled, as_of)
    if files and faults:
        print("Nên xem lại:")
    for fault in faults:
        print(make_printable(f"ô {fault.cell}: {fault.message}"))
    if not files:
        print(f"\n{len(faults)} chỗ phải sửa; chưa ghi báo cáo nào.")
        return BAD_DATA
    for file in files:
        print(f"Đã ghi {file}.")
    return GOOD


def _require_report(
    chosen: argparse.Namespace, plan_id: str, unit: str, dataset: Dataset, as_of: date
) -> None:
    """Raise UsageError unless plan, unit and period of a report to be written exist."""
    if plan_id not in dataset.plans:
        hint = hint_nearest(plan_id, dataset.plans, "ghi đường dẫn thư mục dưới plans/")
        raise UsageError(f"không có kế hoạch «{plan_id}»; {hint}")
    if unit not in dataset.units:
        hint = hint_nearest(unit, dataset.units, "tra mã hoặc tên trong units.yml")
        raise UsageError(f"không có cơ quan mang mã «{unit}»; {hint}; gõ lại với mã ấy")
    if not PERIOD.fullmatch(chosen.period):
        raise UsageError(
            f"kỳ báo cáo «{chosen.period}» sai dạng; "
            f"ghi như {as_of.year}, «quý IV/{as_of.year}» hoặc «tháng 11/{as_of.year}»"
        )


def _require_year_of_plan(period: str, plan_id: str, dataset: Dataset) -> None:
    """Raise UsageError for a period in no year of the plan: the report would be refused."""
    years = years_of_reports(dataset.plans[plan_id].value.period)
    if years is not None and not years[0] <= int(period[:4]) <= years[1]:
        raise UsageError(
            f"kỳ báo cáo {period} ngoài giai đoạn {years[0]}–{years[1]} của kế hoạch;"
            " ghi một năm trong giai đoạn ấy"
        )
