"""What an entry of a feed says beneath its title: what was reported or changed, and from what.

Comes in: a `Change`. Goes out: lines of text. Of a large site's feeds that span localities only
what plans say in short: reports are read in their plan's own feed.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.data import schema
from congkhai.model.ledger import ARRIVALS
from congkhai.model.plan_view import OpenPlan
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.views import Commitment, EntryView, ReportView
from congkhai.pages import labels
from congkhai.text.vietnamese import capital, number

MOST_LINES = 30
"""Lines of a report, or amendments of one change, that a feed tells in words."""
WORDS = 120
"""Letters of a commitment's words in a line."""
MOST_LEADING = 3
"""Bodies that lead most, of a plan that is new."""


def content_lines(change: Change, site_model: SiteModel, *, in_full: bool) -> Iterator[str]:
    """Yield what an entry says; `in_full`: its plan may be opened for it."""
    if change.entry.amendments:
        yield from amendment_lines(change, site_model)
    elif change.kind == "plan-added":
        yield from _plan_lines(change, site_model)
    elif change.kind in ARRIVALS and change.report is not None:
        yield from _report_lines(change, change.report, in_full=in_full)
    elif change.kind in ARRIVALS and change.entry.response is not None and in_full:
        yield from _answer_lines(change.plan.open(), change.entry.response.address)


def amendment_lines(change: Change, site_model: SiteModel) -> Iterator[str]:
    """Say what was published and is now another; of a removed report all that it said."""
    amendments = change.entry.amendments
    for amendment in amendments[:MOST_LINES]:
        yield labels.describe_amendment(amendment, site_model)
    if len(amendments) > MOST_LINES:
        yield f"và {number(len(amendments) - MOST_LINES)} thay đổi khác, xem trên trang"


def _plan_lines(change: Change, site_model: SiteModel) -> Iterator[str]:
    plan = change.plan
    kinds = ", ".join(f"{number(count)} {labels.KINDS[kind]}" for kind, count in plan.kinds)
    if kinds:
        yield f"{capital(labels.years(plan.period))}: {kinds}"
    leading = [site_model.units[unit].unit.name for unit in plan.leading[:MOST_LEADING]]
    if leading:
        yield f"Chủ trì nhiều việc nhất: {'; '.join(leading)}"


def _report_lines(change: Change, report: ReportView, *, in_full: bool) -> Iterator[str]:
    full = change.plan.open() if in_full else None
    filed = full.filed.get(report.file) if full is not None else None
    if full is None or filed is None:
        yield f"Báo cáo {number(report.lines)} mục"
        return
    for entry in filed.entries[:MOST_LINES]:
        yield _entry_line(entry, report, full.by_item[entry.item])
    if len(filed.entries) > MOST_LINES:
        yield f"và {number(len(filed.entries) - MOST_LINES)} mục khác, xem trên trang"


def _entry_line(entry: schema.Entry, report: ReportView, commitment: Commitment) -> str:
    """Say one line of a report beside what the report before it said of the same."""
    before = _entry_before(entry, report, commitment)
    now = _reported(entry, commitment)
    parts = [f"trước {_reported(before.entry, commitment)}, nay {now}" if before else now]
    if entry.text:
        parts.append(f"“{labels.shorten(entry.text, labels.FEED_WORDS)}”")
    if entry.reason:
        parts.append(f"lý do: {labels.shorten(entry.reason, labels.FEED_WORDS)}")
    words = labels.shorten(commitment.words, WORDS)
    return f"{capital(commitment.reference)}, “{words}”: {'; '.join(parts)}"


def _entry_before(
    entry: schema.Entry, report: ReportView, commitment: Commitment
) -> EntryView | None:
    """Return the latest line about the same that an earlier report has."""
    earlier = [
        line
        for line in commitment.history
        if line.report.day < report.day
        and line.entry.target == entry.target
        and not line.entry.unchanged
    ]
    return max(earlier, key=lambda line: line.report.day, default=None)


def _reported(entry: schema.Entry, commitment: Commitment) -> str:
    """Say what was reported: «hoàn thành ngày 05/8/2026, kết quả 80%»."""
    words = labels.reported_as(entry)
    if entry.done_on:
        words += f" {labels.on_date(entry.done_on)}"
    if entry.value is not None:
        units = [one.unit for one in commitment.item.targets if entry.target in (None, one.key)]
        figure = labels.measured(entry.value, units[0]) if units else number(entry.value)
        words += f", kết quả {figure}"
    return words


def _answer_lines(full: OpenPlan, address: str) -> Iterator[str]:
    for view in full.responses:
        if view.address != address:
            continue
        for answer in view.response.answers[:MOST_LINES]:
            commitment = full.by_item.get(answer.item)
            where = f"{capital(commitment.reference)}: " if commitment else ""
            asked = f"hỏi “{labels.shorten(answer.asked)}”, " if answer.asked else ""
            yield f"{where}{asked}trả lời “{labels.shorten(answer.text, labels.FEED_WORDS)}”"
