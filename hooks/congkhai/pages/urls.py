"""Addresses as they stand in a page's links.

Comes in: an address from the root, the page's own. Goes out: the way from the one to the
other, so that a site can be served at any depth.
"""

from __future__ import annotations

from functools import lru_cache


def relative(target: str, page: str) -> str:
    """Return the address `target` as seen from the page at `page`; both are from the root.

    >>> relative("don-vi/so-noi-vu/", "ke-hoach/lai-chau/ascc-2026-2030/")
    '../../../don-vi/so-noi-vu/'
    """
    path, hash_mark, anchor = target.partition("#")
    if path == page and hash_mark:
        return f"#{anchor}"
    for folder, up in _folders_of(page):
        if path.startswith(folder):
            return (up + path[len(folder) :] or "./") + hash_mark + anchor
    raise AssertionError("all addresses lie in the root")


def standpoint(page: str) -> tuple[str, int]:
    """Return what the links from a page to the first page of each part of the site depend on.

    >>> standpoint("dia-phuong/lai-chau/") == standpoint("dia-phuong/ha-noi/")
    True
    """
    depth = page.count("/")
    return (page, 0) if depth < 2 else (page.partition("/")[0], depth)


@lru_cache(maxsize=1)  # a page has all of its links made before the next one
def _folders_of(page: str) -> tuple[tuple[str, str], ...]:
    """Return the folders that a page lies in, the innermost first, each with the way up to it.

    >>> _folders_of("ke-hoach/lai-chau/")
    (('ke-hoach/lai-chau/', ''), ('ke-hoach/', '../'), ('', '../../'))
    """
    folders = [""]
    for step in page.split("/")[:-1]:
        folders.append(f"{folders[-1]}{step}/")
    return tuple((folder, "../" * up) for up, folder in enumerate(reversed(folders)))
