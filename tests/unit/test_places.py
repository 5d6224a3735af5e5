"""Each locality has an address of its own, whatever the order of the register."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from congkhai.data.registers import Localities
from congkhai.model.places import build_places, locality_folders
from congkhai.model.views import short_name

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
