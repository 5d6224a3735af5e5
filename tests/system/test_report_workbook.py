"""A body's reports in bulk: a workbook goes out, comes back filled in, and becomes reports."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT
from congkhai.cli import main
from congkhai.data.load import load_dataset
from congkhai.drafting.report_workbook import COLUMNS

PLAN = "lai-chau/ascc-2026-2030"
FILE = "bao-cao-2026-so-noi-vu.xlsx"
COLUMN = {name: number for number, name in enumerate(COLUMNS, 1)}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AS_OF", "2026-11-22")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    assert main(["workbook", "Sở Nội vụ", "2026"]) == 0
    return tmp_path


def fill_in(office: Path, **cells: object) -> None:
    """Fill in the first row of the workbook, by the names of its columns."""
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    for name, value in cells.items():
        sheet.cell(6, COLUMN[name]).value = value
    workbook.save(office / FILE)


def test_a_filled_workbook_becomes_reports_that_check_accepts(office: Path) -> None:
    """What people type in Excel is read: states and days in Vietnamese, words with marks."""
    words = 'Đã mở 3 lớp: "tập huấn", 120 người.'
    fill_in(office, status="Hoàn thành", done_on="2/11/2026", text=words)
    assert main(["import", FILE]) == 0
    assert main(["check"]) == 0
    filed = load_dataset(office / "plans")[0].reports[PLAN]
    (entry,) = filed["2026-so-noi-vu.yml"].value.entries
    assert (entry.status, entry.done_on and entry.done_on.iso(), entry.text) == (
        "done",
        "2026-11-02",
        words,
    )
    assert main(["import", FILE]) == 1  # nobody's report is replaced


def test_what_is_wrong_is_told_cell_by_cell_and_nothing_is_written(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill_in(office, status="xong rồi", done_on="mai", url="http://a.vn")
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    assert "ô H6: không có tình hình «xong rồi»" in told and "hoàn thành" in told
    assert "\nô I6: " in told
    assert "chưa ghi báo cáo nào" in told
    assert not list((office / "plans" / PLAN).glob("reports/2026*"))


def test_a_figure_that_may_be_thousands_is_asked_about(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """«1.250» typed is 1250 or 1,25; a figure of the spreadsheet itself is what it is."""
    fill_in(office, status="đang thực hiện", value="1.250")
    assert main(["import", FILE]) == 1
    assert "ô J6: «1.250» là 1250 hay 1,25?" in capsys.readouterr().out
    fill_in(office, value=1.125)
    main(["import", FILE])
    assert "1250" not in capsys.readouterr().out


def test_a_period_is_taken_as_people_say_it(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By commands, and in the head of a workbook."""
    assert main(["workbook", "Sở Nội vụ", "quý IV/2026"]) == 0
    assert main(["report", PLAN, "Sở Nội vụ", "tháng 11/2026"]) == 0
    assert (office / "plans" / PLAN / "reports" / "2026-11-so-noi-vu.yml").exists()
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    sheet["B2"], sheet["B3"] = "6 tháng đầu năm", "2/11/26"
    sheet.cell(6, COLUMN["status"]).value = "đang thực hiện"
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 1
    assert "ô B2: không đọc được kỳ báo cáo" in capsys.readouterr().out
    sheet["B2"] = "Quý 4"
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 0
    (written,) = (office / "plans" / PLAN).glob("reports/2026-q4-*.yml")
    assert "date: 2026-11-02\n" in written.read_text("utf-8")


