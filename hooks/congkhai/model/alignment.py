"""What a plan took up of the documents above it, and what it changed in doing so.

A plan, the register of documents and their goals come in; `Uptake`s and `ComparedGoals` go
out. The editor says which item takes up which goal (`implements`), and with which goals the
whole plan was compared (`compared`); nothing is guessed from similar words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from congkhai.data import registers, schema
from congkhai.data.fields import split_goal
from congkhai.model.assignments import Walked, deadlines_of, kind_of, walk
from congkhai.model.plan_view import ComparedGoals, Difference, Relation, Uptake
from congkhai.model.status import last_day
from congkhai.text.vietnamese import slug

COMPARED_YEAR = 2000
"""Deadlines that come back each year are compared within one and the same year."""

Goals = Mapping[str, Sequence[schema.Item]]
"""By document: the items that plans below it can carry out."""


def parent_of(plan: schema.Plan) -> str | None:
    """Return the document that a plan carries out; None when it names none as its parent."""
    return next((cited.document for cited in plan.cites if cited.relation == "parent"), None)


def list_documents_above(
    parent: str | None, documents: Mapping[str, registers.Document]
) -> list[str]:
    """List a document and those above it, nearest first."""
    chain: list[str] = []
    while parent is not None and parent in documents and parent not in chain:
        chain.append(parent)
        parent = documents[parent].parent
    return chain


def list_cited_documents(
    plan: schema.Plan, documents: Mapping[str, registers.Document]
) -> list[str]:
    """List every document whose goals a plan's items can name, each once, nearest first.

    Those above the plan come first, then what it cites otherwise and the documents above that.
    """
    cited = sorted(plan.cites, key=lambda citation: citation.relation != "parent")
    return list(
        dict.fromkeys(
            name
            for citation in cited
            for name in list_documents_above(citation.document, documents)
        )
    )


def index_goals(names: Iterable[str], goals: Goals) -> dict[str, dict[str, Walked]]:
    """List the goals of documents by their ids, in the order of `names`."""
    return {
        name: {walked[0].id: walked for walked in walk(goals[name])}
        for name in names
        if name in goals
    }


def resolve_goal(
    goal: str, above: Sequence[str], indexed: Mapping[str, Mapping[str, Walked]]
) -> str | None:
    """Return the document that is meant by what `implements` names; None when none has it.

    `above`: the documents above the plan, nearest first: where two use the same id, the nearest
    one is meant. `indexed`: the goals of every document that may be named before the id.
    """
    document, item = split_goal(goal)
    candidates = above if document is None else (document,)
    return next((name for name in candidates if item in indexed.get(name, ())), None)


def list_uptakes(
    plan: schema.Plan,
    parent: str | None,
    address_of: Callable[[str], str],
    documents: Mapping[str, registers.Document],
    goals: Goals,
    references: Mapping[str, str],
) -> Iterator[Uptake]:
    """List the goals that a plan's items take up.

    In the order of the documents, nearest first, then of the plan. `references`: the words
    that cite each item, by id; `address_of`: its address.
    """
    implementing = [(item, path) for item, path in walk(plan.provisions) if item.implements]
    if not implementing:
        return
    above = list_documents_above(parent, documents)
    cited = list(dict.fromkeys([*above, *list_cited_documents(plan, documents)]))
    indexed = index_goals(cited, goals)
    for name, found in indexed.items():
        for item, path in implementing:
            for reference in item.implements:
                if resolve_goal(reference, above, indexed) == name:
                    goal = found[split_goal(reference)[1]]
                    yield _compare_item(name, goal, (item, path), references[item.id], address_of)


def _compare_item(
    document: str, goal: Walked, own: Walked, reference: str, address_of: Callable[[str], str]
) -> Uptake:
    words = _words_of(own[0])
    return Uptake(
        document=document,
        goal=goal[0].id,
        reference=reference,
        address=address_of(own[0].id),
        words=words,
        goal_words=_words_of(goal[0]),
        same_words=not _spellings(own[0]).isdisjoint(_spellings(goal[0])),
        differences=tuple(_differences(goal, own)),
    )


def list_compared_goals(
    plan: schema.Plan, documents: Mapping[str, registers.Document], goals: Goals
) -> Iterator[ComparedGoals]:
    """List the goals with which a whole plan was compared, by document."""
    for comparison in plan.compared:
        named = frozenset(comparison.items)
        document = documents.get(comparison.document)
        yield ComparedGoals(
            comparison.document,
            tuple(
                item.id
                for item, path in list_goals(document, goals.get(comparison.document, ()))
                if not named or named & {item.id, *(step.id for step in path)}
            ),
            comparison.note,
        )


def list_goals(
    document: registers.Document | None, items: Iterable[schema.Item]
) -> Iterator[Walked]:
    """List what plans below a document can carry out, each with the items above it.

    Of a held plan only what has a kind: its purposes and funding are nobody's goal.
    """
    is_held = document is not None and not document.items
    for item, path in walk(items):
        if not is_held or kind_of(item, path) != "none":
            yield item, path


def _words_of(item: schema.Item) -> str:
    """Return the words of an item without its number; a dash of ours joins heading and text."""
    return " – ".join(part for part in (item.title, item.text) if part)


def _spellings(item: schema.Item) -> set[str]:
    """Return an item's words without capitals and marks, with its heading and without.

    A heading may be no more than a label: «Mục tiêu chiến lược 1:».
    """
    return {slug(words) for words in (_words_of(item), item.text or item.title or "")}


def _differences(goal: Walked, own: Walked) -> Iterator[Difference]:
    wanted, promised = deadlines_of(*goal), deadlines_of(*own)
    if wanted or promised:
        words = ["; ".join(deadline.printed for deadline in due) for due in (wanted, promised)]
        yield Difference("deadline", words[0], words[1], _compare_deadlines(wanted, promised))
    for target in goal[0].targets:
        same_measure = [other for other in own[0].targets if other.measure == target.measure]
        figure = same_measure[0] if same_measure else None
        yield Difference(
            "figure",
            target.printed,
            figure.printed if figure else "",
            _compare_figures(target, figure),
        )


def _compare_deadlines(goal: Sequence[schema.Deadline], own: Sequence[schema.Deadline]) -> Relation:
    if not own:
        return "dropped"
    if not goal:
        return "added"
    one, other = _limit(goal), _limit(own)
    if one == other:
        return "same"
    if one[0] != other[0] or one[1] is None or other[1] is None:
        return "other"
    return "earlier" if other[1] < one[1] else "later"


def _limit(deadlines: Sequence[schema.Deadline]) -> tuple[frozenset[str], date | None]:
    """Say how often the deadlines come back, and their last day."""
    cycles = frozenset(deadline.every for deadline in deadlines if deadline.every)
    days = [
        day
        for deadline in deadlines
        if (day := last_day(deadline, COMPARED_YEAR if cycles else None)) is not None
    ]
    return cycles, max(days, default=None)


def _compare_figures(target: schema.Target, own: schema.Target | None) -> Relation:
    if own is None:
        return "dropped"
    if own.unit != target.unit or (
        own.value == target.value and own.comparator != target.comparator
    ):
        return "other"
    if own.value == target.value:
        return "same"
    return "higher" if own.value > target.value else "lower"
