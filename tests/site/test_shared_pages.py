"""What goes along when a page is shared: its own words, and a picture that is there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from conftest import DATA
from tests.kinds import PAGES

BASE = "https://congkhai.example/"
MOST_BYTES = 30_000
TAG = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"')


@pytest.mark.parametrize(
    ("data", "kind", "address"), [pytest.param(*page, id="-".join(page[:2])) for page in PAGES]
)
def test_a_shared_page_names_its_words_and_a_picture_that_is_there(
    data: str, kind: str, address: str, build_site: Callable[[Path], Path]
):
    site = build_site(DATA[data])
    shared = tags_of(site, address.partition("?")[0])
    assert shared["twitter:card"] == "summary_large_image"
    assert shared["og:title"] and 30 <= len(shared["og:description"]) <= 400
    assert shared["og:image"].startswith(BASE)
    assert shared["og:image:type"] == "image/png"
    assert 30 <= len(shared["og:image:alt"]) <= 420
    file = site / shared["og:image"].removeprefix(BASE)
    assert file.stat().st_size <= MOST_BYTES
    with Image.open(file) as image:
        image.load()
        named = (int(shared["og:image:width"]), int(shared["og:image:height"]))
        assert (image.format, image.size) == ("PNG", named)


@pytest.mark.parametrize("data", DATA)
def test_plans_promises_and_places_have_words_and_plans_a_picture_of_their_own(
    data: str, build_site: Callable[[Path], Path]
):
    site = build_site(DATA[data])
    pictures = [
        file
        for file in sorted(site.glob("ke-hoach/**/chia-se.png"))
        # Not the copy at the address that a plan had before.
        if not _is_redirect(file.with_name("index.html"))
    ]
    assert len(pictures) > 4
    assert len({picture.read_bytes() for picture in pictures}) == len(pictures)
    for picture in pictures:
        plan = picture.parent.relative_to(site).as_posix()
        pages = [f"{plan}/", f"{plan}/toan-van/", *_promises(site, plan)]
        assert len(pages) > 5
        told = [tags_of(site, page) for page in pages]
        words = {(tags["og:title"], tags["og:description"]) for tags in told}
        assert len(words) == len(pages), plan
        assert {tags["og:image"] for tags in told} == {f"{BASE}{plan}/chia-se.png"}
    places = [
        f"{file.parent.relative_to(site).as_posix()}/"
        for file in site.glob("dia-phuong/**/index.html")
        if not _is_redirect(file)
    ]
    told = [tags_of(site, place) for place in places]
    assert len(told) > 10
    words = {(tags["og:title"], tags["og:description"]) for tags in told}
    assert len(words) == len(places)


def _is_redirect(page: Path) -> bool:
    return 'http-equiv="refresh"' in page.read_text("utf-8")


def _promises(site: Path, plan: str) -> list[str]:
    return [
        f"{file.parent.relative_to(site).as_posix()}/"
        for file in (site / plan).glob("*/index.html")
        if 'class="official promise' in file.read_text("utf-8")
    ]


def tags_of(site: Path, address: str) -> dict[str, str]:
    """Return what networks read of a page, by name."""
    name = f"{address}index.html" if not address or address.endswith("/") else address
    markup = (site / name).read_text("utf-8").partition("</head>")[0]
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', markup
    )
    assert len(found) == len(dict(found)), "each is said once"
    return {tag: " ".join(html.unescape(content).split()) for tag, content in found}
