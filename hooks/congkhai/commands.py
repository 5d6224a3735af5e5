"""All commands but those that MkDocs runs: on the data, on published sites, on an office's files.

Comes in: arguments, `PLANS_DIR`, `AS_OF`, the working folder. Goes out: text in Vietnamese, and an
exit status.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from congkhai.build.branch import (
    BranchError,
    commit_and_push,
    hash_content,
    list_branches,
    open_last_commit,
)
from congkhai.build.deploy import Changes, deploy
from congkhai.build.deploy_target import DeployError
from congkhai.build.intake import (
    draft_uploads,
    find_drafted,
    find_uncommitted,
    find_uploads,
    issuer_of_folder,
    write_checklist,
)
from congkhai.build.join import JoinError, read_sites, write_data, write_list
from congkhai.build.kept_manifest import compare_with_kept
from congkhai.build.office import WHEELS, OfficeError, Settings, write_office
from congkhai.build.published_site import VerifyError
from congkhai.build.release import missing_settings
from congkhai.build.settings_checks import check_provinces, check_settings
from congkhai.build.verify import verify
from congkhai.build.wheel import wheel_name
from congkhai.checks import published
from congkhai.checks.remarks import write_annotation, write_code_quality, write_comment
from congkhai.checks.reports import PERIOD, years_of_reports
from congkhai.checks.runner import check
from congkhai.command_line import BAD_DATA, GOOD, Commands, UsageError
from congkhai.data.files import explain_os_error
from congkhai.data.folder import (
    PROPOSALS,
    REGISTERS,
    DataFolderError,
    find_data_folder,
    read_plans_setting,
)
from congkhai.data.git_history import Published, read_published
from congkhai.data.load import Dataset, json_schemas, load_dataset, schema_line
from congkhai.data.problem import Problem, shorten
from congkhai.data.settings_file import NAME, read_settings
from congkhai.drafting.accept import read_proposals
from congkhai.drafting.draft_file import FileDraft, draft_file, summarize
from congkhai.drafting.import_reports import write_reports
from congkhai.drafting.report_form import write_report
from congkhai.drafting.report_workbook import read_workbook, write_workbook
from congkhai.model.assignments import answers_for
from congkhai.model.codes import find_localities, find_names, find_units
from congkhai.model.derive import derive
from congkhai.model.places import build_places
from congkhai.model.views import Place
from congkhai.reading.document import read_entries, write_tsv
from congkhai.site_commands import (
    describe_build,
    describe_serve,
    require_sound_settings,
    run_mkdocs,
)
from congkhai.sources.blocks import UnreadableSource
from congkhai.sources.reader import read_document
from congkhai.text.dates import format_day, today
from congkhai.text.nearest import hint_nearest
from congkhai.text.printable import make_printable
from congkhai.text.typed import read_period
from congkhai.text.vietnamese import fold

JOINED = Path(".cache", "join", "plans")
"""The data of all sites that were joined last."""
JOINED_LIST = JOINED.with_name("sites.json")
"""What is to be said of these sites."""
MOST_SUGGESTED = 5
DRAFT_BRANCH = "ban-nhap/ke-hoach"
"""Codes that one message suggests."""


def _describe_check(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help="kiểm tra dữ liệu, in mọi lỗi",
        description="Kiểm tra mkdocs.yml và mọi tệp trong thư mục dữ liệu, in tất cả lỗi trong"
        " một lần.\n"
        "Báo cả những gì đã công bố mà nay bị xóa, bị sửa.",
    )
    command.add_argument(
        "--since",
        metavar="BẢN",
        default="HEAD",
        help="bản trong git coi là đã công bố, ví dụ origin/main; mặc định bản lưu gần nhất",
    )
    command.add_argument(
        "paths",
        metavar="NƠI",
        nargs="*",
        help="chỉ báo lỗi ở tệp, thư mục này, ví dụ tệp báo cáo của mình; mặc định tất cả",
    )
    command.add_argument(
        "--markdown", metavar="TỆP", type=Path, help="ghi thêm lời nhận xét cho đề nghị gộp"
    )
    command.add_argument(
        "--code-quality", metavar="TỆP", type=Path, help="ghi thêm danh sách lỗi mà GitLab đọc"
    )
    command.set_defaults(run=_check)


def _describe_draft(commands: Commands) -> None:
    command = commands.add_parser(
        "draft",
        help="lập bản nháp plan.yml từ tệp của cơ quan",
        description=(
            "Lập bản nháp plan.yml từ tệp của cơ quan: .docx, .xlsx, .odt, .html, .md, .txt hoặc"
            " .pdf có lớp chữ. Chữ là nguyên văn, dữ liệu là đề xuất phải xem lại. Tệp gốc và"
            " source.txt được để cạnh plan.yml."
        ),
    )
    command.add_argument(
        "source",
        metavar="VĂN-BẢN",
        type=Path,
        help="tệp văn bản gốc, ví dụ plans/lai-chau/ascc-2026-2030/ke-hoach.docx",
    )
    command.add_argument(
        "--locality",
        metavar="MÃ",
        default="",
        help="mã hoặc tên địa phương, ví dụ 10606 hoặc «xã Nam Sách, Hải Phòng»;"
        " để trống thì theo thư mục của bản nháp",
    )
    command.add_argument(
        "--issuer",
        metavar="MÃ",
        default="",
        help="mã hoặc tên cơ quan ban hành, khi không phải Ủy ban nhân dân, ví dụ chinh-phu",
    )
    command.add_argument(
        "--programme",
        metavar="MÃ",
        default="",
        help="mã hoặc tên chương trình, ví dụ ascc-2026-2035; để trống thì máy đề xuất",
    )
    command.add_argument(
        "--output",
        metavar="TỆP",
        type=Path,
        help=(
            "ghi vào tệp này, không ghi đè; mặc định là plan.yml cạnh tệp Word, Excel, PDF,"
            " còn tệp chữ thì in ra màn hình"
        ),
    )
    command.add_argument(
        "--accept",
        action="store_true",
        help=f"VĂN-BẢN là tệp {PROPOSALS} đã xem: chép các mục của tệp vào danh mục rồi xóa tệp",
    )
    command.set_defaults(run=_draft)


def _describe_intake(commands: Commands) -> None:
    command = commands.add_parser(
        "intake",
        help="lập bản nháp từ tệp đã tải lên kho, trên một nhánh mới",
        description="Tìm tệp Word, Excel, PDF trong thư mục kế hoạch chưa có plan.yml, lập bản"
        " nháp trên một nhánh\nmới, gửi nhánh lên kho và ghi các câu hỏi thành danh sách. Tệp"
        " phải được lưu vào git trước.",
    )
    command.add_argument(
        "--branch",
        metavar="NHÁNH",
        default="",
        help=f"tên nhánh mới; mặc định {DRAFT_BRANCH}, đã có thì thêm số",
    )
    command.add_argument(
        "--remote", metavar="KHO", default="origin", help="nơi gửi lên; mặc định origin"
    )
    command.add_argument(
        "--markdown", metavar="TỆP", type=Path, help="ghi danh sách câu hỏi vào tệp này"
    )
    command.set_defaults(run=_intake)


def _describe_read(commands: Commands) -> None:
    command = commands.add_parser(
        "read",
        help="in những điều đọc được trong một văn bản",
        description="Đọc một văn bản và in, mỗi mục một dòng: cơ quan và vai trò, thời hạn, "
        "con số, và câu hỏi ở cột note\n(bắt đầu bằng «?»). Các cột cách nhau bằng dấu tab.",
    )
    command.add_argument(
        "source",
        metavar="VĂN-BẢN",
        type=Path,
        help="tệp của cơ quan: .docx, .xlsx, .odt, .html, .md, .txt hoặc .pdf có chữ",
    )
    command.set_defaults(run=_read_facts)


def _add_period(command: argparse.ArgumentParser) -> None:
    """Let a command take the period that is reported on."""
    command.add_argument(
        "period",
        metavar="KỲ",
        help="năm 2026, quý 2026-q1 hoặc tháng 2026-06; «quý I/2026», «tháng 6/2026» cũng được",
    )


def _describe_report(commands: Commands) -> None:
    command = commands.add_parser(
        "report",
        help="tạo tệp báo cáo để điền",
        description="Tạo reports/<kỳ>-<đơn vị>.yml có mọi mục mà đơn vị phải báo cáo, để điền.",
    )
    command.add_argument(
        "plan", metavar="KẾ-HOẠCH", help="thư mục của kế hoạch, ví dụ lai-chau/ascc-2026-2030"
    )
    command.add_argument(
        "unit",
        metavar="ĐƠN-VỊ",
        help="mã, tên hoặc chữ viết tắt của đơn vị, ví dụ so-noi-vu hoặc «Sở Nội vụ»",
    )
    _add_period(command)
    command.set_defaults(run=_report)


def _describe_workbook(commands: Commands) -> None:
    command = commands.add_parser(
        "workbook",
        help="tạo bảng Excel để một cơ quan điền báo cáo",
        description="Tạo bảng Excel có mọi việc của một cơ quan trong các kế hoạch; điền xong thì"
        " chạy: congkhai import TỆP.",
    )
    command.add_argument("unit", metavar="CƠ-QUAN", help="mã, tên hoặc chữ viết tắt của cơ quan")
    _add_period(command)
    command.add_argument(
        "plans", metavar="KẾ-HOẠCH", nargs="*", help="chỉ những kế hoạch này; mặc định tất cả"
    )
    command.set_defaults(run=_workbook)


def _describe_import(commands: Commands) -> None:
    command = commands.add_parser(
        "import",
        help="chép bảng Excel đã điền thành các báo cáo",
        description="Đọc bảng do congkhai workbook tạo, đã điền, và ghi thành các tệp báo cáo;"
        "\ncòn lỗi thì nói từng ô và không ghi tệp nào.",
    )
    command.add_argument("file", metavar="TỆP", type=Path, help="bảng .xlsx đã điền")
    command.set_defaults(run=_import)


def _describe_schema(commands: Commands) -> None:
    command = commands.add_parser(
        "schema",
        help="in JSON Schema của các tệp dữ liệu",
        description="In JSON Schema của các tệp dữ liệu, cho trình soạn thảo.",
    )
    command.add_argument(
        "folder",
        metavar="THƯ-MỤC",
        nargs="?",
        type=Path,
        help="ghi mỗi lược đồ vào một tệp trong thư mục này; mặc định in ra màn hình",
    )
    command.set_defaults(run=_schema)


def _describe_deploy(commands: Commands) -> None:
    command = commands.add_parser(
        "deploy",
        help="gửi những tệp đã đổi lên nơi đăng",
        description="Gửi những tệp đã đổi của trang vừa dựng lên nơi đăng: tệp mới trước, trang"
        " sau, bỏ tệp cũ sau cùng.\nBị ngắt giữa chừng thì trang vẫn xem được; chạy lại để gửi"
        " tiếp.",
    )
    command.add_argument(
        "target",
        metavar="NƠI",
        help="thư mục (/srv/site), kho của rclone (kho:thư-mục)"
        " hoặc máy chủ qua rsync (tên@máy-chủ:/srv/site)",
    )
    command.add_argument(
        "--site",
        metavar="THƯ-MỤC",
        type=Path,
        default=Path("site"),
        help="trang đã dựng; mặc định site",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="chỉ in những tệp sẽ gửi, sẽ bỏ; không gửi gì"
    )
    command.add_argument(
        "--all", action="store_true", help="gửi lại cả tệp không đổi, khi nơi đăng bị ai sửa"
    )
    command.set_defaults(run=_deploy)


def _describe_verify(commands: Commands) -> None:
    command = commands.add_parser(
        "verify",
        help="dựng lại và so với trang đã công bố",
        description="Dựng lại trang từ kho này, theo ngày ghi trong manifest.json của trang\n"
        "đã công bố, rồi so từng tệp.",
    )
    command.add_argument(
        "place",
        metavar="NƠI",
        help="thư mục hoặc địa chỉ của trang, ví dụ site hoặc https://congkhai.example/",
    )
    command.add_argument(
        "--against",
        metavar="BẢN-KÊ",
        help="không dựng lại; so với manifest.json đã giữ từ trước: tệp dữ liệu nào mất, đổi,\n"
        "và danh sách thay đổi của trang có ghi không",
    )
    command.set_defaults(run=_verify)


def _describe_join(commands: Commands) -> None:
    command = commands.add_parser(
        "join",
        help="ghép trang của nhiều cơ quan thành một trang",
        description="Kiểm từng tệp của mỗi trang theo bản kê của chính nó, gom kế hoạch, báo cáo,"
        " danh mục đã công bố\nrồi dựng một trang có tất cả, theo mkdocs.yml ở đây. Dữ liệu gom"
        f" được nằm trong {JOINED}.",
    )
    command.add_argument("out", metavar="TRANG", type=Path, help="thư mục của trang ghép")
    command.add_argument(
        "sites",
        metavar="NƠI",
        nargs="+",
        help="trang của một cơ quan: thư mục hoặc địa chỉ, ví dụ https://congkhai.example/",
    )
    command.set_defaults(run=_join)


def _describe_new(commands: Commands) -> None:
    command = commands.add_parser(
        "new",
        help="tạo kho dữ liệu cho một cơ quan",
        description="Tạo kho dữ liệu của một cơ quan: plans/, content/, mkdocs.yml, README.md,\n"
        "và một dòng ghim phiên bản phần mềm.",
    )
    command.add_argument(
        "folder", metavar="THƯ-MỤC", type=Path, help="thư mục mới, ví dụ ../so-noi-vu-mau"
    )
    for option, name, explanation in (
        ("--name", "TÊN", "tên trang; mặc định «Công khai kế hoạch»"),
        ("--operator", "NƠI", "nơi vận hành trang, hiện ở chân mọi trang"),
        ("--contact", "CÁCH", "cách gửi góp ý, đính chính, hiện ở chân mọi trang"),
        ("--site-url", "ĐỊA-CHỈ", "địa chỉ công bố, ví dụ https://congkhai.example/"),
    ):
        command.add_argument(option, metavar=name, default="", help=explanation)
    command.set_defaults(run=_new)


def _check(chosen: argparse.Namespace) -> int:
    settings = _check_site_settings()
    try:
        dataset, problems, as_of = _read()
    except UsageError:
        _print(settings)
        raise
    problems += [*settings, *_check_provinces(dataset)]
    before = read_published(dataset.root, chosen.since)
    if before is None and shutil.which("git") is None:
        without = "máy này không có git nên chưa so được với bản đã công bố; cài git rồi chạy lại"
        if chosen.since != "HEAD":
            raise UsageError(without)
        print(f"CHÚ Ý: {without}.", file=sys.stderr)
    elif before is None and chosen.since != "HEAD":
        raise UsageError(
            f"không có bản «{chosen.since}» trong git; SINCE nhận ví dụ origin/main hoặc HEAD^"
        )
    before = published.leave_out_drafts(before or Published({}, None))
    problems = sorted(
        [
            *problems,
            *(problem for rule in published.RULES for problem in rule(dataset, before)),
        ]
    )
    problems = [problem for problem in problems if _is_below(problem, chosen.paths)]
    errors = _print(problems)
    reports = sum(map(len, dataset.reports.values()))
    checked = f"{len(dataset.plans)} kế hoạch, {reports} báo cáo, xét đến ngày {format_day(as_of)}"
    warnings = len(problems) - errors
    warned = f"{warnings} cảnh báo" if warnings else "không có cảnh báo"
    if chosen.markdown:
        chosen.markdown.write_text(write_comment(problems, checked), encoding="utf-8")
    if chosen.code_quality:
        chosen.code_quality.write_text(write_code_quality(problems), encoding="utf-8")
    if errors:
        files = len({problem.path for problem in problems if problem.severity == "error"})
        print(
            f"\n{errors} lỗi trong {files} tệp, {warned} ({checked}). "
            "Sửa hết lỗi thì trang web mới cập nhật được; trong lúc đó bản cũ vẫn giữ nguyên."
        )
        return BAD_DATA
    print(f"Dữ liệu tốt, không có lỗi, {warned} ({checked}).")
    return GOOD


def _check_site_settings() -> list[Problem]:
    """List what is wrong with the settings of the site; data may lie where there are none."""
    return check_settings(read_settings(Path.cwd())) if Path(NAME).exists() else []


def _check_provinces(dataset: Dataset) -> list[Problem]:
    """List the provinces that the settings name and the registers do not have."""
    settings = read_settings(Path.cwd())
    if not settings.get("extra", "provinces"):
        return []
    places = build_places(dataset.localities, ()).values()
    provinces = {place.slug for place in places if place.level == "province" and not place.until}
    return list(check_provinces(settings, provinces))


def _is_below(problem: Problem, paths: Sequence[str]) -> bool:
    """Say whether a problem is in one of the files or folders; in any when there are none."""
    named = [path.replace("\\", "/").removeprefix("./").rstrip("/") for path in paths]
    return not named or any(
        problem.path == name or problem.path.startswith(f"{name}/") for name in named
    )


def _draft(chosen: argparse.Namespace) -> int:
    dataset, problems, _ = _read()
    if not dataset.units:
        _print(problems)
        return BAD_DATA
    if chosen.accept:
        return _accept(chosen.source, dataset)
    output = _choose_output(chosen)
    locality, issuer = _choose_issuer(chosen, (output or chosen.source).resolve(), dataset)
    programme = _find_programme(chosen.programme, dataset)
    try:
        drafted = draft_file(
            chosen.source,
            dataset,
            locality=locality,
            issuer=issuer,
            programme=programme,
            folder=(output or chosen.source).resolve().parent.name,
            tell=_tell,
        )
    except OSError as error:
        raise UsageError(f"không mở được {chosen.source}: {explain_os_error(error)}") from error
    except ValueError as error:
        raise UsageError(str(error)) from error
    if output is None:
        if drafted.others:
            raise UsageError(
                f"tệp có {1 + len(drafted.others)} văn bản; thêm --output …/plan.yml để mỗi văn bản"
                " có bản nháp ở một thư mục"
            )
        print(drafted.draft.yaml, end="")
        return GOOD
    _write_draft(drafted, chosen.source, output, dataset)
    kept = output.parent / (drafted.kept_name or "")
    source = kept if drafted.kept_name and not chosen.source.exists() else chosen.source
    for other in drafted.others:
        beside = output.resolve().parent.parent / other.folder
        beside.mkdir(exist_ok=True)
        _write_draft(other, source, beside / "plan.yml", dataset)
    return GOOD


def _write_draft(drafted: FileDraft, source: Path, output: Path, dataset: Dataset) -> None:
    """Write a draft with all that is kept beside it, and tell what to do next."""
    folder = output.resolve().parent
    is_below = folder.is_relative_to(dataset.root)
    place = folder.relative_to(dataset.root).as_posix() if is_below else ""
    _write_new(output, (schema_line("plan", place) if is_below else "") + drafted.draft.yaml)
    _keep_original(source, output.parent, drafted.kept_name)
    if drafted.text is not None:
        _keep_text(output.parent / "source.txt", drafted.text)
    proposals = drafted.draft.entries.write()
    if proposals:
        _write_again(output.parent / PROPOSALS, proposals)
    for line in summarize(drafted.draft, output):
        print(line)


def _intake(chosen: argparse.Namespace) -> int:
    data = _find_data(Path.cwd())
    try:
        with open_last_commit(data) as folder:
            dataset, problems = load_dataset(folder)
            if not dataset.units:
                _print(problems)
                return BAD_DATA
            waiting = find_uncommitted(data, folder)
            drafted = _find_drafted(data, folder, chosen)
            # A job that is run again finds its own branch, and asks its questions again.
            elsewhere = {file for file, branch in drafted.items() if branch != chosen.branch}
            sent = {file.parent.relative_to(folder.parent).as_posix() for file in drafted}
            intakes = list(draft_uploads(dataset, elsewhere))
            made = [intake.plan for intake in intakes if intake.plan]
            new = [plan for plan in made if plan.rpartition("/")[0] not in sent]
            if new:
                message = f"Lập bản nháp: {', '.join(new)}"
                commit_and_push(folder, message, chosen.remote, chosen.branch)
    except BranchError as error:
        raise UsageError(str(error)) from error
    checklist = write_checklist(intakes)
    if chosen.markdown:
        chosen.markdown.write_text(checklist, encoding="utf-8")
    if checklist or not waiting:
        print(checklist or "Không có tệp nào chờ lập bản nháp.")
    if new:
        print(f"Đã gửi nhánh {chosen.branch} lên {chosen.remote}.")
    if waiting:
        print(f"Chưa lưu vào git nên chưa đọc: {', '.join(waiting)}.")
        print('Gõ: git add plans, rồi git commit -m "Tải văn bản lên", rồi chạy lại.')
    return GOOD if len(made) == len(intakes) and not waiting else BAD_DATA


def _find_drafted(data: Path, folder: Path, chosen: argparse.Namespace) -> dict[Path, str]:
    """Find and name the files whose draft waits on another branch: nobody is asked twice."""
    named = chosen.branch or DRAFT_BRANCH
    branches = list_branches(data, chosen.remote, named.partition("/")[0])
    numbered = (f"{DRAFT_BRANCH}-{number}" for number in count(2))
    free = (name for name in chain([DRAFT_BRANCH], numbered) if name not in branches)
    chosen.branch = chosen.branch or next(free)
    uploads = [(file, hash_content(data, file)) for file in find_uploads(folder)]
    drafted = find_drafted(uploads, folder, branches)
    for file, branch in drafted.items():
        print(f"{file.relative_to(folder.parent).as_posix()}: đã có bản nháp ở nhánh {branch}.")
    return drafted


def _choose_output(chosen: argparse.Namespace) -> Path | None:
    """Return where the draft goes; None for a text, which is drafted to standard output."""
    output: Path | None = chosen.output
    is_text = chosen.source.suffix.lower() in (".txt", ".md")
    return output or (None if is_text else chosen.source.parent / "plan.yml")


def _choose_issuer(chosen: argparse.Namespace, output: Path, dataset: Dataset) -> tuple[str, str]:
    """Return the codes of locality and issuing unit that were typed, or that the folder tells."""
    if chosen.locality:
        places = build_places(dataset.localities, ())
        return _find_locality(chosen.locality, places), _find_issuer(chosen.issuer, dataset)
    locality, unit = issuer_of_folder(output.parent, dataset)
    return locality, _find_issuer(chosen.issuer, dataset) or unit


def _find_programme(typed: str, dataset: Dataset) -> str:
    """Return the id of the programme that was typed; empty for none."""
    names = {code: programme.name for code, programme in dataset.programmes.items()}
    found = find_names(typed, {code: (name,) for code, name in names.items()}) if typed else ()
    if len(found) != 1:
        _require_code(typed, "chương trình", names)
    return found[0] if found else ""


def _find_issuer(typed: str, dataset: Dataset) -> str:
    """Return the id of the unit that was typed; empty for none."""
    units = find_units(typed, dataset.units) if typed else ()
    if len(units) != 1:
        _require_code(typed, "cơ quan", {code: u.name for code, u in dataset.units.items()})
    return units[0] if units else ""


def _find_locality(typed: str, places: Mapping[str, Place]) -> str:
    """Return the code of the one locality that was typed; raise UsageError for none or several."""
    codes = find_localities(typed, places)
    if len(codes) == 1:
        return codes[0]
    if codes:
        shown = "; ".join(_name_place(places[code], places) for code in codes[:MOST_SUGGESTED])
        more = len(codes) - MOST_SUGGESTED
        rest = f"; và {more} nơi nữa" if more > 0 else ""
        raise UsageError(
            f"«{typed}» có {len(codes)} nơi: {shown}{rest}; "
            "ghi thêm tên tỉnh sau dấu phẩy, hoặc ghi mã"
        )
    _require_code(typed, "địa phương", {code: place.name for code, place in places.items()})
    return typed


def _name_place(place: Place, places: Mapping[str, Place]) -> str:
    above = places.get(place.province or "")
    return f"{place.name}{f', {above.short}' if above else ''} ({place.code})"


def _accept(path: Path, dataset: Dataset) -> int:
    """Add confirmed proposals to the registers of the data folder."""
    if not path.is_file():
        raise UsageError(f"không thấy tệp {path}; ghi đường dẫn của {PROPOSALS} cạnh plan.yml")
    texts, problems = read_proposals(path, dataset)
    if problems:
        errors = _print(problems)
        print(f"\n{errors} chỗ phải sửa; chưa chép mục nào vào danh mục.")
        return BAD_DATA
    for section, text in texts.items():
        register = dataset.root / f"{section}.yml"
        before = (
            register.read_text(encoding="utf-8").rstrip("\n") + "\n" if register.exists() else ""
        )
        register.write_text(before + text.removeprefix("" if before else "\n"), encoding="utf-8")
        count = text.count("\n\n") + 1 if text else 0
        print(f"Đã thêm {count} mục vào {register}.")
    path.unlink()
    print(f"Đã xóa {path}. Tiếp theo: congkhai check")
    return GOOD


def _tell(stage: str) -> None:
    """Say how far a long reading is, beside what the command prints."""
    print(stage, file=sys.stderr, flush=True)


def _write_again(path: Path, text: str) -> None:
    """Write the proposals of a new draft; those of an earlier one are replaced."""
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"Đã ghi {path}.")


def _keep_original(source: Path, folder: Path, name: str | None) -> None:
    """Keep the office's file beside the draft, under a name that an address can have."""
    if name is None or (folder / name).exists():
        return
    if source.parent.resolve() == folder.resolve():
        source.rename(folder / name)
        print(f"Đã đổi tên {source.name} thành {name}.")
    else:
        shutil.copyfile(source, folder / name)
        print(f"Đã chép {source.name} thành {folder / name}.")


