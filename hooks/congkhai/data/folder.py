"""Where the data folder is, which files it holds, and which would be passed over in silence.

Comes in: the folder that holds `mkdocs.yml`. Goes out: the data folder; the folders of
plans with their files, and a problem for every name that is not one of ours: a report
saved as `.yaml` must not just be missing from the site.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from congkhai.data.files import explain_os_error
from congkhai.data.problem import Problem
from congkhai.data.settings_file import read_settings
from congkhai.text.nearest import nearest
from congkhai.text.vietnamese import nfc, slug

TOPICS = "topics.yml"
"""Words of the language, not of a country: a folder that stands alone has the national ones too."""
REGISTERS = (
    *("localities.yml", "units.yml", "documents.yml", "programmes.yml", "measures.yml"),
    TOPICS,
)
PROPOSALS = "de-xuat.yml"
"""Entries that `draft` proposes for the registers, until a person has confirmed them."""
# Names that Windows cannot create, and names that the site uses beside plans.
RESERVED = frozenset(
    [
        *("con", "prn", "aux", "nul"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
        *("assets", "search", "404", "index", "reports", "bao-cao", "responses", "tra-loi"),
    ]
)
MAX_NAME = 80
"""Of one folder: with three of them, an address still fits where Windows allows 260 characters."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ATTACHMENT_ENDINGS = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt", "ods", "csv")
"""Endings of files that may lie beside a plan."""
ATTACHMENT = re.compile(
    rf"[^\x00-\x1f\x7f/\\:*?\"<>|.~#\s][^\x00-\x1f\x7f/\\:*?\"<>|]{{0,119}}"
    rf"\.(?:{'|'.join(ATTACHMENT_ENDINGS)})",
    re.IGNORECASE,
)
"""Any name that a clerk's computer allows, with one of these endings."""
UPLOADS = (".docx", ".xlsx", ".odt", ".pdf")
"""Endings of offices' files of which plans are drafted."""
OLD_UPLOADS = (".doc", ".rtf", ".xls")
"""Endings of offices' files that have to be saved anew before."""
_PLAIN_ATTACHMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.[A-Za-z]+")
_SAVE_AS = {
    **dict.fromkeys(("doc", "rtf", "wps", "pages"), "mở bằng Word, lưu thành .docx hoặc .pdf"),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "et"), "mở bằng Excel, lưu thành .xlsx hoặc .csv"),
    **dict.fromkeys(("docm", "dotx"), "mở bằng Word, lưu thành .docx hoặc .pdf"),
    **dict.fromkeys(("ppt", "pptx", "odp"), "mở bằng PowerPoint, lưu thành .pdf"),
    **dict.fromkeys(("heic", "heif", "webp", "gif", "bmp", "tif", "tiff"), "lưu ảnh thành .jpg"),
    **dict.fromkeys(("zip", "rar", "7z"), "giải nén, chép từng tệp vào đây"),
    **dict.fromkeys(("mp4", "mov", "mp3", "avi"), "đăng ở cổng thông tin, ghi https://… vào url"),
    **dict.fromkeys(("htm", "html", "mht"), "in thành .pdf"),
}
"""What to do with files of other endings, which a clerk has as well."""
_LEFT_OVER = ("~", ".orig", ".rej", ".bak", ".swp", ".tmp", ".old")
"""How names of copies end that editors and git leave behind; others begin with «~», «#» or «.»."""
_OF_SYSTEM = {"thumbs.db", "desktop.ini", ".ds_store", "__macosx"}
FOLDERS_OF_PLAN = ("reports", "responses")
_TOLERATED = {".gitkeep", "README.md"}


def published_name(name: str) -> str:
    """Return the name under which a file beside a plan is published: plain in every address.

    >>> published_name("Tờ trình số 12.PDF"), published_name("bao_cao.v2.pdf")
    ('to-trinh-so-12.pdf', 'bao_cao.v2.pdf')
    """
    if _PLAIN_ATTACHMENT.fullmatch(name):
        return name
    stem, _, ending = name.rpartition(".")
    return f"{slug(stem) or 'tep'}.{ending.lower()}"


class DataFolderError(Exception):
    """There is no data folder where it should be; its words are Vietnamese."""


