"""What can be read in a provision: the shapes of facts, each with its span.

Comes in: nothing. Goes out: `Span`, `TakenSpans`, `BodyName`, `Assignment`, `Deadline`, `Figure`,
`Citation` and `Facts`, which the grammar fills and `read`, the draft and the checks use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["lead", "coordinating", "implementing", "requested"]
ROLES: tuple[Role, ...] = ("lead", "coordinating", "implementing", "requested")
Kind = Literal["task", "duty", "target", "milestone"]


@dataclass(frozen=True, slots=True)
class Span:
    """The words `text[start:end]` of a provision, kept as printed."""

    start: int
    end: int
    printed: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class TakenSpans:
    """Spans of a text that are read already; asking takes their length, not their number."""

    def __init__(self, length: int) -> None:
        """Begin with nothing taken of a text of this length."""
        self._owners: list[Span | None] = [None] * length

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing is taken between two places."""
        return not any(self._owners[start:end])

    def take(self, span: Span) -> None:
        """Take a span; where another was taken before, it is this one's from now on."""
        self._owners[span.start : span.end] = [span] * (span.end - span.start)

    def release(self, span: Span) -> None:
        """Give a span free again."""
        self._owners[span.start : span.end] = [None] * (span.end - span.start)

    def between(self, start: int, end: int) -> tuple[Span, ...]:
        """Return what is taken between two places, in order."""
        return tuple(dict.fromkeys(owner for owner in self._owners[start:end] if owner))


@dataclass(frozen=True, slots=True)
class BodyName:
    """A phrase that names a body: «Sở Nội vụ», «các sở, ban, ngành tỉnh».

    `is_inherited`: the phrase stands in a heading or a leading sentence above.
    """

    span: Span
    is_inherited: bool = False

    @property
    def printed(self) -> str:
        """The name as printed."""
        return self.span.printed


@dataclass(frozen=True, slots=True)
class Assignment:
    """A body and the role that the words give it.

    `is_partner`: named after «phối hợp với», so it co-ordinates with another body.
    """

    body: BodyName
    role: Role
    is_partner: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, a recurrence or a duration by which something is due.

    `norm`: `2026`, `2026-05`, `2026-05-06`, `2026-q3`, with `<` in front when that day or
    period is excluded («trước ngày»); `--06-15` for a day of every year; `every:month`,
    `every:quarter`, `every:half`, `every:year`; `ongoing`; `2026..2030`; `2025..`; `P30D`.
    """

    span: Span
    norm: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, sum, share or range that a provision sets.

    `norm`: comparator, value and unit, as in `>=25 %`, `1..3 % doanh thu`, `40->60 %`,
    `~1 triệu lao động`; a decimal point, whatever is printed.
    """

    span: Span
    norm: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named by its number, symbol or both.

    `date` is `2026-05-06`, or None; `issuer` and `title` are as printed, or None.
    """

    span: Span
    type: str
    number: str
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read in one provision. `questions` are Vietnamese sentences."""

    kind: Kind | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    result: str = ""
    questions: tuple[str, ...] = ()

    def bodies(self, role: Role, *, partners: bool = True) -> tuple[BodyName, ...]:
        """Return the bodies in one role, in order, with or without partners."""
        return tuple(
            one.body
            for one in self.assignments
            if one.role == role and (partners or not one.is_partner)
        )

    def __bool__(self) -> bool:
        """Whether anything was read or has to be asked; a citation alone does not count."""
        return bool(self.assignments or self.deadlines or self.figures or self.questions)
