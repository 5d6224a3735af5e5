"""The folder `plans/` as one frozen `Dataset`, in which every value knows its line.

Comes in: a folder. Goes out: what could be read, and every problem of every file: a
broken file hides nobody else's faults. What refers to what is not looked at here; see
`check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from congkhai.data import registers, schema, schema_errors
from congkhai.data.fields import FILL_IN
from congkhai.data.folder import (
    PROPOSALS,
    REGISTERS,
    TOPICS,
    Folder,
    PlanFolder,
    scan,
    shown_as,
)
from congkhai.data.migrations import FormatError, migrate
from congkhai.data.national import depth, merge, read_national
from congkhai.data.national import explain as explain_conflicts
from congkhai.data.problem import Problem, Severity
from congkhai.data.strict_yaml import Loc, Source, read
from congkhai.text.dates import PartialDate

T_co = TypeVar("T_co", covariant=True)

_SHAPES: dict[str, Any] = {
    "localities": registers.Localities,
    "units": registers.Units,
    "documents": registers.Documents,
    "programmes": registers.Programmes,
    "measures": registers.Measures,
    "topics": registers.Topics,
    "plan": schema.Plan,
    "report": schema.Report,
    "response": schema.Response,
}
_READERS = {name: TypeAdapter(shape) for name, shape in _SHAPES.items()}
LOCALITIES = "localities.yml"
_START = {"localities": "tạo tệp, có đủ standalone: true, source, in_force và provinces"}
"""How to begin a register that cannot be empty."""
_STANDS_ALONE = re.compile(r"^(?:standalone|fictional):[ ]*true\b", re.MULTILINE)
"""The line of `localities.yml` by which a folder does without the national registers."""
_NOWHERE = registers.Localities(
    source=registers.Source(title="–"), in_force=PartialDate(2000, 1, 1), provinces={}
)


@dataclass(frozen=True)
class Loaded(Generic[T_co]):
    """A value with the file that it came from."""

    value: T_co
    path: str
    """As shown to the editor: `plans/hai-phong/…/plan.yml`."""
    source: Source
    proposed: frozenset[str] = field(default=frozenset(), kw_only=True)
    """What a draft's proposals beside the file would add to registers: `units.yml/ubnd-xa`."""

    def problem(
        self,
        loc: Loc,
        message: str,
        hint: str = "",
        severity: Severity = "error",
        *,
        key: bool = False,
    ) -> Problem:
        """Make a problem at a place of this file, `("body", 0, "lead", 1)`, or at its key."""
        return Problem(*self.place(loc, key=key), message, hint, severity)

    def place(self, loc: Loc, *, key: bool = False) -> tuple[str, int, int]:
        """Give the file, line and column of a value, or of its key."""
        return (self.path, *self.source.line(loc, key=key))


@dataclass(frozen=True)
class MergedRegister(Loaded[T_co]):
    """A register of the data folder together with the national one that it adds to."""

    national: Source

    def place(self, loc: Loc, *, key: bool = False) -> tuple[str, int, int]:
        """Give the place in the one of the two files that holds the value."""
        if depth(self.source.data, loc) < depth(self.national.data, loc):
            return (self.national.path, *self.national.line(loc, key=key))
        return super().place(loc, key=key)


@dataclass(frozen=True)
class Dataset:
    """Everything in `plans/` that could be read, or a part of it: the registers, and some plans."""

    root: Path
    localities: registers.Localities = _NOWHERE
    units: Mapping[str, registers.Unit] = field(default_factory=dict)
    documents: Mapping[str, registers.Document] = field(default_factory=dict)
    programmes: Mapping[str, registers.Programme] = field(default_factory=dict)
    measures: Mapping[str, registers.Measure] = field(default_factory=dict)
    topics: Mapping[str, registers.Topic] = field(default_factory=dict)
    plans: Mapping[str, Loaded[schema.Plan]] = field(default_factory=dict)
    """By id: the folder's path under the root, with `/`."""
    reports: Mapping[str, Mapping[str, Loaded[schema.Report]]] = field(default_factory=dict)
    """By plan id, then by file name: `2027-so-noi-vu.yml`."""
    responses: Mapping[str, Mapping[str, Loaded[schema.Response]]] = field(default_factory=dict)
    """By plan id, then by file name: `2027-11-02-ubnd-xa.yml`."""
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By plan id: names of the other files in its folder, such as `source.txt`."""
    folders: frozenset[str] = frozenset()
    """Ids of all plans of the folder, those that are broken or were not read among them."""
    registers: Mapping[str, Loaded[Any]] = field(default_factory=dict)
    """The six registers once more, with their lines: `registers["units"]`."""
    broken: frozenset[str] = frozenset()
    """Registers, plan ids and report files (`<plan id>/<file>`) that could not be read."""
    goals: Mapping[str, tuple[schema.Item, ...]] = field(default_factory=dict)
    """By document: the items that plans below it can carry out. Those of a held document are
    its plan's provisions."""

    def source_text(self, plan_id: str) -> Path | None:
        """Give the path of the official text as received, when the folder has it."""
        return (
            self.root / plan_id / "source.txt"
            if "source.txt" in self.files.get(plan_id, ())
            else None
        )


