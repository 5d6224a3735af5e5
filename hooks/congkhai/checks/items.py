"""Rules about what a plan refers to, its items, and who answers for them.

Comes in: a `PlanContext`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.checks.context import PlanContext, describe_unknown
from congkhai.data import registers, schema
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.model.alignment import (
    index_goals,
    list_cited_documents,
    list_documents_above,
    parent_of,
    resolve_goal,
)
from congkhai.model.assignments import Walked

OUTSIDE_BODY = ("preamble", "title", "closing")
"""Where a citation may stand beside the items."""
NOTED = (*OUTSIDE_BODY, "letterhead", "recipients", "signature", "plan")
"""Where a note may stand beside the items."""
USED_BY_PAGE = frozenset(
    {
        "bao-cao",
        "cac-viec",
        "chi-tieu",
        "ghi-chu",
        "nguon",
        "noi-dung",
        "q-top",
        "thay-doi",
        "theo-don-vi",
        "theo-muc",
        "thoi-han",
        "tien-do-loi",
        "tien-do-ten",
        "tinh-hinh",
        "toan-van",
        "tra-loi",
        "trich-dan",
        "van-ban",
    }
)
"""Ids of other elements of a plan's page: with two of one id, a link leads to the first."""
USED_BY_PAGE_FROM = ("don-vi-", "chi-tieu-")
"""How the ids begin that the page gives to each unit and each target."""
_MAY_TASK = {"party": {"front", "union", "party"}, "front": {"front"}, "union": {"union"}}
"""Natures of bodies outside the state to which an issuer of a nature gives tasks."""
_LEVELS: tuple[registers.Level, ...] = ("central", "province", "district", "commune")


def require_known_locality(context: PlanContext) -> Iterator[Problem]:
    """Require that the locality of a plan is a code of the register of localities."""
    code, places = context.plan.locality, context.places
    if "localities" not in context.dataset.broken and code not in places:
        yield describe_unknown(
            context.loaded,
            ("locality",),
            "địa phương mã",
            code,
            places,
            'tra mã trong localities.yml, đặt trong dấu ngoặc kép: "10606"',
        )


def require_known_programme(context: PlanContext) -> Iterator[Problem]:
    """Require that the programme of a plan is in the register of programmes."""
    programmes = context.dataset.programmes
    if "programmes" not in context.dataset.broken and context.plan.programme not in programmes:
        yield describe_unknown(
            context.loaded,
            ("programme",),
            "chương trình",
            context.plan.programme,
            programmes,
            "programmes.yml",
        )


def require_known_units(context: PlanContext) -> Iterator[Problem]:
    """Require that every unit that a plan names is in the register of units."""
    units = context.dataset.units
    if "units" in context.dataset.broken:
        return
    for loc, below, name in _list_units(context):
        if name not in units:
            yield describe_unknown(
                context.loaded, (*loc, *below), "đơn vị", name, units, "units.yml"
            )


def _list_units(context: PlanContext) -> Iterator[tuple[Loc, Loc, str]]:
    """Yield every unit with its place, as (place of the item, place in the item, unit).

    The two are joined only for a unit that is not in the register.
    """
    for placed, role, place, name in context.named_units:
        yield placed.loc, (role, place), name
    for placed in context.items:
        rule = placed.item.reporting
        if rule is not None:
            for index, name in enumerate(rule.to):
                yield placed.loc, ("reporting", "to", index), name
            if rule.via is not None:
                yield placed.loc, ("reporting", "via"), rule.via
    for index, recipient in enumerate(context.plan.recipients):
        for number, name in enumerate(recipient.units):
            yield ("recipients", index), ("units", number), name


def require_known_measures(context: PlanContext) -> Iterator[Problem]:
    """Require that what a target measures is in the register of measures."""
    measures = context.dataset.measures
    if "measures" in context.dataset.broken:
        return
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            if target.measure not in measures:
                yield describe_unknown(
                    context.loaded,
                    (*placed.loc, "targets", index, "measure"),
                    "chỉ tiêu",
                    target.measure,
                    measures,
                    "measures.yml",
                )


