"""With many plans every page still opens on a phone; the made-up country is good data."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from material import __file__ as material

from congkhai.checks.runner import check
from congkhai.data.load import load_dataset
from congkhai.model.changelog import wide_subjects
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.page import Page
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site
from tests.bench.generate import generate
from tests.conftest import AS_OF, ROOT
from tests.kinds import site_pages

FIRST_VIEW = 60_000
"""Bytes of one page, compressed."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> SiteModel:
    """Make some 150 plans of all provinces."""
    folder = tmp_path_factory.mktemp("country") / "plans"
    generate(150, folder)
    dataset, problems = load_dataset(folder)
    assert [*problems, *check(dataset, date.fromisoformat(AS_OF))] == []
    return derive(dataset, date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def pages(country: SiteModel) -> list[Page]:
    return list(site_pages(country))


def test_the_made_up_country_is_the_same_each_time(tmp_path: Path):
    for name in ("one", "other"):
        generate(3, tmp_path / name)
    files = [
        sorted(path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*.yml"))
        for name in ("one", "other")
    ]
    assert files[0] == files[1]
    assert all(
        (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()
        for file in files[0]
    )


def test_no_page_is_too_heavy_for_a_phone(country: SiteModel, pages: list[Page]):
    templates = [ROOT / "theme", Path(material).parent / "templates"]
    renderer = Renderer(templates, Site("x", "https://example.org/", None))
    renderer.show(country, wide_subjects(country))
    plans = [page for page in pages if page.template == "pages/plan.html"]
    chosen = [
        page for page in pages if page.template not in ("pages/plan.html", "pages/place.html")
    ] + plans[:3]
    weights = {page.address: len(gzip.compress(renderer.page(page).encode())) for page in chosen}
    assert {address: weight for address, weight in weights.items() if weight > FIRST_VIEW} == {}


def test_what_is_cut_into_parts_is_whole_together(country: SiteModel, pages: list[Page]):
    parts = {
        page.address: page.context()
        for page in pages
        if page.address.startswith("lich/") and page.address != "lich/"
    }
    listed = sum(
        len(rounds.days)
        for part in parts.values()
        for plan in part["plans"]
        for rounds in (*plan.ahead, *plan.over)
    )
    assert listed == len(country.calendar)
    for view in country.units.values():
        own = [
            page.context()["view"]
            for page in pages
            # Of provinces: the pages of communes' bodies, a level below, have the same once more.
            if page.address.startswith(view.address)
            and page.address.removeprefix(view.address).count("/") == 1
        ]
        assert not own or sum(part.total for part in own) == view.total


def test_every_page_has_an_address_of_its_own(pages: list[Page]):
    addresses = [page.address for page in pages]
    assert len(addresses) == len(set(addresses))
