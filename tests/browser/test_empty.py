"""A site can be set up before there is a plan: it builds, and its search answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import RunMkDocs, Serve
from congkhai.data.folder import REGISTERS
from tests.cases import MINIMAL


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Localities, and nothing else."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in REGISTERS:
        (folder / name).write_text("{}\n", "utf-8")
    (folder / "localities.yml").write_bytes((MINIMAL / "localities.yml").read_bytes())
    return folder


def test_a_site_without_a_plan_is_built_and_searched(
    plans: Path, tmp_path: Path, run_mkdocs: RunMkDocs, serve: Serve, browser: Browser
):
    done = run_mkdocs("build", "--strict", "--site-dir", tmp_path / "site", PLANS_DIR=plans)
    assert done.returncode == 0, done.stdout + done.stderr
    server = serve(tmp_path / "site")
    page = browser.new_page()
    for query, answer in (("nam sach", "kết quả"), ("qqqq", "Không tìm thấy")):
        page.goto(f"{server}/tim-kiem/?q={query}")
        page.locator("#search-status").filter(has_text=answer).wait_for(timeout=10_000)
    page.close()
