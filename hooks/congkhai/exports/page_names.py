"""The names that lead straight to a page, for the search: `ten.json`.

Comes in: the `SiteModel`. Goes out: tables that `theme/assets/search/names.js` reads. What follows
from the name of a place is left out: of a commune there is one name, of its plan a number, so that
all names of the country are a third of what they are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from congkhai.exports.browser_data import (
    BodyAddress,
    FormerName,
    FormerNames,
    FormerPlace,
    NamedAddress,
    PageNames,
    PlacePlan,
    PlanNames,
    PlanSeries,
    ProvinceCommunes,
    to_table,
)
from congkhai.exports.place_names import former_place, names_before, province_communes
from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import DocumentView, ProgrammeView, SiteModel, UnitView
from congkhai.model.views import PLACE_TYPES, Place
from congkhai.pages import labels
from congkhai.pages.grouping import is_large
from congkhai.text.vietnamese import capital, slug


def page_names(site_model: SiteModel) -> dict[str, object]:
    """Give the names in a table for each kind of page.

    Bodies, a unit in a place each, are named while the site is small: a country has fifty
    thousand of them.
    """
    numbers = _numbers(site_model)
    regular, others = _sort_plans(site_model, numbers)
    series = list(dict.fromkeys(_series(site_model, plan) for plan in regular))
    return {
        "types": PLACE_TYPES,
        "is_complete": is_large(site_model.plans),
        "provinces": to_table(ProvinceCommunes, _provinces(site_model)),
        "series": to_table(PlanSeries, series),
        "plans": to_table(PlacePlan, _place_plans(site_model, regular, numbers, series)),
        "other_plans": to_table(PlanNames, [_plan_names(site_model, plan) for plan in others]),
        "documents": to_table(PageNames, map(_document_names, site_model.documents.values())),
        "units": to_table(PageNames, map(_unit_page_names, site_model.units_with_page)),
        "bodies": to_table(BodyAddress, _bodies(site_model)),
        "programmes": to_table(PageNames, _programme_names(site_model)),
        "topics": to_table(PageNames, _topic_names(site_model)),
        "former": to_table(FormerNames, _former_names(site_model)),
        "elsewhere": to_table(FormerPlace, _former_elsewhere(site_model)),
    }


def plans_in_order(site_model: SiteModel) -> list[PlanView]:
    """List the plans as `ten.json` does."""
    regular, others = _sort_plans(site_model, _numbers(site_model))
    return [*regular, *others]


# ------------------------------------------------------------------ places and their plans


def _places_without_province(site_model: SiteModel) -> list[Place]:
    """List the other places in force that have a plan: the nation is one."""
    provinces = {province.code for province in site_model.provinces}
    return [
        place
        for place in site_model.places.values()
        if place.until is None
        and place.level != "province"
        and place.province not in provinces
        and site_model.has_plan(place)
    ]


def _numbers(site_model: SiteModel) -> dict[str, int]:
    """Give each place in force its number: a province, then its communes with a plan."""
    places = [
        place
        for province in site_model.provinces
        for place in (province, *site_model.communes.get(province.code, ()))
        if place is province or site_model.has_plan(place)
    ]
    places += _places_without_province(site_model)
    return {place.code: number for number, place in enumerate(places)}


def _provinces(site_model: SiteModel) -> Iterator[ProvinceCommunes]:
    """Name the places; those without a plan only where a file of their own would cost more."""
    for province in site_model.provinces:
        communes = province_communes(site_model, province)
        yield communes if is_large(site_model.plans) else communes._replace(others=())
    others = [
        NamedAddress(name=place.name, address=place.address)
        for place in _places_without_province(site_model)
    ]
    yield ProvinceCommunes("", "", others, (), are_rows=False)


def _former_elsewhere(site_model: SiteModel) -> Iterator[FormerPlace]:
    """Yield the former names of which `_names_before` has none, on the same condition."""
    if not is_large(site_model.plans):
        return
    listed = {place.code for place in _districts_with_plans(site_model)}
    for districts in site_model.districts.values():
        for district in districts:
            if district.code not in listed:
                yield former_place(site_model, district)
    for place in site_model.places.values():
        if not _is_listed(site_model, place):
            yield from names_before(site_model, place)


def _sort_plans(
    site_model: SiteModel, numbers: dict[str, int]
) -> tuple[list[PlanView], list[PlanView]]:
    """Part the plans that are named after a place in force, in the order of places, from others."""
    regular: list[PlanView] = []
    others: list[PlanView] = []
    for plan in site_model.plans.values():
        is_regular = plan.place.code in numbers and plan.issuer.name == plan.place.name
        is_at_its_place = plan.id.rpartition("/")[0] == routes.place_path(plan.place.address)
        (regular if is_regular and is_at_its_place else others).append(plan)
    regular.sort(key=lambda plan: (numbers[plan.place.code], plan.id))
    return regular, sorted(others, key=lambda plan: plan.id)


def _series(site_model: SiteModel, plan: PlanView) -> PlanSeries:
    title = labels.plan_title(site_model, plan).removeprefix(capital(plan.issuer.name))
    return PlanSeries(plan.id.rpartition("/")[2], title, plan.programme)


def _place_plans(
    site_model: SiteModel,
    plans: Iterable[PlanView],
    numbers: dict[str, int],
    series: list[PlanSeries],
) -> Iterator[PlacePlan]:
    series_numbers = {one: number for number, one in enumerate(series)}
    before = 0
    for plan in plans:
        number = numbers[plan.place.code]
        yield PlacePlan(
            place=number - before,
            series=series_numbers[_series(site_model, plan)],
            note=_plan_note(site_model, plan),
        )
        before = number


def _plan_names(site_model: SiteModel, plan: PlanView) -> PlanNames:
    province = _province_name(site_model, plan.place)
    return PlanNames(
        address=plan.address,
        title=labels.plan_title(site_model, plan),
        note=_plan_note(site_model, plan),
        names=_issuer_names(site_model, plan, province),
        related=_distinct([province]),
        programme=plan.programme,
    )


def _plan_note(site_model: SiteModel, plan: PlanView) -> str:
    reported = labels.none_reported(plan.rollup)
    if plan.reports:
        reported = f"{plan.rollup.owed.reported} đã có báo cáo"
    note = f"{labels.count_of_commitments(plan.rollup)}, {reported}"
    if plan.place.until:
        note += f"; {plan.place.name} {labels.what_became_of(plan.place, site_model.places)}"
    return note


def _issuer_names(site_model: SiteModel, plan: PlanView, province: str) -> tuple[str, ...]:
    """Name who issued a plan: its place, or its unit alone and with the place's short name."""
    if plan.issuer.speaks_for_place:
        place = plan.place
        return _distinct([place.name, place.short, f"{place.name} {province}"])
    units = _unit_names(site_model.units[plan.issuer.unit])
    if plan.place.level == "central":
        return units
    return _distinct([plan.issuer.name, *(f"{unit} {plan.place.short}" for unit in units)])


