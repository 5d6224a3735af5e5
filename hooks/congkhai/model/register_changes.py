"""What entries of the registers were before they were changed: names, ends, successors.

The git history of the data folder and its registers as they are now come in; `RegisterChange`s go
out, newest first. An entry that was added changes nothing that was published, but for a locality
that ends or is named anew: those are told of when they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from congkhai.data.encoding import decode
from congkhai.data.files import read_lines
from congkhai.data.git_history import History, ReadContent, content_id
from congkhai.data.strict_yaml import parse
from congkhai.model.ledger import HIDDEN, PLAN, is_private
from congkhai.model.today import Today

SHOWN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "localities.yml": ("name", "province", "until", "successors", "day", "names", "provinces"),
    "units.yml": ("name", "until", "successors"),
    "documents.yml": ("type", "number", "symbol", "date", "issuer", "title", "parent"),
    "programmes.yml": ("name", "document"),
    "measures.yml": ("name", "meaning"),
}
"""Fields of entries that pages show as facts, by register."""
_ARRIVING: Final = frozenset({"dissolved", "changes"})
"""Parts of the register of localities whose new entries say what became of places."""

Entries = dict[tuple[str, str], dict[str, str]]
"""By part of the register and key: what is shown of each entry, by field."""


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One field of one entry that was published and is another now, or the whole entry."""

    day: date | None
    """Day on which it was published; None when it is not committed, or git tells a future one."""
    register: str
    """«units.yml»."""
    key: str
    name: str
    """What the entry is called now, or was called last."""
    field: str
    """Empty where the whole entry went."""
    before: str | None
    after: str | None


def list_register_changes(
    history: History | None, root: Path, today: Today
) -> tuple[RegisterChange, ...]:
    """List the changes of all registers of a data folder, the latest first."""
    if history is None:
        return ()
    orders = [
        revisions[0].order
        for path, revisions in history.revisions.items()
        if path.endswith(f"/{PLAN}")
    ]
    if not orders:
        return ()
    published = min(orders)
    changes: list[RegisterChange] = []
    with history.open_contents() as read:
        for register in SHOWN_FIELDS:
            versions = list(_list_versions(history, register, root, read, published))
            for (_, before), (day, after) in pairwise(versions):
                shown = day if day is not None and day <= today else None
                changes += _compare(register, shown, before, after)
    return tuple(sorted(changes, key=lambda one: one.day or date.max, reverse=True))


def _list_versions(
    history: History, register: str, root: Path, read: ReadContent, published: int
) -> Iterator[tuple[date | None, Entries]]:
    """Yield the versions of a register that can be read, oldest first, with their days.

    `published`: number of the commit of the first plan, before which nobody read the register.
    """
    revisions = history.revisions.get(register, ())
    before = [revision for revision in revisions if revision.order <= published]
    for revision in (*before[-1:], *revisions[len(before) :]):
        raw = read(revision.after) if revision.after is not None else b""
        entries = _read_entries(register, raw) if raw is not None else None
        if entries is not None:
            yield revision.day, entries
    last = revisions[-1].after if revisions else None
    file = root / register
    if last is not None and file.is_file():
        now = read_lines(file)
        entries = _read_entries(register, now) if content_id(now, last) != last else None
        if entries is not None:
            yield None, entries


def _read_entries(register: str, raw: bytes) -> Entries | None:
    """Read what is shown of a register's entries; None for a text that nobody could publish."""
    text, _ = decode(raw, register)
    if not text:
        return {}
    data, _ = parse(text, register)
    if not isinstance(data, dict):
        return None
    fields = SHOWN_FIELDS[register]
    if register != "localities.yml":
        return {("", key): _pick(_map(entry), fields) for key, entry in data.items() if _map(entry)}
    entries: Entries = {}
    for code, province in _map(data.get("provinces")).items():
        entries["provinces", code] = _pick(_map(province), fields)
        for commune, name in _map(_map(province).get("communes")).items():
            entries["communes", commune] = {"name": str(name), "province": str(code)}
    for part in sorted(_ARRIVING):
        for key, entry in _map(data.get(part)).items():
            entries[part, key] = _pick(_map(entry), fields)
    return entries


def _compare(
    register: str, day: date | None, before: Entries, after: Entries
) -> Iterator[RegisterChange]:
    for place in dict.fromkeys([*before, *after]):
        part, key = place
        old, new = before.get(place), after.get(place)
        if old is None and part not in _ARRIVING:
            continue
        name = (new or old or {}).get("name") or (f"(văn bản {key})" if part else key)
        if new is None:
            yield RegisterChange(day, register, key, name, "", name, None)
            continue
        for field in SHOWN_FIELDS[register]:
            was, now = (old or {}).get(field), new.get(field)
            if was != now and not (old is None and field in ("name", "province")):
                hidden = HIDDEN if was is not None and is_private(was) else was
                yield RegisterChange(day, register, key, name, field, hidden, now)


def _pick(entry: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    return {name: _write(entry[name]) for name in fields if entry.get(name) not in (None, "", [])}


def _write(value: object) -> str:
    """Write a value of a register on a line."""
    if isinstance(value, dict):
        return "; ".join([f"{key}: {_write(one)}" for key, one in value.items()])
    if isinstance(value, list):
        return "; ".join(map(_write, value))
    return " ".join(str(value).split())


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
