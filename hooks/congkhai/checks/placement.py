"""Rules about where a plan's folder lies, and which plan it replaces.

Comes in: a `PlanContext`; for what plans say of each other, `Links`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from congkhai.checks.context import PlanContext, unknown
from congkhai.data import schema
from congkhai.data.folder import RESERVED
from congkhai.data.load import Loaded
from congkhai.data.problem import Problem
from congkhai.model.views import Place
from congkhai.text.vietnamese import slug


def home_of(places: Mapping[str, Place], code: str) -> str | None:
    """The folder of a locality's plans: `hai-phong`, `hai-phong/xa-nam-sach`; None when unknown."""
    place = places.get(code)
    if place is None:
        return None
    if place.province is None:
        return place.slug
    above = places.get(place.province)
    return f"{above.slug}/{place.slug}" if above else None


def folder_is_that_of_its_locality(subject: PlanContext) -> Iterator[Problem]:
    """A plan lies in `<province>/<plan>/`, or in `<province>/<locality>/<plan>/` below the province."""
    home = home_of(subject.places, subject.plan.locality)
    if home is None:
        return
    place, _, name = subject.id.rpartition("/")
    if place != home:
        yield subject.loaded.problem(
            ("locality",),
            f"kế hoạch của địa phương này không nằm đúng thư mục: {subject.id}",
            f"chuyển đến {home}/{name}/, hoặc sửa mã địa phương",
        )


class Link(NamedTuple):
    """What a plan says of other plans, and of where it was before."""

    supersedes: str | None
    former_paths: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """What all plans say of each other."""

    said: Mapping[str, Link]
    """By plan, of those that could be read."""
    folders: Collection[str]
    """Of all plans, broken ones too."""
    read: Callable[[str], Loaded[schema.Plan]]
    """A plan by its id, to tell the line of a fault."""

    @cached_property
    def replacing(self) -> Mapping[str, str]:
        """The first plan that replaces another, by the other."""
        return {
            link.supersedes: plan_id
            for plan_id, link in reversed(self.said.items())
            if link.supersedes is not None
        }

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The first plan that was at a former path, by that path."""
        return {
            path: plan_id
            for plan_id, link in reversed(self.said.items())
            for path in link.former_paths
        }


def link_of(plan: schema.Plan) -> Link:
    """What one plan says of others."""
    return Link(plan.supersedes, plan.former_paths)


def replaced_plan_exists(links: Links, plan_id: str) -> Iterator[Problem]:
    """A plan replaces a plan that is held here, and never, by whatever way round, itself."""
    old = links.said[plan_id].supersedes
    if old is None:
        return
    if old not in links.folders:
        yield unknown(
            links.read(plan_id),
            ("supersedes",),
            "kế hoạch",
            old,
            links.folders,
            "đường dẫn thư mục dưới plans/: hai-phong/ascc-2021-2025",
        )
        return
    way = [plan_id]
    while old is not None and old in links.said and old not in way:
        way.append(old)
        old = links.said[old].supersedes
    # Said once, at one plan of the circle.
    if old == plan_id == min(way):
        yield links.read(plan_id).problem(
            ("supersedes",),
            f"kế hoạch thay thế nhau đi vòng: {' → '.join([*way, old])}",
            "xem lại supersedes của từng kế hoạch",
        )


def replaced_plan_has_one_successor(links: Links, plan_id: str) -> Iterator[Problem]:
    """A plan is replaced by one plan at most, or its page could not say which one holds now."""
    old = links.said[plan_id].supersedes
    if old is not None and links.replacing[old] != plan_id:
        yield links.read(plan_id).problem(
            ("supersedes",),
            f"kế hoạch «{old}» đã được {links.replacing[old]} thay thế",
            "chỉ ghi supersedes ở kế hoạch thay thế trực tiếp",
        )


def former_paths_are_free(links: Links, plan_id: str) -> Iterator[Problem]:
    """A former path is a path as of a plan's folder, no plan is there now, and only one was there."""
    paths = links.said[plan_id].former_paths
    for index, path in enumerate(paths):
        parts = path.split("/")
        if len(parts) not in (2, 3) or any(
            part != slug(part) or not part or part in RESERVED for part in parts
        ):
            said = (
                f"đường dẫn cũ «{path[:80]}» sai dạng",
                "dạng đúng: hai-phong/xa-nam-sach/ascc-2026-2030",
            )
        elif path in links.folders:
            said = (
                f"đường dẫn cũ «{path}» đang là của một kế hoạch",
                "bỏ dòng này, hoặc đổi tên thư mục kia",
            )
        elif path in paths[:index]:
            said = f"đường dẫn cũ «{path}» ghi hai lần", "chỉ giữ một"
        elif links.moved[path] != plan_id:
            said = (
                f"đường dẫn cũ «{path}» đã ghi ở {links.moved[path]}",
                "một đường dẫn chỉ dẫn tới một kế hoạch; bỏ ở một trong hai",
            )
        else:
            continue
        yield links.read(plan_id).problem(("former_paths", index), *said)


RULES = (folder_is_that_of_its_locality,)
LINK_RULES = (replaced_plan_exists, replaced_plan_has_one_successor, former_paths_are_free)
