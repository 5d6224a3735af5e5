"""A clerk makes a report on a phone: from the plan's page to a file that `check` accepts."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import material
import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, Route
from pydantic import TypeAdapter

from conftest import AS_OF, DATA, ROOT, Visit
from congkhai.checks.runner import check
from congkhai.cli import main
from congkhai.data import schema
from congkhai.data.encoding import clean
from congkhai.data.entry_rules import ENTRY_RULES, is_broken
from congkhai.data.forge import read_forge
from congkhai.data.load import load_dataset
from congkhai.data.schema import Entry, Evidence
from congkhai.drafting.filled_report import write_fields, write_filled_report
from congkhai.drafting.report_form import write_report
from congkhai.exports.report_forms import plan_form
from congkhai.exports.report_rules import rules_file
from congkhai.model.derive import derive
from congkhai.pages.pages import national_pages
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site
from congkhai.text.personal_data import find_personal_data

PLAN = "lai-chau/ascc-2026-2030"
UNIT = "so-noi-vu"
TEXT = 'Đã trình dự thảo: "kế hoạch" năm 2026; gồm 3 lớp\nvà 1 hội nghị.'
PASTED = TEXT.replace("Đã", "\ufeffÐã").replace(" dự", "\xa0\u200bdự").replace("\n", "\u2028")
"""The same as Word and messengers give it: with a blank and signs that are not seen, Ð for Đ."""
EVIDENCE = ("Tờ trình số 12", "https://laichau.gov.vn/to-trinh-12")


@pytest.fixture
def phone(visit: Visit) -> Iterator[Page]:
    """Open the page of the plan at the width of a phone."""
    page = visit(f"ke-hoach/{PLAN}/", 360)
    page.clock.set_fixed_time(f"{AS_OF}T08:00:00+07:00")
    yield page


def fill_in(page: Page) -> None:
    """Report on two items of Sở Nội vụ, one of them done."""
    page.get_by_role("link", name="Làm báo cáo").click()
    page.locator("[name=unit]").select_option(label="Sở Nội vụ")
    first = page.locator(".report-item").nth(0)
    first.get_by_label("đang thực hiện", exact=True).check()
    first.get_by_label("Đã làm được gì").fill(PASTED)
    first.get_by_role("button", name="Thêm tài liệu").click()
    first.get_by_label("Tên tài liệu").fill(EVIDENCE[0])
    first.get_by_label("Địa chỉ https").fill(EVIDENCE[1].removeprefix("https://") + " ")
    second = page.locator(".report-item").nth(1)
    second.get_by_label("hoàn thành", exact=True).check()


def make_file(page: Page) -> tuple[str, str]:
    """Press the button; the name and the text of the file."""
    page.get_by_role("button", name="Kiểm tra và tạo tệp").click()
    page.locator("#reporting-result").wait_for()
    return (
        page.locator('[data-at="path"]').inner_text(),
        page.locator('[data-at="text"]').evaluate("node => node.textContent"),
    )


def test_a_clerk_gets_from_the_plan_to_a_file_that_check_accepts(
    phone: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Faults are told first, with links to their fields; then there is the file, to the byte."""
    fill_in(phone)
    phone.get_by_role("button", name="Kiểm tra và tạo tệp").click()
    told = phone.locator("#reporting-problems")
    assert "chưa ghi ngày hoàn thành" in told.inner_text()
    assert phone.locator("#reporting-result").is_hidden()
    told.get_by_role("link").first.click()
    phone.locator(".report-item").nth(1).get_by_label("Ngày hoàn thành").fill("2/11/2026")
    assert phone.locator("[name=date]").input_value() == "22/11/2026"
    phone.reload()  # what was typed is still there
    path, text = make_file(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert path == f"plans/{PLAN}/reports/2026-{UNIT}.yml"

    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    monkeypatch.setenv("AS_OF", "2026-11-22")
    monkeypatch.setenv("PLANS_DIR", str(tmp_path / "plans"))
    assert main(["check"]) == 0, capsys.readouterr().out

    site_model = derive(load_dataset(ROOT / "plans")[0], date.fromisoformat(AS_OF))
    items = [one["item"] for one in _read_entries(text)]
    entries = [
        Entry(
            item=items[0],
            status="in-progress",
            text=TEXT,
            evidence=(Evidence(title=EVIDENCE[0], url=EVIDENCE[1]),),
        ),
        Entry(item=items[1], status="done", done_on="2026-11-02"),
    ]
    assert text == write_filled_report(
        site_model, PLAN, UNIT, "2026", AS_OF, map(write_fields, entries)
    )
    assert text == fill_in_form(
        write_report(site_model, PLAN, UNIT, "2026", date.fromisoformat(AS_OF)), items
    )


def _read_entries(text: str) -> list[dict[str, str]]:
    return [{"item": item} for item in re.findall(r"^  - item: (.*)$", text, re.MULTILINE)]


def fill_in_form(form: str, items: list[str]) -> str:
    """Fill in the form of `congkhai report` as a person would, with what was typed above.

    The instructions and all that was not filled in are deleted.
    """
    form = re.sub(r"(?<=\n)#\n(#.*\n)+", "", form)
    form = form.replace("# Ngày báo cáo, đủ năm-tháng-ngày, ví dụ 2026-11-22\n", "")
    head, *blocks = form.split("\n\n")
    title, url = EVIDENCE
    quoted = json.dumps(TEXT, ensure_ascii=False)
    filled_lines = {
        items[0]: {
            "status": "in-progress",
            "text": quoted,
            "evidence": f'[{{title: "{title}", url: "{url}"}}]',
        },
        items[1]: {"status": "done", "done_on": "2026-11-02"},
    }
    kept = []
    for block in blocks:
        item = re.search(r"- item: (.*)", block)
        filled = block
        for name, value in filled_lines.get(item[1] if item else "", {}).items():
            line = re.compile(rf"(\n    )(?:# )?{name}: .*")
            before, _, rest = line.split(filled, 1)
            filled = f"{before}\n    {name}: {value}{rest}"
        if filled == block:
            continue
        kept.append(re.sub(r"\n    #.*", "", filled))
    return "\n\n".join([head.replace("ĐIỀN", "2026-11-22"), *kept]).rstrip("\n") + "\n"


PICTURES = ROOT / "content" / "anh"
LARGEST_DIFFERENCE = 16
"""Of 255, on average: other fonts draw the same words a little differently."""


def test_the_guide_shows_the_pages_as_they_are(phone: Page) -> None:
    """The three pictures of the guide; `UPDATE_PICTURES=1` takes them anew."""
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.get_by_role("link", name="Làm báo cáo").click()
    phone.locator("[name=unit]").select_option(label="Sở Nội vụ")
    shots = [phone.screenshot()]
    item = phone.locator(".report-item").nth(0)
    item.get_by_label("hoàn thành", exact=True).check()
    item.get_by_label("Ngày hoàn thành").fill("30/6/2026")
    item.get_by_label("Đã làm được gì").fill("Đã ban hành Kế hoạch số 12.")
    item.locator("fieldset").evaluate("node => node.scrollIntoView()")
    shots.append(phone.screenshot())
    make_file(phone)
    phone.locator("#reporting-result").evaluate("node => node.scrollIntoView()")
    shots.append(phone.screenshot())
    for number, shot in enumerate(shots, 1):
        file = PICTURES / f"bao-cao-{number}.png"
        taken = Image.open(io.BytesIO(shot)).convert("L")
        if os.environ.get("UPDATE_PICTURES"):
            file.parent.mkdir(exist_ok=True)
            taken.quantize(16).save(file, optimize=True)
        kept = Image.open(file).convert("L")
        assert kept.size == taken.size
        difference = ImageStat.Stat(ImageChops.difference(kept, taken)).mean[0]
        assert difference < LARGEST_DIFFERENCE, f"{file.name}: take it anew"


# ------------------------------------------- the fictional province, which has earlier reports

DEMO_PLAN = "mau/so-nuoc-2024-2028"
DEMO_UNIT = "trung-tam-nuoc-sach"
FORGE = {
    "github": "https://github.com/snv/ke-hoach",
    "gitlab": "https://gitlab.com/snv/ke-hoach",
    "gitea": "https://codeberg.org/snv/ke-hoach",
}
NAMES_OF_QUERY = {
    "github": ("filename", "value"),
    "gitlab": ("file_name", "content"),
    "gitea": ("filename", "value"),
}


@pytest.fixture(scope="module")
def demo_form() -> bytes:
    site_model = derive(load_dataset(DATA["demo"])[0], date.fromisoformat(AS_OF))
    return plan_form(site_model, site_model.plans[DEMO_PLAN])[1]


OpenForm = Callable[..., Page]


@pytest.fixture
def open_form(visit: Visit, demo_form: bytes) -> OpenForm:
    """Open the page for a plan of the fictional province, as an office with a forge has it."""

    def open_form(kind: str, forge: str = "github", unit: str = DEMO_UNIT) -> Page:
        page = visit("bao-sai/", 360)
        page.clock.set_fixed_time(f"{AS_OF}T08:00:00+07:00")
        page.route("**/ke-hoach/mau/**/bao-cao.json", lambda route: route.fulfill(body=demo_form))

        def name_forge(route: Route) -> None:
            named = (
                f'<form data-forge-kind="{forge}" data-forge-url="{FORGE[forge]}"'
                ' data-forge-branch="main" data-forge-folder="plans"'
            )
            response = route.fetch()
            body = response.text().replace('<form id="reporting"', f'{named} id="reporting"')
            route.fulfill(response=response, body=body)

        page.route(re.compile(r"/bao-cao/\?"), name_forge)
        root = page.url.removesuffix("bao-sai/")
        page.goto(f"{root}bao-cao/?ke-hoach={DEMO_PLAN}&don-vi={unit}&loai={kind}")
        page.locator("#reporting").wait_for()
        return page

    return open_form


@pytest.mark.parametrize("forge", FORGE)
def test_a_correction_names_the_report_that_it_corrects_and_opens_the_forge(
    open_form: OpenForm, forge: str
) -> None:
    """Only what was reported can be corrected; the forge's page has the whole file in it."""
    page = open_form("dinh-chinh", forge)
    item = page.locator(".report-item").first
    item.get_by_label("đang thực hiện", exact=True).check()
    button = page.get_by_role("button", name="Kiểm tra và tạo tệp")
    assert page.get_by_label("Kỳ báo cáo").is_hidden()  # it is that of the report corrected
    item.get_by_label("Lý do").fill("Báo cáo trước ghi nhầm.")
    button.click()
    told = page.locator("#reporting-problems li")
    assert [line.partition(": ")[2] for line in told.all_inner_texts()] == [
        "chưa chọn báo cáo nào cần đính chính"
    ]
    choices = item.get_by_label("Đính chính báo cáo nào").locator("option").all_inner_texts()
    days = [date(*map(int, reversed(re.findall(r"\d+", one)[1:4]))) for one in choices[1:]]
    assert len(days) > 1 and days == sorted(days, reverse=True)
    assert re.fullmatch(r"năm 20\d\d, ngày [\d/]+: (?:hoàn thành|đang thực hiện)", choices[1])
    item.get_by_label("Đính chính báo cáo nào").select_option(index=2)
    item.get_by_label("Lý do").fill("")
    button.click()
    assert "chưa ghi lý do" in told.inner_text()
    item.get_by_label("Lý do").fill("Báo cáo trước ghi nhầm.")
    path, text = make_file(page)
    assert path == f"plans/{DEMO_PLAN}/reports/2025-{DEMO_UNIT}-2.yml"
    assert f"    corrects: 2025-{DEMO_UNIT}.yml\n" in text and 'period: "2025"' in text
    address = page.locator('[data-at="forge"]').get_attribute("href") or ""
    assert address.startswith(FORGE[forge]) and len(address) < 7500
    name, content = NAMES_OF_QUERY[forge]
    asked = parse_qs(urlsplit(address).query)
    assert asked[content] == [text]
    folder = urlsplit(address).path.partition("_new/main/")[2]
    assert "/".join(filter(None, [folder, *asked[name]])) == path


def test_a_draft_outlasts_another_body_another_kind_and_a_slip(open_form: OpenForm) -> None:
    """What was typed for one body is there when the clerk comes back, and once after deleting."""
    page = open_form("bao-cao")
    text = page.locator(".report-item").first.get_by_label("Đã làm được gì")
    page.locator(".report-item").first.get_by_label("đang thực hiện", exact=True).check()
    text.fill("Đã đào 3 giếng.")
    page.get_by_label("Kỳ báo cáo").fill("quý IV/2026")
    typed = page.evaluate("JSON.stringify(localStorage)")
    unit = page.locator("[name=unit]")
    unit.select_option(index=1)
    assert unit.input_value() != DEMO_UNIT
    assert page.get_by_label("Kỳ báo cáo").input_value() == "2026"
    unit.select_option(DEMO_UNIT)
    page.get_by_label("Đính chính", exact=True).check()
    page.get_by_label("Báo cáo", exact=True).check()
    assert text.input_value() == "Đã đào 3 giếng."
    assert page.get_by_label("Kỳ báo cáo").input_value() == "quý IV/2026"
    assert page.evaluate("JSON.stringify(localStorage)") == typed
    page.get_by_role("button", name="Xóa bản đang làm").click()
    assert (text.input_value(), unit.input_value()) == ("", DEMO_UNIT)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Lấy lại").click()
    assert text.input_value() == "Đã đào 3 giếng."


def test_old_answers_are_called_that_and_stay_with_their_period(open_form: OpenForm) -> None:
    """A draft of last year is no report for this one; what was sent is offered for deletion."""
    page = open_form("bao-cao")
    first = page.locator(".report-item").first
    reopened = page.locator('[data-at="reopened"]')
    assert reopened.is_hidden()
    first.get_by_label("đang thực hiện", exact=True).check()
    page.get_by_label("Kỳ báo cáo").fill("quý IV/2026")
    make_file(page)
    page.clock.set_fixed_time("2027-01-05T08:00:00+07:00")
    page.reload()
    reopened.wait_for()
    assert "bản làm dở ngày 22/11/2026 (kỳ quý IV/2026), đã tạo tệp" in reopened.inner_text()
    assert page.get_by_label("Kỳ báo cáo").input_value() == "quý IV/2026"
    assert page.get_by_label("Ngày", exact=True).input_value() == "5/1/2027"
    reopened.get_by_role("button").click()
    assert reopened.is_hidden()
    assert page.get_by_label("Kỳ báo cáo").input_value() == "2027"
    assert first.locator(":checked").get_attribute("value") == ""
    page.get_by_role("button", name="Lấy lại").click()
    assert page.get_by_label("Kỳ báo cáo").input_value() == "quý IV/2026"
    make_file(page)
    page.get_by_role("button", name="Đã gửi: xóa bản đang làm").click()
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Kỳ báo cáo").fill("Quý 4")
    page.clock.set_fixed_time("2027-11-05T08:00:00+07:00")
    page.reload()
    reopened.wait_for()
    assert page.get_by_label("Kỳ báo cáo").input_value() == "2026-q4"  # typed in January


def test_a_browser_that_keeps_nothing_asks_before_all_is_lost(open_form: OpenForm) -> None:
    """At the top, where leaving is; and whoever leaves all the same is asked once more."""
    page = open_form("bao-cao")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('forbidden'); } }")
    lost = page.locator('[data-at="lost"]')
    assert lost.is_hidden()
    text = page.locator(".report-item").first.get_by_label("Đã làm được gì")
    page.locator(".report-item").first.get_by_label("đang thực hiện", exact=True).check()
    text.fill("Đã đào 3 giếng.")
    assert lost.is_visible()
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="Trang chủ").first.click(no_wait_after=True)
    assert asked.value.type == "beforeunload"
    assert text.input_value() == "Đã đào 3 giếng."
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


