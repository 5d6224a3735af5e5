"""What is different between two versions of a plan, report or response, by statements.

Two versions come in, as the schema holds them; `Amendment`s go out, in the document's order.
Comments, white space, the order of keys, `former_paths`, and the fields by which a plan explains
its own changes make no difference. Every other field does: what has no wording of its own here
is compared field by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeGuard

from congkhai.data import schema
from congkhai.model.assignments import deadlines_of, kind_of, resolve_assignments, walk
from congkhai.model.references import references
from congkhai.model.status import last_day
from congkhai.model.views import TargetView
from congkhai.text.dates import PartialDate, format_day
from congkhai.text.vietnamese import number

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AmendmentKind = Literal[
    "words",
    "figure-raised",
    "figure-lowered",
    "figure-changed",
    "deadline-later",
    "deadline-earlier",
    "deadline-changed",
    "lead",
    "unit",
    "kind",
    "item-added",
    "item-withdrawn",
    "item-moved",
    "document",
    "note",
    "data",
    "report",
    "line",
    "response",
    "answer",
]
"""`document`: what is outside the items. `data`: any other statement about an item. `report`,
`response`: the head of a report, of a response. `line`, `answer`: one statement of it about an
item."""


class Amendment(NamedTuple):
    """One statement that was published and is now another, was added or was taken away."""

    kind: AmendmentKind
    item: str | None
    """Id of the item that it is about; None for what stands outside the items."""
    reference: str
    """Where that item stands, for a citation; empty without an item."""
    field: str
    """Name of the field in the data file; of a unit its role."""
    before: str | None
    """What was published; None when nothing was. Units are ids with blanks between them."""
    after: str | None
    """What is published instead; None when nothing is."""
    reason: str = ""
    """Why, in the plan's own words, where it says so."""
    is_reading: bool = False
    """The document says what it said: only how this site reads or explains it is another."""
    figure: schema.Target | None = None
    """The target as it was before, where it is now another one."""
    deadlines: tuple[schema.Deadline, ...] | None = None
    """The deadlines as they were before, where they are now others."""


_EXPLAINING = frozenset({"format", "former_paths", "moved_from", "reworded", "withdrawn"})
"""Fields that are no statement of their own: they say how a file is read, or explain a change."""
_COMPARED_APART = frozenset(
    {"id", "title", "text", "columns", "cells", "kind", "due", "targets", "items", "applies_to"}
    | set(schema.ROLES)
)
"""Fields of an item that are compared in terms of what they mean for a reader."""
_A_COMMON_YEAR = 2001


# ------------------------------------------------------------------------------- plans


def compare_plans(before: schema.Plan, after: schema.Plan) -> tuple[Amendment, ...]:
    """List what is different in the later of two versions of a plan."""
    old, new = _meanings(before), _meanings(after)
    moved = _moved_items(old, new)
    amendments = (*_compare_documents(before, after), *_compare_bodies(old, new, moved))
    reprint = _Reprint(before, after, moved)
    return tuple(
        [amendment._replace(is_reading=reprint.is_reading(amendment)) for amendment in amendments]
    )


_OURS = frozenset(
    {"locality", "issuer_unit", "programme", "supersedes", "cites", "compared", "original"}
    | {"implements", "topics", "not_topics", "applies_to"}
)
"""Fields that no document prints: the site tells by them what a plan is, and what it is about."""
_HEADED = frozenset(
    {"document", "preamble", "closing", "recipients_heading", "recipients", "signature"}
)
"""Fields of what is printed around the items."""


class _Reprint:
    """In which of its words, as printed, a document is another in the later of two versions."""

    def __init__(self, before: schema.Plan, after: schema.Plan, moved: Mapping[str, str]) -> None:
        old, new = _words_in_place(before), _words_in_place(after)
        names = old.keys() | {moved.get(name, name): name for name in new}.keys()
        present = {former: name for name, former in moved.items()}
        self._items = {
            present.get(name, name)
            for name in names
            if old.get(name) != new.get(present.get(name, name))
        }
        around = _words_around(before), _words_around(after)
        self._is_headed_anew = around[0] != around[1]
        text = [" ".join([words[-1] for words in found.values()]) for found in (old, new)]
        self._is_same = text[0] == text[1] and not self._is_headed_anew
        assigning = {item.id for item, _ in walk(after.provisions) if item.applies_to}
        self._assigns_anew = not self._items.isdisjoint(assigning)

    def is_reading(self, amendment: Amendment) -> bool:
        """Say whether an amendment is one of the reading alone, under words that are the same."""
        root = amendment.field.partition(".")[0]
        if self._is_same or amendment.kind == "note" or root in _OURS:
            return True
        if amendment.item is None:
            return root in _HEADED and not self._is_headed_anew
        if amendment.kind in ("words", "item-added", "item-withdrawn"):
            return False
        if amendment.kind in ("lead", "unit") and self._assigns_anew:
            return False
        return amendment.item not in self._items


