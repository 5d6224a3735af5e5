"""A workbook (.xlsx) as blocks: a table for each visible sheet.

Comes in: the bytes of the file. Goes out: what stands above and below a table of tasks as
paragraphs, the table row by row with merged cells; dates and numbers as Vietnamese print
them. Read by openpyxl, after the sizes and the XML were checked.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from congkhai.sources.archive import Archive
from congkhai.sources.blocks import (
    Block,
    Blocks,
    Row,
    Table,
    UnreadableSource,
    ask_about_change,
    describe_struck,
    number_lines,
)
from congkhai.sources.document import Question
from congkhai.sources.tables import split_table
from congkhai.text.old_fonts import convert_by_font
from congkhai.text.vietnamese import nfc, number

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 60
_MOST_CELLS: Final = 5
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL_END: Final = re.compile(rb"</(?:\w+:)?c>")
_FORMULA_TAG: Final = re.compile(rb"<(?:\w+:)?f\b")
_RESULT: Final = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_MONTH_ONLY: Final = re.compile(r"^[^dm]*m[^dy]*y[^d]*$", re.IGNORECASE)


class FormulaWithoutResultError(UnreadableSource):
    """A cell has a formula that no spreadsheet has computed yet."""


def open_workbook(raw: bytes) -> list[Worksheet]:
    """Open a workbook; its sheets. Raises `UnreadableSource` when it is none."""
    Archive(raw).refuse_declarations()
    _refuse_formulas_without_results(raw)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts it leaves out (pictures, validation); no words are there.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(raw), data_only=True)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableSource(
            "không mở được bảng tính", "mở bằng Excel, lưu lại thành .xlsx rồi thử lại"
        ) from error
    return list(workbook.worksheets)


def _refuse_formulas_without_results(raw: bytes) -> None:
    """Refuse cells that no spreadsheet has computed yet: they would be read as empty."""
    cells: list[str] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if _SHEET.fullmatch(name):
                cells += _list_formulas_without_results(archive.read(name))
    if cells:
        rest = f" và {len(cells) - _MOST_CELLS} ô nữa" if len(cells) > _MOST_CELLS else ""
        raise FormulaWithoutResultError(
            f"ô {', '.join(cells[:_MOST_CELLS])}{rest}: công thức chưa có kết quả",
            "mở bằng Excel, lưu lại rồi thử lại; hoặc thay công thức bằng chữ, số",
        )


def _list_formulas_without_results(xml: bytes) -> Iterator[str]:
    if b"<f" not in xml and b":f" not in xml:
        return
    for before_end in _CELL_END.split(xml)[:-1]:
        begin = max(before_end.rfind(b"<c "), before_end.rfind(b":c "))
        attributes, _, inside = before_end[begin:].partition(b">")
        # A text that is empty is a result, too: =IF(A1="";"";A1).
        if (
            _FORMULA_TAG.search(inside)
            and not _RESULT.search(inside)
            and b't="str"' not in attributes
        ):
            place = _PLACE.search(attributes)
            yield place[1].decode() if place else "?"


def read_xlsx(raw: bytes) -> Blocks:
    """Read a workbook. Raises `UnreadableSource` when it is none."""
    items: list[Block] = []
    questions: list[Question] = []
    for sheet in open_workbook(raw):
        if sheet.sheet_state != "visible":
            questions.append(_ask_about_hidden(sheet))
            continue
        table = _read_sheet(sheet)
        questions.extend(_ask_about_left_out(sheet))
        if table.rows:
            items.extend(split_table(table))
    numbered = number_lines(items)
    questions.extend(_ask_about_shares(numbered))
    return Blocks(items=numbered, questions=questions)


def _ask_about_hidden(sheet: Worksheet) -> Question:
    return Question(
        line=0,
        message=f"trang tính «{sheet.title}» bị ẩn, chưa đọc",
        hint="nếu là một phần của văn bản thì bỏ ẩn trong Excel rồi chạy lại",
    )


def _ask_about_left_out(sheet: Worksheet) -> Iterator[Question]:
    """Ask about hidden rows and struck cells, of which none is read."""
    hidden = [str(at) for at, row in sorted(sheet.row_dimensions.items()) if row.hidden]
    filled = [at for at in hidden if any(cell.value is not None for cell in sheet[int(at)])]
    if filled:
        yield Question(
            line=0,
            message=f"trang tính «{sheet.title}» có dòng bị ẩn, chưa đọc: {', '.join(filled[:20])}",
            hint="nếu là một phần của văn bản thì bỏ ẩn trong Excel rồi chạy lại",
        )
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS), max_col=MAX_COLUMNS):
        for cell in row:
            if cell.value is not None and _is_struck(cell):
                yield ask_about_change(describe_struck(str(cell.value)), "Excel")


def _is_struck(cell: Cell | MergedCell) -> bool:
    return bool(cell.font and cell.font.strike)


def _read_sheet(sheet: Worksheet) -> Table:
    last_row = min(sheet.max_row, MAX_ROWS)
    last_column = min(_last_column(sheet, last_row), MAX_COLUMNS)
    down, across = _read_merges(sheet)
    rows: list[Row] = []
    for at in range(1, last_row + 1):
        if sheet.row_dimensions[at].hidden:
            continue
        cells: list[str] = []
        merged: set[int] = set()
        for column in range(1, last_column + 1):
            above = down.get((at, column))
            source = sheet.cell(*above) if above else sheet.cell(at, column)
            if above:
                merged.add(column - 1)
            cells.append(_print_cell(source))
        if any(cells):
            is_spread = across.get(at, 0) > 1 and across.get(at, 0) >= last_column - 1
            rows.append(Row(cells=tuple(cells), merged=frozenset(merged), is_spread=is_spread))
    return Table(rows=tuple(rows), name=sheet.title)


def _last_column(sheet: Worksheet, last_row: int) -> int:
    """Find the last column with a value; formatted blank columns count for nothing."""
    return max(
        (
            cell.column
            for row in sheet.iter_rows(max_row=last_row, max_col=MAX_COLUMNS)
            for cell in row
            if cell.value is not None
        ),
        default=0,
    )


def _read_merges(sheet: Worksheet) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[int, int]]:
    """Cells printed in a row above, by place; and the widest cell of each row."""
    down: dict[tuple[int, int], tuple[int, int]] = {}
    across: dict[int, int] = {}
    for area in sheet.merged_cells.ranges:
        width = area.max_col - area.min_col + 1
        across[area.min_row] = max(across.get(area.min_row, 0), width)
        for row in range(area.min_row + 1, area.max_row + 1):
            down[row, area.min_col] = area.min_row, area.min_col
    return down, across


def _print_cell(cell: Cell | MergedCell) -> str:
    """Print a cell as its reader sees it, in Vietnamese form."""
    value = cell.value
    form = cell.number_format or "General"
    if value is None or _is_struck(cell):
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime | date):
        return _print_date(value, form)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _print_number(Decimal(str(value)), form)
    text = nfc(str(value))
    if cell.font and cell.font.name:
        text = convert_by_font(text, cell.font.name)
    return "\n".join(line for raw in text.split("\n") if (line := " ".join(raw.split())))


def _print_date(value: date, form: str) -> str:
    """Print a day, or only its month and year when the cell shows no more.

    >>> _print_date(date(2026, 9, 30), "dd/mm/yyyy"), _print_date(date(2026, 9, 1), "mm/yyyy")
    ('30/09/2026', '09/2026')
    """
    return f"{value:%m/%Y}" if _MONTH_ONLY.match(form) else f"{value:%d/%m/%Y}"


def _print_number(value: Decimal, form: str) -> str:
    """Print a number as the cell shows it, in Vietnamese form.

    >>> _print_number(Decimal("0.6"), "0%"), _print_number(Decimal("0.6"), "General")
    ('60%', '0,6')
    >>> _print_number(Decimal("1250"), "#,##0"), _print_number(Decimal("2026.0"), "General")
    ('1.250', '2026')
    """
    places = re.search(r"0[.](0+)", form)
    is_share = "%" in form
    shown = value * 100 if is_share else value
    if places or is_share or form.startswith(("0", "#")):
        shown = round(shown, len(places[1]) if places else 0)
    text = f"{shown.normalize():f}"
    text = number(Decimal(text)) if "," in form else text.replace(".", ",")
    return f"{text}%" if is_share else text


def _ask_about_shares(items: list[Block]) -> Iterator[Question]:
    """«0,6» beside the unit «%» may be 60 % that lost its format."""
    for item in items:
        if not isinstance(item, Table):
            continue
        for row in item.rows:
            shares = [cell for cell in row.cells if re.fullmatch(r"0,\d+", cell)]
            if shares and "%" in row.cells:
                percents = ", ".join(
                    f"{Decimal(share.replace(',', '.')) * 100:f}".rstrip("0").rstrip(".") + "%"
                    for share in shares
                )
                yield Question(
                    line=row.line,
                    message=f"ô ghi {', '.join(shares)} với đơn vị tính %",
                    hint=f"nếu là {percents} thì sửa trong Excel hoặc trong bản nháp",
                )