def test_each_cause_is_told_once_and_at_its_field(open_form: OpenForm) -> None:
    """A day that is none is called that; nothing is concluded from it."""
    page = open_form("bao-cao")
    button = page.get_by_role("button", name="Kiểm tra và tạo tệp")
    told, invalid = page.locator("#reporting-problems li"), page.locator("[aria-invalid]")
    page.get_by_label("Kỳ báo cáo").fill("Quý IV năm 2026")
    button.click()
    assert told.all_inner_texts() == ["chưa điền việc nào"]
    first = page.locator(".report-item").first
    first.get_by_label("hoàn thành", exact=True).check()
    button.click()
    assert told.inner_text().endswith(": hoàn thành nhưng chưa ghi ngày hoàn thành")
    told.get_by_role("link").click()
    done_on = first.get_by_label("Ngày hoàn thành")
    assert done_on.evaluate("node => node === document.activeElement")
    assert done_on.get_attribute("aria-describedby") == told.get_attribute("id")
    done_on.fill("2/11/2026")
    page.get_by_label("Ngày", exact=True).fill("31/02/2026")
    button.click()
    assert told.all_inner_texts() == ["không có ngày 31/02/2026"]
    assert invalid.evaluate_all("nodes => nodes.map((node) => node.name)") == ["date"]
    page.get_by_label("Ngày", exact=True).fill("ngày 22 tháng 11 năm 2026")
    done_on.fill("31/9/2026")
    page.get_by_label("Kỳ báo cáo").fill("6 tháng đầu năm")
    first.get_by_role("button", name="Thêm tài liệu").click()
    first.get_by_label("Tên tài liệu").fill("Tờ trình")
    button.click()
    names = invalid.evaluate_all("nodes => nodes.map((node) => node.name)")
    assert [name.split(".")[-1] for name in names] == ["period", "done_on", "url"]
    assert "không có ngày 31/9/2026" in told.nth(1).inner_text()
    assert invalid.count() == told.count()