def test_a_share_is_read_as_the_sheet_shows_it_and_pasted_text_is_cleaned(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0,895 shown as 89,5% is 89.5; what may be left is told when the file has been written."""
    assert main(["workbook", "ubnd", "2026", PLAN]) == 0
    file = "bao-cao-2026-ubnd.xlsx"
    workbook = openpyxl.load_workbook(office / file)
    sheet = workbook.active
    assert sheet is not None
    row = next(
        number
        for number in range(6, sheet.max_row + 1)
        if str(sheet.cell(number, COLUMN["goal"]).value).endswith("%")
    )
    sheet.cell(row, COLUMN["status"]).value = "đang thực hiện"
    sheet.cell(row, COLUMN["value"]).value = 0.895
    sheet.cell(row, COLUMN["value"]).number_format = "0.0%"
    sheet.cell(row, COLUMN["text"]).value = "Ðã mở\u200b lớp\xa0cho ông Lê An, sinh ngày 12/3/1980."
    workbook.save(office / file)
    assert main(["import", file]) == 0
    told = capsys.readouterr().out
    assert f"Nên xem lại:\nô K{row}: “Đã làm được gì” có vẻ chứa ngày, năm sinh" in told
    (entry,) = load_dataset(office / "plans")[0].reports[PLAN]["2026-ubnd.yml"].value.entries
    assert (str(entry.value), entry.text) == (
        "89.5",
        "Đã mở lớp cho ông Lê An, sinh ngày 12/3/1980.",
    )


def test_faults_are_told_in_the_words_of_the_sheet(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever fills in a sheet knows its columns, not the fields and codes of a file."""
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    rows: list[dict[str, object]] = [
        {"status": "hoàn thành"},
        {"status": "không áp dụng"},
        {"status": "không có gì mới"},
        {"status": "đang thực hiện", "done_on": "2/11/2026"},
        {"text": "Đã mở 3 lớp."},
        {"status": "đang thực hiện", "value": "nhiều", "url": "https://a.vn:8443/x"},
    ]
    for line, cells in enumerate(rows, 6):
        for name, value in cells.items():
            sheet.cell(line, COLUMN[name]).value = value
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    assert told.count("ô ") >= len(rows)
    assert not re.search(r"\b(status|done_on|value|reason|unchanged|done|not-applicable)\b", told)
    assert "điền “Ngày hoàn thành”" in told and "chỉ ghi số, như 74,5" in told


def test_a_body_has_what_was_given_to_the_one_that_it_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without naming the plan; and its name in the head is as good as its code."""
    shutil.copytree(ROOT / "tests" / "demo" / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AS_OF", "2026-11-22")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    assert main(["workbook", "Sở Nông nghiệp và Môi trường", "2026-q4"]) == 0
    (file,) = tmp_path.glob("*.xlsx")
    assert file.name == "bao-cao-2026-q4-so-nong-nghiep-va-moi-truong.xlsx"
    workbook = openpyxl.load_workbook(file)
    sheet = workbook.active
    assert sheet is not None
    sheet["B1"] = "Sở Nông nghiệp và Môi trường"
    sheet.cell(6, COLUMN["status"]).value = "Đang  thực hiện."
    sheet.cell(6, COLUMN["value"]).value = "89,5 %"
    workbook.create_sheet("Ghi chú", 0)
    workbook.save(file)
    assert main(["import", file.name]) == 0


def test_a_row_that_a_merged_cell_or_a_copy_hides_is_told(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows below the first of merged cells hold nothing, and were dropped without a word."""
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    for line in (6, 9, 10):
        sheet.cell(line, COLUMN["status"]).value = "đang thực hiện"
    sheet.merge_cells("H6:H8")
    for name in ("plan", "item", "target"):
        sheet.cell(10, COLUMN[name]).value = sheet.cell(9, COLUMN[name]).value
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    assert "ô H7: gộp với ô H6" in told and "ô H8: gộp với ô H6" in told
    assert "đã có ở hàng 9" in told
    (office / "bang.xlsx").write_text("a;b")
    assert main(["import", "bang.xlsx"]) == 2
    assert "mở tệp bằng Excel" in capsys.readouterr().err


def test_a_formula_without_a_result_is_told_and_nothing_is_written(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its words would be missing from a report that is written without a complaint."""
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    sheet.cell(6, COLUMN["status"]).value = "đang thực hiện"
    sheet.cell(6, COLUMN["text"]).value = '="Đã mở "&"2 lớp"'
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 2
    assert "công thức chưa có kết quả → mở bằng Excel, lưu lại" in capsys.readouterr().err


def test_one_fault_hides_no_other(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the head, of an item that is not theirs, of a word, of a rule: all are told at once."""
    workbook = openpyxl.load_workbook(office / FILE)
    sheet = workbook.active
    assert sheet is not None
    sheet["B3"] = "mai"
    for line, cells in enumerate(
        (
            {"status": "đang thực hiện", "item": "iv.99"},
            {"status": "xong rồi", "text": "x"},
            {"status": "hoàn thành"},
            {"status": "đang thực hiện", "text": "Gọi 0912345678"},
            {"status": "đang thực hiện", "text": "Đang lập danh sách."},
        ),
        6,
    ):
        for name, value in cells.items():
            sheet.cell(line, COLUMN[name]).value = value
    workbook.save(office / FILE)
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    cells = [line.split(":")[0] for line in told.splitlines() if line.startswith("ô ")]
    assert cells == ["ô B3", "ô B6", "ô H7", "ô H8", "ô K9"]
    assert not list((office / "plans" / PLAN).glob("reports/2026*"))


def test_a_cell_that_cannot_be_read_hides_no_other_of_its_row(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor is its value called missing: it is there, and only has to be written anew."""
    fill_in(
        office,
        status="hoàn thành",
        done_on="hôm qua",
        text="Gọi 0912345678",
        title="Quyết định",
        url="javascript:alert(1)",
    )
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    cells = [line.split(":")[0] for line in told.splitlines() if line.startswith("ô ")]
    assert cells == ["ô I6", "ô K6", "ô N6"]
    assert "Ngày hoàn thành" not in told
    fill_in(office, status="xong rồi", done_on="2/11/2026", url="https://laichau.gov.vn/a")
    assert main(["import", FILE]) == 1
    told = capsys.readouterr().out
    cells = [line.split(":")[0] for line in told.splitlines() if line.startswith("ô ")]
    assert cells == ["ô H6", "ô K6"]
    assert not list((office / "plans" / PLAN).glob("reports/2026*"))


def test_another_workbook_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl.Workbook().save("khac.xlsx")
    assert main(["import", "khac.xlsx"]) == 2
    assert "không phải bảng báo cáo do máy tạo" in capsys.readouterr().err
