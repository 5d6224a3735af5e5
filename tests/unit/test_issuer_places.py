"""Whose plan a document is by its own head: what another place promised is never taken over."""

from __future__ import annotations

import pytest

from conftest import ROOT
from congkhai.checks.issuer_places import find_other_places
from congkhai.data.load import Dataset, load_dataset
from congkhai.drafting.plan_draft import REVIEW, draft_document
from congkhai.model.places import build_places
from congkhai.sources.reader import read_text

DATASET = load_dataset(ROOT / "plans")[0]
PLACES = build_places(DATASET.localities, ())
BUM_TO, BUM_NUA, LAI_CHAU = "03433", "03466", "12"
HAI_DUONG_WARD, HAI_PHONG = "10525", "31"


@pytest.mark.parametrize(
    ("code", "issuer", "letterhead"),
    [
        (BUM_TO, "Ủy ban nhân dân xã Bum Tở", ["ỦY BAN NHÂN DÂN", "XÃ BUM TỞ", "Bum Tở, ngày"]),
        (BUM_TO, "UBND xã", ["TỈNH LAI CHÂU", "UBND XÃ BUM TỞ", "Lai Châu, ngày 1 tháng 6"]),
        (BUM_TO, "Đảng ủy xã Bum Tở", ["TỈNH ỦY LAI CHÂU", "ĐẢNG ỦY XÃ BUM TỞ"]),
        (BUM_TO, "Phòng Văn hóa - Xã hội", ["PHÒNG VĂN HÓA - XÃ HỘI", "UBND XÃ BUM TỞ"]),
        (LAI_CHAU, "Uỷ ban nhân dân tỉnh Lai Châu", ["Tân Phong, ngày 2 tháng 3 năm 2026"]),
        (LAI_CHAU, "Sở Nội vụ", ["ỦY BAN NHÂN DÂN TỈNH", "LAI CHÂU", "SỞ NỘI VỤ"]),
        (LAI_CHAU, "Tỉnh ủy Lai Châu", ["ĐẢNG CỘNG SẢN VIỆT NAM"]),
        (HAI_PHONG, "UBND TP. Hải Phòng", ["UBND TP HẢI PHÒNG", "Hồng Bàng, ngày 2"]),
        # The ward lies in what was another province until 2025, whose name it has.
        (HAI_DUONG_WARD, "Ủy ban nhân dân phường Hải Dương", ["Hải Dương, ngày tháng năm 2026"]),
        (BUM_TO, "UBND xã", ["UBND XÃ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
    ],
)
def test_its_own_place_and_what_it_belongs_to_are_no_other(
    code: str, issuer: str, letterhead: list[str]
) -> None:
    assert find_other_places(issuer, letterhead, code, PLACES) == ()


def test_every_place_of_the_register_may_issue_its_own_plan() -> None:
    refused = [
        found
        for code, place in PLACES.items()
        for found in find_other_places(
            f"Ủy ban nhân dân {place.name}", [f"UBND {place.name.upper()}"], code, PLACES
        )
    ]

    assert refused == []


@pytest.mark.parametrize(
    ("code", "issuer", "letterhead", "printed", "codes"),
    [
        (BUM_NUA, "Ủy ban nhân dân xã Bum Tở", [], "Ủy ban nhân dân xã Bum Tở", (BUM_TO,)),
        (BUM_NUA, "UBND Bum Tở", [], "UBND Bum Tở", (BUM_TO,)),
        (BUM_NUA, "UBND xã", ["UBND XÃ", "BUM TỞ"], "XÃ BUM TỞ", (BUM_TO,)),
        (BUM_NUA, "UBND xã", ["Bum Tở, ngày 12 tháng 6 năm 2026"], "Bum Tở", (BUM_TO,)),
        (BUM_NUA, "Đảng ủy xã Bum Tở", [], "xã Bum Tở", (BUM_TO,)),
        (HAI_PHONG, "Sở Nội vụ", ["UBND TỈNH LAI CHÂU", "SỞ NỘI VỤ"], "TỈNH LAI CHÂU", ("12",)),
        (HAI_PHONG, "Tỉnh ủy Lai Châu", [], "Tỉnh ủy Lai Châu", ("12",)),
        (BUM_TO, "UBND tỉnh", [], "UBND tỉnh", ()),
        (BUM_TO, "UBND tỉnh Lai Châu", [], "UBND tỉnh Lai Châu", ("12",)),
        (BUM_TO, "Ủy ban nhân dân xã Không Có", [], "Ủy ban nhân dân xã Không Có", ()),
        # Tones tell communes apart: Cẩm Giang is not Cẩm Giàng.
        ("10888", "UBND xã Cẩm Giàng", [], "UBND xã Cẩm Giàng", ("10903", "02008")),
    ],
)
def test_another_place_is_found(
    code: str, issuer: str, letterhead: list[str], printed: str, codes: tuple[str, ...]
) -> None:
    (other,) = find_other_places(issuer, letterhead, code, PLACES)
    assert (other.printed, other.codes) == (printed, codes)


WORDS = (
    "ỦY BAN NHÂN DÂN\nXÃ BUM TỞ\nSố: 12/KH-UBND\nBum Tở, ngày 12 tháng 6 năm 2026\nKẾ HOẠCH\n"
    "Chuyển đổi số năm 2026\nI. NHIỆM VỤ\n1. Phòng Kinh tế mở hai lớp.\n"
)


def test_a_draft_never_writes_the_folder_s_place_beside_another_s_name() -> None:
    """The line to decide is left empty, which the check refuses, and both codes are named."""
    dataset = Dataset(DATASET.root, localities=DATASET.localities, units=DATASET.units)
    for locality, question in ((BUM_NUA, f'"{BUM_TO}" là xã Bum Tở'), (BUM_TO, ""), ("", BUM_TO)):
        text = draft_document(read_text(WORDS), dataset, locality=locality, programme="x").yaml
        asked = [line for line in text.splitlines() if REVIEW in line and BUM_TO in line]
        assert bool(asked) == bool(question)
        assert question in "".join(asked)
        assert f'locality: "{"" if question else locality}"' in text
