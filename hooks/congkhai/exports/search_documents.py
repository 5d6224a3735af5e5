"""What people search: the words of each provision, and the names that lead straight to a page.

Comes in: the `SiteModel`. Goes out: the provisions of each plan for the browser (`muc.json`), the
names of all pages (`ten.json`) and the words of plans and documents, for `search_index`.

A provision is also found by the units that it names only in a list or by an abbreviation, each
as one word (`usonoivu`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from pydantic_core import from_json

from congkhai.exports.browser_data import (
    BodyAddress,
    PageNames,
    PlaceNames,
    PlanNames,
    Provision,
    Table,
    to_table,
    units_by_role,
)
from congkhai.exports.everyday_words import for_scripts
from congkhai.exports.facets import facet_addresses, facet_index
from congkhai.exports.place_names import districts_file, finder_file
from congkhai.exports.search_index import SearchIndex
from congkhai.model import routes
from congkhai.model.assignments import walk
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.site_model import DocumentView, SiteModel, UnitView
from congkhai.model.views import Commitment, Place
from congkhai.pages import labels
from congkhai.pages.grouping import is_large
from congkhai.text.vietnamese import capital

PROVISIONS = "muc.json"
"""Beside each plan's page, for scripts: its provisions, and what it is compared by."""


def unit_word(unit: str) -> str:
    """Name the word of a unit in the index: `usonoivu` for so-noi-vu."""
    return "u" + unit.replace("-", "")


