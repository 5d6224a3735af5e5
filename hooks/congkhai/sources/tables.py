"""A table of tasks or targets as provisions, a row each, cells by the role of their column.

Comes in: one `Table`. Goes out: a provision whose children are the rows, questions, and the
header rows that the table repeats on each page. The header is found by its words, whatever
a column is called; section rows become headings; a row that a page end cut is rejoined.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from congkhai.sources.blocks import Block, Paragraph, Row, Table
from congkhai.sources.document import Line, Provision, Question
from congkhai.sources.marks import STRUCTURAL, Mark, follows, rank_of, read_automatic, read_mark
from congkhai.text.vietnamese import fold

Role = Literal[
    "number", "task", "lead", "coordinating", "implementing", "result", "start", "due", "unit",
    "baseline", "target", "funding", "note",
]  # fmt: skip
"""What a column means. Columns of targets by year have the key `target:` and their header."""

_HEADERS: Final[Mapping[Role, tuple[str, ...]]] = {
    "number": (r"^(?:s?tt|so tt|so thu tu|thu tu|so|muc|ma so)\.?$",),
    "unit": (r"^(?:don vi tinh|dvt|don vi do|d\.v\.t)\b",),
    "baseline": (
        r"^(?:hien trang|thuc trang|hien tai|nam goc)",
        r"^(?:uoc )?thuc hien nam \d",
        r"^ket qua nam \d",
    ),
    "start": (r"\bbat dau\b|khoi cong",),
    "due": (
        r"thoi (?:gian|han|diem)",
        r"tien do|lo trinh|moc thoi|han hoan thanh",
        r"^hoan thanh|^han\b|ngay (?:xong|hoan)|ket thuc",
    ),
    "coordinating": (r"phoi hop|tham gia", r"(?:co quan|don vi) lien quan"),
    "lead": (r"chu tri|trach nhiem|phu trach|dau moi", r"thuc hien chinh|don vi chinh"),
    "result": (r"san pham|ket qua|dau ra|hinh thuc van ban",),
    "implementing": (
        r"(?:don vi|co quan|nguoi|to chuc|bo phan|noi|doi tuong)"
        r" (?:duoc giao |to chuc |trien khai |truc tiep )?(?:thuc hien|trien khai)",
        r"don vi duoc giao|phan cong|^thuc hien$",
    ),
    "funding": (r"kinh phi|nguon von|du toan|ngan sach",),
    "note": (r"^ghi chu",),
    "target": (
        r"^(?:muc tieu|ke hoach|phan dau|gia tri|muc phan dau)\b",
        r"^chi tieu (?:giao|ke hoach|phan dau|can dat)\b|^(?:so|khoi) luong\b",
    ),
    "task": (
        r"noi dung|nhiem vu|cong viec|hoat dong|giai phap|^viec|mo ta|ten\b",
        r"danh muc|chi tieu|tieu chi|de an|chuong trinh|muc tieu",
    ),
}
"""Words by which a column is known, folded; the first role that fits is taken."""
_PATTERNS: Final = {role: re.compile("|".join(words)) for role, words in _HEADERS.items()}
_YEAR: Final = re.compile(r"(?:^|\b(?:nam|den|giai doan|muc tieu|ke hoach)\b.*)\s*20\d\d\b")
_COUNTED: Final = re.compile(r"(?:chi tieu|muc tieu)\b")
_COLUMN_NUMBER: Final = re.compile(r"^\(?(?:\d{1,2}|[A-Z])\)?(?:\s*=.*)?$")
END: Final = re.compile(
    r"^[^\w\n]*Nơi nhận\b|^(?:TM|T/M|KT|TL|TUQ)\b\.?\s*[A-ZĐÀ-Ỹ]|^(?:PHÓ )?CHỦ TỊCH\b"
    r"|^(?:Người|NGƯỜI) (?:lập|LẬP)\b",
    re.MULTILINE,
)
"""A line that begins the recipients or the signature."""
LONGEST_HEADER: Final = 80
_LONGEST_COLUMN: Final = 40


@dataclass(slots=True)
class _Row:
    """A row while the tree is built."""

    number: str
    cells: dict[str, str]
    line: int
    kind: str
    mark: Mark | None
    is_heading: bool
    merged: frozenset[str]
    children: list[_Row] = field(default_factory=list)


def read_table(table: Table) -> tuple[Provision, list[Question], list[Line]]:
    """One table as a provision; the header stands in its `cells`."""
    reader = _TableReader(table)
    provision = reader.read()
    return provision, reader.questions, reader.left_out


def find_header(rows: Sequence[Row], start: int = 0, limit: int | None = None) -> int | None:
    """Find the first row that names columns, None when no row does."""
    end = len(rows) if limit is None else min(len(rows), start + limit)
    return next((at for at in range(start, end) if is_header(rows[at])), None)


def is_heading_of_column(words: str) -> bool:
    """Whether a few words alone name a column of a table of tasks or targets."""
    is_short = len(words) <= _LONGEST_COLUMN and read_mark(words) is None
    return is_short and _guess_role(words) is not None


def is_header(row: Row) -> bool:
    """Whether a row names the columns of a table of tasks or targets."""
    cells = [" ".join(cell.split()) for cell in row.cells if cell.strip()]
    if len(cells) < 2 or any(len(cell) > LONGEST_HEADER for cell in cells):
        return False
    roles = [_guess_role(cell) for cell in cells]
    named = [role for role in roles if role is not None]
    years = sum(bool(_YEAR.search(fold(cell))) for cell in cells)
    has_meaning = bool(set(named) - {"number", "note"})
    return has_meaning and len(set(named)) + years >= 2 and 2 * (len(named) + years) >= len(cells)


def split_table(table: Table) -> Iterator[Block]:
    """Yield a table with what stands around it in one grid (a sheet) as paragraphs.

    Rows above the first header and the recipients and signature below are no rows of the
    table; a header further down begins another table.
    """
    starts = [at for at, row in enumerate(table.rows) if is_header(row)]
    starts = [
        at
        for at in starts
        if at == starts[0] or not _is_same(table.rows[at], table.rows[starts[0]])
    ]
    starts = [at for at in starts if at == starts[0] or at - 1 not in starts]
    end = next(
        (at for at, row in enumerate(table.rows) if starts and at > starts[-1] and _ends(row)), None
    )
    if not starts:
        yield table
        return
    above = table.rows[: starts[0]]
    columns = max((at + 1 for at, row in enumerate(above) if _has_columns(row)), default=0)
    yield from _to_paragraphs(above[:columns])
    for row in above[columns:]:
        yield from _to_paragraphs([row])
    bounds = [*starts, len(table.rows) if end is None else end]
    for at, after in itertools.pairwise(bounds):
        yield replace(table, rows=table.rows[at:after])
    if end is not None:
        yield from _to_paragraphs(table.rows[end:])


def _ends(row: Row) -> bool:
    return any(END.search(cell) for cell in row.cells)


def _has_columns(row: Row) -> bool:
    """Whether a row above the table is one of a letterhead: more than one cell has words."""
    return sum(bool(cell.strip()) for cell in row.cells) > 1


def _to_paragraphs(rows: Sequence[Row]) -> Iterator[Paragraph]:
    width = max((len(row.cells) for row in rows), default=0)
    for column in range(width):
        for row in rows:
            cell = row.cells[column] if column < len(row.cells) else ""
            if column in row.merged:
                continue
            for line in cell.split("\n"):
                if words := " ".join(line.split()):
                    yield Paragraph(words=words, line=row.line)


class _TableReader:
    def __init__(self, table: Table) -> None:
        self.questions: list[Question] = []
        self.left_out: list[Line] = []
        self._rows = table.rows
        self._keys: list[str] = []
        self._stack: list[_Row] = []
        self._root: list[_Row] = []
        self._seen: set[str] = set()

    def read(self) -> Provision:
        header, first = self._read_header()
        for row in self._rows[first:]:
            self._add(row)
        line = self._rows[0].line if self._rows else 0
        return Provision(
            number="",
            words="",
            line=line,
            is_heading=True,
            cells=header,
            children=tuple(_freeze(row, self._word_key) for row in self._root),
        )

    def _read_header(self) -> tuple[dict[str, str], int]:
        at = find_header(self._rows, limit=3)
        if at is None or at > 0:
            at = 0
            is_named = bool(self._rows) and _names_columns(self._rows[0])
            if not is_named:
                width = max((len(row.cells) for row in self._rows), default=0)
                self._keys = [f"cột {column + 1}" for column in range(width)]
                self._ask_about_header()
                return {}, 0
        end = at + 1
        while end < len(self._rows) and self._goes_on(end):
            end += 1
        texts = self._join_header(self._rows[at:end])
        self._keys = name_columns(_add_wide_headers(self._rows[at:end], texts))
        if not {"task", "lead", "implementing", "target"} & set(self._keys):
            self._ask_about_header()
        for text in texts:
            if _names_two_roles(text):
                self._ask_about_roles(text)
        return {key: text for key, text in zip(self._keys, texts, strict=True) if text}, end

    def _goes_on(self, at: int) -> bool:
        """Whether a row below the header belongs to it: names under a wide cell, column numbers."""
        cells = [cell.strip() for cell in self._rows[at].cells if cell.strip()]
        if len(cells) > 2 and all(_COLUMN_NUMBER.match(cell) for cell in cells):
            return True
        merged = self._rows[at].merged
        own = [
            cell
            for column, cell in enumerate(self._rows[at].cells)
            if cell.strip() and column not in merged
        ]
        above = self._rows[at - 1]
        has_wide = any(
            above.cells[column].strip() and not above.cells[column + 1].strip()
            for column in range(len(above.cells) - 1)
        )
        if has_wide and own and 0 in merged:
            return True
        return (
            has_wide
            and bool(own)
            and not self._rows[at].is_spread
            and (0 in merged or not self._rows[at].cells[0].strip())
            and all(_guess_role(cell) or _YEAR.search(fold(cell)) for cell in own)
        )

    def _join_header(self, rows: Sequence[Row]) -> list[str]:
        width = max(len(row.cells) for row in self._rows)
        texts = [""] * width
        for row in rows:
            for column, cell in enumerate(row.cells):
                if cell.strip() and column not in row.merged:
                    texts[column] = f"{texts[column]}\n{cell.strip()}".strip()
        return texts

    def _ask_about_header(self) -> None:
        line = self._rows[0].line if self._rows else 0
        self.questions.append(
            Question(
                line=line,
                message="bảng không có dòng tên cột nhận ra được",
                hint="cho biết cột nào là nhiệm vụ, chủ trì, phối hợp, kết quả, thời hạn",
            )
        )

    def _ask_about_roles(self, header: str) -> None:
        shown = " ".join(header.split())
        self.questions.append(
            Question(
                line=self._rows[0].line,
                message=f"cột «{shown}» không cho biết ai chủ trì, ai phối hợp",
                hint="ghi lead và coordinating cho từng dòng theo chữ trong ô",
            )
        )

    @property
    def _word_key(self) -> str:
        if "task" in self._keys:
            return "task"
        others = [key for key in self._keys if key not in ("number", "", "due", "unit")]
        return others[0] if others else ""

    def _add(self, row: Row) -> None:
        if not any(cell.strip() for cell in row.cells):
            return
        if _is_same(row, self._rows[0]) and is_header(row):
            words = " ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())
            self.left_out.append(Line(line=row.line, words=words))
            return
        cells, merged = self._read_cells(row)
        last = self._last_row()
        if last is not None and not merged and self._is_torn(cells, row, last):
            self._rejoin(cells, row.line, last)
            return
        self._place(self._make_row(row, cells, merged), last)

    def _read_cells(self, row: Row) -> tuple[dict[str, str], frozenset[str]]:
        """Read the cells by key, and the keys of those that are printed in a row above."""
        cells: dict[str, str] = {}
        for key, cell in zip(self._keys, row.cells, strict=False):
            if text := _join_cut_lines(cell):
                cells[key] = f"{cells[key]}\n{text}" if key in cells else text
        merged = frozenset(
            "" if self._keys[column] == "number" else self._keys[column]
            for column in row.merged
            if column < len(self._keys)
        )
        if row.is_spread and self._word_key not in cells and cells:
            # A cell that spans the columns holds the words, whichever column it begins in.
            first = (
                "number" if set(cells) == {"number"} else next(k for k in cells if k != "number")
            )
            cells[self._word_key] = cells.pop(first)
        return cells, merged

    def _make_row(self, row: Row, cells: dict[str, str], merged: frozenset[str]) -> _Row:
        others = cells.keys() - {"number", self._word_key}
        typed = cells.pop("number", "")
        number, words, mark = _split_mark(typed, cells.get(self._word_key, ""))
        if words:
            cells[self._word_key] = words
        is_heading = not others and not merged and bool(cells)
        kind = mark.kind if mark else "spread" if row.is_spread else "row"
        return _Row(number, cells, row.line, kind, mark, is_heading, merged)

    def _last_row(self) -> _Row | None:
        last = self._root[-1] if self._root else None
        while last is not None and last.children:
            last = last.children[-1]
        return last

    def _is_torn(self, cells: Mapping[str, str], row: Row, last: _Row) -> bool:
        """Whether the row is the rest of the one above, which a page end cut."""
        if "number" in cells or row.is_spread or last.kind == "spread" or last.is_heading:
            return False
        if row.starts_page and "number" in self._keys:
            return True
        if all(_starts_small(text) for text in cells.values()):
            return True
        if {"lead", "implementing", "due"} & set(cells):
            return False
        words = cells.get(self._word_key, "")
        is_numbered = "number" in self._keys
        return is_numbered and bool(words) and not _is_closed(last.cells.get(self._word_key, ""))

    def _rejoin(self, cells: Mapping[str, str], line: int, last: _Row) -> None:
        for key, text in cells.items():
            last.cells[key] = f"{last.cells[key]} {text}" if key in last.cells else text
        shown = " ".join(next(iter(cells.values())).split())[:60]
        self.questions.append(
            Question(
                line=line,
                message=f"dòng bảng không có số thứ tự, đã nối vào dòng trên: «{shown}»",
                hint="so với bản gốc: dòng bị ngắt trang hay là một nhiệm vụ riêng",
            )
        )

    def _place(self, row: _Row, last: _Row | None) -> None:
        if not row.number and not row.is_heading and last is not None:
            self._ask_about_blank(row, last)
        if (
            row.kind == "row"
            and last is not None
            and not last.is_heading
            and not last.kind.startswith("bullet")
        ):
            row.kind = last.kind
        place = self._find_place(row)
        del self._stack[place:]
        siblings = self._stack[-1].children if self._stack else self._root
        self._check_order(row, siblings)
        siblings.append(row)
        self._stack.append(row)
        self._seen.add(row.kind)

    def _find_place(self, row: _Row) -> int:
        """How much of the stack stays open above the row."""
        if row.mark is not None and len(row.mark.values) > 1:
            for at in range(len(self._stack) - 1, -1, -1):
                above = self._stack[at].mark
                if (
                    above is not None
                    and above.values[-1:] == row.mark.values[:-1][-1:]
                    and above.kind != row.kind
                ):
                    return at + 1
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].kind == row.kind:
                return at
        place = len(self._stack)
        while place:
            above_kind = self._stack[place - 1].kind
            both_divide = above_kind in STRUCTURAL and row.kind in STRUCTURAL
            if both_divide and row.kind not in self._seen and self._stack[place - 1].is_heading:
                return place
            if rank_of(above_kind) < rank_of(row.kind):
                return place
            place -= 1
        return 0

    def _check_order(self, row: _Row, siblings: Sequence[_Row]) -> None:
        before = next(
            (one for one in reversed(siblings) if one.mark is not None and one.kind == row.kind),
            None,
        )
        if row.mark is None or row.mark.is_bullet or before is None or before.mark is None:
            return
        if "" in row.merged or follows(row.mark, before.mark):
            return
        if row.mark.values == before.mark.values:
            message = f"số thứ tự «{row.number}» in hai lần trong bảng"
        elif row.mark.values < before.mark.values:
            message = f"số thứ tự «{row.number}» đứng sau «{before.number}»"
        else:
            message = f"sau số thứ tự «{before.number}» là «{row.number}»: thiếu dòng ở giữa"
        hint = "so với bản gốc: nếu văn bản in như vậy thì giữ nguyên"
        self.questions.append(Question(line=row.line, message=message, hint=hint))

    def _ask_about_blank(self, row: _Row, last: _Row) -> None:
        blank = [
            key for key in ("lead", "implementing") if key in self._keys and key not in row.cells
        ]
        blank = [key for key in blank if key in last.cells]
        has_numbers = "number" in self._keys
        if not blank or not has_numbers:
            return
        shown = " ".join(last.cells[blank[0]].split())
        self.questions.append(
            Question(
                line=row.line,
                message="dòng bảng không có số thứ tự và để trống cơ quan chủ trì",
                hint=f"cho biết có phải cùng cơ quan với dòng trên («{shown}») không",
            )
        )


def _freeze(row: _Row, word_key: str) -> Provision:
    return Provision(
        number=row.number,
        words=" ".join(row.cells.get(word_key, "").split()),
        line=row.line,
        is_heading=row.is_heading and bool(row.children),
        cells=row.cells,
        merged=row.merged,
        children=tuple(_freeze(child, word_key) for child in row.children),
    )


def _guess_role(header: str) -> Role | None:
    words = " ".join(fold(header).split()).strip(" .:()")
    if _names_two_roles(header):
        return None
    return next((role for role, pattern in _PATTERNS.items() if pattern.search(words)), None)


def _names_two_roles(header: str) -> bool:
    words = fold(header)
    return "chu tri" in words and "phoi hop" in words


_DITTO: Final = re.compile(r"\W*(?:nt|n\.t|như trên)\W*|[\"“”″'/]{1,4}", re.IGNORECASE)


def is_ditto(cell: str) -> bool:
    """Whether a cell only says that it is the same as the cell above.

    >>> is_ditto("-nt-"), is_ditto("như trên"), is_ditto("Sở Nội vụ")
    (True, True, False)
    """
    return _DITTO.fullmatch(cell.strip()) is not None


def name_columns(texts: Sequence[str]) -> list[str]:
    """Name the key of each column: its role, or its header as printed.

    >>> name_columns(["TT", "Công việc", "Phụ trách", "Cấp trình", "Thời hạn"])
    ['number', 'task', 'lead', 'Cấp trình', 'due']
    """
    roles = [_guess_role(" ".join(text.split())) if text else None for text in texts]
    is_targets = any(
        role == "unit" or (_YEAR.search(fold(text)) and role in (None, "target"))
        for role, text in zip(roles, texts, strict=True)
    )
    keys: list[str] = []
    for role, text in zip(roles, texts, strict=True):
        header = " ".join(text.split()) or f"cột {len(keys) + 1}"
        if _YEAR.search(fold(header)) and role in (None, "target", "task"):
            key = f"target:{header}"
        elif role == "task" and "task" in keys and _COUNTED.match(fold(header)):
            # «Nội dung công việc | … | Chỉ tiêu»: how much, beside the work itself.
            key = "target"
        elif role is None and fold(header) in ("don vi", "co quan", "dv"):
            key = "unit" if is_targets else "implementing"
        else:
            key = role or header
        keys.append(key if key not in keys else f"{header} ({len(keys) + 1})")
    if "task" not in keys and "target" in keys:
        keys[keys.index("target")] = "task"
    return keys


def _add_wide_headers(rows: Sequence[Row], texts: Sequence[str]) -> list[str]:
    """Give each column the words of the wide header above it: «Tiến độ» over «Kết thúc»."""
    whole = list(texts)
    wide = ""
    for column, cell in enumerate(rows[0].cells):
        if cell.strip():
            wide = cell.strip()
        elif len(rows) > 1 and column < len(texts) and texts[column]:
            whole[column] = f"{wide}\n{texts[column]}"
    return whole


def _names_columns(row: Row) -> bool:
    cells = [cell.strip() for cell in row.cells]
    return all(cells) and all(len(cell) <= LONGEST_HEADER and not cell.isdigit() for cell in cells)


def _split_mark(number: str, words: str) -> tuple[str, str, Mark | None]:
    """Read the mark of a row: of its number column, else the one its words open with."""
    number = " ".join(number.split())
    if number:
        # A sheet in Vietnamese form shows the number 1.1 as «1,1».
        dotted = re.sub(r"(?<=\d),(?=\d)", ".", number)
        mark = read_automatic(f"{dotted}." if dotted[-1].isalnum() else dotted)[0]
        return number, words, replace(mark, printed=number)
    mark_typed = read_mark(words)
    if mark_typed is None:
        return "", words, None
    return mark_typed.printed.strip(), words[len(mark_typed.printed) :].strip(), mark_typed


def _join_cut_lines(cell: str) -> str:
    r"""Rejoin lines that only the width of a column parted; paragraphs stay apart.

    >>> _join_cut_lines("Văn phòng HĐND\nvà UBND\nSở Y tế")
    'Văn phòng HĐND và UBND\nSở Y tế'
    """
    lines: list[str] = []
    for line in cell.split("\n"):
        words = line.strip()
        is_rest = bool(lines) and words[:1].islower() and read_mark(words) is None
        if is_rest and not lines[-1].endswith((".", ";", ":")):
            lines[-1] += f" {words}"
        elif words:
            lines.append(words)
    return "\n".join(lines)


def _starts_small(text: str) -> bool:
    """Whether a cell begins in small letters, like the rest of the one above it."""
    return next((char for char in text if char.isalnum()), "").islower()


def _is_closed(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "./.")) or not text.strip()


def _is_same(row: Row, other: Row) -> bool:
    def words(cells: Sequence[str]) -> list[str]:
        return " ".join(cells).split()

    return words(row.cells) == words(other.cells)
