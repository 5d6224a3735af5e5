"""Whom a figure counts, and how binding its words are.

Comes in: the words of a provision and the span of a figure. Goes out: words of the provision
as printed: the population («cán bộ, công chức» after «trên 70%») and the modal («phấn đấu»).
"""

from __future__ import annotations

import re

from congkhai.reading.facts import Span
from congkhai.reading.tokens import LOOK_BACK

_MODAL = re.compile(r"(?<!\w)(?:ph[ấâ]n đấu|(?:bảo|đảm) (?:đảm|bảo))(?!\w)", re.I)
_POPULATION = re.compile(
    r"\s+(?P<words>[^\s\d.;:()][^\d.;:()]{1,119}?)\s+"
    r"(?=(?:có|được|đạt|tham gia|sử dụng|hiểu|nắm|biết)(?!\w))"
)


def read_population(words: str, figure: Span) -> str | None:
    """Read whom a share counts: the words between it and their verb; None without a verb.

    >>> words = "Phấn đấu trên 70% cán bộ, công chức có hiểu biết cơ bản."
    >>> read_population(words, Span(9, 17, "trên 70%"))
    'cán bộ, công chức'

    Words that another clause follows have a verb that is not known: then whom it counts is not.
    """
    match = _POPULATION.match(words, figure.end)
    return match["words"] if match and not match["words"].endswith(",") else None


def read_modal(words: str, figure: Span) -> str | None:
    """Read «phấn đấu» or «bảo đảm» in the sentence before a figure; None without it.

    >>> read_modal("Phấn đấu trên 70% hộ có nước sạch.", Span(9, 17, "trên 70%"))
    'Phấn đấu'
    """
    before = words[max(0, figure.start - LOOK_BACK) : figure.start]
    sentence = before.rpartition(". ")[2]
    match = _MODAL.search(sentence)
    return match[0] if match else None
