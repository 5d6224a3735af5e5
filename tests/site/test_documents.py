"""The page of a cited document says no more than is known; a plan's page links to what is there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import RunMkDocs
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from tests.cases import MINIMAL, lay_out
from tests.kinds import FRAMED, site_pages

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
CITED = (
    "  - {{document: 155-qd-ttg-2026, relation: basis, printed: Quyết định số {}, at: preamble}}\n"
)


def build(folder: Path, run_mkdocs: RunMkDocs, *numbers: str) -> Path:
    """Build the site of the smallest data folder; its plan cites a decision under these numbers."""
    plans = lay_out(MINIMAL, folder)
    plan = plans / PLAN / "plan.yml"
    plan.write_text(
        plan.read_text("utf-8").replace(
            "preamble:\n",
            "".join(CITED.format(number) for number in numbers)
            + "preamble:\n"
            + f"  - Căn cứ {', '.join(f'Quyết định số {number}' for number in numbers)}.\n",
            1,
        ),
        "utf-8",
    )
    for number in numbers:
        if not number.startswith("155"):
            with plan.open("a", encoding="utf-8") as file:
                file.write(
                    "  - {at: preamble, kind: conflict, differs: cites,"
                    f" printed: {number}, text: Có thể in sai số.}}\n"
                )
    documents = plans / "documents.yml"
    target = (
        "{measure: hieu-biet-co-ban-asean, printed: trên 90%, comparator: '>', value: 90, unit:"
        " '%', by: 2030-06-15, source: {title: Nguồn}}"
    )
    documents.write_text(
        documents.read_text("utf-8").replace("  items:\n", f"  targets: [{target}]\n  items:\n", 1),
        "utf-8",
    )
    done = run_mkdocs("build", "--site-dir", folder / "site", PLANS_DIR=plans, AS_OF="2028-06-30")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_what_has_moved_is_not_in_the_sitemap(tmp_path: Path, run_mkdocs: RunMkDocs):
    """Nor what says nothing: topics without a plan, a commune of which nothing is known."""
    plans = lay_out(MINIMAL, tmp_path)
    plan = plans / PLAN / "plan.yml"
    plan.write_text(
        plan.read_text("utf-8") + "former_paths: [hai-phong/xa-nam-sach/ascc-2026]\n", "utf-8"
    )
    site = tmp_path / "site"
    done = run_mkdocs("build", "--site-dir", site, PLANS_DIR=plans, AS_OF="2028-06-30")
    assert done.returncode == 0, done.stdout + done.stderr
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    home, *others = sorted(re.findall("<loc>(.*?)</loc>", sitemap))
    listed = {"", *(address.removeprefix(home) for address in others)}
    pages = {
        page.relative_to(site).as_posix().removesuffix("index.html")
        for page in site.rglob("*.html")
        if site / "nhung" not in page.parents  # frames of other sites, found on their pages
    }
    moved = {page for page in pages if page.startswith("ke-hoach/hai-phong/xa-nam-sach/ascc-2026/")}
    assert {page.replace("ascc-2026/", "ascc-2026-2030/") for page in moved} == {
        page for page in pages if page.startswith(f"ke-hoach/{PLAN}/")
    }
    site_model = derive(load_dataset(plans)[0], date(2028, 6, 30))
    about = {topic.address for topic in site_model.topics.values() if not topic.plans}
    about |= {"404.html", "dia-phuong/lai-chau/xa-bum-to/"}
    assert pages - listed == moved | about
    assert listed <= pages
    unlisted = {
        page.address
        for page in site_pages(site_model)
        if not page.listed and Path(page.template).stem not in FRAMED | {"picture"}
    }
    assert unlisted == about


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    return build(tmp_path_factory.mktemp("small"), run_mkdocs, "155/QĐ-TTg", "155/QĐ-TTG")


def test_numbers_that_differ_in_capitals_alone_are_one_number(site: Path):
    assert "ghi số khác nhau" not in (site / "van-ban/155-qd-ttg-2026/index.html").read_text(
        "utf-8"
    )


def test_the_first_way_of_writing_a_number_is_shown_beside_another(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    page = (
        build(tmp_path, run_mkdocs, "155/QĐ-TTg", "155/QĐ-TTG", "551/QĐ-TTg")
        / "van-ban/155-qd-ttg-2026/index.html"
    ).read_text("utf-8")
    assert "“155/QĐ-TTg”, “551/QĐ-TTg”" in page
    assert "cùng ngày, cùng cơ quan" not in page, "nobody has compared them"


def test_a_whole_date_is_no_year(site: Path):
    page = (site / "van-ban/155-qd-ttg-2026/index.html").read_text("utf-8")
    assert "đến ngày 15/6/2030" in page


def test_a_plan_links_to_no_file_that_is_not_there(site: Path):
    """From its summary, from its full text, from the page of any of its commitments."""
    folder = site / "ke-hoach" / PLAN
    links = {
        (page.parent / link).resolve()
        for page in folder.rglob("index.html")
        for link in re.findall(r'href="([^":#]+\.(?:txt|yml|csv))"', page.read_text("utf-8"))
    }
    assert (folder / "plan.yml").resolve() in links
    assert [link for link in links if not link.is_file()] == []
