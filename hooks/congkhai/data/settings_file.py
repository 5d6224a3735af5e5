"""The settings of a site, `mkdocs.yml`, with a line for every value.

Comes in: the file. Goes out: a `SettingsFile`: its values as MkDocs reads them, and the faults of
its form. Unlike a data file it may use what YAML can do: `!ENV`, comments after values, anchors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml_env_tag import add_env_tag  # type: ignore[import-untyped]

from congkhai.data.encoding import MAX_BYTES, decode
from congkhai.data.files import explain_os_error, read_file
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Parser
from congkhai.data.yaml_errors import explain, find_slips

Loc: TypeAlias = "tuple[str | int, ...]"
"""Where in the settings: keys, and places in lists from 0."""
NAME = "mkdocs.yml"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads `!ENV` as MkDocs does, and passes over the tags of Python."""


add_env_tag(_Loader)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@dataclass(frozen=True)
class SettingsFile:
    """The settings, where each stands, and the faults of their form."""

    path: str
    """As shown to staff."""
    folder: Path
    """Where the file lies: paths in it begin there."""
    values: dict[str, Any] = field(default_factory=dict)
    """Empty when the file cannot be read."""
    problems: tuple[Problem, ...] = ()
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each value, of its key where it has one; from 1."""
    scalars: dict[Loc, str] = field(default_factory=dict)
    """What was typed for each single value."""

    def problem(self, loc: Loc, message: str, hint: str) -> Problem:
        """Return a fault of a value; of what would hold it where it is missing."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        line, column = self.places.get(loc, (1, 1))
        return Problem(self.path, line, column, message, hint)

    def get(self, *loc: str) -> Any:
        """Return a value; None where it, or what would hold it, is missing."""
        value: Any = self.values
        for key in loc:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def read_settings(folder: Path, name: str = NAME) -> SettingsFile:
    """Read the settings of a site; raises nothing for what is in the file."""
    try:
        raw = read_file(folder / name, MAX_BYTES)
    except OSError as error:
        message = f"không mở được tệp: {explain_os_error(error)}"
        problem = Problem(name, 0, 0, message, "chạy trong thư mục gốc của kho")
        return SettingsFile(name, folder, problems=(problem,))
    text, problems = decode(raw, name)
    slips = [Problem(name, *fault) for fault in find_slips(text or "")]
    if text is None or slips:
        return SettingsFile(name, folder, problems=(*problems, *slips))
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, MappingNode):
            hint = 'dạng đúng: site_name: "Công khai kế hoạch"'
            problem = Problem(name, 1, 1, "tệp phải có các dòng dạng «tên: nội dung»", hint)
            return SettingsFile(name, folder, problems=(*problems, problem))
        nodes = list(_walk(node))  # before merge keys are resolved, which changes the nodes
        values = loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        problem = _describe(error, text, name)
        if problem.line not in {reported.line for reported in problems}:
            problems.append(problem)
        return SettingsFile(name, folder, problems=tuple(problems))
    finally:
        loader.dispose()
    return SettingsFile(
        name,
        folder,
        values,
        (*problems, *_find_doubled(nodes, name)),
        {loc: _place(key or value) for loc, key, value in nodes},
        {loc: value.value for loc, _, value in nodes if isinstance(value, ScalarNode)},
    )


_Entry: TypeAlias = "tuple[Loc, Node | None, Node]"


def _walk(root: Node) -> Iterator[_Entry]:
    """Yield where each value stands, the node of its key if it has one, and its own."""
    waiting: list[tuple[Loc, Node]] = [((), root)]
    seen: set[int] = set()
    while waiting:
        loc, node = waiting.pop()
        if id(node) in seen:  # a node that is used again, perhaps inside itself
            continue
        seen.add(id(node))
        children: list[_Entry] = []
        if isinstance(node, MappingNode):
            children = [((*loc, str(key.value)), key, value) for key, value in node.value]
        elif isinstance(node, SequenceNode):
            children = [((*loc, at), None, value) for at, value in enumerate(node.value)]
        yield from children
        waiting += [(child, value) for child, _, value in children]


def _find_doubled(nodes: list[_Entry], name: str) -> Iterator[Problem]:
    """Find keys that stand twice: YAML keeps the last without a word."""
    first: dict[Loc, Node] = {}
    for loc, key, _ in nodes:
        if key is None or loc[-1] == "<<":
            continue
        if loc in first:
            line, column = _place(key)
            message = f"«{loc[-1]}» ghi hai lần, lần trước ở dòng {_place(first[loc])[0]}"
            yield Problem(name, line, column, message, "giữ một dòng, xóa dòng kia")
        first.setdefault(loc, key)


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _describe(error: Exception, text: str, name: str) -> Problem:
    """Describe what keeps a file from being read."""
    if isinstance(error, yaml.constructor.ConstructorError) and error.problem_mark is not None:
        mark = error.problem_mark
        message = "máy không hiểu dòng này"
        hint = 'dạng đúng: site_url: !ENV [SITE_URL, "https://kehoach.tinh.gov.vn/"]'
        return Problem(name, mark.line + 1, mark.column + 1, message, hint)
    if not isinstance(error, yaml.YAMLError):
        hint = 'đặt ngày và số trong dấu ngoặc kép thẳng "…"'
        return Problem(name, 0, 0, "có ngày hoặc số không có thật", hint)
    line, column, message, hint, _ = explain(error, text, Parser)
    general = "mở một tệp cùng loại khác trong plans/ để so cách viết"
    return Problem(
        name, line, column, message, hint.replace(general, "so với bản đã lưu trong git")
    )
