"""Files of the site that are not pages: tables, sources, feeds, what scripts read, the sitemap.

Comes in: the `SiteModel`. Goes out: (address, bytes), or jobs that make them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from pydantic_core import to_json

from congkhai.data.files import read_lines
from congkhai.data.git_history import ReadContent
from congkhai.exports import calendars, feeds, search_documents
from congkhai.exports.comparison import compared_fields
from congkhai.exports.discovery import last_changes, llms_text, sitemap_files
from congkhai.exports.facets import facet_files
from congkhai.exports.job import Job
from congkhai.exports.markdown import plan_markdown
from congkhai.exports.open_data.files import national_files, plan_data, province_tables
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.exports.open_data.workbooks import province_workbooks, unit_workbooks
from congkhai.exports.pictures import national_picture_tables, picture_tables
from congkhai.exports.report_forms import plan_form
from congkhai.exports.report_rules import RULES_FILE, rules_file
from congkhai.exports.shared_pictures import picture_job
from congkhai.exports.tables import (
    TABLE,
    commitments_table,
    coverage_table,
    responses_table,
    targets_table,
)
from congkhai.model import changelog, routes
from congkhai.model.ledger import PLAN, SOURCE, LedgerEntry
from congkhai.model.ledger_file import write_ledgers
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import ProgrammeView, SiteModel
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.pages import labels
from congkhai.pages.grouping import calendar_by_province, is_large, unit_by_province
from congkhai.pages.security_headers import for_hosts
from congkhai.pages.shared_pictures import home_picture, province_picture
from congkhai.pages.site import Site
from congkhai.text.vietnamese import capital


def feed_files(
    site_model: SiteModel, subjects: changelog.Subjects, site_url: str, *, in_full: bool = True
) -> Iterator[tuple[str, bytes]]:
    """Write the feed of changes of each subject, beside its page, and its archive.

    `in_full`: plans may be opened for what their reports say.
    """
    for page, (title, changes) in subjects.items():
        withdrawn = site_model.withdrawn if page == routes.UPDATES else ()
        yield from feeds.feed_documents(
            changes, title, page, site_model, site_url, withdrawn, in_full=in_full
        )


def plan_files(
    site_model: SiteModel, plan: PlanView, site_url: str, plans_root: Path, tables: PlanTables
) -> Iterator[tuple[str, bytes]]:
    """Write what stands beside a plan's page; `site_url` is absolute and ends with a slash."""
    folder = plans_root / plan.id
    yield plan.address + TABLE, commitments_table(site_model, plan, site_url)
    yield from plan_data(tables, plan, site_url)
    yield (
        plan.address + search_documents.PROVISIONS,
        to_json({**search_documents.provision_table(plan), **compared_fields(site_model, plan)}),
    )
    yield plan.address + routes.PLAN_MARKDOWN, plan_markdown(site_model, plan, site_url)
    yield plan_form(site_model, plan)
    yield from picture_tables(plan, site_model, site_url)
    yield calendars.plan_calendar(site_model, plan, site_url)
    yield f"{plan.address}plan.yml", read_lines(folder / "plan.yml")
    if plan.has_source:
        yield f"{plan.address}source.txt", read_lines(folder / "source.txt")
    for report in plan.reports:
        yield f"{report.address}bao-cao.yml", read_lines(folder / "reports" / report.file)
    responses = plan.open().responses
    for response in responses:
        file = response.address.rpartition("/")[2]
        yield response.address, read_lines(folder / "responses" / file)
    if responses:
        yield f"{plan.address}tra-loi.csv", responses_table(site_model, plan, site_url)
    for name in sorted(evidence_files(plan)):
        yield labels.evidence_address(name, plan.address), (folder / name).read_bytes()


def removed_files(plan: PlanView, read_content: ReadContent) -> Iterator[tuple[str, bytes]]:
    """Write what reports and responses said last that were taken away, at their addresses."""
    for entry in (*plan.removed_reports, *plan.removed_responses):
        content = read_content(entry.content) if entry.content else None
        if content is not None:
            yield published_name(plan, entry), content


