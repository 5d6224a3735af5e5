"""The rule that the kind of an item fits the title of the part in which it stands.

Comes in: a `PlanContext`. Goes out: differences. What a title says of its part is read by
`congkhai.reading.provision.read_part`; how kinds follow from it is published on the page
of the method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from congkhai.checks.context import Difference, Placed, PlanContext
from congkhai.data import schema
from congkhai.model.assignments import kind_of
from congkhai.reading.provision import Part, read_part
from congkhai.reading.roles import read_heading, read_roles

_STAGE = re.compile(
    r"\W*+(?:năm|giai đoạn|quý|tháng|(?:từ|đến|hết|cuối|đầu) (?:năm|tháng|ngày)|ngày)\b[^:;.]{0,40}"
    r"\d{4}[^:;.]{0,20}[:,]",
    re.I,
)
_KIND_OF_PART: Mapping[Part, schema.Kind] = {
    "tasks": "task",
    "duties": "duty",
    "stages": "milestone",
    "objective": "objective",
}
_NAMES: Mapping[schema.Kind, str] = {
    "task": "nhiệm vụ",
    "duty": "trách nhiệm",
    "target": "chỉ tiêu",
    "milestone": "mốc",
    "objective": "mục tiêu",
    "none": "không tính là một việc",
}


_MISSING: Mapping[schema.Kind, str] = {
    "milestone": "chữ của mục không mở đầu bằng một mốc thời gian",
    "duty": "chữ của mục không nêu cơ quan nào",
}


def compare_kinds(context: PlanContext) -> Iterator[Difference]:
    """Compare each stated kind with the part in which it stands, and each part with its kind.

    - `target` needs a figure below it, `milestone` a part or a sentence that begins with a time,
      `duty` a part of duties or a body named by the words, `task` a part of no other kind.
    - `none` in a part of tasks, duties, stages or objectives needs a note that says why.
    - Such a part without any kind is a warning.
    - An item with a figure or a deadline is one that can be held to.
    """
    noted = _noted(context)
    with_targets = {
        step.id
        for placed in context.items
        if placed.item.targets
        for step in (placed.item, *placed.above)
    }
    with_kind = {
        step.id
        for placed in context.items
        if placed.item.kind
        for step in (placed.item, *placed.above)
    }
    for placed in context.items:
        item = placed.item
        if item.applies_to is not None and kind_of(item, placed.above) != "none":
            reason = "mục này chỉ ghi phân công cho mục khác (applies_to)"
            yield _describe(placed, kind_of(item, placed.above), reason, "dạng đúng: kind: none")
            continue
        if (item.targets or item.due) and item.kind in (None, "none", "objective"):
            effective = kind_of(item, placed.above)
            if effective not in schema.COMMITMENT_KINDS:
                kind: schema.Kind = "target" if item.targets else "milestone"
                reason = "mục có chỉ tiêu" if item.targets else "mục có thời hạn"
                yield _describe(placed, effective, reason, f"dạng đúng: kind: {kind}")
                continue
        if item.kind is not None:
            if fault := _fault_of(placed, item.kind, with_targets, noted):
                yield _describe(placed, item.kind, *fault)
            continue
        part = _part_of(item)
        if (
            part in _KIND_OF_PART
            and item.id not in with_kind | noted
            and (item.items or item.text)
            and kind_of(item, placed.above) == "none"
            and all(_part_of(step) in ("", part) for step in placed.above)
        ):
            named = _KIND_OF_PART[part]
            yield Difference(
                field="kind",
                places=(item.id,),
                loc=(*placed.loc, "title"),
                message=f"đề mục «{(item.title or '')[:60]}» nêu {_NAMES[named]} mà chưa có"
                " kind: các mục con không được tính",
                hint=f"thêm kind: {named}; nếu không tính thì thêm một ghi chú tại mục này",
                severity="warning",
            )


def _noted(context: PlanContext) -> frozenset[str]:
    """List the items with a note, and those that something is missing in, by a note below."""
    by_id = context.by_id
    noted: set[str] = set()
    for note in context.plan.notes:
        placed = by_id.get(note.at)
        if placed is not None:
            noted.add(note.at)
            if note.kind == "gap" and placed.above:
                noted.add(placed.above[-1].id)
    return frozenset(noted)


def _describe(placed: Placed, kind: schema.Kind, reason: str, right: str) -> Difference:
    item = placed.item
    return Difference(
        field="kind",
        places=(item.id,),
        loc=(*placed.loc, "kind"),
        message=f"kind: {kind} ({_NAMES[kind]}), nhưng {reason}",
        hint=f"{right}; cố ý khác thì thêm vào notes: {{at: {item.id}, kind: context,"
        ' differs: kind, text: "lý do"}',
    )


def _fault_of(
    placed: Placed, kind: schema.Kind, with_targets: set[str], noted: frozenset[str]
) -> tuple[str, str] | None:
    """Return (reason, right form) for a kind that does not fit; None for one that does."""
    item = placed.item
    if kind == "target" and item.id not in with_targets:
        return "mục này và các mục con không có con số (targets)", "thêm targets hoặc đổi kind"
    part, title = _nearest_part(placed)
    if _fits(item, kind, part, noted):
        return None
    named = _KIND_OF_PART.get(part)
    right = f"dạng đúng: kind: {named}" if named else "bỏ kind"
    if named and title:
        reason = f"đề mục «{title[:60]}» là phần {_NAMES[named]}"
        return (f"{reason} và không có ghi chú nào nói vì sao" if kind == "none" else reason), right
    if title:
        return f"đề mục «{title[:60]}» không phải phần {_NAMES[kind]}", right
    return _MISSING[kind], right


def _fits(item: schema.Item, kind: schema.Kind, part: Part, noted: frozenset[str]) -> bool:
    """Whether a kind other than `target` fits the part in which its item stands."""
    if kind == "milestone":
        return part == "stages" or _opens_with_time(item)
    if kind == "duty":
        is_stage = part == "stages" and _opens_with_time(item)
        return part == "duties" or (_names_body(item) and not is_stage)
    if kind == "task":
        # A row of a table is a task, whatever its appendix is called.
        return part in ("tasks", "") or bool(item.cells)
    if kind == "objective":
        return part in ("objective", "purpose", "")
    return kind == "target" or (
        part not in _KIND_OF_PART or item.applies_to is not None or item.id in noted
    )


def _nearest_part(placed: Placed) -> tuple[Part, str]:
    """Return the kind of part in which an item stands, with the title that says so."""
    for step in (placed.item, *reversed(placed.above)):
        if part := _part_of(step):
            return part, step.title or ""
    return "", ""


def _part_of(item: schema.Item) -> Part:
    return _read_part(item.title) if item.title else ""


@lru_cache(maxsize=1024)
def _read_part(title: str) -> Part:
    return read_part(title)


def _opens_with_time(item: schema.Item) -> bool:
    """Whether an item, or each of its items, begins with a time: «Năm 2026: …»."""
    if item.items and not item.text:
        return all(_opens_with_time(one) for one in item.items)
    return any(_STAGE.match(words) for words in (item.title, item.text) if words)


def _names_body(item: schema.Item) -> bool:
    """Whether an item, its title or each item below names a body that is to act."""
    if item.title and read_heading(item.title) is not None:
        return True
    if item.items and not item.text:
        return all(_names_body(one) for one in item.items)
    return bool(read_roles(item.text or item.title or "").clauses)
