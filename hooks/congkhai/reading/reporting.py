"""To whom a provision has results reported, and through whom.

Comes in: the words of a provision. Goes out: `Reporting`: the names of the bodies as printed
after «báo cáo … về», «gửi …», «(qua …)», «(đồng gửi …)»; None for a report without addressee.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from congkhai.reading.bodies import read_bodies
from congkhai.reading.facts import Span
from congkhai.reading.tokens import tokenize

_REPORTS = re.compile(r"(?<!\w)báo cáo(?!\w)", re.I)
_TO = re.compile(r"(?<!\w)(?:gửi\s+(?:báo cáo\s+)?(?:về\s+)?|về\s+|cho\s+|báo cáo\s+)", re.I)
_VIA = re.compile(r"\(?(?<!\w)(?:thông\s+)?qua\s+", re.I)
_COPY = re.compile(r"\(\s*đồng\s+(?:thời\s+)?gửi\s+", re.I)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Names of the bodies that receive a report, and of the one through which it goes."""

    to: tuple[str, ...]
    via: str | None = None


def read_reporting(words: str) -> Reporting | None:
    """Read the addressees of a report.

    >>> read_reporting("Báo cáo kết quả gửi về UBND tỉnh (qua Sở Nội vụ) trước ngày 01/11.")
    Reporting(to=('UBND tỉnh',), via='Sở Nội vụ')
    >>> read_reporting("Tổng hợp và báo cáo tình hình thực hiện.") is None
    True
    """
    report = _REPORTS.search(words)
    if report is None:
        return None
    sentence_end = words.find(". ", report.start())
    sentence = words[: sentence_end if sentence_end >= 0 else len(words)]
    to = next(filter(None, (_bodies(sentence, one) for one in _TO.finditer(sentence))), ())
    if not to:
        return None
    copy = _COPY.search(sentence)
    via = next(filter(None, (_bodies(sentence, one) for one in _VIA.finditer(sentence))), ())
    to = (*to, *(_bodies(sentence, copy) if copy else ()))
    return Reporting(
        tuple(dict.fromkeys(one for one in to if one not in via)), via[0] if via else None
    )


def _bodies(sentence: str, lead_in: re.Match[str]) -> tuple[str, ...]:
    rest = sentence[lead_in.end() :]
    tokens = tokenize(rest)
    bodies = read_bodies(tokens, 0) if tokens else None
    spans: tuple[Span, ...] = bodies.spans(rest, tokens) if bodies else ()
    return tuple(span.printed for span in spans)
