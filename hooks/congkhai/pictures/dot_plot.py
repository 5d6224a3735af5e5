"""Where a target starts, where it is, and where it is to be: one line of dots for each.

Comes in: targets with the words that name them, in the order in which they are shown, which is
never that of their values. Goes out: a `DotPlot`. Every line has a scale of its own, from zero,
unless all measure the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from congkhai.model.status import reached
from congkhai.model.views import ReportedValue, TargetView
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import WIDTH, LegendEntry, draw_legend, legend_height
from congkhai.pictures.lines import break_lines

DotSign = Literal["goal", "start", "now", "met"]
SIGNS: tuple[DotSign, ...] = ("goal", "start", "now", "met")
"""`met`: the last reported value reaches the target, where figures alone can tell."""
LEFT, RIGHT = 8, WIDTH - 8
_LETTERS = 44
_LINE, _SCALE, _GAP = 19, 34, 16
_HALF_FIGURE = 30


@dataclass(frozen=True, slots=True)
class DotRow:
    """One target."""

    target: TargetView
    label: tuple[tuple[str, int], ...]
    """Its name in lines, each with where it stands."""
    y: int
    """Of the line of dots."""
    goal: float
    maximum: float | None
    """Of a range."""
    start: float | None
    start_value: Decimal | None
    now: float | None
    reported: ReportedValue | None
    """The last value reported."""
    sign: DotSign
    figure: float
    """Where its figure is centred, above the line."""

    @property
    def figure_y(self) -> int:
        """Return the line that its figure stands on."""
        return self.y - 11


@dataclass(frozen=True, slots=True)
class DotPlot(Drawing):
    """Targets as lines of dots."""

    left: int
    right: int
    rows: tuple[DotRow, ...]
    counts: tuple[tuple[DotSign, int], ...]
    legend: tuple[LegendEntry, ...]


def draw_dots(named: Sequence[tuple[str, TargetView]], *, one_scale: bool) -> DotPlot:
    """Draw targets with their names; `one_scale`: all of them measure the same."""
    tops = [_top([target]) for _, target in named]
    if one_scale:
        tops = [_top([target for _, target in named])] * len(named)
    rows = []
    y = 0
    for (name, target), top in zip(named, tops, strict=True):
        lines = break_lines(name, _LETTERS)
        height = len(lines) * _LINE + _SCALE
        rows.append(_row(target, lines, y, y + height - 8, top))
        y += height + _GAP
    counts: tuple[tuple[DotSign, int], ...] = (
        ("goal", len(rows)),
        ("start", sum(row.start is not None for row in rows)),
        ("now", sum(row.now is not None and row.sign == "now" for row in rows)),
        ("met", sum(row.sign == "met" for row in rows)),
    )
    legend = draw_legend(counts, y + 4)
    return DotPlot(y + 4 + legend_height(legend), LEFT, RIGHT, tuple(rows), counts, legend)


def _row(target: TargetView, lines: Sequence[str], top_y: int, y: int, top: Decimal) -> DotRow:
    def across(value: Decimal) -> float:
        return float(round(LEFT + (RIGHT - LEFT) * value / top, 1))

    last = target.values[-1] if target.values else None
    start = target.baseline
    if start is None and len(target.values) > 1:
        start = target.values[0].value
    met = last is not None and reached(
        last.value, target.comparator, target.value, target.unit, target.maximum
    )
    now = across(last.value) if last is not None else None
    shown = now if now is not None else across(target.value)
    return DotRow(
        target,
        tuple((line, top_y + 15 + index * _LINE) for index, line in enumerate(lines)),
        y,
        across(target.value),
        across(target.maximum) if target.maximum is not None else None,
        across(start) if start is not None else None,
        start,
        now,
        last,
        "met" if met else "now",
        min(max(shown, LEFT + _HALF_FIGURE), RIGHT - _HALF_FIGURE),
    )


def _top(targets: Sequence[TargetView]) -> Decimal:
    """Return the value at the right end of a scale."""
    values = [
        value
        for target in targets
        for value in (
            target.value,
            target.maximum,
            target.baseline,
            *(reported.value for reported in target.values),
        )
        if value is not None
    ]
    highest = max(values, default=Decimal(0))
    if all(target.unit == "%" for target in targets) and highest <= 100:
        return Decimal(100)
    return highest * Decimal("1.1") or Decimal(1)
