"""What went wrong in a YAML text, said so that an editor finds the place and mends it.

Comes in: the text, the parser's own error. Goes out: `Fault`. The parser speaks English
about tokens and often points at the line where it gave up; an editor needs Vietnamese,
and the line where the slip was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml
from yaml.events import ScalarEvent
from yaml.tokens import ScalarToken


class Fault(NamedTuple):
    """A `Problem` of a file that is still without its path."""

    line: int
    column: int
    message: str
    hint: str
    severity: Literal["error", "warning"] = "error"


_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$", re.MULTILINE)
_TAB = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_REVIEW = re.compile(r"^[ \t]*(#+[ \t]*XEM LẠI)", re.MULTILINE)
_CONFLICT_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||")
_CURLY = "“”„‘’"
_BEFORE_VALUE = re.compile(r" *(?:- +)*(?:[\w-]+: +)?")
_ESCAPE = re.compile(r"\\(?:[0abefrvNLP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_CURLY_QUOTED = re.compile(r"[“”„‘’][^“”„‘’]*[“”‘’]")
_KEY_LINE = re.compile(r"\n[ \t]*(?:- +)?(?:[a-z_]+:(?=\s)|- )")
_LINE_PARTS = re.compile(r"( *(?:- +)*(?:[\w-]+: +)?)(.*)")
_QUOTE_THEN_TEXT = re.compile(r"(?:^|[:\-\[,]) *(\"[^\"]*\"|'[^']*') *[^\s,\]}:#]")

MAX_DEPTH = 30
"""Levels of nesting that a data file may have: the five sources nest six levels of provisions, which are
thirteen levels of YAML."""
TOO_DEEP = (
    f"lồng quá {MAX_DEPTH} cấp",
    "xem lại chỗ thụt dòng; kế hoạch không có nhiều cấp như vậy",
)
"""Message and hint; libyaml itself gives up at a thousand levels since PyYAML 6.0.4."""
_QUOTE_IT = "đặt cả câu trong nháy kép"


def find_slips(text: str) -> list[Fault]:
    """What makes reading on useless: conflict marks of git, tabs for indentation."""
    slips = []
    if (
        any(sign in text for sign in _CONFLICT_SIGNS)
        and (conflict := _CONFLICT.search(text)) is not None
    ):
        slips.append(
            _at(
                text,
                conflict.start(),
                "còn dấu xung đột của git chưa gộp xong",
                "chọn một trong hai bản, xóa các dòng <<<<<<<, =======, >>>>>>>",
            )
        )
    if "\t" in text and (tab := _TAB.search(text)) is not None:
        slips.append(
            _at(
                text,
                tab.start(),
                "đầu dòng thụt bằng phím Tab",
                "thụt dòng bằng dấu cách, mỗi cấp hai dấu cách",
            )
        )
    return slips


def find_reviews(text: str) -> Iterator[Fault]:
    """Lines in which `draft` asks somebody to decide, and nobody has yet; to YAML they are comments."""
    if "XEM LẠI" in text:
        for found in _REVIEW.finditer(text):
            yield _at(text, found.start(1), "còn dòng XEM LẠI", "xem lại rồi xóa dòng này")


def find_lost_text(text: str, parser: type) -> Iterator[Fault]:
    """Values that do not say what they seem to.

    Text that YAML cuts at « #», curly quotes that an editor took for YAML's, characters
    hidden behind a code.
    """
    if not _asks_for_a_closer_look(text):
        return
    for event in _until_error(parser, text, "get_event"):
        if type(event) is not ScalarEvent or event.style in ("'", "|", ">"):
            continue
        if event.style == '"':
            escape = _ESCAPE.search(text, event.start_mark.index, event.end_mark.index)
            if escape:
                yield _at(
                    text,
                    escape.start(),
                    f"ký tự viết bằng mã «{escape[0]}»",
                    "gõ thẳng ký tự đó; dấu \\ thường thì viết \\\\",
                )
            continue
        rest = text[event.end_mark.index : text.find("\n", event.end_mark.index) % (len(text) + 1)]
        if re.match(r"[ \t]*[ \t]#", rest):
            mark = event.end_mark
            yield Fault(
                mark.line + 1,
                mark.column + 1,
                f"chữ từ dấu # trở đi bị bỏ mất: «{rest.strip()[:60]}»",
                f"{_QUOTE_IT}; lời ghi chú thì đặt ở một dòng riêng",
            )
        elif _CURLY_QUOTED.fullmatch(event.value):
            mark = event.start_mark
            yield Fault(
                mark.line + 1,
                mark.column + 1,
                "câu đặt trong nháy cong của Word; nháy cong là một phần của chữ",
                'thay bằng nháy thẳng "…"; nếu văn bản in cả nháy cong thì viết "“…”"',
                "warning",
            )


def _asks_for_a_closer_look(text: str) -> bool:
    """Whether any line could hold such a value; plain searches, a tenth of the cost of parsing again."""
    if "\\" in text:
        return True
    for at in _places(text, " #", "\t#"):
        before = text[text.rfind("\n", 0, at) + 1 : at].lstrip()
        if before and not before.startswith("#"):
            return True
    return any(
        _BEFORE_VALUE.fullmatch(text, text.rfind("\n", 0, at) + 1, at)
        for at in _places(text, *_CURLY)
    )


def _places(text: str, *signs: str) -> Iterator[int]:
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            yield at
            at = text.find(sign, at + 1)


def swallowed_line(text: str, start: Any, end: Any) -> Fault | None:
    """For a quoted text over several lines: a fault at its opening, if it ate a line with a key."""
    eaten = _KEY_LINE.search(text, start.index, end.index)
    if not eaten:
        return None
    line = text.count("\n", 0, eaten.start()) + 2
    return Fault(
        start.line + 1,
        start.column + 1,
        f"nháy mở ở đây chưa đóng, nuốt luôn dòng {line}",
        "đóng nháy ở cuối câu, cùng dòng; trong câu dùng nháy cong “ ”",
    )


def explain(error: yaml.YAMLError, text: str, parser: type) -> Fault:
    """The slip behind a parser's error."""
    if isinstance(error, yaml.reader.ReaderError):
        index = (
            error.position if isinstance(error.position, int) and error.position < len(text) else 0
        )
        return _at(text, index, "có ký tự không được phép trong YAML", "xóa và gõ lại chỗ này")
    for token in _until_error(parser, text, "get_token"):
        if (
            type(token) is ScalarToken
            and token.style in ("'", '"')
            and token.start_mark.line != token.end_mark.line
        ):
            found = swallowed_line(text, token.start_mark, token.end_mark)
            if found:
                return found

    context, problem = (
        str(getattr(error, "context", None) or ""),
        str(getattr(error, "problem", None) or ""),
    )
    opening, mark = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = mark or opening
    if mark is None:
        return Fault(
            1, 0, "không đọc được cấu trúc của tệp", "so với tệp mẫu trong trang hướng dẫn"
        )
    lines = text.split("\n")
    if "quoted scalar" in context and opening is not None and "escape" not in problem:
        return Fault(
            opening.line + 1,
            opening.column + 1,
            "nháy mở ở đây không có nháy đóng",
            "thêm nháy đóng ở cuối câu, cùng dòng",
        )
    if "simple key" in context and opening is not None:
        mark = opening
    # Where a block ends too early, libyaml points at the start of the next thing.
    line = lines[mark.line] if mark.line < len(lines) else ""
    message, hint = _describe(context, problem, line)
    return Fault(mark.line + 1, mark.column + 1, message, hint)


