"""Addresses as they stand in a page's links.

Comes in: an address from the root, the page's own. Goes out: the way from the one to the
other, so that a site can be served at any depth.
"""

from __future__ import annotations


def relative(target: str, page: str) -> str:
    """Return the address `target` as seen from the page at `page`; both are from the root.

    >>> relative("don-vi/so-noi-vu/", "ke-hoach/lai-chau/ascc-2026-2030/")
    '../../../don-vi/so-noi-vu/'
    """
    path, hash_mark, anchor = target.partition("#")
    if path == page and hash_mark:
        return f"#{anchor}"
    part_of_site = page.partition("/")[0]
    if path.startswith(f"{part_of_site}/"):
        way = _within(path, page)
    else:
        way = "../" * page.count("/") + path
    return (way or "./") + hash_mark + anchor


def standpoint(page: str) -> tuple[str, int]:
    """Return what the links from a page to the first page of each part of the site depend on.

    >>> standpoint("dia-phuong/lai-chau/") == standpoint("dia-phuong/ha-noi/")
    True
    """
    depth = page.count("/")
    return (page, 0) if depth < 2 else (page.partition("/")[0], depth)


def _within(path: str, page: str) -> str:
    """Return the way between two addresses that begin in the same folder."""
    here, steps = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(here) and shared < len(steps) - 1 and here[shared] == steps[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(steps[shared:])
