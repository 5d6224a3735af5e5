"""Localities as places on the site: names, addresses, successors of the dissolved ones.

The register of localities and the codes of those with a plan come in; a `Gazetteer` goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from congkhai.data import registers, schema
from congkhai.model import routes
from congkhai.model.views import Issuer, Place, short_name
from congkhai.text.vietnamese import dictionary_key, slug


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every locality of the register, by code and in order."""

    places: Mapping[str, Place]
    provinces: tuple[Place, ...]
    communes: Mapping[str, tuple[Place, ...]]
    """By province code, in dictionary order."""
    dissolved: tuple[Place, ...]
    namesakes: Mapping[str, tuple[Place, ...]]
    """By code: others of the same name in the same province or dissolved, which readers mix up."""


_SHORT_TYPES = ("tỉnh", "thành", "huyện", "quận", "thị")
"""How a unit's name begins that says the type of its place: Tỉnh ủy, Thành đoàn."""


def build_gazetteer(localities: registers.Localities, with_plan: Collection[str]) -> Gazetteer:
    """Build all places and their order; `with_plan` as in `build_places`."""
    places = build_places(localities, with_plan)
    return Gazetteer(
        places,
        sort_places(
            [
                place
                for place in places.values()
                if place.level == "province" and place.until is None
            ]
        ),
        communes_by_province(places),
        sort_places([place for place in places.values() if place.until is not None]),
        _namesakes(places),
    )


def _namesakes(places: Mapping[str, Place]) -> dict[str, tuple[Place, ...]]:
    by_name: dict[str, list[Place]] = {}
    for place in places.values():
        by_name.setdefault(place.short, []).append(place)
    return {
        place.code: tuple(
            other
            for other in group
            if other.code != place.code
            and (
                other.until is not None
                or other.level == "province"
                or other.province == place.province
            )
        )
        for group in by_name.values()
        if len(group) > 1
        for place in group
    }


def province_slug(name: str) -> str:
    """Return a province's part of an address.

    >>> province_slug("thành phố Hải Phòng")
    'hai-phong'
    """
    return slug(short_name(name))


def build_places(localities: registers.Localities, with_plan: Collection[str]) -> dict[str, Place]:
    """Build the place of every locality, by code, and of the nation.

    `with_plan`: codes of localities that have a page of their own; any other commune's
    address is its row on the province's page.
    """
    here = f"{routes.PLACES}{schema.NATION}/"
    address = here if schema.NATION in with_plan else f"{routes.PLACES}#{schema.NATION}"
    nation = Place(schema.NATION, "Trung ương", "central", schema.NATION, address, None)
    places: dict[str, Place] = {schema.NATION: nation}
    for code, province in localities.provinces.items():
        home = f"{routes.PLACES}{province_slug(province.name)}/"
        places[code] = Place(
            code,
            province.name,
            "province",
            province_slug(province.name),
            home,
            None,
            note=province.note,
        )
        shared = Counter(slug(name) for name in province.communes.values())
        for commune_code, name in province.communes.items():
            part = slug(name)
            if shared[part] > 1:  # Cẩm Giang and Cẩm Giàng fold alike: both carry their code
                part += f"-{commune_code}"
            address = f"{home}{part}/" if commune_code in with_plan else f"{home}#{part}"
            places[commune_code] = Place(commune_code, name, "commune", part, address, code)
    # Their provinces first, which their addresses begin with, wherever these stand in the file.
    gone = sorted(localities.dissolved.items(), key=lambda pair: pair[1].level != "province")
    shared = Counter(slug(old.name) for _, old in gone if old.level != "province")
    for code, old in gone:
        part = province_slug(old.name) if old.level == "province" else slug(old.name)
        home = (
            places[old.province].address
            if old.province and old.province in places
            else routes.PLACES
        )
        if old.level == "province":
            address = f"{routes.PLACES}{part}/"
        elif code in with_plan:
            address = f"{home.split('#')[0]}{part}/"
        else:  # rows of all provinces stand on one page
            address = f"{routes.PLACES}#{part}" + (f"-{code}" if shared[part] > 1 else "")
        places[code] = Place(
            code,
            old.name,
            old.level,
            part,
            address,
            old.province,
            old.until,
            old.successors,
            old.note,
            old.source,
        )
    return places


def locality_folder(places: Mapping[str, Place], code: str) -> str | None:
    """Return the folder of a locality's plans: `hai-phong/xa-nam-sach`; None when unknown."""
    place = places.get(code)
    if place is None:
        return None
    if place.province is None:
        return place.slug
    above = places.get(place.province)
    return f"{above.slug}/{place.slug}" if above else None


def issuer_folder(places: Mapping[str, Place], code: str, unit: str) -> str | None:
    """Return the folder of what a unit of a locality issues; None when the locality is unknown.

    Of the People's Committee it is the locality's own, of any other unit one inside it:
    `hai-phong/xa-nam-sach/dang-uy`.
    """
    home = locality_folder(places, code)
    return home if home is None or unit == schema.PEOPLES_COMMITTEE else f"{home}/{unit}"


def issuer_of(
    plan: schema.Plan, places: Mapping[str, Place], units: Mapping[str, registers.Unit]
) -> Issuer:
    """Return the body that issued a plan; its locality and its unit must be registered."""
    place = places[plan.locality]
    folder = issuer_folder(places, plan.locality, plan.issuer) or ""
    if plan.issuer == schema.PEOPLES_COMMITTEE:
        return Issuer(plan.issuer, place.name, folder)
    return Issuer(plan.issuer, body_name(units[plan.issuer].name, place), folder)


def body_name(unit: str, place: Place) -> str:
    """Name a body by its unit and its place, which «Tỉnh ủy» and its like already say the type of.

    >>> place = Place("12", "tỉnh Lai Châu", "province", "lai-chau", "dia-phuong/lai-chau/", None)
    >>> body_name("Sở Nội vụ", place), body_name("Tỉnh ủy", place)
    ('Sở Nội vụ tỉnh Lai Châu', 'Tỉnh ủy Lai Châu')
    """
    if place.level == "central":
        return unit
    has_type = unit.split(" ")[0].lower() in _SHORT_TYPES
    return f"{unit} {place.short if has_type else place.name}"


def sort_places(places: Collection[Place]) -> tuple[Place, ...]:
    """Sort places in Vietnamese dictionary order of the names without their types."""
    return tuple(sorted(places, key=lambda place: (dictionary_key(place.short), place.code)))


def communes_by_province(places: Mapping[str, Place]) -> dict[str, tuple[Place, ...]]:
    """Group the communes in force by province, in dictionary order."""
    groups: dict[str, list[Place]] = {}
    for place in places.values():
        if place.level == "commune" and place.until is None and place.province:
            groups.setdefault(place.province, []).append(place)
    return {code: sort_places(group) for code, group in groups.items()}
