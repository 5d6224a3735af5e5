"""Everything a page may say about one plan, computed from the data and the day.

Comes in: a `Dataset` without errors, and the day that is judged on. Goes out: a
`PlanView` for each plan; `derive` joins them into the `Atlas`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from hooks import model
from hooks.assign import ByRole, answers_for, deadlines_of, effective, kind_of, walk
from hooks.load import Dataset
from hooks.progress import list_standings
from hooks.states import due_days, roll_up, state_of
from hooks.views import (
    Assignment,
    Commitment,
    DueDay,
    EntryView,
    Place,
    PlanView,
    ReportingDay,
    ReportView,
    Section,
    TargetView,
    UnitShare,
)


def _mark_of(item: model.Item) -> str:
    """What an item is counted as, when its mark does not number it; else nothing."""
    if item.number is None:
        return "đoạn"
    mark = item.number.rstrip(".)/").strip()
    return {"+": "dấu cộng"}.get(mark, "gạch đầu dòng") if mark in ("-", "+", "–", "•", "*", "") else ""


def refer_to(item: model.Item, above: Sequence[model.Item], body: Sequence[model.Item]) -> str:
    """Where an item of `body` stands, as one cites it: «mục III.1, gạch đầu dòng 2».

    Bullets and unnumbered paragraphs are counted among those beside them.
    """
    numbers: list[str] = []
    tail: list[str] = []
    beside = body
    for step in (*above, item):
        mark = (step.number or "").rstrip(".)/").strip()
        if counted := _mark_of(step):
            alike = [other.id for other in beside if _mark_of(other) == counted]
            tail.append(f"{counted} {alike.index(step.id) + 1}")
        elif step.number is not None and step.number.strip().endswith(")"):
            tail.append(f"điểm {mark}")
        elif numbers and (repeated := mark.split(".")[:-1]) and numbers[-1].split(".")[-len(repeated):] == repeated:
            numbers[-1] += "." + mark.rsplit(".", 1)[1]
        else:
            numbers.append(numbers.pop() + "." + mark if numbers else mark)
        beside = step.items
    place = f"mục {numbers[0]}" if numbers else "phần nội dung"
    return ", ".join([place, *tail])


def view_reports(dataset: Dataset, plan_id: str) -> tuple[ReportView, ...]:
    """A plan's reports, oldest first."""
    found = [
        ReportView(
            plan_id, file, loaded.path, loaded.value, loaded.value.date.last_day(),
            f"ke-hoach/{plan_id}/bao-cao/{file.removesuffix('.yml')}/",
        )
        for file, loaded in dataset.reports.get(plan_id, {}).items()
    ]
    return tuple(sorted(found, key=lambda report: (report.day, report.file)))


def lines_by_item(reports: Sequence[ReportView]) -> dict[str, tuple[EntryView, ...]]:
    """Report lines by the item they are about, oldest first, with what corrects them."""
    by_file = {report.file: report for report in reports}
    corrected: dict[tuple[str, str, str | None], ReportView] = {}
    for report in reports:
        for line in report.report.entries:
            if line.corrects:
                corrected[line.corrects, line.item, line.target] = report
    lines: dict[str, list[EntryView]] = {}
    for report in reports:
        for line in report.report.entries:
            # A correction that names no target is about all of them.
            by = corrected.get((report.file, line.item, line.target)) or corrected.get((report.file, line.item, None))
            lines.setdefault(line.item, []).append(EntryView(report, line, by, by_file[line.corrects] if line.corrects else None))
    return {item: tuple(found) for item, found in lines.items()}


def _leaf_kinds(body: Sequence[model.Item]) -> Iterator[tuple[model.Item, tuple[model.Item, ...], model.Kind]]:
    """The lowest items of a commitment's kind, and objectives: (item, ancestors, kind)."""
    found = [(item, above, kind) for item, above in walk(body) if (kind := kind_of(item, above)) != "none"]
    parents = {step.id for _, above, _ in found for step in above}
    return (row for row in found if row[0].id not in parents)


def _section_of(path: Sequence[model.Item]) -> model.Item:
    """The heading one lists an item under: the second level where it has a title, else the part."""
    return path[1] if len(path) > 1 and path[1].title else path[0]


def _assignments(roles: ByRole, references: Mapping[str, str]) -> tuple[Assignment, ...]:
    return tuple(Assignment(unit, role, source, references[source]) for role in model.ROLES for unit, source in roles.get(role, ()))


def view_targets(
    item: model.Item, reference: str, address: str, plan_id: str, lines: Sequence[EntryView]
) -> tuple[TargetView, ...]:
    """The quantified targets of one item, with the values reported for each."""
    counted = [line for line in lines if line.corrected_by is None and line.entry.value is not None]
    return tuple(
        TargetView(
            target.measure, target.printed, target.comparator, target.value, target.unit, target.population,
            target.modal, target.condition, target.by, plan_id, None, address, reference, None,
            tuple(
                (line, line.entry.value) for line in counted
                if line.entry.value is not None and line.entry.target in (None, target.key)
            ),
        )
        for target in item.targets
    )


