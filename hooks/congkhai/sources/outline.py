"""Paragraphs with marks to a tree of provisions.

Comes in: the paragraphs and tables of a document's body, in order. Goes out: nested
provisions and questions about gaps and repeats. There is no fixed order of marks: a mark
that goes on counting a list still open is its next member; a list that begins stands
under what is open, by the order in which the document first used its kinds of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from congkhai.sources.blocks import Block, Paragraph, Table
from congkhai.sources.document import Line, Provision, Question
from congkhai.sources.marks import (
    STRUCTURAL,
    Mark,
    follows,
    outranks,
    rank_of,
    read_automatic,
    read_marks,
)
from congkhai.sources.tables import read_table

LONGEST_HEADING: Final = 300
LONGEST_LEAD: Final = 160

_NAMES_ANOTHER: Final = ("Giao ", "Đề nghị ", "Yêu cầu ", "Phân công ")
"""A duty given by name after a unit's own list does not belong to that unit."""


@dataclass(slots=True)
class _Node:
    words: str
    line: int
    mark: Mark | None = None
    kind: str = ""
    number: str = ""
    provision: Provision | None = None
    label: str = ""
    children: list[_Node] = field(default_factory=list)

    @property
    def leads_on(self) -> bool:
        """Whether the words announce what stands below."""
        return self.words.endswith(":")


