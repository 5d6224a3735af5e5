"""Nobody is kept out: every kind of page, in both sites, on all screens, without scripts too.

WCAG 2.2 AA. `make test` looks at each page of the real site in four of the six ways, at each of
the example in two; `make prove` in all.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from conftest import AS_OF, AXE, DATA, PROVE, TELL_VIOLATIONS
from congkhai.data.git_history import read_history
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from tests.demo.history.history import make_repository
from tests.kinds import FRAMED, PAGES, PROSE, site_pages

WIDTHS = (320, 360, 1280)
WAYS = list(product(WIDTHS, (True, False)))
"""How a page can be looked at: the width, and whether scripts run. The narrowest comes first."""

Open = Callable[..., Page]


def ways(number: int, site: str) -> list[tuple[int, bool]]:
    """Choose the ways to look at a page: the real one at all widths, and without scripts at one."""
    if PROVE:
        return WAYS
    if site == "real":
        return [*((width, True) for width in WIDTHS), (WIDTHS[number % len(WIDTHS)], False)]
    return [WAYS[0], WAYS[1 + number % (len(WAYS) - 1)]]


def look_at(site: str, kind: str, address: str, width: int, scripts: bool) -> object:
    """Write the parameters of one look: the same in each test, so that it is opened once."""
    return pytest.param(
        site,
        (site, address, width, scripts),
        id=f"{site}-{kind}-{width}-{'with' if scripts else 'without'}",
    )


every_look = pytest.mark.parametrize(
    ("data", "look"),
    [look_at(*page, *way) for number, page in enumerate(PAGES) for way in ways(number, page[0])],
    indirect=True,
)
narrowest_look = pytest.mark.parametrize(
    ("data", "look"), [look_at(*page, *WAYS[0]) for page in PAGES], indirect=True
)
every_page = pytest.mark.parametrize(
    ("data", "address"),
    [pytest.param(site, address, id=f"{site}-{kind}") for site, kind, address in PAGES],
    indirect=["data"],
)


Faults = list[str]


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[tuple[Callable[..., Page], Faults]]:
    """Open a tab for each kind of reader; list what their pages did against the policy.

    A new window costs a browser many times what a page does; so tabs are used again.
    """
    faults: Faults = []
    open_contexts = []

    def without_scripts(route: Route) -> None:
        """Serve a page as a browser without scripts reads it: none runs, <noscript> shows."""
        if route.request.resource_type == "document":
            response = route.fetch()
            route.fulfill(response=response, body=re.sub(r"</?noscript>", "", response.text()))
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    @functools.cache
    def tab(scripts: bool, **settings: Any) -> Page:
        context = browser.new_context(locale="vi-VN", **({"reduced_motion": "reduce"} | settings))
        open_contexts.append(context)
        context.add_init_script(TELL_VIOLATIONS)
        if not scripts:
            # Switched off in the browser itself, axe could not run either.
            context.route("**/*", without_scripts)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if message.text.startswith("policy: ") else None
            ),
        )
        return page

    yield tab, faults
    for context in open_contexts:
        context.close()


def load(page: Page, url: str, width: int, scripts: bool) -> None:
    """Load an address at a width, and wait until its scripts have answered what it asks."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media="screen")  # whoever had the tab before may have printed
    page.goto(url, wait_until="networkidle" if scripts and "?" in url else "load")
    if scripts and "?q=" in url:
        # What is found moves the page below it; a busy machine pauses in between.
        page.locator("#search-status:not(:empty)").filter(has_not_text="Đang tìm…").wait_for()


@pytest.fixture
def open_page(tabs: tuple[Callable[..., Page], Faults], server: str) -> Iterator[Open]:
    """Open an address at a width; settings of the reader's as keywords."""
    tab, faults = tabs
    faults.clear()

    def open_page(address: str, width: int, **settings: Any) -> Page:
        page = tab(True, **settings)
        load(page, f"{server}/{address}", width, scripts=True)
        return page

    yield open_page
    assert not faults


