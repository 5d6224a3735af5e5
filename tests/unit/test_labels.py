"""The words on pages for what the data leave out, and for what is the other way round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.exports.comparison import plan_facts
from congkhai.model.amendments import Amendment
from congkhai.model.derive import derive
from congkhai.model.ledger import LedgerEntry
from congkhai.model.references import number_and_symbol
from congkhai.pages import labels
from tests.cases import MINIMAL, lay_out


@pytest.mark.parametrize(
    ("number", "symbol", "cited"),
    [
        ("155", "QĐ-TTg", "155/QĐ-TTg"),
        ("59", "NQ/TW", "59-NQ/TW"),
        ("31", None, "31"),
        (None, "KH-UBND", "KH-UBND"),
        (None, None, ""),
    ],
)
def test_a_number_is_cited_as_far_as_it_is_known(
    number: str | None, symbol: str | None, cited: str
):
    assert number_and_symbol(number, symbol) == cited


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(2026, 2030, "2026 - 2030"), (2026, 2026, "năm 2026"), (None, 2025, "đến năm 2025")],
)
def test_years_are_said_as_documents_say_them(start: int | None, end: int, said: str):
    assert labels.years(schema.Period(start=start, end=end)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1106, "ban hành sau văn bản cấp trên 1.106 ngày"),
        (-19, "ghi ngày sớm hơn văn bản cấp trên 19 ngày"),
        (0, "cùng ngày với văn bản cấp trên"),
        (None, "chưa rõ sau văn bản cấp trên bao nhiêu ngày (bản nhận được không ghi đủ ngày)"),
    ],
)
def test_a_delay_may_be_none_or_backwards(days: int | None, said: str):
    assert labels.delay(days) == said


def facts(folder: Path, **changes: str) -> dict[str, str]:
    """Return what the comparison says of the smallest data folder's plan, once changed."""
    plans = lay_out(MINIMAL, folder)
    file = plans / "hai-phong" / "xa-nam-sach" / "ascc-2026-2030" / "plan.yml"
    text = file.read_text("utf-8")
    for old, new in changes.items():
        assert f"{old}: " in text
        text = "\n".join(
            f"  {old}: {new}" if line.startswith(f"  {old}: ") else line
            for line in text.split("\n")
        )
    file.write_text(text, encoding="utf-8")
    site_model = derive(load_dataset(plans)[0], date(2028, 6, 30))
    (view,) = site_model.plans.values()
    return dict(plan_facts(site_model, view))


def test_a_plan_without_a_symbol_is_set_beside_others_by_its_number(tmp_path: Path):
    said = facts(tmp_path, number='"31"', symbol="null", date='"2026-05-02"')
    assert said["Số, ngày"].startswith("31, ")
    assert said["So với văn bản cấp trên"] == "ghi ngày sớm hơn văn bản cấp trên 4 ngày"


def test_a_plan_that_names_no_parent_is_measured_against_none(tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path)
    file = plans / "hai-phong" / "xa-nam-sach" / "ascc-2026-2030" / "plan.yml"
    file.write_text(
        file.read_text("utf-8").replace("relation: parent", "relation: mention"), encoding="utf-8"
    )
    site_model = derive(load_dataset(plans)[0], date(2028, 6, 30))
    (view,) = site_model.plans.values()
    assert "So với văn bản cấp trên" not in dict(plan_facts(site_model, view))


def test_a_plan_that_the_site_read_otherwise_is_not_said_to_be_as_it_was(tmp_path: Path):
    site_model = derive(load_dataset(lay_out(MINIMAL, tmp_path))[0], date(2028, 6, 30))
    (view,) = site_model.plans.values()

    def line(*edits: bool) -> str:
        moved = Amendment("deadline-later", "i.1", "mục I.1", "due", "2026", "2027")
        ledger = tuple(
            LedgerEntry(
                "plan-edited",
                str(number),
                date(2026, 11, number),
                "plan.yml",
                (moved._replace(is_reading=is_reading),),
            )
            for number, is_reading in enumerate(edits, 1)
        )
        return labels.changes_line(replace(view, ledger=ledger))

    assert line() == "chưa có thay đổi nào"
    assert line(False, False) == "gần nhất 02/11/2026"
    assert line(True, True) == "chỉ trang web sửa cách ghi, 2 lần"
    assert line(False, True) == "gần nhất 01/11/2026; trang web sửa cách ghi 1 lần"
