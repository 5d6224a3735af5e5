"""The other formats of an office: workbooks, LibreOffice, web pages, PDF, old encodings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from congkhai.sources.archive import Archive, parse_xml
from congkhai.sources.blocks import Blocks, Paragraph, UnreadableSource
from congkhai.sources.document import SourceDocument
from congkhai.sources.fidelity import compare_words
from congkhai.sources.html import read_html
from congkhai.sources.layout import read_layout
from congkhai.sources.odt import read_odt
from congkhai.sources.pdf import read_pdf
from congkhai.sources.plain_text import read_plain_text
from congkhai.sources.reader import read_document, received_text
from congkhai.sources.xlsx import read_xlsx
from tests.office_files import HEAD, TAIL, docx, messages, odt, p, packed, pdf, ruled, show

OFFICE = Path(__file__).parents[2] / "data" / "office"


def document_of(read: Callable[[bytes], Blocks], raw: bytes) -> SourceDocument:
    blocks = read(raw)
    document = read_layout(blocks)
    assert compare_words([*blocks.items, *blocks.left_out], document) == ([], [])
    return document


# Workbooks


def workbook(*rows: list[object], merge: str = "", **formats: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    for place, form in formats.items():
        sheet[place].number_format = form
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_a_sheet_of_tasks() -> None:
    document = document_of(
        read_xlsx,
        workbook(
            ["DANH MỤC NHIỆM VỤ NĂM 2026"],
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
            [1, "Một", "Sở Y tế", date(2026, 9, 30)],
            [2, "Hai", None, date(2026, 12, 1)],
            merge="C3:C4",
            D3="dd/mm/yyyy",
            D4="mm/yyyy",
        ),
    )
    assert document.title == "DANH MỤC NHIỆM VỤ NĂM 2026"
    (table,) = document.body
    assert [(row.number, row.cells["lead"], row.cells["due"]) for row in table.children] == [
        ("1", "Sở Y tế", "30/09/2026"),
        ("2", "Sở Y tế", "12/2026"),
    ]
    assert [row.merged for row in table.children] == [frozenset(), {"lead"}]


def test_letterhead_and_signature_of_a_sheet_are_no_rows() -> None:
    document = document_of(
        read_xlsx,
        workbook(
            ["UBND XÃ BÌNH AN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 45/KH-UBND", None, "Bình An, ngày 12 tháng 6 năm 2026"],
            ["KẾ HOẠCH"],
            ["Chuyển đổi số"],
            ["TT", "Nhiệm vụ", "Chủ trì"],
            [1, "Một", "Sở Y tế"],
            ["Nơi nhận:", None, "TM. ỦY BAN NHÂN DÂN"],
            ["- Lưu: VT.", None, "CHỦ TỊCH"],
        ),
    )
    assert (document.number, document.symbol, document.date) == ("45", "KH-UBND", "2026-06-12")
    assert (document.type, document.title) == ("KẾ HOẠCH", "Chuyển đổi số")
    assert [row.words for row in document.body[0].children] == ["Một"]
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert [line.words for line in document.signature] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (0.6, "0%", "60%"),
        (0.125, "0.0%", "12,5%"),
        (1250, "#,##0", "1.250"),
        (2.5, "General", "2,5"),
        (2026, "General", "2026"),
        (True, "General", "x"),
    ],
)
def test_numbers_are_printed_as_vietnamese_prints_them(
    value: object, form: str, printed: str
) -> None:
    document = document_of(
        read_xlsx, workbook(["Chỉ tiêu", "ĐVT", "Năm 2030"], ["Một", "hộ", value], C2=form)
    )
    assert document.body[0].children[0].cells["target:Năm 2030"] == printed


def test_a_share_without_its_format_is_asked_about() -> None:
    document = document_of(
        read_xlsx, workbook(["Chỉ tiêu", "Đơn vị tính", "2030"], ["Hồ sơ trực tuyến", "%", 0.8])
    )
    (hint,) = [
        one.hint for one in document.questions if one.message == "ô ghi 0,8 với đơn vị tính %"
    ]
    assert "80%" in hint


def test_struck_words_of_any_format_are_left_out_and_asked_about() -> None:
    """As in Word: what is struck through says what is no longer to be done."""
    page = read_html(
        "<p>1. Một <s>hai</s><i style='text-decoration: line-through'>ba</i> bốn.</p>".encode()
    )
    struck = (
        '<style:style style:name="T1" style:family="text"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    text = read_odt(
        odt('<text:p>1. Một <text:span text:style-name="T1">hai</text:span>bốn.</text:p>', struck)
    )
    for blocks, told in ((page, ["hai", "ba"]), (text, ["hai"])):
        assert [item.words for item in blocks.items if isinstance(item, Paragraph)] == [
            "1. Một bốn."
        ]
        asked = [question.message for question in blocks.questions]
        assert asked == [f"chữ bị gạch ngang: «{words}»" for words in told]


def test_hidden_rows_and_struck_cells_of_a_sheet_are_asked_about() -> None:
    """Neither is read: a clerk hides what is done, and strikes what is given up."""
    book = Workbook()
    assert book.active is not None
    for row in (["Nhiệm vụ", "Chủ trì"], ["Một", "Sở Y tế"], ["Hai", "Sở Y tế"], ["Ba", "Sở Y tế"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active["A4"].font = Font(strike=True)
    raw = io.BytesIO()
    book.save(raw)
    asked = [question.message for question in read_xlsx(raw.getvalue()).questions]
    assert asked == [
        "trang tính «Sheet» có dòng bị ẩn, chưa đọc: 3",
        "chữ bị gạch ngang: «Ba»",
    ]


def test_a_formula_that_nothing_has_computed_is_refused_with_its_cell() -> None:
    """Read as an empty cell, its words would be lost; an empty text is a result like others."""
    raw = workbook(["Nhiệm vụ", "Chủ trì"], ["Một", "Sở Y tế"])
    computed = (
        (b"<f>1+1</f><v></v>", "C1"),
        (b"<f>1+1</f><v />", "C1"),
        (b"<f>1+1</f>", "C1"),
        (b"<f>1+1</f><v>2</v>", ""),
        (b"<v>2</v>", ""),
    )
    for cell, told in computed:
        changed = put_cell(raw, b'<c r="B1" s="0"/><c r="C1">' + cell + b"</c>")
        if told:
            with pytest.raises(UnreadableSource, match=f"ô {told}: công thức chưa có kết quả"):
                read_xlsx(changed)
        else:
            read_xlsx(changed)
    read_xlsx(put_cell(raw, b'<c r="C1" t="str"><f>IF(1,"","")</f><v></v></c>'))


def put_cell(raw: bytes, cell: bytes) -> bytes:
    """Put a cell behind the first row of a workbook's sheet, as it stands in the file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</row>", cell + b"</row>", 1)
            new.writestr(name, content)
    return made.getvalue()


