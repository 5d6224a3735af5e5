"""Due days as calendars (RFC 5545, RFC 7986), for programs that ask for them every day.

Comes in: the `SiteModel` and due days of it. Goes out: bytes. An event has the same identifier in
every calendar and every build: it is made from the path at which the plan was published first, the
item's id and the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from congkhai.exports.identifiers import identifier
from congkhai.model import routes
from congkhai.model.plan_view import CalendarDay, PlanView
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.model.status import LABELS
from congkhai.pages import labels
from congkhai.pages.grouping import days_to_keep, unit_days
from congkhai.text.vietnamese import capital

SITE_NAME = "Công khai kế hoạch"
ALL = "thời hạn"
"""Name of the calendar that has every plan."""
_BEGINNING = date(2025, 7, 1)
"""Stands for the day of what neither the data nor its history dates."""
_FOLDED_PART = re.compile(rb".{1,74}(?![\x80-\xbf])", re.DOTALL)
"""At most 74 octets, beside the blank that begins a continued line, and whole characters."""


def calendar_feed(
    days: Iterable[CalendarDay], site_model: SiteModel, site_url: str, subject: str = ALL
) -> bytes:
    """Write an all-day event for each due day that is named by month or by day.

    «Trong năm 2030» names no day, so it is on the page but not in readers' calendars.
    """
    name = _escape(f"{SITE_NAME}: {subject}")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong khai ke hoach//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _fold_line(f"NAME:{name}"),
        _fold_line(f"X-WR-CALNAME:{name}"),
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    for day in days:
        if day.month is not None:
            lines += _event(day, site_model, site_url)
    lines.append("END:VCALENDAR")
    return ("\r\n".join(lines) + "\r\n").encode()


def plan_calendar(site_model: SiteModel, plan: PlanView, site_url: str) -> tuple[str, bytes]:
    """Write the calendar of a plan, beside its page; opens the plan."""
    subject = f"{plan.document.type_name} của {plan.issuer.name}"
    return _beside(plan.address, plan.open().calendar, subject, site_model, site_url)


def place_calendar(
    site_model: SiteModel, plans: Sequence[PlanView], site_url: str
) -> tuple[str, bytes]:
    """Write the calendar of all plans of one place, beside its page; opens the plans."""
    place = plans[0].place
    days = sorted((day for plan in plans for day in plan.open().calendar), key=lambda day: day.mark)
    return _beside(place.address, days, capital(place.name), site_model, site_url)


def unit_calendars(
    site_model: SiteModel, views: Iterable[UnitView], site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Write the calendar of each unit, beside its page; opens its plans."""
    for view in views:
        yield _beside(view.address, unit_days(view), view.unit.name, site_model, site_url)


def _beside(
    page: str, days: Iterable[CalendarDay], subject: str, site_model: SiteModel, site_url: str
) -> tuple[str, bytes]:
    """Write what is to come; also when that is nothing, for those who subscribed before."""
    kept = days_to_keep(days, site_model.today)
    return page + routes.PAGE_CALENDAR, calendar_feed(kept, site_model, site_url, subject)


def _event(day: CalendarDay, site_model: SiteModel, site_url: str) -> Iterator[str]:
    """Write the lines of an event.

    Every event has to have a DTSTAMP: it is the day since which all this is so, so that a
    calendar in which nothing changed stays the same file.
    """
    words = day.commitment.words
    valid = site_model.plans[day.commitment.plan_id].valid
    state = _state(day, site_model)
    summary = f"{capital(labels.due_day(day.due))}: {labels.shorten(words, 90)} ({day.issuer.name})"
    who = labels.first_role_in_brief(day.commitment, site_model)
    description = f"{words}\n\n{who}." if who else words
    if state:
        summary += f": {state}"
        description += f"\nTrạng thái: {state}. {capital(labels.describe_validity(valid))}."
    key = f"{day.first_plan_id}#{day.commitment.item.id}:{day.due.day.isoformat()}"
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier(key)}"
    yield f"DTSTAMP:{_basic(valid.since or _BEGINNING)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(day.due.day)}"
    yield f"DTEND;VALUE=DATE:{_basic(day.due.day + timedelta(days=1))}"
    yield _fold_line(f"SUMMARY:{_escape(summary)}")
    yield _fold_line(f"DESCRIPTION:{_escape(description)}")
    yield _fold_line(f"URL:{site_url}{day.commitment.address}")
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _state(day: CalendarDay, site_model: SiteModel) -> str:
    """Say what is known of a due day, in the words of the page; nothing of a later round."""
    if day.reporting is not None:
        return labels.received(day.reporting, site_model.plans[day.commitment.plan_id])
    if day.state is None:
        return ""
    if day.known_on:
        return f"cuối năm {day.known_on.year} {LABELS[day.state]}"
    return labels.state_words(day.commitment)


def _basic(day: date) -> str:
    """Write a day in the basic format of ISO 8601: 20261126."""
    return day.isoformat().replace("-", "")


def _escape(text: str) -> str:
    """Escape a TEXT value (RFC 5545 §3.3.11)."""
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(char, escaped)
    return text


@lru_cache(maxsize=4096)  # a day is in the calendars of its plan, its place and its units
def _fold_line(line: str) -> str:
    """Cut a line after at most 75 octets, never inside a character (RFC 5545 §3.1)."""
    raw = line.encode()
    return line if len(raw) <= 75 else b"\r\n ".join(_FOLDED_PART.findall(raw)).decode()
