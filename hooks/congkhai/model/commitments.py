"""Everything a page may say about one plan, computed from the data and the day.

Comes in: a `Dataset` without errors, and the day that is judged on. Goes out: a
`PlanView` and, opened, an `OpenPlan` for each plan; `derive` joins them into the `SiteModel`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import TypeVar

from congkhai.data import registers, schema
from congkhai.data.load import Dataset
from congkhai.model import routes
from congkhai.model.alignment import list_compared_goals, list_uptakes, parent_of
from congkhai.model.assignments import (
    ByRole,
    Walked,
    answers_for,
    deadlines_of,
    follows,
    kind_of,
    resolve_assignments,
    walk,
)
from congkhai.model.places import issuer_of
from congkhai.model.plan_view import (
    NO_MONTH,
    CalendarDay,
    CitationView,
    OpenPlan,
    PlanStore,
    PlanView,
    ReportedBeside,
    ResponseView,
    Section,
    TopicCount,
    UnitDuties,
    UnitShare,
)
from congkhai.model.progress import judge_due_day, list_progress
from congkhai.model.references import number_and_symbol, number_in, references
from congkhai.model.several_bodies import stands_for_several
from congkhai.model.status import (
    due_days,
    is_told_in_part,
    judged_day,
    list_last_words,
    roll_up,
    state_of,
)
from congkhai.model.today import Day, Today
from congkhai.model.topics import TopicIndex
from congkhai.model.views import (
    BASES,
    SHOWN_KINDS,
    Assignment,
    Basis,
    Commitment,
    DueDay,
    EntryView,
    Issuer,
    Place,
    ReportedValue,
    ReportingDay,
    ReportView,
    RollUp,
    TargetView,
    first_id,
)
from congkhai.text.dates import PartialDate
from congkhai.text.vietnamese import fold

T = TypeVar("T")

_OUTSIDE = {"title": "trích yếu", "preamble": "phần mở đầu", "closing": "phần kết"}
"""Where words stand that are outside the body."""


def view_reports(dataset: Dataset, plan_id: str) -> tuple[ReportView, ...]:
    """List a plan's reports, oldest first."""
    views = [
        ReportView(
            plan_id=plan_id,
            file=file,
            path=loaded.path,
            unit=loaded.value.unit,
            period=loaded.value.period,
            day=loaded.value.date.last_day(),
            address=routes.report(plan_id, file),
            lines=len(loaded.value.entries),
        )
        for file, loaded in dataset.reports.get(plan_id, {}).items()
    ]
    # Without the ending a correction, `…-2.yml`, comes after the report of the same day.
    return tuple(sorted(views, key=lambda report: (report.day, report.file.removesuffix(".yml"))))


def lines_by_item(
    reports: Sequence[ReportView], filed: Mapping[str, schema.Report]
) -> dict[str, tuple[EntryView, ...]]:
    """Group report lines by their item, oldest first, with what corrects them.

    `filed`: the reports by file name.
    """
    by_file = {report.file: report for report in reports}
    corrected: dict[tuple[str, str, str | None], ReportView] = {}
    for report in reports:
        for line in filed[report.file].entries:
            if line.corrects:
                corrected[line.corrects, line.item, line.target] = report
    lines: dict[str, list[EntryView]] = {}
    for report in reports:
        for line in filed[report.file].entries:
            # A correction that names no target is about all of them.
            by = corrected.get((report.file, line.item, line.target)) or corrected.get(
                (report.file, line.item, None)
            )
            lines.setdefault(line.item, []).append(
                EntryView(
                    report=report,
                    entry=line,
                    corrected_by=by,
                    corrects=by_file[line.corrects] if line.corrects else None,
                )
            )
    return {item: tuple(found) for item, found in lines.items()}


def leaf_kinds(
    items: Sequence[Walked],
) -> Iterator[tuple[schema.Item, tuple[schema.Item, ...], schema.Kind]]:
    """List the lowest items that have a kind: (item, ancestors, kind)."""
    found = [
        (item, above, kind) for item, above in items if (kind := kind_of(item, above)) != "none"
    ]
    parents = {step.id for _, above, _ in found for step in above}
    return (row for row in found if row[0].id not in parents)


def _section_of(path: Sequence[schema.Item]) -> schema.Item:
    """Return the heading of an item: the second level if it has a title, else the part."""
    return path[1] if len(path) > 1 and path[1].title else path[0]


