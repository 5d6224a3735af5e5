"""Proposals for the data of an outline: kinds, roles, deadlines, figures.

Comes in: a document with its `Outline`, and the names of units. Goes out: a `Proposal` by node
id, with the fields of `plan.yml`, Vietnamese questions where a person has to decide, and the
entries that registers lack. All facts are those of `congkhai.reading`; here they are only
written as fields. What is read and cannot be written becomes a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from congkhai.checks.printed_dates import read_norms
from congkhai.data.schema import Kind, Role
from congkhai.drafting.document_tree import Node, Outline, walk
from congkhai.drafting.register_entries import RegisterEntries
from congkhai.drafting.unit_names import UnitNames
from congkhai.reading.document import read_entries
from congkhai.reading.facts import Deadline, Facts, Figure
from congkhai.reading.provision import Part, read_part
from congkhai.reading.reporting import read_reporting
from congkhai.reading.roles import read_heading
from congkhai.reading.targets import read_modal, read_population
from congkhai.sources.document import SourceDocument
from congkhai.text.vietnamese import fold

TOLD_EVERY: Final = 200
NOBODY: Final = "chưa rõ cơ quan nào chịu trách nhiệm"
COMMITTED: Final[tuple[Kind, ...]] = ("task", "duty", "milestone", "target")
_KIND_OF_PART: Final[Mapping[Part, Kind]] = {
    "tasks": "task",
    "duties": "duty",
    "objective": "objective",
    "purpose": "none",
    "funding": "none",
}
_CLAUSE = re.compile(
    r"^\W*(?:các )?(?:cơ quan|đơn vị|bộ phận)(?: \w+){0,2}? (?P<role>chủ trì|thực hiện|phối hợp)\b",
    re.I,
)
_CLAUSE_ROLES: Final[Mapping[str, Role]] = {
    "chủ trì": "lead",
    "thực hiện": "implementing",
    "phối hợp": "coordinating",
}
_ROLE_COLUMNS: Final[tuple[Role, ...]] = ("lead", "coordinating", "implementing")
_SHARE = re.compile(r"%|‰")
_SAYS_EVERY_YEAR = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi) năm|định kỳ", re.I)
_LEADS = re.compile(r"(?<!\w)chủ trì(?!\w)", re.I)
_OPENS_WITH_TIME = re.compile(r"\W*(?:năm|giai đoạn|quý|tháng|từ|đến|hết|cuối|đầu)\b", re.I)


@dataclass(slots=True)
class Proposal:
    """The data proposed for one item, and what the reviewer has to decide."""

    kind: Kind | None = None
    roles: dict[Role, tuple[str, ...]] = field(default_factory=dict)
    applies_to: str | None = None
    due: list[dict[str, str]] = field(default_factory=list)
    deliverable: str | None = None
    targets: list[dict[str, str]] = field(default_factory=list)
    reporting: dict[str, str | list[str] | dict[str, str]] | None = None
    doubts: list[str] = field(default_factory=list)

    def ask(self, doubt: str) -> None:
        """Add a question, once."""
        if doubt not in self.doubts:
            self.doubts.append(doubt)


@dataclass(frozen=True, slots=True)
class Years:
    """First and last year of a plan; None for one that its title does not state."""

    first: int | None = None
    last: int | None = None

    def hold(self, value: str) -> bool:
        """Whether a date lies in the years; one without a year does."""
        year = int(value[:4]) if re.match(r"\d{4}", value) else None
        if year is None:
            return True
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


@dataclass(slots=True)
class _Reader:
    """What all proposals of a document share."""

    facts: Mapping[int, Facts]
    units: UnitNames
    entries: RegisterEntries
    years: Years
    proposals: dict[str, Proposal]
    asked: set[str] = field(default_factory=set)

    def facts_of(self, node: Node) -> tuple[Facts, ...]:
        """Return the facts of each provision whose words a node holds."""
        return tuple(self.facts.get(id(one), Facts()) for one in node.sources)


def propose(
    document: SourceDocument,
    outline: Outline,
    units: UnitNames,
    entries: RegisterEntries,
    years: Years = Years(),
    tell: Callable[[str], None] | None = None,
) -> dict[str, Proposal]:
    """Propose the data of every node, by id; what registers lack is added to `entries`.

    `tell` is given a Vietnamese sentence after every `TOLD_EVERY` provisions.
    """
    nodes = [*outline.body, *outline.attachments]
    proposals = {node.id: Proposal(doubts=list(node.doubts)) for node, _ in walk(nodes)}
    facts: dict[int, Facts] = {}
    for count, entry in enumerate(read_entries(document), 1):
        facts[id(entry.provision)] = entry.facts
        if tell is not None and count % TOLD_EVERY == 0:
            tell(f"… {count}/{len(proposals)} mục")
    reader = _Reader(facts, units, entries, years, proposals)
    _propose_kinds(nodes, "none", "", reader)
    for node, above in walk(nodes):
        if node.roles:
            _propose_row(node, reader)
        elif not node.columns and node.sources:
            _propose_node(node, above, reader)
    _gather_roles(nodes, reader)
    for node, above in walk(nodes):
        _ask_about_nobody(node, above, reader)
    return proposals


# ------------------------------------------------------------------ kinds


def _propose_kinds(nodes: Sequence[Node], inherited: Kind, part: Part, reader: _Reader) -> None:
    """Propose the kind of each node where it is another than that of its heading."""
    for node in nodes:
        proposal = reader.proposals[node.id]
        here = read_part(node.title) if node.title and not node.roles else ""
        if _CLAUSE.match(node.title or "") or (node.title and read_heading(node.title)):
            here = ""
        kind = _KIND_OF_PART.get(here) if here else None
        if kind == "task" and node.title and not node.items and not node.text:
            proposal.ask("phần này không có mục con; nội dung có nằm ở phụ lục không?")
            kind = None
        within = here or part
        if not node.items and not node.roles:
            kind = _kind_of_leaf(node, kind or inherited, within, reader) or kind
        if kind and kind != inherited:
            proposal.kind = kind
        _propose_kinds(node.items, kind or inherited, within, reader)


def _kind_of_leaf(node: Node, kind: Kind, part: Part, reader: _Reader) -> Kind | None:
    """Tell the kind of a provision where its words make it another than its part."""
    facts = reader.facts_of(node)
    kinds = {one.kind for one in facts}
    if kind in ("objective", "none") and part == "objective" and any(f.figures for f in facts):
        return "target"  # «Đến năm 2028: 60% dân số …», too
    if "milestone" in kinds and (part == "stages" or kind in ("none", "objective")):
        return "milestone"
    if kind != "none" or part in ("purpose", "funding"):
        return None
    named = [one for f in facts for one in f.assignments if not one.body.is_inherited]
    if named and "duty" in kinds:
        reader.proposals[node.id].ask(
            "câu nêu tên cơ quan nhưng nằm ngoài phần tổ chức thực hiện;"
            " là trách nhiệm (duty) hay không?"
        )
        return "duty"
    return None


def effective_kind(node: Node, above: Sequence[Node], proposals: Mapping[str, Proposal]) -> Kind:
    """Return the kind of a node: its own, else that of the nearest heading that has one."""
    chain = [proposals[one.id].kind for one in (*above, node)]
    return next((kind for kind in reversed(chain) if kind), "none")


# ------------------------------------------------------------------ one provision


def _propose_node(node: Node, above: tuple[Node, ...], reader: _Reader) -> None:
    proposal = reader.proposals[node.id]
    kind = effective_kind(node, above, reader.proposals)
    if _propose_clause(node, above, reader):
        return
    for provision, facts in zip(node.sources, reader.facts_of(node), strict=True):
        _propose_roles(facts, proposal, reader)
        _propose_deadlines(facts.deadlines, kind, proposal, reader.years)
        _propose_targets(provision.words, facts.figures, kind, proposal, reader)
        for question in facts.questions:
            if not question.startswith("chưa rõ cơ quan nào"):
                proposal.ask(question)
        if kind in COMMITTED:
            _propose_reporting(provision.words, proposal, reader)
    if proposal.kind == "target" and not proposal.targets:
        proposal.kind = "objective"
    _date_targets(proposal)
    _ask_about_request(node, proposal.roles, proposal)


def _date_targets(proposal: Proposal) -> None:
    """Date the figures of a sentence whose one deadline is a day, a month or a year."""
    days = [due.get("by", "") for due in proposal.due]
    is_dated = len(days) == 1 and re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", days[0])
    if is_dated and not {"every", "start"} & proposal.due[0].keys():
        for target in proposal.targets:
            target["by"] = days[0]


def _propose_clause(node: Node, above: tuple[Node, ...], reader: _Reader) -> bool:
    """Propose the units of «Đơn vị chủ trì: …» for the content beside it."""
    match = _CLAUSE.match(node.title or "")
    if not match or not node.text or not above:
        return False
    proposal = reader.proposals[node.id]
    siblings = above[-1].items
    before = [one for one in siblings[: siblings.index(node)] if not _CLAUSE.match(one.title or "")]
    content = next(
        (one for one in before if fold(one.title or "").startswith("noi dung")),
        before[-1] if before else above[-1],
    )
    role = _CLAUSE_ROLES[match["role"].lower()]
    names = [
        one.body.printed
        for facts in reader.facts_of(node)
        for one in facts.assignments
        if not one.body.is_inherited
    ]
    ids = [unit for name in names for unit in _units_of(name, proposal, reader)]
    if not names:
        proposal.ask(f"chưa đọc được cơ quan nào ở «{node.text[:80]}»")
    proposal.kind = "none"
    proposal.roles = {role: tuple(dict.fromkeys(ids))} if ids else {}
    proposal.applies_to = content.id if ids else None
    return True


def _propose_roles(facts: Facts, proposal: Proposal, reader: _Reader) -> None:
    for assignment in facts.assignments:
        ids = _units_of(assignment.body.printed, proposal, reader)
        already = {unit for units in proposal.roles.values() for unit in units}
        new = tuple(unit for unit in ids if unit not in already)
        if new:
            proposal.roles[assignment.role] = (*proposal.roles.get(assignment.role, ()), *new)


def _units_of(printed: str, proposal: Proposal, reader: _Reader) -> tuple[str, ...]:
    """Find the units of a name; one that no register has is proposed for it, once asked about."""
    units = reader.units.find(printed)
    if units is not None:
        return units
    if reader.units.is_above_issuer(printed):
        if printed not in reader.asked:
            proposal.ask(f"«{printed}» là cấp trên của cơ quan ban hành; ghi vai trò nào?")
        reader.asked.add(printed)
        return ()
    if reader.units.is_place(printed):
        if printed not in reader.asked:
            proposal.ask(
                f"«{printed}» chỉ gọi tên cấp, không nêu cơ quan; có giao cho cơ quan nào?"
            )
        reader.asked.add(printed)
        return ()
    unit_id = reader.entries.add_unit(printed)
    if unit_id not in reader.asked:
        reader.asked.add(unit_id)
        proposal.ask(
            f"«{printed}» chưa có trong units.yml; xem đề xuất {unit_id} trong de-xuat.yml"
        )
    return (unit_id,)


# ------------------------------------------------------------------ deadlines


def _propose_deadlines(
    deadlines: Sequence[Deadline], kind: Kind, proposal: Proposal, years: Years
) -> None:
    """Write the deadlines of what can be held to; ask about all others."""
    is_yearly = any(deadline.norm == "every:year" for deadline in deadlines)
    has_day_of_year = any(re.match(r"<?--", deadline.norm) for deadline in deadlines)
    for deadline in deadlines:
        printed = deadline.span.printed.strip()
        due = write_due(_norm_of(deadline), printed)
        if due is None:
            proposal.ask(
                f"thời hạn «{printed}» không ghi thành ngày được; để nguyên chữ hay ghi due?"
            )
        elif deadline.norm == "every:year" and has_day_of_year:
            # «Định kỳ hằng năm (trước ngày 15/12)»: the day says all that «hằng năm» says.
            continue
        elif kind == "milestone" and _is_year_of_another(deadline, deadlines):
            continue
        elif kind not in COMMITTED:
            proposal.ask(
                f"«{printed}» ở mục không tính là một việc; nếu là thời hạn thì ghi kind và due"
            )
        elif not all(years.hold(due.get(key, "")) for key in ("by", "before", "start")):
            proposal.ask(f"«{printed}» ngoài giai đoạn của kế hoạch; có phải thời hạn của mục này?")
        else:
            proposal.due.append(due)
            if not is_yearly and due.get("every") == "year" and _is_day_without_year(due, printed):
                proposal.ask(f"«{printed}» không ghi năm: hằng năm, hay một lần (ghi đủ năm)?")


def _norm_of(deadline: Deadline) -> str:
    """Return what a deadline says; «trong tháng 01 hằng năm» also says the last day."""
    (norm, *_) = read_norms(deadline.span.printed) or (deadline.norm,)
    has_day = norm.lstrip("<").startswith("--")
    return norm if deadline.norm == "every:year" and has_day else deadline.norm


def _is_year_of_another(deadline: Deadline, deadlines: Sequence[Deadline]) -> bool:
    """«Năm 2026: … (trong tháng 6 năm 2026)»: the month is sharper than the stage's own year."""
    return bool(re.fullmatch(r"\d{4}", deadline.norm)) and any(
        other.norm.lstrip("<").startswith(f"{deadline.norm}-") for other in deadlines
    )


