"""A document as the tree that `plan.yml` holds: every provision with an id.

Comes in: a `SourceDocument`, or the text of one. Goes out: `Outline`: letterhead, type,
title, preamble, the body as nested `Node`s with ids, closing, recipients, signature, and
what stands after it. Every word is in exactly one of them, in the document's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from congkhai.sources.document import Line, Provision, Question, SourceDocument
from congkhai.sources.marks import Mark, parts_of, rank_of, read_automatic, read_mark
from congkhai.sources.numbering import is_footnote
from congkhai.sources.reader import read_text
from congkhai.text.vietnamese import slug

LONGEST_LABEL: Final = 80
LONGEST_HEADING: Final = 300
LONGEST_NAME: Final = 40
"""Of an attached document's id, which stands before those of all its provisions."""

_ENDS_SENTENCE = re.compile(r"[.;!?…]$")
_RECIPIENTS = re.compile(r"^\W*(?:Nơi nhận|NƠI NHẬN)\b")
_DASH = re.compile(r"^[-–+*•]\s*")


@dataclass(slots=True)
class Node:
    """A provision: its id, its mark as printed, heading and text, and the provisions below it.

    Of a table, `columns` are the names of its columns; of a row, `cells` are the cells after
    the one that is its text (empty where a cell is blank or printed in a row above), and
    `roles` the words of each column by its meaning. `sources` are the provisions whose words
    it holds. `doubts` are Vietnamese sentences for
    the reviewer.
    """

    id: str
    line: int = 0
    mark: Mark | None = None
    number: str | None = None
    title: str | None = None
    text: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    sources: list[Provision] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A whole document, in its own order.

    `attachments` are what stands after the signature, each as one node. `doubts` are
    Vietnamese sentences for the reviewer about the document as a whole.
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
    attachments: list[Node] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None


def read_outline(source: str) -> Outline:
    """Read the tree of a text.

    Raises ValueError (Vietnamese) when it has no type line or no numbered part.
    """
    return outline_of(read_text(source))


def outline_of(document: SourceDocument) -> Outline:
    """Make the tree of a document that was read.

    Raises ValueError (Vietnamese) when it has neither a type nor a table, or no part that
    is numbered.
    """
    has_table = any(provision.cells for provision in document.body)
    if not document.type and not has_table:
        raise ValueError(
            "không thấy tên loại văn bản viết hoa, đứng riêng một dòng (ví dụ KẾ HOẠCH); "
            "xuống dòng trước và sau chữ ấy rồi chạy lại"
        )
    if not has_table and not any(provision.number for provision in document.body):
        raise ValueError("không thấy phần đánh số đầu tiên (I. hoặc 1.) sau tên loại và trích yếu")
    outline = Outline(
        letterhead=_words(document.letterhead),
        type=" ".join(_words(document.type_lines)) or document.type,
        title=document.title,
        preamble=_words(document.preamble),
        closing=_words(document.closing),
        signature=_words(document.signature),
        number=document.number,
        symbol=document.symbol,
        date=document.date,
        issuer=document.issuer,
    )
    _read_recipients(outline, document.recipients)
    taken: set[str] = set()
    builder = _Builder(taken)
    outline.body = builder.build(document.body)
    outline.attachments = [
        _attach(attachment, order, taken, builder)
        for order, attachment in enumerate(document.attachments, 1)
    ]
    questions = list(document.questions)
    for attachment in document.attachments:
        questions += attachment.questions
    _place_questions(outline, questions)
    if outline.signature and outline.recipients_heading is None:
        outline.doubts.append("không thấy «Nơi nhận»")
    return outline


def print_outline(outline: Outline) -> str:
    """Print the words of a document, a paragraph a line, in the order in which a plan has them."""
    lines = [*outline.letterhead, outline.type, outline.title, *outline.preamble]
    lines += [print_node(node) for node, _ in walk(outline.body)]
    lines += outline.closing
    if outline.recipients_heading:
        lines.append(outline.recipients_heading)
    lines += [f"- {text}" for text in outline.recipients]
    lines += outline.signature
    lines += [print_node(node) for node, _ in walk(outline.attachments)]
    return "".join(f"{line}\n" for line in lines if line)


def print_node(node: Node) -> str:
    """Print the words of one provision, the cells of a row parted by tabs."""
    parts = (node.number, node.title, node.text, *node.columns, *node.cells)
    sign = "\t" if node.columns or node.cells else " "
    return sign.join(part for part in parts if part)


