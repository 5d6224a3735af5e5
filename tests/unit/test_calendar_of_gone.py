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
from congkhai.pages.grouping import missed_reports
from congkhai.pages.labels import received
from congkhai.pictures.timeline import draw_timeline
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


def end_place(plans: Path, until: str = "2027-01-01") -> None:
    localities = plans / "localities.yml"
    text = localities.read_text("utf-8")
    moved = re.sub(r'\n *"?10606"?: *[^\n]*', "", text, count=1)
    assert moved != text
    ended = '  "10606": {name: xã Nam Sách, level: commune, province: "31", until: "' + until + '",'
    ended += ' successors: ["10525"], source: {title: NQ}}\n'
    assert "dissolved:" in moved
    localities.write_text(moved.replace("dissolved:\n", f"dissolved:\n{ended}", 1), "utf-8")


def take_reports(plans: Path) -> None:
    for report in plans.rglob("reports/*.yml"):
        report.unlink()


def test_a_place_that_is_no_more_has_nothing_due(plans: Path) -> None:
    end_place(plans)
    assert days_ahead(plans) == []


def test_what_fell_due_when_nobody_was_left_is_not_missing(plans: Path) -> None:
    end_place(plans, "2026-07-01")
    take_reports(plans)
    model = derive(load_dataset(plans)[0], AS_OF)
    full = model.plans[PLAN].open()
    since = {day.due.day: day.gone_since for day in full.calendar}
    assert since and all(
        (gone == date(2026, 7, 1)) == (day >= date(2026, 7, 1)) for day, gone in since.items()
    )
    passed = [day for day in full.reporting_days if day.passed]
    assert passed and not any(day.missed for day in passed)
    assert full.last_reporting_day is None
    signs = dict(draw_timeline(model.plans[PLAN], full, model.today).counts)
    assert signs["gone"] > 0 and signs["missing"] == 0
    assert {received(day, model.plans[PLAN]) for day in passed} == {
        "cơ quan không còn từ 01/7/2026, không tính là thiếu báo cáo"
    }
    assert list(missed_reports(model)) == []


def test_a_reporting_day_that_passed_in_silence_is_told_at_its_item(plans: Path) -> None:
    take_reports(plans)
    full = derive(load_dataset(plans)[0], AS_OF).plans[PLAN].open()
    asked = {day.commitment.item.id: day for day in full.reporting_days if day.passed}
    assert asked
    for item, last in asked.items():
        assert full.missed_of(item) == last
    others = full.by_item.keys() - asked.keys()
    assert others and not any(full.missed_of(item) for item in others)
