"""Paragraphs and tables, the one form that every reader of a format brings its file into.

Comes in: what a reader of one format found, in the file's own order. Goes out: `Block`s
with numbered lines, the text of a file with one line for each paragraph or table row, and
`UnreadableSource` for a file that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from congkhai.data.encoding import clean, is_usual
from congkhai.sources.document import Question

_ORNAMENTS = frozenset("-–—_=*~.…•")


class UnreadableSource(ValueError):  # noqa: N818 - a state of the file, no fault of the code
    """A file that this package cannot read: what it is and what to do, in Vietnamese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} → {hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, or one line of a format that does not know paragraphs.

    `number` is the mark that the file's automatic numbering prints; a mark that was typed
    is still part of `words`. Columns of a line (letterhead, signature) are parted by a tab.
    """

    words: str
    number: str = ""
    line: int = 0
    is_bold: bool = False
    is_centered: bool = False
    starts_page: bool = False
    after_blank: bool = False
    is_footnote: bool = False
    label: str = ""
    """The beginning of the words that is set apart in bold or italics, up to a colon."""
    is_hard_line: bool = False
    """A printed line, which may be only a part of a paragraph (text files, PDF)."""
    changes: tuple[str, ...] = ()
    """Tracked changes and struck words in it, each told in Vietnamese."""

    @property
    def whole(self) -> str:
        """The mark and the words, as printed."""
        return f"{self.number} {self.words}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the cell of each column of the table's grid, `""` where a cell is empty.

    A cell that spans columns stands in its first one. `merged` are the columns whose cell
    is printed in a row above; the words stand here again. `is_spread` holds where one cell
    spans all columns, or all but the first.
    """

    cells: tuple[str, ...]
    line: int = 0
    merged: frozenset[int] = frozenset()
    is_spread: bool = False
    starts_page: bool = False
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table row by row; `name` is the sheet's in a workbook, else empty."""

    rows: tuple[Row, ...]
    name: str = ""


Block = Paragraph | Table


@dataclass(slots=True)
class Blocks:
    """A file in order, the lines that were left out, and what a person should look at."""

    items: list[Block] = field(default_factory=list)
    left_out: list[Paragraph] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def number_lines(items: Iterable[Block]) -> list[Block]:
    """Give each paragraph and each table row its line number, from 1.

    For formats that have no lines of their own; `text_of` prints the text in just these.
    """
    numbered: list[Block] = []
    line = 0
    for item in items:
        if isinstance(item, Paragraph):
            line += 1
            numbered.append(replace(item, line=line))
            continue
        rows = []
        for row in item.rows:
            line += 1
            rows.append(replace(row, line=line))
        numbered.append(replace(item, rows=tuple(rows)))
    return numbered


def take_out_unseen(blocks: Blocks) -> Blocks:
    """Take out of the words what nobody sees, which no data file may have, and tell so once."""
    changed: list[str] = []

    def clean_words(words: str) -> str:
        cleaned = words if is_usual(words) else clean(words)
        if cleaned != words:
            changed.append(cleaned)
        return cleaned

    def clean_block(item: Block) -> Block:
        if isinstance(item, Paragraph):
            return replace(item, words=clean_words(item.words), label=clean_words(item.label))
        rows = [replace(row, cells=tuple(map(clean_words, row.cells))) for row in item.rows]
        return replace(item, rows=tuple(rows))

    items = [clean_block(item) for item in blocks.items]
    if not changed:
        return blocks
    question = Question(
        line=0,
        message=f"tệp có ký tự không nhìn thấy hoặc chữ Đ của bảng mã khác ở {len(changed)} chỗ,"
        f" chỗ đầu: «{' '.join(changed[0].split())[:60]}»; bản nháp đã bỏ hoặc thay bằng Đ",
        hint="so những chỗ ấy với văn bản",
    )
    left_out = [replace(one, words=clean(one.words)) for one in blocks.left_out]
    return Blocks(items, left_out, [question, *blocks.questions])


STRUCK = "chữ bị gạch ngang"
OWN_DAY = "ngày do máy tự điền"
"""How what is told of words that no tracked change struck out or filled in begins."""
_HINTS = {
    STRUCK: "bản nháp bỏ chữ này; nếu vẫn là chữ của văn bản thì bỏ gạch trong tệp rồi lập lại",
    OWN_DAY: "mỗi lần mở tệp là một ngày khác: ghi ngày in ở bản đã ký",
}


def ask_about_changes(items: Iterable[Block], program: str) -> Iterator[Question]:
    """Ask about each tracked change, struck word and field at the line of its paragraph or row."""
    for item in items:
        for place in [item] if isinstance(item, Paragraph) else item.rows:
            for change in place.changes:
                yield ask_about_change(change, program, place.line)


def ask_about_change(change: str, program: str, line: int = 0) -> Question:
    """Ask about one change, as a paragraph tells it."""
    for beginning, hint in _HINTS.items():
        if change.startswith(beginning):
            return Question(line=line, message=change, hint=hint)
    return Question(
        line=line,
        message=f"sửa đổi đang theo dõi trong {program}: {change}",
        hint="bản nháp lấy chữ sau khi sửa; đối chiếu với bản đã ký",
    )


def describe_struck(words: str) -> str:
    """Tell of words that are struck through, and so left out."""
    return f"{STRUCK}: «{' '.join(words.split())}»"


def describe_change(old: str, new: str) -> str:
    """Tell a tracked change: what was there, what is there now.

    >>> describe_change(" trước 30/6", " trước 30/9"), describe_change("", "hai")
    ('«trước 30/6» → «trước 30/9»', 'thêm «hai»')
    """
    before, after = " ".join(old.split()), " ".join(new.split())
    if not after:
        return f"bỏ «{before}»"
    return f"«{before}» → «{after}»" if before else f"thêm «{after}»"


def text_of(items: Sequence[Block]) -> str:
    """Print a file: a line for each paragraph and, cells parted by tabs, for each row."""
    lines = []
    for item in items:
        if isinstance(item, Paragraph):
            lines.append(item.whole)
        else:
            lines.extend("\t".join(printed_cells(row)) for row in item.rows)
    return "".join(f"{line}\n" for line in lines)


def has_words(line: str) -> bool:
    """Whether a line says anything: «-----» and «* * *» only adorn the page.

    >>> [has_words(line) for line in ("-----", "* * *", "%", "-", " ")]
    [False, False, True, True, False]
    """
    signs = "".join(line.split())
    is_ornament = len(signs) > 1 and set(signs) <= _ORNAMENTS
    return bool(signs) and signs != "*" and not is_ornament


def single_spaced(text: str) -> str:
    r"""Write words with single blanks; tabs, which part columns, stay, one at the start too.

    >>> single_spaced("Nơi  nhận:\t\tTM. UBND"), single_spaced("\tChủ tịch ")
    ('Nơi nhận:\tTM. UBND', '\tChủ tịch')
    """
    parts = [" ".join(part.split()) for part in text.split("\t")]
    indent = "\t" if len(parts) > 1 and not parts[0] else ""
    return indent + "\t".join(part for part in parts if part)


def printed_cells(row: Row) -> list[str]:
    r"""List the cells that are printed in this very row, each on one line.

    >>> printed_cells(Row(cells=("1", "Sở Y tế", "a\nb"), merged=frozenset({1})))
    ['1', '', 'a b']
    """
    return [
        "" if column in row.merged else " ".join(cell.split())
        for column, cell in enumerate(row.cells)
    ]
