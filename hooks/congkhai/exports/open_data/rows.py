"""The rows of each table: one fact a row, with ids, codes and ISO dates beside the words.

Comes in: the `SiteModel` and its plans, opened one after the other. Goes out: named tuples,
whose fields are the columns, with `str`, `int`, `Decimal`, `bool`, `date` or None in them.
Partial dates («tháng 5/2026») are text, as precise as their source: `2026-05`. Plans that were
replaced are included and marked, unlike in the counts of the site.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from congkhai.data import schema
from congkhai.model import status
from congkhai.model.amendments import Amendment
from congkhai.model.assignments import kind_of, walk
from congkhai.model.former_targets import former_targets, target_on
from congkhai.model.ledger import LedgerEntry
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.references import references
from congkhai.model.site_model import DocumentView, ProgrammeView, SiteModel, UnitView
from congkhai.model.status import judged_day, reached
from congkhai.model.views import Commitment, DueDay, EntryView, Place, ReportView, TargetView
from congkhai.pages import labels
from congkhai.pages.dictionary import EVENTS
from congkhai.text.dates import PartialDate
from congkhai.text.vietnamese import capital

Cell = str | int | Decimal | bool | datetime.date | None


class PlanRow(NamedTuple):
    """A plan that is held."""

    plan: str
    locality_code: str
    locality: str
    province_code: str
    issuer_unit: str
    issuer: str
    issuer_electronic_code: str | None
    document_type: str
    number: str | None
    symbol: str | None
    date: str | None
    title: str
    first_year: int | None
    last_year: int
    programme: str
    parent_document: str | None
    in_force: bool
    replaced_by: str | None
    commitments: int
    requests: int
    reported: int
    done: int
    reports: int
    published_on: datetime.date | None
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    url: str


class ItemRow(NamedTuple):
    """A provision of a plan, whether or not it is a commitment."""

    plan: str
    item: str
    parent_item: str | None
    position: int
    reference: str
    number: str | None
    title: str | None
    text: str | None
    kind_code: str
    is_commitment: bool
    url: str


class CommitmentRow(NamedTuple):
    """A provision that somebody can be held to."""

    plan: str
    item: str
    locality_code: str
    locality: str
    programme: str
    reference: str
    kind_code: str
    kind: str
    text: str
    deliverable: str | None
    state_code: str
    state: str
    due_last_day: datetime.date | None
    overdue_since: datetime.date | None
    due_passed_before_move: datetime.date | None
    due_moved_on: datetime.date | None
    report_lines: int
    last_reported_on: datetime.date | None
    in_force: bool
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    url: str


class AssignmentRow(NamedTuple):
    """That a provision gives a body a role."""

    plan: str
    item: str
    role_code: str
    role: str
    unit: str
    unit_name: str
    named_in_item: str


class DeadlineRow(NamedTuple):
    """A day on which a commitment falls due; or a deadline that has none."""

    plan: str
    item: str
    deadline: int
    printed: str
    first_day: datetime.date | None
    last_day: datetime.date | None
    precision: str
    recurrence: str | None
    ongoing: bool


class RuleRow(NamedTuple):
    """How a provision has results reported."""

    plan: str
    item: str
    recipients: str | None
    recipient_names: str | None
    via: str | None
    cutoff_printed: str | None
    cutoff_day: str | None
    form: str | None
    url: str


class ReportRow(NamedTuple):
    """A report of one body for one period."""

    report: str
    plan: str
    unit: str
    unit_name: str
    period: str
    date: datetime.date
    arrived_on: datetime.date | None
    lines: int
    source_title: str | None
    source_url: str | None
    url: str


class EntryRow(NamedTuple):
    """What a report says of one provision."""

    report: str
    line: int
    plan: str
    item: str
    target: str | None
    status_code: str | None
    status: str
    unchanged: bool
    done_on: str | None
    value: Decimal | None
    text: str | None
    reason: str | None
    evidence: str | None
    corrects: str | None
    corrected_by: str | None
    url: str


class TargetRow(NamedTuple):
    """A figure that a plan, or a document above it, sets."""

    target: str
    plan: str | None
    document: str | None
    item: str | None
    measure: str
    printed: str
    comparator: str
    value: Decimal
    maximum: Decimal | None
    baseline: Decimal | None
    unit_of_measure: str
    population: str | None
    modal: str | None
    condition: str | None
    by: str | None
    source: str | None
    url: str


class ValueRow(NamedTuple):
    """A value that was reported for a target."""

    target: str
    report: str
    date: datetime.date
    value: Decimal
    reached: bool | None
    url: str


class ChangeRow(NamedTuple):
    """One statement that is another, or new, or gone since it was published."""

    change: str
    line: int
    day: datetime.date | None
    plan: str
    file: str
    event_code: str
    event: str
    amendment_code: str | None
    amendment: str | None
    is_reading: bool | None
    item: str | None
    reference: str | None
    field: str | None
    before: str | None
    after: str | None
    reason: str | None
    url: str


class ResponseRow(NamedTuple):
    """What the authority answered about a provision."""

    response: str
    line: int
    plan: str
    item: str
    unit: str
    unit_name: str
    date: datetime.date
    asked: str | None
    text: str
    evidence: str | None
    url: str


class UnitRow(NamedTuple):
    """A type of body; the body itself is that type in a locality."""

    unit: str
    name: str
    name_en: str | None
    nature_code: str
    nature: str
    levels: str
    abbreviations: str | None
    until: str | None
    successors: str | None
    url: str | None


class CodeRow(NamedTuple):
    """The electronic code of one body."""

    electronic_code: str
    unit: str
    locality_code: str
    source_title: str
    source_url: str | None


class LocalityRow(NamedTuple):
    """A province or a commune, in force or dissolved."""

    code: str
    name: str
    level: str
    province_code: str | None
    until: str | None
    successors: str | None
    url: str


class DocumentRow(NamedTuple):
    """A document that plans cite, or that is known to exist."""

    document: str
    type: str
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str
    title: str
    parent_document: str | None
    held_as: str | None
    locality_code: str | None
    url: str


class ProgrammeRow(NamedTuple):
    """A programme: the plans that carry out one document."""

    programme: str
    name: str
    name_en: str | None
    document: str
    plans: int
    url: str


class MeasureRow(NamedTuple):
    """What targets measure."""

    measure: str
    name: str
    name_en: str | None
    topic: str
    meaning: str


PLAN_TABLES: dict[str, type[tuple[Cell, ...]]] = {
    "items": ItemRow,
    "commitments": CommitmentRow,
    "assignments": AssignmentRow,
    "deadlines": DeadlineRow,
    "rules": RuleRow,
    "reports": ReportRow,
    "entries": EntryRow,
    "targets": TargetRow,
    "values": ValueRow,
    "changes": ChangeRow,
    "responses": ResponseRow,
}
"""Tables whose rows each belong to a plan; targets of cited documents are added to theirs."""
SHARED_TABLES: dict[str, type[tuple[Cell, ...]]] = {
    "plans": PlanRow,
    "units": UnitRow,
    "codes": CodeRow,
    "localities": LocalityRow,
    "documents": DocumentRow,
    "programmes": ProgrammeRow,
    "measures": MeasureRow,
}
"""Tables of which there is one for the whole site."""


# --------------------------------------------------------------- what belongs to a plan


def plan_rows(
    site_model: SiteModel, plan: PlanView, site_url: str
) -> dict[str, list[tuple[Cell, ...]]]:
    """Return the rows of a plan by table; opens the plan. `site_url` ends with a slash."""
    full = plan.open()
    return {
        "items": list(_item_rows(plan, full, site_url)),
        "commitments": [
            _commitment_row(site_model, plan, commitment, site_url)
            for commitment in full.commitments
        ],
        "assignments": list(_assignment_rows(site_model, full)),
        "deadlines": [row for commitment in full.commitments for row in _deadline_rows(commitment)],
        "rules": list(_rule_rows(site_model, plan, full, site_url)),
        "reports": [
            _report_row(site_model, plan, full, report, site_url) for report in plan.reports
        ],
        "entries": list(_entry_rows(plan, full, site_url)),
        "targets": [row for _, _, row in _targets(plan, full, site_url)],
        "values": list(_value_rows(plan, full, site_url)),
        "changes": list(change_rows(plan, site_url)),
        "responses": list(_response_rows(site_model, plan, full, site_url)),
    }


def _item_rows(plan: PlanView, full: OpenPlan, site_url: str) -> Iterator[ItemRow]:
    stands = references(full.plan.body, full.plan.attachments)
    committed = {commitment.item.id for commitment in full.commitments}
    for position, (item, above) in enumerate(walk(full.plan.provisions), 1):
        yield ItemRow(
            plan=plan.id,
            item=item.id,
            parent_item=above[-1].id if above else None,
            position=position,
            reference=stands[item.id],
            number=item.number,
            title=item.title,
            text=_text_of(item),
            kind_code=kind_of(item, above),
            is_commitment=item.id in committed,
            url=f"{site_url}{full.address_of(plan.id, item.id)}",
        )


def _text_of(item: schema.Item) -> str | None:
    """Return the words below an item's title, those of a table row cell by cell."""
    parts = (item.text, *item.columns, *item.cells)
    return " | ".join(part for part in parts if part) or None


