"""The cascade of a programme as a tree: each document under the one that it carries out.

Comes in: a programme, the documents of the model. Goes out: a `CascadeTree`. Where many plans
carry out one document they are one knot with their number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import DocumentView, ProgrammeView
from congkhai.pictures.drawing import Drawing
from congkhai.pictures.legend import WIDTH, LegendEntry, draw_legend, legend_height
from congkhai.pictures.lines import break_lines

KnotSign = Literal["held", "cited"]
SIGNS: tuple[KnotSign, ...] = ("held", "cited")
"""`cited`: its whole text is not held."""
MOST_PLANS, MOST_KNOTS = 12, 60
"""Under one document, and in all; more plans are one knot."""
INDENT, TOP = 22, 4
BESIDE = 16
"""From the middle of a sign to the words beside it."""
_LINE, _GAP = 19, 14
_LETTER, _BOLD_LETTER = 7.8, 8.8
"""Width of a letter of the names of plans, and of documents, in the widest of the usual fonts."""
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Knot:
    """A document or a plan, or several plans together."""

    address: str
    depth: int
    sign: KnotSign
    document: DocumentView | None
    plans: tuple[PlanView, ...]
    """One, or as many as stand together; none of a document."""
    x: int
    y: int
    """Of the middle of its sign."""
    words: tuple[tuple[str, int], ...]

    @property
    def sign_x(self) -> int:
        """Return the left edge of its sign."""
        return self.x - 8

    @property
    def sign_y(self) -> int:
        """Return the upper edge of its sign."""
        return self.y - 8

    @property
    def words_x(self) -> int:
        """Return where its words begin."""
        return self.x + BESIDE


@dataclass(frozen=True, slots=True)
class CascadeTree(Drawing):
    """A programme's documents and plans."""

    knots: tuple[Knot, ...]
    branches: str
    """All lines between them, as one path."""
    counts: tuple[tuple[KnotSign, int], ...]
    legend: tuple[LegendEntry, ...]


def draw_tree(view: ProgrammeView, documents: Mapping[str, DocumentView]) -> CascadeTree:
    """Draw a programme's documents, with the plans that carry out each."""
    knots: list[Knot] = []
    bottom = TOP
    texts = {documents[name].document.held for _, name in view.documents}
    knots_in_all = len(view.documents) + sum(
        len(documents[name].carried_out_by) for _, name in view.documents
    )
    most_plans = MOST_PLANS if knots_in_all <= MOST_KNOTS else 1

    def add(
        name: str,
        address: str,
        depth: int,
        sign: KnotSign,
        document: DocumentView | None = None,
        plans: tuple[PlanView, ...] = (),
    ) -> None:
        nonlocal bottom
        x, y = depth * INDENT + 10, bottom + 12
        room = WIDTH - x - BESIDE
        letter = _LETTER if document is None else _BOLD_LETTER
        lines = break_lines(name, int(room / letter), _MOST_LINES)
        words = tuple((line, y + 5 + index * _LINE) for index, line in enumerate(lines))
        knots.append(Knot(address, depth, sign, document, plans, x, y, words))
        bottom += len(lines) * _LINE + _GAP

    for depth, name in view.documents:
        document = documents[name]
        sign: KnotSign = "held" if document.document.held else "cited"
        title = f"{document.name}, {document.document.issuer}"
        add(title, document.address, depth, sign, document)
        # A plan that is a document of the tree itself has its knot there, with those below it.
        plans = tuple(plan for plan in document.carried_out_by if plan.id not in texts)
        if len(plans) > most_plans:
            add(str(len(plans)), document.address, depth + 1, "held", None, plans)
            continue
        for plan in plans:
            add(plan.issuer.name, plan.address, depth + 1, "held", None, (plan,))
    counts: tuple[tuple[KnotSign, int], ...] = tuple(
        (sign, sum(knot.sign == sign for knot in knots)) for sign in SIGNS
    )
    legend = draw_legend(counts, bottom + 4, columns=1)
    return CascadeTree(
        bottom + 4 + legend_height(legend), tuple(knots), _branches(knots), counts, legend
    )


def _branches(knots: list[Knot]) -> str:
    """Return a path from each knot to the one that it stands under."""
    lines = []
    above: dict[int, Knot] = {}
    for knot in knots:
        parent = above.get(knot.depth - 1)
        if parent is not None:
            lines.append(f"M{parent.x} {parent.y + 8}V{knot.y}H{knot.x - 8}")
        above[knot.depth] = knot
    return "".join(lines)
