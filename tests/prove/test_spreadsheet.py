"""A spreadsheet set to Vietnamese reads the figures of our tables as figures.

LibreOffice itself opens the table, told the language of the numbers in it, and saves what it
understood as a workbook. Set to English, it takes the same cells for text: the test can fail.
"""

from __future__ import annotations

import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from conftest import PROVE, ROOT
from congkhai.exports.open_data import rows
from congkhai.exports.open_data.spreadsheets import to_csv
from congkhai.pages.dictionary import read_tables

VIETNAMESE, ENGLISH = 1066, 1033
"""The numbers by which its import of text names languages."""
FIGURES = [Decimal("2.87"), Decimal("90"), Decimal("0.5"), Decimal("1250.75")]


def values_of(table: Path, language: int, folder: Path) -> list[object]:
    """Return the column `value` of a table as LibreOffice understands it."""
    soffice = subprocess.run(
        [ROOT / ".ci" / "need", "soffice"], check=True, capture_output=True, text=True
    ).stdout.strip()
    # Comma, double quotes, UTF-8, from the first line, each column as it looks, special numbers.
    text = f"CSV:44,34,76,1,,{language},false,true"
    subprocess.run(
        [
            *(soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *(f"--infilter={text}", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", folder, table),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    sheet = openpyxl.load_workbook(folder / f"{table.stem}.xlsx").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    column = lines[0].index("value")
    return [line[column] for line in lines[1:]]


if PROVE:

    @pytest.mark.parametrize(
        ("language", "kinds"), [(VIETNAMESE, {int, float}), (ENGLISH, {int, str})]
    )
    def test_a_figure_is_a_number_in_vietnamese(tmp_path: Path, language: int, kinds: set[type]):
        targets = [
            rows.TargetRow(
                target=f"mau#{number}",
                plan="mau",
                document=None,
                item="i.1",
                measure="mau",
                printed="mẫu",
                comparator="=",
                value=value,
                maximum=None,
                baseline=None,
                unit_of_measure="%",
                population=None,
                modal=None,
                condition=None,
                by=None,
                source=None,
                url="https://example.vn/",
            )
            for number, value in enumerate(FIGURES)
        ]
        table = tmp_path / "chi-tieu.csv"
        table.write_bytes(to_csv(read_tables()["targets"], targets))
        values = values_of(table, language, tmp_path)
        assert {type(value) for value in values} == kinds
        if language == VIETNAMESE:
            assert [Decimal(str(value)) for value in values] == FIGURES
