"""The shape of a job: some files of the site and the function that makes them.

Comes in: nothing. Goes out: `Job`, which exports and the builder create and the builder runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from congkhai.model.today import ALWAYS, Interval


@dataclass(frozen=True, slots=True)
class Job:
    """Some files of the site and the function that makes them."""

    name: str
    """Unique among the jobs of one part of the site; the cache keeps the files under it."""
    make: Callable[[], Iterable[tuple[str, bytes | Iterator[bytes | memoryview]]]]
    """Gives (address from the root, content, which may come in parts).

    An address that ends with `/`, or is empty, is the page `index.html` in that folder.
    """
    of: tuple[object, ...] | None = None
    """The plans and places that the files depend on, beside the registers.

    None for those that depend on the whole country.
    """
    basis: bytes | None = None
    """A hash of all that the files are made from; None for code, settings, the day, and `of`."""
    listed: tuple[str, ...] = ()
    """Addresses of its pages that the sitemap has to list."""
    rests_on: Interval = ALWAYS
    """The days on which what was worked out to make the files is so."""
    lists_all: bool = False
    """Whether it depends on the addresses of all pages."""
