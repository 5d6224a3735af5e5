"""The list of a site's files, by which a site is known and compared.

Comes in: the folder of a site. Goes out: its files, and their hashes. Apart from
`publish`, which needs a system with locks: plans are also checked on Windows.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "manifest.json"
"""In every site: what it was built from, and all its files with their SHA-256. It also
marks a folder as ours: one without it, or with files that it does not list, is never replaced."""


def list_files(folder: Path) -> Iterator[str]:
    """The names of all files below `folder`, with `/`; a link to a folder counts as a file."""
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in files + links:
            yield Path(place, name).relative_to(folder).as_posix()


def hash_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site by its name, the manifest apart, in order of names."""
    names = sorted(name for name in list_files(folder) if name != MANIFEST)
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
