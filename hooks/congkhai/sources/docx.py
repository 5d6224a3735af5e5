"""A Word file (.docx) as blocks, with the numbers that Word computes.

Comes in: the bytes of the file. Goes out: paragraphs and tables in order. Headers, footers
and hidden text are left out; tracked changes are taken as accepted and asked about, so are
words that are struck through and days that Word fills in by itself; footnotes follow the
paragraph that refers to them. Source: ECMA-376 part 1, 17.
"""

from __future__ import annotations

import re
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
from congkhai.sources.document import Question
from congkhai.sources.layout_tables import unfold_layout_tables
from congkhai.sources.numbering import Numbering, W, read_symbol, replace_symbols, write_superscript
from congkhai.text.old_fonts import convert_by_font

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTAINERS = frozenset(
    {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
)
_INLINE = frozenset(
    {
        f"{W}{name}"
        for name in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml")
    }
)
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_OWN_DAY: Final = re.compile(r"\s*(?:DATE|TIME|SAVEDATE|PRINTDATE)\b", re.I)
"""Fields whose result is not what was signed: ECMA-376 part 1, 17.16.5.16 and the like."""
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})


@dataclass(slots=True)
class _Run:
    """What one paragraph is read into before it is cut into lines."""

    pieces: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    apart: list[tuple[str, bool]] = field(default_factory=list)
    starts_page: bool = False
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    codes: list[tuple[str, int]] = field(default_factory=list)
    """Code of each field still open, and where its result begins in `pieces`."""
    own_days: list[str] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)

    def change(self, old: str = "", new: str = "") -> None:
        """Record a deletion or insertion; one beside another is one change."""
        here = len(self.pieces)
        if self.changes and self._changed_at == here - (1 if new else 0):
            before, after = self.changes[-1]
            self.changes[-1] = before + old, after + new
        else:
            self.changes.append((old, new))
        self._changed_at = here

    def label(self) -> str:
        """Read the beginning in bold or italics that ends in a colon and more words follow."""
        beginning = ""
        for at, (text, is_apart) in enumerate(self.apart):
            if not is_apart and text.strip():
                has_rest = any(rest.strip() for rest, _ in self.apart[at:])
                label = single_spaced(beginning)
                return label if has_rest and label.endswith(":") and len(label) <= 80 else ""
            beginning += text
        return ""

    def told_changes(self) -> Iterator[str]:
        """Tell the changes in words; those of blanks alone are none."""
        for old, new in self.changes:
            if old.strip() or new.strip():
                yield describe_change(old, new)
        struck = "".join(self.struck)
        if struck.strip():
            yield describe_struck(struck)
        for day in self.own_days:
            yield f"{OWN_DAY} «{' '.join(day.split())}»"

    def close_field(self, code: str, start: int) -> None:
        """Keep the result of a field that Word computes anew from the clock."""
        result = "".join(self.pieces[start:])
        if _OWN_DAY.match(code) and result.strip():
            self.own_days.append(result)

    _changed_at: int = -2


