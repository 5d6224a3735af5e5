"""Rules about what readers have already seen: addresses lead on, items keep their ids, reports stay.

Comes in: the `Dataset`, and the files that differ from a commit, as they were there. Goes
out: warnings, never errors: there are reasons to take something back, and git keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from congkhai.checks.context import Placed, place_items
from congkhai.data import schema
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.data.strict_yaml import decode, parse

Before = Mapping[str, bytes]
"""Files that are gone or changed since a commit, as it holds them, by path below the data folder."""
Shape = TypeVar("Shape")

MOST_NAMED = 5
"""Items that one warning names."""


def plans_stay_or_lead_on(dataset: Dataset, before: Before) -> Iterator[Problem]:
    """The folder of a published plan stays, or its plan names it in `former_paths` where it is now."""
    for old, plan in _read_all(before, "plan.yml", schema.Plan):
        if _now(dataset, old) is not None or old in dataset.broken:
            continue
        same = (plan.locality, plan.programme, plan.period)
        moved = next(
            (
                loaded.path
                for loaded in dataset.plans.values()
                if (loaded.value.locality, loaded.value.programme, loaded.value.period) == same
            ),
            "",
        )
        hint = f"thêm former_paths: [{old}] vào {moved or 'plan.yml ở thư mục mới'}, hoặc đưa lại thư mục cũ"
        yield _gone(
            dataset,
            f"{old}/plan.yml",
            "thư mục của kế hoạch đã công bố không còn, địa chỉ cũ sẽ không mở được",
            hint,
        )


def items_keep_their_ids(dataset: Dataset, before: Before) -> Iterator[Problem]:
    """An item of a published plan keeps its id: citations and reports lead to it."""
    for old, plan in _read_all(before, "plan.yml", schema.Plan):
        loaded = _now(dataset, old)
        if loaded is None:
            continue
        here = {placed.item.id: placed for placed in place_items(loaded.value.body, ("body",))}
        there = {placed.item.id: placed for placed in place_items(plan.body, ("body",))}
        lost = [name for name in there if name not in here]
        added = {_words(placed): placed for name, placed in here.items() if name not in there}
        for name in [name for name in lost if _words(there[name]) in added]:
            lost.remove(name)
            placed = added[_words(there[name])]
            yield loaded.problem(
                (*placed.loc, "id"),
                f"mã «{name}» đã công bố bị đổi thành «{placed.item.id}», dẫn chiếu đến mục này sẽ hỏng",
                f"giữ id: {name}",
                "warning",
            )
        if lost:
            named = ", ".join(f"«{name}»" for name in lost[:MOST_NAMED]) + (
                f" và {len(lost) - MOST_NAMED} mục nữa" if len(lost) > MOST_NAMED else ""
            )
            yield loaded.problem(
                ("body",),
                f"mục đã công bố không còn: {named}",
                "đưa mục ấy trở lại với mã cũ, nếu văn bản vẫn có",
                "warning",
                key=True,
            )


def reports_stay_as_they_were(dataset: Dataset, before: Before) -> Iterator[Problem]:
    """What a published report says is not taken out or changed; a later report corrects it. More may be added."""
    correct = "trả lại như cũ; có sai sót thì ghi corrects: {} và reason ở báo cáo kỳ sau"
    for name, report in _read_all(before, "", schema.Report):
        old, _, file = name.partition("/reports/")
        plan = _now(dataset, old)
        if plan is None:
            continue
        now = next(name for name, loaded in dataset.plans.items() if loaded is plan)
        loaded = dataset.reports.get(now, {}).get(file)
        if loaded is None:
            if f"{now}/{file}" not in dataset.broken:
                yield _gone(
                    dataset,
                    f"{now}/reports/{file}",
                    "báo cáo đã công bố bị xóa",
                    correct.format(file),
                )
            continue
        for key in ("unit", "period", "date", "source"):
            if getattr(loaded.value, key) != getattr(report, key):
                yield loaded.problem(
                    (key,),
                    f"«{key}» của báo cáo đã công bố bị sửa",
                    correct.format(file),
                    "warning",
                )
        entries = {
            (entry.item, entry.target): (index, entry)
            for index, entry in enumerate(loaded.value.entries)
        }
        for entry in report.entries:
            index, found = entries.get((entry.item, entry.target), (0, None))
            if found is None:
                yield loaded.problem(
                    ("entries",),
                    f"dòng đã công bố về mục «{entry.item}» bị xóa",
                    correct.format(file),
                    "warning",
                    key=True,
                )
            elif found != entry:
                yield loaded.problem(
                    ("entries", index, "item"),
                    f"dòng đã công bố về mục «{entry.item}» bị sửa",
                    correct.format(file),
                    "warning",
                )


RULES = (plans_stay_or_lead_on, items_keep_their_ids, reports_stay_as_they_were)


def _read_all(before: Before, ending: str, shape: type[Shape]) -> Iterator[tuple[str, Shape]]:
    """Plans by folder, reports by path; what was no good then was never published."""
    reader = TypeAdapter(shape)
    for name in sorted(before):
        if name.endswith(f"/{ending}") if ending else "/reports/" in name:
            text, _ = decode(before[name], name)
            try:
                yield (
                    name.removesuffix(f"/{ending}"),
                    reader.validate_python(parse(text or "", name)[0]),
                )
            except ValidationError:
                continue


def _now(dataset: Dataset, old: str) -> Loaded[schema.Plan] | None:
    """The plan that was in a folder, there or where it has moved."""
    return dataset.plans.get(old) or next(
        (loaded for loaded in dataset.plans.values() if old in loaded.value.former_paths), None
    )


def _words(placed: Placed) -> tuple[object, ...]:
    return placed.item.number, placed.item.title, placed.item.text


def _gone(dataset: Dataset, name: str, message: str, hint: str) -> Problem:
    root = next(
        (loaded.path.rpartition("/")[0] for loaded in dataset.registers.values()), dataset.root.name
    )
    return Problem(f"{root}/{name}", 0, 0, message, hint, "warning")
