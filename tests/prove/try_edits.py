"""What becomes of an edit of meaning: refused, warned of, or told to readers by the ledger.

Comes in: a data folder. Goes out: a `Trial` for each edit of its plans, reports and responses.
The folder as it is counts as published; what the checks do not refuse, the ledger compares with
that.

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
from congkhai.model.amendments import compare_plans, compare_reports, compare_responses
from congkhai.model.assignments import deadlines_of, kind_of, resolve_assignments, walk
from congkhai.model.places import build_places, locality_folders
from tests.prove.edits import Edit, Editor, Names

ROOT = Path(__file__).resolve().parent.parent.parent
Outcome = Literal["refused", "warned", "told", "no meaning", "silent"]
OUTCOMES: tuple[Outcome, ...] = ("refused", "warned", "told", "no meaning", "silent")
"""`told`: only by the ledger, once it is published; `silent`: by nothing. `no meaning`: by
nothing, and every line of the plan still has its words, kind, units and deadlines."""
_PLAN = TypeAdapter(schema.Plan)
_REPORT = TypeAdapter(schema.Report)
_RESPONSE = TypeAdapter(schema.Response)


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

    def try_responses(self) -> Iterator[Trial]:
        """Try every edit of every response."""
        for plan_id, responses in self._dataset.responses.items():
            known = self._problems_of(plan_id, self._dataset.plans[plan_id])
            for file, loaded in responses.items():
                edits = self._editor(loaded, plan_id).edit_response()
                for edit in islice(edits, 0, None, self._step):
                    outcome = self._judge_response(plan_id, file, loaded, edit, known)
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
        code = dataset.plans[plan_id].value.locality
        own = {plan_id.rpartition("/")[0]}
        for one, place in self._places.items():
            if code == one or code in place.successors or one in self._places[code].successors:
                own.update(locality_folders(self._places, one))
        return Editor(read(file, loaded.path).data, names, loaded.path, own)

    def _judge_plan(
        self, plan_id: str, loaded: Loaded[schema.Plan], edit: Edit, known: set[Problem]
    ) -> Outcome:
        try:
            plan = _PLAN.validate_python(edit.data)
        except ValidationError:
            return "refused"
        problems = self._problems_of(plan_id, replace(loaded, value=plan)) - known
        outcome = _outcome_of(problems, bool(compare_plans(loaded.value, plan)))
        if outcome == "silent" and _meaning_of(plan) == _meaning_of(loaded.value):
            return "no meaning"
        return outcome

    def _judge_report(
        self,
        plan_id: str,
        file: str,
        loaded: Loaded[schema.Report],
        edit: Edit,
        known: set[Problem],
    ) -> Outcome:
        reports = dict(self._dataset.reports[plan_id])
        try:
            report = None if edit.data is None else _REPORT.validate_python(edit.data)
        except ValidationError:
            return "refused"
        if report is None:
            del reports[file]
        else:
            reports[file] = replace(loaded, value=report)
        dataset = replace(self._dataset, reports={plan_id: reports})
        problems = self._check(dataset, plan_id, self._dataset.plans[plan_id]) - known
        return _outcome_of(problems, bool(compare_reports(loaded.value, report, {})))

    def _judge_response(
        self,
        plan_id: str,
        file: str,
        loaded: Loaded[schema.Response],
        edit: Edit,
        known: set[Problem],
    ) -> Outcome:
        responses = dict(self._dataset.responses[plan_id])
        try:
            response = None if edit.data is None else _RESPONSE.validate_python(edit.data)
        except ValidationError:
            return "refused"
        if response is None:
            del responses[file]
        else:
            responses[file] = replace(loaded, value=response)
        reports = self._dataset.reports.get(plan_id, {})
        dataset = replace(self._dataset, reports={plan_id: reports}, responses={plan_id: responses})
        problems = self._check(dataset, plan_id, self._dataset.plans[plan_id]) - known
        return _outcome_of(problems, bool(compare_responses(loaded.value, response, {})))

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


def _meaning_of(plan: schema.Plan) -> object:
    """Return all that a plan states, kinds, units and deadlines only of its lines.

    A heading has them for the lines below it, which may all state their own.
    """
    items = walk(plan.provisions)
    assigned = resolve_assignments(items)
    stated = []
    for item, above in items:
        units = {role: {unit for unit, _ in named} for role, named in assigned[item.id].items()}
        of_line = None if item.items else (kind_of(item, above), units, deadlines_of(item, above))
        own = replace(
            item,
            items=(),
            kind=None,
            due=(),
            lead=(),
            coordinating=(),
            implementing=(),
            requested=(),
        )
        stated.append((own, [step.id for step in above], of_line))
    return replace(plan, body=(), attachments=()), stated


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
    """Try every `step`-th edit of the plans, reports and responses of data folders."""
    for folder in folders:
        trials = Trials(folder, as_of, step)
        yield from trials.try_plans()
        yield from trials.try_reports()
        yield from trials.try_responses()


def main(step: str = "1") -> None:
    """Print the table for the plans held here and those of the demo."""
    folders = (ROOT / "plans", ROOT / "tests" / "demo" / "plans")
    print(*table(try_all(folders, date(2026, 11, 25), int(step))), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
