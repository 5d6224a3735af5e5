"""Each locality has an address of its own, whatever the order of the register."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from congkhai.data.registers import Localities
from congkhai.model.places import build_places
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


def test_dissolved_communes_of_one_name_have_rows_of_their_own():
    places = build_places(localities(*DISSOLVED), ())
    assert places["xa-tan-lap-cu"].address == "dia-phuong/#xa-tan-lap-xa-tan-lap-cu"
    assert places["12345"].address == "dia-phuong/#xa-tan-lap-12345"
    assert places["xa-mot-minh"].address == "dia-phuong/#xa-mot-minh"
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
