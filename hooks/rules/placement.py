"""Rules about where a plan's folder lies, and which plan it replaces.

Comes in: a `Subject`. Goes out: problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hooks.folder import RESERVED
from hooks.problem import Problem
from hooks.rules.subject import Subject, unknown
from hooks.text import slug
from hooks.views import Place


def home_of(places: Mapping[str, Place], code: str) -> str | None:
    """The folder of a locality's plans: `hai-phong`, `hai-phong/xa-nam-sach`; None when unknown."""
    place = places.get(code)
    if place is None:
        return None
    if place.province is None:
        return place.slug
    above = places.get(place.province)
    return f"{above.slug}/{place.slug}" if above else None


def folder_is_that_of_its_locality(subject: Subject) -> Iterator[Problem]:
    """A plan lies in `<province>/<plan>/`, or in `<province>/<locality>/<plan>/` below the province."""
    home = home_of(subject.places, subject.plan.locality)
    if home is None:
        return
    place, _, name = subject.id.rpartition("/")
    if place != home:
        yield subject.loaded.problem(("locality",), f"kế hoạch của địa phương này không nằm đúng thư mục: {subject.id}", f"chuyển đến {home}/{name}/, hoặc sửa mã địa phương")


def replaced_plan_exists(subject: Subject) -> Iterator[Problem]:
    """A plan replaces a plan that is held here, and never, by whatever way round, itself."""
    old = subject.plan.supersedes
    if old is None:
        return
    plans = subject.dataset.plans
    if old not in plans:
        if old not in subject.dataset.broken:
            yield unknown(subject.loaded, ("supersedes",), "kế hoạch", old, plans, "đường dẫn thư mục dưới plans/: hai-phong/ascc-2021-2025")
        return
    way = [subject.id]
    while old is not None and old in plans and old not in way:
        way.append(old)
        old = plans[old].value.supersedes
    # Said once, at one plan of the circle.
    if old == subject.id == min(way):
        yield subject.loaded.problem(("supersedes",), f"kế hoạch thay thế nhau đi vòng: {' → '.join([*way, old])}", "xem lại supersedes của từng kế hoạch")


def replaced_plan_has_one_successor(subject: Subject) -> Iterator[Problem]:
    """A plan is replaced by one plan at most, or its page could not say which one holds now."""
    old = subject.plan.supersedes
    first = next(name for name, other in subject.dataset.plans.items() if other.value.supersedes == old)
    if old is not None and first != subject.id:
        yield subject.loaded.problem(("supersedes",), f"kế hoạch «{old}» đã được {first} thay thế", "chỉ ghi supersedes ở kế hoạch thay thế trực tiếp")


def former_paths_are_free(subject: Subject) -> Iterator[Problem]:
    """A former path is a path as of a plan's folder, no plan is there now, and only one was there."""
    plans = subject.dataset.plans
    paths = subject.plan.former_paths
    for index, path in enumerate(paths):
        loc = ("former_paths", index)
        parts = path.split("/")
        if len(parts) not in (2, 3) or any(part != slug(part) or not part or part in RESERVED for part in parts):
            yield subject.loaded.problem(loc, f"đường dẫn cũ «{path[:80]}» sai dạng", "dạng đúng: hai-phong/xa-nam-sach/ascc-2026-2030")
        elif path in plans:
            yield subject.loaded.problem(loc, f"đường dẫn cũ «{path}» đang là của một kế hoạch", "bỏ dòng này, hoặc đổi tên thư mục kia")
        elif path in paths[:index]:
            yield subject.loaded.problem(loc, f"đường dẫn cũ «{path}» ghi hai lần", "chỉ giữ một")
        else:
            first = next(name for name, other in plans.items() if path in other.value.former_paths)
            if first != subject.id:
                yield subject.loaded.problem(loc, f"đường dẫn cũ «{path}» đã ghi ở {first}", "một đường dẫn chỉ dẫn tới một kế hoạch; bỏ ở một trong hai")


RULES = (folder_is_that_of_its_locality, replaced_plan_exists, replaced_plan_has_one_successor, former_paths_are_free)
