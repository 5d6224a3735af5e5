"""A plan as StratML Part 2 (`PerformancePlanOrReport`): goals, who has to reach them, figures.

Comes in: a `PlanView`, opened, and the rows that its tables are written from. Goes out: XML in the
namespace of ISO 17469. What the format cannot say stands in `pages/vocabulary.yml`, which the page
`/du-lieu/` shows.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from congkhai.exports.identifiers import NAMESPACE as IDS
from congkhai.exports.open_data.rows import PlanRow
from congkhai.model.plan_view import PlanView, Section
from congkhai.model.references import number_and_symbol

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_FULL_DATE = len("2026-05-06")
Row = Any


def plan_stratml(plan: PlanView, plan_row: PlanRow, found: Mapping[str, Sequence[Row]]) -> bytes:
    """Write a plan; opens it. `found`: the rows of its tables."""
    root = Element(
        "PerformancePlanOrReport",
        {"xmlns": NAMESPACE, "Type": "Performance_Report" if plan.reports else "Performance_Plan"},
    )
    _add(root, "Name", plan_row.title)
    number = number_and_symbol(plan_row.number, plan_row.symbol) if plan_row.number else None
    facts = (plan_row.document_type, number, plan_row.date)
    _add(root, "Description", ", ".join(fact for fact in facts if fact))
    core = SubElement(root, "StrategicPlanCore")
    body = SubElement(core, "Organization")
    _add(body, "Name", plan_row.issuer)
    _add(body, "Identifier", _identify(plan, "issuer"))
    _add(body, "Description", f"{plan_row.locality}, mã {plan_row.locality_code}")
    rows = {
        name: _group(found[name], "item") for name in ("commitments", "assignments", "deadlines")
    }
    rows["targets"] = _group(found["targets"], "item")
    rows["values"] = _group(found["values"], "target")
    for section in plan.open().sections:
        _add_goal(core, plan, section, rows)
    if not plan.open().sections:
        goal = SubElement(core, "Goal")
        _add(goal, "Name", plan_row.title)
        _add(goal, "Description", plan_row.title)
    about = SubElement(root, "AdministrativeInformation")
    _add(about, "Identifier", _identify(plan, "plan"))
    if plan_row.first_year:
        _add(about, "StartDate", f"{plan_row.first_year:04}-01-01")
    _add(about, "EndDate", f"{plan_row.last_year:04}-12-31")
    if plan_row.date and len(plan_row.date) == _FULL_DATE:
        _add(about, "PublicationDate", plan_row.date)
    _add(about, "Source", plan_row.url)
    # As text: to bytes it would encode each name and each text by itself.
    written: str = ElementTree.tostring(root, encoding="unicode", xml_declaration=True)
    return written.encode()


def _add_goal(
    core: Element, plan: PlanView, section: Section, rows: Mapping[str, Mapping[str, list[Row]]]
) -> None:
    goal = SubElement(core, "Goal")
    _add(goal, "Name", section.title)
    _add(goal, "Description", section.title)
    _add(goal, "Identifier", _identify(plan, f"goal {section.id}"))
    _add(goal, "SequenceIndicator", section.number)
    for commitment in section.commitments:
        item = commitment.item.id
        (row,) = rows["commitments"][item]
        objective = SubElement(goal, "Objective")
        _add(objective, "Description", row.text)
        _add(objective, "Identifier", _identify(plan, item))
        _add(objective, "SequenceIndicator", row.reference)
        for assignment in rows["assignments"].get(item, ()):
            stakeholder = SubElement(
                objective, "Stakeholder", {"StakeholderTypeType": "Organization"}
            )
            _add(stakeholder, "Name", assignment.unit_name)
            role = SubElement(stakeholder, "Role")
            _add(role, "Name", assignment.role)
            _add(role, "RoleType", "Performer")
        printed = dict.fromkeys(one.printed for one in rows["deadlines"].get(item, ()))
        notes = [f"Trạng thái: {row.state}", *(f"Thời hạn: {words}" for words in printed), row.url]
        _add(objective, "OtherInformation", ". ".join(notes))
        for target in rows["targets"].get(item, ()):
            _add_indicator(objective, plan, target, rows["values"].get(target.target, ()))


def _add_indicator(objective: Element, plan: PlanView, target: Row, values: Sequence[Row]) -> None:
    indicator = SubElement(
        objective, "PerformanceIndicator", {"PerformanceIndicatorType": "Quantitative"}
    )
    _add(indicator, "MeasurementDimension", target.measure)
    _add(indicator, "UnitOfMeasurement", target.unit_of_measure)
    _add(indicator, "Identifier", _identify(plan, f"target {target.target}"))
    instance = SubElement(indicator, "MeasurementInstance")
    goal = SubElement(instance, "TargetResult")
    if target.by and len(target.by) == _FULL_DATE:
        _add(goal, "EndDate", target.by)
    _add(goal, "NumberOfUnits", _figure(target.value))
    _add(goal, "Description", target.printed)
    for value in values:
        result = SubElement(instance, "ActualResult")
        _add(result, "EndDate", value.date.isoformat())
        _add(result, "NumberOfUnits", _figure(value.value))
        _add(result, "Description", value.url)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _identify(plan: PlanView, part: str) -> str:
    """Return a permanent identifier of a part of a plan, bound to where it was first."""
    return f"_{uuid.uuid5(IDS, f'{plan.first_id} {part}')}"


def _figure(value: Decimal) -> str:
    return format(value, "f")


def _group(found: Sequence[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        groups[getattr(row, column)].append(row)
    return groups
