"""What a reader meets who looks for a commune: the first page, and the page of every place.

A phone's screen is 360 by 740 pixels.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

SCREEN = 740
PHONE = 360
MAX_COMMUNE_BYTES = 3100
"""Compressed; of a page that a province has a hundred of."""

Visit = Callable[[str, int], Page]


def screens(page: Page) -> float:
    return float(page.evaluate("document.documentElement.scrollHeight")) / SCREEN


def test_the_first_page_has_three_screens(visit: Visit):
    assert screens(visit("", PHONE)) <= 3


def test_the_first_page_asks_for_the_commune_before_all_else(visit: Visit):
    page = visit("", PHONE)
    box = page.locator("#q-home").bounding_box()
    topics = page.locator(".chips").bounding_box()
    record = page.locator("#tinh-hinh").bounding_box()
    assert box and topics and record
    assert box["y"] < topics["y"] < record["y"]
    assert topics["y"] + topics["height"] < SCREEN


def test_the_first_page_tells_of_a_report_that_was_due_and_not_received(visit: Visit):
    rows = visit("", PHONE).locator("#vua-qua + .rows .row")
    assert "31 tháng 10" in rows.first.inner_text().replace("\n", " ")
    assert "Tỉnh Lai Châu: báo cáo năm 2026" in rows.first.inner_text()
    assert "Trang web này chưa nhận được" in rows.first.inner_text()


def test_the_first_page_says_each_number_once(visit: Visit):
    words = visit("", PHONE).locator("main").inner_text()
    assert words.count("188 việc + 18 đề nghị") == 1
    assert words.count("5 kế hoạch") == 1


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("dia-phuong/hai-phong/xa-nam-sach/", 3.5),
        ("dia-phuong/lai-chau/xa-ban-bo/", 3),
        ("dia-phuong/hai-phong/", 7),
        ("chu-de/", 3.5),
        ("chu-de/moi-truong/", 8),
    ],
)
def test_pages_of_places_and_topics_stay_short(visit: Visit, address: str, limit: float):
    assert screens(visit(address, PHONE)) <= limit


def test_a_commune_without_a_plan_says_why_and_where_to_ask(visit: Visit):
    page = visit("dia-phuong/lai-chau/xa-ban-bo/", PHONE)
    words = page.locator("main").inner_text()
    assert "Trang web này chưa có kế hoạch nào của xã Bản Bo." in words
    assert "vẫn có thể đã ban hành kế hoạch" in words
    assert "ghi cho Ủy ban nhân dân các xã, phường 5 việc" in words
    assert page.locator("main .rows .row").count() == 5
    ask = page.locator("a", has_text="Hỏi Ủy ban nhân dân xã Bản Bo")
    assert (ask.get_attribute("href") or "").endswith("gioi-thieu/#hoi-xa")
    assert page.locator("head link[href='atom.xml']").count() == 1
    assert page.locator("head meta[name=robots]").count() == 0


def test_a_commune_of_which_nothing_is_known_is_told_to_no_search_engine(visit: Visit, site: Path):
    page = visit("dia-phuong/ca-mau/xa-dat-mui/", PHONE)
    assert page.locator("head meta[name=robots]").get_attribute("content") == "noindex"
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert "dia-phuong/ca-mau/xa-dat-mui/" not in sitemap
    assert "dia-phuong/lai-chau/xa-ban-bo/" in sitemap


def test_a_commune_leads_to_its_neighbours_with_a_plan(visit: Visit):
    words = visit("dia-phuong/hai-phong/phuong-le-chan/", PHONE).locator("main").inner_text()
    assert "đã có kế hoạch: phường Hải Dương, xã Nam Sách" in words
    assert "168/KH-UBND" in words


def test_a_commune_leads_to_the_plan_of_the_province_that_it_was_part_of(site: Path):
    page = (site / "dia-phuong" / "da-nang" / "xa-tam-xuan" / "index.html").read_text("utf-8")
    assert '<a href="../../quang-nam/">Xem 1 kế hoạch của' in page
    assert "theo Luật Tiếp cận" in page


def test_every_commune_has_a_small_page_and_a_feed(site: Path):
    pages = [
        page
        for page in sorted((site / "dia-phuong").glob("*/*/index.html"))
        if "<strong>Trang web này chưa có" in page.read_text("utf-8")
    ]
    assert len(pages) > 3300
    sizes = [len(gzip.compress(page.read_bytes(), 9)) for page in pages[::20]]
    print(f"{len(pages)} communes without a plan; {max(sizes)} bytes compressed at most")
    assert max(sizes) <= MAX_COMMUNE_BYTES
    feeds = [page.with_name("atom.xml").read_text("utf-8") for page in pages[::200]]
    assert all("<subtitle>" in feed and "<entry>" not in feed for feed in feeds)


def test_the_finder_leads_to_a_commune_without_a_plan(visit: Visit):
    page = visit("", PHONE)
    page.locator("#q-home").fill("xa ban bo")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "Xã Bản Bo" in option.inner_text() or "xã Bản Bo" in option.inner_text()
    assert "chưa có kế hoạch" in option.inner_text()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("dia-phuong/lai-chau/xa-ban-bo/")


def test_a_topic_is_a_facet_of_all_commitments(visit: Visit):
    page = visit("cam-ket/?chu-de=moi-truong", PHONE)
    page.locator("#facet-results .card").first.wait_for()
    assert "35 việc + 3 đề nghị" in page.locator("#facet-status").inner_text()


def test_a_row_that_moved_is_searched_for_by_its_name(visit: Visit):
    page = visit("dia-phuong/#huyen-kim-thanh", 360)
    page.wait_for_url("**/tim-kiem/?q=huyen+kim+thanh")
    page.locator("main").get_by_text("uyện Kim Thành").first.wait_for()


def test_a_row_that_was_published_leads_on_without_a_script(visit: Visit):
    page = visit("dia-phuong/#huyen-nam-sach", 360)
    row = page.locator("#huyen-nam-sach")
    row.wait_for()
    row.locator("a").click()
    page.wait_for_url("**/dia-phuong/hai-duong/#huyen-nam-sach")


@pytest.mark.parametrize("data", ["demo"], indirect=True)
def test_a_legend_shows_what_its_words_name(visit: Visit):
    """Coloured and of a shape of its own: empty squares alone say nothing."""
    legend = visit("dia-phuong/mau/", PHONE).locator(".legend").first
    looks = {
        sign: legend.locator(f".sign-{sign}").first.evaluate(
            "sign => { const look = getComputedStyle(sign);"
            " return `${look.backgroundColor} ${look.backgroundImage}`; }"
        )
        for sign in ("done", "doing", "overdue", "silent")
    }
    assert len(set(looks.values())) == 4, looks