# ------------------------------------------------------------------------- former names


def _former_names(site_model: SiteModel) -> list[FormerNames]:
    """Group the former names by the page that they are rows of, as districts are."""
    groups: dict[tuple[str, str], list[FormerName]] = {}
    for name, address, note, province in _names_before(site_model):
        page, mark, row = address.partition("#")
        is_regular = bool(mark) and row == slug(name)
        group = groups.setdefault((page + mark if is_regular else "", province), [])
        group.append(FormerName(name, note, "" if is_regular else address))
    return [FormerNames(*group, names) for group, names in groups.items()]


def _names_before(site_model: SiteModel) -> Iterator[tuple[str, str, str, str]]:
    """Yield (name, address, what is so called now, province) of each former name."""
    for place in (*site_model.dissolved, *_districts_with_plans(site_model)):
        province = _province_name(site_model, place)
        successor = capital(labels.what_became_of(place, site_model.places))
        yield place.name, place.address, successor or province, province
    for place in filter(partial(_is_listed, site_model), site_model.places.values()):
        for name, address, successor in names_before(site_model, place):
            yield name, address, capital(successor), ""


def _is_listed(site_model: SiteModel, place: Place) -> bool:
    return place.level == "province" or place.until is not None or site_model.has_plan(place)


def _districts_with_plans(site_model: SiteModel) -> Iterator[Place]:
    """Yield the districts of old in whose area a place has a plan; the finder knows them all."""
    for districts in site_model.districts.values():
        for district in districts:
            if any(site_model.has_plan(site_model.places[code]) for code in district.successors):
                yield district


# -------------------------------------------------------------------------- other pages


def _document_names(view: DocumentView) -> PageNames:
    document = view.document
    title = f"{document.type} {view.label}"
    names = [view.label, title, *document.names]
    if document.number:
        short_symbol = (document.symbol or "").replace("/", "-").split("-")[0]
        names += [document.number, f"{short_symbol} {document.number}"]
    related = [*view.spellings, document.issuer]
    return PageNames(view.address, title, document.issuer, _distinct(names), _distinct(related))


def _unit_page_names(view: UnitView) -> PageNames:
    counted = labels.count_of_commitments(view.rollup)
    note = f"{counted} trong {len(view.counted)} kế hoạch" if view.total else ""
    return PageNames(view.address, view.unit.name, note, _distinct(_unit_names(view)), ())


def _bodies(site_model: SiteModel) -> Iterator[BodyAddress]:
    """Name the page of each unit and place that a plan names together, of a small site.

    `search/names.js` makes their names of those of the unit and of the place.
    """
    if is_large(site_model.plans):
        return
    bodies = {
        routes.body(share.unit, plan.place.address): None
        for plan in site_model.plans.values()
        for share in plan.units
    }
    yield from map(BodyAddress, bodies)


def _programme_names(site_model: SiteModel) -> Iterator[PageNames]:
    for programme in site_model.programmes.values():
        name = programme.programme.name
        names = _distinct([name, f"chương trình {name}", *_years_of_programme(programme)])
        yield PageNames(programme.address, f"Chương trình {name}", "", names, ())


def _years_of_programme(programme: ProgrammeView) -> tuple[str, ...]:
    """Name a programme by its subject and the years in its id, which its name may not have."""
    years = re.search(r"(\d{4})-(\d{4})$", programme.id)
    return (f"{programme.programme.subject} {years[1]} - {years[2]}",) if years else ()


def _topic_names(site_model: SiteModel) -> Iterator[PageNames]:
    """Name each topic that anything is about."""
    for view in site_model.topics.values():
        if view.plans:
            note = f"{labels.count_of_topic(view.count)} trong {len(view.plans)} kế hoạch"
            name = view.topic.name
            yield PageNames(view.address, name, note, (name, f"chủ đề {name}"), ())


def _unit_names(view: UnitView) -> tuple[str, ...]:
    return (view.unit.name, *view.unit.abbreviations, *view.unit.spellings)


def _province_name(site_model: SiteModel, place: Place) -> str:
    """Name the province of a place; a province, and a place of an unlisted one, has none."""
    province = site_model.places.get(place.province) if place.province else None
    return province.name if province else ""


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
