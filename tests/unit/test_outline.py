"""What an official text looks like, and the tree that is read from it."""

from __future__ import annotations

import pytest

from congkhai.drafting.document_tree import read_outline, walk
from congkhai.sources.marks import read_mark

HEAD = (
    "Số: /KH-UBND\n\nBình An, ngày tháng 5 năm 2026\n\nKẾ HOẠCH\n\n"
    "Hành động xã Bình An giai đoạn 2026 - 2030\n\nThực hiện Quyết định số 9/QĐ-UBND.\n\n"
)


def read_items(body: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """(id, number, title, text) of every item below a letterhead, in order."""
    return [
        (node.id, node.number, node.title, node.text)
        for node, _ in walk(read_outline(HEAD + body).body)
    ]


def read_ids(body: str) -> list[str]:
    return [item[0] for item in read_items(body)]


def test_the_parts_around_the_body():
    outline = read_outline(
        HEAD + "I. MỤC ĐÍCH\n\nNâng cao nhận thức.\n\nTrên đây là Kế hoạch.\n\n"
        "Quá trình thực hiện có vướng mắc thì báo cáo./.\n\n"
        "Nơi nhận:\n\n- Sở Nội vụ;\n- Lưu: VT.\n\n**TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
        "PHÓ CHỦ TỊCH**\n\nTrần Văn A"
    )
    assert outline.letterhead == ["Số: /KH-UBND", "Bình An, ngày tháng 5 năm 2026"]
    assert (outline.type, outline.title) == (
        "KẾ HOẠCH",
        "Hành động xã Bình An giai đoạn 2026 - 2030",
    )
    assert outline.preamble == ["Thực hiện Quyết định số 9/QĐ-UBND."]
    assert outline.closing == [
        "Trên đây là Kế hoạch.",
        "Quá trình thực hiện có vướng mắc thì báo cáo./.",
    ]
    assert outline.recipients_heading == "Nơi nhận:"
    assert outline.recipients == ["Sở Nội vụ;", "Lưu: VT."]
    assert outline.signature == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Văn A",
    ]


def test_a_text_without_letterhead_blank_lines_or_signature():
    outline = read_outline(
        "\u00a0KẾ HOẠCH\nTRIỂN KHAI QUYẾT ĐỊNH SỐ 1/QĐ-TTG ĐẾN NĂM 2025.\n"
        "Căn cứ Quyết định số 1/QĐ-TTg;\n"
        "Ủy ban nhân dân thành phố xây dựng Kế hoạch như sau:\nI. MỤC TIÊU\n1. Mục tiêu chung:\n"
        "Tham gia tích cực.\n"
        "Trên đây là Kế hoạch./.\n\u00a0\n\t\nNơi nhận:\n- Bộ LĐTBXH;\n- Lưu: VT.\n\u00a0"
    )
    assert outline.letterhead == [] and outline.signature == []
    assert outline.title == "TRIỂN KHAI QUYẾT ĐỊNH SỐ 1/QĐ-TTG ĐẾN NĂM 2025."
    assert len(outline.preamble) == 2
    assert [node.id for node, _ in walk(outline.body)] == ["i", "i.1"]
    assert outline.recipients == ["Bộ LĐTBXH;", "Lưu: VT."]


def test_numbers_hang_under_their_part_and_keep_their_print():
    items = read_items(
        "II. NỘI DUNG\n\n1. Mục tiêu\n\n1.1. Mục tiêu chung\n\n1.2. Mục tiêu cụ thể\n\n"
        "1.2.1. Về nhận thức\n\n- Tuyên truyền.\n\n2. Kinh phí\n\na) Ngân sách xã.\n\n"
        "đ) Nguồn khác."
    )
    assert [(item[0], item[1]) for item in items] == [
        ("ii", "II."),
        ("ii.1", "1."),
        ("ii.1.1", "1.1."),
        ("ii.1.2", "1.2."),
        ("ii.1.2.1", "1.2.1."),
        ("ii.1.2.1-1", "-"),
        ("ii.2", "2."),
        ("ii.2.a", "a)"),
        ("ii.2.dd", "đ)"),
    ]


