"""A unit's report on a plan: which commitments it has a line for, and the words beside them.

Comes in: a plan and a unit. Goes out: the commitments that the unit answers for, and the
comments of its file. The form to fill in, the page of reports and workbooks that come back
all have them from here, so that the same report is the same file.
"""

from __future__ import annotations

from collections.abc import Mapping

from congkhai.data import registers
from congkhai.data.load import schema_line
from congkhai.model.assignments import answers_for
from congkhai.model.plan_view import PlanView
from congkhai.model.views import Commitment
from congkhai.pages import labels
from congkhai.text.vietnamese import capital


def commitments_of(
    view: PlanView, unit: str, units: Mapping[str, registers.Unit]
) -> list[Commitment]:
    """List what a unit reports on; the issuer, on what the document assigns to nobody.

    `units`: the register.
    """
    return [
        commitment
        for commitment in view.open().commitments
        if answers_for(
            unit,
            [assignment.unit for assignment in commitment.assignments] or [view.issuer.unit],
            units,
        )
    ]


def title_lines(view: PlanView, unit_name: str, period: str) -> tuple[str, str, str]:
    """Return the comments at the head of a report: its schema, whose it is, on which document."""
    return (
        schema_line("report", f"{view.id}/reports").rstrip("\n"),
        f"# Báo cáo của {unit_name}, {view.place.name}, kỳ {period}.",
        f"# {view.document.type}: {view.document.title}",
    )


def describe_commitment(
    commitment: Commitment, unit: str, units: Mapping[str, registers.Unit]
) -> list[str]:
    """Return what stands above the line about a commitment: where it is, whose, and its words.

    `units`: the register.
    """
    deadline = labels.deadlines_printed(commitment)
    facts = [
        capital(commitment.reference),
        labels.KINDS[commitment.shown_kind],
        describe_part(commitment, unit, units),
        *([f"thời hạn: {deadline}"] if deadline else []),
    ]
    return [f"# {' · '.join(facts)}", *(f"# {line}" for line in commitment.words.splitlines())]


def describe_part(commitment: Commitment, unit: str, units: Mapping[str, registers.Unit]) -> str:
    """Say in which roles the unit is named, or whom the document names in its place.

    That is the group it is of, or a body that it follows, with the role that it was given; others
    of the item say nothing of it.
    """
    roles = [
        labels.ROLES[assignment.role]
        for assignment in commitment.assignments
        if assignment.unit == unit
    ]
    if roles:
        return ", ".join(dict.fromkeys(roles))
    meant = [one for one in commitment.assignments if answers_for(unit, [one.unit], units)]
    names_by_role: dict[str, dict[str, None]] = {}
    for one in meant or commitment.assignments:
        names_by_role.setdefault(labels.ROLES[one.role], {})[units[one.unit].name] = None
    parts = [f"{role} (ghi cho “{'; '.join(names)}”)" for role, names in names_by_role.items()]
    return ", ".join(parts) or "mục không ghi cơ quan thực hiện"
