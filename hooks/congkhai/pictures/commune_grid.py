"""A square for each commune of a province, by what is known of its plans.

Comes in: communes with their states. Goes out: a `CommuneGrid`, in dictionary order: it is no
ranking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from congkhai.model.coverage import COVERAGE_STATES, CoverageState
from congkhai.model.views import Place
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import LegendEntry, draw_legend, legend_height
from congkhai.pictures.squares import COLUMNS, STEP


@dataclass(frozen=True, slots=True)
class CommuneSquare:
    """A commune's square."""

    place: Place
    state: CoverageState
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class CommuneGrid(Drawing):
    """A province's communes."""

    squares: tuple[CommuneSquare, ...]
    counts: tuple[tuple[CoverageState, int], ...]
    legend: tuple[LegendEntry, ...]


def draw_communes(communes: Iterable[tuple[Place, CoverageState]]) -> CommuneGrid:
    """Draw communes in the order in which they come."""
    squares = tuple(
        CommuneSquare(place, state, index % COLUMNS * STEP + 2, index // COLUMNS * STEP + 2)
        for index, (place, state) in enumerate(communes)
    )
    counts = tuple(
        (state, sum(square.state == state for square in squares)) for state in COVERAGE_STATES
    )
    bottom = -(-len(squares) // COLUMNS) * STEP + 6
    legend = draw_legend(counts, bottom, columns=1)
    return CommuneGrid(bottom + legend_height(legend), squares, counts, legend)
