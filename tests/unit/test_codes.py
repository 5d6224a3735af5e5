"""Codes by the names that people type, in the national register."""

from __future__ import annotations

import pytest

from conftest import ROOT
from congkhai.data.load import load_dataset
from congkhai.model.codes import find_localities, find_units, locality_of_folder
from congkhai.model.places import build_places

DATASET = load_dataset(ROOT / "plans")[0]
PLACES = build_places(DATASET.localities, ())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("10606", ["xã Nam Sách"]),
        ("xã Nam Sách, Hải Phòng", ["xã Nam Sách"]),
        ("nam sach, hai phong", ["xã Nam Sách"]),
        ("Hải Phòng", ["thành phố Hải Phòng"]),
        ("xã Tân Thành, Lạng Sơn", ["xã Tân Thành"]),
        ("xã Không Có", []),
        ("xã Nam Sách, Lạng Sơn", []),
    ],
)
def test_a_locality_is_found_by_name_and_province(typed: str, names: list[str]):
    assert [PLACES[code].name for code in find_localities(typed, PLACES)] == names


def test_namesakes_are_all_returned_but_not_those_of_other_tones():
    names = {PLACES[code].name for code in find_localities("xã Tân Thành", PLACES)}
    assert names == {"xã Tân Thành"}
    assert len(find_localities("xã Tân Thành", PLACES)) > 1


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("Sở Nội vụ", "so-noi-vu"), ("so noi vu", "so-noi-vu"), ("SNV", "so-noi-vu")],
)
def test_a_unit_is_found_by_name_spelling_or_abbreviation(typed: str, unit: str):
    assert find_units(typed, DATASET.units) == (unit,)


def test_a_folder_of_plans_names_its_locality():
    assert locality_of_folder("hai-phong/xa-nam-sach", PLACES) == "10606"
    assert locality_of_folder("hai-phong", PLACES) == "31"
    assert locality_of_folder("hai-phong/khong-co", PLACES) is None
