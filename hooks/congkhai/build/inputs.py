"""What every province depends on: the day, the registers, the places, who replaced whom.

Comes in: the data folder. Goes out: `BuildInputs`, with the *basis* of every plan: a hash of
all that its page and its files depend on. What other plans' pages need to know of a plan
(whether it replaces another one) is read ahead here.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from congkhai.build.cache import FileState, FolderState, digest
from congkhai.build.parallel import Executor, Task
from congkhai.checks.placement import Links, link_of
from congkhai.data.files import read_file
from congkhai.data.folder import Folder, PlanFolder, scan_province, scan_top
from congkhai.data.git_history import History
from congkhai.data.load import Dataset, Loaded, load_plans, load_registers
from congkhai.data.national import register_files
from congkhai.data.problem import Problem
from congkhai.data.schema import Plan
from congkhai.model.alignment import list_documents_above
from congkhai.model.commitments import open_plan
from congkhai.model.ledger import PLAN, Comparisons, LedgerReader
from congkhai.model.ledger_file import CarriedHistory, CarriedReader
from congkhai.model.places import Gazetteer, build_gazetteer, build_places, locality_folders
from congkhai.model.plan_view import OpenPlan, PlanStore
from congkhai.model.register_changes import RegisterChange, list_register_changes
from congkhai.model.today import Interval, Today
from congkhai.model.topics import TopicIndex
from congkhai.model.views import Place
from congkhai.model.withdrawn_plans import WithdrawnPlan, list_withdrawn_plans
from congkhai.pages.grouping import is_large

RECENT_PLANS = 100
"""Plans that a national page opened and that are kept, in case the next page opens them too."""
MIN_FOLDERS_FOR_PARALLEL = 300
"""Folders of communes: with fewer, forking costs more than it saves."""

_CITED = re.compile(rb"\bdocument\W{1,5}([a-z0-9-]+)")
"""Where a plan's file names a document: also in places that mean something else, which costs
nothing but a file that is made again."""

SETTLED_NANOSECONDS = 2 * 10**9
"""Age after which a file that is written to again has another time: FAT counts two seconds."""


@dataclass(frozen=True)
class BuildInputs:
    """Read and computed once in a build."""

    data: Path
    as_of: date
    """For the checks and the one file that says it; all else asks `today`."""
    today: Today
    history: History | CarriedHistory | None
    folder: Folder
    registers: Dataset
    gazetteer: Gazetteer
    topics: TopicIndex
    basis: bytes
    """A hash of what every file depends on: code, settings, registers."""
    bases: Mapping[str, bytes]
    """By plan: a hash of what its page and files depend on."""
    links: Links
    """What plans say of each other."""
    provinces: Mapping[str, str]
    """By plan, as far as its folder tells: what its locality's province is called in addresses."""
    withdrawn: tuple[WithdrawnPlan, ...]
    """Plans that were published and are gone."""
    withdrawn_valid: Interval
    """The days on which what is said of them is so, and of the registers' changes."""
    register_changes: tuple[RegisterChange, ...]
    """What entries of the registers were before they were changed."""
    superseded: Mapping[str, str]
    """The plan that replaces another, by that other."""
    held: Mapping[str, bytes]
    """A hash of each held plan whose provisions are goals of other plans, by its document."""
    is_large: bool
    """Whether lists are cut by province, because there are too many plans for one page."""
    folder_states: Mapping[str, FolderState]
    """What was seen in each plan's folder, for the next build."""
    file_states: Mapping[str, FileState]
    """State of every data file from before it was first read."""

    @property
    def dates_known(self) -> bool:
        """Whether what changed, and when, is known of every plan."""
        history = self.history
        return history.dates_known if isinstance(history, CarriedHistory) else history is not None

    def new_reader(self, kept: Comparisons) -> LedgerReader:
        """Return a reader of ledgers; `kept`: what an earlier one found out."""
        if isinstance(self.history, CarriedHistory):
            return CarriedReader(self.history, self.today)
        return LedgerReader(self.history, self.today, kept)

    def are_current(self) -> bool:
        """Say whether no data file was written to since it was first looked at.

        Otherwise a page may show other words than those that were hashed into its basis.
        """
        return all(_file_state(file) == state for file, state in self.file_states.items())

    def are_unchanged(self, opened: Mapping[str, bytes]) -> bool:
        """Say whether plans still have the bases that they had when they were opened."""
        return all(self.bases.get(plan_id) == basis for plan_id, basis in opened.items())

    def list_differing(self, plan_ids: Iterable[str]) -> list[str]:
        """Return the plans whose folders do not hold what was seen: on another machine."""
        root = self.registers.root
        return [
            plan_id
            for plan_id in plan_ids
            if self.folder_states[plan_id].content_digest
            != _look_at_plan(
                f"{root}/{plan_id}", self.folder.plans[plan_id], None, time.time_ns
            ).content_digest
        ]

    def read_plan(self, plan_id: str) -> Loaded[Plan]:
        """Read a plan with its lines."""
        return load_plans(self.registers, self.folder, [plan_id])[0].plans[plan_id]

    def new_store(self) -> PlanStore:
        """Return a store that reads plans from their files."""
        return PlanStore(self._open_plan, RECENT_PLANS, self.today)

    def _open_plan(self, plan_id: str) -> OpenPlan:
        dataset, _ = load_plans(self.registers, self.folder, [plan_id])
        successor = self.superseded.get(plan_id)
        places = self.gazetteer.places
        return open_plan(dataset, plan_id, places, successor, self.today, self.topics)


