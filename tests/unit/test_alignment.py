"""What a plan took up of the documents above it, and what it changed: words, days and figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congkhai.data import registers
from congkhai.data.schema import (
    Citation,
    Comparison,
    Deadline,
    Item,
    Period,
    Plan,
    PlanDocument,
    Target,
)
from congkhai.model.alignment import (
    index_goals,
    list_cited_documents,
    list_compared_goals,
    list_documents_above,
    list_goals,
    list_uptakes,
    parent_of,
)
from congkhai.model.assignments import walk
from congkhai.model.plan_view import ComparedGoals, Difference, Uptake

BY_2026 = Deadline(printed="năm 2026", by="2026")
BY_2028 = Deadline(printed="năm 2028", by="2028")
YEARLY = Deadline(printed="hằng năm", every="year")
YEARLY_BEFORE = Deadline(printed="trước 01/11 hằng năm", before="11-01", every="year")
ALWAYS = Deadline(printed="thường xuyên", ongoing="true")


def document(parent: str | None = None, *items: Item) -> registers.Document:
    return registers.Document(
        type="Quyết định", issuer="Bộ Mẫu", title="Tên", parent=parent, items=items
    )


def target(value: str, comparator: str = ">=", unit: str = "%", measure: str = "nuoc") -> Target:
    return Target(
        measure=measure,
        printed=f"{comparator} {value} {unit}",
        comparator=comparator,
        value=value,
        unit=unit,
    )


def plan_of(
    *body: Item, cites: tuple[Citation, ...] = (), compared: tuple[Comparison, ...] = ()
) -> Plan:
    return Plan(
        locality="99",
        programme="mau",
        document=PlanDocument(
            number=None, symbol=None, date=None, issuer="UBND", type="KẾ HOẠCH", title="Tên"
        ),
        period=Period(start="2026", end="2030"),
        body=body,
        cites=cites,
        compared=compared,
    )


def take_up(*body: Item, **documents: registers.Document) -> list[Uptake]:
    """Compare a plan with this body with the document `tren` and those above it."""
    plan = plan_of(*body)
    references = {item.id: f"mục {item.id}" for item, _ in walk(body)}
    goals = {name: document.items for name, document in documents.items()}
    return list(list_uptakes(plan, "tren", "ke-hoach/p/{}/".format, documents, goals, references))


def differences(goal: dict[str, object], own: dict[str, object]) -> list[Difference]:
    (uptake,) = take_up(
        Item(id="i", implements=("mt",), **own), tren=document(None, Item(id="mt", **goal))
    )
    return list(uptake.differences)


def test_the_documents_above_come_nearest_first_each_once():
    documents = {"a": document("b"), "b": document("c"), "c": document("b")}
    assert list_documents_above("a", documents) == ["a", "b", "c"]
    assert list_documents_above("la", documents) == []
    assert list_documents_above(None, documents) == []


def test_the_parent_and_those_above_it_come_before_what_a_plan_cites_otherwise():
    """A citation of no known document has none above it."""
    documents = {name: document(above) for name, above in {"tren": "cao", "khac": "cao"}.items()}
    documents |= {"cao": document(), "luat": document()}
    plan = plan_of(
        cites=tuple(
            Citation(document=name, relation=relation, printed="Văn bản", at="title")
            for name, relation in [
                ("luat", "basis"),
                ("khac", "mention"),
                ("la", "mention"),
                ("tren", "parent"),
            ]
        )
    )
    assert list_cited_documents(plan, documents) == ["tren", "cao", "luat", "khac"]


def test_a_document_whose_goals_are_not_known_has_none_to_name():
    found = index_goals(["a", "b"], {"b": (Item(id="mt", items=(Item(id="mt-1"),)),)})
    assert {name: list(goals) for name, goals in found.items()} == {"b": ["mt", "mt-1"]}


def test_an_uptake_says_where_the_item_stands():
    goals = document(None, Item(id="mt-1"), Item(id="mt-2"))
    assert take_up(
        Item(id="i", implements=("mt-2", "mt-1")), Item(id="ii", implements=("mt-1",)), tren=goals
    ) == [
        Uptake("tren", "mt-2", "mục i", "ke-hoach/p/i/", "", "", True, ()),
        Uptake("tren", "mt-1", "mục i", "ke-hoach/p/i/", "", "", True, ()),
        Uptake("tren", "mt-1", "mục ii", "ke-hoach/p/ii/", "", "", True, ()),
    ]


def test_a_goal_is_that_of_the_nearest_document_that_has_it():
    near = document("cao", Item(id="mt-1"))
    high = document(None, Item(id="mt-1"), Item(id="mt-2"))
    taken = take_up(Item(id="i", implements=("mt-1", "mt-2")), tren=near, cao=high)
    assert [(uptake.document, uptake.goal) for uptake in taken] == [
        ("tren", "mt-1"),
        ("cao", "mt-2"),
    ]


def test_a_goal_named_with_its_document_is_that_document_s():
    near = document("cao", Item(id="mt-1"))
    high = document(None, Item(id="mt-1"))
    taken = take_up(Item(id="i", implements=("cao#mt-1",)), tren=near, cao=high)
    assert [(uptake.document, uptake.goal) for uptake in taken] == [("cao", "mt-1")]


@pytest.mark.parametrize(
    ("goal", "own", "same"),
    [
        ("Bảo đảm nước sạch.", "bảo đảm nước sạch", True),
        ("Văn hóa - Xã hội", "Văn hoá-Xã hội;", True),
        ("trên 90% hộ", "trên 95% hộ", False),
    ],
)
def test_the_words_are_the_same_but_for_capitals_and_marks(goal: str, own: str, same: bool):
    (uptake,) = take_up(
        Item(id="i", text=own, implements=("mt",)), tren=document(None, Item(id="mt", text=goal))
    )
    assert (uptake.words, uptake.goal_words, uptake.same_words) == (own, goal, same)


@pytest.mark.parametrize(
    ("goal", "own", "words", "same"),
    [
        # A heading is no more than a label beside the text, and all there is without one.
        ({"title": "Mục tiêu 1:", "text": "Nước"}, {"text": "nước"}, "nước", True),
        ({"title": "Nước sạch"}, {"title": "Nước sạch."}, "Nước sạch.", True),
        ({"title": "Nước sạch"}, {"title": "Trường học"}, "Trường học", False),
        ({"text": "Nước"}, {"title": "Nước", "text": "Ống"}, "Nước – Ống", False),
    ],
)
def test_an_item_s_words_are_its_heading_and_its_text(
    goal: dict[str, str], own: dict[str, str], words: str, same: bool
):
    (uptake,) = take_up(
        Item(id="i", implements=("mt",), **own), tren=document(None, Item(id="mt", **goal))
    )
    assert (uptake.words, uptake.same_words) == (words, same)


def test_the_deadline_of_a_heading_above_is_the_goal_s():
    goals = document(None, Item(id="mt", due=(BY_2028,), items=(Item(id="mt-1"),)))
    (uptake,) = take_up(Item(id="i", implements=("mt-1",)), tren=goals)
    assert uptake.differences == (Difference("deadline", "năm 2028", "", "dropped"),)


def compare(documents: dict[str, registers.Document], *compared: Comparison) -> list[ComparedGoals]:
    plan = plan_of(compared=compared)
    goals = {name: document.items for name, document in documents.items()}
    return list(list_compared_goals(plan, documents, goals))


def test_a_comparison_is_with_the_named_goals_and_all_below_them():
    documents = {
        "tren": document(None, Item(id="a", items=(Item(id="a-1"), Item(id="a-2"))), Item(id="b"))
    }
    (some,) = compare(documents, Comparison(document="tren", items=("a",), note="vì sao"))
    (every,) = compare(documents, Comparison(document="tren"))
    assert some == ComparedGoals("tren", ("a", "a-1", "a-2"), "vì sao")
    assert every.goals == ("a", "a-1", "a-2", "b")


def test_of_a_held_plan_only_what_has_a_kind_is_a_goal():
    body = (
        Item(id="i", items=(Item(id="i.1"),)),
        Item(id="ii", kind="task", items=(Item(id="ii.1"),)),
    )
    held = replace(document(None), held="mau/ke-hoach")
    assert [item.id for item, _ in list_goals(held, body)] == ["ii", "ii.1"]
    assert len(list(list_goals(document(None, *body), body))) == 4
    assert len(list(list_goals(None, body))) == 4, "of a document that is not known"


@pytest.mark.parametrize(
    ("goal", "own", "relation"),
    [
        ((BY_2026,), (BY_2026,), "same"),
        ((BY_2026,), (BY_2028,), "later"),
        ((BY_2028,), (BY_2026,), "earlier"),
        ((BY_2028,), (), "dropped"),
        ((), (BY_2028,), "added"),
        ((YEARLY,), (YEARLY,), "same"),
        ((YEARLY,), (YEARLY_BEFORE,), "earlier"),
        ((YEARLY_BEFORE,), (YEARLY,), "later"),
        ((YEARLY,), (BY_2028,), "other"),
        ((BY_2028,), (YEARLY,), "other"),
        ((ALWAYS,), (BY_2028,), "other"),
        ((BY_2028,), (ALWAYS,), "other"),
        ((ALWAYS,), (ALWAYS,), "same"),
        # Of several days the last one counts, in whatever order they stand.
        ((BY_2028, BY_2026), (BY_2026, BY_2028), "same"),
        ((BY_2026, BY_2028), (BY_2026,), "earlier"),
        # Where one of several comes back each year, the item does.
        ((YEARLY_BEFORE, BY_2028), (YEARLY_BEFORE,), "earlier"),
        ((YEARLY, ALWAYS), (YEARLY,), "same"),
    ],
)
def test_deadlines_are_compared_by_their_last_days(
    goal: tuple[Deadline, ...], own: tuple[Deadline, ...], relation: str
):
    (found,) = differences({"due": goal}, {"due": own})
    assert found == Difference(
        "deadline",
        "; ".join(due.printed for due in goal),
        "; ".join(due.printed for due in own),
        relation,
    )


def test_the_words_of_several_deadlines_stand_side_by_side():
    (found,) = differences({"due": (BY_2026, BY_2028)}, {"due": (ALWAYS,)})
    assert (found.goal, found.own) == ("năm 2026; năm 2028", "thường xuyên")


def test_without_deadlines_and_figures_nothing_differs():
    assert differences({}, {}) == []


def test_a_deadline_from_above_is_compared_too():
    (uptake,) = take_up(
        Item(id="i", due=(BY_2028,), items=(Item(id="i-1", implements=("mt",)),)),
        tren=document(None, Item(id="mt", due=(BY_2026,))),
    )
    assert [found.relation for found in uptake.differences] == ["later"]


@pytest.mark.parametrize(
    ("goal", "own", "relation"),
    [
        (target("90"), target("90"), "same"),
        (target("90"), target("95"), "higher"),
        (target("90"), target("85"), "lower"),
        (target("90"), target("95", comparator=">"), "higher"),
        (target("90"), target("90", comparator=">"), "other"),
        (target("90"), target("95", unit="hộ"), "other"),
        (target("90"), target("90", unit="hộ"), "other"),
    ],
)
def test_figures_are_compared_within_one_unit(goal: Target, own: Target, relation: str):
    assert differences({"targets": (goal,)}, {"targets": (target("1", measure="khac"), own)}) == [
        Difference("figure", goal.printed, own.printed, relation)
    ]


def test_a_figure_of_another_measure_takes_up_nothing():
    goal = target("90")
    assert differences({"targets": (goal,)}, {"targets": (target("90", measure="khac"),)}) == [
        Difference("figure", goal.printed, "", "dropped")
    ]


def test_the_parent_of_a_plan_is_what_it_carries_out_not_what_it_names_first():
    basis = Citation(document="luat", relation="basis", printed="Luật", at="preamble")
    parent = Citation(document="tren", relation="parent", printed="Kế hoạch", at="preamble")
    assert parent_of(plan_of(cites=(basis, parent))) == "tren"
    assert parent_of(plan_of(cites=(basis,))) is None
