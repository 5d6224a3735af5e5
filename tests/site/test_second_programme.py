"""Another programme than the site's goes from an office's file to pages, as data alone.

`tests/nq57/` holds the Government's programme for Resolution 57-NQ/TW with the 140 tasks of its
appendix, and what a commune, a department and a Party committee issued under it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.checks.runner import check
from congkhai.cli import main
from congkhai.data import schema
from congkhai.data.load import Dataset, load_dataset
from congkhai.model.assignments import walk
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel

FOLDER = ROOT / "tests" / "nq57"
PLANS = FOLDER / "plans"
RECEIVED = FOLDER / "chuong-trinh-nq03.md"
AS_OF = date(2026, 11, 22)
GOVERNMENT = "quoc-gia/chinh-phu/nq57-2025-2030"
COMMUNE = "mau/xa-thu-mau/nq57-2026-2030"
DEPARTMENT = "mau/so-khoa-hoc-va-cong-nghe/nq57-2025-2026"
PARTY = "mau/phuong-chua-mau/dang-uy/nq57-2025-2030"
TASKS = 140


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    dataset, problems = load_dataset(PLANS)
    assert [str(problem) for problem in [*problems, *check(dataset, AS_OF)]] == []
    return dataset


@pytest.fixture(scope="module")
def site_model(dataset: Dataset) -> SiteModel:
    return derive(dataset, AS_OF)


@pytest.fixture(scope="module")
def site(build_site: Callable[[Path], Path]) -> Path:
    return build_site(PLANS)


def rows_of(plan: schema.Plan) -> dict[str, schema.Item]:
    """Return the numbered rows of the appendix's table, by id."""
    return {
        item.id: item
        for item, above in walk(plan.attachments)
        if any(one.columns for one in above) and (item.number or "").strip(".").isdigit()
    }


def text_of(page: Path) -> str:
    """Return what a reader reads on a page, blanks made one."""
    text = re.sub(r'<span class="one-word">([^<]*)</span>', r"\1", page.read_text("utf-8"))
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(html.unescape(text).split())