def read_inputs(
    data: Path,
    as_of: date,
    history: History | CarriedHistory | None,
    basis: bytes,
    executor: Executor,
    last_states: Mapping[str, FolderState] | None = None,
    covered: frozenset[str] | None = None,
    clock: Callable[[], int] = time.time_ns,
) -> tuple[BuildInputs, list[Problem]]:
    """Look at the whole data folder; also return what is wrong with its shape and registers.

    `basis`: of all that every file depends on beside the data: code, templates, settings.
    `last_states`: what the last build saw in each plan's folder.
    `covered`: provinces that the site is about, as in `build_places`.
    `clock`: nanoseconds since 1970, by which the age of a file is judged.
    """
    file_states = {file: _file_state(file) for file in register_files(data)}
    folder, folder_states = _look_at_folders(data.resolve(), last_states or {}, executor, clock)
    for state in folder_states.values():
        file_states.update(state.file_states)
    registers, problems = load_registers(data, folder)
    problems += folder.problems
    shown = sorted(covered) if covered is not None else None
    basis = digest(basis, shown, registers.root, *map(_read_content, register_files(data)))
    localities = _locality_by_plan(registers, folder)
    gazetteer, today = _place_localities(registers, set(localities.values()), as_of, covered)
    links = _read_links(registers, folder, folder_states, gazetteer.places)
    held = _hash_held_plans(registers)
    shown_places = {
        plan_id: _places_shown(gazetteer, localities.get(plan_id)) for plan_id in folder_states
    }
    with today.watch() as watch:
        ever = {*folder.plans, *links.moved}
        if isinstance(history, CarriedHistory):
            withdrawn = history.list_withdrawn(ever, today)
            register_changes = history.file.registers
        else:
            withdrawn = list_withdrawn_plans(history, ever, today)
            register_changes = list_register_changes(history, registers.root, today)
    inputs = BuildInputs(
        data=data,
        as_of=as_of,
        today=today,
        history=history,
        folder=folder,
        registers=registers,
        gazetteer=gazetteer,
        topics=TopicIndex(registers.topics, registers.units),
        basis=basis,
        bases=_bases_of_plans(basis, folder_states, shown_places, registers, held, links, history),
        links=links,
        provinces={
            plan_id: _province_of(gazetteer.places, code) for plan_id, code in localities.items()
        },
        withdrawn=withdrawn,
        withdrawn_valid=watch.interval,
        register_changes=register_changes,
        superseded=links.replacing,
        held=held,
        is_large=is_large(folder.plans),
        folder_states=folder_states,
        file_states=file_states,
    )
    return inputs, problems


def _place_localities(
    registers: Dataset, with_plan: set[str], as_of: date, covered: frozenset[str] | None
) -> tuple[Gazetteer, Today]:
    """Place every locality; also return the day, resting on what that asked of it."""
    today = Today(as_of)
    with today.watch() as watch:
        gazetteer = build_gazetteer(registers.localities, with_plan, today, covered)
    return gazetteer, Today(as_of, watch.interval)


def _read_links(
    registers: Dataset,
    folder: Folder,
    folder_states: Mapping[str, FolderState],
    places: Mapping[str, Place],
) -> Links:
    """Read the plans whose files name other plans, and what they say of these."""
    linking = [plan_id for plan_id, state in folder_states.items() if state.mentions_other_plans]
    loaded = load_plans(registers, folder, linking)[0].plans
    links = {plan_id: link_of(plan.value) for plan_id, plan in loaded.items()}
    return Links(links, registers.folders, loaded.__getitem__, places)


def _bases_of_plans(
    basis: bytes,
    folder_states: Mapping[str, FolderState],
    shown_places: Mapping[str, Iterable[Place]],
    registers: Dataset,
    held: Mapping[str, bytes],
    links: Links,
    history: History | CarriedHistory | None,
) -> dict[str, bytes]:
    """Hash what each plan's page and files depend on, beside what all files do (`basis`)."""
    return {
        plan_id: digest(
            basis,
            state.content_digest,
            links.replacing.get(plan_id),
            _held_above(state.cites, registers, held),
            history is None,
            _revisions(history, plan_id, links),
            [repr(place) for place in shown_places[plan_id]],
        )
        for plan_id, state in folder_states.items()
    }


def _hash_held_plans(registers: Dataset) -> dict[str, bytes]:
    """Hash the plan of each document whose goals are that plan's provisions."""
    return {
        name: digest(_read_content(f"{registers.root}/{document.held}/{PLAN}"))
        for name, document in registers.documents.items()
        if document.held is not None and not document.items
    }


