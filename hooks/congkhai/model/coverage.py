"""Of which places it is known here that they have a plan of a programme, or have none.

The plans in short, the register of documents and the programmes come in; a `Coverage` goes out
for the provinces of each programme, and for the communes of each province that a document
obliges. A place of which nothing is known is said to be unknown, never to be without a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from congkhai.data import registers
from congkhai.model.plan_view import PlanView
from congkhai.model.views import Place
from congkhai.text.dates import PartialDate

CoverageState = Literal["held", "known", "absent", "unknown"]
COVERAGE_STATES: tuple[CoverageState, ...] = ("held", "known", "absent", "unknown")
"""`known`: a source says that there is a plan, whose text is not held. `absent`: a source says
that there is none, or that none is required."""


class CoverageEntry(NamedTuple):
    """What is known of one place."""

    place: Place
    state: CoverageState
    plans: tuple[PlanView, ...]
    """Held here."""
    documents: tuple[str, ...]
    """Ids of plans that are known to exist and are not held."""
    absence: registers.Absence | None


@dataclass(frozen=True)
class Coverage:
    """Of some places, which have a plan here, and what is known of the others."""

    document: str
    places: tuple[Place, ...]
    plans: Mapping[str, tuple[PlanView, ...]]
    """By the code of their locality."""
    documents: Mapping[str, tuple[str, ...]]
    """Ids of plans that are known to exist and are not held, by the code of their locality."""
    absences: Mapping[str, registers.Absence]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return the codes of its places."""
        return frozenset(place.code for place in self.places)

    @property
    def held(self) -> frozenset[str]:
        """Return the codes of the places with a plan here."""
        return frozenset(place.code for place in self.places if place.code in self.plans)

    @property
    def counts(self) -> Mapping[CoverageState, int]:
        """Count the places in each state."""
        states = [entry.state for entry in self]
        return {state: states.count(state) for state in COVERAGE_STATES}

    def __iter__(self) -> Iterator[CoverageEntry]:
        return map(self.look_up, self.places)

    def look_up(self, place: Place) -> CoverageEntry:
        """Return what is known of a place."""
        plans = self.plans.get(place.code, ())
        documents = self.documents.get(place.code, ())
        absence = self.absences.get(place.code)
        state: CoverageState = "unknown"
        if plans:
            state = "held"
        elif documents:
            state = "known"
        elif absence is not None:
            state = "absent"
        return CoverageEntry(place, state, plans, documents, absence)


class KnownPlans:
    """What is known of the plans of one programme, by place."""

    def __init__(
        self,
        name: str,
        programme: registers.Programme,
        documents: Mapping[str, registers.Document],
        views: Iterable[PlanView],
    ) -> None:
        """`name`: the programme's id. `views`: its plans."""
        self._views = tuple(views)
        self._documents: dict[str, tuple[str, ...]] = {}
        for document_id, document in documents.items():
            if document.programme == name and document.locality and document.held is None:
                earlier = self._documents.get(document.locality, ())
                self._documents[document.locality] = (*earlier, document_id)
        self._absences = {absence.locality: absence for absence in programme.absences}

    def cover(
        self, document: str, places: Sequence[Place], carrying_out: Iterable[PlanView] | None = None
    ) -> Coverage:
        """Look at some places; `carrying_out`: the plans that count, all when None."""
        plans: dict[str, tuple[PlanView, ...]] = {}
        for view in self._views if carrying_out is None else carrying_out:
            # The plan of a place's Party committee says nothing of its People's Committee.
            if view.issuer.speaks_for_place:
                plans[view.place.code] = (*plans.get(view.place.code, ()), view)
        return Coverage(document, tuple(places), plans, self._documents, self._absences)


def look_up_place(place: Place, coverages: Iterable[Coverage]) -> CoverageEntry | None:
    """Return what is known of a place; None when the coverages are of other places.

    A place that none of them lists, a dissolved commune, is looked up all the same when a plan
    of it is held or known: the first coverage knows those of all places.
    """
    first: Coverage | None = None
    for coverage in coverages:
        first = first or coverage
        if place.code in coverage.codes:
            return coverage.look_up(place)
    entry = first.look_up(place) if first is not None else None
    return entry if entry is not None and entry.state != "unknown" else None


def provinces_of_time(places: Iterable[Place], day: PartialDate | None) -> list[Place]:
    """List the provinces that there were on a day; those in force when the day is not known.

    A programme of 2016 was for 63 provinces, one of 2026 for 34.
    """
    return [
        place
        for place in places
        if place.level == "province"
        and (place.until is None or (day is not None and place.until.first_day() > day.first_day()))
    ]
