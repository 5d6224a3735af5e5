"""The tree of an official text: parts, numbers, letters, bullets.

Comes in: the text of a plan as received. Goes out: `Outline`: letterhead, type, title,
preamble, the body as nested `Node`s with ids, closing, recipients, signature. Every
word of the text is in exactly one of them, in the text's order; Markdown marks are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from congkhai.drafting.paragraphs import (
    Level,
    Mark,
    Paragraph,
    join_paragraphs,
    read_lines,
)

TYPES = frozenset(
    {
        "KẾ HOẠCH",
        "KẾ HOẠCH HÀNH ĐỘNG",
        "CHƯƠNG TRÌNH",
        "CHƯƠNG TRÌNH HÀNH ĐỘNG",
        "ĐỀ ÁN",
        "PHƯƠNG ÁN",
        "QUYẾT ĐỊNH",
        "NGHỊ QUYẾT",
        "CHỈ THỊ",
        "THÔNG BÁO",
        "HƯỚNG DẪN",
        "BÁO CÁO",
        "QUY CHẾ",
        "CHIẾN LƯỢC",
    }
)
LONGEST_LABEL = 80
LONGEST_HEADING = 300

_CLOSING = re.compile(r"^Trên đây là\b")
_RECIPIENTS = re.compile(r"^Nơi nhận\b")
_SIGNATURE = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\b\.?\s*(?=[^\W\d_])|^(?:PHÓ )?CHỦ TỊCH$")
_PREAMBLE = re.compile(r"^(?:Căn cứ|Thực hiện|Theo|Triển khai|Nhằm|Để|Xét|Ủy ban nhân dân|UBND)\b")
_ENDS_SENTENCE = re.compile(r"[.;!?…]$")
# A duty given by name after a unit's own list does not belong to that unit: «Giao Sở …».
_NAMES_ANOTHER = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công) (?=\S)")


@dataclass(slots=True)
class Node:
    """A provision: its id, its mark as printed, heading and text, and the provisions below it.

    `doubts` are Vietnamese sentences for the reviewer.
    """

    id: str
    level: int
    number: str | None = None
    title: str | None = None
    text: str | None = None
    items: list[Node] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A whole document, in its own order.

    `doubts` are Vietnamese sentences for the reviewer.
    """

    letterhead: list[str] = field(default_factory=list)
    type: str = ""
    title: str = ""
    preamble: list[str] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    recipients_heading: str | None = None
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_outline(source: str) -> Outline:
    """Read the tree of a text.

    Raises ValueError (Vietnamese) when it has no type line or no numbered part.
    """
    lines = read_lines(source)
    at = next(
        (
            i
            for i, line in enumerate(lines)
            if line.mark is None and line.text.rstrip(".:") in TYPES
        ),
        None,
    )
    if at is None:
        raise ValueError("không thấy dòng tên loại viết hoa (ví dụ KẾ HOẠCH) đứng riêng một dòng")
    outline = Outline([_whole(line) for line in lines[:at]], lines[at].text)
    start = _read_title(outline, lines, at + 1)
    end = next((i for i in range(start, len(lines)) if _starts_end(lines[i])), len(lines))
    _read_end(outline, lines[end:])

    paragraphs = join_paragraphs(lines[start:end])
    top = _find_body(paragraphs)
    if top is None:
        raise ValueError("không thấy phần đánh số đầu tiên (I. hoặc 1.) sau tên loại và trích yếu")
    last = next((i for i in range(top, len(paragraphs)) if _closes(paragraphs, i)), len(paragraphs))
    outline.preamble = [_whole(paragraph) for paragraph in paragraphs[:top]]
    outline.body = build_tree(paragraphs[top:last])
    outline.closing = [_whole(paragraph) for paragraph in paragraphs[last:]]
    return outline


