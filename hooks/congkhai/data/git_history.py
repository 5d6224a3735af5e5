"""When files of the data were first and last committed, and what they said, as git tells it.

Comes in: the data folder. Goes out: `History`, the files of a commit; or None where git cannot tell for sure:
git is not installed, the folder is no repository, git refuses to read it, or the
history is shallow (its oldest commit then wrongly looks like every file's first). A
date is never guessed from the disk.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from congkhai.text.dates import VIET_NAM

_MARK = "\x01"


@dataclass(frozen=True, slots=True)
class FileHistory:
    """Days in Viet Nam on which a file was first and last committed."""

    added: date
    changed: date


History = Mapping[str, FileHistory]
"""By path relative to the data folder, with `/`. A file that is not committed is missing."""


def read_history(folder: Path) -> History | None:
    """Read the whole history of the folder in one go; None when git cannot tell."""
    git = ["git", "-C", str(folder)]
    try:
        shallow = _run([*git, "rev-parse", "--is-shallow-repository"]).strip()
        if shallow != "false":
            return None
        prefix = _run([*git, "rev-parse", "--show-prefix"]).strip()
        log = _run(
            [
                *git,
                "-c",
                "core.quotePath=false",
                "log",
                "--no-renames",
                "--name-only",
                f"--format={_MARK}%cI",
                "--",
                ".",
            ]
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    days: dict[str, list[date]] = {}
    day = date.min
    for line in log.splitlines():
        if line.startswith(_MARK):
            day = datetime.fromisoformat(line[1:]).astimezone(VIET_NAM).date()
        elif line:
            days.setdefault(line.removeprefix(prefix), []).append(day)
    return {path: FileHistory(min(found), max(found)) for path, found in days.items()}


def read_published(folder: Path, revision: str) -> Mapping[str, bytes] | None:
    """Files that a commit holds and that are gone or not the same today, as they were there; by path, like `History`.

    None where git cannot tell: there is no git, no repository, no such commit.
    """
    git = ["git", "-C", str(folder)]
    try:
        commit = _run(
            [*git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        ).strip()
        names = _run(
            [
                *git,
                "diff",
                "--name-only",
                "--no-renames",
                "--diff-filter=a",
                "--relative",
                "-z",
                commit,
                "--",
                ".",
            ]
        )
        return {
            name: subprocess.run(
                [*git, "show", f"{commit}:./{name}"], capture_output=True, check=True
            ).stdout
            for name in names.split("\0")
            if name
        }
    except (OSError, subprocess.CalledProcessError):
        return None


def _run(command: list[str]) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
