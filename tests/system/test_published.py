"""What readers have seen is not taken back in silence: a check against an earlier commit.

Each case in `tests/cases/published` is an edit of the smallest sound folder after it was committed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from congkhai.cli import main
from congkhai.data.load import load_dataset
from congkhai.model.transcript import transcript
from tests.cases import CASES, MINIMAL, lay_out
from tests.office import work_in
from tests.repository import git

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
REPORT = f"{PLAN}/reports/2026-phong-van-hoa-xa-hoi.yml"
CASES_OF_CHANGE = sorted(path.parent for path in (CASES / "published").glob("*/expected.txt"))

Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Check:
    """`check` in a repository of its own; exit status, and its lines but the last."""
    work_in(tmp_path, monkeypatch)
    shutil.copytree(MINIMAL, tmp_path / "plans")
    git(tmp_path, "init", "-q")
    commit(tmp_path)

    def check(*arguments: str) -> tuple[int, list[str]]:
        status = main(["check", *arguments])
        return status, capsys.readouterr().out.splitlines()[:-1]

    return check


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Công bố")


@pytest.mark.parametrize("case", CASES_OF_CHANGE, ids=lambda case: case.name)
def test_what_was_published_and_is_changed_is_told(
    case: Path, check: Check, tmp_path: Path
) -> None:
    """At its line, with what to do, and as a warning only."""
    shutil.rmtree(tmp_path / "plans")
    lay_out(case, tmp_path)
    status, said = check()
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    assert status == 0
    assert [line[: len(start)] for line, start in zip(said, expected, strict=False)] == expected
    assert len(said) == len(expected)
    assert all(": cảnh báo: " in line and " → " in line for line in said)


def test_there_are_cases_with_and_without_a_warning() -> None:
    """So that neither an empty list nor a rule that warns of everything passes."""
    told = {case.name: bool((case / "expected.txt").read_text("utf-8")) for case in CASES_OF_CHANGE}
    assert sorted(told.values()) == [False] * 2 + [True] * 5


def test_what_is_new_is_no_change(check: Check, tmp_path: Path) -> None:
    """Another report, another plan's folder, a file that is not committed yet."""
    report = tmp_path / "plans" / PLAN / "reports" / "2028-phong-van-hoa-xa-hoi.yml"
    report.write_text(
        'unit: phong-van-hoa-xa-hoi\nperiod: "2028"\ndate: 2028-06-01\n'
        "entries:\n  - {item: ii-1, status: in-progress}\n",
        encoding="utf-8",
    )
    assert check() == (0, [])


def test_answers_to_a_draft_are_no_change(check: Check, tmp_path: Path) -> None:
    """It was committed with its questions, on the branch on which they are answered."""
    plan, source = (tmp_path / "plans" / PLAN / name for name in ("plan.yml", "source.txt"))
    answered = plan.read_text("utf-8")
    dataset, _ = load_dataset(tmp_path / "plans")
    source.write_text(transcript(dataset.plans[PLAN].value) + "Dòng thừa.\n", "utf-8")
    asked = answered.replace("xã Nam Sách\nperiod", "xã Nam Sách, bản cũ\nperiod")
    assert asked != answered
    plan.write_text(f"# XEM LẠI: tên văn bản đúng chưa?\n{asked}", "utf-8")
    commit(tmp_path)
    plan.write_text(answered, "utf-8")
    source.write_text(transcript(dataset.plans[PLAN].value), "utf-8")
    assert check() == (0, [])


def test_another_commit_can_be_named(check: Check, tmp_path: Path) -> None:
    """After a commit nothing differs from it; a merge request is compared with its branch."""
    (tmp_path / "plans" / REPORT).write_text(
        (tmp_path / "plans" / REPORT).read_text("utf-8").replace("value: 40", "value: 45"), "utf-8"
    )
    assert len(check()[1]) == 1
    commit(tmp_path)
    assert check() == (0, [])
    assert len(check("--since", "HEAD^")[1]) == 1
    assert check("--since", "nowhere") == (2, [])
    assert check("--since=--all") == (2, [])


