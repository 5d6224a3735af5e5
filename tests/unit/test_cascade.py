"""The cascade of the example province: who took up which goal, changed it, or left it out."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.site_model import Goal, ProgrammeView


@pytest.fixture(scope="module")
def programme() -> ProgrammeView:
    dataset, problems = load_dataset(ROOT / "tests" / "demo" / "plans")
    assert not problems
    return derive(dataset, date.fromisoformat(AS_OF)).programmes["so-nuoc-2024-2028"]


def goal(programme: ProgrammeView, name: str) -> Goal:
    return next(
        goal for cascade in programme.cascades for goal in cascade.goals if goal.item.id == name
    )


def relations(programme: ProgrammeView, name: str, plan: str) -> dict[str, str]:
    """What became of the goal's deadline and figure in a plan."""
    uptake = next(uptake for view, uptake in goal(programme, name).taken if view.id == plan)
    return {difference.what: difference.relation for difference in uptake.differences}


def test_a_goal_names_the_item_that_takes_it_up(programme: ProgrammeView):
    found = {
        view.id: uptake.address.partition("#")[2] for view, uptake in goal(programme, "mt-1").taken
    }
    assert found["mau/phuong-trung-mau/so-nuoc-2025-2028"] == "ii.1"


@pytest.mark.parametrize(
    ("name", "plan", "expected"),
    [
        ("mt-1", "mau/so-nuoc-2024-2028", {"deadline": "same", "figure": "same"}),
        ("mt-1", "mau/xa-binh-mau/so-nuoc-2025-2028", {"deadline": "later", "figure": "lower"}),
        (
            "mt-1",
            "mau/phuong-trung-mau/so-nuoc-2025-2028",
            {"deadline": "same", "figure": "higher"},
        ),
        ("mt-2", "mau/xa-cu-mau/so-nuoc-2024-2026", {"deadline": "earlier", "figure": "dropped"}),
        # «trước ngày 01/7/2025» and «trong tháng 6 năm 2025» have the same last day.
        ("nv-1", "mau/so-nuoc-2024-2028", {"deadline": "same"}),
    ],
)
def test_a_changed_deadline_or_figure_is_said(
    programme: ProgrammeView, name: str, plan: str, expected: dict[str, str]
):
    assert relations(programme, name, plan) == expected


def test_only_a_compared_plan_can_leave_a_goal_out(programme: ProgrammeView):
    for cascade in programme.cascades:
        untouched = {plan.id for plan in cascade.not_compared}
        for found in cascade.goals:
            taken = {view.id for view, _ in found.taken}
            left_out = {plan.id for plan in found.left_out}
            assert not taken & left_out
            assert not untouched & (taken | left_out)


def test_a_plan_nobody_compared_is_not_said_to_leave_anything_out():
    dataset, _ = load_dataset(ROOT / "plans")
    for programme in derive(dataset, date.fromisoformat(AS_OF)).programmes.values():
        assert not programme.cascades


def test_a_delay_is_counted_between_whole_dates_only(programme: ProgrammeView):
    assert programme.delays["24-kh-ubnd-mau-2024"] == 67  # 15/12/2023 to 20/02/2024
    assert programme.delays["mau/dac-khu-dao-mau/so-nuoc-den-2028"] is None  # «tháng 3/2026»
    assert "999-qd-mau-2023" not in programme.delays


def test_a_real_delay():
    dataset, _ = load_dataset(ROOT / "plans")
    programme = derive(dataset, date.fromisoformat(AS_OF)).programmes["ascc-2026-2035"]
    assert programme.delays["168-kh-ubnd-hai-phong-2026"] == 106  # 20/01/2026 to 06/5/2026
