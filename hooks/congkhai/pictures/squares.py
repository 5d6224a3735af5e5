"""One square for each commitment, by groups of states.

Comes in: commitments. Goes out: `Squares`, in the order of `GROUPS`, otherwise in the
document's order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from congkhai.model.views import GROUPS, Commitment, Group
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import LegendEntry, draw_legend, legend_height

COLUMNS = 12
STEP = 28
"""From one square to the next: room enough for a finger at the width of a phone."""
SIDE = 22


@dataclass(frozen=True, slots=True)
class Square:
    """A commitment's square."""

    commitment: Commitment
    group: Group
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Squares(Drawing):
    """A plan's commitments as squares, with their legend."""

    squares: tuple[Square, ...]
    counts: tuple[tuple[Group, int], ...]
    """Of every group, those that do not occur included."""
    legend: tuple[LegendEntry, ...]


def draw_squares(commitments: Iterable[Commitment]) -> Squares:
    """Draw the squares of commitments."""
    by_group: dict[Group, list[Commitment]] = {group: [] for group in GROUPS}
    for commitment in commitments:
        by_group[commitment.group].append(commitment)
    ordered = [(group, one) for group in GROUPS for one in by_group[group]]
    squares = tuple(
        Square(commitment, group, index % COLUMNS * STEP + 2, index // COLUMNS * STEP + 2)
        for index, (group, commitment) in enumerate(ordered)
    )
    counts = tuple((group, len(by_group[group])) for group in GROUPS)
    bottom = -(-len(squares) // COLUMNS) * STEP + 6
    legend = draw_legend(counts, bottom)
    return Squares(bottom + legend_height(legend), squares, counts, legend)
