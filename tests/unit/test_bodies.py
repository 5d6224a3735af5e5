"""A body is a unit in a place: what it answers for is on one page of its own, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import AS_OF, DATA
from congkhai.data.load import load_dataset
from congkhai.model import routes
from congkhai.model.derive import derive
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages import labels
from congkhai.pages.body_pages import body_pages, province_body_pages
from congkhai.pages.page import Page


@pytest.fixture(scope="module", params=sorted(DATA))
def site_model(request: pytest.FixtureRequest) -> SiteModel:
    dataset, _ = load_dataset(DATA[request.param])
    return derive(dataset, date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def pages(site_model: SiteModel) -> dict[str, Page]:
    by_place: dict[str, list[PlanView]] = {}
    for plan in site_model.plans.values():
        by_place.setdefault(plan.place.code, []).append(plan)
    found = [page for plans in by_place.values() for page in body_pages(site_model, plans)]
    found += province_body_pages(site_model)
    assert len({page.address for page in found}) == len(found)
    return {page.address: page for page in found}


def test_whatever_a_plan_gives_a_unit_is_on_the_page_of_its_body(
    site_model: SiteModel, pages: dict[str, Page]
):
    shown = 0
    for plan in site_model.plans.values():
        for share in plan.units:
            context = pages[routes.body(share.unit, plan.place.address)].context()
            own = next(found for found in context["own"] if found.plan.id == plan.id)
            rows = [one for _, commitments in own.duties.commitments for one in commitments]
            assert len(rows) == share.total
            assert {one.address for one in rows} == {
                commitment.address
                for commitment in plan.open().commitments
                if share.unit in {assignment.unit for assignment in commitment.assignments}
            }
            shown += 1
    assert shown > 50


def test_a_body_has_the_reports_that_it_sent_and_no_other(
    site_model: SiteModel, pages: dict[str, Page]
):
    for plan in site_model.plans.values():
        for share in plan.units:
            context = pages[routes.body(share.unit, plan.place.address)].context()
            own = next(found for found in context["own"] if found.plan.id == plan.id)
            received = {report.file for cell in own.cells for report in cell.received}
            sent = {report.file for report in plan.reports if report.unit == share.unit}
            assert sent <= received


def test_all_that_a_body_reported_is_on_its_page_and_counted_there(
    site_model: SiteModel, pages: dict[str, Page]
):
    """What names it stands among its duties; the rest apart, with why it could report on it."""
    bases = set()
    for plan in site_model.plans.values():
        reported: dict[str, set[str]] = {}
        for commitment in plan.open().commitments:
            for line in commitment.history:
                if line.corrected_by is None:
                    reported.setdefault(line.report.unit, set()).add(commitment.address)
        for unit, addresses in reported.items():
            context = pages[routes.body(unit, plan.place.address)].context()
            own = next(found for found in context["own"] if found.plan.id == plan.id)
            named = {one.address for _, group in own.duties.commitments for one in group}
            beside = {one.address for found in own.beside for one in found.commitments}
            assert beside == addresses - named
            assert sum(plan.beside.get(unit, {}).values()) == len(beside)
            bases |= set(plan.beside.get(unit, {}))
            view = site_model.units[unit]
            assert sum(view.rollup.beside.values()) >= len(beside) or not plan.counts
            line = labels.rollup_line(view.rollup)
            assert not beside or not plan.counts or "đã báo cáo thêm" in line
            assert not beside or "chưa nhận được báo cáo nào;" not in line
    # The real plans have no reports; of the demo's, all name somebody.
    assert bases == ({"group", "predecessor"} if site_model.demo else set())


def test_a_body_has_no_day_ahead_of_what_others_do(site_model: SiteModel, pages: dict[str, Page]):
    ahead = [
        (found.share.unit, rounds)
        for page in pages.values()
        for found in page.context()["own"]
        for rounds in found.ahead
    ]
    assert ahead
    for unit, rounds in ahead:
        assert unit in {one.unit for one in rounds.shown.commitment.assignments}
        assert rounds.shown.due.day >= site_model.today


def test_a_unit_s_page_in_a_province_leads_to_its_bodies_in_communes(
    site_model: SiteModel, pages: dict[str, Page]
):
    below = 0
    for plan in site_model.plans.values():
        province = site_model.places.get(plan.place.province or "")
        if province is None:
            continue
        for share in plan.units:
            context = pages[routes.body(share.unit, province.address)].context()
            assert plan.place.code in {body.place.code for body in context["below"]}
            below += 1
    assert below


def test_a_body_that_nothing_is_known_of_has_no_page(pages: dict[str, Page]):
    for page in pages.values():
        context = page.context()
        view = context["view"]
        assert (
            context["own"]
            or context["below"]
            or view.inherited
            or view.reports
            or (view.mentioned_in or view.reported_to)
        )
