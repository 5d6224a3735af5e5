"""Facts of one provision, read in the light of what stands above it.

Comes in: a `Provision` and its `Context`: the bodies, role and partners that a heading
or a leading sentence gives, and the kind of part it stands in. Goes out: `Facts`, with a
question for whatever carries a date, a figure or a body and was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from congkhai.reading import deadlines, figures, lexicon, roles
from congkhai.reading.bodies import read_bodies, split_names
from congkhai.reading.citations import read_citations
from congkhai.reading.facts import (
    Assignment,
    BodyName,
    Deadline,
    Facts,
    Figure,
    Kind,
    Role,
    Span,
    TakenSpans,
)
from congkhai.reading.tokens import match_adjacent, normal, tokenize
from congkhai.sources.document import Provision

Part = Literal["purpose", "objective", "funding", "stages", "tasks", "duties", ""]

# What the title of a part says on what stands in it, in order of trial.
_PARTS: tuple[tuple[re.Pattern[str], Part], ...] = (
    (
        re.compile(
            r"^(?:kinh phí|nguồn (?:lực|vốn|kinh phí)|dự toán|nhu cầu (?:vốn|kinh phí))", re.I
        ),
        "funding",
    ),
    (
        re.compile(
            r"tổ chức (?:thực hiện|triển khai)|phân công|trách nhiệm|chế độ (?:thông tin"
            r"|báo cáo)|nhiệm vụ của (?:các|từng)|giao nhiệm vụ",
            re.I,
        ),
        "duties",
    ),
    (
        re.compile(
            r"^(?:thời gian|tiến độ|lộ trình|các mốc|phân kỳ|giai đoạn|kế hoạch thời gian)", re.I
        ),
        "stages",
    ),
    (re.compile(r"^(?:các )?(?:mục tiêu|chỉ tiêu)|mục tiêu cụ thể", re.I), "objective"),
    (
        re.compile(
            r"^(?:mục đích|yêu cầu|quan điểm|phạm vi|đối tượng|sự cần thiết|căn cứ"
            r"|tình hình|thực trạng)",
            re.I,
        ),
        "purpose",
    ),
    (re.compile(r"nhiệm vụ|giải pháp|nội dung|công việc|hoạt động", re.I), "tasks"),
)

# Where a date was not read: a month or a quarter without a year, a word for a deadline.
_DATE_WORDS = re.compile(
    r"(?<!\w)(?:tháng|qu[ýí]) (?:\d{1,2}|I{1,3}|IV)(?!\w)|chậm nhất|muộn nhất|ngay sau khi"
    r"|trong vòng \d+|(?<!\w)trước (?:ngày|tháng|năm) \d+|(?<![\d/])\d{1,2}/\d{4}(?![\w/])",
    re.I,
)
# Among purposes and requirements only these make a sentence a duty.
_OBLIGES = re.compile(
    r"(?<!\w)(?:có|chịu) trách nhiệm|(?<!\w)(?:cần|phải|yêu cầu|giao|đề nghị)(?!\w)"
    r"|(?<!cơ quan )(?<!đơn vị )(?<!\w)chủ trì",
    re.I,
)
# Words that give somebody a duty, whoever it is.
_ASSIGNS = re.compile(
    r"(?:có|chịu) trách nhiệm|(?<!cơ quan )(?<!đơn vị )(?<!\w)chủ trì|làm đầu mối"
    r"|giao (?=[A-ZĐ])|đề nghị (?:các )?(?=[A-ZĐ])"
)


# «Thời gian thực hiện: Thường xuyên.» is about the point above it.
_STATES_NO_DUTY = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|địa điểm|kinh phí|sản phẩm|kết quả|hình thức|thành phần"
    r"|số lượng|đối tượng)(?:\s+[^\W\d_]+){0,5}\s*:",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a provision: bodies with role and partners, and the kind of part.

    `is_leading`: the bodies come from a sentence that leads in a list of tasks, not from
    a heading. `listed`: the role of those named below, one a line: «Cơ quan chủ trì:».
    """

    bodies: tuple[Span, ...] = ()
    role: Role | None = None
    partners: tuple[Span, ...] = ()
    is_leading: bool = False
    part: Part = ""
    listed: Role | None = None