def load_dataset(root: Path) -> tuple[Dataset, list[Problem]]:
    """Read a whole data folder; problems are sorted by file and line.

    Never raises for what is in the files.
    """
    folder = scan(root.resolve())
    registers, problems = load_registers(root, folder)
    dataset, found = load_plans(registers, folder, folder.plans)
    return dataset, sorted([*folder.problems, *problems, *found])


def load_registers(root: Path, folder: Folder) -> tuple[Dataset, list[Problem]]:
    """Read the registers: the national ones with what the folder adds, or the folder's alone.

    Plans are left for `load_plans`.
    """
    root = root.resolve()
    shown = shown_as(root)
    problems: list[Problem] = []
    registers: dict[str, Loaded[Any]] = {}
    own_files = {
        file: read(root / file, f"{shown}/{file}") for file in REGISTERS if file in folder.registers
    }
    stands_alone = _stands_alone(own_files.get(LOCALITIES))
    for file in REGISTERS if root.is_dir() else ():
        load_register = _load_alone if stands_alone and file != TOPICS else _load_national
        loaded = load_register(file, f"{shown}/{file}", own_files.get(file), problems)
        if loaded:
            registers[_name_of(file)] = loaded
    dataset = Dataset(
        root=root,
        **{name: loaded.value for name, loaded in registers.items()},
        folders=frozenset(folder.plans),
        registers=registers,
        broken=frozenset(map(_name_of, REGISTERS if root.is_dir() else ())) - registers.keys(),
    )
    return replace(dataset, goals=_read_goals(dataset)), problems


def _read_goals(dataset: Dataset) -> dict[str, tuple[schema.Item, ...]]:
    """Return the items of each document: as the register has them, or its held plan.

    A held plan that is missing or broken has none: that is said where it is read as a plan.
    """
    goals = {}
    for name, document in dataset.documents.items():
        if document.items:
            goals[name] = document.items
        elif document.held in dataset.folders:
            path = f"{document.held}/plan.yml"
            loaded = _load(dataset.root / path, path, "plan", [])
            if loaded is not None:
                goals[name] = loaded.value.provisions
    return goals


def _stands_alone(localities: Source | None) -> bool:
    """Tell whether a data folder does without the national registers."""
    if localities is None:
        return False
    if localities.data is None:
        # Broken: said once where it is broken, not again for all that would be missing.
        return _STANDS_ALONE.search(localities.reread()) is not None
    data = _mapping(localities)
    return "true" in (data.get("standalone"), data.get("fictional"))


def _load_alone(
    file: str, path: str, own: Source | None, problems: list[Problem]
) -> Loaded[Any] | None:
    name = _name_of(file)
    if own is None:
        hint = _START.get(name, "tạo tệp; danh mục chưa có gì thì nội dung là {}")
        problems.append(Problem(path, 0, 0, "thiếu tệp danh mục này", hint))
        return None
    return _validate(own, name, problems)


def _load_national(
    file: str, path: str, own: Source | None, problems: list[Problem]
) -> Loaded[Any] | None:
    name = _name_of(file)
    national = read_national(file)
    if own is None:
        return _validate(national, name, problems)
    if own.data is None:
        problems += own.problems
        return None
    data, conflicts = merge(_mapping(national), _mapping(own))
    problems += explain_conflicts(conflicts, own, national)
    # The national register is sound, so whatever is wrong stands in the own one.
    loaded = _validate(replace(own, data=data), name, problems)
    return loaded and MergedRegister(loaded.value, path, own, national)


def _mapping(source: Source) -> dict[str, Any]:
    """Give the data of a file that could be read: `strict_yaml` refuses all but mappings."""
    assert isinstance(source.data, dict)
    return source.data


def _name_of(file: str) -> str:
    """Name a register by its file: `units` for `units.yml`."""
    return file.removesuffix(".yml")