def _commitment_row(
    site_model: SiteModel, plan: PlanView, commitment: Commitment, site_url: str
) -> CommitmentRow:
    judged = judged_day(commitment.due, site_model.today)
    last_day = judged.day if judged else None
    late = commitment.state == "overdue" and last_day is not None
    overdue_since = commitment.deadline_set_late
    if overdue_since is None and last_day is not None:
        overdue_since = last_day + datetime.timedelta(days=1)
    moved = commitment.moved_deadline
    return CommitmentRow(
        plan=plan.id,
        item=commitment.item.id,
        locality_code=plan.place.code,
        locality=capital(plan.place.name),
        programme=plan.programme,
        reference=commitment.reference,
        kind_code=commitment.shown_kind,
        kind=labels.KINDS[commitment.shown_kind],
        text=commitment.words,
        deliverable=commitment.item.deliverable,
        state_code=commitment.state,
        state=status.LABELS[commitment.state],
        due_last_day=last_day,
        overdue_since=overdue_since if late else None,
        due_passed_before_move=moved.passed if moved else None,
        due_moved_on=moved.moved_on if moved else None,
        report_lines=len(commitment.history),
        last_reported_on=commitment.latest.report.day if commitment.latest else None,
        in_force=plan.counts,
        valid_from=plan.valid.since,
        valid_until=plan.valid.until,
        url=site_url + commitment.address,
    )