def _keep_text(path: Path, text: str) -> None:
    """Write the text beside the draft; a text that is there already stays."""
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        print(f"Đã ghi {path}.")
    elif path.read_text(encoding="utf-8") != text:
        print(f"Giữ nguyên {path} đã có; lệnh check sẽ so plan.yml với tệp đó.")


def _require_code(code: str, kind: str, names: Mapping[str, str]) -> None:
    """Raise UsageError for a code that is in no register, with those whose names are like it.

    An empty code passes: the draft then asks for it. A register that is broken has no names.
    """
    if not code or code in names or not names:
        return
    like = [f"{known} ({name})" for known, name in names.items() if fold(code) in fold(name)]
    if like:
        more = f" và {len(like) - MOST_SUGGESTED} mã nữa" if len(like) > MOST_SUGGESTED else ""
        hint = f"có phải {', '.join(like[:MOST_SUGGESTED])}{more}?"
    else:
        hint = hint_nearest(code, names, "gõ một phần của tên, máy gợi ý mã")
    raise UsageError(f"không có {kind} mã «{code}»; {hint}")


def _read_facts(chosen: argparse.Namespace) -> int:
    try:
        document = read_document(chosen.source)
    except OSError as error:
        raise UsageError(f"không mở được {chosen.source}: {explain_os_error(error)}") from error
    except UnreadableSource as error:
        raise UsageError(f"không đọc được văn bản: {error}") from error
    for line in write_tsv(read_entries(document)):
        print(line)
    return GOOD


