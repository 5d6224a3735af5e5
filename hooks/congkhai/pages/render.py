"""HTML for pages, through the one Jinja environment of `theme/`.

Comes in: a `pages.Page`, or the HTML of a hand-written page. Goes out: a whole HTML
document. Escaping is always on and an undefined name is an error, so that text from
`plans/` is text wherever it lands.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from congkhai.model import changelog, references, status
from congkhai.model.site_model import SiteModel
from congkhai.pages import charts, labels
from congkhai.pages.fragments import Pieces
from congkhai.pages.jinja_env import Environment
from congkhai.pages.page_context import PageContext
from congkhai.pages.security_headers import page_policy
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import capital, number

if TYPE_CHECKING:
    from congkhai.pages.page import Page

_SCRIPT_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True, slots=True)
class Site:
    """What is true of the whole site in this build."""

    name: str
    url: str
    """Absolute, with a slash at the end."""
    as_of: date
    commit: str | None
    """Of the data, when git tells it."""
    repository: str | None = None
    """Address of the public repository, for links to the YAML."""
    demo: bool = False
    preview: bool = False
    """In `mkdocs serve`, which reloads pages by a script inside them."""
    operator: str = ""
    """Who runs the site, for readers and for whoever is written about; empty while nobody does."""
    contact: str = ""
    """How to reach the operator, in words."""


def to_json(value: Any) -> Markup:
    """JSON that can stand inside a <script> element: no `<`, `>`, `&` survives as such."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.translate(_SCRIPT_ESCAPES))


class _Shown:
    """The site_model that pages show now. Templates that others import keep what they were once given; this they can keep."""

    def take(self, site_model: SiteModel) -> None:
        """Show this one from now on."""
        # Its fields become our own, which is quicker than to ask it each time; its properties are asked of it.
        self._site_model = site_model
        self.__dict__.update(
            (field.name, getattr(site_model, field.name)) for field in fields(site_model)
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._site_model, name)


class Renderer:
    """Renders pages with the templates found in `template_folders`, first match wins.

    Hand-written pages can be wrapped at once; `show` an site_model before any other page.
    `compiled`: where compiled templates are kept for the next build, by the hash of their text.
    """

    def __init__(
        self, template_folders: list[Path], site: Site, compiled: Path | None = None
    ) -> None:
        self.site = site
        self._shown = _Shown()
        self._feeds: dict[str, str] = {}
        self.environment = Environment(template_folders, compiled)
        self.environment.filters |= {
            "number": number,
            "day": format_day,
            "json": to_json,
            "measured": labels.measured,
            "period": labels.report_period,
            "due": labels.due_day,
            "delay": labels.delay,
            "stack": charts.stack,
            "rows": charts.draw_standings,
            "curve": charts.draw_values,
            "capital": capital,
            "shorten": labels.shorten,
        }
        icon = functools.cache(self._icon)
        self.environment.globals |= {
            "pieces": Pieces(self._shown, icon),
            "site": site,
            "site_model": self._shown,
            "FEEDS": self._feeds,
            "STATE": status.LABELS,
            "CHART_WIDTH": charts.WIDTH,
            "CHART_BAR": charts.BAR,
            "reached": status.reached,
            "ROLE": labels.ROLES,
            "KIND": labels.KINDS,
            "RELATION": labels.RELATIONS,
            "NATURE": labels.NATURES,
            "DIFFERENCE": labels.DIFFERENCES,
            "icon": icon,
            "title_case": labels.sentence_case,
            "describe": labels.describe_change,
            "received": labels.received,
            "rollup_line": labels.rollup_line,
            "replaced": labels.replaced,
            "roles_of": labels.roles_of,
            "kinds_of": labels.kinds_of,
            "last_day_of": labels.last_day_of,
            "what_became_of": labels.what_became_of,
            "document_date": labels.document_date,
            "until": labels.until,
            "years": labels.years_on_one_line,
            "number_and_symbol": references.number_and_symbol,
            "evidence_address": labels.evidence_address,
        }

    def _icon(self, name: str) -> Markup:
        """The SVG of a Material icon: as text, because a page that includes it a hundred times would run it as often."""
        return Markup(self.environment.get_template(f".icons/material/{name}.svg").render())

    def show(self, site_model: SiteModel, subjects: changelog.Subjects) -> None:
        """From now on pages are about this site_model, the whole country or a province; those of `subjects` lead to their feeds."""
        self._shown.take(site_model)
        self._feeds.clear()
        self._feeds.update((address, title) for address, (title, _) in subjects.items())

    def page(self, page: Page) -> str:
        """The whole HTML document of a generated page. Raises on any undefined name."""
        return self._render(
            page.template, page.address, page.title, page.description, page.context()
        )

    def wrap(self, address: str, title: str, description: str, content: str) -> str:
        """The whole HTML document of a hand-written page whose HTML (trusted) is `content`."""
        return self._render(
            "pages/prose.html", address, title, description, {"content": Markup(content)}
        )

    def _render(
        self, template: str, address: str, title: str, description: str, context: Mapping[str, Any]
    ) -> str:
        # The page for unknown addresses is served at any depth, so its links start at the root.
        root = urlsplit(self.site.url).path if address == "404.html" else None
        return self.environment.get_template(template).render(
            context,
            address=address,
            page_title=title,
            page_description=description,
            canonical=self.site.url + address,
            policy=None if self.site.preview else page_policy(address),
            url=PageContext(address, root),
        )
