"""Proposals for the data of an outline: kinds, roles, deadlines, figures.

Comes in: an `Outline` and the `Roster`. Goes out: a `Proposal` by node id, with the
fields of `plan.yml` and Vietnamese sentences where a person has to decide. A proposal
rests on the words of the document alone; nothing is concluded from what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from congkhai.data.schema import Kind, Role
from congkhai.drafting.document_tree import Node, Outline, walk
from congkhai.drafting.extract import (
    read_citations,
    read_deadlines,
    read_reporting,
    read_stage,
    read_targets,
)
from congkhai.drafting.unit_matcher import Roster
from congkhai.text.vietnamese import fold

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("duty", re.compile(r"^(?:to chuc thuc hien|phan cong|trach nhiem|che do bao cao)")),
    ("objective", re.compile(r"^(?:cac )?muc tieu")),
    (
        "task",
        re.compile(
            r"^(?:cac )?(?:nhiem vu|giai phap|noi dung (?:hoat dong|thuc hien|nhiem vu|cong viec))"
        ),
    ),
    ("none", re.compile(r"^(?:muc dich|yeu cau|quan diem|kinh phi|nguon luc|pham vi|thoi gian)")),
)
_CLAUSE = re.compile(r"^(?:don vi|co quan)(?: \w+){0,2}? (chu tri|thuc hien|phoi hop)\b")
_CLAUSE_ROLES: dict[str, Role] = {
    "chu tri": "lead",
    "thuc hien": "implementing",
    "phoi hop": "coordinating",
}
_LEADS = re.compile(r"^(?:la co quan dau moi,? )?chu tri")
_COORDINATES = re.compile(r"^(?:chu dong |tich cuc )?phoi hop")
_STAGE_LABEL = re.compile(r"^(?:Năm|Giai đoạn) [\d\s–-]+:\s*")
_REQUEST = "đề nghị "
_CELL_ROLES: tuple[Role, ...] = ("lead", "coordinating", "implementing")
_CELL_DATE = re.compile(
    r"(?:(?:trong |het )?(?:ngay|thang|nam) )?"
    r"(?:(?:(?P<d>\d{1,2})[/.-])?(?P<m>\d{1,2})[/.-])?(?P<y>20\d\d)"
)
_COMMITTED = ("task", "duty", "milestone", "target")


@dataclass(slots=True)
class Proposal:
    """The data proposed for one item, and what the reviewer has to decide."""

    kind: Kind | None = None
    roles: dict[Role, tuple[str, ...]] = field(default_factory=dict)
    applies_to: str | None = None
    due: list[dict[str, str]] = field(default_factory=list)
    deliverable: str | None = None
    targets: list[dict[str, str]] = field(default_factory=list)
    reporting: dict[str, Any] | None = None
    doubts: list[str] = field(default_factory=list)


def propose(outline: Outline, roster: Roster) -> dict[str, Proposal]:
    """Propose the data of every node of the body, by id."""
    nodes = [*outline.body, *outline.attachments]
    proposals = {node.id: Proposal(doubts=list(node.doubts)) for node, _ in walk(nodes)}
    _propose_kinds(outline.body, "none", False, proposals)
    for attachment in outline.attachments:
        _propose_kinds(attachment.items, "none", False, proposals)
    for node, _ in walk(nodes):
        if node.roles:
            _propose_row(node, roster, proposals[node.id])
    for node, above in walk(nodes):
        # Rows of tables are proposed already; lines that sign an attachment say nothing.
        if node.roles or node.columns or not node.sources:
            continue
        kind = _effective_kind(node, above, proposals)
        _propose_clause(node, above, roster, proposals)
        if kind == "duty" or (kind == "task" and roster.find_leading(_subject(node))):
            _propose_roles(node, above, roster, proposals)
        if (
            kind == "none"
            and not node.items
            and node.text
            and roster.find_leading(node.text)
            and not proposals[node.id].applies_to
        ):
            proposals[node.id].kind = "duty"
            proposals[node.id].doubts.append(
                "câu nêu tên đơn vị nhưng nằm ngoài phần tổ chức thực hiện;"
                " là trách nhiệm (duty) hay không?"
            )
            _propose_roles(node, above, roster, proposals)
        if not node.items:
            _propose_figures(
                node, _effective_kind(node, above, proposals), roster, proposals[node.id]
            )
    return proposals


def _propose_row(node: Node, roster: Roster, proposal: Proposal) -> None:
    """Propose the data of a row of a table: what each of its columns says."""
    if node.title is not None:
        return
    has_figures = any(key.startswith("target") for key in node.roles)
    proposal.kind = "target" if has_figures else "task"
    for role in _CELL_ROLES:
        words = node.roles.get(role, "")
        units = roster.find_all(words)
        if units:
            proposal.roles[role] = units
        if words and (not units or roster.find_unknown(words)):
            unknown = " ".join(roster.find_unknown(words)) or words
            proposal.doubts.append(f"chữ chưa khớp đơn vị nào trong units.yml: {unknown}")
    proposal.deliverable = node.roles.get("result")
    if deadline := node.roles.get("due"):
        due = read_cell_deadline(deadline)
        if due is None:
            proposal.doubts.append(f"chưa đọc được thời hạn «{deadline}»; ghi due cho dòng này")
        else:
            proposal.due = [due]
    if has_figures:
        proposal.doubts.append(
            "chỉ tiêu trong bảng: chọn measure trong measures.yml, xem số và đơn vị tính"
        )


def read_cell_deadline(words: str) -> dict[str, str] | None:
    """Read a cell that is nothing but a deadline; None when it is none that is known.

    >>> read_cell_deadline("30/9/2026"), read_cell_deadline("Tháng 6/2025")
    ({'printed': '30/9/2026', 'by': '2026-09-30'}, {'printed': 'Tháng 6/2025', 'by': '2025-06'})
    >>> read_cell_deadline("Thường xuyên")
    {'printed': 'Thường xuyên', 'ongoing': 'true'}
    """
    folded = fold(words)
    if match := _CELL_DATE.fullmatch(folded):
        day = f"-{int(match['d']):02}" if match["d"] else ""
        month = f"-{int(match['m']):02}" if match["m"] else ""
        return {"printed": words, "by": f"{match['y']}{month}{day}"}
    if re.fullmatch(r"(?:nhiem vu )?thuong xuyen", folded):
        return {"printed": words, "ongoing": "true"}
    if re.fullmatch(r"(?:dinh ky )?(?:hang|moi) nam", folded):
        return {"printed": words, "every": "year"}
    deadlines = read_deadlines(words)
    return deadlines[0] if len(deadlines) == 1 else None


def propose_citations(outline: Outline) -> list[dict[str, str]]:
    """List the documents cited, once a place, with the relation that the place suggests."""
    places = [("preamble", text) for text in outline.preamble] + [("title", outline.title)]
    funding: set[str] = set()
    for node, above in walk(outline.body):
        places.append((node.id, f"{node.title or ''} {node.text or ''}"))
        if any("kinh phi" in fold(one.title or "") for one in (*above, node)):
            funding.add(node.id)
    places += [("closing", text) for text in outline.closing]
    cites: dict[tuple[str, str], dict[str, str]] = {}
    for place, text in places:
        for document, printed in read_citations(text):
            relation = "mention"
            if place == "preamble":
                relation = (
                    "basis"
                    if any(cite["relation"] == "parent" for cite in cites.values())
                    else "parent"
                )
            elif place in funding:
                relation = "funding"
            cites.setdefault(
                (document, place),
                {"document": document, "relation": relation, "printed": printed, "at": place},
            )
    return list(cites.values())


def _propose_kinds(
    nodes: list[Node], inherited: Kind, in_timetable: bool, proposals: dict[str, Proposal]
) -> None:
    for node in nodes:
        title = fold(node.title or "")
        kind = next((kind for kind, pattern in _KINDS if pattern.match(title)), None)
        timetable = in_timetable or "thoi gian thuc hien" in title
        if kind == "task" and not any(child.number for child in node.items):
            proposals[node.id].doubts.append(
                "phần này không có mục con đánh số; nội dung có nằm ở phụ lục không?"
            )
            kind = None
        if timetable and not node.items and read_stage(node.text or ""):
            kind = "milestone"
        if kind and kind != inherited:
            proposals[node.id].kind = kind
        _propose_kinds(node.items, kind or inherited, timetable, proposals)
        below = {proposals[child.id].kind for child in node.items}
        if kind == "task" and len(below) == 1 and (shared := below.pop()):
            # «NỘI DUNG THỰC HIỆN» that holds nothing but «Mục tiêu …»
            proposals[node.id].kind = shared
            for child in node.items:
                proposals[child.id].kind = None


def _effective_kind(node: Node, above: tuple[Node, ...], proposals: dict[str, Proposal]) -> Kind:
    chain = [proposals[one.id].kind for one in (*above, node)]
    return next((kind for kind in reversed(chain) if kind), "none")


def _propose_clause(
    node: Node, above: tuple[Node, ...], roster: Roster, proposals: dict[str, Proposal]
) -> None:
    """Propose the units of «Đơn vị chủ trì: …» for its sibling «Nội dung hoạt động»."""
    match = _CLAUSE.match(fold(node.title or ""))
    if not match or not node.text or not above:
        return
    proposal = proposals[node.id]
    siblings = above[-1].items
    before = [
        one for one in siblings[: siblings.index(node)] if not _CLAUSE.match(fold(one.title or ""))
    ]
    content = next(
        (one for one in before if fold(one.title or "").startswith("noi dung")),
        before[-1] if before else above[-1],
    )
    proposal.kind = "none"
    proposal.roles = {_CLAUSE_ROLES[match[1]]: roster.find_all(node.text)}
    proposal.applies_to = content.id
    if unknown := roster.find_unknown(node.text):
        proposal.doubts.append(f"chữ chưa khớp đơn vị nào trong units.yml: {' '.join(unknown)}")


def _propose_roles(
    node: Node, above: tuple[Node, ...], roster: Roster, proposals: dict[str, Proposal]
) -> None:
    """Propose roles where a heading names units, or a sentence has units as its subject."""
    proposal = proposals[node.id]
    if proposal.roles or proposal.applies_to:
        return
    if (node.text or "").startswith("Giao "):
        _propose_given(node, roster, proposal)
        return
    units = roster.find_leading(_subject(node))
    if not units:
        if not node.items and not _has_units(above, proposals):
            proposal.doubts.append("chưa rõ đơn vị nào chịu trách nhiệm")
        return
    unknown = [word for word in roster.find_unknown(node.title or "") if word[:1].isupper()]
    if unknown:
        proposal.doubts.append(
            f"chữ trong đề mục chưa khớp đơn vị nào trong units.yml: {' '.join(unknown)}"
        )
    if _subject(node).lower().startswith(_REQUEST) or _is_requested(above, proposals):
        _propose_request(node, units, proposal)
    elif node.title is None and above and not node.items:
        proposal.roles = {"implementing": units}
        proposal.doubts.append("câu nêu tên đơn vị ở đầu; vai trò thực hiện là đề xuất")
    else:
        _propose_assigned(node, units, roster, proposals)


def _propose_request(node: Node, units: tuple[str, ...], proposal: Proposal) -> None:
    """Propose what is asked of bodies that a People's Committee cannot direct: «Đề nghị …»."""
    proposal.roles = {"requested": units}
    if any(_LEADS.match(fold(text)) for text in _leaf_texts(node)):
        proposal.doubts.append(
            "văn bản vừa đề nghị vừa ghi «Chủ trì»;"
            " để requested vì UBND không giao việc cho cơ quan này"
        )


