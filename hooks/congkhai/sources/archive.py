"""Parts of a zipped office file, opened without trusting it.

Comes in: the bytes of a .docx, .xlsx or .odt file. Goes out: the XML tree of a part. A zip
bomb, an encrypted part and a document type declaration (entities, external files) are
refused; nothing outside the file is ever opened.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from congkhai.sources.blocks import UnreadableSource

MAX_FILE_BYTES: Final = 30 * 1024 * 1024
"""An official plan with scanned seals stays under 10 MB."""
MAX_PARTS: Final = 3000
MAX_UNPACKED_BYTES: Final = 150 * 1024 * 1024
MAX_RATIO: Final = 200
"""Real documents of much repeated XML reach 40; a bomb 1,000."""
_SMALL_BYTES: Final = 1024 * 1024

_SAVE_AGAIN = "mở bằng Word, Excel hoặc LibreOffice, lưu lại rồi thử lại"


class Archive:
    """A zipped office file whose sizes have been checked."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except zipfile.BadZipFile as error:
            raise UnreadableSource("tệp hỏng hoặc không phải tệp văn phòng", _SAVE_AGAIN) from error
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        is_bomb = any(
            part.file_size > max(_SMALL_BYTES, MAX_RATIO * part.compress_size) for part in parts
        )
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or is_bomb:
            raise UnreadableSource(
                f"tệp nén bất thường ({len(parts)} phần, {unpacked // 1024 // 1024} MB khi mở ra)",
                _SAVE_AGAIN,
            )

    def has(self, name: str) -> bool:
        """Whether the file has a part of this name."""
        return name in self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Read the bytes of a part; one that cannot be opened makes the file unreadable."""
        try:
            # zipfile never unpacks more than the size in the directory, which was checked.
            return self._zip.read(name)
        except (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError) as error:
            raise UnreadableSource(f"không mở được phần «{name}» của tệp", _SAVE_AGAIN) from error

    def refuse_declarations(self) -> None:
        """Refuse a file of which any XML part declares a document type.

        For files that another library parses. UTF-16 is looked through as well: without its
        zero bytes the declaration reads like ASCII.
        """
        for name in self._zip.namelist():
            is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
            if is_xml and b"<!DOCTYPE" in self.read(name).replace(b"\0", b""):
                raise _refuse_declaration()

    def parse(self, name: str) -> ElementTree.Element:
        """Parse a part as XML."""
        return parse_xml(self.read(name))

    def parse_if_any(self, name: str) -> ElementTree.Element | None:
        """Parse a part that a file may lack; None when it does."""
        return self.parse(name) if self.has(name) else None


def parse_xml(raw: bytes) -> ElementTree.Element:
    """Parse XML; a document type declaration is refused before it is read.

    >>> parse_xml(b"<a><b/></a>").tag
    'a'
    """
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        builder.end(_clark(name))

    def refuse(*_: object) -> None:
        raise _refuse_declaration()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise UnreadableSource("nội dung XML của tệp bị hỏng", _SAVE_AGAIN) from error
    return builder.close()


def _refuse_declaration() -> UnreadableSource:
    return UnreadableSource("tệp có khai báo DOCTYPE, không mở vì an toàn", _SAVE_AGAIN)


def _clark(name: str) -> str:
    """Write a name of expat (`uri}local`) as ElementTree writes it (`{uri}local`)."""
    return "{" + name if "}" in name else name