def read_part(title: str) -> Part:
    """Tell the kind of part that a title opens; empty when the title does not tell."""
    words = title.strip()
    return next((part for pattern, part in _PARTS if pattern.search(words)), "")


def read_provision(provision: Provision, context: Context = Context()) -> Facts:
    """Read the facts of a provision; a row of a table is read cell by cell."""
    if provision.cells:
        return _read_row(provision)
    return read_words(provision.words, context)


def read_words(words: str, context: Context = Context()) -> Facts:
    """Read the facts of a sentence or paragraph that stands in a context.

    >>> facts = read_words("Công an xã chủ trì, phối hợp với Trạm Y tế xã, xong trước 30/6/2026.")
    >>> [(one.body.printed, one.role) for one in facts.assignments], facts.deadlines[0].norm
    ([('Công an xã', 'lead'), ('Trạm Y tế xã', 'coordinating')], '<2026-06-30')
    """
    dates = deadlines.read_deadlines(words)
    dated = [*(due.span for due in dates.deadlines), *dates.decoys, *dates.doubts]
    if context.part == "purpose":
        # A vision («vào năm 2045») among the purposes is nobody's deadline; a day is.
        dates = replace(dates, deadlines=tuple(due for due in dates.deadlines if _has_month(due)))
    numbers = figures.read_figures(words, dated)
    reading = roles.read_roles(words, is_under_body=bool(context.bodies))
    assignments = _read_listed(words, context) or tuple(_assign(reading, context))
    questions: tuple[str, ...] = (
        *_ask_dates(words, dates, dated),
        *_ask_numbers(numbers),
        *_ask_bodies(words, reading, assignments, context),
    )
    if context.part == "purpose" and assignments and not _OBLIGES.search(words):
        names = ", ".join(one.body.printed for one in assignments)
        questions = (*questions, f"«{names}» ở phần mục đích, yêu cầu có phải được giao việc không")
        assignments = ()
    facts = Facts(
        None, assignments, dates.deadlines, numbers.figures, read_citations(words), "", questions
    )
    return replace(facts, kind=_kind(words, facts, context))


def _read_listed(words: str, context: Context) -> tuple[Assignment, ...]:
    """Under «Cơ quan chủ trì:» a line of names and nothing else names who leads."""
    if context.listed is None or roles.read_roles(words).clauses:
        return ()
    spans, unread = split_names(words)
    return () if unread else tuple(Assignment(BodyName(span), context.listed) for span in spans)


def _has_month(due: Deadline) -> bool:
    return bool(re.match(r"<?(?:\d{4})?-", due.norm)) or due.norm.startswith(("every", "P"))


def _assign(reading: roles.Reading, context: Context) -> Iterator[Assignment]:
    """Roles printed in the provision replace all that stands above."""
    for clause in reading.clauses:
        # Who is only asked in the heading is only asked in its points: «Hội Phụ nữ: Tăng cường …».
        is_asked = context.role == "requested" and clause.role == "implementing"
        is_asked = is_asked and not clause.is_given
        for span in clause.bodies:
            yield Assignment(
                BodyName(span), "requested" if is_asked else clause.role or "implementing"
            )
    partners = reading.partners
    inherited: tuple[Span, ...] = ()
    if not reading.clauses:
        for span in context.bodies:
            yield Assignment(BodyName(span, True), _inherited_role(reading, context))
        if reading.role is None and not partners:
            inherited = context.partners
    if not reading.clauses and not context.bodies and not partners:
        return
    for span in partners:
        yield Assignment(BodyName(span), "coordinating", True)
    for span in inherited:
        yield Assignment(BodyName(span, True), "coordinating", True)


def _inherited_role(reading: roles.Reading, context: Context) -> Role:
    if context.role == "requested":
        return "requested"
    return reading.role or context.role or "implementing"


