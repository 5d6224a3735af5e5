"""What all pictures have: a height; their width is one for all.

Comes in: nothing. Goes out: `Drawing`, which every picture is.
"""

from __future__ import annotations

from dataclasses import dataclass

FILE_MARGINS = 150
"""Above and below, of the name and the source in a file of its own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in the units of its `viewBox`."""

    height: int

    @property
    def file_height(self) -> int:
        """Return its height as a file of its own, with its name and its source."""
        return self.height + FILE_MARGINS