class _Reader:
    def __init__(self, archive: Archive) -> None:
        styles = archive.parse_if_any("word/styles.xml")
        self._numbering = Numbering(archive.parse_if_any("word/numbering.xml"), styles)
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for style in (styles.findall(f"{W}style") if styles is not None else ())
        }
        self._default_style = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1"
            ),
            None,
        )
        self._notes = _read_notes(archive)
        self._pending: _Run | None = None
        self._breaks_page = False
        self.hidden: list[str] = []
        self.untold: list[str] = []
        """Changes in paragraphs that have no words left, told with the next one."""
        self.fonts: dict[str, str] = {}

    def read_blocks(self, parent: Element) -> Iterator[Block]:
        """Paragraphs and tables below a node, in order."""
        for node in parent:
            if node.tag == f"{W}p":
                yield from self._read_paragraph(node)
            elif node.tag == f"{W}tbl":
                yield self._read_table(node)
            elif node.tag in _CONTAINERS:
                yield from self.read_blocks(node)

    def _read_paragraph(self, node: Element) -> Iterator[Paragraph]:
        properties = node.find(f"{W}pPr")
        run = self._pending or _Run(starts_page=self._breaks_page)
        self._pending = None
        self._breaks_page = False
        self._read_inline(node, run)
        if _is_mark_deleted(properties):
            # Accepting the change joins this paragraph with the next.
            self._pending = run
            return
        style = _attribute(properties, "pStyle") or self._default_style
        text = "".join(run.pieces)
        number = ""
        reference = self._numbering.find_list(style, properties)
        if reference is not None and text.strip():
            number = self._numbering.advance(*reference)
        is_bold = bool(run.bold) and all(run.bold)
        if not run.bold or not any(run.bold):
            is_bold = self._is_bold_style(style)
        self.hidden += run.hidden
        if not text.strip():
            self._breaks_page = self._breaks_page or run.starts_page
        lines = [line for line in text.split("\n") if has_words(line)]
        changes = (*self.untold, *run.told_changes())
        self.untold = [] if lines else list(changes)
        for order, line in enumerate(lines):
            yield Paragraph(
                words=single_spaced(line),
                number=number if order == 0 else "",
                is_bold=is_bold,
                is_centered=self._alignment(properties, style) == "center",
                starts_page=order == 0 and (run.starts_page or _breaks_before(properties)),
                changes=changes if order == 0 else (),
                label=run.label() if order == 0 else "",
            )
        for note in run.notes:
            yield from self._read_note(note)
        for box in run.boxes:
            yield from (block for block in self.read_blocks(box) if isinstance(block, Paragraph))

    def _read_note(self, key: str) -> Iterator[Paragraph]:
        order, node = self._notes.get(key, (0, None))
        if node is None:
            return
        words = " ".join(
            block.words for block in self.read_blocks(node) if isinstance(block, Paragraph)
        )
        if words.strip():
            mark = write_superscript(order)
            yield Paragraph(words=single_spaced(words), number=mark, is_footnote=True)

    def _read_inline(self, node: Element, run: _Run) -> None:
        for child in node:
            if child.tag == f"{W}r":
                self._read_run(child, run)
            elif child.tag in _DELETED:
                if deleted := "".join(_text(part) for part in child.iter() if _is_text(part)):
                    run.change(old=deleted)
            elif child.tag in _INSERTED:
                before = len(run.pieces)
                self._read_inline(child, run)
                inserted = "".join(run.pieces[before:])
                run.pieces[before:] = [inserted]
                run.change(new=inserted)
            elif child.tag in _INLINE:
                start = len(run.pieces)
                self._read_inline(child, run)
                run.close_field(child.get(f"{W}instr", ""), start)
            elif child.tag == f"{_MC}AlternateContent":
                self._read_choice(child, run)

    def _read_choice(self, node: Element, run: _Run) -> None:
        """Keep one of the forms in which the same content is stored."""
        choice = node.find(f"{_MC}Choice")
        if choice is None:
            choice = node.find(f"{_MC}Fallback")
        if choice is not None:
            run.boxes.extend(choice.iter(f"{W}txbxContent"))

    def _read_run(self, node: Element, run: _Run) -> None:
        properties = node.find(f"{W}rPr")
        text = "".join(self._read_piece(child, run) for child in node)
        if properties is not None and _is_on(properties, "vanish"):
            if text.strip():
                run.hidden.append(text)
            return
        if self._is_struck(properties):
            run.struck.append(text)
            return
        if font := _font(properties):
            converted = convert_by_font(text, font)
            if converted != text:
                self.fonts.setdefault(font, text)
                text = converted
        if text:
            run.pieces.append(text)
            run.apart.append((text, _is_apart(properties)))
        if text.strip():
            run.bold.append(properties is not None and _is_on(properties, "b"))

    def _read_piece(self, node: Element, run: _Run) -> str:
        """Read the text of one part of a run; keep notes, boxes and page ends aside."""
        if node.tag == f"{W}br" and node.get(f"{W}type") == "page":
            if "".join(run.pieces).strip():
                self._breaks_page = True
            else:
                run.starts_page = True
        elif _is_text(node):
            return _text(node)
        elif node.tag == f"{W}fldChar":
            _read_field(node.get(f"{W}fldCharType", ""), run)
        elif node.tag == f"{W}instrText" and run.codes:
            code, start = run.codes[-1]
            run.codes[-1] = code + (node.text or ""), start
        elif node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = node.tag.removeprefix(W).removesuffix("Reference")
            run.notes.append(f"{kind}/{node.get(f'{W}id', '')}")
        elif node.tag == f"{_MC}AlternateContent":
            self._read_choice(node, run)
        elif node.tag in (f"{W}pict", f"{W}drawing"):
            run.boxes.extend(node.iter(f"{W}txbxContent"))
        return ""

    def _is_struck(self, properties: Element | None) -> bool:
        """Whether a run is struck through, by itself or by its style."""
        if properties is None:
            return False
        for switch in ("strike", "dstrike"):
            if properties.find(f"{W}{switch}") is not None:
                return _is_on(properties, switch)
        style = _attribute(properties, "rStyle")
        chain = [self._styles[key].find(f"{W}rPr") for key in self._style_chain(style)]
        return any(
            one is not None and (_is_on(one, "strike") or _is_on(one, "dstrike")) for one in chain
        )

    def _is_bold_style(self, style: str | None) -> bool:
        for key in self._style_chain(style):
            properties = self._styles[key].find(f"{W}rPr")
            if properties is not None and properties.find(f"{W}b") is not None:
                return _is_on(properties, "b")
        return False

    def _alignment(self, properties: Element | None, style: str | None) -> str:
        if own := _attribute(properties, "jc"):
            return own
        for key in self._style_chain(style):
            if found := _attribute(self._styles[key].find(f"{W}pPr"), "jc"):
                return found
        return ""

    def _style_chain(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = _attribute(self._styles[style], "basedOn")

    def _read_table(self, node: Element) -> Table:
        rows: list[Row] = []
        above: dict[int, str] = {}
        for row in _rows(node):
            read, above = self._read_row(row, above)
            rows.append(read)
        width = max((len(row.cells) for row in rows), default=0)
        return Table(
            rows=tuple(
                replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows
            )
        )

    def _read_row(self, node: Element, above: dict[int, str]) -> tuple[Row, dict[int, str]]:
        cells: list[str] = [""] * _span(node.find(f"{W}trPr"), "gridBefore", 0)
        merged: set[int] = set()
        widest = 1
        kept: dict[int, str] = {}
        changes: list[str] = []
        for cell in _cells(node):
            properties = cell.find(f"{W}tcPr")
            span = _span(properties, "gridSpan", 1)
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            column = len(cells)
            text, changed = self._read_cell(cell)
            changes += changed
            if merge is not None and merge.get(f"{W}val") != "restart" and not text:
                text = above.get(column, "")
                merged.add(column)
            if merge is not None:
                kept[column] = text
            widest = max(widest, span)
            cells += [text, *[""] * (span - 1)]
        is_spread = widest > 1 and widest >= len(cells) - 1
        row = Row(
            cells=tuple(cells),
            merged=frozenset(merged),
            is_spread=is_spread,
            changes=tuple(changes),
        )
        return row, kept

    def _read_cell(self, cell: Element) -> tuple[str, list[str]]:
        """Read the lines of a cell, and the tracked changes in it."""
        lines: list[str] = []
        changes: list[str] = []
        for block in self.read_blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.whole)
                changes += block.changes
            else:
                lines += ["\t".join(filter(None, row.cells)) for row in block.rows]
                changes += [change for row in block.rows for change in row.changes]
        return "\n".join(line for line in lines if line), changes


