"""YAML as a form to fill in, nothing more: text to plain data, with a line for every value.

Comes in: one file. Goes out: a `Source`: mappings, lists, strings and None, or problems.
Every scalar stays the string that the editor wrote; the schema decides what it means.
So `no`, `010`, `1_0` and `12:30` are no traps. What YAML can do beyond a form (anchors,
tags, merge keys, several documents) is refused: it would hide data from a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from congkhai.data.encoding import decode, inspect
from congkhai.data.problem import Problem
from congkhai.data.yaml_errors import (
    MAX_DEPTH,
    TOO_DEEP,
    Fault,
    explain,
    find_lost_text,
    find_reviews,
    find_slips,
    swallowed_line,
)

MAX_FAULTS = 20
"""Of one file; a file with more is not mended line by line."""

Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML comes with it, which is ten times quicker; the same events otherwise."""

Loc = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1."""

_NULLS = frozenset(("", "~", "null"))
_QUOTES = frozenset("\"'")
_NO_KEY = object()


@dataclass(frozen=True)
class Source:
    """What one file holds: `data` is None when it cannot be read at all."""

    path: str
    """As shown to the editor."""
    data: Any
    problems: list[Problem] = field(default_factory=list)
    reread: Callable[[], str] = field(default=str, repr=False)
    """Gives the text once more: places are needed only for faults, so they are worked out late."""

    @cached_property
    def _places(self) -> dict[Loc, tuple[Place, Place]]:
        return dict(_locate(self.reread()))

    def line(self, loc: Loc, *, key: bool = False) -> Place:
        """Line and column of a value (of its key, on request), or of what it would be in.

        A list or mapping is shown at its key, where an editor looks for it.
        """
        here: Loc = ()
        for part in loc:
            if (*here, part) in self._places:
                here = (*here, part)
            elif part != 0:  # the first of a list may be written without the list: due: {…}
                key = False
                break
        return self._places.get(here, ((1, 1), (1, 1)))[0 if key and here else 1]


def read(file: Path, path: str) -> Source:
    """Read one file; `path` is how the editor knows it. Never raises for what is in it."""

    def text_again() -> str:
        return decode(file.read_bytes(), path)[0] or ""

    try:
        raw = file.read_bytes()
    except OSError as error:
        return Source(
            path,
            None,
            [
                Problem(
                    path, 0, 0, f"không mở được tệp: {error.strerror}", "kiểm tra quyền đọc của tệp"
                )
            ],
        )
    text, problems = decode(raw, path)
    if text is None:
        return Source(path, None, problems)
    data, problems = _read(text, path, problems)
    return Source(path, data, problems, text_again)


def parse(text: str, path: str) -> tuple[Any, list[Problem]]:
    """Plain data of a text in composed form, or None; and everything wrong with it."""
    return _read(text, path, list(inspect(text, path)))


def _read(text: str, path: str, strange: list[Problem]) -> tuple[Any, list[Problem]]:
    """The same; `strange`: what is wrong with its characters."""
    faults = find_slips(text)
    data = None
    if not faults:
        data = _build(text, faults, {problem.line for problem in strange})
        faults.extend(find_lost_text(text, Parser))
    problems = [*strange, *(Problem(path, *fault) for fault in faults)]
    usable = all(problem.severity == "warning" for problem in problems)
    problems += [Problem(path, *fault) for fault in find_reviews(text)]
    return (data if usable else None), problems


def _build(text: str, faults: list[Fault], strange_lines: set[int]) -> Any:
    """The data; what is wrong with its form goes to `faults`.

    `strange_lines` have characters that were complained of: an error there is no news.
    """
    root: Any = _NO_KEY
    # One entry per open list or mapping: (container, pending key, the events of its keys).
    stack: list[tuple[Any, Any, dict[str, Any] | None]] = []
    container: Any = None
    key: Any = _NO_KEY
    keys: dict[str, Any] | None = None
    documents = 0
    swallowed = False
    aliases: set[str] = set()

    def fault(event: Any, message: str, hint: str) -> None:
        mark = event.start_mark
        faults.append(Fault(mark.line + 1, mark.column + 1, message, hint))

    try:
        next_event = Parser(text).get_event
        while (event := next_event()) is not None:
            if faults and len(faults) >= MAX_FAULTS:
                return None
            kind = type(event)
            if kind is ScalarEvent:
                value: Any = event.value
                style = event.style
                if style:
                    if style in _QUOTES and event.end_mark.line != event.start_mark.line:
                        found = swallowed_line(text, event.start_mark, event.end_mark)
                        if found:
                            swallowed = True
                            faults.append(found)
                elif value in _NULLS:
                    value = None
                if event.tag is not None or event.anchor is not None:
                    _refuse_extras(event, fault)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.tag is not None or event.anchor is not None:
                    _refuse_extras(event, fault)
                if len(stack) >= MAX_DEPTH:
                    fault(event, *TOO_DEEP)
                    return None
                value = {} if kind is MappingStartEvent else []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                container, key, keys = stack.pop()
                continue
            elif kind is AliasEvent:
                if event.anchor not in aliases:
                    aliases.add(event.anchor)
                    fault(
                        event,
                        f"dùng «*{event.anchor}» để chép lại dữ liệu ở chỗ khác",
                        "viết đầy đủ ở từng chỗ; nếu là chữ bắt đầu bằng dấu *, đặt cả câu trong nháy kép",
                    )
                value = None
            else:
                if kind is DocumentStartEvent:
                    documents += 1
                    if documents == 2:
                        fault(
                            event,
                            "tệp có hai phần ngăn bằng «---»",
                            "mỗi tệp một văn bản; tách phần sau ra tệp khác",
                        )
                        return None
                continue

            # A key of a mapping, until its value comes.
            if keys is not None and key is _NO_KEY:
                if type(value) is not str:
                    fault(
                        event,
                        "khóa để trống hoặc không phải là chữ",
                        "mỗi dòng có dạng «khóa: giá trị»",
                    )
                    return None
                if value == "<<":
                    fault(event, "dùng «<<» để gộp dữ liệu ở chỗ khác", "viết đầy đủ từng dòng")
                elif value in keys:
                    fault(
                        event,
                        f"khóa «{value}» đã có ở dòng {keys[value].start_mark.line + 1}",
                        "chỉ giữ một dòng; hai giá trị cùng loại thì đặt trong một danh sách",
                    )
                key = value
                keys[value] = event
                continue

            if container is None:
                root = value
            elif keys is not None:
                container[key] = value
                key = _NO_KEY
            else:
                container.append(value)
            if kind is not ScalarEvent and kind is not AliasEvent:
                stack.append((container, key, keys))
                container, key, keys = value, _NO_KEY, ({} if kind is MappingStartEvent else None)
    except yaml.YAMLError as error:
        if not swallowed:
            slip = explain(error, text, Parser)
            if slip.line not in strange_lines:
                faults.append(slip)
        return None
    if root is _NO_KEY or root is None:
        faults.append(Fault(1, 0, "tệp rỗng", "xóa tệp, hoặc điền theo mẫu trong trang hướng dẫn"))
        return None
    if type(root) is not dict:
        faults.append(
            Fault(
                1,
                0,
                "tệp phải bắt đầu bằng các dòng «khóa: giá trị»",
                'bỏ dấu gạch «-» hoặc câu chữ ở đầu tệp; dạng đúng: locality: "10606"',
            )
        )
        return None
    return root


def _refuse_extras(event: Any, fault: Callable[[Any, str, str], None]) -> None:
    if event.anchor is not None:
        fault(
            event,
            f"dùng «&{event.anchor}» để đánh dấu dữ liệu",
            "bỏ dấu này, viết đầy đủ ở từng chỗ; nếu là chữ, đặt cả câu trong nháy kép",
        )
    if event.tag is not None:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        fault(
            event,
            f"dùng thẻ «{name[:60]}»",
            "bỏ thẻ; nếu là chữ bắt đầu bằng dấu !, đặt cả câu trong nháy kép",
        )


def _locate(text: str) -> Iterator[tuple[Loc, tuple[Place, Place]]]:
    """(where in the data, (place of the key, place of the value)), in document order."""
    loc: list[Any] = []
    open_lists: list[int | None] = []  # the next index of each open list; None for a mapping
    key_place: Place | None = None
    try:
        next_event = Parser(text).get_event
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                open_lists.pop()
                if open_lists:
                    loc.pop()
                continue
            if kind not in (ScalarEvent, MappingStartEvent, SequenceStartEvent):
                continue
            here = (event.start_mark.line + 1, event.start_mark.column + 1)
            if open_lists:
                index = open_lists[-1]
                if index is not None:
                    loc.append(index)
                    open_lists[-1] = index + 1
                elif key_place is None:
                    loc.append(event.value)
                    key_place = here
                    continue
            is_scalar = kind is ScalarEvent
            yield tuple(loc), (key_place or here, here if is_scalar else key_place or here)
            key_place = None
            if not is_scalar:
                open_lists.append(None if kind is MappingStartEvent else 0)
            elif open_lists:
                loc.pop()
    except yaml.YAMLError:
        return
