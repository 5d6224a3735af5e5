"""Reports of one body on many plans, as a workbook that is filled in and comes back.

Comes in: the `SiteModel`, a unit, a period. Goes out: the workbook, with a row for each item and
a list of states to choose from; and of one that came back, what each row says, with the cell that
each value stands in.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from congkhai.checks.urls import find_fault_of_link
from congkhai.data import schema
from congkhai.data.encoding import clean
from congkhai.data.fields import DECIMAL
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.pages.report_lines import commitments_of
from congkhai.sources.blocks import UnreadableSource
from congkhai.sources.xlsx import FormulaWithoutResultError, open_workbook
from congkhai.text.dates import format_day
from congkhai.text.typed import read_address, read_day, read_number, read_period
from congkhai.text.vietnamese import capital, fold

SHEET = "Báo cáo"
UNCHANGED = "không có gì mới"
_CREATED = datetime(2000, 1, 1)
"""In every workbook: the day would change its bytes every day."""
_HEAD_ROWS = (("Cơ quan", "unit"), ("Kỳ báo cáo", "period"), ("Ngày báo cáo", "date"))
_FIRST_ROW = len(_HEAD_ROWS) + 2
"""Number of the row with headings, as a spreadsheet counts; values begin below."""
COLUMNS = {
    "plan": ("Kế hoạch (không sửa)", 22),
    "item": ("Mã mục (không sửa)", 12),
    "target": ("Mã chỉ tiêu (không sửa)", 12),
    "reference": ("Mục", 18),
    "words": ("Nguyên văn", 60),
    "deadline": ("Thời hạn", 20),
    "goal": ("Chỉ tiêu", 16),
    "status": ("Tình hình (chọn)", 18),
    "done_on": ("Ngày hoàn thành", 16),
    "value": ("Kết quả", 12),
    "text": ("Đã làm được gì", 50),
    "reason": ("Lý do", 30),
    "title": ("Tên tài liệu kiểm chứng", 30),
    "url": ("Địa chỉ tài liệu", 30),
}
"""By the name of what a column holds: its heading, and its width in characters."""
_DAY = re.compile("[0-9]{4}(?:-[0-9]{2}){0,2}")
_FILLED_IN = ("status", "done_on", "value", "text", "reason", "title", "url")
_NAMES = tuple(COLUMNS)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that somebody filled in; values are text as files have them."""

    number: int
    plan: str
    item: str
    target: str
    values: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    """Why a value cannot be read, in Vietnamese, by the name of its column."""

    def cell(self, name: str) -> str:
        """Name the cell of a value as a spreadsheet does: `H12`."""
        return f"{get_column_letter(_NAMES.index(name) + 1)}{self.number}"


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """What came back."""

    unit: str
    period: str
    date: str
    rows: tuple[Row, ...]


def write_workbook(
    site_model: SiteModel, plans: Sequence[str], unit: str, period: str, day: date
) -> bytes:
    """Write the rows of a unit in these plans. Raises LookupError (Vietnamese) without any."""
    registered = {slug: entry.unit for slug, entry in site_model.units.items()}
    rows = [
        cells
        for plan in plans
        for commitment in commitments_of(site_model.plans[plan], unit, registered)
        for cells in _cells(plan, commitment)
    ]
    if not rows:
        raise LookupError(f"không kế hoạch nào phân công mục nào cho «{registered[unit].name}»")
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        words = workbook.add_format({"text_wrap": True, "valign": "top"})
        open_cell = workbook.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": "#FDF4E1", "num_format": "@"}
        )
        sheet = workbook.add_worksheet(SHEET)
        for line, ((label, _), value) in enumerate(
            zip(_HEAD_ROWS, (unit, period, format_day(day)), strict=True)
        ):
            sheet.write_string(line, 0, label, heading)
            sheet.write_string(line, 1, value, open_cell)
        for column, (title, width) in enumerate(COLUMNS.values()):
            sheet.set_column(column, column, width)
            sheet.write_string(_FIRST_ROW - 1, column, title, heading)
        sheet.freeze_panes(_FIRST_ROW, 2)
        for line, cells in enumerate(rows, _FIRST_ROW):
            for column, name in enumerate(_NAMES):
                style = open_cell if name in _FILLED_IN else words
                sheet.write_string(line, column, cells.get(name, ""), style)
        column = _NAMES.index("status")
        choices = [*schema.STATUSES.values(), UNCHANGED]
        sheet.data_validation(
            _FIRST_ROW,
            column,
            _FIRST_ROW + len(rows) - 1,
            column,
            {"validate": "list", "source": choices, "ignore_blank": True},
        )
    return content.getvalue()


def _cells(plan: str, commitment: Commitment) -> Iterator[dict[str, str]]:
    """Yield the rows of an item: one; of one with several targets, one for each as well."""
    cells = {
        "plan": plan,
        "item": commitment.item.id,
        "reference": capital(commitment.reference),
        "words": commitment.words,
        "deadline": labels.deadlines_printed(commitment),
    }
    targets = commitment.item.targets
    goals = [labels.target_value(target) for target in targets]
    if len(targets) == 1:
        yield cells | {"goal": goals[0]}
        return
    yield cells
    for target, goal in zip(targets, goals, strict=True):
        yield cells | {"target": target.key or "", "goal": goal}