def _schema(chosen: argparse.Namespace) -> int:
    schemas = json_schemas()
    if chosen.folder is None:
        print(json.dumps(schemas, ensure_ascii=False, indent=2))
        return GOOD
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        (chosen.folder / f"{name}.schema.json").write_text(
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    return GOOD


def _report(chosen: argparse.Namespace) -> int:
    dataset, problems, as_of = _read()
    chosen.period = read_period(chosen.period, as_of)
    plan_id = chosen.plan.strip("/").removeprefix(f"{dataset.root.name}/").removesuffix("/plan.yml")
    units = find_units(chosen.unit, dataset.units)
    unit = units[0] if len(units) == 1 else chosen.unit
    # Faults of another plan, and of what others have not finished, keep nobody waiting.
    errors = [
        problem
        for problem in problems
        if problem.severity == "error"
        and (
            problem.path.endswith((f"/{plan_id}/plan.yml", *REGISTERS))
            or (f"/{plan_id}/reports/" in problem.path and f"-{unit}" in problem.path)
        )
    ]
    if errors:
        print(
            "Chưa tạo được tệp báo cáo vì kế hoạch này hoặc danh mục chung còn lỗi. "
            "Sửa các lỗi dưới đây rồi chạy lại lệnh:"
        )
        _print(errors)
        return BAD_DATA
    _require_report(chosen, plan_id, unit, dataset, as_of)
    _require_year_of_plan(chosen.period, plan_id, dataset)
    alone = replace(
        dataset,
        plans={plan_id: dataset.plans[plan_id]},
        reports={plan_id: dataset.reports.get(plan_id, {})},
    )
    try:
        text = write_report(derive(alone, as_of), plan_id, unit, chosen.period, as_of)
    except LookupError as error:
        raise UsageError(str(error)) from error
    _write_new(dataset.root / plan_id / "reports" / f"{chosen.period}-{unit}.yml", text)
    return GOOD


def _workbook(chosen: argparse.Namespace) -> int:
    dataset, _, as_of = _read()
    chosen.period = read_period(chosen.period, as_of)
    plans = [plan.strip("/").removeprefix("plans/") for plan in chosen.plans]
    units = find_units(chosen.unit, dataset.units)
    unit = units[0] if len(units) == 1 else chosen.unit
    for plan in plans or list(dataset.plans)[:1]:
        _require_report(chosen, plan, unit, dataset, as_of)
    for plan in plans:
        _require_year_of_plan(chosen.period, plan, dataset)
    site_model = derive(dataset, as_of)
    # As the form in the browser has it: also of a body that it follows, or of a group.
    answering = [
        plan.id
        for plan in site_model.plans.values()
        if any(share.unit == unit for share in plan.units)
        or (
            plan.place.level in dataset.units[unit].level
            and answers_for(unit, [share.unit for share in plan.units], dataset.units)
        )
    ]
    try:
        content = write_workbook(site_model, plans or answering, unit, chosen.period, as_of)
    except LookupError as error:
        raise UsageError(str(error)) from error
    file = Path(f"bao-cao-{chosen.period}-{unit}.xlsx")
    if file.exists():
        raise UsageError(f"đã có tệp {file}; điền tiếp tệp ấy, hoặc đổi tên rồi chạy lại")
    file.write_bytes(content)
    print(f"Đã tạo {file}. Điền các ô màu, rồi chạy: congkhai import {file}")
    return GOOD


def _import(chosen: argparse.Namespace) -> int:
    try:
        filled = read_workbook(chosen.file, today())
    except OSError as error:
        raise UsageError(f"không mở được {chosen.file}: {explain_os_error(error)}") from error
    except ValueError as error:
        raise UsageError(str(error)) from error
    dataset, _, as_of = _read()
    units = find_units(filled.unit, dataset.units)
    if len(units) == 1:
        filled = replace(filled, unit=units[0])
    files, faults = write_reports(dataset.root, derive(dataset, as_of), filled, as_of)
    if files and faults:
        print("Nên xem lại:")
    for fault in faults:
        print(make_printable(f"ô {fault.cell}: {fault.message}"))
    if not files:
        print(f"\n{len(faults)} chỗ phải sửa; chưa ghi báo cáo nào.")
        return BAD_DATA
    for file in files:
        print(f"Đã ghi {file}.")
    return GOOD


def _require_report(
    chosen: argparse.Namespace, plan_id: str, unit: str, dataset: Dataset, as_of: date
) -> None:
    """Raise UsageError unless plan, unit and period of a report to be written exist."""
    if plan_id not in dataset.plans:
        hint = hint_nearest(plan_id, dataset.plans, "ghi đường dẫn thư mục dưới plans/")
        raise UsageError(f"không có kế hoạch «{plan_id}»; {hint}")
    if unit not in dataset.units:
        hint = hint_nearest(unit, dataset.units, "tra mã hoặc tên trong units.yml")
        raise UsageError(f"không có cơ quan mang mã «{unit}»; {hint}; gõ lại với mã ấy")
    if not PERIOD.fullmatch(chosen.period):
        raise UsageError(
            f"kỳ báo cáo «{chosen.period}» sai dạng; "
            f"ghi như {as_of.year}, «quý IV/{as_of.year}» hoặc «tháng 11/{as_of.year}»"
        )


def _require_year_of_plan(period: str, plan_id: str, dataset: Dataset) -> None:
    """Raise UsageError for a period in no year of the plan: the report would be refused."""
    years = years_of_reports(dataset.plans[plan_id].value.period)
    if years is not None and not years[0] <= int(period[:4]) <= years[1]:
        raise UsageError(
            f"kỳ báo cáo {period} ngoài giai đoạn {years[0]}–{years[1]} của kế hoạch;"
            " ghi một năm trong giai đoạn ấy"
        )


def _join(chosen: argparse.Namespace) -> int:
    # The modules that build lock files; the other commands work where nothing can be locked.
    from congkhai.build.provenance import engine_version

    require_sound_settings()
    data = JOINED.resolve()
    try:
        sites = read_sites(chosen.sites, engine_version())
        write_data(sites, data)
        write_list(sites, JOINED_LIST.resolve())
    except JoinError as error:
        raise UsageError(str(error)) from error
    for site in sites:
        print(
            f"{site.place}: đúng bản kê, {len(site.plan_ids)} kế hoạch, xét đến "
            f"{format_day(site.described.as_of)}."
        )
    variables = {
        "PLANS_DIR": str(data),
        "JOINED_SITES": str(JOINED_LIST.resolve()),
        # The repository around it has no history of these files; each office has its own.
        "GIT_CEILING_DIRECTORIES": str(data.parent),
    }
    return run_mkdocs("build", variables, "--site-dir", str(chosen.out))


def _new(chosen: argparse.Namespace) -> int:
    settings = Settings(
        name=chosen.name or Settings.name,
        operator=chosen.operator,
        contact=chosen.contact,
        url=chosen.site_url or Settings.url,
    )
    try:
        files = write_office(chosen.folder, settings)
    except OfficeError as error:
        raise UsageError(str(error)) from error
    print(f"Đã tạo {chosen.folder}: {', '.join(files)}.")
    if f"{WHEELS}/{wheel_name()}" not in files:
        print(
            f"Chưa có phần mềm trong kho: chép tệp {wheel_name()} vào {chosen.folder / WHEELS}."
            " Lệnh make và máy của kho cài từ tệp ấy."
        )
    file = chosen.folder / "mkdocs.yml"
    missing = list(missing_settings(file, settings.url, settings.operator, settings.contact))
    if missing:
        print("Trước khi công bố còn thiếu:", *missing, sep="\n  ")
    print("Việc tiếp theo: đọc README.md trong thư mục ấy.")
    return GOOD


def _deploy(chosen: argparse.Namespace) -> int:
    try:
        changes = deploy(
            chosen.site,
            chosen.target,
            is_trial=chosen.dry_run,
            sends_all=chosen.all,
            tell=_tell,
        )
    except DeployError as error:
        raise UsageError(str(error)) from error
    if chosen.dry_run:
        for mark, names in (
            ("+", changes.added),
            ("~", changes.changed),
            ("-", changes.removed),
        ):
            for name in names:
                print(f"{mark} {make_printable(name)}")
    print(_summarize_deployment(changes))
    print("Chưa gửi gì." if chosen.dry_run else f"Đã gửi xong lên {chosen.target}.")
    return GOOD


def _summarize_deployment(changes: Changes) -> str:
    megabytes = f"{changes.size / 1e6:.1f}".replace(".", ",")
    return (
        f"Trang của {make_printable(changes.address)}: {len(changes.added)} tệp mới (+), "
        f"{len(changes.changed)} tệp đổi (~), {len(changes.removed)} tệp bỏ (-), "
        f"{changes.unchanged} tệp giữ nguyên; gửi {megabytes} MB."
    )


def _verify(chosen: argparse.Namespace) -> int:
    if chosen.against is not None:
        return _verify_against(chosen.place, chosen.against)
    try:
        verification = verify(chosen.place)
    except VerifyError as error:
        raise UsageError(str(error)) from error
    for line in (*verification.statements, *verification.differences):
        print(line)
    differences = verification.differences
    print(
        f"\n{len(differences)} chỗ khác."
        if differences
        else "Trang web đã công bố giống hệt bản tạo lại từ dữ liệu này."
    )
    return BAD_DATA if differences else GOOD


def _verify_against(place: str, kept: str) -> int:
    try:
        findings = list(compare_with_kept(place, kept))
    except VerifyError as error:
        raise UsageError(str(error)) from error
    untold = [finding for finding in findings if not finding.is_told]
    for finding in findings:
        print(f"{'  ' if finding.is_told else '! '}{make_printable(finding.words)}")
    if untold:
        print(f"\n{len(untold)} thay đổi mà trang không ghi (dòng có dấu !).")
        return BAD_DATA
    print("\nMọi thay đổi của tệp dữ liệu đều có ghi trong danh sách thay đổi của trang.")
    return GOOD


def _find_data(folder: Path) -> Path:
    """Return the data folder that a command in a folder works on; raise UsageError for none."""
    try:
        return find_data_folder(folder, read_plans_setting(folder))
    except DataFolderError as error:
        raise UsageError(str(error)) from error


def _read() -> tuple[Dataset, list[Problem], date]:
    try:
        folder = _find_data(Path.cwd())
        as_of = today()
    except ValueError as error:
        raise UsageError(str(error)) from error
    dataset, problems = load_dataset(folder)
    return dataset, sorted([*problems, *check(dataset, as_of)]), as_of


def _print(problems: list[Problem]) -> int:
    """Print the problems, for GitHub also as remarks beside their lines; count the errors."""
    for problem in shorten(problems):
        print(problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(write_annotation(problem))
    return Counter(problem.severity for problem in problems)["error"]


def _write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet; nobody's work is overwritten."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(
            f"đã có tệp {file}; mở tệp ấy làm tiếp. "
            "Chỉ xóa khi chắc chắn không cần nội dung trong đó"
        ) from error
    except OSError as error:
        raise UsageError(f"không ghi được {file}: {explain_os_error(error)}") from error
    print(f"Đã tạo {file}. Mở tệp, điền hoặc xem lại, rồi chạy: congkhai check")


DESCRIPTIONS = (
    _describe_check,
    _describe_draft,
    _describe_intake,
    _describe_read,
    _describe_report,
    _describe_workbook,
    _describe_import,
    _describe_schema,
    describe_build,
    describe_serve,
    _describe_deploy,
    _describe_verify,
    _describe_join,
    _describe_new,
)
"""Each adds a command to the parser."""
