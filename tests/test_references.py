"""A page cites an item the way one would by hand."""

from __future__ import annotations

import pytest

from hooks.commitments import refer_to
from hooks.model import Item


def chain(*steps: tuple[str, str | None]) -> tuple[Item, ...]:
    return tuple(Item(id=id, number=number, text="Chữ.") for id, number in steps)


@pytest.mark.parametrize(
    ("steps", "cited"),
    [
        ((("vi", "VI."), ("vi.4", "4.")), "mục VI.4"),
        ((("iii", "III."), ("iii.2", "2."), ("iii.2-4", "-")), "mục III.2, gạch đầu dòng 4"),
        ((("ii", "II."), ("ii.1", "1."), ("ii.1.1", "1.1."), ("ii.1.1-2", "-")), "mục II.1.1, gạch đầu dòng 2"),
        ((("ii", "II."), ("ii.6", "6."), ("ii.6.1", "6.1."), ("ii.6.1.2", "6.1.2."), ("ii.6.1.2-5", "-")), "mục II.6.1.2, gạch đầu dòng 5"),
        ((("v", "V."), ("v-7", "-"), ("v-7-2", "+")), "mục V, gạch đầu dòng 7, dấu cộng 2"),
        ((("i", "I."), ("i.1", "1."), ("i.1.dd", "đ)")), "mục I.1, điểm đ"),
        ((("v", "V."), ("v.doan-1", None)), "mục V, đoạn 1"),
    ],
)
def test_an_item_is_cited_by_its_printed_numbers(steps, cited):
    *above, item = chain(*steps)
    assert refer_to(item, above) == cited
