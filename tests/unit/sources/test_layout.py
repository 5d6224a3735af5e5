"""What each layout of a Vietnamese official document is read into; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from congkhai.sources.document import SourceDocument
from congkhai.sources.fidelity import compare_words
from congkhai.sources.layout import read_layout
from congkhai.sources.plain_text import read_plain_text
from congkhai.sources.reader import read_text
from tests.office_files import HEAD, TAIL, messages, show

ROOT = Path(__file__).parents[3]
LAYOUTS = {
    "roman-dash": (
        "I- MỤC ĐÍCH\n1- Nâng cao.\nII - Mục tiêu\n1 - Giảm nghèo.",
        ["#I- MỤC ĐÍCH", "  1- Nâng cao.", "#II - Mục tiêu", "  1 - Giảm nghèo."],
    ),
    "roman-alone": (
        "I.\nMỤC ĐÍCH\n1. Nâng cao.\nII.\nMỤC TIÊU\n1. Giảm nghèo.",
        ["#I. MỤC ĐÍCH", "  1. Nâng cao.", "#II. MỤC TIÊU", "  1. Giảm nghèo."],
    ),
    "dash-after-dotted": (
        "I. VIỆC\n1- Chung\n1.1- Một.\n1.2-Hai.\n1.3 - Ba.\n1.4-\nBốn.",
        [
            "#I. VIỆC",
            "  #1- Chung",
            "    1.1- Một.",
            "    1.2- Hai.",
            "    1.3 - Ba.",
            "    1.4- Bốn.",
        ],
    ),
    "dash-after-letter": (
        "I. VIỆC\n1. Một\na-Hai.\nb-Ba.",
        ["#I. VIỆC", "  #1. Một", "    a- Hai.", "    b- Ba."],
    ),
    "no-blank": (
        "I.MỤC ĐÍCH\n1.Nâng cao.\na)Một.\nb)Hai.\n-Ba.",
        ["#I. MỤC ĐÍCH", "  1. Nâng cao.", "    a) Một.", "    b) Hai.", "      - Ba."],
    ),
    "roman-under-letter": (
        "A. PHẦN CHUNG\nI. Mục đích\n1. Một.\nII. Yêu cầu\nB. PHẦN RIÊNG\nI. Việc\n1. Hai.",
        [
            "#A. PHẦN CHUNG",
            "  #I. Mục đích",
            "    1. Một.",
            "  II. Yêu cầu",
            "#B. PHẦN RIÊNG",
            "  #I. Việc",
            "    1. Hai.",
        ],
    ),
    "letter-under-roman": (
        "I. MỤC ĐÍCH\nA. Chung\n1. Một.\nB. Riêng\n1. Hai.\nII. YÊU CẦU\nA. Ba\nB. Bốn",
        [
            "#I. MỤC ĐÍCH",
            "  #A. Chung",
            "    1. Một.",
            "  #B. Riêng",
            "    1. Hai.",
            "#II. YÊU CẦU",
            "  A. Ba",
            "  B. Bốn",
        ],
    ),
    "article-over-roman": (
        "Điều 1. Phê duyệt Kế hoạch với nội dung sau:\nI. MỤC TIÊU\n1. Một.\nII. NHIỆM VỤ\n"
        "1. Hai.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\nĐiều 3. Các cơ quan thi hành.",
        [
            "#Điều 1. Phê duyệt Kế hoạch với nội dung sau:",
            "  #I. MỤC TIÊU",
            "    1. Một.",
            "  #II. NHIỆM VỤ",
            "    1. Hai.",
            "Điều 2. Quyết định có hiệu lực từ ngày ký.",
            "Điều 3. Các cơ quan thi hành.",
        ],
    ),
    "parts-and-chapters": (
        "Phần thứ nhất\nMỞ ĐẦU\nI. Một\n1. A.\nPhần thứ hai\nNỘI DUNG\nI. Hai\n1. B.",
        [
            "#Phần thứ nhất MỞ ĐẦU",
            "  #I. Một",
            "    1. A.",
            "#Phần thứ hai NỘI DUNG",
            "  #I. Hai",
            "    1. B.",
        ],
    ),
    "articles-run-on": (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. A.\nĐiều 2. Đối tượng\nChương II\n"
        "NHIỆM VỤ\nMục 1\nVIỆC CHUNG\nĐiều 3. Việc\n1. B.\nMục 2\nVIỆC RIÊNG\nĐiều 4. Việc nữa",
        [
            "#Chương I QUY ĐỊNH CHUNG",
            "  #Điều 1. Phạm vi",
            "    1. A.",
            "  Điều 2. Đối tượng",
            "#Chương II NHIỆM VỤ",
            "  #Mục 1 VIỆC CHUNG",
            "    #Điều 3. Việc",
            "      1. B.",
            "  #Mục 2 VIỆC RIÊNG",
            "    Điều 4. Việc nữa",
        ],
    ),
    "dotted": (
        "1. Nhiệm vụ\n1.1. Chung\n1.1.1. Một.\n1.1.2. Hai.\n1.2 Riêng\n- Ba.\n2. Giải pháp\n"
        "2.1. Bốn.",
        [
            "#1. Nhiệm vụ",
            "  #1.1. Chung",
            "    1.1.1. Một.",
            "    1.1.2. Hai.",
            "  #1.2 Riêng",
            "    - Ba.",
            "#2. Giải pháp",
            "  2.1. Bốn.",
        ],
    ),
    "article-dotted": (
        "Điều 1. Mục tiêu\n1.1. Một.\n1.2. Hai.\nĐiều 2. Nhiệm vụ\n2.1. Ba:\na) Bốn.\nb) Năm.",
        [
            "#Điều 1. Mục tiêu",
            "  1.1. Một.",
            "  1.2. Hai.",
            "#Điều 2. Nhiệm vụ",
            "  #2.1. Ba:",
            "    a) Bốn.",
            "    b) Năm.",
        ],
    ),
    "letter-dotted": (
        "1. Việc\na. Một\na.1. Nhỏ.\na.2. Nhỏ nữa.\nb. Hai\nb.1. Nhỏ.\n2. Hết.",
        [
            "#1. Việc",
            "  #a. Một",
            "    a.1. Nhỏ.",
            "    a.2. Nhỏ nữa.",
            "  #b. Hai",
            "    b.1. Nhỏ.",
            "2. Hết.",
        ],
    ),
    "dotted-dash": (
        "I- QUAN ĐIỂM\n1- Chung\n1.1- Một.\n1.2- Hai.\n2- Riêng\n2.1 - Ba.",
        [
            "#I- QUAN ĐIỂM",
            "  #1- Chung",
            "    1.1- Một.",
            "    1.2- Hai.",
            "  #2- Riêng",
            "    2.1 - Ba.",
        ],
    ),
    "letters-with-commas": (
        "1. Việc:\na, Một;\nb, Hai.\n2. Hết.",
        ["#1. Việc:", "  a, Một;", "  b, Hai.", "2. Hết."],
    ),
    "brackets": (
        "1. Các nhiệm vụ gồm:\n(1) Một;\n(2) Hai;\n2. Giải pháp:\n1) Ba;\n2) Bốn.\n3. Hết.",
        [
            "#1. Các nhiệm vụ gồm:",
            "  (1) Một;",
            "  (2) Hai;",
            "#2. Giải pháp:",
            "  1) Ba;",
            "  2) Bốn.",
            "3. Hết.",
        ],
    ),
    "vietnamese-letters": (
        "1. Việc\na) A.\nb) B.\nc) C.\nd) D.\nđ) Đ.\ne) E.\ng) G.\nh) H.\ni) I.\nk) K.",
        ["#1. Việc", *(f"  {c}) {c.upper()}." for c in "abcdđeghik")],
    ),
    "english-letters": (
        "1. Việc\na) A.\nb) B.\nc) C.\nd) D.\ne) E.\nf) F.\ng) G.\nh) H.\ni) I.\nj) J.",
        ["#1. Việc", *(f"  {c}) {c.upper()}." for c in "abcdefghij")],
    ),
    "bullets": (
        "1. Việc:\n* Nhóm một:\n- Một;\n+ Hai;\n+ Ba;\n* Nhóm hai:\n- Bốn.\n2. Hết.",
        [
            "#1. Việc:",
            "  #* Nhóm một:",
            "    - Một;",
            "      + Hai;",
            "      + Ba;",
            "  #* Nhóm hai:",
            "    - Bốn.",
            "2. Hết.",
        ],
    ),
    "markdown-bullets": (
        "1. Việc\n*   Một.\n*   Hai.\n2. Hết.",
        ["#1. Việc", "  * Một.", "  * Hai.", "2. Hết."],
    ),
    "round-bullets": (
        "1. Việc\n• Một.\n• Hai:\no Nhỏ.\n2. Hết.\n\uf0a7 Ba.",
        ["#1. Việc", "  • Một.", "  #• Hai:", "    o Nhỏ.", "2. Hết.", "  ▪ Ba."],
    ),
    "numbers-begin-again-in-each-part": (
        "I. A\n1. Một.\n2. Hai.\nII. B\n1. Ba.\n2. Bốn.",
        ["#I. A", "  1. Một.", "  2. Hai.", "#II. B", "  1. Ba.", "  2. Bốn."],
    ),
    "letters-before-numbers-were-used": (
        "I. A\na) Một.\nb) Hai.\nII. B\n1. Ba\na) Bốn.\n2. Năm\na) Sáu.",
        [
            "#I. A",
            "  a) Một.",
            "  b) Hai.",
            "#II. B",
            "  #1. Ba",
            "    a) Bốn.",
            "  #2. Năm",
            "    a) Sáu.",
        ],
    ),
    "eighth-letter-is-no-roman-one": (
        "I. A\nII. B\nA. Một\nB. Hai\nC. Ba\nD. Bốn\nIII. C",
        ["I. A", "#II. B", "  A. Một", "  B. Hai", "  C. Ba", "  D. Bốn", "III. C"],
    ),
    "sentence-after-bullets": (
        "1. Sở Y tế:\n- Một.\n- Hai.\nBáo cáo kết quả.\n- Ba.\n2. Hết.",
        ["#1. Sở Y tế:", "  - Một.", "  - Hai.", "  Báo cáo kết quả.", "  - Ba.", "2. Hết."],
    ),
    "small-capital-roman": (
        "I. Về đánh giá\n1. Một.\nIi. về nội dung\n1. Hai.",
        ["#I. Về đánh giá", "  1. Một.", "#Ii. về nội dung", "  1. Hai."],
    ),
    "capitals-without-mark": (
        "MỤC TIÊU CHUNG\nGiảm nghèo.\nNHIỆM VỤ CHÍNH\n1. Một.\n2. Hai.",
        ["#MỤC TIÊU CHUNG", "  Giảm nghèo.", "#NHIỆM VỤ CHÍNH", "  1. Một.", "  2. Hai."],
    ),
}


def read(body: str) -> SourceDocument:
    """Read a plan with this body between an ordinary beginning and end."""
    blocks = read_plain_text((HEAD + body + "\n" + TAIL).encode())
    document = read_layout(blocks)
    assert compare_words([*blocks.items, *blocks.left_out], document) == ([], [])
    return document


@pytest.mark.parametrize(("body", "tree"), LAYOUTS.values(), ids=LAYOUTS)
def test_levels_come_from_the_document(body: str, tree: list[str]) -> None:
    document = read(body)
    assert show(document) == tree
    assert messages(document) == []
    assert [line.words for line in document.signature][-1] == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("1. Một.\n2. Hai.\n4. Bốn.", ["9: sau «2.» là «4.»: thiếu số ở giữa"]),
        ("I. MỘT\nIII. BA", ["8: sau «I.» là «III.»: thiếu số ở giữa"]),
        ("1. Một\n1. Hai\n1.1. Ba", ["8: «1.» in hai lần liền nhau trong cùng một phần"]),
        ("1. Một\n2. Hai\n1. Ba", ["9: «1.» đứng sau «2.»: số thứ tự lùi lại"]),
        ("1. Một\n3.1. Hai", ["8: «3.1.» không nằm dưới mục 3"]),
        ("I. MỘT\n2. Hai", ["8: «2.» là mục đầu tiên ở đây, không thấy mục đứng trước"]),
        ("a) Một\nb) Hai\nd) Bốn", ["9: sau «b)» là «d)»: thiếu số ở giữa"]),
    ],
)
def test_gaps_and_repeats_are_asked_at_their_line(body: str, asked: list[str]) -> None:
    assert messages(read(body)) == asked


@pytest.mark.parametrize(
    "words",
    [
        "2.5 tỷ đồng được bố trí.",
        "Mục III của Kế hoạch này được sửa.",
        "1.250 lượt người được tập huấn.",
        "30.9.2027 là hạn cuối.",
        "2030. Đề nghị các cơ quan thực hiện.",
        "15/12/2026 là hạn cuối.",
        "P. Hải Dương và P. Lê Thanh Nghị cùng làm.",
    ],
)
def test_a_figure_or_reference_is_no_mark(words: str) -> None:
    document = read(f"1. Việc chung:\n{words}")
    assert show(document) == ["#1. Việc chung:", f"  {words}"]


def test_a_page_end_inside_a_sentence_is_mended() -> None:
    document = read("1. Thực hiện chương trình giai đoạn 2026 -\n2030 trên địa bàn xã.")
    assert show(document) == ["1. Thực hiện chương trình giai đoạn 2026 - 2030 trên địa bàn xã."]


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/5", "Trang 2"])
def test_page_numbers_are_left_out_and_asked_about(number: str) -> None:
    document = read(f"1. Một.\n{number}\n2. Hai.")
    assert show(document) == ["1. Một.", "2. Hai."]
    assert [line.words for line in document.left_out] == [number]
    (asked,) = messages(document)
    assert asked.startswith(f"8: dòng «{number}»")


def test_running_heads_go_with_their_page_numbers() -> None:
    head = "Kế hoạch chuyển đổi số xã Bình An"
    document = read(f"1. Một.\n{head}\n2\n2. Hai.\n{head}\n3\n3. Ba.")
    assert show(document) == ["1. Một.", "2. Hai.", "3. Ba."]
    assert [line.words for line in document.left_out] == [head, "2", head, "3"]


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 45/KH-UBND", "45", "KH-UBND"),
        ("Số: /KH - UBND", None, "KH-UBND"),
        ("Số:       /KH-UBND", None, "KH-UBND"),
        ("Số 32-KH/ĐU", "32", "KH/ĐU"),
        ("3260-KH/ĐĐQH15", "3260", "KH/ĐĐQH15"),
        ("Số: 12/2026/QĐ-UBND", "12", "2026/QĐ-UBND"),
        ("Số: 155/QĐ-TTg", "155", "QĐ-TTg"),
        ("Số: 45/KH-UBND\tBình An, ngày 12 tháng 6 năm 2026", "45", "KH-UBND"),
        ("Số: 45/KH-UBND Bình An, ngày 12 tháng 6 năm 2026", "45", "KH-UBND"),
    ],
)
def test_number_and_symbol(line: str, number: str | None, symbol: str) -> None:
    document = read_text(f"ĐẢNG BỘ XÃ BÌNH AN\n{line}\nKẾ HOẠCH\nTrích yếu\nI. MỤC ĐÍCH\n1. Một.")
    assert (document.number, document.symbol) == (number, symbol)
    assert document.questions == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Bình An, ngày 12 tháng 6 năm 2026", "2026-06-12"),
        ("Bình An, ngày     tháng 5 năm 2026", "2026-05"),
        ("Bình An, ngày … tháng … năm 2026", "2026"),
    ],
)
def test_the_date_is_as_precise_as_printed(line: str, date: str) -> None:
    document = read_text(f"Số: 1/KH-UBND\n{line}\nKẾ HOẠCH\nTrích yếu\nI. MỤC ĐÍCH\n1. Một.")
    assert document.date == date


@pytest.mark.parametrize(
    ("lines", "kind", "title"),
    [
        ("KẾ HOẠCH\nPhòng, chống thiên tai", "KẾ HOẠCH", "Phòng, chống thiên tai"),
        ("Kế hoạch\nPhòng, chống thiên tai", "Kế hoạch", "Phòng, chống thiên tai"),
        ("NGHỊ QUYẾT\nVề giảm nghèo", "NGHỊ QUYẾT", "Về giảm nghèo"),
        ("CHỈ THỊ\nVề việc giảm nghèo", "CHỈ THỊ", "Về việc giảm nghèo"),
        (
            "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ\nThực hiện Nghị quyết",
            "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ",
            "Thực hiện Nghị quyết",
        ),
        ("KẾ HOẠCH\nTriển khai\nthực hiện đề án", "KẾ HOẠCH", "Triển khai thực hiện đề án"),
        (
            "KẾ HOẠCH\nTRIỂN KHAI ĐỀ ÁN\nTẠI XÃ BÌNH AN",
            "KẾ HOẠCH",
            "TRIỂN KHAI ĐỀ ÁN TẠI XÃ BÌNH AN",
        ),
        (
            "KẾ HOẠCH\nTriển khai Nghị quyết số 13-NQ/TU\nCủa Tỉnh ủy về chuyển đổi số\n"
            "Đến năm 2030\n"
            "Thực hiện Kế hoạch số 5/KH-UBND, Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
            "KẾ HOẠCH",
            "Triển khai Nghị quyết số 13-NQ/TU Của Tỉnh ủy về chuyển đổi số Đến năm 2030",
        ),
    ],
)
def test_type_and_title(lines: str, kind: str, title: str) -> None:
    document = read_text(f"Số: 1/KH-UBND\n{lines}\nI. MỤC ĐÍCH\n1. Một.")
    assert (document.type, document.title) == (kind, title)
    assert document.questions == ()


def test_a_letterhead_that_a_narrow_column_cut_is_read_whole() -> None:
    document = read_text(
        "ỦY\nBAN NHÂN DÂN\nXÃ BÌNH AN\n-------\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n"
        "Số: 43/KH-UBND\nBình An, ngày\n06 tháng 6 năm 2026\nKẾ HOẠCH\nTrích yếu\n"
        "I. MỤC ĐÍCH\n1. Một."
    )
    assert document.issuer == "ỦY BAN NHÂN DÂN XÃ BÌNH AN"
    assert (document.number, document.date) == ("43", "2026-06-06")
    assert document.questions == ()


def test_the_cells_of_a_letterhead_from_a_page_of_the_web_are_columns() -> None:
    document = read_text(
        "UBND XÃ BÌNH AN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|\n"
        "Số: 45/KH-UBND | Bình An, ngày 12 tháng 6 năm 2026 |\n"
        "KẾ HOẠCH\nTrích yếu\nI. MỤC ĐÍCH\n1. Một."
    )
    assert [line.words for line in document.letterhead] == [
        "UBND XÃ BÌNH AN",
        "Số: 45/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Bình An, ngày 12 tháng 6 năm 2026",
    ]


def test_a_council_s_sitting_is_no_division() -> None:
    document = read_text(
        "Số: 14/2026/NQ-HĐND\nNGHỊ QUYẾT\nVề du lịch\n\nHỘI ĐỒNG NHÂN DÂN XÃ BẮC HÀ\n"
        "KHÓA II, KỲ HỌP THỨ 2\n\nCăn cứ Luật;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua.\nĐiều 2. Giao."
    )
    assert [provision.number for provision in document.body] == ["Điều 1.", "Điều 2."]
    assert [line.words for line in document.preamble][-1] == "QUYẾT NGHỊ:"


def test_the_word_that_decides_stands_by_itself() -> None:
    document = read_text(
        "Số: 21/QĐ-TTg\nQUYẾT ĐỊNH\nPhê duyệt Chương trình\n\n"
        "Theo đề nghị của Bộ trưởng Bộ Y tế,\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt.\nĐiều 2. Tổ chức."
    )
    assert [line.words for line in document.preamble][-1] == "QUYẾT ĐỊNH:"


def test_a_day_that_cannot_be_read_is_asked() -> None:
    document = read_text(
        "Số: 45/KH-UBND\nBình An, ngày mười hai tháng sáu\nKẾ HOẠCH\nTrích yếu\n"
        "I. MỤC ĐÍCH\n1. Một."
    )
    assert [question.line for question in document.questions] == [2]


def test_a_letterhead_of_two_columns_is_read_column_by_column() -> None:
    document = read_text(
        "UBND XÃ BÌNH AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 45/KH-UBND\tBình An, ngày 12 tháng 6 năm 2026\n"
        "KẾ HOẠCH\nTrích yếu\nI. MỤC ĐÍCH\n1. Một.\n"
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Lưu: VT.\tCHỦ TỊCH\n\tNguyễn Văn A\n"
    )
    assert [line.words for line in document.letterhead] == [
        "UBND XÃ BÌNH AN",
        "Số: 45/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Bình An, ngày 12 tháng 6 năm 2026",
    ]
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert [line.words for line in document.signature] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


ATTACHED = {
    "decision-with-plan": (
        "QUYẾT ĐỊNH\nBan hành Kế hoạch\nCHỦ TỊCH ỦY BAN NHÂN DÂN\nCăn cứ Luật;\nĐiều 1. "
        "Ban hành kèm theo"
        " Quyết định này Kế hoạch.\nĐiều 2. Thi hành.\n" + TAIL + "KẾ HOẠCH\nChuyển đổi số\n"
        "(Ban hành kèm theo Quyết định số 1/QĐ-UBND)\nI. MỤC TIÊU\n1. Một.\nII. NHIỆM VỤ\n1. Hai.",
        "KẾ HOẠCH",
        ["#I. MỤC TIÊU", "  1. Một.", "#II. NHIỆM VỤ", "  1. Hai."],
    ),
    "resolution-with-programme": (
        "NGHỊ QUYẾT\nVề Chương trình\nĐiều 1. Ban hành.\nĐiều 2. Hiệu lực.\n"
        + TAIL
        + "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ\nThực hiện Nghị quyết số 57-NQ/TW\n"
        "(Kèm theo Nghị quyết số 03/NQ-CP)\nI. MỤC TIÊU\n1. Một.",
        "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ",
        ["#I. MỤC TIÊU", "  1. Một."],
    ),
    "appendix": (
        "KẾ HOẠCH\nTrích yếu\nI. MỤC TIÊU\n1. Một.\n"
        + TAIL
        + "Phụ lục 01\nDANH MỤC CÔNG TRÌNH\n(Kèm theo Kế hoạch số 1/KH-UBND)\n1. Cầu.\n2. Đường.",
        "Phụ lục 01",
        ["1. Cầu.", "2. Đường."],
    ),
    "list-without-the-word-appendix": (
        "KẾ HOẠCH\nTrích yếu\nI. MỤC TIÊU\n1. Một.\n"
        + TAIL
        + "DANH MỤC CÁC NHIỆM VỤ\n(Kèm theo Kế hoạch số 1/KH-UBND)\n1. Cầu.\n2. Đường.",
        "DANH MỤC CÁC NHIỆM VỤ",
        ["1. Cầu.", "2. Đường."],
    ),
}


@pytest.mark.parametrize(("text", "kind", "tree"), ATTACHED.values(), ids=ATTACHED)
def test_what_follows_the_signature_is_a_document_of_its_own(
    text: str, kind: str, tree: list[str]
) -> None:
    blocks = read_plain_text(text.encode())
    document = read_layout(blocks)
    (attachment,) = document.attachments
    assert (attachment.type or attachment.title) == kind
    assert show(attachment) == tree
    assert len(document.signature) == 3
    assert any("èm theo" in line.words for line in attachment.preamble)
    assert compare_words(blocks.items, document) == ([], [])


def test_several_appendices_are_told_apart() -> None:
    rest = "\n(Kèm theo Kế hoạch)\n1. Một.\n"
    document = read_text(
        HEAD + "I. MỤC ĐÍCH\n1. Một.\n" + TAIL + f"PHỤ LỤC I{rest}PHỤ LỤC II{rest}PHỤ LỤC III{rest}"
    )
    assert [one.type for one in document.attachments] == ["PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III"]


def test_columns_of_blanks_and_a_narrow_page() -> None:
    """As a document looks that was printed to a text file of 75 columns."""
    document = read_text(
        "ỦY BAN NHÂN DÂN                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "    XÃ TÂN LẬP                         Độc lập - Tự do - Hạnh phúc\n"
        "   -------                               ---------------\n"
        " Số: 27/KH-UBND                    Tân Lập, ngày 05 tháng 01 năm 2026\n\n"
        "                              KẾ HOẠCH\n"
        "        Thực hiện Chương trình giảm nghèo bền vững\n"
        "               trên địa bàn xã Tân Lập năm 2026\n\n"
        "      I. MỤC TIÊU\n"
        "      - 100% hộ nghèo đủ điều kiện, có nhu cầu được vay vốn Ngân hàng\n"
        "Chính sách xã hội.\n\n"
        "Nơi nhận:                               TM. ỦY BAN NHÂN DÂN\n"
        "- Lưu: VT.                                   CHỦ TỊCH\n"
        "                                           Phạm Văn D\n"
    )
    assert (document.number, document.symbol, document.date) == ("27", "KH-UBND", "2026-01-05")
    assert document.issuer == "ỦY BAN NHÂN DÂN XÃ TÂN LẬP"
    assert document.title.endswith("bền vững trên địa bàn xã Tân Lập năm 2026")
    assert show(document) == [
        "#I. MỤC TIÊU",
        "  - 100% hộ nghèo đủ điều kiện, có nhu cầu được vay vốn Ngân hàng Chính sách xã hội.",
    ]
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert [line.words for line in document.signature] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Phạm Văn D",
    ]


def test_an_appendix_alone_with_its_letterhead() -> None:
    document = read_text(
        "UBND XÃ TÂN LẬP\nPHỤ LỤC I\nBIỂU PHÂN CÔNG NHIỆM VỤ\n(Kèm theo Kế hoạch số "
        "15/KH-UBND)\n1. Một."
    )
    assert (document.type, document.title) == ("PHỤ LỤC I", "BIỂU PHÂN CÔNG NHIỆM VỤ")
    assert document.attachments == ()


def test_a_party_plan() -> None:
    document = read_text(
        "ĐẢNG BỘ TỈNH BÌNH AN\tĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY XÃ BÌNH AN\n*\n"
        "Số 32-KH/ĐU\tBình An, ngày 05 tháng 02 năm 2026\n\nKẾ HOẠCH\nhọc tập Nghị quyết\n\n"
        "I- MỤC ĐÍCH\n1- Nâng cao nhận thức.\nII- TỔ CHỨC THỰC HIỆN\n1- Ban Xây dựng "
        "Đảng chủ trì.\n\n"
        "Nơi nhận:\tT/M ĐẢNG ỦY\n- Tỉnh ủy,\tBÍ THƯ\n- Lưu Văn phòng.\n\tTrần Văn B\n"
    )
    assert (document.number, document.symbol, document.date) == ("32", "KH/ĐU", "2026-02-05")
    assert document.title == "học tập Nghị quyết"
    assert show(document)[0] == "#I- MỤC ĐÍCH"
    assert [line.words for line in document.signature] == ["T/M ĐẢNG ỦY", "BÍ THƯ", "Trần Văn B"]


@pytest.mark.parametrize(
    "source", sorted((ROOT / "plans").rglob("source.txt")), ids=lambda path: path.parent.name
)
def test_no_word_of_a_real_plan_is_lost_or_added(source: Path) -> None:
    blocks = read_plain_text(source.read_bytes())
    document = read_layout(blocks)
    assert compare_words([*blocks.items, *blocks.left_out], document) == ([], [])
    assert document.body


def test_a_lost_or_added_word_is_seen() -> None:
    blocks = read_plain_text((HEAD + "1. Một hai.").encode())
    other = read_text(HEAD + "1. Một ba.")
    assert compare_words(blocks.items, other) == (["hai"], ["ba"])


def test_text_without_a_type_or_number_is_asked_about() -> None:
    asked = messages(read_text("Ghi chép của ông An\nKhông có gì."))
    assert any("không thấy tên loại" in message for message in asked)
    assert any("không thấy phần đánh số" in message for message in asked)


def test_the_line_under_a_title_is_its_content_though_it_is_the_last() -> None:
    body = "I. VIỆC\n1. Một.\nII. CHẾ ĐỘ BÁO CÁO\nCác thôn báo cáo trước ngày 16/12/2025./.\n"
    document = read_text(f"{HEAD}{body}{TAIL}")
    assert document.closing == ()
    assert document.body[-1].children[0].words.startswith("Các thôn báo cáo")


@pytest.mark.parametrize(
    "words",
    [
        "Chương trình hành động này được phổ biến đến chi bộ.",
        "Chỉ thị này có hiệu lực kể từ ngày ký.",
        "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XV thông qua ngày 10/12/2025.",
    ],
)
def test_what_a_document_says_of_itself_at_its_end_is_no_point(words: str) -> None:
    document = read_text(f"{HEAD}I. VIỆC\n1. Sở Y tế kiểm tra.\n{words}\n{TAIL}")
    assert [line.words for line in document.closing] == [words]
    assert [one.words for one in document.body[0].children] == ["Sở Y tế kiểm tra."]
