"""The types of what shows when plans are put side by side, up to the `SiteModel`.

Frozen types alone: `derive` fills them, `pages` and `exports` read them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from congkhai.data import registers, schema
from congkhai.model.coverage import Coverage, CoverageEntry, look_up_place
from congkhai.model.ledger import LedgerEntry, LedgerKind
from congkhai.model.places import Gazetteer
from congkhai.model.plan_view import (
    CalendarDay,
    CitationView,
    PlanView,
    TopicCount,
    UnitShare,
    Uptake,
)
from congkhai.model.redirects import Redirects
from congkhai.model.register_changes import RegisterChange
from congkhai.model.status import add_up
from congkhai.model.today import Today
from congkhai.model.views import Basis, Place, ReportView, RollUp, TargetView
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.text.dates import PartialDate


class KnownGoal(NamedTuple):
    """A goal of a document that is not held, the headings above it, and where it was read."""

    item: schema.Item
    headings: tuple[schema.Item, ...]
    provenance: tuple[registers.Provenance, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that is cited but not held."""

    id: str
    document: registers.Document
    label: str
    """Number and symbol: 155/QĐ-TTg."""
    address: str
    carried_out_by: tuple[PlanView, ...]
    children: tuple[str, ...]
    citations: tuple[CitationView, ...]
    spellings: tuple[str, ...]
    """The different numbers under which held plans cite it, when they differ."""
    targets: tuple[TargetView, ...]
    goals: tuple[KnownGoal, ...]
    """Of a document that is not held."""

    @property
    def name(self) -> str:
        """Return what it is called in a link: its type, and its number where a source has it."""
        return f"{self.document.type} {self.label}"

    @property
    def other_targets(self) -> tuple[TargetView, ...]:
        """List the figures that none of its goals has."""
        measures = {target.measure for goal in self.goals for target in goal.item.targets}
        return tuple(target for target in self.targets if target.measure not in measures)


TakenUp = tuple[PlanView, Uptake]
"""That an item of a plan takes up a goal of a document above it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal or task of a document, and what became of it below."""

    item: schema.Item
    headings: tuple[schema.Item, ...]
    """The items that it stands under, outermost first."""
    taken: tuple[TakenUp, ...]
    left_out: tuple[PlanView, ...]
    """Plans that an editor has compared with this goal and that do not take it up."""
    not_compared: tuple[PlanView, ...]
    provenance: tuple[registers.Provenance, ...]
    """Where its words were read, when the document is not held."""

    @property
    def has_whole_words(self) -> bool:
        """Say whether its own words were read in full, so that others can be compared with them."""
        return not any(entry.translated or entry.certainty == "part" for entry in self.provenance)


@dataclass(frozen=True, slots=True)
class Cascade:
    """What became of a document's goals in the plans below it."""

    document: str
    goals: tuple[Goal, ...]
    not_compared: tuple[PlanView, ...]
    """Plans that were compared with none of its goals."""
    notes: tuple[tuple[PlanView, str], ...]
    """What editors say of how they compared a plan."""


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """The plans that carry out one top document."""

    id: str
    programme: registers.Programme
    address: str
    documents: tuple[tuple[int, str], ...]
    """Depth and id, top document first."""
    plans: tuple[PlanView, ...]
    provinces: Coverage
    """Of the provinces that there were when its top document was issued."""
    coverage: tuple[Coverage, ...]
    """Of the communes of each province that a document obliges."""
    cascades: tuple[Cascade, ...]
    delays: Mapping[str, int | None]
    """Days after the document above, by plan or document id; None unless both are known."""
    rollup: RollUp

    @property
    def plans_in_force(self) -> tuple[PlanView, ...]:
        """Those that count."""
        return tuple(plan for plan in self.plans if plan.counts)

    def look_up(self, place: Place) -> CoverageEntry | None:
        """Return what is known of a place's plan; None when the programme is not for it."""
        return look_up_place(place, (self.provinces, *self.coverage))