def _assignments(
    roles: ByRole,
    references: Mapping[str, str],
    units: Mapping[str, registers.Unit],
    level: registers.Level,
) -> tuple[Assignment, ...]:
    return tuple(
        [
            Assignment(
                unit=unit,
                role=role,
                source_item=source,
                source=references[source],
                is_several=unit in units and stands_for_several(units[unit], level),
            )
            for role in schema.ROLES
            if role in roles
            for unit, source in roles[role]
        ]
    )


def view_targets(
    item: schema.Item, reference: str, address: str, plan_id: str, lines: Sequence[EntryView]
) -> tuple[TargetView, ...]:
    """List the quantified targets of one item, with the values reported for each."""
    return tuple(
        TargetView(
            measure=target.measure,
            printed=target.printed,
            comparator=target.comparator,
            value=target.value,
            unit=target.unit,
            population=target.population,
            modal=target.modal,
            condition=target.condition,
            by=target.by,
            plan_id=plan_id,
            document_id=None,
            address=address,
            reference=reference,
            source=None,
            values=_reported_values(target, lines),
            maximum=target.maximum,
            baseline=target.baseline,
        )
        for target in item.targets
    )


def _reported_values(
    target: schema.Target, lines: Sequence[EntryView]
) -> tuple[ReportedValue, ...]:
    """List the values reported for a target, oldest first.

    A line that names no target is about all of them.
    """
    return tuple(
        ReportedValue(
            day=line.report.day,
            address=f"{line.report.address}#{line.entry.item}",
            value=line.entry.value,
            unit=line.report.unit,
        )
        for line in lines
        if line.corrected_by is None
        and line.entry.value is not None
        and line.entry.target in (None, target.key)
    )


def view_plan(
    dataset: Dataset,
    plan_id: str,
    places: Mapping[str, Place],
    superseded_by: str | None,
    today: Today,
    store: PlanStore,
    topics: TopicIndex,
) -> PlanView:
    """Compute one plan in short. The store then holds it in full."""
    full, targets, reports, references = _open(
        dataset, plan_id, places, superseded_by, today, topics
    )
    store.hold(plan_id, full)
    plan = full.plan
    stands = {**_OUTSIDE, **references}
    parent = parent_of(plan)
    address_of = partial(full.address_of, plan_id)
    beside = _count_beside(full.beside)
    uptakes = list_uptakes(plan, parent, address_of, dataset.documents, dataset.goals, stands)
    return PlanView(
        id=plan_id,
        path=dataset.plans[plan_id].path,
        document=plan.document,
        period=plan.period,
        place=places[plan.locality],
        issuer=issuer_of(plan, places, dataset.units),
        programme=plan.programme,
        address=routes.plan(plan_id),
        parent=parent,
        units=tuple(
            UnitShare(
                duty.unit,
                duty.roles,
                duty.total,
                _roll_up_duties(duty)._replace(beside=beside.get(duty.unit, {})),
            )
            for duty in full.duties
        ),
        beside=beside,
        leading=_leading_units(full.commitments),
        mentioned=_list_recipients(plan),
        report_addressees=_report_addressees(full.reporting),
        parent_printed=_parent_as_printed(plan, dataset.documents),
        incomplete=any(note.at == "plan" and note.kind == "gap" for note in plan.notes),
        targets=targets,
        reports=reports,
        rollup=roll_up(
            [commitment.state for commitment in full.commitments],
            [commitment.state for commitment in full.commitments if commitment.is_request],
        ),
        kinds=_count_in_order(SHOWN_KINDS, (one.shown_kind for one in full.commitments)),
        topics=_count_topics(dataset.topics, full.commitments),
        citations=tuple(_view_citations(full, plan_id, stands)),
        uptakes=tuple(uptakes),
        compared=tuple(list_compared_goals(plan, dataset.documents, dataset.goals)),
        due=tuple(day.mark for day in full.calendar),
        has_source="source.txt" in dataset.files.get(plan_id, ()),
        signed_bytes=_measure_signed(dataset, plan_id, plan),
        former_paths=plan.former_paths,
        superseded_by=superseded_by,
        ended=full.ended,
        valid=full.valid,
        store=store,
    )


