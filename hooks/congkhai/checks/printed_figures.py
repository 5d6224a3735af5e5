"""Rules that the figures of targets say what the words say from which they were read.

Comes in: a `PlanContext`; the targets of cited documents. Goes out: differences. The
comparator is read where the figure stands: «70%» out of «trên 70%» is still more than 70.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from congkhai.checks.context import Difference, Placed, PlanContext
from congkhai.data import registers, schema
from congkhai.data.problem import Severity
from congkhai.reading.figures import find_comparison, read_comparator, read_value
from congkhai.text.vietnamese import fold, number

_NUMBER = re.compile(
    r"(?<![\w.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ \u00a0]\d{3})+(?![\d/.,])"
    r"|\d+(?:,\d+)?)(?!\d)"
)
_NUMERAL = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)", re.I)
_NUMERALS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SLASH = re.compile(r"(?<!\s)\s*+/\s*+")
_RANGE_END = re.compile(r"\s*+%?\s*+(?:[-–—]|đến|tới)\s*+\d")
_BASELINE_END = re.compile(
    r"\s*+(?:%\s*+)?(?:[^\W\d_]+\s+){0,3}?(?:lên|xuống)(?:\s+\w+)?\s+\d", re.I
)
_SCALES = {"tram": 100, "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_UNITS = {"phan tram": "%", "m²": "m2", "m³": "m3", "km²": "km2"}
_SENTENCE_END = re.compile(r"[.;](?=\s|$)")
_MAY_EXCEED = re.compile(
    r"\b(?:tang|so voi|vuot|gap|ke hoach|du toan|chi tieu|dinh muc|cung ky|cong suat|quy mo)\b"
)
"""Folded words with which a percentage may be above 100: it is of something that can be passed."""
_AFTER = 60
_IN_WORDS = re.compile(r"^\s*\([^\W\d_]+(?: [^\W\d_]+){0,5}\)")
# «01 (một) hồ sơ»
_EACH = re.compile(r"(?<!\w)mỗi (?P<one>[^\W\d_]+(?: [^\W\d_]+)*)", re.I)
"""Characters after a number in which its unit stands."""


Target = schema.Target | registers.CitedTarget
"""A figure as the data states it."""


class PrintedFigure(NamedTuple):
    """A number as printed, with what stands before and after it."""

    start: int
    """Where it stands in the words."""
    value: Decimal
    comparator: str
    is_range: bool
    is_baseline: bool
    """Whether it is the first figure of a change: «từ 40% lên 60%»."""
    is_cut: bool
    """Whether the quotation leaves out words that compare it: «20%» or «quá 20%»."""
    following: str
    """The words after it, folded, in which its unit stands."""


def compare_figures(context: PlanContext) -> Iterator[Difference]:
    """Compare value, comparator and unit of a target with the figure that `printed` quotes.

    A figure that the words do not print cannot be a percentage above 100 either.
    """
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            loc = (*placed.loc, "targets", index)
            for field, message, hint in faults_of(target, _words_of(placed), placed.item.cells):
                yield Difference(
                    field="targets",
                    places=(placed.item.id,),
                    loc=(*loc, field),
                    message=message,
                    hint=f"{hint}; cố ý khác thì thêm vào notes: {{at: {placed.item.id},"
                    f' kind: context, differs: targets, printed: "{target.printed[:60]}",'
                    ' text: "lý do"}',
                    printed=target.printed,
                )


def warn_of_percentages_above_hundred(context: PlanContext) -> Iterator[Difference]:
    """Warn of a percentage above 100, even as printed, that its sentence gives no reason for.

    A growth, or a result beside a plan, may be above 100; a share of people or bodies may not.
    """
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            highest = max(target.value, target.maximum or target.value)
            if highest <= 100 or fold(target.unit) not in ("%", "phan tram"):
                continue
            words = _words_of(placed)
            if _MAY_EXCEED.search(fold(_sentence_of(words, target.printed) or words)):
                continue
            yield _describe_subject(
                placed,
                index,
                "value",
                f"{number(highest)}% lớn hơn 100%, câu không nói tăng, vượt hay so với gì",
                "xem lại bản nhận được: có thể in sai hoặc chép sai con số",
                "warning",
            )


def compare_subjects_of_figures(context: PlanContext) -> Iterator[Difference]:
    """Compare whom a figure is about, how firmly, and what it measures with its sentence.

    `population`, `modal` and `condition` stand in the sentence of the figure; of all measures of
    the register none has a name that fits the words better.
    """
    for placed in context.items:
        for index, target in enumerate(placed.item.targets):
            sentence = _sentence_of(_words_of(placed), target.printed)
            for field in ("population", "modal", "condition"):
                words = getattr(target, field)
                if words is not None and sentence and words not in sentence:
                    yield _describe_subject(
                        placed,
                        index,
                        field,
                        f"{field}: «{words[:60]}» không ở cùng câu với «{target.printed[:60]}»",
                        "chép chữ trong câu có con số",
                    )
            better = _better_measure(context, target, sentence)
            if better is not None:
                yield _describe_subject(
                    placed,
                    index,
                    "measure",
                    f"measure: {target.measure}, nhưng chữ của câu giống {better} hơn",
                    f"dạng đúng: measure: {better}",
                    "warning",
                )


def _describe_subject(
    placed: Placed, index: int, field: str, message: str, hint: str, severity: Severity = "error"
) -> Difference:
    target = placed.item.targets[index]
    return Difference(
        field="targets",
        places=(placed.item.id,),
        loc=(*placed.loc, "targets", index, field),
        message=message,
        hint=f"{hint}; cố ý khác thì thêm vào notes: {{at: {placed.item.id}, kind: context,"
        f' differs: targets, printed: "{target.printed[:60]}", text: "lý do"}}',
        printed=target.printed,
        severity=severity,
    )


def _sentence_of(words: str, printed: str) -> str:
    """Return the sentence in which a quotation stands; empty when it stands in none."""
    at = words.find(printed)
    if at < 0:
        return ""
    start = max((match.end() for match in _SENTENCE_END.finditer(words, 0, at)), default=0)
    end = _SENTENCE_END.search(words, at + len(printed))
    return words[start : end.start() if end else len(words)]


def _better_measure(context: PlanContext, target: schema.Target, sentence: str) -> str | None:
    """Find a measure whose name fits a sentence better than that of the target; None if none."""
    chosen = context.dataset.measures.get(target.measure)
    if chosen is None or not sentence:
        return None
    text = fold(f"{sentence} {target.population or ''}")
    own = _fit(chosen.name, text)
    best = own
    better = None
    for name, measure in context.dataset.measures.items():
        if name != target.measure and (fit := _fit(measure.name, text)) > best:
            best, better = fit, name
    return better


def _fit(name: str, text: str) -> float:
    """Return the share of a name's pairs of words that a folded text has."""
    words = fold(name).split()
    pairs = [" ".join(pair) for pair in pairwise(words)] or words
    return sum(pair in text for pair in pairs) / len(pairs)


