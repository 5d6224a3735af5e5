"""Rules against personal data in text that staff write; the output of checks is public too.

Comes in: a `Dataset`, a `PlanContext` or a `ReportContext`. Goes out: problems that name the
field and never repeat the number. Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, in force
since 01/01/2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from congkhai.checks.context import PlanContext, ReportContext
from congkhai.data.fields import FREE_TEXT
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.text.vietnamese import fold

# Numbers of documents (1234567890/UBND) and amounts (012.345.678.901) belong to nobody.
_PATTERNS = (
    (
        "số căn cước công dân",
        re.compile(r"(?<![\d.,/-])0\d{2}([ -]?)\d{3}\1\d{3}\1\d{3}(?![\d/]|[.,-]\d)"),
    ),
    (
        "số chứng minh nhân dân",
        re.compile(r"\b(?:cmnd|cmt|chung minh (?:nhan dan|thu))\W{0,5}(?:so\W{0,3})?\d{9}(?!\d)"),
    ),
    (
        "số điện thoại di động",
        re.compile(r"(?<![\d/,-])(?:\(?\+?84\)?[ .-]?|0)[35789](?:[ .-]?\d){8}(?![\d/]|[,-]\d)"),
    ),
    (
        "địa chỉ thư điện tử cá nhân",
        re.compile(
            r"[\w.+-]+\s?@\s?(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud"
            r"|proton(?:mail)?|zoho|mail)\.[a-z.]{2,8}"
        ),
    ),
    (
        "số tài khoản",
        re.compile(
            r"\b(?:so tai khoan|stk|tai khoan(?: so| ngan hang)?|tk ngan hang)\b"
            r"[^\d\n]{0,40}\d(?:[ .-]?\d){5,18}"
        ),
    ),
)
_WORTH_A_LOOK = re.compile(r"[0-9](?:[ .()-]{0,3}[0-9]){5}|@")


def find_private_data_in_registers(dataset: Dataset) -> Iterator[Problem]:
    """Refuse identity, mobile and account numbers and private e-mail in the registers."""
    for loaded in dataset.registers.values():
        yield from _check_free_texts(loaded)


def find_private_data_in_plan(context: PlanContext) -> Iterator[Problem]:
    """Refuse identity, mobile and account numbers and private e-mail in a plan's own data.

    Not in the official words: those are quoted as printed.
    """
    yield from _check_free_texts(context.loaded)


def find_private_data_in_report(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Refuse identity, mobile and account numbers and private e-mail in a report."""
    yield from _check_free_texts(context.loaded)


def _check_free_texts(loaded: Loaded[object]) -> Iterator[Problem]:
    for loc, text in list_free_texts(loaded.value):
        if not _WORTH_A_LOOK.search(text):
            continue
        folded = fold(text)
        field = next((part for part in reversed(loc) if isinstance(part, str)), "")
        for kind, pattern in _PATTERNS:
            if pattern.search(folded):
                what = "địa chỉ" if kind.startswith("địa chỉ") else "số"
                yield loaded.problem(
                    loc,
                    f"«{field}» có vẻ chứa {kind}",
                    f"bỏ {what} đó, chỉ ghi nội dung công việc; trang này công khai cho mọi người",
                )


def holds_private_data(text: str) -> bool:
    """Say whether a text seems to hold personal data, so that it is not shown once more."""
    if not _WORTH_A_LOOK.search(text):
        return False
    folded = fold(text)
    return any(pattern.search(folded) for _, pattern in _PATTERNS)


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
