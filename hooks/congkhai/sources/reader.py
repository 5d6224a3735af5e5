"""One file of an office, by its format.

Comes in: a path. Goes out: `SourceDocument`. What a file is, its first bytes say, not its
name alone; .doc, .rtf and scans are refused with what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from congkhai.data import files
from congkhai.sources.archive import MAX_FILE_BYTES
from congkhai.sources.blocks import Blocks, UnreadableSource, take_out_unseen, text_of
from congkhai.sources.document import SourceDocument
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
    blocks = _find_reader(path, raw)(raw)
    # A text is kept itself, as source.txt: its faults are told, and mended there.
    return blocks if path.suffix.lower() in _TEXTS else take_out_unseen(blocks)


def _find_reader(path: Path, raw: bytes) -> Callable[[bytes], Blocks]:
    suffix = path.suffix.lower()
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableSource(f"{path.name} là tệp Office cũ (.doc, .xls)", _SAVE_AS_DOCX)
    if raw.startswith(b"{\\rtf"):
        raise UnreadableSource(f"{path.name} là tệp .rtf", _SAVE_AS_DOCX)
    if suffix in _READERS:
        return _READERS[suffix]
    names = ", ".join(SUFFIXES)
    raise UnreadableSource(
        f"chưa đọc được loại tệp «{suffix or path.name}»",
        f"dùng một trong: {names}; hoặc {_SAVE_AS_DOCX}",
    )
