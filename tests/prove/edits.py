"""Edits of meaning: what somebody could change in a file of a plan, one statement at a time.

Comes in: the data of a file as `strict_yaml` reads it, nested mappings and lists of strings.
Goes out: `Edit`s, each with the data after it: figures, comparators, units, dates, roles,
kinds, ids, citations and notes of a plan; units, periods, days, items, states, values, words and
evidence of a report; words, items, days and evidence of a response; a file that is gone.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

Data = Any
"""Nested mappings and lists of strings."""
Path = tuple[str | int, ...]

COMPARATORS = ("=", ">", ">=", "<", "<=", "~")
ROLES = ("lead", "coordinating", "implementing", "requested")
KINDS = ("task", "duty", "target", "milestone", "objective", "none")
STATUSES = ("done", "in-progress", "not-started", "blocked", "not-applicable")
UNITS_OF_MEASURE = ("%", "km", "người", "triệu đồng", "công trình")
NOTE_KINDS = ("misprint", "blank", "conflict", "gap", "context")
RELATIONS = ("parent", "basis", "funding", "mention")


@dataclass(frozen=True)
class Edit:
    """One change: of which kind, where, from what to what, and the data after it.

    The data is None where the whole file is gone.
    """

    kind: str
    path: Path
    before: str
    after: str
    data: Data

    def __str__(self) -> str:
        """Write the edit on one line, for the list of those that nobody noticed."""
        place = ".".join(map(str, self.path))
        return f"{self.kind}\t{place}\t{self.before} -> {self.after}"


@dataclass(frozen=True)
class Names:
    """What an edit may put in the place of a name."""

    units: Sequence[str]
    documents: Sequence[str]
    measures: Sequence[str]
    localities: Sequence[str]
    programmes: Sequence[str]
    plans: Sequence[str]


class Editor:
    """Makes edits of one file's data; the same seed makes the same edits."""

    def __init__(self, data: Data, names: Names, seed: str, own: Collection[str]) -> None:
        """Begin with a file of a plan; `own`: the folders that its place has, or once had."""
        self._data = data
        self._own = own
        self._names = names
        self._random = Random(seed)

    def edit_plan(self) -> Iterator[Edit]:
        """Yield edits of every statement of a plan."""
        for path, item in _items(self._data):
            yield from self._edit_item(path, item)
            for index, target in enumerate(item.get("targets", ())):
                yield from self._edit_target((*path, "targets", index), target)
            for due_path, due in _deadlines(path, item):
                yield from self._edit_deadline(due_path, due)
            yield from self._edit_roles(path, item)
            yield from self._edit_reporting(path, item)
        yield from self._edit_citations()
        yield from self._edit_document()
        yield from self._edit_notes()

    def edit_report(self) -> Iterator[Edit]:
        """Yield edits of every statement of a report."""
        report = self._data
        yield from self._replace("report-unit", ("unit",), self._others(self._names.units, 3))
        year = int(report["period"][:4])
        others = [str(year - 1), str(year + 1), f"{year}-q1", f"{year + 3}"]
        yield from self._replace("report-period", ("period",), others)
        yield from self._replace("report-date", ("date",), _other_days(report["date"]))
        items = [entry["item"] for entry in report["entries"]]
        for index, entry in enumerate(report["entries"]):
            path: Path = ("entries", index)
            yield from self._replace("report-item", (*path, "item"), [*items[:2], "ii.1", "i.9-9"])
            if "status" in entry:
                yield from self._replace("report-status", (*path, "status"), STATUSES)
            if "value" in entry:
                others = _other_numbers(entry["value"])
                yield from self._replace("report-value", (*path, "value"), others)
            if "done_on" in entry:
                others = [*_other_days(entry["done_on"]), "2001-01-01"]
                yield from self._replace("report-done-on", (*path, "done_on"), others)
            for field in ("text", "reason"):
                yield from self._edit_words("report-words", (*path, field))
            yield from self._edit_all_evidence("report-evidence", path)
            yield self._remove("report-line", path)
        yield from self._edit_evidence("report-source", ("source",))
        yield Edit("report-deleted", (), "file", "None", None)

    def edit_response(self) -> Iterator[Edit]:
        """Yield edits of every statement of a response."""
        response = self._data
        yield from self._replace("response-unit", ("unit",), self._others(self._names.units, 3))
        yield from self._replace("response-date", ("date",), _other_days(response["date"]))
        yield from self._edit_evidence("response-source", ("source",))
        items = [answer["item"] for answer in response["answers"]]
        for index in range(len(items)):
            path: Path = ("answers", index)
            others = [*items, "ii.1", "i.9-9"]
            yield from self._replace("response-item", (*path, "item"), others)
            for field in ("asked", "text"):
                yield from self._edit_words("response-words", (*path, field))
            yield from self._edit_all_evidence("response-evidence", path)
            yield self._remove("response-answer", path)
        yield Edit("response-deleted", (), "file", "None", None)

    # -------------------------------------------------------------- words and evidence

    def _edit_words(self, kind: str, path: Path) -> Iterator[Edit]:
        words = _get(self._data, path)
        if words is not None:
            yield from self._replace(kind, path, _other_words(words, self._random))
            yield self._remove(kind, path)

    def _edit_all_evidence(self, kind: str, path: Path) -> Iterator[Edit]:
        for index in range(len(_get(self._data, (*path, "evidence")) or ())):
            yield from self._edit_evidence(kind, (*path, "evidence", index))

    def _edit_evidence(self, kind: str, path: Path) -> Iterator[Edit]:
        evidence = _get(self._data, path)
        if evidence is not None:
            others = _other_words(evidence["title"], self._random)
            yield from self._replace(kind, (*path, "title"), others)
            others = ["https://example.org/khac", f"{evidence['url']}-2"]
            yield from self._replace(kind, (*path, "url"), others)
            yield self._remove(kind, path)

    def _edit_notes(self) -> Iterator[Edit]:
        for index, note in enumerate(self._data.get("notes", ())):
            path: Path = ("notes", index)
            for field in ("printed", "meant", "text"):
                yield from self._edit_words("note-words", (*path, field))
            yield from self._replace("note-kind", (*path, "kind"), NOTE_KINDS)
            yield from self._replace("note-place", (*path, "at"), ["plan", "title", "closing"])
            if "differs" in note:
                yield self._remove("note-differs", (*path, "differs"))
            yield self._remove("note-removed", path)
        for index in range(len(self._data.get("cites", ()))):
            yield self._remove("citation-removed", ("cites", index))

    # -------------------------------------------------------------- items

    def _edit_item(self, path: Path, item: Data) -> Iterator[Edit]:
        if "kind" in item:
            yield from self._replace("kind", (*path, "kind"), KINDS)
            yield self._remove("kind", (*path, "kind"))
        yield from self._replace("id", (*path, "id"), _other_ids(item["id"]))
        sibling = (*path[:-1], int(path[-1]) + 1)
        if _get(self._data, sibling) is not None:
            yield self._swap("id", (*path, "id"), (*sibling, "id"))
        if "number" in item:
            yield from self._replace("number", (*path, "number"), ["7.", "x)", "-"])
        if "applies_to" in item:
            ids = [one["id"] for _, one in _items(self._data)]
            chosen = self._random.sample(ids, min(3, len(ids)))
            yield from self._replace("applies-to", (*path, "applies_to"), chosen)
        for field in ("title", "text"):
            if field in item:
                others = _other_words(item[field], self._random)
                yield from self._replace("words", (*path, field), others)

    def _edit_target(self, path: Path, target: Data) -> Iterator[Edit]:
        yield from self._replace("value", (*path, "value"), _other_numbers(target["value"]))
        for name in ("maximum", "baseline"):
            if name in target:
                yield from self._replace("value", (*path, name), _other_numbers(target[name]))
                yield self._remove("value", (*path, name))
        yield from self._replace("comparator", (*path, "comparator"), COMPARATORS)
        yield from self._replace("unit-of-measure", (*path, "unit"), UNITS_OF_MEASURE)
        measures = self._others(self._names.measures, 3)
        yield from self._replace("measure", (*path, "measure"), measures)
        for name in ("printed", "population"):
            if name in target:
                yield from self._replace(
                    name, (*path, name), _other_words(target[name], self._random)
                )
        if "by" in target:
            yield from self._replace("date", (*path, "by"), _other_days(target["by"]))
        yield self._remove("target", path)

    def _edit_deadline(self, path: Path, due: Data) -> Iterator[Edit]:
        for name in ("by", "before", "start"):
            if name in due:
                yield from self._replace("date", (*path, name), _other_days(due[name]))
                yield self._remove("date", (*path, name))
        for name, other in (("by", "before"), ("before", "by")):
            if name in due:
                yield self._rename("date", path, name, other)
        if "every" in due:
            yield self._remove("every", (*path, "every"))
            yield from self._replace(
                "every", (*path, "every"), ["month", "quarter", "half", "year"]
            )
        else:
            yield self._add("every", (*path, "every"), "year")
        if "ongoing" not in due:
            yield self._add("every", (*path, "ongoing"), "true")
        if "start" not in due:
            yield self._add("date", (*path, "start"), "2026")
        others = [*_other_words(due["printed"], self._random)]
        yield from self._replace("printed", (*path, "printed"), others)
        yield self._remove("deadline", path)

    # -------------------------------------------------------------- units

    def _edit_roles(self, path: Path, item: Data) -> Iterator[Edit]:
        for role in ROLES:
            for index, unit in enumerate(item.get(role, ())):
                place = (*path, role, index)
                yield from self._replace("unit", place, self._others(self._names.units, 3, unit))
                yield self._remove("unit-removed", place)
                for other in ROLES:
                    if other != role:
                        yield self._move("role", path, role, index, other)
        if any(role in item for role in ROLES):
            role = self._random.choice(ROLES)
            unit = self._random.choice(self._names.units)
            yield self._append("unit", (*path, role), unit)

    def _edit_reporting(self, path: Path, item: Data) -> Iterator[Edit]:
        rule = item.get("reporting") or {}
        for index, unit in enumerate(rule.get("to", ())):
            place = (*path, "reporting", "to", index)
            yield from self._replace("unit", place, self._others(self._names.units, 2, unit))
        if "via" in rule:
            others = self._others(self._names.units, 2, rule["via"])
            yield from self._replace("unit", (*path, "reporting", "via"), others)

    # -------------------------------------------------------------- the document

    def _edit_citations(self) -> Iterator[Edit]:
        for index, citation in enumerate(self._data.get("cites", ())):
            path: Path = ("cites", index)
            others = self._others(self._names.documents, 3, citation["document"])
            yield from self._replace("citation", (*path, "document"), others)
            others = _other_words(citation["printed"], self._random)
            yield from self._replace("citation", (*path, "printed"), others)
            yield from self._replace("relation", (*path, "relation"), RELATIONS)
            yield from self._replace("citation", (*path, "at"), ["closing", "title", "i.1"])

    def _edit_document(self) -> Iterator[Edit]:
        document = self._data["document"]
        if document.get("date"):
            yield from self._replace(
                "document", ("document", "date"), _other_days(document["date"])
            )
        yield from self._replace("document", ("document", "number"), ["7", "168"])
        for name in ("from", "to"):
            year = self._data["period"].get(name)
            if year:
                yield from self._replace(
                    "period", ("period", name), [str(int(year) + step) for step in (-1, 1, 5)]
                )
        localities = self._others(self._names.localities, 3)
        yield from self._replace("locality", ("locality",), localities)
        yield from self._replace("programme", ("programme",), self._names.programmes)
        for index, recipient in enumerate(self._data.get("recipients", ())):
            for number, unit in enumerate(recipient.get("units", ())):
                path = ("recipients", index, "units", number)
                yield from self._replace("unit", path, self._others(self._names.units, 2, unit))
        for plan in self._others(self._names.plans, 3):
            if plan != self._data.get("supersedes"):
                yield self._add("supersedes", ("supersedes",), plan)
            # Below its own folders it only leads an unused address here, and is no change.
            if plan.rpartition("/")[0] not in self._own:
                yield self._add("former-path", ("former_paths",), [f"{plan}-cu"])

    # -------------------------------------------------------------- changes

    def _others(self, names: Sequence[str], most: int, own: str = "") -> list[str]:
        others = [name for name in names if name != own]
        return self._random.sample(others, min(most, len(others)))

    def _replace(self, kind: str, path: Path, values: Sequence[str]) -> Iterator[Edit]:
        before = _get(self._data, path)
        for value in dict.fromkeys(values):
            if value != before:
                yield self._change(kind, path, before, value, partial(_set, value=value))

    def _add(self, kind: str, path: Path, value: Data) -> Edit:
        return self._change(kind, path, None, value, partial(_set, value=value))

    def _append(self, kind: str, path: Path, value: str) -> Edit:
        def append(parent: Data, key: str | int) -> None:
            parent.setdefault(key, []).append(value)

        return self._change(kind, path, None, value, append)

    def _remove(self, kind: str, path: Path) -> Edit:
        def remove(parent: Data, key: str | int) -> None:
            del parent[key]

        return self._change(kind, path, _get(self._data, path), None, remove)

    def _rename(self, kind: str, path: Path, name: str, other: str) -> Edit:
        def rename(parent: Data, key: str | int) -> None:
            parent[key][other] = parent[key].pop(name)

        return self._change(kind, path, name, other, rename)

    def _move(self, kind: str, path: Path, role: str, index: int, other: str) -> Edit:
        unit = _get(self._data, (*path, role, index))

        def move(parent: Data, key: str | int) -> None:
            item = parent[key]
            item.setdefault(other, []).append(item[role].pop(index))

        return self._change(kind, path, f"{role}: {unit}", f"{other}: {unit}", move)

    def _swap(self, kind: str, path: Path, other: Path) -> Edit:
        first, second = _get(self._data, path), _get(self._data, other)

        def swap(parent: Data, key: str | int) -> None:
            parent[key] = second

        edit = self._change(kind, path, first, second, swap)
        _set(_get(edit.data, other[:-1]), other[-1], first)
        return edit

    def _change(
        self,
        kind: str,
        path: Path,
        before: Data,
        after: Data,
        change: Callable[[Data, str | int], None],
    ) -> Edit:
        data = copy.deepcopy(self._data)
        change(_get(data, path[:-1]), path[-1])
        return Edit(kind, path, str(before)[:80], str(after)[:80], data)


