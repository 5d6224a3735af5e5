"""What every province stands on: the day, the registers, where places are, which plan replaced which.

Comes in: the data folder. Goes out: a `BuildInputs`, with the *basis* of every plan: a hash of
all that its page and its files depend on. What can only be known from the plans
themselves, though pages of others need it, is read ahead here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from congkhai.build.cache import digest
from congkhai.build.parallel import run_tasks
from congkhai.checks.placement import Links, link_of, locality_folder
from congkhai.data.folder import Folder, PlanFolder, scan_province, scan_top
from congkhai.data.git_history import FileHistory, History
from congkhai.data.load import Dataset, Loaded, load_plans, load_registers
from congkhai.data.national import register_files
from congkhai.data.problem import Problem
from congkhai.data.schema import Plan
from congkhai.model.commitments import open_plan
from congkhai.model.places import Gazetteer, build_gazetteer, build_places
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.views import Place
from congkhai.pages.grouping import is_large

AT_HAND = 100
"""Plans of a large site that are kept open, in case the next page asks for them again."""
FEW_FOLDERS = 300
"""Of communes: fewer are looked into before another process is ready."""

SETTLED = 2 * 10**9
"""Nanoseconds after which a file that is written to once more surely has another time."""
_State = tuple[int, int, int, int] | None
"""Of a file: what changes whenever it is written to. None when there is none."""


class Seen(NamedTuple):
    """What was seen in a plan's folder."""

    states: Mapping[str, _State]
    """Of its files, before they were read."""
    content: bytes
    """A hash of all that is read or published of it."""
    speaks: bool
    """Its plan may speak of others."""
    settled: bool
    """Its files had been left alone for long enough that a later change will show."""


@dataclass
class BuildInputs:
    """Read and worked out once in a build."""

    data: Path
    as_of: date
    history: History | None
    folder: Folder
    registers: Dataset
    gazetteer: Gazetteer
    basis: bytes
    """What every file depends on: code, settings, registers, the day."""
    bases: Mapping[str, bytes]
    """By plan: what its page and files depend on."""
    links: Links
    """What plans say of each other."""
    superseded: Mapping[str, str]
    """The plan that replaces another, by that other."""
    large: bool
    seen: Mapping[str, Seen]
    """What was seen in each plan's folder, for the next build."""
    _states: Mapping[str, _State]
    """Of every file of the data, as it was before it was first read."""
    opened: dict[str, bytes] = field(default_factory=dict)
    """The plans that the job at work has opened, with their bases."""
    _at_hand: dict[str, OpenPlan] = field(default_factory=dict)

    def still(self) -> bool:
        """Whether no file of the data was written to while it was read.

        Otherwise a page may show other words than those that were hashed into its basis.
        """
        return all(_state(file) == state for file, state in self._states.items())

    def history_of(self, plan_id: str) -> FileHistory | None:
        """When a plan was first and last committed."""
        return (self.history or {}).get(f"{plan_id}/plan.yml")

    def unchanged(self, opened: Mapping[str, bytes]) -> bool:
        """Whether plans that were opened once are still the same."""
        return all(self.bases.get(plan_id) == basis for plan_id, basis in opened.items())

    def recorded(self, view: PlanView) -> PlanView:
        """A view that tells when it is opened."""
        opened = view.opener
        assert opened is not None

        def opener() -> OpenPlan:
            self.opened[view.id] = self.bases[view.id]
            return opened()

        return replace(view, opener=opener)

    def opens(self, view: PlanView) -> PlanView:
        """A view that reads its plan again when it is opened, and tells so."""
        return replace(view, opener=lambda: self._open(view.id))

    def read(self, plan_id: str) -> Loaded[Plan]:
        """A plan with its lines."""
        return load_plans(self.registers, self.folder, [plan_id])[0].plans[plan_id]

    def _open(self, plan_id: str) -> OpenPlan:
        self.opened[plan_id] = self.bases[plan_id]
        if plan_id not in self._at_hand:
            if len(self._at_hand) >= AT_HAND:
                self._at_hand.clear()
            dataset, _ = load_plans(self.registers, self.folder, [plan_id])
            self._at_hand[plan_id] = open_plan(
                dataset, plan_id, self.gazetteer.places, self.superseded.get(plan_id), self.as_of
            )
        return self._at_hand[plan_id]