def _assignment_rows(site_model: SiteModel, full: OpenPlan) -> Iterator[AssignmentRow]:
    for commitment in full.commitments:
        for assignment in commitment.assignments:
            yield AssignmentRow(
                plan=commitment.plan_id,
                item=commitment.item.id,
                role_code=assignment.role,
                role=labels.ROLES[assignment.role],
                unit=assignment.unit,
                unit_name=site_model.units[assignment.unit].unit.name,
                named_in_item=assignment.source_item,
            )


def _deadline_rows(commitment: Commitment) -> Iterator[DeadlineRow]:
    for number, deadline in enumerate(commitment.deadlines, 1):
        days: Iterable[DueDay | None] = [due for due in commitment.due if due.deadline is deadline]
        for due in days or [None]:
            yield DeadlineRow(
                plan=commitment.plan_id,
                item=commitment.item.id,
                deadline=number,
                printed=deadline.printed,
                first_day=deadline.start.first_day() if deadline.start and due else None,
                last_day=due.day if due else None,
                precision=_precision(deadline),
                recurrence=deadline.every,
                ongoing=deadline.ongoing,
            )


def _precision(deadline: schema.Deadline) -> str:
    """Say how exactly the document names the last day: day, month, quarter, year or none.

    What recurs without a named day is as exact as its cycle.
    """
    named = deadline.before or deadline.by
    if named is None:
        return deadline.every or "none"
    if named.day is not None:
        return "day"
    if named.quarter is not None:
        return "quarter"
    return "month" if named.month is not None else "year"


