"""Page numbers and running heads that a copy carries between the words.

Comes in: the lines of a text file or PDF. Goes out: the lines without them, those left out,
and a question for each. Word files keep headers and footers apart and never come here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from congkhai.sources.blocks import Block, Paragraph
from congkhai.sources.document import Question

_NUMBER_ALONE = re.compile(r"^\W{0,3}(\d{1,3})\W{0,3}$")
_NAMED_NUMBER = re.compile(
    r"^\W{0,3}(?:Trang|Page|Tr\.)\s*:?\s*(\d{1,3})(?:\s*(?:/|trên|of)\s*\d{1,3})?\W{0,3}$", re.I
)
MIN_RUNNING_HEADS = 2
LONGEST_RUNNING_HEAD = 120


def leave_out_furniture(
    items: Sequence[Block],
) -> tuple[list[Block], list[Paragraph], list[Question]]:
    """Split the lines of a copy into words of the document and words of its pages."""
    numbers = _find_page_numbers(items)
    heads = _find_running_heads(items, numbers)
    left_out = {*numbers, *heads}
    kept = [item for at, item in enumerate(items) if at not in left_out]
    dropped = [
        item for at, item in enumerate(items) if at in left_out and isinstance(item, Paragraph)
    ]
    questions = [ask_about_furniture(item.words, item.line) for item in dropped]
    return kept, dropped, questions


def ask_about_furniture(words: str, line: int) -> Question:
    """Say which line was left out."""
    return Question(
        line=line,
        message=f"dòng «{' '.join(words.split())}» là số trang hoặc tiêu đề đầu trang, đã bỏ",
        hint="nếu là chữ của văn bản thì thêm lại vào mục đứng trước",
    )


def is_page_number(words: str) -> bool:
    """Whether a line is nothing but a page number.

    >>> is_page_number("- 2 -"), is_page_number("Trang 2/5"), is_page_number("2.")
    (True, True, False)
    """
    plain = words.strip()
    if _NAMED_NUMBER.match(plain):
        return True
    return bool(_NUMBER_ALONE.match(plain)) and not plain.endswith((".", ")"))


def _find_page_numbers(items: Sequence[Block]) -> set[int]:
    """Places of lines that are nothing but a page number, counting up through the copy."""
    places: set[int] = set()
    last = 0
    for at, item in enumerate(items):
        if not isinstance(item, Paragraph) or item.number:
            continue
        words = item.words.strip()
        if _NAMED_NUMBER.match(words):
            places.add(at)
        elif (match := _NUMBER_ALONE.match(words)) and not words.endswith((".", ")")):
            number = int(match[1])
            # The first page has none printed, so the count may begin with 1 or 2 or, in a
            # copy of some pages, anywhere; but it never goes back.
            if last < number <= last + 3 or not last:
                places.add(at)
                last = number
    return places


def _find_running_heads(items: Sequence[Block], numbers: set[int]) -> set[int]:
    """Places of a line that is printed again beside page numbers or at page starts."""
    beside: list[int] = []
    for at, item in enumerate(items):
        near_number = at - 1 in numbers or at + 1 in numbers
        if isinstance(item, Paragraph) and at not in numbers and (near_number or item.starts_page):
            beside.append(at)
    texts = Counter(_words_at(items, at) for at in beside)
    return {
        at
        for at in beside
        if texts[_words_at(items, at)] >= MIN_RUNNING_HEADS
        and len(_words_at(items, at)) <= LONGEST_RUNNING_HEAD
    }


def _words_at(items: Sequence[Block], at: int) -> str:
    item = items[at]
    return " ".join(item.words.split()) if isinstance(item, Paragraph) else ""
