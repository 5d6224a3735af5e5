"""What a site is made from beside its data: code, templates, settings, packages, commits.

Comes in: the repository, the folder of templates, the `Site`. Goes out: the basis of all
pages, and what the manifest says of the site's origin.
"""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from congkhai.build.cache import digest
from congkhai.build.engine import PACKAGE
from congkhai.pages.site import Site

_PACKAGES = ("mkdocs-material", "Jinja2", "MarkupSafe", "pydantic", "PyYAML")
_WRITERS = ("openpyxl", "XlsxWriter")
"""Packages that write files of a province, beside those of the pages."""
_READ = (".py", ".yml", ".html", ".js")
"""Code with its lists of words, templates, and scripts: every page names the folder that bears the
name of theirs."""
_SOURCES = ("hooks", "theme", "content", "mkdocs.yml", "requirements.txt")
"""All that makes the site, apart from the data."""


def basis_of(folders: Iterable[Path], site: Site) -> bytes:
    """Hash all that every page depends on beside the data; `folders`: code and theme."""
    sources = (part for path in _sources(folders) for part in (str(path), path.read_bytes()))
    return digest(
        sys.version, [version(name) for name in _PACKAGES], replace(site, commit=None), *sources
    )


def fingerprint_of(template_folders: Iterable[Path]) -> str:
    """Hash all by which two machines could make different files of the same data.

    That is Python, packages, the library that compresses workbooks, the engine with its registers,
    and the site's templates, which lie in the same folders on both.
    """
    files = (
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for folder in (PACKAGE, *template_folders)
        for path in sorted(folder.rglob("*"))
        if path.suffix in _READ
    )
    return digest(
        sys.version_info[:3],
        zlib.ZLIB_RUNTIME_VERSION,
        [version(name) for name in (*_PACKAGES, *_WRITERS)],
        *(part for name, content in files for part in (name, content)),
    ).hex()


def sources_are_current(folders: Iterable[Path], loaded_at: int, begun_at: int) -> bool:
    """Say whether no code, template or script changed since it was read.

    `folders`: code, templates and scripts.
    `loaded_at`: when the code was loaded; `begun_at`: when the build began to read templates;
    both in nanoseconds since 1970.
    """
    return all(
        path.stat().st_ctime_ns < (loaded_at if path.suffix == ".py" else begun_at)
        for path in _sources(folders)
    )


def origin_of(root: Path, site: Site, as_of: date) -> dict[str, str | None]:
    """Return what the site is built from, for anybody who builds it again to compare."""
    return {
        "commit": commit_of(root, *_SOURCES),
        "data": site.commit,
        "as_of": as_of.isoformat(),
        "url": site.url,
    }


def engine_version() -> str:
    """Return the version of this engine: what sites must share to be joined."""
    return version("congkhai")


def commit_of(folder: Path, *parts: str) -> str | None:
    """Return the commit that holds these parts of a folder, or all of it.

    None where files differ from the commit, or without git.
    """
    if list_unsaved(folder, *parts):
        return None
    return (_git(folder, "rev-parse", "HEAD") or "").strip() or None


def list_unsaved(folder: Path, *parts: str) -> list[str]:
    """List the files of these parts of a folder, or of all of it, that no commit holds as they are.

    Paths are relative to the root of the repository. Nothing without git.
    """
    told = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--", *(parts or "."))
    return [entry[3:] for entry in (told or "").split("\0") if entry]


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _sources(folders: Iterable[Path]) -> list[Path]:
    """Return the files of code and theme, each once."""
    return sorted(
        {path for folder in folders for path in folder.rglob("*") if path.suffix in _READ}
    )
