"""No page is longer on a phone than a reader scrolls: in both sites, and of 150 plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.bench.generate import generate
from tests.conftest import DATA, Visit

WIDTH, SCREEN, MOST_SCREENS = 360, 740, 12
EACH = 3
"""Pages of each kind that are measured: the heaviest."""


def kind_of(address: str) -> str:
    """Tell pages of one kind from others by where they stand: dia-phuong/…/…."""
    parts = address.split("/")
    return f"{parts[0]}/{len(parts)}"


def pages_to_measure(site: Path) -> Iterator[str]:
    """Yield the addresses of the heaviest pages of each kind."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for file in site.rglob("index.html"):
        address = file.parent.relative_to(site).as_posix().removeprefix(".")
        address = f"{address}/" if address else ""
        kinds.setdefault(kind_of(address), []).append((file.stat().st_size, address))
    for pages in kinds.values():
        yield from (address for _, address in sorted(pages, reverse=True)[:EACH])


def is_measured_elsewhere(address: str) -> bool:
    """Say whether a page is of a plan: how long it may be is promised with what it holds."""
    return address.startswith("ke-hoach/") and address != "ke-hoach/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTH, "height": SCREEN})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("data", ["real", "demo", "150 plans"])
def test_no_page_is_longer_than_twelve_screens(
    data: str, phone: Page, build_site: Callable[[Path], Path], tmp_path: Path
):
    if data in DATA:
        folder = DATA[data]
    else:
        folder = tmp_path / "plans"
        generate(150, folder)
    site = build_site(folder)
    screens = {}
    for address in pages_to_measure(site):
        if not is_measured_elsewhere(address):
            phone.goto(f"file://{site}/{address}index.html")
            height = phone.evaluate("document.documentElement.scrollHeight")
            screens[address] = round(height / SCREEN, 1)
    assert len(screens) > 15
    assert {address: high for address, high in screens.items() if high > MOST_SCREENS} == {}


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_units_are_sorted_by_a_column_and_turned_around(visit: Visit):
    page = visit("don-vi/", WIDTH)
    rows = page.locator("table[data-sortable] tbody tr")
    names = rows.locator("th a").all_inner_texts()

    def led() -> list[int]:
        return [int(text) for text in rows.locator("td:nth-child(2)").all_inner_texts()]

    page.get_by_role("button", name="Chủ trì").click()
    assert led() == sorted(led(), reverse=True) and led()[0] > 0
    page.get_by_role("button", name="Chủ trì").click()
    assert led() == sorted(led())
    page.get_by_role("button", name="Cơ quan").click()
    assert rows.locator("th a").all_inner_texts() == names


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_tile_leads_to_its_province(visit: Visit):
    page = visit("dia-phuong/", WIDTH)
    page.locator('.picture a[href$="lai-chau/"]').click()
    assert page.locator("h1").inner_text() == "Tỉnh Lai Châu"


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_long_page_opens_where_an_address_points(visit: Visit):
    page = visit("phuong-phap/", WIDTH)
    folds = page.locator(".prose > details.fold")
    assert folds.count() > 3 and page.locator(".prose > details[open]").count() == 0
    anchor = folds.nth(2).locator("h2").get_attribute("id")
    page = visit(f"phuong-phap/#{anchor}", WIDTH)
    assert page.locator(".prose > details[open] h2").get_attribute("id") == anchor


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_phone_compares_one_group_at_a_time(visit: Visit):
    plans = "a=hai-phong/xa-nam-sach/ascc-2026-2030&b=lai-chau/ascc-2026-2030"
    page = visit(f"so-sanh/?{plans}", WIDTH)
    groups = page.locator("#compare-table .table-group button")
    groups.first.wait_for()

    def opened() -> list[bool]:
        states = [group.get_attribute("aria-expanded") for group in groups.all()]
        shown = [
            body.locator("tr").nth(1).is_visible()
            for body in page.locator("#compare-table tbody").all()
        ]
        assert shown == [state == "true" for state in states]
        return shown

    assert opened() == [True, False, False, False]
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * SCREEN
    groups.nth(2).click()
    assert opened() == [False, False, True, False]
    groups.nth(2).click()
    assert opened() == [False] * 4
    page = visit(f"so-sanh/?{plans}", 1280)
    groups = page.locator("#compare-table .table-group button")
    groups.first.wait_for()
    assert opened() == [True] * 4
