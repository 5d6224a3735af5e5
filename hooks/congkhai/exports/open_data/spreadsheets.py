"""Tables as files that a spreadsheet opens: CSV, and workbooks with typed cells.

Comes in: rows of `rows` with their `Table`. Goes out: bytes, the same for the same rows.

CSV is RFC 4180 in UTF-8 with a byte order mark, days as ISO 8601, and figures with a decimal
comma, as a spreadsheet set to Vietnamese reads and writes them. In a workbook figures and days
are cells of that type, so every spreadsheet shows them in its own way.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from congkhai.exports.open_data.rows import Cell
from congkhai.exports.tables import BYTE_ORDER_MARK, FORMULA_STARTS
from congkhai.pages.dictionary import Table

TRUE, FALSE = "có", "không"
_CREATED = datetime(2000, 1, 1)
"""In every workbook: the day of the build would change its bytes every day."""
_WIDTHS = {"string": 24, "url": 30, "integer": 10, "number": 12, "boolean": 9}
_WIDEST = 60
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""


def to_csv(table: Table, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows under the names of their columns."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([write_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def write_cell(cell: Cell) -> str:
    """Write a value as text; what a spreadsheet would run as a formula stays text.

    >>> write_cell(Decimal("2.87")), write_cell(date(2026, 11, 1)), write_cell(None)
    ('2,87', '2026-11-01', '')
    >>> write_cell("=1+1"), write_cell("-"), write_cell(True)
    ("'=1+1", '-', 'có')
    """
    if isinstance(cell, str):
        # A mark of a list alone, «-» or «+», is no formula.
        return f"'{cell}" if len(cell) > 1 and cell.startswith(FORMULA_STARTS) else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return TRUE if cell else FALSE
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def to_workbook(sheets: Mapping[str, tuple[Table, Sequence[Sequence[Cell]]]]) -> bytes:
    """Write a workbook with a sheet for each table, headings in Vietnamese."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        words = workbook.add_format({"text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for name, (table, rows) in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, column in enumerate(table.columns):
                is_long = column.name in ("text", "title", "before", "after", "printed")
                width = _WIDEST if is_long else _WIDTHS.get(column.type, 12)
                sheet.set_column(number, number, width)
                sheet.write_string(0, number, column.title, heading)
            for line, row in enumerate(rows, 1):
                for number, cell in enumerate(row):
                    if cell is None or cell == "":
                        continue
                    if isinstance(cell, bool):
                        sheet.write_string(line, number, TRUE if cell else FALSE, words)
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, number, cell, day)
                    elif isinstance(cell, int | Decimal):
                        sheet.write_number(line, number, cell, words)
                    else:
                        sheet.write_string(line, number, cell[:_LONGEST_CELL], words)
            sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)
    return content.getvalue()
