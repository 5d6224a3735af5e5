"""From an office's file to a plan that passes every check but its questions."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from congkhai.checks.runner import check
from congkhai.cli import main
from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.drafting.document_tree import walk
from congkhai.drafting.draft_file import draft_file, find_signed, name_original
from tests.office_files import HEAD, TAIL, docx, footnotes, numbering, p, r, table

ROOT = Path(__file__).parents[2]
OFFICE = ROOT / "tests" / "data" / "office" / "ke-hoach-chuyen-doi-so.docx"
FOLDER = "hai-phong/xa-nam-sach/chuyen-doi-so-2026-2030"
HEAD_OF_FOLDER = HEAD.replace("BÌNH AN", "NAM SÁCH").replace("Bình An", "Nam Sách")


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a data folder with the registers of this repository, and none of its plans."""
    folder = tmp_path / "plans"
    (folder / FOLDER).mkdir(parents=True)
    for register in (ROOT / "plans").glob("*.yml"):
        shutil.copy(register, folder)
    monkeypatch.setenv("PLANS_DIR", str(folder))
    monkeypatch.setenv("AS_OF", "2026-11-22")
    return folder


def draft(source: Path, *more: str) -> int:
    return main(
        ["draft", str(source), "--locality", "10606", "--programme", "ascc-2026-2035", *more]
    )


def answer_questions(file: Path) -> None:
    """Delete the lines that ask, and confirm what is proposed for the registers.

    As a clerk does who agrees with everything.
    """
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# XEM LẠI" not in line), "utf-8")
    proposals = file.with_name("de-xuat.yml")
    if proposals.exists():
        fill_topics(proposals)
        assert main(["draft", "--accept", str(proposals)]) == 0


def fill_topics(proposals: Path) -> None:
    """Name the group of each figure, which nobody but a person can tell."""
    text = proposals.read_text("utf-8")
    proposals.write_text(text.replace('topic: ""', 'topic: "Dịch vụ công"'), "utf-8")


def load_plan(plans: Path, folder: str = FOLDER) -> schema.Plan:
    dataset, problems = load_dataset(plans)
    assert [str(problem) for problem in problems] == []
    errors = [
        problem for problem in check(dataset, date(2026, 11, 22)) if problem.severity == "error"
    ]
    assert [str(problem) for problem in errors] == []
    return dataset.plans[folder].value


def draft_words(plans: Path, name: str, raw: bytes) -> schema.Plan:
    """Draft a file, agree with every proposal, check, and load the plan."""
    (plans / FOLDER / name).write_bytes(raw)
    assert draft(plans / FOLDER / name) == 0
    answer_questions(plans / FOLDER / "plan.yml")
    return load_plan(plans)


