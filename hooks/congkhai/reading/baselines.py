"""Values from which a target starts, and which it does not set: «(hiện nay 6,4 m²/người)».

Comes in: the words of a provision. Goes out: spans in which a number is no target and a date
no deadline, and spans of which only a person can tell.
"""

from __future__ import annotations

import re

from congkhai.reading.facts import Span

_NOW = r"hiện(?:\s+(?:nay|tại|trạng|có|mới|đạt))?|đến nay|tính đến nay"
_PAST = r"thực trạng|cùng kỳ|(?:năm|kỳ|giai đoạn)\s+(?:trước|ngoái)|(?:đã|mới)\s+đạt"
_RESULT = r"(?:kết quả|ước|thực hiện|ước thực hiện|ước đạt)\s+(?:(?:cuối|hết|6 tháng)\s+)?năm"
_IN_BRACKETS = re.compile(rf"\(\s*(?:{_NOW}|{_PAST}|{_RESULT})(?!\w)[^()]*\)", re.I)
# «Trong bối cảnh hiện nay, phấn đấu 80 %»: only with a verb behind it is it a state.
_IN_CLAUSE = re.compile(
    r"(?<!\w)(?:hiện(?:\s+(?:nay|tại))?|đến nay|tính đến nay)\s+"
    r"(?:(?:mới|chỉ|đã)(?!\w)|(?:đạt|là|còn|ở mức)\s+\d)(?:[^.,;()]|(?<=\d)[.,](?=\d))*",
    re.I,
)
# «(năm 2025 đạt 72,5%)» is past in a plan for 2026, and a later stage in one for 2024.
_YEAR_IN_BRACKETS = re.compile(
    r"\(\s*(?:(?:cuối|đầu|hết)\s+)?năm\s+(?:19|20)\d{2}\s*(?:là|đạt|có|còn|ở mức|:)?\s*\d[^()]*\)",
    re.I,
)


def baseline_spans(words: str) -> tuple[Span, ...]:
    """Return the spans that surely tell a state: of today, of a year before.

    >>> [one.printed for one in baseline_spans("đạt 9 m² (hiện nay 6,4 m²)")]
    ['(hiện nay 6,4 m²)']
    """
    return _spans(words, _IN_BRACKETS) + _spans(words, _IN_CLAUSE)


def doubtful_baseline_spans(words: str) -> tuple[Span, ...]:
    """Return the spans of a value in another year, which may be a state or a later stage.

    >>> [one.printed for one in doubtful_baseline_spans("đạt 90% (năm 2025 đạt 72,5%)")]
    ['(năm 2025 đạt 72,5%)']
    """
    return _spans(words, _YEAR_IN_BRACKETS)


def _spans(words: str, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    return tuple(Span(*match.span(), match[0]) for match in pattern.finditer(words))
