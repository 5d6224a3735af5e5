"""The shapes of one plan: in short, for every page that names it; opened, for its own.

Comes in: nothing. Goes out: `PlanView`, which a country's worth of can be kept at once,
and `OpenPlan`, a hundred times as large, which is computed again from the plan's files
when a page needs it and it is no longer at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from congkhai.data import schema
from congkhai.model.views import (
    SETTLED,
    Commitment,
    DueDay,
    Place,
    ProgressPoint,
    ReportingDay,
    ReportView,
    RollUp,
    State,
    TargetView,
)


class UnitShare(NamedTuple):
    """How much one unit answers for in one plan."""

    unit: str
    roles: tuple[tuple[schema.Role, int], ...]
    """Number of commitments in each role that it has."""
    total: int
    rollup: RollUp


@dataclass(frozen=True, slots=True)
class UnitDuties:
    """What one unit answers for in one plan, provision by provision."""

    unit: str
    commitments: tuple[tuple[schema.Role, tuple[Commitment, ...]], ...]
    total: int

    @property
    def roles(self) -> tuple[tuple[schema.Role, int], ...]:
        """Number of commitments in each role that it has."""
        return tuple((role, len(commitments)) for role, commitments in self.commitments)


@dataclass(frozen=True, slots=True)
class Section:
    """The commitments under one part of a plan's body."""

    id: str
    number: str
    title: str
    commitments: tuple[Commitment, ...]
    groups: tuple[tuple[str, tuple[Commitment, ...]], ...]
    """The same by their nearest headings, in order; empty where that is the section's heading."""


class CitationView(NamedTuple):
    """That a plan names a document, in which words, and where."""

    plan_id: str
    document: str
    printed: str
    relation: str
    address: str
    reference: str


Relation = Literal["same", "earlier", "later", "higher", "lower", "dropped", "added", "other"]
"""How a plan's deadline or figure stands to that of the goal it takes up."""


class Difference(NamedTuple):
    """A goal's deadline or figure, and the one in the item that takes it up, as printed."""

    what: Literal["deadline", "figure"]
    goal: str
    own: str
    relation: Relation


class Uptake(NamedTuple):
    """That an item takes up a goal of a document above the plan."""

    document: str
    goal: str
    reference: str
    address: str
    differences: tuple[Difference, ...]


NO_MONTH = 13
"""Where a document names the year alone, which a calendar has after its months."""

DueMark = tuple[int, int, date, str, str]
"""The sort key of a due day in a calendar: year, month or `NO_MONTH`, day, plan id, item id."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something that falls due on a day, in a plan."""

    due: DueDay
    commitment: Commitment
    place: Place
    plan_address: str
    reporting: ReportingDay | None
    state: State | None
    """Of this due day; None for a later round of what comes back."""
    known_on: date
    """The day that the state is of: today, or the end of a past round's year."""
    known_today: bool
    passed: bool
    """The due day lies before the day that the site is of."""
    mark: DueMark
    """Where it stands in a calendar."""

    @property
    def settled(self) -> bool:
        """Nothing is to be done any more for this due day."""
        return self.state in SETTLED

    @property
    def month(self) -> int | None:
        """The month it falls in; None when the document names a year only."""
        return self.mark[1] if self.mark[1] != NO_MONTH else None


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """Everything that only the plan's own page says."""

    plan: schema.Plan
    filed: Mapping[str, schema.Report]
    """Its reports by file name."""
    commitments: tuple[Commitment, ...]
    sections: tuple[Section, ...]
    duties: tuple[UnitDuties, ...]
    """What each unit answers for, those that lead most first."""
    objectives: tuple[Commitment, ...]
    dated: tuple[Commitment, ...]
    """Commitments with a deadline, by their first due day."""
    reporting: tuple[Commitment, ...]
    """Provisions that oblige units to report."""
    reporting_days: tuple[ReportingDay, ...]
    progress: tuple[ProgressPoint, ...]
    """Over the years, oldest first; the last one is today's. Empty while nothing is reported."""
    notes: Mapping[str, tuple[schema.Note, ...]]
    by_item: Mapping[str, Commitment]
    calendar: tuple[CalendarDay, ...]
    """Its due days in order; of a plan that was replaced, only those that had passed."""

    @property
    def last_reporting_day(self) -> ReportingDay | None:
        """The latest one that has passed; within its year a named day goes before others."""
        passed = [day for day in self.reporting_days if day.passed]
        latest = [day for day in passed if day.due.year == passed[-1].due.year]
        return max(latest, key=lambda day: (day.due.named, day.due.day), default=None)


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan in short. What it promises in detail is opened when it is asked for."""

    id: str
    path: str
    document: schema.PlanDocument
    period: schema.Period
    place: Place
    programme: str
    address: str
    parent: str | None
    """Id of the parent document, as the plan cites it."""
    units: tuple[UnitShare, ...]
    """Those that lead most first, otherwise in the document's order."""
    leading: tuple[str, ...]
    """Units that lead something, most first."""
    mentioned: tuple[str, ...]
    """Units among the recipients."""
    targets: tuple[TargetView, ...]
    reports: tuple[ReportView, ...]
    """Oldest first."""
    rollup: RollUp
    kinds: tuple[tuple[schema.Kind, int], ...]
    citations: tuple[CitationView, ...]
    uptakes: tuple[Uptake, ...]
    due: tuple[DueMark, ...]
    """Of its calendar, in its order."""
    has_source: bool
    """The official text as received is held beside it."""
    former_paths: tuple[str, ...]
    superseded_by: str | None
    ended: bool
    """The period is over on the day that is judged on."""
    opener: Callable[[], OpenPlan] | None = field(default=None, compare=False, repr=False)
    """Gives the plan in full; None while it travels from one process to another."""

    @property
    def successor_address(self) -> str | None:
        """Address of the plan that replaced it, which may be another province's."""
        return f"ke-hoach/{self.superseded_by}/" if self.superseded_by else None

    @property
    def counts(self) -> bool:
        """Whether it counts in sums over several plans: a plan that was replaced does not."""
        return self.superseded_by is None

    def open(self) -> OpenPlan:
        """Return the plan in full."""
        assert self.opener is not None, f"{self.id} cannot be opened here"
        return self.opener()