def _kind(words: str, facts: Facts, context: Context) -> Kind | None:
    first_due = facts.deadlines[0].span if facts.deadlines else None
    opens_with_date = first_due is not None and first_due.start == 0
    is_stage = opens_with_date and (
        re.match(r"\s*[:,]", words[first_due.end :]) if first_due else False
    )
    if is_stage and (words[first_due.end :].lstrip()[:1] == ":" if first_due else False):
        return "milestone"
    if facts.assignments:
        is_listed = context.is_leading and all(one.body.is_inherited for one in facts.assignments)
        return "task" if is_listed or context.is_leading else "duty"
    if facts.figures and (context.part == "objective" or _sets_figures(words)):
        return "target"
    return "task" if facts else None


def _sets_figures(words: str) -> bool:
    """Whether a line states a figure and no work: «Tỷ lệ hộ nghèo còn dưới 3 %»."""
    return bool(
        re.match(
            r"(?:phấn đấu|tỷ lệ|tỉ lệ|số|tổng|100|trên|ít nhất|tối thiểu|có|đạt|\d)", words, re.I
        )
    )


# ------------------------------------------------------------------ questions


def _ask_dates(words: str, dates: deadlines.Reading, dated: Sequence[Span]) -> Iterator[str]:
    for span in dates.doubts:
        yield f"«{span.printed.strip()}» có phải thời hạn không"
    taken = TakenSpans(len(words))
    for span in dated:
        taken.take(span)
    for match in _DATE_WORDS.finditer(words):
        span = Span(match.start(), match.end(), match[0])
        if taken.is_free(span.start, span.end):
            yield f"chưa đọc được thời hạn ở «{_around(words, span)}»"
            return


def _ask_numbers(numbers: figures.Reading) -> Iterator[str]:
    for span in numbers.doubts:
        yield f"«{span.printed}» có phải chỉ tiêu không"


def _ask_bodies(
    words: str,
    reading: roles.Reading,
    assignments: Sequence[Assignment],
    context: Context,
) -> Iterator[str]:
    # Partners alone say with whom, not who.
    is_read = any(not one.is_partner for one in assignments)
    if is_read or context.part in ("purpose", "funding") or _STATES_NO_DUTY.match(words):
        return
    tokens = tokenize(words)
    start = match_adjacent(tokens, 0, lexicon.HEADING_PREFIXES)
    bodies = read_bodies(tokens, start) if start < len(tokens) else None
    if bodies:
        names = ", ".join(span.printed for span in bodies.spans(words, tokens))
        yield f"«{names}» có vai trò gì ở mục này"
    elif context.part == "duties":
        yield "chưa rõ cơ quan nào chịu trách nhiệm"
    elif context.part != "objective" and (match := _ASSIGNS.search(words)):
        yield f"«{match[0]}» là của cơ quan nào"
    elif reading.role or any(normal(token.text) == "giao" for token in tokens[:1]):
        yield "mục ghi «chủ trì», «phối hợp» nhưng chưa rõ cơ quan nào"


def _around(words: str, span: Span) -> str:
    before = words[max(0, span.start - 20) : span.start].rpartition(" ")[0]
    start = span.start - len(words[max(0, span.start - 20) : span.start]) + len(before)
    return words[start : span.end + 20].strip()


# ------------------------------------------------------------------ tables

_ROLE_COLUMNS: Mapping[str, Role] = {
    "lead": "lead",
    "coordinating": "coordinating",
    "implementing": "implementing",
    "requested": "requested",
}
_FIGURE_COLUMNS = ("task", "target", "result")


