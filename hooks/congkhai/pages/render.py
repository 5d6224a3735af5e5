"""HTML for pages, through the one Jinja environment of `theme/`.

Comes in: a `Page`, or the HTML of a hand-written page. Goes out: a whole HTML document.
Escaping is always on and an undefined name is an error, so that text from `plans/` is
text wherever it lands. All markup is in `theme/`; here stand the filters and names that
templates may use.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pydantic_core
from markupsafe import Markup, escape

from congkhai.data import schema
from congkhai.model import changelog, references, routes, status, views
from congkhai.model.site_model import SiteModel
from congkhai.model.today import ALWAYS, Interval, Watch
from congkhai.pages import (
    charts,
    embeds,
    grouping,
    icons,
    labels,
    page_context,
    pictures,
    shared_pictures,
    structured_data,
)
from congkhai.pages.jinja_env import WORDS, create_environment, list_templates
from congkhai.pages.page import Page
from congkhai.pages.page_context import PageContext
from congkhai.pages.scripts import read_scripts
from congkhai.pages.security_headers import page_policy
from congkhai.pages.site import Site
from congkhai.pages.urls import standpoint
from congkhai.pictures import legend, lines
from congkhai.text.dates import format_day
from congkhai.text.line_breaks import (
    COMPOUNDS,
    mark_whole_words,
    mark_whole_words_of_html,
)
from congkhai.text.prose import choose_by_contact, split_sections
from congkhai.text.vietnamese import capital, file_size, number

_SCRIPT_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def to_json(value: Any) -> Markup:
    r"""Return JSON that can stand inside a <script> element: without `<`, `>` or `&`.

    >>> print(to_json({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    # A third of the time that `json` takes for what a page says to programs.
    text = pydantic_core.to_json(value).decode()
    # `str.translate` looks each letter up in a table: 0.23 ms for what a page says to programs.
    for character, escaped in _SCRIPT_ESCAPES.items():
        text = text.replace(character, escaped)
    return Markup(text)


class IconDrawing(NamedTuple):
    """What a Material icon's file draws, so that one drawing serves many places of a page."""

    view_box: str
    shapes: Markup


class Frame(NamedTuple):
    """What stands around the content of a page."""

    head: Markup
    top: Markup
    menu: Markup


FILTERS: Mapping[str, Callable[..., object]] = {
    "address_lines": lines.break_address,
    "amended": labels.amended,
    "amended_value": labels.amended_value,
    "by_province": grouping.by_province,
    "by_role": grouping.units_by_role,
    "capital": capital,
    "change_day": labels.change_day,
    "changes_line": labels.changes_line,
    "change_groups": labels.change_groups,
    "change_words": labels.change_words,
    "count_documents": labels.count_documents,
    "cited_by": labels.citing_places,
    "coverage": labels.coverage,
    "count_of_commitments": labels.count_of_commitments,
    "count_of_topic": labels.count_of_topic,
    "counted_words": labels.counted_words,
    "curve": charts.draw_values,
    "day": format_day,
    "delay": labels.delay,
    "deadlines_printed": labels.deadlines_printed,
    "describe": labels.describe_change,
    "describe_withdrawn": labels.describe_withdrawn,
    "document_date": labels.document_date,
    "due": labels.due_day,
    "evidence_address": labels.evidence_address,
    "first_role": labels.first_role_in_brief,
    "former_anchor": grouping.former_anchor,
    "host_of": labels.host_of,
    "embed_height": embeds.picture_height,
    "error_report_address": labels.error_report_address,
    "in_brief": labels.plan_in_brief,
    "json": to_json,
    "kinds_of": labels.kinds_of,
    "lines": lines.break_lines,
    "last_day_in_time": labels.last_day_in_time,
    "last_day_of": labels.last_day_of,
    "mail_address": labels.mail_address,
    "marked_words": labels.marked_words,
    "measured": labels.measured,
    "merged_provinces": grouping.merged_provinces,
    "file_size": file_size,
    "number": number,
    "number_and_symbol": references.number_and_symbol,
    "on_date": labels.on_date,
    "on_day": labels.on_day,
    "became": labels.became,
    "gone": labels.gone,
    "kinds_of_changes": labels.kinds_of_changes,
    "outline": grouping.outline,
    "period": labels.report_period,
    "cascade_tree": pictures.cascade_tree,
    "commune_grid": pictures.commune_grid,
    "measure_dots": pictures.measure_dots,
    "pictures": pictures.plan_pictures,
    "tile_map": pictures.tile_map,
    "place_path": routes.place_path,
    "reached": status.reached,
    "received": labels.received,
    "replaced": labels.replaced,
    "reported_as": labels.reported_as,
    "roles_of": labels.roles_of,
    "rollup_line": labels.rollup_line,
    "describe_register_change": labels.describe_register_change,
    "said_by_bodies": labels.said_by_bodies,
    "state_note": labels.state_note,
    "state_words": labels.state_words,
    "asked_line": labels.asked_line,
    "beside_line": labels.beside_line,
    "rows_by_province": grouping.rows_by_province,
    "rows": charts.draw_progress_points,
    "share_line": labels.share_line,
    "shorten": labels.shorten,
    "stack": charts.stack,
    "stated": labels.stated,
    "title_case": labels.sentence_case,
    "topic_icon": icons.topic_icon,
    "under": grouping.name_cells,
    "unit_links": page_context.unit_links,
    "until": labels.until,
    "who_in_brief": labels.who_in_brief,
    "without_deadline": labels.words_without_deadline,
    "what_became_of": labels.what_became_of,
    "years": labels.years_on_one_line,
}
"""What templates write behind a `|`."""

NAMES: Mapping[str, object] = {
    "CHART_BAR": charts.BAR,
    "CHART_WIDTH": charts.WIDTH,
    "CELL_SIGN": pictures.CELL_SIGNS,
    "CERTAINTY": labels.CERTAINTIES,
    "COMPOUNDS": COMPOUNDS,
    "COVERAGE": labels.COVERAGE,
    "COVERAGE_IN_BRIEF": labels.COVERAGE_IN_BRIEF,
    "DOT_SIGN": pictures.DOT_SIGNS,
    "KNOT_SIGN": pictures.KNOT_SIGNS,
    "TILE_SIGN": pictures.TILE_SIGNS,
    "EMBED_HEIGHT": embeds.HEIGHTS,
    "DIFFERENCE": labels.DIFFERENCES,
    "KIND": labels.KINDS,
    "KIND_ICON": icons.KIND_ICONS,
    "LISTED_OF_TOPIC": grouping.LISTED_OF_TOPIC,
    "NATION": schema.NATION,
    "NATURE": labels.NATURES,
    "NATURE_ICON": icons.NATURE_ICONS,
    "DIFFERS": labels.DIFFERS,
    "PICTURE_COLOUR": pictures.COLOURS,
    "MARK_SIGN": pictures.MARK_SIGNS,
    "NOTE": labels.NOTES,
    "HOME_PICTURE": shared_pictures.HOME_FILE,
    "PICTURE_WIDTH": legend.WIDTH,
    "RELATION": labels.RELATIONS,
    "ROLE": labels.ROLES,
    "GROUP": labels.GROUPS,
    "BESIDE": labels.BESIDE,
    "GROUP_OF": views.GROUP_OF,
    "STATE": status.LABELS,
    "STATUSES": labels.STATUSES,
    "routes": routes,
}
"""What every template and macro knows: the words for the model's terms, and addresses."""


class Renderer:
    """Renders pages with the templates found in `template_folders`, first match wins.

    Hand-written pages can be wrapped at once; `show` a `SiteModel` before any other page.
    `compiled`: where compiled templates are kept for the next build; None to keep none.
    """

    def __init__(
        self, template_folders: list[Path], site: Site, compiled: Path | None = None
    ) -> None:
        self.site = site
        self.template_folders = template_folders
        self.scripts = read_scripts(template_folders)
        self._site_model: SiteModel | None = None
        self._feeds: dict[str, str] = {}
        self._frames: dict[tuple[str, int], Frame] = {}
        self._template_names = list_templates(template_folders)
        self.environment = create_environment(template_folders, compiled)
        self.environment.filters.update(FILTERS)
        # A provision stands in the full text, on its own page and in rows: found once for all.
        whole_words = functools.lru_cache(maxsize=1024)(self._in_whole_words)
        self.environment.filters["whole_words"] = whole_words
        self.environment.globals.update(NAMES)
        for name in ("state", "kind", "role", "sign"):
            self.environment.filters[name] = functools.cache(functools.partial(self._word, name))
        self.environment.globals.update(
            site=site,
            imported_scripts=functools.cache(self.scripts.imports),
            icon=functools.cache(self._icon),
            icon_drawing=functools.cache(self._icon_drawing),
        )

    def _word(self, macro: str, term: str) -> Markup:
        """Return a term of the model as a word of its own look, by a macro of `words.html`."""
        words = self.environment.get_template(WORDS).module
        return Markup(getattr(words, macro)(term))

    @functools.cached_property
    def _marks_of_a_word(self) -> tuple[str, str]:
        """What stands before and after a word that holds, by the macro of `words.html`."""
        words: Any = self.environment.get_template(WORDS).module
        before, _, after = str(words.one_word("\n")).partition("\n")
        return before, after

    def _in_whole_words(self, text: str) -> Markup:
        """Return text that breaks between words only, and is copied and found as it is."""
        return Markup(mark_whole_words(str(escape(text)), *self._marks_of_a_word))

    def _prose_in_whole_words(self, html: str) -> Markup:
        """Return trusted HTML whose text breaks between words only."""
        return Markup(mark_whole_words_of_html(html, *self._marks_of_a_word))

    def _icon(self, name: str) -> Markup:
        """Return the SVG of a Material icon."""
        return Markup(self.environment.get_template(f".icons/material/{name}.svg").render())

    def _icon_drawing(self, name: str) -> IconDrawing:
        """Return what the SVG of a Material icon draws. Raises ValueError without a viewBox."""
        opening, _, rest = self._icon(name).partition(">")
        view_box = re.search(r'viewBox="([^"]+)"', opening)
        if view_box is None:
            raise ValueError(f"{name}.svg has no viewBox")
        return IconDrawing(view_box[1], Markup(rest.rpartition("<")[0]))

    def _frame(self, page: PageContext) -> Frame:
        """Return what stands around a page's content, made once for all pages that share it."""
        key = standpoint(page.address)
        if key not in self._frames:
            macros: Any = self.environment.get_template("partials/frame.html").module
            self._frames[key] = Frame(macros.head(page), macros.top(page), macros.menu(page))
        return self._frames[key]

    def load_templates(self) -> None:
        """Compile every template now, so that forked processes need not each do it."""
        for name in self._template_names:
            self.environment.get_template(name)

    def show(self, site_model: SiteModel, subjects: changelog.Subjects) -> None:
        """Make pages show this model from now on: of the whole country or of a province.

        `subjects`: the addresses whose pages lead to a feed of their own.
        """
        self._site_model = site_model
        self._feeds = {address: title for address, (title, _) in subjects.items()}

    def let_go(self) -> None:
        """Forget the model that `show` was given, with all plans that it holds."""
        self._site_model = None

    def page(self, page: Page, rests_on: Interval = ALWAYS) -> str:
        """Return the HTML document of a generated page. Raises on any undefined name.

        `rests_on`: the days on which what it is told of plans in short is so. The page says at
        its foot on which days it holds, after all that it asks of the day.
        """
        assert self._site_model is not None, "`show` comes first"
        with self._site_model.today.watch(rests_on) as watch:
            context = {"image": page.image and page.image(), **page.context()}
            return self._render(
                page.template, page.address, page.title, page.description, context, watch
            )

    def wrap(self, address: str, title: str, description: str, content: str) -> str:
        """Return the HTML document of a hand-written page; `content` is its HTML, and trusted."""
        prose = split_sections(choose_by_contact(content, self.site.has_contact))
        context = {
            "opening": self._prose_in_whole_words(prose.opening),
            "sections": [map(self._prose_in_whole_words, section) for section in prose.sections],
            "is_long": prose.is_long,
            "image": None,
        }
        return self._render("pages/prose.html", address, title, description, context)

    def _render(
        self,
        template: str,
        address: str,
        title: str,
        description: str,
        context: Mapping[str, Any],
        watch: Watch | None = None,
    ) -> str:
        # The page for unknown addresses is served at any depth, so its links start at the root.
        root = urlsplit(self.site.url).path if address == routes.UNKNOWN else None
        page = PageContext(address, self._site_model, root, watch, self.scripts.addresses)
        data = structured_data.describe(
            template, address, title, description, context, self._site_model, self.site
        )
        text = self.environment.get_template(template).render(
            context,
            page=page,
            frame=self._frame(page),
            site_model=self._site_model,
            feeds=self._feeds,
            address=address,
            page_title=title,
            page_description=description,
            canonical=self.site.url + address,
            data=data,
            policy=None if self.site.preview else page_policy(address),
        )
        if page.told_validity not in (None, page.valid):
            raise RuntimeError(f"{template} asks of the day below the line that says it")
        return text
