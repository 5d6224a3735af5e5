"""What a site publishes of its data folder: which file lies where.

Comes in: the files of the data folder, the names of the site's files. Goes out: where each file of
the data is to be read on the site, byte by byte, for its manifest; `join` reads it there again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from congkhai.data.folder import Folder
from congkhai.model import routes
from congkhai.model.ledger import PLAN
from congkhai.pages.labels import evidence_address

REGISTERS = f"{routes.DATA}danh-muc/"
"""The data folder's own registers, as they are."""


def register_name(file: str) -> str:
    """Return the name on the site of a register of the data folder."""
    return f"{REGISTERS}{file}"


def list_sources(folder: Folder, published: Collection[str]) -> dict[str, str]:
    """Return the name on the site of every file of the data folder that is published."""
    return {path: name for path, name in sorted(_list_candidates(folder)) if name in published}


def _list_candidates(folder: Folder) -> Iterator[tuple[str, str]]:
    for file in folder.registers:
        yield file, register_name(file)
    for plan_id, plan in folder.plans.items():
        address = routes.plan(plan_id)
        yield f"{plan_id}/{PLAN}", f"{address}{PLAN}"
        for file in plan.files:
            is_text = file == "source.txt"
            yield (
                f"{plan_id}/{file}",
                address + file if is_text else evidence_address(file, address),
            )
        for file in plan.reports:
            yield f"{plan_id}/reports/{file}", f"{routes.report(plan_id, file)}bao-cao.yml"
        for file in plan.responses:
            yield f"{plan_id}/responses/{file}", routes.response(plan_id, file)
