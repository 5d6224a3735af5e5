"""An item's id is a part of an address: it takes none that a plan's page needs."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from congkhai.data.fields import ItemId

IDS: TypeAdapter[str] = TypeAdapter(ItemId)


@pytest.mark.parametrize("taken", ["toan-van", "bao-cao", "tra-loi", "tep", "cam-ket.csv"])
def test_an_id_does_not_take_the_address_of_another_page(taken: str):
    with pytest.raises(ValidationError, match="trùng tên một phần"):
        IDS.validate_python(taken)


def test_an_id_of_a_provision_is_free():
    assert IDS.validate_python("iii.2-4") == "iii.2-4"
