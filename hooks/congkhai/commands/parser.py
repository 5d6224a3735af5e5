"""What all commands share: a parser that speaks Vietnamese, exit statuses, words to staff.

Comes in: arguments, a description of commands. Goes out: the exit status of the command that was
chosen: 0 good, 1 the data has errors or the site differs (all is listed), 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from congkhai.text.printable import begin_sentence, make_printable

GOOD, BAD_DATA, WRONG_USE = 0, 1, 2

Commands = Any
"""What argparse's `add_subparsers` returns; its class has no public name."""


class UsageError(Exception):
    """What was asked for cannot be done; its words are Vietnamese."""


class Parser(argparse.ArgumentParser):
    """An argument parser in Vietnamese: argparse itself speaks English."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def format_usage(self) -> str:
        """Return how a command is called."""
        return super().format_usage().replace("usage: ", "cách dùng: ", 1)

    def format_help(self) -> str:
        """Return how a command is called, with all its options."""
        return super().format_help().replace("usage: ", "cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say that the command was typed wrongly, and end."""
        print(
            f"Lệnh gõ thiếu hoặc gõ sai.\n{self.format_usage()}Xem thêm: {self.prog} --help",
            file=sys.stderr,
        )
        sys.exit(WRONG_USE)


def run_command(
    describes: Iterable[Callable[[Commands], None]], arguments: Sequence[str] | None
) -> int:
    """Run the command that the arguments choose; `describes`: each adds a command to the parser."""
    chosen = _describe(describes).parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = chosen.run
        return run(chosen)
    except UsageError as error:
        print(_sentence(str(error)), file=sys.stderr)
        return WRONG_USE


def _describe(describes: Iterable[Callable[[Commands], None]]) -> argparse.ArgumentParser:
    parser = Parser(
        prog="congkhai",
        description="Kiểm tra, soạn dữ liệu kế hoạch và dựng trang. Thư mục dữ liệu: PLANS_DIR, "
        "hoặc extra.plans_dir\ntrong mkdocs.yml, hoặc plans/ cạnh mkdocs.yml. "
        "Ngày xét hạn: hôm nay, hoặc AS_OF=2026-11-22.",
    )
    commands = parser.add_subparsers(
        title="lệnh", metavar="LỆNH", required=True, parser_class=Parser
    )
    for describe in describes:
        describe(commands)
    return parser


def _sentence(words: str) -> str:
    """Begin words with a capital letter and end them once; names in them may hold anything.

    >>> _sentence("không có đơn vị «so-y»; có phải «so-y-te»?")
    'Không có đơn vị «so-y»; có phải «so-y-te»?'
    """
    lines = "\n".join(map(make_printable, words.splitlines()))
    return f"{begin_sentence(lines)}{'' if lines.endswith('?') else '.'}"
