"""Text and Markdown files as blocks, whatever encoding an office saved them in.

Comes in: the bytes of a .txt or .md file. Goes out: a paragraph for each line, tables of
Markdown or of tabs, and questions where letters were converted from an older encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from congkhai.data.encoding import guess_old_font
from congkhai.sources.blocks import (
    Block,
    Blocks,
    Paragraph,
    Row,
    Table,
    UnreadableSource,
    has_words,
)
from congkhai.sources.document import Question
from congkhai.sources.layout_tables import unfold_layout_tables
from congkhai.sources.numbering import replace_symbols
from congkhai.sources.page_furniture import leave_out_furniture
from congkhai.sources.tables import is_header, is_heading_of_column
from congkhai.text.old_fonts import convert_tcvn3, convert_vni
from congkhai.text.vietnamese import nfc

MAX_TEXT_BYTES: Final = 5 * 1024 * 1024

_COMMON = frozenset(
    [
        "của",
        "và",
        "các",
        "kế",
        "hoạch",
        "thực",
        "hiện",
        "nhân",
        "dân",
        "triển",
        "tỉnh",
        "nội",
        "đơn",
        "vị",
        "sở",
        "xã",
        "công",
    ]
)
_BEYOND_LATIN1 = re.compile("[\u0100-\u01b0\u1ea0-\u1ef9]")
_TABLE_LINE = re.compile(r"^\s*\|.*\|\s*$")
_RULE_CELLS = re.compile(r"^[\s|:-]+$")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_STAR_BULLET = re.compile(r"^\s*\*\s+(?=[^\s*])")
_LABEL = re.compile(r"^\W{0,4}\*{1,3}([^*]{2,80}:)\s*\*{1,3}|^\W{0,4}\*{1,3}([^*]{2,80})\*{1,3}:")
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span|p|center|font|div)\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|])")
_FEWEST_COLUMNS: Final = 3
# Blanks left for a number or a day to be written in are no gap between columns.
_GAP = re.compile(r"(?<=\S)(?<!Số:)(?<!số:)(?<!/)(?<!ngày)(?<!tháng)(?<!năm)(?<!Số) {3,}(?=[^\s/])")
_INDENT = re.compile(r"^\s{12,}(?=\S)")


def read_plain_text(raw: bytes) -> Blocks:
    """Read a text or Markdown file. Raises `UnreadableSource` when it is none."""
    if len(raw) > MAX_TEXT_BYTES:
        raise UnreadableSource(
            f"tệp văn bản dài {len(raw) // 1024} KB", "mỗi tệp chỉ một văn bản; kiểm tra lại"
        )
    text, questions = decode_text(raw)
    items = list(unfold_layout_tables(list(_read_blocks(text))))
    kept, left_out, asked = leave_out_furniture(items)
    questions += [*asked, *_ask_about_pasted_tables(kept)]
    return Blocks(items=kept, left_out=left_out, questions=questions)


def _ask_about_pasted_tables(items: Sequence[Block]) -> Iterator[Question]:
    """Ask about lines that are the headings of a table, one below the other.

    A table that was pasted as text stands a cell a line: which cells are of one row, or are
    empty, nobody can tell.
    """
    run: list[Paragraph] = []
    for item in (*items, None):
        if isinstance(item, Paragraph) and is_heading_of_column(item.words):
            run.append(item)
            continue
        if len(run) >= _FEWEST_COLUMNS and is_header(
            Row(cells=tuple(one.words for one in run), line=0)
        ):
            names = "», «".join(one.words for one in run)
            yield Question(
                line=run[0].line,
                message=f"các dòng «{names}» giống đầu cột của một bảng bị dán mỗi ô một dòng;"
                " máy không ghép lại được hàng nào với ô nào",
                hint="đưa thẳng tệp Word hoặc Excel có bảng này; hoặc dán lại, mỗi hàng một dòng,"
                " giữa hai ô một dấu «|»",
            )
        run = []


def decode_text(raw: bytes) -> tuple[str, list[Question]]:
    """Decode UTF-8, UTF-16, Windows-1258, TCVN3 or VNI to composed text (NFC)."""
    text, encoding = _decode(raw)
    text = replace_symbols(nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
    questions = []
    if encoding:
        questions.append(_ask_about_encoding(text, f"tệp lưu bằng mã {encoding}"))
    if font := guess_old_font(text):
        text = _convert(text, font)
        questions.append(_ask_about_encoding(text, f"chữ gõ bằng phông {font}"))
    return text, questions


def _ask_about_encoding(text: str, what: str) -> Question:
    at, sample = next(
        ((at, line.strip()) for at, line in enumerate(text.split("\n"), 1) if line.strip()), (1, "")
    )
    return Question(
        line=at,
        message=f"{what}, đã đổi sang Unicode: «{sample[:60]}»",
        hint="đối chiếu chữ và dấu với bản giấy",
    )


def _decode(raw: bytes) -> tuple[str, str]:
    """Decode the text and name its encoding; no name for Unicode."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), ""
    head = raw[:2000]
    if len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4:
        is_little = head[1::2].count(0) > head[::2].count(0)
        return raw.decode("utf-16-le" if is_little else "utf-16-be", "replace"), ""
    if b"\0" in head:
        raise UnreadableSource(
            "tệp không phải là văn bản", "mở bằng phần mềm đã tạo ra nó, lưu thành .docx"
        )
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    readings = {
        "Windows-1258": nfc(raw.decode("cp1258", "replace")),
        "TCVN3 (ABC)": convert_tcvn3(raw.decode("latin-1")),
        "VNI": convert_vni(raw.decode("cp1252", "replace")),
    }
    scores = {
        name: sum(word in _COMMON for word in re.findall(r"\w+", text.lower()))
        for name, text in readings.items()
    }
    best = max(scores, key=lambda name: scores[name])
    if not scores[best]:
        raise UnreadableSource(
            "không nhận ra mã chữ của tệp", "mở bằng Word, lưu thành .docx rồi thử lại"
        )
    return readings[best], best


