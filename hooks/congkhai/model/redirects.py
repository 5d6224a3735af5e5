"""Former addresses of what is published: of places and plans that were renamed or moved.

Comes in: the places and the former folders of plans. Goes out: for each name of a published file
the names under which it was published before. They are derived by putting the former path of a
place or of a plan in the place of today's, wherever it stands in a name; so that every kind of
page or file is followed, also those that are yet to be thought of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from congkhai.model import routes
from congkhai.model.places import locality_folder
from congkhai.model.views import Place

_PLANS = routes.PLANS.rstrip("/")
ANY_UNIT = ":unit"
"""Stands in a rule for the folder of each unit: what units do in a place moves with the place."""


class Move(NamedTuple):
    """That a place or a plan has another path than it had."""

    old: str
    """Below a folder of the site: `hai-phong/xa-nam-sach`."""
    new: str
    is_plan: bool


class FormerName(NamedTuple):
    """A name under which a file was published before."""

    old: str
    new: str
    """The name that it has now."""
    old_folder: str
    """The part of the old name up to the path that changed."""
    new_folder: str


def list_moves(
    places: Mapping[str, Place], former_paths: Mapping[str, tuple[str, ...]]
) -> tuple[Move, ...]:
    """List all moves, of each place and plan the oldest first.

    `former_paths`: the former folders of plans by their present one, oldest first.
    """
    moves = [
        Move(old, new, is_plan=False)
        for code, place in places.items()
        if place.former_folders and (new := locality_folder(places, code)) is not None
        for old in place.former_folders
    ]
    moves += [
        Move(old, new, is_plan=True) for new, paths in sorted(former_paths.items()) for old in paths
    ]
    return tuple(moves)


class Redirects:
    """What leads on from former addresses."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self._moves_by_head: dict[str, list[tuple[Move, list[str]]]] = {}
        # The longest first: a commune's own former path, before that of its province alone.
        moves = sorted(moves, key=lambda move: -move.new.count("/"))
        self.places = {move.old: move.new for move in moves if not move.is_plan}
        """The path of each place by its former ones, for choices that an address holds."""
        for move in moves:
            parts = move.new.split("/")
            self._moves_by_head.setdefault(parts[0], []).append((move, parts))

    def former_names(self, name: str) -> Iterator[FormerName]:
        """Yield the names that a file had before, that of its first publication first.

        >>> move = Move("hai-phong/xa-nam-sach", "hai-phong/phuong-nam-sach", is_plan=False)
        >>> page = "dia-phuong/hai-phong/phuong-nam-sach/index.html"
        >>> [former.old for former in Redirects([move]).former_names(page)]
        ['dia-phuong/hai-phong/xa-nam-sach/index.html']
        """
        parts = name.split("/")
        for start in range(1, len(parts)):
            for move, new in self._moves_by_head.get(parts[start].partition(".")[0], ()):
                # A plan may stay in the folder of its place's former name.
                if not move.is_plan and _PLANS in parts[:start]:
                    continue
                end = start + len(new)
                found = parts[start:end]
                if found == new:
                    suffix = ""
                elif end == len(parts) and found[:-1] == new[:-1]:
                    stem, dot, ending = found[-1].partition(".")
                    if stem != new[-1]:
                        continue
                    suffix = dot + ending
                else:
                    continue
                folder = "/".join(parts[:start])
                old_folder, new_folder = f"{folder}/{move.old}", f"{folder}/{move.new}"
                rest = "".join(f"/{part}" for part in parts[end:])
                yield FormerName(
                    f"{old_folder}{suffix}{rest}", name, old_folder + suffix, new_folder + suffix
                )

    def first_name(self, name: str) -> str:
        """Return the name under which a file was published first, to which its ids are bound."""
        return next((former.old for former in self.former_names(name)), name)

    def all_former_names(self, names: Collection[str]) -> dict[str, FormerName]:
        """Return every former name of the published files `names` that none of them has now."""
        if not self._moves_by_head:
            return {}
        found: dict[str, FormerName] = {}
        for name in sorted(names):
            for former in self.former_names(name):
                if former.old not in names:
                    found.setdefault(former.old, former)
        return found


class Rule(NamedTuple):
    """A rule for a host: an address from the root of the site, and where it leads to.

    `ANY_UNIT` stands in both for one folder of any name.
    """

    old: str
    new: str
    is_folder: bool
    """Everything below `old` is found below `new`, under the same name."""


def list_rules(former_names: Iterable[FormerName], names: Iterable[str]) -> list[Rule]:
    """Sum up former names in as few rules as tell no address of a present file otherwise.

    `names`: of the published files. The most special rule comes first.
    """
    taken = {
        "/".join(part)
        for parts in (name.split("/") for name in names)
        for end in range(1, len(parts))
        for part in (parts[:end], _of_any_unit(parts[:end]))
    }
    rules = set()
    for former in former_names:
        old, new = (
            "/".join(_of_any_unit(folder.split("/")))
            for folder in (former.old_folder, former.new_folder)
        )
        if former.old != former.old_folder and old not in taken:
            rules.add(Rule(f"{old}/", f"{new}/", is_folder=True))
        elif former.old != former.old_folder and former.old_folder not in taken:
            rules.add(Rule(f"{former.old_folder}/", f"{former.new_folder}/", is_folder=True))
        else:
            old, new = (_address(name) for name in (former.old, former.new))
            rules.add(Rule(old, new, is_folder=False))
    return sorted(rules, key=lambda rule: (-rule.old.count("/"), rule.is_folder, rule.old))


def _of_any_unit(folder: list[str]) -> list[str]:
    """Put the sign for any unit in the place of the unit in the path of a folder."""
    of_unit = len(folder) > 2 and folder[0] == routes.UNITS.rstrip("/")
    return [folder[0], ANY_UNIT, *folder[2:]] if of_unit else folder


def _address(name: str) -> str:
    folder, slash, file = name.rpartition("/")
    return folder + slash if file == "index.html" else name