def require_known_topics(context: PlanContext) -> Iterator[Problem]:
    """Require that corrected topics are in the register, and none is both added and removed."""
    topics = context.dataset.topics
    if "topics" in context.dataset.broken:
        return
    for placed in context.items:
        item = placed.item
        for field, names in (("topics", item.topics), ("not_topics", item.not_topics)):
            for index, name in enumerate(names):
                loc = (*placed.loc, field, index)
                if name not in topics:
                    yield describe_unknown(
                        context.loaded, loc, "chủ đề", name, topics, "topics.yml"
                    )
                elif field == "not_topics" and name in item.topics:
                    yield context.loaded.problem(
                        loc,
                        f"chủ đề «{name}» vừa ở topics vừa ở not_topics",
                        "giữ một dòng: topics để thêm, not_topics để bỏ",
                    )


def require_known_documents(context: PlanContext) -> Iterator[Problem]:
    """Require that cited documents are in the register, and that at most one is the parent."""
    documents = context.dataset.documents
    parents = []
    for index, citation in enumerate(context.plan.cites):
        if "documents" not in context.dataset.broken and citation.document not in documents:
            yield describe_unknown(
                context.loaded,
                ("cites", index, "document"),
                "văn bản",
                citation.document,
                documents,
                "documents.yml",
            )
        if citation.relation == "parent":
            parents.append(index)
    for index in parents[1:]:
        line = context.loaded.source.line(("cites", parents[0]))[0]
        yield context.loaded.problem(
            ("cites", index, "relation"),
            f"đã ghi văn bản cấp trên (parent) ở dòng {line}",
            "chỉ một văn bản là parent; các văn bản khác ghi basis (căn cứ),"
            " funding (kinh phí) hoặc mention (nhắc đến)",
        )


def warn_of_withdrawn_items_that_stand(context: PlanContext) -> Iterator[Problem]:
    """Warn of an item that the plan says was withdrawn although it still has it."""
    for index, withdrawal in enumerate(context.plan.withdrawn):
        if withdrawal.item is not None and withdrawal.item in context.by_id:
            yield context.loaded.problem(
                ("withdrawn", index, "item"),
                f"mục «{withdrawal.item}» ghi là đã bỏ mà vẫn còn trong kế hoạch",
                "bỏ dòng này của withdrawn, hoặc bỏ mục ấy",
                "warning",
            )


def require_unique_item_ids(context: PlanContext) -> Iterator[Problem]:
    """Require that the id of an item, its permanent address, is used once in a plan's page."""
    for placed in context.items:
        item, first = placed.item, context.by_id[placed.item.id]
        if first is not placed:
            line = context.loaded.source.line((*first.loc, "id"))[0]
            yield context.loaded.problem(
                (*placed.loc, "id"),
                f"mã mục «{item.id}» đã có ở dòng {line}",
                "mỗi mục một mã, theo số trong văn bản",
            )
        if item.id in NOTED:
            yield context.loaded.problem(
                (*placed.loc, "id"),
                f"không dùng được mã «{item.id}»: mã này đã có nghĩa khác",
                "đặt mã theo số trong văn bản: iii.2-4",
            )
        elif item.id in USED_BY_PAGE or item.id.startswith(USED_BY_PAGE_FROM):
            yield context.loaded.problem(
                (*placed.loc, "id"),
                f"mã mục «{item.id}» đã dùng cho một phần khác của trang kế hoạch",
                "đặt mã theo số trong văn bản: iii.2-4",
            )


def require_nested_item_ids(context: PlanContext) -> Iterator[Problem]:
    """Require that an id starts with the id of the item above: `iii.2-4` in `iii.2`."""
    for placed in context.items:
        if placed.above:
            parent = placed.above[-1].id
            if not placed.item.id.startswith((f"{parent}.", f"{parent}-")):
                yield context.loaded.problem(
                    (*placed.loc, "id"),
                    f"mã mục «{placed.item.id}» không bắt đầu bằng mã mục cha «{parent}»",
                    f"dạng đúng: {parent}.1, {parent}.a hoặc {parent}-1;"
                    " hoặc xem lại chỗ thụt dòng",
                )


