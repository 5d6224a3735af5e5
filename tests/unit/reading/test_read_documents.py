"""Whole documents of the kinds that offices issue, read as a careful clerk annotated them.

The documents of tests/reading/documents are made up, in the words that such documents use; the
columns of the gold files are those of `congkhai read`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from congkhai.reading.document import read_entries
from congkhai.sources.reader import read_document
from tests.reading.score import read_rows, score_document

FOLDER = Path(__file__).parents[2] / "reading" / "documents"
GOLDS = sorted(FOLDER.glob("*.gold.tsv"))


def test_there_are_documents() -> None:
    assert GOLDS


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.name)
def test_a_document_is_read_as_annotated(gold: Path) -> None:
    name = gold.name.removesuffix(".gold.tsv")
    (source,) = (one for one in FOLDER.glob(f"{name}.*") if one.suffix != ".tsv")
    rows = read_rows(gold.read_text(encoding="utf-8").splitlines())
    result = score_document(rows, list(read_entries(read_document(source))))
    assert result.differences == []
    assert result.silent == []
