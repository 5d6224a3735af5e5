"""Rules against personal data in text that staff write; the output of checks is public too.

Comes in: a `Dataset`, a `PlanContext` or a `ReportContext`. Goes out: problems that name the
field and never repeat the number. Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, in force
since 01/01/2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from congkhai.checks.context import PlanContext, ReportContext
from congkhai.data import schema
from congkhai.data.fields import FREE_TEXT
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.personal_data import PersonalData, find_personal_data

_IN_OFFICIAL_WORDS = (
    "che bằng «[…]» trong plan.yml và source.txt, thêm ghi chú kind: gap ở mục ấy; nếu là của cơ"
    " quan, được công khai, thì thêm ghi chú có printed chép lại chỗ ấy"
)


def find_private_data_in_registers(dataset: Dataset) -> Iterator[Problem]:
    """Refuse numbers and addresses of persons in the registers; warn of their circumstances."""
    for loaded in dataset.registers.values():
        yield from list_private_data(loaded)


def find_private_data_in_plan(context: PlanContext) -> Iterator[Problem]:
    """Refuse numbers and addresses of persons in a plan's own data; warn of circumstances.

    In the official words, which are quoted as printed, warn of both, unless a note at the item
    quotes them: an office's own telephone number is for everybody.
    """
    yield from list_private_data(context.loaded)
    excused = _list_excused(context.plan)
    for loc, text in context.paragraphs:
        for kind in find_personal_data(text):
            if (_item_id(context.plan, loc), kind) in excused:
                continue
            yield context.loaded.problem(
                loc, f"văn bản có vẻ chứa {kind.name}", _IN_OFFICIAL_WORDS, "warning"
            )


def find_private_data_in_report(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Refuse numbers and addresses of persons in a report; warn of their circumstances."""
    yield from list_private_data(context.loaded)


def list_private_data(loaded: Loaded[object]) -> list[Problem]:
    """List what seems to be personal data in all that staff wrote in a file."""
    return list(_find_in_free_texts(loaded))


def _find_in_free_texts(loaded: Loaded[object]) -> Iterator[Problem]:
    for loc, text in list_free_texts(loaded.value):
        for kind in find_personal_data(text):
            field = next((part for part in reversed(loc) if isinstance(part, str)), "")
            yield loaded.problem(
                loc,
                f"«{field}» có vẻ chứa {kind.name}",
                f"{kind.instead}; ai cũng đọc được trang web này",
                "error" if kind.is_certain else "warning",
            )


def _list_excused(plan: schema.Plan) -> set[tuple[str, PersonalData]]:
    """List what notes quote from the words of the document, and where."""
    return {
        (note.at, kind)
        for note in plan.notes
        if note.printed is not None
        for kind in find_personal_data(note.printed)
    }


def _item_id(plan: schema.Plan, loc: Loc) -> str:
    """Return what a note at a place of a plan calls it: the id of the item, or the part's name."""
    if loc[0] not in ("body", "attachments"):
        return str(loc[1] if loc[0] == "document" else loc[0])
    items = plan.body if loc[0] == "body" else plan.attachments
    item_id = ""
    for part in loc[1:]:
        if isinstance(part, int) and part < len(items):
            item_id, items = items[part].id, items[part].items
        elif part != "items":
            break
    return item_id


def holds_private_data(text: str) -> bool:
    """Say whether a text seems to hold personal data, so that it is not shown once more."""
    return bool(find_personal_data(text))


def list_free_texts(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every text of a record that staff wrote in their own words, with its place."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from list_free_texts(part, (*loc, index))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from list_free_texts(part, (*loc, key))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in _fields_with_free_text(type(value)):
            yield from list_free_texts(getattr(value, field), (*loc, field))


@cache
def _fields_with_free_text(record: type[Any]) -> tuple[str, ...]:
    """Name the fields of a record that hold free text, or records that do.

    From the types of the schema, so that a field which is added later is checked as well.
    """
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        field.name for field in fields(record) if _has_free_text(hints[field.name], (record,))
    )


def _has_free_text(hint: Any, above: tuple[type, ...]) -> bool:
    """Return whether a type holds free text; `above` are the records that it is a part of."""
    if get_origin(hint) is Annotated and FREE_TEXT in hint.__metadata__:
        return True
    if isinstance(hint, type) and is_dataclass(hint):
        if hint in above:
            return False
        hints = get_type_hints(hint, include_extras=True)
        return any(_has_free_text(hints[field.name], (*above, hint)) for field in fields(hint))
    return any(_has_free_text(part, above) for part in get_args(hint))
