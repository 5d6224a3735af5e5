"""A site about some provinces: communes of others without a plan are rows, and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from congkhai.build.office import Settings, write_office
from tests import cases
from tests.office import run_in

ROW = "dia-phuong/lai-chau/#xa-bum-to"
_LINK = re.compile(r"href=[\"']?([^\"'\s>]+)")


def build(repository: Path, provinces: str) -> tuple[int, str]:
    """Build the smallest data in an office's repository whose site is about `provinces`."""
    write_office(repository, Settings(url="https://kehoach.example/"))
    file = repository / "mkdocs.yml"
    text = file.read_text("utf-8")
    line = "  # provinces: [lai-chau]\n"
    assert text.count(line) == 1
    file.write_text(text.replace(line, f"  provinces: {provinces}\n"), "utf-8")
    command = ("mkdocs", "build", "--quiet", "--site-dir", "site")
    return run_in(repository, *command, PLANS_DIR=cases.MINIMAL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = tmp_path_factory.mktemp("office") / "repository"
    status, said = build(repository, "[hai-phong]")
    assert status == 0, said
    return repository / "site"


def test_communes_of_other_provinces_are_rows(site: Path):
    pages = {page.parent.name for page in site.glob("dia-phuong/*/*/index.html")}
    assert pages == {"phuong-hai-duong", "xa-nam-sach"}
    assert not list(site.glob("dia-phuong/lai-chau/*/atom.xml"))
    province = (site / "dia-phuong/lai-chau/index.html").read_text("utf-8")
    assert re.search(r'<li id="?xa-bum-to"?>\s*Xã Bum Tở', province)
    assert (site / "dia-phuong/lai-chau/atom.xml").exists()


def test_every_link_leads_to_a_page_or_a_row(site: Path):
    pages = {
        page.relative_to(site).as_posix(): page.read_text("utf-8") for page in site.rglob("*.html")
    }
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    followed = set()
    for name, text in pages.items():
        base = f"https://kehoach.example/{name}"
        for link in _LINK.findall(text):
            address = urlsplit(urljoin(base, link.replace("&amp;", "&")))
            if address.hostname != "kehoach.example" or "/vi-du" in address.path:
                continue
            target = unquote(address.path)[1:]
            file = f"{target}index.html" if not target or target.endswith("/") else target
            assert file in files, f"{name} → {link}"
            if file.startswith("dia-phuong/") and address.fragment:
                assert re.search(rf'id="?{re.escape(address.fragment)}\b', pages[file]), link
            followed.add(f"{target}#{address.fragment}" if address.fragment else target)
    assert ROW in followed


def test_the_finder_knows_the_rows(site: Path):
    provinces = json.loads(next(site.glob("assets/**/dia-phuong.json")).read_bytes())["provinces"]
    rows = [dict(zip(provinces["columns"], row, strict=True)) for row in provinces["rows"]]
    assert {row["slug"]: (row["are_rows"], row["others"]) for row in rows} == {
        "lai-chau": (True, ["xã Bum Tở"]),
        "hai-phong": (False, ["phường Hải Dương"]),
    }
    table = (site / "du-lieu/dia-phuong.csv").read_text("utf-8")
    assert f"https://kehoach.example/{ROW}" in table


def test_a_plan_has_few_files_of_its_own(site: Path):
    """With 26, 150 plans of 40 commitments and 25 reports each still fit into 20,000 files."""
    plan = "hai-phong/xa-nam-sach/ascc-2026-2030"
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    own = {name for name in files if f"{plan}/" in name or name.endswith(f"{plan}.json")}
    reports = {name for name in own if name.startswith(f"ke-hoach/{plan}/bao-cao/")}
    commitments = {f"ke-hoach/{plan}/{item}/index.html" for item in ("i.1", "ii-1", "ii-2")}
    assert commitments < own
    assert len(reports) == 2 * 2
    assert 15 < len(own - reports - commitments) <= 26


@pytest.mark.parametrize(
    ("provinces", "words"),
    [
        ("[hai-phongg]", ": extra.provinces: không có tỉnh «hai-phongg» → có phải «hai-phong»?"),
        ("hai-phong", ": extra.provinces phải là danh sách → dạng đúng: provinces: [lai-chau]"),
    ],
)
def test_a_province_that_is_none_is_told(tmp_path: Path, provinces: str, words: str):
    status, said = build(tmp_path / "repository", provinces)
    assert status == 2
    assert words in said
    assert "Traceback" not in said
