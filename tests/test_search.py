"""Search, as people in Viet Nam type: every query of two lists, and what a search costs.

`data/queries.tsv` was written by those who asked for the search, `data/more-queries.tsv`
by those who made it. `address`: where the reader wants to get; several, when each is to
be among the first results; one that names a folder of pages is met by any page in it.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from conftest import ROOT, Visit
from playwright.sync_api import Browser, Page

DATA = ROOT / "tests" / "data"
FOLDERS = ("ke-hoach/", "dia-phuong/", "chuong-trinh/")
SEATS = 3
"""Within how many results the page has to be."""
SESSION = 150_000
FINDER = 30_000


def read_queries() -> Iterator[tuple[str, str, str]]:
    """(query, kind, addresses) of both lists."""
    for name in ("queries.tsv", "more-queries.tsv"):
        with (DATA / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row["query"], row["kind"], row["address"]


def ask(page: Page, server: str, query: str) -> list[list[str]]:
    """The links of each of the first results, as addresses from the root."""
    page.goto(f"{server}/tim-kiem/?q={quote(query)}")
    page.locator("#search-status:not(:empty)").filter(has_not_text="Đang tìm…").wait_for()
    links = page.eval_on_selector_all(
        "#search-results > li", "items => items.map(item => [...item.querySelectorAll('a')].map(link => link.href))"
    )
    return [[link.removeprefix(f"{server}/") for link in result] for result in links[:SEATS]]


def leads_to(link: str, wanted: str) -> bool:
    """A page is met by any place in it, a folder by any page in it, a place only by itself."""
    if wanted in FOLDERS:
        return link.startswith(wanted)
    return link == wanted or (wanted.endswith("/") and link.partition("#")[0] == wanted)


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """One page on which one query is asked after the other, as a reader does."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(("query", "kind", "addresses"), list(read_queries()))
def test_a_query_leads_to_its_page(desk: Page, server: str, query: str, kind: str, addresses: str):
    results = ask(desk, server, query)
    if not addresses:
        assert desk.locator("#search-status").inner_text().startswith("Không")
    for wanted in addresses.split():
        assert any(leads_to(link, wanted) for result in results for link in result), results


def test_a_word_that_stands_nowhere_is_named(desk: Page, server: str):
    ask(desk, server, "nam sach xyzabc")
    assert "xyzabc" in desk.locator("#search-status").inner_text()


def test_exact_diacritics_come_before_folded_ones(desk: Page, server: str):
    """Cẩm Giang and Cẩm Giàng are two communes of Hải Phòng."""
    assert "cam-giang" in ask(desk, server, "xã Cẩm Giang")[0][0]
    first, second = (ask(desk, server, name)[0][0] for name in ("Cẩm Giang", "Cẩm Giàng"))
    assert first != second


def test_a_result_leads_to_the_item_and_shows_its_words(desk: Page, server: str):
    ask(desk, server, "hộ nghèo 2,87%")
    passage = desk.locator(".passage").first
    assert passage.locator("mark").all_inner_texts()
    assert "#" in passage.locator("a.clause").get_attribute("href")


def test_a_search_session_is_at_most_150_kb(browser: Browser, server: str):
    """Compressed: the page, the first query, opening one result. Before it, nothing of the index."""
    page = browser.new_page()
    loaded: dict[str, bytes] = {}
    page.on("requestfinished", lambda request: loaded.setdefault(request.url, request.response().body()))
    page.goto(f"{server}/tim-kiem/", wait_until="networkidle")
    assert not [url for url in loaded if "pagefind" in url or url.endswith(".json")]
    page.locator("#q").fill("nam sach")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    page.locator("#search-results a").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("#search-results a").first.click()
    page.wait_for_load_state("networkidle")
    page.close()
    weights = {url.removeprefix(server): len(gzip.compress(body, 9)) for url, body in loaded.items()}
    assert sum(weights.values()) <= SESSION, weights


def test_the_finder_loads_on_first_use_and_is_light(visit: Visit, server: str):
    page = visit("", 1280)
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.locator("#q-home").fill("nam s")
    page.locator("[role=option]").first.wait_for()
    assert "xã Nam Sách, thành phố Hải Phòng" in page.locator("[role=option]").all_inner_texts()
    body = page.request.get(f"{server}/assets/dia-phuong.json").body()
    assert len(gzip.compress(body)) <= FINDER
    assert f"{server}/assets/dia-phuong.json" in asked
