"""The ledgers of all plans as one file, by which a joined site tells what its parts tell.

The plans of a site come in, or such a file with its contents of reports that were taken away; the
file goes out, or a `CarriedHistory`, which stands where the history of git would. In the file is
what the site's pages show and nothing else: no words that must not be published again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal

from pydantic import TypeAdapter

from congkhai.data import schema
from congkhai.data.git_history import ReadContent
from congkhai.model import routes
from congkhai.model.amendments import Amendment
from congkhai.model.ledger import (
    REPORTS,
    RESPONSES,
    LedgerEntry,
    LedgerKind,
    LedgerReader,
)
from congkhai.model.plan_view import PlanView
from congkhai.model.register_changes import RegisterChange
from congkhai.model.today import Today
from congkhai.model.views import FiledResponse, ReportView
from congkhai.model.withdrawn_plans import WithdrawnPlan


@dataclass(frozen=True, slots=True)
class Filed:
    """What is to be known of a report or a response that is held no longer."""

    unit: str
    day: date
    period: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class CarriedEntry:
    """A `LedgerEntry` as the file has it: addresses are left out, which names make again."""

    kind: LedgerKind
    key: str
    file: str
    day: date | None = None
    amendments: tuple[Amendment, ...] = ()
    filed: Filed | None = None
    before: str | None = None
    after: str | None = None
    not_before: date | None = None
    content: str | None = None
    is_hidden: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What the file holds."""

    format: Literal[1]
    dates_known: bool
    plans: dict[str, tuple[CarriedEntry, ...]]
    withdrawn: tuple[WithdrawnPlan, ...] = ()
    registers: tuple[RegisterChange, ...] = ()
    undated: tuple[str, ...] = ()
    """Of a joined site, the plans of which one of its sites did not know when they changed."""

    @property
    def unknown(self) -> Collection[str]:
        """Return the plans of which is not known when they changed."""
        return self.undated if self.dates_known or self.undated else self.plans.keys()


_FILE = TypeAdapter(LedgerFile)
_AS_IT_IS = {one.name for one in fields(CarriedEntry)} - {"filed"}


@dataclass(frozen=True)
class CarriedHistory:
    """The histories of the sites of which this one was made."""

    file: LedgerFile
    contents: Mapping[str, bytes] = field(repr=False)
    """What was taken away and may be shown, by its id."""

    @property
    def dates_known(self) -> bool:
        """Whether each of the sites knew its own history."""
        return self.file.dates_known

    def knows(self, plan_id: str) -> bool:
        """Say whether the site of a plan knew its history."""
        return plan_id in self.file.plans and plan_id not in self.file.undated

    def open_contents(self) -> AbstractContextManager[ReadContent]:
        """Begin to read contents, as from git."""
        return nullcontext(self.contents.get)

    def list_withdrawn(self, held: Collection[str], today: Today) -> tuple[WithdrawnPlan, ...]:
        """List the plans that are gone, the latest first; `held`: those that another site has."""
        plans = [
            replace(plan, day=plan.day if plan.day is not None and plan.day <= today else None)
            for plan in self.file.withdrawn
            if plan.id not in held
        ]
        return tuple(sorted(plans, key=lambda one: (one.day or date.min, one.id), reverse=True))


class CarriedReader(LedgerReader):
    """Reads the ledgers of plans from what their sites published."""

    def __init__(self, carried: CarriedHistory, today: Today) -> None:
        """Begin to read."""
        super().__init__(None, today)
        self._carried = carried

    def knows(self, plan_id: str) -> bool:
        """Say whether what changed in a plan, and when, is known: its own site tells."""
        return self._carried.knows(plan_id)

    def read(
        self,
        plan_id: str,
        plan: schema.Plan,
        filed: Mapping[str, ReportView | FiledResponse],
        files: Mapping[str, bytes],
    ) -> tuple[LedgerEntry, ...]:
        """Read the ledger of a plan, as its site tells it."""
        rows = self._carried.file.plans.get(plan_id)
        if rows is None:
            return super().read(plan_id, plan, filed, files)
        return tuple([self._to_entry(plan_id, row, filed.get(row.file)) for row in rows])

    def _to_entry(
        self, plan_id: str, row: CarriedEntry, now: ReportView | FiledResponse | None
    ) -> LedgerEntry:
        filed = now or _filed_then(plan_id, row)
        entry = LedgerEntry(**{name: getattr(row, name) for name in _AS_IT_IS})
        return replace(
            entry,
            day=self.believe(row.day, None),
            report=filed if isinstance(filed, ReportView) else None,
            response=filed if isinstance(filed, FiledResponse) else None,
        )


def write_ledgers(
    plans: Iterable[PlanView],
    withdrawn: Iterable[WithdrawnPlan],
    registers: Iterable[RegisterChange] = (),
    *,
    dates_known: bool,
) -> bytes:
    """Write the file of a site."""
    held = list(plans)
    rows = {plan.id: tuple([_to_row(plan, entry) for entry in plan.ledger]) for plan in held}
    undated = tuple([plan.id for plan in held if not plan.dates_known])
    gone, changed = tuple(withdrawn), tuple(registers)
    return dump_ledgers(LedgerFile(1, dates_known, rows, gone, changed, undated))


def dump_ledgers(content: LedgerFile) -> bytes:
    """Write the file."""
    return _FILE.dump_json(content, exclude_defaults=True)


def load_ledgers(content: bytes) -> LedgerFile:
    """Read the file. Raises ValueError."""
    return _FILE.validate_json(content)


def place_of(plan_id: str, file: str) -> str:
    """Return the name on the site of a report or a response, by its name in the plan's folder."""
    if file.startswith(REPORTS):
        return f"{routes.report(plan_id, file.removeprefix(REPORTS))}bao-cao.yml"
    return routes.response(plan_id, file.removeprefix(RESPONSES))


def _to_row(plan: PlanView, entry: LedgerEntry) -> CarriedEntry:
    filed = None
    if entry.report is not None and entry.report not in plan.reports:
        report = entry.report
        filed = Filed(report.unit, report.day, report.period, report.lines)
    elif entry.response is not None:
        filed = Filed(entry.response.unit, entry.response.day)
    return CarriedEntry(**{name: getattr(entry, name) for name in _AS_IT_IS}, filed=filed)


def _filed_then(plan_id: str, row: CarriedEntry) -> ReportView | FiledResponse | None:
    if row.filed is None:
        return None
    file, then = row.file.rpartition("/")[2], row.filed
    if row.file.startswith(RESPONSES):
        return FiledResponse(then.unit, then.day, routes.response(plan_id, file))
    return ReportView(
        plan_id=plan_id,
        file=file,
        path=row.file,
        unit=then.unit,
        period=then.period,
        day=then.day,
        address=routes.report(plan_id, file),
        lines=then.lines,
    )