def _is_day_without_year(due: Mapping[str, str], printed: str) -> bool:
    return ("by" in due or "before" in due) and not _SAYS_EVERY_YEAR.search(printed)


def write_due(norm: str, printed: str) -> dict[str, str] | None:
    """Write a deadline as `plan.yml` has it; None for one that its fields cannot say.

    >>> write_due("2026-q3", "trong quý III/2026"), write_due("every:month", "hằng tháng")
    ({'printed': 'trong quý III/2026', 'by': '2026-q3'}, {'printed': 'hằng tháng', \
'every': 'month'})
    >>> write_due("<2026-09-30", "trước 30/9/2026"), write_due("P30D", "30 ngày")
    ({'printed': 'trước 30/9/2026', 'before': '2026-09-30'}, None)
    """
    key = "before" if norm.startswith("<") else "by"
    value = norm.removeprefix("<")
    if re.fullmatch(r"\d{4}(?:-q[1-4]|(?:-\d{2}){0,2})", value):
        return {"printed": printed, key: value}
    if match := re.fullmatch(r"--(\d{2}-\d{2})", value):
        return {"printed": printed, key: match[1], "every": "year"}
    if match := re.fullmatch(r"(\d{4})\.\.(\d{4})", value):
        return {"printed": printed, "start": match[1], "by": match[2]}
    if match := re.fullmatch(r"(\d{4})\.\.", value):
        return {"printed": printed, "start": match[1], "ongoing": "true"}
    if match := re.fullmatch(r"every:(month|quarter|half|year)", value):
        return {"printed": printed, "every": match[1]}
    return {"printed": printed, "ongoing": "true"} if value == "ongoing" else None


