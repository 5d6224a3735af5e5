"""The value of a report's line is one that its own words can give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cases import MINIMAL, problems_of

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
REPORT = f"plans/{PLAN}/reports/2027-phong-van-hoa-xa-hoi.yml"


def said_of(folder: Path, value: str, text: str) -> list[str]:
    """Return what is said of a line with this value and this text."""
    shutil.copytree(MINIMAL, folder / "plans")
    file = folder / REPORT
    report = file.read_text("utf-8")
    report = report.replace("value: 74.5", f"value: {value}")
    file.write_text(report.replace("Đã tổ chức bốn lớp.", f'"{text}"'), "utf-8")
    messages = [one.message for one in problems_of(folder / "plans")]
    assert all("text" in one or one.startswith("giá trị") for one in messages)
    return [one for one in messages if one.startswith("value: ")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("95", "Đạt 92% cán bộ."),
        ("95", "Tỷ lệ đạt được là 92 %."),
        ("95", "đạt 92 phần trăm"),
        ("95", "Tăng từ 85% lên 92%."),
        ("95", "Đạt 92% (kế hoạch 95%)."),
        ("95", "Chỉ tiêu 95%, thực hiện 92%."),
        ("95", "Có 46/50 cán bộ, đạt 92%."),
        ("95", "Đạt 92,4%."),
        ("92.6", "Đạt 92%."),
        ("85", "Đạt trên 90%."),
        ("75", "Khoảng 90%."),
    ],
)
def test_a_value_that_its_words_contradict_is_told(tmp_path: Path, value: str, text: str):
    assert len(said_of(tmp_path, value, text)) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("92", "Đạt 92% cán bộ."),
        ("92.4", "Đạt 92%."),
        ("92.37", "đạt 92,4%"),
        ("92", "Kế hoạch 95%, đạt 92%, tăng 3% so với năm trước."),
        ("92.5", "Đạt trên 90%."),
        ("91", "Khoảng 90%."),
        ("92", "Đã tổ chức 4 lớp cho 120 người."),
        ("92", "Có 46/50 cán bộ."),
        ("92", "Theo Kế hoạch số 168/KH-UBND ngày 06/5/2026."),
        ("92", "Năm trước đạt 85%. Năm nay 92%."),
    ],
)
def test_a_value_that_its_words_can_give_is_not(tmp_path: Path, value: str, text: str):
    assert said_of(tmp_path, value, text) == []
