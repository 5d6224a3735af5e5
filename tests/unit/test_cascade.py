"""The cascade of the example province: who took up which goal, changed it, or left it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from conftest import AS_OF, ROOT
from congkhai.data import registers, schema
from congkhai.data.load import load_dataset
from congkhai.model.cascade import count_delays, find_provenance, list_cascades
from congkhai.model.derive import derive
from congkhai.model.plan_view import ComparedGoals, PlanView, Uptake
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
        view.id: uptake.address.rstrip("/").rpartition("/")[2]
        for view, uptake in goal(programme, "mt-1").taken
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


def test_a_provision_of_a_held_plan_is_a_goal_of_the_plans_below(programme: ProgrammeView):
    (cascade,) = [
        cascade for cascade in programme.cascades if cascade.document == "24-kh-ubnd-mau-2024"
    ]
    leak = next(found for found in cascade.goals if found.item.id == "ii.2.a-2")
    assert {view.id: uptake.reference for view, uptake in leak.taken} == {
        "mau/xa-binh-mau/so-nuoc-2025-2028": "mục II.2, điểm b",
        "mau/phuong-trung-mau/so-nuoc-2025-2028": "mục II.2",
    }
    school = next(found for found in cascade.goals if found.item.id == "ii.2.a-3")
    assert [view.id for view in school.left_out] == ["mau/phuong-trung-mau/so-nuoc-2025-2028"]
    assert "mau/xa-binh-mau/so-nuoc-2025-2028" in {view.id for view in school.not_compared}
    assert [view.id for view, _ in cascade.notes] == ["mau/phuong-trung-mau/so-nuoc-2025-2028"]


def test_a_provision_of_a_held_plan_that_nobody_looked_at_has_no_row(programme: ProgrammeView):
    goals = {
        goal.item.id
        for cascade in programme.cascades
        if cascade.document == "24-kh-ubnd-mau-2024"
        for goal in cascade.goals
    }
    assert "ii.2.a-3" in goals and "iii.2-1" not in goals


@pytest.fixture(scope="module")
def real() -> Mapping[str, ProgrammeView]:
    dataset, _ = load_dataset(ROOT / "plans")
    return derive(dataset, date.fromisoformat(AS_OF)).programmes


def test_the_real_share_of_officials_is_lower_in_lai_chau_than_in_the_decision(
    real: Mapping[str, ProgrammeView],
):
    """«trên 70%» beside «trên 90%» by 2035; no plan says by when."""
    programme = real["ascc-2026-2035"]
    assert relations(programme, "mtct-2", "lai-chau/ascc-2026-2030") == {
        "deadline": "dropped",
        "figure": "lower",
    }
    assert relations(programme, "mtct-2", "hai-phong/phuong-hai-duong/ascc-2026-2030") == {
        "deadline": "dropped",
        "figure": "same",
    }
    found = goal(programme, "mtct-2")
    assert [plan.id for plan in found.left_out] == ["hai-phong/xa-nam-sach/ascc-2026-2030"]


def test_the_real_strategic_goals_stand_beside_those_of_hai_duong(
    real: Mapping[str, ProgrammeView],
):
    """Those whose words a source gives; Lai Châu's are in an appendix that was not received."""
    programme = real["ascc-2026-2035"]
    for number in range(1, 8):
        found = goal(programme, f"mtcl-{number}")
        assert [(plan.place.name, uptake.reference) for plan, uptake in found.taken] == [
            ("phường Hải Dương", f"mục III.{number}")
        ]
        assert not found.left_out and len(found.not_compared) == 2
        assert found.provenance
    same = {number: goal(programme, f"mtcl-{number}").taken[0][1].same_words for number in (1, 3)}
    assert same == {1: True, 3: False}


def test_every_real_plan_was_compared(real: Mapping[str, ProgrammeView]):
    for programme in real.values():
        (cascade,) = programme.cascades
        assert not cascade.not_compared
        assert all(found.provenance for found in cascade.goals)


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
    return Uptake(of, goal, "mục I", "ke-hoach/p/#i", "", "", True, ())


