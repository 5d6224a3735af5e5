"""Two versions of a plan or of a report are compared statement by statement.

Every field of the schema is changed once: a difference that nobody is told of would be a way to
change a plan unseen.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.model.amendments import Amendment, compare_plans, compare_reports
from congkhai.pages.labels import FIELDS, amended
from congkhai.text.dates import PartialDate
from tests.cases import CASES

EXPLAINING = {"format", "former_paths", "moved_from", "reworded", "withdrawn", "key"}
"""Fields that change nothing a reader is told: how a file is read, or why it was changed."""


def plans() -> Iterator[schema.Plan]:
    for folder in (CASES / "valid" / "minimal", ROOT / "plans", ROOT / "tests" / "demo" / "plans"):
        for loaded in load_dataset(folder)[0].plans.values():
            yield loaded.value


def reports() -> Iterator[schema.Report]:
    for folder in (CASES / "valid" / "minimal", ROOT / "tests" / "demo" / "plans"):
        for by_file in load_dataset(folder)[0].reports.values():
            yield from (loaded.value for loaded in by_file.values())


def another(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, PartialDate):
        return replace(value, month=11 if value.month != 11 else 12)
    return f"{value} khác"


def having(record: Any, name: str, value: object) -> Any:
    """Return a copy of a record with one field of another value, which nothing checks."""
    other = copy(record)
    object.__setattr__(other, name, value)
    return other


LITERALS = {
    "kind": ("task", "gap"),
    "comparator": (">", "<"),
    "status": ("done", "blocked"),
    "relation": ("basis", "mention"),
    "every": ("year", None),
}


def edits(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a record with one of its values changed or taken away, and which field that is."""
    for field in fields(value):
        if field.name in EXPLAINING or (path and field.name in ("id", "item", "at", "target")):
            continue
        old = getattr(value, field.name)
        here = (*path, field.name)
        if old is None or old == ():
            continue
        if is_dataclass(old) and not isinstance(old, PartialDate):
            for inner, new in edits(old, here):
                yield inner, having(value, field.name, new)
        elif isinstance(old, tuple):
            yield here, having(value, field.name, old[:-1])
            for index in {0, len(old) - 1}:
                part, rest = old[index], (old[:index], old[index + 1 :])
                parts = edits(part, here) if is_dataclass(part) else [(here, another(part))]
                for inner, new in parts:
                    yield inner, having(value, field.name, (*rest[0], new, *rest[1]))
        elif field.name in LITERALS:
            one, two = LITERALS[field.name]
            yield here, having(value, field.name, two if old == one else one)
        else:
            yield here, having(value, field.name, another(old))


SAME_PLACE = 6
"""Edits of a field in one place that are tried, over all plans."""


def test_every_field_of_a_plan_is_compared():
    seen: Counter[tuple[str, ...]] = Counter()
    for plan in plans():
        for path, edited in edits(plan):
            seen[path] += 1
            if seen[path] > SAME_PLACE:
                continue
            amendments = compare_plans(plan, edited)
            assert amendments, path
            assert all(amended(amendment) for amendment in amendments)
    names = {path[-1] for path in seen}
    assert {"text", "lead", "due", "by", "value", "unit", "printed", "number", "title"} <= names
    assert len(names) > 30


def test_every_field_of_a_report_is_compared():
    seen: set[str] = set()
    for report in reports():
        for path, edited in edits(report):
            assert compare_reports(report, edited, {}), path
            seen.add(path[-1])
    assert {"status", "value", "done_on", "text", "unit", "period", "date", "evidence"} <= seen


def test_every_field_has_a_name_for_readers():
    shapes = (schema.Plan, schema.PlanDocument, schema.Item, schema.Target, schema.Report)
    names = {field.name for shape in (*shapes, schema.Entry) for field in fields(shape)}
    told_otherwise = {"id", "body", "attachments", "items", "notes", "entries", "item", "target"}
    told_otherwise |= {"text", "title", "kind", "due", "targets", "columns", "cells"}
    told_otherwise |= {"comparator", "maximum", "baseline", "printed", *schema.ROLES}
    assert names - EXPLAINING - told_otherwise <= FIELDS.keys()


def item(**changes: Any) -> schema.Item:
    return schema.Item(**{"id": "i.1", "text": "Một việc.", "kind": "task"} | changes)