def _describe(context: str, problem: str, line: str) -> tuple[str, str]:
    prefix, rest = _LINE_PARTS.match(line).groups()  # type: ignore[union-attr]
    quoted = f'{prefix.strip()} "{rest.strip()[:70]}"'.strip()
    if "nesting depth" in problem:
        return TOO_DEEP
    if "mapping values are not allowed" in problem:
        return (
            "có dấu hai chấm «: » trong câu không đặt trong nháy",
            f"{_QUOTE_IT}; dạng đúng: {quoted}",
        )
    if _QUOTE_THEN_TEXT.search(line) and "escape" not in problem:
        return (
            "còn chữ sau nháy đóng",
            "trong câu dùng nháy cong “ ”, hoặc bọc cả câu bằng nháy đơn '…'",
        )
    if "anchor" in context or "alias" in context:
        return "câu bắt đầu bằng dấu & hoặc *", f"{_QUOTE_IT}; dạng đúng: {quoted}"
    if "tag" in context or "tag" in problem:
        return "câu bắt đầu bằng dấu !", f"{_QUOTE_IT}; dạng đúng: {quoted}"
    if "directive" in context or "cannot start any token" in problem:
        return (
            "câu bắt đầu bằng ký tự có nghĩa riêng trong YAML (% @ ` …)",
            f"{_QUOTE_IT}; dạng đúng: {quoted}",
        )
    if "escape" in problem or "escape" in context:
        return (
            "dấu \\ trong nháy kép có nghĩa riêng trong YAML",
            "bọc câu bằng nháy đơn '…', hoặc viết \\\\",
        )
    if "flow" in context:
        return (
            "danh sách trong [ ] hoặc { } viết chưa đủ",
            "dạng đúng: [so-noi-vu, so-y-te]; kiểm tra dấu phẩy và dấu đóng",
        )
    if "simple key" in context or "expected ':'" in problem:
        return (
            "dòng này không có dạng «khóa: giá trị»",
            "thêm dấu hai chấm và dấu cách sau khóa; câu dài thì đặt trong nháy kép, trên một dòng",
        )
    if "block scalar" in context:
        return "chữ viết ngay sau dấu | hoặc >", "xuống dòng sau dấu |, rồi thụt vào hai dấu cách"
    if "sequence entries are not allowed" in problem:
        return (
            "dấu gạch «- » đặt sau khóa trên cùng một dòng",
            f"xuống dòng trước dấu gạch; nếu là chữ thì {_QUOTE_IT}: {quoted}",
        )
    if "block" in context or "expected" in problem:
        return (
            "dòng thụt vào không khớp với các dòng trên",
            "các khóa cùng cấp phải thẳng cột; mỗi cấp thụt hai dấu cách",
        )
    return (
        "không đọc được cấu trúc ở dòng này",
        f"so với tệp mẫu trong trang hướng dẫn; nếu là câu chữ thì {_QUOTE_IT}",
    )


def _at(text: str, index: int, message: str, hint: str) -> Fault:
    line = text.count("\n", 0, index) + 1
    return Fault(line, index - text.rfind("\n", 0, index), message, hint)


def _until_error(parser: type, text: str, method: str) -> Iterator[Any]:
    try:
        next_thing = getattr(parser(text), method)
        while (thing := next_thing()) is not None:
            yield thing
    except yaml.YAMLError:
        return
