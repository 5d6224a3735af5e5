"""Rules about what a plan refers to, its items, and who answers for them.

Comes in: a `PlanContext`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.checks.context import PlanContext, unknown
from congkhai.data import registers, schema
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc

OUTSIDE_BODY = ("preamble", "title", "closing")
"""Where a citation may stand beside the items."""
NOTED = (*OUTSIDE_BODY, "letterhead", "recipients", "signature", "plan")
"""Where a note may stand beside the items."""
USED_BY_PAGE = frozenset(
    {
        "bao-cao",
        "chi-tieu",
        "nguon",
        "noi-dung",
        "q-top",
        "theo-don-vi",
        "theo-muc",
        "thoi-han",
        "tien-do-loi",
        "tien-do-ten",
        "tinh-hinh",
        "toan-van",
        "trich-dan",
        "van-ban",
    }
)
"""Ids of other elements of a plan's page: two of one id, and a link would lead to the first."""
USED_BY_PAGE_FROM = ("don-vi-", "chi-tieu-")
"""How ids begin that the page makes for each unit, each target."""
_LEVELS: tuple[registers.Level, ...] = ("central", "province", "district", "commune")


def locality_is_known(subject: PlanContext) -> Iterator[Problem]:
    """A plan's locality is a code of the register of localities."""
    code, places = subject.plan.locality, subject.places
    if "localities" not in subject.dataset.broken and code not in places:
        yield unknown(
            subject.loaded,
            ("locality",),
            "địa phương mã",
            code,
            places,
            'xem mã trong localities.yml, để trong nháy: "10606"',
        )


def programme_is_known(subject: PlanContext) -> Iterator[Problem]:
    """A plan's programme is in the register of programmes."""
    programmes = subject.dataset.programmes
    if "programmes" not in subject.dataset.broken and subject.plan.programme not in programmes:
        yield unknown(
            subject.loaded,
            ("programme",),
            "chương trình",
            subject.plan.programme,
            programmes,
            "programmes.yml",
        )


def units_are_known(subject: PlanContext) -> Iterator[Problem]:
    """Every unit that is assigned, reported to or written to is in the register of units."""
    units = subject.dataset.units
    if "units" in subject.dataset.broken:
        return
    for loc, below, name in _units_named(subject):
        if name not in units:
            yield unknown(subject.loaded, (*loc, *below), "đơn vị", name, units, "units.yml")


def _units_named(subject: PlanContext) -> Iterator[tuple[Loc, Loc, str]]:
    """Every unit with its place: where an item is, and where in it; joined only for one that is not known."""
    for placed, role, place, name in subject.named:
        yield placed.loc, (role, place), name
    for placed in subject.items:
        rule = placed.item.reporting
        if rule is not None:
            for index, name in enumerate(rule.to):
                yield placed.loc, ("reporting", "to", index), name
            if rule.via is not None:
                yield placed.loc, ("reporting", "via"), rule.via
    for index, recipient in enumerate(subject.plan.recipients):
        for number, name in enumerate(recipient.units):
            yield ("recipients", index), ("units", number), name


def measures_are_known(subject: PlanContext) -> Iterator[Problem]:
    """What a target measures is in the register of measures."""
    measures = subject.dataset.measures
    if "measures" in subject.dataset.broken:
        return
    for placed in subject.items:
        for index, target in enumerate(placed.item.targets):
            if target.measure not in measures:
                yield unknown(
                    subject.loaded,
                    (*placed.loc, "targets", index, "measure"),
                    "chỉ tiêu",
                    target.measure,
                    measures,
                    "measures.yml",
                )


def cited_documents_are_known(subject: PlanContext) -> Iterator[Problem]:
    """A cited document is in the register of documents; at most one is the parent."""
    documents = subject.dataset.documents
    parents = []
    for index, citation in enumerate(subject.plan.cites):
        if "documents" not in subject.dataset.broken and citation.document not in documents:
            yield unknown(
                subject.loaded,
                ("cites", index, "document"),
                "văn bản",
                citation.document,
                documents,
                "documents.yml",
            )
        if citation.relation == "parent":
            parents.append(index)
    for index in parents[1:]:
        line = subject.loaded.source.line(("cites", parents[0]))[0]
        yield subject.loaded.problem(
            ("cites", index, "relation"),
            f"đã có văn bản cha ở dòng {line}",
            "chỉ một văn bản cha; các văn bản khác là basis, funding hoặc mention",
        )