def _words_in_place(plan: schema.Plan) -> dict[str, tuple[str, ...]]:
    """Return the words of each item by its id, after those of the items above it."""
    return {
        item.id: tuple([" ".join(one.printed.split()) for one in (*above, item)])
        for item, above in walk(plan.provisions)
    }


def _words_around(plan: schema.Plan) -> list[str]:
    """Return the words that are printed around the items."""
    around = (
        *plan.document.letterhead,
        plan.document.type,
        plan.document.title,
        *plan.preamble,
        *plan.closing,
        plan.recipients_heading or "",
        *[recipient.text for recipient in plan.recipients],
        *plan.signature,
    )
    return " ".join(around).split()


def words_of(item: schema.Item) -> str:
    """Return the official words of an item: its title, its text, the cells of its table."""
    cells = " | ".join([cell for cell in (*item.columns, *item.cells) if cell])
    return " – ".join([part for part in (item.title, item.text, cells) if part])


def _references(plan: schema.Plan) -> dict[str, str]:
    return references(plan.body, plan.attachments)


def items_by_id(plan: schema.Plan) -> dict[str, schema.Item]:
    """Return all items of a plan by their ids."""
    return {item.id: item for item, _ in walk(plan.provisions)}


def _compare_documents(before: schema.Plan, after: schema.Plan) -> Iterator[Amendment]:
    for field in fields(schema.Plan):
        if field.name in _EXPLAINING or field.name in ("body", "attachments", "notes"):
            continue
        old, new = getattr(before, field.name), getattr(after, field.name)
        yield from _compare_values("document", None, "", field.name, old, new)
    yield from _compare_notes(before, after)


def _compare_notes(before: schema.Plan, after: schema.Plan) -> Iterator[Amendment]:
    stands = _references(before) | _references(after)
    old, new = _notes_by_place(before), _notes_by_place(after)
    for at in dict.fromkeys([*old, *new]):
        notes = old.get(at, []), new.get(at, [])
        if notes[0] == notes[1]:
            continue
        field = "notes"
        was, now = ("\n".join(map(_words_of_note, group)) or None for group in notes)
        if was == now:
            field = "notes.kind"
            was, now = (" ".join([note.kind for note in group]) for group in notes)
        if was == now:
            field = "notes.differs"
            was, now = (_text_of(tuple(note.differs for note in group)) or None for group in notes)
        item = at if at in stands else None
        yield Amendment("note", item, stands.get(at, ""), field, was, now)


def _notes_by_place(plan: schema.Plan) -> dict[str, list[schema.Note]]:
    notes: dict[str, list[schema.Note]] = {}
    for note in plan.notes:
        notes.setdefault(note.at, []).append(note)
    return notes


def _words_of_note(note: schema.Note) -> str:
    return " · ".join([part for part in (note.printed, note.meant, note.text) if part])


class _Meaning(NamedTuple):
    """What a version says of one item, inheritance worked out."""

    item: schema.Item
    reference: str
    kind: schema.Kind
    units: Mapping[schema.Role, tuple[str, ...]]
    deadlines: tuple[schema.Deadline, ...]


def _meanings(plan: schema.Plan) -> dict[str, _Meaning]:
    items = walk(plan.provisions)
    roles = resolve_assignments(items)
    stands = _references(plan)
    return {
        item.id: _Meaning(
            item,
            stands[item.id],
            kind_of(item, above),
            {
                role: tuple(unit for unit, _ in assigned)
                for role, assigned in roles[item.id].items()
            },
            deadlines_of(item, above),
        )
        for item, above in items
    }


def _compare_bodies(
    old: Mapping[str, _Meaning], new: Mapping[str, _Meaning], moved: Mapping[str, str]
) -> Iterator[Amendment]:
    for name, meaning in new.items():
        former = moved.get(name, name)
        if former not in old:
            words = words_of(meaning.item)
            yield Amendment("item-added", name, meaning.reference, "id", None, words)
            continue
        if former != name:
            yield Amendment("item-moved", name, meaning.reference, "id", former, name)
        yield from _compare_items(old[former], meaning)
    kept = {moved.get(name, name) for name in new}
    for name, meaning in old.items():
        if name not in kept:
            words = words_of(meaning.item)
            yield Amendment("item-withdrawn", name, meaning.reference, "id", words, None)


