"""The rows of plans, each worked out once for all files that hold it.

Comes in: the `SiteModel`. Goes out: a plan's rows by table, and as they stand in any workbook. A
row is in the plan's own files, in the tables and the workbook of its province, and in the workbook
of each unit that has a part in its item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from congkhai.exports.open_data import rows
from congkhai.exports.open_data.spreadsheets import BlankWorkbook
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.dictionary import read_tables

SHEETS = {
    "Kế hoạch": "plans",
    "Việc": "commitments",
    "Phân công": "assignments",
    "Thời hạn": "deadlines",
    "Chế độ báo cáo": "rules",
    "Chỉ tiêu": "targets",
    "Báo cáo": "entries",
    "Thay đổi": "changes",
}
"""The sheets of every workbook, by their names, which readers see."""
NOTES = (
    "“Chưa có báo cáo”: trang web chưa nhận được báo cáo. Việc vẫn có thể đã được làm; không tính"
    " là 0 %, không tính là quá hạn.",
    "Trạng thái là điều trang web tính từ báo cáo nhận được và thời hạn, theo trang Cách tính. Dòng"
    " đúng trong khoảng ngày ghi ở hai cột “Đúng từ ngày”, “Đúng đến hết ngày”, nếu không có báo"
    " cáo mới.",
    "Việc chỉ được đề nghị không phải việc được giao.",
    "Ô trống: văn bản không ghi. Chữ của văn bản là nguyên văn bản nhận được, kể cả chỗ in sai.",
    "Một việc có nhiều thời hạn hoặc nhiều cơ quan thì có nhiều dòng ở các trang ấy: đừng cộng dòng"
    " thay cho việc.",
)
"""What a reader of the sheets alone has to know; on a sheet of their own, the last one."""
Rows = Mapping[str, Sequence[tuple[rows.Cell, ...]]]


class Line(NamedTuple):
    """A row as it stands in a sheet."""

    item: rows.Cell
    """That it is about; None in the row of a plan."""
    content: bytes


@dataclass(frozen=True, slots=True)
class PlanLines:
    """The rows of a plan for any workbook."""

    by_table: Mapping[str, Sequence[Line]]
    items_of_unit: Mapping[rows.Cell, Set[rows.Cell]]
    """The items in which each unit has a part."""


class PlanTables:
    """The rows of the plans of one site model."""

    def __init__(self, site_model: SiteModel, site_url: str) -> None:
        """Begin with no rows. `site_url` ends with a slash."""
        self._site_model = site_model
        self._site_url = site_url
        self._rows: dict[str, Rows] = {}
        self._lines: dict[str, PlanLines] = {}

    def row(self, plan: PlanView) -> rows.PlanRow:
        """Return the row of the plan itself."""
        return rows.plan_row(self._site_model, plan, self._site_url)

    def rows(self, plan: PlanView) -> Rows:
        """Return the rows of a plan by table; opens the plan."""
        plan.open()  # also for whoever asks again: what it makes depends on the plan
        if plan.id not in self._rows:
            self._rows[plan.id] = rows.plan_rows(self._site_model, plan, self._site_url)
        return self._rows[plan.id]

    def lines(self, plan: PlanView) -> PlanLines:
        """Return the rows of a plan for workbooks; opens the plan."""
        found = self.rows(plan)
        if plan.id not in self._lines:
            self._lines[plan.id] = _write_lines({**found, "plans": [self.row(plan)]})
        return self._lines[plan.id]


@cache
def blank_workbook() -> BlankWorkbook:
    """Return the workbook with all sheets and no rows."""
    described = read_tables()
    return BlankWorkbook({title: described[name] for title, name in SHEETS.items()}, NOTES)


def _write_lines(found: Rows) -> PlanLines:
    write_row = blank_workbook().write_row
    by_table = {}
    for name in SHEETS.values():
        item = None if name == "plans" else _column(name, "item")
        by_table[name] = [
            Line(None if item is None else row[item], write_row(row)) for row in found[name]
        ]
    item, unit = _column("assignments", "item"), _column("assignments", "unit")
    items_of_unit: defaultdict[rows.Cell, set[rows.Cell]] = defaultdict(set)
    for row in found["assignments"]:
        items_of_unit[row[unit]].add(row[item])
    return PlanLines(by_table, items_of_unit)


@cache
def _column(table: str, name: str) -> int:
    """Return where a column stands in its table."""
    return [column.name for column in read_tables()[table].columns].index(name)
