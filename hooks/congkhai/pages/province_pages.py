"""The pages that one province is enough for: its places, plans, reports and calendars.

Comes in: a `SiteModel`, of the country or of one province. Goes out: `Page`s. Nothing is
rendered here: a page's `context` is called when the page is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from congkhai.model import routes
from congkhai.model.assignments import follows
from congkhai.model.plan_view import CalendarDay, PlanView, TopicCount
from congkhai.model.site_model import SiteModel
from congkhai.model.status import add_up
from congkhai.model.today import Today
from congkhai.model.views import Commitment, Place, ReportView, RollUp
from congkhai.pages.embeds import plan_embeds
from congkhai.pages.grouping import (
    LATELY,
    Rounds,
    calendar_by_province,
    notes_above,
    place_has_days,
    plans_have_days,
    rounds_by_plan,
)
from congkhai.pages.labels import (
    change_words,
    count_of_commitments,
    entry_kind,
    plan_title,
    report_period,
    shorten,
    state_words,
)
from congkhai.pages.page import Page, PageImage
from congkhai.pages.pictures import picture_pages, plan_pictures
from congkhai.pages.shared_pictures import plan_image, province_image
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import capital


class Front(NamedTuple):
    """A plan on the page of its place."""

    plan: PlanView
    dated: int
    """Commitments with a deadline."""
    topics: tuple[TopicCount, ...]
    """Those named most first."""
    missed: CalendarDay | None
    """The last day lately passed by which a report was due and none was received."""
    ahead: tuple[Rounds, ...]
    """What falls due next; what comes back every year is one."""


LISTED_DAYS = 2
"""Days ahead on the page of a place."""
FIRST_ROWS = 4
"""Commitments of a plan that stand open on its first page, which fits into four phone screens."""
FIRST_SECTIONS = 3
"""Sections of a plan that stand there; a provincial plan has twenty."""
LISTED_NEIGHBOURS = 6
"""Communes with a plan that the page of one without names; the province's page has all."""
COMMUNAL_COMMITTEES = "Ủy ban nhân dân"
"""How the name of a group of communes' People's Committees begins: «… các xã, phường»."""


def place_page(site_model: SiteModel, place: Place) -> Page:
    """Return the page of a place below the province, or of a dissolved province."""
    name = capital(place.name)
    plans = site_model.plans_of.get(place.code, ())
    where = f"{name}, {site_model.places[place.province].name}" if place.province else name
    return Page(
        place.address,
        "pages/place.html",
        f"{name} (đến {place.until})" if place.level == "province" else where,
        f"{where}: kế hoạch đã công khai, cơ quan được nêu tên, thời hạn và báo cáo.",
        lambda: {
            "place": place,
            "namesakes": site_model.namesakes.get(place.code, ()),
            "rollup": roll_up_place(site_model, place),
            "has_calendar": place_has_days(site_model, place),
            "has_workbook": place.level in ("central", "province") and site_model.has_plan(place),
            "fronts": [front_of(plan, site_model.today) for plan in plans],
            "known_plans": [
                (programme, entry)
                for programme, entry in site_model.known_plans(place)
                if entry.state != "held" or entry.documents
            ],
        },
        image=partial(plan_image, plans[0], site_model) if plans else None,
    )


def front_of(plan: PlanView, today: Today) -> Front:
    """Return what the page of a place says of one of its plans; the plan is opened for it."""
    full = plan.open()
    first = today - timedelta(days=LATELY)
    missed = [day for day in full.calendar if day.due.day >= first and day.is_missed_report]
    days = [day for day in full.calendar if not day.passed and not day.settled]
    return Front(
        plan,
        sum(1 for commitment in full.commitments if commitment.deadlines),
        tuple(sorted(plan.topics, key=lambda count: -count.total)),
        max(missed, key=lambda day: day.due.day, default=None),
        tuple(rounds for one in rounds_by_plan(days) for rounds in one.ahead[:LISTED_DAYS]),
    )


def commune_pages(site_model: SiteModel, province: Place) -> Iterator[Page]:
    """Yield a page for each commune of a province of which no plan is held.

    A search engine is told of those alone that say more than that.
    """
    communes = site_model.communes.get(province.code, ())
    shared = commune_context(site_model, province)
    image = province_image(province, site_model)
    says_more = bool(shared["neighbours"] or shared["tasks"] or shared["obliging"])
    for commune in communes:
        if site_model.has_plan(commune) or commune.anchor:
            continue
        known = [known for known in site_model.known_plans(commune) if known[1].state != "unknown"]
        yield Page(
            commune.address,
            "pages/commune.html",
            f"{capital(commune.name)}, {province.name}",
            f"Trang web này chưa có kế hoạch nào của {commune.name}, {province.name}:"
            " xem việc của tỉnh ghi cho xã, hỏi ở đâu, gửi kế hoạch thế nào.",
            partial(
                dict,
                shared,
                place=commune,
                known_plans=known,
                namesakes=site_model.namesakes.get(commune.code, ()),
                is_listed=says_more or bool(known),
            ),
            image=lambda: image,
            listed=says_more or bool(known),
        )