def item_ids_are_unique(subject: PlanContext) -> Iterator[Problem]:
    """An item's id stands once in a plan, and in its page: it is the item's address for good."""
    for placed in subject.items:
        item, first = placed.item, subject.by_id[placed.item.id]
        if first is not placed:
            line = subject.loaded.source.line((*first.loc, "id"))[0]
            yield subject.loaded.problem(
                (*placed.loc, "id"),
                f"mã mục «{item.id}» đã có ở dòng {line}",
                "mỗi mục một mã, theo số trong văn bản",
            )
        if item.id in NOTED:
            yield subject.loaded.problem(
                (*placed.loc, "id"),
                f"mã mục «{item.id}» đã dành cho phần ngoài nội dung",
                "đặt mã theo số trong văn bản: iii.2-4",
            )
        elif item.id in USED_BY_PAGE or item.id.startswith(USED_BY_PAGE_FROM):
            yield subject.loaded.problem(
                (*placed.loc, "id"),
                f"mã mục «{item.id}» đã dùng cho một phần khác của trang kế hoạch",
                "đặt mã theo số trong văn bản: iii.2-4",
            )


def item_ids_follow_the_tree(subject: PlanContext) -> Iterator[Problem]:
    """An item's id starts with the id of the item it stands in: `iii.2-4` in `iii.2`."""
    for placed in subject.items:
        if placed.above:
            parent = placed.above[-1].id
            if not placed.item.id.startswith((f"{parent}.", f"{parent}-")):
                yield subject.loaded.problem(
                    (*placed.loc, "id"),
                    f"mã mục «{placed.item.id}» không bắt đầu bằng mã mục cha «{parent}»",
                    f"dạng đúng: {parent}.1, {parent}.a hoặc {parent}-1; hoặc xem lại chỗ thụt dòng",
                )


def references_to_items_exist(subject: PlanContext) -> Iterator[Problem]:
    """What a citation, a note or an assignment is about is an item of this plan, or a named part of it."""
    ids = subject.by_id
    for index, citation in enumerate(subject.plan.cites):
        if citation.at not in ids and citation.at not in OUTSIDE_BODY:
            yield unknown(
                subject.loaded,
                ("cites", index, "at"),
                "mục",
                citation.at,
                (*ids, *OUTSIDE_BODY),
                f"mã một mục, hoặc {', '.join(OUTSIDE_BODY)}",
            )
    for index, note in enumerate(subject.plan.notes):
        if note.at not in ids and note.at not in NOTED:
            yield unknown(
                subject.loaded,
                ("notes", index, "at"),
                "mục",
                note.at,
                (*ids, *NOTED),
                f"mã một mục, hoặc {', '.join(NOTED)}",
            )
    for placed in subject.items:
        target = placed.item.applies_to
        if target is None:
            continue
        if target not in ids:
            yield unknown(
                subject.loaded,
                (*placed.loc, "applies_to"),
                "mục",
                target,
                ids,
                "mã một mục của kế hoạch này",
            )
        if not any(named[0] is placed for named in subject.named):
            yield subject.loaded.problem(
                (*placed.loc, "applies_to"),
                "có applies_to nhưng không phân công ai",
                f"thêm {', '.join(schema.ROLES[:3])} hoặc {schema.ROLES[3]}; nếu không thì bỏ dòng này",
            )


