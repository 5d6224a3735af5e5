"""Deadlines, recurrences and durations, and dates that are none.

The sentences stand in tests/data/reading, each with what is read: `printed = norm`, in the
order of the text.
"""

from __future__ import annotations

import pytest

from congkhai.reading.deadlines import Reading, read_cell, read_deadlines
from congkhai.reading.provision import Context, read_words
from tests.reading_data import rows


def describe(reading: Reading) -> str:
    """Write the deadlines in one line, as the table does."""
    return "; ".join(f"{due.span.printed} = {due.norm}" for due in reading.deadlines)


@pytest.mark.parametrize(("words", "deadlines"), rows("deadlines"))
def test_a_sentence_states_these_deadlines(words: str, deadlines: str) -> None:
    assert describe(read_deadlines(words)) == deadlines


@pytest.mark.parametrize(("words",), rows("not_deadlines"))
def test_a_date_in_a_name_or_a_base_is_no_deadline(words: str) -> None:
    reading = read_deadlines(words)
    assert describe(reading) == ""
    assert reading.doubts == ()


@pytest.mark.parametrize(("cell", "norms"), rows("deadline_cells"))
def test_a_cell_for_deadlines_needs_no_preposition(cell: str, norms: str) -> None:
    assert " | ".join(due.norm for due in read_cell(cell).deadlines) == norms


@pytest.mark.parametrize("cell", ["Theo Kế hoạch của Bộ", "Sau khi được phê duyệt"])
def test_a_cell_that_is_not_understood_is_asked(cell: str) -> None:
    reading = read_cell(cell)
    assert reading.deadlines == ()
    assert [span.printed for span in reading.doubts] == [cell]


def test_an_empty_cell_states_nothing() -> None:
    assert read_cell("  ") == Reading()


@pytest.mark.parametrize(
    "words",
    [
        "Tổ chức hội nghị trong tháng 6.",
        "Hoàn thành ngay sau khi Kế hoạch được ban hành.",
        "Báo cáo chậm nhất sau khi kết thúc.",
        "Xong trong vòng 03 tháng kể từ ngày ký.",
        "Hoàn thành trước ngày 31/02/2026.",
        "Tập huấn ngày 05/7/2026 cho cán bộ.",
        "Triển khai quý I, quý II.",
        "Thu hút trên 1,5 tỷ USD trong giai đoạn 2026 - 2030.",
        "Báo cáo định kỳ trước 16 giờ thứ Năm hằng tuần.",
        "Họp giao ban vào thứ Sáu hằng tuần.",
        "Xong trước Tết Nguyên đán năm 2027.",
        "Trình trước kỳ họp thứ 5 của HĐND tỉnh.",
        "Sơ kết giữa kỳ năm 2028, tổng kết năm 2030.",
    ],
)
def test_a_date_that_cannot_be_read_is_asked(words: str) -> None:
    facts = read_words(words)
    assert facts.deadlines == ()
    assert facts.questions


def test_a_vision_among_the_purposes_is_nobodys_deadline() -> None:
    words = "Xây dựng cộng đồng lấy người dân làm trung tâm vào năm 2045."
    assert read_words(words, Context(part="purpose")).deadlines == ()
    assert read_words(words).deadlines[0].norm == "2045"


def test_the_span_of_a_deadline_is_the_words_printed() -> None:
    words = "Đôn đốc, gửi báo cáo trước ngày 05 tháng cuối quý."
    span = read_deadlines(words).deadlines[0].span
    assert words[span.start : span.end] == span.printed
