"""Faults of a YAML text, described so that an editor can find and correct them.

Comes in: the text, the parser's own error. Goes out: `Fault`. The parser describes tokens in
English and often points at the line where it stopped; an editor needs Vietnamese, and the
line where the mistake is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import yaml
from yaml.events import Event, ScalarEvent
from yaml.tokens import ScalarToken, Token

from congkhai.data.problem import Severity


class YamlParser(Protocol):
    """What PyYAML's parsers have in common, in Python and in C."""

    def get_event(self) -> Event | None:
        """Return the next event, None after the last."""

    def get_token(self) -> Token | None:
        """Return the next token, None after the last."""


class ParserType(Protocol):
    """A class of parsers."""

    def __call__(self, stream: str, /) -> YamlParser:
        """Make a parser of a text."""


class Mark(Protocol):
    """A place in a text, counted from 0."""

    index: int
    line: int
    column: int


class Fault(NamedTuple):
    """A `Problem` of a file, without the path of the file."""

    line: int
    column: int
    message: str
    hint: str
    severity: Severity = "error"


_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$", re.MULTILINE)
_TAB = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
UNANSWERED = "còn dòng XEM LẠI chưa trả lời"
"""The message for a question of a draft that stands in a file still."""
_REVIEW = re.compile(r"^[ \t]*(#+[ \t]*XEM LẠI)", re.MULTILINE)
_CONFLICT_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||")
_CURLY = "“”„‘’"
_ESCAPE = re.compile(
    r"\\(?:\\|(?P<code>[0abefrvNLP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))"
)
"""A backslash with what it escapes; `code`: when that is no sign but a character's number."""
_COMMENT_AFTER_TEXT = re.compile(r"^[ \t]*[^\s#](?:.*?)[ \t]#", re.MULTILINE)
_CURLY_VALUE = re.compile(r"^ *(?:- +)*(?:[\w-]+: +)?[“”„‘’]", re.MULTILINE)
_CURLY_QUOTED = re.compile(r"[“”„‘’][^“”„‘’]*[“”‘’]")
_KEY_LINE = re.compile(r"\n[ \t]*(?:- +)?(?:[a-z_]+:(?=\s)|- )")
_LINE_PARTS = re.compile(r"( *(?:- +)*(?:[\w-]+: +)?)(.*)")
_QUOTE_THEN_TEXT = re.compile(r"(?:^|[:\-\[,]) *(\"[^\"]*\"|'[^']*') *[^\s,\]}:#]")

MAX_DEPTH = 30
"""Most levels of nesting in a data file: the sources nest six levels of provisions, which are
thirteen levels of YAML."""
TOO_DEEP = (
    f"lồng quá {MAX_DEPTH} cấp",
    "xem lại chỗ thụt dòng; kế hoạch không có nhiều cấp như vậy",
)
"""Message and hint; libyaml itself stops at a thousand levels since PyYAML 6.0.4."""
_QUOTE_IT = 'đặt cả câu trong dấu ngoặc kép thẳng "…"'


