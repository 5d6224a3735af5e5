"""A tile for each province, about where it lies: named squares, without borders.

Comes in: the provinces in force, their communes and the plans held of each. Goes out: a
`TileMap`. The archipelagos of Hoàng Sa and Trường Sa have tiles of their own, as parts of
Đà Nẵng and Khánh Hòa: every picture of the country has to show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from congkhai.model.plan_view import PlanView
from congkhai.model.views import Place
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import LegendEntry, draw_legend, legend_height
from congkhai.pictures.lines import break_lines

TileSign = Literal["held", "below", "former", "none"]
"""`held`: a plan of the province itself is held; `below`: of its communes or of a body, not of
itself; `former`: of a province that became part of it, and nothing else."""
SIGNS: tuple[TileSign, ...] = ("held", "below", "former", "none")
LAYOUT = """
12 15 08 04 .. .. .....
11 14 25 19 20 .. .....
.. .. 01 24 22 .. .....
.. .. 37 33 31 .. .....
.. .. 38 .. .. .. .....
.. .. 40 .. .. .. .....
.. .. .. 42 .. .. .....
.. .. .. 44 .. .. .....
.. .. .. .. 46 .. .....
.. .. .. .. 48 .. 20333
.. .. .. .. 51 .. .....
.. .. .. .. 52 .. .....
.. .. .. .. 66 56 .....
.. 80 79 75 68 .. .....
91 82 86 .. .. .. 22736
96 92 .. .. .. .. .....
"""
"""By the codes of provinces, and of the special zones of Hoàng Sa (20333) and Trường Sa (22736)."""
POSITIONS = {
    code: (column, row)
    for row, line in enumerate(LAYOUT.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code.strip(".")
}
"""Column and row of each tile."""
COLUMNS, ROWS = 7, 16
STEP_X, STEP_Y = 48.5, 39
SIDE_X, SIDE_Y = 46, 36
_LETTERS = 6
_LINE = 13


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, or an archipelago that is part of one."""

    place: Place
    sign: TileSign
    plans: tuple[PlanView, ...]
    """Held of it and in it; of an archipelago, none is told twice."""
    x: float
    y: int
    words: tuple[tuple[str, float], ...]
    """Its name in lines, each with where it stands."""

    @property
    def middle(self) -> float:
        """Return where its words are centred."""
        return self.x + SIDE_X / 2


@dataclass(frozen=True, slots=True)
class TileMap(Drawing):
    """All provinces as tiles."""

    tiles: tuple[Tile, ...]
    provinces: tuple[Tile, ...]
    """Without the archipelagos, in dictionary order."""
    counts: tuple[tuple[TileSign, int], ...]
    """Provinces by sign."""
    legend: tuple[LegendEntry, ...]


def draw_tile_map(
    provinces: Sequence[Place],
    communes: Mapping[str, Sequence[Place]],
    held: Mapping[str, Sequence[PlanView]],
) -> TileMap:
    """Draw the provinces; `held`: the plans held of each and in each, by its code."""
    tiles = []
    islands = []
    spare = 0
    # Of fictional provinces alone nothing stands above.
    below = ROWS if any(province.code in POSITIONS for province in provinces) else 0
    for province in provinces:
        plans = tuple(held.get(province.code, ()))
        sign = _sign_of(province, plans)
        position = POSITIONS.get(province.code)
        if position is None:
            # A province that is formed tomorrow stands below the others until it is placed.
            position = (spare % COLUMNS, below + spare // COLUMNS)
            spare += 1
        tiles.append(_tile(province, sign, plans, position))
        islands += [
            _tile(commune, _sign_of_commune(commune, plans), (), POSITIONS[commune.code])
            for commune in communes.get(province.code, ())
            if commune.code in POSITIONS
        ]
    bottom = max((tile.y for tile in tiles), default=0) + STEP_Y + 6
    counts = tuple((sign, sum(tile.sign == sign for tile in tiles)) for sign in SIGNS)
    legend = draw_legend(counts, bottom, columns=1)
    return TileMap(bottom + legend_height(legend), (*tiles, *islands), tuple(tiles), counts, legend)


def grid_place(tile: Tile) -> tuple[int, int]:
    """Return the column and the row of a tile."""
    return round((tile.x - 1) / STEP_X), (tile.y - 1) // STEP_Y


def _sign_of(province: Place, plans: Sequence[PlanView]) -> TileSign:
    own = [plan for plan in plans if plan.place.code == province.code]
    if any(plan.issuer.speaks_for_place for plan in own):
        return "held"
    if any(plan.place.level != "province" for plan in plans) or own:
        return "below"
    return "former" if plans else "none"


def _sign_of_commune(commune: Place, plans: Sequence[PlanView]) -> TileSign:
    """Return the sign of a commune with a tile of its own, which its province's plan is not of."""
    return "below" if any(plan.place.code == commune.code for plan in plans) else "none"


def _tile(
    place: Place, sign: TileSign, plans: tuple[PlanView, ...], position: tuple[int, int]
) -> Tile:
    column, row = position
    x, y = round(column * STEP_X + 1, 1), row * STEP_Y + 1
    lines = break_lines(place.short, _LETTERS, 2)
    first = y + SIDE_Y / 2 + 4 - (len(lines) - 1) * _LINE / 2
    return Tile(
        place,
        sign,
        plans,
        x,
        y,
        tuple((line, first + index * _LINE) for index, line in enumerate(lines)),
    )
