"""No field that staff write in may publish somebody's number: every text field of the schema.

The fields come from the types of the schema, by a way of the test's own: a field that is added
later is tried as well, and has to be checked, or be listed here as words of a document.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BeforeValidator

from congkhai.checks.context import PlanContext, ReportContext
from congkhai.checks.privacy import (
    find_private_data_in_plan,
    find_private_data_in_registers,
    find_private_data_in_report,
)
from congkhai.checks.responses import ResponseContext, find_private_data_in_response
from congkhai.data import registers, schema
from congkhai.data.fields import AgencyCode, PrintedText, Text
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc, Source
from congkhai.text.dates import PartialDate
from tests.cases import AS_OF

PRIVATE = "Liên hệ 0912 345 678"
NOWHERE: Loc = ("nowhere",)
SCALARS: dict[Any, object] = {
    PartialDate: PartialDate(2026),
    Decimal: Decimal(1),
    int: 2026,
    bool: False,
    str: "ma",
}
REGISTERS = {
    "localities": registers.Localities,
    "units": registers.Units,
    "documents": registers.Documents,
    "programmes": registers.Programmes,
    "measures": registers.Measures,
    "topics": registers.Topics,
}
SHAPES = {
    "plan": schema.Plan,
    "report": schema.Report,
    "response": schema.Response,
    **REGISTERS,
}
WORDS_OF_A_DOCUMENT = {
    *("Deadline.printed", "Citation.printed", "Recipient.text", "Note.printed"),
    *("Item.number", "Item.title", "Item.text", "Item.columns", "Item.deliverable"),
    *("Rewording.was", "Cutoff.printed", "ReportingRule.form"),
    *("Target.printed", "Target.population", "Target.unit", "Target.modal", "Target.condition"),
    *("PlanDocument.number", "PlanDocument.symbol", "PlanDocument.issuer"),
    *("PlanDocument.letterhead", "PlanDocument.type", "PlanDocument.title"),
    *("Plan.scope", "Plan.preamble", "Plan.closing", "Plan.recipients_heading", "Plan.signature"),
}
"""Quoted as printed, so never refused; a plan's words are warned of, once where they stand."""
QUOTED_AGAIN = {
    *("Cutoff.printed", "ReportingRule.form"),
    *("Deadline.printed", "Citation.printed", "Note.printed", "Item.deliverable", "Rewording.was"),
    *("Target.printed", "Target.population", "Target.unit", "Target.modal", "Target.condition"),
    *("PlanDocument.number", "PlanDocument.symbol", "PlanDocument.issuer", "Plan.scope"),
}
"""Words that stand a second time in the paragraph that they are quoted from."""

TEXT_READERS = {
    mark.func
    for kind in (Text, PrintedText)
    for mark in get_args(kind)
    if isinstance(mark, BeforeValidator)
}


def is_text(hint: Any) -> bool:
    """Whether a type is read as text: its reader tells it from ids, dates and numbers."""
    return get_origin(hint) is Annotated and any(
        isinstance(mark, BeforeValidator) and mark.func in TEXT_READERS for mark in get_args(hint)
    )


def text_places(
    hint: Any, loc: Loc = (), name: str = "", above: tuple[Any, ...] = ()
) -> Iterator[tuple[Loc, str]]:
    """Every place of a shape that takes text, and the field that it belongs to."""
    if is_text(hint):
        yield loc, name
    elif get_origin(hint) is Annotated:
        yield from text_places(get_args(hint)[0], loc, name, above)
    elif get_origin(hint) is dict:
        yield from text_places(get_args(hint)[1], (*loc, "ma"), name, above)
    elif get_origin(hint) is tuple:
        yield from text_places(get_args(hint)[0], (*loc, 0), name, above)
    elif is_dataclass(hint) and hint not in above:
        hints = get_type_hints(hint, include_extras=True)
        for field in fields(hint):
            place = f"{hint.__name__}.{field.name}"
            yield from text_places(hints[field.name], (*loc, field.name), place, (*above, hint))
    elif get_origin(hint) in (Union, types.UnionType):
        for part in get_args(hint):
            yield from text_places(part, loc, name, above)


