"""The types of what plans consist of: places, commitments, reports, targets, roll-ups.

Frozen types alone: `commitments` fills them, `plan_view` combines them, `pages` and `exports`
read them. Lists are in the order in which a reader sees them: templates neither sort nor add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, get_args

from congkhai.data import registers, schema
from congkhai.data.fields import Number
from congkhai.model.today import Day
from congkhai.text.dates import PartialDate

State = Literal[
    "done-on-time",
    "done-late",
    "done",
    "under-way",
    "overdue",
    "open",
    "silent",
    "requested",
    "not-applicable",
]
STATES: tuple[State, ...] = get_args(State)
"""`open`: reported, not done, and nothing by which it could be in time or late. `requested`:
only asked for, and not reported on; no report of it is owed."""
UNREPORTED: tuple[State, ...] = ("silent", "requested")
SETTLED: tuple[State, ...] = ("done-on-time", "done-late", "done", "not-applicable")

Group = Literal["done", "doing", "overdue", "silent", "requested", "not-applicable"]
"""What several states have in common at a glance: pictures and rows show no more. What is only
asked for is a group of its own, reported on or not, as it is counted apart."""
GROUPS: tuple[Group, ...] = ("done", "doing", "overdue", "silent", "not-applicable", "requested")
"""What is done first; what is counted apart last."""
GROUP_OF: Mapping[State, Group] = {
    "done-on-time": "done",
    "done-late": "done",
    "done": "done",
    "under-way": "doing",
    "open": "doing",
    "overdue": "overdue",
    "silent": "silent",
    "requested": "requested",
    "not-applicable": "not-applicable",
}


ShownKind = schema.Kind | Literal["request"]
"""A kind as readers see it: what a document only asks for is a kind of its own."""
SHOWN_KINDS: tuple[ShownKind, ...] = (*schema.COMMITMENT_KINDS, "request")

PLACE_TYPES = (
    "thành phố",
    "thị trấn",
    "thị xã",
    "đặc khu",
    "tỉnh",
    "huyện",
    "quận",
    "phường",
    "xã",
)
"""Types that precede the name of a locality, present and past."""


@cache
def short_name(name: str) -> str:
    """Return a locality's name without its type.

    >>> short_name("xã Nam Sách")
    'Nam Sách'
    """
    return next(
        (name[len(kind) + 1 :] for kind in PLACE_TYPES if name.startswith(f"{kind} ")), name
    )


class FormerName(NamedTuple):
    """What a place was called, and where it lay, until a day."""

    name: str
    """With its type: xã Lạng Giang."""
    until: PartialDate
    """Day of the change: from then on it is called otherwise, or lies elsewhere."""
    province: str | None
    """Code of the province it lay in."""
    sources: tuple[registers.Source, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A locality on the site, in force or dissolved; or the nation."""

    code: str
    name: str
    """With its type: xã Nam Sách."""
    level: registers.Level
    slug: str
    address: str
    """Its page; of a dissolved locality without a plan its row on the page of all places."""
    province: str | None
    """Code of the province it lies in; None for a province and for the nation."""
    until: PartialDate | None = None
    successors: tuple[str, ...] = ()
    note: str | None = None
    source: registers.Source | None = None
    former: tuple[FormerName, ...] = ()
    """Oldest first."""
    former_folders: tuple[str, ...] = ()
    """Oldest first: what its folder under `plans/` was by its former names and provinces."""

    @property
    def anchor(self) -> str:
        """Id of its row, where it has no page of its own; empty where it has."""
        return self.address.partition("#")[2]

    @property
    def short(self) -> str:
        """Without its type: Nam Sách."""
        return short_name(self.name)


class Issuer(NamedTuple):
    """The body that issued a plan: a unit in a place."""

    unit: str
    name: str
    """In titles and lists: «tỉnh Lai Châu» for its People's Committee, «Sở Nội vụ tỉnh Lai Châu»,
    «Chính phủ»."""
    folder: str
    """Under `plans/`: `lai-chau`, `lai-chau/so-noi-vu`, `quoc-gia/chinh-phu`."""

    @property
    def speaks_for_place(self) -> bool:
        """Whether its plans are the place's own: those of its People's Committee alone are."""
        return self.unit == schema.PEOPLES_COMMITTEE


class Assignment(NamedTuple):
    """That a provision gives one unit one role, and where it says so."""

    unit: str
    role: schema.Role
    source_item: str
    source: str = ""
    """Where that item stands, for a citation."""
    is_several: bool = False
    """The unit stands for several bodies of the plan's place: see `several_bodies`."""


class DueDay(NamedTuple):
    """One day on which something falls due."""

    day: date
    """The last day in time."""
    deadline: schema.Deadline

    @property
    def year(self) -> int:
        """The year in which it has to be done: of «trước ngày 01/01/2027» it is 2026."""
        return self.day.year

    @property
    def named(self) -> bool:
        """The document names a day or a month, not only a year or «hằng năm»."""
        named = self.deadline.before or self.deadline.by
        return named is not None and named.month is not None