def _measure_signed(dataset: Dataset, plan_id: str, plan: schema.Plan) -> int:
    signed = plan.original.signed if plan.original else None
    if signed is None or signed.file not in dataset.files.get(plan_id, ()):
        return 0
    return (dataset.root / plan_id / signed.file).stat().st_size


def _leading_units(commitments: Sequence[Commitment]) -> tuple[str, ...]:
    """List the units that lead something, those that lead most first."""
    counts = Counter(unit for commitment in commitments for unit in commitment.units("lead"))
    return tuple(unit for unit, _ in counts.most_common())


def _count_in_order(order: Iterable[T], found: Iterable[T]) -> tuple[tuple[T, int], ...]:
    """Count what was found, in an order that is given and without what there is none of.

    >>> _count_in_order("cba", "abba")
    (('b', 2), ('a', 2))
    """
    counts = Counter(found)
    return tuple((one, counts[one]) for one in order if counts[one])


def _count_topics(
    topics: Iterable[str], commitments: Sequence[Commitment]
) -> tuple[TopicCount, ...]:
    """Count commitments by topic, and those of them that are only asked for."""
    asked = Counter(topic for one in commitments if one.is_request for topic in one.topics)
    found = (topic for one in commitments for topic in one.topics)
    return tuple(
        TopicCount(topic, count, asked[topic]) for topic, count in _count_in_order(topics, found)
    )


def _view_citations(
    full: OpenPlan, plan_id: str, stands: Mapping[str, str]
) -> Iterator[CitationView]:
    """Show the documents that a plan names, each with the place at which it does."""
    for citation in full.plan.cites:
        yield CitationView(
            plan_id=plan_id,
            document=citation.document,
            printed=citation.printed,
            relation=citation.relation,
            address=full.address_of(plan_id, citation.at),
            reference=stands[citation.at],
        )


def _list_recipients(plan: schema.Plan) -> tuple[str, ...]:
    """List the units among which a plan is distributed, each once."""
    return tuple(dict.fromkeys(unit for recipient in plan.recipients for unit in recipient.units))


def _report_addressees(reporting: Sequence[Commitment]) -> tuple[str, ...]:
    """List the units to which or through which reports go, each once."""
    rules = [commitment.item.reporting for commitment in reporting]
    return tuple(
        dict.fromkeys(
            unit
            for rule in rules
            if rule is not None
            for unit in (*rule.to, *((rule.via,) if rule.via else ()))
        )
    )


def _parent_as_printed(
    plan: schema.Plan, documents: Mapping[str, registers.Document]
) -> str | None:
    """Return the number of the parent as the plan prints it, where the register has another."""
    for citation in plan.cites:
        if citation.relation == "parent" and citation.document in documents:
            document = documents[citation.document]
            printed = number_in(citation.printed)
            registered = number_and_symbol(document.number, document.symbol)
            return printed if printed and fold(printed) != fold(registered) else None
    return None


def _roll_up_duties(duties: UnitDuties) -> RollUp:
    """Count what a unit answers for, once where it has two roles in one commitment."""
    states = {
        commitment.item.id: commitment.state
        for _, commitments in duties.commitments
        for commitment in commitments
    }
    told = {
        commitment.item.id
        for role, commitments in duties.commitments
        for commitment in commitments
        if role != "requested"
    }
    return roll_up(states.values(), [state for item, state in states.items() if item not in told])


def open_plan(
    dataset: Dataset,
    plan_id: str,
    places: Mapping[str, Place],
    superseded_by: str | None,
    today: Today,
    topics: TopicIndex,
) -> OpenPlan:
    """Compute everything that only the plan's page says."""
    return _open(dataset, plan_id, places, superseded_by, today, topics)[0]


def _open(
    dataset: Dataset,
    plan_id: str,
    places: Mapping[str, Place],
    superseded_by: str | None,
    today: Today,
    topics: TopicIndex,
) -> tuple[OpenPlan, tuple[TargetView, ...], tuple[ReportView, ...], Mapping[str, str]]:
    """Compute the full plan, its targets, its reports, and the citation of each item."""
    with today.watch() as watch:
        full, targets, reports, stands = _judge(
            dataset, plan_id, places, superseded_by, today, topics
        )
    return replace(full, valid=watch.interval), targets, reports, stands