# ------------------------------------------------------------------ figures


def _propose_targets(
    words: str, figures: Sequence[Figure], kind: Kind, proposal: Proposal, reader: _Reader
) -> None:
    """Write shares of what can be held to, and all figures of objectives; ask about others."""
    left: list[str] = []
    for figure in figures:
        printed = figure.span.printed
        is_wanted = kind == "target" or (kind in COMMITTED and bool(_SHARE.search(printed)))
        target = write_target(figure.norm, printed) if is_wanted else None
        if target is None:
            left.append(printed)
            continue
        measure = reader.entries.add_measure(words, figure.span)
        if population := read_population(words, figure.span):
            target["population"] = population
        if modal := read_modal(words, figure.span):
            target["modal"] = modal
        proposal.targets.append({"measure": measure, **target})
    _number_targets(proposal)
    if left:
        shown = "», «".join(dict.fromkeys(left))
        proposal.ask(f"con số «{shown}» chưa ghi thành chỉ tiêu; nếu là chỉ tiêu thì thêm targets")


def _number_targets(proposal: Proposal) -> None:
    """Give each of several targets of one item a key of its own."""
    if len(proposal.targets) > 1:
        for order, target in enumerate(proposal.targets, 1):
            target["key"] = f"chi-tieu-{order}"