def _propose_assigned(
    node: Node, units: tuple[str, ...], roster: Roster, proposals: dict[str, Proposal]
) -> None:
    """Propose one role for the whole provision, or one for each of its lowest items."""
    leaves = [leaf for leaf, _ in walk([node]) if not leaf.items]
    roles = {leaf.id: _read_role(leaf.text or "") for leaf in leaves}
    if len(set(roles.values())) == 1:
        proposals[node.id].roles = {next(iter(roles.values())): units}
        return
    for leaf in leaves:
        proposals[leaf.id].roles = {roles[leaf.id]: roster.find_leading(_label(leaf)) or units}


def _propose_given(node: Node, roster: Roster, proposal: Proposal) -> None:
    """Propose the roles of «Giao Sở A phối hợp với Sở B …»."""
    who, _, rest = (node.text or "").removeprefix("Giao ").partition(" phối hợp với ")
    role: Role = "lead" if "chu tri" in fold(who) else "implementing"
    proposal.roles = {role: roster.find_leading(who)}
    if rest and (partners := roster.find_leading(rest)):
        proposal.roles["coordinating"] = partners
    proposal.doubts.append(
        "đoạn không đánh số giao việc đích danh; xem vai trò và mục chứa đoạn này"
    )


def _propose_figures(node: Node, kind: Kind, roster: Roster, proposal: Proposal) -> None:
    text = node.text or node.title or ""
    if kind in (*_COMMITTED, "objective"):
        proposal.targets = read_targets(text)
        if proposal.targets:
            proposal.doubts.append(
                "chọn measure trong measures.yml;"
                " kiểm tra đối tượng, so sánh và chữ chỉ mức ràng buộc"
            )
            if kind == "objective":
                proposal.kind = "target"
    if kind not in _COMMITTED:
        return
    dues = read_deadlines(text)
    stage = read_stage(text) if kind == "milestone" else None
    if stage:
        # A day or month inside the stage is sharper than the stage's own year.
        dues = [due for due in dues if "before" in due or len(due.get("by", "")) > len("2026")] or [
            stage
        ]
    if dues:
        proposal.due = dues
        if len(dues) > 1:
            printed = "», «".join(due["printed"] for due in dues)
            proposal.doubts.append(
                f"văn bản ghi nhiều thời hạn: «{printed}»;"
                " có phải đều là thời hạn của mục này không?"
            )
        elif not stage and not {"before"} & dues[0].keys():
            proposal.doubts.append(f"«{dues[0]['printed']}» có phải là thời hạn của mục này không?")
    proposal.reporting = read_reporting(text, roster)


def _subject(node: Node) -> str:
    """Return the words that may name who acts: the heading, or the start of the sentence."""
    return node.title or _STAGE_LABEL.sub("", node.text or "")


def _label(node: Node) -> str:
    label, colon, _ = (node.text or "").partition(":")
    return label if colon and len(label) <= 80 else ""


def _read_role(text: str) -> Role:
    words = fold(text)
    if _LEADS.match(words):
        return "lead"
    return "coordinating" if _COORDINATES.match(words) else "implementing"


def _leaf_texts(node: Node) -> Iterator[str]:
    return (leaf.text or "" for leaf, _ in walk([node]) if not leaf.items)


def _has_units(above: tuple[Node, ...], proposals: dict[str, Proposal]) -> bool:
    return any(proposals[one.id].roles for one in above)


def _is_requested(above: tuple[Node, ...], proposals: dict[str, Proposal]) -> bool:
    return any("requested" in proposals[one.id].roles for one in above)
