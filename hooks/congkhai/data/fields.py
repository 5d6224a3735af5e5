"""What a string in a data file means: dates, numbers, identifiers, text.

Comes in: a scalar exactly as the editor wrote it. Goes out: a typed value, or a
Vietnamese sentence with the right form. `schema` and `registers` use these types.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from congkhai.text.dates import FIRST_YEAR, LAST_YEAR, PartialDate
from congkhai.text.vietnamese import slug

FILL_IN = "ĐIỀN"
"""Placeholder of a form where somebody must write; never a value."""

MAX_TEXT = 20_000
"""Longest text of one field, in characters: three times the longest paragraph of a source."""

FREE_TEXT = "free text"
"""Marks the type of text that staff write in their own words, and no document does."""

_ID = re.compile(r"^[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_GOAL = re.compile(
    r"^(?:(?P<document>[a-z0-9]+(?:-[a-z0-9]+)*)#)?(?P<item>[a-z0-9]+(?:[.-][a-z0-9]+)*)\Z"
)
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z")
DECIMAL = re.compile(r"^-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?\Z")
"""A number as files have it: 74.5, never 74,5."""


def _error(kind: str, message: str) -> PydanticCustomError:
    """Return the error that pydantic reports with a message of our own."""
    return PydanticCustomError(kind, "{message}", {"message": message})


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    day = _read_due_date(value)
    if isinstance(day, PartialDate) and day.quarter is not None:
        raise _error(
            "date",
            f"quý «{value[:40]}» chỉ dùng cho thời hạn; dạng đúng: 2026, 2026-05 hoặc 2026-05-06",
        )
    return day


def _read_due_date(value: object) -> object:
    """Read a day as `_read_date` does, a quarter too."""
    if not isinstance(value, str):
        return value
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise _error("date", str(error)) from None


def _read_year(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}", value) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        raise _error(
            "year", f"năm «{value[:40]}» ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}; dạng đúng: 2026"
        )
    return int(value)


def _read_decimal(value: object) -> object:
    if not isinstance(value, str):
        return value
    if DECIMAL.match(value):
        # Nobody ends a fraction with 0; it is 1250 with the dot that Vietnamese puts in thousands.
        if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{2}0", value):
            forms = f"{value.replace('.', '')} hoặc {value.rstrip('0').rstrip('.')}"
            raise _error("decimal", f"«{value}» có thể là hàng nghìn hoặc số lẻ; viết {forms}")
        return Decimal(value)
    advice = value.replace("%", "").replace(" ", "").replace(",", ".")[:40]
    form = advice if DECIMAL.match(advice) else "45.5"
    raise _error(
        "decimal",
        f"«{value[:40]}» không đọc được là số;"
        f" dạng đúng: {form} (dấu chấm thập phân, không có ký hiệu %)",
    )


def _read_flag(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise _error("flag", f"«{value[:40]}» không rõ đúng hay sai; chỉ viết true hoặc false")
        return value == "true"
    return value


_DEVICE = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")
"""What Windows takes for a device: no folder of an item can be called so, whatever its ending."""
_TAKEN = re.compile(r"^(toan-van|bao-cao|tra-loi|tep)$|\.(csv|ics|json|png|svg|txt|xml|yml)$")
"""What stands beside the page of a commitment, at the address of its plan."""


def _read_id(value: object) -> object:
    if isinstance(value, str) and (len(value) > 80 or not _ID.match(value)):
        raise _error(
            "id",
            f"mã «{value[:40]}» sai dạng;"
            " chỉ dùng a-z, 0-9, nối bằng dấu chấm hoặc gạch nối, ví dụ iii.2-4",
        )
    _refuse_device(value)
    if isinstance(value, str) and _TAKEN.search(value):
        raise _error(
            "id",
            f"mã «{value}» trùng tên một phần của trang kế hoạch; chọn mã khác, ví dụ iii.2-4",
        )
    return value


def _refuse_device(value: object) -> None:
    if isinstance(value, str) and _DEVICE.match(value):
        raise _error(
            "device",
            f"mã «{value[:40]}» là tên mà Windows giữ riêng, máy Windows không tải kho về được;"
            f" chọn mã khác, ví dụ {value.partition('.')[0]}-1",
        )


_AGENCY = re.compile(r"^[A-Z][0-9]{2}(?:\.[0-9A-Z]+)*\Z")
"""A code of level 1 first, then those below it: `G09`, `H35.12.01`."""
_LONGEST_AGENCY = 35


def _read_agency_code(value: object) -> object:
    if isinstance(value, str) and (len(value) > _LONGEST_AGENCY or not _AGENCY.match(value)):
        raise _error(
            "agency",
            f"mã định danh điện tử «{value[:40]}» sai dạng; dạng đúng: mã cấp 1 đứng đầu, các nhóm"
            " chữ số, chữ hoa không dấu cách nhau bằng dấu chấm, không quá 35 ký tự, ví dụ G09 hoặc"
            " H35.12.01",
        )
    return value


def _read_goal(value: object) -> object:
    if isinstance(value, str) and (len(value) > 160 or not _GOAL.match(value)):
        raise _error(
            "goal",
            f"mã mục «{value[:40]}» sai dạng; dạng đúng: mt-1, hoặc có mã văn bản đứng trước"
            " khi hai văn bản có mục cùng mã: 155-qd-ttg-2026#mt-1",
        )
    return value


def split_goal(goal: str) -> tuple[str | None, str]:
    """Split what `implements` names into the document, if it is named, and the item.

    >>> split_goal("155-qd-ttg-2026#mt-1"), split_goal("iii.2-4")
    (('155-qd-ttg-2026', 'mt-1'), (None, 'iii.2-4'))
    """
    document, separator, item = goal.rpartition("#")
    return (document, item) if separator else (None, item)


def _read_slug(value: object) -> object:
    if isinstance(value, str) and (len(value) > 80 or not _SLUG.match(value)):
        example = slug(value)[:40] or "so-noi-vu"
        raise _error(
            "slug",
            f"mã «{value[:40]}» sai dạng; chỉ dùng a-z, 0-9 và gạch nối, ví dụ {example}",
        )
    return value


def read_one_or_more(value: object) -> object:
    """Return a list as it is; anything else as a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def allow_one(schema: dict[str, Any]) -> None:
    """Let the JSON Schema allow one mapping where a list of mappings is allowed."""
    many = {"type": schema.pop("type"), "items": schema.pop("items")}
    schema["anyOf"] = [many["items"], many]


