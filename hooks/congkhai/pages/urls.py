"""Addresses as they stand in a page's links.

Comes in: an address from the root, the page's own. Goes out: the way from the one to the
other, so that a site can be served at any depth.
"""

from __future__ import annotations


def relative(target: str, page: str) -> str:
    """The address `target` as seen from the page at address `page`; both from the root.

    >>> relative("don-vi/so-noi-vu/", "ke-hoach/lai-chau/ascc-2026-2030/")
    '../../../don-vi/so-noi-vu/'
    """
    path, hash_mark, anchor = target.partition("#")
    if path == page and hash_mark:
        return f"#{anchor}"
    here, steps = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < len(here) and shared < len(steps) - 1 and here[shared] == steps[shared]:
        shared += 1
    result = "../" * (len(here) - shared) + "/".join(steps[shared:]) or "./"
    return result + hash_mark + anchor


class Addresses(dict[str, str]):
    """Addresses as seen from one page, each worked out once: a plan's page names a unit fifty times."""

    def __init__(self, page: str, root: str | None = None) -> None:
        """`root`: what each address starts with, on a page that is served at any depth."""
        self._page, self._root = page, root
        self._own = page + "#"
        self._part = page[: page.find("/") + 1]
        self._up = "../" * page.count("/")

    def __missing__(self, target: str) -> str:
        if self._root is not None:
            result = self._root + target
        elif target.startswith(self._own):  # most that a plan's page leads to stands on it
            result = target[len(self._own) - 1 :]
        elif not target.startswith(self._part):  # and most others into another part of the site
            result = self._up + target
        else:
            result = relative(target, self._page)
        self[target] = result
        return result

    __call__ = dict[str, str].__getitem__
