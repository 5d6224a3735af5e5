"""The list of a site's files with their hashes, by which sites are compared.

Comes in: the folder of a site. Goes out: the names of its files, and their SHA-256. This is
not in `publish`, which needs a system with locks: plans are also checked on Windows.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

MANIFEST = "manifest.json"
"""In every site: what it was built from, and all its files with their SHA-256. A folder
without it, or with files that it does not list, is never replaced."""


def list_files(folder: Path) -> Iterator[str]:
    """Yield the names of all files below `folder`; a link to a folder counts as a file."""
    waiting = [("", str(folder))]
    for place, path in waiting:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{place}{entry.name}/", entry.path))
                else:
                    yield place + entry.name


def hash_files(folder: Path, hashes_by_name: Mapping[str, str]) -> dict[str, str]:
    """Return the SHA-256 of every file of a site but the manifest, in order of names.

    Files that are in `hashes_by_name` are not read again.
    """
    names = sorted(name for name in list_files(folder) if name != MANIFEST)
    return {
        name: hashes_by_name.get(name) or hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names
    }
