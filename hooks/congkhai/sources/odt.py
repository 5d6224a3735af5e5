"""A LibreOffice document (.odt) as blocks, with the numbers that it computes.

Comes in: the bytes of the file. Goes out: paragraphs and tables in order. Headers and
footers stand in another part and are not read; tracked changes are taken as accepted and
asked about; footnotes follow the paragraph that refers to them. Source: ODF 1.2 part 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from congkhai.sources.archive import Archive
from congkhai.sources.blocks import (
    OWN_DAY,
    Block,
    Blocks,
    Paragraph,
    Row,
    Table,
    UnreadableSource,
    ask_about_change,
    ask_about_changes,
    describe_change,
    describe_struck,
    has_words,
    number_lines,
    single_spaced,
)
from congkhai.sources.layout_tables import unfold_layout_tables
from congkhai.sources.numbering import read_symbol, write_number, write_superscript
from congkhai.text.old_fonts import convert_by_font
from congkhai.text.vietnamese import nfc

_URN: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE: Final = _URN % "office"
TEXT: Final = _URN % "text"
TABLE: Final = _URN % "table"
STYLE: Final = _URN % "style"
FO: Final = _URN.replace("xmlns:%s", "xmlns:xsl-fo-compatible")
_FORMATS: Final = {
    "1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter",
    "": "none",
}  # fmt: skip
_INLINE: Final = frozenset(
    (
        "span",
        "a",
        "meta",
        "page-number",
        "date",
        "time",
        "modification-date",
        "user-defined",
        "ruby",
    )
)
_CLOCKS: Final = frozenset(("date", "time", "modification-date", "print-date"))
_BLANKS: Final = {"s": " ", "tab": "\t", "line-break": "\n"}
MAX_REPEATS: Final = 200
"""A sheet pads its table with thousands of repeated blank cells."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    prefix: str
    suffix: str
    start: int
    shown: int
    bullet: str


@dataclass(slots=True)
class _Words:
    """What one paragraph is read into."""

    pieces: list[str] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: list[tuple[int, int | None]] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    own_days: list[str] = field(default_factory=list)

    def told_changes(self) -> Iterator[str]:
        """Tell the tracked changes in words; those of blanks alone are none."""
        inserted = ("".join(self.pieces[start:end]) for start, end in self.inserted)
        for old in self.deleted:
            if old.strip():
                yield describe_change(old, "")
        for new in inserted:
            if new.strip():
                yield describe_change("", new)
        for day in self.own_days:
            yield f"{OWN_DAY} «{' '.join(day.split())}»"
        if struck := "".join(self.struck).strip():
            yield describe_struck(struck)