def plan(*items: schema.Item) -> schema.Plan:
    document = schema.PlanDocument(
        number=None, symbol=None, date=None, issuer="UBND xã", type="KẾ HOẠCH", title="Về việc"
    )
    period = schema.Period(**{"from": "2026", "to": "2030"})
    return schema.Plan(
        locality="1", programme="p", document=document, period=period, body=items, format=1
    )


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Amendment]:
    return list(compare_plans(plan(item(**before)), plan(item(**after))))


def due(**changes: Any) -> schema.Deadline:
    return schema.Deadline(**{"printed": "hết năm 2027", "by": "2027"} | changes)


def target(**changes: Any) -> schema.Target:
    given = {"measure": "m", "printed": "trên 90%", "comparator": ">", "value": "90", "unit": "%"}
    return schema.Target(**given | changes)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"due": [due()]}, {"due": [due(printed="2028", by="2028")]}, "deadline-later"),
        ({"due": [due()]}, {"due": [due(printed="2026", by="2026")]}, "deadline-earlier"),
        ({"due": [due()]}, {}, "deadline-changed"),
        ({"due": [due()]}, {"due": [due(by="2029")]}, "deadline-later"),
        ({"targets": [target()]}, {"targets": [target(value="80")]}, "figure-lowered"),
        ({"targets": [target()]}, {"targets": [target(value="95")]}, "figure-raised"),
        ({"targets": [target()]}, {"targets": [target(comparator="<")]}, "figure-changed"),
        ({"targets": [target()]}, {}, "figure-changed"),
        (
            {"targets": [target(maximum="95")]},
            {"targets": [target(maximum="93")]},
            "figure-lowered",
        ),
        ({"targets": [target(baseline="40")]}, {"targets": [target()]}, "figure-changed"),
        ({"targets": [target(by="2027")]}, {"targets": [target(by="2028")]}, "deadline-later"),
        ({"lead": ["a"]}, {"lead": ["b"]}, "lead"),
        ({"coordinating": ["a"]}, {"coordinating": ["a", "b"]}, "unit"),
        ({}, {"kind": "none"}, "kind"),
        ({"text": "Một việc."}, {"text": "Một việc khác."}, "words"),
    ],
)
def test_what_kind_a_change_is_of(before: dict[str, Any], after: dict[str, Any], kind: str):
    assert [amendment.kind for amendment in compare(before, after)] == [kind]


def test_a_rule_that_changes_under_the_same_words_is_told_with_its_day():
    (amendment,) = compare({"due": [due()]}, {"due": [due(by="2029")]})
    assert amendment.before == "hết năm 2027 (muộn nhất 31/12/2027)"
    assert amendment.after == "hết năm 2027 (muộn nhất 31/12/2029)"


def test_a_figure_that_changes_under_the_same_words_is_told():
    (amendment,) = compare({"targets": [target()]}, {"targets": [target(value="50")]})
    assert (amendment.before, amendment.after) == ("trên 90%", "trên 90% (tính là trên 50%)")


READ_ANEW: dict[str, dict[str, Any]] = {
    "due": {"due": [due(by="2029")]},
    "targets": {"targets": [target(value="80")]},
    "lead": {"lead": ["b"]},
    "kind": {"kind": "none"},
    "topics": {"topics": ["moi-truong"]},
}


@pytest.mark.parametrize("says", READ_ANEW.values(), ids=READ_ANEW)
def test_what_is_read_anew_under_the_same_words_is_no_change_of_the_document(says: dict[str, Any]):
    before = {"due": [due()], "targets": [target()], "lead": ["a"]}
    (alone,) = compare(before, before | says)
    assert alone.is_reading
    beside = item(id="i.2", text="Một việc nữa."), item(id="i.2", text="Một việc khác nữa.")
    found = compare_plans(plan(item(**before), beside[0]), plan(item(**before | says), beside[1]))
    assert {amendment.item: amendment.is_reading for amendment in found} == {
        "i.1": True,
        "i.2": False,
    }


@pytest.mark.parametrize("above", [False, True])
def test_what_is_another_with_its_words_or_those_above_is_a_change_of_the_document(above: bool):
    def says(words: str, day: str) -> schema.Plan:
        own = item(due=[due(by=day)], text="Một việc." if above else words)
        return plan(schema.Item(id="i", title=words if above else "A", items=[own]))

    found = compare_plans(says("Đến năm 2027", "2027"), says("Đến năm 2028", "2028"))
    assert {amendment.kind for amendment in found} == {"words", "deadline-later"}
    assert not any(amendment.is_reading for amendment in found)


