"""YAML as the data files mostly are, read line by line: three times as quick as any parser.

Comes in: clean text. Goes out: what `strict_yaml` would make of it, or None for any text
with a line that is not certainly understood; that one is then read in full. Understood is

    key: "value"        key: value        key: [a, "b c"]        key: {a: 1, b: [c]}
    key:                - value           - key: value           # comment

on one line each, with two blanks and more for what stands in a `key:`. Everything that
YAML could mean in another way is left to the real parser: quotes with `\\`, `'…'`, `|`,
texts over several lines, keys that stand twice, lists as far left as their key.
"""

from __future__ import annotations

import re
from typing import Any

MAX_DEPTH = 25
"""Fewer levels than `strict_yaml` allows: it is the one that complains."""

_LINE = re.compile(
    r"""(?:\ *(?:\#[^\n]*)?
         | (?P<indent>\ *) (?P<dash>-\ )?
           (?: (?P<key> [A-Za-z0-9_][A-Za-z0-9_.-]* | "[^"\\\n]+" ) : (?:\ +|(?=\n|\Z)) )?
           (?: "(?P<quoted>[^"\\\n]*)" | (?P<plain>[^\W_](?:[^\n]*[^\n\ ])?) | (?P<flow>[\[{][^\n]*[\]}]) )?
           \ *
        )(?:\n|\Z)""",
    re.VERBOSE,
)
_FLOW = re.compile(r"""\s*(?:"(?P<quoted>[^"\\]*)"|(?P<plain>[A-Za-z0-9][A-Za-z0-9_.-]*)|(?P<sign>[\[\]{},]|:(?=\ )))""", re.VERBOSE)
_NULL = "null"


def read_plain(text: str) -> dict[str, Any] | None:
    """The data of a text without tabs and without characters that `inspect` complains of; None if in doubt."""
    root: dict[str, Any] = {}
    nodes: list[Any] = [root]
    columns = [0]
    waiting: str | None = None  # a key whose value begins on a later line
    end = 0
    for line in _LINE.finditer(text):
        if line.start() != end:
            return None
        end = line.end()
        margin, dash, key, quoted, plain, flow = line.groups()
        if margin is None:
            continue
        indent = len(margin)
        if waiting is not None and indent > columns[-1]:
            node: Any = [] if dash else {}
            nodes[-1][waiting] = node
            nodes.append(node)
            columns.append(indent)
            if len(nodes) > MAX_DEPTH:
                return None
        elif waiting is not None and dash:
            return None
        waiting = None
        while columns[-1] > indent:
            columns.pop()
            nodes.pop()
        node = nodes[-1]
        if columns[-1] != indent or (type(node) is list) != (dash is not None):
            return None

        if quoted is not None:
            value: Any = quoted
        elif plain is not None:
            if ": " in plain or " #" in plain or plain[-1] == ":":
                return None
            value = None if plain == _NULL else plain
        elif flow is not None:
            value = _read_flow(flow)
            if value is None:
                return None
        elif key is None:
            return None
        else:
            value = None
        if key is None:
            if not dash:
                return None
            node.append(value)
            continue
        if key[0] == '"':
            key = key[1:-1]
        elif key == _NULL:
            return None
        if dash:
            inner: dict[str, Any] = {}
            node.append(inner)
            nodes.append(inner)
            columns.append(indent + 2)
            node = inner
        if key in node or key == "<<":
            return None
        node[key] = value
        if value is None and plain is None:
            waiting = key
    return root if end == len(text) and root else None


class _Doubt(Exception):
    """What stands in brackets may mean something else."""


def _read_flow(text: str) -> Any:
    """A list or mapping in brackets, on one line; None if in doubt."""
    tokens: list[_Token] = [_END]
    end = 0
    for token in _FLOW.finditer(text):
        if token.start() != end:
            return None
        end = token.end()
        tokens.insert(1, (token["sign"], token["quoted"] if token["plain"] is None else token["plain"], token["plain"] == _NULL))
    if end != len(text):
        return None
    try:
        result = _take(tokens, 0)
    except _Doubt:
        return None
    return result if tokens == [_END] else None


_Token = tuple[str | None, str | None, bool]
"""A sign of YAML, or else a text; whether that is an unquoted `null`."""
_END: _Token = ("end", None, False)


def _take(tokens: list[_Token], depth: int) -> Any:
    """Take the next list or mapping off the end of `tokens`, which stand in reverse."""
    opening = tokens.pop()[0]
    if depth > 3 or opening not in ("[", "{"):
        raise _Doubt
    closing = "]" if opening == "[" else "}"
    result: Any = [] if opening == "[" else {}
    if tokens[-1][0] == closing:
        tokens.pop()
        return result
    while True:
        key = None
        if opening == "{":
            sign, key, is_null = tokens.pop()
            if sign or is_null or key in result or key == "<<" or tokens.pop()[0] != ":":
                raise _Doubt
        if tokens[-1][0]:
            value = _take(tokens, depth + 1)
        else:
            _, value, is_null = tokens.pop()
            value = None if is_null else value
        if opening == "{":
            result[key] = value
        else:
            result.append(value)
        sign = tokens.pop()[0]
        if sign == closing:
            return result
        if sign != ",":
            raise _Doubt