def test_words_above_roman_parts():
    assert read_ids(
        "PHẦN I\nQUAN ĐIỂM\n\nI. BỐI CẢNH\n\n1. Trong nước\n\nPhần II: NHIỆM VỤ\n\nI. TUYÊN TRUYỀN"
    ) == [
        "phan-i",
        "phan-i.i",
        "phan-i.i.1",
        "phan-ii",
        "phan-ii.i",
    ]
    assert read_items("PHẦN I\nQUAN ĐIỂM\n\nI. BỐI CẢNH")[0] == (
        "phan-i",
        "PHẦN I",
        "QUAN ĐIỂM",
        None,
    )


def test_plus_under_dash():
    assert read_ids("V. GIẢI PHÁP\n- Tuyên truyền:\n+ Trên đài;\n+ Trên mạng.\n- Đào tạo.") == [
        "v",
        "v-1",
        "v-1-1",
        "v-1-2",
        "v-2",
    ]


def test_markdown_marks_are_dropped():
    assert read_items(
        "## **II. MỤC TIÊU**\n\n### **1. Mục tiêu chung**\n\nHoàn thành (*qua Sở Nội vụ*) đúng hạn."
    ) == [
        ("ii", "II.", "MỤC TIÊU", None),
        ("ii.1", "1.", "Mục tiêu chung", "Hoàn thành (qua Sở Nội vụ) đúng hạn."),
    ]


@pytest.mark.parametrize(
    ("line", "title", "text"),
    [
        ("1. Phạm vi thực hiện: Trên địa bàn tỉnh.", "Phạm vi thực hiện:", "Trên địa bàn tỉnh."),
        (
            "1. Thời gian thực hiện: Giai đoạn 2026 - 2030, trong đó",
            "Thời gian thực hiện:",
            "Giai đoạn 2026 - 2030, trong đó",
        ),
        (
            "1. Cơ quan thực hiện: Các Sở: Y tế; Du lịch.",
            "Cơ quan thực hiện:",
            "Các Sở: Y tế; Du lịch.",
        ),
        (
            "1. Các sở: Y tế, Giáo dục và Đào tạo và Công an tỉnh",
            "Các sở: Y tế, Giáo dục và Đào tạo và Công an tỉnh",
            None,
        ),
        (
            "**1. Mục tiêu chiến lược 1:** Xây dựng cộng đồng.",
            "Mục tiêu chiến lược 1:",
            "Xây dựng cộng đồng.",
        ),
        (
            "1. UBND các quận, huyện triển khai với các nội dung sau:",
            "UBND các quận, huyện triển khai với các nội dung sau:",
            None,
        ),
        (
            "1. Kinh phí do ngân sách nhà nước bảo đảm.",
            None,
            "Kinh phí do ngân sách nhà nước bảo đảm.",
        ),
        ("1. Sở Nội vụ", "Sở Nội vụ", None),
    ],
)
def test_a_heading_is_a_title_and_a_sentence_is_text(
    line: str, title: str | None, text: str | None
):
    assert read_items(f"I. NỘI DUNG\n\n{line}")[1][2:] == (title, text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- Bảo đảm sự chỉ đạo thống nhất của UBND tỉnh;", "tăng cường sự phối hợp chặt chẽ."),
        (
            "- Lồng ghép các mục tiêu của Kế hoạch chiến lược Cộng đồng",
            "Văn hóa - Xã hội ASEAN vào kế hoạch của xã.",
        ),
        (
            "- Tổng kết việc thực hiện Kế hoạch giai đoạn 2026 -",
            "2030. Đề nghị các thôn thực hiện.",
        ),
        ("- Tổng kết việc thực hiện Kế hoạch giai đoạn 2026", "- 2030 trên địa bàn xã."),
        ("- Các đơn vị xây dựng kế hoạch hoặc lồng ghép các", "hoạt động liên quan."),
        ("a) Bảo tồn các giá trị văn hóa truyền", "thống của dân tộc."),
    ],
)
def test_a_paragraph_cut_by_a_page_end_is_one_paragraph(first: str, second: str):
    items = read_items(f"I. NỘI DUNG\n\n1. Nhiệm vụ\n\n{first}\n\n{second}\n\n2. Kinh phí")
    assert len(items) == 4
    assert f"{items[2][1]} {items[2][3]}" == f"{first} {second}"