def test_the_word_file_of_an_office_becomes_a_plan(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(OFFICE, plans / FOLDER)
    assert draft(plans / FOLDER / OFFICE.name) == 0
    said = capsys.readouterr().out
    file = plans / FOLDER / "plan.yml"
    asked = file.read_text("utf-8").count("# XEM LẠI: ")
    assert f"Còn {asked} câu hỏi" in said
    assert re.search(r"Đã đọc \d+ mục: \d+ mục có cơ quan chủ trì \(\d+ mục có", said)
    assert re.search(r"\d+ thời hạn, \d+ chỉ tiêu có con số\.\nCòn \d+ câu hỏi\. Việc", said)
    assert "«trước ngày 30/6/2026» → «trước ngày 30/9/2026»" in file.read_text("utf-8")

    answer_questions(file)
    plan = load_plan(plans)
    assert (plan.document.number, plan.document.symbol) == ("45", "KH-UBND")
    assert plan.original is not None
    assert plan.original.file == OFFICE.name
    (appendix,) = plan.attachments
    (tasks,) = appendix.items
    assert tasks.columns[:3] == ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì")
    first = tasks.items[0].items[0]
    assert (first.number, first.text) == ("1", "Số hóa hồ sơ lưu trữ")
    assert first.cells == ("Văn phòng HĐND và UBND", "Phòng Kinh tế", "Kho dữ liệu số", "30/9/2026")
    assert (first.lead, first.coordinating) == (("van-phong-hdnd-va-ubnd",), ("phong-kinh-te",))
    assert (first.deliverable, str(first.due[0].by)) == ("Kho dữ liệu số", "30/9/2026")
    merged = tasks.items[1].items[1]
    assert (merged.number, merged.cells[0], merged.lead) == (None, "", ("phong-van-hoa-xa-hoi",))


def test_a_workbook_becomes_a_plan(plans: Path) -> None:
    shutil.copy(OFFICE.with_name("nhiem-vu.xlsx"), plans / FOLDER)
    assert draft(plans / FOLDER / "nhiem-vu.xlsx") == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert 'deliverable: "12 điểm wifi"' in text
    assert "period: {from: 2026, to: 2026}" in text
    assert "để trống cơ quan chủ trì" in text
    # The sheet names no issuer, and the title is all its type: what is empty is refused.
    answer_questions(plans / FOLDER / "plan.yml")
    _, problems = load_dataset(plans)
    assert [problem.message for problem in problems] == ["«issuer» chưa điền"]


def test_the_original_is_renamed_so_that_an_address_can_have_it(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = plans / FOLDER / "Kế hoạch CĐS 2026.docx"
    shutil.copy(OFFICE, source)
    assert draft(source) == 0
    assert (
        "Đã đổi tên Kế hoạch CĐS 2026.docx thành ke-hoach-cds-2026.docx." in capsys.readouterr().out
    )
    answer_questions(plans / FOLDER / "plan.yml")
    original = load_plan(plans).original
    assert original is not None and original.file == "ke-hoach-cds-2026.docx"
    assert not source.exists()


def test_an_original_elsewhere_is_copied_beside_the_draft(plans: Path, tmp_path: Path) -> None:
    source = tmp_path / "Tải về.docx"
    shutil.copy(OFFICE, source)
    assert draft(source, "--output", str(plans / FOLDER / "plan.yml")) == 0
    assert (plans / FOLDER / "tai-ve.docx").read_bytes() == source.read_bytes()
    assert source.exists()


def test_the_signed_file_beside_the_word_file_is_named_and_asked_about(plans: Path) -> None:
    """It is not read, and gets a name that an address can have, as the Word file does."""
    shutil.copy(OFFICE, plans / FOLDER / "Kế hoạch.docx")
    (plans / FOLDER / "Bản ký số.pdf").write_bytes(b"%PDF-1.7\nscan")
    assert draft(plans / FOLDER / "Kế hoạch.docx") == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert "# XEM LẠI: mở ban-ky-so.pdf: có đúng là bản đã ký của chính văn bản này không?" in text
    answer_questions(plans / FOLDER / "plan.yml")
    original = load_plan(plans).original
    assert original is not None and original.signed is not None
    assert (original.file, original.signed.file) == ("ke-hoach.docx", "ban-ky-so.pdf")


def test_of_several_pdf_files_that_of_the_same_name_is_the_signed_one(tmp_path: Path) -> None:
    word = tmp_path / "Kế hoạch.docx"
    assert find_signed(word) is None
    (tmp_path / "a.pdf").touch()
    assert find_signed(word) == tmp_path / "a.pdf"
    (tmp_path / "b.pdf").touch()
    assert find_signed(word) is None
    (tmp_path / "ke-hoach.PDF").touch()
    assert find_signed(word) == tmp_path / "ke-hoach.PDF"
    assert find_signed(tmp_path / "a.pdf") is None


def test_a_signed_file_is_held_to_what_was_received(plans: Path) -> None:
    """What check proposes for a file that came later is right as it is pasted."""
    folder = plans / FOLDER
    shutil.copy(OFFICE, folder)
    draft(folder / OFFICE.name)
    answer_questions(folder / "plan.yml")
    (folder / "ky.pdf").write_bytes(b"%PDF-1.7\nscan")

    def list_errors() -> list[str]:
        found = check(load_dataset(plans)[0], date(2026, 11, 22))
        return [str(one) for one in found if one.severity == "error"]

    (told,) = list_errors()
    text = (folder / "plan.yml").read_text("utf-8")
    entry = told.partition("hai dấu cách: ")[2]
    assert entry.startswith('signed: {file: ky.pdf, sha256: "')
    (folder / "plan.yml").write_text(
        text.replace("original:\n", f"original:\n  {entry}\n"), "utf-8"
    )
    assert list_errors() == []
    (folder / "ky.pdf").write_bytes(b"%PDF-1.7\nanother")
    (told,) = list_errors()
    assert "tệp «ky.pdf» không còn như khi nhận" in told
    (folder / "ky.pdf").unlink()
    (told,) = list_errors()
    assert "không thấy tệp «ky.pdf»" in told and "bỏ phần signed" in told
    (folder / "plan.yml").write_text(
        text.replace("original:\n", f"original:\n  {entry.replace('ky.pdf', OFFICE.name)}\n"),
        "utf-8",
    )
    (told,) = list_errors()
    assert "signed là bản PDF đã ký" in told


def test_a_pdf_beside_a_text_is_named_as_the_original(plans: Path) -> None:
    shutil.copy(OFFICE, plans / FOLDER)
    draft(plans / FOLDER / OFFICE.name)
    answer_questions(plans / FOLDER / "plan.yml")
    plan = plans / FOLDER / "plan.yml"
    plan.write_text(plan.read_text("utf-8").partition("original:")[0], "utf-8")
    (plans / FOLDER / OFFICE.name).rename(plans / FOLDER / "ky.pdf")
    (plans / FOLDER / "ky.pdf").write_bytes(b"%PDF-1.7\nscan")
    found = check(load_dataset(plans)[0], date(2026, 11, 22))
    (told,) = [str(one) for one in found if one.severity == "error"]
    entry = told.partition("plan.yml dòng: ")[2]
    plan.write_text(f"{plan.read_text('utf-8')}{entry}\n", "utf-8")
    original = load_plan(plans).original
    assert original is not None and original.file == "ky.pdf"


def test_another_file_in_place_of_the_original_is_an_error(plans: Path) -> None:
    shutil.copy(OFFICE, plans / FOLDER)
    draft(plans / FOLDER / OFFICE.name)
    answer_questions(plans / FOLDER / "plan.yml")
    (plans / FOLDER / OFFICE.name).write_bytes(docx(*HEAD, *TAIL))
    dataset, _ = load_dataset(plans)
    problems = [
        one.message for one in check(dataset, date(2026, 11, 22)) if one.severity == "error"
    ]
    assert problems == [f"tệp «{OFFICE.name}» không còn như khi nhận"]
    (plans / FOLDER / OFFICE.name).unlink()
    dataset, _ = load_dataset(plans)
    problems = [
        one.message for one in check(dataset, date(2026, 11, 22)) if one.severity == "error"
    ]
    assert problems == [f"không thấy tệp «{OFFICE.name}» cạnh plan.yml"]


def test_a_word_missing_in_a_cell_is_an_error(plans: Path) -> None:
    shutil.copy(OFFICE, plans / FOLDER)
    draft(plans / FOLDER / OFFICE.name)
    file = plans / FOLDER / "plan.yml"
    answer_questions(file)
    file.write_text(file.read_text("utf-8").replace('"Quý IV/2026"]', '"Quý III/2026"]'), "utf-8")
    dataset, _ = load_dataset(plans)
    problems = [
        one.message for one in check(dataset, date(2026, 11, 22)) if one.severity == "error"
    ]
    assert any("Quý III/2026" in problem for problem in problems)


ARTICLES = [("decimal", "Điều %1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")]


def test_a_decision_with_an_attached_plan(plans: Path) -> None:
    blocks = [
        p("UBND XÃ NAM SÁCH"), p("Số: 12/QĐ-UBND"), p("Nam Sách, ngày 3 tháng 2 năm 2026"),
        p("QUYẾT ĐỊNH"), p("Ban hành Kế hoạch giảm nghèo năm 2026"),
        p("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"), p("Căn cứ Luật Tổ chức chính quyền địa phương;"),
        p("QUYẾT ĐỊNH:"),
        p("Ban hành kèm theo Quyết định này Kế hoạch giảm nghèo.", level=0),
        p("Quyết định có hiệu lực từ ngày ký.", level=0),
        p("Nơi nhận:"), p("- Như Điều 2;"), p("- Lưu: VT."), p("CHỦ TỊCH"), p("Trần Văn B"),
        p("KẾ HOẠCH"), p("Giảm nghèo năm 2026"), p("(Kèm theo Quyết định số 12/QĐ-UBND)"),
        p("I. NHIỆM VỤ"), p("1. Phòng Kinh tế rà soát hộ nghèo trước ngày 30/6/2026."),
        table(("STT", "Công việc", "Phụ trách", "Tham gia", "Hạn"),
              ("1", "Rà soát", "Phòng Kinh tế", "Trưởng các thôn", "6/2026")),
    ]  # fmt: skip
    plan = draft_words(plans, "qd.docx", docx(*blocks, numbering=numbering(ARTICLES)))
    assert plan.document.type == "QUYẾT ĐỊNH"
    assert [item.id for item in plan.body] == ["dieu-1", "dieu-2"]
    (attached,) = plan.attachments
    assert attached.title == "KẾ HOẠCH Giảm nghèo năm 2026"
    row = attached.items[0].items[1].items[0]
    assert (row.text, row.lead, str(row.due[0].by)) == ("Rà soát", ("phong-kinh-te",), "6/2026")


def test_a_plan_of_articles_with_dotted_numbers(plans: Path) -> None:
    lines = [p(line) for line in HEAD_OF_FOLDER.splitlines()]
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = [
        p("Mục tiêu", level=0), p(raw=r("Đạt 80% hồ sơ vào năm 2026.") + reference, level=1),
        p("Nhiệm vụ", level=0), p("Phòng Kinh tế:", level=1), p("Rà soát.", level=2),
        p("Báo cáo.", level=2),
    ]  # fmt: skip
    end = [p(line) for line in TAIL.splitlines()]
    raw = docx(
        *lines, *body, *end, numbering=numbering(ARTICLES), footnotes=footnotes("Tính cả năm.")
    )
    plan = draft_words(plans, "dieu.docx", raw)
    assert [item.id for item in plan.body] == ["dieu-1", "dieu-2"]
    (target,) = plan.body[0].items
    assert (target.id, target.text) == ("dieu-1.1.1", "Đạt 80% hồ sơ vào năm 2026. ¹ Tính cả năm.")
    assert [item.id for item in plan.body[1].items[0].items] == ["dieu-2.2.1.a", "dieu-2.2.1.b"]


def test_what_is_read_and_not_written_is_asked(plans: Path) -> None:
    """Blank cells keep their place; a body and a document that no register has get an entry."""
    head = HEAD.replace(
        "Ủy ban nhân dân xã Bình An ban hành",
        "Thực hiện Kế hoạch số 77/KH-UBND ngày 15/01/2026 của UBND tỉnh Bình An về chuyển đổi số,"
        " Ủy ban nhân dân xã Bình An ban hành",
    )
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Kết quả", "Thời hạn"),
        ("1", "Một", "Hội Sinh vật cảnh xã", "", "02 lớp", "Quý III/2026"),
        ("2", "Hai", "Phòng Kinh tế", "", "", "Hằng quý"),
    ]
    goals = [
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026"),
        ("1", "Hồ sơ trực tuyến", "%", "85"),
    ]
    body = [p("I. CHỈ TIÊU"), table(*goals), p("II. NHIỆM VỤ"), table(*rows)]
    lines = [p(line) for line in head.splitlines()]
    source = plans / FOLDER / "a.docx"
    source.write_bytes(docx(*lines, *body, *(p(line) for line in TAIL.splitlines())))
    assert draft(source) == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert 'cells: ["Phòng Kinh tế", "", "", "Hằng quý"]' in text
    assert 'cells: ["%", "85"]' in text
    assert 'due: {printed: "Quý III/2026", by: "2026-q3"}' in text
    assert 'due: {printed: "Hằng quý", every: quarter}' in text
    assert "lead: [hoi-sinh-vat-canh-xa]" in text
    assert re.search(r'measure: ho-so-truc-tuyen\s+printed: "85"', text)
    proposals = yaml.safe_load((plans / FOLDER / "de-xuat.yml").read_text("utf-8"))
    assert proposals["units"]["hoi-sinh-vat-canh-xa"] == {
        "name": "Hội Sinh vật cảnh xã",
        "level": ["commune"],
        "nature": "union",
    }
    assert proposals["documents"]["77-kh-ubnd-2026"] == {
        "type": "Kế hoạch",
        "number": "77",
        "symbol": "KH-UBND",
        "date": "2026-01-15",
        "issuer": "UBND tỉnh Bình An",
        "title": "Chuyển đổi số",
    }


def test_words_with_a_line_break_are_asked_about_on_one_line(plans: Path) -> None:
    """A cell of two lines is quoted by a question, which is a comment: it may not end there.

    The appendix has a paragraph of its own before its signature, and each an id by its place.
    """
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        ("1", "Tập huấn 50 người\nwithdrawn: []", "Phòng Kinh tế", "Quý III/2026"),
    ]
    lines = [p(line) for line in f"{HEAD_OF_FOLDER}I. NHIỆM VỤ\n1. Rà soát.\n".splitlines()]
    end = [p(line) for line in TAIL.splitlines()]
    appendix = [p("PHỤ LỤC"), p("Danh mục nhiệm vụ"), table(*rows)]
    raw = docx(*lines, *end, *appendix, p("Ghi chú: số liệu năm 2025."), *end)
    (plans / FOLDER / "a.docx").write_bytes(raw)
    assert draft(plans / FOLDER / "a.docx") == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert re.search(r"# XEM LẠI: con số «50 người .*» chưa ghi thành chỉ tiêu", text)
    assert "withdrawn: []" not in text.split()
    answer_questions(plans / FOLDER / "plan.yml")
    (attached,) = load_plan(plans).attachments
    assert next(item.id for item in attached.items if ".cuoi-" in item.id) == "phu-luc.cuoi-3"


