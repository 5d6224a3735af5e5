"""What a site is made from beside its data: code, templates, settings, packages; and the commits of it all.

Comes in: the repository, the folder of templates, the `Site`. Goes out: the basis of all
pages, and what the manifest says of the site's origin.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from congkhai.build.cache import digest
from congkhai.pages.render import Site

_PACKAGES = ("mkdocs-material", "Jinja2", "MarkupSafe", "pydantic", "PyYAML", "pagefind_bin")
_MAKERS = ("hooks", "theme", "content", "mkdocs.yml", "requirements.txt")
"""All that makes the site, the data apart."""


def basis_of(folders: Iterable[Path], site: Site) -> bytes:
    """A hash of all that every page depends on beside the data; `folders`: code and templates."""
    sources = (part for path in _sources(folders) for part in (str(path), path.read_bytes()))
    return digest(
        sys.version, [version(name) for name in _PACKAGES], replace(site, commit=None), *sources
    )


def is_as_read(folders: Iterable[Path], loaded: int, begun: int) -> bool:
    """Whether the code has been as it is since it was loaded, and the templates since the build began, both in nanoseconds."""
    return all(
        path.stat().st_ctime_ns < (loaded if path.suffix == ".py" else begun)
        for path in _sources(folders)
    )


def origin_of(root: Path, site: Site) -> dict[str, str | None]:
    """What the site is built from, for anybody who builds it again to compare."""
    return {
        "commit": commit_of(root, *_MAKERS),
        "data": site.commit,
        "as_of": site.as_of.isoformat(),
        "url": site.url,
    }


def commit_of(folder: Path, *parts: str) -> str | None:
    """The commit that holds these parts of a folder, or all of it; None where files differ
    from it, or without git.
    """
    git = ["git", "-C", str(folder)]
    try:
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--", *(parts or ".")],
            capture_output=True,
            text=True,
            check=True,
        )
        head = subprocess.run(
            [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return None if changed.stdout else head.stdout.strip()


def _sources(folders: Iterable[Path]) -> list[Path]:
    """The code and the templates, each once."""
    return sorted(
        {
            path
            for folder in folders
            for path in folder.rglob("*")
            if path.suffix in (".py", ".html")
        }
    )
