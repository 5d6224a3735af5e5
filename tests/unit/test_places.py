"""Each locality has an address of its own, whatever the order of the register."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from conftest import ROOT
from congkhai.data.load import load_dataset
from congkhai.data.registers import Localities
from congkhai.model.places import build_gazetteer, build_places, locality_folders
from congkhai.model.views import short_name
from congkhai.pages.labels import what_became_of
from congkhai.text.dates import PartialDate

_SOURCE = {"title": "Nghị quyết"}
_UNTIL = {"until": "2025-07-01", "source": _SOURCE}
DISSOLVED = {
    "xa-tan-lap-cu": {
        "name": "xã Tân Lập",
        "level": "commune",
        "province": "30",
        "successors": ["10606"],
        **_UNTIL,
    },
    "12345": {
        "name": "xã Tân Lập",
        "level": "commune",
        "province": "12",
        "successors": ["03388"],
        **_UNTIL,
    },
    "xa-mot-minh": {
        "name": "xã Một Mình",
        "level": "commune",
        "province": "30",
        "successors": ["10606"],
        **_UNTIL,
    },
    "30": {"name": "tỉnh Hải Dương", "level": "province", "successors": ["31"], **_UNTIL},
}


def localities(*dissolved: str) -> Localities:
    """Make a small register, with the dissolved localities in this order."""
    return TypeAdapter(Localities).validate_python(
        {
            "source": _SOURCE,
            "in_force": "2025-07-01",
            "provinces": {
                "12": {"name": "tỉnh Lai Châu", "communes": {"03388": "xã Bum Tở"}},
                "31": {"name": "thành phố Hải Phòng", "communes": {"10606": "xã Nam Sách"}},
            },
            "dissolved": {code: DISSOLVED[code] for code in dissolved},
        }
    )


@pytest.mark.parametrize(
    "name",
    [
        "thị trấn Nam Sách",
        "thị xã Nam Sách",
        "huyện Nam Sách",
        "xã Nam Sách",
        "đặc khu Nam Sách",
        "thành phố Nam Sách",
        "Nam Sách",
    ],
)
def test_a_name_without_its_type_is_the_name(name: str):
    assert short_name(name) == "Nam Sách"


def test_dissolved_communes_of_one_name_have_pages_of_their_own():
    places = build_places(localities(*DISSOLVED), ())
    assert places["xa-tan-lap-cu"].address == "dia-phuong/hai-duong/xa-tan-lap/"
    assert places["12345"].address == "dia-phuong/lai-chau/xa-tan-lap/"
    assert places["xa-mot-minh"].address == "dia-phuong/hai-duong/xa-mot-minh/"
    assert len({place.address for place in places.values()}) == len(places)


def test_addresses_do_not_depend_on_the_order_of_the_register():
    orders = (list(DISSOLVED), list(reversed(DISSOLVED)))
    one, other = (
        {
            code: place.address
            for code, place in build_places(localities(*order), {"xa-tan-lap-cu"}).items()
        }
        for order in orders
    )
    assert one == other
    assert one["xa-tan-lap-cu"] == "dia-phuong/hai-duong/xa-tan-lap/"


# ------------------------------------------------ names, types and provinces over time


def renamed(changes: dict[str, dict[str, object]], **communes: str) -> Localities:
    """Make a register of Lai Châu (12) and Hải Phòng (31) as it is after these changes."""
    return TypeAdapter(Localities).validate_python(
        {
            "source": _SOURCE,
            "in_force": "2026-09-20",
            "provinces": {
                "12": {"name": "tỉnh Lai Châu", "communes": {"03388": "xã Bum Tở"}},
                "31": {
                    "name": "thành phố Hải Phòng",
                    "communes": {code[1:]: name for code, name in communes.items()},
                },
            },
            "changes": {
                key: {"day": "2026-09-20", "source": _SOURCE, **change}
                for key, change in changes.items()
            },
        }
    )


def test_a_change_of_type_keeps_the_former_name_and_folder():
    register = renamed({"1-nq": {"names": {"10606": "xã Nam Sách"}}}, _10606="phường Nam Sách")
    place = build_places(register, {"10606"})["10606"]
    assert place.address == "dia-phuong/hai-phong/phuong-nam-sach/"
    assert [former.name for former in place.former] == ["xã Nam Sách"]
    assert locality_folders({**build_places(register, ())}, "10606") == (
        "hai-phong/phuong-nam-sach",
        "hai-phong/xa-nam-sach",
    )


def test_a_place_has_the_name_of_the_day_that_the_site_is_of():
    register = renamed({"1-nq": {"names": {"10606": "xã Nam Sách"}}}, _10606="phường Nam Sách")
    names = [
        build_places(register, (), day)["10606"].name
        for day in (date(2026, 9, 19), date(2026, 9, 20))
    ]
    assert names == ["xã Nam Sách", "phường Nam Sách"]


def test_several_changes_of_name_type_and_province_are_all_known():
    register = renamed(
        {
            "2-nq": {"names": {"10606": "xã Nam Sách Mới"}},
            "1-nq": {"day": "2026-01-01", "provinces": {"10606": "12"}},
            "3-nq": {"day": "2026-10-01", "names": {"31": "thành phố Hải Tân"}},
        },
        _10606="phường Nam Sách",
    )
    places = build_places(register, ())
    assert places["10606"].former_folders == (
        "lai-chau/xa-nam-sach-moi",
        "hai-tan/xa-nam-sach-moi",
        "hai-tan/phuong-nam-sach",
    )
    assert places["31"].former_folders == ("hai-tan",)
    assert places["12"].former_folders == places["03388"].former_folders == ()


def test_a_new_name_like_that_of_another_moves_only_the_newcomer():
    register = renamed(
        {"1-nq": {"names": {"10606": "xã Nam Sách"}}},
        _10606="phường Nam Sách",
        _10607="phường Năm Sách",
    )
    places = build_places(register, ())
    assert (places["10606"].slug, places["10607"].slug) == (
        "phuong-nam-sach-10606",
        "phuong-nam-sach",
    )
    assert places["10607"].former_folders == ()


def test_what_was_called_otherwise_before_the_list_had_no_address():
    """Thừa Thiên Huế became Huế before the list of 2025: nothing was published by that name."""
    register = renamed(
        {"175-nq": {"day": "2025-01-01", "names": {"12": "tỉnh Lai Châu Cũ"}}}, _10606="xã Nam Sách"
    )
    listed = replace(register, source=replace(register.source, date=PartialDate(2025, 6, 30)))
    place = build_places(listed, ())["12"]
    assert [former.name for former in place.former] == ["tỉnh Lai Châu Cũ"]
    assert place.former_folders == ()


def test_the_national_register_leads_on_from_every_former_province_and_district():
    """All 63 provinces and 696 districts of before lead to places that are in force."""
    dataset, problems = load_dataset(ROOT / "plans")
    assert problems == []
    gazetteer = build_gazetteer(dataset.localities, ())
    provinces = [place for place in gazetteer.dissolved if place.level == "province"]
    assert len(provinces) + len(gazetteer.provinces) == 63
    districts = [place for group in gazetteer.districts.values() for place in group]
    assert len(districts) == 696
    for place in (*provinces, *districts):
        assert place.successors, place.name
        for code in place.successors:
            assert gazetteer.places[code].until is None, (place.name, code)
    by_name = {place.name: place for place in districts}
    told = {
        name: what_became_of(by_name[name], gazetteer.places)
        for name in ("quận 1", "thị xã Điện Bàn", "huyện Nam Sách", "huyện Côn Đảo")
    }
    assert told == {
        "quận 1": "nay thuộc 4 phường của thành phố Hồ Chí Minh",
        "thị xã Điện Bàn": "nay thuộc 6 xã, phường của thành phố Đà Nẵng",
        "huyện Nam Sách": "nay thuộc 7 xã của thành phố Hải Phòng",
        "huyện Côn Đảo": "nay thuộc đặc khu Côn Đảo",
    }
    assert [former.name for former in gazetteer.places["46"].former] == ["tỉnh Thừa Thiên Huế"]
    assert gazetteer.places["291"].address == "dia-phuong/hai-duong/#huyen-nam-sach"


def test_the_changes_of_2026_are_25_and_each_has_its_sources():
    dataset, _ = load_dataset(ROOT / "plans")
    changes = [
        change
        for change in dataset.localities.changes.values()
        if change.day.first_day() > date(2025, 7, 1)
    ]
    assert sum(len(change.names) for change in changes) == 25
    assert all(len(change.source) >= 2 for change in changes)
    now = build_places(dataset.localities, ())
    then = build_places(dataset.localities, (), date(2025, 7, 1))
    kinds = [Counter(place.name.split(" ")[0] for place in one.values()) for one in (then, now)]
    assert [(kind["xã"], kind["phường"], kind["đặc"], kind["tỉnh"]) for kind in kinds] == [
        (2621, 687, 13, 28 + 29),
        (2599, 709, 13, 25 + 29),
    ]