def _rule_rows(
    site_model: SiteModel, plan: PlanView, full: OpenPlan, site_url: str
) -> Iterator[RuleRow]:
    for item, _ in walk(full.plan.provisions):
        rule = item.reporting
        if rule is None:
            continue
        cutoff = rule.cutoff
        yield RuleRow(
            plan=plan.id,
            item=item.id,
            recipients=" ".join(rule.to) or None,
            recipient_names="; ".join([site_model.units[unit].unit.name for unit in rule.to])
            or None,
            via=rule.via,
            cutoff_printed=cutoff.printed if cutoff else None,
            # Without the dashes of ISO 8601 in front: a spreadsheet would reckon with them.
            cutoff_day=cutoff.day.iso().removeprefix("--") if cutoff and cutoff.day else None,
            form=rule.form,
            url=f"{site_url}{full.address_of(plan.id, item.id)}",
        )


def _report_id(report: ReportView) -> str:
    return f"{report.plan_id}/{report.file.removesuffix('.yml')}"


def _report_row(
    site_model: SiteModel, plan: PlanView, full: OpenPlan, report: ReportView, site_url: str
) -> ReportRow:
    source = full.filed[report.file].source
    return ReportRow(
        report=_report_id(report),
        plan=plan.id,
        unit=report.unit,
        unit_name=site_model.units[report.unit].unit.name,
        period=report.period,
        date=report.day,
        arrived_on=_arrival(plan.ledger, report),
        lines=report.lines,
        source_title=source.title if source else None,
        source_url=_evidence_url(source, plan, site_url) if source else None,
        url=site_url + report.address,
    )


def _arrival(ledger: Iterable[LedgerEntry], report: ReportView) -> datetime.date | None:
    """Return the day on which a report was published; None when git cannot tell."""
    file = f"reports/{report.file}"
    return next(
        (entry.day for entry in ledger if entry.kind == "report" and entry.file == file), None
    )


def _evidence_url(evidence: schema.Evidence, plan: PlanView, site_url: str) -> str:
    address = labels.evidence_address(evidence.url, plan.address)
    return address if address.startswith("https:") else site_url + address


def _join_evidence(
    evidence: Iterable[schema.Evidence], plan: PlanView, site_url: str
) -> str | None:
    found = [f"{piece.title}: {_evidence_url(piece, plan, site_url)}" for piece in evidence]
    return "\n".join(found) or None


def _entry_rows(plan: PlanView, full: OpenPlan, site_url: str) -> Iterator[EntryRow]:
    corrections: dict[tuple[str, int], ReportView] = {
        (line.report.file, id(line.entry)): line.corrected_by
        for line in _all_lines(full)
        if line.corrected_by is not None
    }
    for report in plan.reports:
        for number, entry in enumerate(full.filed[report.file].entries, 1):
            corrected_by = corrections.get((report.file, id(entry)))
            yield EntryRow(
                report=_report_id(report),
                line=number,
                plan=plan.id,
                item=entry.item,
                target=_target_id(plan.id, entry.item, entry.target) if entry.target else None,
                status_code=entry.status,
                status=labels.reported_as(entry),
                unchanged=entry.unchanged,
                done_on=entry.done_on.iso() if entry.done_on else None,
                value=entry.value,
                text=entry.text,
                reason=entry.reason,
                evidence=_join_evidence(entry.evidence, plan, site_url),
                corrects=f"{plan.id}/{entry.corrects.removesuffix('.yml')}"
                if entry.corrects
                else None,
                corrected_by=_report_id(corrected_by) if corrected_by else None,
                url=f"{site_url}{report.address}#{entry.item}",
            )


def _all_lines(full: OpenPlan) -> Iterator[EntryView]:
    for commitment in full.by_item.values():
        yield from commitment.history


def _target_id(plan_id: str, item: str, key: str | None) -> str:
    return f"{plan_id}#{item}/{key}" if key else f"{plan_id}#{item}"


def _targets(
    plan: PlanView, full: OpenPlan, site_url: str
) -> Iterator[tuple[Commitment, schema.Target, TargetRow]]:
    for commitment in full.by_item.values():
        for target in commitment.item.targets:
            row = _target_row(
                target,
                _target_id(plan.id, commitment.item.id, target.key),
                site_url + commitment.address,
                plan=plan.id,
                item=commitment.item.id,
            )
            yield commitment, target, row