def commune_context(site_model: SiteModel, province: Place) -> dict[str, Any]:
    """Return what the pages of a province's communes without a plan all say.

    `tasks`: what plans of the province give to the People's Committees of communes, by plan.
    `former`: what became part of the province, with its plans.
    `obliging`: documents of the province that are not held and whose plans communes carry out.
    """
    communal = {
        name
        for name, view in site_model.units.items()
        if view.unit.nature == "group"
        and view.unit.level == ("commune",)
        and view.unit.name.startswith(COMMUNAL_COMMITTEES)
    }
    tasks = []
    for plan in site_model.plans_of.get(province.code, ()):
        if plan.counts and not plan.ended and communal & {share.unit for share in plan.units}:
            found = [
                commitment
                for commitment in plan.open().commitments
                if any(assignment.unit in communal for assignment in commitment.assignments)
            ]
            tasks.append((plan, found))
    with_plan = [
        commune
        for commune in site_model.communes.get(province.code, ())
        if commune.code in site_model.plans_of
    ]
    return {
        "province": province,
        "province_plans": site_model.plans_of.get(province.code, ()),
        "tasks": tasks,
        "former": former_plans(site_model, province),
        "neighbours": with_plan[:LISTED_NEIGHBOURS],
        "neighbour_count": len(with_plan),
        "obliging": [
            document
            for programme in site_model.programmes.values()
            for coverage in programme.coverage
            if coverage.places and coverage.places[0].province == province.code
            for document in (site_model.documents[coverage.document],)
            if not document.document.held  # else its tasks are told, or that it has none
        ],
    }


def former_plans(
    site_model: SiteModel, province: Place
) -> list[tuple[Place, tuple[PlanView, ...]]]:
    """List the provinces that became part of one, each with the plans held of it."""
    return [
        (place, site_model.plans_of[place.code])
        for place in site_model.dissolved
        if place.level == "province"
        and province.code in place.successors
        and place.code in site_model.plans_of
    ]


def roll_up_place(site_model: SiteModel, place: Place) -> RollUp:
    """Add up the commitments of a place's own plans that count."""
    return add_up(view.rollup for view in site_model.plans_of.get(place.code, ()) if view.counts)


def plan_pages(site_model: SiteModel, view: PlanView) -> Iterator[Page]:
    """Yield a plan's page, and one for each report."""
    title = plan_title(site_model, view)
    image = cache(partial(plan_image, view, site_model))
    yield Page(
        view.address,
        "pages/plan.html",
        title,
        shorten(
            f"{capital(view.issuer.name)} có kế hoạch làm gì, ai chủ trì, hạn khi nào:"
            f" {count_of_commitments(view.rollup)}, {len(view.units)} cơ quan."
            f" {view.document.title}",
            240,
        ),
        partial(summary_context, site_model, view),
        image,
    )
    yield Page(
        view.text_address,
        "pages/full_text.html",
        f"Toàn văn: {title}",
        f"Toàn văn {view.document.type_name} của {view.issuer.name}: nguyên văn, nguồn, báo cáo.",
        partial(plan_context, view),
        image,
    )
    yield from plan_embeds(site_model, view)
    yield from commitment_pages(view, image)
    yield from picture_pages(view, site_model)
    for report in view.reports:
        unit = site_model.units[report.unit].unit.name
        period = report_period(report.period)
        yield Page(
            report.address,
            "pages/report.html",
            f"Báo cáo {period} của {unit}, {view.issuer.name}",
            f"{unit} báo cáo {period} về {report.lines} mục của {view.document.type_name}.",
            partial(report_context, site_model, view, report),
            image,
        )
    yield from removed_report_pages(site_model, view)


def _last_reported(commitment: Commitment) -> str:
    """Say what was reported and when. Of silence nothing: where a copy of it is, reports come."""
    if commitment.latest is None:
        return ""
    day = format_day(commitment.latest.report.day)
    return f" {capital(state_words(commitment))}, theo báo cáo ngày {day}."