def read_docx(raw: bytes) -> Blocks:
    """Read a Word file. Raises `UnreadableSource` when it is none."""
    archive = Archive(raw)
    body = archive.parse("word/document.xml").find(f"{W}body")
    if body is None:
        raise UnreadableSource("tệp Word không có nội dung", "kiểm tra lại tệp")
    reader = _Reader(archive)
    items = list(unfold_layout_tables(list(reader.read_blocks(body))))
    numbered = number_lines(items)
    questions = [*ask_about_changes(numbered, "Word"), *_write_questions(reader)]
    return Blocks(items=numbered, questions=questions)


def _write_questions(reader: _Reader) -> Iterator[Question]:
    for change in reader.untold:
        yield ask_about_change(change, "Word")
    for text in reader.hidden:
        yield Question(
            line=0,
            message=f"tệp Word có chữ ẩn, không in ra: «{single_spaced(text)[:80]}»",
            hint="bản nháp bỏ chữ này; nếu là chữ của văn bản thì bỏ thuộc tính ẩn trong Word",
        )
    for font, sample in reader.fonts.items():
        yield Question(
            line=0,
            message=f"chữ phông cũ {font} («{single_spaced(sample)[:40]}») đã đổi sang Unicode",
            hint="đối chiếu chữ và dấu với bản giấy",
        )