def _held_above(
    cites: Iterable[str], registers: Dataset, held: Mapping[str, bytes]
) -> list[tuple[str, bytes]]:
    """Return the hashes of the held plans among the documents that a plan cites, and above them."""
    names = {name for cited in cites for name in list_documents_above(cited, registers.documents)}
    return sorted((name, held[name]) for name in names if name in held)


def _revisions(history: History | CarriedHistory | None, plan_id: str, links: Links) -> object:
    """Return all committed changes of a plan's files, also those at its former paths.

    Of a joined site nothing: its basis has the hash of each part's manifest.
    """
    if not isinstance(history, History):
        return None
    link = links.by_plan.get(plan_id)
    folders = [*(link.former_paths if link else ()), plan_id]
    return [sorted(history.of_plan(folder).items()) for folder in folders]


def _look_at_folders(
    root: Path,
    last_states: Mapping[str, FolderState],
    executor: Executor,
    clock: Callable[[], int],
) -> tuple[Folder, dict[str, FolderState]]:
    """Scan all provinces' folders, and the folder of each of their plans."""
    folder, provinces = scan_top(root)
    tasks = [
        Task(
            partial(_look_at_province, root, name, last_states, clock),
            weight=_count_entries(root / name),
        )
        for name in provinces
    ]
    states: dict[str, FolderState] = {}
    for part, part_states in executor.run(tasks, min_weight=MIN_FOLDERS_FOR_PARALLEL):
        folder.add(part)
        states |= part_states
    return folder, states


def _count_entries(folder: Path) -> int:
    """Count what a folder holds; nothing where it cannot be read, which `folder` complains of."""
    try:
        return len(os.listdir(folder))
    except OSError:
        return 0


def _look_at_province(
    root: Path, province: str, last_states: Mapping[str, FolderState], clock: Callable[[], int]
) -> tuple[Folder, dict[str, FolderState]]:
    folder = scan_province(root, province)
    states = {
        plan_id: _look_at_plan(f"{root}/{plan_id}", plan_folder, last_states.get(plan_id), clock)
        for plan_id, plan_folder in folder.plans.items()
    }
    return folder, states


def _look_at_plan(
    folder: str, plan_folder: PlanFolder, last_state: FolderState | None, clock: Callable[[], int]
) -> FolderState:
    """Read a plan's folder, unless its files are as the last build saw them."""
    reports = [f"reports/{file}" for file in plan_folder.reports]
    responses = [f"responses/{file}" for file in plan_folder.responses]
    names = ["plan.yml", *sorted(plan_folder.files), *reports, *responses]
    states = {f"{folder}/{name}": _file_state(f"{folder}/{name}") for name in names}
    if last_state is not None and last_state.is_settled and last_state.file_states == states:
        return last_state
    contents = [_read_content(file) for file in states]
    named = zip(states, contents, strict=True)
    settled_before = clock() - SETTLED_NANOSECONDS
    return FolderState(
        file_states=states,
        content_digest=digest(
            *(part for file, text in named for part in (file[len(folder) :], text))
        ),
        mentions_other_plans=b"supersedes" in contents[0] or b"former_paths" in contents[0],
        cites=frozenset(name.decode() for name in _CITED.findall(contents[0])),
        is_settled=all(
            state is not None and max(state[:2]) < settled_before for state in states.values()
        ),
    )


def _file_state(file: str) -> FileState:
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_ctime_ns, status.st_mtime_ns, status.st_size, status.st_ino


def _read_content(file: str) -> bytes:
    """Return what is in a file; nothing if it cannot be read, which `load` complains of."""
    try:
        return read_file(file)
    except OSError:
        return b""


def _locality_by_plan(registers: Dataset, folder: Folder) -> dict[str, str]:
    """Return the code of each plan's locality, as far as its folder tells it.

    The folder of a unit other than the People's Committee lies in that of its locality.
    """
    places = build_places(registers.localities, ())
    codes = {folder: code for code in places for folder in reversed(locality_folders(places, code))}
    result = {}
    for plan_id in folder.plans:
        home = plan_id.rpartition("/")[0]
        code = codes.get(home) or codes.get(home.rpartition("/")[0])
        if code is not None:
            result[plan_id] = code
    return result


def _province_of(places: Mapping[str, Place], code: str) -> str:
    """Return the part of addresses that names a locality's province, or its own."""
    place = places[code]
    above = places.get(place.province) if place.province is not None else None
    return (above or place).slug


def _places_shown(gazetteer: Gazetteer, code: str | None) -> Iterable[Place]:
    """Return the localities that pages of one locality and of its plans name or link to."""
    if code is None:
        return ()
    place = gazetteer.places[code]
    related = [code for code in (place.province, *place.successors) if code is not None]
    return [
        place,
        *(gazetteer.places[other] for other in related if other in gazetteer.places),
        *gazetteer.namesakes.get(code, ()),
    ]
