"""Every link, asset and #anchor of every page leads somewhere on the finished site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from conftest import both_sites

pytestmark = both_sites

SITE_URL = "https://congkhai.example/"
"""Of mkdocs.yml; links to it are links into the site."""

_LINKING = {"href", "src", "action", "poster", "data", "cite", "formaction"}
_LOADING = {"img", "script", "iframe", "source", "video", "audio", "embed", "object"}
_NOT_LOADED = {"canonical", "alternate", "license", "author", "help", "search"}
"""Relations of a <link> that a browser fetches nothing for."""
_SOCIAL = {"og:image", "og:url", "twitter:image"}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)""")


class _Page(HTMLParser):
    """The ids on a page, and the references that it makes, with their lines."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.references: list[tuple[int, str]] = []
        self.loads: list[tuple[int, str]] = []
        self.redirects = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids |= {
            named[name] for name in ("id", "name") if name in named and (name == "id" or tag == "a")
        }
        found = [value for name, value in named.items() if name in _LINKING]
        found += [
            candidate.split()[0]
            for candidate in named.get("srcset", "").split(",")
            if candidate.strip()
        ]
        if named.get("property", named.get("name")) in _SOCIAL:
            found.append(named.get("content", ""))
        if named.get("http-equiv", "").lower() == "refresh":
            self.redirects = True
            found.append(named.get("content", "").partition("url=")[2])
        line = self.getpos()[0]
        if tag in _LOADING or (
            tag == "link" and not set(named.get("rel", "").split()) & _NOT_LOADED
        ):
            self.loads += [(line, reference) for reference in found]
        self.references += [(line, reference) for reference in found]

    handle_startendtag = handle_starttag


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, _Page]:
    """Every HTML file, by its name in the site."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): _Page(file.read_text("utf-8")) for file in files}


def _inside(name: str, reference: str) -> tuple[str, str] | None:
    """Return the file and the anchor that a reference in file `name` means; None elsewhere."""
    reference = re.sub(r"\Awebcal:", "https:", reference)
    target = urlsplit(urljoin(SITE_URL + name, reference))
    if f"{target.scheme}://{target.netloc}/" != SITE_URL:
        return None
    file = unquote(target.path).lstrip("/")
    return file + "index.html" if not file or file.endswith("/") else file, unquote(target.fragment)


def _broken(site: Path, pages: dict[str, _Page]) -> Iterator[str]:
    for name, page in pages.items():
        for line, reference in page.references:
            inside = _inside(name, reference)
            if inside is None:
                continue
            file, anchor = inside
            if not (site / file).is_file():
                yield f"{name}:{line}: {reference} – no such file"
            elif anchor and file in pages and anchor not in pages[file].ids:
                yield f"{name}:{line}: {reference} – no such anchor"


def test_every_reference_leads_somewhere(site: Path, pages: dict[str, _Page]):
    assert sum(len(page.references) for page in pages.values()) > 100
    broken = list(_broken(site, pages))
    assert not broken, f"{len(broken)} broken references, such as\n" + "\n".join(broken[:30])


def test_every_page_can_be_reached_from_the_home_page(pages: dict[str, _Page]):
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        targets = {
            inside[0]
            for _, reference in pages[name].references
            if (inside := _inside(name, reference))
        }
        new = {target for target in targets if target in pages} - reached
        reached |= new
        waiting += new
    # Old addresses lead on, and are themselves linked from nowhere; what other sites show in a
    # frame is linked from there.
    redirects = {name for name, page in pages.items() if page.redirects}
    framed = {name for name in pages if name.startswith("nhung/")}
    assert framed and not framed & reached
    assert set(pages) - reached - redirects - framed == {"404.html"}


def test_every_file_that_a_style_sheet_asks_for_is_there(site: Path):
    sheets = list(site.rglob("*.css"))
    assert sheets
    missing = [
        f"{sheet.relative_to(site)}: {reference}"
        for sheet in sheets
        for reference in _CSS_URL.findall(sheet.read_text("utf-8"))
        if not reference.startswith(("data:", "#"))
        and not (sheet.parent / urlsplit(reference).path).is_file()
    ]
    assert not missing


def test_no_page_loads_anything_from_another_host(pages: dict[str, _Page]):
    foreign = [
        f"{name}:{line}: {reference}"
        for name, page in pages.items()
        for line, reference in page.loads
        if _inside(name, reference) is None and urlsplit(reference).scheme != "data"
    ]
    assert not foreign


def test_no_page_sends_a_reader_to_plain_http_or_to_a_script(pages: dict[str, _Page]):
    unsafe = [
        f"{name}:{line}: {reference}"
        for name, page in pages.items()
        for line, reference in page.references
        if urlsplit(reference).scheme not in ("", "https", "mailto", "tel", "data", "webcal")
    ]
    assert not unsafe
