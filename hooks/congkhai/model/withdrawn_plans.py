"""Plans that were published and whose folders are gone: what they were, and since when.

The git history, and the plans held now come in; `WithdrawnPlan`s go out, newest first. A plan
whose folder was renamed is none of them: the plan that it is now names its former path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from congkhai.data.git_history import History, ReadContent, Revisions
from congkhai.model import routes
from congkhai.model.ledger import PLAN, REPORTS, RESPONSES, is_private, parse_content
from congkhai.model.today import Today


@dataclass(frozen=True, slots=True)
class WithdrawnFile:
    """A file of a withdrawn plan, as it was last."""

    name: str
    """Name below the site, under which it was published."""
    sha256: str


@dataclass(frozen=True, slots=True)
class WithdrawnPlan:
    """A plan that was published and is no longer held."""

    id: str
    title: str
    type_name: str
    """«kế hoạch»."""
    issuer: str
    day: date | None
    """Day on which its folder was removed; None when git tells one not to believe."""
    content: str | None
    """Id of its last `plan.yml`, by which git finds it; None when it must not be shown again."""
    files: tuple[WithdrawnFile, ...]
    reports: tuple[str, ...]
    """Addresses of the pages that its reports had."""

    @property
    def address(self) -> str:
        """Return the address that its page had."""
        return routes.plan(self.id)

    @property
    def key(self) -> str:
        """Permanent: the same change has the same key in every build."""
        return f"plan-removed:{self.id}"


def list_withdrawn_plans(
    history: History | None, held: Collection[str], today: Today
) -> tuple[WithdrawnPlan, ...]:
    """List the plans that were published and are gone, the latest first.

    `held`: ids of all plans that are held now, and all their former paths.
    """
    if history is None:
        return ()
    gone = [
        path.removesuffix(f"/{PLAN}")
        for path, changes in history.revisions.items()
        if path.endswith(f"/{PLAN}") and changes[-1].after is None
    ]
    with history.open_contents() as read:
        plans = [
            plan
            for plan_id in gone
            if plan_id not in held
            for plan in _read_plan(plan_id, history.of_plan(plan_id), read, today)
        ]
    return tuple(sorted(plans, key=lambda plan: (plan.day or date.min, plan.id), reverse=True))


def _read_plan(
    plan_id: str, revisions: Revisions, read: ReadContent, today: Today
) -> Iterator[WithdrawnPlan]:
    """Yield the plan as it was published last, unless no version of it ever could be."""
    removal = revisions[PLAN][-1]
    contents = [change.before for change in reversed(revisions[PLAN]) if change.before]
    versions = ((content, read(content)) for content in contents)
    parsed = ((name, raw, parse_content(raw, "plan")) for name, raw in versions if raw is not None)
    content, raw, plan = next((one for one in parsed if one[2] is not None), ("", b"", None))
    if plan is None:
        return
    issued = plan.document.date
    earliest = issued.first_day() if issued is not None and not issued.recurring else date.min
    is_shown = not is_private(raw.decode(errors="replace"))
    yield WithdrawnPlan(
        id=plan_id,
        title=plan.document.title,
        type_name=plan.document.type_name,
        issuer=plan.document.issuer,
        day=removal.day if earliest <= removal.day <= today else None,
        content=content if is_shown else None,
        files=tuple(_list_files(plan_id, revisions, read)),
        reports=tuple(
            routes.report(plan_id, name.removeprefix(REPORTS))
            for name in sorted(revisions)
            if name.startswith(REPORTS)
        ),
    )


def _list_files(plan_id: str, revisions: Revisions, read: ReadContent) -> Iterator[WithdrawnFile]:
    for name, changes in sorted(revisions.items()):
        last = changes[-1].after or changes[-1].before
        content = read(last) if last else None
        if content is not None:
            published = routes.plan(plan_id) + name
            if name.startswith(REPORTS):
                published = f"{routes.report(plan_id, name.removeprefix(REPORTS))}bao-cao.yml"
            elif name.startswith(RESPONSES):
                published = routes.response(plan_id, name.removeprefix(RESPONSES))
            yield WithdrawnFile(published, hashlib.sha256(content).hexdigest())
