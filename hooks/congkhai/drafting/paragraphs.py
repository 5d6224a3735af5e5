"""Paragraphs of an official text, with the mark that opens each.

Comes in: the text as received, with or without Markdown marks, cut by page ends. Goes
out: one `Paragraph` for each paragraph of the document, rejoined, and the mark that it
begins with: `II.`, `1.2.`, `đ)`, `-`, `+`, or none. Whether a mark stands for a level of
the outline is decided here; its place in the tree is decided by `document_tree`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from congkhai.text.vietnamese import nfc, slug


class Level(IntEnum):
    """Depth of a mark: a paragraph hangs under the nearest one of a smaller level."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ROMAN = 3
    ARTICLE = 4
    NUMBER = 5
    LETTER = 9
    DASH = 10
    PLUS = 11
    NONE = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """The printed mark of a paragraph (`1.2.`), its level and its parts for ids (`1`, `2`)."""

    printed: str
    level: int
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its mark, the words after it, and the label in bold that they begin with.

    `line` counts from 1; `after_blank` says whether an empty line stands before it.
    """

    mark: Mark | None
    text: str
    label: str | None = None
    line: int = 0
    after_blank: bool = True


_WORDS = {"phan": Level.PART, "chuong": Level.CHAPTER, "muc": Level.SECTION, "dieu": Level.ARTICLE}
_WORD = re.compile(r"^(((?i:phần|chương|mục|điều))\s+([IVXLC]+|\d{1,3})(?:[.:](?=\s|$))?)(?=\s|$)")
_ROMAN = re.compile(r"^([IVXL]+[./)])\s+")
_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,2}){0,3}[.)/])\s+|^(\d{1,2}(?:\.\d{1,2}){1,3})\s+")
_LETTER = re.compile(r"^([a-zđ][.)])\s+")
_DASH = re.compile(r"^([-–—•])\s*(?=[^\s\d–—-]|\d+\s*%)")
_PLUS = re.compile(r"^(\+)\s*(?=\S)")
# A dash before a number is a bullet too, unless it is the second half of a split «2026 - 2030».
_DASH_NUMBER = re.compile(r"^([-–—•])\s+(?=\d)")
_YEARS_SPLIT = re.compile(r"^[-–—]\s*\d{4}\b")

_LABEL = re.compile(r"^\*{1,3}([^*]{2,80}:)\s*\*{1,3}")
_ENDS_SENTENCE = re.compile(r"[.;:!?…][)”\"’]*$|[)”]$")
_DANGLING = re.compile(
    r"(?:[,(“–-]|\b(?:và|hoặc|của|các|những|với|về|trong|trên|cho|từ|đến|theo|do|để|tại"
    r"|năm|ngày|tháng|giai đoạn|số))$"
)


def read_mark(line: str) -> Mark | None:
    """Read the mark that a line begins with, or None.

    A number above 999 is a year that a page end put first («2030. Đề nghị …»): no mark.

    >>> read_mark("1.2. Cơ quan thực hiện: Sở Y tế").parts
    ('1', '2')
    """
    if (match := _WORD.match(line)) and not _goes_on(line[match.end() :]):
        word = slug(match[2])
        return Mark(match[1], _WORDS[word], (f"{word}-{match[3].lower()}",))
    if match := _ROMAN.match(line):
        return Mark(match[1], Level.ROMAN, (match[1][:-1].lower(),))
    if (match := _NUMBER.match(line)) and not (match[2] and _goes_on(line[match.end() :])):
        printed = match[1] or match[2]
        parts = tuple(printed.rstrip(".)/").split("."))
        return Mark(printed, Level.NUMBER + len(parts) - 1, parts)
    if match := _LETTER.match(line):
        letter = match[1][0]
        return Mark(match[1], Level.LETTER, ("dd" if letter == "đ" else letter,))
    if match := _DASH.match(line) or _DASH_NUMBER.match(line):
        return Mark(match[1], Level.DASH)
    if match := _PLUS.match(line):
        return Mark(match[1], Level.PLUS)
    return None


def _goes_on(rest: str) -> bool:
    """Return whether words in lower case follow.

    «Mục III của Kế hoạch» and «2.5 tỷ đồng» do not begin with a mark.
    """
    return rest.strip()[:1].islower()


def continues(previous: Paragraph, line: str) -> bool:
    """Return whether `line` is the rest of a paragraph that a page end cut in two.

    Signs, strongest first: the paragraph stops at a word or dash that cannot end it; the
    line starts in lower case; a bullet, or a long unmarked paragraph, stops without a
    mark of punctuation. A heading stops without one too, so for numbered and lettered
    paragraphs the last sign says nothing.
    """
    text = previous.text
    if re.search(r"\d{4}$", text) and _YEARS_SPLIT.match(line):
        return True
    if read_mark(line):
        return False
    if _DANGLING.search(text):
        return True
    first = next((char for char in line if char.isalpha() or char.isdigit()), "")
    if first.islower():
        return not text.endswith((".", ":")) or text.endswith("...")
    if _ENDS_SENTENCE.search(text):
        return False
    is_bullet = previous.mark is not None and previous.mark.level >= Level.DASH
    long_enough = 100
    return is_bullet or (previous.mark is None and len(text) > long_enough)


def read_paragraph(raw: str, line: int, after_blank: bool) -> Paragraph:
    """Read one line as a paragraph: drop Markdown marks, set the outline mark apart."""
    body = raw.lstrip("#").strip()
    plain = strip_marks(body)
    mark = read_mark(plain)
    label = _LABEL.match(body)
    text = plain[len(mark.printed) :].strip() if mark else plain
    return Paragraph(mark, text, strip_marks(label[1]) if label else None, line, after_blank)


def strip_marks(line: str) -> str:
    """Remove Markdown marks (`#`, `*`) and repeated spaces from a line.

    >>> strip_marks("### **1. Mục đích**")
    '1. Mục đích'
    """
    return " ".join(re.sub(r"^#+|\*", "", line).split())


def read_lines(source: str) -> list[Paragraph]:
    """Read every line that has words as a paragraph of its own, with nothing rejoined."""
    lines = []
    after_blank = True
    for number, raw in enumerate(nfc(source).removeprefix("\ufeff").splitlines(), 1):
        if strip_marks(raw):
            lines.append(read_paragraph(raw.strip(), number, after_blank))
        after_blank = not strip_marks(raw)
    return lines


def join_paragraphs(lines: list[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that page ends cut in two."""
    joined: list[Paragraph] = []
    for line in lines:
        whole = f"{line.mark.printed} {line.text}" if line.mark else line.text
        if joined and line.label is None and continues(joined[-1], whole):
            joined[-1].text += f" {whole}"
        else:
            joined.append(line)
    return joined
