"""Documents that a sentence cites: number, symbol, date, issuer and title as printed."""

from __future__ import annotations

import pytest

from congkhai.reading.citations import read_citations, read_ground
from tests.reading_data import rows


@pytest.mark.parametrize(
    ("words", "number", "symbol", "date", "issuer", "title"), rows("citations")
)
def test_a_citation_is_taken_apart(
    words: str, number: str, symbol: str, date: str, issuer: str, title: str
) -> None:
    (citation,) = read_citations(words)
    parts = citation.number, citation.symbol, citation.date, citation.issuer, citation.title
    assert tuple(part or "" for part in parts) == (number, symbol, date, issuer, title)
    assert words[citation.span.start : citation.span.end] == citation.span.printed


def test_every_citation_of_a_sentence_is_read() -> None:
    words = "Sửa đổi Quyết định số 157/2007/QĐ-TTg, Quyết định số 05/2022/QĐ-TTg của Thủ tướng"
    assert [one.number for one in read_citations(words)] == ["157", "05"]


def test_a_law_is_cited_by_its_name_and_year() -> None:
    (citation,) = read_citations(
        "Sửa đổi Luật Khoa học và Công nghệ (2013) và các luật có liên quan"
    )
    assert (citation.type, citation.title, citation.date) == (
        "Luật",
        "Khoa học và Công nghệ",
        "2013",
    )


@pytest.mark.parametrize(
    "words", ["Báo cáo 6 tháng một lần.", "Xây dựng kế hoạch năm 2026.", "Hướng dẫn 02 đơn vị."]
)
def test_a_number_without_so_or_symbol_is_no_citation(words: str) -> None:
    assert read_citations(words) == ()


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("Căn cứ Luật Tổ chức; căn cứ ", "based-on"),
        ("Căn cứ vào Luật Tổ chức và ", "based-on"),
        ("Thực hiện ", "carries-out"),
        ("THỰC HIỆN ", "carries-out"),
        ("Tiếp tục triển khai thực hiện ", "carries-out"),
        ("Quán triệt và thực hiện ", "carries-out"),
        ("Quán triệt ", "aware-of"),
        ("Quán triệt, học tập các ", "aware-of"),
        ("Theo chỉ đạo tại ", "follows"),
        ("Căn cứ Luật A; theo hướng dẫn tại ", "follows"),
        ("Thực hiện Quyết định số 1 phê duyệt Đề án nghiên cứu và ứng dụng; ", "carries-out"),
        ("Kế hoạch này thay thế ", "follows"),
        ("Thực hiện Quyết định số 155. Ủy ban nhân dân tỉnh ban hành kèm ", None),
        ("Người dân được tuyên truyền về ", None),
        ("Ban Tổ chức thực hiện các mục tiêu của ", None),
    ],
)
def test_what_a_sentence_makes_of_a_document(words: str, ground: str | None) -> None:
    assert read_ground(f"{words}Nghị quyết số 57-NQ/TW", len(words)) == ground
