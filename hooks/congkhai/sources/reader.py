"""One file of an office, by its format.

Comes in: a path. Goes out: `SourceDocument`. What a file is, its first bytes say, not its
name alone; .doc, .rtf and scans are refused with what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from congkhai.data import files
from congkhai.sources.archive import MAX_FILE_BYTES
from congkhai.sources.blocks import Blocks, UnreadableSource, take_out_unseen, text_of
from congkhai.sources.document import Question, SourceDocument
from congkhai.sources.docx import read_docx
from congkhai.sources.html import read_html
from congkhai.sources.layout import read_layout
from congkhai.sources.odt import read_odt
from congkhai.sources.plain_text import read_plain_text


def _read_pdf(raw: bytes) -> Blocks:
    # Imported late: pdfplumber takes half a second, which every other command would pay.
    from congkhai.sources.pdf import read_pdf

    return read_pdf(raw)


def _read_xlsx(raw: bytes) -> Blocks:
    from congkhai.sources.xlsx import read_xlsx

    return read_xlsx(raw)


_READERS: Final[dict[str, Callable[[bytes], Blocks]]] = {
    ".docx": read_docx,
    ".xlsx": _read_xlsx,
    ".odt": read_odt,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": _read_pdf,
    ".txt": read_plain_text,
    ".md": read_plain_text,
}
SUFFIXES: Final = tuple(_READERS)
_TEXTS: Final = (".txt", ".md")

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an Office file with a password ([MS-OFFCRYPTO] 2.3.4)."""
_OF_KINDS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pdf": ""}
"""Endings of files whose content tells what they are; with the part that zipped ones have."""
_PICTURE: Final = re.compile(r"(?:word/media|xl/media|Pictures)/.")
SCANNED_PAGE_BYTES: Final = 40_000
"""What a scanned page has at least; emblems, lines and signs in Word have less."""
_ASK_FOR_WORDS: Final = "xin tệp Word gốc của văn bản, hoặc gõ lại thành chữ"
_SAVE_AS_DOCX: Final = "mở bằng Word, chọn Save As, lưu thành .docx rồi thử lại"


def read_document(path: Path) -> SourceDocument:
    """Read one file. Raises `UnreadableSource` (Vietnamese) for a file that cannot be read."""
    return read_layout(read_file(path))


def read_text(text: str) -> SourceDocument:
    """Read the text of a document, as `read_document` reads a .txt file."""
    return read_layout(read_plain_text(text.encode()))


def received_text(path: Path) -> str:
    """Print the text of a file, a line for each paragraph or table row."""
    return text_of(read_file(path).items)


def read_file(path: Path) -> Blocks:
    """Read the blocks of one file."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableSource(
            f"tệp {path.name} lớn hơn {MAX_FILE_BYTES // 1024 // 1024} MB",
            "bỏ ảnh chụp trong tệp, hoặc tách phụ lục thành tệp riêng",
        )
    raw = files.read_file(path)
    if not raw:
        raise UnreadableSource(f"tệp {path.name} trống (0 byte)", "tải tệp lên lại")
    blocks = _ask_about_pictures(_find_reader(path, raw)(raw), raw)
    # A text is kept itself, as source.txt: its faults are told, and mended there.
    return blocks if path.suffix.lower() in _TEXTS else take_out_unseen(blocks)


def _ask_about_pictures(blocks: Blocks, raw: bytes) -> Blocks:
    """Ask about pictures in an office file, which may be scanned pages; refuse a mere scan."""
    sizes: list[int] = []
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sizes = [one.file_size for one in archive.infolist() if _PICTURE.match(one.filename)]
    has_words = any(re.search(r"\w", line) for line in text_of(blocks.items).splitlines())
    if not has_words and sizes:
        raise UnreadableSource("tệp chỉ có ảnh chụp, không có chữ", _ASK_FOR_WORDS)
    if not has_words:
        raise UnreadableSource("tệp không có chữ nào", "xem lại có phải đúng tệp không")
    large = sum(size >= SCANNED_PAGE_BYTES for size in sizes)
    if not large:
        return blocks
    question = Question(
        line=0,
        message=f"tệp có {large} ảnh lớn, máy không đọc chữ trong ảnh",
        hint="ảnh chụp một phần của văn bản thì gõ phần ấy thành chữ trong tệp rồi lập lại",
    )
    return Blocks(blocks.items, blocks.left_out, [question, *blocks.questions])


def _look_inside(raw: bytes) -> str:
    """Return the ending that a file of this content has; empty where it does not tell."""
    if raw.startswith(b"%PDF-"):
        return ".pdf"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    return next((kind for kind, part in _OF_KINDS.items() if part in names), "")


def _find_reader(path: Path, raw: bytes) -> Callable[[bytes], Blocks]:
    suffix = path.suffix.lower()
    if raw.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in raw:
        raise UnreadableSource(
            f"tệp {path.name} có mật khẩu",
            "mở bằng Word hoặc Excel, vào File, Info, Protect, Encrypt with Password, xóa mật khẩu,"
            " lưu lại rồi thử lại",
        )
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableSource(f"tệp {path.name} thuộc dạng Office cũ (.doc, .xls)", _SAVE_AS_DOCX)
    if raw.startswith(b"{\\rtf"):
        raise UnreadableSource(f"tệp {path.name} thuộc dạng .rtf", _SAVE_AS_DOCX)
    kind = _look_inside(raw)
    if kind and kind != suffix and suffix in _OF_KINDS:
        raise UnreadableSource(
            f"nội dung tệp {path.name} là {kind}, không phải {suffix}",
            f"đổi tên thành {path.stem}{kind} rồi thử lại",
        )
    if suffix in _READERS:
        return _READERS[suffix]
    names = ", ".join(SUFFIXES)
    raise UnreadableSource(
        f"chưa đọc được loại tệp «{suffix or path.name}»",
        f"dùng một trong: {names}; hoặc {_SAVE_AS_DOCX}",
    )
