"""Where a provision stands, as one cites it.

Comes in: an item of a plan. Goes out: words, «mục III.1, gạch đầu dòng 2».
"""

from __future__ import annotations

from collections.abc import Sequence

from hooks import model


def _mark_of(item: model.Item) -> str:
    """What an item is counted as, when its mark does not number it; else nothing."""
    if item.number is None:
        return "đoạn"
    mark = item.number.rstrip(".)/").strip()
    return {"+": "dấu cộng"}.get(mark, "gạch đầu dòng") if mark in ("-", "+", "–", "•", "*", "") else ""


def refer_to(item: model.Item, above: Sequence[model.Item], body: Sequence[model.Item]) -> str:
    """Where an item of `body` stands, as one cites it: «mục III.1, gạch đầu dòng 2».

    Bullets and unnumbered paragraphs are counted among those beside them.
    """
    numbers: list[str] = []
    tail: list[str] = []
    beside = body
    for step in (*above, item):
        mark = (step.number or "").rstrip(".)/").strip()
        if counted := _mark_of(step):
            alike = [other.id for other in beside if _mark_of(other) == counted]
            tail.append(f"{counted} {alike.index(step.id) + 1}")
        elif step.number is not None and step.number.strip().endswith(")"):
            tail.append(f"điểm {mark}")
        elif numbers and (repeated := mark.split(".")[:-1]) and numbers[-1].split(".")[-len(repeated):] == repeated:
            numbers[-1] += "." + mark.rsplit(".", 1)[1]
        else:
            numbers.append(numbers.pop() + "." + mark if numbers else mark)
        beside = step.items
    place = f"mục {numbers[0]}" if numbers else "phần nội dung"
    return ", ".join([place, *tail])
