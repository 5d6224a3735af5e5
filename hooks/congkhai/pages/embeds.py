"""Pages for other sites' frames, below `/nhung/`: a plan, a commitment, a measure, a province.

Comes in: the `SiteModel`. Goes out: `Page`s without the site's own head and foot, and an oEmbed
file for each. Only these may be framed: `security_headers` forbids it for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Place
from congkhai.pages.labels import plan_title
from congkhai.pages.page import Page
from congkhai.pages.pictures import Picture, commune_grid, measure_dots, plan_squares
from congkhai.text.vietnamese import capital

Kind = Literal["plan", "measure", "province"]
TITLES: Mapping[Kind, str] = {
    "plan": "kế hoạch",
    "measure": "chỉ tiêu",
    "province": "xã, phường có kế hoạch",
}
"""What a piece is called, without the words of any plan."""
HEIGHTS = {"plan": 480, "commitment": 340}
"""Pixels in which a piece fits at the width of a phone; a longer one scrolls within its frame."""
_AROUND_PICTURE = 190
"""Pixels for title, foot and margins of a piece that is one picture."""
_HIGHEST = 900
"""Pixels; a piece that is higher scrolls."""


def picture_height(picture: Picture[Any]) -> int:
    """Return the pixels in which a piece with one picture fits at the width of a phone."""
    height: int = round(picture.drawing.height)
    return min(_HIGHEST, height + _AROUND_PICTURE)


def plan_embeds(site_model: SiteModel, view: PlanView) -> Iterator[Page]:
    """Yield the page of a plan and of each of its commitments, which `#` and its id choose."""
    title = plan_title(site_model, view)

    def context() -> Mapping[str, Any]:
        return {
            "view": view,
            "full": view.open(),
            "picture": plan_squares(view),
            "subject": view.address,
        }

    yield from _embed("plan", routes.embed(view.address), title, context)


def province_embed(site_model: SiteModel, province: Place) -> Iterator[Page]:
    """Yield the page of a province's communes."""
    yield from _embed(
        "province",
        routes.embed(province.address),
        f"{capital(province.name)}: xã, phường có kế hoạch",
        lambda: {"picture": commune_grid(province, site_model), "subject": province.address},
    )


def measure_embeds(site_model: SiteModel) -> Iterator[Page]:
    """Yield the page of each measure."""
    for _, measures in site_model.target_groups:
        for measure, targets in measures:
            yield from _embed(
                "measure",
                routes.embed(f"{routes.TARGETS}{measure}/"),
                capital(site_model.measures[measure].name),
                partial[dict[str, Any]](
                    lambda measure, targets: {
                        "picture": measure_dots(measure, targets, site_model),
                        "subject": f"{routes.TARGETS}#{measure}",
                    },
                    measure,
                    targets,
                ),
            )


def _embed(
    kind: Kind, address: str, title: str, context: Callable[[], Mapping[str, Any]]
) -> Iterator[Page]:
    yield Page(address, f"pages/embed_{kind}.html", title, title, context, listed=False)
    yield Page(
        f"{address}{routes.OEMBED}",
        "pages/oembed.html",
        title,
        title,
        lambda: {
            "target": address,
            "kind": TITLES[kind],
            "height": HEIGHTS.get(kind) or picture_height(context()["picture"]),
        },
        listed=False,
    )