def commitment_pages(view: PlanView, image: Callable[[], PageImage]) -> Iterator[Page]:
    """Yield a page for each commitment of a plan, with its neighbours in the same section."""
    full = view.open()
    answers, above = full.answers, notes_above(full)
    for section in full.sections:
        commitments = section.commitments
        for index, commitment in enumerate(commitments):
            yield Page(
                commitment.address,
                "pages/commitment.html",
                f"{capital(view.issuer.name)}: {shorten(commitment.words, 80)}"
                f" ({commitment.reference})",
                f"{capital(view.issuer.name)}, {commitment.reference}:"
                f" {shorten(commitment.words, 160)}{_last_reported(commitment)}",
                partial[dict[str, Any]](
                    dict,
                    view=view,
                    full=full,
                    commitment=commitment,
                    before=commitments[index - 1] if index else None,
                    after=commitments[index + 1] if index + 1 < len(commitments) else None,
                    number=index + 1,
                    of=len(commitments),
                    uptakes=[up for up in view.uptakes if up.address == commitment.address],
                    targets=[goal for goal in view.targets if goal.address == commitment.address],
                    answers=answers.get(commitment.item.id, ()),
                    notes_above=above[commitment.item.id],
                    missed=full.missed_of(commitment.item.id),
                    gone_since=full.gone_since(commitment.item.id),
                ),
                image,
            )


def removed_report_pages(site_model: SiteModel, view: PlanView) -> Iterator[Page]:
    """Yield a page for each report that was taken away, at its old address."""
    for entry in view.removed_reports:
        report = entry.report
        if report is None:
            continue
        groups = groupby(entry.amendments, key=lambda amendment: amendment.item)
        items = [
            (item, lines[0].reference, lines) for item, group in groups for lines in [[*group]]
        ]
        yield Page(
            report.address,
            "pages/report_removed.html",
            f"{change_words(entry, view, site_model)} ({view.issuer.name})",
            "Báo cáo này từng được đăng trên trang web này và đã được gỡ.",
            partial[dict[str, Any]](dict, view=view, entry=entry, report=report, items=items),
            listed=False,
        )


def summary_context(site_model: SiteModel, view: PlanView) -> Mapping[str, Any]:
    """Return what a plan's first page shows.

    `first_rows`, `first_sections`: how many of its rows, of its sections stand open.
    """
    return {
        **plan_context(view),
        "pictures": plan_pictures(view, site_model),
        "first_rows": FIRST_ROWS,
        "first_sections": FIRST_SECTIONS,
        "has_calendar": plans_have_days([view]),
    }


def plan_context(view: PlanView) -> Mapping[str, Any]:
    """Return what both pages of a plan show; the plan is opened for it."""
    full = view.open()
    return {"view": view, "full": full, "plan_notes": full.notes.get("plan", ())}


def report_context(site_model: SiteModel, view: PlanView, report: ReportView) -> Mapping[str, Any]:
    """Return what a report's page shows: every line with its item, and whose work it is about.

    `lines`: (item, line, whether it is the first about that item); `words`: how often the
    unit says what; `stands_for`: dissolved units that the plan names and this one follows.
    """
    full = view.open()
    filed = full.filed[report.file]
    lines = []
    items: set[str] = set()
    for entry in filed.entries:
        commitment = full.by_item[entry.item]
        line = next(line for line in commitment.history if line.entry is entry)
        lines.append((commitment, line, entry.item not in items))
        items.add(entry.item)
    units = site_model.unit_register
    assigned = dict.fromkeys(
        assignment.unit for commitment, _, _ in lines for assignment in commitment.assignments
    )
    return {
        "view": view,
        "report": report,
        "arrival": view.arrival_of(report),
        "changed": view.changes_of_report(report.file),
        "source": filed.source,
        "lines": lines,
        "words": Counter(map(entry_kind, filed.entries)).most_common(),
        "stands_for": [
            unit for unit in assigned if unit != report.unit and follows(report.unit, unit, units)
        ],
        "corrects": distinct(line.corrects for _, line, _ in lines),
        "corrected_by": distinct(line.corrected_by for _, line, _ in lines),
    }


def distinct(reports: Iterable[ReportView | None]) -> list[ReportView]:
    """Return each report once, by file name."""
    return [
        report
        for _, report in sorted({report.file: report for report in reports if report}.items())
    ]


def year_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield a calendar for each province and year, which a large site has."""
    for place, by_year in calendar_by_province(site_model):
        for year, days in by_year.items():
            yield Page(
                routes.calendar_year(place.slug, year),
                "pages/calendar.html",
                f"Lịch năm {year}: {place.name}",
                f"Việc gì đến hạn trong năm {year} ở {place.name}, báo cáo nào phải có trước ngày"
                " nào.",
                partial(
                    calendar_context,
                    days,
                    place=place,
                    year=year,
                    feed=routes.calendar_feed(place.slug),
                ),
            )


def calendar_context(days: Sequence[CalendarDay], **more: Any) -> dict[str, Any]:
    """Return what a page of these due days shows; `more` says of which place and year."""
    return {
        "plans": rounds_by_plan(days),
        "provinces": (),
        "place": None,
        "feed": routes.CALENDAR_FEED,
        **more,
    }