def fill(hint: Any, private: Loc) -> Any:
    """Make a value of a shape: as little as it needs, and the private number at one place."""
    if is_text(hint):
        return "chữ" if private else PRIVATE
    if get_origin(hint) is Annotated:
        return "G09" if hint == AgencyCode else fill(get_args(hint)[0], private)
    if get_origin(hint) is dict:
        return {"ma": fill(get_args(hint)[1], private[1:])} if private[0] == "ma" else {}
    if get_origin(hint) is tuple:
        return (fill(get_args(hint)[0], private[1:]),) if private[0] == 0 else ()
    if get_origin(hint) in (Union, types.UnionType):
        return fill(next(part for part in get_args(hint) if part is not types.NoneType), private)
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if hint in SCALARS:
        return SCALARS[hint]
    values = {}
    for field in fields(hint):
        on_the_way = private[0] == field.name
        if on_the_way or hint.__pydantic_fields__[field.name].is_required():
            below = private[1:] if on_the_way else NOWHERE
            values[field.name] = fill(get_type_hints(hint, include_extras=True)[field.name], below)
    return hint(**values)


def problems_of(shape: str, value: Any) -> list[Problem]:
    """Call the rule for a kind of file."""
    loaded = Loaded(value, f"plans/{shape}.yml", Source(f"plans/{shape}.yml", None))
    dataset = Dataset(Path("plans"), registers={shape: loaded} if shape in REGISTERS else {})
    if shape in REGISTERS:
        return list(find_private_data_in_registers(dataset))
    if shape == "plan":
        return list(find_private_data_in_plan(PlanContext("", loaded, dataset, {})))
    plan = Loaded(fill(schema.Plan, NOWHERE), "", Source("", None))
    if shape == "response":
        answered = ResponseContext("", loaded, PlanContext("", plan, dataset, {}))
        return list(find_private_data_in_response(answered, AS_OF))
    context = ReportContext("", loaded, PlanContext("", plan, dataset, {}), ())
    return list(find_private_data_in_report(context, AS_OF))


PLACES = [
    pytest.param(shape, loc, field, id=f"{shape}-{'.'.join(map(str, loc))}")
    for shape, hint in SHAPES.items()
    for loc, field in text_places(hint)
]


def test_the_schema_has_text_of_staff_and_text_of_documents() -> None:
    """The loop below sees all of it: no field is listed here that the schema does not have."""
    names = {param.values[2] for param in PLACES}
    assert names > WORDS_OF_A_DOCUMENT
    assert {"Note.text", "Note.meant", "Entry.text", "Entry.reason", "Evidence.title"} <= names
    assert {"Source.title", "Unit.note", "Measure.meaning", "Province.communes"} <= names
    assert {param.values[0] for param in PLACES} == set(SHAPES)


@pytest.mark.parametrize(("shape", "loc", "field"), PLACES)
def test_a_private_number_is_refused_in_every_text_of_staff(
    shape: str, loc: Loc, field: str
) -> None:
    """At its field, without the number; in words of a document it stays as printed."""
    problems = problems_of(shape, fill(SHAPES[shape], loc))
    if field in WORDS_OF_A_DOCUMENT:
        warned = shape == "plan" and field not in QUOTED_AGAIN
        assert [(problem.message, problem.severity) for problem in problems] == [
            ("văn bản có vẻ chứa số điện thoại di động", "warning")
        ] * warned
        return
    name = next(part for part in reversed(loc) if isinstance(part, str))
    assert [problem.message for problem in problems] == [
        f"«{name}» có vẻ chứa số điện thoại di động"
    ]
    assert "0912" not in f"{problems[0].message}{problems[0].hint}"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_without_a_private_number_passes(shape: str) -> None:
    """So that a rule that refuses everything does not pass."""
    hint = SHAPES[shape]
    value = (
        {"ma": fill(get_args(hint)[1], NOWHERE)}
        if get_origin(hint) is dict
        else fill(hint, NOWHERE)
    )
    assert problems_of(shape, value) == []
