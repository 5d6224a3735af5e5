"""Localities as places on the site: names, addresses, successors of the dissolved ones.

The register of localities and the codes of those with a plan come in; a `Gazetteer` goes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from congkhai.data import registers, schema
from congkhai.model import routes
from congkhai.model.today import Day
from congkhai.model.views import FormerName, Issuer, Place, short_name
from congkhai.text.dates import PartialDate
from congkhai.text.vietnamese import dictionary_key, slug


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every locality of the register, by code and in order."""

    places: Mapping[str, Place]
    provinces: tuple[Place, ...]
    communes: Mapping[str, tuple[Place, ...]]
    """By province code, in dictionary order."""
    dissolved: tuple[Place, ...]
    """Without the districts."""
    districts: Mapping[str, tuple[Place, ...]]
    """Of the level that has ended, by the code of the province that they were in."""
    namesakes: Mapping[str, tuple[Place, ...]]
    """By code: others of the same name in the same province or dissolved, which readers mix up."""


_SHORT_TYPES = ("tỉnh", "thành", "huyện", "quận", "thị")
"""How a unit's name begins that says the type of its place: Tỉnh ủy, Thành đoàn."""


def build_gazetteer(
    localities: registers.Localities,
    with_plan: Collection[str],
    as_of: Day | None = None,
    covered: Collection[str] | None = None,
) -> Gazetteer:
    """Build all places and their order; all arguments as in `build_places`."""
    places = build_places(localities, with_plan, as_of, covered)
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
        sort_places([places[code] for code in localities.dissolved]),
        _districts_by_province(places, localities),
        _namesakes(places),
    )


def _districts_by_province(
    places: Mapping[str, Place], localities: registers.Localities
) -> dict[str, tuple[Place, ...]]:
    provinces = localities.districts.provinces if localities.districts is not None else {}
    return {
        province: sort_places([places[code] for code in by_code])
        for province, by_code in provinces.items()
        if province in places
    }


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
                (other.until is not None and other.level != "district")
                or place.code in other.successors
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


@dataclass(frozen=True)
class _Standing:
    """What a locality is called and where it lies, on one day; and what it was before."""

    name: str
    province: str | None
    former: tuple[FormerName, ...] = ()

    def states(self) -> Iterator[tuple[str, str | None, date]]:
        """Yield name, province, and the day on which that ended, oldest first."""
        for former in self.former:
            yield former.name, former.province, former.until.first_day()
        yield self.name, self.province, date.max


def _standing_on(
    localities: registers.Localities, as_of: Day | None
) -> tuple[dict[str, _Standing], list[PartialDate]]:
    """Return every locality in force by code, provinces first, as of a day; and days of change.

    The register states what is true after all its changes; those later than `as_of` are undone.
    """
    standing: dict[str, _Standing] = {}
    for code, province in localities.provinces.items():
        standing[code] = _Standing(province.name, None)
    for code, province in localities.provinces.items():
        for commune_code, name in province.communes.items():
            standing[commune_code] = _Standing(name, code)
    days = []
    for change in sorted(localities.changes.values(), key=_effective_day, reverse=True):
        is_past = as_of is None or _effective_day(change) <= as_of
        # By names before the list that the register was made of, nothing was published.
        listed = localities.source.date
        if is_past and (listed is None or change.day.first_day() > listed.first_day()):
            days.append(change.day)
        for code in {**change.names, **change.provinces}:
            now = standing.get(code)
            if now is None:
                continue
            # Going back in time: what is known so far of the locality is later than this change.
            earliest = now.former[0] if is_past and now.former else None
            known = earliest or now
            before = FormerName(
                change.names.get(code, known.name),
                change.day,
                change.provinces.get(code, known.province),
                change.source,
            )
            standing[code] = (
                replace(now, former=(before, *now.former))
                if is_past
                else _Standing(before.name, before.province)
            )
    return standing, sorted(set(days), key=PartialDate.first_day)


def _effective_day(change: registers.LocalityChange) -> date:
    return change.day.first_day()


def build_places(
    localities: registers.Localities,
    with_plan: Collection[str],
    as_of: Day | None = None,
    covered: Collection[str] | None = None,
) -> dict[str, Place]:
    """Build the place of every locality, by code, and of the nation.

    `with_plan`: codes of localities with a plan. Every commune in force has a page of its own; a
    dissolved one without a plan is a row. `covered`: provinces, by their parts of addresses, that
    the site is about; a commune of another one without a plan is a row on its province's page.
    `as_of`: the day whose names and provinces are told; None for those after all changes of the
    register.
    """
    here = f"{routes.PLACES}{schema.NATION}/"
    address = here if schema.NATION in with_plan else f"{routes.PLACES}#{schema.NATION}"
    nation = Place(schema.NATION, "Trung ương", "central", schema.NATION, address, None)
    places: dict[str, Place] = {schema.NATION: nation}
    standing, days = _standing_on(localities, as_of)
    parts = _AddressParts(standing)
    for code, now in standing.items():
        part = parts.part(code, now.name, now.province)
        if now.province is None:
            address = f"{routes.PLACES}{part}/"
            note = localities.provinces[code].note
            places[code] = Place(code, now.name, "province", part, address, None, note=note)
            continue
        home = places[now.province]
        is_row = covered is not None and home.slug not in covered and code not in with_plan
        address = f"{home.address}#{part}" if is_row else f"{home.address}{part}/"
        places[code] = Place(code, now.name, "commune", part, address, now.province)
    if localities.changes:
        gone = {code: _Standing(old.name, None) for code, old in localities.dissolved.items()}
        every = gone | standing
        for code, now in standing.items():
            folders = _former_folders(code, every, days, parts)
            if now.former or folders:
                places[code] = replace(places[code], former=now.former, former_folders=folders)
    _add_dissolved(places, localities, with_plan)
    _add_districts(places, localities)
    for code, old in localities.dissolved.items() if days else ():
        above = standing.get(old.province or "")
        if above is not None and above.former:
            part = places[code].slug
            former = tuple(
                dict.fromkeys(
                    folder
                    for day in days
                    if (folder := f"{province_slug(_before(above, day)[0])}/{part}")
                    != _folder(places, code)
                )
            )
            places[code] = replace(places[code], former_folders=former)
    return places


