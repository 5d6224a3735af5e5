"""What changed after publication is told to readers, item by item, from what to what.

Ten commits, each a change of some kind, that lead to the folder `tests/cases/ten-commits`; then the
site that a reader sees of it.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest

from conftest import RunMkDocs
from congkhai.data.git_history import read_history
from congkhai.data.load import load_dataset
from congkhai.exports.files import changes_file
from congkhai.model.derive import derive
from congkhai.model.transcript import transcript
from tests.cases import CASES
from tests.repository import git

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
ADDRESS = f"ke-hoach/{PLAN}/"
FULL_TEXT = f"{ADDRESS}toan-van/"
LATE, EDITED, REMOVED = (
    "2027-phong-van-hoa-xa-hoi",
    "2026-phong-van-hoa-xa-hoi",
    "2027-q1-phong-kinh-te",
)


class Office:
    """An office that publishes by committing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = folder / "plans" / PLAN
        shutil.copytree(CASES / "ten-commits", folder / "plans")
        git(folder, "init", "-q")

    def start(self, day: str) -> None:
        """Begin a history anew."""
        git(self.folder, "init", "-q")
        self.commit(day)

    def edit(self, file: str, was: str, now: str) -> None:
        path = self.plan / file
        text = path.read_text("utf-8")
        assert was in text, was
        path.write_text(text.replace(was, now), "utf-8")

    def commit(self, day: str) -> None:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", day, at=f"{day}T09:00:00+07:00")


def publish_in_ten_commits(folder: Path) -> Office:
    office = Office(folder)
    reports = {path.name: path.read_text("utf-8") for path in (office.plan / "reports").iterdir()}
    shutil.rmtree(office.plan / "reports")
    lead = "lead: [{}]\n        due: {{printed: trước ngày 31/12/2027"
    for now, was in (
        ("90", "95"),
        ("30/6/2028", "31/12/2027"),
        ("2028-06-30", "2027-12-31"),
        ("Phòng Văn hóa - Xã hội chủ trì, bảo", "Phòng Kinh tế chủ trì, bảo"),
        (lead.format("phong-van-hoa-xa-hoi"), lead.format("phong-kinh-te")),
        ("phối hợp vận động", "phối hợp tuyên truyền"),
    ):
        office.edit("plan.yml", now, was)
    office.commit("2026-05-20")

    office.edit("plan.yml", "locality:", "# một dòng chú thích\nlocality:")
    office.commit("2026-06-10")

    office.edit("plan.yml", "95", "90")
    office.commit("2026-07-01")

    office.edit("plan.yml", "31/12/2027", "30/6/2028")
    office.edit("plan.yml", "2027-12-31", "2028-06-30")
    office.commit("2026-08-02")

    office.edit("plan.yml", "Phòng Kinh tế chủ trì, bảo", "Phòng Văn hóa - Xã hội chủ trì, bảo")
    office.edit("plan.yml", "lead: [phong-kinh-te]", "lead: [phong-van-hoa-xa-hoi]")
    office.commit("2026-09-03")

    (office.plan / "reports").mkdir()
    first = office.plan / "reports" / f"{EDITED}.yml"
    first.write_text(reports[first.name].replace("value: 40", "value: 30"), "utf-8")
    office.commit("2026-10-30")

    first.write_text(reports[first.name], "utf-8")
    removed = office.plan / "reports" / f"{REMOVED}.yml"
    removed.write_text(reports[removed.name], "utf-8")
    office.commit("2027-04-03")

    (office.plan / "reports" / f"{LATE}.yml").write_text(reports[f"{LATE}.yml"], "utf-8")
    office.commit("2028-06-25")

    office.edit("plan.yml", "phối hợp tuyên truyền", "phối hợp vận động")
    office.commit("2099-01-01")

    removed.unlink()
    office.commit("2028-06-28")
    return office


Build = Callable[[Office], Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkDocs) -> Build:
    """Build the site of an office; its folder."""

    def build(office: Office) -> Path:
        site = tmp_path_factory.mktemp("site") / "site"
        plans = office.folder / "plans"
        done = run_mkdocs("build", "--site-dir", site, PLANS_DIR=plans, AS_OF="2028-06-30")
        assert done.returncode == 0, done.stdout + done.stderr
        return site

    return build


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    return build(publish_in_ten_commits(tmp_path_factory.mktemp("office") / "repository"))


def words(site: Path, address: str) -> str:
    """Return the words of a page as they are read, without marks and line breaks."""
    page = (site / address / "index.html").read_text("utf-8")
    text = re.sub(r"<(?:p|li|h\d|dt|dd|summary|ul)[ >]", r" \g<0>", page.partition("<main")[2])
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\s+", " ", text)


