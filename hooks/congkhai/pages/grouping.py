"""Lists of facts in the groups in which pages show them.

Comes in: the `SiteModel` or a list from it. Goes out: the same by province, year, month,
letter or role. What grows with the country is cut so that each page still opens on a
phone; the limits stand here, and a small site is not cut at all.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from congkhai.data import schema
from congkhai.model import routes
from congkhai.model.assignments import walk
from congkhai.model.plan_view import NO_MONTH, CalendarDay, OpenPlan, PlanView
from congkhai.model.references import references
from congkhai.model.site_model import Change, SiteModel, UnitView, add_up_unit
from congkhai.model.today import Today
from congkhai.model.views import Assignment, Group, Issuer, Place, RollUp, TargetView
from congkhai.text.vietnamese import initial

LISTED_PLANS = 40
"""With more plans the site is large: no page shows what all of them promise in detail."""
MOST_FILTERED = 3000
"""Tasks whose facets are loaded all at once; of more, the reader chooses a province first."""
LISTED_OF_UNIT = 400
"""Commitments, reports and mentions on the page of one unit at most."""
NEXT_DAYS = 60
"""Due days on the calendar's first page when the site is large."""
HOME_TOPICS = 5
HOME_DAYS = 2
"""Days passed and days ahead on the first page."""
LATELY = 92
"""Days for which a report that was not received stands on the first page."""
MOST_LOOKED_AT = 200
"""Days that are looked at for them: each may open another plan."""
MOST_SIGNS = 240
"""In the picture of the record: with more commitments each sign stands for several."""
LISTED_OF_TOPIC = 5
"""Commitments of one plan that the page of a topic shows before the rest, which is folded."""
LISTED_CHANGES = 300
"""The newest changes, on the page of all of them."""
LISTED_TARGETS = 100
"""Targets of one measure that are listed on one page at most; the table to download has all."""

T = TypeVar("T")
Row = TypeVar("Row", bound=tuple[PlanView, *tuple[Any, ...]])


class UnitRow(NamedTuple):
    """A unit's figures in the table of units, in plans that count."""

    view: UnitView
    lead: int
    coordinating: int
    implementing: int
    requested: int
    reported: int
    """What is only asked for is counted too: who reports without owing it has reported."""
    silent: int
    """Of what a report is owed."""


def unit_rows(site_model: SiteModel) -> list[UnitRow]:
    """Return the units that plans give anything to do, in dictionary order: it is no ranking."""
    rows = []
    for view in site_model.units_with_page:
        if not view.total:
            continue
        roles = count_roles(view)
        rows.append(
            UnitRow(
                view,
                roles["lead"],
                roles["coordinating"],
                roles["implementing"],
                roles["requested"],
                view.rollup.reported,
                view.rollup.owed.counts["silent"],
            )
        )
    return rows


def unit_is_long(view: UnitView) -> bool:
    """Say whether the unit's page would be too long a list."""
    return (
        view.total + len(view.reports) + len(view.mentioned_in) + len(view.inherited)
        > LISTED_OF_UNIT
    )


def unit_by_province(site_model: SiteModel, view: UnitView) -> list[tuple[Place, UnitView]]:
    """Return the unit's view in each province that names it, with an address of its own."""
    groups: dict[str, list[PlanView]] = {}
    for plan in _plans_naming(view):
        groups.setdefault(plan.place.province or plan.place.code, []).append(plan)
    return [
        (province, unit_in(view, province, groups[province.code]))
        for province in _provinces(site_model)
        if province.code in groups
    ]


def unit_in(view: UnitView, place: Place, plans: Iterable[PlanView]) -> UnitView:
    """Return the unit's view in some plans of a place, with an address of its own."""
    ids = {plan.id for plan in plans}
    shares = tuple(row for row in view.shares if row[0].id in ids)
    reports = tuple(row for row in view.reports if row[0].id in ids)
    counted = [share for plan, share in shares if plan.counts]
    return replace(
        view,
        address=routes.body(view.id, place.address),
        shares=shares,
        inherited=tuple(row for row in view.inherited if row[1].id in ids),
        reports=reports,
        mentioned_in=tuple(plan for plan in view.mentioned_in if plan.id in ids),
        reported_to=tuple(plan for plan in view.reported_to if plan.id in ids),
        total=sum(share.total for share in counted),
        rollup=add_up_unit(view.id, shares, reports),
    )


