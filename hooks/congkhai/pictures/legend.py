"""The legend under a picture, drawn into it so that it prints and goes along with the file.

Comes in: the signs that occur, and how many of each. Goes out: where each of them stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 340
"""Of every picture, near the width of a phone's screen, so that words keep their size there."""
LEGEND_ROW = 26
_COLUMN = WIDTH // 2


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign with its words, and how often it occurs."""

    sign: str
    count: int
    x: int
    """Where its line begins."""
    y: int
    """The middle of its line."""

    @property
    def square_y(self) -> int:
        """Return the upper edge of a square, which a legend draws at three quarters."""
        return self.y - 8

    @property
    def circle_x(self) -> int:
        """Return the middle of a circle."""
        return self.x + 10

    @property
    def words_x(self) -> int:
        """Return where its words begin."""
        return self.x + 26

    @property
    def words_y(self) -> int:
        """Return the line that its words stand on."""
        return self.y + 5


def draw_legend(
    counts: Iterable[tuple[str, int]], top: int, columns: int = 2
) -> tuple[LegendEntry, ...]:
    """Draw the entries that occur in columns, the first at `top`."""
    occurring = [(sign, count) for sign, count in counts if count]
    return tuple(
        LegendEntry(
            sign,
            count,
            index % columns * _COLUMN,
            top + index // columns * LEGEND_ROW + LEGEND_ROW // 2,
        )
        for index, (sign, count) in enumerate(occurring)
    )


def legend_height(entries: Iterable[LegendEntry]) -> int:
    """Return how much room a legend takes."""
    return len({entry.y for entry in entries}) * LEGEND_ROW
