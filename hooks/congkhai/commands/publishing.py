"""`congkhai deploy` and `verify`: a built site onto its host, and whether it is what the data say.

Comes in: a built or published site. Goes out: what was sent; what differs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from congkhai.build.deploy import Changes, deploy
from congkhai.build.deploy_target import DeployError
from congkhai.build.kept_manifest import compare_with_kept
from congkhai.build.published_site import VerifyError
from congkhai.build.verify import verify
from congkhai.commands.dataset import tell_progress
from congkhai.commands.parser import BAD_DATA, GOOD, Commands, UsageError
from congkhai.text.printable import make_printable


def describe_deploy(commands: Commands) -> None:
    """Add `deploy` to the parser."""
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


def describe_verify(commands: Commands) -> None:
    """Add `verify` to the parser."""
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


def _deploy(chosen: argparse.Namespace) -> int:
    try:
        changes = deploy(
            chosen.site,
            chosen.target,
            is_trial=chosen.dry_run,
            sends_all=chosen.all,
            tell=tell_progress,
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