def test_a_hidden_sheet_is_asked_about() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Nhiệm vụ", "Chủ trì"])
    book.active.append(["Một", "Sở Y tế"])
    book.create_sheet("Nháp").append(["bỏ"])
    book["Nháp"].sheet_state = "hidden"
    raw = io.BytesIO()
    book.save(raw)
    document = read_layout(read_xlsx(raw.getvalue()))
    assert "trang tính «Nháp» bị ẩn, chưa đọc" in " ".join(messages(document))
    assert len(document.body) == 1


def test_the_workbook_of_an_office() -> None:
    document = read_document(OFFICE / "nhiem-vu.xlsx")
    tasks, targets = document.body
    assert [part.words for part in tasks.children] == ["Hạ tầng số", "Kỹ năng số"]
    rows = [row for part in tasks.children for row in part.children]
    assert [row.cells["due"] for row in rows] == ["30/9/2026", "30/09/2026", "Hằng năm", "2027"]
    assert targets.children[0].cells["target:2030"] == "0,8"
    assert len(document.questions) == 2


# LibreOffice

_LEVELS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."'
    ' text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="-"/></text:list-style>'
)
_ODT_TITLE = "<text:p>KẾ HOẠCH</text:p><text:p>Chuyển đổi số</text:p>"


def _items(*texts: str) -> str:
    inside = "".join(
        f"<text:list-item>{text if text.startswith('<') else f'<text:p>{text}</text:p>'}"
        "</text:list-item>"
        for text in texts
    )
    return f'<text:list text:style-name="L">{inside}</text:list>'


def test_libreoffice_numbers_are_computed() -> None:
    deepest = _items("<text:p>Bốn</text:p>" + _items("Năm"))
    inner = _items("<text:p>Hai</text:p>" + deepest, "Ba")
    body = _items(f"<text:p>MỘT</text:p>{inner}", "SÁU")
    document = document_of(read_odt, odt(_ODT_TITLE + body, _LEVELS))
    assert show(document) == [
        "#I. MỘT",
        "  #1. Hai",
        "    #1.1. Bốn",
        "      - Năm",
        "  2. Ba",
        "II. SÁU",
    ]