def _ask_for_days(
    document: schema.PlanDocument,
    reports: Sequence[ReportView],
    responses: Sequence[ResponseView],
    today: Today,
) -> None:
    """Let what is told hold from the day of the last thing that was issued, reported, answered."""
    issued = document.date
    days = [report.day for report in reports] + [response.day for response in responses]
    if issued is not None and not issued.recurring:
        days.append(issued.first_day())
    for day in days:
        _ = day <= today


def _judge(
    dataset: Dataset,
    plan_id: str,
    places: Mapping[str, Place],
    superseded_by: str | None,
    as_of: Today,
    topics: TopicIndex,
) -> tuple[OpenPlan, tuple[TargetView, ...], tuple[ReportView, ...], Mapping[str, str]]:
    plan = dataset.plans[plan_id].value
    reports = view_reports(dataset, plan_id)
    responses = _view_responses(dataset, plan_id)
    _ask_for_days(plan.document, reports, responses, as_of)
    filed = {file: loaded.value for file, loaded in dataset.reports.get(plan_id, {}).items()}
    items = walk(plan.provisions)
    stands = references(plan.body, plan.attachments)
    lines = lines_by_item(reports, filed)
    level = places[plan.locality].level
    found = _view_items(plan, plan_id, items, lines, stands, dataset.units, level, as_of, topics)
    commitments = [commitment for commitment in found if commitment.kind != "objective"]
    reporting = tuple(commitment for commitment in commitments if commitment.item.reporting)
    reporting_days = tuple(
        sorted(
            _reporting_days(reporting, reports, places[plan.locality], dataset.units, as_of),
            key=lambda day: day.due.day,
        )
    )
    full = OpenPlan(
        plan=plan,
        filed=filed,
        commitments=tuple(commitments),
        sections=_group_by_section(commitments, items),
        duties=_share_by_unit(commitments),
        beside=tuple(_list_beside(commitments, dataset.units)),
        objectives=tuple(commitment for commitment in found if commitment.kind == "objective"),
        dated=tuple(sorted((c for c in commitments if c.due), key=lambda c: c.due[0].day)),
        reporting=reporting,
        reporting_days=reporting_days,
        progress=list_progress(commitments, reports, plan.period.end, dataset.units, as_of),
        notes=_notes_by_place(plan.notes),
        by_item={commitment.item.id: commitment for commitment in found},
        calendar=_calendar(
            commitments,
            reporting_days,
            places[plan.locality],
            issuer_of(plan, places, dataset.units),
            routes.plan(plan_id),
            first_id(plan_id, plan.former_paths),
            superseded_by is None,
            dataset.units,
            as_of,
        ),
        responses=responses,
        ended=date(plan.period.end, 12, 31) < as_of,
    )
    return full, _targets_of(found, plan_id), reports, stands


def _targets_of(found: Sequence[Commitment], plan_id: str) -> tuple[TargetView, ...]:
    """List the targets of commitments and objectives, in the document's order."""
    return tuple(
        target
        for one in found
        for target in view_targets(one.item, one.reference, one.address, plan_id, one.history)
    )


def _view_items(
    plan: schema.Plan,
    plan_id: str,
    items: Sequence[Walked],
    lines: Mapping[str, tuple[EntryView, ...]],
    stands: Mapping[str, str],
    units: Mapping[str, registers.Unit],
    level: registers.Level,
    as_of: Day,
    topics: TopicIndex,
) -> list[Commitment]:
    """List what a plan holds someone to, and its objectives, in the order of the document.

    `lines`: the report lines by item; `stands`: the words that cite each item, by id; `level`:
    that of the plan's place.
    """
    roles = resolve_assignments(items)
    first = first_year(plan)
    found = []
    for item, above, kind in leaf_kinds(items):
        deadlines = deadlines_of(item, above)
        due = due_days(deadlines, first, plan.period.end)
        history = lines.get(item.id, ())
        counted = [line for line in history if line.corrected_by is None]
        assignments = _assignments(roles[item.id], stands, units, level)
        targeted = tuple(target.key for target in item.targets if target.key)
        heading = next((step.title for step in reversed(above[2:]) if step.title), "")
        found.append(
            Commitment(
                plan_id=plan_id,
                item=item,
                kind=kind,
                reference=stands[item.id],
                section=_section_of((*above, item)).id,
                heading=heading,
                assignments=assignments,
                deadlines=deadlines,
                due=due,
                state=state_of(counted, due, assignments, as_of, units, targeted),
                latest=counted[-1] if counted else None,
                history=history,
                address=routes.commitment(plan_id, item.id)
                if kind != "objective"
                else routes.item_in_text(plan_id, item.id),
                topics=topics.topics_of(item, above, heading),
                judged_year=_judged_year(due, as_of),
                last_words=list_last_words(counted, units, targeted),
                is_told_in_part=is_told_in_part(counted, assignments, units),
            )
        )
    return found