def read_inputs(
    data: Path,
    as_of: date,
    history: History | None,
    basis: bytes,
    before: Mapping[str, Seen] | None = None,
) -> tuple[BuildInputs, list[Problem]]:
    """Look at the whole data folder; what is wrong with its shape and its registers' form.

    `basis`: of all that every file depends on beside the data: code, templates, settings.
    `before`: what the build before saw in each plan's folder.
    """
    seen: dict[str, Seen] = {}
    states = {file: _state(file) for file in register_files(data)}
    root = data.resolve()
    folder, provinces = scan_top(root)
    tasks = [partial(_look_around, root, name, before or {}) for name in provinces]
    for part, looked in run_tasks(
        tasks, [len(os.listdir(root / name)) for name in provinces], FEW_FOLDERS
    ):
        folder.add(part)
        seen |= looked
    for plan in seen.values():
        states.update(plan.states)
    registers, problems = load_registers(data, folder)
    problems += folder.problems
    basis = digest(basis, as_of, registers.root, *map(_content, register_files(data)))
    speaking = [plan_id for plan_id, plan in seen.items() if plan.speaks]
    homes = {
        locality_folder(places, code): code
        for places in [build_places(registers.localities, ())]
        for code in places
    }
    localities = {
        plan_id: code
        for plan_id in folder.plans
        if (code := homes.get(plan_id.rpartition("/")[0])) is not None
    }
    gazetteer = build_gazetteer(registers.localities, set(localities.values()))
    ahead, _ = load_plans(registers, folder, speaking)
    links = Links(
        {plan_id: link_of(loaded.value) for plan_id, loaded in ahead.plans.items()},
        registers.folders,
        ahead.plans.__getitem__,
    )
    superseded = links.replacing
    dated = history or {}
    bases = {
        plan_id: digest(
            basis,
            plan.content,
            superseded.get(plan_id),
            history is None,
            dated.get(f"{plan_id}/plan.yml"),
            [repr(place) for place in _shown_places(gazetteer, localities.get(plan_id))],
        )
        for plan_id, plan in seen.items()
    }
    return BuildInputs(
        data,
        as_of,
        history,
        folder,
        registers,
        gazetteer,
        basis,
        bases,
        links,
        superseded,
        is_large(folder.plans),
        seen,
        states,
    ), problems


def _look_around(
    root: Path, province: str, before: Mapping[str, Seen]
) -> tuple[Folder, dict[str, Seen]]:
    """What a province's folder holds, and what is seen in the folder of each of its plans."""
    folder = scan_province(root, province)
    return folder, {
        plan_id: _look_at(f"{root}/{plan_id}", found, before.get(plan_id))
        for plan_id, found in folder.plans.items()
    }


def _look_at(folder: str, found: PlanFolder, before: Seen | None) -> Seen:
    """`before`: what was seen there last; thousands of folders are not read again for one that changed."""
    files = [
        f"{folder}/{name}"
        for name in (
            "plan.yml",
            *sorted(found.files),
            *(f"reports/{file}" for file in found.reports),
        )
    ]
    states = {file: _state(file) for file in files}
    if before is not None and before.settled and before.states == states:
        return before
    contents = [_content(file) for file in files]
    content = digest(
        *(
            part
            for file, content in zip(files, contents, strict=True)
            for part in (file[len(folder) :], content)
        )
    )
    settled = all(
        state is not None and max(state[:2]) < time.time_ns() - SETTLED for state in states.values()
    )
    return Seen(
        states, content, b"supersedes" in contents[0] or b"former_paths" in contents[0], settled
    )


def _state(file: str) -> _State:
    try:
        known = os.stat(file)
    except OSError:
        return None
    return known.st_ctime_ns, known.st_mtime_ns, known.st_size, known.st_ino


def _content(file: str) -> bytes:
    """What is in a file; nothing when it cannot be read, which `load` complains of."""
    try:
        with open(file, "rb", buffering=0) as stream:
            return stream.readall() or b""
    except OSError:
        return b""


def _shown_places(gazetteer: Gazetteer, code: str | None) -> Iterable[Place]:
    """The localities whose names and addresses the pages of one locality and of its plans show."""
    if code is None:
        return ()
    own = gazetteer.places[code]
    return [
        own,
        *(
            gazetteer.places[other]
            for other in (own.province, *own.successors)
            if other in gazetteer.places
        ),
        *gazetteer.namesakes.get(code, ()),
    ]
