"""One page in the making: addresses as it has them, and what was made for it so far.

Comes in: the page's address. Goes out: a `PageContext`, on which `pieces` lays down what stands
more than once on the page.
"""

from __future__ import annotations

from typing import NamedTuple

from congkhai.pages.urls import Addresses


class Facts(NamedTuple):
    """HTML of what is said of a commitment beside its words; empty where there is nothing to say."""

    who: str
    due: str
    latest: str


class PageContext(Addresses):
    """The addresses as one page has them, and the pieces made for it so far."""

    def __init__(self, page: str, root: str | None = None) -> None:
        """As those of `Addresses`; nothing is made yet."""
        super().__init__(page, root)
        self.units: dict[str, str] = {}
        """Links to units."""
        self.facts: dict[str, Facts] = {}
        """By the commitment's address."""
        self.cards: dict[tuple[str, bool, bool], str] = {}
        """By the commitment's address and what they show."""
        self.briefs: dict[str, str] = {}
        """Commitments of the page's own plan as lines of lists, by the item's id."""
        self.icons: set[str] = set()
        """Those that pieces show; `icons` draws them."""
