"""Rules that deadlines and dates say what the words say from which they were read.

Comes in: a `PlanContext`. Goes out: differences. The words are read by the grammar of
`congkhai.reading.deadlines`, each quotation in the sentence in which it stands, so that
«30/6/2026» out of «trước ngày 30/6/2026» is still a day that is excluded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from congkhai.checks.context import Difference, Placed, PlanContext
from congkhai.checks.deadlines import is_in_order
from congkhai.data import schema
from congkhai.model.amendments import CYCLES
from congkhai.model.assignments import kind_of
from congkhai.reading.citations import name_spans
from congkhai.reading.deadlines import read_cell, read_deadlines
from congkhai.reading.facts import Deadline
from congkhai.reading.reporting import read_cutoff_day
from congkhai.text.dates import PartialDate

NEAR = 60
"""Characters on each side of a quotation that decide what its date means."""
_NORM = re.compile(
    r"(?P<before><)?(?:(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?|-q(?P<q>[1-4]))?"
    r"|--(?P<rm>\d\d)-(?P<rd>\d\d))"
)
_RANGE = re.compile(r"(?P<y>\d{4})\.\.(?P<y2>\d{4})?")
_LEAP_YEAR = 2000
_YEARLY = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi|từng) năm(?!\w)", re.I)
_ONGOING = re.compile(
    r"(?<!\w)(?:thường xuyên|liên tục|lâu dài|(?:hằng|hàng|mỗi|từng) (?:ngày|tuần|tháng|quý))"
    r"(?!\w)",
    re.I,
)
# What the grammar leaves in doubt: a month of every year, a period in which something begins.
_MONTH_OF_YEAR = re.compile(
    r"(?<!\d )(?P<before>(?<!\w)trước )?tháng (?P<m>1[0-2]|0?[1-9])(?: của)? (?:hằng|hàng|mỗi) năm",
    re.I,
)
_SINCE_PERIOD = re.compile(r"(?:bắt đầu )?từ (?P<period>(?:quý|tháng) .*)", re.I)
# A quotation that begins so leaves out what may stand before it: «trước», «từ».
_OPENS_BARE = re.compile(r"\d|ngày|tháng|quý|năm(?! \d{4}$)", re.I)
_SINCE = re.compile(r"(?<!\w)(?:từ|kể từ|bắt đầu)(?!\w)", re.I)
# A deadline has a number or a recurrence in it; few texts do, and to read one takes long.
# In lower case: a pattern that ignores case takes five times as long, and every text is searched.
_MAY_BE_DATE = re.compile(r"\d{4}|\d\s?/\s?\d|(?:tháng|ngày) \d")
_DIGIT = re.compile(r"\d")
_EVERY_YEAR = ("hằng năm", "hàng năm", "mỗi năm")
_MEANS = re.compile(r"trước|\d", re.I)
_PLACE_AND_DATE = re.compile(
    r"ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})", re.I
)
_PERIOD = re.compile(r"(?<!\d)(?P<y>20\d\d)\s*[-–]\s*(?P<y2>20\d\d)(?!\d)")
_ONE_YEAR = re.compile(r"(?<!\w)năm (20\d\d)(?!\d)", re.I)
_ISSUES = re.compile(
    r"(?<!\w)(?:ban hành|xây dựng|đề ra|lập)(?: nội dung)?"
    r" (?:kế hoạch|chương trình|đề án|phương án)(?! số\b)",
    re.I,
)
_A_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_UNTIL = re.compile(r"đến (?:hết |cuối )?năm\s+(?P<y2>20\d\d)(?!\d)", re.I)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """What words say on a day: the last one that is in time, whether it returns, the first one.

    `last` and `start` are days, in a leap year for a day that returns every year.
    """

    last: date | None = None
    returns: bool = False
    start: date | None = None


@lru_cache(maxsize=1024)
def read_norms(printed: str, around: str = "") -> tuple[str, ...]:
    """Read the dates of a quotation, as norms of `reading.facts.Deadline`.

    `around`: the words in which it stands, or empty.

    >>> read_norms("30/6/2026", "hoàn thành trước ngày 30/6/2026."), read_norms("Năm 2026")
    (('<2026-06-30',), ('2026',))
    """
    if month := _MONTH_OF_YEAR.search(printed):
        last = PartialDate(_LEAP_YEAR, int(month["m"])).last_day()
        sign = "<" if month["before"] else ""
        return (f"{sign}--{last:%m}-{1 if sign else last.day:02}",)
    start = around.find(printed)
    if start >= 0:
        end = start + len(printed)
        near = [
            due.norm
            for due in read_deadlines(around).deadlines
            if due.span.start < end and start < due.span.end
        ]
        if near:
            return tuple(near)
    if since := _SINCE_PERIOD.fullmatch(printed):
        printed = since["period"]
    reading = read_cell(printed).deadlines or read_deadlines(printed).deadlines
    return tuple(due.norm for due in reading)


def _norms_in_item(printed: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Read a quotation where it stands in the texts of its item; alone when it is in none.

    Most say by themselves what they mean («trước ngày 01/11 hằng năm») and are read once for all
    plans; «30/6/2026» or what is not understood alone is read with the words around it.
    """
    alone = read_norms(printed)
    if alone and not _OPENS_BARE.match(printed):
        return alone
    for text in texts:
        at = text.find(printed)
        if at >= 0:
            start, end = max(0, at - NEAR), min(len(text), at + len(printed) + NEAR)
            start = text.find(" ", start) + 1 if start else 0
            return read_norms(printed, text[start:end])
    return alone