def _moved_items(old: Mapping[str, _Meaning], new: Mapping[str, _Meaning]) -> dict[str, str]:
    """Return the former id of each item that has another one now.

    Either the plan says so, or the words that stood at an id which is gone are at a new one.
    """
    moved: dict[str, str] = {}
    for name, meaning in new.items():
        former = meaning.item.moved_from
        is_new = name not in old or old[name].item.moved_from != former
        if former is not None and former in old and is_new:
            moved[name] = former
    named = set(moved.values())
    gone = {
        (words_of(meaning.item), meaning.item.number): name
        for name, meaning in old.items()
        if name not in new and name not in named
    }
    for name, meaning in new.items():
        if name not in old and name not in moved:
            found = gone.pop((words_of(meaning.item), meaning.item.number), None)
            if found is not None:
                moved[name] = found
    came = [name for name in new if name not in old and name not in moved]
    return moved | _renumbered_items(old, new, list(gone.values()), came)


def _renumbered_items(
    old: Mapping[str, _Meaning], new: Mapping[str, _Meaning], gone: list[str], came: list[str]
) -> dict[str, str]:
    """Return the former id of each item whose words alone are those of one that is gone.

    Another number stands before them. Words that several items have tell nothing.
    """
    names = ((gone, old), (came, new))
    before, after = ([words_of(side[name].item) for name in found] for found, side in names)
    return {
        name: gone[before.index(words)]
        for name, words in zip(came, after, strict=True)
        if words and before.count(words) == after.count(words) == 1
    }


def _compare_items(old: _Meaning, new: _Meaning) -> Iterator[Amendment]:
    item, stands = new.item, new.reference
    if words_of(old.item) != words_of(item):
        yield Amendment("words", item.id, stands, "text", words_of(old.item), words_of(item))
    is_leaf = not (old.item.items and item.items)
    shown: AmendmentKind | None = None
    is_held_to = (old.kind, new.kind) != ("none", "none")
    if is_leaf and old.kind != new.kind:
        yield Amendment("kind", item.id, stands, "kind", old.kind, new.kind)
    if (is_leaf and is_held_to) or old.item.applies_to or item.applies_to:
        yield from _compare_units(old, new)
    if is_leaf and old.deadlines != new.deadlines:
        deadline = _compare_deadlines(item.id, stands, old.deadlines, new.deadlines)
        yield deadline
        shown = deadline.kind
    for amendment in _compare_targets(item.id, stands, old.item.targets, item.targets):
        if amendment.field != "targets.by" or amendment.kind != shown:
            yield amendment
    for field in fields(schema.Item):
        if field.name not in _EXPLAINING | _COMPARED_APART:
            before, after = getattr(old.item, field.name), getattr(item, field.name)
            yield from _compare_values("data", item.id, stands, field.name, before, after)


def _compare_units(old: _Meaning, new: _Meaning) -> Iterator[Amendment]:
    if old.item.applies_to != new.item.applies_to:
        yield Amendment(
            "data",
            new.item.id,
            new.reference,
            "applies_to",
            old.item.applies_to,
            new.item.applies_to,
        )
    for role in schema.ROLES:
        before, after = old.units.get(role, ()), new.units.get(role, ())
        if old.item.applies_to or new.item.applies_to:
            before, after = getattr(old.item, role), getattr(new.item, role)
        if set(before) != set(after):
            yield Amendment(
                "lead" if role == "lead" else "unit",
                new.item.id,
                new.reference,
                role,
                " ".join(before) or None,
                " ".join(after) or None,
            )


# --------------------------------------------------------------- deadlines and figures


def _compare_deadlines(
    item: str,
    reference: str,
    old: Sequence[schema.Deadline],
    new: Sequence[schema.Deadline],
) -> Amendment:
    before, after = "; ".join(map(_printed, old)), "; ".join(map(_printed, new))
    if before == after:
        before, after = "; ".join(map(write_deadline, old)), "; ".join(map(write_deadline, new))
    kind: AmendmentKind = "deadline-changed"
    days = [_days(old), _days(new)]
    if all(days) and {line.every for line in old} == {line.every for line in new}:
        if max(days[0]) < max(days[1]):
            kind = "deadline-later"
        elif max(days[0]) > max(days[1]):
            kind = "deadline-earlier"
    return Amendment(
        kind, item, reference, "due", before or None, after or None, deadlines=tuple(old)
    )


def _days(deadlines: Iterable[schema.Deadline]) -> list[date]:
    days = [last_day(deadline, _A_COMMON_YEAR) for deadline in deadlines]
    return [day for day in days if day is not None]