def test_what_nobody_sees_is_taken_out_of_an_office_file_and_told(plans: Path) -> None:
    """Signs that come along from web pages and Zalo; no data file may have them."""
    body = "I. NHIỆM VỤ\n1. Phòng Kinh\u200b tế m\u00adở hai lớp\u202e.\n2. \u00d0oàn xã rà soát.\n"
    lines = [p(line) for line in f"{HEAD_OF_FOLDER}{body}{TAIL}".split("\n")]
    (plans / FOLDER / "a.docx").write_bytes(docx(*lines))
    assert draft(plans / FOLDER / "a.docx") == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert "# XEM LẠI: tệp có ký tự không nhìn thấy hoặc chữ Đ của bảng mã khác ở 2 chỗ" in text
    assert "Phòng Kinh tế mở hai lớp." in text and "Đoàn xã rà soát." in text
    answer_questions(plans / FOLDER / "plan.yml")
    assert load_plan(plans).body


def test_a_letter_that_no_plan_may_have_is_asked_about(plans: Path) -> None:
    """It cannot be mended unseen, and does not keep the draft from being written."""
    body = "I. NHIỆM VỤ\n1. Phòng Kinh tế c\u043eng khai giá.\n"
    lines = [p(line) for line in f"{HEAD_OF_FOLDER}{body}{TAIL}".splitlines()]
    (plans / FOLDER / "a.docx").write_bytes(docx(*lines))
    assert draft(plans / FOLDER / "a.docx") == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert re.search(r"# XEM LẠI: chữ «\u043e» trong «c\u043eng» là chữ Kirin", text)


