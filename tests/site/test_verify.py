"""Anybody can build a published site again and see that it is what its sources make."""

from __future__ import annotations

import functools
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import ROOT, QuietServer, RunMkDocs
from congkhai.build.manifest import MANIFEST

PLANS = ROOT / "tests" / "cases" / "valid" / "minimal"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    done = run_mkdocs(
        "build",
        "--site-dir",
        folder,
        PLANS_DIR=PLANS,
        AS_OF="2028-06-30",
        SITE_URL="https://kehoach.example/",
    )
    assert done.returncode == 0, done.stderr
    return folder


def run_verify(place: object) -> subprocess.CompletedProcess[str]:
    """Judged on another day, at another address than the published site: its manifest decides."""
    return subprocess.run(
        [sys.executable, "-m", "congkhai", "verify", str(place)],
        cwd=ROOT,
        env=os.environ
        | {
            "PLANS_DIR": str(PLANS),
            "AS_OF": "2031-01-01",
            "SITE_URL": "https://elsewhere.example/",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_is_what_its_sources_make(published: Path):
    done = run_verify(published)
    assert (done.returncode, done.stdout) == (0, "Giống hệt bản dựng lại, từng byte.\n"), (
        done.stderr
    )


def test_the_manifest_says_what_the_site_was_built_from(published: Path):
    manifest = json.loads((published / MANIFEST).read_bytes())
    git = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    assert manifest["as_of"] == "2028-06-30"
    assert manifest["url"] == "https://kehoach.example/"
    assert {manifest["commit"], manifest["data"]} <= {git.stdout.strip(), None}, (
        "null while files differ from the commit"
    )


def test_a_site_is_compared_over_the_network_too(published: Path):
    handler = functools.partial(QuietServer, directory=str(published))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        done = run_verify(f"http://127.0.0.1:{http.server_port}")
        http.shutdown()
    assert (done.returncode, done.stdout) == (0, "Giống hệt bản dựng lại, từng byte.\n"), (
        done.stderr
    )


def test_every_difference_is_named(published: Path, tmp_path: Path):
    site = Path(shutil.copytree(published, tmp_path / "site"))
    (site / "index.html").write_text("Không hứa gì cả.", "utf-8")
    (site / "robots.txt").unlink()
    (site / "them.html").write_text("", "utf-8")
    manifest = json.loads((site / MANIFEST).read_bytes())
    manifest["files"]["sitemap.xml"] = "0" * 64
    manifest["commit"] = "f" * 40
    (site / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    done = run_verify(site)
    assert done.returncode == 1
    source, *lines = done.stdout.splitlines()
    assert source.startswith(f"mã nguồn: trang dựng từ {'f' * 40}, ở đây là ")
    assert lines == [
        "sitemap.xml: khác bản dựng lại",
        "index.html: nội dung khác mã băm trong manifest.json",
        "robots.txt: không đọc được ở nơi công bố",
        "sitemap.xml: nội dung khác mã băm trong manifest.json",
        "them.html: thừa, không có trong manifest.json",
        "",
        "6 chỗ khác.",
    ]


def test_a_connection_that_is_cut_is_said_to_be():
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        done = run_verify(f"http://127.0.0.1:{server.getsockname()[1]}/")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "không mở được" in done.stderr.lower()


@pytest.mark.parametrize("place", ["nowhere", "tests", "https://127.0.0.1:9/", "http://[bad"])
def test_what_is_no_site_of_ours_cannot_be_compared(place: str):
    done = run_verify(place)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "không có manifest.json" in done.stderr.lower() or "không mở được" in done.stderr.lower()
