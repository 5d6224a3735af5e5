"""The cascade of the example province: who took up which goal, changed it, or left it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conftest import AS_OF, ROOT
from congkhai.data import registers, schema
from congkhai.data.load import load_dataset
from congkhai.model.cascade import count_delays, list_cascades
from congkhai.model.derive import derive
from congkhai.model.plan_view import PlanView, Uptake
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
    """Say what became of the goal's deadline and figure in a plan."""
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


def test_a_plan_that_nobody_compared_is_listed_apart(programme: ProgrammeView):
    """Nothing is said of what it left out; a plan with one goal taken up is compared."""
    first = programme.cascades[0]
    assert [plan.id for plan in first.not_compared] == ["mau/xa-ha-mau/so-nuoc-2026-2028"]
    left_out = {plan.id for found in first.goals for plan in found.left_out}
    assert "mau/xa-thuong-mau/so-nuoc-2025-2028" in left_out
    assert "mau/xa-ha-mau/so-nuoc-2026-2028" not in left_out


def test_plans_of_a_document_without_goals_are_in_no_cascade():
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


def document(
    parent: str | None = None, *items: schema.Item, day: str | None = None
) -> registers.Document:
    return registers.Document(
        type="Quyết định", issuer="Bộ Mẫu", title="Tên", parent=parent, items=items, date=day
    )


def take_up(goal: str, of: str = "goc") -> Uptake:
    return Uptake(of, goal, "mục I", "ke-hoach/p/#i", ())


@pytest.fixture(scope="module")
def any_plan(programme: ProgrammeView) -> PlanView:
    return programme.plans[0]


def view(
    any_plan: PlanView, name: str, parent: str | None, *taken: Uptake, day: str | None = None
) -> PlanView:
    dated = replace(any_plan.document, date=day)
    return replace(any_plan, id=name, parent=parent, uptakes=taken, document=dated)


DOCUMENTS = {
    "goc": document(
        None,
        schema.Item(id="mt", items=(schema.Item(id="mt-1"), schema.Item(id="mt-2"))),
        schema.Item(id="nv"),
    ),
    "tinh": document("goc"),
    "khac": document(None, schema.Item(id="mt-1")),
}


def test_a_cascade_tells_who_took_up_a_goal_who_left_it_out_and_who_was_not_compared(
    any_plan: PlanView,
):
    """A plan of another document, or one that took up other documents' goals, says nothing."""
    one = view(any_plan, "one", "tinh", take_up("mt-1"), take_up("nv"))
    two = view(any_plan, "two", "goc", take_up("nv"), take_up("mt-1", of="tinh"))
    untouched = view(any_plan, "untouched", "tinh")
    elsewhere = view(any_plan, "elsewhere", "tinh", take_up("mt-2", of="tinh"))
    stranger = view(any_plan, "stranger", "khac")
    (cascade,) = list_cascades(
        ["goc", "tinh"], DOCUMENTS, [one, two, untouched, elsewhere, stranger]
    )
    assert cascade.document == "goc"
    assert [
        (
            goal.item.id,
            [(plan.id, uptake.goal) for plan, uptake in goal.taken],
            [plan.id for plan in goal.left_out],
        )
        for goal in cascade.goals
    ] == [
        ("mt-1", [("one", "mt-1")], ["two"]),
        ("mt-2", [], ["one", "two"]),
        ("nv", [("one", "nv"), ("two", "nv")], []),
    ]
    assert [plan.id for plan in cascade.not_compared] == ["untouched", "elsewhere"]


def test_a_heading_is_a_goal_only_where_a_plan_takes_it_up_as_a_whole(any_plan: PlanView):
    (cascade,) = list_cascades(["goc"], DOCUMENTS, [view(any_plan, "one", "goc", take_up("mt"))])
    assert [goal.item.id for goal in cascade.goals] == ["mt", "mt-1", "mt-2", "nv"]


def test_goals_that_nobody_was_asked_for_stand_all_the_same():
    (cascade,) = list_cascades(["goc"], DOCUMENTS, [])
    assert [(goal.item.id, goal.taken, goal.left_out) for goal in cascade.goals] == [
        ("mt-1", (), ()),
        ("mt-2", (), ()),
        ("nv", (), ()),
    ]


def test_a_delay_needs_both_whole_dates(any_plan: PlanView):
    documents = {
        "day": document("goc", day="2024-01-31"),
        "month": document("goc", day="2024-02"),
        "none": document("goc"),
        "below-month": document("month", day="2024-03-01"),
        "below-none": document("none", day="2024-03-01"),
        "goc": document(None, day="2024-01-01"),
    }
    plan = view(any_plan, "p", "day", day="2024-02-10")
    alone = view(any_plan, "q", None, day="2024-02-10")
    names = [name for name in documents if name != "goc"]
    assert count_delays([*names, "goc"], documents, [plan, alone]) == {
        "day": 30,
        "month": None,
        "none": None,
        "below-month": None,
        "below-none": None,
        "p": 10,
    }
