"""What templates know of the page that they render: its links, and the HTML made for it so far.

Comes in: the page's address and the `SiteModel` that it shows. Goes out: a `PageContext`,
which templates call `page` and hand to every macro.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from jinja2.runtime import Macro
from markupsafe import Markup

from congkhai.model.site_model import SiteModel
from congkhai.model.today import ALWAYS, Interval, Watch
from congkhai.pages.labels import describe_validity
from congkhai.pages.urls import relative


class Addressed(Protocol):
    """Something with an address of its own on the site: a commitment, a unit."""

    @property
    def address(self) -> str:
        """From the root."""


class Links(dict[str, str]):
    """The links from one page, by the address from the root that each leads to."""

    def __init__(self, address: str, root: str | None, published: Mapping[str, str]) -> None:
        super().__init__()
        self._address = address
        self._root = root
        self._published = published

    def __missing__(self, target: str) -> str:
        address = self._published.get(target, target)
        link = relative(address, self._address) if self._root is None else self._root + address
        self[target] = link
        return link


class Symbols(dict[str, str]):
    """The ids of icons on one page, by the icon's name; the layout draws those asked for."""

    def __missing__(self, name: str) -> str:
        self[name] = f"icon_{name}"
        return self[name]


class PageContext:
    """The links of one page, and the fragments of HTML that stand on it more than once."""

    def __init__(
        self,
        address: str,
        site_model: SiteModel | None,
        root: str | None = None,
        watch: Watch | None = None,
        published: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Start a page at `address`.

        `site_model`: None on a hand-written page, which shows none of it. `root`: what each
        link starts with, on a page that is served at any depth. `watch`: of what is asked of the
        day for the page; None on a hand-written page. `published`: the addresses of files that
        templates call by other names.
        """
        self._watch = watch
        self.told_validity: Interval | None = None
        """The days on which the page says that it holds; None until it has said so."""
        self.address = address
        self.site_model = site_model
        self.links = Links(address, root, published)
        self.symbols = Symbols()
        self.fragments: defaultdict[str, dict[str, Markup]] = defaultdict(dict)
        """HTML by the name of the macro that made it, and the address of what it is about."""

    @property
    def valid(self) -> Interval:
        """Return the days on which all answers until now stay the same."""
        return self._watch.interval if self._watch is not None else ALWAYS

    @property
    def validity(self) -> str:
        """Say on which days the page holds, below all that depends on the day."""
        self.told_validity = self.valid
        return describe_validity(self.valid)


def once(subject: Addressed, macro: Macro, page: PageContext) -> Markup:
    """Return the HTML that a macro makes of a subject, making it once for a page.

    `macro`: one whose arguments are the page and the subject. A plan's page shows a commitment
    under its section, among the due days, for each of its units and in the full text.
    """
    fragments = page.fragments[macro.name]
    address = subject.address
    fragment = fragments.get(address)
    if fragment is None:
        html = macro(page, subject)
        assert isinstance(html, Markup), f"{macro.name} stands where nothing is escaped"
        fragments[address] = fragment = html
    return fragment


def unit_links(units: Iterable[str], macro: Macro, page: PageContext) -> Markup:
    """Return the HTML that a macro makes of each unit, one after the other; `units` are ids."""
    assert page.site_model is not None
    views = page.site_model.units
    return Markup("; ".join([once(views[unit], macro, page) for unit in units]))