def _plans_naming(view: UnitView) -> Iterator[PlanView]:
    """Yield the plans that say anything of a unit, some of them more than once."""
    yield from (plan for plan, _ in view.shares)
    yield from (plan for _, plan, _ in view.inherited)
    yield from (plan for plan, _ in view.reports)
    yield from view.mentioned_in
    yield from view.reported_to


def count_roles(view: UnitView) -> Counter[schema.Role]:
    """Count the commitments of a unit by its roles, in plans that count."""
    roles = Counter[schema.Role]()
    for _, share in view.counted:
        roles.update(dict(share.roles))
    return roles


def is_large(plans: Collection[object]) -> bool:
    """Say whether a site of these plans is cut by province."""
    return len(plans) > LISTED_PLANS


def calendar_by_province(site_model: SiteModel) -> list[tuple[Place, dict[int, list[CalendarDay]]]]:
    """Return each province's due days by year, both in order; opens all plans."""
    result = []
    for province, plans in plans_by_province(site_model):
        years: dict[int, list[CalendarDay]] = {}
        for day in sorted(
            (day for plan in plans for day in plan.open().calendar), key=lambda day: day.mark
        ):
            years.setdefault(day.due.day.year, []).append(day)
        if years:
            result.append((province, years))
    return result


def plans_have_days(plans: Iterable[PlanView]) -> bool:
    """Say whether plans name any day or month, without opening them."""
    return any(mark[1] != NO_MONTH for plan in plans for mark in plan.due)


def place_has_days(site_model: SiteModel, place: Place) -> bool:
    """Say whether plans of a place, or of a body there, name any day or month."""
    return plans_have_days(
        plan
        for plans in (site_model.plans_of, site_model.plans_of_bodies)
        for plan in plans.get(place.code, ())
    )


def unit_days(view: UnitView) -> list[CalendarDay]:
    """List the due days of what plans give a unit, or one that it follows; opens its plans."""
    names = {view.id, *(unit for unit, _, _ in view.inherited)}
    plans = {plan.id: plan for plan, _ in view.shares}
    plans |= {plan.id: plan for _, plan, _ in view.inherited}
    days = [
        day
        for plan in plans.values()
        for day in plan.open().calendar
        if day.month is not None and names & {one.unit for one in day.commitment.assignments}
    ]
    return sorted(days, key=lambda day: day.mark)


def days_to_keep(days: Iterable[CalendarDay], today: Today) -> list[CalendarDay]:
    """Leave out what is done and what is long past: a reader's calendar is for what is to come."""
    first = today - timedelta(days=LATELY)
    return [day for day in days if not day.settled and day.due.day >= first]


def due_days_by_province(site_model: SiteModel) -> list[tuple[Place, dict[int, int]]]:
    """Count each province's due days by year, without opening a plan."""
    result = []
    for province, plans in plans_by_province(site_model):
        years = Counter(mark[0] for plan in plans for mark in plan.due)
        if years:
            result.append((province, dict(sorted(years.items()))))
    return result


def days_ahead(site_model: SiteModel) -> Iterator[CalendarDay]:
    """Yield what falls due from the site's day on, next first; opens plans as it goes."""
    for mark in heapq.merge(
        *(
            [mark for mark in plan.due if mark[2] >= site_model.today]
            for plan in site_model.plans.values()
        )
    ):
        yield next(day for day in site_model.plans[mark[3]].open().calendar if day.mark == mark)


def missed_reports(site_model: SiteModel) -> Iterator[CalendarDay]:
    """Yield the days lately passed by which a report was due and of which none was received.

    Latest first; opens plans as it goes.
    """
    first = site_model.today - timedelta(days=LATELY)
    marks = [
        mark
        for plan in site_model.plans_in_force
        for mark in plan.due
        if first <= mark[2] < site_model.today
    ]
    for mark in sorted(marks, key=lambda mark: (-mark[2].toordinal(), mark))[:MOST_LOOKED_AT]:
        for day in site_model.plans[mark[3]].open().calendar:
            if day.mark == mark and day.is_missed_report:
                yield day


def one_a_place(days: Iterable[CalendarDay]) -> Iterator[CalendarDay]:
    """Yield the first of the days that fall on one date in one plan."""
    seen = set()
    for day in days:
        key = (day.commitment.plan_id, day.due.day)
        if key not in seen:
            seen.add(key)
            yield day


