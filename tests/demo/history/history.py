"""The fictional province with a past: a git repository whose last commit holds tests/demo/plans.

    python tests/demo/history/history.py .cache/demo

Comes in: the folder `tests/demo/plans` as it is today, and `changes.yml`, which says what was
different before. Goes out: a repository in the folder that is named, with the data in `plans/`. It
is the same in every run, down to the ids of its commits.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
PLANS = HERE.parent / "plans"
DAYS_OF_PLAN, DAYS_OF_REPORT = 3, 1
"""Days from a document's date until it is put on the site."""

Files = dict[str, bytes]
"""Contents by path in the data folder."""


@dataclass
class Commit:
    """One commit: its moment, its message, and all files as they were from then on."""

    at: str
    message: str
    adds: list[str] = field(default_factory=list)
    change: Mapping[str, Any] = field(default_factory=dict)


def make_repository(folder: Path) -> Path:
    """Make the repository in a folder that is empty or was made by this; return its data folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "fast-import", "--quiet", "--force", content=b"".join(_stream(list_states())))
    _git(folder, "reset", "-q", "--hard")
    return folder / "plans"


def list_states() -> Iterator[tuple[Commit, Files]]:
    """Return the commits, oldest first, each with all files that it leaves."""
    settings = yaml.safe_load((HERE / "changes.yml").read_text("utf-8"))
    today = {
        path.relative_to(PLANS).as_posix(): path.read_bytes()
        for path in sorted(PLANS.rglob("*"))
        if path.is_file()
    }
    commits = _list_commits(today, settings)
    states = []
    files = dict(today)
    names = {name: name for name in today}
    for commit in reversed(commits):
        states.append((commit, dict(files)))
        _undo(commit, files, names)
    assert not files, f"no commit adds {sorted(files)}"
    return reversed(states)


def _list_commits(today: Files, settings: Mapping[str, Any]) -> list[Commit]:
    adds: dict[str, list[str]] = {}
    late = {name: day.isoformat() for name, day in settings["late"].items()}
    registers = min(_day_of(today[name], DAYS_OF_PLAN) for name in today if _is_dated(name, late))
    for name in today:
        adds.setdefault(_arrival(name, today, late, registers), []).append(name)
    commits = [
        Commit(f"{day}T08:00:00+07:00", "Đưa lên trang web", names) for day, names in adds.items()
    ]
    commits += [
        Commit(change["at"].isoformat(), change["message"], change=change)
        for change in settings["changes"]
    ]
    return sorted(commits, key=lambda commit: datetime.fromisoformat(commit.at))


def _is_dated(name: str, late: Mapping[str, str]) -> bool:
    return name.endswith("/plan.yml") and name not in late


def _arrival(name: str, today: Files, late: Mapping[str, str], registers: str) -> str:
    """Return the day on which a file was put on the site."""
    if name in late:
        return late[name]
    folder = name.rpartition("/")[0]
    if folder.endswith(("/reports", "/responses")):
        return _day_of(today[name], DAYS_OF_REPORT)
    plan = f"{name.rpartition('/')[0]}/plan.yml"
    if plan not in today:
        return registers
    if plan in late:
        return late[plan]
    # Evidence comes with the report that names it, and no sooner than the plan.
    reports = [
        _day_of(content, DAYS_OF_REPORT)
        for report, content in today.items()
        if report.startswith(plan.replace("plan.yml", "reports/"))
        and name.rpartition("/")[2].encode() in content
    ]
    return min(reports, default=_day_of(today[plan], DAYS_OF_PLAN))


def _day_of(content: bytes, later: int) -> str:
    """Return the day of a plan, of a report or of a response, some days later."""
    data = yaml.safe_load(content)
    day = date.fromisoformat(str(data.get("document", data)["date"]))
    return (day + timedelta(days=later)).isoformat()


def _undo(commit: Commit, files: Files, names: dict[str, str]) -> None:
    """Turn the files that a commit left into those that it found.

    `names`: what the files of today were called then.
    """
    for name in commit.adds:
        del files[names[name]]
    for name, edits in commit.change.get("files", {}).items():
        for edit in edits:
            was, now = edit["was"], edit["now"]
            if was is None:
                assert files.pop(name) == (HERE / now).read_bytes(), name
            elif now is None:
                assert name not in files, name
                files[name] = (HERE / was).read_bytes()
            else:
                text = files[name].decode()
                assert text.count(now) == 1, f"{commit.message}: {name}: {text.count(now)} × {now}"
                files[name] = text.replace(now, was).encode()
    for old, new in commit.change.get("moves", {}).items():
        for name in [name for name in files if name.startswith(f"{new}/")]:
            names[name] = name.replace(new, old, 1)
            files[names[name]] = files.pop(name)


def _stream(states: Iterator[tuple[Commit, Files]]) -> Iterator[bytes]:
    """Write the commits as `git fast-import` reads them."""
    for commit, files in states:
        moment = datetime.fromisoformat(commit.at)
        stamp = f"{int(moment.timestamp())} +0700"
        who = "Người nhập liệu <nhap-lieu@example.org>"
        message = commit.message.encode()
        yield b"commit refs/heads/main\n"
        yield f"author {who} {stamp}\ncommitter {who} {stamp}\n".encode()
        yield b"data %d\n%s\ndeleteall\n" % (len(message), message)
        for name, content in sorted(files.items()):
            yield f"M 100644 inline plans/{name}\n".encode()
            yield b"data %d\n%s\n" % (len(content), content)


def _git(folder: Path, *arguments: str, content: bytes = b"") -> None:
    command = ["git", "-c", "core.autocrlf=false", "-C", str(folder), *arguments]
    subprocess.run(command, input=content, check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/demo/history/history.py FOLDER")
    make_repository(Path(sys.argv[1]))