@pytest.fixture(scope="module")
def look(
    request: pytest.FixtureRequest, tabs: tuple[Callable[..., Page], Faults], server: str
) -> Iterator[Page]:
    """Open a page in one way, once for all tests that leave it as it was, in a tab of their own."""
    tab, faults = tabs
    faults.clear()
    _, address, width, scripts = request.param
    page = tab(scripts, color_scheme="light")
    load(page, f"{server}/{address}", width, scripts)
    yield page
    assert not faults


def test_the_list_names_every_kind_of_page(tmp_path: Path):
    """What was removed is known from the history alone, which only the example has."""
    for site, folder in {**DATA, "demo": make_repository(tmp_path / "demo")}.items():
        dataset, _ = load_dataset(folder)
        history = read_history(folder) if site == "demo" else None
        templates = {
            Path(page.template).stem
            for page in site_pages(derive(dataset, date.fromisoformat(AS_OF), history))
        }
        # A page that has moved leads on before anybody could look at it; a picture is no page;
        # what other sites show in a frame is looked at there, by test_embed.py.
        kinds = {kind for of, kind, _ in PAGES if of == site} - PROSE
        assert templates - {"moved", "picture"} - FRAMED == kinds


EXTRA = (
    "target-size",
    "td-has-header",
    "table-fake-caption",
    "css-orientation-lock",
    "label-content-name-mismatch",
    "hidden-content",
)
"""Rules that axe leaves out unless asked: those of WCAG 2.2 AA, and those on trial."""


@every_look
def test_axe_finds_no_violation(look: Page):
    look.evaluate(AXE.read_text("utf-8"))
    run = (
        "async (extra) => (await axe.run(document, {resultTypes: ['violations'], rules:"
        " Object.fromEntries(extra.map((rule) => [rule, {enabled: true}]))})).violations"
    )
    violations = look.evaluate(run, list(EXTRA))
    shown = [
        f"{found['id']}: {found['help']}: {[node['html'][:200] for node in found['nodes'][:3]]}"
        for found in violations
    ]
    assert not shown, "\n".join(shown)


STICKING_OUT = """[...document.querySelectorAll("body *")].filter((part) => {
  if (part.getBoundingClientRect().right <= innerWidth + 0.5) return false;
  for (let above = part.parentElement; above; above = above.parentElement) {
    if (getComputedStyle(above).overflowX !== "visible") return false;
  }
  return true;
}).slice(0, 5).map((part) => part.outerHTML.slice(0, 160))"""
"""What makes a page wider than the screen, for whoever has to correct it."""


def assert_fits(page: Page, change: str = "as it is") -> None:
    """Nothing scrolls sideways at the width that the page is shown at."""
    width = page.evaluate("innerWidth")
    shown = page.evaluate("document.documentElement.scrollWidth")
    assert shown <= width, (change, width, page.evaluate(STICKING_OUT))


HIDDEN_BUT_SEEN = """[...document.querySelectorAll("[hidden]")].filter((part) =>
  getComputedStyle(part).display !== "none" && part.textContent.trim()
).map((part) => part.outerHTML.slice(0, 160))"""
"""A style sheet's `display` wins over the attribute unless it says otherwise. What only keeps a
place for facets is empty until it is filled."""


@every_look
def test_a_page_has_one_first_heading_landmarks_and_tables_with_headers(look: Page):
    assert look.locator("h1").count() == 1
    levels = look.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) =>"
        " +heading.localName[1])"
    )
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels
    for landmark in ("header", "main", "footer", "nav[aria-label]"):
        assert look.locator(landmark).first.is_visible(), landmark
    bare = look.evaluate(
        "[...document.querySelectorAll('table')].filter((table) => table.rows.length &&"
        " (!table.querySelector('th[scope=col]') || !table.matches('[aria-label]') &&"
        " !table.querySelector('caption') && !table.closest('section, .prose'))).length"
    )
    assert not bare
    unhidden = look.evaluate(
        "[...document.querySelectorAll('[hidden]')].filter((part) =>"
        " part.getClientRects().length).map((part) => part.outerHTML.slice(0, 120))"
    )
    assert unhidden == []
    assert not look.evaluate(HIDDEN_BUT_SEEN)


