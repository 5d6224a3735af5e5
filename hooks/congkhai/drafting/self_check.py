"""A draft held against the rules for published plans before anybody sees it.

Comes in: the YAML of a draft without blanks, its proposals, the registers with the entries
proposed. Goes out: the same proposals without the data that a rule would refuse, each with the
rule's own sentence as a question instead. So a draft passes every check but its questions. What
no plan can hold, such as a sign that nobody sees, is a question, too: the draft is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from congkhai.checks.context import Difference, PlanContext
from congkhai.checks.differences import COMPARISONS
from congkhai.checks.unit_names import UnitIndex
from congkhai.data import schema
from congkhai.data.load import Dataset, Loaded
from congkhai.data.schema import Role
from congkhai.data.schema_errors import explain
from congkhai.data.strict_yaml import Source, parse
from congkhai.data.yaml_errors import UNANSWERED
from congkhai.drafting.propose import Proposal

_PLAN = TypeAdapter(schema.Plan)
_PATH = "plan.yml"
_WORDS_OF_TARGETS = ("population", "modal", "condition")


def drop_refused(
    text: str, proposals: Mapping[str, Proposal], registers: Dataset, doubts: list[str]
) -> bool:
    """Take out of the proposals what the words do not bear; return whether anything was.

    `text`: the draft, complete: with a locality, a programme and a period. What is about the
    document as a whole is added to `doubts`.
    """
    data, problems = parse(text, _PATH)
    problems = [problem for problem in problems if problem.message != UNANSWERED]
    source = Source(_PATH, data)
    try:
        plan = _PLAN.validate_python(data) if data is not None else None
    except ValidationError as error:
        plan = None
        problems += explain(error, source, schema.Plan)
    for problem in problems:
        _ask(f"{problem.message} ({problem.hint})", None, doubts)
    if plan is None:
        return False
    loaded = Loaded(plan, _PATH, source)
    context = PlanContext("", loaded, registers, {}, UnitIndex(registers.units))
    differences = [
        one for compare in COMPARISONS for one in compare(context) if one.severity == "error"
    ]
    dropped = [_drop(one, context, proposals, doubts) for one in differences]
    return any(dropped)


def _drop(
    difference: Difference,
    context: PlanContext,
    proposals: Mapping[str, Proposal],
    doubts: list[str],
) -> bool:
    """Drop the data that differs, and ask what the rule says; False where there is none."""
    proposal = proposals.get(difference.places[0]) if difference.places else None
    if proposal is None or difference.field in ("number", "cites"):
        _ask(f"{difference.message} ({difference.hint.partition(';')[0]})", proposal, doubts)
        return False
    if difference.loc[-1] in _WORDS_OF_TARGETS:
        return _drop_words(difference, proposal)
    if difference.given is not None:
        return _give_own_role(difference.places[0], difference.given, context, proposal)
    before = _amount(proposal)
    _drop_data(difference, context, proposal)
    if _amount(proposal) == before:
        return False
    proposal.ask(f"{difference.message}: máy không ghi; xem lại")
    return True


def _drop_data(difference: Difference, context: PlanContext, proposal: Proposal) -> None:
    if difference.field == "due":
        proposal.due = [due for due in proposal.due if due["printed"] != difference.printed]
    elif difference.field == "targets":
        proposal.targets = [one for one in proposal.targets if one["printed"] != difference.printed]
        if not proposal.targets and proposal.kind == "target":
            proposal.kind = None
    elif difference.field == "roles":
        _drop_unit(difference, context, proposal)
    elif difference.field == "kind" and proposal.kind is not None:
        proposal.kind = None
    elif difference.field == "kind":
        proposal.due, proposal.targets = [], []


def _ask(question: str, proposal: Proposal | None, doubts: list[str]) -> None:
    if proposal is not None:
        proposal.ask(question)
    elif question not in doubts:
        doubts.append(question)


def _give_own_role(
    item: str, given: tuple[Role, str], context: PlanContext, proposal: Proposal
) -> bool:
    """Write the roles of an item in its own line, one unit in the role that its words give."""
    role, unit = given
    if not proposal.roles:
        inherited = context.assignments.get(item, {})
        proposal.roles = {one: tuple(name for name, _ in units) for one, units in inherited.items()}
    if unit in proposal.roles.get(role, ()):
        return False
    others = {
        one: tuple(name for name in units if name != unit) for one, units in proposal.roles.items()
    }
    others[role] = (*others.get(role, ()), unit)
    proposal.roles = {one: units for one, units in others.items() if units}
    return True


def _drop_words(difference: Difference, proposal: Proposal) -> bool:
    """Leave out words about a figure that stand in another sentence; nothing has to be asked."""
    field = str(difference.loc[-1])
    matching = [
        one for one in proposal.targets if one["printed"] == difference.printed and field in one
    ]
    for target in matching:
        del target[field]
    return bool(matching)


def _drop_unit(difference: Difference, context: PlanContext, proposal: Proposal) -> None:
    if "reporting" in difference.loc and proposal.reporting is not None:
        # The day and the form that are printed stay.
        without = {k: v for k, v in proposal.reporting.items() if k not in ("to", "via")}
        proposal.reporting = without or None
        return
    if not difference.names:
        proposal.applies_to = None
        proposal.roles = {}
        return
    units = {
        unit_id
        for unit_id, unit in context.dataset.units.items()
        if unit.name == difference.names[0]
    }
    for role, ids in list(proposal.roles.items()):
        kept = tuple(unit_id for unit_id in ids if unit_id not in units)
        if kept:
            proposal.roles[role] = kept
        else:
            del proposal.roles[role]
    if not proposal.roles:
        proposal.applies_to = None


def _amount(proposal: Proposal) -> tuple[object, ...]:
    """Sum up a proposal so that a change shows."""
    return (
        proposal.kind,
        len(proposal.due),
        len(proposal.targets),
        sum(map(len, proposal.roles.values())),
        proposal.applies_to,
        len(proposal.reporting or ()),
    )