def _read_text(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise _error("text", "chữ để trống; bỏ hẳn dòng này nếu nguồn không ghi")
        if len(value) > MAX_TEXT:
            raise _error(
                "text",
                f"dài {len(value)} ký tự, quá {MAX_TEXT};"
                " tách thành nhiều mục như trong văn bản gốc",
            )
    return value


Date = Annotated[
    PartialDate,
    BeforeValidator(_read_date),
    PlainSerializer(lambda date: date.iso()),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|\d{2}-\d{2})$"}),
]
DueDate = Annotated[
    PartialDate,
    BeforeValidator(_read_due_date),
    PlainSerializer(lambda date: date.iso()),
    WithJsonSchema(
        {"type": "string", "pattern": r"^(\d{4}(-q[1-4]|-\d{2}(-\d{2})?)?|\d{2}-\d{2})$"}
    ),
]
"""A day of a deadline, which may be a quarter: `2026-q3`."""
Year = Annotated[int, BeforeValidator(_read_year)]
Number = Annotated[Decimal, BeforeValidator(_read_decimal)]
Flag = Annotated[bool, BeforeValidator(_read_flag)]
ItemId = Annotated[str, BeforeValidator(_read_id)]
Slug = Annotated[str, BeforeValidator(_read_slug)]
AgencyCode = Annotated[
    str,
    BeforeValidator(_read_agency_code),
    WithJsonSchema(
        {"type": "string", "maxLength": _LONGEST_AGENCY, "pattern": _AGENCY.pattern[:-2] + "$"}
    ),
]
"""Electronic code of an agency, as Quyết định 20/2020/QĐ-TTg has it: at most 35 signs."""
GoalId = Annotated[str, BeforeValidator(_read_goal)]
"""An item of a document above the plan: `mt-1`, or `155-qd-ttg-2026#mt-1`."""
Text = Annotated[str, BeforeValidator(_read_text), FREE_TEXT]
"""Words of staff: checked for personal data."""
PrintedText = Annotated[str, BeforeValidator(_read_text)]
"""Words of an official document, as printed."""
