"""How to cite each provision of a plan.

The body of a plan comes in; words for each item go out: «mục III.1, gạch đầu dòng 2».
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from congkhai.data import schema

_COUNTED = {
    "-": "gạch đầu dòng",
    "–": "gạch đầu dòng",
    "•": "gạch đầu dòng",
    "*": "gạch đầu dòng",
    "": "gạch đầu dòng",
    "+": "dấu cộng",
}
"""The word under which an item is counted whose mark is no number."""


_PARTY_SYMBOL = re.compile(r"[^\W\d_]+/")
_APPENDIX = re.compile(r"PHỤ LỤC((?: SỐ)?(?: (?:[IVXL]+|\d+|[A-Z])\b)?)", re.IGNORECASE)


def references(
    body: Iterable[schema.Item], attachments: Iterable[schema.Item] = ()
) -> dict[str, str]:
    """Cite each item of a plan, by id: «mục III.1, gạch đầu dòng 2», «phụ lục II, mục I.3».

    Bullets and unnumbered paragraphs are counted among those beside them.
    """
    found: dict[str, str] = {}
    _refer(body, "", "", found)
    for attachment in attachments:
        match = _APPENDIX.match(attachment.title or "")
        name = f"phụ lục{match[1] or ''}" if match else "văn bản kèm theo"
        inside: dict[str, str] = {}
        _refer(attachment.items, "", "", inside)
        found.setdefault(attachment.id, name)
        found |= {id: f"{name}, {cited}" for id, cited in inside.items()}
    return found


def _refer(beside: Iterable[schema.Item], number: str, tail: str, found: dict[str, str]) -> None:
    """Add the citations of sibling items and of all below them.

    `number` and `tail` are those of the item above: «III.1», «, điểm a».
    """
    counts: dict[str, int] = {}
    for item in beside:
        own, rest = number, tail
        if item.columns:
            # A table is no provision: its rows are cited as if they stood in its place.
            found.setdefault(item.id, f"bảng ở mục {own}" if own else "bảng")
            _refer(item.items, own, rest, found)
            continue
        printed = item.number
        mark = printed.rstrip(".)/").strip() if printed else ""
        unmarked = "dòng" if item.cells else "đoạn"
        counted = unmarked if printed is None else _COUNTED.get(mark)
        if counted is not None:
            counts[counted] = count = counts.get(counted, 0) + 1
            rest += f", {counted} {count}"
        elif printed is not None and printed.strip().endswith(")"):
            rest += f", điểm {mark}"
        elif (
            number
            and (repeated := mark.split(".")[:-1])
            and number.split(".")[-len(repeated) :] == repeated
        ):
            own += "." + mark.rsplit(".", 1)[1]
        else:
            own = f"{number}.{mark}" if number else mark
        found.setdefault(item.id, (f"mục {own}" if own else "phần nội dung") + rest)
        if item.items:
            _refer(item.items, own, rest, found)


def number_in(printed: str) -> str | None:
    """Find the number in the words of a citation; None when a document is cited by its name.

    >>> number_in("Kế hoạch số 105168/KH-UBND, ngày 06/5/2026")
    '105168/KH-UBND'
    >>> number_in("Đề án 161") is None
    True
    """
    return next(
        (
            word.strip(",.;“”()")
            for word in printed.split()
            if "/" in word and any(c.isdigit() for c in word)
        ),
        None,
    )


def number_and_symbol(number: str | None, symbol: str | None) -> str:
    """Join a document's number and symbol as one cites them; empty without either.

    A symbol of the Party has the body after a slash.

    >>> number_and_symbol("155", "QĐ-TTg"), number_and_symbol("03", "CTr/ĐU")
    ('155/QĐ-TTg', '03-CTr/ĐU')
    """
    is_of_party = _PARTY_SYMBOL.match(symbol or "") is not None
    return ("-" if is_of_party else "/").join(filter(None, (number, symbol)))