def first_id(plan_id: str, former_paths: Sequence[str]) -> str:
    """Return the id of a plan when it was published first: its oldest folder."""
    return former_paths[0] if former_paths else plan_id


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of a report, with the report it stands in."""

    report: ReportView
    entry: schema.Entry
    corrected_by: ReportView | None = None
    """The report that corrects this line; such a line no longer counts."""
    corrects: ReportView | None = None
    """The earlier report whose line this one corrects."""


class FormerDue(NamedTuple):
    """On which days an item fell due before its deadline was moved."""

    until: date
    """The day on which the document was published with another deadline."""
    due: tuple[DueDay, ...]


class MovedDeadline(NamedTuple):
    """That a deadline was moved to a later day, or taken out, when it had passed."""

    passed: date
    """The last day in time by the deadline as it was."""
    overdue_since: date | None
    """The day after it; None where nothing was reported, which nobody calls late."""
    moved_on: date
    moved_to: date | None
    """The day on which it falls due instead; None where the document gives none."""


class DeadlinePast(NamedTuple):
    """What the deadline of an item was before, oldest first."""

    former: tuple[FormerDue, ...]
    moved: MovedDeadline | None


class ReportView(NamedTuple):
    """One unit's report for one period; its lines are with the items that they are about."""

    plan_id: str
    file: str
    path: str
    unit: str
    period: str
    day: date
    address: str
    lines: int


class FiledResponse(NamedTuple):
    """What one body answered on one day; its answers are with the items that they are about."""

    unit: str
    day: date
    address: str
    """Of its file."""


class LastWord(NamedTuple):
    """What one body said last of an item."""

    unit: str
    status: schema.StatusCode | None
    """None where it gave a figure alone."""
    lines: tuple[EntryView, ...]
    """One, or one for each target."""


class Commitment(NamedTuple):
    """An item that someone can be held to, with all its reports."""

    plan_id: str
    item: schema.Item
    kind: schema.Kind
    reference: str
    """Where it stands, for a citation: «mục III.1, gạch đầu dòng 2»."""
    section: str
    """Id of the part's heading it stands under, for grouping."""
    heading: str
    """The nearest headings above it."""
    assignments: tuple[Assignment, ...]
    deadlines: tuple[schema.Deadline, ...]
    """Its own, or those of the nearest item above it that has any."""
    due: tuple[DueDay, ...]
    """Every day on which it falls due, earliest first."""
    state: State
    latest: EntryView | None
    history: tuple[EntryView, ...]
    address: str
    topics: tuple[str, ...] = ()
    """Ids of the everyday topics that its words name."""
    judged_year: int | None = None
    """The year that `state` is about, where it falls due in several; None where in one."""
    last_words: tuple[LastWord, ...] = ()
    """What each body said last of it, newest first."""
    is_told_in_part: bool = False
    """It is written for a group, of whose bodies only those of `last_words` have reported."""
    deadline_past: DeadlinePast | None = None
    """What its deadline was before it was moved, where it was."""

    @property
    def moved_deadline(self) -> MovedDeadline | None:
        """That its deadline was moved when it had passed, if so."""
        return self.deadline_past.moved if self.deadline_past else None

    @property
    def deadline_set_late(self) -> date | None:
        """The day on which its deadline was set to a day that had passed by then, if so.

        Nobody was late before: another deadline was in force. None where that had passed, too.
        """
        if self.deadline_past is None or self.deadline_past.moved or not self.due:
            return None
        set_on = self.deadline_past.former[-1].until
        return set_on if self.due[-1].day < set_on else None

    def due_on(self, day: Day) -> tuple[DueDay, ...]:
        """Return its due days by the deadline that was in force on a day."""
        former = self.deadline_past.former if self.deadline_past else ()
        return next((one.due for one in former if day < one.until), self.due)

    @property
    def words(self) -> str:
        """Its official words; a dash of ours stands between heading and text."""
        title, text = self.item.title, self.item.text
        return f"{title} – {text}" if title and text else title or text or ""

    @property
    def is_request(self) -> bool:
        """The document only asks for it: every unit it names is asked, none is told."""
        # No generator, which takes longer than the answer: pages ask some thirty times of each.
        for assignment in self.assignments:
            if assignment.role != "requested":
                return False
        return bool(self.assignments)

    @property
    def shown_kind(self) -> ShownKind:
        """Its kind as readers see it: what is only asked for is a request, whatever its kind."""
        return "request" if self.is_request else self.kind

    @property
    def group(self) -> Group:
        """What it looks like in pictures and rows."""
        return "requested" if self.is_request else GROUP_OF[self.state]

    @property
    def is_unreported(self) -> bool:
        """No report on it counts."""
        return self.state in UNREPORTED

    @property
    def lacks_result(self) -> bool:
        """It was reported done, but what came of one of its targets nobody reported."""
        counted = [line.entry for line in self.history if line.corrected_by is None]
        measured = {entry.target for entry in counted if entry.value is not None}
        return GROUP_OF[self.state] == "done" and any(
            not measured & {None, target.key} for target in self.item.targets
        )

    @property
    def target_keys(self) -> tuple[str, ...]:
        """Keys of its targets, when it has two or more."""
        return tuple(target.key for target in self.item.targets if target.key)

    @property
    def assigned_in(self) -> tuple[tuple[str, str], ...]:
        """The other items that name its units: (id, where it stands), each once."""
        own = self.item.id
        return tuple(
            dict.fromkeys(
                [
                    (assignment.source_item, assignment.source)
                    for assignment in self.assignments
                    if assignment.source_item != own
                ]
            )
        )

    def units(self, role: schema.Role) -> tuple[str, ...]:
        """List the units with this role, in the document's order."""
        return tuple(assignment.unit for assignment in self.assignments if assignment.role == role)