def withdrawn_files(
    plans: Iterable[WithdrawnPlan], read_content: ReadContent
) -> Iterator[tuple[str, bytes]]:
    """Write what plans said last whose folders are gone, at their old addresses."""
    for plan in plans:
        content = read_content(plan.content) if plan.content else None
        if content is not None:
            yield f"{plan.address}{PLAN}", content


def changes_file(site_model: SiteModel) -> tuple[str, bytes]:
    """Write every change of a published file, with the SHA-256 of what was there and what is.

    By it `congkhai verify --against` tells whether a change was told to readers.
    """
    rows = [
        {
            "day": entry.day.isoformat() if entry.day else None,
            "kind": entry.kind,
            "file": published_name(plan, entry),
            "before": entry.before,
            "after": entry.after,
            "amendments": len(entry.amendments),
        }
        for plan in site_model.plans.values()
        for entry in plan.ledger
        if entry.before or entry.after
    ]
    rows += [
        {
            "day": plan.day.isoformat() if plan.day else None,
            "kind": "plan-removed",
            "file": file.name,
            "before": file.sha256,
            "after": None,
            "amendments": 0,
        }
        for plan in site_model.withdrawn
        for file in plan.files
    ]
    content: dict[str, object] = {
        "format": 1,
        "dates_known": site_model.dates_known,
        "changes": rows,
    }
    undated = [plan.id for plan in site_model.plans.values() if not plan.dates_known]
    if len(undated) < len(site_model.plans):
        content["undated"] = undated
    return routes.CHANGES, to_json(content)


def _ledger_file(site_model: SiteModel) -> tuple[str, bytes]:
    plans, gone = site_model.plans.values(), site_model.withdrawn
    content = write_ledgers(
        plans, gone, site_model.register_changes, dates_known=site_model.dates_known
    )
    return routes.LEDGERS, content


def published_name(plan: PlanView, entry: LedgerEntry) -> str:
    """Return the name below the site under which a file of a plan's folder is published."""
    if entry.report is not None:
        return f"{entry.report.address}bao-cao.yml"
    if entry.response is not None:
        return entry.response.address
    if entry.file in (PLAN, SOURCE):
        return f"{plan.address}{entry.file}"
    return labels.evidence_address(entry.file, plan.address)


def evidence_files(plan: PlanView) -> set[str]:
    """Names of the files beside a plan that its reports give as evidence, and of its originals."""
    opened = plan.open()
    reports = opened.filed.values()
    cited = [
        evidence for report in reports for entry in report.entries for evidence in entry.evidence
    ]
    cited += [report.source for report in reports if report.source]
    cited += [evidence for view in opened.responses for evidence in view.response.evidence]
    names = {evidence.url for evidence in cited if not evidence.url.startswith("https:")}
    original = opened.plan.original
    return names | original.files.keys() if original else names


def province_files(
    site_model: SiteModel, site_url: str, tables: PlanTables, *, large: bool
) -> Iterator[tuple[str, bytes]]:
    """Write what holds all plans of a province. Opens all plans.

    That is its file of facets, its workbook, the calendars of units there and, when the site
    is `large`, its own calendar.
    """
    yield from facet_files(site_model)
    for view in site_model.units_with_page:
        parts = (part for _, part in unit_by_province(site_model, view))
        yield from calendars.unit_calendars(site_model, parts, site_url)
    yield from province_workbooks(site_model, tables, large=large)
    if not large:
        return
    yield from province_tables(site_model, tables, site_url)
    for place, years in calendar_by_province(site_model):
        days = (day for days_of_year in years.values() for day in days_of_year)
        yield (
            routes.calendar_feed(place.slug),
            calendars.calendar_feed(days, site_model, site_url, capital(place.name)),
        )


