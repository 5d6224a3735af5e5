"""What rules are asked about: a plan with its items at hand, a report with its plan.

Comes in: a `Dataset`. Goes out: `PlanContext` and `ReportContext`, each built once per check, and
the wording for a name that is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from congkhai.data import schema
from congkhai.data.folder import REGISTERS
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import Loc
from congkhai.model.assignments import ByRole, effective, kind_of, walk
from congkhai.model.views import Place
from congkhai.text.nearest import hint_nearest

TO_DECIDE = "xem-lai"
"""What `draft` writes where only a person can choose."""


class Placed(NamedTuple):
    """An item, what it stands in (outermost first), and where it is in the file."""

    item: schema.Item
    above: tuple[schema.Item, ...]
    loc: Loc


def place_items(items: Iterable[schema.Item], loc: Loc) -> tuple[Placed, ...]:
    """Every item in document order; `loc` is where the first list of them is in the file."""
    found: list[Placed] = []
    _place(found, items, loc, ())
    return tuple(found)


def _place(
    found: list[Placed], items: Iterable[schema.Item], loc: Loc, above: tuple[schema.Item, ...]
) -> None:
    for index, item in enumerate(items):
        found.append(Placed(item, above, (*loc, index)))
        if item.items:
            _place(found, item.items, (*loc, index, "items"), (*above, item))


@dataclass(frozen=True)
class PlanContext:
    """One plan under check."""

    id: str
    loaded: Loaded[schema.Plan]
    dataset: Dataset
    places: Mapping[str, Place]
    """Every locality by code."""

    @property
    def plan(self) -> schema.Plan:
        """The plan itself."""
        return self.loaded.value

    @cached_property
    def items(self) -> tuple[Placed, ...]:
        """Every item in document order."""
        return place_items(self.plan.body, ("body",))

    @cached_property
    def named(self) -> tuple[tuple[Placed, schema.Role, int, str], ...]:
        """Every unit that is given something: (item, role, place in that role's list, unit)."""
        return tuple(
            [
                (placed, role, index, unit)
                for placed in self.items
                for role in schema.ROLES
                for index, unit in enumerate(getattr(placed.item, role))
            ]
        )

    @cached_property
    def by_id(self) -> Mapping[str, Placed]:
        """Items by id; of two with one id, the first."""
        return {placed.item.id: placed for placed in reversed(self.items)}

    @cached_property
    def reportable(self) -> frozenset[str]:
        """Ids of the lowest items that promise or aim at something."""
        promising = [
            placed for placed in self.items if kind_of(placed.item, placed.above) != "none"
        ]
        return frozenset(placed.item.id for placed in promising) - {
            item.id for placed in promising for item in placed.above
        }

    @cached_property
    def assignments(self) -> Mapping[str, ByRole]:
        """Who answers for which item; see `assign.effective`."""
        return effective(walk(self.plan.body))


@dataclass(frozen=True)
class ReportContext:
    """One report under check, with its plan and the same unit's earlier reports."""

    file: str
    loaded: Loaded[schema.Report]
    subject: PlanContext
    before: tuple[Loaded[schema.Report], ...]
    """Oldest first."""

    @property
    def report(self) -> schema.Report:
        """The report itself."""
        return self.loaded.value


def unknown(
    loaded: Loaded[object], loc: Loc, kind: str, name: str, known: Iterable[str], register: str
) -> Problem:
    """«không có đơn vị «phong-kinh-tee»» with the nearest one that exists.

    `register`: the file to add it to, or a hint for when nothing is like it.
    """
    if name == TO_DECIDE:
        return loaded.problem(
            loc, f"chưa chọn {kind}: còn chờ xem lại", f"chọn một mã trong {register}"
        )
    otherwise = f"thêm vào {register}" if register in REGISTERS else register
    return loaded.problem(loc, f"không có {kind} «{name}»", hint_nearest(name, known, otherwise))
