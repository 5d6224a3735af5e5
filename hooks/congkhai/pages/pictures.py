"""The pictures that pages show, each with its name and the addresses of its files.

Comes in: plans of the `SiteModel`. Goes out: `Picture`s for `theme/partials/pictures/`, and the
`Page`s that are the same pictures as files of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from congkhai.model import routes
from congkhai.model.coverage import COVERAGE_STATES, CoverageState
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import ProgrammeView, SiteModel
from congkhai.model.views import Place, TargetView
from congkhai.pages import labels
from congkhai.pages.grouping import held_by_province, listed_targets
from congkhai.pages.page import Page
from congkhai.pictures.cascade_tree import CascadeTree, KnotSign, draw_tree
from congkhai.pictures.commune_grid import CommuneGrid, draw_communes
from congkhai.pictures.dot_plot import DotPlot, DotSign, draw_dots
from congkhai.pictures.reporting_grid import CellSign, ReportingGrid, draw_reporting_grid
from congkhai.pictures.squares import Squares, draw_squares
from congkhai.pictures.tile_map import TileMap, TileSign, draw_tile_map
from congkhai.pictures.timeline import MarkSign, Timeline, draw_timeline
from congkhai.text.vietnamese import capital

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
    "removed": "đã qua, báo cáo đã gỡ",
    "requested": "đã qua, chỉ được đề nghị",
    "gone": "sau khi cơ quan không còn",
    "ahead": "sắp tới",
}
TILE_SIGNS: Mapping[TileSign, str] = {
    "held": "có kế hoạch cấp tỉnh",
    "below": "có kế hoạch của xã, cơ quan trong tỉnh",
    "former": "có kế hoạch của tỉnh cũ",
    "none": "trang web chưa có kế hoạch",
}
DOT_SIGNS: Mapping[DotSign, str] = {
    "goal": "chỉ tiêu",
    "start": "ban đầu",
    "now": "đã báo cáo",
    "met": "đã báo cáo, đạt",
}
KNOT_SIGNS: Mapping[KnotSign, str] = {
    "held": "trang web có toàn văn",
    "cited": "trang web chưa có toàn văn",
}
COLOURS: Mapping[str, str] = {
    "done": "#1f7446",
    "doing": "#2a5ea8",
    "overdue": "#b03c1c",
    "missing": "#b03c1c",
    "silent": "#7d8b97",
    "teal": "#0f6478",
    "line": "#c9d3d8",
    "wash": "#f2f6f7",
    "paper": "#ffffff",
    "ink": "#17232b",
    "muted": "#51606a",
    "none": "none",
}
"""Of pictures in files of their own, which cannot follow a reader's scheme as pages do."""
PLAN_TARGETS, PLAN_TARGETS_TABLE = "chi-tieu.svg", "chi-tieu.csv"
TILE_MAP, TILE_TABLE = f"{routes.PLACES}o-tinh.svg", f"{routes.PLACES}o-tinh.csv"
COMMUNES, COMMUNES_TABLE = "o-xa.svg", "o-xa.csv"
TREE, TREE_TABLE = "cay.svg", "cay.csv"
MOST_DOTS = 12
"""Targets in one picture; with more it would be no picture any longer."""
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
    key: str = ""
    """What makes the ids of its parts differ from others' of its kind on one page."""


class PlanPictures(NamedTuple):
    """The pictures of one plan."""

    squares: Picture[Squares]
    timeline: Picture[Timeline]
    reporting_grid: Picture[ReportingGrid] | None
    """None where no report is due and none was received."""
    targets: Picture[DotPlot] | None
    """None where no target has a figure."""


def plan_pictures(view: PlanView, site_model: SiteModel) -> PlanPictures:
    """Draw a plan's pictures; the plan is opened for it."""
    return PlanPictures(
        plan_squares(view),
        _plan_timeline(view, site_model),
        _plan_reporting_grid(view, site_model),
        _plan_targets(view, site_model),
    )


def plan_squares(view: PlanView) -> Picture[Squares]:
    """Draw a plan's commitments by their states; the plan is opened for it."""
    return Picture(
        "squares",
        f"Các việc theo trạng thái: {_name_of(view)}",
        view.address,
        f"{view.address}{SQUARES}",
        f"{view.address}cam-ket.csv",
        draw_squares(view.open().commitments),
    )


def _plan_timeline(view: PlanView, site_model: SiteModel) -> Picture[Timeline]:
    return Picture(
        "timeline",
        f"Các thời hạn: {_name_of(view)}",
        view.address,
        f"{view.address}{TIMELINE}",
        f"{view.address}{TIMELINE_TABLE}",
        draw_timeline(view, view.open(), site_model.today),
    )


def _plan_reporting_grid(view: PlanView, site_model: SiteModel) -> Picture[ReportingGrid] | None:
    grid = draw_reporting_grid(view, view.open(), site_model.unit_register, site_model.today)
    if grid is None:
        return None
    return Picture(
        "reporting_grid",
        f"Ai đã báo cáo, khi nào: {_name_of(view)}",
        view.address,
        f"{view.address}{REPORTING_GRID}",
        f"{view.address}{REPORTING_TABLE}",
        grid,
    )