def require_referenced_items(context: PlanContext) -> Iterator[Problem]:
    """Require that citations and notes stand at an item of this plan, or a named part of it."""
    ids = context.by_id
    for index, citation in enumerate(context.plan.cites):
        if citation.at not in ids and citation.at not in OUTSIDE_BODY:
            yield describe_unknown(
                context.loaded,
                ("cites", index, "at"),
                "mục",
                citation.at,
                (*ids, *OUTSIDE_BODY),
                f"mã một mục, hoặc {', '.join(OUTSIDE_BODY)}",
            )
    for index, note in enumerate(context.plan.notes):
        if note.at not in ids and note.at not in NOTED:
            yield describe_unknown(
                context.loaded,
                ("notes", index, "at"),
                "mục",
                note.at,
                (*ids, *NOTED),
                f"mã một mục, hoặc {', '.join(NOTED)}",
            )


def require_target_of_applies_to(context: PlanContext) -> Iterator[Problem]:
    """Require that `applies_to` names an item of this plan, beside an assignment."""
    for placed in context.items:
        target = placed.item.applies_to
        if target is None:
            continue
        if target not in context.by_id:
            yield describe_unknown(
                context.loaded,
                (*placed.loc, "applies_to"),
                "mục",
                target,
                context.by_id,
                "mã một mục của kế hoạch này",
            )
        if not any(owner is placed for owner, *_ in context.named_units):
            yield context.loaded.problem(
                (*placed.loc, "applies_to"),
                "có applies_to nhưng không phân công ai",
                f"thêm {', '.join(schema.ROLES[:3])} hoặc {schema.ROLES[3]};"
                " nếu không thì bỏ dòng này",
            )


def require_implemented_items(context: PlanContext) -> Iterator[Problem]:
    """Require that what an item carries out is an item of a document above the plan.

    Of one that the plan only cites too, where the document is named before the item.
    """
    named = [
        (placed, index, goal)
        for placed in context.items
        for index, goal in enumerate(placed.item.implements)
    ]
    if not named or "documents" in context.dataset.broken:
        return
    above, indexed = _index_goals_above(context)
    if any(context.dataset.documents[name].held and name not in indexed for name in above):
        return  # What is wrong with the held plan is said there.
    known = [id for name in above for id in indexed.get(name, ())]
    known += [f"{name}#{id}" for name, goals in indexed.items() for id in goals]
    for placed, index, goal in named:
        if resolve_goal(goal, above, indexed) is None:
            yield describe_unknown(
                context.loaded,
                (*placed.loc, "implements", index),
                "mục của văn bản cấp trên",
                goal,
                known,
                "ghi mục đó vào items của văn bản cấp trên trong documents.yml, hoặc bỏ dòng này",
            )


def require_compared_goals(context: PlanContext) -> Iterator[Problem]:
    """Require that a comparison names a document that the plan cites, and goals that it has."""
    if not context.plan.compared or "documents" in context.dataset.broken:
        return
    _, indexed = _index_goals_above(context)
    for index, comparison in enumerate(context.plan.compared):
        if comparison.document not in indexed:
            yield describe_unknown(
                context.loaded,
                ("compared", index, "document"),
                "văn bản cấp trên (đã có items)",
                comparison.document,
                indexed,
                "chỉ ghi văn bản mà kế hoạch nhắc đến trong cites, hoặc văn bản cấp trên của"
                " văn bản ấy, và đã có items trong documents.yml",
            )
            continue
        for position, goal in enumerate(comparison.items):
            if goal not in indexed[comparison.document]:
                yield describe_unknown(
                    context.loaded,
                    ("compared", index, "items", position),
                    f"mục trong {comparison.document}",
                    goal,
                    indexed[comparison.document],
                    "ghi mã một mục trong items của văn bản đó",
                )


