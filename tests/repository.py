"""A git repository that a test makes, so that it depends on nobody's own settings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from congkhai.data.git_history import History, Revision, content_id

SHA1 = "0" * 40


def git(folder: Path, *arguments: str, at: str = "2026-07-01T12:00:00+07:00") -> None:
    """Run git in a folder, at a moment (ISO 8601)."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Người nhập liệu")
    mail = dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "nhap-lieu@example.vn")
    environment = os.environ | who | mail | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True
    )


def history_of(
    changes: Mapping[str, Sequence[tuple[str, bytes | None]]],
) -> History:
    """Return a history that no git keeps: by path, the days of its commits and what they left."""
    moments = sorted({day for commits in changes.values() for day, _ in commits})
    contents: dict[str, bytes] = {}
    revisions: dict[str, tuple[Revision, ...]] = {}
    for path, commits in changes.items():
        before: str | None = None
        rows = []
        for day, content in commits:
            after = content_id(content, SHA1) if content is not None else None
            if content is not None and after is not None:
                contents[after] = content
            rows.append(Revision(moments.index(day), date.fromisoformat(day), before, after))
            before = after
        revisions[path] = tuple(rows)
    return History(revisions, lambda: nullcontext(contents.get))
