"""A fault in the data, as a value: where it is, what is wrong, and the right form.

Comes in: nothing. Goes out: `Problem`, which every room that reads data yields and
`__main__` and `entry` print. A fault in the *data* is a `Problem`; a fault in the
*code* raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an editor has to mend (`error`) or should look at (`warning`).

    Ordered by file, line and column, so that sorting a list of problems gives the
    order in which an editor meets them.
    """

    path: str
    """The file, relative to the repository or to the data folder's parent, with `/`."""
    line: int
    """1-based; 0 when the whole file is meant."""
    column: int
    """1-based; 0 when the whole line is meant."""
    message: str
    """Vietnamese: what is wrong."""
    hint: str = ""
    """Vietnamese: the right form, or what to do."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """`path:line:column: message. hint`, without the parts that are unknown."""
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        label = "" if self.severity == "error" else "cảnh báo: "
        hint = f" → {self.hint}" if self.hint else ""
        return f"{place}: {label}{self.message}{hint}"
