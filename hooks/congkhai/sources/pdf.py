"""A PDF with a text layer as blocks.

Comes in: the bytes of the file. Goes out: paragraphs made of the printed lines by their
places on the page, and ruled tables, joined where a page end cuts them. Page numbers and
running heads are left out with a question. Scans are refused. Read by pdfplumber.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from congkhai.sources.blocks import (
    Block,
    Blocks,
    Paragraph,
    Row,
    Table,
    UnreadableSource,
    number_lines,
)
from congkhai.sources.document import Question
from congkhai.sources.layout_tables import unfold_layout_tables
from congkhai.sources.marks import read_mark
from congkhai.sources.page_furniture import is_page_number
from congkhai.text.old_fonts import convert_by_font
from congkhai.text.vietnamese import nfc

MAX_PAGES: Final = 400
_ASK_FOR_WORD: Final = "xin tệp Word gốc; hoặc nhận dạng chữ (OCR), soát lại rồi lưu thành .docx"
_INDENT: Final = 8.0
"""Points: less is the same edge, more is an indent."""
_COLUMN_GAP: Final = 1.3
"""A gap of so many letter heights, and of so many other gaps, parts two columns of a line."""
_RIGHT_HALF: Final = 0.45
_EDGE_LINES: Final = 2
"""Page numbers and running heads stand in the first or last lines of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TextLine:
    """One printed line and its place, in points from the upper left corner of the page."""

    words: str
    left: float
    right: float
    top: float
    bottom: float
    first_width: float
    page: int
    is_bold: bool
    is_centered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """A ruled table and its place."""

    rows: tuple[Row, ...]
    top: float
    page: int


def read_pdf(raw: bytes) -> Blocks:
    """Read a PDF. Raises `UnreadableSource` for a scan or a locked file."""
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableSource(
                    f"tệp PDF có {len(document.pages)} trang", "tách riêng văn bản rồi thử lại"
                )
            return _read_pages(document.pages)
    except (PdfminerException, PDFSyntaxError, PSException, PDFPasswordIncorrect) as error:
        if b"/Encrypt" in raw:
            raise UnreadableSource(
                "tệp PDF có mật khẩu",
                "mở bằng mật khẩu, in lại thành PDF không mật khẩu; hoặc xin tệp Word gốc",
            ) from error
        raise UnreadableSource("tệp PDF hỏng", _ASK_FOR_WORD) from error


def _read_pages(pages: Sequence[Page]) -> Blocks:
    parts: list[_TextLine | _Grid] = []
    blank: list[int] = []
    for order, page in enumerate(pages, 1):
        if not page.chars:
            blank.append(order)
        parts.extend(_read_page(page, order))
        page.close()
    if not any(isinstance(part, _TextLine) or part.rows for part in parts):
        raise UnreadableSource("tệp PDF là bản chụp, không có lớp chữ", _ASK_FOR_WORD)
    if any("(cid:" in part.words for part in parts if isinstance(part, _TextLine)):
        raise UnreadableSource("lớp chữ của tệp PDF không đọc được", _ASK_FOR_WORD)
    furniture = _find_furniture(parts)
    kept = [part for at, part in enumerate(parts) if at not in furniture]
    dropped = [part for at, part in enumerate(parts) if at in furniture]
    items = list(unfold_layout_tables(list(_join_tables(_join_paragraphs(kept)))))
    left_out = [Paragraph(words=part.words) for part in dropped if isinstance(part, _TextLine)]
    questions = list(_ask_about_furniture([one for one in dropped if isinstance(one, _TextLine)]))
    questions += [
        Question(line=0, message=f"trang {page} của tệp PDF không có chữ", hint=_ASK_FOR_WORD)
        for page in blank
    ]
    return Blocks(items=number_lines(items), left_out=left_out, questions=questions)


def _read_page(page: Page, order: int) -> list[_TextLine | _Grid]:
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    boxes = [table.bbox for table in tables]
    words = page.extract_words(extra_attrs=["fontname"], keep_blank_chars=False)
    outside = [word for word in words if not any(_is_inside(word, box) for box in boxes)]
    lines: list[_TextLine | _Grid] = [
        _make_line(group, page, order) for group in _group_lines(outside)
    ]
    grids: list[_TextLine | _Grid] = [
        _Grid(rows=tuple(_read_grid(table, words)), top=table.bbox[1], page=order)
        for table in tables
    ]
    return sorted((*lines, *grids), key=lambda part: part.top)