def read_printed_date(norm: str) -> PrintedDate | None:
    """Read a norm; None for one without a day: a recurrence, a duration.

    >>> read_printed_date("<2026-06-30").last, read_printed_date("2026-q4").start
    (datetime.date(2026, 6, 29), datetime.date(2026, 10, 1))
    """
    if match := _RANGE.fullmatch(norm):
        last = date(int(match["y2"]), 12, 31) if match["y2"] else None
        return PrintedDate(last, False, date(int(match["y"]), 1, 1))
    match = _NORM.fullmatch(norm)
    if match is None:
        return None
    if match["rm"]:
        day = date(_LEAP_YEAR, int(match["rm"]), int(match["rd"]))
        return PrintedDate(day - timedelta(days=1) if match["before"] else day, True)
    year = int(match["y"])
    if match["q"]:
        first_month = 3 * int(match["q"]) - 2
        first = date(year, first_month, 1)
        last = PartialDate(year, first_month + 2).last_day()
        return PrintedDate(first - timedelta(days=1) if match["before"] else last, False, first)
    month = int(match["m"]) if match["m"] else None
    day_of_norm = PartialDate(year, month, int(match["d"]) if match["d"] else None)
    if match["before"]:
        return PrintedDate(day_of_norm.first_day() - timedelta(days=1))
    return PrintedDate(day_of_norm.last_day())


def last_day_of(due: schema.Deadline) -> date | None:
    """Return the last day in time by the data; in a leap year for one that returns every year."""
    if due.by is not None:
        return due.by.last_day(_LEAP_YEAR)
    if due.before is not None:
        return due.before.first_day(_LEAP_YEAR) - timedelta(days=1)
    return None


def compare_deadlines(context: PlanContext) -> Iterator[Difference]:
    """Compare `by`, `before`, `start`, `every` and `ongoing` with what `printed` says."""
    for placed in context.items:
        for index, due in enumerate(placed.item.due):
            loc = (*placed.loc, "due", index)
            texts = _texts_of(placed)
            for field, message, hint in (*_faults_of(due, texts), *_cuts_of(due, texts)):
                yield Difference(
                    field="due",
                    places=(placed.item.id,),
                    loc=(*loc, field) if field else loc,
                    message=message,
                    hint=f"{hint}; {_note(placed.item.id, 'due', due.printed)}",
                    printed=due.printed,
                )


