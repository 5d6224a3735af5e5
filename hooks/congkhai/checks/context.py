"""What rules are called with: a plan with its items listed, a report with its plan.

Comes in: a `Dataset`. Goes out: `PlanContext` and `ReportContext`, each built once for a check,
and the wording for a name that no register has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from congkhai.checks.unit_names import UnitIndex
from congkhai.data import schema
from congkhai.data.fields import FILL_IN
from congkhai.data.folder import PROPOSALS, TOPICS
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem, Severity
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import ByRole, kind_of, resolve_assignments, walk
from congkhai.model.transcript import Paragraph, paragraphs
from congkhai.model.views import Place
from congkhai.text.nearest import hint_nearest

TO_DECIDE = "xem-lai"
"""What `draft` writes where only a person can choose."""


class Placed(NamedTuple):
    """An item, the items that it stands in (outermost first), and its place in the file."""

    item: schema.Item
    above: tuple[schema.Item, ...]
    loc: Loc


def place_items(items: Iterable[schema.Item], loc: Loc) -> tuple[Placed, ...]:
    """List every item in document order; `loc` is the place of the outermost list in the file."""
    placed: list[Placed] = []
    _place(placed, items, loc, ())
    return tuple(placed)


def place_plan(plan: schema.Plan) -> tuple[Placed, ...]:
    """List every item of a plan in document order, those of its attachments last."""
    return (
        *place_items(plan.body, ("body",)),
        *place_items(plan.attachments, ("attachments",)),
    )


def _place(
    placed: list[Placed], items: Iterable[schema.Item], loc: Loc, above: tuple[schema.Item, ...]
) -> None:
    """Append the items and those below them to `placed`."""
    for index, item in enumerate(items):
        placed.append(Placed(item, above, (*loc, index)))
        if item.items:
            _place(placed, item.items, (*loc, index, "items"), (*above, item))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Data that the words of the document contradict, or do not support."""

    field: schema.Compared
    """Which data: the value of `differs` of a note that gives the reason."""
    places: tuple[str, ...]
    """Ids of the items, or names of the parts, at which such a note may stand."""
    loc: Loc
    message: str
    hint: str
    printed: str | None = None
    """The words that the data was read from."""
    names: tuple[str, ...] = ()
    """Names of the unit that it is about; the note names it."""
    severity: Severity = "error"
    given: tuple[schema.Role, str] | None = None
    """The role that the words give a unit which the data has in another by a heading."""


@dataclass(frozen=True)
class PlanContext:
    """A plan to be checked."""

    id: str
    loaded: Loaded[schema.Plan]
    dataset: Dataset
    places: Mapping[str, Place]
    """Every locality by code."""
    unit_index: UnitIndex = field(default_factory=lambda: UnitIndex({}))
    """The units of the register by their names; made once for all plans."""

    @property
    def plan(self) -> schema.Plan:
        """The plan as read."""
        return self.loaded.value

    @cached_property
    def items(self) -> tuple[Placed, ...]:
        """All items in document order."""
        return place_plan(self.plan)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The document's paragraphs in their printed order."""
        return tuple(paragraphs(self.plan))

    @cached_property
    def named_units(self) -> tuple[tuple[Placed, schema.Role, int, str], ...]:
        """All assignments of units: (item, role, index in the list of that role, unit)."""
        return tuple(
            (placed, role, index, unit)
            for placed in self.items
            for role in schema.ROLES
            for index, unit in enumerate(getattr(placed.item, role))
        )

    @cached_property
    def by_id(self) -> Mapping[str, Placed]:
        """Items by id; the first where two have the same id."""
        return {placed.item.id: placed for placed in reversed(self.items)}

    @cached_property
    def reportable(self) -> frozenset[str]:
        """Ids of the items that can be reported on: the lowest ones of any kind but `none`."""
        of_a_kind = [
            placed for placed in self.items if kind_of(placed.item, placed.above) != "none"
        ]
        ids_above = {item.id for placed in of_a_kind for item in placed.above}
        return frozenset(placed.item.id for placed in of_a_kind) - ids_above

    @cached_property
    def assignments(self) -> Mapping[str, ByRole]:
        """Who answers for which item; see `assignments.resolve_assignments`."""
        return resolve_assignments(walk(self.plan.provisions))


@dataclass(frozen=True)
class ReportContext:
    """A report to be checked, with its plan and the earlier reports of the same unit."""

    file: str
    """Name of the file: `2027-so-noi-vu.yml`."""
    loaded: Loaded[schema.Report]
    plan_context: PlanContext
    before: tuple[Loaded[schema.Report], ...]
    """Earlier reports of the unit on this plan, oldest first."""

    @property
    def report(self) -> schema.Report:
        """The report as read."""
        return self.loaded.value


ENTRIES = {
    "documents.yml": ("type", "number", "symbol", "date", "issuer", "title"),
    "units.yml": ("name", "level", "nature"),
    "programmes.yml": ("name", "subject", "document"),
    "measures.yml": ("name", "topic", "meaning"),
}
"""What an entry of a register says at least; an office may have none of these files yet."""


def describe_unknown(
    loaded: Loaded[object], loc: Loc, kind: str, name: str, names: Iterable[str], register: str
) -> Problem:
    """Describe a name that nothing has, with the nearest of the `names` that exist.

    `kind`: Vietnamese, what has such names: «đơn vị». `register`: the file to add the name to,
    or a hint for when no name is like it.
    """
    if name == TO_DECIDE:
        return loaded.problem(
            loc, f"chưa chọn {kind} (máy để bạn chọn)", f"chọn một mã trong {register}"
        )
    otherwise = register
    if f"{register}/{name}" in loaded.proposed:
        proposals = f"{loaded.path.rpartition('/')[0]}/{PROPOSALS}"
        return loaded.problem(
            loc,
            f"{kind} «{name}» còn chờ trong {PROPOSALS}",
            f"xem mục ấy, rồi chạy: congkhai draft --accept {proposals}",
        )
    if register in ENTRIES:
        fields = ", ".join(f"{field}: {FILL_IN}" for field in ENTRIES[register])
        otherwise = (
            f"thêm vào {register} của thư mục dữ liệu (chưa có tệp thì tạo) một dòng, rồi thay từng"
            f" chữ {FILL_IN}: {name}: {{{fields}}}"
        )
    elif register == TOPICS:
        otherwise = f"ghi một trong các mã: {', '.join(sorted(names))}"
    if register == "documents.yml":
        # Another number is another document, however much alike the two look.
        names = [one for one in names if one.partition("-")[0] == name.partition("-")[0]]
    return loaded.problem(loc, f"không có {kind} «{name}»", hint_nearest(name, names, otherwise))
