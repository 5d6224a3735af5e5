"""Tables that only place words on the page: the letterhead, the signature.

Comes in: blocks as a reader found them. Goes out: the same blocks with such tables as
paragraphs, column by column; tables of data stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from congkhai.sources.blocks import Block, Paragraph, Table
from congkhai.sources.tables import END, find_header

_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*-"
    r"|ngày\b.{0,12}\btháng\b|^Số\s*[:/\d]",
    re.MULTILINE,
)
MAX_LAYOUT_COLUMNS = 3


def unfold_layout_tables(items: list[Block]) -> Iterator[Block]:
    """Yield the blocks, with each table of letterhead or signature column by column."""
    for item in items:
        if isinstance(item, Table) and is_layout(item):
            yield from _unfold(item)
        elif isinstance(item, Paragraph) or item.rows:
            yield item


def is_layout(table: Table) -> bool:
    """Whether a table only places words: it is a letterhead or signature, or a single box."""
    columns = max((len(row.cells) for row in table.rows), default=0)
    if columns <= 1:
        return True
    if find_header(table.rows, limit=2) is not None:
        return False
    words = "\n".join(cell for row in table.rows for cell in row.cells)
    rows = len(table.rows)
    is_narrow = columns <= MAX_LAYOUT_COLUMNS and rows <= 2 * MAX_LAYOUT_COLUMNS
    return is_narrow and bool(_LETTERHEAD.search(words) or END.search(words))


def _unfold(table: Table) -> Iterator[Paragraph]:
    columns = max(len(row.cells) for row in table.rows)
    changes = [change for row in table.rows for change in row.changes]
    for column in range(columns):
        for row in table.rows:
            cell = row.cells[column] if column < len(row.cells) else ""
            if column in row.merged:
                continue
            for line in cell.split("\n"):
                if words := " ".join(line.split()):
                    yield Paragraph(words=words, changes=tuple(changes))
                    changes = []