def signs_of(rollup: RollUp) -> tuple[int, list[tuple[Group, int, range]]]:
    """Return for how many commitments one sign stands, and each group with its count and signs.

    A group that occurs has at least one sign.
    """
    per_sign = max(1, -(-rollup.total // MOST_SIGNS))
    return per_sign, [
        (group, count, range(max(1, round(count / per_sign))))
        for group, count in rollup.groups.items()
        if count
    ]


@dataclass(frozen=True, slots=True)
class Rounds:
    """One commitment's days of one deadline; what comes back every year is one thing."""

    days: tuple[CalendarDay, ...]
    """In order."""
    shown: CalendarDay
    """The next one; of what is over, the last."""

    @property
    def ahead(self) -> tuple[CalendarDay, ...]:
        """Return those that have not passed."""
        return tuple(day for day in self.days if not day.passed)

    @property
    def unanswered(self) -> CalendarDay | None:
        """Return the last reporting day that passed and for which nothing was received."""
        passed = [day for day in self.days if day.reporting is not None and day.reporting.counts]
        last = passed[-1] if passed else None
        return last if last and last.reporting and last.reporting.missed else None


@dataclass(frozen=True, slots=True)
class PlanRounds:
    """What falls due by one plan."""

    plan_id: str
    issuer: Issuer
    place: Place
    address: str
    ahead: tuple[Rounds, ...]
    """What falls due again or for the first time, next first."""
    over: tuple[Rounds, ...]
    """What does not fall due any more, latest first."""


def rounds_by_plan(days: Iterable[CalendarDay]) -> list[PlanRounds]:
    """Group due days by plan, those with the next due day first; what comes back is one."""
    by_plan: dict[str, dict[tuple[str, schema.Deadline], list[CalendarDay]]] = {}
    for day in sorted(days, key=lambda day: day.mark):
        key = (day.commitment.item.id, day.due.deadline)
        by_plan.setdefault(day.commitment.plan_id, {}).setdefault(key, []).append(day)
    result = []
    for groups in by_plan.values():
        rounds = [
            Rounds(tuple(group), next((day for day in group if not day.passed), group[-1]))
            for group in groups.values()
        ]
        first = rounds[0].shown
        result.append(
            PlanRounds(
                first.commitment.plan_id,
                first.issuer,
                first.place,
                first.plan_address,
                tuple(
                    sorted(
                        (one for one in rounds if not one.shown.passed),
                        key=lambda one: one.shown.mark,
                    )
                ),
                tuple(
                    sorted(
                        (one for one in rounds if one.shown.passed),
                        key=lambda one: one.shown.mark,
                        reverse=True,
                    )
                ),
            )
        )
    # A plan of which nothing is ahead stands last.
    return sorted(
        result, key=lambda plan: (not plan.ahead, [one.shown.mark for one in plan.ahead[:1]])
    )


def units_by_role(assignments: Iterable[Assignment]) -> list[tuple[schema.Role, list[str]]]:
    """Group the units of a provision by their roles, the leading role first."""
    units: dict[schema.Role, list[str]] = {}
    for assignment in assignments:
        units.setdefault(assignment.role, []).append(assignment.unit)
    return [(role, units[role]) for role in schema.ROLES if role in units]


_OF_HEADINGS_ALONE = frozenset({"misprint", "blank"})
"""Kinds of notes that say nothing of what stands below a heading."""


def notes_above(full: OpenPlan) -> dict[str, list[tuple[str, schema.Note]]]:
    """Return by item what notes at the headings above it say of it too, each with its place.

    Who does a whole group of tasks, and by when, is often said at the heading alone.
    """
    stands = references(full.plan.body, full.plan.attachments)
    return {
        item.id: [
            (stands[heading.id], note)
            for heading in above
            for note in full.notes.get(heading.id, ())
            if note.kind not in _OF_HEADINGS_ALONE
        ]
        for item, above in walk(full.plan.provisions)
    }


def outline(
    items: Iterable[schema.Item], depth: int = 0
) -> Iterator[tuple[schema.Item, int, tuple[int, ...]]]:
    """Yield a tree of items in the document's order, so that a loop can nest their HTML.

    With each item come its depth, and the depths of the items that end with it, deepest first:
    its own when nothing stands below it, and those of which it is the last.
    """
    for item in items:
        if not item.items:
            yield item, depth, (depth,)
            continue
        yield item, depth, ()
        *before, last = outline(item.items, depth + 1)
        yield from before
        end, end_depth, closings = last
        yield end, end_depth, (*closings, depth)


def former_anchor(item: schema.Item, plan: schema.Plan) -> str | None:
    """Return the id under which an item was published before, unless another has it now."""
    ids = {other.id for other, _, _ in outline(plan.provisions)}
    return item.moved_from if item.moved_from not in ids else None


def name_cells(cells: Sequence[str], columns: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Return the other cells of a row, each with the name of its column.

    The first of them stands under the column that leaves as many columns as there are cells.
    Cells without a column come first, without a name.

    >>> list(name_cells(["200", "250"], ["Chỉ tiêu", "2026", "2027"]))
    [('2026', '200'), ('2027', '250')]
    >>> list(name_cells(["200", "250"], ["2027"]))
    [('', '200'), ('2027', '250')]
    """
    unnamed = [""] * (len(cells) - len(columns))
    named = columns[max(0, len(columns) - len(cells)) :]
    return zip([*unnamed, *named], cells, strict=True)


def by_letter(things: Iterable[T], name: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """Group things, which are in dictionary order, by the first letter of their names."""
    return [
        (letter, list(group))
        for letter, group in groupby(things, key=lambda thing: initial(name(thing)))
    ]


def changes_by_year(site_model: SiteModel) -> dict[int, list[Change]]:
    """Return the changes that have a day by year, newest first; empty when one page holds all."""
    years: dict[int, list[Change]] = {}
    for change in site_model.changes if len(site_model.changes) > LISTED_CHANGES else ():
        day = change.entry.sorting_day
        if day:
            years.setdefault(day.year, []).append(change)
    return years


def changes_by_province(
    site_model: SiteModel, changes: Iterable[Change]
) -> list[tuple[Place, list[Change]]]:
    """Group changes by province, newest first in each, that with the newest one first."""
    groups = _group(site_model, changes, lambda change: change.plan)
    return [(site_model.places[code], group) for code, group in groups.items()]


def plans_by_province(site_model: SiteModel) -> list[tuple[Place, list[PlanView]]]:
    """Return the plans of each province that has any, its communes' included."""
    return by_province(site_model.plans.values(), site_model)


def by_province(
    plans: Iterable[PlanView], site_model: SiteModel
) -> list[tuple[Place, list[PlanView]]]:
    """Group plans by the province that they are of or in, in the order of provinces."""
    return _in_order(site_model, _group(site_model, plans, lambda plan: plan))


def rows_by_province(rows: Iterable[Row], site_model: SiteModel) -> list[tuple[Place, list[Row]]]:
    """Group rows, which begin with a plan, by its province, in the order of provinces."""
    return _in_order(site_model, _group(site_model, rows, lambda row: row[0]))


def _in_order(site_model: SiteModel, groups: Mapping[str, list[T]]) -> list[tuple[Place, list[T]]]:
    return [
        (province, groups[province.code])
        for province in _provinces(site_model)
        if province.code in groups
    ]


def _provinces(site_model: SiteModel) -> list[Place]:
    """List what has lists of its own on a large site: the nation first, then each province."""
    return [
        site_model.places[schema.NATION],
        *site_model.provinces,
        *(place for place in site_model.dissolved if place.level == "province"),
    ]


def _group(
    site_model: SiteModel, rows: Iterable[T], plan_of: Callable[[T], PlanView]
) -> dict[str, list[T]]:
    """Group rows by the code of the province that their plan is of or in."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        place = plan_of(row).place
        groups.setdefault(place.province or place.code, []).append(row)
    return groups


def listed_targets(site_model: SiteModel, targets: Sequence[TargetView]) -> Sequence[TargetView]:
    """Return the targets to list: all, or without those of communes when there are too many."""
    if len(targets) <= LISTED_TARGETS:
        return targets
    return [
        target
        for target in targets
        if target.plan_id is None
        or site_model.plans[target.plan_id].place.level in ("central", "province")
    ]


def merged_provinces(site_model: SiteModel) -> dict[str, str]:
    """Return the folders of former provinces with a plan, and those that they are part of today."""
    return {folder: today.slug for folder, today in site_model.merged_provinces.items()}


def held_by_province(site_model: SiteModel) -> dict[str, list[PlanView]]:
    """List the plans held of each province, with its communes', its bodies', its predecessors'."""
    held: dict[str, list[PlanView]] = {}
    for plan in site_model.plans.values():
        for code in {
            plan.place.province or plan.place.code,
            *(plan.place.successors if plan.place.level == "province" else ()),
        }:
            held.setdefault(code, []).append(plan)
    return held