def first_year(plan: schema.Plan) -> int:
    """Return the year in which what comes back falls due first: of the period, or the document."""
    issued = plan.document.date
    return plan.period.start or (issued.year if issued else None) or plan.period.end


def _notes_by_place(notes: Iterable[schema.Note]) -> dict[str, tuple[schema.Note, ...]]:
    """Group notes by where they stand: an item's id, or one of the document's other parts."""
    groups: dict[str, list[schema.Note]] = {}
    for note in notes:
        groups.setdefault(note.at, []).append(note)
    return {at: tuple(found) for at, found in groups.items()}


def _view_responses(dataset: Dataset, plan_id: str) -> tuple[ResponseView, ...]:
    """List what was answered about a plan, newest first."""
    views = [
        ResponseView(loaded.value, loaded.value.date.first_day(), routes.response(plan_id, file))
        for file, loaded in dataset.responses.get(plan_id, {}).items()
        if loaded.value.date.day is not None
    ]
    return tuple(sorted(views, key=lambda view: (view.day, view.address), reverse=True))


def _judged_year(due: Sequence[DueDay], as_of: Day) -> int | None:
    """Return the year that is judged of several; an earlier report is about another one."""
    judged = judged_day(due, as_of)
    return judged.year if judged is not None and len({day.year for day in due}) > 1 else None


def _calendar(
    commitments: Sequence[Commitment],
    reporting_days: Sequence[ReportingDay],
    place: Place,
    issuer: Issuer,
    address: str,
    first_plan_id: str,
    counts: bool,
    units: Mapping[str, registers.Unit],
    as_of: Day,
) -> tuple[CalendarDay, ...]:
    """List every due day; of what nobody is left to do, only those that had passed.

    Of a plan that was replaced, of a place that is no more, and of units that are no more and
    that no other one followed.
    """
    reporting = {(day.commitment.item.id, day.due.day): day for day in reporting_days}
    days = []
    goes_on = counts and not _is_gone(place.until, as_of)
    for commitment in commitments:
        has_days_ahead = goes_on and not _is_left_to_nobody(commitment, units, as_of)
        for due in commitment.due:
            if not has_days_ahead and due.day >= as_of:
                continue
            state, known_on = judge_due_day(commitment, due, units, as_of)
            mark = (
                due.day.year,
                due.day.month if due.named else NO_MONTH,
                due.day,
                commitment.plan_id,
                commitment.item.id,
            )
            days.append(
                CalendarDay(
                    due=due,
                    commitment=commitment,
                    place=place,
                    issuer=issuer,
                    plan_address=address,
                    first_plan_id=first_plan_id,
                    reporting=reporting.get((commitment.item.id, due.day)),
                    state=state,
                    known_on=known_on,
                    passed=due.day < as_of,
                    gone_since=_gone_since(commitment, due, place, units),
                    mark=mark,
                )
            )
    return tuple(sorted(days, key=lambda day: day.mark))


def _is_gone(until: PartialDate | None, as_of: Day) -> bool:
    """Return whether a place or a unit is no more; `until` is the first day without it."""
    return until is not None and until.first_day() <= as_of


def _gone_since(
    commitment: Commitment, due: DueDay, place: Place, units: Mapping[str, registers.Unit]
) -> date | None:
    """Return since when nobody was left on a due day who could do what fell due, if so.

    The place was no more, or every unit, and no other one followed.
    """
    if place.until is not None and place.until.first_day() <= due.day:
        return place.until.first_day()
    named = [units[found.unit] for found in commitment.assignments if found.unit in units]
    ends = [unit.until.first_day() for unit in named if unit.until and not unit.successors]
    is_left_to_nobody = bool(named) and len(ends) == len(named) and max(ends) <= due.day
    return max(ends) if is_left_to_nobody else None