ALL = ComparedGoals("goc", ("mt", "mt-1", "mt-2", "nv"), None)


@pytest.fixture(scope="module")
def any_plan(programme: ProgrammeView) -> PlanView:
    return programme.plans[0]


def view(
    any_plan: PlanView,
    name: str,
    parent: str | None,
    *taken: Uptake,
    day: str | None = None,
    compared: ComparedGoals | tuple[ComparedGoals, ...] = (),
) -> PlanView:
    dated = replace(any_plan.document, date=day)
    return replace(
        any_plan,
        id=name,
        parent=parent,
        uptakes=taken,
        compared=(compared,) if isinstance(compared, ComparedGoals) else compared,
        document=dated,
    )


DOCUMENTS = {
    "goc": document(
        None,
        schema.Item(id="mt", items=(schema.Item(id="mt-1"), schema.Item(id="mt-2"))),
        schema.Item(id="nv"),
    ),
    "tinh": document("goc"),
    "khac": document(None, schema.Item(id="mt-1")),
}
GOALS = {name: entry.items for name, entry in DOCUMENTS.items()}


def test_a_cascade_tells_who_took_up_a_goal_who_left_it_out_and_who_was_not_compared(
    any_plan: PlanView,
):
    """A plan of another document, or one that took up other documents' goals, says nothing."""
    one = view(any_plan, "one", "tinh", take_up("mt-1"), take_up("nv"), compared=ALL)
    two = view(any_plan, "two", "goc", take_up("nv"), take_up("mt-1", of="tinh"), compared=ALL)
    untouched = view(any_plan, "untouched", "tinh")
    elsewhere = view(any_plan, "elsewhere", "tinh", take_up("mt-2", of="tinh"))
    stranger = view(any_plan, "stranger", "khac")
    (cascade,) = list_cascades(
        ["goc", "tinh"], DOCUMENTS, GOALS, [one, two, untouched, elsewhere, stranger]
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
    """What stands under it is then neither taken up nor left out."""
    one = view(any_plan, "one", "goc", take_up("mt"), compared=ALL)
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [one])
    assert [(goal.item.id, len(goal.taken), len(goal.left_out)) for goal in cascade.goals] == [
        ("mt", 1, 0),
        ("mt-1", 0, 0),
        ("mt-2", 0, 0),
        ("nv", 0, 1),
    ]


def test_a_plan_leaves_out_nothing_but_what_it_was_compared_with(any_plan: PlanView):
    """To take up one goal says nothing of the others."""
    partly = ComparedGoals("goc", ("mt", "mt-1", "mt-2"), None)
    one = view(any_plan, "one", "goc", take_up("mt-1"))
    two = view(any_plan, "two", "goc", compared=partly)
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [one, two])
    assert [
        (
            goal.item.id,
            [plan.id for plan in goal.left_out],
            [plan.id for plan in goal.not_compared],
        )
        for goal in cascade.goals
    ] == [("mt-1", ["two"], []), ("mt-2", ["two"], ["one"]), ("nv", [], ["one", "two"])]
    assert cascade.not_compared == ()


def test_a_plan_that_was_only_compared_left_out_all_that_it_was_compared_with(
    any_plan: PlanView,
):
    stranger = view(any_plan, "stranger", "khac", compared=ALL)
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [stranger])
    assert [[plan.id for plan in goal.left_out] for goal in cascade.goals] == [["stranger"]] * 3


def test_a_comparison_with_another_document_says_nothing_of_this_one(any_plan: PlanView):
    """Its goals may have the same ids, and its note is about it alone."""
    other = ComparedGoals("khac", ("mt-1",), "Chỉ so chỉ tiêu.")
    mine = ComparedGoals("goc", ("mt-2",), "Chỉ so một mục.")
    one = view(any_plan, "one", "goc", compared=(other, mine))
    silent = view(any_plan, "silent", "goc", compared=ALL)
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [one, silent])
    assert [(goal.item.id, [plan.id for plan in goal.left_out]) for goal in cascade.goals] == [
        ("mt-1", ["silent"]),
        ("mt-2", ["one", "silent"]),
        ("nv", ["silent"]),
    ]
    assert [(plan.id, note) for plan, note in cascade.notes] == [("one", "Chỉ so một mục.")]


