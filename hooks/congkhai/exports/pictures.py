"""The tables of pictures, for spreadsheets: the same numbers, with addresses.

Comes in: pictures of a plan. Goes out: CSV. The squares of commitments need none of their own:
the plan's table of commitments has the state of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.exports.tables import to_csv
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.labels import due_day
from congkhai.pages.pictures import CELL_SIGNS, MARK_SIGNS, Picture, plan_pictures
from congkhai.pictures.reporting_grid import ReportingGrid
from congkhai.pictures.timeline import Timeline

TIMELINE_HEADINGS = ("ngày cuối còn đúng hạn", "thời hạn", "mục", "tình hình", "địa chỉ")
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


def _timeline_table(picture: Picture[Timeline], site_url: str) -> bytes:
    rows = [
        (
            day.due.day.isoformat(),
            due_day(day.due),
            day.commitment.reference,
            MARK_SIGNS["ahead" if not day.passed else "received" if answered else "missing"],
            site_url + day.commitment.address,
        )
        for mark in picture.drawing.marks
        for day, answered in mark.days
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
