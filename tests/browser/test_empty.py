"""A site can be set up before there is a plan: it builds, and its search answers."""

from __future__ import annotations

import functools
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import QuietServer, RunMkDocs
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
    plans: Path, tmp_path: Path, run_mkdocs: RunMkDocs, browser: Browser
):
    done = run_mkdocs("build", "--strict", "--site-dir", tmp_path / "site", PLANS_DIR=plans)
    assert done.returncode == 0, done.stdout + done.stderr
    handler = functools.partial(QuietServer, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        page = browser.new_page()
        for query, answer in (("nam sach", "kết quả"), ("qqqq", "Không tìm thấy")):
            page.goto(f"http://127.0.0.1:{http.server_port}/tim-kiem/?q={query}")
            page.locator("#search-status").filter(has_text=answer).wait_for(timeout=10_000)
        page.close()
        http.shutdown()