def test_libreoffice_numbers_begin_again_under_the_next_part() -> None:
    one = _items("<text:p>MỘT</text:p>" + _items("A", "B"), "<text:p>HAI</text:p>" + _items("C"))
    assert show(document_of(read_odt, odt(_ODT_TITLE + one, _LEVELS))) == [
        "#I. MỘT",
        "  1. A",
        "  2. B",
        "#II. HAI",
        "  1. C",
    ]


def test_a_list_that_goes_on_after_a_paragraph() -> None:
    going_on = _items("BA").replace("<text:list ", '<text:list text:continue-numbering="true" ')
    body = _items("MỘT", "HAI") + "<text:p>Một câu.</text:p>" + going_on
    assert show(document_of(read_odt, odt(_ODT_TITLE + body, _LEVELS))) == [
        "I. MỘT",
        "#II. HAI",
        "  Một câu.",
        "III. BA",
    ]


def test_libreoffice_changes_notes_and_headers() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<text:p>30/6</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = (
        '<text:p>1. Xong trước <text:change text:change-id="c1"/>'
        '<text:change-start text:change-id="c2"/>30/9<text:change-end text:change-id="c2"/>.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Ghi chú.</text:p></text:note-body></text:note></text:p><text:p>2. Hai.</text:p>"
    )
    document = document_of(read_odt, odt(_ODT_TITLE + body, tracked=tracked))
    assert show(document) == ["1. Xong trước 30/9.", "  ¹ Ghi chú.", "2. Hai."]
    assert messages(document) == [
        "3: sửa đổi đang theo dõi trong LibreOffice: bỏ «30/6»",
        "3: sửa đổi đang theo dõi trong LibreOffice: thêm «30/9»",
    ]


