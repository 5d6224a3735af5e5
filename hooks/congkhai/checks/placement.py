"""Rules about the folder of a plan, and the plan that it replaces.

Comes in: a `PlanContext`; for what plans state about each other, `Links`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from congkhai.checks.context import PlanContext, describe_unknown
from congkhai.checks.issuers import has_sound_issuer
from congkhai.data import schema
from congkhai.data.folder import RESERVED
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.model.places import issuer_folders, locality_folders
from congkhai.model.views import Place
from congkhai.text.vietnamese import slug


def require_folder_of_issuer(context: PlanContext) -> Iterator[Problem]:
    """Require that a plan lies in the folder of the body that issued it.

    `<province>/<plan>/` for a province, `<province>/<locality>/<plan>/` below it,
    `quoc-gia/<unit>/<plan>/` for a central body; a unit other than the People's Committee has a
    folder in that of its locality. A locality that was renamed keeps its former folders too.
    """
    plan = context.plan
    folders = issuer_folders(context.places, plan.locality, plan.issuer)
    if not folders or not has_sound_issuer(context):
        return
    folder, _, name = context.id.rpartition("/")
    if folder in folders:
        return
    right = folders[0]
    inside = folder.removeprefix(f"{right}/")
    if plan.issuer_unit is not None:
        key, whose, mend = "issuer_unit", "cơ quan ban hành", "sửa issuer_unit, locality"
    elif folder != inside and inside in context.dataset.units:
        key, whose, mend = "locality", "địa phương", f"thêm issuer_unit: {inside}"
    else:
        key, whose, mend = "locality", "địa phương", "sửa mã địa phương"
    yield context.loaded.problem(
        (key,),
        f"kế hoạch của {whose} này không nằm đúng thư mục: {context.id}",
        f"chuyển đến {right}/{name}/, hoặc {mend}",
    )


class Link(NamedTuple):
    """Which plan a plan replaces, and the folders in which it was before."""

    supersedes: str | None
    former_paths: tuple[str, ...]
    locality: str
    """Code of the plan's own locality."""


