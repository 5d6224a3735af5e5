"""What an item has from those above it."""

from __future__ import annotations

import pytest

from congkhai.data.schema import Deadline, Item, Kind
from congkhai.model.assignments import deadlines_of, kind_of, walk

BODY = (
    Item(
        id="i",
        kind="task",
        due=(Deadline(printed="năm 2030", by="2030"),),
        items=(
            Item(id="i.1", items=(Item(id="i.1-1"), Item(id="i.1-2", kind="none"))),
            Item(
                id="i.2",
                kind="duty",
                due=(Deadline(printed="năm 2027", by="2027"),),
                items=(Item(id="i.2-1"),),
            ),
        ),
    ),
    Item(id="ii"),
)
PLACES = {item.id: (item, above) for item, above in walk(BODY)}


@pytest.mark.parametrize(
    ("id", "kind", "printed"),
    [
        ("i.1-1", "task", "năm 2030"),
        ("i.1-2", "none", "năm 2030"),
        ("i.2-1", "duty", "năm 2027"),
        ("ii", "none", None),
    ],
)
def test_what_is_nearest_holds(id: str, kind: Kind, printed: str | None):
    assert kind_of(*PLACES[id]) == kind
    assert [due.printed for due in deadlines_of(*PLACES[id])] == ([printed] if printed else [])
