"""Commands run in an office's own repository, on a fixed day, without settings of the caller."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests import cases


def run_in(repository: Path, *arguments: object, **variables: object) -> tuple[int, str]:
    """Run a Python module with its arguments; its exit status, and all that it said."""
    ours = {"AS_OF": cases.AS_OF, "BUILD_CACHE": "", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=repository,
        env=os.environ | {name: str(value) for name, value in {**ours, **variables}.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def work_in(folder: Path, monkeypatch: pytest.MonkeyPatch, as_of: date = cases.AS_OF) -> None:
    """Let commands that this process calls find the data folder `plans` in a folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("AS_OF", as_of.isoformat())
    for name in ("PLANS_DIR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
