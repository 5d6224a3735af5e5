"""What `/cam-ket/` filters by: every commitment's facets, in files that a phone can load.

Comes in: the `Atlas`. Goes out: (address, bytes) of one file a province, and of an index
of them. A file holds who, what kind, which state and which years, and no words: those
are in each plan's `muc.json`, which is asked for when its rows are on the screen. With
3,356 plans the largest province is about 30 KB compressed. Of plans that were replaced
there is nothing: as in every count of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hooks import labels, model
from hooks.atlas import Atlas
from hooks.corpus import to_bytes
from hooks.text import dictionary_key
from hooks.views import STATES, Commitment, PlanView

FOLDER = "assets/cam-ket/"
KINDS: tuple[model.Kind, ...] = tuple(labels.KINDS)


def facet_files(atlas: Atlas) -> Iterator[tuple[str, bytes]]:
    """The index, [[slug, name, plans, commitments], …] in Vietnamese order, and each province's file."""
    groups: dict[str, list[PlanView]] = {}
    for plan in atlas.plans_in_force:
        groups.setdefault(plan.place.province or plan.place.code, []).append(plan)
    index = []
    for code, plans in sorted(groups.items(), key=lambda pair: dictionary_key(atlas.places[pair[0]].short)):
        province = atlas.places[code]
        index.append([province.slug, labels.capital(province.name), len(plans), sum(len(plan.commitments) for plan in plans)])
        yield f"{FOLDER}{province.slug}.json", to_bytes(_facets_of(atlas, plans))
    yield f"{FOLDER}index.json", to_bytes(index)


def _facets_of(atlas: Atlas, plans: Sequence[PlanView]) -> dict[str, object]:
    """`k`: plans [address, place's address, place, programme]; `c`: programmes; `u`: units
    [id, name]; `r`: commitments [plan, item, kind, state, [role, unit, role, unit, …], [year, …]],
    where plan, kind, state, role and unit are places in their lists.
    """
    units: dict[str, int] = {}

    def row(number: int, commitment: Commitment) -> list[object]:
        pairs = [
            part for assignment in commitment.assignments
            for part in (model.ROLES.index(assignment.role), units.setdefault(assignment.unit, len(units)))
        ]
        years = list(dict.fromkeys(due.year for due in commitment.due))
        return [number, commitment.item.id, KINDS.index(commitment.kind), STATES.index(commitment.state), pairs, years]

    rows = [row(number, commitment) for number, plan in enumerate(plans) for commitment in plan.commitments]
    return {
        "k": [[plan.address, plan.place.address.removeprefix("dia-phuong/").strip("/"), labels.capital(plan.place.name), plan.programme] for plan in plans],
        "c": {plan.programme: atlas.programmes[plan.programme].programme.name for plan in plans},
        "u": [[unit, atlas.units[unit].unit.name] for unit in units],
        "r": rows,
    }