def _get(data: Data, path: Path) -> Data:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _set(parent: Data, key: str | int, value: Data) -> None:
    parent[key] = value


def _items(data: Data) -> Iterator[tuple[Path, Data]]:
    for name in ("body", "attachments"):
        yield from _items_in((name,), data.get(name, ()))


def _items_in(path: Path, items: Sequence[Data]) -> Iterator[tuple[Path, Data]]:
    for index, item in enumerate(items):
        yield (*path, index), item
        yield from _items_in((*path, index, "items"), item.get("items", ()))


def _deadlines(path: Path, item: Data) -> Iterator[tuple[Path, Data]]:
    due = item.get("due")
    if isinstance(due, dict):
        yield (*path, "due"), due
    for index, one in enumerate(due if isinstance(due, list) else ()):
        yield (*path, "due", index), one


def _other_numbers(value: str) -> list[str]:
    """Make a figure ten times as much, a tenth, one more, one less, its digits exchanged."""
    number = float(value)
    others = [number * 10, number / 10, number + 1, max(number - 1, 0), 100 - number]
    written = [f"{one:.2f}".rstrip("0").rstrip(".") for one in others if one >= 0]
    return [*written, value[::-1]] if "." not in value else written


def _other_days(value: str) -> list[str]:
    """Make dates of another year, month or day, as precise as the given one."""
    parts = value.split("-")
    others = []
    for index, part in enumerate(parts):
        sign = "q" if part.startswith("q") else ""
        number = int(part.removeprefix("q"))
        most = 4 if sign else 2100 if len(part) == 4 else 12 if index == len(parts) - 2 else 28
        for other in (number - 1, number + 1):
            if 1 <= other <= most:
                written = f"{sign}{other:0{len(part) - len(sign)}}"
                others.append([*parts[:index], written, *parts[index + 1 :]])
    return ["-".join(one) for one in others]


def _other_ids(name: str) -> list[str]:
    stem = name.rstrip("0123456789")
    order = name[len(stem) :]
    others = [f"{name}x", f"{name}-9"]
    return [*others, f"{stem}{int(order) + 1}", f"{stem}{int(order) + 40}"] if order else others


def _other_words(words: str, random: Random) -> list[str]:
    """Change a digit of words, leave out one of them, leave out the first."""
    digits = [index for index, sign in enumerate(words) if sign.isdigit()]
    others = []
    if digits:
        at = random.choice(digits)
        others.append(f"{words[:at]}{(int(words[at]) + 3) % 10}{words[at + 1 :]}")
    split = words.split(" ")
    if len(split) > 1:
        at = random.randrange(len(split))
        others.append(" ".join([*split[:at], *split[at + 1 :]]))
        others.append(" ".join(split[1:]))
    return others
