"""Without a script, every page can be reached from the home page by its links alone."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath
from xml.etree import ElementTree

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]*)')


def links_of(site: Path, address: str) -> set[str]:
    """Addresses of this site's pages that a page links to, from the root."""
    html = (site / address / "index.html").read_text("utf-8")
    found = set()
    for link in LINK.findall(html):
        if ":" not in link and (link.endswith("/") or link in ("", ".", "./")):
            path = normpath(f"/{address}{link}").strip("/")
            found.add(f"{path}/" if path else "")
    return found


def test_every_page_is_reached_by_links_alone(site: Path):
    listed = (
        ElementTree.parse(site / "sitemap.xml")
        .getroot()
        .iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    )
    addresses = [loc.text or "" for loc in listed]
    home = min(addresses, key=len)
    reached: set[str] = set()
    waiting = {""}
    while waiting:
        reached |= waiting
        waiting = {
            link
            for address in waiting
            for link in links_of(site, address)
            if (site / link / "index.html").is_file()
        } - reached
    assert not {address.removeprefix(home) for address in addresses} - reached
