"""Every change of the data that was committed: of which file, on which day, from what to what.

Comes in: the data folder. Goes out: `History`, with the contents of any file at any commit; and
the files of one commit. None where git gives no certain answer: git is not installed, the folder
is no repository, git refuses to read it, or the history is shallow (its oldest commit then
wrongly looks like every file's first). A date is never taken from the disk.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from congkhai.data.folder import FOLDERS_OF_PLAN
from congkhai.text.dates import VIET_NAM

_MARK = "\x01"
_LENGTH_OF_SHA1 = 40


class Revision(NamedTuple):
    """One commit's change of one file."""

    order: int
    """Number of the commit, the oldest being 0."""
    day: date
    """Day in Viet Nam on which it was committed, as the committer's clock had it."""
    before: str | None
    """Id of the content that it replaced; None for a file that it added."""
    after: str | None
    """Id of the new content; None for a file that it removed."""


Revisions = Mapping[str, tuple[Revision, ...]]
"""By path relative to the data folder, with `/`; oldest first. Without files never committed."""


ReadContent = Callable[[str], bytes | None]
"""Reads a content by its id; None when git does not have it."""


@dataclass(frozen=True)
class History:
    """All committed changes of a data folder along the branch that is published."""

    revisions: Revisions
    open_contents: Callable[[], AbstractContextManager[ReadContent]] = field(
        compare=False, repr=False
    )
    """Begin to read contents of files, as they were at any commit."""

    def of_plan(self, plan_id: str) -> Revisions:
        """Return the revisions of a plan's files, by path relative to the plan's folder."""
        return self._by_plan.get(plan_id, {})

    @cached_property
    def _by_plan(self) -> Mapping[str, dict[str, tuple[Revision, ...]]]:
        groups: dict[str, dict[str, tuple[Revision, ...]]] = {}
        for path, changes in self.revisions.items():
            folder, _, file = path.rpartition("/")
            above, _, name = folder.rpartition("/")
            if name in FOLDERS_OF_PLAN:
                folder, file = above, f"{name}/{file}"
            groups.setdefault(folder, {})[file] = changes
        return groups


def read_history(folder: Path) -> History | None:
    """Read the whole history of the folder with one command; None without a certain answer.

    A merge counts as one commit, on the day on which its branch was merged: that is when what it
    holds came to be published. Replaced objects (`git replace`) are not believed.
    """
    if explain_missing_history(folder):
        return None
    try:
        log = _run(
            [
                *_git(folder),
                "-c",
                "core.quotePath=false",
                "-c",
                "log.showSignature=false",
                "log",
                "--first-parent",
                "-m",
                "--reverse",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                "--relative",
                "-z",
                f"--format={_MARK}%cI",
                "--",
                ".",
            ]
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    revisions: dict[str, list[Revision]] = {}
    for path, revision in _parse_log(log):
        revisions.setdefault(path, []).append(revision)
    return History(
        {path: tuple(changes) for path, changes in revisions.items()},
        partial(_open_contents, folder),
    )


def explain_missing_history(folder: Path) -> str:
    """Say in Vietnamese why the history of a folder is not known, and what to do; else nothing."""
    try:
        shallow = _run([*_git(folder), "rev-parse", "--is-shallow-repository"]).strip()
        if shallow != "false":
            return "kho này chỉ tải về phần cuối của lịch sử; chạy git fetch --unshallow"
        _run([*_git(folder), "rev-parse", "--verify", "--quiet", "HEAD"])
    except OSError:
        return "máy này không có git; cài git rồi dựng lại"
    except subprocess.CalledProcessError:
        return (
            "git không đọc được lịch sử của thư mục dữ liệu; "
            "dựng trong kho tải về bằng git clone, không từ tệp nén"
        )
    return ""


def content_id(content: bytes, like: str) -> str:
    """Return the id that git gives a content, by the same hash as in the id `like`.

    >>> content_id(b"", "0" * 40)
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    total = hashlib.sha1() if len(like) == _LENGTH_OF_SHA1 else hashlib.sha256()
    total.update(b"blob %d\0" % len(content))
    total.update(content)
    return total.hexdigest()


def _parse_log(log: str) -> Iterator[tuple[str, Revision]]:
    """Yield (path, revision) from what `git log --raw -z` prints, oldest first."""
    order, day = -1, date.min
    fields = iter(log.split("\0"))
    for text in fields:
        line = text.lstrip("\n")
        if line.startswith(_MARK):
            order += 1
            day = datetime.fromisoformat(line[1:]).astimezone(VIET_NAM).date()
        elif line.startswith(":"):
            _, _, before, after, _ = line.split(" ")
            path = next(fields)
            if before != after:
                yield path, Revision(order, day, _id_or_none(before), _id_or_none(after))


def _id_or_none(text: str) -> str | None:
    return text if text.strip("0") else None


@contextmanager
def _open_contents(folder: Path) -> Iterator[ReadContent]:
    """Keep one git at work that answers for one content after another; it begins when asked."""
    with ExitStack() as stack:
        processes: list[subprocess.Popen[bytes]] = []

        def read(name: str) -> bytes | None:
            if not processes:
                command = [*_git(folder), "cat-file", "--batch"]
                pipe = subprocess.PIPE
                process = subprocess.Popen(command, stdin=pipe, stdout=pipe)
                processes.append(stack.enter_context(process))
            return _ask(processes[0], name)

        yield read


def _ask(process: subprocess.Popen[bytes], name: str) -> bytes | None:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{name}\n".encode())
    process.stdin.flush()
    _, _, size = process.stdout.readline().strip().rpartition(b" ")
    if not size.isdigit():  # «missing»
        return None
    content = process.stdout.read(int(size))
    process.stdout.read(1)
    return content


class Published(NamedTuple):
    """What a commit held that is removed or changed today."""

    files: Mapping[str, bytes]
    """By path as in `History`."""
    day: date | None
    """Of the commit, in Viet Nam; None where nothing was published."""


def read_published(folder: Path, revision: str) -> Published | None:
    """Read the files of a commit that are removed or changed today.

    None without a certain answer: there is no git, no repository, no such commit.
    """
    git = _git(folder)
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
        files = {
            name: subprocess.run(
                [*git, "show", f"{commit}:./{name}"], capture_output=True, check=True
            ).stdout
            for name in names.split("\0")
            if name
        }
        moment = _run([*git, "show", "--no-patch", "--format=%cI", commit]).strip()
        return Published(files, datetime.fromisoformat(moment).astimezone(VIET_NAM).date())
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(folder: Path) -> list[str]:
    return ["git", "--no-replace-objects", "-C", str(folder)]


def _run(command: list[str]) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