@dataclass(frozen=True, slots=True)
class UnitView:
    """One type of body across all plans."""

    id: str
    unit: registers.Unit
    address: str
    shares: tuple[tuple[PlanView, UnitShare], ...]
    inherited: tuple[tuple[str, PlanView, UnitShare], ...]
    """What plans say of dissolved units that it follows: (unit, plan, share)."""
    reports: tuple[tuple[PlanView, ReportView], ...]
    """What it reported, newest first."""
    mentioned_in: tuple[PlanView, ...]
    """Plans that list it among the recipients only."""
    reported_to: tuple[PlanView, ...]
    """Plans by which reports go to it, or through it."""
    predecessors: tuple[str, ...]
    issued: tuple[PlanView, ...]
    """Plans that it issued itself; none of a People's Committee, whose plans are the places'."""
    total: int
    """Of commitments, in plans that count; so is `rollup`."""
    rollup: RollUp

    @property
    def has_page(self) -> bool:
        """Whether the site has anything to say of it; the register holds many that no plan names.

        Groups and the People's Committee stand for bodies of other names, which lead to them.
        """
        return bool(
            self.shares
            or self.inherited
            or self.reports
            or self.mentioned_in
            or self.reported_to
            or self.issued
            or self.predecessors
            or self.unit.successors
            or self.unit.nature in ("group", "government")
        )

    @property
    def counted(self) -> tuple[tuple[PlanView, UnitShare], ...]:
        """Its shares in plans that count."""
        return tuple((plan, share) for plan, share in self.shares if plan.counts)


def add_up_unit(
    unit: str,
    shares: Iterable[tuple[PlanView, UnitShare]],
    reports: Iterable[tuple[PlanView, ReportView]],
) -> RollUp:
    """Add up what a unit answers for, and what it reported on beside, in plans that count.

    Some plans that it reported on give it nothing by name.
    """
    total = add_up(share.rollup for plan, share in shares if plan.counts)
    plans = {plan.id: plan for plan, _ in reports if plan.counts}
    beside = Counter[Basis]()
    for plan in plans.values():
        beside.update(plan.beside.get(unit, {}))
    return total._replace(beside=beside)


def add_up_topic(topic: str, counts: Iterable[TopicCount]) -> TopicCount:
    """Add what several plans have of one topic."""
    counts = list(counts)
    return TopicCount(
        topic, sum(count.total for count in counts), sum(count.asked for count in counts)
    )


@dataclass(frozen=True, slots=True)
class TopicView:
    """An everyday topic across all plans that count."""

    id: str
    topic: registers.Topic
    address: str
    plans: tuple[tuple[PlanView, TopicCount], ...]
    """Those with commitments of it, and how many."""

    @property
    def count(self) -> TopicCount:
        """Count its commitments."""
        return add_up_topic(self.id, (count for _, count in self.plans))


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a plan's ledger, among those of other plans."""

    plan: PlanView
    entry: LedgerEntry

    @property
    def kind(self) -> LedgerKind:
        """What happened: a plan was added, a report arrived, one was edited and so on."""
        return self.entry.kind

    @property
    def key(self) -> str:
        """Permanent: the same change has the same key in every build."""
        return self.entry.key

    @property
    def day(self) -> date | None:
        """Day on which it was published; None when that is not known."""
        return self.entry.day

    @property
    def report(self) -> ReportView | None:
        """The report that it is about."""
        return self.entry.report

    @property
    def address(self) -> str:
        """Page that tells of it."""
        return self.report.address if self.report else self.plan.address