def test_where_git_cannot_tell_nothing_is_said(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of the files alone is checked as ever."""
    (tmp_path / "plans" / REPORT).unlink()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.rmtree(tmp_path / ".git")
    assert len([line for line in check()[1] if "công bố" in line]) == 0


def test_a_plan_that_could_not_be_read_then_was_never_published(
    check: Check, tmp_path: Path
) -> None:
    """Mending a broken file changes nothing that anybody saw."""
    plan = tmp_path / "plans" / PLAN / "plan.yml"
    good = plan.read_text("utf-8")
    for broken in (
        good.replace("id: ii-2", "id: [ii"),
        good.replace("programme: ", "program: ").replace("id: ii-2", "id: ii-9"),
    ):
        plan.write_text(broken, "utf-8")
        commit(tmp_path)
        plan.write_text(good, "utf-8")
        assert check() == (0, [])


ANSWER = f"{PLAN}/responses/2027-11-02-phong-kinh-te.yml"
ANSWERED = """\
unit: phong-kinh-te
date: 2027-11-02
answers:
  - {item: ii-1, text: Lớp mở vào tháng 12.}
  - {item: ii-2, text: Chưa bố trí được kinh phí.}
"""


@pytest.mark.parametrize(
    ("now", "line", "said"),
    [
        (ANSWERED.replace("tháng 12", "tháng 11"), 4, "về mục «ii-1» bị sửa"),
        (f"# đã gửi\n{ANSWERED}", 0, ""),
        (ANSWERED.partition("  - {item: ii-2")[0], 3, "về mục «ii-2» bị xóa"),
        (None, 0, "câu trả lời đã công bố bị xóa"),
    ],
)
def test_an_answer_that_was_published_is_not_changed_unseen(
    now: str | None, line: int, said: str, check: Check, tmp_path: Path
) -> None:
    file = tmp_path / "plans" / ANSWER
    file.parent.mkdir()
    file.write_text(ANSWERED, "utf-8")
    commit(tmp_path)
    if now is None:
        file.unlink()
    else:
        file.write_text(now, "utf-8")
    status, lines = check()
    where = f"plans/{ANSWER}:{line}:" if line else f"plans/{ANSWER}:"
    assert status == 0
    assert [one.startswith(where) and said in one for one in lines] == [True] * bool(said), lines


def test_an_answer_may_be_taken_away_with_its_reason(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "plans" / ANSWER
    file.parent.mkdir()
    file.write_text(ANSWERED, "utf-8")
    commit(tmp_path)
    file.unlink()
    with (tmp_path / "plans" / PLAN / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"withdrawn: [{{response: {file.name}, reason: Trả lời nhầm mục}}]\n")
    assert check() == (0, [])


def test_every_statement_of_a_plan_that_is_another_is_told_to_staff(
    check: Check, tmp_path: Path
) -> None:
    """Words changed together with the text as received are no fault; they are told all the same."""
    plan, source = (tmp_path / "plans" / PLAN / name for name in ("plan.yml", "source.txt"))
    source.write_text(transcript(load_dataset(tmp_path / "plans")[0].plans[PLAN].value), "utf-8")
    commit(tmp_path)
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    for file in (plan, source):
        file.write_text(
            file.read_text("utf-8")
            .replace("trên 90% cán bộ", "trên 9% cán bộ")
            .replace("trước ngày 30/6/2028", "trước ngày 30/9/2028"),
            "utf-8",
        )
    plan.write_text(
        plan.read_text("utf-8")
        .replace("printed: trên 90%", "printed: trên 9%")
        .replace("value: 90", "value: 9")
        .replace("2028-06-30", "2028-09-30")
        .replace("text: Phòng Kinh tế phối hợp", "text: Phòng Kinh tế cùng phối hợp"),
        "utf-8",
    )
    status, lines = check()
    assert status == 0
    assert [line.partition("cảnh báo: ")[2].partition(" → trang web")[0] for line in lines] == [
        "chỉ tiêu của mục i.1 đã khác với bản đã công bố ngày 01/7/2026: «trên 90%» → «trên 9%»",
        "chữ của mục i.1 đã khác với bản đã công bố ngày 01/7/2026:"
        " «Bảo đảm trên 90% cán bộ có hiểu biết cơ bản, hoàn thành trước ngày 30/6/2028.» →"
        " «Bảo đảm trên 9% cán bộ có hiểu biết cơ bản, hoàn thành trước ngày 30/9/2028.»",
        "thời hạn của mục i.1 đã khác với bản đã công bố ngày 01/7/2026:"
        " «trước ngày 30/6/2028» → «trước ngày 30/9/2028»",
        "tệp đã công bố bị thay: SHA-256 "
        f"{before} → {hashlib.sha256(source.read_bytes()).hexdigest()}",
    ], "and nothing of the note, which is no word of the document"
    commit(tmp_path)
    assert check() == (0, [])


def test_what_a_register_said_is_not_changed_unseen(check: Check, tmp_path: Path) -> None:
    """A name stands beside the words of every plan, and no plan changes with it."""
    register = tmp_path / "plans" / "measures.yml"
    register.write_text(
        register.read_text("utf-8").replace("name: ", "name: rất ", 1).replace("\n", "\n# ý\n", 1),
        "utf-8",
    )
    (line,) = [one for one in check()[1] if "measures.yml" in one]
    assert "cảnh báo: «name» của «" in line and "→ «rất " in line
