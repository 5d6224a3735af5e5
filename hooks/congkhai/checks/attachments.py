"""Rules about the files beside a plan: each is what its name says, and holds nobody's data.

Comes in: a `PlanContext`, whose folder holds evidence and the office's own file. Goes out:
problems. A file is published byte for byte under this site's name, so a browser must not run it
and a spreadsheet must not compute what a stranger wrote into it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator

from congkhai.checks.context import PlanContext
from congkhai.data.files import explain_os_error, read_file
from congkhai.data.folder import published_name
from congkhai.data.problem import Problem
from congkhai.text.personal_data import find_personal_data

MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024
"""Most bytes of one file: a phone loads it over a mobile network."""
_MAX_UNZIPPED_BYTES = 100 * 1024 * 1024
_MAX_CELLS = 200_000

_OFFICE_PARTS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_TABLES = (".csv", ".xlsx", ".ods")
_FORMULA = re.compile(r"\s*[=@]|\s*[+\-][^\n]{0,500}[(|!]|[\t\r]")
"""A cell that a spreadsheet computes; a negative number or a dash before words is none."""
_DANGEROUS = re.compile(
    r"HYPERLINK|WEBSERVICE|IMPORT(?:DATA|XML|HTML|FEED|RANGE)|\bDDE|\bCALL\b|\bEXEC\b|REGISTER"
    r"|FILTERXML|\bRTD\b|cmd\s*\|",
    re.IGNORECASE,
)
"""Formulas that ask other hosts or start programs; sums do neither."""
_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|iframe|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def refuse_false_attachments(context: PlanContext) -> Iterator[Problem]:
    """Require that a file is of the kind its ending says, neither empty nor too large."""
    for name, raw in _read_attachments(context):
        if isinstance(raw, Problem):
            yield raw
            continue
        fault = _find_fault(name, raw)
        if fault is not None:
            yield Problem(_path_of(context, name), 0, 0, *fault)


def refuse_private_data_in_tables(context: PlanContext) -> Iterator[Problem]:
    """Refuse tables with somebody's numbers, or with formulas that act; warn of circumstances."""
    original = context.plan.original.file if context.plan.original is not None else None
    for name, raw in _read_attachments(context):
        suffix = _suffix_of(name)
        if isinstance(raw, Problem) or suffix not in _TABLES or _find_fault(name, raw):
            continue
        path = _path_of(context, name)
        for place, message, hint in _find_formulas(suffix, raw):
            yield Problem(path, 0, 0, f"{place}: {message}", hint)
        if name != original:  # its words are those of the plan, which is checked itself
            yield from _find_people(path, suffix, raw)


def require_distinct_published_names(context: PlanContext) -> Iterator[Problem]:
    """Require that no two files beside a plan get the same address."""
    seen: dict[str, str] = {}
    for name in sorted(context.dataset.files.get(context.id, ())):
        other = seen.setdefault(published_name(name).lower(), name)
        if other != name:
            yield Problem(
                _path_of(context, name),
                0,
                0,
                f"tệp này và «{other}» có cùng địa chỉ trên trang: {published_name(name)}",
                "đổi tên một tệp cho khác hẳn, rồi sửa tên ấy trong báo cáo",
            )


def _read_attachments(context: PlanContext) -> Iterator[tuple[str, bytes | Problem]]:
    folder = context.dataset.root / context.id
    for name in sorted(context.dataset.files.get(context.id, frozenset()) - {"source.txt"}):
        try:
            yield name, read_file(folder / name, MAX_ATTACHMENT_BYTES)
        except OSError as error:
            message = f"không mở được tệp: {explain_os_error(error)}"
            yield name, Problem(_path_of(context, name), 0, 0, message, "kiểm tra quyền đọc")


def _path_of(context: PlanContext, name: str) -> str:
    return f"{context.loaded.path.rpartition('/')[0]}/{name}"


def _suffix_of(name: str) -> str:
    suffix = f".{name.rpartition('.')[2].lower()}"
    return ".jpg" if suffix == ".jpeg" else suffix


def _find_fault(name: str, raw: bytes) -> tuple[str, str] | None:
    """Return what is wrong with a file, and what to do; None when it is what it seems."""
    if not raw.strip():
        return "tệp rỗng", "chép lại tệp; có thể lần chép trước bị ngắt"
    if len(raw) > MAX_ATTACHMENT_BYTES:
        return (
            f"tệp lớn hơn {MAX_ATTACHMENT_BYTES // 1024 // 1024} MB",
            "nén ảnh trong tệp, tách thành nhiều tệp, hoặc đặt ở cổng thông tin rồi ghi https://…",
        )
    suffix = _suffix_of(name)
    kind = _KINDS[suffix]
    if kind(suffix, raw):
        return None
    return (
        f"nội dung không phải tệp {suffix}",
        f"mở bằng phần mềm đã tạo ra nó, lưu lại thành {suffix}; đừng chỉ đổi đuôi của tên tệp",
    )


