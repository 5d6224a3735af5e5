"""Deadlines, recurrences and durations in the words of a provision.

Comes in: the words of a provision, or of a table's cell for deadlines. Goes out:
`Deadline`s in the order of the text with the shortest words that state each, and the
dates that state none (`Decoy`): of cited documents, of periods and years in names,
«kế hoạch hằng năm». What is neither goes out as a doubt. Source of the forms: Nghị định
30/2020/NĐ-CP, and what offices print.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from congkhai.reading.baselines import baseline_spans, doubtful_baseline_spans
from congkhai.reading.citations import name_spans
from congkhai.reading.facts import Deadline, Span, TakenSpans
from congkhai.reading.reporting import CUTOFF
from congkhai.reading.tokens import search_before

_Y = r"(?:19|20)\d{2}"
_SLASH = r"\s*[/.\-–]\s*"
_YEARLY = r"(?:hằng|hàng|mỗi)\s+năm"
_HALF_MONTHS, _QUARTER_MONTHS, _YEAR_MONTHS = 6, 3, 12

# The words in front of a date that make it a deadline, and what they mean for its norm.
_BEFORE = (
    r"(?:chậm nhất|muộn nhất)\s+(?:là\s+)?trước(?:\s+khi)?|(?:xong\s+)?trước(?:\s+hết|\s+cuối)?"
)
_BY = (
    r"(?:chậm nhất|muộn nhất|không muộn hơn|không chậm hơn)(?:\s+(?:là|vào|đến|trong|hết"
    r"|cuối|ngày cuối))*"
    r"|(?:cho\s+|tính\s+)?(?:đến|tới)(?:\s+(?:hết|cuối|trước))?|hết|trong"
    r"|(?:vào\s+)?(?:cuối|đầu|giữa)|vào(?:\s+lúc)?|ngay trong"
)
_PREP = rf"(?:(?P<before>{_BEFORE})|(?P<by>{_BY}))\s+"

_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*(?:phút|')?)?,?\s*)?"
_FULL_DAY = (
    rf"{_HOUR}(?:ngày\s+)?(?P<d>\d{{1,2}})(?:{_SLASH}|\s+tháng\s+)(?P<m>\d{{1,2}})(?:{_SLASH}"
    rf"|\s+năm\s+|,\s*năm\s+)(?P<y>{_Y})"
)
_DAY_OF_YEAR = (
    r"(?:ngày\s+)?(?P<d>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<m>\d{1,2})(?!\s*[/.\-–]\s*\d"
    r"|\s+năm\s+\d|\d)"
)
_DAY_OF_MONTH = (
    r"ngày\s+(?:mùng\s+)?(?P<d>\d{1,2})\s+(?:của\s+)?(?:(?:hằng|hàng|mỗi)\s+tháng|tháng\s+sau"
    r"|tháng(?!\s*(?:\d|cuối|đầu|thứ|tiếp)))"
)
_DAY_OF_QUARTER = (
    r"ngày\s+(?P<d>\d{1,2})\s+(?:của\s+)?tháng\s+(?:cuối|đầu|thứ (?:nhất|hai|ba)"
    r"|tiếp theo)\s*(?:của\s+|cùng\s+)?(?:(?:hằng|hàng|mỗi)\s+)?(?:của\s+)?qu[ýí](?:\s+sau)?"
)
_MONTH = rf"tháng\s+(?P<m>\d{{1,2}})(?:{_SLASH}|\s+năm\s+|,\s*năm\s+)(?P<y>{_Y})"
# A range of days or months printed with a dash; with «đến» its end is read alone.
_DAY_RANGE = (
    rf"(?P<from>(?:từ|trong)\s+)?(?:ngày\s+)?\d{{1,2}}(?:\s*/\s*\d{{1,2}})?"
    rf"(?:\s*/\s*{_Y})?\s*[-–]\s*{_FULL_DAY}"
)
_MONTH_RANGE = (
    rf"(?P<from>(?:từ|trong)\s+)?tháng\s+\d{{1,2}}(?:\s*/\s*{_Y})?\s*[-–]\s*(?:tháng\s+)?"
    rf"(?P<m>\d{{1,2}})(?:{_SLASH}|\s+năm\s+)(?P<y>{_Y})"
)
_QUARTER_RANGE = (
    rf"(?P<from>(?:từ|trong)\s+)?qu[ýí]\s+(?:I{{1,3}}|IV|[1-4])(?:\s*/\s*{_Y})?\s*[-–]\s*"
    rf"(?:qu[ýí]\s+)?(?P<q>I{{1,3}}|IV|[1-4])(?:{_SLASH}|\s+năm\s+)(?P<y>{_Y})"
)
_MONTH_OF_YEAR = rf"tháng\s+\d{{1,2}}\s+(?:của\s+)?{_YEARLY}"
_BARE_MONTH = rf"(?P<m>\d{{1,2}})\s*/\s*(?P<y>{_Y})"
_QUARTER = rf"qu[ýí]\s+(?P<q>I{{1,3}}|IV|[1-4])(?:{_SLASH}|\s+năm\s+|\s+|,\s*năm\s+)(?P<y>{_Y})"
_YEARS = (
    rf"(?:trong\s+)?(?:(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|\d{{1,3}}\s+năm|các năm"
    rf"|năm)\s*)?(?P<y>{_Y})\s*[-–]\s*(?P<y2>{_Y})"
)
_FROM_TO_YEARS = (
    rf"từ\s+(?:năm\s+)?(?P<y>{_Y})\s+(?:đến|tới)\s+(?:hết\s+|cuối\s+)?(?:năm\s+)?(?P<y2>{_Y})"
)
_YEAR = rf"năm\s+(?P<y>{_Y})"
_OPEN_YEARS = (
    rf"(?:(?:(?:trong|từ|vào|ngay trong)\s+)?(?:đầu\s+)?(?:năm|giai đoạn)\s+)?(?P<y>{_Y})"
    rf"(?:\s*[-–]\s*{_Y})?\s*,?"
    rf"\s+(?:và|đến)\s+(?:trong\s+)?(?:những|các)\s+năm\s+(?:tiếp theo|sau"
    rf"|kế tiếp)"
)
_YEAR_ONWARDS = rf"(?:kể\s+)?từ\s+năm\s+(?P<y>{_Y})\s+trở\s+(?:đi|về sau)"


@dataclass(frozen=True, slots=True)
class Reading:
    """Deadlines of a text, spans of dates that are none, and spans that stay in doubt."""

    deadlines: tuple[Deadline, ...] = ()
    decoys: tuple[Span, ...] = ()
    doubts: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Scan:
    text: str
    deadlines: list[Deadline] = field(default_factory=list)
    decoys: list[Span] = field(default_factory=list)
    doubts: dict[Span, None] = field(default_factory=dict)
    taken: TakenSpans = field(init=False)

    def __post_init__(self) -> None:
        self.taken = TakenSpans(len(self.text))

    def is_free(self, start: int, end: int) -> bool:
        return self.taken.is_free(start, end)

    def stands_before(self, pattern: re.Pattern[str], at: int) -> bool:
        return search_before(pattern, self.text, at) is not None

    def add(self, start: int, end: int, norm: str) -> None:
        span = Span(start, end, self.text[start:end])
        self.deadlines.append(Deadline(span, norm))
        self.taken.take(span)

    def skip(self, start: int, end: int) -> None:
        span = Span(start, end, self.text[start:end])
        self.decoys.append(span)
        self.taken.take(span)

    def doubt(self, start: int, end: int) -> None:
        span = Span(start, end, self.text[start:end])
        self.doubts[span] = None
        self.taken.take(span)


def read_deadlines(text: str) -> Reading:
    """Read the deadlines that a sentence or paragraph states.

    >>> [due.norm for due in read_deadlines("Hoàn thành trước ngày 30/6/2026.").deadlines]
    ['<2026-06-30']
    """
    scan = _Scan(text)
    for span in name_spans(text):
        scan.skip(span.start, span.end)
    for read in _READERS:
        read(scan)
    deadlines = _share_comparator(text, sorted(scan.deadlines, key=lambda due: due.span.start))
    return Reading(tuple(_once(deadlines)), tuple(scan.decoys), tuple(scan.doubts))


def read_cell(text: str) -> Reading:
    """Read a cell of a column for deadlines, where a bare year or month is one.

    >>> [due.norm for due in read_cell("Quý II/2026").deadlines]
    ['2026-q2']
    """
    printed = text.strip()
    # «2026-2030 (mỗi năm 60 người)»: how much a year is no deadline beside the period.
    head = re.sub(r"\s*\((?:mỗi|hằng|hàng)\s+năm\s[^()]*\)$", "", printed, flags=re.I)
    if ".." in (_cell_norm(head) or ""):
        printed = head
    norm = _cell_norm(printed)
    if norm:
        start = text.index(printed)
        return Reading((Deadline(Span(start, start + len(printed), printed), norm),))
    parts = tuple(_cell_parts(text))
    listed = (
        read_deadlines(text) if _QUARTER_LIST.search(text) or _MONTH_LIST.search(text) else None
    )
    if listed:
        return listed
    if len(parts) == len([part for part in re.split(r"[;,\n]+", text) if part.strip()]):
        return Reading(parts)
    reading = read_deadlines(text)
    if reading.deadlines:
        return reading
    if parts:
        return Reading(parts)
    return (
        reading if reading.doubts or not printed else Reading(doubts=(Span(0, len(text), printed),))
    )


def _cell_norm(printed: str) -> str | None:
    for pattern, form in _CELL_FORMS:
        match = pattern.fullmatch(printed.rstrip(".;"))
        if match:
            return _norm(match, form)
    return None


def _cell_parts(text: str) -> Iterator[Deadline]:
    for match in re.finditer(r"[^;,\n]+", text):
        printed = match[0].strip()
        norm = _cell_norm(printed)
        if norm:
            start = match.start() + match[0].index(printed)
            yield Deadline(Span(start, start + len(printed), printed), norm)


def _share_comparator(text: str, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """In «trước ngày 15/6 và 15/12» the comparator of the first date holds for the second."""
    shared: list[Deadline] = []
    for due in deadlines:
        previous = shared[-1] if shared else None
        is_next = previous and re.fullmatch(
            r"\s*(?:,|và|hoặc)\s*", text[previous.span.end : due.span.start]
        )
        is_before = previous and (
            previous.norm.startswith("<") or re.match(r"trước ngày", previous.span.printed, re.I)
        )
        if is_next and is_before and _DIGIT_FIRST.match(due.norm):
            due = Deadline(due.span, f"<{due.norm}")
        shared.append(due)
    return shared


def _once(deadlines: Sequence[Deadline]) -> Iterator[Deadline]:
    """Equal words printed twice are listed once."""
    seen: set[tuple[str, str]] = set()
    for due in deadlines:
        key = due.span.printed.lower(), due.norm
        if key not in seen:
            seen.add(key)
            yield due


def _month(groups: dict[str, str | None]) -> int:
    return int(groups.get("m") or 0)


def _is_day(day: str | None, month: str | None, year: str | None = None) -> bool:
    if day is None or month is None or not 1 <= int(month) <= 12:
        return False
    leap_year = 2000
    return 1 <= int(day) <= calendar.monthrange(int(year or leap_year), int(month))[1]


_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def _norm(match: re.Match[str], form: str) -> str | None:
    """Write the norm of a match in one form; None for what is not in a calendar."""
    groups = match.groupdict()
    sign = "<" if groups.get("before") and not _is_last(groups["before"]) else ""
    if form == "day":
        if not _is_day(groups["d"], groups["m"], groups["y"]):
            return None
        return f"{sign}{groups['y']}-{int(groups['m']):02}-{int(groups['d']):02}"
    if form == "day-of-year":
        if not _is_day(groups["d"], groups["m"]):
            return None
        return f"{sign}--{int(groups['m']):02}-{int(groups['d']):02}"
    if form == "month":
        return f"{sign}{groups['y']}-{_month(groups):02}" if 1 <= _month(groups) <= 12 else None
    if form == "quarter":
        quarter = groups["q"] or ""
        return f"{sign}{groups['y']}-q{_QUARTERS.get(quarter, quarter)}"
    if form == "years":
        return f"{groups['y']}..{groups['y2']}" if groups["y2"] else None
    if form == "open-years":
        return f"{groups['y']}.."
    if form == "year":
        return f"{sign}{groups['y']}"
    return form


def _is_last(words: str) -> bool:
    """«trước hết năm 2026» ends with the year: the year itself is not excluded."""
    return bool(re.search(r"(?:hết|cuối)$", words))


_CELL_PREP = rf"(?:hoàn thành\s+|xong\s+)?(?:{_PREP})?"
_CELL_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), form)
    for pattern, form in (
        (_OPEN_YEARS, "open-years"),
        (rf"từ\s+(?:năm\s+)?(?P<y>{_Y})(?:\s+trở đi)?", "open-years"),
        (_FROM_TO_YEARS, "years"),
        (rf"(?:trong\s+)?{_YEARS}", "years"),
        (_DAY_RANGE, "day"),
        (_MONTH_RANGE, "month"),
        (_QUARTER_RANGE, "quarter"),
        (rf"{_CELL_PREP}{_FULL_DAY}", "day"),
        (rf"{_CELL_PREP}{_DAY_OF_YEAR}(?:\s*\(?{_YEARLY}\)?)?", "day-of-year"),
        (rf"{_CELL_PREP}(?:{_MONTH})", "month"),
        (rf"{_CELL_PREP}(?:{_BARE_MONTH})", "month"),
        (rf"{_CELL_PREP}{_QUARTER}", "quarter"),
        # «Q3/2026», «T6/2026» are short for quarter and month where a column is narrow.
        (rf"Q\.?\s?(?P<q>I{{1,3}}|IV|[1-4])\s*/\s*(?P<y>{_Y})", "quarter"),
        (rf"T\.?\s?(?P<m>\d{{1,2}})\s*/\s*(?P<y>{_Y})", "month"),
        (rf"{_CELL_PREP}(?:(?:cả\s+)?năm\s+)?(?P<y>{_Y})", "year"),
        (
            r"(?:nhiệm vụ\s+|thực hiện\s+|làm\s+)?thường xuyên(?:,?\s*(?:liên tục|lâu dài"
            r"|hằng năm|hàng năm|trong năm|cả năm))*",
            "ongoing",
        ),
        (rf"(?:định kỳ\s+|thực hiện\s+)?(?:{_YEARLY}|1 năm|01 năm|năm)", "every:year"),
        (
            r"(?:định kỳ\s+)?(?:hằng|hàng|mỗi)\s+qu[ýí]|định kỳ\s+(?:0?3 tháng|qu[ýí])",
            "every:quarter",
        ),
        (r"(?:định kỳ\s+)?(?:hằng|hàng|mỗi)\s+tháng|định kỳ\s+tháng", "every:month"),
        (
            r"(?:định kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+)?(?:0?6|sáu) tháng(?:\s+(?:một lần"
            r"|0?1 lần|/lần))?",
            "every:half",
        ),
    )
)

# ------------------------------------------------------------------ in sentences

_CLAUSE_START = re.compile(
    r"(?:^|[.;:,(]|\b(?:và|phấn đấu|đảm bảo|bảo đảm|để|đồng thời|trong đó))\s*$", re.I
)
_SENTENCE_START = re.compile(r"(?:^|[.;:(]|\bphấn đấu|\bmục tiêu)\s*$", re.I)
_DOCUMENT_NOUN = re.compile(
    r"(?:Đề án|Chương trình|Kế hoạch|Chiến lược|Quy hoạch|Qui hoạch|Nghị quyết|Dự án"
    r"|Định hướng|tầm nhìn|Phương án|Đề cương"
    r"|chủ đề|danh hiệu|Tháng hành động|phong trào|cuộc vận động|dự toán|ngân sách"
    r"|lộ trình|đầu tư công|Quyết định|Chỉ thị)\b[^.;:]*$",
    re.I,
)
_DOCUMENT = re.compile(
    r"(?:Đề án|Chương trình|Kế hoạch|Chiến lược|Quy hoạch|Nghị quyết|Dự án|tầm nhìn"
    r"|Quyết định)\b[^.;:,]*$",
    re.I,
)
_DONE = re.compile(
    r"(?:hoàn thành|xong|hoàn tất|thời gian|thời hạn|hạn|tiến độ|dứt điểm|kết thúc"
    r"|đạt)[^,.;]{0,25}$",
    re.I,
)
_REPORTS = re.compile(
    r"(?:báo cáo|tổng hợp|sơ kết|tổng kết|đánh giá|rà soát|kiểm tra|gửi|công bố|định kỳ"
    r"|tổ chức|bình quân|thực hiện|trung bình)\s*$",
    re.I,
)
_ATTRIBUTED = re.compile(
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|kinh phí|công tác|khen thưởng|thi đua"
    r"|nhiệm vụ|chỉ tiêu|báo cáo|xếp loại|chi thường xuyên|phân bổ"
    r"|nghị quyết|quyết định|quy định|danh mục|công việc|nguồn vốn|số liệu|kiểm kê"
    r"|hoạt động)(?:\s+(?!hằng|hàng)[^\s.;]+){0,20}\s*$",
    re.I,
)
# «báo cáo kết quả thực hiện Đề án hằng năm», not «… thực hiện kế hoạch hằng năm».
_REPORTS_ON = re.compile(
    r"(?:đánh giá|báo cáo|kiểm tra|rà soát|sơ kết|tổng hợp)\s+(?:kết quả|tình hình|tiến độ|việc)"
    r"[^.;:]{0,80}(?<!kế hoạch)(?<!chương trình)(?<!dự toán)(?<!ngân sách)(?<!nhiệm vụ)"
    r"(?<!chỉ tiêu)(?<!công tác)\s*$",
    re.I,
)
_DIGIT_FIRST = re.compile(r"\d{4}-\d\d-|--\d")
_COUNT_CONTEXT = re.compile(
    r"\s*(?:là|đạt|có|còn|giảm|tăng|khoảng|trên|dưới|ít nhất|tối thiểu)?\s*\d", re.I
)
_SINCE = re.compile(
    r"(?:kể\s+từ|tính từ|từ|ký|ban hành|phiên họp|cuộc họp|hội nghị|so với|có hiệu lực|lần"
    r"|vào sổ|(?<!tuyển )(?<!học )(?<!thí )(?<!vệ )(?<!dân )(?<!phát )\bsinh(?:\s+(?:ngày|năm))?)"
    r"\s*:?\s*$",
    re.I,
)


_LABELLED = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|hạn)(?:\s+[^\W\d_]+){0,4}\s*:\s*(?P<cell>[^.;()\n]+)", re.I
)


def _read_cutoffs(scan: _Scan) -> None:
    """«số liệu tính đến hết ngày 14/12» says what a report is about, not when it is due."""
    for match in CUTOFF.finditer(scan.text):
        if scan.is_free(match.start(), match.end()):
            scan.skip(match.start(), match.end())


# «trước Tết Nguyên đán năm 2027», «trước ngày khai giảng»: an event whose day is not printed.
_BEFORE_EVENT = re.compile(
    r"(?:trước|chậm nhất|xong trong)\s+(?:dịp\s+|ngày\s+)?(?:Tết|khai giảng|kỳ họp|kì họp|mùa\s"
    r"|Đại hội|ngày bầu cử)[^.,;()]*|(?:sơ kết(?:\s+giữa kỳ)?|tổng kết)\s+năm\s+20\d{2}"
    r"(?=\s*(?:,|\.|;|và\s+(?:sơ|tổng) kết|$))",
    re.I,
)


def _read_events(scan: _Scan) -> None:
    for match in _BEFORE_EVENT.finditer(scan.text):
        if scan.is_free(*match.span()) and not scan.stands_before(_DOCUMENT_NOUN, match.start()):
            scan.doubt(*match.span())


def _read_baselines(scan: _Scan) -> None:
    """«(năm 2025 đạt 60%)», «(hiện nay 6,4 m²)»: a year of a state is no deadline."""
    for span in (*baseline_spans(scan.text), *doubtful_baseline_spans(scan.text)):
        for match in re.finditer(rf"(?:năm\s+)?(?<!\d){_Y}(?!\d)", span.printed, re.I):
            start, end = span.start + match.start(), span.start + match.end()
            if scan.is_free(start, end):
                scan.skip(start, end)


def _read_labelled(scan: _Scan) -> None:
    """«Thời gian thực hiện: Thường xuyên»: what a label says is read like a cell."""
    for match in _LABELLED.finditer(scan.text):
        printed = match["cell"].strip()
        norm = _cell_norm(printed)
        start = match.start("cell")
        if norm and scan.is_free(start, start + len(printed)):
            scan.add(start, start + len(printed), norm)


def _read_durations(scan: _Scan) -> None:
    """«trong thời hạn 30 ngày kể từ ngày …», «10 ngày làm việc sau khi …»."""
    pattern = re.compile(
        r"(?P<prep>(?:(?:chậm nhất|muộn nhất|không quá)\s+(?:là\s+)?(?:sau\s+)?"
        r"|trong\s+(?:thời\s+(?:hạn|gian)\s+|vòng\s+)?){1,4})?(?P<n>\d{1,9})\s+(?:\([^\W\d_ ]+"
        r"(?: [^\W\d_]+){0,3}\)\s+)?(?P<unit>ngày"
        r"|tháng)(?P<work>\s+làm việc)?"
        r"(?P<since>,?\s*(?:kể\s+từ|tính từ|sau khi|sau ngày|từ ngày|từ khi))?",
        re.I,
    )
    for match in pattern.finditer(scan.text):
        if not match["since"] and not (
            match["prep"]
            and (
                match["work"]
                or "thời hạn" in match["prep"]
                or "vòng" in match["prep"]
                or "nhất" in match["prep"]
            )
        ):
            continue
        end = match.end("since") if match["since"] else match.end()
        start = match.start()
        if not scan.is_free(start, end):
            continue
        if match["unit"].lower() == "tháng":
            scan.doubt(start, end)
            continue
        scan.add(
            start, match.end("work") if match["work"] else match.end("unit"), f"P{int(match['n'])}D"
        )
        since = re.compile(r",?\s*(?:kể\s+từ|tính từ|sau|từ)\s+(?:ngày\s+)?[^,.;]*").match(
            scan.text, match.end("work") if match["work"] else match.end("unit")
        )
        if since and scan.is_free(since.start(), since.end()):
            scan.taken.take(Span(since.start(), since.end(), since[0]))


# «đợt mưa lũ từ ngày 16 - 22/11/2025»: when something happened.
_EVENT = re.compile(r"(?:đợt|trận|cơn|vụ)\s[^.;,:]{0,40}$|(?:bão|lũ|dịch)[^.;,:]{0,20}$", re.I)


def _read_ranges(scan: _Scan) -> None:
    """«từ 15 - 20/6/2026», «tháng 6 - tháng 9/2026»: the end of the range is the deadline."""
    forms = ((_DAY_RANGE, "day"), (_MONTH_RANGE, "month"), (_QUARTER_RANGE, "quarter"))
    for pattern, form in forms:
        for match in re.finditer(pattern, scan.text, re.I):
            norm = _norm(match, form)
            if norm is None or not scan.is_free(*match.span()):
                continue
            start = match.start()
            if scan.stands_before(_EVENT, start):
                scan.skip(*match.span())
                continue
            if (
                match["from"]
                or scan.stands_before(_DONE, start)
                or scan.stands_before(_SENTENCE_START, start)
            ):
                scan.add(*match.span(), norm)
            else:
                scan.doubt(*match.span())


def _read_days(scan: _Scan) -> None:
    pattern = re.compile(rf"(?:{_PREP})?{_FULL_DAY}", re.I)
    for match in pattern.finditer(scan.text):
        if not scan.is_free(*match.span()):
            continue
        norm = _norm(match, "day")
        start = match.start()
        if norm is None:
            scan.doubt(*match.span())
        elif match["before"] or match["by"]:
            scan.add(*match.span(), norm)
        elif scan.stands_before(_SINCE, start):
            scan.skip(*match.span())
        elif (
            scan.stands_before(_DONE, start)
            or scan.stands_before(_SENTENCE_START, start)
            or _END.match(scan.text, match.end())
        ):
            scan.add(*match.span(), norm)
        else:
            scan.doubt(*match.span())
    _continue_days(
        scan, re.compile(rf"\s*(?:,|và|;|hoặc)\s*(?P<span>(?:trước\s+)?{_FULL_DAY})", re.I), "day"
    )


_END = re.compile(r"\s*(?:\([^()]*\)\s*)?[.;]?\s*$")
"""Where a sentence ends, as in «Ra quân đồng loạt ngày 15/8/2026»."""
_OCCASION = re.compile(r"(?:kỷ niệm|lễ|dịp|mừng|nhân|Ngày)[^,;.]*$")


def _read_days_of_periods(scan: _Scan) -> None:
    """«trước ngày 05 tháng cuối quý», «ngày 25 hằng tháng»."""
    for day, norm in (
        (_DAY_OF_QUARTER, "every:quarter"),
        (_DAY_OF_MONTH, "every:month"),
    ):
        for match in re.finditer(rf"(?:{_PREP})?{_HOUR}{day}", scan.text, re.I):
            if scan.is_free(*match.span()):
                scan.add(*match.span(), norm)


def _read_days_of_year(scan: _Scan) -> None:
    """«trước ngày 01/11 hằng năm», «trước ngày 15 tháng 6»: a day without a year."""
    pattern = re.compile(
        rf"(?:{_PREP})?{_DAY_OF_YEAR}(?P<yearly>\s*\(?(?:của\s+)?{_YEARLY}\)?)?", re.I
    )
    for match in pattern.finditer(scan.text):
        if not scan.is_free(*match.span()):
            continue
        norm = _norm(match, "day-of-year")
        start = match.start()
        is_date = "ngày" in match[0].lower() or "tháng" in match[0].lower()
        if norm is None or not (match["before"] or match["yearly"] or is_date):
            continue
        if match["before"] or match["yearly"] or match["by"]:
            scan.add(*match.span(), norm)
        elif scan.stands_before(_OCCASION, start) or scan.stands_before(_SINCE, start):
            scan.skip(*match.span())
        else:
            scan.doubt(*match.span())
    follow = (
        rf"\s*(?:,|và|;|hoặc)\s*(?P<span>(?P<before>trước\s+)?{_DAY_OF_YEAR}"
        rf"(?:\s*\(?{_YEARLY}\)?)?)"
    )
    _continue_days(scan, re.compile(follow, re.I), "day-of-year")


def _continue_days(scan: _Scan, pattern: re.Pattern[str], form: str) -> None:
    """«trước ngày 15/6 và 15/12»: the comparator of the first date holds for the next."""
    pending = list(scan.deadlines)
    while pending:
        due = pending.pop()
        match = pattern.match(scan.text, due.span.end)
        if not match:
            continue
        norm = _norm(match, form)
        span = match.span("span")
        others = scan.taken.between(*span)
        if norm is None or any(one not in scan.doubts for one in others):
            continue
        for one in others:
            del scan.doubts[one]
            scan.taken.release(one)
        sign = "<" if due.norm.startswith("<") and not norm.startswith("<") else ""
        scan.add(*span, sign + norm)
        pending.append(scan.deadlines[-1])


_ROMAN_OR_DIGIT = r"I{1,3}|IV|[1-4]"
_QUARTER_LIST = re.compile(
    rf"(?:{_PREP})?qu[ýí]\s+(?P<q>{_ROMAN_OR_DIGIT})(?P<more>(?:\s*(?:,|và"
    rf"|-)\s*(?:qu[ýí]\s+)?(?:{_ROMAN_OR_DIGIT})){{1,12}})(?:{_SLASH}|\s+năm\s+|\s+)(?P<y>{_Y})",
    re.I,
)
_MONTH_LIST = re.compile(
    rf"(?:{_PREP})?tháng\s+(?P<m>\d{{1,2}})(?P<more>(?:\s*(?:,"
    rf"|và)\s*(?:tháng\s+)?\d{{1,2}}){{1,12}})(?:{_SLASH}|\s+năm\s+)(?P<y>{_Y})",
    re.I,
)


def _read_lists(scan: _Scan) -> None:
    """«quý II, quý III năm 2026», «tháng 6, 12/2026»: one year for several quarters or months."""
    for pattern, name, member in (
        (_QUARTER_LIST, "q", rf"(?:qu[ýí]\s+)?(?P<one>{_ROMAN_OR_DIGIT})(?![\w])"),
        (_MONTH_LIST, "m", r"(?:tháng\s+)?(?P<one>\d{1,2})(?!\d)"),
    ):
        for match in pattern.finditer(scan.text):
            if not scan.is_free(*match.span()):
                continue
            members = list(re.finditer(member, match["more"], re.I))
            ends = [match.end(name), *(match.start("more") + one.end() for one in members)]
            starts = [match.start(), *(match.start("more") + one.start() for one in members)]
            ends[-1] = match.end()
            values = [match[name], *(one["one"] for one in members)]
            for start, end, value in zip(starts, ends, values, strict=True):
                if name == "q":
                    scan.add(start, end, f"{match['y']}-q{_QUARTERS.get(value.upper(), value)}")
                elif 1 <= int(value) <= 12:
                    scan.add(start, end, f"{match['y']}-{int(value):02}")


def _read_quarters(scan: _Scan) -> None:
    _read_plain(scan, _QUARTER, "quarter")


def _read_months(scan: _Scan) -> None:
    for match in re.finditer(rf"(?:{_PREP})?{_MONTH_OF_YEAR}", scan.text, re.I):
        if scan.is_free(*match.span()):
            scan.add(*match.span(), "every:year")
    for match in re.finditer(r"từ\s+tháng\s+\d{1,2}(?=\s+đến\s+(?:hết\s+)?tháng)", scan.text, re.I):
        if scan.is_free(*match.span()):
            scan.skip(*match.span())
    _read_plain(scan, _MONTH, "month")
    _read_plain(scan, _BARE_MONTH, "month", needs_preposition=True)


def _read_plain(scan: _Scan, form: str, name: str, *, needs_preposition: bool = False) -> None:
    for match in re.finditer(rf"(?:{_PREP})?(?<![\d/]){form}", scan.text, re.I):
        if not scan.is_free(*match.span()):
            continue
        norm = _norm(match, name)
        if norm is None:
            continue
        start = match.start()
        is_named = match["before"] or match["by"]
        if is_named or any(scan.stands_before(one, start) for one in (_DONE, _SENTENCE_START)):
            scan.add(*match.span(), norm)
        elif scan.stands_before(_SINCE, start) or needs_preposition:
            scan.skip(*match.span())
        else:
            scan.doubt(*match.span())


def _read_recurrences(scan: _Scan) -> None:
    """«định kỳ 6 tháng», «hằng quý», «hằng năm» where it says how often, not which plan."""
    forms = (
        (
            r"(?:định kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+)?(?:0?6|sáu)\s+tháng(?:\s*(?:/|một"
            r"|0?1|1)\s*lần)|định kỳ\s+(?:(?:hằng|hàng)\s+)?(?:0?6|sáu)\s+tháng|(?:hằng"
            r"|hàng)\s+(?:0?6|sáu)\s+tháng",
            "every:half",
        ),
        (
            r"định kỳ\s+\(?(?:(?:hằng|hàng|mỗi)\s+)?(?:qu[ýí]|0?3 tháng)|(?:hằng|hàng"
            r"|mỗi)\s+qu[ýí]|(?:0?3|ba)\s+tháng\s+(?:một|0?1|1)\s+lần",
            "every:quarter",
        ),
        (
            r"định kỳ\s+\(?(?:(?:hằng|hàng|mỗi)\s+)?(?:0?1\s+)?tháng|(?:hằng|hàng"
            r"|mỗi)\s+tháng|tháng\s+(?:một|0?1|1)\s+lần",
            "every:month",
        ),
        (
            rf"định kỳ,?\s+\(?(?:{_YEARLY}|năm|0?1 năm)(?!\s*\d)|(?:mỗi|một"
            rf"|0?1)\s+năm\s+(?:một|0?1|1)\s+lần",
            "every:year",
        ),
    )
    for pattern, norm in forms:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})", scan.text, re.I):
            if scan.is_free(*match.span()):
                scan.add(*match.span(), norm)
    _read_reported_periods(scan)
    _continue_recurrences(scan)
    for match in re.finditer(rf"(?<!\w){_YEARLY}", scan.text, re.I):
        if not scan.is_free(*match.span()):
            continue
        if _is_adverbial(scan, match.start()):
            scan.add(*match.span(), "every:year")
        else:
            scan.skip(*match.span())
    _doubt_other_periods(scan)
    for match in re.finditer(r"định kỳ|thường xuyên", scan.text, re.I):
        if scan.is_free(*match.span()):
            # Without a period neither is a deadline.
            scan.skip(*match.span())


# «…; thường xuyên.», «… (thường xuyên)»: a deadline printed by itself behind the task.
_ENDS_ONGOING = re.compile(
    r"(?:[;.(]|\s[-–])\s*(?P<due>(?:thực hiện\s+|nhiệm vụ\s+|việc\s+)?thường xuyên"
    r"(?:,?\s+liên tục)?)\s*[).;]*\s*$",
    re.I,
)


def _read_ongoing(scan: _Scan) -> None:
    for match in _ENDS_ONGOING.finditer(scan.text):
        if scan.is_free(*match.span("due")):
            scan.add(*match.span("due"), "ongoing")


# No plan can hold a day or a week; «sơ kết 6 tháng» may be one half of a year or each.
_OTHER_PERIODS = re.compile(
    r"(?:định kỳ|báo cáo|tổng hợp)\s+(?:[^\W\d_]+\s+)?(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|giờ)"
    r"|(?:trước|vào)\s+(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2}\s*(?:phút)?)?,?\s*)?(?:ngày\s+)?"
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+(?:hằng|hàng|mỗi)\s+tuần"
    r"|(?:sơ kết|tổng kết)\s+(?:0?6|sáu)\s+tháng(?!\s+(?:đầu|cuối))",
    re.I,
)


def _doubt_other_periods(scan: _Scan) -> None:
    for match in _OTHER_PERIODS.finditer(scan.text):
        if scan.is_free(*match.span()):
            scan.doubt(*match.span())


_PERIOD_NAME = r"(?:tháng|qu[ýí]|(?:0?6|sáu) tháng|(?:0?1\s+)?năm)"
# «báo cáo 6 tháng, năm», «báo cáo tháng, quý và năm»; «báo cáo năm 2026» is of one year.
_REPORTED_PERIODS = re.compile(
    rf"báo cáo\s+(?:kết quả\s+)?(?:định kỳ\s+)?(?:tuần,\s*)?(?P<first>{_PERIOD_NAME})"
    rf"(?=(?:\s*,\s*|\s+và\s+){_PERIOD_NAME}(?!\s*[\d\w]*\d))",
    re.I,
)
_MORE_RECURRENCES = re.compile(
    r"\s*(?:,|và|;)\s*(?:định kỳ\s+)?(?P<period>tháng|qu[ýí]|0?6 tháng|(?:0?1 )?năm)(?!\s*\d)"
    r"(?=\s*(?:[,.;)]|và|báo cáo|$|gửi|tổng hợp|về|cho|theo))",
    re.I,
)
_PERIODS = {
    "tháng": "every:month",
    "quý": "every:quarter",
    "quí": "every:quarter",
    "năm": "every:year",
}


def _read_reported_periods(scan: _Scan) -> None:
    for match in _REPORTED_PERIODS.finditer(scan.text):
        start, end = match.span("first")
        if scan.is_free(start, end):
            scan.add(start, end, _norm_of_period(match["first"]))


def _norm_of_period(printed: str) -> str:
    number, _, period = printed.lower().rpartition(" ")
    is_half = "6" in number or "sáu" in number
    return "every:half" if is_half else _PERIODS[period]


def _continue_recurrences(scan: _Scan) -> None:
    """«định kỳ hằng quý, 6 tháng, năm»: periods named after the first."""
    for due in [one for one in scan.deadlines if one.norm.startswith("every:")]:
        at = due.span.end
        while match := _MORE_RECURRENCES.match(scan.text, at):
            start, at = match.span("period")
            if scan.is_free(start, at):
                scan.add(start, at, _norm_of_period(match["period"]))


_WORK = re.compile(r"công tác\s*$")
# «so với trung bình hằng năm giai đoạn 2011 - 2016»: a value to compare with.
_MEAN = re.compile(r"so với (?:mức |số )?(?:trung bình|bình quân)\s*$", re.I)


def _is_adverbial(scan: _Scan, at: int) -> bool:
    """Whether «hằng năm» tells how often something is done, not what kind of plan it is."""
    if scan.stands_before(_SENTENCE_START, at) or scan.stands_before(_CLAUSE_START, at):
        return True
    if scan.stands_before(_MEAN, at):
        return False
    if scan.stands_before(_REPORTS, at) and not scan.stands_before(_WORK, at):
        return True
    return scan.stands_before(_REPORTS_ON, at) or not scan.stands_before(_ATTRIBUTED, at)


def _read_halves(scan: _Scan) -> None:
    """«6 tháng cuối năm 2026» ends with the year; where the first half ends is not printed."""
    for match in re.finditer(
        rf"(?:trong\s+)?0?6 tháng (?P<part>đầu|cuối) {_YEAR}", scan.text, re.I
    ):
        if not scan.is_free(*match.span()):
            continue
        if match["part"].lower() == "cuối":
            scan.add(*match.span(), match["y"])
        else:
            scan.doubt(*match.span())


def _read_open_years(scan: _Scan) -> None:
    for match in re.finditer(_YEAR_ONWARDS, scan.text, re.I):
        if scan.is_free(*match.span()):
            scan.add(*match.span(), f"{match['y']}..")
    for match in re.finditer(_OPEN_YEARS, scan.text, re.I):
        if not scan.is_free(*match.span()):
            continue
        start = match.start()
        if scan.stands_before(_SENTENCE_START, start) or not scan.stands_before(
            _DOCUMENT_NOUN, start
        ):
            scan.add(*match.span(), f"{match['y']}..")
        else:
            # «Kế hoạch … năm 2026 và những năm tiếp theo»: part of a name.
            scan.skip(*match.span())


def _read_periods(scan: _Scan) -> None:
    for pattern in (_FROM_TO_YEARS, _YEARS):
        for match in re.finditer(rf"(?<![\d/]){pattern}(?!\d)", scan.text, re.I):
            start, end = _strip(match)
            if not scan.is_free(start, end):
                continue
            if _is_stage(scan, start, end):
                scan.add(start, end, f"{match['y']}..{match['y2']}")
            elif _is_period_of_figure(scan, start):
                scan.doubt(start, end)
            else:
                scan.skip(start, end)


_NUMBERED_STAGE = re.compile(r"(?:^|[.;]\s*)giai đoạn\s+(?:\d|I{1,3})\s*\($", re.I)
_PERIOD_LABEL = re.compile(r"(?:thời gian|tiến độ|lộ trình)[^.;:]{0,30}:\s*$", re.I)


def _strip(match: re.Match[str]) -> tuple[int, int]:
    return match.start() + len(match[0]) - len(match[0].lstrip()), match.end()


_FINISHES = re.compile(r"(?:hoàn thành|hoàn tất|xong|dứt điểm)\s*$", re.I)
# «so với trung bình giai đoạn 2021-2025»: a period to compare with.
_COMPARED = re.compile(r"so với(?:\s+[^\s.,;:]+){0,6}\s*$", re.I)
_ADVERBIAL_PERIOD = re.compile(r"từ\s+(?:năm\s+)?\d|trong\s+\d{1,3}\s+năm", re.I)
# «Thu hút trên 1,5 tỷ USD trong giai đoạn 2026 - 2030»: of a result or of a target.
_OF_FIGURE = re.compile(r"trong\s+(?:giai đoạn|thời kỳ|nhiệm kỳ)", re.I)
_FIGURE_BEFORE = re.compile(r"(?<![\d/.,-])\d[\d.,]*\s*(?:%|[^\W\d_])[^.;:]*$")
_STAGE_START = re.compile(r"(?:^|[.;(]\s*|:\s*)$")
_STAGE_END = re.compile(r"\s*[:,]|\s*$")
_RATE = re.compile(r"(?:bình quân|trung bình|hằng năm|mỗi năm)(?:\s+trong)?\s*$", re.I)


def _is_stage(scan: _Scan, start: int, end: int) -> bool:
    """Tell whether a period opens a stage, «Giai đoạn 2026 - 2030: …», or spans a rate."""
    if scan.stands_before(_PERIOD_LABEL, start) or scan.stands_before(_NUMBERED_STAGE, start):
        return True
    if scan.stands_before(_FINISHES, start):
        return True
    if scan.stands_before(_COMPARED, start):
        return False
    is_adverbial = _ADVERBIAL_PERIOD.match(scan.text, start)
    if is_adverbial and not scan.stands_before(_DOCUMENT_NOUN, start):
        return True
    if scan.stands_before(_STAGE_START, start) and _STAGE_END.match(scan.text, end):
        return not scan.stands_before(_DOCUMENT_NOUN, start)
    return scan.stands_before(_RATE, start)


def _is_period_of_figure(scan: _Scan, start: int) -> bool:
    is_adverbial = _OF_FIGURE.match(scan.text, start) is not None
    has_figure = scan.stands_before(_FIGURE_BEFORE, start)
    return is_adverbial and has_figure and not scan.stands_before(_DOCUMENT_NOUN, start)


def _read_years(scan: _Scan) -> None:
    pattern = re.compile(
        rf"(?:{_PREP}|(?P<since>từ)\s+)?(?:{_YEAR}|(?<=đến )(?P<bare>{_Y}))(?![\d/])", re.I
    )
    for match in pattern.finditer(scan.text):
        if not scan.is_free(*match.span()):
            continue
        year = match["y"] or match["bare"]
        if match["since"]:
            scan.skip(*match.span())
        elif _is_year_due(scan, match):
            sign = "<" if match["before"] and not _is_last(match["before"]) else ""
            scan.add(*match.span(), sign + year)
        else:
            scan.skip(*match.span())
    for match in re.finditer(rf"(?:(?:đến|trước)\s+)(?P<y>{_Y})(?!\d)", scan.text, re.I):
        if scan.is_free(*match.span()):
            scan.skip(*match.span())


# «mục tiêu quốc gia về bình đẳng giới đến năm 2030»: the year is of a goal that others set.
_GOAL_OF_OTHERS = re.compile(
    r"mục tiêu\s+(?:quốc gia|phát triển bền vững|thiên niên kỷ|net zero|chung)\b[^.;:,]*$", re.I
)
_GOAL = re.compile(r"(?:mục tiêu|chỉ tiêu|định hướng)\b[^.;:,]*$", re.I)
_OF_NAMED_BODY = re.compile(r"\s+của\s+(?:[A-ZĐ]|tỉnh|thành phố|cả nước|toàn quốc|quốc gia)")
_VISION = re.compile(r"\s*(?:,|và)\s*(?:tầm nhìn|định hướng)", re.I)
_NO_DUE = re.compile(r"(?:tầm nhìn|định hướng|so với|cùng kỳ|tình hình|dự kiến kế hoạch)\s*$", re.I)
_OPENS = re.compile(r"\s*[:,]|\s+(?:ban hành|hoàn thành|tổ chức|xây dựng|tổng kết|sơ kết)")
_AFTER_FIGURE = re.compile(r"[\d%‰]\s*\($")
_DASH = re.compile(r"\s*[-–]")
_GOES_ON = re.compile(r"\s*,|\s+[^\W\d_]|\s*:")
_STRIVES = re.compile(r"phấn đấu\s*$", re.I)


def _is_goal_of_others(scan: _Scan, match: re.Match[str]) -> bool:
    """Tell whether a year ends a goal of the nation, of the province: «đến năm 2050 của …»."""
    start = match.start()
    if scan.stands_before(_GOAL_OF_OTHERS, start):
        return True
    is_of_body = _OF_NAMED_BODY.match(scan.text, match.end()) is not None
    return is_of_body and scan.stands_before(_GOAL, start)


def _is_year_due(scan: _Scan, match: re.Match[str]) -> bool:
    words = (match["before"] or match["by"] or "").lower()
    text, start, end = scan.text, match.start(), match.end()
    # In «Đề án … đến năm 2030» the year is part of a name, however it is led in.
    # With «vào năm 2025 đạt 40%» it is no name.
    is_named = scan.stands_before(_DOCUMENT_NOUN, start) or _is_goal_of_others(scan, match)
    in_name = is_named and not ("vào" in words and _COUNT_CONTEXT.match(text, end))
    opens_sentence = scan.stands_before(_SENTENCE_START, start)
    if _VISION.match(text, end) and not opens_sentence:
        return False
    if scan.stands_before(_NO_DUE, start):
        return False
    if not words:
        if opens_sentence:
            return bool(_OPENS.match(text, end) or _COUNT_CONTEXT.match(text, end))
        if scan.stands_before(_DONE, start) and not in_name:
            return True
        after_figure = scan.stands_before(_AFTER_FIGURE, start) and text.startswith(")", end)
        states_value = _COUNT_CONTEXT.match(text, end) and not _DASH.match(text, end)
        return after_figure or bool(states_value and not scan.stands_before(_DOCUMENT, start))
    if "đến" in words or "tới" in words:
        if words.endswith(("hết", "cuối", "trước")) and not in_name:
            return True
        if scan.stands_before(_CLAUSE_START, start) and _GOES_ON.match(text, end):
            return not in_name or opens_sentence or scan.stands_before(_STRIVES, start)
        return not in_name
    if "vào" in words or "trong" in words or "trước" in words or "hết" in words or "cuối" in words:
        return (
            not in_name or "trước" in words or scan.stands_before(_DONE, start) or "trong" in words
        )
    return not in_name


_READERS = (
    _read_cutoffs,
    _read_baselines,
    _read_labelled,
    _read_durations,
    _read_ranges,
    _read_days,
    _read_days_of_periods,
    _read_days_of_year,
    _read_lists,
    _read_quarters,
    _read_months,
    _read_ongoing,
    _read_recurrences,
    _read_halves,
    _read_events,
    _read_open_years,
    _read_periods,
    _read_years,
)