def implemented_items_exist(subject: PlanContext) -> Iterator[Problem]:
    """What an item carries out is a known item of the parent document, or of a document above it."""
    documents = subject.dataset.documents
    goals = [
        (placed, index, goal)
        for placed in subject.items
        for index, goal in enumerate(placed.item.implements)
    ]
    if not goals or "documents" in subject.dataset.broken:
        return
    known: dict[str, None] = {}
    name = next(
        (citation.document for citation in subject.plan.cites if citation.relation == "parent"),
        None,
    )
    passed: set[str] = set()
    while name in documents and name not in passed:
        passed.add(name)
        waiting = list(documents[name].items)
        while waiting:
            item = waiting.pop()
            known[item.id] = None
            waiting.extend(item.items)
        name = documents[name].parent
    for placed, index, goal in goals:
        if goal not in known:
            yield unknown(
                subject.loaded,
                (*placed.loc, "implements", index),
                "mục của văn bản cha",
                goal,
                known,
                "ghi mục đó vào items của văn bản cha trong documents.yml, hoặc bỏ dòng này",
            )


def targets_of_an_item_differ(subject: PlanContext) -> Iterator[Problem]:
    """Two targets in one item have different keys, so that a report can say which it means."""
    for placed in subject.items:
        targets = placed.item.targets
        if len(targets) < 2:
            continue
        seen: set[str | None] = set()
        for index, target in enumerate(targets):
            if target.key is None:
                yield subject.loaded.problem(
                    (*placed.loc, "targets", index),
                    f"mục có {len(targets)} chỉ tiêu, chỉ tiêu này chưa có key",
                    "thêm key: ho-ngheo",
                )
            elif target.key in seen:
                yield subject.loaded.problem(
                    (*placed.loc, "targets", index, "key"),
                    f"key «{target.key}» dùng cho hai chỉ tiêu của một mục",
                    "mỗi chỉ tiêu một key",
                )
            seen.add(target.key)


def bodies_outside_are_asked(subject: PlanContext) -> Iterator[Problem]:
    """The Front, unions and the Party are asked, not given tasks: a People's Committee cannot direct them.

    Where the document itself says otherwise, a note at the item keeps the warning away.
    """
    noted = {note.at for note in subject.plan.notes}
    units = subject.dataset.units
    for placed, role, index, name in subject.named:
        if (
            role != "requested"
            and name in units
            and units[name].nature in ("front", "union", "party")
            and placed.item.id not in noted
        ):
            yield subject.loaded.problem(
                (*placed.loc, role, index),
                f"«{units[name].name}» ghi ở {role}",
                "chỉ dùng requested: UBND không có quyền giao việc cho Mặt trận, đoàn thể, cơ quan Đảng; nếu văn bản ghi đúng như vậy thì thêm một ghi chú trong notes",
                "warning",
            )


def units_are_within_reach(subject: PlanContext) -> Iterator[Problem]:
    """A plan gives tasks to units of its locality's level or below, not to those above it."""
    place = subject.places.get(subject.plan.locality)
    if place is None:
        return
    units = subject.dataset.units
    levels = _LEVELS[_LEVELS.index(place.level) :]
    above = {
        name
        for name in {name for *_, name in subject.named}
        if name in units and not any(own in levels for own in units[name].level)
    }
    for placed, role, index, name in subject.named if above else ():
        if name in above and role != "requested":
            yield subject.loaded.problem(
                (*placed.loc, role, index),
                f"«{units[name].name}» là cơ quan cấp trên của địa phương này",
                "kiểm tra có nhầm với cơ quan cùng cấp không",
                "warning",
            )


def plan_promises_something(subject: PlanContext) -> Iterator[Problem]:
    """A plan without a task, a duty, a target or a milestone has nothing to follow."""
    if not any(placed.item.kind in schema.COMMITMENT_KINDS for placed in subject.items):
        yield subject.loaded.problem(
            ("body",),
            "kế hoạch không có nhiệm vụ, trách nhiệm, chỉ tiêu hay mốc nào",
            "thêm kind: task, duty, target hoặc milestone vào mục tương ứng",
            "warning",
        )


RULES = (
    locality_is_known,
    programme_is_known,
    units_are_known,
    measures_are_known,
    cited_documents_are_known,
    item_ids_are_unique,
    item_ids_follow_the_tree,
    references_to_items_exist,
    implemented_items_exist,
    targets_of_an_item_differ,
    bodies_outside_are_asked,
    units_are_within_reach,
    plan_promises_something,
)
