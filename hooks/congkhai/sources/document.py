"""The document tree of one official file, whatever its format.

Comes in: nothing; these are the shapes that `congkhai.sources.read_document` returns.
Goes out: `SourceDocument`, whose provisions hold every word of the file's text in the
document's own order, and whose questions say, in Vietnamese, what a person has to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line of the letterhead, the title, the recipients or the signature.

    `line`: 1-based line of the text received; in office files the number of the paragraph.
    """

    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the reader could not decide: at which line, what it is, and a right form.

    `message` and `hint` are Vietnamese, for the person who drafts the plan.
    """

    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One provision: its mark and words as printed, and the provisions under it.

    `number` is the mark as printed (`III.`, `1.1.`, `a)`, `-`), empty when there is none.
    `is_heading` holds for a title that others stand under.

    A table is one provision without number and words. Its `cells` are the header row as
    printed; its children are the rows. A row has the serial cell as its `number`, the task
    (or else the first) cell as its `words`, and the other cells in `cells`. The keys of
    `cells` are the roles of `congkhai.sources.tables.Role`; a column of another meaning has
    its header as printed for a key. The paragraphs of one cell are parted by a line break.
    `merged` names the cells that are printed once for several rows (merged downwards) and
    stand here again; the empty string stands for the number.

    `label` is the beginning of `words` that the file sets apart in bold or italics and that
    ends in a colon («Mục tiêu cụ thể:»).
    """

    number: str
    words: str
    line: int
    is_heading: bool
    cells: Mapping[str, str] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()
    label: str = ""
    children: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One official document: letterhead, type, title, body, signature, attachments.

    `type` and `title` are as printed, empty when the file has none. `number`, `symbol`,
    `issuer` and `date` (`2026`, `2026-05` or `2026-05-06`, as precise as printed) are None
    when the letterhead does not print them. `attachments` are the documents and
    appendices after the signature, each read in the same way. `left_out` are lines of the
    file that are no words of the document: page numbers, running heads.
    """

    letterhead: tuple[Line, ...] = ()
    type_lines: tuple[Line, ...] = ()
    title_lines: tuple[Line, ...] = ()
    preamble: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    recipients: tuple[Line, ...] = ()
    signature: tuple[Line, ...] = ()
    type: str = ""
    title: str = ""
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    body: tuple[Provision, ...] = ()
    attachments: tuple[SourceDocument, ...] = ()
    left_out: tuple[Line, ...] = ()
    questions: tuple[Question, ...] = ()


def walk(
    provisions: tuple[Provision, ...], above: tuple[Provision, ...] = ()
) -> Iterator[tuple[Provision, tuple[Provision, ...]]]:
    """Yield every provision in document order with its ancestors, outermost first."""
    for provision in provisions:
        yield provision, above
        yield from walk(provision.children, (*above, provision))