@every_look
def test_nothing_scrolls_sideways(look: Page):
    assert_fits(look)


STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const box = stop.getBoundingClientRect();
  const [first] = stop.getClientRects();
  // Its corner; of what is taller than the screen, the part that is on the screen.
  const x = Math.min(Math.max(first.left + Math.min(first.width / 2, 5), 0), innerWidth - 1);
  const y = Math.min(Math.max(first.top + Math.min(first.height / 2, 5), 0), innerHeight - 1);
  const there = document.elementFromPoint(x, y);
  return {
    html: stop.outerHTML.slice(0, 160),
    onScreen: box.width > 1 && box.height > 1 && box.left >= -1
      && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight,
    uncovered: !!there && (stop.contains(there) || there.contains(stop)),
    outlined: getComputedStyle(stop).outlineStyle !== "none",
  };
}"""
MOST_STOPS = 2000 if PROVE else 40


@every_page
@pytest.mark.parametrize("width", [320, 1280] if PROVE else [320])
def test_every_stop_of_the_tab_key_is_seen(open_page: Open, address: str, width: int):
    """On the screen, not covered, with an outline; from the top, and from the bottom up."""
    page = open_page(address, width)
    for key in ("Tab", "Shift+Tab"):
        page.evaluate("document.activeElement.blur()")
        stops = 0
        for _ in range(MOST_STOPS):
            page.keyboard.press(key)
            stop = page.evaluate(STOP)
            if stop is None:
                break
            if not stop["onScreen"]:
                # Results that come into view are filled in and move the page; then all is in its
                # place, on a busy machine some frames later.
                page.wait_for_function(f"() => ({STOP})().onScreen")
                stop = page.evaluate(STOP)
            assert stop["onScreen"] and stop["uncovered"] and stop["outlined"], stop
            stops += 1
        assert stops > 5


@every_page
def test_motion_stops_for_those_who_ask_and_colours_give_way(open_page: Open, address: str):
    page = open_page(address, 390, forced_colors="active")
    moving = (
        "[...document.querySelectorAll('*')].filter((part) => { const style ="
        " getComputedStyle(part); return style.animationName !== 'none' ||"
        " parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth'; }).length"
    )
    assert page.evaluate(moving) == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == page.evaluate(
        "(() => { const probe = document.createElement('i'); document.body.append(probe);"
        " probe.style.color = 'Canvas'; return getComputedStyle(probe).color; })()"
    )
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("data", ["demo"], indirect=True)
@pytest.mark.parametrize("medium", [{"forced_colors": "active"}, {"media": "print"}])
def test_parts_of_a_bar_differ_without_colours(open_page: Open, medium: dict[str, str]):
    """Full, half, hatched, empty: so much of each is dark, whatever the colour."""
    page = open_page("dia-phuong/mau/", 1280, forced_colors=medium.get("forced_colors", "none"))
    page.emulate_media(media=medium.get("media", "screen"))  # type: ignore[arg-type]
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    parts = page.locator(".chart g:has(rect)").evaluate_all(
        "(parts) => parts.map((part) => { const box = part.getBoundingClientRect(); return ["
        "part.firstElementChild.getAttribute('class'), part.querySelector('path[d*=l]') !== null,"
        "box.x + scrollX + 3, box.y + scrollY + 3, box.right + scrollX - 4,"
        "box.bottom + scrollY - 3]; })"
    )
    dark = {}
    for kind, is_hatched, *box in parts:
        shades = picture.crop([round(side) for side in box]).tobytes()
        name = "hatched" if is_hatched else kind
        dark.setdefault(name, []).append(sum(shade < 160 for shade in shades) / len(shades))
    page.emulate_media(media="screen")
    assert min(dark["in-done edge-done"]) > 0.7
    assert min(dark["in-paper edge-doing"]) > 0.3 and max(dark["in-paper edge-doing"]) < 0.6
    assert max(dark["in-paper edge-silent"]) < 0.15
    assert min(dark["hatched"]) > 0.2 and max(dark["hatched"]) < 0.65


SPACED = """(() => {
  const rules = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
    + " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
})()"""
"""WCAG 1.4.12: what a reader may set about spaces; without a style that the policy refuses."""


LINES_OF_HEADER = """(() => {
  const header = document.querySelector(".top");
  const line = parseFloat(getComputedStyle(header).lineHeight);
  return header.getBoundingClientRect().height / line;
})()"""


@narrowest_look
def test_large_or_spaced_text_stays_on_the_page(look: Page):
    """200 % zoom of a desk is 640 px; letters alone made twice as large are harder.

    On 320 px letters of twice the size, and letters, words and lines further apart.
    """
    for width in (640, 320):
        look.set_viewport_size({"width": width, "height": 800})
        assert_fits(look)
        look.evaluate("document.documentElement.style.fontSize = '200%'")
        assert_fits(look, "letters of twice the size")
        lines = look.evaluate(LINES_OF_HEADER)
        assert lines <= 5, f"the header is {lines} lines high"
        look.evaluate("document.documentElement.style.fontSize = ''")
    look.evaluate(SPACED)
    assert_fits(look, "letters, words and lines further apart")
    look.evaluate("document.adoptedStyleSheets = []")


@pytest.mark.parametrize(
    ("data", "kind", "address"),
    [
        pytest.param(*page, id=f"{page[0]}-{page[1]}")
        for page in PAGES
        if page[1] in ("plan", "report", "document", "unit", "commitments")
    ],
    indirect=["data"],
)
def test_a_page_prints_on_a4_with_what_it_is_where_it_is_from_and_when(
    open_page: Open, kind: str, address: str
):
    page = open_page(address, 1280)
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {
        (595, 842)
    } or {(int(float(w)), int(float(h))) for w, h in boxes} == {(594, 841)}
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    assert f"https://congkhai.example/{address}" in text
    assert re.search(r"đúng từ \d\d/\d{1,2}/2026 đến hết \d\d/\d\d/\d{4}", text)
    assert page.locator("h1").is_visible()
    if kind == "plan":
        assert re.search(r"Số \S+, ngày|không có số, (tháng|năm)", " ".join(text.split()))
        page.goto(f"{page.url}toan-van/")
        assert page.locator("#letterhead").is_visible()


ON_PAPER = """() => {
  const shown = (part) => part.checkVisibility() && part.getClientRects().length > 0;
  const luminance = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const controls = [...document.querySelectorAll("button, input, select, textarea")].filter(
    (part) => shown(part) && !part.closest(".reporting, th"));
  const pale = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walk.nextNode()) {
    const within = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || within.closest("svg, script") || !shown(within)) continue;
    words += 1;
    if (1.05 / (luminance(getComputedStyle(within).color) + 0.05) < 4.5) pale.push(
      walk.currentNode.data.trim().slice(0, 60));
  }
  return { controls: controls.map((part) => part.outerHTML.slice(0, 120)), pale, words };
}"""
"""Controls that print, but for a table's headers and the form whose paper is the form; words that
are too pale for a sheet without backgrounds."""


@every_page
def test_paper_has_no_form_and_every_word_is_dark(open_page: Open, address: str):
    page = open_page(address, 390)
    page.emulate_media(media="print")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    printed = page.evaluate(ON_PAPER)
    assert printed["controls"] == [] and printed["pale"] == []
    assert printed["words"] > 5


NAMED_ALIKE = """() => {
  const nameOf = (link) =>
    (link.getAttribute("aria-label") || link.textContent).trim().replace(/\\s+/g, " ");
  const links = [...document.querySelectorAll("main a[href]")].filter(
    (link) => !link.closest("li, tr, svg") && !link.relList.contains("noopener"));
  const addresses = new Map();
  for (const link of links) {
    const name = nameOf(link);
    addresses.set(name, new Set([...(addresses.get(name) || []), link.href]));
  }
  return [...addresses].filter(([, { size }]) => size > 1).map(([name]) => name);
}"""
"""Names that several links have which lead to different places; what stands in a list or a table
is told apart by its row, what leads to other hosts by theirs."""


@narrowest_look
def test_links_of_one_name_lead_to_one_place(look: Page):
    assert look.evaluate(NAMED_ALIKE) == []