PLAN_TEXT = f"{HEAD_OF_FOLDER}I. NHIỆM VỤ\n1. Phòng Kinh tế rà soát.\n"
SECOND = (
    PLAN_TEXT.replace("45/KH", "46/KH")
    .replace("Chuyển đổi số", "Giảm nghèo")
    .replace("Số: ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: ")
)


@pytest.mark.parametrize("end", [TAIL, ""], ids=["signed", "unsigned"])
def test_each_document_of_a_file_has_a_draft_of_its_own(end: str, plans: Path) -> None:
    """Two numbers are two plans: neither may count as a part of the other, and none is lost."""
    lines = [p(line) for line in f"{PLAN_TEXT}{end}{SECOND}{TAIL}".splitlines()]
    (plans / FOLDER / "a.docx").write_bytes(docx(*lines))
    assert draft(plans / FOLDER / "a.docx") == 0
    beside = Path(FOLDER).with_name("giam-ngheo-nam-2026").as_posix()
    (plans / beside / "de-xuat.yml").unlink()
    both = ((FOLDER, "45", "46"), (beside, "46", "45"))
    for folder, _, other in both:
        file = plans / folder / "plan.yml"
        text = file.read_text("utf-8").replace(Path(beside).name, "ascc-2026-2035")
        assert re.search(rf"# XEM LẠI: tệp có 2 văn bản.*số {other}/KH-UBND", text)
        file.write_text(text, "utf-8")
        answer_questions(file)
    for folder, number, _ in both:
        plan = load_plan(plans, folder)
        assert (plan.document.number, len(plan.body), plan.attachments) == (number, 1, ())
        assert (plans / folder / "a.docx").is_file() and (plans / folder / "source.txt").is_file()


