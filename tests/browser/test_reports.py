"""A unit's report, committed as a file, changes what readers see; without one, the site says so."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from conftest import ROOT, RunMkDocs
from congkhai.cli import main

PLAN = "lai-chau/ascc-2026-2030"
FILE = "2026-so-noi-vu.yml"
REPORT = """\
unit: so-noi-vu
period: "2026"
date: 2026-10-28
entries:
  - item: vii.1-1
    status: in-progress
    text: Đã trình dự thảo kế hoạch năm.
    evidence: [{title: Tờ trình, url: "https://example.vn/to-trinh"}]
  - item: vii.1-3
    status: done
    done_on: 2026-10-20
    text: Đã tổng hợp báo cáo năm.
"""
PROVINCE = "ke-hoach/mau/so-nuoc-2024-2028/"
PAGES = {
    "plan": f"ke-hoach/{PLAN}/",
    "full text": f"ke-hoach/{PLAN}/toan-van/",
    "commitment": f"ke-hoach/{PLAN}/vii.1-1/",
    "unit": "don-vi/so-noi-vu/",
    "locality": "dia-phuong/lai-chau/",
    "programme": "chuong-trinh/ascc-2026-2035/",
    "calendar": "lich/",
    "updates": "cap-nhat/",
    "home": "",
}


def words(site: Path, address: str) -> str:
    """Return what the page says, as one line."""
    main = (
        (site / address / "index.html")
        .read_text("utf-8")
        .partition("<main")[2]
        .partition("</main>")[0]
    )
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", f"<{main}")).split())


@pytest.fixture
def read(browser: Browser) -> Iterator[Callable[[Path, str], Locator]]:
    """Open the main part of a page, as a reader without scripts has it."""
    context = browser.new_context(java_script_enabled=False)

    def read(site: Path, address: str) -> Locator:
        page = context.new_page()
        page.goto((site / address / "index.html").as_uri())
        return page.locator("main")

    yield read
    context.close()


def text(found: Locator) -> str:
    return " ".join((found.text_content() or "").split())


def texts(found: Locator) -> list[str]:
    return [" ".join(content.split()) for content in found.all_text_contents()]


def ids(name: str) -> str:
    """Write a selector for an id that has dots in it."""
    return f'[id="{name}"]'


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    """Build the real site with one report more, from a copy of the data."""
    folder = tmp_path_factory.mktemp("reported")
    plans = shutil.copytree(ROOT / "plans", folder / "plans")
    reports = plans / PLAN / "reports"
    reports.mkdir(exist_ok=True)
    (reports / FILE).write_text(REPORT, encoding="utf-8")
    done = run_mkdocs("build", "--site-dir", folder / "site", PLANS_DIR=plans)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_where_nothing_is_reported_the_page_says_so_and_accuses_nobody(
    site: Path, read: Callable[[Path, str], Locator]
):
    said = words(site, PAGES["plan"])
    assert "Hạn báo cáo kỳ 2026: trước ngày 01/11/2026" in said
    assert (
        "Trang web này chưa nhận được báo cáo nào của kỳ đó. Báo cáo có thể đã được gửi theo đúng"
        " văn bản mà trang web này chưa nhận được." in said
    )
    assert "Trang web này chưa nhận được báo cáo nào; các việc vẫn có thể đã được làm." in said
    assert (
        "Trang web này chưa nhận được báo cáo về việc này; việc vẫn có thể đã được làm."
        in words(site, PAGES["commitment"])
    )
    for kind in ("plan", "full text", "commitment"):
        main = read(site, PAGES[kind])
        quoted = set(texts(main.locator(".official")))
        told = texts(main.locator("p, li, dd, dt, summary, caption, span"))
        ours = " ".join(words for words in told if words not in quoted)
        accusing = ("chậm trễ", "quá hạn", "vi phạm", "không báo cáo", "chậm nộp", "0%", "0 %")
        found = [word for word in accusing if re.search(rf"(?<!\d){word}", ours.lower())]
        assert found == [], kind


@pytest.mark.parametrize("kind", PAGES)
def test_a_report_changes_every_kind_of_page(site: Path, reported: Path, kind: str):
    assert words(reported, PAGES[kind]) != words(site, PAGES[kind])


def test_the_plan_shows_state_latest_word_and_source_at_each_item(
    reported: Path, read: Callable[[Path, str], Locator]
):
    item = read(reported, PAGES["commitment"])
    assert "Đang thực hiện" in text(item) and "Đã trình dự thảo kế hoạch năm." in text(item)
    assert item.locator(".latest a").get_attribute("href") == "../bao-cao/2026-so-noi-vu/#vii.1-1"
    page = read(reported, PAGES["full text"])
    assert "Đang thực hiện" in text(page.locator(f".document {ids('vii.1-1')} > .of-item"))
    assert "Hoàn thành đúng hạn" in text(page.locator(f".document {ids('vii.1-3')} > .of-item"))
    plan = read(reported, PAGES["plan"])
    assert plan.locator("#bao-cao figure svg[role=img] > title").count() == 1


def test_other_pages_count_and_name_the_report(reported: Path):
    assert "2 đã có báo cáo (1 hoàn thành)" in words(reported, PAGES["locality"])
    assert "2 đã có báo cáo (1 hoàn thành)" in words(reported, PAGES["programme"])
    assert "2 đã có báo cáo (1 hoàn thành)" in words(reported, PAGES["home"])
    assert "Báo cáo đã nhận (1)" in words(reported, PAGES["unit"])
    assert "28/10/2026: Báo cáo năm 2026 của Sở Nội vụ (tỉnh Lai Châu)" in words(
        reported, PAGES["updates"]
    )
    assert "trang web này đã nhận 1 báo cáo" in words(reported, PAGES["calendar"])


def test_a_report_has_a_page_with_all_that_it_says(reported: Path):
    address = f"ke-hoach/{PLAN}/bao-cao/2026-so-noi-vu/"
    said = words(reported, address)
    for part in (
        "Sở Nội vụ báo cáo ngày 28/10/2026",
        "2 mục",
        "Đã trình dự thảo kế hoạch năm.",
        "Tờ trình",
        "xong ngày 20/10/2026",
        FILE,
    ):
        assert part in said
    assert (reported / address / "bao-cao.yml").read_text("utf-8") == REPORT


def test_one_letter_less_in_an_items_id_is_caught_at_its_line(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    plans = shutil.copytree(ROOT / "plans", tmp_path / "plans")
    (plans / PLAN / "reports").mkdir(exist_ok=True)
    (plans / PLAN / "reports" / FILE).write_text(
        REPORT.replace("item: vii.1-3", "item: vi.1-3"), encoding="utf-8"
    )
    done = run_mkdocs("build", "--site-dir", tmp_path / "site", PLANS_DIR=plans)
    assert done.returncode == 1
    assert re.search(rf"plans/{PLAN}/reports/{FILE}:9:\d+: ", done.stderr)
    assert not (tmp_path / "site").exists()


def test_a_report_of_a_real_plan_is_written_and_waits_until_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AS_OF", "2026-11-22")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert main(["report", f"plans/{PLAN}", "so-noi-vu", "2026"]) == 0
    file = tmp_path / "plans" / PLAN / "reports" / FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    waiting = [number for number, line in enumerate(lines, 1) if line.endswith(": ĐIỀN")]
    assert len(waiting) > 5
    capsys.readouterr()
    assert main(["check"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if FILE in line]
    assert all(": cảnh báo: " in line for line in said)
    assert [int(line.split(":")[1]) for line in said] == waiting
    filled = (
        file.read_text(encoding="utf-8")
        .replace("date: ĐIỀN", "date: 2026-10-28")
        .replace("status: ĐIỀN", "status: in-progress")
    )
    file.write_text(filled, encoding="utf-8")
    assert main(["check"]) == 0


def test_a_yearly_deadline_without_a_day_gets_none(site: Path):
    """«Hằng năm» is shown as «trong năm 2026»; no 31/12 that no document prints."""
    for address in ("lich/", "ke-hoach/hai-phong/phuong-hai-duong/ascc-2026-2030/"):
        assert "Trong năm 2026" in words(site, address)
    pages = [
        page
        for folder in ("ke-hoach", "lich", "don-vi", "dia-phuong")
        for page in (site / folder).rglob("index.html")
    ]
    # An older note of ours said it, which the ledger of changes still quotes.
    quoted = re.compile(r"<(del|ins)>.*?</\1>", re.DOTALL)
    shown = {page: quoted.sub("", page.read_text("utf-8")) for page in pages}
    assert [page for page, markup in shown.items() if "31/12" in markup] == []
    assert "1231\r\n" not in (site / "lich.ics").read_bytes().decode()


def test_what_was_corrected_stays_struck_through(demo: Path, read: Callable[[Path, str], Locator]):
    struck = read(demo, f"{PROVINCE}iii.4-2/").locator(".history s")
    assert [text(found).startswith("Đã được đính chính") for found in struck.all()] == [True]
    assert text(struck.locator(".visually-hidden")) == "Đã được đính chính:"
    report = read(demo, f"{PROVINCE}bao-cao/2025-so-khoa-hoc-va-cong-nghe/")
    assert report.locator("s").count() == 2
    assert "Được đính chính" in text(report.locator("dl"))


def test_both_names_of_a_dissolved_unit_are_shown(demo: Path):
    own_pages = [page.parent for page in (demo / PROVINCE).glob("*/index.html")]
    named = [words(page, "") for page in own_pages if "Sở Thông tin" in words(page, "")]
    assert any("Sở Thông tin và Truyền thông (xem: Sở Khoa học và Công" in one for one in named)
    report = words(demo, f"{PROVINCE}bao-cao/2025-so-khoa-hoc-va-cong-nghe/")
    assert "báo cáo thay phần việc văn bản ghi cho Sở Thông tin và Truyền thông" in report


def test_a_chart_says_nothing_that_its_table_does_not(
    demo: Path, read: Callable[[Path, str], Locator]
):
    page = read(demo, PROVINCE)
    section = page.locator("#bao-cao")
    rows = section.locator("table tbody tr:not(:last-child)").all()
    cells = [[text(cell) for cell in row.locator("td").all()] for row in rows]
    # 41 provisions, of which two only ask: no report is owed on these.
    assert [sum(map(int, column)) for column in zip(*cells, strict=True)] == [39, 39, 39]
    drawn = [text(figure) for figure in section.locator("figure svg text.count").all()]
    said = [cell for row in cells for cell in row]
    assert drawn and not [figure for figure in drawn if drawn.count(figure) > said.count(figure)]
    assert page.locator("[style]").count() == 0
    for chart in page.locator("svg[role=img]").all():
        title, desc = (chart.get_attribute("aria-labelledby") or "").split()
        assert text(chart.locator(f"title{ids(title)}")) and text(chart.locator(f"desc{ids(desc)}"))
