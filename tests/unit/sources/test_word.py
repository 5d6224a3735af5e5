"""What Word prints is what is read: numbers, merged cells, footnotes, accepted changes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from congkhai.sources.blocks import Paragraph, Table, UnreadableSource
from congkhai.sources.document import SourceDocument
from congkhai.sources.docx import read_docx
from congkhai.sources.fidelity import compare_words
from congkhai.sources.layout import read_layout
from congkhai.sources.reader import read_document
from tests.office_files import (
    deleted,
    docx,
    footnotes,
    header,
    inserted,
    messages,
    numbering,
    p,
    r,
    show,
    styles,
    table,
)

OFFICE = Path(__file__).parents[2] / "data" / "office"
TITLE = [p("KẾ HOẠCH"), p("Chuyển đổi số"), p("UBND xã Bình An ban hành Kế hoạch như sau:")]


def marks(*blocks: str, **parts: str) -> list[str]:
    """List the marks that Word prints before the paragraphs."""
    items = read_docx(docx(*blocks, **parts)).items
    return [item.number for item in items if isinstance(item, Paragraph)]


def read(*blocks: str, **parts: str) -> SourceDocument:
    read_blocks = read_docx(docx(*TITLE, *blocks, **parts))
    document = read_layout(read_blocks)
    assert compare_words(read_blocks.items, document) == ([], [])
    return document


@pytest.mark.parametrize(
    ("levels", "depths", "printed"),
    [
        (
            [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")],
            [0, 1, 2, 2, 3, 1, 2, 0, 1],
            ["I.", "1.", "a)", "b)", "-", "2.", "a)", "II.", "1."],
        ),
        (
            [("decimal", "Điều %1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")],
            [0, 1, 1, 2, 2, 0, 1],
            ["Điều 1.", "1.1.", "1.2.", "a)", "b)", "Điều 2.", "2.1."],
        ),
        (
            [("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3.")],
            [0, 1, 2, 2, 1, 2, 0],
            ["1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "1.2.1.", "2."],
        ),
        (
            [("upperRoman", "Chương %1"), ("decimal", "Mục %2."), ("lowerRoman", "(%3)")],
            [0, 1, 2, 2, 1, 0],
            ["Chương I", "Mục 1.", "(i)", "(ii)", "Mục 2.", "Chương II"],
        ),
        ([("upperLetter", "%1."), ("decimalZero", "%2")], [0, 1, 1, 0], ["A.", "01", "02", "B."]),
        ([("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "\uf0a7")], [0, 1, 2], ["•", "o", "▪"]),
        ([("vietnameseCounting", "Phần thứ %1")], [0, 0], ["Phần thứ một", "Phần thứ hai"]),
        ([("none", "")], [0], [""]),
    ],
)
def test_automatic_numbers(
    levels: Sequence[tuple[str, str]], depths: Sequence[int], printed: list[str]
) -> None:
    blocks = [p("Việc", level=depth) for depth in depths]
    assert marks(*blocks, numbering=numbering(levels)) == printed


def test_a_second_list_counts_on_unless_it_says_where_to_start() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    start = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    blocks = [p("Việc", level=0, list_id=which) for which in (1, 1, 2, 3, 3)]
    lists = numbering([("decimal", "%1.")], starts=again + start)
    assert marks(*blocks, numbering=lists) == ["1.", "2.", "3.", "1.", "2."]


def test_a_level_that_never_begins_again() -> None:
    lists = numbering([("upperRoman", "%1."), ("decimal", "%2.")]).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/>'
    )
    blocks = [p("Việc", level=depth) for depth in (0, 1, 1, 0, 1)]
    assert marks(*blocks, numbering=lists) == ["I.", "1.", "2.", "II.", "3."]


def test_legal_numbers_print_roman_levels_in_arabic() -> None:
    lists = numbering([("upperRoman", "%1."), ("decimal", "%1.%2.")]).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:isLgl/>'
    )
    blocks = [p("Việc", level=depth) for depth in (0, 0, 1)]
    assert marks(*blocks, numbering=lists) == ["I.", "II.", "2.1."]


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    lists = numbering([("upperRoman", "%1."), ("decimal", "%2.")]).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="Muc"/>'
    )
    definitions = styles(
        '<w:style w:type="paragraph" w:styleId="Phan"><w:pPr><w:numPr><w:ilvl w:val="0"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>",
        '<w:style w:type="paragraph" w:styleId="PhanLon"><w:basedOn w:val="Phan"/></w:style>',
    )
    blocks = [p("A", style="Phan"), p("B", style="Muc"), p("C", style="PhanLon")]
    assert marks(*blocks, numbering=lists, styles=definitions) == ["I.", "1.", "II."]


def test_number_zero_takes_a_paragraph_out_of_its_list() -> None:
    blocks = [p("A", level=0), p("B", level=0, list_id=0), p("C", level=0)]
    assert marks(*blocks, numbering=numbering([("decimal", "%1.")])) == ["1.", "", "2."]


def test_an_empty_paragraph_prints_no_number() -> None:
    blocks = [p("A", level=0), p("", level=0), p("C", level=0)]
    assert marks(*blocks, numbering=numbering([("decimal", "%1.")])) == ["1.", "2."]


def test_computed_numbers_make_the_tree() -> None:
    lists = numbering([("decimal", "Điều %1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")])
    document = read(
        p("Mục tiêu", level=0),
        p("Giảm nghèo:", level=1),
        p("Một.", level=2),
        p("Nhiệm vụ", level=0),
        p("Tuyên truyền.", level=1),
        numbering=lists,
    )
    assert show(document) == [
        "#Điều 1. Mục tiêu",
        "  #1.1. Giảm nghèo:",
        "    a) Một.",
        "#Điều 2. Nhiệm vụ",
        "  2.1. Tuyên truyền.",
    ]
    assert messages(document) == []


def test_typed_and_computed_marks_stand_in_one_tree() -> None:
    document = read(
        p("I. MỤC TIÊU"), p("Một.", level=0), p("Hai.", level=0), p("II. NHIỆM VỤ"), p("- Ba."),
        numbering=numbering([("decimal", "%1.")]),
    )  # fmt: skip
    assert show(document) == ["#I. MỤC TIÊU", "  1. Một.", "  2. Hai.", "#II. NHIỆM VỤ", "  - Ba."]


def test_headers_and_footers_are_no_words_of_the_document() -> None:
    document = read(p("1. Một."), header1=header("Trang 2/5"), footer1=header("2"))
    assert show(document) == ["1. Một."]


def test_a_tracked_change_is_accepted_and_asked_about() -> None:
    changed = r("An ninh") + deleted(" trước 30/6") + inserted(" trước 30/9") + r(".")
    document = read(p("1. Một."), p(raw=r("2. ") + changed))
    assert show(document) == ["1. Một.", "2. An ninh trước 30/9."]
    (asked,) = document.questions
    assert (asked.line, asked.message) == (
        5,
        "sửa đổi đang theo dõi trong Word: «trước 30/6» → «trước 30/9»",
    )


@pytest.mark.parametrize(
    ("raw", "words", "asked"),
    [
        (r("1. Một") + deleted(" hai") + r("."), "1. Một.", "bỏ «hai»"),
        (r("1. Một") + inserted(" hai") + r("."), "1. Một hai.", "thêm «hai»"),
    ],
)
def test_a_deletion_or_insertion_alone(raw: str, words: str, asked: str) -> None:
    document = read(p(raw=raw))
    assert show(document) == [words]
    assert messages(document) == [f"4: sửa đổi đang theo dõi trong Word: {asked}"]


def test_a_deleted_paragraph_neither_prints_nor_counts() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    document = read(
        p("Một.", level=0),
        p(raw=deleted("Hai."), level=0, mark=gone),
        p("Ba.", level=0),
        numbering=numbering([("decimal", "%1.")]),
    )
    assert show(document) == ["1. Một.", "2. Ba."]
    assert messages(document) == ["5: sửa đổi đang theo dõi trong Word: bỏ «Hai.»"]


def test_a_change_inside_a_table_is_asked_at_its_row() -> None:
    cell = table(("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Việc", "X")).replace(
        r("X"), deleted("Sở Y tế") + inserted("Sở Nội vụ")
    )
    document = read(cell)
    assert messages(document) == ["5: sửa đổi đang theo dõi trong Word: «Sở Y tế» → «Sở Nội vụ»"]
    assert document.body[0].children[0].cells["lead"] == "Sở Nội vụ"


def test_a_footnote_follows_its_paragraph() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    document = read(
        p(raw=r("1. Đạt 80% hồ sơ.") + reference), p("2. Hai."), footnotes=footnotes("Tính cả năm.")
    )
    assert show(document) == ["1. Đạt 80% hồ sơ.", "  ¹ Tính cả năm.", "2. Hai."]


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Bo"/>'])
def test_struck_words_are_left_out_and_asked_about(mark: str) -> None:
    """«trước ngày 30/6» with a line through it is what was, not what is to be done."""
    struck = styles('<w:style w:styleId="Bo"><w:rPr><w:strike/></w:rPr></w:style>')
    words = r("1. Một") + r(" trước ngày 30/6", mark) + r(" trước ngày 30/9.")
    gone = p(raw=r("2. Hai.", mark))
    kept = p(raw=r("2. Ba.", '<w:strike w:val="0"/>'))
    document = read(p(raw=words), gone, kept, styles=struck)
    assert show(document) == ["1. Một trước ngày 30/9.", "2. Ba."]
    told = ["chữ bị gạch ngang: «trước ngày 30/6»", "chữ bị gạch ngang: «2. Hai.»"]
    assert [question.message for question in document.questions[:2]] == told


@pytest.mark.parametrize(("code", "is_asked"), [("DATE", True), ("TIME", True), ("REF so", False)])
@pytest.mark.parametrize("form", ["simple", "complex"])
def test_a_day_that_word_fills_in_is_asked_about(code: str, form: str, is_asked: bool) -> None:
    """It is the day on which somebody opened the file, and would be a deadline."""
    field = f'<w:fldSimple w:instr=" {code} ">{r("27/11/2026")}</w:fldSimple>'
    if form == "complex":
        begin, middle, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
            for kind in ("begin", "separate", "end")
        )
        instruction = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        field = f"{begin}{instruction}{middle}{r('27/11/2026')}{end}"
    document = read(p(raw=r("1. Xong trước ngày ") + field + r(".")))
    assert show(document) == ["1. Xong trước ngày 27/11/2026."]
    asked = [one.message for one in document.questions if "tự điền" in one.message]
    assert asked == (["ngày do máy tự điền «27/11/2026»"] if is_asked else [])


@pytest.mark.parametrize(
    ("body", "size", "told"),
    [
        ([], 100, "tệp chỉ có ảnh chụp, không có chữ → xin tệp Word gốc"),
        ([], 0, "tệp không có chữ nào → xem lại"),
        (["1. Một."], 50_000, "tệp có 1 ảnh lớn, máy không đọc chữ trong ảnh"),
        (["1. Một."], 100, ""),
    ],
    ids=["scan", "blank", "picture", "emblem"],
)
def test_pictures_are_never_passed_over(body: list[str], size: int, told: str, tmp_path: Path):
    """A page that was scanned into the file has words, too, which nobody has read."""
    file = tmp_path / "a.docx"
    file.write_bytes(docx(*map(p, body)))
    if size:
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("word/media/image1.png", bytes(range(256)) * (size // 256 + 1))
    if not body:
        with pytest.raises(UnreadableSource, match=told):
            read_document(file)
        return
    asked = [question.message for question in read_document(file).questions]
    assert any("ảnh lớn" in message for message in asked) == bool(told)
    assert not told or told in asked


def test_an_empty_file_is_told_as_empty(tmp_path: Path) -> None:
    (tmp_path / "Kh.docx").write_bytes(b"")
    with pytest.raises(UnreadableSource, match=r"^tệp Kh\.docx trống \(0 byte\)"):
        read_document(tmp_path / "Kh.docx")


def test_hidden_text_is_left_out_and_asked_about() -> None:
    document = read(p(raw=r("1. Một.") + r(" Nháp.", "<w:vanish/>")))
    assert show(document) == ["1. Một."]
    assert "chữ ẩn" in messages(document)[0]


@pytest.mark.parametrize(
    ("font", "typed", "read_as"),
    [
        (".VnTime", "KÕ ho¹ch ph¸t triÓn", "Kế hoạch phát triển"),
        (".VnTimeH", "KÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch phaùt trieån", "Kế hoạch phát triển"),
    ],
)
def test_old_fonts_are_converted_and_asked_about(font: str, typed: str, read_as: str) -> None:
    run = r(typed, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')
    document = read(p(raw=r("1. ") + run))
    assert show(document) == [f"1. {read_as}"]
    assert f"phông cũ {font}" in messages(document)[0]


def test_the_letterhead_table_is_read_column_by_column() -> None:
    top = table(
        ("UBND XÃ BÌNH AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        ("Số: 45/KH-UBND", "Bình An, ngày 12 tháng 6 năm 2026"),
    )
    end = table(("Nơi nhận:\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A"))
    document = read_layout(read_docx(docx(top, *TITLE, p("1. Một."), end)))
    assert [line.words for line in document.letterhead][:2] == ["UBND XÃ BÌNH AN", "Số: 45/KH-UBND"]
    assert (document.number, document.symbol, document.date) == ("45", "KH-UBND", "2026-06-12")
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert document.signature[-1].words == "Nguyễn Văn A"


def test_recipients_and_signature_parted_by_tabs() -> None:
    end = [p("Nơi nhận:\tTM. ỦY BAN NHÂN DÂN"), p("- Lưu: VT.\tCHỦ TỊCH"), p("\tNguyễn Văn A")]
    document = read(p("\t1. Một."), *end)
    assert show(document) == ["1. Một."]
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert [line.words for line in document.signature] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_an_appendix_begins_on_a_page_of_its_own() -> None:
    broken = '<w:r><w:br w:type="page"/></w:r>'
    document = read(p("1. Một."), p(raw=broken), p("PHỤ LỤC"), p("Danh mục"), p("1. Hai."))
    (appendix,) = document.attachments
    assert (appendix.type, show(appendix)) == ("PHỤ LỤC", ["1. Hai."])


def test_a_table_after_a_list_is_not_of_its_last_item() -> None:
    document = read(
        p("I. NHIỆM VỤ"), p("* Đối với cán bộ:"), p("- Tập huấn."),
        table(("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Một", "Sở Y tế")),
    )  # fmt: skip
    assert [one.number for one in document.body[0].children] == ["*", ""]


def test_a_title_of_several_centred_lines() -> None:
    bold = "<w:b/>"
    document = read_layout(
        read_docx(
            docx(
                p("KẾ HOẠCH", align="center", run=bold),
                p("Triển khai Đề án chuyển đổi số", align="center", run=bold),
                p("Tỉnh Bình An năm 2026", align="center", run=bold),
                p("Thực hiện Đề án, UBND xã ban hành:"),
                p("1. Một."),
            )
        )
    )
    assert document.title == "Triển khai Đề án chuyển đổi số Tỉnh Bình An năm 2026"
    assert [line.words for line in document.preamble] == ["Thực hiện Đề án, UBND xã ban hành:"]


def test_merged_cells_stand_in_every_row_they_cover() -> None:
    document = read(
        table(
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
            (("I", ""), ("Hạ tầng", "span 3")),
            (("1", "down"), "Việc một", ("Sở Y tế", "down"), "6/2026"),
            (("", "covered"), "Việc hai", ("", "covered"), "7/2026"),
            ("2", "Việc ba", "Sở Nội vụ", "8/2026"),
        )
    )
    (whole,) = document.body
    (part,) = whole.children
    assert (part.number, part.words, part.is_heading) == ("I", "Hạ tầng", True)
    assert [(row.number, row.cells["lead"], row.cells["due"]) for row in part.children] == [
        ("1", "Sở Y tế", "6/2026"),
        ("1", "Sở Y tế", "7/2026"),
        ("2", "Sở Nội vụ", "8/2026"),
    ]
    assert part.children[1].merged == {"", "lead"}


def test_content_controls_and_links_are_words_too() -> None:
    control = f"<w:sdt><w:sdtContent>{p('1. Một.')}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{r('Hai')}</w:hyperlink>"
    assert show(read(control, p(raw=r("2. ") + link))) == ["1. Một.", "2. Hai"]


def test_the_file_of_an_office() -> None:
    path = OFFICE / "ke-hoach-chuyen-doi-so.docx"
    blocks = read_docx(path.read_bytes())
    document = read_document(path)
    assert compare_words(blocks.items, document) == ([], [])
    assert (document.number, document.symbol, document.date) == ("45", "KH-UBND", "2026-06-12")
    assert [provision.number for provision in document.body] == ["I.", "II.", "III.", "IV."]
    (appendix,) = document.attachments
    tasks = [row for part in appendix.body[0].children for row in part.children]
    assert [row.cells["lead"] for row in tasks][-1] == "Phòng Văn hóa - Xã hội"
    assert len(tasks) == 4
    assert "«trước ngày 30/6/2026» → «trước ngày 30/9/2026»" in " ".join(messages(document))


def test_a_table_of_data_is_never_taken_for_a_letterhead() -> None:
    blocks = read_docx(docx(table(("Nhiệm vụ", "Chủ trì"), ("Báo cáo ngày 05 tháng 6", "Sở Y tế"))))
    assert [type(item) for item in blocks.items] == [Table]


def test_a_file_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(b"PK\x03\x04 hong")
    with pytest.raises(UnreadableSource, match="tệp hỏng"):
        read_document(path)