def _read_row(row: Provision) -> Facts:
    assignments: list[Assignment] = []
    dues: tuple[Deadline, ...] = ()
    targets: list[Figure] = []
    questions: list[str] = []
    for column, role in _ROLE_COLUMNS.items():
        cell = row.cells.get(column, "")
        named, unread = read_bodies_of_cell(cell, role)
        assignments += named
        if unread:
            questions.append(f"cột cơ quan: chưa đọc được «{unread}»")
    if cell := row.cells.get("due", ""):
        dates = deadlines.read_cell(cell)
        dues = dates.deadlines
        questions += (f"cột thời hạn: «{span.printed.strip()}» là hạn nào" for span in dates.doubts)
    targets += _read_target_columns(row)
    for column in _FIGURE_COLUMNS:
        cell = row.cells.get(column, row.words if column == "task" else "")
        names = deadlines.read_deadlines(cell)
        taken = [*(due.span for due in names.deadlines), *names.decoys, *names.doubts]
        numbers = figures.read_figures(cell, taken)
        targets += numbers.figures
        questions += _ask_numbers(numbers)
    return Facts(
        "task",
        tuple(assignments),
        dues,
        tuple(targets),
        read_citations(row.words),
        row.cells.get("result", ""),
        tuple(questions),
    )


_BARE_VALUE = re.compile(
    r"(?P<sign>[<>≥≤]=?|trên|dưới|ít nhất|tối thiểu|không quá|tối đa"
    r"|khoảng)?\s*(?P<value>\d[\d.,]*)(?P<rest>(?:\s*[-–]\s*(?P<to>\d[\d.,]*))?)",
    re.I,
)
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "trên": ">",
    "dưới": "<",
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "không quá": "<=",
    "tối đa": "<=",
    "khoảng": "~",
}


def _read_target_columns(row: Provision) -> Iterator[Figure]:
    """Read a table of targets: a value by year, its unit in a column of its own."""
    unit = row.cells.get("unit", "").strip()
    for column, cell in row.cells.items():
        if column != "target" and not column.startswith("target:"):
            continue
        printed = cell.strip()
        match = _BARE_VALUE.fullmatch(printed)
        if match is None or not unit:
            if column != "target":
                yield from figures.read_figures(cell).figures
            continue
        sign = (match["sign"] or "=").lower()
        sign = _SIGNS.get(sign, sign)
        span = Span(cell.index(printed), cell.index(printed) + len(printed), printed)
        value = figures.read_value(match["value"])
        norm = f"{value}..{figures.read_value(match['to'])}" if match["to"] else f"{sign}{value}"
        yield Figure(span, f"{norm} {unit}")


# «Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)»: a role in brackets after a name.
BRACKET_ROLE = re.compile(r"\((?P<role>chủ trì|phối hợp|thực hiện)[^()]*\)", re.I)
_WORDS_OF_ROLES = re.compile(r"chủ trì|phối hợp", re.I)


def read_bodies_of_cell(cell: str, role: Role) -> tuple[list[Assignment], str]:
    """Read who stands in a cell: in the role of its column, unless the cell says another."""
    brackets = list(BRACKET_ROLE.finditer(cell))
    plain = BRACKET_ROLE.sub(lambda match: " " * len(match[0]), cell)
    if _WORDS_OF_ROLES.search(plain):
        reading = roles.read_roles(plain)
        if reading.clauses:
            spoken = [
                Assignment(BodyName(span), clause.role or role)
                for clause in reading.clauses
                for span in clause.bodies
            ]
            return spoken + [_coordinates(span) for span in reading.partners], ""
    named: list[Assignment] = []
    unread: list[str] = []
    for start, line in _lines(plain):
        spans, rest = split_names(line)
        unread += [rest] if rest else []
        for span in spans:
            moved = Span(span.start + start, span.end + start, span.printed)
            after = next(
                (one for one in brackets if one.start() - 1 <= moved.end <= one.start()), None
            )
            named.append(Assignment(BodyName(moved), _bracketed(after, role)))
    return named, ", ".join(unread)


def _coordinates(span: Span) -> Assignment:
    return Assignment(BodyName(span), "coordinating")


def _bracketed(match: re.Match[str] | None, role: Role) -> Role:
    if match is None:
        return role
    printed: dict[str, Role] = {"chủ trì": "lead", "phối hợp": "coordinating"}
    return printed.get(match["role"].lower(), "implementing")


def _lines(cell: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a cell with its place; a line of its own is a name of its own."""
    start = 0
    for line in cell.split("\n"):
        yield start, line
        start += len(line) + 1
