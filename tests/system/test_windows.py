"""A whole build where Python has no fork and none of Unix' locks, as on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from cases import AS_OF, MINIMAL

from conftest import ROOT
from tests.unit.test_any_desk import WITHOUT_UNIX

FEW_COMMUNES = """
from itertools import islice
from congkhai.build import builder

pages, subjects = builder.commune_pages, builder.quiet_subjects
builder.commune_pages = lambda *given: islice(pages(*given), 3)
builder.quiet_subjects = lambda *given: dict(islice(subjects(*given).items(), 3))
"""
"""Three communes of each province stand for all 3,319 that have no plan."""
BUILD = """
from congkhai.cli import main
raise SystemExit(main(["build"]))
"""


def build(folder: Path, prelude: str) -> dict[str, bytes]:
    """Build the smallest sound data by the command of staff; the site's files by name."""
    folder.mkdir()
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "content", folder / "content")
    for name in ("hooks", "theme"):
        (folder / name).symlink_to(ROOT / name)
    done = subprocess.run(
        [sys.executable, "-c", prelude + FEW_COMMUNES + BUILD],
        cwd=folder,
        env={**os.environ, "PLANS_DIR": str(MINIMAL), "AS_OF": AS_OF.isoformat()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    return {
        str(path.relative_to(site)): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_site_built_without_unix_has_the_same_bytes(tmp_path: Path) -> None:
    """`congkhai build`: checks, pages, search index and publishing, with Windows' locks."""
    site = build(tmp_path / "windows", WITHOUT_UNIX)
    assert len(site) > 200
    assert site == build(tmp_path / "unix", "")