def _plan_targets(view: PlanView, site_model: SiteModel) -> Picture[DotPlot] | None:
    if not view.targets:
        return None
    named = [
        (f"{capital(site_model.measures[target.measure].name)}: {target.printed}", target)
        for target in view.targets
    ]
    return Picture(
        "dot_plot",
        f"Các chỉ tiêu: {_name_of(view)}",
        view.address,
        f"{view.address}{PLAN_TARGETS}",
        f"{view.address}{PLAN_TARGETS_TABLE}",
        draw_dots(named, one_scale=False),
        "cham",
    )


def _name_of(view: PlanView) -> str:
    return f"{view.issuer.name}, {labels.years(view.period)}"


def tile_map(site_model: SiteModel) -> Picture[TileMap]:
    """Draw the provinces by what is held of each."""
    return Picture(
        "tile_map",
        "Tỉnh, thành phố đã có kế hoạch trên trang web",
        routes.PLACES,
        TILE_MAP,
        TILE_TABLE,
        draw_tile_map(site_model.provinces, site_model.communes, held_by_province(site_model)),
    )


def commune_grid(province: Place, site_model: SiteModel) -> Picture[CommuneGrid]:
    """Draw a province's communes by what is known of the plans of each."""
    return Picture(
        "commune_grid",
        f"Xã, phường, đặc khu của {province.name} đã có kế hoạch trên trang web",
        province.address,
        f"{province.address}{COMMUNES}",
        f"{province.address}{COMMUNES_TABLE}",
        draw_communes(
            (commune, _known_of(commune, site_model))
            for commune in site_model.communes.get(province.code, ())
        ),
    )


def _known_of(commune: Place, site_model: SiteModel) -> CoverageState:
    """Return the most that is known of a commune's plans in any programme."""
    if commune.code in site_model.plans_of:
        return "held"
    known = {entry.state for _, entry in site_model.known_plans(commune)}
    return next((state for state in COVERAGE_STATES if state in known), "unknown")


def cascade_tree(view: ProgrammeView, site_model: SiteModel) -> Picture[CascadeTree]:
    """Draw a programme's documents and plans as a tree."""
    return Picture(
        "cascade_tree",
        f"Từ văn bản cấp trên đến từng địa phương: {view.programme.name}",
        view.address,
        f"{view.address}{TREE}",
        f"{view.address}{TREE_TABLE}",
        draw_tree(view, site_model.documents),
    )


def measure_dots(
    measure: str, targets: Sequence[TargetView], site_model: SiteModel
) -> Picture[DotPlot]:
    """Draw the targets of one measure in the order of the page, each with its place."""
    listed = listed_targets(site_model, targets)[:MOST_DOTS]
    named = [(_place_of(target, site_model), target) for target in listed]
    return Picture(
        "dot_plot",
        capital(site_model.measures[measure].name),
        f"{routes.TARGETS}#{measure}",
        f"{routes.TARGETS}{measure}.svg",
        routes.TARGETS_TABLE,
        draw_dots(named, one_scale=len({target.unit for target in listed}) == 1),
        f"cham-{measure}",
    )


def _place_of(target: TargetView, site_model: SiteModel) -> str:
    if target.plan_id is not None:
        issuer = site_model.plans[target.plan_id].issuer.name
    else:
        assert target.document_id is not None, "a target stands in a plan or in a document"
        issuer = site_model.documents[target.document_id].document.issuer
    return f"{capital(issuer)}: {target.printed}"


def national_picture_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the pictures of places, programmes and measures as files of their own."""
    yield _file(TILE_MAP, lambda: tile_map(site_model))
    for province in site_model.provinces:
        yield _file(f"{province.address}{COMMUNES}", partial(commune_grid, province, site_model))
    for programme in site_model.programmes.values():
        yield _file(f"{programme.address}{TREE}", partial(cascade_tree, programme, site_model))
    for _, measures in site_model.target_groups:
        for measure, targets in measures:
            yield _file(
                f"{routes.TARGETS}{measure}.svg",
                partial(measure_dots, measure, targets, site_model),
            )


def _file(address: str, draw: Callable[[], Picture[Any] | None]) -> Page:
    return Page(
        address,
        "pages/picture.html",
        address,
        address,
        lambda: {"picture": draw()},
        listed=False,
    )


def picture_pages(view: PlanView, site_model: SiteModel) -> Iterator[Page]:
    """Yield a plan's pictures as files of their own."""
    yield _file(f"{view.address}{SQUARES}", partial(plan_squares, view))
    yield _file(f"{view.address}{TIMELINE}", partial(_plan_timeline, view, site_model))
    if view.reports or view.open().reporting_days:
        draw_grid = partial(_plan_reporting_grid, view, site_model)
        yield _file(f"{view.address}{REPORTING_GRID}", draw_grid)
    if view.targets:
        yield _file(f"{view.address}{PLAN_TARGETS}", partial(_plan_targets, view, site_model))
