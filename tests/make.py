"""`make`, with a command that prints what it is given in the place of the real one.

In this repository, or in an office's: each has a Makefile of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OFFICE = ROOT / "hooks" / "congkhai" / "office"
"""The template of an office's repository; its Makefile is copied as it is."""


def run_make(
    folder: Path, *words: str, repository: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run make in a repository; `folder`, which is empty, becomes its environment."""
    commands = folder / "bin"
    if not commands.exists():
        commands.mkdir(parents=True)
        (commands / "python").symlink_to(sys.executable)
        command = commands / "congkhai"
        command.write_text("#!/bin/sh\nprintf '%s\\0' \"$@\"\n", "utf-8")
        command.chmod(0o755)
        for stamp in ("product", "tests", "bench"):
            (folder / f"{stamp}.stamp").touch()
    typed = {"PLAN", "FILE", "UNIT", "PERIOD", "SINCE", "OFFICE", "NAME", "ARGS", "SITE_URL"}
    typed |= {"LOCALITY", "PROGRAMME", "ISSUER", "OPERATOR", "CONTACT"}
    return subprocess.run(
        ["make", "--no-print-directory", "--silent", f"VENV={folder}", *words],
        cwd=repository,
        env={name: value for name, value in os.environ.items() if name not in typed},
        capture_output=True,
        text=True,
        check=False,
    )


def words_given(folder: Path, *words: str, repository: Path = ROOT) -> list[str]:
    """Return the words that the command was given by make."""
    done = run_make(folder, *words, repository=repository)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\0")[:-1]
