"""Pieces of the site in a page of another origin, by a real browser; and data that it may read."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from conftest import AXE, Serve
from congkhai.pages.embeds import HEIGHTS

PLAN = "nhung/ke-hoach/mau/xa-binh-mau/so-nuoc-2025-2028/"
PIECES = {
    "plan": PLAN,
    "commitment": f"{PLAN}#ii.2.a",
    "measure": "nhung/chi-tieu/ho-dung-nuoc-sach/",
    "province": "nhung/dia-phuong/mau/",
}
HOST_PAGE = """<!doctype html><title>Cổng của tỉnh</title><script>
window.told = [];
addEventListener("message", (event) => told.push(event.data));
</script>"""


class OtherSite(BaseHTTPRequestHandler):
    """A page of somebody else, of which the frames and requests are written by the test."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(HOST_PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def ours(demo: Path, serve: Serve) -> str:
    return f"{serve(demo)}/"


@pytest.fixture(scope="module")
def host(browser: Browser, ours: str) -> Iterator[Page]:
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(f"http://127.0.0.1:{http.server_port}/")
        yield page
        page.close()
        http.shutdown()


def show(host: Page, url: str, height: int) -> Frame:
    """Put a frame into the other site's page, as its snippet has it."""
    host.evaluate(
        """async ([url, height]) => {
          document.querySelectorAll("iframe").forEach((old) => old.remove());
          const frame = Object.assign(document.createElement("iframe"), {src: url, height});
          frame.width = "100%";
          document.body.append(frame);
          await new Promise((done) => { frame.onload = done; });
        }""",
        [url, height],
    )
    return host.frames[-1]


@pytest.mark.parametrize("kind", PIECES)
def test_a_piece_shows_in_a_page_of_another_origin(host: Page, ours: str, demo: Path, kind: str):
    told_size = demo / PIECES[kind].partition("#")[0] / "oembed.json"
    height = HEIGHTS.get(kind) or json.loads(told_size.read_bytes())["height"]
    host.evaluate("told.length = 0")
    frame = show(host, ours + PIECES[kind], height)
    assert frame.locator("h1:visible, h2:visible").count() == 1
    assert "đúng từ " in frame.locator("footer").inner_text()
    assert frame.locator("header, nav").count() == 0
    host.wait_for_function("told.length > 0")
    (told, *_) = host.evaluate("told")
    assert told["type"] == "congkhai-embed"
    assert told["address"] == ours + PIECES[kind]
    assert 100 < told["height"] <= height
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    links = frame.locator("footer a")
    assert (
        links.evaluate("link => link.target || document.querySelector('base').target") == "_blank"
    )


def test_an_address_with_an_item_shows_that_commitment_alone(host: Page, ours: str):
    whole = show(host, ours + PLAN, HEIGHTS["plan"])
    assert whole.locator(".embed-all").is_visible()
    assert whole.locator(".embed-one:visible").count() == 0
    one = show(host, f"{ours}{PLAN}#ii.2.a", HEIGHTS["commitment"])
    assert one.locator(".embed-one:visible").count() == 1
    assert "85%" in one.locator(".embed-one:visible").inner_text()
    assert not one.locator(".embed-all").is_visible()
    gone = show(host, f"{ours}{PLAN}#khong-co", HEIGHTS["plan"])
    assert gone.locator(".embed-all").is_visible()


def test_no_other_page_shows_in_a_frame(host: Page, ours: str):
    for address in ("", PLAN.removeprefix("nhung/"), "du-lieu/", "bao-sai/"):
        frame = show(host, ours + address, 400)
        assert frame.url.startswith("chrome-error:"), address


def test_another_site_reads_data_and_no_page(host: Page, ours: str):
    read = """async (url) => {
      try { return (await (await fetch(url)).text()).slice(0, 60); } catch { return null; }
    }"""
    for name in ("v1/index.json", "v1/context.jsonld", "viec.csv", "catalog.ttl"):
        assert host.evaluate(read, f"{ours}du-lieu/{name}"), name
    assert host.evaluate(read, ours + PLAN.removeprefix("nhung/") + "ke-hoach.md")
    assert host.evaluate(read, ours) is None
    assert host.evaluate(read, ours + PLAN) is None


@pytest.mark.parametrize("width", [320, 1280])
def test_pieces_are_accessible(browser: Browser, ours: str, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    for kind, address in PIECES.items():
        page.goto(ours + address)
        page.evaluate(AXE.read_text("utf-8"))
        # A commitment in a frame is part of another page, which has its own first heading.
        found = page.evaluate(
            "async () => (await axe.run({rules: {'page-has-heading-one': {enabled: false}}}))"
            ".violations.map((one) => one.id + one.nodes.map((node) => node.target))"
        )
        assert not found, kind
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
    page.close()


def test_the_snippet_and_oembed_lead_to_the_piece(demo: Path, browser: Browser, ours: str):
    page = browser.new_page()
    for address, piece in (
        (PLAN.removeprefix("nhung/"), PLAN),
        (f"{PLAN.removeprefix('nhung/')}ii.2.a/", f"{PLAN}#ii.2.a"),
        ("dia-phuong/mau/", "nhung/dia-phuong/mau/"),
    ):
        page.goto(ours + address)
        code = page.locator("pre code", has_text="<iframe").text_content() or ""
        assert f'src="https://congkhai.example/{piece}"' in code
        page.set_content(code)
        assert page.locator("iframe").get_attribute("title")
    page.close()
    for file in (demo / "nhung").rglob("oembed.json"):
        told = json.loads(file.read_bytes())
        assert told["version"] == "1.0" and told["type"] == "rich"
        target = told["html"].partition('src="https://congkhai.example/')[2].partition('"')[0]
        assert (demo / target / "index.html").is_file()
