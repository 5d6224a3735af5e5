"""`congkhai build` and `serve`: settings from the command line, handed on to MkDocs.

Comes in: the working folder with its `mkdocs.yml`. Goes out: MkDocs' exit status. Nothing here
reads the data, so that these commands begin at once.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from congkhai.build.settings_checks import check_settings
from congkhai.commands.parser import GOOD, Commands, UsageError
from congkhai.data.folder import DataFolderError, find_data_folder, read_plans_setting
from congkhai.data.settings_file import read_settings
from congkhai.text.dates import format_day, today


def describe_build(commands: Commands) -> None:
    """Add `build` to the parser."""
    command = commands.add_parser(
        "build",
        help="dựng trang vào site/",
        description="Tạo trang web vào site/; lỗi giữa chừng thì giữ bản cũ.",
    )
    command.add_argument(
        "--release",
        action="store_true",
        help="để công bố: dừng lại khi thiếu địa chỉ trang, nơi vận hành hoặc cách liên hệ",
    )
    command.add_argument(
        "--previous",
        metavar="BẢN-KÊ",
        default="",
        help="manifest.json công bố lần trước (tệp, địa chỉ hoặc mã SHA-256), khi trang cũ không"
        " nằm ở đây; «online»: của trang đang ở site_url, nếu có",
    )
    command.add_argument(
        "--cluster",
        metavar="ĐỊA-CHỈ",
        default="",
        help="chia các tỉnh cho nhiều máy: địa chỉ của dask scheduler, ví dụ tcp://10.0.0.5:8786",
    )
    command.set_defaults(run=_build)


def describe_serve(commands: Commands) -> None:
    """Add `serve` to the parser."""
    command = commands.add_parser(
        "serve",
        help="xem thử trang tại http://127.0.0.1:8000",
        description="Dựng trang, mở tại http://127.0.0.1:8000, dựng lại mỗi khi sửa; dừng: Ctrl-C.",
    )
    command.set_defaults(run=_serve)


def _build(chosen: argparse.Namespace) -> int:
    find_settings()
    variables = {"RELEASE": "1"} if chosen.release else {}
    if not chosen.previous and _renew_day(variables):
        return GOOD
    if chosen.previous:
        variables["PREVIOUS_MANIFEST"] = chosen.previous
    if chosen.cluster:
        variables["CLUSTER"] = chosen.cluster
    return run_mkdocs("build", variables)


def _serve(chosen: argparse.Namespace) -> int:
    require_sound_settings()
    _require_free_port(read_settings(Path.cwd()).get("dev_addr") or "127.0.0.1:8000")
    return run_mkdocs("serve", {})


def _require_free_port(address: str) -> None:
    """Refuse an address at which another program answers: MkDocs would find out after the build.

    Raises UsageError.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":  # as MkDocs' server does; on Windows it would share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise UsageError(
                f"không mở được trang xem thử tại {address}: có chương trình khác đang dùng địa chỉ"
                " ấy, có lẽ là một cửa sổ xem thử khác. Đóng cửa sổ ấy (Ctrl-C), hoặc đổi số cổng"
                f" trong mkdocs.yml, ví dụ dev_addr: 127.0.0.1:{1 + int(port) % 65535}"
            ) from error


def find_settings() -> None:
    """Refuse a working folder that is no site's. Raises UsageError."""
    if not Path("mkdocs.yml").is_file():
        raise UsageError(
            "ở đây không có mkdocs.yml; chạy trong thư mục gốc của kho, "
            "hoặc tạo kho mới: congkhai new ../so-noi-vu-mau"
        )


def require_sound_settings() -> None:
    """Refuse settings with faults, all of which are told: MkDocs would tell one, in English.

    Raises UsageError.
    """
    find_settings()
    faults = [p for p in check_settings(read_settings(Path.cwd())) if p.severity == "error"]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        names = ", ".join(sorted({fault.path for fault in faults}))
        raise UsageError(f"{len(faults)} chỗ phải sửa trong {names}; chưa tạo trang web")


def _renew_day(variables: Mapping[str, str]) -> bool:
    """Make the site that stands that of today, where nothing but the day is another one."""
    # The modules that build lock files; the other commands work where nothing can be locked.
    from congkhai.build.cache import cache_folder
    from congkhai.build.next_day import renew

    root = Path.cwd()
    try:
        data = find_data_folder(root, read_plans_setting(root))
        day = today()
    except (DataFolderError, ValueError):
        return False  # MkDocs' build says what is wrong
    folder = cache_folder(root, data)
    noted = renew(root, folder, day, os.environ | variables) if folder is not None else None
    if noted is None:
        return False
    for words in noted.said:
        print(words, file=sys.stderr)
    print(f"Không có gì đổi ngoài ngày: {noted.site} đã là trang của ngày {format_day(day)}.")
    return True


def run_mkdocs(command: str, variables: Mapping[str, str], *options: str) -> int:
    """Run MkDocs on the `mkdocs.yml` of the working folder; its status is ours."""
    require_sound_settings()
    # Material announces its end of life at every start; pyproject.toml says it once.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", **variables}
    arguments = [sys.executable, "-m", "mkdocs", command, *options]
    if os.name == "posix":  # signals then reach MkDocs, which ends in order
        sys.stdout.flush()
        os.execve(sys.executable, arguments, environment)
    return subprocess.run(arguments, env=environment, check=False).returncode
