"""Units by years: who reported, from whom a report was due and not received, what is not due.

Comes in: a plan's reporting days and reports, and the register of units. Goes out: a
`ReportingGrid`. A year with several reporting days is one cell. Who reported without being
obliged to has a row as well; who is only asked owes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from congkhai.data import registers, schema
from congkhai.model.assignments import answers_for
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.several_bodies import stands_for_several
from congkhai.model.status import NOT_OURS_TO_JUDGE
from congkhai.model.today import Today
from congkhai.model.views import ReportingDay, ReportView
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import WIDTH, LegendEntry, draw_legend, legend_height
from congkhai.pictures.lines import break_lines

CellSign = Literal["received", "part", "missing", "removed", "ahead", "none"]
"""`part`: some of the reports due in the year; `removed`: a report was here and was taken away;
`none`: nothing is due and nothing was received."""
SIGNS: tuple[CellSign, ...] = ("received", "part", "missing", "removed", "ahead")
MOST_YEARS = 5
"""In the picture; the table has all."""
LABEL_WIDTH = 150
LABEL_LETTERS = 20
LINE, PADDING = 18, 14
HEAD = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """What was due of one unit in one year, and what was received."""

    year: int
    sign: CellSign
    due: int
    """Reporting days of the year."""
    passed: int
    received: tuple[ReportView, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit, or whoever is obliged where the document names nobody."""

    unit: str | None
    label: tuple[tuple[str, int], ...]
    """Its name in lines, each with where it stands; empty where nobody is named."""
    y: int
    """The middle of its cells."""
    cells: tuple[Cell, ...]

    @property
    def words_y(self) -> int:
        """Return the line that words beside its cells stand on."""
        return self.y + 5


@dataclass(frozen=True, slots=True)
class ReportingGrid(Drawing):
    """Units by years."""

    years: tuple[int, ...]
    shown: tuple[tuple[int, float], ...]
    """The years in the picture, and the middle of each column."""
    rows: tuple[GridRow, ...]
    counts: tuple[tuple[CellSign, int], ...]
    """Of the cells in the picture."""
    legend: tuple[LegendEntry, ...]


def draw_reporting_grid(
    view: PlanView, full: OpenPlan, units: Mapping[str, registers.Unit], today: Today
) -> ReportingGrid | None:
    """Draw who reported when; None where nothing is due and nothing was received."""
    days = full.reporting_days
    years = _years_of(days, view.reports)
    if not years:
        return None
    shown = _shown_years(years, today)
    step = (WIDTH - LABEL_WIDTH) / len(shown)
    rows: list[GridRow] = []
    top = HEAD
    for unit in _units_of(days, view.reports):
        name = units[unit].name if unit is not None else ""
        lines = break_lines(name, LABEL_LETTERS)
        height = max(len(lines), 1) * LINE + PADDING
        rows.append(
            GridRow(
                unit,
                tuple(
                    (line, top + PADDING // 2 + 14 + index * LINE)
                    for index, line in enumerate(lines)
                ),
                top + height // 2,
                tuple(_cell(unit, year, days, view, units) for year in years),
            )
        )
        top += height
    cells = [cell for row in rows for cell in row.cells if cell.year in shown]
    counts = tuple((sign, sum(cell.sign == sign for cell in cells)) for sign in SIGNS)
    legend = draw_legend(counts, top + 6, columns=1)
    return ReportingGrid(
        top + 6 + legend_height(legend),
        tuple(years),
        tuple(
            (year, round(LABEL_WIDTH + step * (index + 0.5), 1)) for index, year in enumerate(shown)
        ),
        tuple(rows),
        counts,
        legend,
    )


def cells_of_unit(
    unit: str, view: PlanView, full: OpenPlan, units: Mapping[str, registers.Unit]
) -> tuple[Cell, ...]:
    """Return the cells of a unit's row in the whole grid; none when it has no row there."""
    days = full.reporting_days
    if unit not in _units_of(days, view.reports):
        return ()
    years = _years_of(days, view.reports)
    return tuple(_cell(unit, year, days, view, units) for year in years)


def _years_of(days: Sequence[ReportingDay], reports: Sequence[ReportView]) -> Sequence[int]:
    """List the years from the first in which anything is due or was received to the last."""
    years = {day.due.year for day in days} | {_year_of(report) for report in reports}
    return range(min(years), max(years) + 1) if years else ()


def _shown_years(years: Sequence[int], today: Today) -> Sequence[int]:
    """Return as many years as there is room for, this year among them."""
    first, *later = years[MOST_YEARS - 1 :] or years[-1:]
    # Two years lie ahead of this one.
    last = max([first, *(year for year in later if date(year - 2, 1, 1) <= today)])
    return [year for year in years if last - MOST_YEARS < year <= last]


def _year_of(report: ReportView) -> int:
    return int(report.period[:4])


def _obliged(day: ReportingDay) -> dict[str, None]:
    """Return the units that owe a report; who is only asked does not."""
    assignments: Iterable[tuple[str, schema.Role]] = (
        (assignment.unit, assignment.role) for assignment in day.commitment.assignments
    )
    return dict.fromkeys(unit for unit, role in assignments if role not in NOT_OURS_TO_JUDGE)


def _units_of(days: Sequence[ReportingDay], reports: Sequence[ReportView]) -> Sequence[str | None]:
    """List the rows: who is obliged in the document's order, then who reported besides."""
    units: dict[str | None, None] = {}
    for day in days:
        units.update((unit, None) for unit in (_obliged(day) if day.units else (None,)))
    units.update((report.unit, None) for report in reports)
    return list(units)


def _cell(
    unit: str | None,
    year: int,
    days: Sequence[ReportingDay],
    view: PlanView,
    units: Mapping[str, registers.Unit],
) -> Cell:
    due = [
        day
        for day in days
        if day.due.year == year
        and (day.gone_since is None or day.received)
        and (unit in _obliged(day) if unit is not None else not day.units)
    ]
    answered = [_received_from(unit, day, units) for day in due]
    sent = [report for report in view.reports if report.unit == unit and _year_of(report) == year]
    received = tuple(dict.fromkeys([report for one in answered for report in one] + sent))
    passed = [bool(one) for day, one in zip(due, answered, strict=True) if day.passed]
    # A group has reported in full only when all of its bodies have, and which it has is unknown.
    is_group = unit is not None and stands_for_several(units[unit], view.place.level)
    sign: CellSign = "none"
    if received:
        sign = "part" if not all(passed) or is_group else "received"
    elif _was_removed(unit, year, view):
        sign = "removed"
    elif passed:
        sign = "missing"
    elif due:
        sign = "ahead"
    return Cell(year, sign, len(due), len(passed), received)


def _received_from(
    unit: str | None, day: ReportingDay, units: Mapping[str, registers.Unit]
) -> list[ReportView]:
    if unit is None:
        return list(day.received)
    return [report for report in day.received if answers_for(report.unit, (unit,), units)]


def _was_removed(unit: str | None, year: int, view: PlanView) -> bool:
    """Say whether a report of the unit for the year was here and was taken away."""
    removed = (entry.report for entry in view.removed_reports)
    return any(
        report is not None and unit in (None, report.unit) and _year_of(report) == year
        for report in removed
    )
