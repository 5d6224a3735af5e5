"""The pictures that pages show, each with its name and the addresses of its files.

Comes in: plans of the `SiteModel`. Goes out: `Picture`s for `theme/partials/pictures/`, and the
`Page`s that are the same pictures as files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages import labels
from congkhai.pages.page import Page
from congkhai.pictures.reporting_grid import CellSign, ReportingGrid, draw_reporting_grid
from congkhai.pictures.squares import Squares, draw_squares
from congkhai.pictures.timeline import MarkSign, Timeline, draw_timeline

CELL_SIGNS: Mapping[CellSign, str] = {
    "received": "đã nhận báo cáo",
    "part": "mới nhận một phần",
    "missing": "đến hạn, chưa nhận được",
    "removed": "đã nhận, nay đã gỡ",
    "ahead": "chưa đến hạn",
    "none": "",
}
"""Of the grid of reports; the subject is this site, which the text beside the picture says."""
MARK_SIGNS: Mapping[MarkSign, str] = {
    "received": "đã qua, đã có báo cáo",
    "part": "đã qua, có báo cáo một phần",
    "missing": "đã qua, chưa nhận được báo cáo",
    "ahead": "sắp tới",
}
SQUARES, TIMELINE, REPORTING_GRID = "viec.svg", "thoi-han.svg", "bao-cao.svg"
TIMELINE_TABLE, REPORTING_TABLE = "thoi-han.csv", "bao-cao.csv"
"""Files beside a plan's page; the table of the squares is that of the plan's commitments."""

Drawing = TypeVar("Drawing")


@dataclass(frozen=True, slots=True)
class Picture(Generic[Drawing]):
    """A drawing with its name and the addresses of its files."""

    kind: str
    """Name of the template in `theme/partials/pictures/` that draws it."""
    title: str
    page: str
    """Address of the page that it is about."""
    svg: str
    csv: str
    drawing: Drawing


class PlanPictures(NamedTuple):
    """The pictures of one plan."""

    squares: Picture[Squares]
    timeline: Picture[Timeline]
    reporting_grid: Picture[ReportingGrid] | None
    """None where no report is due and none was received."""


def plan_pictures(view: PlanView, site_model: SiteModel) -> PlanPictures:
    """Draw a plan's pictures; the plan is opened for it."""
    full = view.open()
    name = f"{view.issuer.name}, {labels.years(view.period)}"
    address = view.address
    units = {unit_id: unit.unit for unit_id, unit in site_model.units.items()}
    grid = draw_reporting_grid(view, full, units, site_model.as_of)
    return PlanPictures(
        Picture(
            "squares",
            f"Các việc theo trạng thái: {name}",
            address,
            f"{address}{SQUARES}",
            f"{address}cam-ket.csv",
            draw_squares(full.commitments),
        ),
        Picture(
            "timeline",
            f"Các thời hạn: {name}",
            address,
            f"{address}{TIMELINE}",
            f"{address}{TIMELINE_TABLE}",
            draw_timeline(full, site_model.as_of),
        ),
        Picture(
            "reporting_grid",
            f"Ai đã báo cáo, khi nào: {name}",
            address,
            f"{address}{REPORTING_GRID}",
            f"{address}{REPORTING_TABLE}",
            grid,
        )
        if grid is not None
        else None,
    )


def picture_pages(view: PlanView, site_model: SiteModel) -> Iterator[Page]:
    """Yield a plan's pictures as files of their own."""
    for kind, name in (
        ("squares", SQUARES),
        ("timeline", TIMELINE),
        ("reporting_grid", REPORTING_GRID),
    ):
        if kind != "reporting_grid" or view.reports or view.open().reporting_days:
            yield Page(
                f"{view.address}{name}",
                "pages/picture.html",
                name,
                name,
                partial(_picture_context, view, site_model, kind),
                listed=False,
            )


def _picture_context(view: PlanView, site_model: SiteModel, kind: str) -> Mapping[str, Any]:
    return {"kind": kind, "picture": getattr(plan_pictures(view, site_model), kind)}