class _Reader:
    def __init__(self, content: Element, styles: Element | None) -> None:
        roots = [root for root in (styles, content) if root is not None]
        self._levels = {
            style.get(f"{STYLE}name", ""): _read_levels(style)
            for root in roots
            for style in root.iter(f"{TEXT}list-style")
        }
        self._paragraphs = {
            style.get(f"{STYLE}name", ""): style
            for root in roots
            for style in root.iter(f"{STYLE}style")
        }
        self._deletions = {
            region.get(f"{TEXT}id", ""): _plain(deletion)
            for region in content.iter(f"{TEXT}changed-region")
            for deletion in region.findall(f"{TEXT}deletion")
        }
        self._counts: dict[str, dict[int, int]] = {}
        self._note_order = 0
        self.untold: list[str] = []
        """Changes in paragraphs that have no words left, told with the next one."""

    def read_blocks(self, parent: Element, style: str = "", depth: int = 0) -> Iterator[Block]:
        """Paragraphs and tables below a node, in order; lists carry their style and depth."""
        for node in parent:
            if node.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._read_paragraph(node, "")
            elif node.tag == f"{TEXT}list":
                yield from self._read_list(node, style, depth)
            elif node.tag == f"{TABLE}table":
                yield self._read_table(node)
            elif node.tag in (f"{TEXT}section", f"{TEXT}index-body"):
                yield from self.read_blocks(node, style, depth)

    def _read_list(self, node: Element, style: str, depth: int) -> Iterator[Block]:
        own = node.get(f"{TEXT}style-name") or style
        counts = self._counts.setdefault(own, {})
        if (
            depth == 0
            and node.get(f"{TEXT}continue-numbering") != "true"
            and not node.get(f"{TEXT}continue-list")
        ):
            counts.clear()
        for item in node:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            number = self._advance(own, depth, item) if item.tag.endswith("list-item") else ""
            for child in item:
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield from self._read_paragraph(child, number)
                    number = ""
                elif child.tag == f"{TEXT}list":
                    yield from self._read_list(child, own, depth + 1)

    def _advance(self, style: str, depth: int, item: Element) -> str:
        if not any(child.tag in (f"{TEXT}p", f"{TEXT}h") for child in item):
            return ""
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.bullet:
            return level.bullet
        counts = self._counts.setdefault(style, {})
        start = item.get(f"{TEXT}start-value")
        counts[depth] = int(start) if start else counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        parts = []
        for at in range(depth - level.shown + 1, depth + 1):
            shown = levels.get(at)
            if shown is not None and shown.format != "none":
                parts.append(write_number(counts.get(at, shown.start), shown.format))
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}".strip()

    def _read_paragraph(self, node: Element, number: str) -> Iterator[Paragraph]:
        words = _Words()
        style = node.get(f"{TEXT}style-name", "")
        self._read_inline(node, words, style)
        text = nfc("".join(words.pieces))
        lines = [line for line in text.split("\n") if has_words(line)]
        changes = (*self.untold, *words.told_changes())
        self.untold = [] if lines else list(changes)
        for order, line in enumerate(lines):
            yield Paragraph(
                words=single_spaced(line),
                number=number if order == 0 else "",
                is_bold=self._has(style, "text", f"{FO}font-weight", "bold"),
                is_centered=self._has(style, "paragraph", f"{FO}text-align", "center"),
                starts_page=order == 0
                and self._has(style, "paragraph", f"{FO}break-before", "page"),
                changes=changes if order == 0 else (),
            )
        for note in words.notes:
            self._note_order += 1
            body = " ".join(
                block.words for block in self.read_blocks(note) if isinstance(block, Paragraph)
            )
            yield Paragraph(
                words=body, number=write_superscript(self._note_order), is_footnote=True
            )

    def _read_inline(self, node: Element, words: _Words, style: str) -> None:
        self._add(node.text, words, style)
        for child in node:
            name = child.tag.removeprefix(TEXT)
            if name in _CLOCKS and child.get(f"{TEXT}fixed") != "true":
                words.own_days.append("".join(child.itertext()))
            if name in _INLINE:
                self._read_inline(child, words, child.get(f"{TEXT}style-name") or style)
            elif name in _BLANKS:
                words.pieces.append(_BLANKS[name] * int(child.get(f"{TEXT}c", "1")))
            elif name == "note":
                words.notes.extend(child.findall(f"{TEXT}note-body"))
            elif name.startswith("change"):
                self._read_change(name, child.get(f"{TEXT}change-id", ""), words)
            self._add(child.tail, words, style)

    def _read_change(self, name: str, key: str, words: _Words) -> None:
        """Keep what was deleted at this place, or where an insertion begins and ends."""
        here = len(words.pieces)
        if name == "change":
            words.deleted.append(self._deletions.get(key, ""))
        elif name == "change-start":
            words.inserted.append((here, None))
        elif words.inserted:
            words.inserted[-1] = words.inserted[-1][0], here

    def _add(self, text: str | None, words: _Words, style: str) -> None:
        if text and self._is_struck(style):
            words.struck.append(text)
        elif text:
            # A line end in the file is a blank; only text:line-break breaks a line.
            words.pieces.append(convert_by_font(text.replace("\n", " "), self._font(style)))

    def _is_struck(self, style: str) -> bool:
        lines = (
            one.get(f"{STYLE}text-line-through-style") for one in self._properties(style, "text")
        )
        return next(filter(None, lines), "none") != "none"

    def _font(self, style: str) -> str:
        for properties in self._properties(style, "text"):
            font = properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family")
            if font:
                return font.strip("'\"")
        return ""

    def _has(self, style: str, kind: str, name: str, value: str) -> bool:
        found = next(
            (text for one in self._properties(style, kind) if (text := one.get(name))), None
        )
        return found == value

    def _properties(self, style: str, kind: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._paragraphs and style not in seen:
            seen.add(style)
            yield from self._paragraphs[style].findall(f"{STYLE}{kind}-properties")
            style = self._paragraphs[style].get(f"{STYLE}parent-style-name", "")

    def _read_table(self, node: Element) -> Table:
        rows: list[Row] = []
        open_cells: dict[int, tuple[int, str]] = {}
        for row in _rows(node):
            rows.append(self._read_row(row, open_cells))
        width = max((len(row.cells) for row in rows), default=0)
        return Table(
            rows=tuple(
                replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows
            )
        )

    def _read_row(self, node: Element, open_cells: dict[int, tuple[int, str]]) -> Row:
        cells: list[str] = []
        merged: set[int] = set()
        widest = 1
        changes: list[str] = []
        for cell in node:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            text, changed = self._read_cell(cell)
            changes += changed
            repeats = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), MAX_REPEATS)
            for _ in range(repeats):
                column = len(cells)
                left, above = open_cells.get(column, (0, ""))
                if left and cell.tag.endswith("covered-table-cell"):
                    merged.add(column)
                    cells.append(above)
                    open_cells[column] = left - 1, above
                    continue
                cells.append(text)
                rows_spanned = int(cell.get(f"{TABLE}number-rows-spanned", "1"))
                open_cells[column] = rows_spanned - 1, text
            widest = max(widest, int(cell.get(f"{TABLE}number-columns-spanned", "1")))
        return Row(
            cells=tuple(cells),
            merged=frozenset(merged),
            is_spread=widest > 1 and widest >= len(cells) - 1,
            changes=tuple(changes),
        )

    def _read_cell(self, cell: Element) -> tuple[str, list[str]]:
        """Read the lines of a cell, and the tracked changes in it."""
        lines: list[str] = []
        changes: list[str] = []
        for block in self.read_blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.whole)
                changes += block.changes
            else:
                lines += [" ".join(filter(None, row.cells)) for row in block.rows]
        return "\n".join(line for line in lines if line), changes