def _convert(text: str, font: str) -> str:
    """Convert the lines that are not Unicode already."""
    convert = convert_vni if font == "VNI" else convert_tcvn3
    return "\n".join(
        line if _BEYOND_LATIN1.search(line) else nfc(convert(line)) for line in text.split("\n")
    )


def _read_blocks(text: str) -> Iterator[Block]:
    rows: list[Row] = []
    tabbed: list[Row] = []
    after_blank = False
    starts_page = False
    for number, raw in enumerate(text.split("\n"), 1):
        starts_page = starts_page or "\f" in raw
        line = raw.replace("\f", "").rstrip()
        if _TABLE_LINE.match(line):
            if not _RULE_CELLS.match(line):
                rows.append(Row(cells=_read_cells(line), line=number))
            continue
        if rows:
            yield _even(rows)
            rows = []
        if line.count("\t") >= 2 and (tabbed or is_header(_tab_row(line, number))):
            tabbed.append(_tab_row(line, number))
            continue
        if tabbed:
            yield _even(tabbed)
            tabbed = []
        words = _read_line(line)
        if not has_words(words):
            after_blank = True
            continue
        plain = line.strip()
        yield Paragraph(
            words=words,
            line=number,
            is_bold=(plain.startswith(("**", "#", "*")) and plain.endswith(("*", "#")))
            or plain.startswith("#"),
            label=_read_label(plain, words),
            starts_page=starts_page,
            after_blank=after_blank,
            is_hard_line=True,
        )
        after_blank = starts_page = False
    if rows or tabbed:
        yield _even(rows or tabbed)


def _read_label(line: str, words: str) -> str:
    """Read the emphasised beginning of a line, up to a colon."""
    match = _LABEL.match(_HEADING.sub("", line))
    if match is None:
        return ""
    label = " ".join((match[1] or f"{match[2]}:").replace("*", "").split())
    return label if words.startswith(label) else ""


def _even(rows: list[Row]) -> Table:
    width = max(len(row.cells) for row in rows)
    return Table(
        rows=tuple(
            Row(cells=row.cells + ("",) * (width - len(row.cells)), line=row.line) for row in rows
        )
    )


def _tab_row(line: str, number: int) -> Row:
    return Row(cells=tuple(cell.strip() for cell in line.split("\t")), line=number)


def _read_cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    cells = re.split(r"(?<!\\)\|", inner)
    return tuple(
        "\n".join(_read_line(piece) for piece in _BREAK.split(cell) if piece.strip())
        for cell in cells
    )


def _read_line(line: str) -> str:
    """One line without Markdown marks; `* ` at its start stays, it is a bullet."""
    line = _HEADING.sub("", _TAGS.sub("", _BREAK.sub(" ", line)))
    bullet = _STAR_BULLET.match(line)
    body = line[bullet.end() :] if bullet else line
    body = _GAP.sub("\t", _INDENT.sub("\t", body))
    plain = _ESCAPE.sub(r"\1", body.replace("*", ""))
    words = "\t".join(" ".join(part.split()) for part in plain.split("\t"))
    return f"* {words.strip()}" if bullet else words if words.startswith("\t") else words.strip()
