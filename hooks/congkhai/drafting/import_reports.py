"""A workbook of reports that came back: the reports in it, or what is wrong, cell by cell.

Comes in: a workbook as `report_workbook` reads it. Goes out: the files of reports, checked by
the rules of `congkhai check`; when one of them finds a fault no file stays, and each fault is
told with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from congkhai.checks.reports import PERIOD
from congkhai.checks.runner import check
from congkhai.data.load import load_dataset
from congkhai.data.problem import Problem
from congkhai.data.schema import STATUSES
from congkhai.drafting.filled_report import Fields, quote, write_evidence, write_filled_report
from congkhai.drafting.report_workbook import COLUMNS, UNCHANGED, FilledWorkbook, Row
from congkhai.model.site_model import SiteModel
from congkhai.pages.report_lines import commitments_of
from congkhai.text.nearest import hint_nearest

_PLAIN = re.compile(r"[\w.-]+")
_UNIT_CELL, _PERIOD_CELL, _DATE_CELL = "B1", "B2", "B3"
_HEAD_CELLS = {"unit": _UNIT_CELL, "period": _PERIOD_CELL, "date": _DATE_CELL}
_COLUMN_OF = {"evidence": "url", "title": "title", "url": "url", "corrects": "reason"}
"""The column in which a field of a line is filled in, where it has another name."""


_FIELD_FIRST = re.compile(r"^«[a-z_]+»: ")
_CODE_IN_BRACKETS = re.compile(rf" \((?:{'|'.join((*STATUSES, 'unchanged'))})\)")
_DAY = re.compile(r"(?<![\w/-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\w-])")
_HEADINGS = {
    name: COLUMNS[name][0].partition(" (")[0]
    for name in ("status", "done_on", "value", "text", "reason", "title", "url")
}
_FIELD = re.compile(rf"(?<![\w“-])({'|'.join(_HEADINGS)})(?![\w-])")
_QUOTED_FIELD = re.compile(rf"^«({'|'.join(_HEADINGS)})»")
_IN_A_SHEET = {
    "thêm dòng reason nêu lý do": "điền “Lý do”",
    'thêm reason: "…"': "điền “Lý do”",
    "thêm done_on:": "điền “Ngày hoàn thành”:",
    "ghi status: not-started, in-progress, done…": "chọn “Tình hình” khác",
    "ghi unchanged": f"ghi «{UNCHANGED}»",
    **{f"status: {code}": f"“Tình hình” là «{name}»" for code, name in STATUSES.items()},
    "status không phải done": f"“Tình hình” không phải «{STATUSES['done']}»",
    "unchanged: true": f"“Tình hình” là «{UNCHANGED}»",
}
"""Words of rules about files, and the same about a sheet."""


@dataclass(frozen=True, slots=True, order=True)
class CellFault:
    """What is wrong with a cell."""

    cell: str
    message: str
    is_warning: bool = False
    """A person should look at it once more, and may leave it."""


def write_reports(
    root: Path, site_model: SiteModel, filled: FilledWorkbook, as_of: date
) -> tuple[list[Path], list[CellFault]]:
    """Write the reports below the data folder; or none, and what is wrong.

    Beside reports, warnings are returned. A file that is there already is a fault, never replaced.
    """
    faults = list(_find_head_faults(site_model, filled))
    if faults:
        return [], faults
    faults += _find_doubts(filled)
    while True:
        strangers = list(_find_strangers(site_model, filled))
        sound = _leave_out(filled, strangers, as_of)
        written, found = _write_files(root, site_model, sound, as_of)
        errors = [fault for fault in found if not fault.is_warning]
        faults += [*strangers, *errors]
        if not faults:
            return written, sorted(found, key=lambda fault: _order(fault.cell))
        for file in written:
            file.unlink()
        # A line that cannot be read hides what the rules find in the others.
        rest = _leave_out(sound, errors, as_of)
        if rest == filled or not rest.rows:
            return [], sorted({*faults}, key=lambda fault: _order(fault.cell))
        filled = rest


def _leave_out(filled: FilledWorkbook, faults: Iterable[CellFault], as_of: date) -> FilledWorkbook:
    """Return what is filled in without the rows that have a fault, and with a day that is one."""
    cells = {fault.cell for fault in faults}
    numbers = {_order(cell)[0] for cell in cells}
    return replace(
        filled,
        date=as_of.isoformat() if _DATE_CELL in cells else filled.date,
        rows=tuple(row for row in filled.rows if row.number not in numbers),
    )


def _write_files(
    root: Path, site_model: SiteModel, filled: FilledWorkbook, as_of: date
) -> tuple[list[Path], list[CellFault]]:
    """Write a report for each plan and check them all."""
    faults: list[CellFault] = []
    written: list[Path] = []
    places: dict[str, Mapping[int, str]] = {}
    for plan in dict.fromkeys(row.plan for row in filled.rows):
        file = root / plan / "reports" / f"{filled.period}-{filled.unit}.yml"
        if file.exists():
            faults.append(CellFault(_PERIOD_CELL, _describe_taken(file.name, plan)))
            continue
        rows = [row for row in filled.rows if row.plan == plan]
        text = write_filled_report(
            site_model,
            plan,
            filled.unit,
            filled.period,
            filled.date,
            [(row.item, _write_row(row)) for row in rows],
        )
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        written.append(file)
        shown = file.relative_to(root.parent).as_posix()
        places[shown] = _cells_of_lines(text, rows)
    doubts = {row.number: row.doubts.keys() for row in filled.rows}
    faults += _check_written(root, places, doubts, as_of) if written else ()
    return written, faults


def _find_head_faults(site_model: SiteModel, filled: FilledWorkbook) -> Iterator[CellFault]:
    """Yield what keeps every report from being written."""
    if filled.unit not in site_model.units:
        hint = hint_nearest(filled.unit, site_model.units, "ghi mã hoặc tên của cơ quan")
        yield CellFault(_UNIT_CELL, f"không có cơ quan «{filled.unit}» → {hint}")
    if PERIOD.fullmatch(filled.period) is None:
        forms = "năm 2026, quý IV/2026, tháng 11/2026"
        message = f"không đọc được kỳ báo cáo «{filled.period}»; ghi như: {forms}"
        yield CellFault(_PERIOD_CELL, message)
    if not filled.rows:
        yield CellFault("H6", "chưa điền dòng nào")


def _find_doubts(filled: FilledWorkbook) -> Iterator[CellFault]:
    """Yield values that cannot be read; the rules see their rows without them."""
    for row in filled.rows:
        yield from (CellFault(row.cell(name), doubt) for name, doubt in row.doubts.items())


def _find_strangers(site_model: SiteModel, filled: FilledWorkbook) -> Iterator[CellFault]:
    """Yield rows that no report can have: of another's plan or item, or a second one of an item."""
    registered = {slug: entry.unit for slug, entry in site_model.units.items()}
    rows_by_item: dict[tuple[str, str, str], int] = {}
    for row in filled.rows:
        first = rows_by_item.setdefault((row.plan, row.item, row.target), row.number)
        if first != row.number:
            message = f"mục «{row.item}» đã có ở hàng {first}: mỗi mục một hàng"
            yield CellFault(row.cell("item"), message)
        view = site_model.plans.get(row.plan)
        if view is None:
            yield CellFault(row.cell("plan"), f"không có kế hoạch «{row.plan}»")
        elif row.item not in {one.item.id for one in commitments_of(view, filled.unit, registered)}:
            yield CellFault(
                row.cell("item"), f"«{filled.unit}» không có tên ở mục «{row.item}» của kế hoạch"
            )


