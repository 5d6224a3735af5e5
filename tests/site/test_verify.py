"""Anybody can build a published site again and see that it is what its sources make."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import ROOT, SMALL, QuietServer, RunMkDocs
from congkhai.build import verify as verifying
from congkhai.build.manifest import MANIFEST
from congkhai.build.published_site import VerifyError

AGE = "Trang xét đến ngày 30/6/2028 (915 ngày trước; có thể trang đã ngừng cập nhật)."


class CarefulServer(QuietServer):
    """Sends the headers of the site, and lists no folder."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(404)


@contextmanager
def serve(folder: Path, handler: type[QuietServer] = CarefulServer) -> Iterator[str]:
    """Serve a site on this machine, at an address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    done = run_mkdocs("build", "--site-dir", folder, **SMALL, SITE_URL="https://kehoach.example/")
    assert done.returncode == 0, done.stderr
    return folder


def run_verify(place: object) -> subprocess.CompletedProcess[str]:
    """Judged on another day, at another address than the published site: its manifest decides."""
    return subprocess.run(
        [sys.executable, "-m", "congkhai", "verify", str(place)],
        cwd=ROOT,
        env=os.environ
        | {
            "PLANS_DIR": str(SMALL["PLANS_DIR"]),
            "AS_OF": "2031-01-01",
            "SITE_URL": "https://elsewhere.example/",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_is_what_its_sources_make(published: Path):
    done = run_verify(published)
    assert (done.returncode, done.stdout) == (
        0,
        f"{AGE}\nTrang web đã công bố giống hệt bản tạo lại từ dữ liệu này.\n",
    ), done.stderr


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
    with serve(published) as address:
        done = run_verify(address)
    assert (done.returncode, done.stdout) == (
        0,
        f"{AGE}\nTrang web đã công bố giống hệt bản tạo lại từ dữ liệu này.\n",
    ), done.stderr


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
    age, source, *lines = done.stdout.splitlines()
    assert age == AGE
    assert source.startswith(f"mã nguồn: trang công bố tạo từ bản {'f' * 40}, máy này đang có ")
    assert lines == [
        "sitemap.xml: khác bản dựng lại",
        "index.html: nội dung khác mã băm trong manifest.json",
        "robots.txt: không đọc được ở nơi công bố",
        "sitemap.xml: nội dung khác mã băm trong manifest.json",
        "them.html: thừa, không có trong manifest.json",
        "",
        "6 chỗ khác.",
    ]


def test_what_is_not_saved_is_named_before_the_verdict(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Edits that git has not are compared as well, and the way to compare without them is whole."""
    office = tmp_path / "kho"
    (office / "plans").mkdir(parents=True)
    names = [f"{number}.yml" for number in range(7)]
    for name in names:
        (office / "plans" / name).write_text("{}", "utf-8")
    git = ["git", "-C", str(office), "-c", "user.name=a", "-c", "user.email=a@example.vn"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Lưu"]):
        subprocess.run([*git, *command], check=True)
    monkeypatch.chdir(office)
    monkeypatch.setenv("AS_OF", "2031-01-01")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    monkeypatch.setattr(
        verifying, "_build", lambda again, published: shutil.copytree(site, again) and None
    )
    site = Path(shutil.copytree(published, tmp_path / "site"))
    manifest = json.loads((site / MANIFEST).read_bytes())

    def verify(commit: str | None) -> verifying.Verification:
        (site / MANIFEST).write_text(json.dumps(manifest | {"data": commit}), "utf-8")
        return verifying.verify(str(site))

    assert verify("f" * 40).statements == [AGE]
    (told,) = verify(None).statements[1:]
    assert told.startswith("Trang công bố được tạo khi dữ liệu có chỗ chưa lưu vào git")
    for name in names[1:]:
        (office / "plans" / name).write_text("{} # sửa", "utf-8")
    (office / "plans" / "mới.yml").write_text("{}", "utf-8")
    told, _ = verify(None).statements[1:]
    assert told == (
        "Đang so với dữ liệu trên máy này, kể cả 7 tệp chưa lưu vào git: plans/1.yml, plans/2.yml,"
        " plans/3.yml, plans/4.yml, plans/5.yml và 2 tệp nữa."
    )


def test_how_to_compare_without_what_is_not_saved_is_said():
    """`git checkout` alone would refuse, or take the edits along."""
    (told,) = verifying._compare_origins(
        {"commit": None, "data": "a1"}, {"commit": None, "data": None}
    )
    steps = ["git stash --include-untracked", "git checkout a1", "git switch -", "git stash pop"]
    assert [told.index(step) for step in steps] == sorted(told.index(step) for step in steps)
    (told,) = verifying._compare_origins(
        {"commit": None, "data": "a1"}, {"commit": None, "data": "b2"}
    )
    assert "stash" not in told


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


# ------------------------------------------------- what a host could do to readers


@pytest.fixture
def copy(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the site to be spoilt; the build again is the site as it was."""

    def build(target: Path, manifest: object) -> None:
        shutil.copytree(published, target)

    monkeypatch.setattr(verifying, "_build", build)
    monkeypatch.setenv("AS_OF", "2028-07-03")
    return Path(shutil.copytree(published, tmp_path / "site"))


def differences(folder: Path, handler: type[QuietServer] = CarefulServer) -> list[str]:
    """Return what is told of a site that a server of this kind publishes."""
    with serve(folder, handler) as address:
        return verifying.verify(address).differences


def test_a_site_that_is_served_as_it_is_has_no_difference(copy: Path):
    assert differences(copy) == []


def test_the_age_of_a_site_is_said(copy: Path, monkeypatch: pytest.MonkeyPatch):
    assert verifying.verify(str(copy)).statements == [
        "Trang xét đến ngày 30/6/2028 (3 ngày trước)."
    ]
    monkeypatch.setenv("AS_OF", "2028-06-29")
    assert "1 ngày sau hôm nay" in verifying.verify(str(copy)).statements[0]


def test_headers_that_are_stripped_are_told(copy: Path):
    class Bare(CarefulServer):
        def end_headers(self) -> None:
            super(QuietServer, self).end_headers()

    told = differences(copy, Bare)
    assert len(told) == 5
    assert any(line.startswith("content-security-policy: máy chủ không gửi") for line in told)


def test_a_type_that_a_browser_would_not_run_is_told(copy: Path):
    class Wrong(CarefulServer):
        extensions_map = {**QuietServer.extensions_map, ".js": "text/plain"}  # noqa: RUF012

    told = differences(copy, Wrong)
    assert len(told) == 1
    assert told[0].endswith("máy chủ gửi kiểu «text/plain», dạng đúng: text/javascript")


def test_other_content_for_other_software_is_told(copy: Path):
    class TwoFaced(CarefulServer):
        def do_GET(self) -> None:  # noqa: N802
            if "Googlebot" in self.headers["User-Agent"] and self.path == "/":
                self.path = "/404.html"
            super().do_GET()

    assert differences(copy, TwoFaced) == [
        "index.html: máy tìm kiếm nhận nội dung khác trình duyệt máy tính"
    ]


def test_a_host_that_leads_to_another_is_told_and_not_followed(copy: Path):
    class Leading(CarefulServer):
        def do_GET(self) -> None:  # noqa: N802
            if self.path != "/robots.txt":
                super().do_GET()
                return
            self.send_response(302)
            self.send_header("Location", "http://evil.example/robots.txt")
            self.end_headers()

    assert "robots.txt: nơi công bố dẫn sang nơi khác: http://evil.example/robots.txt" in (
        differences(copy, Leading)
    )


def test_a_manifest_that_is_elsewhere_is_not_read(copy: Path):
    class Moved(CarefulServer):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(301)
            self.send_header("Location", "https://evil.example/")
            self.end_headers()

    with pytest.raises(VerifyError, match=r"dẫn sang nơi khác: https://evil\.example/"):
        differences(copy, Moved)


@pytest.mark.parametrize(
    "name", ["//evil.example/x", "https://evil.example/x", "../x", "/x", "a/../../x", "a\\b", "x?y"]
)
def test_a_name_that_is_not_a_plain_one_is_not_asked_for(copy: Path, name: str):
    manifest = json.loads((copy / MANIFEST).read_bytes())
    manifest["files"][name] = "0" * 64
    (copy / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    for told in (differences(copy), verifying.verify(str(copy)).differences):
        assert [line for line in told if "không mở" in line and name in line]
        assert not [line for line in told if f"{name}: nội dung" in line]


def test_pages_that_the_manifest_does_not_name_are_found(copy: Path):
    """Linked to, in the site's map, at a likely address, or in a folder that is listed."""
    (copy / "admin").mkdir()
    (copy / "admin" / "index.html").write_text("x", "utf-8")
    (copy / "an.html").write_text("x", "utf-8")
    (copy / "trong.html").write_text("x", "utf-8")
    (copy / "assets" / "la.js").write_text("x", "utf-8")
    page = copy / "ke-hoach" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", '<a href="../an.html">x</a></body>'))
    told = differences(copy, QuietServer)
    for name in ("admin/", "an.html", "assets/", "assets/la.js"):
        assert f"{name}: nơi công bố có, manifest.json không có" in told
    assert "trong.html: nơi công bố có, manifest.json không có" not in told, "nothing leads there"


def test_a_host_that_answers_for_every_address_is_told(copy: Path):
    class Catching(CarefulServer):
        def send_error(self, code: int, message: str | None = None, explain: str | None = None):
            self.path = "/404.html"
            self.do_GET()

    assert any("cho địa chỉ không có" in line for line in differences(copy, Catching))


def test_the_address_that_a_site_gives_itself_is_compared(copy: Path):
    """Not on this machine, where a site is tried before it is published."""
    site = verifying.OnlineSite("https://ban-sao.example")
    told = list(verifying._compare_address(site, "https://kehoach.example/"))
    assert told == [
        "manifest.json: trang ghi địa chỉ của mình là https://kehoach.example/,"
        " nhưng đang mở ở https://ban-sao.example/"
    ]
    assert not list(verifying._compare_address(site, "https://ban-sao.example/"))