def national_jobs(site_model: SiteModel, site: Site, addresses: Sequence[str]) -> Iterator[Job]:
    """Make what holds the whole country, the table of all commitments apart.

    `addresses`: of the pages that the sitemap lists.
    """
    site_url = site.url
    tables = PlanTables(site_model, site_url)
    yield Job(
        routes.TARGETS_TABLE,
        lambda: [(routes.TARGETS_TABLE, targets_table(site_model, site_url))],
    )
    yield Job("pictures", lambda: national_picture_tables(site_model, site_url))
    yield picture_job(home_picture(site_model), site)
    for province in site_model.provinces:
        yield picture_job(province_picture(province, site_model), site)
    yield Job("open-data", lambda: national_files(site_model, site, tables))
    yield Job(routes.CHANGES, lambda: [changes_file(site_model)])
    yield Job(routes.LEDGERS, lambda: [_ledger_file(site_model)])
    for programme in site_model.programmes.values():
        address = programme.address + routes.COVERAGE_TABLE
        yield Job(address, partial(_coverage_file, site_model, programme, address, site_url))
    yield Job(
        routes.CALENDAR_FEED,
        lambda: [(routes.CALENDAR_FEED, _national_calendar(site_model, site_url))],
    )
    if not is_large(site_model.plans):
        units = site_model.units_with_page
        yield Job("workbooks", lambda: unit_workbooks(site_model, tables))
        yield Job("calendars", lambda: calendars.unit_calendars(site_model, units, site_url))
    yield Job(RULES_FILE, lambda: [rules_file()], ())
    yield Job(
        routes.SITEMAP,
        lambda: sitemap_files(site_url, addresses, last_changes(site_model)),
        lists_all=True,
    )
    yield Job(routes.LLMS, lambda: [(routes.LLMS, llms_text(site_model, site))])
    yield Job(
        "hosts",
        lambda: _files_for_hosts(addresses, site_url),
        (),
        lists_all=True,
    )
    yield from _feeds_of_country(site_model, site_url)


def _files_for_hosts(addresses: Iterable[str], site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write what hosts are told of headers, and crawlers of the sitemap."""
    folders = {address.partition("/")[0] for address in addresses if "/" in address}
    yield "_headers", for_hosts(folders, urlsplit(site_url).path)
    yield (
        "robots.txt",
        f"User-agent: *\nAllow: /\nSitemap: {site_url}{routes.SITEMAP}\n".encode(),
    )


def _feeds_of_country(site_model: SiteModel, site_url: str) -> Iterator[Job]:
    """Make the feeds that hold more than one province, and the one of the week."""
    for address, (title, changes) in changelog.wide_subjects(site_model).items():
        of: tuple[object, ...] | None = None
        if len(changes) <= feeds.NEWEST:
            plans = {change.plan.id: change.plan for change in changes}
            of = (*plans.values(), *site_model.withdrawn)
        subject = {address: (title, changes)}
        in_full = not is_large(site_model.plans)
        make = partial(feed_files, site_model, subject, site_url, in_full=in_full)
        yield Job(f"{address}atom.xml", make, of)
    yield Job(
        routes.WEEKLY_FEED,
        lambda: [(routes.WEEKLY_FEED, feeds.digest_feed(site_model, site_url))],
    )


def _coverage_file(
    site_model: SiteModel, programme: ProgrammeView, address: str, site_url: str
) -> list[tuple[str, bytes]]:
    return [(address, coverage_table(site_model, programme, site_url))]


def _national_calendar(site_model: SiteModel, site_url: str) -> bytes:
    """Write the calendar; of a large site the communes' days are in their provinces' own."""
    large = is_large(site_model.plans)
    days = [
        day
        for plan in site_model.plans.values()
        if plan.place.level in ("central", "province") or not large
        for day in plan.open().calendar
    ]
    days.sort(key=lambda day: day.mark)
    return calendars.calendar_feed(days, site_model, site_url)