def load_plans(
    registers: Dataset, folder: Folder, plan_ids: Iterable[str]
) -> tuple[Dataset, list[Problem]]:
    """Read some of the plans with their reports, beside the registers that are read already."""
    root, shown = registers.root, shown_as(registers.root)
    problems: list[Problem] = []
    broken = set(registers.broken)
    plans: dict[str, Loaded[schema.Plan]] = {}
    reports: dict[str, dict[str, Loaded[schema.Report]]] = {}
    responses: dict[str, dict[str, Loaded[schema.Response]]] = {}
    files: dict[str, frozenset[str]] = {}
    for plan_id in plan_ids:
        found = folder.plans[plan_id]
        files[plan_id] = found.files
        plan = _load(root / plan_id / "plan.yml", f"{shown}/{plan_id}/plan.yml", "plan", problems)
        if plan:
            proposed = _list_proposed(root / plan_id) if found.has_proposals else frozenset()
            plans[plan_id] = replace(plan, proposed=proposed) if proposed else plan
        else:
            broken.add(plan_id)
        read_reports = _load_reports(root, shown, plan_id, found, problems)
        broken.update(f"{plan_id}/{file}" for file in found.reports if file not in read_reports)
        if read_reports:
            reports[plan_id] = read_reports
        for file in found.responses:
            path = f"{plan_id}/responses/{file}"
            response = _load(root / path, f"{shown}/{path}", "response", problems)
            if response:
                responses.setdefault(plan_id, {})[file] = response
            else:
                broken.add(f"{plan_id}/{file}")
    dataset = replace(registers, plans=plans, reports=reports, responses=responses, files=files)
    return replace(dataset, broken=frozenset(broken)), problems


def _list_proposed(folder: Path) -> frozenset[str]:
    """List what waits to be added to registers; what is wrong with it `draft --accept` tells."""
    data = read(folder / PROPOSALS, PROPOSALS).data
    return frozenset(
        f"{section}.yml/{name}"
        for section, entries in (data.items() if isinstance(data, dict) else ())
        for name in (entries if isinstance(entries, dict) else ())
    )


def _load_reports(
    root: Path, shown: str, plan_id: str, found: PlanFolder, problems: list[Problem]
) -> dict[str, Loaded[schema.Report]]:
    loaded: dict[str, Loaded[schema.Report]] = {}
    for file in found.reports:
        source = read(root / plan_id / "reports" / file, f"{shown}/{plan_id}/reports/{file}")
        in_file: list[Problem] = []
        is_form = _has_gaps(source.data)
        report = _validate(source, "report", in_file)
        # A form that somebody still fills in is no report yet, and in nobody else's way.
        problems += (replace(one, severity="warning") if is_form else one for one in in_file)
        if report:
            loaded[file] = report
    return loaded


def _has_gaps(data: object) -> bool:
    """Whether a form still has `FILL_IN` where somebody has to write."""
    if isinstance(data, dict):
        return any(map(_has_gaps, data.values()))
    return any(map(_has_gaps, data)) if isinstance(data, list) else data == FILL_IN


def _load(file: Path, path: str, shape: str, problems: list[Problem]) -> Loaded[Any] | None:
    source = read(file, path)
    if shape == "plan" and source.data is not None:
        try:
            source = replace(source, data=migrate(_mapping(source)))
        except FormatError as unknown:
            loc = ("format",)
            problem = Problem(path, *source.line(loc), unknown.message, unknown.hint)
            source = replace(source, data=None, problems=[*source.problems, problem])
    return _validate(source, shape, problems)


def _validate(source: Source, shape: str, problems: list[Problem]) -> Loaded[Any] | None:
    problems += source.problems
    if source.data is None:
        return None
    try:
        value = _READERS[shape].validate_python(source.data)
    except ValidationError as error:
        problems += schema_errors.explain(error, source, _SHAPES[shape])
        return None
    # The plain data has done its work; thousands of plans would keep it twice.
    return Loaded(value, source.path, replace(source, data=None))


def json_schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each kind of data file: `plan`, `report`, `units` and so on."""
    return {name: reader.json_schema(by_alias=True) for name, reader in _READERS.items()}


def schema_line(kind: str, folder: str) -> str:
    r"""Write the comment by which an editor finds the JSON Schema of a file, with its line's end.

    `folder`: that of the file, below the data folder. The schemas lie beside the data folder,
    where `make new` puts them.

    >>> schema_line("report", "lai-chau/ascc-2026-2030/reports")
    '# yaml-language-server: $schema=../../../../.schemas/report.schema.json\n'
    """
    way = "../" * (folder.count("/") + 2)
    return f"# yaml-language-server: $schema={way}.schemas/{kind}.schema.json\n"
