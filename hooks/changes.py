"""What changed, newest first: plans that appeared, plans that were edited, reports that came.

Comes in: plan views and what git knows. Goes out: `Change`s. A plan's dates come from
git, a report's from the report itself; where git cannot tell, the day is None and the
page says «không rõ».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hooks.atlas import Change
from hooks.history import History
from hooks.plan_view import PlanView


def list_changes(views: Iterable[PlanView], history: History | None) -> tuple[Change, ...]:
    """All changes, newest first; those without a day last."""
    found = [change for view in views for change in _changes_of(view, history or {})]
    return tuple(sorted(found, key=lambda change: (change.day or date.min, change.key), reverse=True))


def _changes_of(view: PlanView, history: History) -> Iterator[Change]:
    known = history.get(f"{view.id}/plan.yml")
    yield Change("plan-added", f"plan-added:{view.id}", known.added if known else None, view, None)
    if known and known.changed != known.added:
        yield Change("plan-edited", f"plan-edited:{view.id}:{known.changed.isoformat()}", known.changed, view, None)
    for report in view.reports:
        yield Change("report", f"report:{view.id}:{report.file}", report.day, view, report)