def _words_of(placed: Placed) -> str:
    item = placed.item
    return " ".join(part for part in (item.title, item.text, *item.cells) if part)


def faults_of(
    target: Target, words: str, cells: Sequence[str] = ()
) -> Iterator[tuple[str, str, str]]:
    """Yield (field, message, hint) for each of value, comparator and unit that is not printed.

    `words`: the sentence in which `printed` stands; `printed` is read alone when it does not.
    `cells`: of a row, in which the unit may have a column of its own.
    """
    figures = read_printed(target.printed, words)
    printed = f"«{target.printed[:60]}»"
    if not figures:
        yield "printed", f"chữ in {printed} không có con số", "chép cả con số: trên 90%"
        return
    same = [one for one in figures if scaled(one, target.unit) == target.value]
    if not same:
        values = " hoặc ".join(dict.fromkeys(f"{one.value:f}" for one in figures))
        yield (
            "value",
            f"value: {number(target.value)} khác con số trong chữ in {printed}",
            f"dạng đúng: value: {values}",
        )
        return
    if all(one.is_cut for one in same):
        yield (
            "printed",
            f"chữ in {printed} bỏ mất chữ so sánh đứng trước con số",
            "chép cả chữ đứng trước con số: «không quá 20%», không phải «quá 20%»",
        )
    with_unit = [*same, *(one for one in figures if scaled(one, target.unit) == target.maximum)]
    has_column = fold(target.unit) in map(fold, cells)
    unit = _without_each(target.unit, words)
    if not has_column and not any(has_unit(one, unit) for one in with_unit):
        yield (
            "unit",
            f"unit: «{target.unit}» không phải chữ in sau {number(target.value)}",
            "chép đúng chữ in sau con số: %, công trình, triệu đồng",
        )
    yield from _faults_of_range(target, figures, printed)
    if target.maximum is not None or any(one.is_range for one in same):
        return
    comparators = list(dict.fromkeys(one.comparator for one in same))
    if target.comparator not in comparators:
        yield (
            "comparator",
            f"comparator: {target.comparator} khác chữ in {printed}",
            f'dạng đúng: comparator: "{comparators[0]}"',
        )