class ReportedValue(NamedTuple):
    """A value that a report gives for a target, and the line that says so."""

    day: date
    address: str
    value: Number
    unit: str
    """Who reported it."""
    edited: date | None = None
    """The day on which another value took the place of the one reported first, if so."""


class FormerTarget(NamedTuple):
    """What a target was before the document was changed."""

    until: date
    """The day on which it was published as another one."""
    target: schema.Target


class TargetView(NamedTuple):
    """A quantified target and where it stands; `commitment` is None for a cited document."""

    measure: str
    printed: str
    comparator: str
    value: Number
    unit: str
    population: str | None
    modal: str | None
    condition: str | None
    by: PartialDate | None
    plan_id: str | None
    document_id: str | None
    address: str
    reference: str
    source: registers.Source | None
    values: tuple[ReportedValue, ...] = ()
    """What was reported, oldest first."""
    maximum: Number | None = None
    """The upper figure of a range, of which `value` is the lower."""
    baseline: Number | None = None
    """From where the figure is to change: «từ 40% lên 60%»."""
    former: tuple[FormerTarget, ...] = ()
    """What it was before, oldest first."""


Basis = Literal["group", "predecessor", "nobody"]
"""Why a unit reported on what does not name it: the document names a group that it is of, a unit
that it follows, or nobody."""
BASES: tuple[Basis, ...] = get_args(Basis)


class RollUp(NamedTuple):
    """How many commitments are in which state; silence is a count of its own."""

    total: int
    counts: Mapping[State, int]
    removed_reports: int = 0
    """How many reports were published and are no longer held."""
    asked: Mapping[State, int] = {}
    """Of `counts`, what the document only asks for: nobody owes a report of it."""
    beside: Mapping[Basis, int] = {}
    """Of a unit alone: what it reported on though it is not named there. Not in `total`."""

    @property
    def owed(self) -> RollUp:
        """The same without what is only asked for."""
        counts = {state: count - self.asked.get(state, 0) for state, count in self.counts.items()}
        return RollUp(
            self.total - self.asked_total, counts, self.removed_reports, beside=self.beside
        )

    @property
    def asked_total(self) -> int:
        """How many are only asked for."""
        return sum(self.asked.values())

    @property
    def asked_reported(self) -> int:
        """How many of these were reported on all the same."""
        return self.asked_total - sum(self.asked.get(state, 0) for state in UNREPORTED)

    @property
    def reported(self) -> int:
        """How many were reported on at all."""
        return self.total - sum(self.counts[state] for state in UNREPORTED)

    @property
    def groups(self) -> Mapping[Group, int]:
        """How many look alike, those that do not occur included."""
        counts = dict.fromkeys(GROUPS, 0)
        for state, count in self.owed.counts.items():
            counts[GROUP_OF[state]] += count
        counts["requested"] += self.asked_total
        return counts

    @property
    def done(self) -> int:
        """How many were reported done, in time or not."""
        return self.counts["done"] + self.counts["done-on-time"] + self.counts["done-late"]


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """How far a plan had come on a day, by the reports for periods up to then."""

    day: date | None
    """None for how far it is now."""
    rollup: RollUp
    reports: tuple[ReportView, ...]
    """For periods of that day's year."""


@dataclass(frozen=True, slots=True)
class ReportingDay:
    """A day on which units had, or have, to report, and what is held here of it."""

    due: DueDay
    commitment: Commitment
    units: tuple[str, ...]
    received: tuple[ReportView, ...]
    passed: bool
    gone_since: date | None
    """Since when nobody was left on that day who could report."""

    @property
    def counts(self) -> bool:
        """Say whether it passed, and there was somebody to report or a report all the same."""
        return self.passed and (self.gone_since is None or bool(self.received))

    @property
    def missed(self) -> bool:
        """Say whether it passed while somebody owed a report, and nothing was received."""
        return self.counts and not self.received and not self.commitment.is_request
