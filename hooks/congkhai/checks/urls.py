"""Where the site may send its readers: to `https` addresses, nowhere else.

Comes in: a `Dataset`, or one address. Goes out: problems. A link to `javascript:…` runs
when it is pressed, however well it is escaped; one to `file:` or `http:` leads astray.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from pydantic.dataclasses import is_pydantic_dataclass

from congkhai.data import registers
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc


def is_https(url: str) -> bool:
    """Whether a reader can be sent to this address: https, a host by name, no account in it."""
    try:
        parts = urlsplit(url)
        # Whatever tells addresses from names of files looks for just this, in small letters.
        return (
            url.startswith("https://")
            and "." in (parts.hostname or "")
            and "@" not in parts.netloc
            and not re.search(r"[\s\\<>\"']", url)
        )
    except ValueError:
        return False


def sources_can_be_opened(dataset: Dataset) -> Iterator[Problem]:
    """The source of a fact in a register is an `https` address, when it has any."""
    for loaded in dataset.registers.values():
        for loc, source in _sources(loaded.value, ()):
            if source.url is not None and not is_https(source.url):
                yield loaded.problem(
                    (*loc, "url"),
                    "địa chỉ của nguồn không dùng được",
                    "chỉ nhận https://…; bỏ dòng url nếu nguồn không có trên mạng",
                )


def _sources(value: Any, loc: Loc) -> Iterator[tuple[Loc, registers.Source]]:
    """Every source anywhere in a register, with its place."""
    if isinstance(value, registers.Source):
        yield loc, value
    elif is_pydantic_dataclass(type(value)):
        for field in fields(value):
            yield from _sources(getattr(value, field.name), (*loc, field.name))
    elif isinstance(value, dict | tuple):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _sources(part, (*loc, key))