def find_data_folder(site: Path, setting: object = None) -> Path:
    """Find the data folder of a site; `site` is the folder of its `mkdocs.yml`.

    It is what PLANS_DIR names, else the `setting` (`extra.plans_dir` of `mkdocs.yml`,
    relative to it), else `plans/` beside `mkdocs.yml`; never a folder of the engine, or an
    office would publish somebody else's plans. Raises DataFolderError.
    """
    variable = os.environ.get("PLANS_DIR", "").strip()
    if variable:
        folder, origin = Path(variable), f"PLANS_DIR={variable}"
    elif setting:
        line, _ = read_settings(site).places.get(("extra", "plans_dir"), (0, 0))
        place = f"mkdocs.yml{f':{line}' if line else ''}"
        folder, origin = site / str(setting), f"{place}, extra.plans_dir: {setting}"
    else:
        folder, origin = site / "plans", "plans/ cạnh mkdocs.yml"
    if not folder.is_dir():
        raise DataFolderError(
            f"không có thư mục dữ liệu {folder.resolve()} ({origin}); tạo thư mục ấy, chạy trong "
            "thư mục gốc của kho, hoặc chỉ thư mục khác, ví dụ PLANS_DIR=../du-lieu/plans"
        )
    return folder.resolve()


def read_plans_setting(site: Path) -> object:
    """Read `extra.plans_dir` of `mkdocs.yml` without MkDocs; None when nothing says it."""
    return read_settings(site).get("extra", "plans_dir")


@dataclass(frozen=True)
class PlanFolder:
    """The folder of one plan; its path under the root is the plan's id."""

    reports: tuple[str, ...] = ()
    """Names of files in `reports/`."""
    files: frozenset[str] = frozenset()
    """Names of the other files: `source.txt`, attachments."""
    responses: tuple[str, ...] = ()
    """Names of files in `responses/`."""
    has_proposals: bool = False
    """A draft's proposals for the registers lie beside it, and wait."""


@dataclass
class Folder:
    """What a data folder holds, sorted by kind."""

    plans: dict[str, PlanFolder] = field(default_factory=dict)
    registers: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, part: Folder) -> None:
        """Take in what one province's folder holds."""
        self.plans |= part.plans
        self.problems += part.problems


def scan(root: Path) -> Folder:
    """Walk the whole data folder."""
    folder, provinces = scan_top(root)
    for name in provinces:
        folder.add(scan_province(root, name))
    return folder


def scan_top(root: Path) -> tuple[Folder, list[str]]:
    """List what lies at the top of the data folder, and the folders there that are to be walked."""
    folder, shown = Folder(), shown_as(root)
    if not root.is_dir():
        folder.problems.append(
            Problem(
                shown,
                0,
                0,
                "không có thư mục dữ liệu này",
                "chạy trong thư mục gốc của kho, hoặc đặt PLANS_DIR",
            )
        )
        return folder, []
    return folder, _look(_list(root, shown, folder.problems), shown, folder, depth=0)


def scan_province(root: Path, name: str) -> Folder:
    """Walk one of those folders."""
    folder = Folder()
    _visit(root / name, (name,), shown_as(root), folder)
    return folder


def shown_as(root: Path) -> str:
    """Name a folder as an editor and CI know it.

    From where the command runs, when it is inside; else by its last name.
    """
    try:
        return root.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return root.name


def _visit(directory: Path, parts: tuple[str, ...], shown: str, folder: Folder) -> None:
    place = "/".join((shown, *parts))
    entries = _list(directory, place, folder.problems)
    if "plan.yml" in entries and entries["plan.yml"].is_file():
        folder.plans["/".join(parts)] = _visit_plan(entries, place, folder.problems)
        return
    for name in _look(entries, place, folder, depth=len(parts)):
        _visit(directory / name, (*parts, name), shown, folder)


def _look(
    entries: dict[str, os.DirEntry[str]], place: str, folder: Folder, *, depth: int
) -> list[str]:
    """Sort the entries of a folder without a plan, `depth` levels down; list those to be walked."""
    folders = []
    waits = awaits_plan(entries.values(), depth)
    for name, entry in entries.items():
        path = f"{place}/{name}"
        if waits and is_upload(name):
            folder.problems.append(_describe_upload(name, path))
        elif entry.is_dir():
            problem = _check_folder_name(name, path)
            if problem:
                folder.problems.append(problem)
            else:
                folders.append(name)
        elif not depth and name in REGISTERS:
            folder.registers.add(name)
        elif name not in _TOLERATED:
            folder.problems.append(_unread(name, path, REGISTERS if not depth else ("plan.yml",)))
    return folders


