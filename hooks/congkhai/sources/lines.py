"""Lines of a text that page ends or a narrow page cut, made whole paragraphs again.

Comes in: paragraphs, of which some are only printed lines. Goes out: paragraphs; each keeps
the number of its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from congkhai.sources.blocks import Block, Paragraph
from congkhai.sources.marks import read_mark

_ENDS_SENTENCE = re.compile(r"[.;:!?…][)”\"’»]*$|[)”]$")
_DANGLING = re.compile(
    r"(?:[,(“–-]|\b(?:và|hoặc|của|các|những|với|về|trong|trên|cho|từ|đến|theo|do|để|tại|năm|ngày"
    r"|tháng|giai đoạn|số))$"
)
_YEARS_SPLIT = re.compile(r"^[-–—]\s*\d{4}\b")
_LONG_ENOUGH = 100


def join_lines(blocks: Iterable[Block]) -> list[Block]:
    """Rejoin paragraphs that were cut; tables and whole paragraphs stay as they are."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and continues(last, block):
            joined[-1] = replace(last, words=f"{last.words} {block.words}")
        else:
            joined.append(block)
    return joined


def continues(previous: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the rest of the one before.

    Signs, strongest first: the paragraph stops at a word or dash that cannot end it; the
    line starts in lower case; a bullet, or a long unmarked paragraph, stops without a mark
    of punctuation. A heading stops without one too, so for numbered and lettered paragraphs
    the last sign says nothing. In files that know paragraphs only the first two count.
    """
    if paragraph.number or paragraph.is_footnote or previous.is_footnote:
        return False
    text = previous.words
    words = paragraph.words.strip()
    if re.search(r"\d{4}$", text) and _YEARS_SPLIT.match(words):
        return True
    if read_mark(words) or not _is_body(previous) or words.startswith("(Kèm theo"):
        return False
    if words.isupper() and not text.isupper():
        return False  # «Theo đề nghị của Bộ trưởng Bộ Y tế,» and «QUYẾT ĐỊNH:»
    if _DANGLING.search(text):
        return True
    first = next((char for char in words if char.isalpha() or char.isdigit()), "")
    if first.islower():
        return not text.endswith((".", ":")) or text.endswith("...")
    if _ENDS_SENTENCE.search(text) or not paragraph.is_hard_line:
        return False
    mark = read_mark(previous.whole)
    is_bullet = mark is not None and mark.is_bullet
    return is_bullet or (mark is None and len(text) > _LONG_ENOUGH)


def _is_body(paragraph: Paragraph) -> bool:
    """Whether there are words to go on with: a mark alone has its title on the next line."""
    mark = read_mark(paragraph.words)
    return mark is None or mark.printed.strip() != paragraph.words.strip()


def is_spaced(blocks: Sequence[Block]) -> bool:
    """Whether the text parts its paragraphs by blank lines."""
    return any(isinstance(block, Paragraph) and block.after_blank for block in blocks[1:])
