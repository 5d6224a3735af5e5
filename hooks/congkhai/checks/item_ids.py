"""The rule that an item's id stays with its words once both are published.

Comes in: a plan, and the words that stood at each of its ids before. Goes out: problems that
name the id, the other id where the words come from there, and what to write into the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from congkhai.checks.context import Placed, place_plan
from congkhai.data import schema
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.model.amendments import words_of
from congkhai.model.ledger import LedgerEntry
from congkhai.text.vietnamese import same_words

SAME_PROVISION = 0.5
"""Share of words in common from which on a provision is the same one, amended."""
MOSTLY, FEWEST_WORDS = 0.8, 3
"""Share, and number, of the shorter text's words that the longer one has to hold to be the same."""
SHOWN = 70
"""Most letters of an item's words that a message quotes."""

_WORD = re.compile(r"\w+")

WordsById = Mapping[str, Sequence[str]]
"""All words that were published at an id, oldest first."""


def require_words_of_ids(loaded: Loaded[schema.Plan], published: WordsById) -> Iterator[Problem]:
    """Require that an id has the words that it was published with, or that the plan says why not.

    An amended provision keeps its id. When most of its words are others, `reworded` has to name
    the old ones; when they are those of another id, `moved_from` has to.
    """
    for placed in place_plan(loaded.value):
        item = placed.item
        earlier = published.get(item.id, ())
        if earlier and not _is_amended(earlier[0], words_of(item)):
            continue
        for old in dict.fromkeys(earlier):
            problem = _find_fault(loaded, placed, old, published)
            if problem is not None:
                yield problem
                break


def published_words(ledger: Iterable[LedgerEntry]) -> dict[str, list[str]]:
    """Collect the words that stood at each id and were changed, from a plan's ledger."""
    published: dict[str, list[str]] = {}
    for entry in ledger:
        for amendment in entry.amendments:
            is_word = amendment.kind in ("words", "item-withdrawn")
            if is_word and amendment.item and amendment.before:
                published.setdefault(amendment.item, []).append(amendment.before)
    return published


def is_same_provision(old: str, new: str) -> bool:
    """Say whether two texts are one provision, before and after it was amended.

    >>> is_same_provision("Trên 70% hộ dân dùng nước sạch", "Trên 7% hộ dân dùng nước sạch")
    True
    >>> is_same_provision("Năm 2027: Sơ kết.", "Năm 2027: Sơ kết (chủ trì: Phòng Kinh tế xã).")
    True
    >>> is_same_provision("Trên 70% hộ dân dùng nước sạch", "Tổ chức hội nghị tổng kết")
    False
    """
    if same_words(old, new):
        return True
    one, other = (_WORD.findall(text.lower()) for text in (old, new))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    # Words that were added, or left out, leave the rest of a provision what it was.
    is_part = common >= FEWEST_WORDS and common >= MOSTLY * min(len(one), len(other))
    return is_part or 2 * common >= SAME_PROVISION * (len(one) + len(other))


def _is_amended(old: str, new: str) -> bool:
    return bool(old and new) and not same_words(old, new)


def _find_fault(
    loaded: Loaded[schema.Plan], placed: Placed, old: str, published: WordsById
) -> Problem | None:
    item = placed.item
    now = words_of(item)
    if not _is_amended(old, now) or any(
        is_same_provision(rewording.was, old) for rewording in item.reworded
    ):
        return None
    source = _find_source(loaded.value, item.id, now, published)
    if source is not None:
        if item.moved_from == source:
            return None
        return loaded.problem(
            (*placed.loc, "id"),
            f"mã «{item.id}» nay mang câu chữ đã công bố ở mã «{source}», nên dẫn chiếu và báo cáo"
            f" về «{item.id}» dẫn sang việc khác",
            f"trả mỗi câu chữ về mã cũ; nếu buộc phải đổi mã thì thêm vào mục này:"
            f" moved_from: {source}",
        )
    if is_same_provision(old, now) or item.moved_from is not None:
        return None
    return loaded.problem(
        (*placed.loc, "id"),
        f"câu chữ đã công bố ở mã «{item.id}» được thay gần hết: trước đây là «{_shorten(old)}»",
        f"mục khác thì dùng mã khác; đúng là mục này được sửa thì thêm vào mục này:"
        f" reworded: {{was: {_quote(old)}, reason: nêu văn bản đã sửa hoặc chỗ chép sai}}",
    )


def _find_source(plan: schema.Plan, item_id: str, now: str, published: WordsById) -> str | None:
    """Return the other id at which these words were published and are no longer."""
    current = {placed.item.id: words_of(placed.item) for placed in place_plan(plan)}
    for other, earlier in published.items():
        if other == item_id or same_words(current.get(other, ""), now):
            continue
        if any(same_words(old, now) for old in earlier):
            return other
    return None


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"


def _quote(text: str) -> str:
    """Write a text as a value of YAML on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