def awaits_plan(entries: Iterable[os.DirEntry[str] | Path], depth: int) -> bool:
    """Say whether a folder, so many levels below the data, may be that of a plan to come."""
    return depth >= 2 and not any(entry.is_dir() or entry.name == "plan.yml" for entry in entries)


def is_upload(name: str) -> bool:
    """Say whether a file is an office's document, and no copy that Word left behind.

    >>> [is_upload(name) for name in ("KH 12.DOCX", "cu.doc", "~$KH 12.docx", "anh.png")]
    [True, True, False, False]
    """
    return name.lower().endswith(UPLOADS + OLD_UPLOADS) and not name.startswith(("~", "."))


def _describe_upload(name: str, path: str) -> Problem:
    """Warn of a document without a plan: it is not on the site yet, and keeps no other from it."""
    ending = name.rpartition(".")[2].lower()
    hint = _SAVE_AS.get(ending, "máy của kho lập; hoặc chạy: congkhai intake")
    return Problem(path, 0, 0, "tệp này chờ lập bản nháp, chưa lên trang web", hint, "warning")


def _visit_plan(
    entries: dict[str, os.DirEntry[str]], place: str, problems: list[Problem]
) -> PlanFolder:
    inside: dict[str, tuple[str, ...]] = {}
    files = set()
    for name, entry in entries.items():
        path = f"{place}/{name}"
        if name in FOLDERS_OF_PLAN and entry.is_dir():
            inside[name] = _list_data_files(Path(entry.path), path, problems)
        elif entry.is_dir():
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "máy không dùng đến thư mục này",
                    "trong thư mục của kế hoạch chỉ có thư mục reports/ và responses/; "
                    "kế hoạch khác đặt ở thư mục riêng bên cạnh",
                )
            )
        elif name == "source.txt" or ATTACHMENT.fullmatch(name):
            files.add(name)
        elif name == PROPOSALS:
            problems.append(
                Problem(
                    path,
                    0,
                    0,
                    "còn đề xuất cho các danh mục chung chưa xác nhận",
                    f"xem từng mục, rồi chạy: congkhai draft --accept {path};"
                    " không dùng mục nào thì xóa tệp này",
                )
            )
        elif name != "plan.yml" and name not in _TOLERATED:
            problems.append(_unread(name, path, ("plan.yml", "source.txt")))
    return PlanFolder(
        inside.get("reports", ()),
        frozenset(files),
        inside.get("responses", ()),
        PROPOSALS in entries,
    )


def _list_data_files(directory: Path, place: str, problems: list[Problem]) -> tuple[str, ...]:
    """List the reports, or the responses, of a plan."""
    inside = _list(directory, place, problems)
    listed = tuple(
        name for name, entry in inside.items() if name.endswith(".yml") and entry.is_file()
    )
    problems += [
        _unread(name, f"{place}/{name}", ("2027-so-noi-vu.yml",))
        for name in inside
        if name not in listed and name not in _TOLERATED
    ]
    return listed


def _list(directory: Path, place: str, problems: list[Problem]) -> dict[str, os.DirEntry[str]]:
    """List the entries that may be read, by their names, sorted."""
    try:
        with os.scandir(directory) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        message = f"không mở được thư mục: {explain_os_error(error)}"
        problems.append(Problem(place, 0, 0, message, "kiểm tra quyền đọc của thư mục"))
        return {}
    problems += _check_spelling([entry.name for entry in entries], place)
    readable = {}
    for entry in entries:
        if entry.is_symlink():
            problems.append(
                Problem(
                    f"{place}/{entry.name}",
                    0,
                    0,
                    "đây là lối tắt (symlink), không phải tệp",
                    "chép hẳn tệp vào thư mục này",
                )
            )
        elif not entry.is_dir() and not entry.is_file():
            problems.append(
                Problem(
                    f"{place}/{entry.name}",
                    0,
                    0,
                    "đây không phải tệp thường (ống dẫn hoặc thiết bị)",
                    "xóa khỏi kho, rồi chép tệp thật vào",
                )
            )
        elif nfc(entry.name) == entry.name:
            readable[entry.name] = entry
    return readable


