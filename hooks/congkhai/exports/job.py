"""The shape of a job: the making of some files of the site.

Comes in: nothing. Goes out: `Job`, which exports and the builder fill and the builder runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """The making of some files."""

    name: str
    """Of its own among the jobs of one part of the site; what it made is kept under it."""
    make: Callable[[], Iterable[tuple[str, bytes | Iterator[bytes | memoryview]]]]
    """Gives (address from the root, content, which may come in parts). An address that ends with `/`, or is empty,
    stands for the page `index.html` in that folder."""
    of: tuple[object, ...] | None = None
    """The plans and places that the files are made of, beside the registers; None for the whole country's."""
    listed: tuple[str, ...] = ()
    """Addresses of its pages that the sitemap lists."""
    lists_all: bool = False
    """It depends on the addresses of all pages."""
