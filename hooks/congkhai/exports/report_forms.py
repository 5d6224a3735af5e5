"""What the page of reports in the browser knows of a plan: who reports on what.

Comes in: the `SiteModel`. Goes out: a file beside each plan's page, which
`theme/assets/reporting/report.js` reads. The rules for all plans are in `report_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from pydantic_core import to_json

from congkhai.checks.reports import first_day_of_plan, years_of_reports
from congkhai.data import registers
from congkhai.data.load import schema_line
from congkhai.exports.browser_data import to_table
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.status import reached
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.pages.report_lines import (
    commitments_of,
    describe_part,
    title_lines,
)
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import capital, dictionary_key

FORM_FILE = "bao-cao.json"
"""Beside a plan's page."""


class ReportItem(NamedTuple):
    """A commitment that can be reported on."""

    id: str
    reference: str
    kind: str
    deadline: str
    """As printed."""
    words: str
    recurs: bool
    """It falls due again: done for one year, it may be under way for the next."""


class ReportTarget(NamedTuple):
    """A target of one of the items."""

    item: int
    """Place in `items`, from 0."""
    key: str
    words: str
    unit: str
    comparator: str
    goal: float
    maximum: float | None
    """The upper figure of a range, of which `goal` is the lower; None without one."""
    is_decided: bool
    """By a value alone it can be told whether the target is reached; else a reader judges."""
    least: float
    """The smallest value that can be."""
    most: float | None
    """The largest value that can be; None without one."""


class ReportUnit(NamedTuple):
    """A body that reports, with its part in each item."""

    id: str
    name: str
    items: Sequence[int]
    parts: Sequence[int]
    """For each of the items, the place of the words in the file's `parts`."""
    is_named: bool
    """The document names it, or a body that it follows; else it is one of a group that is named."""


class EarlierReport(NamedTuple):
    """A report that was filed, whoever made it."""

    file: str
    period: str
    said: str
    """What people call it: «năm 2026, ngày 10/11/2026»."""
    address: str
    day: str


class EarlierLine(NamedTuple):
    """A line of an earlier report that counts, oldest first."""

    unit: str
    item: str
    target: str
    file: str
    status: str
    value: float | None
    unchanged: bool
    done_on: str


def plan_form(site_model: SiteModel, view: PlanView) -> tuple[str, bytes]:
    """Write who reports on which commitments of a plan, and what was reported last."""
    full = view.open()
    position = {one.item.id: place for place, one in enumerate(full.commitments)}
    first_day = first_day_of_plan(full.plan)
    parts: dict[str, int] = {}
    units = list(_units(site_model, view, position, parts))
    content = {
        "plan": view.id,
        "place": view.place.name,
        "schemas": {
            kind: schema_line(kind, f"{view.id}/{kind}s").rstrip("\n")
            for kind in ("report", "response")
        },
        "title": title_lines(view, "", "")[-1],
        "name": f"{capital(view.document.type_name)} {labels.years(view.period)}",
        "issuer": view.issuer.name,
        "issuer_unit": view.issuer.unit,
        "first_day": first_day.isoformat() if first_day else "",
        "issued": full.plan.document.date.first_day().isoformat()
        if full.plan.document.date is not None and not full.plan.document.date.recurring
        else "",
        "last_year": view.period.end + 1,
        "years": years_of_reports(view.period),
        "items": to_table(ReportItem, map(_item, full.commitments)),
        "targets": to_table(
            ReportTarget,
            [
                target
                for place, one in enumerate(full.commitments)
                for target in _targets(place, one)
            ],
        ),
        "units": to_table(ReportUnit, units),
        "parts": list(parts),
        "lines": to_table(EarlierLine, _earlier_lines(full.commitments)),
        "reports": to_table(
            EarlierReport,
            [
                EarlierReport(
                    report.file,
                    report.period,
                    f"{labels.report_period(report.period)}, ngày {format_day(report.day)}",
                    report.address,
                    report.day.isoformat(),
                )
                for report in view.reports
            ],
        ),
        "responses": [response.address.rpartition("/")[2] for response in full.responses],
    }
    return view.address + FORM_FILE, to_json(content)


def _item(commitment: Commitment) -> ReportItem:
    return ReportItem(
        id=commitment.item.id,
        reference=capital(commitment.reference),
        kind=labels.KINDS[commitment.shown_kind],
        deadline=labels.deadlines_printed(commitment),
        words=commitment.words,
        recurs=any(due.every for due in commitment.deadlines),
    )


def _targets(place: int, commitment: Commitment) -> Iterator[ReportTarget]:
    for target in commitment.item.targets:
        is_share = target.unit == "%" and max(target.value, target.maximum or 0) <= 100
        yield ReportTarget(
            item=place,
            key=target.key or "",
            words=labels.target_value(target),
            unit=target.unit,
            comparator=target.comparator,
            goal=float(target.value),
            maximum=float(target.maximum) if target.maximum is not None else None,
            is_decided=reached(target.value, target.comparator, target.value, target.unit)
            is not None,
            least=0,
            most=100 if is_share else None,
        )


def _units(
    site_model: SiteModel, view: PlanView, position: dict[str, int], parts: dict[str, int]
) -> Iterator[ReportUnit]:
    """Yield the bodies in force that answer for something, in Vietnamese order.

    `parts` takes the words of their parts, each once with its place.
    """
    registered = {slug: entry.unit for slug, entry in site_model.units.items()}
    named = _list_named(view, registered)
    for slug in sorted(
        _list_candidates(view, named, registered),
        key=lambda slug: dictionary_key(registered[slug].name),
    ):
        own = commitments_of(view, slug, registered)
        if own:
            yield ReportUnit(
                slug,
                registered[slug].name,
                [position[one.item.id] for one in own],
                [parts.setdefault(describe_part(one, slug, registered), len(parts)) for one in own],
                slug in named,
            )


def _list_named(view: PlanView, registered: Mapping[str, registers.Unit]) -> set[str]:
    """List the issuer, the bodies and groups that a plan names, and those that follow them."""
    waiting = [view.issuer.unit, *(share.unit for share in view.units)]
    named: set[str] = set()
    while waiting:
        slug = waiting.pop()
        if slug not in named and slug in registered:
            named.add(slug)
            waiting.extend(registered[slug].successors)
    return named


def _list_candidates(
    view: PlanView, named: Set[str], registered: Mapping[str, registers.Unit]
) -> set[str]:
    """List the bodies in force that are named, or that a group among the named ones has."""
    levels = {
        level
        for slug in named
        if registered[slug].nature == "group"
        for level in registered[slug].level
    }
    return {
        slug
        for slug, unit in registered.items()
        if unit.until is None
        and unit.nature != "group"
        and (slug in named or (view.place.level in unit.level and levels & set(unit.level)))
    }


def _earlier_lines(commitments: Sequence[Commitment]) -> Iterator[EarlierLine]:
    for commitment in commitments:
        for line in sorted(
            commitment.history, key=lambda line: (line.report.day, line.report.file)
        ):
            if line.corrected_by is not None:
                continue
            entry = line.entry
            yield EarlierLine(
                unit=line.report.unit,
                item=entry.item,
                target=entry.target or "",
                file=line.report.file,
                status=entry.status or "",
                value=float(entry.value) if entry.value is not None else None,
                unchanged=entry.unchanged,
                done_on=entry.done_on.iso() if entry.done_on else "",
            )
