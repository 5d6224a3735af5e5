"""Tables as files that a spreadsheet opens: CSV, and workbooks with typed cells.

Comes in: rows of `rows` with their `Table`. Goes out: bytes, the same for the same rows.

CSV is RFC 4180 in UTF-8 with a byte order mark, days as ISO 8601, and figures with a decimal
comma, as a spreadsheet set to Vietnamese reads and writes them. In a workbook figures and days
are cells of that type, so every spreadsheet shows them in its own way.

XlsxWriter makes one workbook without rows for all: its styles, headings and the rest of the
package. A row stands in the workbooks of its plan, its province and each unit that has a part in
it, so it is written once and put into each sheet as it is: with XlsxWriter's own rows, which it
writes cell by cell, workbooks took a quarter of a build. So a cell says its text itself and not a
place in a list of the workbook's texts, and follows the one before it instead of naming its place,
as ECMA-376 allows.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter
from markupsafe import escape

from congkhai.exports.open_data.rows import Cell
from congkhai.exports.tables import BYTE_ORDER_MARK, FORMULA_STARTS, decimal_comma
from congkhai.pages.dictionary import Table

TRUE, FALSE = "có", "không"
_CREATED = datetime(2000, 1, 1)
"""In every workbook: the day of the build would change its bytes every day."""
_WIDTHS = {"string": 24, "url": 30, "integer": 10, "number": 12, "boolean": 9}
_WIDEST = 60
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""
_LAST_ROW = 1_048_575
"""Of a sheet, from 0: filters are for whole columns, however many rows there are."""
_DAY_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here, those since March 1900."""


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
        return decimal_comma(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class Sheet(NamedTuple):
    """A sheet of a workbook without rows, as the XML around them."""

    file: str
    start: bytes
    end: bytes


class BlankWorkbook:
    """A workbook that has sheets with headings, and no rows yet."""

    def __init__(self, tables: Mapping[str, Table], notes: Sequence[str]) -> None:
        """`tables`: by the name of the sheet, which readers see; `notes`: on the last sheet."""
        with zipfile.ZipFile(io.BytesIO(_make_blank(tables, notes))) as package:
            files = {name: package.read(name) for name in package.namelist()}
        self._sheets = [
            _cut_sheet(f"xl/worksheets/sheet{number}.xml", files)
            for number in range(1, len(tables) + 1)
        ]
        # The first cells below the headings have one style each: of words and figures, of days.
        first = _SAMPLE.search(files[self._sheets[0].file])
        assert first is not None, "the sample that was written is there"
        words, day = (style.decode() for style in first.groups())
        self._text = f'<c s="{words}" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        self._figure = f'<c s="{words}"><v>%s</v></c>'
        self._day = f'<c s="{day}"><v>%d</v></c>'
        sheets = {sheet.file for sheet in self._sheets}
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as package:
            for name, file in files.items():
                if name not in sheets:
                    package.writestr(_entry(name), file)
        self._without_sheets = content.getvalue()

    def write_row(self, row: Iterable[Cell]) -> bytes:
        """Write a row of a sheet."""
        return f"<row>{''.join([self._write_cell(cell) for cell in row])}</row>".encode()

    def _write_cell(self, cell: Cell) -> str:
        if cell is None or cell == "":
            return "<c/>"
        if isinstance(cell, str):
            # What looks like a letter given by its number is no such letter.
            return self._text % escape(cell[:_LONGEST_CELL].replace("_x", "_x005F_x"))
        if isinstance(cell, bool):
            return self._text % (TRUE if cell else FALSE)
        if isinstance(cell, date):
            return self._day % (cell - _DAY_ZERO).days
        return self._figure % format(cell, "f" if isinstance(cell, Decimal) else "d")

    def fill(self, rows: Sequence[Iterable[bytes]]) -> bytes:
        """Return a workbook with rows from `write_row`, given for each sheet."""
        content = io.BytesIO(self._without_sheets)
        with zipfile.ZipFile(content, "a") as package:
            for sheet, lines in zip(self._sheets, rows, strict=True):
                package.writestr(_entry(sheet.file), b"".join([sheet.start, *lines, sheet.end]))
        return content.getvalue()


_SAMPLE = re.compile(rb'<row r="2"[^>]*><c r="A2" s="(\d+)"[^>]*>.*?<c r="B2" s="(\d+)".*?</row>')
_EXTENT = re.compile(rb"<dimension [^>]*/>")
_DATA_END = b"</sheetData>"


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file of a package without the time at which it was written."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _cut_sheet(file: str, files: Mapping[str, bytes]) -> Sheet:
    """Cut a sheet where its rows belong, without the sample, and without saying how many it has."""
    content = _EXTENT.sub(b"", _SAMPLE.sub(b"", files[file]))
    start, end, rest = content.partition(_DATA_END)
    return Sheet(file, start, end + rest)


def _make_blank(tables: Mapping[str, Table], notes: Sequence[str]) -> bytes:
    """Make a workbook: for each table a sheet with Vietnamese headings and a sample row; notes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _CREATED})
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        words = workbook.add_format({"text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for name, table in tables.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, column in enumerate(table.columns):
                is_long = column.name in ("text", "title", "before", "after", "printed")
                width = _WIDEST if is_long else _WIDTHS.get(column.type, 12)
                sheet.set_column(number, number, width)
                sheet.write_string(0, number, column.title, heading)
            sheet.write_number(1, 0, 0, words)
            sheet.write_number(1, 1, 0, day)
            sheet.autofilter(0, 0, _LAST_ROW, len(table.columns) - 1)
        sheet = workbook.add_worksheet("Cách đọc")
        sheet.set_column(0, 0, 2 * _WIDEST)
        for number, note in enumerate(notes):
            sheet.write_string(number, 0, note, words)
    return content.getvalue()
