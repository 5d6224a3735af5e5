"""The shape of a page to be rendered.

Comes in: nothing. Goes out: `Page`, which `province_pages` and `pages` fill and `render` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from congkhai.model.plan_view import PlanView
from congkhai.model.views import Place
from congkhai.model.withdrawn_plans import WithdrawnPlan

Context = Callable[[], Mapping[str, Any]]


class PageImage(NamedTuple):
    """A picture that goes along when a page is shared."""

    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    address: str
    """From the root; ends with `/` for a folder's index, or is a file name."""
    template: str
    title: str
    description: str
    context: Context = dict
    image: Callable[[], PageImage] | None = None
    """Says what goes along when the page is shared; None for the picture of the site."""
    listed: bool = True
    """In the sitemap: not so what nobody is to find."""
    of: tuple[PlanView | Place | WithdrawnPlan, ...] | None = None
    """All the plans and places that it shows; None when those are the whole country's."""
