"""How a provision has results reported: to whom, through whom, up to which day, in which form.

Comes in: the words of a provision. Goes out: `Reporting`: the names of the bodies as printed
after «báo cáo … về», «gửi …», «(qua …)», «(đồng gửi …)», the day on which figures are closed and
the form, which Nghị định 09/2019/NĐ-CP asks of every rule of reporting; None for a report of
which none of these is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from congkhai.reading.bodies import read_bodies
from congkhai.reading.facts import Span
from congkhai.reading.tokens import tokenize
from congkhai.text.dates import PartialDate

_REPORTS = re.compile(r"(?<!\w)báo cáo(?!\w)", re.I)
_TO = re.compile(r"(?<!\w)(?:gửi\s+(?:báo cáo\s+)?(?:về\s+)?|về\s+|cho\s+|báo cáo\s+)", re.I)
_VIA = re.compile(r"\(?(?<!\w)(?:thông\s+)?qua\s+", re.I)
_COPY = re.compile(r"\(\s*đồng\s+(?:thời\s+)?gửi\s+", re.I)
_DAY = (
    r"ngày\s+(?P<d>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:(?:\s*/\s*|\s+năm\s+)(?P<y>\d{4}))?(?:\s+(?:hằng|hàng)\s+năm)?"
)
_CLOSED = r"(?:tính|chốt|lấy)(?:\s+(?:đến|tới|hết|từ|vào|là|số liệu))*"
_CLOSING = r"(?:thời (?:gian|điểm)\s+|ngày\s+)?chốt số liệu(?:\s*:|\s+(?:báo cáo|là|đến|hết|vào))*"
CUTOFF = re.compile(
    rf"(?<!\w)(?:số liệu\s+(?:báo cáo\s+)?(?:được\s+)?{_CLOSED}|{_CLOSING})\s+{_DAY}", re.I
)
"""«số liệu tính đến hết ngày 14/12», «thời gian chốt số liệu: ngày 31 tháng 10 hằng năm»."""
_ATTACHED = r"(?:ban hành\s+)?kèm theo(?:\s+[^\s,.;()]+)*"
_FORM = re.compile(
    rf"(?<!\w)(?:mẫu biểu|biểu mẫu|mẫu|biểu)\s+"
    rf"(?:số\s+\d[\w/-]*(?:\.\d[\w/-]*)*(?:\s+{_ATTACHED})?|{_ATTACHED})",
    re.I,
)
"""«Mẫu số 01 ban hành kèm theo Kế hoạch này», «biểu mẫu kèm theo»."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Names of the bodies that receive a report, and of the one through which it goes."""

    to: tuple[str, ...]
    via: str | None = None
    cutoff: str | None = None
    """The day on which figures are closed, as printed."""
    cutoff_day: str | None = None
    """The same as data: `12-14`, or `2026-12-14`."""
    form: str | None = None
    """The form of the report, as printed."""


def read_cutoff_day(words: str) -> str | None:
    """Return the day on which figures are closed as data has it; None where none is printed.

    >>> read_cutoff_day("Thời điểm chốt số liệu: ngày 5 tháng 12 năm 2026.")
    '2026-12-05'
    """
    match = CUTOFF.search(words)
    if match is None:
        return None
    year = f"{match['y']}-" if match["y"] else ""
    day = f"{year}{int(match['m']):02}-{int(match['d']):02}"
    try:
        PartialDate.parse(day)
    except ValueError:
        return None
    return day


def read_reporting(words: str) -> Reporting | None:
    """Read the addressees of a report.

    >>> read_reporting("Báo cáo kết quả gửi về UBND tỉnh (qua Sở Nội vụ) trước ngày 01/11.")
    Reporting(to=('UBND tỉnh',), via='Sở Nội vụ', cutoff=None, cutoff_day=None, form=None)
    >>> read_reporting("Tổng hợp và báo cáo tình hình thực hiện.") is None
    True
    >>> read_reporting("Báo cáo theo Mẫu số 02 kèm theo Kế hoạch này, số liệu tính đến ngày 14/12.")
    Reporting(to=(), via=None, cutoff='số liệu tính đến ngày 14/12', cutoff_day='12-14', \
form='Mẫu số 02 kèm theo Kế hoạch này')
    """
    report = _REPORTS.search(words)
    if report is None:
        return None
    sentence_end = words.find(". ", report.start())
    sentence = words[: sentence_end if sentence_end >= 0 else len(words)]
    to = next(filter(None, (_bodies(sentence, one) for one in _TO.finditer(sentence))), ())
    # The day and the form may stand in a sentence of their own, after that of the addressee.
    cutoff, form = CUTOFF.search(words), _FORM.search(words, report.start())
    if not (to or cutoff or form):
        return None
    copy = _COPY.search(sentence)
    via = next(filter(None, (_bodies(sentence, one) for one in _VIA.finditer(sentence))), ())
    to = (*to, *(_bodies(sentence, copy) if copy else ()))
    return Reporting(
        tuple(dict.fromkeys(one for one in to if one not in via)),
        via[0] if via else None,
        cutoff[0] if cutoff else None,
        read_cutoff_day(words),
        form[0] if form else None,
    )


def _bodies(sentence: str, lead_in: re.Match[str]) -> tuple[str, ...]:
    rest = sentence[lead_in.end() :]
    tokens = tokenize(rest)
    bodies = read_bodies(tokens, 0) if tokens else None
    spans: tuple[Span, ...] = bodies.spans(rest, tokens) if bodies else ()
    return tuple(span.printed for span in spans)
