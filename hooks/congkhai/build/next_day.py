"""A day on which nothing changes but the day: two files of the site are written, and no other.

Comes in: the repository, and what the last build noted beside its kept work. Goes out: the site as
a whole build of that day would leave it; or nothing, where a whole build is needed. Every file of
the site is hashed before, as in a build: what is not as the manifest says is built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from congkhai.build.cache import digest
from congkhai.build.manifest import MANIFEST, hash_files
from congkhai.build.publish import Build, PublishError
from congkhai.model import routes
from congkhai.model.today import Interval

NOTE = "day.json"
"""In the folder of the kept work."""
SETTLED_NANOSECONDS = 2 * 10**9
"""Age after which a file that is written to again has another time: FAT counts two seconds."""

_ENVIRONMENT = (
    "PLANS_DIR",
    "SITE_URL",
    "RELEASE",
    "JOINED_SITES",
    "GIT_DIR",
    "GIT_CEILING_DIRECTORIES",
)
_SITE_DIR = re.compile(r"^site_dir:\s*(\S+)\s*$", re.MULTILINE)
_NAMED = re.compile(rb"!ENV\s*(\[[^\]]*\]|\S+)")
"""Variables that `mkdocs.yml` asks for."""


@dataclass(frozen=True)
class NotedSite:
    """What a build noted of the site that it left."""

    site: str
    """Its folder."""
    manifest: str
    """SHA-256 of its manifest."""
    data: str
    """The data folder."""
    read: tuple[str, ...]
    """All folders that were read for it."""
    made_from: str
    """What `look` saw before they were read."""
    since: str
    """First day on which the whole site is the same, but for the day; empty for none."""
    until: str
    """The last such day, likewise."""
    said: tuple[str, ...]
    """What the build told staff, to be told again."""

    @property
    def valid(self) -> Interval:
        """Return these days."""
        days = (date.fromisoformat(day) if day else None for day in (self.since, self.until))
        return Interval(*days)


def look(
    root: Path,
    data: str,
    folders: Iterable[str],
    environment: Mapping[str, str] = os.environ,
    clock: Callable[[], int] = time.time_ns,
) -> str | None:
    """Hash the state of all that a build reads: settings, packages, history, files in `folders`.

    None where that cannot be told: `mkdocs.yml` takes in another file, or a file was written to
    within the last seconds, so that it might change again and keep its time.
    """
    settings = (root / "mkdocs.yml").read_bytes()
    if b"INHERIT" in settings:
        return None
    named = b" ".join(_NAMED.findall(settings)).decode(errors="replace")
    names = re.findall(r"\w+", named)
    variables = [(name, environment.get(name)) for name in sorted({*names, *_ENVIRONMENT})]
    states = sorted({state for folder in folders for state in _states(folder)})
    newest = max((max(changed, written) for _, changed, written, *_ in states), default=0)
    if newest > clock() - SETTLED_NANOSECONDS:
        return None
    history = [_ask_git(folder) for folder in (str(root), data)]
    return digest(sys.version, _packages(), settings, variables, states, history).hex()


def note(folder: Path, noted: NotedSite) -> None:
    """Note beside the kept work what a build left."""
    (folder / NOTE).write_text(json.dumps(asdict(noted), ensure_ascii=False), "utf-8")


def renew(
    root: Path, folder: Path, day: date, environment: Mapping[str, str] = os.environ
) -> NotedSite | None:
    """Make the site that was noted in `folder` that of `day`; None where it takes a whole build."""
    noted = _read_note(folder)
    if (
        noted is None
        or Path(noted.site) != _find_site(root)
        or not noted.valid.holds(day)
        or look(root, noted.data, noted.read, environment) != noted.made_from
    ):
        return None
    try:
        build = Build(Path(noted.site), keep=())
    except PublishError:
        return None  # the whole build says it
    try:
        renewed = _write_day(build, noted, day)
    finally:
        build.discard()
    if renewed is not None:
        note(folder, renewed)
    return renewed


def _find_site(root: Path) -> Path:
    """Return the folder of the site as `mkdocs.yml` has it; another one may be built on demand."""
    found = _SITE_DIR.search((root / "mkdocs.yml").read_text("utf-8", errors="replace"))
    return (root / (found[1] if found else "site")).resolve()


def _write_day(build: Build, noted: NotedSite, day: date) -> NotedSite | None:
    try:
        content = (build.target / MANIFEST).read_bytes()
    except OSError:  # somebody removed the site
        return None
    if hashlib.sha256(content).hexdigest() != noted.manifest:
        return None
    manifest = json.loads(content)
    files: dict[str, str] = manifest["files"]
    if hash_files(build.target, {}) != files:
        return None
    before, now = manifest["as_of"].encode(), day.isoformat().encode()
    if before == now:
        return noted
    if now < before:
        return None  # reports may be dated after that day
    told = (build.target / routes.JSON_AS_OF).read_bytes().replace(before, now)
    files[routes.JSON_AS_OF] = hashlib.sha256(told).hexdigest()
    manifest |= {"as_of": day.isoformat(), "previous": noted.manifest}
    content = to_json(manifest, indent=1) + b"\n"
    # The manifest last: broken off between the two, the next build sees that they differ.
    for name, new in ((routes.JSON_AS_OF, told), (MANIFEST, content)):
        draft = build.staging / "draft"
        draft.write_bytes(new)
        os.replace(draft, build.target / name)
    return replace(noted, manifest=hashlib.sha256(content).hexdigest())


def _read_note(folder: Path) -> NotedSite | None:
    try:
        values: dict[str, Any] = json.loads((folder / NOTE).read_bytes())
        lists = {name: tuple(values[name]) for name in ("read", "said")}
        return NotedSite(**values | lists)
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _states(folder: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield name, times, size and number of every file below a folder, but of compiled code."""
    waiting = [folder]
    for place in waiting:
        try:
            entries = list(os.scandir(place))
        except OSError:  # there is no such folder
            continue
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
                continue
            status = entry.stat()
            yield entry.path, status.st_ctime_ns, status.st_mtime_ns, status.st_size, status.st_ino


def _packages() -> list[str]:
    """Name every installed package with its version."""
    return sorted(
        name for name in os.listdir(sysconfig.get_path("purelib")) if name.endswith(".dist-info")
    )


def _ask_git(folder: str) -> str:
    """Return the commit that is checked out, which files differ, and whether history is cut off."""
    git = ["git", "-C", folder]
    try:
        head = subprocess.run(
            [*git, "rev-parse", "HEAD", "--is-shallow-repository"], capture_output=True, check=False
        )
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--", "."], capture_output=True, check=False
        )
    except OSError:
        return ""
    return (head.stdout + changed.stdout).decode(errors="replace")
