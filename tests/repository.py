"""A git repository that a test makes, so that it depends on nobody's own settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str, at: str = "2026-07-01T12:00:00+07:00") -> None:
    """Run git in a folder, at a moment (ISO 8601)."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Người nhập liệu")
    mail = dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "nhap-lieu@example.vn")
    environment = os.environ | who | mail | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True
    )