def test_a_note_or_a_document_named_otherwise_is_the_sites_own():
    words = plan(item()), plan(item(text="Một việc khác."))
    note = schema.Note(at="i.1", kind="context", text="Ghi chú.")
    noted = replace(words[1], notes=(note,), programme="q")
    assert {change.field: change.is_reading for change in compare_plans(words[0], noted)} == {
        "programme": True,
        "notes": True,
        "text": False,
    }


def test_a_figure_under_another_measure_neither_went_nor_came():
    (amendment,) = compare({"targets": [target()]}, {"targets": [target(measure="n")]})
    assert (amendment.kind, amendment.field, amendment.is_reading) == (
        "data",
        "targets.measure",
        True,
    )


def test_units_that_a_heading_names_are_told_at_the_items_below_it():
    def headed(unit: str) -> schema.Plan:
        return plan(schema.Item(id="i", title="A", kind="task", lead=[unit], items=[item()]))

    (amendment,) = compare_plans(headed("a"), headed("b"))
    assert (amendment.item, amendment.before, amendment.after) == ("i.1", "a", "b")


def test_an_item_that_goes_and_one_that_comes_are_told_with_their_words():
    before, after = plan(item()), plan(item(id="i.2", text="Một việc nữa."))
    added, withdrawn = compare_plans(before, after)
    assert (added.kind, added.after) == ("item-added", "Một việc nữa.")
    assert (withdrawn.kind, withdrawn.before) == ("item-withdrawn", "Một việc.")


@pytest.mark.parametrize("says", [{}, {"moved_from": "i.1", "text": "Một việc khác."}], ids=str)
def test_an_item_under_another_id_is_the_same(says: dict[str, Any]):
    moved, *rest = compare_plans(plan(item()), plan(item(id="i.2", **says)))
    assert (moved.kind, moved.before, moved.after) == ("item-moved", "i.1", "i.2")
    assert [amendment.kind for amendment in rest] == (["words"] if says else [])


def test_two_items_that_changed_places_and_say_so_are_both_moved():
    before = plan(item(id="a", text="Một."), item(id="b", text="Hai."))
    after = plan(
        item(id="a", text="Hai.", moved_from="b"), item(id="b", text="Một.", moved_from="a")
    )
    assert [change.kind for change in compare_plans(before, after)] == ["item-moved"] * 2
    assert compare_plans(after, after) == ()


def test_order_comments_and_former_paths_change_nothing(tmp_path: Path):
    folder = tmp_path / "plans"
    shutil.copytree(CASES / "valid" / "minimal", folder)
    before = next(iter(load_dataset(folder)[0].plans.values())).value
    file = next(folder.rglob("plan.yml"))
    lines = file.read_text("utf-8").splitlines()
    shuffled = [lines[1], "# chú thích", lines[0], "", *lines[2:], "former_paths: [a-b/c-d]"]
    file.write_text("\r\n".join(shuffled) + "\r\n", "utf-8")
    after = next(iter(load_dataset(folder)[0].plans.values())).value
    assert after.former_paths and compare_plans(before, after) == ()


@pytest.mark.parametrize(
    ("comparator", "value", "said"),
    [
        (">", "80", "chỉ tiêu hạ xuống"),
        (">=", "95", "chỉ tiêu nâng lên"),
        ("<=", "95", "mức tối đa nâng lên"),
        ("<", "80", "mức tối đa hạ xuống"),
    ],
)
def test_a_ceiling_that_is_raised_is_not_called_a_higher_target(
    comparator: str, value: str, said: str
):
    before, after = target(comparator=comparator), target(comparator=comparator, value=value)
    (found,) = compare({"targets": [before]}, {"targets": [after]})
    assert amended(found) == said


def test_an_item_with_another_number_is_not_one_that_went_and_one_that_came():
    before = item(id="i.1", number="1.", text="Việc này.")
    after = item(id="i.2", number="2.", text="Việc này.")
    found = compare_plans(plan(before), plan(after))
    assert "item-moved" in [one.kind for one in found]
    assert not {"item-added", "item-withdrawn"} & {one.kind for one in found}
    twice = compare_plans(plan(before, item(id="i.5", number="5.", text="Việc này.")), plan(after))
    assert [one.kind for one in twice] == ["item-added", "item-withdrawn", "item-withdrawn"]
