"""Charts as pure geometry: where a bar, a point or a line is to be drawn.

Comes in: roll-ups, standings, a target with its values. Goes out: figures in the units
of an SVG's `viewBox`, which `theme/partials/charts.html` draws; colours are the style
sheet's. Nothing here is new: the table beside each chart says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congkhai.model.former_targets import target_on
from congkhai.model.views import GROUP_OF, Group, ProgressPoint, RollUp, State, TargetView

WIDTH = 340
"""Of every chart, near the width of a phone's screen, so that its words keep their size there."""
ROW, BAR = 42, 22
"""Height of a row with its label, and of the bar in it."""
DRAWN: tuple[State, ...] = (
    "done-on-time",
    "done",
    "done-late",
    "under-way",
    "open",
    "overdue",
    "not-applicable",
    "silent",
)
"""The order in a bar: what is done first, silence last."""
_ROOM_FOR_DIGIT, _PADDING = 7.5, 5
_EDGE, _GAP = 1, 1
"""Half of the line around a part of a bar, drawn inside its width; and what keeps parts apart."""
_PATTERNED: frozenset[Group] = frozenset(("doing", "overdue"))
_ROOM_FOR_PATTERN = 16
"""Beside a figure, so that the pattern is seen."""
_HATCH = 8
"""From one line of a hatching to the next."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a bar that stands for one state."""

    state: State
    count: int
    x: float
    width: float
    shows_count: bool
    """Wide enough for its figure, and for a pattern beside it."""

    @property
    def group(self) -> Group:
        """What it looks like: full, half, hatched, empty."""
        return GROUP_OF[self.state]

    @property
    def has_ground(self) -> bool:
        """Whether its figure needs even ground, because a pattern runs behind it."""
        return self.shows_count and self.group in _PATTERNED

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return round(self.x + (self.width - _GAP) / 2, 1)

    @property
    def left(self) -> float:
        """Where the line around it runs, on the left."""
        return round(self.x + _EDGE, 1)

    @property
    def inner_width(self) -> float:
        """From the line around it on the left to that on the right."""
        return round(max(self.width - 2 * _EDGE - _GAP, 0.5), 1)

    @property
    def ground_width(self) -> float:
        """Of the even ground under its figure, which no pattern runs through."""
        return len(str(self.count)) * _ROOM_FOR_DIGIT + _PADDING

    @property
    def ground_left(self) -> float:
        """Where the ground under its figure begins."""
        return round(self.middle - self.ground_width / 2, 1)

    @property
    def hatching(self) -> str:
        """A path of slanting lines over its width, from the upper edge of the bar at 0."""
        height = BAR - 2 * _EDGE
        lines = []
        foot = _HATCH / 2
        while foot < self.inner_width + height:
            low = max(foot - self.inner_width, 0)
            high = min(foot, height)
            if high > low:
                start = _short(self.left + foot - low), _short(_EDGE + low)
                lines.append(f"M{start[0]} {start[1]}l{_short(low - high)} {_short(high - low)}")
            foot += _HATCH
        return "".join(lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One point in time as a bar under its label."""

    point: ProgressPoint
    label_y: int
    bar_y: int
    count_y: int
    """The line that the figures in the bar stand on."""
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Stacked bars, one for each point in time."""

    height: int
    rows: tuple[Row, ...]
    states: tuple[State, ...]
    """Those that occur, for the legend and the table."""


@dataclass(frozen=True, slots=True)
class Point:
    """A reported value."""

    day: date
    value: Decimal
    x: float
    y: float
    label_y: float
    """Above the point, or below where the target's line would run through the figure."""


@dataclass(frozen=True, slots=True)
class GoalStep:
    """What a target was until a day."""

    until: date
    value: Decimal
    printed: str
    x: float
    """Where its line ends; its figure stands before that."""
    label_y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Values over time against the target."""

    height: int
    left: int
    right: int
    base: int
    """Where zero lies."""
    year_y: int
    """The line that the years stand on."""
    goal_y: float
    goal_path: str
    """The line of the target, with a step on each day on which it became another."""
    goal_steps: tuple[GoalStep, ...]
    """What it was before each step."""
    goal_label_x: int
    goal_label_y: float
    top_y: int
    points: tuple[Point, ...]
    path: str
    """`points` of an SVG polyline."""
    years: tuple[tuple[int, float, float], ...]
    """Where each year begins, and where its name is written."""


def stack(rollup: RollUp) -> tuple[Segment, ...]:
    """Draw one bar over the whole width; states that do not occur are left out.

    Of what is owed: what is only asked for is counted apart.
    """
    segments = []
    x = Decimal(0)
    owed = rollup.owed
    for state in DRAWN:
        count = owed.counts[state]
        if count:
            width = Decimal(WIDTH * count) / owed.total
            room = len(str(count)) * _ROOM_FOR_DIGIT + _PADDING
            room += _ROOM_FOR_PATTERN if GROUP_OF[state] in _PATTERNED else 0
            segments.append(Segment(state, count, _round(x), _round(width), float(width) >= room))
            x += width
    return tuple(segments)


def draw_progress_points(points: Iterable[ProgressPoint]) -> Rows:
    """Draw a bar for each point in time, oldest on top."""
    rows = tuple(
        Row(
            point,
            index * ROW + 13,
            index * ROW + 18,
            index * ROW + 18 + BAR - 6,
            stack(point.rollup),
        )
        for index, point in enumerate(points)
    )
    return Rows(len(rows) * ROW + 2, rows, occurring(row.point.rollup for row in rows))


def occurring(rollups: Iterable[RollUp]) -> tuple[State, ...]:
    """Return the states that occur in any of them, in the order of the bars."""
    counts = [rollup.owed.counts for rollup in rollups]
    return tuple(state for state in DRAWN if any(count[state] for count in counts))


def draw_values(target: TargetView) -> Curve | None:
    """Draw the curve of a target's values; None for fewer than two, which no line joins."""
    if len(target.values) < 2:
        return None
    height, left, right, top_y, base = 170, 8, WIDTH - 34, 22, 142
    days = [reported.day for reported in target.values]
    first, last = date(days[0].year, 1, 1), date(days[-1].year, 12, 31)
    goals = [target.value, *(former.target.value for former in target.former)]
    top = max(*goals, *(reported.value for reported in target.values))
    top = Decimal(100) if target.unit == "%" and top > 50 else top * Decimal("1.15") or Decimal(1)

    def across(day: date) -> float:
        return _round(left + Decimal((right - left) * (day - first).days) / (last - first).days)

    def up(value: Decimal) -> float:
        return _round(base - (base - top_y) * value / top)

    steps = tuple(
        GoalStep(
            former.until,
            former.target.value,
            former.target.printed,
            min(max(across(former.until), left), right),
            up(former.target.value) - 5,
        )
        for former in target.former
    )
    heights = [*(up(former.target.value) for former in target.former), up(target.value)]

    def place(day: date, value: Decimal) -> Point:
        y = up(value)
        goal = up(target_on(target, target.former, day).value)
        return Point(day, value, across(day), y, y + 17 if y - 22 <= goal <= y - 2 else y - 8)

    points = tuple(place(reported.day, reported.value) for reported in target.values)
    return Curve(
        height,
        left,
        right,
        base,
        base + 16,
        heights[-1],
        _goal_path(left, right, steps, heights),
        steps,
        right + 3,
        round(heights[-1] + 4, 1),
        top_y,
        points,
        " ".join(f"{point.x},{point.y}" for point in points),
        tuple(
            (year, x, round(x + 2, 1))
            for year in range(first.year, last.year + 1)
            for x in [across(date(year, 1, 1))]
        ),
    )


def _goal_path(left: int, right: int, steps: Sequence[GoalStep], heights: Sequence[float]) -> str:
    """Draw a level line that steps to the next height at each step."""
    path = f"M{left} {heights[0]}"
    for step, height in zip(steps, heights[1:], strict=True):
        path += f"H{step.x}V{height}"
    return f"{path}H{right}"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _round(value: Decimal) -> float:
    return float(round(value, 1))
