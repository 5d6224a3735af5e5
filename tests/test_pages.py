"""What pages are told is counted and chosen, not typed."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import AS_OF, DATA

from hooks.atlas import Atlas
from hooks.derive import derive
from hooks.load import load_dataset
from hooks.pages import Page, general_pages


@pytest.fixture(scope="module", params=DATA)
def atlas(request: pytest.FixtureRequest) -> Atlas:
    return derive(load_dataset(DATA[request.param])[0], date.fromisoformat(AS_OF))


def page(atlas: Atlas, address: str) -> Page:
    return next(page for page in general_pages(atlas) if page.address == address)


def test_the_list_of_places_says_how_many_there_are(atlas: Atlas):
    counted = "34 tỉnh, thành phố và 3.321 xã" if len(atlas.provinces) == 34 else "2 tỉnh, thành phố và 8 xã"
    assert page(atlas, "dia-phuong/").description.startswith(counted)


def test_what_is_done_is_not_said_to_fall_due(atlas: Atlas):
    upcoming = page(atlas, "").context()["upcoming"]
    assert upcoming
    assert {day.state for day in upcoming} <= {"under-way", "overdue", "open", "silent", None}
    assert all(day.due.day >= atlas.as_of for day in upcoming)
