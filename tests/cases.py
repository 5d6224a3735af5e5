"""Cases: the smallest sound data folder, and what somebody could do to it.

A case is a folder in `cases/valid/` or `cases/invalid/<group>/`; the groups and numbers
are those of the list of threats, `cases/threats.tsv`. It holds

- `edit.txt`: lines taken out (`- `) and put in (`+ `) of a file (`@ path`) of
  `cases/valid/minimal`, so that one sees just what is wrong; or
- `files/`: whole files to lay over it, byte by byte; `NAME.removed` takes one away;
- `expected.txt`: what the checker prints, one line for each problem.

In `cases/published/` they are edits of a folder that was committed before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from congkhai.checks import runner
from congkhai.checks.runner import check
from congkhai.data.load import load_dataset
from congkhai.data.problem import Problem

CASES = Path(__file__).resolve().parent / "cases"
MINIMAL = CASES / "valid" / "minimal"
AS_OF = date(2028, 6, 30)
RULE_LISTS = ("REGISTER_RULES", "PLAN_RULES", "REPORTS_RULES", "REPORT_RULES", "LINK_RULES")


def lay_out(case: Path, folder: Path) -> Path:
    """Write the data folder of a case into an empty folder; its path."""
    plans = folder / "plans"
    shutil.copytree(MINIMAL, plans)
    if (case / "files").is_dir():
        shutil.copytree(case / "files", plans, dirs_exist_ok=True)
    for mark in sorted(plans.rglob("*.removed")):
        mark.with_suffix("").unlink()
        mark.unlink()
        folder = mark.parent
        while not any(folder.iterdir()):  # git keeps no empty folder
            folder.rmdir()
            folder = folder.parent
    edits = case / "edit.txt"
    if edits.exists():
        _apply(edits.read_bytes().decode("utf-8"), plans)
    return plans


def copy_two_provinces(folder: Path) -> Path:
    """Write the smallest data folder with a plan in a second province, too; its path."""
    shutil.copytree(MINIMAL, folder)
    first, second = "hai-phong/xa-nam-sach", "lai-chau/xa-bum-to"
    shutil.copytree(folder / first, folder / second)
    plan = folder / second / "ascc-2026-2030" / "plan.yml"
    words = plan.read_text("utf-8").replace('"10606"', '"03388"').replace("Nam Sách", "Bum Tở")
    words = words.replace("tuyên truyền", "vận động")  # a search finds one of the two plans
    plan.write_text(words, "utf-8")
    return folder


def problems_of(plans: Path) -> list[Problem]:
    """Everything that is wrong with a data folder, sorted."""
    dataset, problems = load_dataset(plans)
    return sorted([*problems, *check(dataset, AS_OF)])


class Judgement(NamedTuple):
    """What was found wrong with a case."""

    problems: tuple[Problem, ...]
    rules: frozenset[str]
    """Names of the rules that found something."""


@cache
def judge(case: Path) -> Judgement:
    """Check a case: once, though several tests look at the answer."""
    rules: set[str] = set()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in RULE_LISTS:
            recorded = [partial(_record, rules, rule) for rule in getattr(runner, name)]
            patch.setattr(runner, name, tuple(recorded))
        problems = problems_of(lay_out(case, Path(folder)))
    return Judgement(tuple(problems), frozenset(rules))


def _record(
    rules: set[str], rule: Callable[..., Iterator[Problem]], *arguments: object
) -> Iterator[Problem]:
    for problem in rule(*arguments):
        rules.add(rule.__qualname__)
        yield problem


def _apply(edits: str, plans: Path) -> None:
    file = plans
    for block in edits.split("\n@ "):
        name, _, rest = block.removeprefix("@ ").partition("\n")
        file = plans / name
        text = file.read_text(encoding="utf-8")
        for hunk in rest.split("\n\n"):
            lines = hunk.strip("\n").split("\n")
            old = "".join(f"{line[2:]}\n" for line in lines if line.startswith("- "))
            new = "".join(f"{line[2:]}\n" for line in lines if line.startswith("+ "))
            if text.count(old) != 1:
                raise ValueError(f"{name}: {old!r} stands there {text.count(old)} times")
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8", newline="\n")