@pytest.mark.parametrize(
    "second",
    [
        "Năm 2030: Tổng kết.",
        "- Năm 2030: Tổng kết.",
        "2. Sở Y tế",
        "II. KINH PHÍ",
        "b) Đơn vị phối hợp: Sở Y tế.",
    ],
)
def test_a_new_paragraph_is_not_joined(second: str):
    assert len(read_items(f"I. THỜI GIAN\n\n- Năm 2026: Xây dựng kế hoạch.\n\n{second}")) == 3


def test_a_heading_without_full_stop_does_not_swallow_the_next_paragraph():
    assert read_items(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Ngoại vụ\n\nTham mưu củng cố quan hệ hợp tác."
    )[1] == (
        "iii.1",
        "1.",
        "Sở Ngoại vụ",
        "Tham mưu củng cố quan hệ hợp tác.",
    )


def test_a_year_is_no_heading_even_in_the_closing():
    outline = read_outline(
        HEAD + "I. A\n\nB.\n\nTrên đây là Kế hoạch giai đoạn 2026 -\n\n"
        "2030. Đề nghị các thôn thực hiện./.\n\nNơi nhận:\n\n- Lưu: VT."
    )
    assert outline.closing == [
        "Trên đây là Kế hoạch giai đoạn 2026 - 2030. Đề nghị các thôn thực hiện./."
    ]


def test_unnumbered_paragraphs():
    items = read_items(
        "III. NỘI DUNG\n\nChi tiết như sau.\n\n(Có Phụ lục kèm theo)\n\n1. Kinh phí\n\n"
        "- Ngân sách.\n\nNăm 2030: Tổng kết."
    )
    assert [(item[0], item[3]) for item in items] == [
        ("iii", "Chi tiết như sau."),
        ("iii.doan-1", "(Có Phụ lục kèm theo)"),
        ("iii.1", None),
        ("iii.1-1", "Ngân sách."),
        ("iii.1.doan-1", "Năm 2030: Tổng kết."),
    ]


def test_an_emphasised_label_holds_what_follows_it():
    items = read_items(
        "III. NỘI DUNG\n\n**1. Mục tiêu 1:** Kết nối.\n\n*Mục tiêu cụ thể:*\n\n- Xã hội số.\n\n"
        "- Quảng bá.\n\n"
        "**2. Mục tiêu 2:** Công bằng.\n\n*Mục tiêu cụ thể:* Chia sẻ cho mọi người."
    )
    assert items[2:5] == [
        ("iii.1.doan-1", None, "Mục tiêu cụ thể:", None),
        ("iii.1.doan-1-1", "-", None, "Xã hội số."),
        ("iii.1.doan-1-2", "-", None, "Quảng bá."),
    ]
    assert items[-1] == ("iii.2.doan-1", None, "Mục tiêu cụ thể:", "Chia sẻ cho mọi người.")


def test_a_duty_given_by_name_belongs_to_the_part_not_to_the_unit_above():
    assert read_ids(
        "V. TỔ CHỨC THỰC HIỆN\n\n7. UBND các huyện\n\na) Chỉ đạo.\n\nb) Báo cáo.\n\n"
        "Giao Sở Nội vụ đôn đốc."
    ) == [
        "v",
        "v.7",
        "v.7.a",
        "v.7.b",
        "v.doan-1",
    ]


def test_a_number_printed_twice_still_gives_two_ids_and_says_so():
    outline = read_outline(HEAD + "I. NỘI DUNG\n\n3. Sở Y tế\n\n3. Sở Tài chính")
    nodes = [node for node, _ in walk(outline.body)]
    assert [node.id for node in nodes] == ["i", "i.3", "i.3-lan-2"]
    assert nodes[2].doubts


@pytest.mark.parametrize(
    "line",
    [
        "2030. Đề nghị các đơn vị",
        "100% cán bộ",
        "Mục III của Kế hoạch",
        "Mục tiêu cụ thể:",
        "2.5 tỷ đồng",
        "2030",
        "V/V PHÁT ĐỘNG CHIẾN DỊCH",
        "e-Cabinet của tỉnh",
    ],
)
def test_no_mark(line: str):
    assert read_mark(line) is None


@pytest.mark.parametrize(
    "source", ["", "Chỉ có chữ", "KẾ HOẠCH\n\nTrích yếu\n\nKhông có phần nào."]
)
def test_a_text_that_is_no_plan_is_refused_in_vietnamese(source: str):
    with pytest.raises(ValueError, match="không thấy"):
        read_outline(source)
