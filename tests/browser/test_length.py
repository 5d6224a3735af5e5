"""No page is longer on a phone than a reader scrolls: in both sites, and of 150 plans."""

from __future__ import annotations

import gzip
import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page as PdfPage
from playwright.sync_api import Browser, Page

from tests.bench.generate import generate
from tests.conftest import DATA, Visit

NAM_SACH = "ke-hoach/hai-phong/xa-nam-sach/ascc-2026-2030/"
DECREE_30 = """@page {size: A4; margin: 20mm 15mm 20mm 30mm} body {margin: 0}
p {font: 13pt/normal "Noto Serif"; margin: 0 0 6pt; text-indent: 1cm}"""
WIDTH, SCREEN, MOST_SCREENS = 360, 740, 12
MOST_OF_PLAN = 4
"""A plan in short; and what it promises, each on a page of its own."""
MOST_OVER_WORDS = 1.35
"""An open text against its document's words alone, which may be longer than any page should be."""
LONG = re.compile(r"/(toan-van|bao-cao/[^/]+)/$")
"""Of the pages below a plan, its text and its reports."""
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


def most_screens(address: str) -> int:
    """Say how long a page may be: a plan in short and a commitment are to be short."""
    of_plan = address.startswith("ke-hoach/") and address != "ke-hoach/"
    return MOST_OF_PLAN if of_plan and not LONG.search(address) else MOST_SCREENS


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
        phone.goto(f"file://{site}/{address}index.html")
        # A script folds long texts; those of a file are not run.
        phone.evaluate("for (const part of document.querySelectorAll('.part')) part.open = false")
        height = phone.evaluate("document.documentElement.scrollHeight")
        screens[address] = round(height / SCREEN, 1)
    assert len(screens) > 18
    too_long = {at: high for at, high in screens.items() if high > most_screens(at)}
    assert too_long == {}


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_long_text_is_folded_and_no_longer_than_its_words(visit: Visit, site: Path):
    texts = [file.parent.relative_to(site) for file in site.glob("ke-hoach/**/toan-van/index.html")]
    assert len(texts) == 5
    for address in texts:
        page = visit(f"{address.as_posix()}/", WIDTH)
        assert page.locator("details.part").count() > 2
        assert page.locator("details.part[open]").count() == 0
        page.evaluate("for (const part of document.querySelectorAll('.part')) part.open = true")
        height = "document.querySelector('[data-transcript]').scrollHeight"
        open_text = page.evaluate(height)
        page.evaluate(
            "for (const ours of document.querySelectorAll('[data-editorial]')) ours.remove()"
        )
        assert open_text < MOST_OVER_WORDS * page.evaluate(height), address


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_an_address_of_an_item_opens_its_part_of_the_text(visit: Visit):
    page = visit(f"{NAM_SACH}toan-van/#iii.2-2", WIDTH)
    assert page.locator('[id="iii.2-2"]').is_visible()


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_plan_and_its_promise_are_understood_on_the_first_screen(visit: Visit):
    page = visit(NAM_SACH, WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": SCREEN})
    assert len(page.locator("main").inner_text().split()) <= 1300
    first_row = page.locator("[aria-labelledby=cac-viec] .row").first.bounding_box()
    assert first_row is not None and first_row["y"] <= 1.3 * SCREEN
    for item in ("iii.2-2", "ii.1.2-1", "ii.3.3-1"):
        address = f"{NAM_SACH}{item}/"
        page = visit(address, WIDTH)
        page.set_viewport_size({"width": WIDTH, "height": SCREEN})
        shown = (".pager a", ".state", "h1.promise", "dt:text-is('Ai làm')", "dt:text-is('Hạn')")
        for part in shown:
            box = page.locator(part).first.bounding_box()
            assert box is not None and box["y"] + box["height"] <= SCREEN, (item, part)
        assert "Xã Nam Sách" in page.locator(".pager a").first.inner_text()


@pytest.mark.parametrize("data", ["real", "demo"])
def test_a_first_view_is_light(data: str, build_site: Callable[[Path], Path]):
    site = build_site(DATA[data])
    heaviest: dict[str, int] = {}
    for file in site.glob("ke-hoach/**/index.html"):
        address = f"{file.parent.relative_to(site).as_posix()}/"
        markup = file.read_text("utf-8")
        is_promise = 'class="official promise' in markup
        kind = "promise" if is_promise else "plan" if 'id="cac-viec"' in markup else ""
        parts = re.findall(r'(?:src|rel="stylesheet" href)="((?:\.\./)+assets/[^"]+)"', markup)
        assert not kind or len(parts) >= 2, address
        size = sum(
            len(gzip.compress(part.read_bytes()))
            for part in (file, *((file.parent / name).resolve() for name in parts))
        )
        heaviest[kind] = max(size, heaviest.get(kind, 0))
    assert heaviest["plan"] <= 25_000 and heaviest["promise"] <= 15_000, heaviest


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_text_on_paper_is_about_as_long_as_its_source(visit: Visit, site: Path):
    """The source is set as decree 30/2020 has it at its closest: 13 point, single lines."""
    plans = [f"{file.parent.relative_to(site)}/" for file in site.glob("ke-hoach/**/source.txt")]
    assert len(plans) == 5
    for plan in plans:
        page = visit(f"{plan}toan-van/", WIDTH)
        printed = pages_of(page)
        lines = (site / plan / "source.txt").read_text("utf-8").splitlines()
        source = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
        page.set_content(f"<style>{DECREE_30}</style>{source}")
        assert len(printed) <= 1.4 * len(pages_of(page)), plan


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_text_on_paper_says_where_it_is_from_and_shows_no_button(visit: Visit):
    printed = pages_of(visit(f"{NAM_SACH}toan-van/", WIDTH))
    text = " ".join(sheet.extract_text() for sheet in printed)
    assert f"https://congkhai.example/{NAM_SACH}toan-van/" in text.replace("\n", "")
    assert f"1/{len(printed)}" in printed[0].extract_text()
    assert "Trích dẫn" not in text and "Xem việc này" not in text


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_the_first_page_is_one_sheet_with_the_names_of_provinces(visit: Visit):
    sheets = pages_of(visit("", WIDTH))
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert len(sheets) == 1
    assert "Hoàng" in text and "có kế hoạch cấp tỉnh" in text


@pytest.mark.parametrize("data", ["real"], indirect=True)
def test_a_plan_on_paper_has_all_its_rows_and_no_button(visit: Visit):
    page = visit(NAM_SACH, WIDTH)
    rows = page.locator("[aria-labelledby=cac-viec] .row-words").all_text_contents()
    assert len(rows) == 35
    printed = pages_of(page)
    text = "".join("".join(sheet.extract_text().split()) for sheet in printed)
    missing = [row for row in rows if "".join(row.split())[:25] not in text]
    assert missing == []
    assert "Inbảng" not in text and "chưacóbáocáo:34" in text and "đượcđềnghị:1" in text
    assert "TảiSVG" not in text and "iframe" not in text


def pages_of(page: Page) -> list[PdfPage]:
    """Print a page on A4 and return the sheets."""
    return pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


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