@dataclass(frozen=True, slots=True)
class SiteModel(Gazetteer):
    """Everything that a page may say, computed once."""

    today: Today
    units: Mapping[str, UnitView]
    unit_register: Mapping[str, registers.Unit]
    """What the register says of each unit, by the same ids."""
    documents: Mapping[str, DocumentView]
    programmes: Mapping[str, ProgrammeView]
    measures: Mapping[str, registers.Measure]
    plans: Mapping[str, PlanView]
    plans_of: Mapping[str, tuple[PlanView, ...]]
    """By locality code: the place's own, which its People's Committee issued."""
    plans_of_bodies: Mapping[str, tuple[PlanView, ...]]
    """By locality code, of the nation also: what other bodies there issued."""
    target_groups: tuple[tuple[str, tuple[tuple[str, tuple[TargetView, ...]], ...]], ...]
    """Group of measures, then measure, then targets side by side."""
    topics: Mapping[str, TopicView]
    """In the order of the register."""
    changes: tuple[Change, ...]
    withdrawn: tuple[WithdrawnPlan, ...]
    """Plans that were published and are gone, latest first; of the whole country only."""
    register_changes: tuple[RegisterChange, ...]
    """What entries of the registers were before, latest first; of the whole country only."""
    dates_known: bool
    """Git could tell when files were committed."""
    rollup: RollUp
    localities: registers.Localities
    redirects: Redirects
    """What leads on from former addresses."""
    demo: bool = False
    """The data says of itself that it is made up."""

    @property
    def localities_as_of(self) -> PartialDate | None:
        """Return the day that the names and provinces of localities are those of.

        That of the register, or of the last change before it that is in force; None before all.
        """
        in_force = self.localities.in_force
        if in_force.first_day() <= self.today:
            return in_force
        return next((change.day for change in self.locality_changes), None)

    @property
    def localities_compared(self) -> registers.Source | None:
        """Return the list that the register was compared with, when that was before now."""
        compared = self.localities.compared
        if compared is None or compared.date is None or compared.date.first_day() > self.today:
            return None
        return compared

    @property
    def locality_changes(self) -> tuple[registers.LocalityChange, ...]:
        """List the changes of localities that are in force, newest first."""
        changes = self.localities.changes.values()
        past = [change for change in changes if change.day.first_day() <= self.today]
        return tuple(sorted(past, key=lambda change: change.day.first_day(), reverse=True))

    @property
    def merged_provinces(self) -> Mapping[str, Place]:
        """Return the province that a former one with a plan is part of today, by its folder."""
        with_plan = {plan.place.province or plan.place.code for plan in self.plans.values()}
        return {
            place.slug: self.places[place.successors[0]]
            for place in self.dissolved
            if place.code in with_plan and place.level == "province" and len(place.successors) == 1
        }

    @property
    def plans_in_force(self) -> tuple[PlanView, ...]:
        """Plans that count; those that were replaced keep their pages."""
        return tuple(plan for plan in self.plans.values() if plan.counts)

    def has_pages_of_communes(self, province: Place) -> bool:
        """Say whether communes of a province without a plan have pages, and not rows on its own."""
        return not any(commune.anchor for commune in self.communes.get(province.code, ()))

    def has_plan(self, place: Place) -> bool:
        """Say whether a plan of a place, or of a body there, is held."""
        return place.code in self.plans_of or place.code in self.plans_of_bodies

    def known_plans(self, place: Place) -> tuple[tuple[ProgrammeView, CoverageEntry], ...]:
        """List what is known of a place's plan in each programme that is for it."""
        entries = [(programme, programme.look_up(place)) for programme in self.programmes.values()]
        return tuple((programme, entry) for programme, entry in entries if entry is not None)

    @property
    def units_with_page(self) -> tuple[UnitView, ...]:
        """Units that the site has anything to say of; the register holds many more."""
        return tuple(unit for unit in self.units.values() if unit.has_page)

    @property
    def commune_count(self) -> int:
        """Communes in force, in all provinces."""
        return sum(len(communes) for communes in self.communes.values())

    @property
    def calendar(self) -> tuple[CalendarDay, ...]:
        """Every due day of every plan, in order; all plans are opened for it."""
        return tuple(
            sorted(
                (day for plan in self.plans.values() for day in plan.open().calendar),
                key=lambda day: day.mark,
            )
        )