def find_slips(text: str) -> list[Fault]:
    """Find what makes reading on useless: conflict marks of git, tabs for indentation."""
    slips = []
    if (
        any(sign in text for sign in _CONFLICT_SIGNS)
        and (conflict := _CONFLICT.search(text)) is not None
    ):
        slips.append(
            _at(
                text,
                conflict.start(),
                "tệp có hai bản sửa chồng nhau chưa chọn xong",
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
    """Find the lines, comments to YAML, in which `draft` asks for a decision nobody has made."""
    if "XEM LẠI" not in text:
        return
    line, counted_to = 1, 0
    for match in _REVIEW.finditer(text):
        line += text.count("\n", counted_to, match.start(1))
        counted_to = match.start(1)
        column = counted_to - text.rfind("\n", 0, counted_to)
        yield Fault(
            line,
            column,
            UNANSWERED,
            "đọc văn bản, sửa dòng bên dưới nếu máy đoán sai, rồi xóa dòng này",
        )


def find_lost_text(text: str, parser: ParserType) -> Iterator[Fault]:
    """Find values that are not what they seem.

    Text that YAML cuts at « #», curly quotes that an editor took for YAML's, characters
    written as a code.
    """
    if not _may_lose_text(text):
        return
    for event in read_events(parser, text):
        if not isinstance(event, ScalarEvent) or event.style in ("'", "|", ">"):
            continue
        start, end = start_of(event), end_of(event)
        if event.style == '"':
            escapes = _ESCAPE.finditer(text, start.index, end.index)
            escape = next((match for match in escapes if match["code"]), None)
            if escape:
                yield _at(
                    text,
                    escape.start(),
                    f"ký tự viết bằng mã «{escape[0]}»",
                    "gõ thẳng ký tự đó; dấu \\ thường thì viết \\\\",
                )
            continue
        if _is_before_comment(text, end.index):
            rest = text[end.index : text.find("\n", end.index) % (len(text) + 1)]
            yield Fault(
                end.line + 1,
                end.column + 1,
                f"máy bỏ qua phần chữ sau dấu #: «{rest.strip()[:60]}»",
                f"{_QUOTE_IT}; lời ghi chú thì đặt ở một dòng riêng",
            )
        elif _CURLY_QUOTED.fullmatch(event.value):
            yield Fault(
                start.line + 1,
                start.column + 1,
                "câu đặt trong dấu ngoặc kép cong “ ” của Word; máy coi dấu ấy là chữ",
                'thay bằng dấu ngoặc kép thẳng "…"; nếu văn bản in cả dấu cong thì viết "“…”"',
                "warning",
            )


def _is_before_comment(text: str, index: int) -> bool:
    """Return whether blanks and then `#` follow a place in the text."""
    after = index
    while text[after : after + 1] in (" ", "\t"):
        after += 1
    return after > index and text.startswith("#", after)


def _may_lose_text(text: str) -> bool:
    """Return whether any line could hold such a value, at a tenth of the cost of parsing."""
    if "\\" in text:
        return True
    if (" #" in text or "\t#" in text) and _COMMENT_AFTER_TEXT.search(text):
        return True
    return any(sign in text for sign in _CURLY) and _CURLY_VALUE.search(text) is not None


def find_swallowed_line(text: str, quoted: ScalarEvent | ScalarToken) -> Fault | None:
    """Return a fault at the opening of a quotation that holds a line with a key; else None."""
    start, end = start_of(quoted), end_of(quoted)
    if start.line == end.line:
        return None
    key_line = _KEY_LINE.search(text, start.index, end.index)
    if not key_line:
        return None
    line = text.count("\n", 0, key_line.start()) + 2
    return Fault(
        start.line + 1,
        start.column + 1,
        f"dấu ngoặc kép mở ở đây chưa đóng, nên máy đọc lẫn cả dòng {line}",
        'thêm dấu " ở cuối câu, cùng dòng; dấu ngoặc kép bên trong câu thì dùng dấu cong “ ”',
    )


def explain(error: yaml.YAMLError, text: str, parser: ParserType) -> Fault:
    """Describe the mistake behind the error of a parser, where the editor made it."""
    if isinstance(error, yaml.reader.ReaderError):
        position: object = error.position
        index = position if isinstance(position, int) and position < len(text) else 0
        return _at(text, index, "có ký tự lạ, máy không đọc được", "xóa và gõ lại chỗ này")
    for token in _scan_tokens(parser, text):
        if isinstance(token, ScalarToken) and token.style in ("'", '"'):
            fault = find_swallowed_line(text, token)
            if fault:
                return fault
    return _explain_place(error, text)


def _explain_place(error: yaml.YAMLError, text: str) -> Fault:
    """Describe an error by the place and the words of the parser."""
    context = str(getattr(error, "context", None) or "")
    problem = str(getattr(error, "problem", None) or "")
    opening: Mark | None = getattr(error, "context_mark", None)
    mark: Mark | None = getattr(error, "problem_mark", None) or opening
    if mark is None:
        return Fault(
            1, 0, "máy không đọc được tệp", "mở một tệp cùng loại khác trong plans/ để so cách viết"
        )
    if "quoted scalar" in context and opening is not None and "escape" not in problem:
        return Fault(
            opening.line + 1,
            opening.column + 1,
            "câu mở dấu ngoặc kép mà không đóng",
            'thêm dấu " ở cuối câu, cùng dòng',
        )
    is_open = "flow" in context and opening is not None and opening.line < mark.line
    if opening is not None and ("simple key" in context or is_open):
        mark = opening
    lines = text.split("\n")
    # Where a block ends too early, libyaml points at the start of the next thing.
    line = lines[mark.line] if mark.line < len(lines) else ""
    message, hint = _describe(context, problem, line)
    return Fault(mark.line + 1, mark.column + 1, message, hint)


class _Explanation(NamedTuple):
    """What the words of a parser mean to an editor."""

    in_context: tuple[str, ...]
    in_problem: tuple[str, ...]
    message: str
    hint: str
    """`{quoted}` stands for the line, quoted as it has to be."""


_EXPLANATIONS = (
    _Explanation(
        ("anchor", "alias"),
        (),
        "câu bắt đầu bằng dấu & hoặc *",
        f"{_QUOTE_IT}; dạng đúng: {{quoted}}",
    ),
    _Explanation(
        ("tag",), ("tag",), "câu bắt đầu bằng dấu !", f"{_QUOTE_IT}; dạng đúng: {{quoted}}"
    ),
    _Explanation(
        ("directive",),
        ("cannot start any token",),
        "câu bắt đầu bằng ký tự có nghĩa riêng trong YAML (% @ ` …)",
        f"{_QUOTE_IT}; dạng đúng: {{quoted}}",
    ),
    _Explanation(
        ("escape",),
        ("escape",),
        "trong dấu ngoặc kép không viết được dấu \\ một mình",
        "đặt câu trong dấu nháy đơn '…', hoặc viết \\\\",
    ),
    _Explanation(
        ("flow",),
        (),
        "danh sách trong [ ] hoặc { } viết chưa đủ",
        "dạng đúng: [so-noi-vu, so-y-te]; kiểm tra dấu phẩy và dấu đóng",
    ),
    _Explanation(
        ("simple key",),
        ("expected ':'",),
        "dòng này thiếu dạng «tên: nội dung»",
        "thêm dấu hai chấm và dấu cách sau tên dòng; câu dài thì đặt trong dấu ngoặc kép,"
        " trên một dòng",
    ),
    _Explanation(
        ("block scalar",),
        (),
        "chữ viết ngay sau dấu | hoặc >",
        "xuống dòng sau dấu |, rồi thụt vào hai dấu cách",
    ),
    _Explanation(
        (),
        ("sequence entries are not allowed",),
        "dấu gạch «- » nằm cùng dòng với tên dòng",
        f"xuống dòng trước dấu gạch; nếu là chữ thì {_QUOTE_IT}: {{quoted}}",
    ),
    _Explanation(
        ("block",),
        ("expected",),
        "dòng này thụt vào lệch với các dòng trên",
        "các dòng cùng cấp phải thẳng cột; mỗi cấp thụt thêm hai dấu cách",
    ),
)
"""The first one that fits holds."""


def _describe(context: str, problem: str, line: str) -> tuple[str, str]:
    """Return message and hint for the words of a parser about a line."""
    match = _LINE_PARTS.match(line)
    prefix, rest = match.groups() if match else ("", line)
    quoted = f'{prefix.strip()} "{rest.strip()[:70]}"'.strip()
    if "nesting depth" in problem:
        return TOO_DEEP
    if "mapping values are not allowed" in problem:
        return (
            "câu có dấu hai chấm mà chưa đặt trong dấu ngoặc kép",
            f"{_QUOTE_IT}; dạng đúng: {quoted}",
        )
    if _QUOTE_THEN_TEXT.search(line) and "escape" not in problem:
        return (
            "sau dấu ngoặc kép đóng vẫn còn chữ",
            "dấu ngoặc kép bên trong câu thì dùng dấu cong “ ”,"
            " hoặc đặt cả câu trong dấu nháy đơn '…'",
        )
    for explanation in _EXPLANATIONS:
        if any(word in context for word in explanation.in_context) or any(
            word in problem for word in explanation.in_problem
        ):
            return explanation.message, explanation.hint.replace("{quoted}", quoted)
    return (
        "máy không đọc được dòng này",
        f"mở một tệp cùng loại khác trong plans/ để so cách viết; nếu là câu chữ thì {_QUOTE_IT}",
    )


def _at(text: str, index: int, message: str, hint: str) -> Fault:
    """Return a fault at an index of the text."""
    line = text.count("\n", 0, index) + 1
    return Fault(line, index - text.rfind("\n", 0, index), message, hint)


def read_events(parser: ParserType, text: str) -> Iterator[Event]:
    """Yield the events of a text up to the first error."""
    try:
        next_event = parser(text).get_event
        while (event := next_event()) is not None:
            yield event
    except yaml.YAMLError:
        return


def _scan_tokens(parser: ParserType, text: str) -> Iterator[Token]:
    """Yield the tokens of a text up to the first error."""
    try:
        next_token = parser(text).get_token
        while (token := next_token()) is not None:
            yield token
    except yaml.YAMLError:
        return


def start_of(event: Event | Token) -> Mark:
    """Return where an event or token of a parser starts."""
    mark = event.start_mark
    if mark is None:
        raise ValueError(f"a parser gives every {type(event).__name__} a place")
    return mark


def end_of(event: Event | Token) -> Mark:
    """Return where an event or token of a parser ends."""
    mark = event.end_mark
    if mark is None:
        raise ValueError(f"a parser gives every {type(event).__name__} a place")
    return mark