def _faults_of_range(
    target: Target, figures: Sequence[PrintedFigure], printed: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the two figures of a range or of a change."""
    values = {scaled(one, target.unit) for one in figures}
    for field, value in (("maximum", target.maximum), ("baseline", target.baseline)):
        if value is not None and value not in values:
            yield (
                field,
                f"{field}: {number(value)} không in trong {printed}",
                f"ghi con số có trong chữ in, hoặc bỏ {field}",
            )
    if target.baseline is None and any(one.is_baseline for one in figures):
        value = next(one.value for one in figures if one.is_baseline)
        yield (
            "value",
            f"chữ in {printed} ghi mức ban đầu, dữ liệu không có",
            f"thêm baseline: {value:f}",
        )
    lower = [one for one in figures if one.is_range and scaled(one, target.unit) == target.value]
    if target.maximum is not None and (target.comparator != ">=" or target.maximum <= target.value):
        yield (
            "maximum",
            "maximum là số trên của một khoảng: value phải nhỏ hơn và comparator là >=",
            f'dạng đúng: comparator: ">=", value: {target.value:f}, maximum: số lớn hơn',
        )
    elif target.maximum is None and lower:
        after = figures.index(lower[0]) + 1
        upper = figures[after].value if after < len(figures) else ""
        yield (
            "value",
            f"chữ in {printed} ghi một khoảng, dữ liệu chỉ có một con số",
            f'dạng đúng: comparator: ">=", value: {target.value:f}, maximum: {upper}',
        )


@lru_cache(maxsize=1024)
def read_printed(printed: str, words: str) -> tuple[PrintedFigure, ...]:
    """Read the numbers of a quotation where it stands in the words.

    >>> [(str(one.value), one.comparator) for one in read_printed("70%", "đạt trên 70% hộ")]
    [('70', '>')]
    """
    at = words.find(printed)
    text, start = (words, at) if at >= 0 else (printed, 0)
    end = start + len(printed)
    matches = list(_NUMBER.finditer(text, start, end)) or list(_NUMERAL.finditer(text, start, end))
    figures = []
    for match in matches:
        is_word = match[0].lower() in _NUMERALS
        value = str(_NUMERALS.index(match[0].lower())) if is_word else read_value(match[0])
        after = _IN_WORDS.sub("", text[match.end() : match.end() + _AFTER], count=1)
        unit = re.match(r"\s*%", after)
        last = match.end() + (unit.end() if unit else 0)
        figures.append(
            PrintedFigure(
                match.start(),
                Decimal(value),
                read_comparator(text, match.start(), last),
                _RANGE_END.match(after) is not None,
                _BASELINE_END.match(after) is not None,
                _is_cut(text, start, match.start(), last),
                fold(" ".join(after.split())),
            )
        )
    return tuple(figures)


def _without_each(unit: str, words: str) -> str:
    """Leave out of a unit for each of a kind what the words print elsewhere.

    >>> _without_each("tổ công nghệ/thôn", "Mỗi thôn có 01 tổ công nghệ")
    'tổ công nghệ'
    """
    counted, slash, one = unit.partition("/")
    named = (match["one"] for match in _EACH.finditer(words))
    return counted if slash and any(f"{name} ".startswith(f"{one} ") for name in named) else unit


def _is_cut(text: str, start: int, number: int, end: int) -> bool:
    """Whether a quotation that begins at `start` leaves out words that compare its number."""
    return find_comparison(text, number, end) < start


def scaled(figure: PrintedFigure, unit: str) -> Decimal:
    """Return the value in a unit: «65 triệu đồng» is 65 triệu đồng and 65000000 đồng."""
    value, words = figure.value, figure.following
    own = fold(unit)
    while not words.startswith(own):
        scale, _, words = words.partition(" ")
        if scale not in _SCALES:
            return figure.value
        value *= _SCALES[scale]
    return value


def has_unit(figure: PrintedFigure, unit: str) -> bool:
    """Tell whether a unit stands behind a figure, in the same spelling or a usual other one."""
    words, own = _SLASH.sub("/", figure.following), _SLASH.sub("/", fold(" ".join(unit.split())))
    for printed, written in _UNITS.items():
        words, own = words.replace(printed, written), own.replace(printed, written)
    while words.partition(" ")[0] in _SCALES and not words.startswith(own):
        words = words.partition(" ")[2]
    return re.match(rf"{re.escape(own)}(?!\w)", words) is not None


def compare_cited_figures(
    documents: Mapping[str, registers.Document],
) -> Iterator[tuple[str, int, str, str, str]]:
    """Compare the figures of cited documents with the words that a source prints.

    Yields (document, index of the target, field, message, hint).
    """
    for name, document in documents.items():
        for index, target in enumerate(document.targets):
            for field, message, hint in faults_of(target, target.printed):
                yield name, index, field, message, hint
