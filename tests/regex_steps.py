"""How many steps a pattern takes on a text, counted: no clock, so no machine is too slow.

A backtracking matcher over the parse tree of `re`, in the order in which `re` tries things, with
a count of the characters and branches that it tries. `re` skips some work that is counted here
(it looks for a literal prefix first); it never does more.
"""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator
from typing import Any

Continue = Callable[[int], Iterator[int]]


class TooManyStepsError(Exception):
    """The count passed its limit."""


class StepCounter:
    """Counts the steps of one pattern."""

    def __init__(self, pattern: re.Pattern[str], limit: int = 2_000_000) -> None:
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self.flags = pattern.flags
        self.limit = limit
        self.steps = 0
        self.groups: dict[int, tuple[int, int]] = {}
        self.text = ""
        self._readers = {
            sre.AT: self._place,
            sre.BRANCH: self._branch,
            sre.SUBPATTERN: self._group,
            sre.MAX_REPEAT: self._repeat,
            sre.MIN_REPEAT: self._repeat,
            sre.POSSESSIVE_REPEAT: self._first,
            sre.ATOMIC_GROUP: self._first,
            sre.ASSERT: self._look,
            sre.ASSERT_NOT: self._look,
            sre.GROUPREF: self._same,
        }

    def count(self, text: str) -> int:
        """Return the steps that `finditer` takes over a text."""
        self.text, self.steps, at = text, 0, 0
        while at <= len(text):
            self.groups = {}
            end = next(self._sequence(list(self.tree), at), None)
            at = at + 1 if end is None or end == at else end
        return self.steps

    def count_match(self, text: str) -> int:
        """Return the steps that `match` takes at the start of a text."""
        self.text, self.steps, self.groups = text, 0, {}
        next(self._sequence(list(self.tree), 0), None)
        return self.steps

    def _tick(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise TooManyStepsError

    def _sequence(self, nodes: list[Any], at: int) -> Iterator[int]:
        """Yield every end of a match of the nodes from `at`, in the order of `re`."""
        self._tick()
        # Characters one after the other, without a generator for each.
        index = 0
        while index < len(nodes):
            op, argument = nodes[index]
            if op in _SINGLE:
                self._tick()
                if at >= len(self.text) or not self._fits(op, argument, self.text[at]):
                    return
                at += 1
                index += 1
                continue
            for end in self._node(op, argument, at):
                yield from self._sequence(nodes[index + 1 :], end)
            return
        yield at

    def _node(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        yield from self._readers[op](op, argument, at)

    def _place(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        if self._is_at(argument, at):
            yield at

    def _branch(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        for branch in argument[1]:
            yield from self._sequence(list(branch), at)

    def _group(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        group, _, _, body = argument
        for end in self._sequence(list(body), at):
            if group is not None:
                self.groups[group] = (at, end)
            yield end

    def _first(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        is_group = op is sre.ATOMIC_GROUP
        ends = self._sequence(list(argument), at) if is_group else self._repeat(op, argument, at)
        end = next(ends, None)
        if end is not None:
            yield end

    def _look(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        direction, body = argument
        start = at if direction > 0 else at - body.getwidth()[1]
        is_there = start >= 0 and next(self._sequence(list(body), start), None) is not None
        if is_there == (op is sre.ASSERT):
            yield at

    def _same(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        start, end = self.groups.get(argument, (0, 0))
        if self.text.startswith(self.text[start:end], at):
            yield at + end - start

    def _repeat(self, op: Any, argument: Any, at: int) -> Iterator[int]:
        least, most, body = argument
        nodes = list(body)
        most = 10**9 if most is sre.MAXREPEAT else most
        lazy = op is sre.MIN_REPEAT
        if len(nodes) == 1 and nodes[0][0] in _SINGLE:
            yield from self._repeat_single(nodes[0], least, most, at, lazy=lazy)
        elif lazy:
            yield from self._repeat_group_lazily(nodes, least, most, at)
        else:
            yield from self._repeat_group(nodes, least, most, at)

    def _repeat_group(self, nodes: list[Any], least: int, most: int, at: int) -> Iterator[int]:
        # Iterators on a stack of our own: texts are longer than Python's stack.
        stack = [(self._sequence(nodes, at) if most else iter(()), at)]
        while stack:
            ends, start = stack[-1]
            end = next(ends, None)
            if end is None:
                stack.pop()
                if len(stack) >= least:
                    yield start
            elif end != start:
                more = self._sequence(nodes, end) if len(stack) < most else iter(())
                stack.append((more, end))

    def _repeat_group_lazily(
        self, nodes: list[Any], least: int, most: int, at: int
    ) -> Iterator[int]:
        if least == 0:
            yield at
        for end in self._sequence(nodes, at) if most else ():
            if end != at:
                yield from self._repeat_group_lazily(nodes, max(least - 1, 0), most - 1, end)

    def _repeat_single(
        self, node: Any, least: int, most: int, at: int, *, lazy: bool
    ) -> Iterator[int]:
        op, argument = node
        end, count = at, 0
        if lazy:
            while True:
                if count >= least:
                    self._tick()
                    yield end
                if count >= most or end >= len(self.text):
                    return
                self._tick()
                if not self._fits(op, argument, self.text[end]):
                    return
                end, count = end + 1, count + 1
        while count < most and end < len(self.text) and self._fits(op, argument, self.text[end]):
            self._tick()
            end, count = end + 1, count + 1
        while count >= least:
            self._tick()
            yield end
            end, count = end - 1, count - 1

    def _is_at(self, where: Any, at: int) -> bool:
        self._tick()
        text = self.text
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            is_multiline = bool(self.flags & re.MULTILINE) and where is sre.AT_BEGINNING
            return at == 0 or (is_multiline and text[at - 1] == "\n")
        if where is sre.AT_END:
            if self.flags & re.MULTILINE:
                return at == len(text) or text[at] == "\n"
            return at == len(text) or text[at:] == "\n"
        if where is sre.AT_END_STRING:
            return at == len(text)
        before = at > 0 and _is_word(text[at - 1])
        after = at < len(text) and _is_word(text[at])
        return (before != after) == (where is sre.AT_BOUNDARY)

    def _fits(self, op: Any, argument: Any, char: str) -> bool:
        if self.flags & re.IGNORECASE:
            return any(
                self._fits_case(op, argument, form) for form in {char, char.lower(), char.upper()}
            )
        return self._fits_case(op, argument, char)

    def _fits_case(self, op: Any, argument: Any, char: str) -> bool:
        if len(char) != 1:
            return False
        if op is sre.ANY:
            return bool(self.flags & re.DOTALL) or char != "\n"
        if op is sre.LITERAL:
            return bool(ord(char) == argument)
        if op is sre.NOT_LITERAL:
            return bool(ord(char) != argument)
        if op is sre.IN:
            is_negated = argument[0][0] is sre.NEGATE
            members = argument[1:] if is_negated else argument
            return any(self._is_member(member, char) for member in members) != is_negated
        raise NotImplementedError(op)

    def _is_member(self, member: Any, char: str) -> bool:
        op, argument = member
        if op is sre.LITERAL:
            return bool(ord(char) == argument)
        if op is sre.RANGE:
            return bool(argument[0] <= ord(char) <= argument[1])
        tests: dict[Any, Callable[[str], bool]] = {
            sre.CATEGORY_DIGIT: str.isdecimal,
            sre.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
            sre.CATEGORY_SPACE: str.isspace,
            sre.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
            sre.CATEGORY_WORD: _is_word,
            sre.CATEGORY_NOT_WORD: lambda c: not _is_word(c),
        }
        return tests[argument](char)


_SINGLE = frozenset({sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN})


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def sample_characters(pattern: re.Pattern[str], most: int = 8) -> list[str]:
    """Return characters that the parts of a pattern tell apart: of its own, and of the usual."""
    found: dict[str, None] = {}

    def visit(nodes: Any) -> None:
        if isinstance(nodes, tuple | list) or hasattr(nodes, "data"):
            items = nodes.data if hasattr(nodes, "data") else nodes
            if len(items) == 2 and items[0] in (sre.LITERAL, sre.NOT_LITERAL):
                found.setdefault(chr(items[1]))
            elif len(items) == 2 and items[0] is sre.RANGE:
                found.setdefault(chr(items[1][0]))
            else:
                for item in items:
                    visit(item)

    visit(parser.parse(pattern.pattern, pattern.flags))
    own = list(found)
    step = max(1, len(own) // most)
    return list(dict.fromkeys([*own[::step][:most], *'a0 "-.x\n']))


def has_unlimited_repeat(pattern: re.Pattern[str]) -> bool:
    """Say whether anything in a pattern may repeat without an end: others take a fixed time."""

    def visit(nodes: Any) -> bool:
        items = nodes.data if hasattr(nodes, "data") else nodes
        if not isinstance(items, tuple | list):
            return False
        if len(items) == 3 and items[1] is sre.MAXREPEAT:
            return True
        return any(visit(item) for item in items)

    return visit(parser.parse(pattern.pattern, pattern.flags))
