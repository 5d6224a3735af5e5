"""`congkhai check` and `schema`: what is wrong with the data, and what is right in general.

Comes in: the data, git's history, `mkdocs.yml`. Goes out: all faults at once, for forges too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from congkhai.build.settings_checks import check_provinces, check_settings
from congkhai.checks import published
from congkhai.checks.remarks import write_code_quality, write_comment
from congkhai.commands.dataset import (
    print_problems,
    read_data,
)
from congkhai.commands.parser import BAD_DATA, GOOD, Commands, UsageError
from congkhai.data.git_history import Published, read_published
from congkhai.data.load import Dataset, json_schemas
from congkhai.data.problem import Problem
from congkhai.data.settings_file import NAME, read_settings
from congkhai.model.places import build_places
from congkhai.text.dates import format_day


def describe_check(commands: Commands) -> None:
    """Add `check` to the parser."""
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


def describe_schema(commands: Commands) -> None:
    """Add `schema` to the parser."""
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


def _check(chosen: argparse.Namespace) -> int:
    settings = _check_site_settings()
    try:
        dataset, problems, as_of = read_data()
    except UsageError:
        print_problems(settings)
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
    errors = print_problems(problems)
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
