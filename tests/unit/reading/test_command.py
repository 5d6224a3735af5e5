"""`congkhai read FILE`: the facts of a file as tab-separated values."""

from __future__ import annotations

from pathlib import Path

import pytest

from congkhai.cli import main
from congkhai.reading.document import COLUMNS

PLAN = """\
KẾ HOẠCH
Phòng, chống thiên tai năm 2026

Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2026 của Ủy ban nhân dân tỉnh, xã xây dựng kế hoạch:

I. MỤC TIÊU
1. Đến năm 2028, trên 95% hộ dân được cảnh báo sớm.

II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Chủ trì, phối hợp với Công an xã kiểm tra công trình, xong trước ngày 30/4/2026.
- Báo cáo định kỳ 6 tháng.
2. Đề nghị Ủy ban MTTQ Việt Nam xã
- Vận động người dân tham gia.

Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Lưu: VT.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_read_prints_one_line_for_each_provision_with_a_fact(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(plan)]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.split("\t") == list(COLUMNS)
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]
    shown = [
        (
            row["line"],
            row["lead"],
            row["implementing"],
            row["requested"],
            row["due_norm"],
            row["target_norm"],
        )
        for row in rows
    ]
    assert shown == [
        ("7", "", "", "", "2028", ">95 %"),
        ("11", "^Phòng Kinh tế", "", "", "<2026-04-30", ""),
        ("12", "", "^Phòng Kinh tế", "", "every:half", ""),
        ("14", "", "", "^Ủy ban MTTQ Việt Nam xã", "", ""),
    ]
    assert rows[1]["coordinating"] == rows[1]["partners"] == "Công an xã"


@pytest.mark.parametrize("name", ["khong-co.txt", "cu.doc"])
def test_a_file_that_cannot_be_read_ends_with_2_in_vietnamese(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert main(["read", str(tmp_path / name)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert name in printed.err
