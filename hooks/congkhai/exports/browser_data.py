"""The shapes of the JSON files that the site's scripts read.

Comes in: rows, each a named tuple. Goes out: tables for JSON, in which every column is
named once: `{"columns": ["slug", "name"], "rows": [["hai-phong", "Hải Phòng"]]}`.
`theme/assets/data.js` turns them into objects under the same names; a unit test compares
the names of both sides. An object for each row would name every column again: half as
much again for the largest province, before compression.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict, TypeVar

from congkhai.data import schema
from congkhai.model.views import Commitment, ShownKind

RowType = TypeVar("RowType", bound=NamedTuple)


class Table(TypedDict):
    """Rows under named columns."""

    columns: Sequence[str]
    rows: Sequence[NamedTuple]


def to_table(row_type: type[RowType], rows: Iterable[RowType]) -> Table:
    """Name the columns of the rows, which may be none.

    >>> to_table(Fact, [Fact("Người ký", "Nguyễn Văn A")])["columns"]
    ('label', 'text')
    """
    return {"columns": row_type._fields, "rows": list(rows)}


def units_by_role(commitment: Commitment) -> dict[schema.Role, list[str]]:
    """Sort the ids of a commitment's units by role; every role has a list, which may be empty."""
    units: dict[schema.Role, list[str]] = {role: [] for role in schema.ROLES}
    for assignment in commitment.assignments:
        units[assignment.role].append(assignment.unit)
    return units


# ------------------------------------------------ muc.json, beside a plan's page


class Provision(NamedTuple):
    """One provision of a plan. What does not apply is empty."""

    id: str
    """Its anchor on the page of the plan."""
    reference: str
    text: str
    kind: ShownKind | str
    state: str
    lead: Sequence[str]
    """Ids of units; so are `coordinating`, `implementing` and `requested`."""
    coordinating: Sequence[str]
    implementing: Sequence[str]
    requested: Sequence[str]
    recipients: Sequence[str]
    """Ids of the units that a line of «Nơi nhận» names."""
    years: Sequence[int]
    """The years in which it falls due."""
    meant: str
    """The words meant where the source is misprinted."""
    deadline: str
    """As printed."""
    deliverable: str
    """As printed."""
    reported: str
    """The day of the latest report, as ISO 8601 writes it."""
    topics: Sequence[str]
    """Ids of its everyday topics."""


class Fact(NamedTuple):
    """A line of what a plan says of itself."""

    label: str
    text: str


class Clause(NamedTuple):
    """Words of a plan and where they stand."""

    text: str
    reference: str
    item: str


class MeasuredTarget(NamedTuple):
    """A target with its figure."""

    measure: str
    text: str
    reference: str
    item: str


class Duties(NamedTuple):
    """What one unit does in a plan."""

    name: str
    address: str
    roles: str


# ------------------------------------- assets/cam-ket/: index.json and a file a province


class ProvinceFile(NamedTuple):
    """A province that has a file of facets."""

    slug: str
    name: str
    """That of today's province; several files can have one."""
    plans: int
    commitments: int


class FacetPlan(NamedTuple):
    """A plan whose commitments are in the file."""

    address: str
    place: str
    """The folder of the body that issued it: hai-phong/xa-nam-sach, hai-phong/so-noi-vu."""
    name: str
    locality: str
    issuer: str
    """As printed."""
    type: str
    programme: str


class Name(NamedTuple):
    """What an id is called."""

    id: str
    name: str


class FacetCommitment(NamedTuple):
    """What a commitment is filtered by.

    A plan, a unit and a topic are its place in the file's `plans`, `units` and `topics`, from 0:
    written out, the file of the largest province would be twice as large before compression.
    """

    plan: int
    item: str
    provision: int
    """Its place among the provisions of the plan, from 0, as the search index counts them."""
    kind: ShownKind
    state: str
    lead: Sequence[int]
    coordinating: Sequence[int]
    implementing: Sequence[int]
    requested: Sequence[int]
    years: Sequence[int]
    topics: Sequence[int]


# ----------------------- assets/dia-phuong.json and assets/ten.json: names that readers type


class ProvinceCommunes(NamedTuple):
    """A province with its communes, each as its name, from which its address follows.

    A commune whose address is another, such as one of two of the same name, is a `NamedAddress`.
    """

    name: str
    slug: str
    with_plan: Sequence[str | NamedAddress]
    """Communes of which a plan is held."""
    others: Sequence[str | NamedAddress]
    are_rows: bool
    """Whether the others have no pages of their own, but rows on the province's."""


class NamedAddress(TypedDict):
    """A name with an address that does not follow from it."""

    name: str
    address: str


class FormerPlace(NamedTuple):
    """A dissolved locality and what became of it."""

    name: str
    address: str
    successor: str


class PageNames(NamedTuple):
    """A page with the names that lead straight to it."""

    address: str
    title: str
    note: str
    names: Sequence[str]
    """What the page itself is called."""
    related: Sequence[str]
    """What it belongs to or carries out is called so."""


class BodyAddress(NamedTuple):
    """The page of a unit in a place, which is named after both."""

    address: str


class FormerNames(NamedTuple):
    """Former names of one folder of addresses."""

    folder: str
    """What their addresses begin with; the rest is the name, as an address has it."""
    province: str
    places: Sequence[FormerName]


class FormerName(NamedTuple):
    """A former name and what is so called now; `address` where it does not follow from the name."""

    name: str
    note: str
    address: str


class PlanSeries(NamedTuple):
    """What the plans of one programme, kind and period have in common."""

    folder: str
    """The last part of their addresses."""
    title: str
    """What follows the name of the place in their titles."""
    programme: str


class PlacePlan(NamedTuple):
    """A plan at the address of its place, with the names of the place."""

    place: int
    """How many places behind that of the plan before: provinces and communes, in their order."""
    series: int
    note: str


class PlanNames(NamedTuple):
    """Any other plan's page with its names."""

    address: str
    title: str
    note: str
    names: Sequence[str]
    related: Sequence[str]
    programme: str