def write_target(norm: str, printed: str) -> dict[str, str] | None:
    """Write a figure as a target of `plan.yml`; None for so many of so many («5/7 thôn»).

    >>> write_target(">=85 %", "tối thiểu 85%")
    {'printed': 'tối thiểu 85%', 'comparator': '>=', 'value': '85', 'unit': '%'}
    >>> write_target("1..3 %", "từ 1% - 3%")["maximum"], write_target("40->60 %", "")["baseline"]
    ('3', '40')
    >>> write_target("6.8-><5 %", "từ 6,8% xuống còn dưới 5%")["comparator"]
    '<'
    """
    number = r"\d+(?:\.\d+)?"
    if match := re.fullmatch(rf"({number})\.\.({number})\s+(\D+)", norm):
        fields = {"comparator": ">=", "value": match[1], "maximum": match[2]}
        return {"printed": printed, **fields, "unit": match[3].strip()}
    if match := re.fullmatch(rf"({number})->(>=|<=|>|<|~)?({number})\s+(\D+)", norm):
        fields = {"comparator": match[2] or "=", "value": match[3], "baseline": match[1]}
        return {"printed": printed, **fields, "unit": match[4].strip()}
    single = re.fullmatch(rf"(>=|<=|>|<|=|~)({number})\s+(\D[^/]*(?:/[^\d\s][^/]*)*)", norm)
    if single is None:
        return None
    fields = {"comparator": single[1], "value": single[2], "unit": single[3].strip()}
    return {"printed": printed, **fields}


