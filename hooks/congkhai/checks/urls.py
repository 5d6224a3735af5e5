"""The rule that links lead to `https` addresses, nowhere else.

Comes in: a `Dataset`, or one address. Goes out: problems. A link to `javascript:…` runs
when it is clicked, however well it is escaped; one to `file:` or `http:` may not be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from urllib.parse import urlsplit

from congkhai.data import registers
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc


def is_https(url: str) -> bool:
    """Return whether a link may lead to this address: https, a host by name, no account in it."""
    try:
        parts = urlsplit(url)
        # In small letters only: other code tells addresses from file names by this prefix.
        return (
            url.startswith("https://")
            and "." in (parts.hostname or "")
            and "@" not in parts.netloc
            and not re.search(r"[\s\\<>\"']", url)
        )
    except ValueError:
        return False


def require_https_sources(dataset: Dataset) -> Iterator[Problem]:
    """Require that the address of a register's source, where it has one, begins with `https`."""
    for loaded in dataset.registers.values():
        for loc, source in _sources(loaded.value, ()):
            if source.url is not None and not is_https(source.url):
                yield loaded.problem(
                    (*loc, "url"),
                    "địa chỉ của nguồn không dùng được",
                    "chỉ nhận https://…; bỏ dòng url nếu nguồn không có trên mạng",
                )


def _sources(value: object, loc: Loc) -> Iterator[tuple[Loc, registers.Source]]:
    """Yield every source anywhere in a register, with its place."""
    if isinstance(value, registers.Source):
        yield loc, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sources(getattr(value, field.name), (*loc, field.name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _sources(part, (*loc, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _sources(part, (*loc, index))
