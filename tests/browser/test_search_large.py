"""The search of more plans than are read at once: true counts, all results, names of many places.

Sixty made-up plans of the benchmark, one to three in each province; what is found is held against
the provisions as they lie beside the plans' pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from conftest import AS_OF, RunMkDocs, Serve
from congkhai.text.search_words import pairs, search_words
from congkhai.text.vietnamese import fold
from tests.bench.generate import generate
from tests.browser.test_search import ask, weigh
from tests.search_names import read_names

MATTER = "hộ nghèo"
PLANS = 60
LONG = ("điện", "bơi", "lâm", "hồng", "phú", "sơn", "thạnh", "bình", "tây", "ninh", "hưng", "lộc")
"""Syllables of many places, each in a file of its own."""
WORDS_OF_EVERY_PLAN = {"cua", "cam", "ban", "van", "ke", "trang", "tai", "trong", "viec"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    folder = tmp_path_factory.mktemp("large")
    generate(PLANS, folder / "plans")
    done = run_mkdocs(
        "build", "--site-dir", folder / "site", PLANS_DIR=folder / "plans", AS_OF=AS_OF
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def large_server(site: Path, serve: Serve) -> str:
    return serve(site)


@pytest.fixture(scope="module")
def search_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def provisions(site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each provision that has the matter, with the address of its plan."""
    (wanted,) = pairs(search_words(MATTER).line)
    for file in site.glob("ke-hoach/**/muc.json"):
        table = json.loads(file.read_text("utf-8"))["provisions"]
        for row in table["rows"]:
            provision = dict(zip(table["columns"], row, strict=True))
            if wanted in pairs(search_words(f"{provision['text']} {provision['meant']}").line):
                yield f"{file.parent.relative_to(site).as_posix()}/", provision


def number_in(text: str) -> int:
    """Read the first number of a text."""
    found = re.search(r"\d[\d.]*", text)
    assert found, text
    return int(found[0].replace(".", ""))


def test_every_plan_that_has_the_words_is_counted_and_can_be_loaded(
    search_page: Page, large_server: str, site: Path
):
    found = list(provisions(site))
    plans = {plan for plan, _ in found}
    assert len(plans) > 40
    ask(search_page, large_server, MATTER)
    status = search_page.locator("#search-status").inner_text()
    assert f"{len(found)} đoạn trong {len(plans)} văn bản" in status
    total = number_in(status)
    results, more = search_page.locator("#search-results > li"), search_page.locator("#search-more")
    shown = results.count()
    while more.is_visible():
        assert number_in(more.inner_text()) == total - shown
        more.click()
        assert results.count() > shown
        shown = results.count()
    assert shown == total
    links = search_page.eval_on_selector_all(
        "#search-results > li h2 a", "links => links.map(link => link.href)"
    )
    assert plans <= {link.removeprefix(f"{large_server}/") for link in links}


def test_facets_ask_for_a_province_and_count_its_commitments(
    search_page: Page, large_server: str, site: Path
):
    ask(search_page, large_server, MATTER)
    if search_page.locator("#refine[open]").count() == 0:
        search_page.locator("#refine summary").click()
    status = search_page.locator("#refine-status")
    status.filter(has_text="Chọn tỉnh").wait_for()
    counts: dict[str, int] = {}
    for plan, provision in provisions(site):
        if provision["kind"] and provision["kind"] != "objective":
            province = plan.split("/")[1]
            counts[province] = counts.get(province, 0) + 1
    province = max(counts, key=lambda one: counts[one])
    option = search_page.locator(f"select[name=tinh] option[value={province}]")
    plans = {plan for plan, _ in provisions(site) if plan.split("/")[1] == province}
    assert re.match(r"(Tỉnh|Thành phố) ", option.inner_text())
    assert number_in(option.inner_text().rpartition("(")[2]) == len(plans)
    search_page.locator("select[name=tinh]").select_option(province)
    status.filter(has_text="Lọc trong").wait_for()
    assert number_in(status.inner_text()) == counts[province]
    search_page.go_back()
    status.filter(has_text="Chọn tỉnh").wait_for()


