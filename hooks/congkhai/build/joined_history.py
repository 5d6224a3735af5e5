"""What sites published of their changes, put together for the site that is made of them.

Comes in: files of sites, each proved by its manifest. Goes out: one file of ledgers with the
contents of reports that were taken away, in a folder; and from there a `CarriedHistory` for the
build. Days and words are those of each site; addresses are made anew, so that nothing that a site
says can lead out of the plans that it has.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from congkhai.build.published_site import is_plain_name
from congkhai.data.git_history import content_id
from congkhai.model import routes
from congkhai.model.ledger import PLAN
from congkhai.model.ledger_file import (
    CarriedHistory,
    LedgerFile,
    dump_ledgers,
    load_ledgers,
    place_of,
)
from congkhai.model.register_changes import RegisterChange
from congkhai.model.withdrawn_plans import WithdrawnPlan

_FILE = "lich-su.json"
_CONTENTS = "da-go"
"""The folder with what was taken away, by its id."""


@dataclass(frozen=True)
class PublishedHistory:
    """What one site tells of its changes."""

    file: LedgerFile
    contents: Mapping[str, bytes]


NOTHING_KNOWN = PublishedHistory(LedgerFile(1, False, {}), {})


def may_be_needed(name: str) -> bool:
    """Say whether a file of a site may hold what is told of its changes."""
    return name == routes.LEDGERS or (name.startswith(routes.PLANS) and name.endswith(".yml"))


def read_published(files: Mapping[str, bytes], plan_ids: Collection[str]) -> PublishedHistory:
    """Read what a site tells; of plans that it has not, nothing. Raises ValueError.

    `files`: those that `may_be_needed`, by name on the site.
    """
    if routes.LEDGERS not in files:
        return NOTHING_KNOWN
    told = load_ledgers(files[routes.LEDGERS])
    file = replace(
        told,
        plans={plan_id: rows for plan_id, rows in told.plans.items() if plan_id in plan_ids},
        withdrawn=tuple(plan for plan in told.withdrawn if plan.id not in plan_ids),
    )
    names = [
        *(row.file for rows in file.plans.values() for row in rows),
        *(name for plan in file.withdrawn for name in _names_of(plan)),
    ]
    if not all(map(is_plain_name, names)):
        raise ValueError(routes.LEDGERS)
    contents = {
        name: files[place]
        for name, place in _removed(file)
        if place in files and content_id(files[place], name) == name
    }
    return PublishedHistory(file, contents)


def write_joined(parts: Iterable[PublishedHistory], folder: Path) -> None:
    """Write what all sites tell into `folder`, beside the data."""
    found = list(parts)
    file = LedgerFile(
        format=1,
        dates_known=all(part.file.dates_known for part in found),
        plans={plan_id: rows for part in found for plan_id, rows in part.file.plans.items()},
        withdrawn=tuple({plan.id: plan for part in found for plan in part.file.withdrawn}.values()),
        registers=_join_registers(found),
        undated=tuple([plan_id for part in found for plan_id in part.file.unknown]),
    )
    shutil.rmtree(folder / _CONTENTS, ignore_errors=True)
    (folder / _CONTENTS).mkdir(parents=True)
    for name, content in {n: c for part in found for n, c in part.contents.items()}.items():
        (folder / _CONTENTS / name).write_bytes(content)
    (folder / _FILE).write_bytes(dump_ledgers(file))


def _join_registers(parts: Iterable[PublishedHistory]) -> tuple[RegisterChange, ...]:
    """Put together what sites tell of their registers, each change once, the latest first."""
    changes = dict.fromkeys(change for part in parts for change in part.file.registers)
    return tuple(sorted(changes, key=lambda one: one.day or date.max, reverse=True))


def read_joined(folder: Path) -> CarriedHistory:
    """Read it again, for the build."""
    contents = {file.name: file.read_bytes() for file in (folder / _CONTENTS).iterdir()}
    return CarriedHistory(load_ledgers((folder / _FILE).read_bytes()), contents)


def _removed(file: LedgerFile) -> Iterator[tuple[str, str]]:
    """Yield the id of each content that was taken away and may be shown, and its place."""
    for plan_id, rows in file.plans.items():
        for row in rows:
            if row.content is not None:
                yield row.content, place_of(plan_id, row.file)
    for plan in file.withdrawn:
        if plan.content is not None:
            yield plan.content, f"{plan.address}{PLAN}"


def _names_of(plan: WithdrawnPlan) -> Iterator[str]:
    """Yield the plan's id and all names that it gives, without its own address before them."""
    yield plan.id
    for name in (*(file.name for file in plan.files), *plan.reports):
        before, address, rest = name.partition(plan.address)
        yield rest.removesuffix("/") if address and not before else "/"
