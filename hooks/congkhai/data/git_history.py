"""When the files of the data were first and last committed, and what a commit held.

Comes in: the data folder. Goes out: `History`, and the files of a commit; None where git
gives no certain answer: git is not installed, the folder is no repository, git refuses to
read it, or the history is shallow (its oldest commit then wrongly looks like every file's
first). A date is never taken from the disk.
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
    """Read the whole history of the folder with one command; None without a certain answer."""
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
    return {path: FileHistory(min(dates), max(dates)) for path, dates in days.items()}


def read_published(folder: Path, revision: str) -> Mapping[str, bytes] | None:
    """Read the files of a commit that are removed or changed today, by path as in `History`.

    None without a certain answer: there is no git, no repository, no such commit.
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
