"""Figures that a provision sets, and numbers that are none.

The sentences stand in tests/data/reading, each with the norms that are read, in the order
of the text.
"""

from __future__ import annotations

import pytest

from congkhai.reading.provision import read_words
from tests.reading_data import rows


@pytest.mark.parametrize(("words", "norms"), rows("figures"))
def test_a_sentence_sets_these_figures(words: str, norms: str) -> None:
    assert " | ".join(figure.norm for figure in read_words(words).figures) == norms


@pytest.mark.parametrize(("words",), rows("not_figures"))
def test_a_number_in_a_name_or_an_ordinal_is_no_figure(words: str) -> None:
    facts = read_words(words)
    assert facts.figures == ()


def test_every_figure_of_a_long_line_is_read_in_order() -> None:
    words = (
        "Tỷ lệ hộ nghèo dưới 3 %; 50 % trường đạt chuẩn; GDP bình quân đầu người năm 2015 là "
        "41 triệu đồng / người / năm; trên 95 % xã đạt chuẩn; 60-70 % ấp văn hoá."
    )
    norms = [figure.norm for figure in read_words(words).figures]
    assert norms == ["<3 %", "=50 %", "=41 triệu đồng/người/năm", ">95 %", "60..70 %"]


def test_the_span_of_a_figure_has_its_comparator() -> None:
    words = "Phấn đấu tối thiểu đạt 25% cán bộ."
    span = read_words(words).figures[0].span
    assert words[span.start : span.end] == span.printed == "tối thiểu đạt 25%"


def test_a_value_in_another_year_is_asked() -> None:
    facts = read_words("Đạt tối thiểu 90% (năm 2025 đạt 72,5%).")
    assert [figure.norm for figure in facts.figures] == [">=90 %"]
    assert facts.questions == ("«72,5%» có phải chỉ tiêu không",)


def test_a_number_without_a_unit_is_asked() -> None:
    facts = read_words("Điểm trung bình chất lượng đạt từ 3,8 trở lên.")
    assert facts.figures == ()
    assert facts.questions == ("«3,8 trở lên» có phải chỉ tiêu không",)
