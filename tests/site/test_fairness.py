"""What readers see of answers, of links out of the site, of requests, and where they report errors.

One site, of the smallest data folder with two responses, a file of a clerk's and a plan that has
neither its source nor its original.
"""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest
from test_publish import write_configuration

from conftest import RunMkDocs
from tests.cases import CASES, lay_out

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
URL = "https://kehoach.tinh-mau.vn/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Path:
    folder = tmp_path_factory.mktemp("fair")
    plans = lay_out(CASES / "valid" / "tra-loi", folder)
    report = plans / PLAN / "reports" / "2027-phong-van-hoa-xa-hoi.yml"
    text = report.read_text("utf-8")
    link = "https://namsach.haiphong.gov.vn/lop"
    assert link in text
    evil = "https://evil.example/#@namsach.gov.vn"
    more = f'{link}"}}, {{title: Tờ trình, url: "Tờ trình số 12.pdf"}}, {{title: X, url: "{evil}'
    report.write_text(text.replace(link, more), "utf-8")
    (plans / PLAN / "Tờ trình số 12.pdf").write_bytes(b"%PDF-1.7\n")
    extra = {"operator": "Sở Nội vụ tỉnh Mẫu", "contact": "thư gopy@tinh-mau.gov.vn"}
    configuration = write_configuration(folder, site_url=URL, extra=extra)
    done = run_mkdocs(
        *("build", "--config-file", configuration, "--site-dir", folder / "site"),
        PLANS_DIR=plans,
        AS_OF="2028-06-30",
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


def read(site: Path, address: str) -> str:
    """Return the text of a page, on one line."""
    page = (site / address / "index.html").read_text("utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_an_answer_stands_at_its_item_with_its_day_and_body(site: Path):
    words = read(site, f"ke-hoach/{PLAN}/i.1")
    assert "Trả lời của Phòng Kinh tế , ngày 02/11/2027" in words
    assert "Lớp mở vào tháng 12/2027." in words
    assert "Về điều được hỏi: Vì sao chưa mở lớp?" in words
    page = (site / "ke-hoach" / PLAN / "toan-van" / "index.html").read_text("utf-8")
    item = page.partition('id="i.1"')[2].partition('id="ii"')[0]
    assert "(có trả lời)" in item and "i.1/" in item


def test_answers_are_listed_and_exported(site: Path):
    assert "Trả lời của cơ quan" in read(site, f"ke-hoach/{PLAN}")
    folder = site / "ke-hoach" / PLAN
    assert (folder / "tra-loi" / "2027-11-02-phong-kinh-te.yml").is_file()
    rows = list(csv.reader((folder / "tra-loi.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == ["2027-11-02"] * 3
    assert rows[1][-1] == f"{URL}ke-hoach/{PLAN}/i.1/"


def test_the_host_stands_behind_every_link_out_of_the_site(site: Path):
    links = 0
    for file in site.rglob("*.html"):
        page = file.read_text("utf-8")
        for match in re.finditer(r'<a href="https://([^"/]+)[^"]*"[^>]*>', page):
            if match[1] != "kehoach.tinh-mau.vn":
                links += 1
                behind = page[match.end() : match.end() + 400].partition("</a>")[2]
                host = re.match(r'\s*<span class="host">\(([^)]*)\)</span>', behind)
                assert host is not None and host[1] == match[1], (file, match[0])
    assert links >= 3


def test_a_clerk_s_file_is_published_under_a_plain_name(site: Path):
    report = (site / "ke-hoach" / PLAN / "bao-cao/2027-phong-van-hoa-xa-hoi/index.html").read_text()
    assert 'tep/to-trinh-so-12.pdf"' in report
    assert (site / "ke-hoach" / PLAN / "tep" / "to-trinh-so-12.pdf").is_file()


def test_a_plan_without_its_source_says_so(site: Path):
    assert "Chưa đối chiếu được với văn bản" in read(site, f"ke-hoach/{PLAN}/toan-van")


def test_every_page_says_where_to_report_a_mistake(site: Path):
    """With the address of the page itself, so that nobody has to copy it.

    What stands in another site's frame leads to its page, which has the link.
    """
    pages = [
        page
        for page in site.rglob("index.html")
        if 'http-equiv="refresh"' not in page.read_text() and site / "nhung" not in page.parents
    ]
    assert len(pages) > 20
    for page in pages:
        address = page.parent.relative_to(site).as_posix()
        text = page.read_text("utf-8")
        link = re.search(r'<a href="[^"]*bao-sai/\?trang=([^"]*)"', text)
        if address == "bao-sai":
            assert link is None and 'data-mail="gopy@tinh-mau.gov.vn"' in text
            continue
        assert link is not None, page
        named = "" if address == "." else f"{address}/"
        assert link[1] == f"https%3A//kehoach.tinh-mau.vn/{named}", page


def test_what_is_only_asked_for_is_counted_apart(site: Path):
    summary = read(site, f"ke-hoach/{PLAN}")
    assert "việc + 1 đề nghị 2" in summary
    assert "2 việc: 2 đã có báo cáo." in summary
    assert "chưa có báo cáo" not in summary.lower()