def _read_field(mark: str, run: _Run) -> None:
    """Follow a field through its code and its result."""
    if mark == "begin":
        run.codes.append(("", len(run.pieces)))
    elif mark == "separate" and run.codes:
        run.codes[-1] = run.codes[-1][0], len(run.pieces)
    elif mark == "end" and run.codes:
        run.close_field(*run.codes.pop())


def _read_notes(archive: Archive) -> dict[str, tuple[int, Element]]:
    """Footnotes and endnotes by kind and id, each with the number that is printed."""
    notes: dict[str, tuple[int, Element]] = {}
    for kind in ("footnote", "endnote"):
        root = archive.parse_if_any(f"word/{kind}s.xml")
        real = [
            node
            for node in (root.findall(f"{W}{kind}") if root is not None else ())
            if node.get(f"{W}type", "normal") == "normal"
        ]
        for order, node in enumerate(real, 1):
            notes[f"{kind}/{node.get(f'{W}id', '')}"] = order, node
    return notes


def _rows(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                yield child
        elif child.tag in _CONTAINERS:
            yield from _rows(child)


def _cells(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _is_text(node: Element) -> bool:
    return node.tag in _TEXTS


_TEXTS = frozenset(
    {f"{W}{name}" for name in ("t", "delText", "tab", "br", "cr", "noBreakHyphen", "sym")}
)


def _text(node: Element) -> str:
    name = node.tag.removeprefix(W)
    if name in ("t", "delText"):
        return replace_symbols(node.text or "")
    if name == "sym":
        return read_symbol(chr(int(node.get(f"{W}char", "2022"), 16)))
    if name == "br":
        return "" if node.get(f"{W}type") in ("page", "column") else "\n"
    return {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}[name]


def _is_mark_deleted(properties: Element | None) -> bool:
    run = properties.find(f"{W}rPr") if properties is not None else None
    return run is not None and run.find(f"{W}del") is not None


def _breaks_before(properties: Element | None) -> bool:
    return properties is not None and _is_on(properties, "pageBreakBefore")


def _is_on(properties: Element, name: str) -> bool:
    switch = properties.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "none")


def _is_apart(properties: Element | None) -> bool:
    return properties is not None and (_is_on(properties, "b") or _is_on(properties, "i"))


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return fonts.get(f"{W}ascii", "") if fonts is not None else ""


def _attribute(properties: Element | None, name: str) -> str | None:
    child = properties.find(f"{W}{name}") if properties is not None else None
    return child.get(f"{W}val") if child is not None else None


def _span(properties: Element | None, name: str, default: int) -> int:
    value = _attribute(properties, name)
    return int(value) if value and value.isdigit() else default
