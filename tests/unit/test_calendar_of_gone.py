"""What nobody is left to do is not due: of places and units that registers say are no more.

`test_commitments.py` tries each day and each successor; here the registers' words reach the model.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from tests.cases import MINIMAL, lay_out

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
AS_OF = date(2027, 6, 30)


def days_ahead(plans: Path) -> list[str]:
    """Return the items that are due after the day."""
    dataset, problems = load_dataset(plans)
    assert not [problem for problem in problems if problem.severity == "error"]
    calendar = derive(dataset, AS_OF).plans[PLAN].open().calendar
    return [day.commitment.item.id for day in calendar if not day.passed]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = lay_out(MINIMAL, tmp_path)
    assert {"i.1", "ii-1"} <= set(days_ahead(folder)), "what is due while all are there"
    return folder


def end(file: Path, name: str) -> None:
    """Let an entry of a register end on the first day of 2027, with nobody to follow it."""
    text = file.read_text("utf-8")
    block = re.search(rf"^{name}:\n(?:  .*\n)+", text, re.MULTILINE)
    assert block is not None
    kept = re.sub(r"^  (?:until|successors):.*\n", "", block[0], flags=re.MULTILINE)
    file.write_text(text.replace(block[0], f'{kept}  until: "2027-01-01"\n'), "utf-8")


def test_a_unit_that_nobody_followed_has_nothing_due(plans: Path) -> None:
    end(plans / "units.yml", "phong-lao-dong")
    end(plans / "units.yml", "phong-kinh-te")
    assert set(days_ahead(plans)) == {"i.1"}


def test_a_place_that_is_no_more_has_nothing_due(plans: Path) -> None:
    localities = plans / "localities.yml"
    text = localities.read_text("utf-8")
    moved = re.sub(r'\n *"?10606"?: *[^\n]*', "", text, count=1)
    assert moved != text
    ended = '  "10606": {name: xã Nam Sách, level: commune, province: "31", until: "2027-01-01",'
    ended += ' successors: ["10525"], source: {title: NQ}}\n'
    assert "dissolved:" in moved
    localities.write_text(moved.replace("dissolved:\n", f"dissolved:\n{ended}", 1), "utf-8")
    assert days_ahead(plans) == []