def test_what_is_attached_to_a_document_stays_in_its_draft(plans: Path) -> None:
    """It says so below its title, and may have a letterhead of its own."""
    attached = SECOND.replace("Ủy ban", "(Kèm theo Kế hoạch số 45/KH-UBND)\nỦy ban")
    lines = [p(line) for line in f"{PLAN_TEXT}{TAIL}{attached}{TAIL}".splitlines()]
    (plans / FOLDER / "a.docx").write_bytes(docx(*lines))
    assert draft(plans / FOLDER / "a.docx") == 0
    answer_questions(plans / FOLDER / "plan.yml")
    assert len(load_plan(plans).attachments) == 1
    assert [folder.name for folder in (plans / FOLDER).parent.iterdir()] == [Path(FOLDER).name]


SOURCES = sorted((ROOT / "plans").rglob("source.txt"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.parent.name)
def test_a_draft_passes_every_check_but_its_questions(source: Path, plans: Path) -> None:
    """The sources of the real plans, as a clerk would draft them who agrees with everything."""
    folder = source.parent.relative_to(ROOT / "plans").as_posix()
    target = plans / folder
    target.mkdir(parents=True)
    shutil.copy(source, target)
    arguments = ["--programme", "ascc-2026-2035", "--output", str(target / "plan.yml")]
    if folder.startswith("quang-nam/"):
        arguments += ["--locality", "49"]  # dissolved: its folder alone tells nothing
    assert main(["draft", str(target / "source.txt"), *arguments]) == 0
    # The title of the oldest plan states its last year alone: that line is left to a person.
    file = target / "plan.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("from: null, to: null", "from: 2016, to: 2025"), "utf-8")
    answer_questions(file)
    assert load_plan(plans, folder).body


_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/20\d\d(?!\d)|\d+(?:,\d+)? ?%")


@pytest.mark.parametrize("source", [*SOURCES, OFFICE], ids=lambda path: path.parent.parent.name)
def test_no_day_and_no_share_of_a_provision_passes_in_silence(source: Path) -> None:
    """Each is in a deadline, a target, a citation, or in a question at its provision."""
    dataset, _ = load_dataset(ROOT / "plans")
    drafted = draft_file(source, dataset, locality="10606", programme="ascc-2026-2035").draft
    cited = re.findall(r'printed: ("(?:[^"\\]|\\.)*"), at:', drafted.yaml)
    passed = 0
    for node, _ in walk([*drafted.outline.body, *drafted.outline.attachments]):
        proposal = drafted.proposals[node.id]
        held = [due["printed"] for due in proposal.due]
        held += [target["printed"] for target in proposal.targets]
        held += [*proposal.doubts, proposal.deliverable or "", *cited]
        words = f"{node.title or ''} {node.text or ''} {' '.join(node.cells)}"
        # «(Kèm theo Kế hoạch số 45/KH-UBND ngày 12/6/2026 …)» is the document's own date.
        for match in _DAY.finditer(re.sub(r"\(Kèm theo [^)]*\)", "", words)):
            passed += 1
            assert any(match[0] in one for one in held), (node.id, match[0])
    assert passed


def test_what_waits_in_the_proposals_is_not_to_be_typed_into_the_register(plans: Path) -> None:
    """The document, measure, programme that the draft proposed; others are told as everywhere."""
    shutil.copy(OFFICE, plans / FOLDER)
    assert main(["draft", str(plans / FOLDER / OFFICE.name)]) == 0
    proposals = plans / FOLDER / "de-xuat.yml"
    sections = yaml.safe_load(proposals.read_text("utf-8"))

    def list_unknown() -> list[str]:
        found = [str(one) for one in check(load_dataset(plans)[0], date(2026, 11, 22))]
        return [one for one in found if "còn chờ trong" in one or "thêm vào" in one]

    told = list_unknown()
    assert {"measures", "programmes"} <= sections.keys()
    for name in (name for entries in sections.values() for name in entries):
        (line,) = {one.partition(": ")[2] for one in told if f"«{name}»" in one}
        assert f"«{name}» còn chờ trong de-xuat.yml → xem mục ấy, rồi chạy: congkhai draft" in line
        assert line.endswith(f"--accept plans/{FOLDER}/de-xuat.yml")
    assert len(told) >= len(sections)
    proposals.unlink()
    assert list_unknown() and not any("còn chờ" in one for one in list_unknown())


def test_proposals_have_to_be_confirmed(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Deleting every question unread is not enough: what registers lack is refused."""
    shutil.copy(OFFICE, plans / FOLDER)
    assert draft(plans / FOLDER / OFFICE.name) == 0
    file, proposals = plans / FOLDER / "plan.yml", plans / FOLDER / "de-xuat.yml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# XEM LẠI" not in line), "utf-8")
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    assert "còn đề xuất cho các danh mục chung chưa xác nhận" in printed
    assert f"congkhai draft --accept {proposals.relative_to(plans.parent)}" in printed
    assert "«ho-so-duoc-nop-truc-tuyen»" in printed
    assert "#   Giảm nghèo\n" in proposals.read_text("utf-8"), "the groups that there are"

    assert main(["draft", "--accept", str(proposals)]) == 1
    assert "«topic» chưa điền" in capsys.readouterr().out
    fill_topics(proposals)
    proposals.write_text(
        proposals.read_text("utf-8").replace('"hồ sơ được nộp trực tuyến"', '""'), "utf-8"
    )
    assert main(["draft", "--accept", str(proposals)]) == 1
    assert "«name» chưa điền" in capsys.readouterr().out
    assert proposals.exists()

    proposals.write_text(
        proposals.read_text("utf-8").replace('name: ""', 'name: "hồ sơ được nộp trực tuyến"'),
        "utf-8",
    )
    assert main(["draft", "--accept", str(proposals)]) == 0
    assert not proposals.exists()
    assert main(["check"]) == 0
    measure = load_dataset(plans)[0].measures["ho-so-duoc-nop-truc-tuyen"]
    assert measure.name == "hồ sơ được nộp trực tuyến"
    assert measure.topic == "Dịch vụ công"


def test_a_draft_in_its_folder_needs_no_codes(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The locality is that of the folder; a programme is proposed under the folder's name."""
    shutil.copy(OFFICE, plans / FOLDER)
    assert main(["draft", str(plans / FOLDER / OFFICE.name)]) == 0
    text = (plans / FOLDER / "plan.yml").read_text("utf-8")
    assert 'locality: "10606"' in text
    assert "programme: chuyen-doi-so-2026-2030\n" in text
    proposals = yaml.safe_load((plans / FOLDER / "de-xuat.yml").read_text("utf-8"))
    programme = proposals["programmes"]["chuyen-doi-so-2026-2030"]
    assert programme["document"] == "168-kh-ubnd-hai-phong-2026"
    assert programme["subject"] == "Chuyển đổi số trên địa bàn xã Nam Sách"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Kế hoạch số 45.DOCX", "ke-hoach-so-45.docx"), ("a.pdf", "a.pdf"), ("a.html", None)],
)
def test_names_of_originals(name: str, kept: str | None) -> None:
    assert name_original(Path(name)) == kept


def test_a_file_that_cannot_be_read_says_what_to_do(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = plans / FOLDER / "cu.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(64))
    assert draft(source) == 2
    assert "lưu thành .docx" in capsys.readouterr().err
