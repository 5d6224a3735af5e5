"""Comparisons of past versions of the data, kept from one build for the next.

Comes in: what was read of a province's history and compared. Goes out: the same in a later
build. A content of git never changes, so what was found out about it holds as long as the code
that reads and compares is the same.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from importlib.metadata import version

from congkhai.build.cache import Cache, digest
from congkhai.build.engine import PACKAGE
from congkhai.model.ledger import Comparisons

_READERS = ("text", "data", "model")
"""Packages that read contents and compare them."""


class LedgerStore:
    """A folder of the cache with a file for each province; without a cache nothing is kept."""

    def __init__(self, cache: Cache) -> None:
        self._folder = cache.library_folder("ledger", _basis())

    def load(self, province: str) -> Comparisons:
        """Return what is kept of a province; nothing when that cannot be read."""
        with suppress(Exception):  # cut off or gone: it is found out once more
            if self._folder is not None:
                kept = pickle.loads((self._folder / f"{province}.pickle").read_bytes())
                return kept if isinstance(kept, Comparisons) else Comparisons()
        return Comparisons()

    def save(self, province: str, comparisons: Comparisons) -> None:
        """Keep what was found out, in place of what was kept."""
        if self._folder is None:
            return
        file = self._folder / f"{province}.pickle"
        new = file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # the next build finds it out once more
            new.write_bytes(pickle.dumps(comparisons, pickle.HIGHEST_PROTOCOL))
            os.replace(new, file)


def _basis() -> bytes:
    """Hash the code that reads and compares contents."""
    files = sorted(path for name in _READERS for path in (PACKAGE / name).rglob("*.py"))
    return digest(version("pydantic"), version("PyYAML"), *(path.read_bytes() for path in files))
