"""A fault in the data, as a value: where it is, what is wrong, and the right form.

Comes in: nothing. Goes out: `Problem`, which everything that reads or checks data yields,
and which the commands and the site build print. A fault in the data is a `Problem`; a
fault in the code raises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from congkhai.text.printable import make_printable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What an editor has to correct (`error`) or should look at (`warning`).

    Ordered by file, line and column, so that sorting a list of problems gives the
    order in which an editor meets them.
    """

    path: str
    """The file, relative to the repository or to the data folder's parent, with `/`."""
    line: int
    """From 1; 0 when the whole file is meant."""
    column: int
    """From 1; 0 when the whole line is meant."""
    message: str
    """Vietnamese: what is wrong."""
    hint: str = ""
    """Vietnamese: the right form, or what to do."""
    severity: Severity = "error"

    def __str__(self) -> str:
        r"""Return `path:line:column: message → hint`, without the parts that are unknown.

        One line, whatever is in a path or a key.

        >>> print(Problem("plans/units.yml", 3, 1, "không nhận «k\n::error::x»", "bỏ dòng này"))
        plans/units.yml:3:1: không nhận «k\n::error::x» → bỏ dòng này
        """
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        label = "" if self.severity == "error" else "cảnh báo: "
        hint = f" → {self.hint}" if self.hint else ""
        return make_printable(f"{place}: {label}{self.message}{hint}")


MOST_OF_A_KIND = 20
"""Problems of one kind in one file that are shown; who corrects those knows how."""
_NAME_OR_FIGURE = re.compile(r"«[^«»]*»|[0-9]+")


def shorten(problems: Iterable[Problem], most: int = MOST_OF_A_KIND) -> list[Problem]:
    """Keep `most` problems of one kind in a file, then one that says how many more there are.

    Of one kind are those that differ in the names and figures that they quote.

    >>> many = [Problem("a.yml", line, 1, f"không có đơn vị «s{line}»") for line in range(1, 9)]
    >>> for problem in shorten(many, 1):
    ...     print(problem.message)
    không có đơn vị «s1»
    từ đây còn 7 chỗ nữa như «không có đơn vị “s2”»
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    shown: list[Problem] = []
    place_of_rest: dict[tuple[str, str, str], int] = {}
    kind: tuple[str, str, str]
    for problem in problems:
        kind = (problem.path, problem.severity, _NAME_OR_FIGURE.sub("", problem.message))
        counts[kind] += 1
        if counts[kind] <= most:
            shown.append(problem)
        elif kind not in place_of_rest:
            place_of_rest[kind] = len(shown)
            shown.append(problem)
    for kind, place in place_of_rest.items():
        first = shown[place]
        shown[place] = Problem(
            first.path,
            first.line,
            first.column,
            f"từ đây còn {counts[kind] - most} chỗ nữa như «{_unquote(first.message)}»",
            "sửa các chỗ trên rồi kiểm tra lại",
            first.severity,
        )
    return shown


def _unquote(message: str) -> str:
    return message.replace("«", "“").replace("»", "”")