def _propose_reporting(words: str, proposal: Proposal, reader: _Reader) -> None:
    reporting = read_reporting(words)
    if reporting is None:
        return
    to = [unit for name in reporting.to for unit in reader.units.find(name) or ()]
    via = reader.units.find(reporting.via) if reporting.via else None
    if reporting.to and not to:
        shown = "», «".join(reporting.to)
        proposal.ask(f"báo cáo gửi «{shown}»: chưa có đơn vị ấy trong units.yml")
    proposed: dict[str, str | list[str] | dict[str, str]] = {}
    if to:
        proposed["to"] = list(dict.fromkeys(to))
        if via:
            proposed["via"] = via[0]
    if reporting.cutoff is not None:
        day = {"day": reporting.cutoff_day} if reporting.cutoff_day else {}
        proposed["cutoff"] = {"printed": reporting.cutoff, **day}
    if reporting.form is not None:
        proposed["form"] = reporting.form
    proposal.reporting = proposed or None


# ------------------------------------------------------------------ rows of tables


def _propose_row(node: Node, reader: _Reader) -> None:
    """Propose the data of a row of a table: what each of its columns says."""
    if node.title is not None:
        return
    proposal = reader.proposals[node.id]
    has_figures = any(key.startswith("target") for key in node.roles)
    # Work with a deadline and a number beside it is work.
    is_work = "due" in node.roles and not any(key.startswith("target:") for key in node.roles)
    proposal.kind = "target" if has_figures and not is_work else "task"
    proposal.deliverable = node.roles.get("result") or None
    for facts in reader.facts_of(node):
        _propose_roles(facts, proposal, reader)
        _propose_deadlines(facts.deadlines, proposal.kind, proposal, reader.years)
        for figure in facts.figures:
            target = write_target(figure.norm, figure.span.printed) if has_figures else None
            if target is not None:
                measure = reader.entries.add_measure(node.text or "")
                proposal.targets.append({"measure": measure, **target})
            elif figure.span.printed not in (proposal.deliverable or ""):
                proposal.ask(f"con số «{figure.span.printed}» chưa ghi thành chỉ tiêu")
        for question in facts.questions:
            proposal.ask(question)
    _number_targets(proposal)
    if has_figures and not proposal.targets:
        proposal.kind = "task"
        proposal.ask("dòng của bảng chỉ tiêu chưa đọc được con số")