class _Tree:
    def __init__(self) -> None:
        self.root = _Node("", 0)
        self.stack: list[_Node] = []
        self.questions: list[Question] = []
        self.left_out: list[Line] = []
        self._outer: dict[str, set[str]] = {}
        self._last: dict[str, Mark] = {}

    @property
    def _top(self) -> _Node:
        return self.stack[-1] if self.stack else self.root

    def add(self, block: Block) -> None:
        """Hang one paragraph or table where it belongs."""
        if isinstance(block, Table):
            self._add_table(block)
            return
        if block.is_footnote:
            self._add_footnote(block)
            return
        marks = read_automatic(block.number) if block.number else self._read_typed(block.words)
        if marks:
            self._add_marked(block, marks)
        else:
            self._add_unmarked(block)

    def _read_typed(self, words: str) -> list[Mark]:
        """Read the marks that were typed; a lone capital is one only in a list of them.

        «P. Hải Dương» begins with one as well.
        """
        return [
            mark
            for mark in read_marks(words)
            if mark.kind != "upper.letter"
            or mark.is_first
            or mark.kind in self._last
            or words[len(mark.printed) :].isupper()
        ]

    def _add_marked(self, block: Paragraph, marks: list[Mark]) -> None:
        mark, place = self._choose(marks)
        words = block.words if block.number else block.words[len(mark.printed) :]
        number = block.number or mark.printed.strip()
        node = _Node(" ".join(words.split()), block.line, mark, mark.kind, number)
        if place is not None:
            del self.stack[place:]
        elif mark.is_bullet:
            self._open_bullets(mark)
        else:
            self._open_list(node, mark)
        self._outer.setdefault(mark.kind, {node.kind for node in self.stack})
        if not mark.is_bullet:
            self._last[mark.kind] = mark
        self._push(node)

    def _choose(self, marks: list[Mark]) -> tuple[Mark, int | None]:
        """Choose the reading that goes on with an open list; say where that list is."""
        for at in range(len(self.stack) - 1, -1, -1):
            previous = self.stack[at].mark
            if previous is None:
                continue
            for mark in marks:
                if not mark.is_bullet and not previous.is_bullet and follows(mark, previous):
                    return mark, at
        first = [mark for mark in marks if mark.is_first or mark.is_bullet]
        return (first or marks)[0], None

    def _open_bullets(self, mark: Mark) -> None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at].kind == mark.kind:
                del self.stack[at:]
                return
            if not self.stack[at].kind.startswith("bullet"):
                break
        known = self._outer.get(mark.kind)
        while self._top.kind.startswith("bullet") and not self._top.leads_on:
            if (known is None and mark.kind != "bullet *") or (known and self._top.kind in known):
                return
            self.stack.pop()

    def _open_list(self, node: _Node, mark: Mark) -> None:
        """Make room for a counted mark that does not go on with an open list."""
        parent = self._find_prefix(mark)
        if parent is not None:
            del self.stack[parent + 1 :]
            self._ask_about_start(node, mark)
            return
        same = next((at for at in range(len(self.stack)) if self.stack[at].kind == mark.kind), None)
        if mark.is_first and self._top.leads_on and same is None and self._can_nest(mark):
            return
        if same is not None:
            self._ask_about_break(node, mark, self.stack[same])
            del self.stack[same:]
            return
        self._pop_deeper(mark)
        self._ask_about_start(node, mark)

    def _can_nest(self, mark: Mark) -> bool:
        """Whether a list may stand under the words «… sau:» above it.

        Divisions and numbers stand beside an unmarked sentence that announces them: it is
        the beginning of their part, not a heading.
        """
        if self._top.mark is None:
            return rank_of(mark.kind) > rank_of("number")
        return not outranks(mark.kind, self._top.kind)

    def _find_prefix(self, mark: Mark) -> int | None:
        """Find the open provision that `1.2.` counts under: the one whose number is 1."""
        if len(mark.values) < 2:
            return None
        for at in range(len(self.stack) - 1, -1, -1):
            above = self.stack[at].mark
            if above and above.values == mark.values[:-1]:
                return at
            if above and above.values[-1:] == mark.values[:-1] and above.kind in STRUCTURAL:
                return at
        return None

    def _pop_deeper(self, mark: Mark) -> None:
        known = self._outer.get(mark.kind)
        while self.stack:
            kind = self._top.kind
            if known is not None and kind in known:
                return
            if mark.kind in STRUCTURAL and kind in STRUCTURAL and known is None:
                # Never used so far: it stands inside what is open, Điều 1 > I as well as I > A.
                if not outranks(mark.kind, kind):
                    return
            elif rank_of(kind) < rank_of(mark.kind):
                return
            self.stack.pop()

    def _ask_about_break(self, node: _Node, mark: Mark, previous: _Node) -> None:
        assert previous.mark is not None
        if mark.values == previous.mark.values:
            message = f"«{node.number}» in hai lần liền nhau trong cùng một phần"
        elif mark.values < previous.mark.values:
            message = f"«{node.number}» đứng sau «{previous.number}»: số thứ tự lùi lại"
        else:
            message = f"sau «{previous.number}» là «{node.number}»: thiếu số ở giữa"
        self._ask(node, message)

    def _ask_about_start(self, node: _Node, mark: Mark) -> None:
        """Ask about a list that neither begins with its first mark nor goes on from before."""
        prefix = mark.values[:-1]
        if prefix and self._find_prefix(mark) is None:
            shown = ".".join(str(value) for value in prefix)
            self._ask(node, f"«{node.number}» không nằm dưới mục {shown}")
        elif not mark.is_first:
            last = self._last.get(mark.kind)
            if last is None or not follows(mark, last):
                self._ask(node, f"«{node.number}» là mục đầu tiên ở đây, không thấy mục đứng trước")

    def _ask(self, node: _Node, message: str) -> None:
        hint = "so với bản gốc: nếu văn bản in như vậy thì giữ nguyên"
        self.questions.append(Question(line=node.line, message=message, hint=hint))

    def _add_unmarked(self, block: Paragraph) -> None:
        words = " ".join(block.words.split())
        top = self._top
        if top.mark is not None and not top.words and not top.children:
            top.words = words
            return
        if is_caps_heading(block):
            self._add_caps(words, block)
            return
        while self.stack and rank_of(self._top.kind) >= rank_of("lead"):
            # After bullets it belongs to the section that lists them, not to the last bullet.
            self.stack.pop()
        if self._is_filled() and words.startswith(_NAMES_ANOTHER):
            while len(self.stack) > 1 and rank_of(self._top.kind) >= rank_of("number"):
                self.stack.pop()
        node = _Node(words, block.line, kind="lead", label=block.label)
        self._hang(node)
        if node.leads_on and len(words) <= LONGEST_LEAD:
            self.stack.append(node)

    def _is_filled(self) -> bool:
        """Whether the open provision says its own already, or has others below it."""
        return bool(self._top.children) or self._top.words.endswith((".", ";"))

    def _add_caps(self, words: str, block: Paragraph) -> None:
        """Hang a heading in capitals without a mark."""
        top = self._top
        if top.kind in STRUCTURAL and not top.children and is_caps(top.words):
            top.words += f" {words}"
            return
        at = next((at for at, node in enumerate(self.stack) if node.kind == "caps"), None)
        if at is not None:
            del self.stack[at:]
        else:
            while self.stack and rank_of(self._top.kind) > rank_of("caps"):
                self.stack.pop()
        self._push(_Node(words, block.line, kind="caps"))

    def _add_footnote(self, block: Paragraph) -> None:
        node = _Node(block.words, block.line, kind="footnote", number=block.number)
        deepest = self.root
        while deepest.children and deepest.children[-1].provision is None:
            deepest = deepest.children[-1]
        if deepest.kind == "footnote":
            deepest = self._parent_of(deepest)
        deepest.children.append(node)

    def _parent_of(self, node: _Node) -> _Node:
        parent = self.root
        while parent.children[-1] is not node:
            parent = parent.children[-1]
        return parent

    def _add_table(self, table: Table) -> None:
        provision, questions, left_out = read_table(table)
        self.questions += questions
        self.left_out += left_out
        while self.stack and self._is_said():
            self.stack.pop()
        self._hang(_Node("", provision.line, kind="table", provision=provision))

    def _is_said(self) -> bool:
        """Whether the open provision is a sentence or a bullet, which holds no table.

        One that announces something and has nothing below it yet announces the table.
        """
        if self._top.leads_on and not self._top.children:
            return False
        return self._top.kind.startswith("bullet") or self._top.words.endswith((".", ";"))

    def _push(self, node: _Node) -> None:
        self._hang(node)
        self.stack.append(node)

    def _hang(self, node: _Node) -> None:
        self._top.children.append(node)


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a body, questions about it, and repeated table headers that were left out."""

    provisions: tuple[Provision, ...]
    questions: tuple[Question, ...]
    left_out: tuple[Line, ...]


def build_outline(blocks: Iterable[Block]) -> Outline:
    """Build the tree of a body from its paragraphs and tables in order."""
    tree = _Tree()
    for block in blocks:
        tree.add(block)
    provisions = tuple(_freeze(node) for node in tree.root.children)
    return Outline(provisions, tuple(tree.questions), tuple(tree.left_out))


def is_caps(words: str) -> bool:
    """Whether all letters are capitals and there is more than one word.

    >>> is_caps("MỤC ĐÍCH, YÊU CẦU"), is_caps("UBND"), is_caps("Mục đích")
    (True, False, False)
    """
    return len(words.split()) > 1 and words.isupper()


def is_caps_heading(block: Paragraph) -> bool:
    """Whether an unmarked paragraph is a heading: in capitals, short, not a sentence."""
    words = block.words.strip()
    return is_caps(words) and len(words) <= LONGEST_HEADING and not words.endswith((".", ";", ","))


def is_heading(words: str, kind: str, children: Sequence[object]) -> bool:
    """Whether words that others stand under are a title rather than a sentence."""
    if not children or not words:
        return False
    if words.endswith(":") or is_caps(words):
        return True
    if kind in STRUCTURAL and len(words) <= LONGEST_LEAD:
        return True
    return not words.endswith((".", ";", "!", "?", "…")) and len(words) <= LONGEST_HEADING


def _freeze(node: _Node) -> Provision:
    if node.provision is not None:
        return node.provision
    below = [child for child in node.children if child.kind != "footnote"]
    return Provision(
        number=node.number,
        words=node.words,
        line=node.line,
        is_heading=is_heading(node.words, node.kind, below),
        label=node.label,
        children=tuple(_freeze(child) for child in node.children),
    )
