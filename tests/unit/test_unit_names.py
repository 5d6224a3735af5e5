"""Words name a unit by its name, another spelling or an abbreviation, and no unit by a part."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from congkhai.checks.unit_names import UnitIndex, names
from congkhai.data.registers import Unit

UNITS: Mapping[str, Unit] = {
    "so-du-lich": Unit(name="Sở Du lịch", level=("province",), nature="state"),
    "so-van-hoa-the-thao-va-du-lich": Unit(
        name="Sở Văn hóa, Thể thao và Du lịch",
        level=("province",),
        nature="state",
        abbreviations=("VHTTDL",),
    ),
    "so-y-te": Unit(name="Sở Y tế", level=("province",), nature="state"),
    "co-quan-don-vi": Unit(
        name="Các cơ quan, đơn vị",
        level=("province",),
        nature="group",
        spellings=("Các đơn vị",),
    ),
    "don-vi-duoc-giao": Unit(
        name="Các đơn vị được giao nhiệm vụ", level=("province",), nature="group"
    ),
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Giao Sở Văn hoá, Thể thao và Du lịch chủ trì", ["so-van-hoa-the-thao-va-du-lich"]),
        ("Sở VHTTDL phối hợp với Sở Y tế", ["so-van-hoa-the-thao-va-du-lich", "so-y-te"]),
        ("các đơn vị được giao nhiệm vụ báo cáo", ["don-vi-duoc-giao"]),
        ("Các đơn vị báo cáo", ["co-quan-don-vi"]),
        ("vhttdl của tỉnh; cơ sở y tế", []),
    ],
)
def test_the_longest_name_is_found(words: str, expected: list[str]):
    assert list(UnitIndex(UNITS).find(words)) == expected


def test_a_list_prints_its_first_word_once():
    assert names(UNITS["so-y-te"], "Các Sở: Du lịch; Y tế")
    assert not names(UNITS["so-y-te"], "Ngành y tế")


def test_only_the_subject_of_a_sentence_is_found_at_its_start():
    index = UnitIndex(UNITS)
    assert list(index.find("Sở Y tế báo cáo Sở Du lịch", last=1)) == ["so-y-te"]