def search_files(
    site_model: SiteModel, read: Callable[[str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Write all that a search reads but the provisions; `read` gives a file of the site.

    The sources of the index are the plans, then the documents, both as `ten.json` lists them.
    What keeps its address (provisions, facets) is asked for with the name of its content behind it.
    """
    index = SearchIndex()
    provisions = hashlib.sha256()
    for plan in site_model.plans.values():
        content = read(plan.address + PROVISIONS)
        provisions.update(content)
        file = from_json(content)
        index.add(map(_indexed, map(Provision._make, file["provisions"]["rows"])))
    for document in site_model.documents.values():
        index.add((text, ()) for text in _document_texts(site_model, document))
    for address in facet_addresses(site_model):
        provisions.update(read(address))
    apart = {
        "dia-phuong.json": finder_file(site_model),
        "cap-huyen.json": districts_file(site_model),
        "cam-ket.json": facet_index(site_model),
    }
    yield from index.files(
        {"ten.json": search_names(site_model)},
        for_scripts(),
        apart,
        provisions.hexdigest()[:12],
    )


def _indexed(provision: Provision) -> tuple[str, set[str]]:
    """Give the text of a provision, and the words of the units that it names in any way."""
    units = {*provision.lead, *provision.coordinating, *provision.implementing}
    units.update(provision.requested, provision.recipients)
    return f"{provision.text} {provision.meant}", set(map(unit_word, units))


def provision_table(view: PlanView) -> dict[str, Table]:
    """Put the provisions of a plan in a table, in the order of the document."""
    return {"provisions": to_table(Provision, _provisions(view))}


def _provisions(view: PlanView) -> Iterator[Provision]:
    opened = view.open()
    plan = opened.plan
    meant = _words_meant(opened)

    def plain(id: str, reference: str, text: str, recipients: Iterable[str] = ()) -> Provision:
        return _plain_provision(id, reference, text, meant.get(id, ""), recipients)

    yield plain("title", "Trích yếu", f"{plan.document.type} {plan.document.title}")
    for paragraph in plan.preamble:
        yield plain("preamble", "Phần mở đầu", paragraph)
    for item, _ in walk(plan.provisions):
        commitment = opened.by_item.get(item.id)
        if commitment is None:
            yield plain(item.id, "", item.printed)
        else:
            text = " ".join(filter(None, (item.number, item.title, item.text)))
            yield _committed_provision(commitment, text, meant.get(item.id, ""))
    for paragraph in plan.closing:
        yield plain("closing", "Phần kết", paragraph)
    for recipient in plan.recipients:
        yield plain("recipients", "Nơi nhận", recipient.text, recipient.units)
    yield plain("signature", "Phần ký", " ".join(plan.signature))


def _words_meant(plan: OpenPlan) -> dict[str, str]:
    return {
        at: " ".join(note.meant for note in notes if note.meant) for at, notes in plan.notes.items()
    }


def _plain_provision(
    id: str, reference: str, text: str, meant: str, recipients: Iterable[str]
) -> Provision:
    return Provision(
        id=id,
        reference=reference,
        text=text,
        kind="",
        state="",
        lead=(),
        coordinating=(),
        implementing=(),
        requested=(),
        recipients=tuple(recipients),
        years=(),
        meant=meant,
        deadline="",
        deliverable="",
        reported="",
        topics=(),
    )


def _committed_provision(commitment: Commitment, text: str, meant: str) -> Provision:
    return Provision(
        id=commitment.item.id,
        reference=commitment.reference,
        text=text,
        kind=commitment.shown_kind,
        state=commitment.state if commitment.kind != "objective" else "",
        **units_by_role(commitment),
        recipients=(),
        years=list(dict.fromkeys([due.year for due in commitment.due])),
        meant=meant,
        deadline="; ".join([deadline.printed for deadline in commitment.deadlines]),
        deliverable=commitment.item.deliverable or "",
        reported=commitment.latest.report.day.isoformat() if commitment.latest else "",
        topics=commitment.topics,
    )


def _unit_names(view: UnitView) -> tuple[str, ...]:
    return (view.unit.name, *view.unit.abbreviations, *view.unit.spellings)


def _document_texts(site_model: SiteModel, view: DocumentView) -> Iterator[str]:
    document = view.document
    about = (document.type, view.label, document.issuer, document.title)
    yield " \n ".join((*about, *document.names, *view.spellings))
    for target in view.targets:
        measure = site_model.measures[target.measure].name
        yield f"{target.printed} {target.population or ''} {measure}"


def search_names(site_model: SiteModel) -> dict[str, Table]:
    """Give the names that lead straight to a page, in a table for each kind of page.

    Bodies, a unit in a place each, are named while the site is small: a country has fifty
    thousand of them. What is the same for every commune is left out, a third of the file for
    the whole country: a place in force has only its short name (`names.js` adds its full one,
    alone and with its province's); a plan at its place's address has the names of that place.
    """
    places = [
        place
        for place in site_model.places.values()
        if place.level == "province" or place.until is not None or site_model.has_plan(place)
    ]
    return {
        "plans": to_table(
            PlanNames, [_plan_names(site_model, plan) for plan in site_model.plans.values()]
        ),
        "documents": to_table(PageNames, map(_document_names, site_model.documents.values())),
        "units": to_table(
            PageNames,
            map(_unit_page_names, site_model.units_with_page),
        ),
        "bodies": to_table(BodyAddress, _bodies(site_model)),
        "programmes": to_table(PageNames, _programme_names(site_model)),
        "topics": to_table(PageNames, _topic_names(site_model)),
        "places": to_table(
            PlaceNames,
            [_place_names(site_model, place) for place in places if place.until is None],
        ),
        "former": to_table(
            PageNames,
            [
                *(_former_names(site_model, place) for place in site_model.dissolved),
                *(_former_names(site_model, place) for place in _districts_with_plans(site_model)),
                *_names_before(site_model, places),
            ],
        ),
    }


def _plan_names(site_model: SiteModel, plan: PlanView) -> PlanNames:
    place = plan.place
    province = _province_name(site_model, place)
    reported = labels.none_reported(plan.rollup)
    if plan.reports:
        reported = f"{plan.rollup.owed.reported} đã có báo cáo"
    note = f"{plan.rollup.owed.total} việc, {reported}"
    if place.until:
        note += f"; {place.name} {labels.what_became_of(place, site_model.places)}"
    folder = plan.id.rpartition("/")[0] + "/"
    at_its_place = folder == place.address.removeprefix(routes.PLACES)
    return PlanNames(
        address=plan.address,
        title=labels.plan_title(site_model, plan),
        note=note,
        names=() if at_its_place else _issuer_names(site_model, plan, province),
        related=_distinct([province]),
        programme=plan.programme,
    )


def _issuer_names(site_model: SiteModel, plan: PlanView, province: str) -> tuple[str, ...]:
    """Name who issued a plan: its place, or its unit alone and with the place's short name."""
    if plan.issuer.speaks_for_place:
        return _full_names(plan.place, province)
    units = _unit_names(site_model.units[plan.issuer.unit])
    if plan.place.level == "central":
        return units
    return _distinct([plan.issuer.name, *(f"{unit} {plan.place.short}" for unit in units)])


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
    note = f"{view.total} việc trong {len(view.counted)} kế hoạch" if view.total else ""
    return PageNames(view.address, view.unit.name, note, _distinct(_unit_names(view)), ())


def _bodies(site_model: SiteModel) -> Iterator[BodyAddress]:
    """Name the page of each unit and place that a plan names together, of a small site.

    `names.js` makes their names of those of the unit and of the place.
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
        names = (name, f"chương trình {name}")
        yield PageNames(programme.address, f"Chương trình {name}", "", names, ())


def _topic_names(site_model: SiteModel) -> Iterator[PageNames]:
    """Name each topic that anything is about."""
    for view in site_model.topics.values():
        if view.plans:
            note = f"{view.total} việc trong {len(view.plans)} kế hoạch"
            yield PageNames(view.address, view.topic.name, note, (view.topic.name,), ())


def _place_names(site_model: SiteModel, place: Place) -> PlaceNames:
    province = _province_name(site_model, place)
    return PlaceNames(place.address, capital(place.name), province, place.short)


def _former_names(site_model: SiteModel, place: Place) -> PageNames:
    province = _province_name(site_model, place)
    successor = capital(labels.what_became_of(place, site_model.places))
    return PageNames(
        address=place.address,
        title=f"{capital(place.name)} (tên cũ)",
        note=successor or province,
        names=_full_names(place, province),
        related=_distinct([province]),
    )


def _districts_with_plans(site_model: SiteModel) -> Iterator[Place]:
    """Yield the districts of old in whose area a place has a plan; the finder knows them all."""
    for districts in site_model.districts.values():
        for district in districts:
            if any(site_model.has_plan(site_model.places[code]) for code in district.successors):
                yield district


def _names_before(site_model: SiteModel, places: Iterable[Place]) -> Iterator[PageNames]:
    """Yield the names that places in force had before."""
    for place in places:
        for former in place.former:
            if former.name != place.name:
                yield PageNames(
                    address=place.address,
                    title=f"{capital(former.name)} (tên cũ)",
                    note=capital(labels.called_now(former, place, site_model.places)),
                    names=_distinct([former.name, place.short]),
                    related=(),
                )


def _full_names(place: Place, province: str) -> tuple[str, ...]:
    return _distinct([place.name, place.short, f"{place.name} {province}"])


def _province_name(site_model: SiteModel, place: Place) -> str:
    """Name the province of a place; a province, and a place of an unlisted one, has none."""
    province = site_model.places.get(place.province) if place.province else None
    return province.name if province else ""


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