def read_workbook(path: Path, today: date) -> FilledWorkbook:
    """Read a workbook that came back. Raises ValueError (Vietnamese) when it is another one.

    `today`: a day or a period without a year is the last one that has come.
    """
    sheet = _open_sheet(path.read_bytes())
    head = [_text(sheet.cell(line, 2).value) for line in range(1, len(_HEAD_ROWS) + 1)]
    headings = [_text(sheet.cell(_FIRST_ROW, column).value) for column in range(1, len(_NAMES) + 1)]
    if headings != [title for title, _ in COLUMNS.values()]:
        raise ValueError(
            f"đây không phải bảng báo cáo do máy tạo: hàng {_FIRST_ROW} phải có các cột"
            f" {', '.join(title for title, _ in COLUMNS.values())}"
        )
    rows = []
    for line in range(_FIRST_ROW + 1, (sheet.max_row or 0) + 1):
        cells = {name: sheet.cell(line, column) for column, name in enumerate(_NAMES, 1)}
        merged = _find_merged(sheet, cells)
        if merged or any(_text(cells[name].value) for name in _FILLED_IN):
            row = _read_row(line, cells, today)
            rows.append(replace(row, doubts={**row.doubts, **merged}))
    return FilledWorkbook(
        head[0], read_period(head[1], today), read_day(head[2], today), tuple(rows)
    )


def _open_sheet(raw: bytes) -> Worksheet:
    """Open the sheet that `write_workbook` names; the first where none is called so."""
    try:
        sheets = open_workbook(raw)
    except FormulaWithoutResultError as error:
        raise ValueError(str(error)) from error
    except UnreadableSource as error:
        advice = "mở tệp bằng Excel, lưu lại thành .xlsx rồi thử lại"
        raise ValueError(f"không mở được bảng tính: {advice}") from error
    return next((sheet for sheet in sheets if sheet.title == SHEET), sheets[0])


def _find_merged(sheet: Worksheet, cells: Mapping[str, Cell | MergedCell]) -> dict[str, str]:
    """Tell of the cells to fill in that another one covers, and so hold nothing."""
    faults = {}
    for name in _FILLED_IN:
        cell = cells[name]
        if isinstance(cell, MergedCell):
            area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
            first = area.coord.partition(":")[0]
            faults[name] = f"gộp với ô {first}; bỏ gộp ô rồi điền từng hàng"
    return faults


def _read_row(line: int, cells: Mapping[str, Cell | MergedCell], today: date) -> Row:
    """Turn what people type into what files have: codes of states, days, decimal points."""
    given = {name: _text(cell.value) for name, cell in cells.items()}
    values = {name: given[name] for name in _FILLED_IN if given[name]}
    doubts: dict[str, str] = {}
    readers: dict[str, Callable[[str], str]] = {
        "status": _read_status,
        "done_on": lambda typed: _read_day(typed, today),
        "value": lambda typed: _read_figure(cells["value"], typed),
        "url": _read_link,
    }
    for name in readers.keys() & values.keys():
        try:
            values[name] = readers[name](values[name])
        except ValueError as error:
            doubts[name] = str(error)
    if values.get("status") == UNCHANGED:
        del values["status"]
        values["unchanged"] = "true"
    return Row(line, given["plan"], given["item"], given["target"], values, doubts)


def _read_status(typed: str) -> str:
    """Return the code of a state, or `UNCHANGED`. Raises ValueError (Vietnamese)."""
    codes: dict[str, str] = {code: code for code in schema.STATUSES}
    codes |= {fold(name): code for code, name in schema.STATUSES.items()}
    codes[fold(UNCHANGED)] = UNCHANGED
    word = " ".join(fold(typed).strip(" .,;").split()).removeprefix("da ")
    if word not in codes:
        choices = ", ".join((*schema.STATUSES.values(), UNCHANGED))
        raise ValueError(f"không có tình hình «{typed[:40]}»; chọn trong: {choices}")
    return codes[word]


def _read_day(typed: str, today: date) -> str:
    day = read_day(typed, today)
    if not _DAY.fullmatch(day):
        raise ValueError(f"không đọc được ngày «{typed[:40]}»; ghi như 12/6/2026, hoặc 6/2026")
    return day


def _read_figure(cell: Cell | MergedCell, typed: str) -> str:
    """Return a figure as files have it; a share as the spreadsheet shows it, 89,5% for 0,895.

    Raises ValueError (Vietnamese).
    """
    is_figure = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    if is_figure and "%" in str(cell.number_format):
        return f"{round(Decimal(typed) * 100, 6):f}".rstrip("0").rstrip(".")
    number = typed if is_figure else read_number(typed)
    if not DECIMAL.match(number):
        raise ValueError(f"không đọc được số «{typed[:40]}»; chỉ ghi số, như 74,5 hoặc 1250")
    return number


def _read_link(typed: str) -> str:
    url = read_address(typed)
    fault = find_fault_of_link(url) if ":" in url else None
    if fault is not None:
        raise ValueError("; ".join(fault))
    return url


def _text(value: object) -> str:
    """Return a cell as text; a day as ISO 8601, a figure without what Excel adds.

    What people paste and do not see is left out.
    """
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return clean(str(value)).strip()
