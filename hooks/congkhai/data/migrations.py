"""Formats of `plan.yml`: which ones are read, and how an older one is brought up to date.

Comes in: the plain data of a file. Goes out: the same in the newest format. The registry
MIGRATIONS is the place for later formats: give the step from each one to the next, raise
FORMAT, and `draft` writes the new number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 1
"""The newest format: what the classes of `schema` describe."""

PlainData = dict[str, Any]
Migration = Callable[[PlainData], PlainData]

MIGRATIONS: Mapping[int, Migration] = {}
"""By the format that it reads: a function that gives the next one, and changes nothing given."""


class FormatError(Exception):
    """A format that is not read; its words are Vietnamese: what is wrong, and the right form."""

    def __init__(self, value: object, readable: list[int]) -> None:
        super().__init__(value)
        numbers = ", ".join(f"format: {number}" for number in readable)
        self.message = (
            "«format» để trống, không rõ dạng tệp"
            if value is None
            else f"dạng tệp «{value}» không đọc được"
        )
        self.hint = f"bản congkhai này đọc {numbers}; sửa lại số, hoặc dùng bản congkhai mới hơn"


def migrate(
    data: PlainData, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = FORMAT
) -> PlainData:
    """Bring the data of a file to the newest format; without `format` it is in the first one.

    Raises FormatError for a number that is none of those read.

    >>> migrate({"format": "1", "title": "A"})
    {'format': '1', 'title': 'A'}
    >>> step = {1: lambda data: {"name": data["title"]}}
    >>> migrate({"title": "A"}, step, newest=2)
    {'name': 'A', 'format': '2'}
    """
    readable = sorted({*migrations, newest})
    value = data.get("format", "1")
    if value not in map(str, readable):
        raise FormatError(value, readable)
    for number in range(int(value), newest):
        data = {**migrations[number](data), "format": str(number + 1)}
    return data