def test_a_libreoffice_table_with_merged_cells() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    rows = [
        cell("TT") + cell("Nhiệm vụ") + cell("Chủ trì"),
        cell("I")
        + cell("Hạ tầng", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>",
        cell("1") + cell("Một") + cell("Sở Y tế", 'table:number-rows-spanned="2"'),
        cell("2") + cell("Hai") + "<table:covered-table-cell/>",
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    document = document_of(read_odt, odt(f"{_ODT_TITLE}<table:table>{table}</table:table>"))
    (part,) = document.body[0].children
    assert (part.number, part.words) == ("I", "Hạ tầng")
    assert [row.cells["lead"] for row in part.children] == ["Sở Y tế", "Sở Y tế"]
    assert part.children[1].merged == {"lead"}


# Web pages


def test_a_page_with_lists_and_a_table() -> None:
    page = (
        "<html><head><title>Bỏ</title><style>p{}</style></head><body><p "
        "align=center><b>KẾ HOẠCH</b></p>"
        "<p align=center><b>Chuyển đổi số</b></p><p>UBND xã ban hành:</p>"
        "<ol type=I><li><b>MỤC TIÊU</b><ol><li>Một.</li><li "
        "value=3>Ba:<ul><li>Bốn</li></ul></li></ol></li>"
        "<li>NHIỆM VỤ</li></ol><table><tr><th>STT</th><th>Công việc</th><th>Phụ trách</th></tr>"
        "<tr><td>1</td><td>Làm</td><td rowspan=2>Công an "
        "xã</td></tr><tr><td>2</td><td>Nữa</td></tr></table>"
        "<script>bo()</script></body></html>"
    )
    document = document_of(read_html, page.encode())
    assert document.title == "Chuyển đổi số"
    assert show(document) == [
        "#I. MỤC TIÊU",
        "  1. Một.",
        "  #3. Ba:",
        "    - Bốn",
        "#II. NHIỆM VỤ",
        "  #",
        "    1 Làm",
        "    2 Nữa",
    ]
    assert messages(document) == ["6: sau «1.» là «3.»: thiếu số ở giữa"]
    rows = document.body[1].children[0].children
    assert [row.cells["lead"] for row in rows] == ["Công an xã", "Công an xã"]
    assert [row.merged for row in rows] == [frozenset(), {"lead"}]


# PDF


def _lines(left: float, top: float, *texts: str) -> list[tuple[float, float, str]]:
    return [(left, top + 18 * at, text) for at, text in enumerate(texts)]


FULL = "Thực hiện các nhiệm vụ chuyển đổi số trên địa bàn xã theo đúng kế hoạch đã đề"
"""76 letters of 6 points: from the left margin to the right one."""


def test_lines_of_a_page_become_paragraphs() -> None:
    page = [
        *_lines(60, 60, "UBND XÃ BÌNH AN"),
        (330, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *_lines(60, 78, "Số: 45/KH-UBND"),
        (330, 78, "Bình An, ngày 12 tháng 6 năm 2026"),
        *_lines(270, 120, "KẾ HOẠCH"),
        *_lines(60, 160, "I. MỤC TIÊU", FULL, "ra trong năm.", "1. " + FULL[3:], "ra.", "- Hai."),
        *_lines(60, 300, "Nơi nhận:", "- Lưu: VT."),
        *_lines(360, 300, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        *_lines(380, 380, "Nguyễn Văn A"),
    ]
    document = document_of(read_pdf, pdf(page))
    assert [line.words for line in document.letterhead][:2] == ["UBND XÃ BÌNH AN", "Số: 45/KH-UBND"]
    assert (document.number, document.date) == ("45", "2026-06-12")
    assert show(document) == [
        "#I. MỤC TIÊU", f"  {FULL} ra trong năm.", f"  1. {FULL[3:]} ra.", "    - Hai.",
    ]  # fmt: skip
    assert [line.words for line in document.recipients] == ["Nơi nhận:", "- Lưu: VT."]
    assert [line.words for line in document.signature] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_page_numbers_and_running_heads_of_a_pdf_are_asked_about_once() -> None:
    pages = [
        [
            (60, 40, "Kế hoạch của xã Bình An"),
            *_lines(60, 100 + 20 * order, f"{order}. {FULL[3:]}", "ra" * order + "."),
            (290, 800, str(order)),
        ]
        for order in (1, 2, 3)
    ]
    pages[0] = [(60, 40, "Kế hoạch của xã Bình An"), (270, 70, "KẾ HOẠCH"), *pages[0][1:]]
    document = document_of(read_pdf, pdf(*pages))
    assert show(document) == [f"{order}. {FULL[3:]} {'ra' * order}." for order in (1, 2, 3)]
    assert messages(document) == [
        "0: đã bỏ số trang hoặc dòng đầu, cuối trang «Kế hoạch của xã Bình An» (trang 1, 2, 3)",
        "0: đã bỏ số trang hoặc dòng đầu, cuối trang «1» (trang 1, 2, 3)",
    ]


def test_a_table_over_two_pages_is_one() -> None:
    edges = [60, 100, 300, 420, 520]

    def row(top: float, *cells: str) -> list[tuple[float, float, str]]:
        return [(left + 4, top, cell) for left, cell in zip(edges, cells, strict=False) if cell]

    first = [
        *_lines(270, 60, "KẾ HOẠCH"),
        *_lines(60, 90, "I. NHIỆM VỤ"),
        *ruled(edges, [700, 720, 740, 760]),
        *row(715, "TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        *row(735, "1", "Một", "Sở Y tế", "2026"),
        *row(755, "2", "Xây dựng hệ thống", "Sở Y tế", "2027"),
        (290, 810, "1"),
    ]
    second = [
        *ruled(edges, [60, 80, 100]),
        *row(75, "", "dữ liệu", "", ""),
        *row(95, "3", "Ba", "Sở Nội vụ", "2028"),
        (290, 810, "2"),
    ]
    document = document_of(read_pdf, pdf(first, second))
    (table,) = document.body[0].children
    assert [(row.number, row.words) for row in table.children] == [
        ("1", "Một"),
        ("2", "Xây dựng hệ thống dữ liệu"),
        ("3", "Ba"),
    ]
    assert any("đã nối vào dòng trên" in message for message in messages(document))


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ban-chup.pdf"
    path.write_bytes(pdf([(0.0, 0.0, 100.0, 100.0)]))
    with pytest.raises(UnreadableSource, match="bản chụp, không có lớp chữ → xin tệp Word gốc"):
        read_document(path)


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hong.pdf"
    path.write_bytes(b"%PDF-1.4\nhong")
    with pytest.raises(UnreadableSource, match="PDF hỏng"):
        read_document(path)


# Text in older encodings

PLAIN = HEAD + "I. MỤC TIÊU\n1. Triển khai kế hoạch và thực hiện nhiệm vụ của xã.\n" + TAIL
TCVN3 = str.maketrans(
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐũ",
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñóô\xadõö÷øùúûüýþ¡¢£¤¥¦§ò",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_any_form_is_read_in_silence(encoding: str) -> None:
    document = document_of(read_plain_text, PLAIN.encode(encoding))
    assert show(document)[0] == "#I. MỤC TIÊU"
    assert document.questions == ()


def test_windows_1258_is_converted_and_asked_about() -> None:
    words = "Triển khai kế hoạch của xã"
    raw = "".join(_to_1258(char) for char in words).encode("cp1258")
    document = read_layout(read_plain_text(b"1. " + raw + b".\n2. B."))
    assert show(document) == [f"1. {words}.", "2. B."]
    assert "Windows-1258" in messages(document)[0]


def _to_1258(char: str) -> str:
    import unicodedata

    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return "".join(
            unicodedata.normalize("NFC", part)
            for part in _split_tone(unicodedata.normalize("NFD", char))
        )
    return char


def _split_tone(letters: str) -> tuple[str, str]:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return "".join(c for c in letters if c not in tones), "".join(c for c in letters if c in tones)


@pytest.mark.parametrize(
    "encode", [lambda text: text.encode(), lambda text: text.encode("latin-1")]
)
def test_tcvn3_is_converted_and_asked_about(encode: Callable[[str], bytes]) -> None:
    words = "Triển khai kế hoạch và thực hiện nhiệm vụ của xã"
    raw = encode(f"KÕ ho¹ch\n1. {words.translate(TCVN3)}.\n2. H{'Õ'}t.")
    document = read_layout(read_plain_text(raw))
    assert show(document) == [f"1. {words}.", "2. Hết."]
    assert "TCVN3" in messages(document)[0]


def test_vni_is_converted_and_asked_about() -> None:
    text = "Keá hoaïch\n1. Phaùt trieån kinh teá, ñôøi soáng.\n2. Heát."
    document = read_layout(read_plain_text(text.encode()))
    assert show(document) == ["1. Phát triển kinh tế, đời sống.", "2. Hết."]
    assert "VNI" in messages(document)[0]


# What is refused, and why


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(100), "dạng Office cũ .* lưu thành .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(100), "dạng Office cũ"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"),
            "tệp a.docx có mật khẩu .* xóa mật khẩu",
        ),
        ("a.docx", b"%PDF-1.7", "là .pdf, không phải .docx → đổi tên thành a.pdf"),
        ("a.pdf", docx(p("Chữ")), "là .docx, không phải .pdf → đổi tên thành a.docx"),
        ("a.pdf", b"%PDF-1.7\ntrailer <</Encrypt 1 0 R>>", "có mật khẩu → mở bằng mật khẩu, in"),
        ("a.rtf", b"{\\rtf1", "dạng .rtf → mở bằng Word"),
        ("a.jpg", b"\xff\xd8", "chưa đọc được loại tệp «.jpg»"),
        ("a.txt", b"\x00\x01\x02\x03", "tệp không phải là văn bản"),
        ("a.odt", packed({"a": "b"}), "không mở được phần «content.xml»"),
        ("a.xlsx", packed({"a": "b"}), "không mở được bảng tính"),
    ],
)
def test_refusals_say_what_to_do(tmp_path: Path, name: str, raw: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(UnreadableSource, match=message):
        read_document(path)


def test_a_zip_bomb_is_never_unpacked() -> None:
    with pytest.raises(UnreadableSource, match="tệp nén bất thường"):
        Archive(packed({"word/document.xml": b"0" * 50_000_000}))


def test_many_parts_are_refused() -> None:
    with pytest.raises(UnreadableSource, match="tệp nén bất thường"):
        Archive(packed({f"{order}": "" for order in range(3001)}))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declaration: str, encoding: str) -> None:
    with pytest.raises(UnreadableSource, match="DOCTYPE"):
        parse_xml(declaration.encode(encoding))
    with pytest.raises(UnreadableSource, match="DOCTYPE"):
        Archive(packed({"a.xml": declaration.encode(encoding)})).refuse_declarations()


def test_the_received_text_has_a_line_for_each_paragraph_and_row(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("KẾ HOẠCH"), p("1. Một."), p("2. Hai.")))
    assert received_text(path) == "KẾ HOẠCH\n1. Một.\n2. Hai.\n"