TOLD = {
    "a lowered figure": "01/7/2026: Kế hoạch được sửa: Xã Nam Sách",
    "its words": "câu chữ: “Phòng Kinh tế chủ trì, bảo đảm trên 95% 90% cán bộ có hiểu biết cơ bản",
    "its value": "chỉ tiêu hạ xuống, từ “trên 95%” thành “trên 90%”",
    "a deadline put back": (
        "thời hạn lùi lại, từ “trước ngày 31/12/2027” thành “trước ngày 30/6/2028”"
    ),
    "another lead": "cơ quan chủ trì, từ “Phòng Kinh tế” thành “Phòng Văn hóa - Xã hội”",
    "a report": "30/10/2026: Báo cáo năm 2026 của Phòng Văn hóa - Xã hội",
    "an edited report": "03/4/2027: Báo cáo năm 2026 của Phòng Văn hóa - Xã hội được sửa",
    "its figure": "kết quả bằng số, từ “30” thành “40”",
    "a late report": ("25/6/2028: Báo cáo năm 2027 của Phòng Văn hóa - Xã hội, đề ngày 28/10/2027"),
    "a removed report": "28/6/2028: Báo cáo quý I/2027 của Phòng Kinh tế được gỡ khỏi trang web",
    "what it said": "nội dung báo cáo: “Đã gửi số liệu quý I.”",
    "a day not to believe": "không rõ ngày, sau 25/6/2028: Kế hoạch được sửa",
}


@pytest.mark.parametrize("line", TOLD.values(), ids=TOLD)
def test_the_page_of_changes_says_each_with_its_words(site: Path, line: str):
    assert line in words(site, "cap-nhat/")


def test_a_change_of_comments_is_no_news(site: Path):
    assert "10/6/2026" not in words(site, "cap-nhat/")


def test_a_day_in_the_future_is_on_no_page(site: Path):
    pages = [path for path in site.rglob("*") if path.suffix in (".html", ".xml", ".json", ".ics")]
    texts = {path: path.read_text("utf-8") for path in pages}
    assert texts
    assert not [path for path, text in texts.items() if re.search("2099-01-01|01/01/2099", text)]


@pytest.mark.parametrize(
    "line", [TOLD["its value"], TOLD["another lead"], TOLD["its figure"]], ids=str
)
def test_an_item_says_what_changed_in_it(site: Path, line: str):
    item = words(site, FULL_TEXT).partition("Nguyên văn, kể cả")[2].partition("II. NHIỆM VỤ")[0]
    assert "(đã thay đổi)" in item
    own_page = words(site, f"{ADDRESS}i.1/")
    assert "Đã thay đổi sau khi công bố" in own_page and line in own_page


def test_a_plan_lists_its_changes_newest_first(site: Path):
    text = words(site, FULL_TEXT)
    section = re.split(r"Đã thay đổi sau khi công bố \d+ 28/6/2028", text)[1]
    days = re.findall(r"(\d\d/\d{1,2}/\d{4}): (?:Báo cáo|Kế hoạch)", section)
    # The first is of the day that is not believed: it cannot be before the one that git has first.
    assert days == ["25/6/2028", "03/4/2027", "03/9/2026", "02/8/2026", "01/7/2026"]


def test_the_feed_has_the_words_themselves(site: Path):
    feed = feedparser.parse((site / "cap-nhat" / "atom.xml").read_bytes())
    told = "\n".join(f"{entry.title}\n{entry.summary}" for entry in feed.entries)
    assert "Chỉ tiêu hạ xuống" in told or "chỉ tiêu hạ xuống" in told
    assert "từ “trên 95%” thành “trên 90%”" in told
    assert "Đã gửi số liệu quý I." in told
    assert "từ “Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phối hợp tuyên truyền.”" in told
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 10


def test_a_late_report_shows_both_days(site: Path):
    assert "28/10/2027; đưa lên trang web ngày 25/6/2028" in words(
        site, f"{ADDRESS}bao-cao/{LATE}/"
    )
    assert "ngày 28/10/2027 · đưa lên trang web ngày 25/6/2028" in words(site, ADDRESS)
    assert "đưa lên trang web" not in words(site, f"{ADDRESS}bao-cao/{EDITED}/")


def test_an_edited_report_says_so_itself(site: Path):
    text = words(site, f"{ADDRESS}bao-cao/{EDITED}/")
    assert "03/4/2027" in text and "kết quả bằng số, từ “30” thành “40”" in text


def test_a_removed_report_leaves_its_page_and_its_last_content(site: Path):
    text = words(site, f"{ADDRESS}bao-cao/{REMOVED}/")
    assert "đã được gỡ khỏi trang web" in text and "gỡ ngày 28/6/2028" in text
    assert "Đã gửi số liệu quý I." in text
    kept = site / ADDRESS / "bao-cao" / REMOVED / "bao-cao.yml"
    reports = CASES / "ten-commits" / PLAN / "reports"
    assert kept.read_bytes() == (reports / f"{REMOVED}.yml").read_bytes()


