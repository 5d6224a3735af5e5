"""The shapes of one plan: in short for pages that name it, in full for its own pages.

Comes in: nothing. Goes out: `PlanView`, small enough that those of all plans fit in memory;
`OpenPlan`, a hundred times as large; and `PlanStore`, which turns the first into the second
and records which plans were opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple

from congkhai.data import schema
from congkhai.model import routes
from congkhai.model.amendments import Amendment
from congkhai.model.former_targets import former_targets, target_on
from congkhai.model.ledger import ARRIVALS, LedgerEntry
from congkhai.model.today import ALWAYS, Interval, Today
from congkhai.model.views import (
    GROUP_OF,
    SETTLED,
    Basis,
    Commitment,
    DeadlinePast,
    DueDay,
    Group,
    Issuer,
    Place,
    ProgressPoint,
    ReportingDay,
    ReportView,
    RollUp,
    ShownKind,
    State,
    TargetView,
    first_id,
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
        """Return the number of commitments in each role that the unit has."""
        return tuple((role, len(commitments)) for role, commitments in self.commitments)


class ReportedBeside(NamedTuple):
    """What one unit reported on in one plan though it is not named there."""

    unit: str
    basis: Basis
    commitments: tuple[Commitment, ...]


class TopicCount(NamedTuple):
    """How much of one topic there is."""

    topic: str
    total: int
    asked: int
    """Of `total`, what the document only asks for."""

    @property
    def owed(self) -> int:
        """The rest."""
        return self.total - self.asked


@dataclass(frozen=True, slots=True)
class Section:
    """The commitments under one part of a plan's body."""

    id: str
    number: str
    title: str
    commitments: tuple[Commitment, ...]
    groups: tuple[tuple[str, tuple[Commitment, ...]], ...]
    """The same by their nearest headings, in order; no heading where it is the section's own."""


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
    words: str
    """The item's own words, as printed."""
    goal_words: str
    """Those of the goal."""
    same_words: bool
    """They are those of the goal, apart from capitals and punctuation."""
    differences: tuple[Difference, ...]


class ComparedGoals(NamedTuple):
    """That an editor compared a whole plan with goals of a document."""

    document: str
    goals: tuple[str, ...]
    note: str | None


NO_MONTH = 13
"""Where a document names the year alone, which a calendar has after its months."""

DueMark = tuple[int, int, date, str, str]
"""Where a due day stands in a calendar: year, month or `NO_MONTH`, day, plan's id, item's id."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """Something that falls due on a day, in a plan."""

    due: DueDay
    commitment: Commitment
    place: Place
    issuer: Issuer
    plan_address: str
    first_plan_id: str
    """Id of the plan when it was published first, to which ids in calendars are bound."""
    reporting: ReportingDay | None
    state: State | None
    """Of this due day; None for a later round of what comes back."""
    known_on: date | None
    """The day that the state is of: the end of a past round's year; None for what is so now."""
    passed: bool
    """The due day lies before the day that the site is of."""
    gone_since: date | None
    """Since when nobody was left on that day who could do it."""
    mark: DueMark
    """Where it stands in a calendar."""

    @property
    def group(self) -> Group | None:
        """What its state looks like; None for a later round of what comes back."""
        if self.state is None:
            return None
        return "requested" if self.commitment.is_request else GROUP_OF[self.state]

    @property
    def is_missed_report(self) -> bool:
        """Say whether a report was owed on this day, and none was received."""
        return self.reporting is not None and self.reporting.missed

    @property
    def settled(self) -> bool:
        """Say whether nothing is to be done any more for this due day."""
        return self.state in SETTLED

    @property
    def month(self) -> int | None:
        """Return the month that it falls in; None when the document names a year only."""
        return self.mark[1] if self.mark[1] != NO_MONTH else None


