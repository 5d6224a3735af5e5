"""The data dictionary: tables, columns, codes, and how tables refer to each other.

Comes in: `dictionary.yml`, beside this module. Goes out: the tables in its order, which the
page `/du-lieu/` shows and `exports.open_data` fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from congkhai.data import registers, schema
from congkhai.data.strict_yaml import load_plain
from congkhai.model import routes, status
from congkhai.model.amendments import AmendmentKind
from congkhai.model.ledger import LedgerKind
from congkhai.pages import labels

ColumnType = Literal["string", "integer", "number", "boolean", "date", "partial", "url"]

LEVELS: dict[registers.Level, str] = {
    "central": "trung ương",
    "province": "tỉnh, thành phố",
    "district": "huyện, quận (đến 30/6/2025)",
    "commune": "xã, phường, đặc khu",
}
CYCLES: dict[schema.Cycle, str] = {
    "month": "mỗi tháng",
    "quarter": "mỗi quý",
    "half": "mỗi sáu tháng",
    "year": "mỗi năm",
}
PRECISIONS = {
    "day": "ghi rõ ngày",
    "month": "ghi tháng",
    "quarter": "ghi quý",
    "half": "ghi sáu tháng",
    "year": "chỉ ghi năm",
    "none": "không có ngày cuối",
}
AMENDMENTS: dict[AmendmentKind, str] = {
    **labels.AMENDMENTS,
    "unit": "cơ quan phối hợp, thực hiện, được đề nghị",
    "document": "phần ngoài các mục",
    "data": "dữ liệu khác của mục",
    "report": "phần đầu của báo cáo",
    "line": "một dòng của báo cáo",
    "response": "phần đầu của văn bản trả lời",
    "answer": "một câu trả lời",
}
EVENTS: dict[LedgerKind, str] = {
    **labels.CHANGES,
    "plan-added": "Kế hoạch mới",
    "plan-edited": "Dữ liệu của kế hoạch được sửa",
}
"""Words of a cell, which stands without the name of the plan."""
CODES: Mapping[str, Mapping[Any, str]] = {
    "kinds": {**labels.KINDS, "none": "không tính là một việc"},
    "states": status.LABELS,
    "roles": labels.ROLES,
    "statuses": labels.STATUSES,
    "events": EVENTS,
    "amendments": AMENDMENTS,
    "natures": labels.NATURES,
    "levels": LEVELS,
    "cycles": CYCLES,
    "precisions": PRECISIONS,
}
"""Each list of codes with what a code means, in Vietnamese."""
CODE_TITLES = {
    "kinds": "Loại của mục",
    "states": "Trạng thái của việc",
    "roles": "Vai trò của cơ quan",
    "statuses": "Tình trạng do cơ quan báo cáo",
    "events": "Sự việc với tệp dữ liệu",
    "amendments": "Điều thay đổi",
    "natures": "Tính chất của cơ quan",
    "levels": "Cấp",
    "cycles": "Thời hạn lặp lại",
    "precisions": "Độ chính xác của thời hạn",
}
TYPES: dict[ColumnType, str] = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "có hoặc không",
    "date": "ngày đủ năm-tháng-ngày",
    "partial": "ngày, có thể không đủ",
    "url": "địa chỉ",
}
VERSION = "1.4.0"
"""Of the tables: the first number changes when a column goes or means something else, the
second when one is added."""


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A kind of file of JSON version 1."""

    name: str
    """Of its schema."""
    address: str
    """Pattern of its addresses, from the root."""
    title: str

    @property
    def schema(self) -> str:
        """Return the address of its schema."""
        return routes.json_schema(self.name)


JSON_FILES = (
    JsonFile("index", routes.JSON_INDEX, "Mục lục: mọi tệp JSON của trang web."),
    JsonFile(
        "plan",
        routes.plan_json("<kế hoạch>"),
        "Một kế hoạch: các mục, việc, phân công, thời hạn, chỉ tiêu, báo cáo, thay đổi, trả lời.",
    ),
    JsonFile(
        "unit",
        routes.json_file("co-quan", "<cơ quan>"),
        "Một loại cơ quan, và số việc của cơ quan đó trong từng kế hoạch theo vai trò.",
    ),
    JsonFile(
        "locality",
        routes.json_file("dia-phuong", "<mã tỉnh>"),
        "Một tỉnh, thành phố với các xã, phường, đặc khu, và các kế hoạch ở đó.",
    ),
    JsonFile(
        "programme",
        routes.json_file("chuong-trinh", "<chương trình>"),
        "Một chương trình: các văn bản, kế hoạch, và bao nhiêu nơi đã có kế hoạch.",
    ),
    JsonFile(
        "reports",
        routes.json_file("bao-cao", "<năm-tháng>"),
        "Các báo cáo ghi ngày trong một tháng, từng dòng; nhiều kế hoạch thì mỗi tỉnh một thư mục.",
    ),
    JsonFile(
        "changes",
        routes.json_file("thay-doi", "<năm-tháng>"),
        "Các thay đổi được công bố trong một tháng.",
    ),
    JsonFile(
        "as-of",
        routes.JSON_AS_OF,
        "Ngày trang web được dựng lại gần nhất; tệp duy nhất, cùng manifest.json, đổi mỗi ngày.",
    ),
)
"""Every kind of file, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: ColumnType
    title: str
    """What it is called in Vietnamese: the heading in a workbook."""
    english: str
    refers: tuple[str, str] | None = None
    """Table and column that it is a key of."""
    codes: str | None = None
    """The list in `CODES` that its values come from."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, which may be cut into a file for each province."""

    name: str
    file: str
    """Name of the file without its ending: `viec`."""
    title: str
    about: str
    english: str
    of_plan: bool
    """Each row belongs to a plan, so that a large site has the table by province."""
    key: tuple[str, ...]
    """Columns that together tell each row from all others; none where nothing does."""
    refers: Mapping[str, tuple[str, ...]]
    """By table: the columns that together are a key of it."""
    columns: tuple[Column, ...]


@cache
def read_tables() -> dict[str, Table]:
    """Read the dictionary, in its order.

    >>> read_tables()["commitments"].file
    'viec'
    """
    text = (Path(__file__).parent / "dictionary.yml").read_text(encoding="utf-8")
    content: dict[str, dict[str, Any]] = load_plain(text)
    return {name: _read_table(name, entry) for name, entry in content.items()}


def _read_table(name: str, entry: Mapping[str, Any]) -> Table:
    return Table(
        name=name,
        file=entry["file"],
        title=entry["title"],
        about=entry["about"],
        english=entry["english"],
        of_plan=entry.get("of_plan", False),
        key=tuple(entry["key"]),
        refers={table: tuple(columns) for table, columns in entry.get("refers", {}).items()},
        columns=tuple(_read_column(*pair) for pair in entry["columns"].items()),
    )


def _read_column(name: str, entry: Mapping[str, str]) -> Column:
    kind = entry["type"]
    assert kind in get_args(ColumnType), f"{name}: {kind}"
    table, _, column = entry.get("refers", "").partition(".")
    return Column(
        name=name,
        type=kind,  # type: ignore[arg-type]  # asserted above
        title=entry["title"],
        english=entry["english"],
        refers=(table, column) if table else None,
        codes=entry.get("codes"),
    )
