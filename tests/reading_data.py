"""The tables of tests/data/reading: one construction a row, tab-separated, `#` for a remark."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "reading"


def rows(name: str) -> list[tuple[str, ...]]:
    """Return the rows of a table without its header; every row has as many cells."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *table = [line.split("\t") for line in lines if not line.startswith("#")]
    assert table, f"{name}.tsv has no rows"
    return [tuple(row + [""] * (len(header) - len(row))) for row in table]