def test_the_command_drafts_the_programme_as_it_is_published(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Words and tree are the command's; a person answered its questions, and little else."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PLANS_DIR", str(PLANS))
    folder = tmp_path / "plans" / GOVERNMENT
    folder.mkdir(parents=True)
    chosen = ["--locality", "quoc-gia", "--issuer", "chinh-phu", "--programme", "nq57"]
    target = folder / "plan.yml"
    assert main(["draft", str(RECEIVED), *chosen, "--output", str(target)]) == 0
    assert (folder / "source.txt").read_bytes() == (PLANS / GOVERNMENT / "source.txt").read_bytes()
    (folder / "de-xuat.yml").unlink()
    # The title states no years: that line is empty, and refused until somebody fills it in.
    text = target.read_text("utf-8").replace("from: null, to: null", "from: 2025, to: 2030")
    target.write_text(re.sub(r"(?m)^ *# XEM LẠI: .*\n", "", text), encoding="utf-8")
    for register in PLANS.glob("*.yml"):
        (tmp_path / "plans" / register.name).write_bytes(register.read_bytes())
    drafted, _ = load_dataset(tmp_path / "plans")
    draft, plan = drafted.plans[GOVERNMENT].value, dataset.plans[GOVERNMENT].value
    assert words_of(draft) == words_of(plan)
    drafted_rows, rows = rows_of(draft), rows_of(plan)
    assert len(drafted_rows) == len(rows) == TASKS
    same = sum(duties_of(drafted_rows[name]) == duties_of(row) for name, row in rows.items())
    assert same >= 0.95 * TASKS, "a person would have had to type too much"


def words_of(plan: schema.Plan) -> list[tuple[str, str]]:
    return [(item.id, item.printed) for item, _ in walk(plan.provisions)]


def duties_of(row: schema.Item) -> tuple[object, ...]:
    return row.lead, row.coordinating, row.due, row.deliverable


def test_every_task_of_the_table_is_followed_with_its_lead(site_model: SiteModel):
    plan = site_model.plans[GOVERNMENT].open()
    rows = rows_of(plan.plan)
    commitments = [commitment for commitment in plan.commitments if commitment.item.id in rows]
    assert len(commitments) == TASKS
    assert [c.item.id for c in commitments if not c.units("lead")] == []
    # Task 42 is printed with two empty cells.
    undated = [c.item.id for c in commitments if not c.deadlines]
    assert undated == ["phu-luc-ii.bang-1.ii.42"]
    with_result = sum(commitment.item.deliverable is not None for commitment in commitments)
    assert with_result > 0.8 * TASKS


def test_the_page_shows_a_task_with_lead_partners_result_and_deadline(site: Path):
    text = text_of(site / "ke-hoach" / GOVERNMENT / "toan-van" / "index.html")
    start = text.index(
        "Xây dựng Hồ sơ đề nghị xây dựng Luật Cán bộ", text.index("Nguyên văn, kể cả")
    )
    task = text[start : start + 1500]
    for words in (
        "Cơ quan chủ trì Bộ Nội vụ",
        "Cơ quan phối hợp Các bộ, ngành, địa phương",
        "Kết quả Hồ sơ đề nghị xây dựng Luật của Quốc hội",
        "Thời gian hoàn thành 12/2025",
        "Chủ trì: Bộ Nội vụ.",
        "Hạn: 12/2025.",
    ):
        assert words in task


def test_a_communes_plan_takes_up_a_task_of_it(site_model: SiteModel, site: Path):
    uptakes = [(uptake.document, uptake.goal) for uptake in site_model.plans[COMMUNE].uptakes]
    assert uptakes == [("03-nq-cp-2025", "phu-luc-ii.bang-1.i.7")]
    programme = text_of(site / "chuong-trinh" / "nq57" / "index.html")
    assert "Xã Thử Mẫu (2026 - 2030) Mục I.1" in programme.replace("\u00a0", " ").replace(
        "\u2060", ""
    )


def test_titles_and_breadcrumbs_have_the_body_and_the_type(site: Path):
    text = text_of(site / "ke-hoach" / PARTY / "index.html")
    assert "Đảng ủy phường Chưa Mẫu: chương trình hành động khoa học, công nghệ" in text
    government = text_of(site / "ke-hoach" / GOVERNMENT / "index.html")
    assert "‹ Trung ương · Chính phủ Chính phủ Chương trình hành động" in government
    assert "Văn bản cơ quan này ban hành Chính phủ:" in text_of(
        site / "don-vi" / "chinh-phu" / "index.html"
    )


def test_a_bodys_plan_is_shown_in_its_place_and_counted_in_none(site_model: SiteModel, site: Path):
    assert set(site_model.plans_of) == {"99001"}
    (coverage,) = site_model.programmes["nq57"].coverage
    assert (coverage.held, len(coverage.places)) == (frozenset({"99001"}), 2)
    province = text_of(site / "dia-phuong" / "mau" / "index.html")
    assert "Trang web này chưa có kế hoạch cấp tỉnh nào của tỉnh Mẫu." in province
    assert "Sở Khoa học và Công nghệ tỉnh Mẫu:" in province
    assert "Phường Chưa Mẫu của cơ quan khác: 1 chương trình hành động" in province
    nation = text_of(site / "dia-phuong" / "quoc-gia" / "index.html")
    assert "Chính phủ: Khoa học, công nghệ" in nation


def test_every_page_says_that_the_commune_is_made_up(site: Path):
    pages = [site / "ke-hoach" / plan / "index.html" for plan in (GOVERNMENT, COMMUNE, PARTY)]
    assert all("Dữ liệu minh họa." in text_of(page) for page in pages)


def test_no_code_knows_the_programme():
    code = [
        path
        for folder in ("hooks", "theme", "content")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".html", ".js", ".css") and path.is_file()
    ]
    assert len(code) > 100
    assert [path for path in code if "nq57" in path.read_text("utf-8").lower()] == []
