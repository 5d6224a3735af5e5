"""The tables of pictures, for spreadsheets: the same numbers, with addresses.

Comes in: pictures of a plan. Goes out: CSV. The squares of commitments need none of their own:
the plan's table of commitments has the state of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.exports.tables import decimal_comma, to_csv
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.labels import COVERAGE, due_day
from congkhai.pages.pictures import (
    CELL_SIGNS,
    KNOT_SIGNS,
    MARK_SIGNS,
    TILE_SIGNS,
    Picture,
    cascade_tree,
    commune_grid,
    plan_pictures,
    tile_map,
)
from congkhai.pictures.dot_plot import DotPlot
from congkhai.pictures.reporting_grid import ReportingGrid
from congkhai.pictures.timeline import Timeline

TIMELINE_HEADINGS = ("ngày cuối còn đúng hạn", "thời hạn", "mục", "tình hình", "địa chỉ")
TARGETS_HEADINGS = (
    *("cái được đo", "chỉ tiêu", "ban đầu", "kết quả đã báo cáo"),
    *("cơ quan báo cáo", "ngày báo cáo", "địa chỉ"),
)
TILE_HEADINGS = ("mã", "tỉnh, thành phố", "số kế hoạch", "tình hình", "địa chỉ")
COMMUNE_HEADINGS = ("mã", "xã, phường, đặc khu", "tình hình", "địa chỉ")
TREE_HEADINGS = ("cấp", "văn bản, cơ quan ban hành", "toàn văn", "địa chỉ")
REPORTING_HEADINGS = ("cơ quan", "năm", "số kỳ", "số kỳ đã qua", "tình hình", "báo cáo đã nhận")


def picture_tables(
    plan: PlanView, site_model: SiteModel, site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Write the tables of a plan's pictures; `site_url` ends with a slash."""
    pictures = plan_pictures(plan, site_model)
    yield pictures.timeline.csv, _timeline_table(pictures.timeline, site_url)
    if pictures.reporting_grid is not None:
        yield (
            pictures.reporting_grid.csv,
            _reporting_table(pictures.reporting_grid, site_model, site_url),
        )
    if pictures.targets is not None:
        yield pictures.targets.csv, _targets_table(pictures.targets, site_model, site_url)


def national_picture_tables(site_model: SiteModel, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Write the tables of the pictures of places and programmes; measures have theirs."""
    tiles = tile_map(site_model)
    yield (
        tiles.csv,
        to_csv(
            TILE_HEADINGS,
            [
                (
                    tile.place.code,
                    tile.place.name,
                    str(len(tile.plans)),
                    TILE_SIGNS[tile.sign],
                    site_url + tile.place.address,
                )
                for tile in tiles.drawing.provinces
            ],
        ),
    )
    for province in site_model.provinces:
        communes = commune_grid(province, site_model)
        yield (
            communes.csv,
            to_csv(
                COMMUNE_HEADINGS,
                [
                    (
                        square.place.code,
                        square.place.name,
                        COVERAGE[square.state],
                        site_url + square.place.address,
                    )
                    for square in communes.drawing.squares
                ],
            ),
        )
    for programme in site_model.programmes.values():
        tree = cascade_tree(programme, site_model)
        yield (
            tree.csv,
            to_csv(
                TREE_HEADINGS,
                [
                    (
                        str(knot.depth + 1),
                        knot.document.name
                        if knot.document
                        else "; ".join(plan.issuer.name for plan in knot.plans),
                        KNOT_SIGNS[knot.sign],
                        site_url + knot.address,
                    )
                    for knot in tree.drawing.knots
                ],
            ),
        )


def _targets_table(picture: Picture[DotPlot], site_model: SiteModel, site_url: str) -> bytes:
    rows = [
        (
            site_model.measures[row.target.measure].name,
            row.target.printed,
            decimal_comma(row.start_value),
            decimal_comma(row.reported.value) if row.reported else "",
            site_model.units[row.reported.unit].unit.name if row.reported else "",
            row.reported.day.isoformat() if row.reported else "",
            site_url + (row.reported or row.target).address,
        )
        for row in picture.drawing.rows
    ]
    return to_csv(TARGETS_HEADINGS, rows)


def _timeline_table(picture: Picture[Timeline], site_url: str) -> bytes:
    rows = [
        (
            day.due.day.isoformat(),
            due_day(day.due),
            day.commitment.reference,
            MARK_SIGNS[sign],
            site_url + day.commitment.address,
        )
        for mark in picture.drawing.marks
        for day, sign in mark.days
    ]
    return to_csv(TIMELINE_HEADINGS, rows)


def _reporting_table(
    picture: Picture[ReportingGrid], site_model: SiteModel, site_url: str
) -> bytes:
    rows = [
        (
            site_model.units[row.unit].unit.name if row.unit is not None else "",
            str(cell.year),
            str(cell.due),
            str(cell.passed),
            CELL_SIGNS[cell.sign],
            " ".join(site_url + report.address for report in cell.received),
        )
        for row in picture.drawing.rows
        for cell in row.cells
    ]
    return to_csv(REPORTING_HEADINGS, rows)
