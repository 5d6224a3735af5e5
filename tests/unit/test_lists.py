"""Lists that stay short: what is alike is one row, and every row is still there."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import AS_OF, DATA
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.grouping import (
    by_province,
    changes_by_province,
    notes_above,
    rounds_by_plan,
    unit_rows,
)


@pytest.fixture(scope="module", params=sorted(DATA))
def site_model(request: pytest.FixtureRequest) -> SiteModel:
    dataset, _ = load_dataset(DATA[request.param])
    return derive(dataset, date.fromisoformat(AS_OF))


def test_what_comes_back_is_one_row_and_no_day_is_lost(site_model: SiteModel):
    plans = rounds_by_plan(site_model.calendar)
    rows = [rounds for plan in plans for rounds in (*plan.ahead, *plan.over)]
    days = [day for rounds in rows for day in rounds.days]
    assert sorted(day.mark for day in days) == sorted(day.mark for day in site_model.calendar)
    assert len(rows) < len(days)
    for rounds in rows:
        assert len({(day.commitment.item.id, day.due.deadline) for day in rounds.days}) == 1
        assert rounds.shown in rounds.days


def test_a_plan_s_next_day_comes_first_and_what_is_over_last(site_model: SiteModel):
    plans = rounds_by_plan(site_model.calendar)
    firsts = [plan.ahead[0].shown.mark for plan in plans if plan.ahead]
    assert firsts == sorted(firsts)
    assert all(not rounds.shown.passed for plan in plans for rounds in plan.ahead)
    assert all(rounds.shown.passed for plan in plans for rounds in plan.over)


def test_units_in_the_table_have_the_figures_of_their_own_pages(site_model: SiteModel):
    rows = unit_rows(site_model)
    assert [row.view.id for row in rows] == [
        unit.id for unit in site_model.units_with_page if unit.total
    ]
    for row in rows:
        led = sum(dict(share.roles).get("lead", 0) for _, share in row.view.counted)
        assert row.lead == led
        shared = sum(count for _, share in row.view.counted for _, count in share.roles)
        assert row.lead + row.coordinating + row.implementing + row.requested == shared > 0
        unreported = row.silent + row.view.rollup.asked_total - row.view.rollup.asked_reported
        assert row.reported + unreported == row.view.total
    assert any(row.lead for row in rows) and any(row.silent for row in rows)


def test_every_plan_and_change_is_in_one_province(site_model: SiteModel):
    plans = [
        plan for _, group in by_province(site_model.plans.values(), site_model) for plan in group
    ]
    assert sorted(plan.id for plan in plans) == sorted(site_model.plans)
    changes = [
        one for _, group in changes_by_province(site_model, site_model.changes) for one in group
    ]
    assert sorted(one.key for one in changes) == sorted(one.key for one in site_model.changes)


def test_a_note_at_a_heading_is_told_at_the_items_below_it():
    dataset, _ = load_dataset(DATA["real"])
    view = derive(dataset, date(2026, 11, 27)).plans["hai-phong/xa-nam-sach/ascc-2026-2030"]
    full = view.open()
    above = notes_above(full)
    (reference, note) = above["ii.3.3-1"][0]
    assert reference == "mục II.3" and note in full.notes["ii.3"]
    assert "Phòng Văn hóa - Xã hội" in (note.text or "")
    assert all(
        note.kind not in ("misprint", "blank") for notes in above.values() for _, note in notes
    )
    assert above["iii.3-1"] == [], "its own notes are told at it already"
