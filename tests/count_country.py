"""Print what is held of the country: changes of the register, goals, rows mapped to them, plans.

Run by hand, for a note that has to give these figures as they are now.

Comes in: the data folder and the national registers. Goes out: one figure a line.

    PYTHONPATH=hooks python tests/count_country.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.model.assignments import walk

ROOT = Path(__file__).resolve().parent.parent


def count(root: Path) -> Iterator[tuple[str, int]]:
    """Yield each figure with what it counts."""
    dataset, _ = load_dataset(root)
    localities = dataset.localities
    changes = localities.changes.values()
    yield "days on which localities changed, each with its source", len(changes)
    yield (
        "localities with another name, type or province then",
        sum(len(change.names) + len(change.provinces) for change in changes),
    )
    yield "localities dissolved", len(localities.dissolved)
    if localities.districts is not None:
        yield "districts of old", sum(map(len, localities.districts.provinces.values()))
    documents = dataset.documents.values()
    yield (
        "goals of cited documents",
        sum(len(list(_list_goals(document.items))) for document in documents),
    )
    plans = [loaded.value for loaded in dataset.plans.values()]
    mapped = [item for plan in plans for item, _ in walk(plan.provisions) if item.implements]
    yield "items of plans mapped to goals", len(mapped)
    yield "links from items to goals", sum(len(item.implements) for item in mapped)
    yield "plans compared with a document above", sum(bool(plan.compared) for plan in plans)
    yield "plans held", len(plans)
    yield (
        "plans known to exist, not held",
        sum(bool(document.locality and document.programme) for document in documents),
    )


def _list_goals(goals: Iterable[schema.Item]) -> Iterator[schema.Item]:
    for goal in goals:
        yield goal
        yield from _list_goals(goal.items)


if __name__ == "__main__":
    for name, figure in count(ROOT / "plans"):
        print(f"{figure}\t{name}")