def _is_inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across = (word["x0"] + word["x1"]) / 2
    down = (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _group_lines(words: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Words of one printed line, from left to right."""
    line: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda one: ((one["top"] + one["bottom"]) / 2, one["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if line and not line[0]["top"] <= middle <= line[0]["bottom"]:
            yield sorted(line, key=lambda one: float(one["x0"]))
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda one: float(one["x0"]))


def _make_line(words: list[dict[str, Any]], page: Page, order: int) -> _TextLine:
    left, right = float(words[0]["x0"]), float(words[-1]["x1"])
    middle = (left + right) / 2
    is_centered = abs(middle - float(page.width) / 2) < 2 * _INDENT and left > page.width / 6
    # A line of the right half alone is the right column of a letterhead or signature.
    is_right_column = not is_centered and left > page.width * _RIGHT_HALF
    return _TextLine(
        words=("\t" if is_right_column else "") + _join_words(words),
        left=left,
        right=right,
        top=float(words[0]["top"]),
        bottom=max(float(word["bottom"]) for word in words),
        first_width=float(words[0]["x1"]) - left,
        page=order,
        is_bold=all("bold" in word["fontname"].lower() for word in words),
        is_centered=is_centered,
    )


def _join_words(words: Sequence[dict[str, Any]]) -> str:
    """Join words with blanks, columns with a tab.

    A justified line has wide gaps too, but all alike; one between columns stands out.
    """
    gaps = [float(after["x0"] - before["x1"]) for before, after in pairwise(words)]
    usual = median(gaps) if len(gaps) > 1 else 0.0
    text = _decode_word(words[0])
    for gap, word in zip(gaps, words[1:], strict=True):
        height = float(word["bottom"] - word["top"])
        is_column = gap > _COLUMN_GAP * height and gap > _COLUMN_GAP * usual
        text += ("\t" if is_column else " ") + _decode_word(word)
    return text


def _decode_word(word: dict[str, Any]) -> str:
    # Embedded fonts carry a prefix: ABCDEE+.VnTime
    return nfc(convert_by_font(word["text"], word["fontname"].rpartition("+")[2]))


def _read_grid(table: Any, words: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Rows of a ruled table; a cell that spans rows or columns is found by its edges."""
    cells = [cell for cell in table.cells if cell]
    edges = sorted({round(cell[0]) for cell in cells})
    tops = sorted({round(cell[1]) for cell in cells})
    for top in tops:
        texts: list[str] = []
        merged: set[int] = set()
        widest = 1
        for column, left in enumerate(edges):
            cell = _covering(cells, left, top)
            if cell is None or round(cell[0]) < left:
                texts.append("")
                continue
            if round(cell[1]) < top:
                merged.add(column)
            texts.append(_cell_text(cell, words))
            widest = max(widest, sum(round(cell[0]) <= edge < round(cell[2]) for edge in edges))
        if any(texts):
            is_spread = widest > 1 and widest >= len(edges) - 1
            yield Row(cells=tuple(texts), merged=frozenset(merged), is_spread=is_spread)


def _covering(
    cells: Sequence[tuple[float, float, float, float]], left: float, top: float
) -> tuple[float, float, float, float] | None:
    """Find the cell in which a grid point stands."""
    return next(
        (
            cell
            for cell in cells
            if cell[0] - 1 <= left + 1 < cell[2] and cell[1] - 1 <= top + 1 < cell[3]
        ),
        None,
    )


def _cell_text(cell: tuple[float, float, float, float], words: Sequence[dict[str, Any]]) -> str:
    """Join the words of a cell; a line with a mark begins a paragraph of it."""
    text = ""
    for group in _group_lines(word for word in words if _is_inside(word, cell)):
        line = _join_words(group).replace("\t", " ")
        mark = read_mark(line)
        sign = "\n" if mark is not None and text else " "
        text = f"{text}{sign}{line}" if text else line
    return text


def _find_furniture(parts: Sequence[_TextLine | _Grid]) -> set[int]:
    """Places of page numbers and of lines that head or foot more than one page alike."""
    edges: list[int] = []
    for page in sorted({part.page for part in parts}):
        places = [at for at, part in enumerate(parts) if part.page == page]
        edges += sorted({*places[:_EDGE_LINES], *places[-_EDGE_LINES:]})
    places_of: Counter[tuple[str, int]] = Counter(_place(parts[at]) for at in edges)
    has_pages = len({part.page for part in parts}) > 1
    return {
        at
        for at in edges
        if isinstance(part := parts[at], _TextLine)
        and (is_page_number(part.words) or (has_pages and places_of[_place(part)] > 1))
    }


def _place(part: _TextLine | _Grid) -> tuple[str, int]:
    """Mask the numbers in a line and round its height on the page."""
    if isinstance(part, _Grid):
        return "", 0
    return re.sub(r"\d+", "#", part.words), round(part.top)


def _ask_about_furniture(dropped: Sequence[_TextLine]) -> Iterator[Question]:
    """One question for each kind of line that was left out."""
    kinds: dict[str, list[_TextLine]] = {}
    for line in dropped:
        kinds.setdefault(re.sub(r"\d+", "#", line.words), []).append(line)
    for lines in kinds.values():
        pages = ", ".join(str(line.page) for line in lines)
        yield Question(
            line=0,
            message=f"đã bỏ số trang hoặc dòng đầu, cuối trang «{lines[0].words}» (trang {pages})",
            hint="nếu là chữ của văn bản thì thêm lại vào đúng mục",
        )


def _join_paragraphs(parts: Sequence[_TextLine | _Grid]) -> Iterator[Block]:
    """Paragraphs of the lines, by indents, gaps and lines that end before the margin."""
    lines = [part for part in parts if isinstance(part, _TextLine)]
    margin = _Margins(lines)
    open_lines: list[_TextLine] = []
    for part in parts:
        if isinstance(part, _Grid):
            if open_lines:
                yield _make_paragraph(open_lines)
            open_lines = []
            yield Table(rows=(replace(part.rows[0], starts_page=part.page > 1), *part.rows[1:]))
        elif open_lines and margin.continues(open_lines, part):
            open_lines.append(part)
        else:
            if open_lines:
                yield _make_paragraph(open_lines)
            open_lines = [part]
    if open_lines:
        yield _make_paragraph(open_lines)


class _Margins:
    """The edges of the text and the usual gap between its lines."""

    def __init__(self, lines: Sequence[_TextLine]) -> None:
        body = [line for line in lines if not line.is_centered and "\t" not in line.words] or lines
        self.left = Counter(round(line.left) for line in body).most_common(1)[0][0] if body else 0
        self.left = min(
            [round(line.left) for line in body if self._is_common(line, body)] or [self.left]
        )
        self.right = max((line.right for line in body), default=0.0)
        gaps = [
            after.top - line.bottom
            for line, after in pairwise(lines)
            if line.page == after.page and after.top > line.bottom - 2
        ]
        self.gap = median(gaps) if gaps else 0.0
        at_left = sum(abs(line.left - self.left) < _INDENT for line in body)
        self.has_indents = bool(body) and at_left > len(body) * 0.3

    @staticmethod
    def _is_common(line: _TextLine, body: Sequence[_TextLine]) -> bool:
        same = sum(abs(one.left - line.left) < 2 for one in body)
        return same >= max(2, len(body) // 10)

    def continues(self, paragraph: Sequence[_TextLine], line: _TextLine) -> bool:
        """Whether a line is the next one of the paragraph above it."""
        last = paragraph[-1]
        if "\t" in line.words or "\t" in last.words or read_mark(line.words):
            return False
        if line.is_centered or last.is_centered or line.is_bold != last.is_bold:
            return False
        if not self._is_full(last, line):
            return False
        height = last.bottom - last.top
        if line.page == last.page and line.top - last.bottom > self.gap + height / 2:
            return False
        is_indented = line.left > self.left + _INDENT
        if not is_indented or not self.has_indents:
            return True
        if len(paragraph) > 1:
            return line.left <= paragraph[1].left + _INDENT
        return line.left > last.left + _INDENT

    def _is_full(self, last: _TextLine, line: _TextLine) -> bool:
        """Whether the first word of the next line found no place on the last one."""
        return last.right + line.first_width + 2 >= self.right


def _make_paragraph(lines: Sequence[_TextLine]) -> Paragraph:
    return Paragraph(
        words=" ".join(line.words for line in lines),
        is_bold=lines[0].is_bold,
        is_centered=lines[0].is_centered,
        is_hard_line=len(lines) == 1,
    )


def _join_tables(items: Iterable[Block]) -> Iterator[Block]:
    """Join a table with its rest at the top of the next page."""
    last: Table | None = None
    for item in items:
        if isinstance(item, Table):
            if last is not None and _is_rest_of(item, last):
                last = replace(last, rows=last.rows + item.rows)
                continue
            if last is not None:
                yield last
            last = item
            continue
        if last is not None:
            yield last
            last = None
        yield item
    if last is not None:
        yield last


def _is_rest_of(item: Table, last: Table) -> bool:
    return item.rows[0].starts_page and len(item.rows[0].cells) == len(last.rows[0].cells)