def walk(
    nodes: Sequence[Node], above: tuple[Node, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Yield every node in document order, with its ancestors, outermost first."""
    for node in nodes:
        yield node, above
        yield from walk(node.items, (*above, node))


class _Builder:
    """Makes nodes of provisions; no id is given twice in a document."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._stack: list[Node] = []
        self._keys: tuple[str, ...] = ()

    def build(self, provisions: Sequence[Provision]) -> list[Node]:
        """Make the nodes of a body."""
        roots: list[Node] = []
        for provision in provisions:
            self._add(provision, None, roots)
        return roots

    def fill(self, node: Node, provisions: Sequence[Provision]) -> None:
        """Hang the nodes of an attached body under its node."""
        self._stack.append(node)
        for provision in provisions:
            self._add(provision, node, node.items)
        self._stack.pop()

    def _add(self, provision: Provision, parent: Node | None, siblings: list[Node]) -> None:
        if parent is not None and is_footnote(provision.number):
            # Official words, but no provision of their own: they go with what they explain.
            parent.text = " ".join(filter(None, (parent.text, provision.number, provision.words)))
            parent.sources.append(provision)
            return
        if _is_plain(provision) and parent is not None and _takes_text(parent, provision):
            parent.text = provision.words
            parent.sources.append(provision)
            return
        node = self._make(provision, parent, siblings)
        node.sources.append(provision)
        self._hang(node, siblings)
        self._stack.append(node)
        for child in provision.children:
            self._add(child, node, node.items)
        self._stack.pop()

    def _make(self, provision: Provision, parent: Node | None, siblings: list[Node]) -> Node:
        if provision.cells and not provision.number and not provision.words:
            self._keys = _order_columns(provision)
            return _make_table(provision, self._keys, self._prefix(parent), siblings)
        if provision.cells:
            return self._make_row(provision, parent, siblings)
        mark = _read_own_mark(provision)
        if mark is None:
            order = 1 + sum(item.number is None for item in siblings)
            node = Node(f"{self._prefix(parent)}doan-{order}", provision.line)
            _split_label(node, provision)
            return node
        node = Node(self._name(mark, parent, siblings), provision.line, mark, provision.number)
        _split_heading(node, provision.words)
        return node

    def _make_row(self, provision: Provision, parent: Node | None, siblings: list[Node]) -> Node:
        mark = _read_own_mark(provision)
        is_counted = mark is not None and "" not in provision.merged
        name = ".".join(parts_of(mark)) if mark and is_counted else ""
        if not name:
            name = f"dong-{1 + len(siblings)}"
        node = Node(f"{self._prefix(parent)}{name}", provision.line, mark)
        node.number = provision.number if provision.number and is_counted else None
        node.roles = {key: " ".join(cell.split()) for key, cell in provision.cells.items()}
        keys = dict.fromkeys((*self._keys, *node.roles))
        printed = {
            key: "" if key in provision.merged else node.roles.get(key, "")
            for key in keys
            if key != "number"
        }
        key = _word_key(provision)
        if not printed.get(key):
            key = next((key for key, cell in printed.items() if cell), "")
        words = printed.pop(key, "") or None
        node.cells = tuple(printed.values()) if any(printed.values()) else ()
        node.title, node.text = (words, None) if provision.is_heading else (None, words)
        return node

    def _hang(self, node: Node, siblings: list[Node]) -> None:
        if node.id in self._taken:
            node.doubts.append(
                f"văn bản in số {node.number} hai lần trong cùng một phần;"
                " mã có thêm «lan» để không trùng"
            )
            repeat = 2
            while f"{node.id}-lan-{repeat}" in self._taken:
                repeat += 1
            node.id = f"{node.id}-lan-{repeat}"
        self._taken.add(node.id)
        siblings.append(node)

    @staticmethod
    def _prefix(parent: Node | None) -> str:
        return f"{parent.id}." if parent else ""

    def _name(self, mark: Mark, parent: Node | None, siblings: Sequence[Node]) -> str:
        """Name the id that a mark asks for: `ii.1.2`, `iii.2.a`, `iii.1-2`."""
        if mark.is_bullet:
            order = 1 + sum(
                item.mark is not None and item.mark.kind == mark.kind for item in siblings
            )
            return f"{parent.id}-{order}" if parent else f"gach-{order}"
        parts = list(parts_of(mark))
        if len(parts) > 1:
            # «1.2.» prints its parent's number itself, so it is named from the part above.
            above = [
                node
                for node in self._stack
                if node.mark is None or rank_of(node.mark.kind) < rank_of("number")
            ]
            parent = above[-1] if above else None
        return ".".join(([parent.id] if parent else []) + parts)


def _order_columns(table: Provision) -> tuple[str, ...]:
    """List the columns of a table in the order in which its rows are written here."""
    first = [key for key in ("number", "task") if key in table.cells]
    return (*first, *(key for key in table.cells if key not in first))


def _make_table(
    provision: Provision, keys: Sequence[str], prefix: str, siblings: Sequence[Node]
) -> Node:
    order = 1 + sum(bool(item.columns) for item in siblings)
    columns = tuple(" ".join(provision.cells[key].split()) for key in keys)
    return Node(f"{prefix}bang-{order}", provision.line, columns=columns)


def _word_key(provision: Provision) -> str:
    """Find the column whose cell is the words of the row."""
    if "task" in provision.cells:
        return "task"
    return next(
        (key for key, cell in provision.cells.items() if " ".join(cell.split()) == provision.words),
        "",
    )


def _attach(document: SourceDocument, order: int, taken: set[str], builder: _Builder) -> Node:
    """Make one node of an attached document or appendix, its parts below it."""
    kind = " ".join(_words(document.type_lines))
    name = slug(kind)[:LONGEST_NAME].rstrip("-") or "van-ban-kem-theo"
    if name in taken:
        name = f"{name}-{order}"
    taken.add(name)
    lines = [*document.letterhead, *document.type_lines, *document.title_lines]
    node = Node(name, lines[0].line if lines else 0)
    node.title = " ".join(_words(lines)) or None
    node.text = " ".join(_words(document.preamble)) or None
    builder.fill(node, document.body)
    rest = [*document.closing, *document.recipients, *document.signature]
    first = 1 + sum(item.number is None for item in node.items)
    for at, line in enumerate(rest, first):
        node.items.append(Node(f"{name}.cuoi-{at}", line.line, text=line.words))
    return node


def _is_plain(provision: Provision) -> bool:
    return not provision.number and not provision.cells and not provision.children


def _takes_text(parent: Node, provision: Provision) -> bool:
    """Whether an unmarked paragraph is the text of the heading above it."""
    has_own = parent.text is not None or parent.items or parent.columns or parent.title is None
    return not has_own and not provision.label


def _read_own_mark(provision: Provision) -> Mark | None:
    if not provision.number:
        return None
    typed = read_mark(f"{provision.number} A")
    if typed is not None and typed.printed.strip() == provision.number:
        return typed
    number = provision.number
    return read_automatic(f"{number}." if number[-1].isalnum() else number)[0]


def _split_label(node: Node, provision: Provision) -> None:
    if provision.label:
        node.title = provision.label
        node.text = provision.words.removeprefix(provision.label).strip() or None
    else:
        node.text = provision.words


def _split_heading(node: Node, words: str) -> None:
    """Set title and text: a line that stops like a heading is a title, a sentence is text."""
    if not words:
        return
    if node.mark is None or node.mark.is_bullet:
        node.text = words
        return
    label, colon, rest = words.partition(":")
    # «… (hoàn thành: trước 15/10/2025)», «…; thời gian: tháng 10» name what is in their sentence.
    is_whole = ";" not in label and label.count("(") == label.count(")")
    is_label = bool(colon and rest.strip()) and len(label) <= LONGEST_LABEL and is_whole
    is_sentence = bool(_ENDS_SENTENCE.search(words))
    is_title = words.endswith(":") or (not is_sentence and len(words) <= LONGEST_HEADING)
    is_division = rank_of(node.mark.kind) < rank_of("number") and len(words) <= LONGEST_LABEL
    if is_label and (is_sentence or not label.lower().startswith("các ")):
        node.title, node.text = f"{label}:", rest.strip()
    elif is_title or is_division:
        node.title = words
    else:
        node.text = words


def _read_recipients(outline: Outline, lines: Sequence[Line]) -> None:
    for line in lines:
        if outline.recipients_heading is None and _RECIPIENTS.match(line.words):
            outline.recipients_heading = line.words
        else:
            outline.recipients.append(_DASH.sub("", line.words))


def _place_questions(outline: Outline, questions: Sequence[Question]) -> None:
    """Put each question at the provision of its line, else at the head of the draft."""
    nodes = [node for node, _ in walk([*outline.body, *outline.attachments])]
    for question in questions:
        place = next((node for node in nodes if question.line and node.line == question.line), None)
        hint = f" ({question.hint})" if question.hint else ""
        where = f"dòng {question.line}: " if question.line and place is None else ""
        doubts = outline.doubts if place is None else place.doubts
        doubts.append(f"{where}{question.message}{hint}")


def _words(lines: Sequence[Line]) -> list[str]:
    return [line.words for line in lines]