def _is_left_to_nobody(
    commitment: Commitment, units: Mapping[str, registers.Unit], as_of: Day
) -> bool:
    """Return whether every unit of a commitment is no more, and was followed by none."""
    named = [units[found.unit] for found in commitment.assignments if found.unit in units]
    return bool(named) and all(
        _is_gone(unit.until, as_of) and not unit.successors for unit in named
    )


def _group_by_section(
    commitments: Sequence[Commitment], items: Sequence[Walked]
) -> tuple[Section, ...]:
    headings = {item.id: (item, above) for item, above in items}
    groups: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        groups.setdefault(commitment.section, []).append(commitment)
    sections = []
    for section_id, group in groups.items():
        item, above = headings[section_id]
        number = ".".join((step.number or "").rstrip(".)") for step in (*above, item)).strip(".")
        title = (item.title or item.text or "").rstrip(":")
        headed = groupby(group, key=lambda commitment: commitment.heading.rstrip(":"))
        parts = tuple(
            (heading if heading != title else "", tuple(found)) for heading, found in headed
        )
        sections.append(
            Section(
                id=section_id,
                number=number,
                title=title,
                commitments=tuple(group),
                groups=parts,
            )
        )
    return tuple(sections)


def _share_by_unit(commitments: Sequence[Commitment]) -> tuple[UnitDuties, ...]:
    """Group commitments by unit, those that lead most first, then in document order."""
    shares: dict[str, dict[schema.Role, list[Commitment]]] = {}
    for commitment in commitments:
        for assignment in commitment.assignments:
            shares.setdefault(assignment.unit, {}).setdefault(assignment.role, []).append(
                commitment
            )
    return tuple(
        UnitDuties(
            unit=unit,
            commitments=tuple((role, tuple(found[role])) for role in schema.ROLES if role in found),
            total=sum(len(group) for group in found.values()),
        )
        for unit, found in sorted(shares.items(), key=lambda pair: -len(pair[1].get("lead", ())))
    )


def _list_beside(
    commitments: Sequence[Commitment], units: Mapping[str, registers.Unit]
) -> Iterator[ReportedBeside]:
    """Group what units reported on without being named there, by unit and by why they could."""
    groups: dict[tuple[str, Basis], list[Commitment]] = {}
    for commitment in commitments:
        named = [assignment.unit for assignment in commitment.assignments]
        counted = [line for line in commitment.history if line.corrected_by is None]
        for unit in dict.fromkeys(line.report.unit for line in counted):
            if unit not in named:
                groups.setdefault((unit, _basis_of(unit, named, units)), []).append(commitment)
    for (unit, basis), found in sorted(groups.items(), key=lambda pair: BASES.index(pair[0][1])):
        yield ReportedBeside(unit, basis, tuple(found))


def _basis_of(unit: str, named: Sequence[str], units: Mapping[str, registers.Unit]) -> Basis:
    """Return why a unit may report on what names others, or nobody."""
    if not named:
        return "nobody"
    if any(follows(unit, other, units) for other in named):
        return "predecessor"
    return "group"


def _count_beside(beside: Iterable[ReportedBeside]) -> dict[str, dict[Basis, int]]:
    counts: dict[str, dict[Basis, int]] = {}
    for unit, basis, commitments in beside:
        counts.setdefault(unit, {})[basis] = len(commitments)
    return counts


def _is_for(report: ReportView, due: DueDay) -> bool:
    """Tell whether a report is for the period of a due day.

    A report for a quarter or a month is none for a deadline that comes back each year.
    """
    year, _, part = report.period.partition("-")
    return year == str(due.year) and not (part and due.deadline.every)


def _reporting_days(
    reporting: Sequence[Commitment],
    reports: Sequence[ReportView],
    place: Place,
    registered: Mapping[str, registers.Unit],
    as_of: Day,
) -> Iterator[ReportingDay]:
    for commitment in reporting:
        units = tuple(assignment.unit for assignment in commitment.assignments)
        for due in commitment.due:
            received = tuple(
                report
                for report in reports
                if _is_for(report, due)
                and (not units or answers_for(report.unit, units, registered))
            )
            yield ReportingDay(
                due=due,
                commitment=commitment,
                units=units,
                received=received,
                passed=due.day < as_of,
                gone_since=_gone_since(commitment, due, place, registered),
            )