def test_the_browser_reads_what_is_typed_as_python_does(open_form: OpenForm) -> None:
    """Days, periods, figures, addresses: tests/unit/test_typed.py tries the same table."""
    with (ROOT / "tests" / "data" / "typed.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    read = """async ([rows, today]) => {
      const { readAddress, readDay, readNumber, readPeriod } = await import(
        new URL("typed.js", document.querySelector("script[src$='/report.js']").src));
      const readFigure = (typed) => {
        const { number, doubt } = readNumber(typed);
        return doubt ? `?${doubt.split("ghi lại ")[1]}` : number;
      };
      const readers = {
        address: readAddress, day: readDay, number: readFigure, period: readPeriod };
      return rows.map(({ kind, typed }) => readers[kind](typed, today));
    }"""
    found = open_form("bao-cao").evaluate(read, [rows, AS_OF])
    assert list(zip((row["typed"] for row in rows), found, strict=True)) == [
        (row["typed"], row["read"]) for row in rows
    ]


def test_a_target_that_is_done_without_a_figure_is_asked_about(open_form: OpenForm) -> None:
    """The file is made; beside it stands what `check` warns of."""
    page = open_form("bao-cao", unit="so-nong-nghiep-va-moi-truong")
    page.get_by_label("Kỳ báo cáo").fill("quý IV/2026")
    item = page.locator(".report-item").first
    item.get_by_label("hoàn thành", exact=True).check()
    item.get_by_label("Ngày hoàn thành").fill("2/11")
    make_file(page)
    remarks = page.locator('[data-at="remarks"]')
    assert "không ghi kết quả của chỉ tiêu trên 90%" in remarks.inner_text()
    item.get_by_label("Kết quả, tính bằng %").fill("91")
    make_file(page)
    assert "không ghi kết quả" not in remarks.inner_text()


REMIND = """async ([rules, today]) => {
  const source = document.querySelector("script[src$='/report.js']").src;
  const load = (name) => import(new URL(name, source));
  const { readFile, REPORT_FORM } = await load("../data.js");
  const { checkReport } = await load("rules.js");
  const { preparePersonalData } = await load("personal-data.js");
  const rulebook = JSON.parse(rules);
  rulebook.personal = preparePersonalData(rulebook.personal);
  const plan = new URLSearchParams(location.search).get("ke-hoach");
  const form = await readFile(new URL(`../ke-hoach/${plan}/bao-cao.json`, location), REPORT_FORM);
  const line = form.lines.filter(({ status }) => status === "in-progress").pop();
  const earlier = form.reports.find(({ file }) => file === line.file);
  const remind = (changes, { period = "2028", date = today } = {}) => {
    const entry = { item: line.item, target: line.target, ...changes };
    return checkReport(rulebook, form, { unit: line.unit, period, date, entries: [entry] }, today)
      .filter(({ isWarning, message }) => isWarning && /trong đó|cùng một/.test(message))
      .map(({ field, message }) => `${field}: ${message.replace(earlier.said, "…")}`);
  };
  const atOneTime = { period: earlier.period, date: today };
  const sameDay = { date: earlier.day };
  const done = { status: "done", done_on: `${earlier.day.slice(0, 4)}-01-05` };
  return [
    remind(done),
    remind({ ...done, reason: "Nghiệm thu lại." }),
    remind({ ...done, done_on: today }),
    remind({ ...done, done_on: earlier.day.slice(0, 7) }),
    remind({ status: "blocked" }, atOneTime),
    remind({ status: "blocked" }, sameDay),
    remind({ status: "blocked", corrects: line.file, reason: "Sai." }, atOneTime),
    remind({ status: "in-progress" }, atOneTime),
    remind({ status: "blocked" }),
  ];
}"""


def test_what_a_body_said_before_is_held_against_what_it_says_now(open_form: OpenForm) -> None:
    """As `check` warns: done before its own «chưa xong», two reports of one time that differ."""
    day = "done_on: ngày hoàn thành trước báo cáo …, trong đó chính cơ quan báo chưa xong"
    differs = (
        "status: “gặp vướng mắc” khác “đang thực hiện” đã báo (…), cùng một thời điểm;"
        " báo cáo trước sai thì chọn “Đính chính”"
    )
    found = open_form("bao-cao").evaluate(REMIND, [rules_file()[1].decode(), AS_OF])
    assert found == [[day], [], [], [], [differs], [differs], [], [], []]


def test_nothing_new_is_one_press_where_there_is_an_earlier_report(open_form: OpenForm) -> None:
    """An item with an earlier line may be confirmed; the file says `unchanged`."""
    page = open_form("bao-cao")
    page.get_by_label("Kỳ báo cáo").fill("2026-q4")
    page.locator("label:visible", has_text="không có gì mới").first.locator("input").focus()
    page.keyboard.press("Space")  # no mouse is needed
    _, text = make_file(page)
    assert text.endswith("    unchanged: true\n")


def test_a_response_is_a_file_of_its_own(open_form: OpenForm) -> None:
    """What the authority answers names the item and its day."""
    page = open_form("tra-loi")
    page.locator(".report-item summary").first.click()
    page.get_by_label("Câu trả lời").first.fill("Lớp mở vào tháng 12/2026.")
    path, text = make_file(page)
    assert path == f"plans/{DEMO_PLAN}/responses/{AS_OF}-{DEMO_UNIT}.yml"
    assert '    text: "Lớp mở vào tháng 12/2026."\n' in text


def test_a_mistake_is_told_by_a_letter_or_on_the_forge(visit: Visit) -> None:
    """The page that is wrong stands in the address; no name is asked for, nothing is sent."""
    office = Site(
        *("Công khai kế hoạch", "https://congkhai.example/", None),
        operator="Sở Mẫu",
        contact="thư gopy@tinh-mau.gov.vn",
        forge=read_forge(FORGE["github"]),
    )
    site_model = derive(load_dataset(DATA["demo"])[0], date.fromisoformat(AS_OF))
    renderer = Renderer([ROOT / "theme", Path(material.__file__).parent / "templates"], office)
    renderer.show(site_model, {})
    made = next(one for one in national_pages(site_model) if one.address == "bao-sai/")
    page = visit("bao-sai/", 360)
    root = page.url.removesuffix("bao-sai/")
    page.route(re.compile(r"/bao-sai/\?"), lambda route: route.fulfill(body=renderer.page(made)))
    page.goto(f"{root}bao-cao/?loai=bao-sai&trang=https://a.vn/x/")  # where it was before
    page.wait_for_url(re.compile(r"/bao-sai/\?"))
    assert page.get_by_label("Địa chỉ trang").input_value() == "https://a.vn/x/"
    button = page.get_by_role("button", name="Soạn lời báo sai")
    button.click()
    shown = page.get_by_label("Chữ đang hiện")
    assert shown.evaluate("node => node.validationMessage") == "Chưa ghi điều này"
    shown.fill("01/11")
    page.reload()  # what was typed is still there
    assert shown.input_value() == "01/11"
    button.click()
    text = page.locator('[data-at="text"]').inner_text()
    assert text == "Ở đâu: https://a.vn/x/\n\nChữ đang hiện: 01/11"
    letter = page.get_by_role("link", name="Mở thư").get_attribute("href") or ""
    assert letter.startswith("mailto:gopy@tinh-mau.gov.vn?")
    assert parse_qs(urlsplit(letter).query)["body"] == [text]
    address = page.get_by_role("link", name="Mở kho dữ liệu").get_attribute("href") or ""
    assert address.startswith("https://github.com/snv/ke-hoach/issues/new?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator('[data-at="personal"]').is_hidden()
    page.get_by_label("Chữ đúng").fill("Hỏi ông An, 0912 345 678")
    button.click()  # everybody reads the forge
    page.locator('[data-at="personal"]', has_text="số điện thoại di động").wait_for()
    assert page.get_by_role("link", name="Mở kho dữ liệu").is_hidden()


def test_an_address_of_nothing_is_told_as_that(open_form: OpenForm) -> None:
    """A plan that is not there is no fault of the network; nor is a body without a part."""
    page = open_form("bao-cao", unit="so-y-te-cu")
    status = page.locator("#reporting-status")
    assert "không có mục nào cho “so-y-te-cu”" in status.inner_text()
    page.goto(page.url.replace(DEMO_PLAN, "khac/khong-co"))
    page.locator("#reporting").wait_for()
    assert "Không có kế hoạch “khac/khong-co”." in status.inner_text()


def test_a_long_report_opens_the_forge_without_the_words_of_the_items(open_form: OpenForm) -> None:
    """They are half of the file, and comments."""
    page = open_form("bao-cao", unit="so-nong-nghiep-va-moi-truong")
    page.get_by_label("Kỳ báo cáo").fill("quý IV/2026")
    items = page.locator(".report-item")
    for place in range(8):
        items.nth(place).get_by_label("đang thực hiện", exact=True).check()
        items.nth(place).get_by_label("Đã làm được gì").fill("Đang làm, còn chờ khảo sát.")
        items.nth(place).get_by_label("Lý do").fill("Mưa lũ.")  # some were done
    _, text = make_file(page)
    assert text.count("\n  # ") > 8
    address = page.locator('[data-at="forge"]').get_attribute("href") or ""
    (sent,) = parse_qs(urlsplit(address).query)["value"]
    assert "\n  # " not in sent and len(address) < 7500
    assert [line for line in text.split("\n") if line and not line.startswith("  #")] == [
        line for line in sent.split("\n") if line
    ]


def test_the_browser_asks_for_what_check_asks_for(open_form: OpenForm) -> None:
    """Every rule about single lines finds the same lines in both: all ways to fill them in."""
    page = open_form("bao-cao")
    fields = {"status": [None, *schema.STATUSES], "unchanged": [False, True]}
    fields |= {"done_on": [None, "2026-06-12"], "value": [None, "5"]}
    fields |= {"reason": [None, "Vì bão."], "corrects": [None, "2024-trung-tam-nuoc-sach.yml"]}
    entries = [
        {"item": "ii.1", **dict(zip(fields, values, strict=True))}
        for values in itertools.product(*fields.values())
    ]
    rulebook = rules_file()[1].decode()
    found = page.evaluate(
        """async ([rulebook, entries]) => {
          const { findBrokenRules } = await import(
            new URL("rules.js", document.querySelector("script[src$='/report.js']").src));
          return entries.map((entry) => findBrokenRules(JSON.parse(rulebook).rules, entry));
        }""",
        [rulebook, entries],
    )
    read = TypeAdapter(Entry).validate_python
    for entry, broken in zip(entries, found, strict=True):
        given = read({name: value for name, value in entry.items() if value})
        assert broken == [n for n, rule in enumerate(ENTRY_RULES) if is_broken(rule, given)], entry


REFUSED = {
    "text": (
        "Ông An, điện thoại 0912 345 678",
        "Chuyển về tài khoản 0123456789012 VCB",
        "Đã hоàn thành",  # a Cyrillic о
        "Ñaõ hoaøn thaønh ba lôùp taäp huaán",
        "Ph¸t triÓn céng ®ång",
        "ÄÃ£ má»Ÿ lá»›p",
        "chữ a" + "\u0301" * 9,
        "x" * 20_001,
    ),
    "reason": ("Chờ bà Hoa, CCCD 001099012345",),
    "title": ("Biên nhận của ông An 0912345678",),
    "url": (
        *("https://zalo.me/0912345678", "https://1.2.3.4/x", "https://laichau.gov.vn:8443/x"),
        *("https://laichau.gov.vn./x", "https://xn--laichu-2va.vn/x", "https://a_b.vn/x"),
        *("https://lаichau.gov.vn/x", "https://bit.ly/x", "https://u:p@laichau.gov.vn/x"),
        *("http://laichau.gov.vn/x", "javascript:alert(1)", "//laichau.gov.vn/x", "tep", "a/b.pdf"),
        *(
            "..pdf",
            "bao-cao.exe",
            "https://laichau.gov.vn/<x>",
            "ftp://a.vn/x",
            "https://localhost",
        ),
    ),
    "period": ("2025", "2031", "quý IV/2025", "2026-12", "2026-13"),
    "date": ("23/11/2026", "2026-05", "1/1/2025", "31/02/2026"),
}
TAKEN = {
    "text": (
        "Đã mở 3 lớp\u200b cho 120\xa0người,\ufeff đạt 100%",
        "Ðã ký; đợt 2\u2028đang làm\x00",
        "\uf0b7 lớp một\n\u3000lớp hai",
        "Kho bạc Nhà nước, tài khoản 3713.0.1234567",
        "x" * 20_000,
        "Ba lớp: café, Đắk Lắk, Nghị quyết 57-NQ/TW; 5 µg/m³ 😀",
        "# XEM LẠI: - *không* {là} [yaml] ĐIỀN",
        "Xe của ông Nguyễn Văn An, sinh ngày 12/3/1980",  # told, and left to the clerk
    ),
    "reason": ("true", "~", "- x"),
    "title": ("Tờ trình: “số 12”, ngày 2/11",),
    "url": ("laichau.gov.vn/a b", "HTTPS://LaiChau.gov.vn/X?a=1#b", "https://www.laichau.gov.vn"),
    "period": ("2026", "quý IV/2026"),
    "date": ("22/11/2026", "22/11"),
}


def test_what_the_browser_takes_check_takes(open_form: OpenForm, tmp_path: Path) -> None:
    """In each field that people type in: no file is made that the repository then refuses."""
    plans = load_dataset(ROOT / "plans")[0]
    site_model = derive(plans, date.fromisoformat(AS_OF))
    form = json.loads(plan_form(site_model, site_model.plans[PLAN])[1])
    units = [row[0] for row in form["units"]["rows"] if row[4]]
    periods = [f"2026-{month:02}" for month in range(1, 12)]
    places = itertools.product(units, periods)  # a report of its own for each
    cases = [
        {"field": field, "typed": typed, "unit": unit, "period": period}
        for table in (REFUSED, TAKEN)
        for field, values in table.items()
        for typed, (unit, period) in zip(values, places, strict=False)
    ]
    page = open_form("bao-cao")
    made = page.evaluate(MAKE_REPORTS, [rules_file()[1].decode(), cases, AS_OF, PLAN])
    assert [one["cleaned"] for one in made] == [clean(case["typed"]).strip() for case in cases]
    refused = [case["typed"] for case, one in zip(cases, made, strict=True) if one["problems"]]
    assert refused == [typed for values in REFUSED.values() for typed in values]
    assert find_faulty(tmp_path / "taken", [one for one in made if not one["problems"]]) == set()
    told = [one for one in made if one["problems"]]
    assert find_faulty(tmp_path / "refused", told) == {one["name"] for one in told}


def find_faulty(folder: Path, made: list[dict[str, str]]) -> set[str]:
    """Name the reports of which `check` tells an error."""
    shutil.copytree(ROOT / "plans", folder / "plans")
    reports = folder / "plans" / PLAN / "reports"
    reports.mkdir(exist_ok=True)
    for one in made:
        (reports / one["name"]).write_text(one["text"], encoding="utf-8")
    dataset, problems = load_dataset(folder / "plans")
    problems += check(dataset, date.fromisoformat(AS_OF))
    return {one.path.rpartition("/")[2] for one in problems if one.severity == "error"}


MAKE_REPORTS = """async ([rules, cases, today, plan]) => {
  const source = document.querySelector("script[src$='/report.js']").src;
  const load = (name) => import(new URL(name, source));
  const { readFile, REPORT_FORM } = await load("../data.js");
  const { writeReport } = await load("file.js");
  const { checkReport } = await load("rules.js");
  const { cleanText, findFaultOfText, prepareCharacters } = await load("text.js");
  const { preparePersonalData } = await load("personal-data.js");
  const { readAddress, readDay, readPeriod } = await load("typed.js");
  const rulebook = JSON.parse(rules);
  rulebook.characters = prepareCharacters(rulebook.characters);
  rulebook.personal = preparePersonalData(rulebook.personal);
  const form = await readFile(new URL(`../ke-hoach/${plan}/bao-cao.json`, location), REPORT_FORM);
  for (const one of form.units) one.parts = one.parts.map((place) => form.parts[place]);
  return cases.map(({ field, typed, unit: id, period }) => {
    const text = cleanText(rulebook.characters, typed).trim();
    const unit = form.units.find((one) => one.id === id);
    const evidence = { place: 0, title: "Tờ trình", url: "https://laichau.gov.vn/a" };
    if (field === "title") evidence.title = text;
    if (field === "url") evidence.url = readAddress(text);
    const { id: item } = form.items[unit.items[0]];
    const entry = { item, status: "in-progress", evidence: [evidence] };
    if (field === "text" || field === "reason") entry[field] = text;
    const report = {
      unit: id,
      period: readPeriod(field === "period" ? text : period, today),
      date: readDay(field === "date" ? text : "22/11/2026", today),
      entries: [entry],
    };
    const fault = findFaultOfText(rulebook.characters, typed.normalize("NFC"));
    const found = checkReport(rulebook, form, report, today).filter((one) => !one.isWarning);
    return {
      cleaned: text,
      problems: [...(fault ? [fault.message] : []), ...found.map(({ message }) => message)],
      name: `${report.period}-${id}.yml`,
      text: writeReport(form, unit, report),
    };
  });
}"""


def test_the_browser_finds_personal_data_where_check_does(open_form: OpenForm) -> None:
    """All kinds in all examples, and nothing in a text that `check` takes."""
    with (ROOT / "tests" / "data" / "personal-data.tsv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t")]
    # Beside each other as well, where one's end may name the other's number.
    texts += [f"{one} {other}" for one, other in itertools.pairwise(texts)]
    page = open_form("bao-cao")
    found = page.evaluate(
        """async ([rulebook, texts]) => {
          const { findPersonalData, preparePersonalData } = await import(
            new URL("personal-data.js", document.querySelector("script[src$='/report.js']").src));
          const table = preparePersonalData(JSON.parse(rulebook).personal);
          return texts.map((text) => findPersonalData(table, text).map(({ name }) => name));
        }""",
        [rules_file()[1].decode(), texts],
    )
    for text, kinds in zip(texts, found, strict=True):
        assert kinds == [kind.name for kind in find_personal_data(text)], text