def _add_districts(places: dict[str, Place], localities: registers.Localities) -> None:
    """Add the districts of the level that has ended, each as a row on its province's page."""
    districts = localities.districts
    if districts is None:
        return
    for province, by_code in districts.provinces.items():
        above = places.get(province)
        if above is None:
            continue
        for code, district in by_code.items():
            part = slug(district.name)
            places[code] = Place(
                code,
                district.name,
                "district",
                part,
                f"{above.address}#{part}",
                province,
                districts.until,
                _follow_successors(district.communes, localities.dissolved),
                None,
                districts.source[0],
            )


def _follow_successors(
    codes: Iterable[str], dissolved: Mapping[str, registers.DissolvedLocality]
) -> tuple[str, ...]:
    """Replace localities that were dissolved since by those that have their areas now, each once.

    A circle, which a rule refuses, ends where it began.
    """
    found: dict[str, None] = {}
    waiting, seen = list(codes)[::-1], set[str]()
    while waiting:
        code = waiting.pop()
        if code in dissolved and code not in seen:
            waiting += dissolved[code].successors[::-1]
        elif code not in dissolved:
            found[code] = None
        seen.add(code)
    return tuple(found)


class _AddressParts:
    """What stands for each locality in addresses, by its name and province at any time.

    Of two communes of a province whose names fold alike, such as Cẩm Giang and Cẩm Giàng, both
    carry their code; one that comes to be called like another later carries it alone. So a change
    of one locality's name never moves another's pages.
    """

    def __init__(self, standing: Mapping[str, _Standing]) -> None:
        self._first: dict[tuple[str | None, str], set[str]] = {}
        since: dict[tuple[str | None, str], date] = {}
        for code, now in standing.items():
            start = date.min
            for name, province, end in now.states():
                key = (province, slug(name))
                if start < since.get(key, date.max):
                    since[key] = start
                    self._first[key] = set()
                if start == since[key]:
                    self._first[key].add(code)
                start = end

    def part(self, code: str, name: str, province: str | None) -> str:
        """Return the part of a locality that was called `name` and lay in `province`."""
        if province is None:
            return province_slug(name)
        part = slug(name)
        return part if self._first.get((province, part)) == {code} else f"{part}-{code}"


def _former_folders(
    code: str,
    standing: Mapping[str, _Standing],
    days: Iterable[PartialDate],
    parts: _AddressParts,
) -> tuple[str, ...]:
    """List what the folder of a locality was before each day of change, oldest first."""
    now = standing[code]
    provinces = [province for _, province, _ in now.states() if province in standing]
    if not now.former and not any(standing[one].former for one in provinces if one is not None):
        return ()

    def folder(name: str, province: str | None, day: PartialDate | None) -> str:
        part = parts.part(code, name, province)
        if province is None or province not in standing:
            return part
        return f"{province_slug(_before(standing[province], day)[0])}/{part}"

    folders = [folder(*_before(now, day), day) for day in days]
    today = folder(now.name, now.province, None)
    return tuple(one for one in dict.fromkeys(folders) if one != today)


def _before(standing: _Standing, day: PartialDate | None) -> tuple[str, str | None]:
    """Return name and province of a locality just before a day; None for what they are now."""
    for former in standing.former:
        if day is not None and former.until.first_day() >= day.first_day():
            return former.name, former.province
    return standing.name, standing.province


def _add_dissolved(
    places: dict[str, Place], localities: registers.Localities, with_plan: Collection[str]
) -> None:
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
        elif code in with_plan or (old.level == "commune" and home != routes.PLACES):
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


def locality_folder(places: Mapping[str, Place], code: str) -> str | None:
    """Return the folder of a locality's plans: `hai-phong/xa-nam-sach`; None when unknown."""
    return _folder(places, code)


def locality_folders(places: Mapping[str, Place], code: str) -> tuple[str, ...]:
    """Return every folder that may hold a locality's plans: today's, then those of former names.

    A folder is part of published addresses, so a plan may stay where it was first published.
    """
    folder = _folder(places, code)
    if folder is None:
        return ()
    return (folder, *reversed(places[code].former_folders))


def _folder(places: Mapping[str, Place], code: str) -> str | None:
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
    return next(iter(issuer_folders(places, code, unit)), None)


def issuer_folders(places: Mapping[str, Place], code: str, unit: str) -> tuple[str, ...]:
    """Return every folder that may hold what a unit of a locality issues; see `locality_folders`.

    Empty when the locality is unknown.
    """
    homes = locality_folders(places, code)
    return homes if unit == schema.PEOPLES_COMMITTEE else tuple(f"{home}/{unit}" for home in homes)


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
