"""Codes by the names that people type: «Sở Nội vụ», «xã Nam Sách, Hải Phòng».

Comes in: what somebody typed where a code is wanted, and the register. Goes out: the codes that
it can mean; one when it is clear, several for namesakes, none for a name that nothing has.
Tones, capitals and Vietnamese letters do not matter; an abbreviation is compared as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from congkhai.data import registers
from congkhai.model.views import Place
from congkhai.text.vietnamese import fold, nfc


def find_localities(typed: str, places: Mapping[str, Place]) -> tuple[str, ...]:
    """Find the localities of a name; after a comma, the province tells namesakes apart.

    One that was dissolved is meant only when none in force has the name; where the tones of one
    namesake are those typed, it is meant.
    """
    if typed in places:
        return (typed,)
    given, _, above = (part.strip() for part in typed.partition(","))
    name, province = fold(given), fold(above)
    matching = [
        place
        for place in places.values()
        if name in (fold(place.name), fold(place.short))
        and (not province or _is_in(place, province, places))
    ]
    in_force = [place for place in matching if place.until is None] or matching
    for written in (_as_typed, fold):
        same = [place for place in in_force if written(place.name) == written(given)]
        if same:
            in_force = same
            break
    return tuple(place.code for place in in_force)


def _as_typed(name: str) -> str:
    return nfc(name).casefold()


def _is_in(place: Place, province: str, places: Mapping[str, Place]) -> bool:
    above = places.get(place.province or "")
    return above is not None and province in (fold(above.name), fold(above.short))


def locality_of_folder(folder: str, places: Mapping[str, Place]) -> str | None:
    """Find the locality whose plans lie in a folder: `hai-phong/xa-nam-sach`.

    None for a folder of nobody's, or of two that have the same address.
    """
    province, _, part = folder.partition("/")
    codes = [
        place.code
        for place in places.values()
        if place.until is None and _folder_of(place, places) == (province, part)
    ]
    return codes[0] if len(codes) == 1 else None


def _folder_of(place: Place, places: Mapping[str, Place]) -> tuple[str, str]:
    above = places.get(place.province or "")
    return (above.slug, place.slug) if above is not None else (place.slug, "")


def find_units(typed: str, units: Mapping[str, registers.Unit]) -> tuple[str, ...]:
    """Find the unit of a name, a spelling or an abbreviation.

    >>> unit = registers.Unit(name="Sở Nội vụ", level=("province",), nature="state",
    ...     abbreviations=("SNV",))
    >>> find_units("sở nội vụ", {"so-noi-vu": unit}), find_units("SNV", {"so-noi-vu": unit})
    (('so-noi-vu',), ('so-noi-vu',))
    """
    names = {unit_id: (unit.name, *unit.spellings) for unit_id, unit in units.items()}
    by_name = find_names(typed, names)
    return by_name or tuple(
        unit_id for unit_id, unit in units.items() if nfc(typed.strip()) in unit.abbreviations
    )


def find_names(typed: str, names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Find the codes one of whose names is what was typed; a code itself comes first."""
    if typed in names:
        return (typed,)
    words = fold(" ".join(typed.split()))
    return tuple(code for code, own in names.items() if words in map(fold, own))