def walk(
    nodes: list[Node], above: tuple[Node, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Yield every node in document order, with its ancestors, outermost first."""
    for node in nodes:
        yield node, above
        yield from walk(node.items, (*above, node))


def build_tree(paragraphs: list[Paragraph]) -> list[Node]:
    """Build nested nodes from paragraphs in order.

    Ids follow the printed numbers and are unique.
    """
    roots: list[Node] = []
    stack: list[Node] = []
    taken: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.mark is None:
            _hang_unmarked(paragraph, stack, roots, taken)
            continue
        while stack and stack[-1].level >= paragraph.mark.level:
            stack.pop()
        parent = stack[-1] if stack else None
        node = Node(
            _name(paragraph.mark, stack, roots), paragraph.mark.level, paragraph.mark.printed
        )
        _split_heading(node, paragraph)
        _hang(node, parent.items if parent else roots, taken)
        stack.append(node)
    return roots


def _hang_unmarked(
    paragraph: Paragraph, stack: list[Node], roots: list[Node], taken: set[str]
) -> None:
    """Add a paragraph without a mark: to a heading that has no words yet, else as an item."""
    while stack and stack[-1].level >= Level.DASH:
        # An unmarked paragraph after bullets belongs to the section that lists them,
        # not to the last bullet.
        stack.pop()
    is_filled = stack and (stack[-1].text or stack[-1].items)
    if is_filled and _NAMES_ANOTHER.match(paragraph.text):
        while len(stack) > 1 and stack[-1].level > Level.ARTICLE:
            stack.pop()
    here = stack[-1] if stack else None
    if here and here.title is None and here.text is None:
        here.title = paragraph.text
        return
    if here and here.text is None and not here.items and paragraph.label is None:
        here.text = paragraph.text
        return
    items = here.items if here else roots
    order = 1 + sum(item.number is None for item in items)
    node = Node(f"{here.id}.doan-{order}" if here else f"doan-{order}", Level.DASH - 1)
    if paragraph.label:
        node.title = paragraph.label
        node.text = paragraph.text.removeprefix(paragraph.label).strip() or None
    else:
        node.text = paragraph.text
    _hang(node, items, taken)
    if node.text is None:
        stack.append(node)


def _hang(node: Node, items: list[Node], taken: set[str]) -> None:
    if node.id in taken:
        node.doubts.append(
            f"văn bản in số {node.number} hai lần trong cùng một phần;"
            " mã có thêm «lan» để không trùng"
        )
        repeat = 2
        while f"{node.id}-lan-{repeat}" in taken:
            repeat += 1
        node.id = f"{node.id}-lan-{repeat}"
    taken.add(node.id)
    items.append(node)


def _name(mark: Mark, stack: list[Node], roots: list[Node]) -> str:
    """Return the id that follows from a mark and its place: `ii.1.2`, `iii.2.a`, `iii.1-2`."""
    parent = stack[-1] if stack else None
    if mark.level >= Level.DASH:
        siblings = parent.items if parent else roots
        order = 1 + sum(item.level == mark.level for item in siblings)
        return f"{parent.id}-{order}" if parent else f"gach-{order}"
    if Level.NUMBER <= mark.level < Level.LETTER:
        # «1.2.» prints its parent's number itself, so it is named from the part, not from «1.».
        parent = next((node for node in reversed(stack) if node.level < Level.NUMBER), None)
    return ".".join(([parent.id] if parent else []) + list(mark.parts))


def _split_heading(node: Node, paragraph: Paragraph) -> None:
    """Set title and text: a line that stops like a heading is a title, a sentence is text."""
    text = paragraph.text
    if not text:
        return
    if node.level >= Level.DASH:
        node.text = text
        return
    label, colon, rest = text.partition(":")
    is_label = bool(colon and rest.strip()) and len(label) <= LONGEST_LABEL
    if is_label and (_ENDS_SENTENCE.search(text) or not label.lower().startswith("các ")):
        node.title, node.text = f"{label}:", rest.strip()
    elif (
        text.endswith(":")
        or (not _ENDS_SENTENCE.search(text) and len(text) <= LONGEST_HEADING)
        or (node.level <= Level.ARTICLE and len(text) <= LONGEST_LABEL)
    ):
        node.title = text
    else:
        node.text = text


def _read_title(outline: Outline, lines: list[Paragraph], at: int) -> int:
    """Take the title lines after the type; return the line where the preamble starts."""
    title: list[str] = []
    spaced = any(line.after_blank for line in lines[at + 1 :])
    while at < len(lines) and (
        not title or (spaced and not lines[at].after_blank) or _whole(lines[at])[:1].islower()
    ):
        if title and (_PREAMBLE.match(lines[at].text) or lines[at].mark):
            break
        title.append(_whole(lines[at]))
        at += 1
    outline.title = " ".join(title)
    return at


def _find_body(paragraphs: list[Paragraph]) -> int | None:
    for deepest in (Level.ARTICLE, Level.NUMBER):
        for at, paragraph in enumerate(paragraphs):
            if paragraph.mark and paragraph.mark.level <= deepest:
                return at
    return None


def _closes(paragraphs: list[Paragraph], at: int) -> bool:
    """Return whether the closing begins here.

    It begins with «Trên đây là …», else it is a last unmarked paragraph that ends in «./.».
    """
    if paragraphs[at].mark is not None:
        return False
    is_last = at == len(paragraphs) - 1
    return bool(_CLOSING.match(paragraphs[at].text)) or (
        is_last and paragraphs[at].text.endswith("./.")
    )


def _starts_end(line: Paragraph) -> bool:
    return line.mark is None and bool(_RECIPIENTS.match(line.text) or _SIGNATURE.match(line.text))


def _read_end(outline: Outline, lines: list[Paragraph]) -> None:
    for line in lines:
        if (
            line.mark is None
            and _RECIPIENTS.match(line.text)
            and outline.recipients_heading is None
        ):
            outline.recipients_heading = line.text
        elif (
            line.mark
            and line.mark.level == Level.DASH
            and outline.recipients_heading
            and not outline.signature
        ):
            outline.recipients.append(line.text)
        elif outline.recipients and not outline.signature and line.text[:1].islower():
            outline.recipients[-1] += f" {_whole(line)}"
        else:
            outline.signature.append(_whole(line))
    if outline.signature and outline.recipients_heading is None:
        outline.doubts.append("không thấy «Nơi nhận»")
    longest = 8
    if len(outline.signature) > longest:
        outline.doubts.append("phần ký có nhiều dòng; nếu là phụ lục thì cần nhập riêng")


def _whole(paragraph: Paragraph) -> str:
    return (
        f"{paragraph.mark.printed} {paragraph.text}".strip() if paragraph.mark else paragraph.text
    )