def document_targets(site_model: SiteModel, site_url: str) -> list[tuple[Cell, ...]]:
    """Return the rows of targets that cited documents set, each with where it was read."""
    return [
        _target_row(
            target,
            f"{view.id}#{number}",
            site_url + view.address,
            document=view.id,
            source=target.source.title if target.source else None,
        )
        for view in site_model.documents.values()
        for number, target in enumerate(view.targets, 1)
    ]


def _target_row(
    target: schema.Target | TargetView,
    name: str,
    url: str,
    *,
    plan: str | None = None,
    document: str | None = None,
    item: str | None = None,
    source: str | None = None,
) -> TargetRow:
    return TargetRow(
        target=name,
        plan=plan,
        document=document,
        item=item,
        measure=target.measure,
        printed=target.printed,
        comparator=target.comparator,
        value=target.value,
        maximum=target.maximum,
        baseline=target.baseline,
        unit_of_measure=target.unit,
        population=target.population,
        modal=target.modal,
        condition=target.condition,
        by=_iso(target.by),
        source=source,
        url=url,
    )


def _value_rows(plan: PlanView, full: OpenPlan, site_url: str) -> Iterator[ValueRow]:
    for commitment, target, row in _targets(plan, full, site_url):
        for line in commitment.history:
            value = line.entry.value
            applies = line.entry.target in (None, target.key)
            if line.corrected_by is not None or value is None or not applies:
                continue
            former = former_targets(commitment.item.id, target, plan.ledger)
            goal = target_on(target, former, line.report.day)
            yield ValueRow(
                target=row.target,
                report=_report_id(line.report),
                date=line.report.day,
                value=value,
                reached=reached(value, goal.comparator, goal.value, goal.unit, goal.maximum),
                url=f"{site_url}{line.report.address}#{line.entry.item}",
            )


def change_rows(plan: PlanView, site_url: str) -> Iterator[ChangeRow]:
    """Yield the rows of what changed in a plan; it is not opened for them."""
    for entry in plan.ledger:
        if not entry.is_news:
            continue
        amendments: Iterable[Amendment | None] = entry.amendments or (None,)
        for number, amendment in enumerate(amendments, 1):
            item = amendment.item if amendment else None
            yield ChangeRow(
                change=entry.key,
                line=number,
                day=entry.day,
                plan=plan.id,
                file=entry.file,
                event_code=entry.kind,
                event=EVENTS[entry.kind],
                amendment_code=amendment.kind if amendment else None,
                amendment=labels.amended(amendment) if amendment else None,
                is_reading=amendment.is_reading if amendment else None,
                item=item,
                reference=amendment.reference or None if amendment else None,
                field=amendment.field if amendment else None,
                before=amendment.before if amendment else None,
                after=amendment.after if amendment else None,
                reason=(amendment.reason if amendment else entry.reason) or None,
                url=site_url + _address_of_change(plan, entry, item),
            )


def _address_of_change(plan: PlanView, entry: LedgerEntry, item: str | None) -> str:
    """Return where a change is told: at the report's line, at the item, else at the plan."""
    if entry.report:
        return f"{entry.report.address}#{item}" if item else entry.report.address
    return plan.amended_items[item] if item else plan.address


def _response_rows(
    site_model: SiteModel, plan: PlanView, full: OpenPlan, site_url: str
) -> Iterator[ResponseRow]:
    for view in full.responses:
        file = view.address.rpartition("/")[2]
        for number, answer in enumerate(view.response.answers, 1):
            yield ResponseRow(
                response=f"{plan.id}/{file.removesuffix('.yml')}",
                line=number,
                plan=plan.id,
                item=answer.item,
                unit=view.response.unit,
                unit_name=site_model.units[view.response.unit].unit.name,
                date=view.day,
                asked=answer.asked,
                text=answer.text,
                evidence=_join_evidence(answer.evidence, plan, site_url),
                url=f"{site_url}{full.address_of(plan.id, answer.item)}",
            )


# ------------------------------------------------------- what the whole site has once


