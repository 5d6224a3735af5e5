"""Real Word, LibreOffice, Excel and PDF files, made small for one test each.

Comes in: paragraphs and tables in a few words. Goes out: the bytes of a file as an office
would have saved it, with numbering, merged cells, tracked changes, headers and footers.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from congkhai.sources.document import Provision, SourceDocument

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = (
    "UBND XÃ BÌNH AN\nSố: 45/KH-UBND\nBình An, ngày 12 tháng 6 năm 2026\nKẾ HOẠCH\n"
    "Chuyển đổi số năm 2026\nỦy ban nhân dân xã Bình An ban hành Kế hoạch như sau:\n"
)
TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"


def show(document: SourceDocument) -> list[str]:
    """Show the tree of the body: a line a provision, two blanks a level, `#` before a heading."""
    return list(_show(document.body, ""))


def _show(provisions: Sequence[Provision], indent: str) -> Iterator[str]:
    for provision in provisions:
        sign = "#" if provision.is_heading else ""
        yield f"{indent}{sign}" + f"{provision.number} {provision.words}".strip()
        yield from _show(provision.children, indent + "  ")


def messages(document: SourceDocument) -> list[str]:
    """List the questions, each with its line."""
    return [f"{question.line}: {question.message}" for question in document.questions]


def p(text: str = "", *, level: int | None = None, list_id: int = 1, **options: str) -> str:
    """Write a paragraph of Word; `level` puts it into a list, `style` formats it.

    `raw` is XML instead of text.
    """
    properties = f'<w:pStyle w:val="{options["style"]}"/>' if "style" in options else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    if "align" in options:
        properties += f'<w:jc w:val="{options["align"]}"/>'
    runs = options.get("raw") or r(text, options.get("run", ""))
    return f"<w:p><w:pPr>{properties}{options.get('mark', '')}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Write a run of Word; a line break in the text is one on the page, a tab a tab."""
    inner = escape(text).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def inserted(text: str) -> str:
    """Write a tracked insertion."""
    return f'<w:ins w:id="1" w:author="A">{r(text)}</w:ins>'


def deleted(text: str) -> str:
    """Write a tracked deletion."""
    run = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="A">{run}</w:del>'


def table(*rows: Sequence[str | tuple[str, str]]) -> str:
    """Write a table. A cell is text, or text and `span 3`, `down` or `covered`."""
    return f"<w:tbl>{''.join(_row(row) for row in rows)}</w:tbl>"


def _row(row: Sequence[str | tuple[str, str]]) -> str:
    cells = []
    for cell in row:
        text, how = (cell, "") if isinstance(cell, str) else cell
        properties = {
            "down": '<w:vMerge w:val="restart"/>',
            "covered": "<w:vMerge/>",
        }.get(how, f'<w:gridSpan w:val="{how.removeprefix("span ")}"/>' if how else "")
        paragraphs = "".join(p(line) for line in text.split("\n"))
        cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
    return f"<w:tr>{''.join(cells)}</w:tr>"


def numbering(levels: Sequence[tuple[str, str]], extra: str = "", starts: str = "") -> str:
    """Write a `numbering.xml` with one list: a format and text for each level.

    `extra` is XML inside the first level; `starts` adds further `w:num` elements.
    """
    shown = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{extra if at == 0 else ""}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">{shown}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{starts}</w:numbering>'
    )


_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def docx(*blocks: str, **parts: str) -> bytes:
    """Write a Word file of paragraphs and tables; `numbering`, `styles` … are parts."""
    files = {f"word/{name}.xml": content for name, content in parts.items()}
    files["[Content_Types].xml"] = _CONTENT_TYPES
    files["word/document.xml"] = f"<w:document {_W}><w:body>{''.join(blocks)}</w:body></w:document>"
    return packed(files)


def styles(*definitions: str) -> str:
    """Write a `styles.xml`."""
    return f"<w:styles {_W}>{''.join(definitions)}</w:styles>"


def footnotes(*texts: str) -> str:
    """Write a `footnotes.xml`; ids count from 2 as Word's do."""
    notes = "".join(
        f'<w:footnote w:id="{at}">{p(text)}</w:footnote>' for at, text in enumerate(texts, 2)
    )
    return f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="0"/>{notes}</w:footnotes>'


def header(text: str) -> str:
    """Write a `header1.xml`."""
    return f"<w:hdr {_W}>{p(text)}</w:hdr>"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Write a zip file."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)


def odt(body: str, automatic: str = "", tracked: str = "") -> bytes:
    """Write a LibreOffice document of a body, list styles and tracked changes in XML."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{tracked}{body}</office:text>"
        "</office:body></office:document-content>"
    )
    header_part = (
        f"<office:document-styles {_ODF}><office:master-styles><style:master-page>"
        "<style:header><text:p>Trang đầu</text:p></style:header></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    return packed({"content.xml": content, "styles.xml": header_part})


def pdf(*pages: Sequence[tuple[float, float, str] | tuple[float, float, float, float]]) -> bytes:
    """Write a PDF: texts (x, y from the top, words) and lines (x0, y0, x1, y1) on A4."""
    letters = sorted({char for page in pages for part in page for char in _words_of(part)})
    codes = {char: at for at, char in enumerate(letters, 1)}
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    cmap = "".join(f"<{codes[char]:04X}> <{ord(char):04X}>\n" for char in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def "
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(letters)} beginbfchar\n"
        f"{cmap}endbfchar endcmap end end"
    )
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 500 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R >>"
    )
    objects.append(f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream")
    objects.append(
        "<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -200 500 800] "
        "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    kids = []
    for page in pages:
        content = "\n".join(_draw(part, codes) for part in page)
        objects.append(f"<< /Length {len(content)} >> stream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            f"{len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _write_pdf(objects)


def _words_of(part: tuple[object, ...]) -> str:
    return part[2] if isinstance(part[2], str) else ""


def _draw(part: tuple[float, ...] | tuple[float, float, str], codes: Mapping[str, int]) -> str:
    if isinstance(part[2], str):
        shown = "".join(f"{codes[char]:04X}" for char in part[2])
        return f"BT /F1 12 Tf {part[0]} {842 - part[1]} Td <{shown}> Tj ET"
    return f"0.5 w {part[0]} {842 - part[1]} m {part[2]} {842 - part[3]} l S"


def _write_pdf(objects: Sequence[str]) -> bytes:
    raw = "%PDF-1.4\n"
    places = []
    for at, content in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{at} 0 obj\n{content}\nendobj\n"
    start = len(raw)
    raw += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    raw += "".join(f"{place:010} 00000 n \n" for place in places)
    raw += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return raw.encode("latin-1")


def ruled(left: Sequence[float], tops: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """Draw the lines of a table: columns end at `left`, rows at `tops`."""
    across = [(left[0], top, left[-1], top) for top in tops]
    down = [(edge, tops[0], edge, tops[-1]) for edge in left]
    return [*across, *down]
