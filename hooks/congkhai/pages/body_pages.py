"""The pages of bodies: what one unit of one place answers for, reported, and has to do next.

Comes in: a `SiteModel`, of the country or of one province. Goes out: a `Page` for each unit and
commune that a plan names together, and for each unit and province, which leads on to the bodies
of its communes. Nothing is rendered here: a page's `context` is called when the page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from congkhai.data import registers, schema
from congkhai.model.ledger import LedgerEntry
from congkhai.model.plan_view import PlanView, ReportedBeside, UnitDuties, UnitShare
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.model.status import roll_up
from congkhai.model.views import Place
from congkhai.pages.grouping import (
    Rounds,
    count_roles,
    plans_by_province,
    rounds_by_plan,
    unit_by_province,
    unit_days,
    unit_in,
)
from congkhai.pages.labels import ROLES
from congkhai.pages.page import Page
from congkhai.pictures.reporting_grid import Cell, cells_of_unit
from congkhai.text.vietnamese import number

MOST_ROWS = 8
"""Commitments in one role that stand open; the others are folded."""
LISTED_DAYS = 3
"""Days ahead on the page of a body, for each plan."""


class BodyPlan(NamedTuple):
    """What one plan says of a body."""

    plan: PlanView
    share: UnitShare
    duties: UnitDuties
    beside: tuple[ReportedBeside, ...]
    """What it reported on that does not name it."""
    cells: tuple[Cell, ...]
    """By year, latest first: what was due of it, what was received, and the next that is due."""
    ahead: tuple[Rounds, ...]
    """What it has to do next; what comes back every year is one."""
    removed: tuple[LedgerEntry, ...]
    """Reports of it that were published once and taken away."""


class BodyBelow(NamedTuple):
    """A body of a commune, on the page of its unit in the province."""

    place: Place
    view: UnitView


def body_pages(site_model: SiteModel, plans: Sequence[PlanView]) -> Iterator[Page]:
    """Yield the page of each body that the plans of one commune name; none of a province's."""
    place = plans[0].place
    if place.level == "province" or place.province is None:
        return
    for view in bodies_of(site_model, place, plans):
        yield _body_page(site_model, view, place)


def bodies_of(site_model: SiteModel, place: Place, plans: Sequence[PlanView]) -> Iterator[UnitView]:
    """Yield the units that plans of one place give anything to do, or that reported on them."""
    named = {share.unit for plan in plans for share in plan.units}
    named |= {report.unit for plan in plans for report in plan.reports}
    for view in site_model.units.values():
        if view.id in named or view.predecessors:
            part = unit_in(view, place, plans)
            if part.shares or part.inherited or part.reports:
                yield part


def province_body_pages(site_model: SiteModel, *, large: bool = False) -> Iterator[Page]:
    """Yield the page of each unit in each province: its own body there, then those of communes.

    Of a `large` site each has a workbook; of a small one the unit has.
    """
    plans_in = {province.code: plans for province, plans in plans_by_province(site_model)}
    for view in site_model.units_with_page:
        for place, part in unit_by_province(site_model, view):
            below = _bodies_below(part, plans_in[place.code])
            yield _body_page(
                site_model, part, place, below, has_workbook=large and bool(part.shares)
            )


def _bodies_below(view: UnitView, plans: Sequence[PlanView]) -> list[BodyBelow]:
    """List the bodies of a province's communes, in the order of their plans."""
    by_place: dict[str, list[PlanView]] = {}
    for plan in plans:
        if plan.place.province is not None:
            by_place.setdefault(plan.place.code, []).append(plan)
    below = []
    for own in by_place.values():
        part = unit_in(view, own[0].place, own)
        if part.shares or part.inherited or part.reports:
            below.append(BodyBelow(own[0].place, part))
    return below


def _body_page(
    site_model: SiteModel,
    view: UnitView,
    place: Place,
    below: Sequence[BodyBelow] = (),
    *,
    has_workbook: bool = False,
) -> Page:
    name = f"{view.unit.name}, {place.name}"
    return Page(
        view.address,
        "pages/body.html",
        f"{name}: việc, báo cáo, thời hạn",
        f"{name} chủ trì, phối hợp những việc gì trong các kế hoạch, đã báo cáo chưa, sắp đến hạn"
        " việc gì.",
        partial(_body_context, site_model, view, place, below, has_workbook=has_workbook),
    )


def _body_context(
    site_model: SiteModel,
    view: UnitView,
    place: Place,
    below: Sequence[BodyBelow],
    *,
    has_workbook: bool,
) -> Mapping[str, Any]:
    """Return what the page of a body shows; the plans of its own place are opened for it."""
    held = [*(plan for plan, _ in view.shares), *(plan for plan, _ in view.reports)]
    plans = {plan.id: plan for plan in held if plan.place.code == place.code}
    own = unit_in(view, place, plans.values())
    shares = {plan.id: share for plan, share in own.shares}
    shown = [plan for plan in plans.values() if plan.id in shares or view.id in plan.beside]
    roles = count_roles(own)
    figures = [(number(roles[role]), ROLES[role]) for role in schema.ROLES if roles[role]]
    owed = own.rollup.owed
    if owed.total:
        figures.append((number(owed.reported), "đã có báo cáo"))
    told = {plan.id for plan in shown}
    return {
        "view": replace(view, reports=tuple(row for row in view.reports if row[0].id not in told)),
        "place": place,
        "own": [
            _plan_of_body(
                plan,
                shares.get(plan.id) or UnitShare(view.id, (), 0, roll_up(())),
                site_model.unit_register,
            )
            for plan in shown
        ],
        "figures": figures,
        "is_silent": owed.total > 0 and not owed.reported and not own.rollup.removed_reports,
        "beside": own.rollup.beside,
        "below": below,
        "has_workbook": has_workbook,
        "has_calendar": place.province is None and bool(unit_days(view)),
        "most_rows": MOST_ROWS,
    }


def _plan_of_body(
    plan: PlanView, share: UnitShare, units: Mapping[str, registers.Unit]
) -> BodyPlan:
    full = plan.open()
    cells = cells_of_unit(share.unit, plan, full, units)
    due = [cell for cell in cells if cell.sign not in ("none", "ahead")]
    next_due = [cell for cell in cells if cell.sign == "ahead"][:1]
    days = [
        day
        for day in full.calendar
        if not (day.passed or day.settled)
        and any(assignment.unit == share.unit for assignment in day.commitment.assignments)
    ]
    ahead = [rounds for one in rounds_by_plan(days) for rounds in one.ahead]
    return BodyPlan(
        plan,
        share,
        next(
            (duties for duties in full.duties if duties.unit == share.unit),
            UnitDuties(share.unit, (), 0),
        ),
        tuple(found for found in full.beside if found.unit == share.unit),
        (*next_due, *reversed(due)),
        tuple(ahead[:LISTED_DAYS]),
        tuple(
            entry
            for entry in plan.removed_reports
            if entry.report and entry.report.unit == share.unit
        ),
    )
