"""A file beside a plan is what its name says, and no spreadsheet computes what it holds."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from congkhai.checks.attachments import MAX_ATTACHMENT_BYTES
from congkhai.checks.urls import find_fault_of_link, is_https
from congkhai.data.folder import published_name
from congkhai.pages.labels import evidence_address, host_of
from tests.cases import MINIMAL, lay_out, problems_of

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
REPORT = f"{PLAN}/reports/2027-phong-van-hoa-xa-hoi.yml"
EVIDENCE = '{title: Danh sách lớp, url: "https://namsach.haiphong.gov.vn/lop"}'


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(sheet: str, **more: str) -> bytes:
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": f"<worksheet>{sheet}</worksheet>",
            **more,
        }
    )


def said_of(tmp_path: Path, name: str, content: bytes) -> list[str]:
    """Return what is said of the smallest plan with a file that its report names."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / PLAN / name).write_bytes(content)
    report = plans / REPORT
    text = report.read_text("utf-8")
    assert EVIDENCE in text
    report.write_text(text.replace(EVIDENCE, f'{{title: Tệp, url: "{name}"}}'), "utf-8")
    return [f"{problem.message} → {problem.hint}" for problem in problems_of(plans)]


GOOD = {
    "a.pdf": b"%PDF-1.7\n%...",
    "a.png": b"\x89PNG\r\n\x1a\n...",
    "a.JPEG": b"\xff\xd8\xff\xe0...",
    "a.csv": "Thôn;Tỷ lệ\nMột;-5\nHai;+3,5 %\nBa;- không có\n".encode(),
    "b.csv": "Thôn\tTỷ lệ\nMột\t5\n".encode("utf-16"),
    "a.xlsx": workbook("<c><f>SUM(A1:A9)</f><v>3</v></c>"),
    "a.docx": zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "a.ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_its_kind_is_accepted(name: str, tmp_path: Path) -> None:
    assert said_of(tmp_path, name, GOOD[name]) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.pdf", b"%PDF-1.7\n<script>alert(1)</script>"),
        ("a.pdf", b"MZ\x90\x00\x03"),
        ("a.png", GOOD["a.JPEG"]),
        ("a.jpg", b"GIF89a"),
        ("a.csv", b"<!DOCTYPE html><p>x"),
        ("a.csv", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("a.docx", GOOD["a.xlsx"]),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.xlsx", workbook("", **{"xl/vbaProject.bin": "x"})),
        ("a.ods", zipped(mimetype="application/zip")),
        ("a.docx", b"PK\x03\x04 cut"),
    ],
)
def test_a_file_of_another_kind_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, name, content)
    assert said.startswith("nội dung không phải tệp .")
    assert "lưu lại thành" in said
    assert "xóa" not in said


@pytest.mark.parametrize("name", ["a.pdf", "a.csv", "a.xlsx"])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, name, b" \n")
    assert said.startswith("tệp rỗng → chép lại tệp")


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    """One byte more than allowed, of which no more is read."""
    (said,) = said_of(tmp_path, "a.pdf", b"%PDF-1.7" + b" " * (MAX_ATTACHMENT_BYTES - 7))
    assert said.startswith("tệp lớn hơn 20 MB → nén ảnh")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"a;b\n1;=1+1\n"),
        ("a.csv", b"a,b\n@SUM(A1),2\n"),
        ("a.csv", b"a,b\n+cmd|' /c calc'!A1,2\n"),
        ("a.csv", b'a,b\n"-2+3+cmd|x",2\n'),
        ("a.csv", b'a,b\n"\t=1",2\n'),
        ("a.xlsx", workbook('<c><f>HYPERLINK("https://evil.example","x")</f></c>')),
        ("a.xlsx", workbook("<c><f>WEBSERVICE(A1)</f></c>")),
        ("a.xlsx", workbook("", **{"xl/externalLinks/externalLink1.xml": "<ddeLink/>"})),
        (
            "a.ods",
            zipped(
                mimetype="application/vnd.oasis.opendocument.spreadsheet",
                **{"content.xml": '<cell table:formula="of:=DDE(&quot;soffice&quot;)"/>'},
            ),
        ),
    ],
)
def test_a_cell_that_acts_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, name, content)
    assert "công thức" in said
    assert "dán giá trị" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "Tên;Số\nA;001099012345\n".encode()),
        ("a.csv", "Tên;Số\nA;0912 345 678\n".encode("utf-16")),
        ("a.xlsx", workbook("<c><is><t>0912345678</t></is></c>")),
        ("a.xlsx", workbook("", **{"xl/sharedStrings.xml": "<si><t>a@gmail.com</t></si>"})),
        (
            "a.ods",
            zipped(
                mimetype="application/vnd.oasis.opendocument.spreadsheet",
                **{"content.xml": "<text:p>CCCD 001099012345</text:p>"},
            ),
        ),
    ],
)
def test_a_table_with_somebody_s_data_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    (said,) = said_of(tmp_path, name, content)
    assert "bảng có vẻ chứa" in said
    assert "0912" not in said and "001099" not in said


@pytest.mark.parametrize(
    "name", ["Tờ trình số 12.pdf", "To_trinh_12.PDF", "Bao cao Q1 (lần 2).pdf", "12. Kết quả.pdf"]
)
def test_a_clerk_s_own_name_is_accepted_and_plain_in_the_address(name: str, tmp_path: Path) -> None:
    assert said_of(tmp_path, name, GOOD["a.pdf"]) == []
    address = evidence_address(name, "ke-hoach/a/")
    assert address.isascii() and " " not in address
    assert published_name(name).lower().endswith(".pdf")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://bit.ly/abc", "rút gọn"),
        ("https://www.tinyurl.com/abc", "rút gọn"),
        ("https://1.2.3.4/", "tên thường"),
        ("https://[::1]/", "tên thường"),
        ("https://0x7f.1/", "tên thường"),
        ("https://tinh.gov.vn:8443/", "cổng :8443"),
        ("https://намсач.рф/", "tên thường"),
        ("https://a.gov.vn\u2044.evil.example/", "tên thường"),
        ("https://xn--nmsach-3nf.vn/", "tên thường"),
        ("https://localhost/", "tên thường"),
        ("https://tinh.gov.vn@evil.example/", "chưa đúng"),
        ("https://evil.example\\@tinh.gov.vn/", "dấu không được dùng"),
        ("https://tinh.gov.vn/a<b", "dấu không được dùng"),
        ("http://tinh.gov.vn/", "chưa đúng"),
    ],
)
def test_a_link_that_hides_where_it_leads_is_refused(url: str, words: str) -> None:
    fault = find_fault_of_link(url)
    assert fault is not None
    assert words in fault[0]
    assert fault[1]
    assert not is_https(url)


def test_the_host_is_what_the_browser_goes_to() -> None:
    assert host_of("https://evil.example/#@namsach.gov.vn") == "evil.example"
    assert is_https("https://evil.example/#@namsach.gov.vn"), "its host is shown behind the link"