def _printed(deadline: schema.Deadline) -> str:
    return deadline.printed


def write_deadline(deadline: schema.Deadline) -> str:
    """Write a deadline with the rule that the calendar follows, where its words are the same."""
    parts = []
    named = deadline.before or deadline.by
    day = last_day(deadline, _A_COMMON_YEAR)
    if named is not None and day is not None:
        shown = format_day(day)
        parts.append(f"muộn nhất {shown.rpartition('/')[0] if named.recurring else shown}")
    if deadline.start is not None:
        parts.append(f"từ {deadline.start}")
    if deadline.every is not None:
        parts.append(CYCLES[deadline.every])
    if deadline.ongoing:
        parts.append("thường xuyên")
    return f"{deadline.printed} ({', '.join(parts) or 'không có ngày cuối'})"


def _compare_targets(
    item: str, reference: str, old: Sequence[schema.Target], new: Sequence[schema.Target]
) -> Iterator[Amendment]:
    olds, news = _targets_by_name(old), _targets_by_name(new)
    _pair_equal_figures(olds, news)
    for name in dict.fromkeys([*olds, *news]):
        before, after = olds.get(name), news.get(name)
        if before is None or after is None:
            yield Amendment(
                "figure-changed",
                item,
                reference,
                "targets",
                write_figure(before) if before else None,
                write_figure(after) if after else None,
            )
        elif before != after:
            yield from _compare_target(item, reference, before, after)


def _targets_by_name(targets: Sequence[schema.Target]) -> dict[tuple[str, int], schema.Target]:
    """Key targets by their own key, or by what they measure and which of those they are."""
    counts: dict[str, int] = {}
    by_name = {}
    for target in targets:
        name = target.key or target.measure
        counts[name] = counts.get(name, 0) + 1
        by_name[name, counts[name]] = target
    return by_name


def _pair_equal_figures(
    olds: dict[tuple[str, int], schema.Target], news: dict[tuple[str, int], schema.Target]
) -> None:
    """Name a new target as the old one whose figure it has, where each is found by no name.

    A figure that is measured under another name is no figure that went and one that came.
    """
    for name in [name for name in olds if name not in news]:
        figure = [getattr(olds[name], field) for field in _FIGURE]
        for other in [other for other in news if other not in olds]:
            if [getattr(news[other], field) for field in _FIGURE] == figure:
                news[name] = news.pop(other)
                break


_FIGURE = ("comparator", "value", "maximum", "baseline", "unit", "printed")


def _compare_target(
    item: str, reference: str, old: schema.Target, new: schema.Target
) -> Iterator[Amendment]:
    if any(getattr(old, name) != getattr(new, name) for name in _FIGURE):
        kind: AmendmentKind = "figure-changed"
        values = [(target.value, target.maximum or target.value) for target in (old, new)]
        if (old.comparator, old.unit) == (new.comparator, new.unit) and values[0] != values[1]:
            kind = "figure-lowered" if values[1] < values[0] else "figure-raised"
        before, after = write_figure(old), write_figure(new)
        yield Amendment(kind, item, reference, "targets", before, after, figure=old)
    for field in fields(schema.Target):
        if field.name in (*_FIGURE, "key"):
            continue
        before_value, after_value = getattr(old, field.name), getattr(new, field.name)
        if before_value == after_value:
            continue
        if field.name == "by":
            yield _compare_target_days(item, reference, old, new)
        else:
            name = f"targets.{field.name}"
            yield from _compare_values("data", item, reference, name, before_value, after_value)


def _compare_target_days(
    item: str, reference: str, old: schema.Target, new: schema.Target
) -> Amendment:
    kind: AmendmentKind = "deadline-changed"
    if old.by is not None and new.by is not None:
        later = old.by.last_day(_A_COMMON_YEAR) < new.by.last_day(_A_COMMON_YEAR)
        kind = "deadline-later" if later else "deadline-earlier"
    return Amendment(
        kind, item, reference, "targets.by", _text_of(old.by) or None, _text_of(new.by) or None
    )


CYCLES: Mapping[schema.Cycle, str] = {
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half": "6 tháng một lần",
    "year": "hằng năm",
}
"""Words for the cycles of `Deadline.every`."""
COMPARATORS = {"=": "", ">": "trên ", ">=": "từ ", "<": "dưới ", "<=": "không quá ", "~": "khoảng "}
"""Words for the signs of `Target.comparator`."""