def _index_goals_above(
    context: PlanContext,
) -> tuple[list[str], dict[str, dict[str, Walked]]]:
    """List the documents above the plan, nearest first, and the goals of all that it cites."""
    documents = context.dataset.documents
    above = list_documents_above(parent_of(context.plan), documents)
    cited = dict.fromkeys([*above, *list_cited_documents(context.plan, documents)])
    return above, index_goals(cited, context.dataset.goals)


def require_distinct_targets(context: PlanContext) -> Iterator[Problem]:
    """Require different keys for the targets of one item, so that a report can name one."""
    for placed in context.items:
        targets = placed.item.targets
        if len(targets) < 2:
            continue
        seen: set[str | None] = set()
        for index, target in enumerate(targets):
            if target.key is None:
                yield context.loaded.problem(
                    (*placed.loc, "targets", index),
                    f"mục có {len(targets)} chỉ tiêu mà chỉ tiêu này chưa có mã phân biệt (key)",
                    "thêm dòng key: và một tên ngắn không dấu, ví dụ key: ho-ngheo",
                )
            elif target.key in seen:
                yield context.loaded.problem(
                    (*placed.loc, "targets", index, "key"),
                    f"key «{target.key}» dùng cho hai chỉ tiêu của một mục",
                    "mỗi chỉ tiêu một key",
                )
            seen.add(target.key)


def warn_of_tasks_for_outside_bodies(context: PlanContext) -> Iterator[Problem]:
    """Warn of tasks for the Front, unions and the Party: a body of the state may only ask.

    The Party gives tasks to all of them, the Front and a union to their like. Where the document
    itself gives such a task, a note at the item prevents the warning.
    """
    noted = {note.at for note in context.plan.notes}
    units = context.dataset.units
    issuer = units.get(context.plan.issuer)
    issuer_name = "UBND"
    if issuer is not None and context.plan.issuer != schema.PEOPLES_COMMITTEE:
        issuer_name = issuer.name
    outside = {"front", "union", "party"} - _MAY_TASK.get(issuer.nature if issuer else "", set())
    for placed, role, index, name in context.named_units:
        if (
            role != "requested"
            and name in units
            and units[name].nature in outside
            and placed.item.id not in noted
        ):
            yield context.loaded.problem(
                (*placed.loc, role, index),
                f"«{units[name].name}» ghi ở {role}",
                f"chỉ dùng requested: {issuer_name} không có quyền giao việc cho Mặt trận,"
                " đoàn thể, cơ quan Đảng; nếu văn bản ghi đúng như vậy thì thêm một ghi chú trong"
                " notes",
                "warning",
            )


def warn_of_tasks_for_higher_units(context: PlanContext) -> Iterator[Problem]:
    """Warn of tasks for units above the level of the plan's locality."""
    place = context.places.get(context.plan.locality)
    if place is None:
        return
    units = context.dataset.units
    levels = frozenset(_LEVELS[_LEVELS.index(place.level) :])
    above = {
        name
        for name in {name for *_, name in context.named_units}
        if name in units and levels.isdisjoint(units[name].level)
    }
    for placed, role, index, name in context.named_units if above else ():
        if name in above and role != "requested":
            yield context.loaded.problem(
                (*placed.loc, role, index),
                f"«{units[name].name}» là cơ quan cấp trên của địa phương này",
                "kiểm tra có nhầm với cơ quan cùng cấp không",
                "warning",
            )


def warn_of_plans_without_commitments(context: PlanContext) -> Iterator[Problem]:
    """Warn of a plan without a task, a duty, a target or a milestone: nothing to follow."""
    if not any(placed.item.kind in schema.COMMITMENT_KINDS for placed in context.items):
        yield context.loaded.problem(
            ("body",),
            "kế hoạch chưa có việc nào (chưa mục nào ghi kind)",
            "thêm kind: task, duty, target hoặc milestone vào mục tương ứng",
            "warning",
        )
