"""What `/cam-ket/` filters by: every commitment's facets, in files that a phone can load.

Comes in: the `SiteModel`. Goes out: (address, bytes) of one file a province, and of an index
of them. A file holds who, what kind, which state and which years, and no words: those
are in each plan's `muc.json`, which is asked for when its rows are on the screen. With
3,356 plans the largest province is about 30 KB compressed. Of plans that were replaced
there is nothing: as in every count of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from congkhai.data import schema
from congkhai.exports.search_documents import to_bytes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import STATES, Commitment, Place
from congkhai.pages import labels
from congkhai.text.vietnamese import capital, dictionary_key

FOLDER = "assets/cam-ket/"
KINDS: tuple[schema.Kind, ...] = tuple(labels.KINDS)


def facet_files(site_model: SiteModel) -> Iterator[tuple[str, bytes]]:
    """The file of each province that has a plan. Opens all plans."""
    for province, plans in _in_force_by_province(site_model):
        yield f"{FOLDER}{province.slug}.json", to_bytes(_facets_of(site_model, plans))


def facet_index(site_model: SiteModel) -> tuple[str, bytes]:
    """[[slug, name, plans, commitments], …] in Vietnamese order: which files there are."""
    rows = [
        [
            province.slug,
            capital(province.name),
            len(plans),
            sum(plan.rollup.total for plan in plans),
        ]
        for province, plans in sorted(
            _in_force_by_province(site_model), key=lambda pair: dictionary_key(pair[0].short)
        )
    ]
    return f"{FOLDER}index.json", to_bytes(rows)


def _in_force_by_province(site_model: SiteModel) -> list[tuple[Place, list[PlanView]]]:
    groups: dict[str, list[PlanView]] = {}
    for plan in site_model.plans_in_force:
        groups.setdefault(plan.place.province or plan.place.code, []).append(plan)
    return [(site_model.places[code], plans) for code, plans in groups.items()]


def _facets_of(site_model: SiteModel, plans: Sequence[PlanView]) -> dict[str, object]:
    """`k`: plans [address, place's address, place, programme]; `c`: programmes; `u`: units
    [id, name]; `r`: commitments [plan, item, kind, state, [role, unit, role, unit, …], [year, …]],
    where plan, kind, state, role and unit are places in their lists.
    """
    units: dict[str, int] = {}

    def row(number: int, commitment: Commitment) -> list[object]:
        pairs = [
            part
            for assignment in commitment.assignments
            for part in (
                schema.ROLES.index(assignment.role),
                units.setdefault(assignment.unit, len(units)),
            )
        ]
        years = list(dict.fromkeys(due.year for due in commitment.due))
        return [
            number,
            commitment.item.id,
            KINDS.index(commitment.kind),
            STATES.index(commitment.state),
            pairs,
            years,
        ]

    rows = [
        row(number, commitment)
        for number, plan in enumerate(plans)
        for commitment in plan.open().commitments
    ]
    return {
        "k": [
            [
                plan.address,
                plan.place.address.removeprefix("dia-phuong/").strip("/"),
                capital(plan.place.name),
                plan.programme,
            ]
            for plan in plans
        ],
        "c": {
            plan.programme: site_model.programmes[plan.programme].programme.name for plan in plans
        },
        "u": [[unit, site_model.units[unit].unit.name] for unit in units],
        "r": rows,
    }
