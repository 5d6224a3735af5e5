"""What `/cam-ket/` filters by: every commitment's facets, in files that a phone can load.

Comes in: the `SiteModel`. Goes out: (address, bytes) of one file a province, and of an
index of them. A file holds who, what kind, which state and which years, and no words:
those are in each plan's `muc.json`, which is asked for when its rows are on the screen.
With 3,356 plans the largest province is about 30 KB compressed. Plans that were replaced
are left out, as in every count of the whole. A former province keeps its file, under the name of
the province that it is part of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pydantic_core import to_json

from congkhai.exports.browser_data import (
    FacetCommitment,
    FacetPlan,
    Name,
    ProvinceFile,
    to_table,
    units_by_role,
)
from congkhai.exports.tables import COMMITMENT_HEADINGS, TABLE, join_tables
from congkhai.model import routes
from congkhai.model.assignments import walk
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Commitment, Place
from congkhai.pages.grouping import is_large
from congkhai.text.vietnamese import capital, dictionary_key

FOLDER = "assets/cam-ket/"


def facet_files(site_model: SiteModel) -> Iterator[tuple[str, bytes]]:
    """Write the file of each province that has a plan. Opens all plans."""
    for province, plans in _in_force_by_province(site_model):
        yield f"{FOLDER}{province.slug}.json", to_json(_facets_of(site_model, plans))


def province_tables(
    site_model: SiteModel, read: Callable[[str], bytes]
) -> Iterator[tuple[str, Iterator[bytes | memoryview]]]:
    """Join the tables of each province's plans; `read` gives a file of the site.

    What a reader takes away of a large site is chosen from it: one request, not one a plan.
    """
    for province, plans in _in_force_by_province(site_model):
        tables = (read(plan.address + TABLE) for plan in plans)
        yield f"{routes.COMMITMENTS}{province.slug}.csv", join_tables(tables)


def facet_addresses(site_model: SiteModel) -> Iterator[str]:
    """Give the addresses of the files of all provinces."""
    for province, _ in _in_force_by_province(site_model):
        yield f"{FOLDER}{province.slug}.json"


def facet_index(site_model: SiteModel) -> bytes:
    """List the files, in Vietnamese order, with the headings of the table of commitments."""
    merged = site_model.merged_provinces
    in_order = sorted(
        _in_force_by_province(site_model), key=lambda pair: dictionary_key(pair[0].short)
    )
    provinces = [
        ProvinceFile(
            slug=province.slug,
            name=_name_today(merged.get(province.slug, province), merged, site_model),
            plans=len(plans),
            commitments=sum(plan.rollup.total for plan in plans),
        )
        for province, plans in in_order
    ]
    content = {
        "provinces": to_table(ProvinceFile, provinces),
        "headings": COMMITMENT_HEADINGS,
        "by_province": is_large(site_model.plans),
    }
    return to_json(content)


def _name_today(province: Place, merged: Mapping[str, Place], site_model: SiteModel) -> str:
    """Name a province that is in force, with the former ones whose plans count as its own."""
    former = [place.name for place in site_model.dissolved if merged.get(place.slug) is province]
    return capital(province.name) + (f" (gồm {', '.join(former)} cũ)" if former else "")


def _in_force_by_province(site_model: SiteModel) -> list[tuple[Place, list[PlanView]]]:
    groups: dict[str, list[PlanView]] = {}
    for plan in site_model.plans_in_force:
        groups.setdefault(plan.place.province or plan.place.code, []).append(plan)
    return [(site_model.places[code], plans) for code, plans in groups.items()]


def _facets_of(site_model: SiteModel, plans: Sequence[PlanView]) -> dict[str, object]:
    commitments = [
        (number, commitment)
        for number, plan in enumerate(plans)
        for commitment in plan.open().commitments
    ]
    positions = [_positions(plan.open()) for plan in plans]
    programmes = dict.fromkeys(plan.programme for plan in plans)
    units = dict.fromkeys(
        assignment.unit for _, commitment in commitments for assignment in commitment.assignments
    )
    unit_numbers = {unit: number for number, unit in enumerate(units)}
    topics = dict.fromkeys(topic for _, commitment in commitments for topic in commitment.topics)
    topic_numbers = {topic: number for number, topic in enumerate(topics)}
    return {
        "plans": to_table(FacetPlan, map(_facet_plan, plans)),
        "programmes": to_table(
            Name, [Name(id, site_model.programmes[id].programme.name) for id in programmes]
        ),
        "units": to_table(Name, [Name(id, site_model.units[id].unit.name) for id in units]),
        "topics": to_table(Name, [Name(id, site_model.topics[id].topic.name) for id in topics]),
        "commitments": to_table(
            FacetCommitment,
            [
                _facet_commitment(
                    plan,
                    commitment,
                    positions[plan][commitment.item.id],
                    unit_numbers,
                    topic_numbers,
                )
                for plan, commitment in commitments
            ],
        ),
    }


def _positions(plan: OpenPlan) -> dict[str, int]:
    """Tell where each item stands among the provisions that `search_documents` lists."""
    before = 1 + len(plan.plan.preamble)
    return {item.id: number for number, (item, _) in enumerate(walk(plan.plan.provisions), before)}


def _facet_plan(plan: PlanView) -> FacetPlan:
    return FacetPlan(
        address=plan.address,
        place=plan.issuer.folder,
        name=capital(plan.issuer.name),
        locality=capital(plan.place.name),
        issuer=plan.document.issuer,
        type=plan.document.type_name,
        programme=plan.programme,
    )


def _facet_commitment(
    plan: int,
    commitment: Commitment,
    provision: int,
    unit_numbers: Mapping[str, int],
    topic_numbers: Mapping[str, int],
) -> FacetCommitment:
    units = {
        role: [unit_numbers[unit] for unit in ids]
        for role, ids in units_by_role(commitment).items()
    }
    return FacetCommitment(
        plan=plan,
        item=commitment.item.id,
        provision=provision,
        kind=commitment.shown_kind,
        state=commitment.state,
        **units,
        years=list(dict.fromkeys(due.year for due in commitment.due)),
        topics=[topic_numbers[topic] for topic in commitment.topics],
    )