def shared_rows(site_model: SiteModel, site_url: str) -> dict[str, list[tuple[Cell, ...]]]:
    """Return the rows of the tables that are no plan's own; opens no plan."""
    return {
        "plans": [plan_row(site_model, plan, site_url) for plan in site_model.plans.values()],
        "units": [_unit_row(view, site_url) for view in site_model.units.values()],
        "codes": [row for view in site_model.units.values() for row in unit_codes(view)],
        "localities": [_locality_row(place, site_url) for place in site_model.places.values()],
        "documents": [_document_row(view, site_url) for view in site_model.documents.values()],
        "programmes": [_programme_row(view, site_url) for view in site_model.programmes.values()],
        "measures": [
            MeasureRow(name, measure.name, measure.en, measure.topic, measure.meaning)
            for name, measure in site_model.measures.items()
        ],
    }


def plan_row(site_model: SiteModel, plan: PlanView, site_url: str) -> PlanRow:
    """Return the row of a plan; counts leave out what the document only asks for."""
    owed = plan.rollup.owed
    added = next((entry.day for entry in plan.ledger if entry.kind == "plan-added"), None)
    return PlanRow(
        plan=plan.id,
        locality_code=plan.place.code,
        locality=capital(plan.place.name),
        province_code=plan.place.province or plan.place.code,
        issuer_unit=plan.issuer.unit,
        issuer=plan.document.issuer,
        issuer_electronic_code=electronic_code(site_model, plan.issuer.unit, plan.place),
        document_type=plan.document.type_name,
        number=plan.document.number,
        symbol=plan.document.symbol,
        date=_iso(plan.document.date),
        title=plan.document.title,
        first_year=plan.period.start,
        last_year=plan.period.end,
        programme=plan.programme,
        parent_document=plan.parent,
        in_force=plan.counts,
        replaced_by=plan.superseded_by,
        commitments=owed.total,
        requests=plan.rollup.asked_total,
        reported=owed.reported,
        done=owed.done,
        reports=len(plan.reports),
        published_on=added,
        valid_from=plan.valid.since,
        valid_until=plan.valid.until,
        url=site_url + plan.address,
    )


def electronic_code(site_model: SiteModel, unit: str, place: Place) -> str | None:
    """Return the electronic code of a body, where a source gives it."""
    view = site_model.units.get(unit)  # a folder that stands alone may have no People's Committee
    held = view.unit.electronic_codes.get(place.code) if view is not None else None
    return held.code if held else None


def unit_codes(view: UnitView) -> Iterator[CodeRow]:
    """Yield the electronic codes of the bodies of a type, by locality."""
    for locality, held in view.unit.electronic_codes.items():
        yield CodeRow(
            electronic_code=held.code,
            unit=view.id,
            locality_code=locality,
            source_title=held.source[0].title,
            source_url=held.source[0].url,
        )


def _iso(day: PartialDate | None) -> str | None:
    return day.iso() if day else None


def _unit_row(view: UnitView, site_url: str) -> UnitRow:
    unit = view.unit
    return UnitRow(
        unit=view.id,
        name=unit.name,
        name_en=unit.en,
        nature_code=unit.nature,
        nature=labels.NATURES[unit.nature],
        levels=" ".join(unit.level),
        abbreviations="; ".join(unit.abbreviations) or None,
        until=_iso(unit.until),
        successors=" ".join(unit.successors) or None,
        url=site_url + view.address if view.has_page else None,
    )


def _locality_row(place: Place, site_url: str) -> LocalityRow:
    return LocalityRow(
        code=place.code,
        name=capital(place.name),
        level=place.level,
        province_code=place.province,
        until=_iso(place.until),
        successors=" ".join(place.successors) or None,
        url=site_url + place.address,
    )


def _document_row(view: DocumentView, site_url: str) -> DocumentRow:
    document = view.document
    return DocumentRow(
        document=view.id,
        type=document.type,
        number=document.number,
        symbol=document.symbol,
        date=_iso(document.date),
        issuer=document.issuer,
        title=document.title,
        parent_document=document.parent,
        held_as=document.held,
        locality_code=document.locality,
        url=site_url + view.address,
    )


def _programme_row(view: ProgrammeView, site_url: str) -> ProgrammeRow:
    return ProgrammeRow(
        programme=view.id,
        name=view.programme.name,
        name_en=view.programme.en,
        document=view.programme.document,
        plans=len(view.plans_in_force),
        url=site_url + view.address,
    )
