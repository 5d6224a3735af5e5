"""The rule that an item's id agrees with its printed number and its place.

Comes in: a `PlanContext`. Goes out: differences. An id is named as `draft` names it:
`ii.1.2` for «1.2.», `iii.2.a` for «a)», `iii.1-2` for the second bullet, `v.doan-1` for
the first paragraph without a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from congkhai.checks.context import Difference, Placed, PlanContext
from congkhai.sources.marks import parts_of, read_mark

_REPEATED = re.compile(r"-lan-\d+\Z")
_ORDINAL = re.compile(r"(?:[.-]|\A)(?P<name>doan-|gach-|dong-|)(?P<order>\d+)\Z")


def compare_ids_with_numbers(context: PlanContext) -> Iterator[Difference]:
    """Compare the id of each item with its number, or with its place where it has a bullet."""
    siblings: dict[tuple[str, ...], list[Placed]] = {}
    for placed in context.items:
        siblings.setdefault(_group_of(placed), []).append(placed)
    for group in siblings.values():
        wrong = [(placed, right) for placed in group if (right := _right_id(placed, group))]
        owners = {right: placed for placed, right in wrong}
        for placed, right in wrong:
            # Told already: an id given twice, or one that is not below its parent's.
            if context.by_id[placed.item.id] is not placed or not _is_nested(placed):
                continue
            yield _describe(placed, right, owners.get(placed.item.id))


def _is_nested(placed: Placed) -> bool:
    parent = placed.above[-1].id if placed.above else ""
    return not parent or placed.item.id.startswith((f"{parent}.", f"{parent}-"))


def _group_of(placed: Placed) -> tuple[str, ...]:
    """Name the list in which an item stands: its place without its index."""
    return tuple(str(part) for part in placed.loc[:-1])


def _describe(placed: Placed, right: str, owner: Placed | None) -> Difference:
    item = placed.item
    printed = f"số in «{item.number}»" if item.number else "thứ tự của đoạn"
    message = f"mã mục «{item.id}» không khớp với {printed} và chỗ của mục"
    if owner is not None:
        message = f"mã «{item.id}» là của mục ở chỗ khác: hai mã «{item.id}» và «{right}» đổi chỗ"
    return Difference(
        field="number",
        places=(item.id,),
        loc=(*placed.loc, "id"),
        message=message,
        hint=f"dạng đúng: id: {right}; cố ý khác thì thêm vào notes:"
        f' {{at: {item.id}, kind: context, differs: number, text: "lý do"}}',
        printed=item.number,
    )


def _right_id(placed: Placed, group: list[Placed]) -> str | None:
    """Return the id that number and place ask for; None when the item has it, or it is free."""
    item = placed.item
    parent = placed.above[-1].id if placed.above else ""
    own = _REPEATED.sub("", item.id)
    if item.number is None:
        return _right_order(placed, group, parent)
    parts = _parts(item.number)
    if parts is None:
        same = [one for one in group if one.item.number == item.number]
        order = same.index(placed) + 1
        right = f"{parent}-{order}" if parent else f"gach-{order}"
        return None if own == right else right
    if not parts:
        return None
    name = ".".join(parts)
    right = f"{parent}.{parts[-1]}" if parent.endswith(f".{'.'.join(parts[:-1])}") else ""
    right = right or (f"{parent}.{name}" if parent else name)
    return None if own in (right, name, f"{parent}.{name}", f"{parent}-{name}") else right


def _right_order(placed: Placed, group: list[Placed], parent: str) -> str | None:
    """Check the ordinal of an id without a number: among its like, or among all siblings."""
    own = placed.item.id.removeprefix(parent)
    match = _ORDINAL.search(own)
    if match is None:
        return f"{parent}.doan-1" if own.startswith(".doan-") else None
    plain = [one for one in group if one.item.number is None]
    orders = (plain.index(placed) + 1, group.index(placed) + 1)
    if int(match["order"]) in orders:
        return None
    stem = placed.item.id[: placed.item.id.rindex(match["order"])]
    return f"{stem}{orders[0]}"


@lru_cache(maxsize=1024)
def _parts(number: str) -> tuple[str, ...] | None:
    """Return the parts of a printed number; None for a bullet, empty for another sign.

    >>> _parts("1.2."), _parts("đ)"), _parts("-")
    (('1', '2'), ('dd',), None)
    """
    mark = read_mark(f"{number} x") or read_mark(f"{number}. x")
    if mark is None:
        return ()
    return None if mark.is_bullet else tuple(parts_of(mark))
