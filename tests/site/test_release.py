"""A site that does not say where it is and who runs it is built, and is not published."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_publish import assert_untouched, files, publish_site, write_configuration

from conftest import ROOT, SMALL, RunMkDocs
from congkhai.build.release import is_plain_address, missing_settings

FILLED_IN = {
    "site_url": "https://kehoach.tinh-mau.vn/",
    "extra": {"operator": "Sở Nội vụ tỉnh Mẫu", "contact": "điện thoại 0000"},
}


def build_options(tmp_path: Path, **settings: object) -> list[object]:
    return ["build", "--config-file", write_configuration(tmp_path, **settings)]


def test_without_address_and_operator_a_site_is_built_with_a_loud_warning(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    done = run_mkdocs(*build_options(tmp_path), "--strict", "--quiet", **SMALL)
    assert done.returncode == 0, done.stderr
    first, address, operator, contact = done.stderr.splitlines()
    assert first.startswith("CHÚ Ý: trang dựng ra chỉ để xem thử, chưa công bố được")
    assert 'site_url: "https://kehoach.tinh.gov.vn/"' in address and "SITE_URL=" in address
    assert "extra.operator còn trống" in operator
    assert "extra.contact còn trống" in contact
    assert "index.html" in files(tmp_path / "site")


def test_a_release_without_them_is_refused_and_the_site_stays(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    target = tmp_path / "site"
    publish_site(target, first="1")
    before = files(target)
    done = run_mkdocs(*build_options(tmp_path), **SMALL, RELEASE="1")
    assert done.returncode == 2
    words = done.stdout + done.stderr
    assert "Không dựng bản để công bố (RELEASE=1)" in words
    assert all(name in words for name in ("site_url", "extra.operator", "extra.contact"))
    assert "Traceback" not in words
    assert_untouched(target, before)


@pytest.mark.parametrize("missing", ["site_url", "operator", "contact"])
def test_a_release_lacks_nothing(tmp_path: Path, run_mkdocs: RunMkDocs, missing: str):
    extra = {key: value for key, value in FILLED_IN["extra"].items() if key != missing}
    settings = {"site_url": FILLED_IN["site_url"], "extra": extra}
    if missing == "site_url":
        settings["site_url"] = "https://congkhai.example/"
    done = run_mkdocs(*build_options(tmp_path, **settings), **SMALL, RELEASE="1")
    assert done.returncode == 2
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("release", ["", "0", "1"])
def test_a_site_that_says_all_is_built_in_silence(
    tmp_path: Path, run_mkdocs: RunMkDocs, release: str
):
    options = build_options(tmp_path, **FILLED_IN)
    done = run_mkdocs(*options, "--quiet", **SMALL, RELEASE=release)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "congkhai.vn",
        "https://congkhai.example/",
        "http://localhost:8000/",
        "http://127.0.0.1/",
    ],
)
def test_what_is_no_public_address_is_told(address: str):
    assert len(list(missing_settings(None, address, "a", "b"))) == 1


def test_the_line_to_fill_in_is_named():
    told = list(missing_settings(ROOT / "mkdocs.yml", "", "", ""))
    lines = (ROOT / "mkdocs.yml").read_text("utf-8").splitlines()
    for problem, key in zip(told, ("site_url", "operator", "contact"), strict=True):
        number = int(problem.removeprefix("mkdocs.yml:").partition(":")[0])
        assert lines[number - 1].strip().startswith(f"{key}:")


@pytest.mark.parametrize(
    "address",
    [
        "http://kehoach.tinh.gov.vn/",
        "https://kehoach.tinh.gov.vn/x;}#{",
        "https://kehoach.tinh.gov.vn/'a'/",
        'https://kehoach.tinh.gov.vn/"a"/',
        "https://kehoach.tinh.gov.vn/../",
        "https://kehoach.tinh.gov.vn//a/",
        "https://kehoach.tinh.gov.vn/a b/",
        "https://kehoach.tinh.gov.vn/?a",
        "https://kehoach.tinh.gov.vn/#a",
        "https://ai@kehoach.tinh.gov.vn/",
        "https://1.2.3.4/",
        "https://tinh/",
        "https://kếhoạch.vn/",
        "https://kehoach.tinh.gov.vn/\n/",
        "ftp://kehoach.tinh.gov.vn/",
    ],
)
def test_an_address_that_is_not_plain_is_refused(
    tmp_path: Path, run_mkdocs: RunMkDocs, address: str
):
    """It would stand as it is in the sample for nginx, in `_headers` and in robots.txt."""
    assert not is_plain_address(address)
    if address.endswith(("{", "\n/")):
        done = run_mkdocs(*build_options(tmp_path, site_url=address), **SMALL)
        assert done.returncode == 2
        assert "sau tên miền chỉ có chữ không dấu" in done.stdout + done.stderr
        assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://congkhai.example/",
        "https://kehoach.tinh.gov.vn",
        "https://co-quan.github.io/ke-hoach/",
        "https://xn--khoch-5xa1f.vn/cong-khai/2026/",
        "https://kehoach.tinh.gov.vn:8443/",
    ],
)
def test_a_plain_address_is_accepted(address: str):
    assert is_plain_address(address)
