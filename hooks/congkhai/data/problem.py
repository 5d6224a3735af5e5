"""A fault in the data, as a value: where it is, what is wrong, and the right form.

Comes in: nothing. Goes out: `Problem`, which everything that reads or checks data yields,
and which the commands and the site build print. A fault in the data is a `Problem`; a
fault in the code raises.
"""

from __future__ import annotations

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

        >>> print(Problem("plans/units.yml", 3, 1, "khóa lạ «k\n::error::x»", "bỏ dòng này"))
        plans/units.yml:3:1: khóa lạ «k\n::error::x» → bỏ dòng này
        """
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        label = "" if self.severity == "error" else "cảnh báo: "
        hint = f" → {self.hint}" if self.hint else ""
        return make_printable(f"{place}: {label}{self.message}{hint}")
