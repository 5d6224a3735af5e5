"""National registers, to which the registers of a data folder add.

Comes in: the national register of the package and the data folder's own, as plain data.
Goes out: one register, and a problem for each line of the own one that contradicts the
national one. Nothing is redefined in silence: every office means the same unit by the same id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from congkhai.data.folder import REGISTERS, shown_as
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc, Source, read

FOLDER = Path(str(files("congkhai") / "registers"))
"""Folder of the national registers, in a checkout and in an installed package alike."""

EXTENDABLE = frozenset({"abbreviations", "spellings", "names", "words", "not_words"})
"""Lists to which a data folder may add: other ways of writing the same, words of a topic."""


@dataclass(frozen=True)
class Conflict:
    """One value of the own register that differs from the national one."""

    loc: Loc
    national: Any


def register_files(data: Path) -> list[str]:
    """List the files that registers are read from, national ones first; some may be missing."""
    return [str(folder / file) for folder in (FOLDER, data) for file in REGISTERS]


def read_national(file: str) -> Source:
    """Read one national register: `units.yml`."""
    return read(FOLDER / file, f"{_shown_folder()}/{file}")


def merge(
    national: Mapping[str, Any], own: Mapping[str, Any], loc: Loc = ()
) -> tuple[dict[str, Any], list[Conflict]]:
    """Add the own register's values to the national one's; where both differ, keep the national.

    >>> merge({"a": {"name": "A"}}, {"a": {"note": "B"}, "c": {"name": "C"}})
    ({'a': {'name': 'A', 'note': 'B'}, 'c': {'name': 'C'}}, [])
    >>> merge({"a": {"name": "A"}}, {"a": {"name": "B"}})
    ({'a': {'name': 'A'}}, [Conflict(loc=('a', 'name'), national='A')])
    """
    merged = dict(national)
    conflicts: list[Conflict] = []
    for key, value in own.items():
        here = (*loc, key)
        existing = national.get(key)
        if key not in national:
            merged[key] = value
        elif isinstance(existing, dict) and isinstance(value, dict):
            merged[key], deeper = merge(existing, value, here)
            conflicts += deeper
        elif isinstance(existing, list) and isinstance(value, list) and key in EXTENDABLE:
            merged[key] = existing + [word for word in value if word not in existing]
        elif existing != value:
            conflicts.append(Conflict(here, existing))
    return merged, conflicts


def explain(conflicts: list[Conflict], own: Source, national: Source) -> Iterator[Problem]:
    """Tell for each conflict where it stands, and the two right forms.

    Vietnamese, as all problems: the national value to be written, or another id.
    """
    for conflict in conflicts:
        line, column = own.line(conflict.loc)
        there = f"{national.path}:{national.line(conflict.loc)[0]}"
        *entry, key = map(str, conflict.loc)
        name = f"«{key}» của «{entry[-1]}»" if entry else f"«{key}»"
        yield Problem(
            own.path,
            line,
            column,
            f"{name} khác danh mục quốc gia ({there})",
            f"{_right_form(key, conflict.national)}; nếu là mục khác thì đặt mã khác cho mục đó",
        )


def _right_form(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return "xóa mục này, danh mục quốc gia đã có"
    written = json.dumps(key) if key.isdigit() else key
    value = json.dumps(value, ensure_ascii=False)
    return f"xóa dòng này, hoặc ghi đúng như ở đó: {written}: {value}"


def depth(data: Any, loc: Loc) -> int:
    """Count the parts of a place that are found in plain data, one after the other.

    >>> depth({"a": {"b": ["c"]}}, ("a", "b", 1))
    2
    """
    for count, part in enumerate(loc):
        parts = dict(enumerate(data)) if isinstance(data, list) else data
        if not isinstance(parts, dict) or part not in parts:
            return count
        data = parts[part]
    return len(loc)


def _shown_folder() -> str:
    """Name the folder as an editor finds it: below the working folder, or by its package."""
    shown = shown_as(FOLDER)
    return shown if "/" in shown else f"congkhai/{shown}"
