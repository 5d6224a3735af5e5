"""Days, periods and figures are read as people type them; the browser reads the same."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from conftest import AS_OF, ROOT
from congkhai.text.typed import read_address, read_day, read_number, read_period

with (ROOT / "tests" / "data" / "typed.tsv").open(encoding="utf-8") as file:
    ROWS = [tuple(row.values()) for row in csv.DictReader(file, delimiter="\t", quoting=3)]


@pytest.mark.parametrize(("kind", "typed", "read"), ROWS)
def test_what_people_type_is_read(kind: str, typed: str, read: str) -> None:
    """A figure that may be thousands or a fraction is asked about, with both ways to write it."""
    today = date.fromisoformat(AS_OF)
    if kind == "day":
        assert read_day(typed, today) == read
    elif kind == "period":
        assert read_period(typed, today) == read
    elif kind == "address":
        assert read_address(typed) == read
    elif read.startswith("?"):
        with pytest.raises(ValueError, match=read[1:]):
            read_number(typed)
    else:
        assert read_number(typed) == read
