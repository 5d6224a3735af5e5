"""YAML as a form to fill in, nothing more: text to plain data, with a line for every value.

Comes in: one file. Goes out: a `Source`: mappings, lists, strings and None, or problems.
Every scalar stays the string that the editor wrote, and the schema decides what it means:
`no`, `010`, `1_0` and `12:30` keep their meaning. What YAML can do beyond a form (anchors,
tags, merge keys, several documents) is refused: it would hide data from a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from congkhai.data.encoding import MAX_BYTES, decode, inspect
from congkhai.data.files import explain_os_error, read_file
from congkhai.data.problem import Problem
from congkhai.data.yaml_errors import (
    MAX_DEPTH,
    TOO_DEEP,
    Fault,
    ParserType,
    explain,
    find_lost_text,
    find_reviews,
    find_slips,
    find_swallowed_line,
    read_events,
    start_of,
)

MAX_FAULTS = 20
"""Most faults reported of one file; a file with more is not corrected line by line."""

Parser: ParserType = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML comes with it, which is ten times faster; the same events otherwise."""

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
"""What a file or a part of it holds."""

Loc = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1."""

_NULLS = frozenset(("", "~", "null"))
_QUOTES = frozenset("\"'")


@dataclass(frozen=True)
class Source:
    """The data of one file and its problems; `data` is None when it could not be read."""

    path: str
    """As shown to the editor."""
    data: Data
    problems: list[Problem] = field(default_factory=list)
    reread: Callable[[], str] = field(default=str, repr=False)
    """Read the text again: places are needed only for faults, so they are located late."""

    @cached_property
    def _places(self) -> dict[Loc, tuple[Place, Place]]:
        return dict(_locate(self.reread()))

    def line(self, loc: Loc, *, key: bool = False) -> Place:
        """Return line and column of a value, or of its key; of what would hold it if it is missing.

        A list or mapping is shown at its key, where an editor looks for it.
        """
        existing: Loc = ()
        for part in loc:
            if (*existing, part) in self._places:
                existing = (*existing, part)
            elif part != 0:  # one element may be written without the list: due: {…}
                key = False
                break
        key_place, value_place = self._places.get(existing, ((1, 1), (1, 1)))
        return key_place if key and existing else value_place


def load_plain(text: str) -> Any:
    """Load YAML of the engine's own, which no rule has to check."""
    loader: Any = Parser
    return yaml.load(text, Loader=loader)


def read(file: Path, path: str) -> Source:
    """Read one file; `path` is shown to the editor. Never raises for what is in the file."""
    try:
        raw = read_file(file, MAX_BYTES)
    except OSError as error:
        message = f"không mở được tệp: {explain_os_error(error)}"
        hint = "kiểm tra quyền đọc của tệp; phải là một tệp thường"
        return Source(path, None, [Problem(path, 0, 0, message, hint)])
    text, problems = decode(raw, path)
    if text is None:
        return Source(path, None, problems)
    data, problems = _read(text, path, problems)
    return Source(path, data, problems, partial(_reread, file, path))


def _reread(file: Path, path: str) -> str:
    return decode(read_file(file, MAX_BYTES), path)[0] or ""


def parse(text: str, path: str) -> tuple[Data, list[Problem]]:
    """Read a text in composed form: its plain data, or None; and its problems."""
    return _read(text, path, list(inspect(text, path)))


def _read(
    text: str, path: str, problems_of_characters: list[Problem]
) -> tuple[Data, list[Problem]]:
    """Read a text whose characters have been inspected."""
    faults = find_slips(text)
    data: Data = None
    if not faults:
        data, faults = _build(text, {problem.line for problem in problems_of_characters})
        faults.extend(find_lost_text(text, Parser))
    problems = [*problems_of_characters, *(Problem(path, *fault) for fault in faults)]
    is_usable = all(problem.severity == "warning" for problem in problems)
    problems += [Problem(path, *fault) for fault in find_reviews(text)]
    return (data if is_usable else None), problems


def _build(text: str, reported_lines: set[int]) -> tuple[Data, list[Fault]]:
    """Build the data of a text, and list the faults of its form.

    `reported_lines` have characters that are reported already: they explain an error there.
    """
    builder = _Builder(text)
    try:
        next_event = Parser(text).get_event
        while (event := next_event()) is not None:
            if not builder.read(event) or len(builder.faults) >= MAX_FAULTS:
                return None, builder.faults
    except yaml.YAMLError as error:
        if not builder.has_swallowed_line:
            fault = explain(error, text, Parser)
            if fault.line not in reported_lines:
                builder.faults.append(fault)
        return None, builder.faults
    root = builder.root
    if type(root) is dict:
        return root, builder.faults
    if root is None:
        message, hint = "tệp chưa có gì", "xóa tệp, rồi tạo lại bằng make report hoặc make draft"
    else:
        message = "tệp phải bắt đầu bằng các dòng dạng «tên: nội dung»"
        hint = 'bỏ dấu gạch «-» hoặc câu chữ ở đầu tệp; dạng đúng: locality: "10606"'
    return None, [*builder.faults, Fault(1, 0, message, hint)]