def _write_row(row: Row) -> Fields:
    """Write the fields of a line, but for those that cannot be read.

    A line without a state is no line, which would keep the rules from its other fields; a document
    is written whole or not at all for the same reason.
    """
    left_out = {*row.doubts, *({"title", "url"} if {"title", "url"} & row.doubts.keys() else ())}
    values = {name: value for name, value in row.values.items() if name not in left_out}
    if "status" in left_out:
        values["status"] = "in-progress"
    evidence = write_evidence([(values.get("title", ""), values.get("url", ""))])
    has_evidence = "title" in values or "url" in values
    fields = {
        "status": _write_plain(values.get("status")),
        "done_on": _write_plain(values.get("done_on")),
        "target": _write_plain(row.target),
        "value": _write_plain(values.get("value")),
        "text": quote(values["text"]) if "text" in values else None,
        "reason": quote(values["reason"]) if "reason" in values else None,
        "evidence": evidence if has_evidence else None,
        "unchanged": values.get("unchanged"),
    }
    return {name: value for name, value in fields.items() if value}


def _write_plain(value: str | None) -> str | None:
    return value if not value or _PLAIN.fullmatch(value) else quote(value)


def _cells_of_lines(text: str, rows: list[Row]) -> Mapping[int, str]:
    """Give the cell that each line of a written report comes from."""
    waiting = {item: [row for row in rows if row.item == item] for item in {r.item for r in rows}}
    cells: dict[int, str] = {}
    row: Row | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if item := re.fullmatch(r"  - item: (.*)", line):
            row = waiting[item[1]].pop(0)
            cells[number] = row.cell("status")
        elif name := re.match(r"(    )?([a-z_]+): ", line):
            column = name[2]
            if row is not None and column in ("unchanged", "corrects"):
                column = "status"
            cells[number] = (
                row.cell(_COLUMN_OF.get(column, column)) if row else _HEAD_CELLS.get(column, "B1")
            )
    return cells