def write_figure(target: schema.Target | TargetView) -> str:
    """Write a figure as printed, with the one that is computed with where it says another.

    >>> from decimal import Decimal
    >>> write_figure(schema.Target(measure="m", printed="trên 90%", comparator=">",
    ...     value=Decimal(50), unit="%"))
    'trên 90% (tính là trên 50%)'
    """
    unit = "%" if target.unit == "%" else f" {target.unit}"
    computed = f"{COMPARATORS[target.comparator]}{number(target.value)}{unit}"
    if target.maximum is not None:
        computed = f"từ {number(target.value)} đến {number(target.maximum)}{unit}"
    elif target.baseline is not None:
        computed = f"từ {number(target.baseline)} đến {computed}"
    if computed.casefold() in target.printed.casefold():
        return target.printed
    return f"{target.printed} (tính là {computed})"


# ----------------------------------------------------------------------------- reports


def compare_reports(
    before: schema.Report | None, after: schema.Report | None, stands: Mapping[str, str]
) -> tuple[Amendment, ...]:
    """List what is different between two versions of a report; None for one that is not there.

    `stands`: where each item of the plan stands, by its id.
    """
    amendments: list[Amendment] = []
    if before is not None and after is not None:
        for field in fields(schema.Report):
            if field.name != "entries":
                old, new = getattr(before, field.name), getattr(after, field.name)
                amendments += _compare_values("report", None, "", field.name, old, new)
    olds, news = _entries_by_name(before), _entries_by_name(after)
    for name in dict.fromkeys([*olds, *news]):
        old_entry, new_entry = olds.get(name), news.get(name)
        if old_entry == new_entry:
            continue
        item = name[0]
        reference = stands.get(item, item)
        for field in fields(schema.Entry):
            if field.name in ("item", "target"):
                continue
            old = getattr(old_entry, field.name) if old_entry else None
            new = getattr(new_entry, field.name) if new_entry else None
            amendments += _compare_values("line", item, reference, field.name, old, new)
    return tuple(amendments)


def compare_responses(
    before: schema.Response | None, after: schema.Response | None, stands: Mapping[str, str]
) -> tuple[Amendment, ...]:
    """List what is different between two versions of a response; None for one not there.

    `stands`: where each item of the plan stands, by its id.
    """
    amendments: list[Amendment] = []
    if before is not None and after is not None:
        for field in fields(schema.Response):
            if field.name != "answers":
                old, new = getattr(before, field.name), getattr(after, field.name)
                amendments += _compare_values("response", None, "", field.name, old, new)
    olds, news = (
        {answer.item: answer for answer in response.answers} if response else {}
        for response in (before, after)
    )
    for item in dict.fromkeys([*olds, *news]):
        reference = stands.get(item, item)
        for field in fields(schema.Answer):
            if field.name != "item":
                old, new = (getattr(side.get(item), field.name, None) for side in (olds, news))
                amendments += _compare_values("answer", item, reference, field.name, old, new)
    return tuple(amendments)


def _entries_by_name(
    report: schema.Report | None,
) -> dict[tuple[str, str | None, int], schema.Entry]:
    counts: dict[tuple[str, str | None], int] = {}
    by_name = {}
    for entry in report.entries if report else ():
        name = (entry.item, entry.target)
        counts[name] = counts.get(name, 0) + 1
        by_name[*name, counts[name]] = entry
    return by_name


# ------------------------------------------------------------------ values of any field


def _compare_values(
    kind: AmendmentKind, item: str | None, reference: str, name: str, old: object, new: object
) -> Iterator[Amendment]:
    """Compare two values of one field; a record field by field, a list by its elements."""
    if old == new:
        return
    if _is_record(old) and _is_record(new):
        for field in fields(old):
            before, after = getattr(old, field.name), getattr(new, field.name)
            yield from _compare_values(kind, item, reference, f"{name}.{field.name}", before, after)
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and old and new:
        gone = [part for part in old if part not in new]
        added = [part for part in new if part not in old]
        if gone or added:
            old, new = tuple(gone), tuple(added)
    before_text, after_text = _text_of(old), _text_of(new)
    if before_text != after_text:
        yield Amendment(kind, item, reference, name, before_text or None, after_text or None)


def _text_of(value: object) -> str:
    """Write a value of a data file as a reader may see it; nothing for an empty one."""
    if value is None or value is False:
        return ""
    if value is True:
        return "có"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_text_of, value)))
    if _is_record(value):
        parts = [_text_of(getattr(value, field.name)) for field in fields(value)]
        return " · ".join(filter(None, parts))
    return str(value)


def _is_record(value: object) -> TypeGuard[DataclassInstance]:
    """Say whether a value is a mapping of a data file; a date is one value."""
    is_instance = is_dataclass(value) and not isinstance(value, type)
    return is_instance and not isinstance(value, PartialDate)
