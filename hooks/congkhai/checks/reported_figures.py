"""The rule that the value of a report's line is the one that its own words give.

Comes in: a `ReportContext`. Goes out: problems. Words say «trên 90%» or «gần 1.200 hộ» where a
value is exact, and round it; they also name the goal and the year before. So a value is doubted
only when no figure of its unit can be it, or when the words say of another that it was reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from congkhai.checks.context import ReportContext
from congkhai.checks.printed_figures import PrintedFigure, has_unit, read_printed, scaled
from congkhai.checks.report_entries import target_of
from congkhai.data.problem import Problem
from congkhai.model.status import reached
from congkhai.text.vietnamese import number

NEAR = Decimal("0.05")
"""Share by which «khoảng» may be off."""
_REACHED = re.compile(
    r"(?<!\w)(?:đạt(?: được)?|thực hiện(?: được)?|hoàn thành|lên|xuống(?: còn)?|giảm còn)"
    r"(?: (?:tỷ lệ|tỉ lệ|mức|khoảng|trên|hơn|gần|dưới))? $",
    re.I,
)
_GOAL = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu|phấn đấu|dự kiến|phải|cần|sẽ"
    r"|năm trước|cùng kỳ|trước đây|trước đó)(?!\w)[^.;,()]*$",
    re.I,
)
_LOOK_BACK = 60
"""Characters before a number in which it is said of what it is."""
_OF = re.compile(r"^ ?/ ?\d[\d.]{0,15} ")
"""«46/50 hộ»: whose share it is, before the unit."""


def compare_value_with_text(context: ReportContext, as_of: date) -> Iterator[Problem]:
    """Compare the value of a line with the figures of the same unit in its text."""
    for index, entry in enumerate(context.report.entries):
        placed = context.plan_context.by_id.get(entry.item)
        target = target_of(entry, placed.item) if placed else None
        if target is None or entry.value is None or entry.text is None:
            continue
        said = _figures_of(" ".join(entry.text.split()), target.unit)
        if said and not any(_can_be(entry.value, one, target.unit) for one in said):
            shown = " hoặc ".join(dict.fromkeys(number(scaled(one, target.unit)) for one in said))
            yield context.loaded.problem(
                ("entries", index, "value"),
                f"value: {number(entry.value)} khác con số trong text của chính dòng này: {shown}",
                "sửa value, hoặc sửa text theo đúng báo cáo của đơn vị",
                "warning",
            )


def _figures_of(text: str, unit: str) -> Sequence[PrintedFigure]:
    """Return the figures of a unit; those said to be reached, when there are such."""
    figures = []
    certain = []
    for one in read_printed(text, text):
        if not has_unit(one._replace(following=_OF.sub("", one.following)), unit):
            continue
        figures.append(one)
        before = text[max(0, one.start - _LOOK_BACK) : one.start]
        if _REACHED.search(before) and not _GOAL.search(before):
            certain.append(one)
    return certain or figures


def _can_be(value: Decimal, figure: PrintedFigure, unit: str) -> bool:
    """Whether an exact value can be what the words say, rounded or bounded as they say it."""
    said = scaled(figure, unit)
    if figure.comparator == "~":
        return abs(value - said) <= NEAR * said
    if figure.comparator != "=" and reached(value, figure.comparator, said, unit):
        return True
    return round(value, max(0, -_exponent(figure.value))) == said


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
