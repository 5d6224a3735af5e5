"""What becomes of an edit of meaning: refused, warned of, or told to readers by the ledger.

Comes in: a data folder. Goes out: a `Trial` for each edit of its plans and reports. The folder
as it is counts as published; what the checks do not refuse, the ledger compares with that.

    PYTHONPATH=hooks python -m tests.prove.try_edits 10
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from congkhai.checks import placement
from congkhai.checks.runner import check_links, check_plans
from congkhai.data import schema
from congkhai.data.load import Dataset, Loaded, load_dataset
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import read
from congkhai.model.amendments import compare_plans, compare_reports
from congkhai.model.places import build_places
from tests.prove.edits import Edit, Editor, Names

ROOT = Path(__file__).resolve().parent.parent.parent
Outcome = Literal["refused", "warned", "told", "silent"]
OUTCOMES: tuple[Outcome, ...] = ("refused", "warned", "told", "silent")
"""`told`: only by the ledger, once it is published; `silent`: by nothing."""
_PLAN = TypeAdapter(schema.Plan)
_REPORT = TypeAdapter(schema.Report)


@dataclass(frozen=True)
class Trial:
    """An edit of one file and what became of it."""

    file: str
    edit: Edit
    outcome: Outcome


class Trials:
    """Tries edits of the files of one data folder, each against the sound folder."""

    def __init__(self, root: Path, as_of: date, step: int = 1) -> None:
        """Read the folder; `step`: every how many edits one is tried."""
        self._dataset, problems = load_dataset(root)
        self._places = build_places(self._dataset.localities, ())
        self._as_of = as_of
        self._step = step
        self._links = {
            plan_id: placement.link_of(loaded.value)
            for plan_id, loaded in self._dataset.plans.items()
        }
        assert not [one for one in problems if one.severity == "error"]

    def try_plans(self) -> Iterator[Trial]:
        """Try every edit of every plan."""
        for plan_id, loaded in self._dataset.plans.items():
            known = self._problems_of(plan_id, loaded)
            edits = self._editor(loaded, plan_id).edit_plan()
            for edit in islice(edits, 0, None, self._step):
                yield Trial(loaded.path, edit, self._judge_plan(plan_id, loaded, edit, known))

    def try_reports(self) -> Iterator[Trial]:
        """Try every edit of every report."""
        for plan_id, reports in self._dataset.reports.items():
            known = self._problems_of(plan_id, self._dataset.plans[plan_id])
            for file, loaded in reports.items():
                edits = self._editor(loaded, plan_id).edit_report()
                for edit in islice(edits, 0, None, self._step):
                    outcome = self._judge_report(plan_id, file, loaded, edit, known)
                    yield Trial(loaded.path, edit, outcome)

    def _editor(self, loaded: Loaded[Any], plan_id: str) -> Editor:
        dataset = self._dataset
        name = loaded.path.partition(f"{plan_id}/")[2]
        file = dataset.root / plan_id / name
        names = Names(
            units=sorted(dataset.units),
            documents=sorted(dataset.documents),
            measures=sorted(dataset.measures),
            localities=sorted(self._places),
            programmes=sorted(dataset.programmes),
            plans=sorted(set(dataset.plans) - {plan_id}),
        )
        return Editor(read(file, loaded.path).data, names, loaded.path)

    def _judge_plan(
        self, plan_id: str, loaded: Loaded[schema.Plan], edit: Edit, known: set[Problem]
    ) -> Outcome:
        try:
            plan = _PLAN.validate_python(edit.data)
        except ValidationError:
            return "refused"
        problems = self._problems_of(plan_id, replace(loaded, value=plan)) - known
        return _outcome_of(problems, bool(compare_plans(loaded.value, plan)))

    def _judge_report(
        self,
        plan_id: str,
        file: str,
        loaded: Loaded[schema.Report],
        edit: Edit,
        known: set[Problem],
    ) -> Outcome:
        try:
            report = _REPORT.validate_python(edit.data)
        except ValidationError:
            return "refused"
        reports = {**self._dataset.reports[plan_id], file: replace(loaded, value=report)}
        dataset = replace(self._dataset, reports={plan_id: reports})
        problems = self._check(dataset, plan_id, self._dataset.plans[plan_id]) - known
        return _outcome_of(problems, bool(compare_reports(loaded.value, report, {})))

    def _problems_of(self, plan_id: str, loaded: Loaded[schema.Plan]) -> set[Problem]:
        reports = self._dataset.reports.get(plan_id, {})
        return self._check(replace(self._dataset, reports={plan_id: reports}), plan_id, loaded)

    def _check(self, dataset: Dataset, plan_id: str, loaded: Loaded[schema.Plan]) -> set[Problem]:
        alone = replace(dataset, plans={plan_id: loaded})
        links = {**self._links, plan_id: placement.link_of(loaded.value)}
        plans = {**self._dataset.plans, plan_id: loaded}
        linked = placement.Links(links, dataset.folders, plans.__getitem__, self._places)
        problems = check_plans(alone, self._places, self._as_of)
        return {*problems, *check_links(linked)}


def _outcome_of(problems: set[Problem], is_told: bool) -> Outcome:
    if any(one.severity == "error" for one in problems):
        return "refused"
    if problems:
        return "warned"
    return "told" if is_told else "silent"


def table(trials: Iterable[Trial]) -> Iterator[str]:
    """Write how many edits of each kind were refused, warned of, told and silent."""
    counts: dict[str, Counter[Outcome]] = {}
    for trial in trials:
        counts.setdefault(trial.edit.kind, Counter())[trial.outcome] += 1
    yield "\t".join(("kind", *OUTCOMES))
    for kind, count in sorted(counts.items()):
        yield "\t".join((kind, *(str(count[outcome]) for outcome in OUTCOMES)))
    total = sum(counts.values(), Counter[Outcome]())
    yield "\t".join(("all", *(str(total[outcome]) for outcome in OUTCOMES)))


def try_all(folders: Iterable[Path], as_of: date, step: int) -> Iterator[Trial]:
    """Try every `step`-th edit of the plans and reports of data folders."""
    for folder in folders:
        trials = Trials(folder, as_of, step)
        yield from trials.try_plans()
        yield from trials.try_reports()


def main(step: str = "1") -> None:
    """Print the table for the plans held here and those of the demo."""
    folders = (ROOT / "plans", ROOT / "tests" / "demo" / "plans")
    print(*table(try_all(folders, date(2026, 11, 25), int(step))), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
