"""Material ends in May 2027, and MkDocs 1.x with it: the site builds the same under ProperDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import DATA, ROOT, both_sites
from congkhai.build.manifest import MANIFEST
from tests.demo.history.history import make_repository


@both_sites
def test_the_site_is_the_same_under_properdocs(
    site: Path, data: Path, tmp_path: Path, mkdocs_environment: dict[str, str]
):
    if data == DATA["demo"]:
        data = make_repository(tmp_path / "past")
    other = tmp_path / "site"
    configuration = ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(other)]
    done = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", *configuration],
        cwd=ROOT,
        env=mkdocs_environment | {"PLANS_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    one, two = (
        {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file() and file.name != MANIFEST
        }
        for folder in (site, other)
    )
    assert len(one) > 100
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