def _check_spelling(names: list[str], place: str) -> Iterator[Problem]:
    """Find names that are the same on Windows or macOS, or typed in decomposed letters."""
    seen: dict[str, str] = {}
    for name in names:
        same = nfc(name).casefold()
        if same in seen:
            yield Problem(
                f"{place}/{nfc(name)}",
                0,
                0,
                f"tên này và «{nfc(seen[same])}» chỉ khác nhau ở chữ hoa hoặc cách mã hóa dấu",
                "trên Windows và macOS đó là một tệp; chỉ giữ một",
            )
        elif nfc(name) != name:
            yield Problem(
                f"{place}/{nfc(name)}",
                0,
                0,
                "tên tệp có dấu tiếng Việt",
                f"đổi tên, chỉ dùng a-z, 0-9 và gạch nối: {_plain_name(name)}",
            )
        seen.setdefault(same, name)


def _plain_name(name: str) -> str:
    stem, dot, ending = nfc(name).rpartition(".")
    return f"{slug(stem)}.{ending.lower()}" if dot and stem else slug(name)


def _check_folder_name(name: str, path: str) -> Problem | None:
    if name.lower() in _OF_SYSTEM or name.startswith("."):
        return Problem(path, 0, 0, "máy không dùng đến thư mục này", "xóa khỏi kho")
    if name in FOLDERS_OF_PLAN:
        return Problem(
            path,
            0,
            0,
            f"thư mục {name} không nằm cạnh plan.yml nào",
            "thêm plan.yml, hoặc chuyển báo cáo vào thư mục của kế hoạch",
        )
    if name.lower() in RESERVED:
        return Problem(
            path,
            0,
            0,
            f"tên thư mục «{name}» máy đã dùng cho việc khác",
            "đổi tên, ví dụ ascc-2026-2030",
        )
    if len(name) > MAX_NAME:
        return Problem(
            path,
            0,
            0,
            f"tên thư mục dài {len(name)} ký tự, quá {MAX_NAME}",
            "rút ngắn, ví dụ ascc-2026-2030",
        )
    if not _SLUG.fullmatch(name):
        return Problem(
            path,
            0,
            0,
            f"tên thư mục «{name}» sai dạng",
            f"chỉ dùng a-z, 0-9 và gạch nối: {slug(name) or 'ascc-2026-2030'}",
        )
    return None


def _describe_attachment(name: str, path: str, expected: tuple[str, ...]) -> Problem:
    """Describe a clerk's file that has a name too long or with signs, or lies elsewhere."""
    if "source.txt" not in expected:
        hint = "chuyển vào thư mục của kế hoạch, cạnh plan.yml, rồi ghi tên tệp vào evidence"
        return Problem(path, 0, 0, "tệp này không nằm cạnh plan.yml nào", hint)
    stem, _, ending = name.rpartition(".")
    right = f"{slug(stem)[:80].strip('-') or 'tai-lieu'}.{ending.lower()}"
    return Problem(path, 0, 0, "tên tệp này không dùng được", f"đổi tên, ví dụ {right}")


def _unread(name: str, path: str, expected: tuple[str, ...]) -> Problem:
    message = "máy không dùng đến tệp này"
    if name.lower() in _OF_SYSTEM:
        return Problem(path, 0, 0, message, "tệp của hệ điều hành; xóa khỏi kho")
    if name.lower().endswith(_LEFT_OVER) or name.startswith(("~", "#", ".")):
        return Problem(path, 0, 0, message, "tệp tạm hoặc bản sao; xóa đi")
    stem, dot, ending = name.rpartition(".")
    if ending.lower() in _SAVE_AS and dot:
        return Problem(
            path, 0, 0, f"chưa nhận loại tệp .{ending.lower()}", _SAVE_AS[ending.lower()]
        )
    if ending.lower() in ATTACHMENT_ENDINGS and dot:
        return _describe_attachment(name, path, expected)
    if (
        ending.lower() in ("yml", "yaml")
        and dot
        and (f"{stem.lower()}.yml" in expected or expected[0].startswith("2"))
    ):
        return Problem(path, 0, 0, message, f"đổi tên thành {stem.lower()}.yml")
    if name == "source.txt":
        return Problem(path, 0, 0, message, "cạnh source.txt phải có plan.yml")
    guess = nearest(name, expected)
    return Problem(
        path,
        0,
        0,
        message,
        f"có phải «{guess}»?"
        if guess
        else f"chuyển ra ngoài thư mục dữ liệu; ở đây chỉ đọc {', '.join(expected)}",
    )