class _Builder:
    """Builds plain data from the events of a parser, and collects the faults of its form."""

    __slots__ = (
        "_aliases",
        "_container",
        "_documents",
        "_key",
        "_keys",
        "_stack",
        "_text",
        "faults",
        "has_swallowed_line",
        "root",
    )

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.root: Data = None
        self.has_swallowed_line = False
        """True when a quotation that is not closed ends the data too early."""
        self._text = text
        self._documents = 0
        self._aliases: set[str | None] = set()
        # The mapping or list that is open, the key that waits for its value, all of its keys.
        self._container: dict[str, Data] | list[Data] | None = None
        self._key: str | None = None
        self._keys: dict[str, Event] = {}
        self._stack: list[
            tuple[dict[str, Data] | list[Data] | None, str | None, dict[str, Event]]
        ] = []

    def read(self, event: Event) -> bool:
        """Add one event; return False when it is of no use to read on."""
        if isinstance(event, ScalarEvent):
            return self._add(event, self._read_scalar(event))
        if isinstance(event, CollectionEndEvent):
            self._container, self._key, self._keys = self._stack.pop()
            return True
        if isinstance(event, CollectionStartEvent):
            return self._open(event)
        if isinstance(event, AliasEvent):
            self._refuse_alias(event)
            return self._add(event, None)
        if isinstance(event, DocumentStartEvent):
            return self._start_document(event)
        return True

    def _report(self, event: Event, message: str, hint: str) -> None:
        mark = start_of(event)
        self.faults.append(Fault(mark.line + 1, mark.column + 1, message, hint))

    def _add(self, event: Event, value: Data) -> bool:
        """Put a value where it belongs: as a key, at its key, into a list, or at the root."""
        container = self._container
        if isinstance(container, dict):
            if self._key is None:
                return self._read_key(event, value)
            container[self._key] = value
            self._key = None
        elif container is None:
            self.root = value
        else:
            container.append(value)
        return True

    def _read_scalar(self, event: ScalarEvent) -> str | None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_extras(event)
        if not event.style:
            return None if event.value in _NULLS else event.value
        if event.style in _QUOTES:
            fault = find_swallowed_line(self._text, event)
            if fault:
                self.has_swallowed_line = True
                self.faults.append(fault)
        return event.value

    def _read_key(self, event: Event, value: Data) -> bool:
        """Take a key of the open mapping; its value comes next."""
        if not isinstance(value, str):
            self._report(
                event,
                "thiếu tên dòng trước dấu hai chấm",
                "mỗi dòng viết dạng «tên: nội dung», ví dụ status: done",
            )
            return False
        if value == "<<":
            self._report(event, "dùng «<<» để gộp dữ liệu ở chỗ khác", "viết đầy đủ từng dòng")
        elif value in self._keys:
            self._report(
                event,
                f"«{value}» ghi hai lần, lần trước ở dòng {start_of(self._keys[value]).line + 1}",
                "giữ một dòng; có hai cơ quan thì viết lead: [so-noi-vu, so-y-te]",
            )
        self._keys[value] = event
        self._key = value
        return True

    def _open(self, event: CollectionStartEvent) -> bool:
        """Open a mapping or a list, into which the next events go."""
        if event.tag is not None or event.anchor is not None:
            self._refuse_extras(event)
        if len(self._stack) >= MAX_DEPTH:
            self._report(event, *TOO_DEEP)
            return False
        opened: dict[str, Data] | list[Data] = {} if isinstance(event, MappingStartEvent) else []
        if not self._add(event, opened):
            return False
        self._stack.append((self._container, self._key, self._keys))
        self._container, self._key, self._keys = opened, None, {}
        return True

    def _start_document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents == 1:
            return True
        self._report(
            event,
            "tệp có hai phần ngăn bằng «---»",
            "mỗi tệp một văn bản; tách phần sau ra tệp khác",
        )
        return False

    def _refuse_alias(self, event: AliasEvent) -> None:
        """Report a reference to other data, once a name."""
        if event.anchor in self._aliases:
            return
        self._aliases.add(event.anchor)
        self._report(
            event,
            f"dùng «*{event.anchor}» để chép lại dữ liệu ở chỗ khác",
            "viết đầy đủ ở từng chỗ; nếu là chữ bắt đầu bằng dấu *,"
            ' đặt cả câu trong dấu ngoặc kép thẳng "…"',
        )

    def _refuse_extras(self, event: ScalarEvent | CollectionStartEvent) -> None:
        """Report a name or a tag that is given to data."""
        if event.anchor is not None:
            self._report(
                event,
                f"dùng «&{event.anchor}» để đánh dấu dữ liệu",
                "bỏ dấu này, viết đầy đủ ở từng chỗ; nếu là chữ,"
                ' đặt cả câu trong dấu ngoặc kép thẳng "…"',
            )
        if event.tag is not None:
            name = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(
                event,
                f"dùng thẻ «{name[:60]}»",
                'bỏ thẻ; nếu là chữ bắt đầu bằng dấu !, đặt cả câu trong dấu ngoặc kép thẳng "…"',
            )


def _locate(text: str) -> Iterator[tuple[Loc, tuple[Place, Place]]]:
    """Yield (where in the data, (place of the key, place of the value)), in document order."""
    loc: list[str | int] = []
    # The next index of each open list, None for a mapping; `loc` has a part for each but the last.
    open_lists: list[int | None] = []
    key_place: Place | None = None
    for event in read_events(Parser, text):
        if isinstance(event, CollectionEndEvent):
            open_lists.pop()
            del loc[len(open_lists[:-1]) :]
            continue
        if not isinstance(event, ScalarEvent | CollectionStartEvent):
            continue
        mark = start_of(event)
        place = (mark.line + 1, mark.column + 1)
        if open_lists:
            index = open_lists[-1]
            if index is not None:
                loc.append(index)
                open_lists[-1] = index + 1
            elif key_place is None:
                if not isinstance(event, ScalarEvent):
                    return  # such a key is refused, and no place below it is asked for
                loc.append(event.value)
                key_place = place
                continue
        is_scalar = isinstance(event, ScalarEvent)
        yield tuple(loc), (key_place or place, place if is_scalar else key_place or place)
        key_place = None
        if not is_scalar:
            open_lists.append(None if isinstance(event, MappingStartEvent) else 0)
        else:
            del loc[len(open_lists[:-1]) :]
