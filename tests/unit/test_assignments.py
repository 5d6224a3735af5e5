"""What an item has from those above it, who answers for it, and who may report on it."""

from __future__ import annotations

import pytest

from congkhai.data import registers
from congkhai.data.schema import Deadline, Item, Kind
from congkhai.model.assignments import (
    ByRole,
    answers_for,
    deadlines_of,
    follows,
    kind_of,
    may_report,
    resolve_assignments,
    walk,
)

BODY = (
    Item(
        id="i",
        kind="task",
        due=(Deadline(printed="năm 2030", by="2030"),),
        items=(
            Item(id="i.1", items=(Item(id="i.1-1"), Item(id="i.1-2", kind="none"))),
            Item(
                id="i.2",
                kind="duty",
                due=(Deadline(printed="năm 2027", by="2027"),),
                items=(Item(id="i.2-1"),),
            ),
        ),
    ),
    Item(id="ii"),
)


@pytest.mark.parametrize(
    ("id", "kind", "printed"),
    [
        ("i.1-1", "task", "năm 2030"),
        ("i.1-2", "none", "năm 2030"),
        ("i.2-1", "duty", "năm 2027"),
        ("ii", "none", None),
    ],
)
def test_what_is_nearest_holds(id: str, kind: Kind, printed: str | None):
    (place,) = [place for place in walk(BODY) if place[0].id == id]
    assert kind_of(*place) == kind
    assert [due.printed for due in deadlines_of(*place)] == ([printed] if printed else [])


def roles_of(*body: Item) -> dict[str, ByRole]:
    return resolve_assignments(walk(body))


def test_an_item_without_roles_has_those_of_the_nearest_item_above():
    roles = roles_of(
        Item(
            id="i",
            lead=("so-a",),
            coordinating=("so-b",),
            items=(Item(id="i.1", items=(Item(id="i.1-1"),)),),
        )
    )
    assert roles["i.1-1"] == {"lead": (("so-a", "i"),), "coordinating": (("so-b", "i"),)}


def test_roles_written_on_an_item_replace_all_that_it_would_inherit():
    """«trừ mục có phân công riêng», as the page about the method says."""
    roles = roles_of(
        Item(
            id="i",
            lead=("so-a",),
            coordinating=("so-b",),
            items=(
                Item(id="i-1", implementing=("so-c",), items=(Item(id="i-1-1"),)),
                Item(id="i-2"),
            ),
        )
    )
    assert roles["i-1"] == {"implementing": (("so-c", "i-1"),)}
    assert roles["i-1-1"] == roles["i-1"]
    assert roles["i-2"] == {"lead": (("so-a", "i"),), "coordinating": (("so-b", "i"),)}


def test_an_item_that_nobody_answers_for_has_no_roles():
    assert roles_of(Item(id="i", items=(Item(id="i-1"),))) == {"i": {}, "i-1": {}}


def test_roles_that_apply_to_another_item_are_added_there_and_below_it_alone():
    """«Đơn vị chủ trì: …» in a line of its own is about the provisions beside it."""
    roles = roles_of(
        Item(
            id="i",
            lead=("so-a",),
            items=(
                Item(id="i.1", items=(Item(id="i.1-1"), Item(id="i.1-2", lead=("so-d",)))),
                Item(id="i.2", lead=("so-b", "so-a"), requested=("hoi-c",), applies_to="i.1"),
            ),
        )
    )
    added = {
        "lead": (("so-a", "i"), ("so-b", "i.2")),
        "requested": (("hoi-c", "i.2"),),
    }
    assert roles["i.1"] == added
    assert roles["i.1-1"] == added
    assert roles["i.1-2"] == {"lead": (("so-d", "i.1-2"),)}
    assert roles["i.2"] == {"lead": (("so-a", "i"),)}
    assert roles["i"] == {"lead": (("so-a", "i"),)}


def test_several_lines_may_apply_to_one_item():
    roles = roles_of(
        Item(id="i"),
        Item(id="ii", coordinating=("so-a",), applies_to="i"),
        Item(id="iii", lead=("so-b",), applies_to="i"),
    )
    assert list(roles["i"].items()) == [
        ("lead", (("so-b", "iii"),)),
        ("coordinating", (("so-a", "ii"),)),
    ]


def unit(
    *successors: str, level: registers.Level = "province", nature: registers.Nature = "state"
) -> registers.Unit:
    return registers.Unit(name="Tên", level=(level,), nature=nature, successors=successors)


UNITS = {
    "so-a": unit("so-b"),
    "so-b": unit("so-c", "so-d"),
    "so-c": unit(),
    "so-d": unit(),
    "so-e": unit(),
    "phong-a": unit(level="commune"),
    "cac-so": unit(nature="group"),
    # Nobody becomes oneself; the search has to end all the same.
    "vong-1": unit("vong-2"),
    "vong-2": unit("vong-1"),
    "dau": unit("vong-1"),
}


@pytest.mark.parametrize(
    ("name", "assigned", "answers"),
    [
        ("so-a", ["so-e", "so-a"], True),
        ("so-e", ["so-a"], False),
        ("so-b", ["so-a"], True),
        ("so-c", ["so-a"], True),
        ("so-d", ["so-a"], True),
        ("so-a", ["so-b"], False),
        ("so-e", ["cac-so"], True),
        ("phong-a", ["cac-so"], False),
        ("co-quan-la", ["cac-so"], False),
        ("so-e", ["co-quan-la", "so-e"], True),
        ("so-e", ["vong-1"], False),
        ("so-e", [], False),
    ],
)
def test_a_unit_answers_for_itself_its_predecessors_and_its_group(
    name: str, assigned: list[str], answers: bool
):
    assert answers_for(name, assigned, UNITS) is answers


@pytest.mark.parametrize(
    ("name", "assigned", "leading", "may"),
    [
        ("so-e", ["so-e"], [], True),
        ("so-b", ["so-a"], [], True),
        ("so-e", ["so-c"], ["so-e"], False),
        ("so-e", [], ["so-e"], True),
        ("so-e", [], ["so-c"], False),
        ("ubnd", [], [], True),
        ("ubnd", ["so-c"], [], False),
    ],
)
def test_where_nobody_is_named_the_issuer_and_the_leading_units_may_report(
    name: str, assigned: list[str], leading: list[str], may: bool
):
    assert may_report(name, assigned, leading, UNITS) is may


@pytest.mark.parametrize(("name", "may"), [("dang-uy", True), ("ubnd", False)])
def test_on_what_a_party_committee_assigns_to_nobody_the_committee_reports(name: str, may: bool):
    assert may_report(name, [], [], UNITS, issuer="dang-uy") is may


def test_who_may_report_can_be_asked_of_what_is_read_once():
    assert not may_report("so-e", iter(()), iter(()), UNITS)


@pytest.mark.parametrize(
    ("name", "old", "is_successor"),
    [
        ("so-b", "so-a", True),
        ("so-d", "so-a", True),
        ("so-a", "so-a", False),
        ("so-a", "so-b", False),
        ("so-e", "co-quan-la", False),
        ("so-e", "vong-1", False),
        ("so-e", "dau", False),
    ],
)
def test_a_successor_follows_in_one_step_or_several(name: str, old: str, is_successor: bool):
    assert follows(name, old, UNITS) is is_successor
