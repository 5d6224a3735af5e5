"""No word lost, none added: the words of a file against those of its document tree.

Comes in: the blocks of a file and the tree made from them. Goes out: the words that only one
side has. A word that is printed once and stands in several rows (a merged cell) counts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from congkhai.sources.blocks import Block, Paragraph, printed_cells
from congkhai.sources.document import Provision, SourceDocument, walk

_TOKEN = re.compile(r"\w+|[^\w\s]")


def compare_words(blocks: Iterable[Block], document: SourceDocument) -> tuple[list[str], list[str]]:
    """List the words lost and the words added; both lists are empty when none was."""
    source = Counter(word for block in blocks for word in _block_words(block))
    tree = Counter(document_words(document))
    return sorted((source - tree).elements()), sorted((tree - source).elements())


def document_words(document: SourceDocument) -> Iterator[str]:
    """Every word of a document and its attachments, what was left out included."""
    for part in (
        document.letterhead,
        document.type_lines,
        document.title_lines,
        document.preamble,
        document.closing,
        document.recipients,
        document.signature,
        document.left_out,
    ):
        for line in part:
            yield from _split(line.words)
    for provision, _ in walk(document.body):
        yield from provision_words(provision)
    for attachment in document.attachments:
        yield from document_words(attachment)


def provision_words(provision: Provision) -> Iterator[str]:
    """List the words that a provision itself prints: cells printed above it are not."""
    if "" not in provision.merged:
        yield from _split(provision.number)
    if not provision.cells:
        yield from _split(provision.words)
    for key, cell in provision.cells.items():
        if key not in provision.merged:
            yield from _split(cell)


def _block_words(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _split(block.whole)
        return
    for row in block.rows:
        for cell in printed_cells(row):
            yield from _split(cell)


def _split(text: str) -> list[str]:
    """Words and signs apart, so that `1.Tên` and `1.` with `Tên` are the same."""
    return _TOKEN.findall(text)
