"""Pictures: a sign for each thing, in the right shape, and the file the same as the page."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import material
import pytest

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.exports.pictures import picture_tables
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.model.today import meet_all
from congkhai.model.views import GROUP_OF, GROUPS, STATES
from congkhai.pages.pictures import (
    CELL_SIGNS,
    cascade_tree,
    commune_grid,
    national_picture_pages,
    picture_pages,
    plan_pictures,
    tile_map,
)
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site
from congkhai.pictures.legend import WIDTH
from congkhai.pictures.squares import draw_squares
from congkhai.pictures.tile_map import POSITIONS, SIDE_X

TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
WITH_REPORTS = "mau/phuong-trung-mau/so-nuoc-2025-2028"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def demo() -> SiteModel:
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    return derive(dataset, date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def real() -> SiteModel:
    dataset, _ = load_dataset(ROOT / "plans")
    return derive(dataset, date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(TEMPLATES, Site("Công khai kế hoạch", "https://congkhai.example/", None))


def stand_alone(text: str, address: str) -> None:
    """Assert that a file is an SVG which needs nothing of the site around it."""
    svg = ElementTree.fromstring(text)
    assert svg.tag == f"{SVG}svg"
    assert all(svg.find(f"{SVG}{name}") is not None for name in ("title", "desc"))
    # Colours are its own; nothing in it needs the site, a script or an inline style.
    assert not re.search(r'class=|style=|<a |var\(|href="[^#]', text)
    assert "Đúng từ " in text and f"https://congkhai.example/{address[:9]}" in text
    named = {use.get("href", "")[1:] for use in svg.iter(f"{SVG}use")}
    assert named <= {element.get("id") for element in svg.iter()}


def test_every_state_is_of_a_group_that_is_drawn():
    assert set(GROUP_OF) == set(STATES)
    assert set(GROUP_OF.values()) == set(GROUPS)


def test_each_commitment_has_one_square_of_its_state_done_first(demo: SiteModel):
    commitments = demo.plans[WITH_REPORTS].open().commitments
    drawn = draw_squares(commitments)
    assert Counter(square.commitment for square in drawn.squares) == Counter(commitments)
    assert [square.group for square in drawn.squares] == sorted(
        (square.group for square in drawn.squares), key=GROUPS.index
    )
    assert len({(square.x, square.y) for square in drawn.squares}) == len(commitments)
    rollup = demo.plans[WITH_REPORTS].rollup
    assert dict(drawn.counts) == rollup.groups
    assert dict(drawn.counts)["requested"] == rollup.asked_total > 0


def test_a_line_of_time_has_every_due_day_and_no_mark_spans_today(demo: SiteModel):
    view = demo.plans[WITH_REPORTS]
    drawn = plan_pictures(view, demo).timeline.drawing
    days = [day for mark in drawn.marks for day, _ in mark.days]
    assert sorted(day.mark for day in days) == sorted(day.mark for day in view.open().calendar)
    assert all(len({day.passed for day, _ in mark.days}) == 1 for mark in drawn.marks)
    assert [mark.x for mark in drawn.marks] == sorted(mark.x for mark in drawn.marks)
    assert drawn.this_year in range(drawn.first_year, drawn.last_year + 1)
    assert drawn.left < drawn.elapsed < drawn.right


def test_what_was_due_and_not_received_is_no_silence_of_what_is_not_due(real: SiteModel):
    pictures = plan_pictures(real.plans["lai-chau/ascc-2026-2030"], real)
    assert pictures.reporting_grid is not None
    signs = {
        (row.unit, cell.year): cell.sign
        for row in pictures.reporting_grid.drawing.rows
        for cell in row.cells
    }
    assert "missing" in signs.values() and "ahead" in signs.values()
    assert all(sign != "missing" for (_, year), sign in signs.items() if year > 2026)


def test_who_reports_without_being_obliged_has_a_row_and_owes_nothing(demo: SiteModel):
    grid = plan_pictures(demo.plans[WITH_REPORTS], demo).reporting_grid
    assert grid is not None
    reporters = {report.unit for report in demo.plans[WITH_REPORTS].reports}
    assert reporters <= {row.unit for row in grid.drawing.rows}
    unobliged = [row for row in grid.drawing.rows if not any(cell.due for cell in row.cells)]
    assert unobliged
    signs = {row.unit: {cell.sign for cell in row.cells} - {"none"} for row in unobliged}
    several = {"co-so-giao-duc", "to-dan-pho"} & signs.keys()
    assert all(signs[unit] == {"part"} for unit in several), "of schools one has reported"
    assert all(signs[unit] == {"received"} for unit in signs.keys() - several)


def test_a_plan_that_asks_for_no_report_has_no_grid(real: SiteModel):
    silent = [view for view in real.plans.values() if not view.open().reporting_days]
    assert silent
    assert all(plan_pictures(view, real).reporting_grid is None for view in silent)


def test_every_province_has_its_tile_and_both_archipelagos_theirs(real: SiteModel):
    drawn = tile_map(real).drawing
    assert [tile.place for tile in drawn.provinces] == list(real.provinces)
    assert set(POSITIONS) == {tile.place.code for tile in drawn.tiles}
    assert len(set(POSITIONS.values())) == len(POSITIONS) == 36
    signs = {tile.place.name: tile.sign for tile in drawn.tiles}
    assert signs["đặc khu Hoàng Sa"] == signs["đặc khu Trường Sa"] == "none"
    assert signs["thành phố Đà Nẵng"] == "former", "all that is held of it is Quảng Nam's"
    assert sum(count for _, count in drawn.counts) == 34


def test_a_tile_says_of_a_province_what_its_page_says(real: SiteModel, demo: SiteModel):
    for model in (real, demo):
        for tile in tile_map(model).drawing.provinces:
            assert (tile.sign == "held") == (tile.place.code in model.plans_of), tile.place.name


def test_tiles_do_not_overlap_and_stay_within_the_picture(real: SiteModel):
    tiles = tile_map(real).drawing.tiles
    corners = {(tile.x, tile.y) for tile in tiles}
    assert len(corners) == len(tiles)
    assert all(0 <= tile.x <= WIDTH - SIDE_X for tile in tiles)
    assert all(tile.y <= y < tile.y + 40 for tile in tiles for _, y in tile.words)


def test_a_grid_of_communes_agrees_with_the_plans_held(real: SiteModel):
    for province in real.provinces:
        drawn = commune_grid(province, real).drawing
        assert [square.place for square in drawn.squares] == list(real.communes[province.code])
        held = {square.place.code for square in drawn.squares if square.state == "held"}
        assert held == {
            place.code for place in real.communes[province.code] if place.code in real.plans_of
        }


def test_dots_stand_in_the_order_of_the_document_and_to_scale(demo: SiteModel):
    seen = 0
    for view in demo.plans.values():
        picture = plan_pictures(view, demo).targets
        if picture is None:
            continue
        rows = picture.drawing.rows
        assert [row.target for row in rows] == list(view.targets)
        for row in rows:
            assert (row.now is None) == (row.reported is None)
            if row.now is not None and row.reported is not None:
                higher = row.reported.value > row.target.value
                assert (row.now > row.goal) == higher or row.now == row.goal
                seen += 1
    assert seen


@pytest.mark.parametrize("site", ["demo", "real"])
def test_a_tree_has_every_document_and_plan_under_the_one_above(
    site: str, request: pytest.FixtureRequest
):
    model: SiteModel = request.getfixturevalue(site)
    for programme in model.programmes.values():
        knots = cascade_tree(programme, model).drawing.knots
        documents = [knot.document.id for knot in knots if knot.document]
        assert documents == [name for _, name in programme.documents]
        texts = {model.documents[name].document.held for name in documents} - {None}
        assert len(texts) == (site == "demo")  # a plan that others carry out stands once
        plans = [plan.id for knot in knots for plan in knot.plans]
        assert sorted(plans) == sorted(
            plan.id
            for _, name in programme.documents
            for plan in model.documents[name].carried_out_by
            if plan.id not in texts
        )


def test_a_long_tree_has_one_knot_for_the_plans_under_a_document(
    demo: SiteModel, monkeypatch: pytest.MonkeyPatch
):
    (programme,) = demo.programmes.values()
    plans = [knot.plans for knot in cascade_tree(programme, demo).drawing.knots if knot.plans]
    assert len(plans) == 7
    monkeypatch.setattr("congkhai.pictures.cascade_tree.MOST_KNOTS", 8)
    (together,) = [knot.plans for knot in cascade_tree(programme, demo).drawing.knots if knot.plans]
    assert together == tuple(plan for (plan,) in plans)


@pytest.mark.parametrize("site", ["demo", "real"])
def test_a_file_of_a_picture_stands_alone(
    site: str, renderer: Renderer, request: pytest.FixtureRequest
):
    model: SiteModel = request.getfixturevalue(site)
    renderer.show(model, {})
    seen = 0
    valid = meet_all(view.valid for view in model.plans.values())
    for view in model.plans.values():
        for page in picture_pages(view, model):
            stand_alone(renderer.page(page, valid), view.address)
            seen += 1
    for page in national_picture_pages(model):
        stand_alone(renderer.page(page, valid), page.address.partition("/")[0])
        seen += 1
    assert seen >= 2 * len(model.plans) + len(model.provinces)


def test_the_tables_say_what_the_pictures_say(demo: SiteModel):
    view = demo.plans[WITH_REPORTS]
    tables = dict(picture_tables(view, demo, "https://congkhai.example/"))
    grid = plan_pictures(view, demo).reporting_grid
    assert grid is not None
    rows = tables[grid.csv].decode("utf-8-sig").splitlines()[1:]
    cells = [cell for row in grid.drawing.rows for cell in row.cells]
    assert len(rows) == len(cells)
    for line, cell in zip(rows, cells, strict=True):
        assert f",{cell.year}," in line and CELL_SIGNS[cell.sign] in line
