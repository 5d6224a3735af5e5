"""Where the site's scripts are published: in a folder that bears the name of their content.

Comes in: the folders of the theme. Goes out: the address of each script, and what it imports. They
import each other by where they lie, so a cached half of one build never meets a half of another,
whatever a host says of caches; and a host may keep them for good.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCES = "assets/"
"""Where scripts lie in a theme; templates call them by that: `assets/search/search.js`."""
FOLDER = "assets/js/"
"""What lies below never changes under its name."""
_IMPORT = re.compile(r'^(?:import|export)\b[^;]*?"(\.[\w./-]+\.js)";$', re.MULTILINE)


@dataclass(frozen=True)
class Scripts:
    """The scripts of a site by where they lie below `assets/`: `search/search.js`."""

    contents: Mapping[str, bytes]

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Address of each script below the site, by its name in a theme."""
        sha = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            sha.update(f"{name}\0{len(content)}\0".encode() + content)
        folder = f"{FOLDER}{sha.hexdigest()[:12]}/"
        return {SOURCES + name: folder + name for name in self.contents}

    def imports(self, script: str) -> list[str]:
        """List what a script loads before it begins, by names in a theme, the nearest first.

        A page names them at once; a browser would learn of each from the one that imports it, one
        round trip after the other.
        """
        found = [script.removeprefix(SOURCES)]
        for name in found:
            beside = posixpath.dirname(name)
            for path in _IMPORT.findall(self.contents[name].decode()):
                other = posixpath.normpath(posixpath.join(beside, path))
                if other not in found:
                    found.append(other)
        return [SOURCES + name for name in dict.fromkeys(found[1:])]


def read_scripts(theme_folders: Sequence[Path]) -> Scripts:
    """Read the scripts of a theme; a site's own stand for those of the engine."""
    contents: dict[str, bytes] = {}
    for folder in theme_folders:
        for file in sorted((folder / SOURCES).rglob("*.js")):
            name = file.relative_to(folder / SOURCES).as_posix()
            contents.setdefault(name, file.read_bytes())
    return Scripts(contents)