def test_every_change_of_a_file_is_listed_for_programs(site: Path):
    rows = json.loads((site / "cap-nhat" / "thay-doi.json").read_bytes())["changes"]
    edits = [row for row in rows if row["file"] == f"{ADDRESS}plan.yml"]
    assert [row["day"] for row in edits] == [
        "2026-06-10",
        "2026-07-01",
        "2026-08-02",
        "2026-09-03",
        None,
    ]
    assert edits[0]["amendments"] == 0 < edits[1]["amendments"]
    for earlier, later in pairwise(edits):
        assert earlier["after"] == later["before"]


def test_nothing_is_said_to_be_missing_that_was_shown_once(tmp_path: Path, build: Build):
    office = Office(tmp_path / "repository")
    office.commit("2027-11-01")
    shutil.rmtree(office.plan / "reports")
    office.commit("2028-06-01")
    site = build(office)
    pages = sorted(site.rglob("index.html"))
    about = [page for page in pages if PLAN in page.as_posix() or "xa-nam-sach" in page.as_posix()]
    for page in [*about, site / "lich" / "index.html", site / "ke-hoach" / "index.html"]:
        # One cell of the grid stands for a report that never came; the three others are told.
        text = words(page.parent, "").replace("đến hạn, chưa nhận được", "")
        assert "chưa nhận được" not in text, page
    was_there = "Báo cáo từng đăng trên trang web này đã được gỡ."
    assert "1 ô đến hạn, chưa nhận được, 3 ô đã nhận, nay đã gỡ" in words(site, ADDRESS)
    assert was_there in words(site, ADDRESS) and "Báo cáo đã được gỡ (" in words(site, ADDRESS)
    assert was_there in words(site, f"{ADDRESS}i.1/")


def test_a_plan_that_is_gone_leaves_its_page_and_its_last_content(tmp_path: Path, build: Build):
    office = Office(tmp_path / "repository")
    office.commit("2027-11-01")
    last = (office.plan / "plan.yml").read_bytes()
    shutil.rmtree(office.plan)
    office.commit("2028-06-01")
    site = build(office)
    assert "được gỡ ngày 01/6/2028" in words(site, ADDRESS)
    assert (site / ADDRESS / "plan.yml").read_bytes() == last
    assert "01/6/2028: Kế hoạch được gỡ khỏi trang web: UBND xã Nam Sách" in words(
        site, "cap-nhat/"
    )
    feed = feedparser.parse((site / "cap-nhat" / "atom.xml").read_bytes())
    assert [entry.link.removeprefix("https://congkhai.example/") for entry in feed.entries] == [
        ADDRESS
    ]
    assert (site / ADDRESS / "bao-cao" / LATE / "index.html").is_file()
    rows = json.loads((site / "cap-nhat" / "thay-doi.json").read_bytes())["changes"]
    assert {row["kind"] for row in rows} == {"plan-removed"} and len(rows) == 4


def test_a_removed_source_is_a_change_and_a_warning(tmp_path: Path, run_mkdocs: RunMkDocs):
    office = Office(tmp_path / "repository")
    dataset, _ = load_dataset(office.folder / "plans")
    (office.plan / "source.txt").write_text(transcript(dataset.plans[PLAN].value), "utf-8")
    office.commit("2027-11-01")
    (office.plan / "source.txt").unlink()
    office.edit("plan.yml", "trên 90%", "trên 9%")
    office.edit("plan.yml", "value: 90", "value: 9")
    office.commit("2028-06-01")
    done = run_mkdocs(
        "build",
        "--site-dir",
        tmp_path / "site",
        PLANS_DIR=office.folder / "plans",
        AS_OF="2028-06-30",
    )
    assert done.returncode == 0, done.stderr
    assert "bản chữ đã công bố không còn" in done.stderr + done.stdout
    text = words(tmp_path / "site", FULL_TEXT)
    assert "01/6/2028: Gỡ bản chữ của văn bản" in text
    assert "chỉ tiêu hạ xuống, từ “trên 90%” thành “trên 9%”" in text


def test_the_same_history_gives_the_same_ledger_on_any_later_day(tmp_path: Path):
    office = publish_in_ten_commits(tmp_path / "repository")
    plans = office.folder / "plans"
    dataset, _ = load_dataset(plans)
    history = read_history(plans)
    files = [
        changes_file(derive(dataset, day, history)) for day in (date(2028, 6, 30), date(2029, 1, 1))
    ]
    assert files[0] == files[1]
