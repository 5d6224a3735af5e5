"""Every locality, for the finder of the home page and for the search.

Comes in: the `SiteModel`. Goes out: JSON that `theme/assets/places.js` reads: the provinces with
their communes, former names, and, in a file of its own, the districts of old.
"""

from __future__ import annotations

from pydantic_core import to_json

from congkhai.exports.browser_data import FormerPlace, NamedAddress, ProvinceCommunes, to_table
from congkhai.model.site_model import SiteModel
from congkhai.model.views import PLACE_TYPES, Place
from congkhai.pages import labels
from congkhai.text.vietnamese import slug


def finder_file(site_model: SiteModel) -> bytes:
    """Write every locality for the finder: provinces with their communes, then former names."""
    former = [former_place(site_model, place) for place in site_model.dissolved]
    for place in site_model.places.values():
        former += names_before(site_model, place)
    provinces = [province_communes(site_model, province) for province in site_model.provinces]
    content = {
        "types": PLACE_TYPES,
        "provinces": to_table(ProvinceCommunes, provinces),
        "former": to_table(FormerPlace, former),
    }
    return to_json(content)


def districts_file(site_model: SiteModel) -> bytes:
    """Write the districts of old for the finder, which asks for them after everything else."""
    rows = [
        former_place(site_model, district)
        for districts in site_model.districts.values()
        for district in districts
    ]
    return to_json({"types": PLACE_TYPES, "former": to_table(FormerPlace, rows)})


def former_place(site_model: SiteModel, place: Place) -> FormerPlace:
    """Tell what became of a dissolved place."""
    return FormerPlace(place.name, place.address, labels.what_became_of(place, site_model.places))


def names_before(site_model: SiteModel, place: Place) -> list[FormerPlace]:
    """List the names that a place in force had before."""
    return [
        FormerPlace(before.name, place.address, labels.called_now(before, place, site_model.places))
        for before in place.former
        if before.name != place.name
    ]


def province_communes(site_model: SiteModel, province: Place) -> ProvinceCommunes:
    """Name the communes of a province, those with a plan apart."""
    with_plan: list[str | NamedAddress] = []
    others: list[str | NamedAddress] = []
    are_rows = not site_model.has_pages_of_communes(province)
    for commune in site_model.communes.get(province.code, ()):
        part = slug(commune.name)
        is_row = are_rows and not site_model.has_plan(commune)
        regular = f"{province.address}#{part}" if is_row else f"{province.address}{part}/"
        named: NamedAddress = {"name": commune.name, "address": commune.address}
        (with_plan if site_model.has_plan(commune) else others).append(
            commune.name if commune.address == regular else named
        )
    return ProvinceCommunes(province.name, province.slug, with_plan, others, are_rows)