@dataclass(frozen=True)
class Links:
    """The links of all plans."""

    by_plan: Mapping[str, Link]
    """By the id of the plan, of those that could be read."""
    folders: Collection[str]
    """Ids of all plans, broken ones among them."""
    read: Callable[[str], Loaded[schema.Plan]]
    """Read a plan by its id, for the line of a fault."""
    places: Mapping[str, Place]
    """Every locality by code."""

    @cached_property
    def replacing(self) -> Mapping[str, str]:
        """The first plan that replaces another, by the id of the other."""
        replacing: dict[str, str] = {}
        for plan_id, link in self.by_plan.items():
            if link.supersedes is not None:
                replacing.setdefault(link.supersedes, plan_id)
        return replacing

    @cached_property
    def localities(self) -> Mapping[str, frozenset[str]]:
        """Codes of localities by folder of plans; two that follow one another share one."""
        codes: dict[str, set[str]] = {}
        for code in self.places:
            for folder in locality_folders(self.places, code):
                codes.setdefault(folder, set()).add(code)
        return {folder: frozenset(found) for folder, found in codes.items()}

    def is_related(self, path: str, code: str) -> bool:
        """Whether the folder of a plan is that of a locality, its successors or predecessors.

        A folder of no known locality is nobody's.
        """
        folder = path.rpartition("/")[0]
        own = [code]
        owners = self.localities.get(folder)
        if owners is None:
            # Below the folder of a locality lie the plans of its bodies, and what was called
            # otherwise once: a commune's former name in its own province.
            owners = self.localities.get(folder.rpartition("/")[0])
            place = self.places.get(code)
            own += [place.province] if place is not None and place.province is not None else []
        return owners is None or any(
            owner == one or self._follows(owner, one) or self._follows(one, owner)
            for owner in owners
            for one in own
        )

    def _follows(self, new: str, old: str) -> bool:
        """Whether a locality succeeds another, in one step or several."""
        waiting, seen = [old], {old}
        while waiting:
            place = self.places.get(waiting.pop())
            for successor in place.successors if place is not None else ():
                if successor == new:
                    return True
                if successor not in seen:
                    seen.add(successor)
                    waiting.append(successor)
        return False

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The first plan that was at a former path, by that path."""
        moved: dict[str, str] = {}
        for plan_id, link in self.by_plan.items():
            for path in link.former_paths:
                moved.setdefault(path, plan_id)
        return moved


def link_of(plan: schema.Plan) -> Link:
    """Return what a plan states about other plans and its former folders."""
    return Link(plan.supersedes, plan.former_paths, plan.locality)


def require_replaced_plan(links: Links, plan_id: str) -> Iterator[Problem]:
    """Require that a replaced plan is held here, and that no plan replaces itself in the end."""
    old = links.by_plan[plan_id].supersedes
    if old is None:
        return
    if old not in links.folders:
        yield describe_unknown(
            links.read(plan_id),
            ("supersedes",),
            "kế hoạch",
            old,
            links.folders,
            "đường dẫn thư mục dưới plans/: hai-phong/ascc-2021-2025",
        )
        return
    chain = [plan_id]
    while old is not None and old in links.by_plan and old not in chain:
        chain.append(old)
        old = links.by_plan[old].supersedes
    # One problem for a cycle, at one of its plans.
    if old == plan_id == min(chain):
        yield links.read(plan_id).problem(
            ("supersedes",),
            f"các kế hoạch thay thế nhau thành vòng tròn: {' → '.join([*chain, old])}",
            "xem lại supersedes của từng kế hoạch",
        )


def require_links_within_locality(links: Links, plan_id: str) -> Iterator[Problem]:
    """Require that a plan replaces, and was at, folders of its own locality only.

    Those of a registered predecessor or successor are its own, too; another's plan would lose
    its place in all sums, another's address would lead here.
    """
    link = links.by_plan[plan_id]
    stated = [(("supersedes",), link.supersedes)] if link.supersedes is not None else []
    paths = [*stated, *((("former_paths", i), path) for i, path in enumerate(link.former_paths))]
    for loc, path in paths:
        if path is None or links.is_related(path, link.locality):
            continue
        name = links.places[link.locality].name if link.locality in links.places else link.locality
        yield links.read(plan_id).problem(
            loc,
            f"«{path}» là của địa phương khác, không phải của {name}",
            "chỉ ghi kế hoạch, đường dẫn cũ của chính địa phương này, hoặc của địa phương mà nó"
            " kế tiếp theo localities.yml",
        )


def require_one_successor(links: Links, plan_id: str) -> Iterator[Problem]:
    """Require that a plan is replaced by one plan at most: its page names the one in force."""
    old = links.by_plan[plan_id].supersedes
    if old is not None and links.replacing[old] != plan_id:
        yield links.read(plan_id).problem(
            ("supersedes",),
            f"kế hoạch «{old}» đã được {links.replacing[old]} thay thế",
            "chỉ ghi supersedes ở kế hoạch thay thế trực tiếp",
        )


def require_free_former_paths(links: Links, plan_id: str) -> Iterator[Problem]:
    """Require that a former path could be a plan's folder, is free, and belonged to one plan."""
    paths = links.by_plan[plan_id].former_paths
    for index, path in enumerate(paths):
        parts = path.split("/")
        if len(parts) not in (2, 3, 4) or any(
            part != slug(part) or not part or part in RESERVED for part in parts
        ):
            fault = (
                f"đường dẫn cũ «{path[:80]}» sai dạng",
                "dạng đúng: hai-phong/xa-nam-sach/ascc-2026-2030",
            )
        elif path in links.folders:
            fault = (
                f"đường dẫn cũ «{path}» đang là của một kế hoạch",
                "bỏ dòng này, hoặc đổi tên thư mục kia",
            )
        elif path in paths[:index]:
            fault = f"đường dẫn cũ «{path}» ghi hai lần", "chỉ giữ một"
        elif links.moved[path] != plan_id:
            fault = (
                f"đường dẫn cũ «{path}» đã ghi ở {links.moved[path]}",
                "một đường dẫn chỉ dẫn tới một kế hoạch; bỏ ở một trong hai",
            )
        else:
            continue
        yield links.read(plan_id).problem(("former_paths", index), *fault)