class ResponseView(NamedTuple):
    """What one body answered on one day, and where the file of it is published."""

    response: schema.Response
    day: date
    address: str


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
    beside: tuple[ReportedBeside, ...]
    """What units reported on that does not name them, in the order of `Basis`."""
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
    responses: tuple[ResponseView, ...] = ()
    """What the authority answered, newest first."""
    ended: bool = False
    """The period is over on the day that is judged on."""
    valid: Interval = ALWAYS
    """The days on which all of this is so, if nothing is reported or changed."""

    def address_of(self, plan_id: str, item: str) -> str:
        """Return where an item stands: on its page where it is a commitment, else in the text."""
        commitment = self.by_item.get(item)
        return commitment.address if commitment else routes.item_in_text(plan_id, item)

    def with_past_deadlines(
        self, pasts: Mapping[str, DeadlinePast], progress: tuple[ProgressPoint, ...]
    ) -> OpenPlan:
        """Return the plan with what deadlines were before, by item, and `progress` by them."""

        def date_one(commitment: Commitment) -> Commitment:
            past = pasts.get(commitment.item.id)
            return commitment._replace(deadline_past=past) if past else commitment

        def date_all(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
            return tuple([date_one(commitment) for commitment in commitments])

        return replace(
            self,
            commitments=date_all(self.commitments),
            sections=tuple(
                [
                    replace(
                        section,
                        commitments=date_all(section.commitments),
                        groups=tuple([(head, date_all(group)) for head, group in section.groups]),
                    )
                    for section in self.sections
                ]
            ),
            duties=tuple(
                [
                    replace(
                        duty,
                        commitments=tuple(
                            [(role, date_all(own)) for role, own in duty.commitments]
                        ),
                    )
                    for duty in self.duties
                ]
            ),
            beside=tuple(
                [one._replace(commitments=date_all(one.commitments)) for one in self.beside]
            ),
            dated=date_all(self.dated),
            reporting=date_all(self.reporting),
            reporting_days=tuple(
                [replace(day, commitment=date_one(day.commitment)) for day in self.reporting_days]
            ),
            progress=progress,
            by_item={item: date_one(commitment) for item, commitment in self.by_item.items()},
            calendar=tuple(
                [replace(day, commitment=date_one(day.commitment)) for day in self.calendar]
            ),
        )

    @property
    def answers(self) -> dict[str, list[tuple[ResponseView, schema.Answer]]]:
        """Return what was answered about each item, newest first, by the item's id."""
        answers: dict[str, list[tuple[ResponseView, schema.Answer]]] = {}
        for view in self.responses:
            for answer in view.response.answers:
                answers.setdefault(answer.item, []).append((view, answer))
        return answers

    def missed_of(self, item: str) -> ReportingDay | None:
        """Return the last day on which an item asked for a report, if none was received."""
        asked = [
            day for day in self.reporting_days if day.commitment.item.id == item and day.counts
        ]
        return asked[-1] if asked and asked[-1].missed else None

    def gone_since(self, item: str) -> date | None:
        """Return since when nobody is left who could do what an item has fall due, if so."""
        days = (day.gone_since for day in self.calendar if day.commitment.item.id == item)
        return next((day for day in days if day is not None), None)

    @property
    def last_reporting_day(self) -> ReportingDay | None:
        """Return the latest day that passed while there was somebody to report.

        In its year, one named by a day comes first.
        """
        passed = [day for day in self.reporting_days if day.counts]
        latest = [day for day in passed if day.due.year == passed[-1].due.year]
        return max(latest, key=lambda day: (day.due.named, day.due.day), default=None)


class PlanStore:
    """Opens plans in full, and records which plans were opened."""

    def __init__(
        self,
        read: Callable[[str], OpenPlan] | None = None,
        capacity: int = 0,
        today: Today | None = None,
    ) -> None:
        """Begin with no plan held.

        `read`: computes a plan from its files, by its id; None when all plans will be held.
        `capacity`: how many of the plans that were read are kept for the next to ask for them.
        `today`: is told on which days an opened plan holds, whoever had it opened first.
        """
        self._today = today
        self._read = read
        self._capacity = capacity
        self._held: dict[str, OpenPlan] = {}
        self._recent: dict[str, OpenPlan] = {}
        self._records: list[set[str]] = []

    def hold(self, plan_id: str, plan: OpenPlan) -> None:
        """Keep a plan that was computed already, for as long as the store is used."""
        self._held[plan_id] = plan

    def open(self, plan_id: str) -> OpenPlan:
        """Return a plan in full. Raises LookupError when it is neither held nor can be read."""
        for record in self._records:
            record.add(plan_id)
        plan = self._held.get(plan_id) or self._recent.get(plan_id) or self._read_plan(plan_id)
        if self._today is not None:
            self._today.narrow(plan.valid)
        return plan

    def _read_plan(self, plan_id: str) -> OpenPlan:
        if self._read is None:
            raise LookupError(f"{plan_id} is not held and cannot be read")
        plan = self._read(plan_id)
        if len(self._recent) >= self._capacity:
            self._recent.clear()
        self._recent[plan_id] = plan
        return plan

    @contextmanager
    def record(self) -> Iterator[set[str]]:
        """Collect the ids of all plans that are opened within the block."""
        record: set[str] = set()
        self._records.append(record)
        try:
            yield record
        finally:
            self._records.pop()


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan in short. What it promises in detail comes from a `PlanStore`."""

    id: str
    path: str
    document: schema.PlanDocument
    period: schema.Period
    place: Place
    issuer: Issuer
    programme: str
    address: str
    parent: str | None
    """Id of the parent document, as the plan cites it."""
    units: tuple[UnitShare, ...]
    """Those that lead most first, otherwise in the document's order."""
    beside: Mapping[str, Mapping[Basis, int]]
    """By unit, how much it reported on that does not name it."""
    leading: tuple[str, ...]
    """Units that lead something, most first."""
    mentioned: tuple[str, ...]
    """Units among the recipients."""
    report_addressees: tuple[str, ...]
    """Units to which, or through which, the plan has reports sent."""
    parent_printed: str | None
    """The parent's number as the plan prints it, where the register has another."""
    incomplete: bool
    """A note says that a part of the document was not received."""
    targets: tuple[TargetView, ...]
    reports: tuple[ReportView, ...]
    """Oldest first."""
    rollup: RollUp
    kinds: tuple[tuple[ShownKind, int], ...]
    topics: tuple[TopicCount, ...]
    """How many commitments each topic has; those without a topic are in none."""
    citations: tuple[CitationView, ...]
    uptakes: tuple[Uptake, ...]
    compared: tuple[ComparedGoals, ...]
    """Without it nothing is said of what the plan leaves out."""
    due: tuple[DueMark, ...]
    """Of its calendar, in its order."""
    has_source: bool
    """The official text as received is held beside it."""
    signed_bytes: int
    """The size of the office's signed file; 0 without one."""
    former_paths: tuple[str, ...]
    superseded_by: str | None
    ended: bool
    """The period is over on the day that is judged on."""
    ledger: tuple[LedgerEntry, ...] = ()
    """What was published and changed, oldest first."""
    amended_items: Mapping[str, str] = field(default_factory=dict)
    """Where each item in which anything changed stands, those that are gone among them."""
    changed_items: frozenset[str] = frozenset()
    """The items in which more changed than how the site reads the same words."""
    past_deadlines: Mapping[str, DeadlinePast] = field(default_factory=dict)
    """By item, what its deadline was before it was moved."""
    dated_progress: tuple[ProgressPoint, ...] = ()
    """How far it was over the years, by the deadlines of their time; empty where none moved."""
    dates_known: bool = True
    """Whether what changed since it was published, and when, is known."""
    valid: Interval = ALWAYS
    """The days on which this and all that is told of it in full is so, as far as is known."""
    store: PlanStore | None = field(default=None, compare=False, repr=False)
    """Where it is opened; None in a view that is being stored or sent to another process."""

    @property
    def first_id(self) -> str:
        """Return the id under which it was published first, to which ids in feeds are bound."""
        return first_id(self.id, self.former_paths)

    @property
    def text_address(self) -> str:
        """Return the address of its whole text, where every item has an anchor."""
        return routes.full_text(self.id)

    @property
    def successor_address(self) -> str | None:
        """Return the address of the page of the plan that replaced this one, if any.

        Only the id is known: the other plan may be of a province that is not at hand.
        """
        return routes.plan(self.superseded_by) if self.superseded_by else None

    @property
    def changes(self) -> tuple[LedgerEntry, ...]:
        """Return what changed after it was published, newest first."""
        return tuple(
            entry
            for entry in reversed(self.ledger)
            if entry.is_news and entry.kind not in ("plan-added", *ARRIVALS)
        )

    @property
    def official_changes(self) -> tuple[LedgerEntry, ...]:
        """Return the changes that are more than the site reading the same words otherwise."""
        return tuple([entry for entry in self.changes if not entry.is_reading])

    @property
    def readings(self) -> tuple[LedgerEntry, ...]:
        """Return the changes in which the document says what it said, newest first."""
        return tuple([entry for entry in self.changes if entry.is_reading])

    @property
    def removed_reports(self) -> tuple[LedgerEntry, ...]:
        """Return how each report that is no longer held was taken away, oldest first."""
        held = {f"reports/{report.file}" for report in self.reports}
        last = {entry.file: entry for entry in self.ledger if entry.kind == "report-removed"}
        return tuple(entry for file, entry in last.items() if file not in held)

    @property
    def removed_responses(self) -> tuple[LedgerEntry, ...]:
        """Return how each response that is no longer held was taken away, oldest first."""
        last = {entry.file: entry for entry in self.ledger if entry.response is not None}
        return tuple(entry for entry in last.values() if entry.kind == "response-removed")

    def address_of(self, entry: LedgerEntry) -> str:
        """Return where a report or a response is published; empty where nothing is."""
        if entry.filed is None:
            return ""
        hidden = {gone.file for gone in self.removed_responses if gone.is_hidden}
        return "" if entry.file in hidden else entry.filed.address

    @property
    def reports_were_removed(self) -> bool:
        """Say whether it has no report now, but had one."""
        return not self.reports and bool(self.removed_reports)

    def changes_of(self, item: str) -> tuple[tuple[LedgerEntry, Amendment], ...]:
        """Return what changed in an item and in the reports on it, newest first."""
        return tuple(
            (entry, amendment)
            for entry in self.changes
            for amendment in entry.amendments
            if amendment.item == item
        )

    def targets_on(self, item: schema.Item, day: date) -> tuple[schema.Target, ...]:
        """Return what the targets of an item were on a day."""
        if item.id not in self.changed_items:
            return item.targets
        return tuple(
            [
                target_on(target, former_targets(item.id, target, self.ledger), day)
                for target in item.targets
            ]
        )

    def lost_report_on(self, item: str) -> bool:
        """Say whether a report that is no longer held said something about an item."""
        removed = (amendment for entry in self.removed_reports for amendment in entry.amendments)
        return any(amendment.item == item for amendment in removed)

    def changes_of_report(self, file: str) -> tuple[LedgerEntry, ...]:
        """Return what happened to a report after it arrived, newest first."""
        return tuple(entry for entry in self.changes if entry.file == f"reports/{file}")

    def arrival_of(self, report: ReportView) -> date | None:
        """Return the day on which a report arrived, if more than a week after its own."""
        for entry in self.ledger:
            if entry.kind == "report" and entry.file == f"reports/{report.file}":
                return entry.late_arrival
        return None

    @property
    def counts(self) -> bool:
        """Say whether it counts in sums over several plans: a plan that was replaced does not."""
        return self.superseded_by is None

    def open(self) -> OpenPlan:
        """Return the plan in full. Raises LookupError in a view without a store."""
        if self.store is None:
            raise LookupError(f"{self.id} was given no store to be opened from")
        full = self.store.open(self.id)
        if self.past_deadlines:
            return full.with_past_deadlines(self.past_deadlines, self.dated_progress)
        return full
