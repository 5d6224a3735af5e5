"""What is wrong with the fields of a file, in Vietnamese and at its line.

Comes in: pydantic's errors about data that is sound YAML. Goes out: problems. Names,
meanings and allowed values come from the model, so they cannot differ from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.dataclasses import is_pydantic_dataclass

from congkhai.data.fields import FILL_IN
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Source
from congkhai.text.nearest import nearest
from congkhai.text.vietnamese import fold

_LEAVE_OUT = "điền giá trị, hoặc bỏ hẳn dòng này nếu không có"


def explain(error: ValidationError, source: Source, shape: Any) -> Iterator[Problem]:
    """One problem for each error; `shape` is the type that the data was read as."""
    for found in error.errors(include_url=False):
        loc = tuple(part for part in found["loc"] if part != "[key]")
        is_key = found["type"] == "unexpected_keyword_argument" or loc != found["loc"]
        line, column = source.line(loc, key=is_key)
        message, hint = _describe(found, loc, shape)
        if found["input"] == FILL_IN and not is_key:
            message, hint = (
                f"«{loc[-1]}» chưa điền",
                f"thay {FILL_IN} bằng {_to_fill_in(shape, loc, source.data)}",
            )
        yield Problem(source.path, line, column, message, hint)


def _describe(found: Any, loc: tuple[str | int, ...], shape: Any) -> tuple[str, str]:
    kind, value = found["type"], found["input"]
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "tệp")
    if kind not in ("missing", "unexpected_keyword_argument") and (
        value is None or (isinstance(value, str) and not value.strip())
    ):
        required = _is_required(shape, loc)
        return (
            (f"«{name}» chưa điền", f"ghi {_lower(_meaning(shape, loc))}")
            if required
            else (f"«{name}» để trống", _LEAVE_OUT)
        )
    said = found.get("ctx", {}).get("message")
    if said:
        message, _, hint = said.replace("\n", " ").partition("; ")
        return f"«{name}»: {message}", hint
    if kind == "missing":
        return f"thiếu khóa «{name}»", f"thêm dòng {name}: … ({_meaning(shape, loc)})"
    if kind == "unexpected_keyword_argument":
        return f"khóa lạ «{name}»", _hint_key(name, _shape_at(shape, loc[:-1]))
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", found["ctx"]["expected"])
        guess = nearest(value, allowed) if isinstance(value, str) else None
        return f"«{name}»: giá trị «{_short(value)}» không có trong danh sách", (
            f"có phải «{guess}»? " if guess else ""
        ) + f"chỉ nhận: {', '.join(allowed)}"
    if kind == "tuple_type":
        return f"«{name}» phải là danh sách", _list_form(name, value)
    if kind in ("dataclass_type", "dict_type"):
        return (
            f"«{name}» phải gồm các dòng «khóa: giá trị»",
            "xuống dòng sau dấu hai chấm, thụt vào hai dấu cách",
        )
    if isinstance(value, dict):
        if len(value) == 1:
            key, rest = next(iter(value.items()))
            return (
                f"«{name}» là câu chữ có dấu hai chấm nhưng không đặt trong nháy",
                f'dạng đúng: "{key}: {_short(rest)}"',
            )
        return (
            f"«{name}» chỉ nhận một câu chữ, không nhận nhiều dòng «khóa: giá trị»",
            "xem lại chỗ thụt dòng",
        )
    if isinstance(value, list):
        return (
            f"«{name}» chỉ nhận một giá trị, không nhận danh sách",
            f"dạng đúng: {name}: {_short(value[0]) if len(value) == 1 else '…'}",
        )
    return f"giá trị của «{name}» không đọc được: «{_short(value)}»", _meaning(shape, loc)


def _to_fill_in(shape: Any, loc: tuple[str | int, ...], data: Any) -> str:
    """What takes the place of a placeholder: a list of words with their meanings; a day of the report's own year."""
    meaning = _lower(_meaning(shape, loc))
    if loc[-1] == "status":
        words = (word.partition(" ") for word in meaning.split(", "))
        return ", ".join(f"{word} ({meant})" for word, _, meant in words)
    year = str(data.get("period"))[:4] if isinstance(data, dict) else ""
    return (
        re.sub(r"\b\d{4}(?=-\d\d-\d\d\b)", year, meaning)
        if re.fullmatch(r"[0-9]{4}", year)
        else meaning
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _list_form(name: str, value: Any) -> str:
    if isinstance(value, str):
        short = value if re.fullmatch(r"[a-z0-9.-]{1,60}", value) else f'"{_short(value)}"'
        return f"dạng đúng: {name}: [{short}]"
    return f"mỗi phần tử của {name} bắt đầu bằng một dấu gạch «- »"


def _hint_key(name: str, shape: Any) -> str:
    """The known key most like it in name, or whose meaning has these (Vietnamese) words."""
    fields = _fields(shape)
    guess = nearest(name, fields)
    if not guess:
        meant = [key for key, meaning in fields.items() if fold(name) in fold(meaning)]
        guess = min(meant, key=lambda key: len(fields[key])) if meant else None
    return f"có phải «{guess}»?" if guess else f"các khóa dùng được ở đây: {', '.join(fields)}"


def _meaning(shape: Any, loc: tuple[str | int, ...]) -> str:
    return _fields(_shape_at(shape, loc[:-1])).get(str(loc[-1]) if loc else "", "")


def _is_required(shape: Any, loc: tuple[str | int, ...]) -> bool:
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


def _shape_at(shape: Any, loc: tuple[str | int, ...]) -> Any:
    """The type that the model has at a place of the data."""
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


def _short(value: Any) -> str:
    return str(value).replace("\n", " ")[:60]