def read_odt(raw: bytes) -> Blocks:
    """Read a LibreOffice document. Raises `UnreadableSource` when it is none."""
    archive = Archive(raw)
    content = archive.parse("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableSource(
            "tệp LibreOffice không phải văn bản", "lưu thành .docx hoặc .xlsx rồi thử lại"
        )
    reader = _Reader(content, archive.parse_if_any("styles.xml"))
    items = list(unfold_layout_tables(list(reader.read_blocks(body))))
    numbered = number_lines(items)
    questions = list(ask_about_changes(numbered, "LibreOffice"))
    questions += [ask_about_change(change, "LibreOffice") for change in reader.untold]
    return Blocks(items=numbered, questions=questions)


def _read_levels(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for node in style:
        at = int(node.get(f"{TEXT}level", "1")) - 1
        is_bullet = node.tag == f"{TEXT}list-level-style-bullet"
        sign = node.get(f"{TEXT}bullet-char", "•")
        levels[at] = _Level(
            format=_FORMATS.get(node.get(f"{STYLE}num-format", ""), "decimal"),
            prefix=node.get(f"{STYLE}num-prefix", ""),
            suffix=node.get(f"{STYLE}num-suffix", ""),
            start=int(node.get(f"{TEXT}start-value", "1")),
            shown=int(node.get(f"{TEXT}display-levels", "1")),
            bullet=read_symbol(sign) if is_bullet else "",
        )
    return levels


def _rows(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (
            f"{TABLE}table-header-rows",
            f"{TABLE}table-rows",
            f"{TABLE}table-row-group",
        ):
            yield from _rows(child)


def _plain(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())
