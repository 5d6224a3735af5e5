"""A web page or a Word file saved as one (.html) as blocks.

Comes in: the bytes of the file. Goes out: paragraphs, items of lists with the mark that a
browser shows, and tables with merged cells. Scripts, styles and hidden parts are left out;
no address in the page is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from congkhai.sources.blocks import (
    Block,
    Blocks,
    Paragraph,
    Row,
    Table,
    ask_about_change,
    describe_struck,
    has_words,
    number_lines,
)
from congkhai.sources.layout_tables import unfold_layout_tables
from congkhai.sources.numbering import write_number
from congkhai.sources.plain_text import decode_text
from congkhai.text.vietnamese import nfc

_BLOCK_TAGS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
    ]
)
_SKIPPED: Final = frozenset({"script", "style", "head", "template", "noscript", "svg", "object"})
_STRUCK: Final = frozenset({"s", "strike", "del"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr"})
_FORMATS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_SUFFIXES: Final = {"1": ".", "a": ")", "A": ".", "i": ")", "I": "."}
_CHARSET: Final = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
MAX_SPAN: Final = 100


@dataclass(slots=True)
class _List:
    kind: str
    count: int


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _TableParts:
    rows: list[list[_Cell]] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[Block] = []
        self._words: list[str] = []
        self._number = ""
        self._bold = 0
        self._has_plain = False
        self._centered = False
        self._skipped: list[str] = []
        self._is_struck = False
        self.struck: list[str] = []
        self._lists: list[_List] = []
        self._tables: list[_TableParts] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a list, a table or a cell."""
        attributes = {key: value or "" for key, value in attrs}
        style = attributes.get("style", "").replace(" ", "").lower()
        if self._skipped:
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        is_struck = tag in _STRUCK or "line-through" in style
        if tag in _SKIPPED or is_struck or "display:none" in style:
            self._is_struck = is_struck
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        if tag == "br":
            self._words.append("\n")
        elif tag in _BLOCK_TAGS:
            self._flush()
            self._centered = attributes.get("align") == "center" or "text-align:center" in style
            self._open_list(tag, attributes)
        elif tag in ("table", "tr", "td", "th"):
            self._open_table(tag, attributes)
        elif tag in ("b", "strong"):
            self._bold += 1

    def handle_endtag(self, tag: str) -> None:
        """Close what the tag opened."""
        if self._skipped:
            if tag in self._skipped:
                del self._skipped[len(self._skipped) - 1 - self._skipped[::-1].index(tag) :]
            return
        if tag in _BLOCK_TAGS:
            self._flush()
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()
        elif tag in ("td", "th", "tr"):
            self._flush()
        elif tag == "table" and self._tables:
            self._flush()
            self._close_table()
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)

    def handle_data(self, data: str) -> None:
        """Collect words; line ends of the file are blanks."""
        if self._skipped:
            if self._is_struck and data.strip():
                self.struck.append(data)
            return
        self._words.append(re.sub(r"[ \t\r\n\f]+", " ", data))
        if data.strip() and not self._bold:
            self._has_plain = True

    def close(self) -> None:
        """Finish a file whose last tags are missing."""
        super().close()
        self._flush()
        while self._tables:
            self._close_table()

    def _open_list(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "ol":
            start = attributes.get("start", "1")
            first = int(start) if start.isdigit() else 1
            self._lists.append(_List(attributes.get("type", "1"), first - 1))
        elif tag == "ul":
            self._lists.append(_List("", 0))
        elif tag == "li" and self._lists:
            self._number = self._count(attributes)

    def _count(self, attributes: dict[str, str]) -> str:
        current = self._lists[-1]
        if not current.kind:
            return "-"
        value = attributes.get("value", "")
        current.count = int(value) if value.isdigit() else current.count + 1
        kind = current.kind if current.kind in _FORMATS else "1"
        return write_number(current.count, _FORMATS[kind]) + _SUFFIXES[kind]

    def _open_table(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        if tag == "table":
            self._tables.append(_TableParts())
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([])
        elif self._tables:
            table = self._tables[-1]
            if not table.rows:
                table.rows.append([])
            columns = _span(attributes.get("colspan", "1"))
            table.rows[-1].append(_Cell([], columns, _span(attributes.get("rowspan", "1"))))

    def _close_table(self) -> None:
        parts = self._tables.pop()
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            # A table inside a cell: its rows are lines of the cell.
            cell = self._tables[-1].rows[-1][-1]
            cell.lines += [
                " ".join(line for one in row for line in one.lines) for row in parts.rows
            ]
            return
        table = Table(rows=tuple(_lay_out(parts.rows)))
        if any(any(row.cells) for row in table.rows):
            self.items.append(table)

    def _flush(self) -> None:
        text = nfc("".join(self._words)).replace("\xa0", " ")
        self._words = []
        is_bold = not self._has_plain
        self._has_plain = False
        lines = [" ".join(line.split()) for line in text.split("\n") if has_words(line)]
        if not lines:
            return
        number, self._number = self._number, ""
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            cell = self._tables[-1].rows[-1][-1]
            cell.lines.append(f"{number} {lines[0]}".strip())
            cell.lines += lines[1:]
            return
        for order, words in enumerate(lines):
            self.items.append(
                Paragraph(
                    words=words,
                    number=number if order == 0 else "",
                    is_bold=is_bold,
                    is_centered=self._centered,
                )
            )


def read_html(raw: bytes) -> Blocks:
    """Read a web page."""
    match = _CHARSET.search(raw[:2000])
    if match and match[1].lower() in (b"windows-1258", b"cp1258"):
        raw = nfc(raw.decode("cp1258", "replace")).encode()
    text, questions = decode_text(raw)
    parser = _Parser()
    parser.feed(text)
    parser.close()
    items = number_lines(unfold_layout_tables(parser.items))
    struck = [ask_about_change(describe_struck(words), "trang") for words in parser.struck]
    return Blocks(items=items, questions=[*questions, *struck])


def _lay_out(rows: list[list[_Cell]]) -> Iterator[Row]:
    """Rows on the grid of the table, merged cells in every place they cover."""
    open_cells: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        merged: set[int] = set()
        pending = list(row)
        widest = 1
        while pending or open_cells.get(len(cells), (0, ""))[0]:
            left, above = open_cells.get(len(cells), (0, ""))
            if left:
                open_cells[len(cells)] = left - 1, above
                merged.add(len(cells))
                cells.append(above)
                continue
            cell = pending.pop(0)
            text = "\n".join(cell.lines)
            widest = max(widest, cell.columns)
            for offset in range(cell.columns):
                open_cells[len(cells)] = cell.rows - 1, text if offset == 0 else ""
                cells.append(text if offset == 0 else "")
        is_spread = widest > 1 and widest >= len(cells) - 1
        yield Row(cells=tuple(cells), merged=frozenset(merged), is_spread=is_spread)


def _span(value: str) -> int:
    return min(int(value), MAX_SPAN) if value.isdigit() and int(value) > 0 else 1