def _check_written(
    root: Path,
    places: Mapping[str, Mapping[int, str]],
    doubts: Mapping[int, Set[str]],
    as_of: date,
) -> Iterator[CellFault]:
    """Yield what the rules find in written reports, but that a value which was left out is missing.

    `places`: by file the cell of each line; `doubts`: by row the columns that were left out.
    """
    dataset, problems = load_dataset(root)
    for problem in sorted([*problems, *check(dataset, as_of)]):
        if problem.path in places:
            cell = places[problem.path].get(problem.line, _UNIT_CELL)
            left_out = doubts.get(_order(cell)[0], frozenset())
            words = re.findall(r"\w+", f"{problem.message} {problem.hint}")
            if not left_out.isdisjoint(words):
                continue
            plan = problem.path.rpartition("/reports/")[0].partition("/")[2]
            whose = f"{plan}: " if cell in _HEAD_CELLS.values() else ""  # of all plans in the sheet
            yield CellFault(cell, whose + _words(problem), problem.severity == "warning")


def _describe_taken(file: str, plan: str) -> str:
    advice = "ghi kỳ khác, hoặc đính chính báo cáo cũ ở trang Làm báo cáo"
    return f"đã có báo cáo {file} của {plan} → {advice}"


def _words(problem: Problem) -> str:
    """Say a problem to somebody who fills in a sheet, who knows no names of a file's fields."""
    message = _FIELD_FIRST.sub("", problem.message)
    hint = problem.hint.partition("; nếu")[0] if "corrects" in problem.hint else problem.hint
    return _name_columns(message) + (f" → {_name_columns(hint)}" if hint else "")


def _name_columns(text: str) -> str:
    """Name the columns and states of a sheet in place of the fields and codes of a file.

    >>> _name_columns("hoàn thành (done) nhưng chưa ghi ngày → thêm done_on: 2026-10-28")
    'hoàn thành nhưng chưa ghi ngày → điền “Ngày hoàn thành”: 28/10/2026'
    """
    text = _QUOTED_FIELD.sub(r"\1", text)
    parts = re.split("(«[^»]*»)", text)  # what is quoted was typed by somebody
    for place, part in enumerate(parts[::2]):
        named = _DAY.sub(r"\3/\2/\1", _CODE_IN_BRACKETS.sub("", part))
        for written, words in _IN_A_SHEET.items():
            named = named.replace(written, words)
        parts[2 * place] = _FIELD.sub(lambda match: f"“{_HEADINGS[match[1]]}”", named)
    return "".join(parts)


def _order(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), letters
