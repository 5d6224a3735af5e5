"""What somebody could put into the data folder to stop a check, or to speak in its name.

One test for each: it ends, with a message on one line, and says what to do.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from congkhai.cli import main
from congkhai.data.files import explain_os_error, read_file
from congkhai.data.load import load_dataset
from congkhai.data.problem import MOST_OF_A_KIND, Problem, shorten
from tests.cases import MINIMAL, lay_out, problems_of
from tests.office import work_in

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = lay_out(MINIMAL, tmp_path)
    work_in(tmp_path, monkeypatch)
    return folder


def edit_plan(plans: Path, old: str, new: str) -> None:
    file = plans / PLAN / "plan.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "name", [f"{PLAN}/source.txt", f"{PLAN}/plan.yml", "units.yml", f"{PLAN}/reports/2027-a.yml"]
)
def test_a_pipe_keeps_nobody_waiting(name: str, plans: Path) -> None:
    (plans / name).unlink(missing_ok=True)
    os.mkfifo(plans / name)
    said = [str(problem) for problem in problems_of(plans)]
    assert f"plans/{name}: đây không phải tệp thường (ống dẫn hoặc thiết bị) → xóa khỏi kho" in (
        "\n".join(said)
    )


def test_a_pipe_is_not_read_by_name(tmp_path: Path) -> None:
    """Where a file was one when it was listed, and is a pipe when it is read."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="ống dẫn"):
        read_file(tmp_path / "pipe")
    with pytest.raises(OSError, match="ống dẫn"):
        read_file(tmp_path)


def test_a_pipe_given_to_a_command_is_wrong_use(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "van-ban.txt")
    for command in (["draft", "van-ban.txt"], ["read", "van-ban.txt"]):
        assert main(command) == 2
        assert "không mở được van-ban.txt" in capsys.readouterr().err.lower()


def test_a_folder_that_may_not_be_opened_is_a_problem(
    plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may open everything, so the system's answer is put in its place."""
    closed = str(plans / PLAN)
    scandir = os.scandir

    def refuse(path: str | os.PathLike[str]) -> object:
        if os.fspath(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    said = [str(problem) for problem in load_dataset(plans)[1]]
    assert f"plans/{PLAN}: không mở được thư mục: không có quyền đọc hoặc ghi" in "\n".join(said)


def test_a_file_that_may_not_be_read_is_a_problem(
    plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plans / PLAN / "source.txt").write_text("Số: /KH-UBND\n", "utf-8")
    opened = os.open

    def refuse(path: str | os.PathLike[str], *arguments: int) -> int:
        if os.fspath(path).endswith(("source.txt", "units.yml")):
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    said = "\n".join(str(problem) for problem in problems_of(plans))
    for name in ("units.yml", f"{PLAN}/source.txt"):
        assert f"plans/{name}: không mở được tệp: không có quyền đọc hoặc ghi → kiểm tra" in said


def test_what_the_system_says_is_vietnamese() -> None:
    assert explain_os_error(OSError(28, "No space left on device")) == "đĩa đã đầy"
    assert explain_os_error(OSError("x")) == "lỗi của hệ thống"


@pytest.mark.parametrize("key", [r"k\n::error::x", r"k\r\x1b[2Jx", r"##[error]x", r"k\u202ex"])
def test_a_key_speaks_in_nobody_s_name(
    key: str, plans: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line break in a key would begin a line that the CI takes for a remark of the check."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    edit_plan(plans, "period:", f'"{key}": 1\nperiod:')
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.split("\n")
    remarks = [line for line in lines if line.startswith("::")]
    assert remarks
    assert all(line.startswith("::error file=plans/") for line in remarks)
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u202e]|##\[", line) for line in lines)


def test_a_file_named_with_a_line_break_speaks_in_nobody_s_name(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (plans / PLAN / "a\n::error::x").write_text("", "utf-8")
    assert main(["check"]) == 1
    assert "\n::error" not in capsys.readouterr().out


def test_a_name_given_to_a_command_is_printed_on_one_line(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", PLAN, "so\x1b[31m", "2028"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_twenty_thousand_faults_of_a_kind_are_told_as_one(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that are shown, and how many more there are; the sum counts all."""
    units = ", ".join(f"so-la-{number}" for number in range(20_000))
    edit_plan(plans, "coordinating: [phong-kinh-te]", f"coordinating: [{units}]")
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) < MOST_OF_A_KIND + 10
    assert f"từ đây còn {20_000 - MOST_OF_A_KIND} chỗ nữa như «không có đơn vị" in "\n".join(lines)
    assert lines[-1].startswith("20000 lỗi trong 1 tệp")


def test_faults_of_two_kinds_or_files_are_counted_apart() -> None:
    problems = [
        Problem(path, line, 1, f"{kind} «{line}»")
        for path in ("a.yml", "b.yml")
        for kind in ("không có đơn vị", "không có mục")
        for line in range(30)
    ]
    shown = shorten(problems, 5)
    assert len(shown) == 4 * 6
    assert sum("còn 25 chỗ nữa" in problem.message for problem in shown) == 4
    assert shorten(problems, 30) == problems


@pytest.mark.parametrize(
    "char", ["\u2800", "\ufff9", "\ufffc", "\uf0b7", "\U000f0000", "\ufdd0", "\U0001fffe", "\u0378"]
)
def test_a_sign_that_no_reader_sees_is_refused(char: str, plans: Path) -> None:
    edit_plan(plans, "xã ban hành kế hoạch", f"xã ban{char}hành kế hoạch")
    said = [str(problem) for problem in problems_of(plans) if "U+" in problem.message]
    assert len(said) == (0 if char == "\u0378" else 1), "an unassigned letter may be assigned"
    assert all(f"U+{ord(char):04X}" in line for line in said)


def test_marks_stacked_on_a_letter_are_refused(plans: Path) -> None:
    edit_plan(plans, "xã ban hành kế hoạch", "xã b" + "\u0316" * 200 + "an hành kế hoạch")
    (problem,) = problems_of(plans)
    assert "200 dấu chồng lên một chữ trong «ban»" in problem.message


def test_a_backslash_before_a_code_is_a_backslash(plans: Path) -> None:
    r"""`C:\\x41` says «C:\\x41»; `\\x41` says «A», which nobody sees in the file."""
    edit_plan(plans, "text: Đề nghị Mặt trận", r'text: "ổ C:\\x41 Đề nghị Mặt trận')
    edit_plan(plans, "phối hợp tuyên truyền.", 'phối hợp tuyên truyền."')
    assert not any("viết bằng mã" in problem.message for problem in problems_of(plans))
    edit_plan(plans, r"C:\\x41", r"C:\\\x41")
    (problem,) = (problem for problem in problems_of(plans) if "viết bằng mã" in problem.message)
    assert r"ký tự viết bằng mã «\x41»" in problem.message


def test_two_units_of_one_name_are_refused(plans: Path) -> None:
    units = plans / "units.yml"
    text = units.read_text("utf-8")
    name = re.search(r"^([a-z-]+):\s*\{?\s*name: ([^,\n]+)", text, re.MULTILINE)
    assert name is not None
    block = text[name.start() :].partition("\n\n")[0]
    first = re.split(r"\n(?=\S)", block)[0]
    units.write_text(f"{text}\n{first.replace(name[1], 'don-vi-thu-hai', 1)}\n", "utf-8")
    said = [problem.message for problem in problems_of(plans)]
    assert f"«don-vi-thu-hai» và «{name[1]}» cùng tên «{name[2].strip()}»" in said
