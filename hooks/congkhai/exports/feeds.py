"""Feeds: deadlines as a calendar (RFC 5545), changes as Atom (RFC 4287).

Comes in: the `SiteModel`. Goes out: bytes. Identifiers never change, whatever address the
site, a place or a plan has: they are made from the path at which the plan was published first
and the item's id.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from congkhai.model.ledger import ARRIVALS
from congkhai.model.plan_view import CalendarDay
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.pages import labels
from congkhai.text.vietnamese import capital

NAMESPACE = uuid.UUID("3d0f4f0e-6a3c-5f43-9d0f-6f6b1f0a7c51")
"""Identifiers of feed entries are made in it; never to be changed."""
NEWEST = 300
"""Most changes in one feed: readers' programs ask every few days."""
MAX_AMENDMENTS = 30
"""Most amendments of one change that a feed tells in words."""
ATOM = "http://www.w3.org/2005/Atom"
SITE_NAME = "Công khai kế hoạch"
"""The site, named as the author where no authority wrote the entry."""
_FOLDED_PART = re.compile(rb".{1,74}(?![\x80-\xbf])", re.DOTALL)
"""At most 74 octets, beside the blank that begins a continued line, and whole characters."""


def identifier(key: str) -> str:
    """Make the permanent identifier of a feed entry (RFC 4122 version 5)."""
    return uuid.uuid5(NAMESPACE, key).urn


def calendar_feed(days: Iterable[CalendarDay], site_url: str, as_of: date) -> bytes:
    """Write an all-day event for each due day that is named by month or by day.

    «Trong năm 2030» names no day, so it is on the page but not in readers' calendars.
    """
    stamp = f"DTSTAMP:{_basic(as_of)}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong khai ke hoach//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Công khai kế hoạch: thời hạn",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    ]
    for day in days:
        if day.month is not None:
            lines += _event(day, site_url, stamp)
    lines.append("END:VCALENDAR")
    return ("\r\n".join(lines) + "\r\n").encode()


def _event(day: CalendarDay, site_url: str, stamp: str) -> Iterator[str]:
    """Write the lines of an event; `stamp` is its DTSTAMP, which every event has to have."""
    words = day.commitment.words
    summary = f"{capital(labels.due_day(day.due))}: {labels.shorten(words, 90)} ({day.issuer.name})"
    key = f"{day.first_plan_id}#{day.commitment.item.id}:{day.due.day.isoformat()}"
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier(key)}"
    yield stamp
    yield f"DTSTART;VALUE=DATE:{_basic(day.due.day)}"
    yield f"DTEND;VALUE=DATE:{_basic(day.due.day + timedelta(days=1))}"
    yield _fold_line(f"SUMMARY:{_escape(summary)}")
    yield _fold_line(f"DESCRIPTION:{_escape(words)}")
    yield _fold_line(f"URL:{site_url}{day.commitment.address}")
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _basic(day: date) -> str:
    """Write a day in the basic format of ISO 8601: 20261126."""
    return day.isoformat().replace("-", "")


def _escape(text: str) -> str:
    """Escape a TEXT value (RFC 5545 §3.3.11)."""
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, escaped)
    return text


def _fold_line(line: str) -> str:
    """Cut a line after at most 75 octets, never inside a character (RFC 5545 §3.1)."""
    raw = line.encode()
    return line if len(raw) <= 75 else b"\r\n ".join(_FOLDED_PART.findall(raw)).decode()


def update_feed(
    changes: Iterable[Change],
    title: str,
    address: str,
    site_model: SiteModel,
    site_url: str,
    withdrawn: Iterable[WithdrawnPlan] = (),
) -> bytes:
    """Write an Atom feed of the changes that have a day, newest first.

    `address`: the feed's own, from the root; its identifier is made from the one that it had
    first. `withdrawn`: plans that are gone, before all others.
    """
    dated = [change for change in changes if change.entry.sorting_day is not None]
    days = [change.entry.sorting_day for change in dated if change.entry.sorting_day]
    withdrawn = list(withdrawn)
    days += [plan.day for plan in withdrawn if plan.day]
    updated = max(days, default=date(2025, 7, 1))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="{ATOM}" xml:lang="vi">',
        _element("id", identifier(f"feed:{site_model.redirects.first_name(address)}")),
        _element("title", title),
        _element("updated", _moment(updated)),
        _link("self", "application/atom+xml", site_url + address),
        _link("alternate", "text/html", site_url + address.removesuffix("atom.xml")),
    ]
    if not days:
        lines.append(_element("subtitle", "Trang web này chưa nhận được gì để đưa vào đây."))
    for plan in withdrawn:
        if plan.day is not None:
            lines += _entry_of_withdrawn(plan, site_url)
    for change in dated:
        lines += _entry(change, site_model, site_url)
    lines.append("</feed>\n")
    return "".join(lines).encode()


def _entry(change: Change, site_model: SiteModel, site_url: str) -> Iterator[str]:
    document = change.plan.document
    # The issuer wrote the plan, not the entry that says it is here now or was changed.
    author = SITE_NAME
    summary = f"{document.issuer}: {document.title}"
    if change.kind in ARRIVALS and change.entry.filed:
        author = site_model.units[change.entry.filed.unit].unit.name
        summary = document.title
    if change.entry.amendments:
        summary = "\n".join(_amendment_lines(change, site_model))
    yield "<entry>"
    yield _element("id", identifier(change.key))
    yield _element("title", labels.describe_change(change, site_model))
    yield _element("updated", _moment(change.entry.sorting_day or site_model.as_of))
    yield _link("alternate", "text/html", site_url + change.address)
    yield f"<author>{_element('name', author)}</author>"
    yield _element("summary", summary)
    yield "</entry>"


def _entry_of_withdrawn(plan: WithdrawnPlan, site_url: str) -> Iterator[str]:
    yield "<entry>"
    yield _element("id", identifier(plan.key))
    yield _element("title", labels.describe_withdrawn(plan))
    yield _element("updated", _moment(plan.day or date.min))
    yield _link("alternate", "text/html", site_url + plan.address)
    yield f"<author>{_element('name', SITE_NAME)}</author>"
    yield _element("summary", f"{plan.issuer}: {plan.title}")
    yield "</entry>"


def _amendment_lines(change: Change, site_model: SiteModel) -> Iterator[str]:
    """Say what was published and is now another; of a removed report all that it said."""
    amendments = change.entry.amendments
    for amendment in amendments[:MAX_AMENDMENTS]:
        yield labels.describe_amendment(amendment, site_model)
    if len(amendments) > MAX_AMENDMENTS:
        yield f"và {len(amendments) - MAX_AMENDMENTS} thay đổi khác, xem trên trang"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _link(relation: str, kind: str, target: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={quoteattr(target)} />'


def _moment(day: date) -> str:
    """Write a day as the moment at which it begins in Viet Nam."""
    return f"{day.isoformat()}T00:00:00+07:00"
