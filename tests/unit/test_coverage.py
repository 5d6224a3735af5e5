"""Of which places it is known that they have a plan: the four states, and the table of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conftest import AS_OF, ROOT
from congkhai.data import registers
from congkhai.data.load import load_dataset
from congkhai.exports.tables import coverage_table
from congkhai.model.coverage import Coverage, KnownPlans, provinces_of_time
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Place
from congkhai.text.dates import PartialDate

SOURCE = registers.Source(title="Báo Mẫu")


@pytest.fixture(scope="module")
def real() -> SiteModel:
    dataset, _ = load_dataset(ROOT / "plans")
    return derive(dataset, date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def demo() -> SiteModel:
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    return derive(dataset, date.fromisoformat(AS_OF))


def place(code: str, level: registers.Level = "province", until: str | None = None) -> Place:
    day = PartialDate.parse(until) if until else None
    return Place(code, f"tỉnh {code}", level, code, f"dia-phuong/{code}/", None, day)


def cover(*places: Place, **fields: Any) -> Coverage:
    """Cover places with what is known: documents by id, a programme's absences; no plan."""
    programme = registers.Programme(
        name="C", subject="C", document="goc", absences=fields.pop("absences", ())
    )
    return KnownPlans("mau", programme, fields, ()).cover("goc", places)


def known(locality: str, **fields: Any) -> registers.Document:
    return registers.Document(
        type="Kế hoạch", issuer="UBND", title="Tên", locality=locality, programme="mau", **fields
    )


def test_a_place_of_which_nothing_is_said_is_unknown():
    (entry,) = cover(place("1"))
    assert (entry.state, entry.plans, entry.documents) == ("unknown", (), ())


def test_a_plan_that_a_source_names_is_known():
    (one, other) = cover(place("1"), place("2"), kh=known("1"))
    assert [(one.state, one.documents), (other.state, other.documents)] == [
        ("known", ("kh",)),
        ("unknown", ()),
    ]


def test_a_plan_of_another_programme_or_one_that_is_held_is_not_known_from_elsewhere():
    (entry,) = cover(place("1"), kh=known("1", held="a/b"))
    assert entry.state == "unknown"


def test_a_known_plan_outweighs_a_source_that_says_there_is_none():
    absence = registers.Absence(locality="1", state="missing", printed="chưa", source=SOURCE)
    (said,) = cover(place("1"), absences=(absence,))
    (both,) = cover(place("1"), absences=(absence,), kh=known("1"))
    assert (said.state, both.state) == ("absent", "known")


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2016-01-25", ["1", "2"]), ("2025-06-30", ["1", "2"]), ("2025-07-01", ["1"]), (None, ["1"])],
)
def test_a_programme_is_for_the_provinces_of_its_day(day: str | None, codes: list[str]):
    places = [place("1"), place("2", until="2025-07-01"), place("3", level="commune")]
    parsed = PartialDate.parse(day) if day else None
    assert [found.code for found in provinces_of_time(places, parsed)] == codes


def test_the_real_siblings_of_the_older_programme_are_known(real: SiteModel):
    programme = real.programmes["ascc-2016-2025"]
    assert programme.provinces.counts == {"held": 2, "known": 7, "absent": 0, "unknown": 54}
    assert len(programme.programme.statements) == 2
    assert real.programmes["ascc-2026-2035"].provinces.counts == {
        "held": 1,
        "known": 1,
        "absent": 0,
        "unknown": 32,
    }


def test_a_successor_leads_to_what_is_known_of_the_dissolved_province(
    real: SiteModel, page_of: Callable[[SiteModel, str], dict[str, Any]]
):
    rows = page_of(real, "dia-phuong/vinh-long/")["known_plans"]
    assert ("tỉnh Trà Vinh", "known") in [(at.name, entry.state) for at, _, entry in rows]


@pytest.fixture(scope="module")
def page_of() -> Callable[[SiteModel, str], dict[str, Any]]:
    """Find a page by its address; return what its template is given."""
    from congkhai.pages.pages import national_pages

    def find(site_model: SiteModel, address: str) -> dict[str, Any]:
        found = next(page for page in national_pages(site_model) if page.address == address)
        return dict(found.context())

    return find


def test_the_table_has_a_row_for_each_place_in_words(demo: SiteModel):
    table = coverage_table(demo, demo.programmes["so-nuoc-2024-2028"], "https://mau.vn/")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    by_place = {row["địa phương"]: row for row in rows}
    assert {name: row["tình trạng"] for name, row in by_place.items()} == {
        "Tỉnh Mẫu": "có trên trang web này",
        "Tỉnh Ví Dụ": "chưa rõ",
        "Xã Bình Mẫu": "có trên trang web này",
        "Xã Đồi Mẫu": "đã biết là có, trang web chưa có toàn văn",
        "Phường Đông Mẫu": "chưa rõ",
        "Đặc khu Đảo Mẫu": "có trên trang web này",
        "Xã Hạ Mẫu": "có trên trang web này",
        "Xã Rừng Mẫu": "nguồn nói chưa ban hành",
        "Xã Sông Mẫu": "nguồn nói không phải ban hành",
        "Xã Thượng Mẫu": "có trên trang web này",
        "Phường Trung Mẫu": "có trên trang web này",
    }
    known_row = by_place["Xã Đồi Mẫu"]
    assert known_row["kế hoạch, văn bản"] == "Kế hoạch 9/KH-UBND"
    assert known_row["nguồn"] == "Trang giả định của xã Đồi Mẫu"
    assert by_place["Xã Rừng Mẫu"]["nguyên văn của nguồn"] == "Xã Rừng Mẫu chưa ban hành kế hoạch."
