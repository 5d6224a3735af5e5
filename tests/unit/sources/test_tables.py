"""Tables of tasks and targets: the header is found by its words, a row is a provision."""

from __future__ import annotations

import pytest

from congkhai.sources.blocks import Blocks, Row, Table
from congkhai.sources.document import Provision
from congkhai.sources.fidelity import compare_words
from congkhai.sources.layout import read_layout
from congkhai.sources.tables import read_table


def rows(*lines: str) -> Table:
    """Make a table written with bars between its cells, one line a row."""
    return Table(
        rows=tuple(
            Row(cells=tuple(cell.strip() for cell in line.split("|")), line=at)
            for at, line in enumerate(lines, 1)
        )
    )


def read(*lines: str) -> tuple[tuple[Provision, ...], list[str]]:
    table = rows(*lines)
    provision, questions, _ = read_table(table)
    document = read_layout(Blocks(items=[table]))
    assert compare_words([table], document) == ([], [])
    return provision.children, [f"{one.line}: {one.message}" for one in questions]


def leaves(provisions: tuple[Provision, ...]) -> list[Provision]:
    return [
        leaf for one in provisions for leaf in (leaves(one.children) if one.children else [one])
    ]


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (
            "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | "
            "Thời gian hoàn thành",
            ["number", "task", "lead", "coordinating", "result", "due"],
        ),
        (
            "STT | Công việc | Chịu trách nhiệm | Đơn vị tham gia | Kết quả đầu ra | Thời hạn",
            ["number", "task", "lead", "coordinating", "result", "due"],
        ),
        (
            "Số TT | Tên nhiệm vụ, giải pháp | Đơn vị thực hiện chính | Đơn vị phối hợp | Tiến độ",
            ["number", "task", "lead", "coordinating", "due"],
        ),
        (
            "TT | Nhiệm vụ | Phòng chủ trì | Đơn vị thực hiện | Dự kiến sản phẩm | Hạn "
            "hoàn thành | Ghi chú",
            ["number", "task", "lead", "implementing", "result", "due", "note"],
        ),
        (
            "STT | Hoạt động | Cơ quan thực hiện | Kinh phí (triệu đồng) | Lộ trình",
            ["number", "task", "implementing", "funding", "due"],
        ),
        (
            "TT | Nội dung | Lãnh đạo phụ trách | Cấp trình | Thời gian",
            ["number", "task", "lead", "Cấp trình", "due"],
        ),
        (
            "TT | Chỉ tiêu | Đơn vị tính | Hiện trạng | Năm 2026 | Năm 2030",
            ["number", "task", "unit", "baseline", "target:Năm 2026", "target:Năm 2030"],
        ),
        (
            "TT | Tên chỉ tiêu | ĐVT | Mục tiêu đến năm 2030 | Cơ quan chủ trì",
            ["number", "task", "unit", "target:Mục tiêu đến năm 2030", "lead"],
        ),
        ("Chỉ tiêu | Đơn vị | 2026 | 2030", ["task", "unit", "target:2026", "target:2030"]),
        ("Nội dung công việc | Thời hạn | Chỉ tiêu", ["task", "due", "target"]),
        ("Nhiệm vụ | ĐVT | Số lượng", ["task", "unit", "target"]),
    ],
)
def test_columns_are_known_by_the_words_of_their_header(header: str, roles: list[str]) -> None:
    provision, questions, _ = read_table(rows(header, " | ".join("x" for _ in roles)))
    assert list(provision.cells) == roles
    assert [provision.cells[role] for role in roles] == [one.strip() for one in header.split("|")]
    assert questions == []


def test_a_row_is_a_task_with_its_cells() -> None:
    (row,), asked = read(
        "TT | Nhiệm vụ | Chủ trì | Thời hạn", "1 | Lập kế hoạch | Sở Y tế | 6/2026"
    )
    assert (row.number, row.words, row.line) == ("1", "Lập kế hoạch", 2)
    assert row.cells == {"task": "Lập kế hoạch", "lead": "Sở Y tế", "due": "6/2026"}
    assert asked == []


def test_section_rows_become_headings() -> None:
    tree, asked = read(
        "TT | Nhiệm vụ | Chủ trì",
        "A | NHÓM CHUNG |",
        "I | Hạ tầng số |",
        "1 | Một | Sở Y tế",
        "2 | Hai | Sở Y tế",
        "II | Kỹ năng số |",
        "3 | Ba | Sở Y tế",
        "B | NHÓM RIÊNG |",
        "1 | Bốn | Sở Y tế",
    )
    assert [(one.number, one.is_heading) for one in tree] == [("A", True), ("B", True)]
    assert [one.number for one in tree[0].children] == ["I", "II"]
    assert [one.words for one in leaves(tree)] == ["Một", "Hai", "Ba", "Bốn"]
    assert asked == []


