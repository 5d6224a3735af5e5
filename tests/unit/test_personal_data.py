"""Personal data is found however it is spelled, and figures of the State are left alone.

`tests/data/personal-data.tsv`: a hundred texts with personal data and its kind, a hundred without.
All numbers and names are invented.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from congkhai.drafting.plan_draft import draft_plan
from congkhai.text.personal_data import find_personal_data
from tests.cases import MINIMAL, lay_out, problems_of

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
LIST = Path(__file__).parents[1] / "data" / "personal-data.tsv"
with LIST.open(encoding="utf-8", newline="") as file:
    ROWS = [
        (row["kind"], row["text"].replace("\\n", "\n"))
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
WITH = [row for row in ROWS if row[0]]
WITHOUT = [text for kind, text in ROWS if not kind]


def kinds_in(text: str) -> list[str]:
    return [kind.name for kind in find_personal_data(text)]


def test_a_hundred_texts_each_are_measured() -> None:
    assert (len(WITH), len(WITHOUT)) == (100, 100)


@pytest.mark.parametrize(("kind", "text"), WITH)
def test_personal_data_is_found_in_every_spelling(kind: str, text: str) -> None:
    assert kind in kinds_in(text)


@pytest.mark.parametrize("text", WITHOUT)
def test_a_figure_of_another_kind_raises_no_alarm(text: str) -> None:
    assert kinds_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "0912\u00a0345\u00a0678",
        "CCCD 001099\n  012345",
        "Gọi ０９１２３４５６７８",
        "(84-24) 3825-1234",
        "Chuyển khoản 0123456789012 VCB",
        "lan (a) gmail (.) com",
        "tuan_nguyen AT gmail DOT com",
        "0912345678/0987654321",
        "09l2345678",
        "O9I2 345 678",
    ],
)
def test_blanks_lines_and_signs_between_hide_nothing(text: str) -> None:
    assert kinds_in(text)


def test_official_texts_raise_no_alarm() -> None:
    """The five sources: a hundred thousand characters."""
    sources = sorted((Path(__file__).parents[2] / "plans").rglob("source.txt"))
    assert len(sources) >= 5
    for source in sources:
        for line in source.read_text("utf-8").splitlines():
            assert kinds_in(line) == [], line


def warnings_of(folder: Path, words: str, note: str = "") -> list[str]:
    """Return what is said of the smallest plan with these words, and a note at them."""
    plans = lay_out(MINIMAL, folder)
    file = plans / PLAN / "plan.yml"
    text = file.read_text("utf-8").replace("Đề nghị Mặt trận Tổ quốc phối hợp tuyên truyền.", words)
    assert words in text
    file.write_text(text + note, "utf-8")
    return [str(problem) for problem in problems_of(plans) if "có vẻ chứa" in problem.message]


def test_a_plan_s_words_are_warned_of_until_a_note_quotes_them(tmp_path: Path) -> None:
    """Without the number itself, with what to do; an office's own number may stay."""
    words = "Đề nghị Mặt trận Tổ quốc tiếp nhận phản ánh qua số 0213 3876 543."
    warnings = warnings_of(tmp_path / "without", words)
    assert len(warnings) == 1
    assert "cảnh báo: văn bản có vẻ chứa số điện thoại cố định → che bằng" in warnings[0]
    assert "3876" not in warnings[0]
    note = "  - {at: ii-2, kind: context, printed: số 0213 3876 543, text: Số của cơ quan.}\n"
    assert warnings_of(tmp_path / "with", words, note) == []


def test_a_draft_asks_about_personal_data() -> None:
    source = (
        "ỦY BAN NHÂN DÂN\nXÃ NAM SÁCH\nSố: 45/KH-UBND\n"
        "Nam Sách, ngày 12 tháng 6 năm 2026\nKẾ HOẠCH\n"
        "Thực hiện Chương trình\nỦy ban nhân dân xã Nam Sách ban hành Kế hoạch như sau:\n"
        "I. NHIỆM VỤ\n1. Trạm Y tế: liên hệ 0912 345 678.\n2. Phòng Kinh tế: tuyên truyền.\n"
    )
    draft = draft_plan(source, {})
    questions = [line.strip() for line in draft.splitlines() if "có vẻ chứa" in line]
    assert len(questions) == 1
    assert questions[0].startswith("# XEM LẠI: văn bản có vẻ chứa số điện thoại di động: che bằng")