# ------------------------------------------------------------------ roles of headings


def _gather_roles(nodes: Sequence[Node], reader: _Reader) -> None:
    """Write roles once at the heading that names the bodies, where its items share them."""
    for node, above in walk(nodes):
        if node.items and node.title and read_heading(node.title) is not None:
            _gather_under(node, above, reader)
    _drop_repeated(nodes, {}, reader)


def _gather_under(node: Node, above: Sequence[Node], reader: _Reader) -> None:
    heading = reader.proposals[node.id]
    if heading.roles:
        return
    leaves = [leaf for leaf, _ in walk(node.items) if not leaf.items]
    inheriting = [leaf for leaf in leaves if _only_inherits(leaf, reader)]
    roles = [reader.proposals[leaf.id].roles for leaf in inheriting]
    if not inheriting or any(one != roles[0] for one in roles) or not roles[0]:
        return
    heading.roles = dict(roles[0])
    if effective_kind(node, above, reader.proposals) == "none":
        heading.kind = "duty"
    for leaf in inheriting:
        _ask_about_request(leaf, heading.roles, heading)
    for leaf in inheriting:
        reader.proposals[leaf.id].roles = {}


def _ask_about_request(node: Node, roles: Mapping[Role, tuple[str, ...]], at: Proposal) -> None:
    """Ask where words both request and put somebody in charge."""
    if "requested" in roles and _LEADS.match(node.text or ""):
        at.ask(
            "văn bản vừa đề nghị vừa ghi «Chủ trì»;"
            " để requested vì UBND không giao việc cho cơ quan này"
        )


def _only_inherits(leaf: Node, reader: _Reader) -> bool:
    assignments = [one for facts in reader.facts_of(leaf) for one in facts.assignments]
    return bool(assignments) and all(one.body.is_inherited for one in assignments)


def _drop_repeated(
    nodes: Sequence[Node], inherited: Mapping[Role, tuple[str, ...]], reader: _Reader
) -> None:
    for node in nodes:
        proposal = reader.proposals[node.id]
        if proposal.roles == inherited and not proposal.applies_to:
            proposal.roles = {}
        passed_on = inherited if proposal.applies_to else proposal.roles or inherited
        _drop_repeated(node.items, passed_on, reader)


def _ask_about_nobody(node: Node, above: tuple[Node, ...], reader: _Reader) -> None:
    """Ask who answers for a duty that names nobody, itself or in its headings."""
    proposal = reader.proposals[node.id]
    if node.items or node.columns or not node.sources or node.roles:
        return
    has_roles = any(reader.proposals[one.id].roles for one in (*above, node))
    if effective_kind(node, above, reader.proposals) == "duty" and not has_roles:
        proposal.ask(NOBODY)