def test_a_spread_section_row_without_a_number() -> None:
    table = Table(
        rows=(
            Row(cells=("TT", "Nhiệm vụ", "Chủ trì"), line=1),
            Row(cells=("Nhóm nhiệm vụ về hạ tầng", "", ""), line=2, is_spread=True),
            Row(cells=("1", "Một", "Sở Y tế"), line=3),
            Row(cells=("Nhóm nhiệm vụ về kỹ năng", "", ""), line=4, is_spread=True),
            Row(cells=("2", "Hai", "Sở Y tế"), line=5),
        )
    )
    provision, questions, _ = read_table(table)
    assert [(one.words, one.is_heading) for one in provision.children] == [
        ("Nhóm nhiệm vụ về hạ tầng", True),
        ("Nhóm nhiệm vụ về kỹ năng", True),
    ]
    assert [one.words for one in leaves(provision.children)] == ["Một", "Hai"]
    assert questions == []


def test_numbers_of_two_parts_nest() -> None:
    tree, asked = read(
        "TT | Nhiệm vụ | Chủ trì | Thời hạn",
        "1 | Chung | |",
        "1.1 | Một | Sở Y tế | 6/2026",
        "1.2 | Hai | Sở Y tế | 6/2026",
        "2 | Riêng | Sở Nội vụ |",
        "2.1 | Ba | | 7/2026",
    )
    assert [(one.number, one.is_heading, len(one.children)) for one in tree] == [
        ("1", True, 2),
        ("2", False, 1),
    ]
    assert asked == []


def test_marks_inside_the_cells_of_a_table_without_numbers() -> None:
    tree, _ = read("Nhiệm vụ | Chủ trì", "1. Một | Sở Y tế", "a) Hai | Sở Y tế", "2. Ba | Sở Y tế")
    assert [(one.number, one.words, len(one.children)) for one in tree] == [
        ("1.", "Một", 1),
        ("2.", "Ba", 0),
    ]


def test_a_row_cut_by_a_page_end_is_rejoined_and_asked_about() -> None:
    (first, second), asked = read(
        "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn",
        "1 | Xây dựng hệ thống; | Bộ Công an, Bộ Nông | Bộ Y tế | 2026",
        " | đào tạo cán bộ. | nghiệp | |",
        "2 | Hai | Bộ Y tế | | 2027",
    )
    assert first.words == "Xây dựng hệ thống; đào tạo cán bộ."
    assert first.cells["lead"] == "Bộ Công an, Bộ Nông nghiệp"
    assert second.words == "Hai"
    assert asked == ["3: dòng bảng không có số thứ tự, đã nối vào dòng trên: «đào tạo cán bộ.»"]


def test_a_row_without_a_number_at_the_top_of_a_page_is_the_rest_of_the_one_above() -> None:
    """Whatever it begins with: the page end cut every cell."""
    table = Table(
        rows=(
            Row(cells=("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), line=1),
            Row(cells=("1", "Xây dựng Đề án.", "Sở Văn hóa và Thể thao,", "Quý"), line=2),
            Row(cells=("", "Báo cáo.", "Sở Du lịch", "IV/2026"), line=3, starts_page=True),
        )
    )
    provision, questions, _ = read_table(table)
    (row,) = provision.children
    assert row.cells["lead"] == "Sở Văn hóa và Thể thao, Sở Du lịch"
    assert (row.words, row.cells["due"]) == ("Xây dựng Đề án. Báo cáo.", "Quý IV/2026")
    assert len(questions) == 1


def test_a_task_without_a_number_is_a_task_and_its_blank_lead_asked_about() -> None:
    tree, asked = read(
        "TT | Nhiệm vụ | Chủ trì | Thời hạn",
        "1 | Tập huấn | Phòng Văn hóa | 2026",
        " | Tập huấn cho người cao tuổi | | 2027",
    )
    assert [one.words for one in tree] == ["Tập huấn", "Tập huấn cho người cao tuổi"]
    assert asked == ["3: dòng bảng không có số thứ tự và để trống cơ quan chủ trì"]


def test_a_header_in_two_rows() -> None:
    table = Table(
        rows=(
            Row(cells=("TT", "Công việc", "Phân công", "", "Thời hạn"), line=1),
            Row(
                cells=("TT", "Công việc", "Chủ trì", "Phối hợp", "Thời hạn"),
                line=2,
                merged=frozenset({0, 1, 4}),
            ),
            Row(cells=("1", "Một", "Sở Y tế", "Sở Nội vụ", "2026"), line=3),
        )
    )
    provision, questions, _ = read_table(table)
    assert provision.cells["lead"] == "Phân công\nChủ trì"
    (row,) = provision.children
    assert (row.cells["lead"], row.cells["coordinating"]) == ("Sở Y tế", "Sở Nội vụ")
    assert questions == []


def test_a_wide_header_tells_what_the_columns_under_it_are() -> None:
    """«Bắt đầu» and «Kết thúc» say nothing of tasks: the merged cells show the second row."""
    table = Table(
        rows=(
            Row(cells=("STT", "Nhiệm vụ", "Phân công", "", "Tiến độ", ""), line=1),
            Row(
                cells=("STT", "Nhiệm vụ", "Chính", "Phối hợp", "Bắt đầu", "Kết thúc"),
                line=2,
                merged=frozenset({0, 1}),
            ),
            Row(cells=("1", "Một", "Sở Y tế", "Sở Nội vụ", "01/2026", "06/2026"), line=3),
        )
    )
    provision, questions, _ = read_table(table)
    assert list(provision.cells) == [
        "number", "task", "implementing", "coordinating", "start", "due",
    ]  # fmt: skip
    assert provision.children[0].cells["due"] == "06/2026"
    assert questions == []


def test_a_column_without_a_name_keeps_its_cells() -> None:
    (row,), _ = read("TT | Nhiệm vụ | Chủ trì | ", "1 | Một | Sở Y tế | xong")
    assert row.cells["cột 4"] == "xong"


def test_a_row_of_column_numbers_belongs_to_the_header() -> None:
    tree, asked = read("TT | Nhiệm vụ | Chủ trì", "(1) | (2) | (3)", "1 | Một | Sở Y tế")
    assert [one.words for one in tree] == ["Một"]
    assert asked == []


def test_a_header_repeated_on_each_page_is_left_out() -> None:
    header = "TT | Nhiệm vụ | Chủ trì"
    table = rows(header, "1 | Một | Sở Y tế", header, "2 | Hai | Sở Y tế")
    provision, _, left_out = read_table(table)
    assert [one.words for one in provision.children] == ["Một", "Hai"]
    assert [(line.line, line.words) for line in left_out] == [(3, "TT Nhiệm vụ Chủ trì")]


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        ("3 | Ba | Sở Y tế", ["3: sau số thứ tự «1» là «3»: thiếu dòng ở giữa"]),
        ("1 | Ba | Sở Y tế", ["3: số thứ tự «1» in hai lần trong bảng"]),
    ],
)
def test_gaps_and_repeats_of_the_serial_number(second: str, asked: list[str]) -> None:
    assert read("TT | Nhiệm vụ | Chủ trì", "1 | Một | Sở Y tế", second)[1] == asked