@pytest.fixture(scope="module")
def province_server(
    tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs, serve: Serve
) -> str:
    """Serve the plans of 45 places of one province."""
    folder = tmp_path_factory.mktemp("province")
    generate(45, folder / "plans", "phu-tho")
    done = run_mkdocs(
        "build", "--site-dir", folder / "site", PLANS_DIR=folder / "plans", AS_OF=AS_OF
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return serve(folder / "site")


def test_of_a_frequent_word_a_province_asks_for_a_place(browser: Browser, province_server: str):
    """Of 45 plans only that of the place chosen is read, and what is on the screen."""
    page = browser.new_page()
    ask(page, province_server, "thực hiện")
    page.locator("#refine summary").click()
    status = page.locator("#refine-status")
    status.filter(has_text="Chọn tỉnh").wait_for()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("select[name=tinh]").select_option("phu-tho")
    status.filter(has_text="Chọn địa phương").wait_for()
    assert number_in(status.inner_text()) == 45
    page.wait_for_load_state("networkidle")
    option = page.locator("select[name=noi] option").nth(2)
    place = option.get_attribute("value")
    page.locator("select[name=noi]").select_option(place)
    status.filter(has_text="thuộc 1 kế hoạch").wait_for()
    page.wait_for_load_state("networkidle")
    assert any(f"/ke-hoach/{place}/" in url for url in asked)
    assert len(asked) <= 6, asked
    page.close()


FURTHER = (
    "bảo vệ môi trường",
    "người già",
    "phân loại rác ở nhà",
    "bienh dang gioi",
    "truyen thong dinh duong an tona thuc pham",
    "an tòan vệ sinh lao đông",
    "xin cấp hộ chiếu online",
    "nam sahc",
    "tổ chức thực hiện nhiệm vụ trên địa bàn",
    "học sinh nông nghiệp an ninh mạng thư viện",
    "bao nhiêu phần trăm hộ nghèo ở quảng nam",
    "thuc hien chinh sach ho tro hoc sinh co hoan canh kho khan tren dia ban xa",
    "Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh về phát triển kinh tế số, xã hội số và đô thị",
)


@pytest.mark.parametrize("query", FURTHER)
def test_a_further_search_asks_for_few_files(
    browser: Browser, large_server: str, site: Path, query: str
):
    """At most 6, and 40 KB, whatever is typed."""
    page = browser.new_page()
    ask(page, large_server, "nam sách")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, large_server, query)
    page.wait_for_load_state("networkidle")
    page.close()
    weights = weigh(site, large_server, asked)
    assert len(asked) <= 6, weights
    assert sum(weights.values()) <= 40_000, weights


def test_what_a_search_left_is_read_once_the_reader_goes_on(search_page: Page, large_server: str):
    search_page.set_viewport_size({"width": 1280, "height": 2400})
    ask(search_page, large_server, "tổ chức thực hiện nhiệm vụ trên địa bàn")
    search_page.wait_for_load_state("networkidle")
    passages = search_page.locator("#search-results > .card:has(.passage)")
    before = passages.count()
    assert before < search_page.locator("#search-results > .card").count()
    search_page.mouse.move(600, 600)
    search_page.mouse.wheel(0, 400)
    passages.nth(before).wait_for()
    search_page.set_viewport_size({"width": 1280, "height": 720})


def test_a_search_says_which_words_of_a_long_query_it_left_out(
    search_page: Page, large_server: str
):
    ask(search_page, large_server, " ".join(LONG))
    notes = search_page.locator("#search-notes").inner_text()
    (left,) = re.findall(r"chưa tra các chữ: (.+)\.", notes)
    assert 0 < len(left.split(", ")) < len(LONG)
    assert set(left.split(", ")) <= set(LONG)


def test_a_place_whose_name_has_a_word_of_every_plan_comes_first(
    search_page: Page, large_server: str, site: Path
):
    """«Cẩm Thành», «Hải Vân»: «cam», «van» beside a place mean its plan, but not in a name."""
    places = [
        page
        for page in read_names(site)
        if page.kind == "places" and WORDS_OF_EVERY_PLAN & set(fold(page.names[1]).split())
    ]
    assert len(places) > 1
    for place in places:
        (first, *_), *_ = ask(search_page, large_server, place.names[1])
        assert first.startswith(place.address.replace("dia-phuong/", "ke-hoach/")), first
