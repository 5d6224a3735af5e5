"""A page cites an item the way one would by hand."""

from __future__ import annotations

import pytest

from congkhai.data.schema import Item
from congkhai.model.references import references


def item(id: str, number: str | None, *below: Item) -> Item:
    return Item(id=id, number=number, text="Chữ.", items=below)


BODY = (
    item("muc-tieu", None, item("muc-tieu-dash", "-")),
    item("a", "a)"),
    item(
        "i",
        "I.",
        item("i.1", "1.", item("i.1.dd", "đ)")),
    ),
    item(
        "ii",
        "II.",
        item("ii.1", "1.", item("ii.1.1", "1.1.", item("ii.1.1-1", "-"), item("ii.1.1-2", "-"))),
        item(
            "ii.6",
            "6.",
            item("ii.6.1", "6.1.", item("ii.6.1.2", "6.1.2.", item("ii.6.1.2-5", "-"))),
        ),
    ),
    item(
        "iii",
        "III.",
        item("iii.2", "2.", item("iii.2.doan-1", None), item("iii.2-1", "-"), item("iii.2-4", "-")),
    ),
    item(
        "v",
        "V.",
        item("v.doan-1", None),
        item("v-7", "-", item("v-7-1", "+"), item("v-7-2", "+")),
        item("v.doan-2", None),
    ),
    item("vi", "VI.", item("vi.4", "4.")),
    item("tong-ket", None),
)


@pytest.mark.parametrize(
    ("id", "cited"),
    [
        ("vi.4", "mục VI.4"),
        ("iii.2-4", "mục III.2, gạch đầu dòng 2"),
        ("ii.1.1-2", "mục II.1.1, gạch đầu dòng 2"),
        ("ii.6.1.2-5", "mục II.6.1.2, gạch đầu dòng 1"),
        ("v-7-2", "mục V, gạch đầu dòng 1, dấu cộng 2"),
        ("i.1.dd", "mục I.1, điểm đ"),
        ("v.doan-2", "mục V, đoạn 2"),
        ("muc-tieu", "phần nội dung, đoạn 1"),
        ("muc-tieu-dash", "phần nội dung, đoạn 1, gạch đầu dòng 1"),
        ("tong-ket", "phần nội dung, đoạn 2"),
        ("a", "phần nội dung, điểm a"),
    ],
)
def test_an_item_is_cited_by_its_printed_numbers_and_its_place(id: str, cited: str):
    """Whatever its id says: an editor may have named it «muc-tieu»."""
    assert references(BODY)[id] == cited


def test_rows_of_an_appendix_are_cited_by_it() -> None:
    """The table is no step of the way; what has no number is a row."""
    rows = (
        Item(id="pl.b.i", number="I", title="Hạ tầng", items=(
            Item(id="pl.b.i.1", number="1", text="Một", cells=("Sở Y tế",)),
            Item(id="pl.b.i.d", text="Hai", cells=("Sở Y tế",)),
        )),
    )  # fmt: skip
    table = Item(id="pl.b", columns=("TT", "Nhiệm vụ", "Chủ trì"), items=rows)
    appendix = Item(id="pl", title="PHỤ LỤC II DANH MỤC", items=(table,))
    assert references((), (appendix,)) == {
        "pl": "phụ lục II",
        "pl.b": "phụ lục II, bảng",
        "pl.b.i": "phụ lục II, mục I",
        "pl.b.i.1": "phụ lục II, mục I.1",
        "pl.b.i.d": "phụ lục II, mục I, dòng 1",
    }
