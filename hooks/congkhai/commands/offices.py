"""`congkhai new` and `join`: the repository of an office, and one site out of those of several.

Comes in: an empty folder, published sites. Goes out: a repository, a joined site.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from congkhai.build.join import JoinError, read_sites, write_data, write_list
from congkhai.build.office import WHEELS, OfficeError, Settings, write_office
from congkhai.build.release import missing_settings
from congkhai.build.wheel import wheel_name
from congkhai.commands.parser import GOOD, Commands, UsageError
from congkhai.commands.site import (
    require_sound_settings,
    run_mkdocs,
)
from congkhai.text.dates import format_day

JOINED = Path(".cache", "join", "plans")
"""The data of all sites that were joined last."""

JOINED_LIST = JOINED.with_name("sites.json")
"""What is to be said of these sites."""


def describe_join(commands: Commands) -> None:
    """Add `join` to the parser."""
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


def describe_new(commands: Commands) -> None:
    """Add `new` to the parser."""
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
