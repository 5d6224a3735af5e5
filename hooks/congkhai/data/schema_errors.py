"""Faults of the fields of a file, in Vietnamese and at their lines.

Comes in: pydantic's errors about data that is sound YAML. Goes out: problems. Names,
meanings and allowed values come from the schema, so they cannot differ from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.dataclasses import is_pydantic_dataclass
from pydantic_core import ErrorDetails

from congkhai.data.fields import FILL_IN
from congkhai.data.problem import Problem
from congkhai.data.schema import STATUSES
from congkhai.data.strict_yaml import Data, Loc, Source
from congkhai.text.nearest import nearest
from congkhai.text.vietnamese import fold

_LEAVE_OUT = "điền giá trị, hoặc bỏ hẳn dòng này nếu không có"


def explain(error: ValidationError, source: Source, shape: Any) -> Iterator[Problem]:
    """Yield a problem for each error; `shape` is the type that the data was read as."""
    for details in error.errors(include_url=False):
        loc = tuple(part for part in details["loc"] if part != "[key]")
        is_key = details["type"] == "unexpected_keyword_argument" or loc != details["loc"]
        line, column = source.line(loc, key=is_key)
        if details["input"] == FILL_IN and not is_key:
            message = f"«{loc[-1]}» chưa điền"
            hint = f"thay {FILL_IN} bằng {_to_fill_in(shape, loc, source.data)}"
        else:
            message, hint = _describe(details, loc, shape)
        yield Problem(source.path, line, column, message, hint)


def _describe(details: ErrorDetails, loc: Loc, shape: Any) -> tuple[str, str]:
    """Return message and hint for one error."""
    kind, value = details["type"], details["input"]
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "tệp")
    if kind == "missing":
        return f"thiếu dòng «{name}»", f"thêm dòng {name}: … ({_meaning(shape, loc)})"
    if kind == "unexpected_keyword_argument":
        return f"ở chỗ này không có dòng nào tên «{name}»", _hint_key(
            name, _shape_at(shape, loc[:-1])
        )
    if value is None or (isinstance(value, str) and not value.strip()):
        if _is_required(shape, loc):
            return f"«{name}» chưa điền", f"ghi {_lower(_meaning(shape, loc))}"
        return f"«{name}» để trống", _LEAVE_OUT
    own_message = details.get("ctx", {}).get("message")
    if own_message:
        message, _, hint = own_message.replace("\n", " ").partition("; ")
        return f"«{name}»: {message}", hint
    if kind == "literal_error":
        return _describe_choice(name, value, details["ctx"]["expected"])
    return _describe_form(kind, name, value) or (
        f"giá trị của «{name}» không đọc được: «{_short(value)}»",
        _meaning(shape, loc),
    )


def _describe_choice(name: str, value: object, expected: str) -> tuple[str, str]:
    """Return message and hint for a word that is not in the list of those allowed."""
    allowed = re.findall(r"'([^']*)'", expected)
    guess = nearest(value, allowed) if isinstance(value, str) else None
    meanings = {str(code): words for code, words in STATUSES.items() if name == "status"}
    choices = [f"{word} ({meanings[word]})" if word in meanings else word for word in allowed]
    hint = f"chỉ nhận: {', '.join(choices)}"
    return (
        f"«{name}»: không nhận «{_short(value)}»",
        f"có phải «{guess}»? {hint}" if guess else hint,
    )


def _describe_form(kind: str, name: str, value: object) -> tuple[str, str] | None:
    """Return message and hint for a list, a mapping or a text in the place of another."""
    if kind == "tuple_type":
        return f"«{name}» phải là danh sách", _list_form(name, value)
    if kind in ("dataclass_type", "dict_type"):
        return (
            f"«{name}» phải gồm nhiều dòng dạng «tên: nội dung»",
            "xuống dòng sau dấu hai chấm, thụt vào hai dấu cách",
        )
    if isinstance(value, dict) and len(value) == 1:
        key, rest = next(iter(value.items()))
        return (
            f"«{name}» có dấu hai chấm nên phải đặt trong dấu ngoặc kép",
            f'dạng đúng: "{key}: {_short(rest)}"',
        )
    if isinstance(value, dict):
        return (
            f"«{name}» chỉ nhận một câu, không nhận nhiều dòng",
            "xem lại chỗ thụt dòng",
        )
    if isinstance(value, list):
        return (
            f"«{name}» chỉ nhận một giá trị, không nhận danh sách",
            f"dạng đúng: {name}: {_short(value[0]) if len(value) == 1 else '…'}",
        )
    return None


def _to_fill_in(shape: Any, loc: Loc, data: Data) -> str:
    """Say what to write: a list of words with their meanings, or a day of the report's year."""
    meaning = _lower(_meaning(shape, loc))
    if loc[-1] == "status":
        words = (word.partition(" ") for word in meaning.split(", "))
        return ", ".join(f"{word} ({explanation})" for word, _, explanation in words)
    year = str(data.get("period"))[:4] if isinstance(data, dict) else ""
    if not re.fullmatch(r"[0-9]{4}", year):
        return meaning
    return re.sub(r"\b\d{4}(?=-\d\d-\d\d\b)", year, meaning)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _list_form(name: str, value: object) -> str:
    if isinstance(value, str):
        short = value if re.fullmatch(r"[a-z0-9.-]{1,60}", value) else f'"{_short(value)}"'
        return f"dạng đúng: {name}: [{short}]"
    return f"mỗi phần của {name} xuống một dòng, bắt đầu bằng dấu gạch và dấu cách «- »"


def _hint_key(name: str, shape: Any) -> str:
    """Suggest the key that is most like a name, or whose meaning has its (Vietnamese) words."""
    fields = _fields(shape)
    guess = nearest(name, fields)
    if not guess:
        by_meaning = [key for key, meaning in fields.items() if fold(name) in fold(meaning)]
        guess = min(by_meaning, key=lambda key: len(fields[key]), default=None)
    return f"có phải «{guess}»?" if guess else f"những dòng được ghi ở chỗ này: {', '.join(fields)}"


def _meaning(shape: Any, loc: Loc) -> str:
    return _fields(_shape_at(shape, loc[:-1])).get(str(loc[-1]) if loc else "", "")


def _is_required(shape: Any, loc: Loc) -> bool:
    above = _shape_at(shape, loc[:-1])
    if not _is_record(above):
        return False
    return any(
        field.is_required()
        for name, field in above.__pydantic_fields__.items()
        if loc[-1] in (name, field.alias)
    )


def _fields(shape: Any) -> dict[str, str]:
    if not _is_record(shape):
        return {}
    return {
        field.alias or name: field.description or ""
        for name, field in shape.__pydantic_fields__.items()
    }


def _is_record(shape: Any) -> bool:
    return isinstance(shape, type) and is_pydantic_dataclass(shape)


def _shape_at(shape: Any, loc: Loc) -> Any:
    """Return the type that the schema has at a place of the data; None when it has none."""
    origin, args = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _shape_at(args[0], loc)
    if origin in (Union, UnionType):
        return _shape_at(next(arg for arg in args if arg is not type(None)), loc)
    if not loc:
        return shape
    if origin is dict:
        return _shape_at(args[1], loc[1:])
    if origin is tuple:
        return _shape_at(args[0], loc[1:])
    if _is_record(shape):
        for name, field in shape.__pydantic_fields__.items():
            if loc[0] in (name, field.alias):
                return _shape_at(field.annotation, loc[1:])
    return None


def _short(value: object) -> str:
    return str(value).replace("\n", " ")[:60]
