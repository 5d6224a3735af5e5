"""What the reader of facts found, added to the proposals of a draft.

Comes in: a document, its outline, and proposals by node. Goes out: the same proposals with
the deadlines, partners and bodies that they lacked; what is read and cannot be written as
data becomes a doubt, so that no date, figure or body of the words passes in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from congkhai.data.schema import Role
from congkhai.drafting.document_tree import Outline, walk
from congkhai.drafting.propose import Proposal
from congkhai.drafting.unit_matcher import Roster
from congkhai.reading.document import read_entries
from congkhai.reading.facts import Assignment, Deadline, Facts
from congkhai.sources import SourceDocument
from congkhai.text.vietnamese import fold, slug

NOBODY: Final = "chưa rõ đơn vị nào chịu trách nhiệm"
_ROLE_NAMES: Final[Mapping[Role, str]] = {
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "implementing": "thực hiện",
    "requested": "được đề nghị",
}
_NATURES: Final = (
    ("front", r"uy ban mat tran|mat tran"),
    ("union", r"hoi |doan |lien doan|lien hiep|doan the"),
    ("party", r"dang |ban tuyen giao|ban dan van|ban to chuc|tinh uy|thanh uy|dang uy|uy ban kiem"),
    ("school", r"truong "),
    ("media", r"bao |dai "),
)
"""What a body may be, by how its name begins; a proposal for its entry in `units.yml`."""
_LAST_MONTHS: Final = {"1": "03", "2": "06", "3": "09", "4": "12"}


def add_facts(
    document: SourceDocument,
    outline: Outline,
    proposals: Mapping[str, Proposal],
    roster: Roster,
) -> None:
    """Complete the proposals from the facts of every provision."""
    facts_of = {id(entry.provision): entry.facts for entry in read_entries(document)}
    unknown: set[str] = set()
    for node, above in walk([*outline.body, *outline.attachments]):
        proposal = proposals[node.id]
        for provision in node.sources:
            facts = facts_of.get(id(provision), Facts())
            _add_roles(facts, [proposals[one.id] for one in above], proposal, roster, unknown)
            _add_deadlines(facts.deadlines, proposal)
            _add_targets(facts, proposal)
            _ask_about_figures(facts, proposal)
            _ask(facts, proposal)


def _add_roles(
    facts: Facts,
    above: Iterable[Proposal],
    proposal: Proposal,
    roster: Roster,
    unknown: set[str],
) -> None:
    """Write the roles that were read where none is written, and the partners that lack."""
    written = {unit for one in (*above, proposal) for units in one.roles.values() for unit in units}
    read: dict[Role, list[str]] = {}
    missing: list[Assignment] = []
    for assignment in facts.assignments:
        units = roster.find_all(assignment.body.printed)
        if not units:
            _ask_about_unknown(assignment.body.printed, proposal, unknown)
            continue
        read.setdefault(assignment.role, []).extend(units)
        if not written.issuperset(units):
            missing.append(assignment)
    if not missing or proposal.applies_to:
        return
    # Roles on an item replace those it would inherit, so all that were read are written.
    if not written or all(assignment.is_partner for assignment in missing):
        proposal.roles = {role: tuple(dict.fromkeys(units)) for role, units in read.items()}
        proposal.doubts[:] = [doubt for doubt in proposal.doubts if doubt != NOBODY]
        return
    for assignment in missing:
        proposal.doubts.append(
            f"chữ nêu «{assignment.body.printed}» {_ROLE_NAMES[assignment.role]},"
            f" chưa ghi vào {assignment.role}"
        )


def _ask_about_unknown(printed: str, proposal: Proposal, unknown: set[str]) -> None:
    """Offer an entry for a body that no register has, once in a document."""
    if slug(printed) in unknown:
        return
    unknown.add(slug(printed))
    proposal.doubts.append(
        f"«{printed}» chưa có trong units.yml; thêm vào đó: {propose_unit(printed)}"
    )


def propose_unit(name: str) -> str:
    """Write an entry of `units.yml` for a body, ready to paste; its nature is a proposal.

    >>> propose_unit("Hội Người cao tuổi xã")
    'hoi-nguoi-cao-tuoi-xa: {name: "Hội Người cao tuổi xã", level: [commune], nature: union}'
    """
    folded = f"{fold(name)} "
    nature = next((kind for kind, pattern in _NATURES if re.match(pattern, folded)), "state")
    level = "[province, commune]"
    if re.search(r"\b(?:xa|phuong|thon|to dan pho)\b", folded):
        level = "[commune]"
    elif re.search(r"^so |\btinh\b", folded):
        level = "[province]"
    elif re.match(r"bo |chinh phu|thu tuong", folded):
        level = "[central]"
    return f'{slug(name)}: {{name: "{name}", level: {level}, nature: {nature}}}'


def _add_deadlines(deadlines: Iterable[Deadline], proposal: Proposal) -> None:
    for deadline in deadlines:
        printed = deadline.span.printed
        if any(_share_words(printed, due["printed"]) for due in proposal.due):
            continue
        due = write_due(deadline.norm, printed)
        is_asked = any(f"«{printed}»" in doubt for doubt in proposal.doubts)
        if due is None and is_asked:
            continue
        if due is None:
            proposal.doubts.append(f"thời hạn «{printed}» chưa ghi được vào due")
            continue
        proposal.due.append(due)
        proposal.doubts[:] = [
            doubt for doubt in proposal.doubts if f"chưa đọc được thời hạn «{printed}»" not in doubt
        ]


def write_due(norm: str, printed: str) -> dict[str, str] | None:
    """Write a deadline as `plan.yml` has it; None for one that its fields cannot say.

    >>> write_due("2026-q3", "trong quý III/2026"), write_due("<2026-09-30", "trước 30/9/2026")
    ({'printed': 'trong quý III/2026', 'by': '2026-09'}, {'printed': 'trước 30/9/2026', \
'before': '2026-09-30'})
    >>> write_due("every:quarter", "hằng quý") is None
    True
    """
    key = "before" if norm.startswith("<") else "by"
    value = norm.removeprefix("<")
    if match := re.fullmatch(r"(\d{4})-q([1-4])", value):
        if key == "before":
            return None
        return {"printed": printed, key: f"{match[1]}-{_LAST_MONTHS[match[2]]}"}
    if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", value):
        is_whole_day = len(value) == len("2026-09-30")
        return {"printed": printed, key: value} if key == "by" or is_whole_day else None
    if match := re.fullmatch(r"--(\d{2}-\d{2})", value):
        return {"printed": printed, key: match[1], "every": "year"}
    if match := re.fullmatch(r"(\d{4})\.\.(\d{4})", value):
        return {"printed": printed, "start": match[1], "by": match[2]}
    simple = {"every:year": ("every", "year"), "ongoing": ("ongoing", "true")}
    if value in simple:
        field, said = simple[value]
        return {"printed": printed, field: said}
    return None


def _add_targets(facts: Facts, proposal: Proposal) -> None:
    """Write the figures of a target that no proposal holds; a person chooses the measure."""
    if (proposal.kind or facts.kind) != "target":
        return
    held = [target["printed"] for target in proposal.targets]
    for figure in facts.figures:
        printed = figure.span.printed
        if any(_share_words(printed, one) for one in held):
            continue
        target = write_target(figure.norm, printed)
        if target is not None:
            proposal.targets.append(target)
    if len(proposal.targets) > 1:
        for order, target in enumerate(proposal.targets, 1):
            target.setdefault("key", f"chi-tieu-{order}")
    if proposal.targets and proposal.kind is None:
        proposal.kind = "target"


def write_target(norm: str, printed: str) -> dict[str, str] | None:
    """Write a figure as a target of `plan.yml`; None for a range or one without a unit.

    >>> write_target(">=85 %", "tối thiểu 85%")["comparator"]
    '>='
    >>> write_target("1..3 %", "từ 1% - 3%") is None
    True
    """
    match = re.fullmatch(r"(>=|<=|>|<|=|~)?(\d+(?:\.\d+)?)\s+(\D.*)", norm)
    if match is None:
        return None
    return {
        "measure": "xem-lai",
        "printed": printed,
        "comparator": match[1] or "=",
        "value": match[2],
        "unit": match[3].strip(),
    }


def _ask_about_figures(facts: Facts, proposal: Proposal) -> None:
    """Ask about figures that no target and no deliverable holds."""
    held = [target["printed"] for target in proposal.targets]
    held += [proposal.deliverable] if proposal.deliverable else []
    open_figures = [
        figure.span.printed
        for figure in facts.figures
        if not any(_share_words(figure.span.printed, one) for one in held)
    ]
    if open_figures:
        shown = "», «".join(dict.fromkeys(open_figures))
        proposal.doubts.append(
            f"con số «{shown}» chưa ghi thành chỉ tiêu; nếu là chỉ tiêu thì thêm targets"
        )


def _ask(facts: Facts, proposal: Proposal) -> None:
    for question in facts.questions:
        is_about_nobody = question.startswith("chưa rõ cơ quan nào")
        if is_about_nobody and (proposal.roles or NOBODY in proposal.doubts):
            continue
        if question not in proposal.doubts:
            proposal.doubts.append(question)


def _share_words(text: str, other: str) -> bool:
    """Whether one of two quotations from the same words holds the other."""
    one, two = " ".join(text.split()).lower(), " ".join(other.split()).lower()
    return one in two or two in one
