"""Charts: as wide as what they stand for, and nothing left out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from conftest import AS_OF, ROOT
from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.model.views import STATES, FormerTarget, ReportedValue, RollUp, TargetView
from congkhai.pages import charts


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    return derive(dataset, date.fromisoformat(AS_OF))


def roll_up(**counts: int) -> RollUp:
    known = {name.replace("_", "-"): count for name, count in counts.items()}
    return RollUp(sum(known.values()), {state: known.get(state, 0) for state in STATES})


def test_every_state_that_is_owed_has_its_place_in_a_bar():
    assert {*charts.DRAWN} == {*STATES} - {"requested"}


def test_a_bar_runs_from_what_is_done_to_silence():
    every = roll_up(**{state.replace("-", "_"): 1 for state in charts.DRAWN})
    assert [part.state for part in charts.stack(every)] == [
        "done-on-time",
        "done",
        "done-late",
        "under-way",
        "open",
        "overdue",
        "not-applicable",
        "silent",
    ]
    assert charts.occurring([roll_up(silent=1), roll_up(done=1)]) == ("done", "silent")


def test_the_oldest_bar_is_on_top(site_model: SiteModel):
    plan = site_model.plans["mau/so-nuoc-2024-2028"].open()
    drawn = charts.draw_progress_points(plan.progress).rows
    assert len(drawn) > 2
    for one, other in pairwise(drawn):
        assert one.point.day < (other.point.day or date.max)
        assert one.label_y < one.bar_y < one.count_y < other.label_y


def test_a_bar_is_as_wide_as_its_counts():
    bar = charts.stack(roll_up(done=1, under_way=2, silent=1))
    assert [(part.state, part.x, part.width) for part in bar] == [
        ("done", 0, 85),
        ("under-way", 85, 170),
        ("silent", 255, 85),
    ]


def test_a_figure_is_left_to_the_legend_where_it_has_no_room():
    bar = charts.stack(roll_up(done=1, silent=199))
    assert [(part.count, part.shows_count) for part in bar] == [(1, False), (199, True)]


def test_a_figure_leaves_room_for_the_pattern_of_its_part():
    bar = charts.stack(roll_up(done=8, under_way=8, overdue=4, silent=80))
    shown = [(part.group, part.shows_count, part.has_ground) for part in bar]
    assert shown == [
        ("done", True, False),
        ("doing", False, False),
        ("overdue", False, False),
        ("silent", True, False),
    ]
    assert charts.stack(roll_up(under_way=1, silent=4))[0].has_ground


def test_a_hatching_stays_within_its_part():
    for count in (1, 3, 40):
        part = charts.stack(roll_up(done=20, overdue=count))[1]
        lines = re.findall(r"M([\d.]+) ([\d.]+)l(-?[\d.]+) ([\d.]+)", part.hatching)
        assert lines and part.hatching.count("M") == len(lines)
        for x, y, across, down in ([float(number) for number in line] for line in lines):
            assert -across == pytest.approx(down, abs=0.11)
            assert part.left - 0.1 <= x + across < x <= part.left + part.inner_width + 0.1
            assert 1 <= y < y + down <= charts.BAR - 1 + 0.1


def test_bars_of_all_plans_fill_the_width(site_model: SiteModel):
    for plan in site_model.plans.values():
        for row in charts.draw_progress_points(plan.open().progress).rows:
            assert sum(part.width for part in row.segments) == pytest.approx(charts.WIDTH, abs=0.5)
            assert sum(part.count for part in row.segments) == plan.rollup.owed.total


def test_the_last_standing_is_todays(site_model: SiteModel):
    for plan in site_model.plans.values():
        assert (
            (plan.open().progress[-1].rollup == plan.rollup)
            if plan.reports
            else not plan.open().progress
        )
        days = [standing.day for standing in plan.open().progress]
        assert days == [*sorted(day for day in days if day), *[None][: len(days)]]
        assert {report for standing in plan.open().progress for report in standing.reports} == set(
            plan.reports
        )


def test_a_curve_stays_in_its_frame_and_runs_with_the_years(site_model: SiteModel):
    targets = [target for plan in site_model.plans.values() for target in plan.targets]
    assert all(charts.draw_values(target) is None for target in targets if len(target.values) < 2)
    curves = [found for found in map(charts.draw_values, targets) if found]
    assert curves
    for curve in curves:
        assert all(
            curve.left <= point.x <= curve.right and 0 <= point.y <= curve.base
            for point in curve.points
        )
        assert 0 <= curve.goal_y <= curve.base
        assert all(one.x <= other.x for one, other in pairwise(curve.points))


def test_the_line_of_a_target_steps_where_the_target_was_another():
    before = schema.Target(
        measure="m", printed="trên 90%", comparator=">", value=Decimal(90), unit="%"
    )
    target = TargetView(
        *("m", "trên 85%", ">", Decimal(85), "%", None, None, None, None, "p", None, "", "", None),
        values=(
            ReportedValue(date(2025, 12, 15), "", Decimal(58), "u"),
            ReportedValue(date(2026, 10, 28), "", Decimal(66), "u"),
        ),
        former=(FormerTarget(date(2026, 2, 5), before),),
    )
    curve = charts.draw_values(target)
    assert curve is not None
    (step,) = curve.goal_steps
    assert (step.value, step.printed) == (90, "trên 90%")
    assert curve.points[0].x < step.x < curve.points[1].x
    start, across, down, end = re.split("[HV]", curve.goal_path)
    assert float(across) == step.x and float(end) == curve.right
    assert float(start.split()[1]) < float(down) == curve.goal_y, "it was higher before"