def test_a_table_whose_columns_have_no_names_is_asked_about() -> None:
    tree, asked = read("1 | 25 | Có", "2 | 30 | Không")
    assert [one.line for one in tree] == [1, 2]
    assert asked == ["1: bảng không có dòng tên cột nhận ra được"]


def test_a_column_for_two_roles_is_left_to_a_person() -> None:
    provision, questions, _ = read_table(
        rows("TT | Nhiệm vụ | Cơ quan chủ trì, phối hợp", "1 | Một | Sở Y tế; Sở Nội vụ")
    )
    assert list(provision.cells) == ["number", "task", "Cơ quan chủ trì, phối hợp"]
    assert [one.message for one in questions] == [
        "cột «Cơ quan chủ trì, phối hợp» không cho biết ai chủ trì, ai phối hợp"
    ]


def test_a_table_after_the_signature_is_an_attachment() -> None:
    from office_files import HEAD, TAIL

    from congkhai.sources.reader import read_text

    document = read_text(
        HEAD
        + "I. MỤC TIÊU\n1. Một.\n"
        + TAIL
        + "PHỤ LỤC\n\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n"
        "| 1 | Lập **kế hoạch** | Sở Y tế |\n"
    )
    (attachment,) = document.attachments
    assert (attachment.type, len(document.signature)) == ("PHỤ LỤC", 3)
    (row,) = attachment.body[0].children
    assert (row.words, row.line) == ("Lập kế hoạch", 19)


def test_a_table_of_tabs_in_a_text_file() -> None:
    from office_files import HEAD

    from congkhai.sources.reader import read_text

    document = read_text(
        HEAD + "I. NHIỆM VỤ\nTT\tNhiệm vụ\tChủ trì\n1\tMột\tSở Y tế\n2\tHai\tSở Nội vụ"
    )
    (table,) = document.body[0].children
    assert [row.cells["lead"] for row in table.children] == ["Sở Y tế", "Sở Nội vụ"]


def test_a_table_pasted_a_cell_a_line_is_asked_about() -> None:
    from office_files import HEAD

    from congkhai.sources.reader import read_text

    document = read_text(
        HEAD
        + "I. NHIỆM VỤ\nTT\nNhiệm vụ\nCơ quan chủ trì\nThời hạn\n1\nMột\nSở Y tế\nQuý II/2026\n"
    )
    (asked,) = [one for one in document.questions if "mỗi ô một dòng" in one.message]
    assert "«TT», «Nhiệm vụ», «Cơ quan chủ trì», «Thời hạn»" in asked.message
    assert "Word hoặc Excel" in asked.hint
    plain = read_text(HEAD + "I. NHIỆM VỤ\n1. Nội dung\n2. Thời gian\n")
    assert not [one for one in plain.questions if "mỗi ô một dòng" in one.message]
