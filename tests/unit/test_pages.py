"""What pages are told is counted and chosen, not typed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from conftest import AS_OF, DATA, ROOT
from congkhai.data.load import load_dataset
from congkhai.model.assignments import walk
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.page import Page
from congkhai.pages.pages import general_pages
from congkhai.pages.province_pages import commune_context


@pytest.fixture(scope="module", params=DATA)
def site_model(request: pytest.FixtureRequest) -> SiteModel:
    return derive(load_dataset(DATA[request.param])[0], date.fromisoformat(AS_OF))


def page(site_model: SiteModel, address: str) -> Page:
    return next(page for page in general_pages(site_model) if page.address == address)


def test_the_list_of_places_says_how_many_there_are(site_model: SiteModel):
    counted = (
        "34 tỉnh, thành phố và 3.321 xã"
        if len(site_model.provinces) == 34
        else "2 tỉnh, thành phố và 11 xã"
    )
    assert page(site_model, "dia-phuong/").description.startswith(counted)


def test_no_commune_is_told_that_a_held_text_is_missing(site_model: SiteModel):
    obliging = [
        document
        for province in site_model.provinces
        for document in commune_context(site_model, province)["obliging"]
    ]
    assert all(document.document.held is None for document in obliging)
    assert bool(obliging) == (len(site_model.provinces) == 34)


def test_what_is_done_is_not_said_to_fall_due(site_model: SiteModel):
    upcoming = page(site_model, "").context()["upcoming"]
    assert upcoming
    assert {day.state for day in upcoming} <= {"under-way", "overdue", "open", "silent", None}
    assert all(day.due.day >= site_model.today for day in upcoming)


def test_a_sections_groups_are_its_commitments_under_their_headings(site_model: SiteModel):
    sections = [section for plan in site_model.plans.values() for section in plan.open().sections]
    assert any(heading for section in sections for heading, _ in section.groups)
    for section in sections:
        assert tuple(found for _, group in section.groups for found in group) == section.commitments
        headings = [heading for heading, _ in section.groups]
        assert section.title not in headings
        assert not any(one == other for one, other in pairwise(headings))


def test_the_last_reporting_day_has_passed_and_the_next_has_not(site_model: SiteModel):
    for plan in site_model.plans.values():
        passed = [
            day
            for day in plan.open().reporting_days
            if day.due.day < site_model.today and (day.received or not day.gone_since)
        ]
        latest = [day for day in passed if day.due.year == passed[-1].due.year]
        named = [day for day in latest if day.due.named]
        assert plan.open().last_reporting_day in (named or latest or [None])
    assert all(
        day.passed == (day.due.day < site_model.today)
        and (day.known_on is None or day.known_on < site_model.today)
        for day in site_model.calendar
    )


def test_who_answers_by_another_provision_is_shown_with_it(site_model: SiteModel):
    """Of each unit of a provision, the reader can see where the document names it."""
    inherited = 0
    for plan in site_model.plans.values():
        named = {
            item.id: {*item.lead, *item.coordinating, *item.implementing, *item.requested}
            for item, _ in walk(plan.open().plan.provisions)
        }
        for commitment in plan.open().commitments:
            where = {commitment.item.id, *(id for id, _ in commitment.assigned_in)}
            assert {assignment.unit for assignment in commitment.assignments} <= set().union(
                *(named[id] for id in where)
            )
            assert all(
                reference.startswith(("mục ", "phần nội dung"))
                for _, reference in commitment.assigned_in
            )
            inherited += bool(commitment.assigned_in)
    assert inherited


def test_a_template_line_has_at_most_100_columns():
    """As Python's lines; ruff does not read templates, and djlint does not measure them."""
    lines = [
        (path.name, number, len(line))
        for path in sorted((ROOT / "theme").rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert len(lines) > 1000
    assert [place for place in lines if place[2] > 100] == []