def _is_pdf(suffix: str, raw: bytes) -> bool:
    return raw.startswith(b"%PDF-") and not _MARKUP.search(raw[:1024])


def _is_png(suffix: str, raw: bytes) -> bool:
    return raw.startswith(b"\x89PNG\r\n\x1a\n")


def _is_jpeg(suffix: str, raw: bytes) -> bool:
    return raw.startswith(b"\xff\xd8\xff")


def _is_table_of_text(suffix: str, raw: bytes) -> bool:
    text = _decode(raw)
    return text is not None and not _MARKUP.match(raw.lstrip()[:100])


def _is_office_file(suffix: str, raw: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = set(parts.namelist())
            if any(
                name.endswith("vbaProject.bin") or name.startswith("Scripts/") for name in names
            ):
                return False
            wanted = _OFFICE_PARTS[suffix]
            if wanted.startswith("application/"):
                return "mimetype" in names and parts.read("mimetype").decode().strip() == wanted
            return {"[Content_Types].xml", wanted} <= names
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, EOFError, OSError, KeyError):
        return False


_KINDS: dict[str, Callable[[str, bytes], bool]] = {
    ".pdf": _is_pdf,
    ".png": _is_png,
    ".jpg": _is_jpeg,
    ".csv": _is_table_of_text,
    **dict.fromkeys(_OFFICE_PARTS, _is_office_file),
}


def _decode(raw: bytes) -> str | None:
    """Read a text as Excel writes it; None for what is no text."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("cp1258", "replace")
    return None if re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f]", text) else text


def _list_cells(suffix: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield the cells of a table with their places."""
    if suffix == ".csv":
        text = _decode(raw) or ""
        dialect = (
            ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        )
        count = 0
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=dialect), 1):
                for cell in row:
                    count += 1
                    if count > _MAX_CELLS:
                        return
                    yield f"dòng {number}", cell
        except csv.Error:
            yield "tệp", text
        return
    for name, xml in _list_parts(suffix, raw):
        words = " ".join(_TAG.sub(" \x00 ", xml).split())
        for cell in words.split("\x00"):
            if cell.strip():
                yield f"phần {name}", cell.strip()


def _list_parts(suffix: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield the parts of an office file that hold cells, as XML."""
    left = _MAX_UNZIPPED_BYTES
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for part in parts.infolist():
            is_cells = part.filename == "content.xml" or part.filename.startswith(
                ("xl/worksheets/", "xl/sharedStrings", "xl/comments", "xl/externalLinks/")
            )
            if not is_cells or not part.filename.endswith((".xml", ".rels")):
                continue
            with parts.open(part) as stream:
                xml = stream.read(left + 1)
            left -= len(xml)
            if left < 0:
                return
            yield part.filename, xml.decode("utf-8", "replace")


def _find_formulas(suffix: str, raw: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield the first cell that a spreadsheet would compute in a way that acts."""
    hint = "thay công thức bằng kết quả của nó: chép, rồi dán giá trị (Paste Special, Values)"
    if suffix == ".csv":
        for place, cell in _list_cells(suffix, raw):
            if _FORMULA.match(cell):
                yield place, f"ô bắt đầu như một công thức («{cell.strip()[:1]}»)", hint
                return
        return
    for name, xml in _list_parts(suffix, raw):
        formulas = re.findall(r"<(?:\w+:)?f\b[^<>]*>([^<]*)</|:formula=\"([^\"]*)\"", xml)
        is_external = name.startswith("xl/externalLinks/")
        if is_external or any(_DANGEROUS.search("".join(formula)) for formula in formulas):
            yield f"phần {name}", "công thức lấy dữ liệu từ nơi khác hoặc chạy chương trình", hint
            return


def _find_people(path: str, suffix: str, raw: bytes) -> Iterator[Problem]:
    told = set()
    for place, cell in _list_cells(suffix, raw):
        for kind in find_personal_data(cell):
            if kind not in told:
                told.add(kind)
                yield Problem(
                    path,
                    0,
                    0,
                    f"{place}: bảng có vẻ chứa {kind.name}",
                    f"{kind.instead}, lưu lại tệp; ai cũng đọc được trang web này",
                    "error" if kind.is_certain else "warning",
                )
