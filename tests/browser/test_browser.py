"""In a real browser, a page of each kind: a light start, and all of it without scripts.

That no page asks another host, and that no script fails, is held by the `visit` fixture.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import AS_OF, ROOT, Visit
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from tests.kinds import FRAMED, PROSE, site_pages
from tests.kinds import REAL as KINDS

PHONE, DESKTOP = 360, 1280

every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())


def test_the_list_names_every_kind_of_page():
    dataset, _ = load_dataset(ROOT / "plans")
    pages = site_pages(derive(dataset, date.fromisoformat(AS_OF)))
    templates = {Path(page.template).stem for page in pages} | PROSE
    # A picture is a file of its own, no page; test_embed.py looks at what stands in frames.
    assert templates - {"picture"} - FRAMED <= set(KINDS)


def test_an_address_cut_in_the_middle_of_a_letter_is_read(visit: Visit):
    """The fixture fails when a script does; what comes after in the script still works."""
    page = visit("dia-phuong/#%", PHONE)
    page.goto(f"{page.url.partition('dia-phuong')[0]}#xa-%E1%BB")
    page.locator("input[data-finder]").fill("nam sach")
    page.locator("[role=option]").first.wait_for()


@pytest.mark.parametrize("data", ["demo"], indirect=True)
def test_a_replaced_plan_is_compared_under_its_title(visit: Visit):
    page = visit(
        "so-sanh/?a=mau/xa-binh-mau/so-nuoc-2024-2025&b=mau/phuong-trung-mau/so-nuoc-2025-2028",
        DESKTOP,
    )
    page.locator("#compare-status").filter(has_text="2 kế hoạch").wait_for()
    chosen = page.eval_on_selector("select[name=a]", "list => list.selectedOptions[0].text")
    assert chosen == page.locator("#compare-table th a").first.inner_text()


@every_kind
def test_the_first_view_is_at_most_60_kb(browser: Browser, server: str, address: str):
    """Compressed, with all that the page asks for before its reader does anything."""
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    bodies: list[bytes] = []
    page.on("requestfinished", lambda request: bodies.append(request.response().body()))
    page.goto(f"{server}/{address.partition('?')[0]}", wait_until="networkidle")
    page.close()
    assert len(bodies) > 1
    assert sum(len(gzip.compress(body)) for body in bodies) <= 60_000


@pytest.fixture(scope="module")
def page_without_scripts(browser: Browser) -> Iterator[Page]:
    """Open one tab for all pages: a new one costs a browser many times what a page does."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@every_kind
def test_the_content_is_there_without_scripts(
    page_without_scripts: Page, server: str, address: str
):
    """What a reader without scripts is shown is what is in the HTML: the heading and the text."""
    page = page_without_scripts
    page.goto(f"{server}/{address}")
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 100