def test_a_goal_s_words_were_read_where_it_or_its_heading_was():
    def read(*items: str) -> registers.Provenance:
        source = registers.Source(title="Báo", url="https://bao.vn/")
        return registers.Provenance(items=items, certainty="one", sources=(source,))

    own, heading, other = read("mt-1"), read("nv", "mt"), read("nv")
    found = find_provenance(
        replace(DOCUMENTS["goc"], provenance=(other, heading, own)), ["mt-1", "mt"]
    )
    assert found == (heading, own)


def test_a_plan_that_takes_up_the_goal_above_does_not_leave_out_the_provision_between(
    any_plan: PlanView,
):
    """The province's provision carries out `mt-1`, and so does the commune's own."""
    between = (schema.Item(id="i", implements=("mt-1",)), schema.Item(id="ii"))
    documents = DOCUMENTS | {"tinh": document("goc", *between)}
    compared = ComparedGoals("tinh", ("i", "ii"), None)
    one = view(any_plan, "one", "tinh", take_up("mt-1"), compared=compared)
    cascades = list_cascades(["tinh"], documents, GOALS | {"tinh": between}, [one])
    (cascade,) = cascades
    assert [[plan.id for plan in goal.left_out] for goal in cascade.goals] == [[], ["one"]]


def test_a_provision_of_the_id_of_the_goal_above_is_not_that_goal(any_plan: PlanView):
    """The plan took up the province's own `mt-1`, which says nothing of the nation's."""
    between = (schema.Item(id="i", implements=("mt-1",)), schema.Item(id="mt-1"))
    documents = DOCUMENTS | {"tinh": document("goc", *between)}
    compared = ComparedGoals("tinh", ("i", "mt-1"), None)
    one = view(any_plan, "one", "tinh", take_up("mt-1", of="tinh"), compared=compared)
    (cascade,) = list_cascades(["tinh"], documents, GOALS | {"tinh": between}, [one])
    assert [[plan.id for plan in goal.left_out] for goal in cascade.goals] == [["one"], []]


def test_a_plan_that_only_cites_a_document_can_take_up_its_goals(any_plan: PlanView):
    stranger = view(any_plan, "stranger", "khac", take_up("nv"))
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [stranger])
    assert [plan.id for plan, _ in cascade.goals[-1].taken] == ["stranger"]


def test_goals_that_nobody_was_asked_for_stand_all_the_same():
    (cascade,) = list_cascades(["goc"], DOCUMENTS, GOALS, [])
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
    unknown = view(any_plan, "r", "la", day="2024-02-10")
    names = [name for name in documents if name != "goc"]
    assert count_delays([*names, "goc"], documents, [plan, alone, unknown]) == {
        "day": 30,
        "month": None,
        "none": None,
        "below-month": None,
        "below-none": None,
        "p": 10,
    }


def test_a_held_plan_can_be_a_parent_at_any_depth(any_plan: PlanView):
    """The nation's document, the province's plan, the commune's plan, and one below that."""
    province = schema.Item(id="i", implements=("mt-1",))
    commune = schema.Item(id="a", implements=("i",))
    documents = DOCUMENTS | {
        "tinh": document("goc", province),
        "xa": document("tinh", commune),
    }
    goals = GOALS | {"tinh": (province,), "xa": (commune,)}
    middle = view(any_plan, "middle", "tinh", take_up("i", "tinh"))
    lowest = view(any_plan, "lowest", "xa", take_up("a", "xa"))
    cascades = list_cascades(["goc", "tinh", "xa"], documents, goals, [middle, lowest])
    found = {cascade.document: cascade for cascade in cascades}
    taken = {
        name: [plan.id for goal in cascade.goals for plan, _ in goal.taken]
        for name, cascade in found.items()
    }
    assert taken == {"goc": [], "tinh": ["middle"], "xa": ["lowest"]}
    assert [plan.id for plan in found["goc"].not_compared] == ["middle", "lowest"]
    assert [plan.id for plan in found["tinh"].not_compared] == ["lowest"]