def _cuts_of(due: schema.Deadline, texts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield a fault for a quotation that leaves out what changes its meaning: «trước», a year."""
    if read_norms(due.printed) and not _OPENS_BARE.match(due.printed):
        return
    for text in texts:
        at = text.find(due.printed)
        if at < 0:
            continue
        end = at + len(due.printed)
        start = max(0, at - NEAR)
        for one in read_deadlines(text[start : end + NEAR]).deadlines:
            first, last = start + one.span.start, start + one.span.end
            left, right = text[first:at] if first < at else "", text[end:last] if last > end else ""
            if first < end and at < last and _MEANS.search(f"{left} {right}"):
                printed = one.span.printed
                yield (
                    "printed",
                    f"«{due.printed}» cắt mất chữ của «{printed}»",
                    f"chép cả «{printed}»",
                )
        return


def compare_missing_deadlines(context: PlanContext) -> Iterator[Difference]:
    """Warn of an item one can be held to whose words state a deadline that the data has not."""
    for placed in context.items:
        item = placed.item
        if item.items or item.due or item.text is None:
            continue
        if not _may_have_deadline(item.text.lower()):
            continue
        if kind_of(item, placed.above) not in schema.COMMITMENT_KINDS:
            continue
        for due in read_deadlines(item.text).deadlines:
            right = " hoặc ".join(_right_forms([due.norm], due.span.printed))
            if not right:
                # A month, a quarter or a duration, for which the data has no form.
                continue
            yield Difference(
                field="due",
                places=(item.id,),
                loc=placed.loc,
                message=f"chữ của mục {item.id} có thời hạn «{due.span.printed}» mà dữ liệu"
                " không có due",
                hint=f'thêm due: {{printed: "{due.span.printed}", {right}}};'
                f" {_note(item.id, 'due', due.span.printed)}",
                printed=due.span.printed,
                severity="warning",
            )
            break


def compare_cutoffs(context: PlanContext) -> Iterator[Difference]:
    """Compare the day on which figures are closed with its words, as far as they name a day."""
    for placed in context.items:
        rule = placed.item.reporting
        if rule is None or rule.cutoff is None:
            continue
        cutoff = rule.cutoff
        printed = read_cutoff_day(cutoff.printed)
        if printed is None or cutoff.day == PartialDate.parse(printed):
            continue
        found = _value(cutoff.day) if cutoff.day else None
        yield Difference(
            field="due",
            places=(placed.item.id,),
            loc=(*placed.loc, "reporting", "cutoff", *(("day",) if found else ())),
            message=f"ngày chốt số liệu {found or 'để trống'} khác chữ in «{cutoff.printed[:60]}»",
            hint=f'dạng đúng: day: "{printed}"; {_note(placed.item.id, "due", cutoff.printed)}',
            printed=cutoff.printed,
        )


def _may_have_deadline(lower: str) -> bool:
    has_date = _DIGIT.search(lower) is not None and _MAY_BE_DATE.search(lower) is not None
    return has_date or any(words in lower for words in _EVERY_YEAR)


def _note(at: str, field: str, printed: str) -> str:
    """Write the note that gives the reason, as it is to be pasted."""
    return (
        f"cố ý khác thì thêm vào notes: {{at: {at}, kind: context, differs: {field},"
        f' printed: "{printed[:60]}", text: "lý do"}}'
    )


def _texts_of(placed: Placed) -> tuple[str, ...]:
    item = placed.item
    return tuple(text for text in (item.text, item.title, *item.cells) if text)


def _faults_of(due: schema.Deadline, texts: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield (field, message, hint) for each value that the words do not say."""
    norms = _norms_in_item(due.printed, texts)
    dates = [one for one in map(read_printed_date, norms) if one is not None]
    lasts = {(one.last, one.returns) for one in dates if one.last is not None}
    field = "by" if due.by is not None else "before"
    last = last_day_of(due)
    day = due.by or due.before
    right = " hoặc ".join(_right_forms(norms, due.printed)) or "chép cả ngày vào printed"
    printed = f"«{due.printed[:60]}»"
    if last is not None and day is not None:
        if (last, day.recurring) not in lasts and not _has_numbers_of(day, due, texts):
            yield field, f"{field}: {_value(day)} khác chữ in {printed}", right
    elif lasts and not due.ongoing:
        yield "", f"chữ in {printed} có ngày mà dữ liệu không có", right
    yield from _faults_of_start(due, norms, dates, right)
    yield from _faults_of_cycle(due, norms, right)


def _faults_of_start(
    due: schema.Deadline, norms: Iterable[str], dates: list[PrintedDate], right: str
) -> Iterator[tuple[str, str, str]]:
    starts = {one.start for one in dates if one.start is not None}
    has_range = any(map(_RANGE.fullmatch, norms))
    printed = f"«{due.printed[:60]}»"
    if due.start is not None and due.start.first_day(_LEAP_YEAR) not in starts:
        said = {one.last.replace(day=1) for one in dates if one.last is not None}
        led_in = _SINCE.search(due.printed) and due.start.first_day(_LEAP_YEAR) in said
        if not led_in:
            yield "start", f"start: {_value(due.start)} khác chữ in {printed}", right
    if due.start is None and has_range and not due.ongoing:
        yield "", f"chữ in {printed} có năm bắt đầu mà dữ liệu không có start", right


def _faults_of_cycle(
    due: schema.Deadline, norms: tuple[str, ...], right: str
) -> Iterator[tuple[str, str, str]]:
    printed = f"«{due.printed[:60]}»"
    cycles = {norm.removeprefix("every:") for norm in norms if norm.startswith("every:")}
    if _YEARLY.search(due.printed):
        cycles.add("year")
    day = due.by or due.before
    is_day_of_year = day is not None and day.recurring
    if due.every is not None and due.every not in cycles and not is_day_of_year:
        cycle = CYCLES[due.every]
        yield "every", f"every: {due.every}, mà chữ in {printed} không ghi {cycle}", right
    if due.every is None and cycles and not due.ongoing:
        named = CYCLES[_first_cycle(cycles)]
        yield "", f"chữ in {printed} ghi {named} mà dữ liệu không có every", right
    # «2025 và những năm tiếp theo» has no last day either.
    is_open = any(norm.endswith("..") for norm in norms)
    if due.ongoing and not is_open and not _ONGOING.search(due.printed):
        yield "ongoing", f"ongoing: true, mà chữ in {printed} không ghi thường xuyên", right


def _first_cycle(cycles: Collection[str]) -> schema.Cycle:
    return next((cycle for cycle in CYCLES if cycle in cycles), "year")


def _has_numbers_of(day: PartialDate, due: schema.Deadline, texts: tuple[str, ...]) -> bool:
    """Whether the words print each number of a date that the grammar does not read.

    «trong tháng 6» with the year in the sentence: month and day are in `printed`, the year is in
    the item. A day before which something is due has to be led in by «trước».
    """
    if due.before is not None and "trước" not in due.printed.lower():
        return False
    if due.by is not None and "trước" in due.printed.lower():
        return False
    in_quote = {int(number) for number in re.findall(r"\d+", due.printed)}
    in_item = {int(number) for text in texts for number in re.findall(r"\d+", text)}
    parts = {part for part in (day.month, day.day) if part is not None}
    if _norms_in_item(due.printed, texts) or not parts:
        return False
    return parts <= in_quote and (day.year is None or day.year in in_item)


def _right_forms(norms: Iterable[str], printed: str) -> Iterator[str]:
    """Write the data that norms ask for: `before: "2026-06-30"`."""
    yearly = "every:year" in norms or _YEARLY.search(printed) is not None
    for norm in norms:
        if (match := _RANGE.fullmatch(norm)) and match["y2"]:
            yield f'start: "{match["y"]}", by: "{match["y2"]}"'
        elif match := _NORM.fullmatch(norm):
            field = "before" if match["before"] else "by"
            if match["rm"]:
                yield f'{field}: "{match["rm"]}-{match["rd"]}", every: year'
            else:
                yield f'{field}: "{norm.lstrip("<")}"'
        elif norm == "ongoing":
            yield "ongoing: true"
        elif norm.startswith("every:") and norm != "every:year":
            yield f"every: {norm.removeprefix('every:')}"
    if yearly and not any(_NORM.fullmatch(norm) for norm in norms):
        yield "every: year"


def _value(day: PartialDate) -> str:
    """Write a date as in the data: `11-01` for a day of every year."""
    return day.iso().removeprefix("--")


# ------------------------------------------------------------------ targets


def compare_dates_of_targets(context: PlanContext) -> Iterator[Difference]:
    """Compare the date of a target with the deadlines that its item or a heading states."""
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            if target.by is None:
                continue
            dues = placed.item.due
            # Cheap first: nearly every item has one deadline, which is compared by itself.
            if len(dues) == 1 and last_day_of(dues[0]) == target.by.last_day(_LEAP_YEAR):
                continue
            lasts = set(_lasts_for(placed, target))
            if target.by.last_day(_LEAP_YEAR) in lasts:
                continue
            days = ", ".join(sorted(f"{day:%d/%m/%Y}" for day in lasts))
            yield Difference(
                field="targets",
                places=(placed.item.id,),
                loc=(*placed.loc, "targets", index, "by"),
                message=f"by: {_value(target.by)} khác thời hạn in cạnh «{target.printed[:60]}»",
                hint=(f"hạn đọc được: {days}" if days else "mục này không in thời hạn; bỏ by")
                + f"; {_note(placed.item.id, 'targets', target.printed)}",
                printed=target.printed,
            )


def _lasts_for(placed: Placed, target: schema.Target) -> Iterator[date]:
    """Yield the last day that the words give a target: of the deadline printed next to it.

    One deadline holds for all figures of the item; of several the next one after the figure,
    or else the last one before it.
    """
    for text in _texts_of(placed):
        at = text.find(target.printed)
        if at < 0:
            continue
        near = list(_near_deadlines(text, at, at + len(target.printed)))
        for due in near:
            printed = read_printed_date(due.norm)
            if printed is not None and printed.last is not None:
                yield printed.last
        if near:
            return
    for step in (placed.item, *reversed(placed.above)):
        lasts = [last for last in map(last_day_of, step.due) if last is not None]
        yield from lasts
        if lasts:
            return


def _near_deadlines(text: str, start: int, end: int) -> Iterator[Deadline]:
    dues = [
        due
        for due in read_deadlines(text).deadlines
        if (printed := read_printed_date(due.norm)) is not None and printed.last is not None
    ]
    if len(dues) < 2:
        yield from dues
        return
    after = [due for due in dues if due.span.start >= end]
    before = [due for due in dues if due.span.end <= start]
    if after and not re.search(r"[;.]", text[end : after[0].span.start]):
        yield after[0]
    elif before:
        yield before[-1]


# ------------------------------------------------------------------ the document


def compare_date_with_letterhead(context: PlanContext) -> Iterator[Difference]:
    """Compare the date of the document with the line «…, ngày … tháng … năm …»."""
    document = context.plan.document
    for line in document.letterhead:
        match = _PLACE_AND_DATE.search(line)
        if match is None:
            continue
        month = int(match["m"]) if match["m"] else None
        printed = PartialDate(
            int(match["y"]), month, int(match["d"]) if match["d"] and month else None
        )
        if document.date != printed:
            yield Difference(
                field="date",
                places=("letterhead",),
                loc=("document", "date"),
                message=f"ngày ban hành khác dòng «{line}»",
                hint=f'dạng đúng: date: "{printed.iso()}"; {_note("letterhead", "date", line)}',
                printed=line,
            )


def read_periods(title: str, preamble: Iterable[str]) -> tuple[tuple[int | None, int], ...]:
    """Read the years that a title, or else the preamble, gives to the plan itself.

    A preamble cites documents with years of their own: only what it says that is issued counts.

    >>> read_periods("Chuyển đổi số giai đoạn 2026 - 2030", ())
    ((2026, 2030),)
    >>> read_periods("Giảm nghèo năm 2025", ["Căn cứ Chương trình giai đoạn 2021 - 2025;"])
    ((2025, 2025),)
    """
    return (
        tuple(_ranges_in(title))
        or read_year_of_title(title)
        or tuple(_ranges_in(_say_what_is_issued(" ".join(preamble))))
    )


def read_year_of_title(title: str) -> tuple[tuple[int, int], ...]:
    """Read the one year that a title names, as first and last year; none where it names several."""
    years = {int(year) for year in _ONE_YEAR.findall(_without_names(title))}
    return tuple((year, year) for year in years) if len(years) == 1 else ()


def _say_what_is_issued(preamble: str) -> str:
    """Find the last words by which a preamble issues the plan, empty where it does not."""
    starts = [match.start() for match in _ISSUES.finditer(preamble)]
    return preamble[starts[-1] :] if starts else ""


def compare_period_with_title(context: PlanContext) -> Iterator[Difference]:
    """Compare the period with the years that the title gives to the plan itself.

    Years in a quoted name, and those of a cited document, are not the plan's.
    """
    period, title = context.plan.period, context.plan.document.title
    if not is_in_order(period):
        return
    ranges = read_periods(title, context.plan.preamble)
    ends = {end for _, end in ranges}
    starts = {start for start, end in ranges if start is not None and end == period.end}
    if not ranges or (period.end in ends and (not starts or period.start in (*starts, None))):
        return
    start, end = ranges[-1]
    right = f"{{from: {start or period.start or 'null'}, to: {end}}}"
    # One year may also be that of an event of which the title tells.
    is_sure = ranges != read_year_of_title(title)
    yield Difference(
        field="period",
        places=("title", "preamble", "plan"),
        loc=("period", "to" if period.end not in ends else "from"),
        message=f"giai đoạn {period.start or '…'}–{period.end} khác năm ghi trong tên văn bản",
        hint=f"dạng đúng: period: {right}; {_note('title', 'period', title)}",
        printed=None,
        severity="error" if is_sure else "warning",
    )


def compare_period_with_words(context: PlanContext) -> Iterator[Difference]:
    """Warn of a first or last year of the plan that its words print nowhere.

    A plan without a year in its title or preamble may name it in any provision; the year of the
    document may be its first.
    """
    plan = context.plan
    if read_periods(plan.document.title, plan.preamble):
        return
    printed = {int(year) for text in _texts_of_plan(context) for year in _A_YEAR.findall(text)}
    issued = plan.document.date.year if plan.document.date is not None else None
    for field, year in (("from", plan.period.start), ("to", plan.period.end)):
        if year is None or year in printed or (field == "from" and year == issued):
            continue
        yield Difference(
            field="period",
            places=("title", "preamble", "plan"),
            loc=("period", field),
            message=f"năm {year} của giai đoạn không in ở đâu trong văn bản",
            hint="ghi năm có trong văn bản; đúng như vậy thì thêm vào notes:"
            ' {at: plan, kind: context, differs: period, text: "lý do"}',
            printed=None,
            severity="warning",
        )


def _texts_of_plan(context: PlanContext) -> Iterator[str]:
    plan = context.plan
    yield from (plan.document.title, *plan.preamble, *plan.closing)
    for placed in context.items:
        yield from _texts_of(placed)


def compare_period_with_parents(context: PlanContext) -> Iterator[Difference]:
    """Compare the last year of a plan with that of its parent and of its programme's document.

    A plan that outlives what it carries out is a warning; the years are those of their titles.
    """
    documents, programme = (
        context.dataset.documents,
        context.dataset.programmes.get(context.plan.programme),
    )
    above = [cite.document for cite in context.plan.cites if cite.relation == "parent"]
    if programme is not None:
        above.append(programme.document)
    for name in dict.fromkeys(above):
        document = documents.get(name)
        ends = [end for _, end in _ranges_in(document.title)] if document is not None else []
        if document is None or not ends or context.plan.period.end <= max(ends):
            continue
        yield Difference(
            field="period",
            places=("title", "preamble", "plan"),
            loc=("period", "to"),
            message=f"kế hoạch đến năm {context.plan.period.end}, sau năm cuối"
            f" ({max(ends)}) của {document.type} {document.number or ''} mà nó thực hiện",
            hint="kiểm tra period và văn bản cấp trên; đúng như vậy thì thêm vào notes:"
            ' {at: plan, kind: context, differs: period, text: "lý do"}',
            severity="warning",
        )


def _without_names(text: str) -> str:
    """Blank out cited documents: «… ngày 22 tháng 12 năm 2024» is no year of the plan."""
    for span in name_spans(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _ranges_in(text: str) -> Iterator[tuple[int | None, int]]:
    masked = _without_names(text)
    for match in _PERIOD.finditer(masked):
        yield int(match["y"]), int(match["y2"])
    for match in _UNTIL.finditer(masked):
        yield None, int(match["y2"])