def view_plan(
    dataset: Dataset,
    plan_id: str,
    places: Mapping[str, Place],
    superseded_by: str | None,
    as_of: date,
) -> PlanView:
    """Everything that the page of one plan says."""
    loaded = dataset.plans[plan_id]
    plan = loaded.value
    address = f"ke-hoach/{plan_id}/"
    reports = view_reports(dataset, plan_id)
    lines = lines_by_item(reports)
    roles = effective(plan)
    references = {item.id: refer_to(item, above, plan.body) for item, above in walk(plan.body)}
    first = plan.period.start or (plan.document.date.year if plan.document.date else None) or plan.period.end

    commitments: list[Commitment] = []
    objectives: list[Commitment] = []
    targets: list[TargetView] = []
    for item, above, kind in _leaf_kinds(plan.body):
        deadlines = deadlines_of(item, above)
        due = due_days(deadlines, first, plan.period.end)
        history = lines.get(item.id, ())
        counted = [line for line in history if line.corrected_by is None]
        assignments = _assignments(roles[item.id], references)
        reference = references[item.id]
        commitment = Commitment(
            plan_id, item, kind, reference, _section_of((*above, item)).id,
            next((step.title for step in reversed(above[2:]) if step.title), ""),
            assignments, deadlines, due, "silent", counted[-1] if counted else None, history, f"{address}#{item.id}",
        )
        commitment = replace(commitment, state=state_of(counted, due, assignments, as_of, dataset.units, commitment.target_keys))
        (objectives if kind == "objective" else commitments).append(commitment)
        targets += view_targets(item, reference, commitment.address, plan_id, history)

    by_item = {commitment.item.id: commitment for commitment in (*commitments, *objectives)}
    units = _share_by_unit(commitments)
    lead_counts = Counter(unit for commitment in commitments for unit in commitment.units("lead"))
    reporting = tuple(commitment for commitment in commitments if commitment.item.reporting)
    notes: dict[str, list[model.Note]] = {}
    for note in plan.notes:
        notes.setdefault(note.at, []).append(note)
    kinds = Counter(commitment.kind for commitment in commitments)
    return PlanView(
        id=plan_id, plan=plan, path=loaded.path, place=places[plan.locality], programme=plan.programme, address=address,
        parent=next((citation.document for citation in plan.cites if citation.relation == "parent"), None),
        commitments=tuple(commitments),
        sections=_group_by_section(commitments, plan.body),
        units=units,
        leading=tuple(unit for unit, _ in lead_counts.most_common()),
        targets=tuple(targets),
        objectives=tuple(objectives),
        dated=tuple(sorted((c for c in commitments if c.due), key=lambda c: c.due[0].day)),
        reporting=reporting,
        reporting_days=tuple(sorted(_reporting_days(reporting, reports, dataset.units, as_of), key=lambda day: day.due.day)),
        reports=reports,
        rollup=roll_up(commitments),
        standings=list_standings(commitments, reports, plan.period.end, dataset.units, as_of),
        kinds=tuple((kind, kinds[kind]) for kind in model.COMMITMENT_KINDS if kinds[kind]),
        notes={at: tuple(found) for at, found in notes.items()},
        by_item=by_item,
        has_source="source.txt" in dataset.files.get(plan_id, ()),
        superseded_by=superseded_by,
        ended=plan.period.end < as_of.year,
    )


def _group_by_section(commitments: Sequence[Commitment], body: Sequence[model.Item]) -> tuple[Section, ...]:
    headings = {item.id: (item, above) for item, above in walk(body) if len(above) < 2}
    groups: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        groups.setdefault(commitment.section, []).append(commitment)
    sections = []
    for section_id, group in groups.items():
        item, above = headings[section_id]
        number = ".".join((step.number or "").rstrip(".)") for step in (*above, item)).strip(".")
        title = (item.title or item.text or "").rstrip(":")
        headed = groupby(group, key=lambda commitment: commitment.heading.rstrip(":"))
        parts = tuple((heading if heading != title else "", tuple(found)) for heading, found in headed)
        sections.append(Section(section_id, number, title, tuple(group), parts))
    return tuple(sections)


def _share_by_unit(commitments: Sequence[Commitment]) -> tuple[UnitShare, ...]:
    """Each unit's share, those that lead most first, otherwise in the document's order."""
    shares: dict[str, dict[model.Role, list[Commitment]]] = {}
    for commitment in commitments:
        for assignment in commitment.assignments:
            shares.setdefault(assignment.unit, {}).setdefault(assignment.role, []).append(commitment)
    return tuple(
        UnitShare(
            unit,
            tuple((role, tuple(found[role])) for role in model.ROLES if role in found),
            sum(len(group) for group in found.values()),
            roll_up({commitment.item.id: commitment for group in found.values() for commitment in group}.values()),
        )
        for unit, found in sorted(shares.items(), key=lambda pair: -len(pair[1].get("lead", ())))
    )


def _is_for(report: ReportView, due: DueDay) -> bool:
    """A report for a quarter or a month is none for the whole year, which is what falls due every year."""
    year, _, part = report.report.period.partition("-")
    return year == str(due.year) and not (part and due.deadline.every)


def _reporting_days(
    reporting: Sequence[Commitment], reports: Sequence[ReportView], registered: Mapping[str, model.Unit], as_of: date
) -> Iterator[ReportingDay]:
    for commitment in reporting:
        units = tuple(assignment.unit for assignment in commitment.assignments)
        for due in commitment.due:
            received = tuple(
                report for report in reports
                if _is_for(report, due) and (not units or answers_for(report.report.unit, units, registered))
            )
            yield ReportingDay(due, commitment, units, received, due.day < as_of)
