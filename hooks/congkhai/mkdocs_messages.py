"""What MkDocs says of a build, in the words of staff.

Comes in: records of MkDocs' logger. Goes out: the same in Vietnamese, with file and line where a
link leads nowhere; what only repeats is left out. Words that are not known here stay as they are.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

_LEVELS = {logging.WARNING: "CHÚ Ý: ", logging.ERROR: "LỖI: ", logging.CRITICAL: "LỖI: "}
_REPEATS = re.compile(
    r"Building documentation\.\.\.|Cleaning site directory|Watching paths for changes: .*"
    r"|Browser connected: .*|Reloading browsers"
)
"""What our own words say as well, or what nobody acts on."""
_PLAIN = {
    re.compile(pattern, re.DOTALL): words
    for pattern, words in {
        r"Building documentation to directory: .*": "Đang tạo trang…",
        r"Documentation built in (\d+)\.(\d)\d* seconds": r"Tạo xong sau \1,\2 giây.",
        r"Serving on (\S+).*": (
            r"Xem trang tại \1 (dừng: Ctrl-C). Lưu tệp nào thì trang tự tạo lại."
        ),
        r"Detected file changes": "Có tệp vừa đổi; đang tạo lại trang…",
        r"Shutting down\.\.\.": "Đã dừng xem thử.",
        r"Excluding '(.+)' from the site because it conflicts with '(.+)'\.": (
            r"content/\1: trùng địa chỉ với content/\2 nên không được đăng; đổi tên một tệp"
        ),
        r"A reference to '(.+)' is included in the 'nav' configuration, .*": (
            r"mkdocs.yml: nav nhắc tới «\1» mà content/ không có tệp ấy; sửa tên hoặc bỏ dòng ấy"
        ),
    }.items()
}
_LINK = re.compile(
    r"Doc file '(?P<file>.+?)' contains an? (?:unrecognized relative |absolute )?link"
    r"(?: to)? '(?P<link>.+?)'(?P<fault>.*)",
    re.DOTALL,
)
_CLOCK = re.compile(r"^\[\d\d:\d\d:\d\d\] ")
"""What the server of the preview begins its messages with."""
_MEANT = re.compile(r"Did you mean '(.+)'\?$")


class VietnameseFormatter(logging.Formatter):
    """Formats what MkDocs logs; `content`: gives the folder of hand-written pages."""

    def __init__(self, content: Callable[[], Path | None]) -> None:
        super().__init__("%(message)s")
        self._content = content

    def format(self, record: logging.LogRecord) -> str:
        """Return a message for staff, which begins with how grave it is."""
        return _LEVELS.get(record.levelno, "") + super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802, logging's own name
        """Return the message without a traceback, in Vietnamese where it is known."""
        message = _CLOCK.sub("", record.message)
        for pattern, words in _PLAIN.items():
            if match := pattern.fullmatch(message):
                return match.expand(words)
        link = _LINK.fullmatch(message)
        return self._tell_link(link) if link else message

    def _tell_link(self, link: re.Match[str]) -> str:
        meant = _MEANT.search(link["fault"])
        if "anchor" in link["fault"]:
            words = f"liên kết «{link['link']}» dẫn tới một mục không có"
            form = "sửa phần sau dấu # cho đúng tên mục, hoặc bỏ dấu # và phần sau nó"
        else:
            words = f"liên kết «{link['link']}» dẫn tới một trang không có"
            form = "sửa địa chỉ, ví dụ (gioi-thieu.md) cho trang content/gioi-thieu.md"
        if meant:
            form = f"có phải «{meant[1]}»?"
        return f"{self._find_line(link['file'], link['link'])}: {words} → {form}"

    def _find_line(self, name: str, link: str) -> str:
        """Name the file with the line that holds the link; without it where none is found."""
        folder = self._content()
        try:
            text = (folder / name).read_text("utf-8") if folder else ""
        except (OSError, UnicodeDecodeError):
            text = ""
        shown = f"{folder.name if folder else 'content'}/{name}"
        lines = text.splitlines()
        return next((f"{shown}:{n}" for n, line in enumerate(lines, 1) if link in line), shown)


def is_worth_saying(record: logging.LogRecord) -> bool:
    """Say whether staff should see a record, for a filter of its handler."""
    return not _REPEATS.fullmatch(_CLOCK.sub("", record.getMessage()))
