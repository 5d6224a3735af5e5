"""An item's id stays with its words once both are published, or the plan says what happened."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.checks.published import check_history, find_changed_reports, find_rebound_ids
from congkhai.cli import main
from congkhai.data.git_history import read_history, read_published
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.text.dates import today
from tests.office import work_in
from tests.repository import git

DEMO = ROOT / "tests" / "demo" / "plans"
PLAN = "mau/so-nuoc-2024-2028/plan.yml"
FIRST, THIRD = "ii.2.a-1", "ii.2.a-3"


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the province's plan in a repository that holds the demo, once committed."""
    work_in(tmp_path, monkeypatch, date(2026, 11, 22))
    shutil.copytree(DEMO, tmp_path / "plans")
    git(tmp_path, "init", "-q")
    publish(tmp_path)
    return tmp_path / "plans" / PLAN


def publish(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Công bố")


def replace_once(file: Path, was: str, now: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(was) == 1, was
    file.write_text(text.replace(was, now), "utf-8")


def swap_ids(plan: Path) -> None:
    text = plan.read_text("utf-8")
    names = {f"id: {FIRST}\n": f"id: {THIRD}\n", f"id: {THIRD}\n": f"id: {FIRST}\n"}
    swapped = re.sub("|".join(map(re.escape, names)), lambda match: names[match[0]], text)
    assert swapped != text
    plan.write_text(swapped, "utf-8")


def swap_provisions(plan: Path) -> None:
    """Let two items change places with all that they say, as when a document was renumbered."""
    lines = plan.read_text("utf-8").splitlines(keepends=True)
    starts = [lines.index(f"              - id: {name}\n") for name in (FIRST, THIRD)]
    blocks = [item_block(lines, start) for start in starts]
    assert len(blocks[0]) > 3 and len(blocks[1]) > 3
    for start, old, new in reversed(list(zip(starts, blocks, blocks[::-1], strict=True))):
        lines[start + 1 : start + 1 + len(old)] = new
    plan.write_text("".join(lines), "utf-8")


def item_block(lines: list[str], start: int) -> list[str]:
    """Return the lines of an item but that of its id."""
    indent = " " * 16
    rest = takewhile(lambda line: line.startswith(indent), lines[start + 1 :])
    return list(rest)


def errors_of_check(folder: Path) -> list[str]:
    """Return what a check says, which looks at the last commit."""
    plans = folder / "plans"
    dataset, _ = load_dataset(plans)
    before = read_published(plans, "HEAD")
    assert before is not None
    return [str(problem) for problem in find_rebound_ids(dataset, before)]


def errors_of_build(folder: Path) -> list[str]:
    """Return what a build says, which looks at the whole history."""
    plans = folder / "plans"
    dataset, _ = load_dataset(plans)
    views = derive(dataset, today(), read_history(plans)).plans.values()
    problems = check_history(dataset, views)
    return [str(problem) for problem in problems if problem.severity == "error"]


def test_two_ids_that_changed_places_are_an_error_that_names_both(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    swap_ids(plan)
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    told = errors_of_check(tmp_path)
    assert len(told) == 2 and all(line in printed for line in told)
    assert all(f"«{FIRST}»" in line and f"«{THIRD}»" in line for line in told)
    # Committed all the same, it is told by every build from then on.
    publish(tmp_path)
    assert len(errors_of_build(tmp_path)) == 2


def test_two_provisions_that_changed_places_may_say_so(plan: Path, tmp_path: Path):
    swap_provisions(plan)
    told = errors_of_check(tmp_path)
    hints = [re.search(r"moved_from: \S+", line) for line in told]
    for name, hint in zip((FIRST, THIRD), hints, strict=True):
        assert hint is not None
        replace_once(plan, f"- id: {name}\n", f"- id: {name}\n                {hint[0]}\n")
    assert errors_of_check(tmp_path) == []
    publish(tmp_path)
    assert errors_of_build(tmp_path) == []


WORDS = "Bảo vệ hành lang nguồn nước, xử lý nghiêm việc xả thải."


def reword(plan: Path) -> str:
    """Put other words at an id; return the words that stood there."""
    text = plan.read_text("utf-8")
    match = re.search(rf'- id: {FIRST}\n +number: "-"\n +text: "([^"]+)"', text)
    assert match is not None
    replace_once(plan, f'text: "{match[1]}"', f'text: "{WORDS}"')
    return match[1]


def test_other_words_at_an_id_are_an_error_with_the_form_to_paste(plan: Path, tmp_path: Path):
    old = reword(plan)
    (told,) = errors_of_check(tmp_path)
    assert f"«{FIRST}» được thay gần hết" in told and old[:40] in told
    publish(tmp_path)
    assert len(errors_of_build(tmp_path)) == 1
    hint = re.search(r"reworded: \{was: .*\}", told)
    assert hint is not None
    replace_once(plan, f"- id: {FIRST}\n", f"- id: {FIRST}\n                {hint[0]}\n")
    assert errors_of_check(tmp_path) == []
    assert errors_of_build(tmp_path) == []
    # The admission is for these words: others need another.
    replace_once(plan, WORDS, "Tổ chức hội nghị tổng kết ở mọi thôn.")
    assert len(errors_of_check(tmp_path)) == 1
    publish(tmp_path)
    assert len(errors_of_build(tmp_path)) == 1


def test_an_amended_provision_keeps_its_id(plan: Path, tmp_path: Path):
    replace_once(plan, "trên 90% hộ gia đình nông thôn được", "trên 9% hộ gia đình nông thôn được")
    replace_once(plan, 'printed: "trên 90%"', 'printed: "trên 9%"')
    publish(tmp_path)
    assert errors_of_build(tmp_path) == []


def test_words_that_came_back_are_no_error(plan: Path, tmp_path: Path):
    old = reword(plan)
    publish(tmp_path)
    assert len(errors_of_build(tmp_path)) == 1
    replace_once(plan, WORDS, old)
    publish(tmp_path)
    assert errors_of_build(tmp_path) == []


def test_a_report_that_was_taken_away_may_say_so(plan: Path, tmp_path: Path):
    ward = tmp_path / "plans" / "mau" / "phuong-trung-mau" / "so-nuoc-2025-2028"
    file = "2026-hoi-lien-hiep-phu-nu.yml"
    (ward / "reports" / file).unlink()

    def warnings() -> list[str]:
        plans = tmp_path / "plans"
        before = read_published(plans, "HEAD")
        assert before is not None
        return [str(problem) for problem in find_changed_reports(load_dataset(plans)[0], before)]

    (told,) = warnings()
    assert f"withdrawn: [{{report: {file}, reason:" in told
    with (ward / "plan.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"withdrawn: [{{report: {file}, reason: Gửi nhầm kế hoạch}}]\n")
    assert warnings() == []


def test_the_real_plans_have_no_id_that_means_something_else():
    plans = ROOT / "plans"
    history = read_history(plans)
    dataset, _ = load_dataset(plans)
    views = derive(dataset, today(), history).plans.values()
    problems = check_history(dataset, views)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
