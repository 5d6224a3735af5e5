"""Changes as Atom feeds (RFC 4287), with their archive (RFC 5005).

Comes in: the `SiteModel`. Goes out: bytes. Identifiers never change, whatever address the
site, a place or a plan has: they are made from the path at which the plan was published first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from congkhai.exports.feed_content import amendment_lines, content_lines
from congkhai.exports.identifiers import identifier
from congkhai.model import routes
from congkhai.model.ledger import ARRIVALS
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.withdrawn_plans import WithdrawnPlan
from congkhai.pages import labels
from congkhai.text.dates import format_day
from congkhai.text.vietnamese import capital, number

NEWEST = 300
"""Most changes in one feed: readers' programs ask every few days."""
ARCHIVED = 100
"""Changes in each archive document; the newest `NEWEST - ARCHIVED` at least are in none."""
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
FEED = "atom.xml"
"""The name of a page's feed, beside it."""
WEEKS = 52
"""Weeks in the feed of one entry a week."""
DIGEST_LINES = 100
"""Changes of one week that its entry names."""
SITE_NAME = "Công khai kế hoạch"
"""The site, named as the author where no authority wrote the entry."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a document stands in its feed's archive (RFC 5005)."""

    current: str
    """Address of the feed that readers subscribe to."""
    number: int | None
    """Of an archive document, from 1, oldest first; None of the feed itself."""
    count: int
    """Archive documents that there are."""

    @property
    def address(self) -> str:
        """Return the address of the document."""
        return self.current if self.number is None else self._archive(self.number)

    def links(self, site_url: str) -> Iterator[str]:
        """Yield the links to the documents before and after."""
        before = self.count if self.number is None else self.number - 1
        if before:
            yield _link("prev-archive", "application/atom+xml", site_url + self._archive(before))
        if self.number is not None:
            yield _link("current", "application/atom+xml", site_url + self.current)
            if self.number < self.count:
                after = self._archive(self.number + 1)
                yield _link("next-archive", "application/atom+xml", site_url + after)

    def _archive(self, number: int) -> str:
        return f"{self.current.removesuffix('.xml')}-{number}.xml"


def feed_documents(
    changes: Sequence[Change],
    title: str,
    page: str,
    site_model: SiteModel,
    site_url: str,
    withdrawn: Iterable[WithdrawnPlan] = (),
    *,
    in_full: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Write a page's feed, and the archive of what is no longer in it, oldest first.

    An archive document never changes once it is full: it is counted from the oldest change.
    """
    dated = [change for change in changes if change.entry.sorting_day is not None]
    count = max(0, len(dated) - NEWEST + ARCHIVED) // ARCHIVED
    oldest_first = dated[::-1]
    for archive in range(1, count + 1):
        part = oldest_first[(archive - 1) * ARCHIVED : archive * ARCHIVED][::-1]
        paging = Paging(page + FEED, archive, count)
        content = update_feed(
            part, title, page + FEED, site_model, site_url, paging=paging, in_full=in_full
        )
        yield paging.address, content
    newest = dated[: len(dated) - count * ARCHIVED]
    yield (
        page + FEED,
        update_feed(
            newest,
            title,
            page + FEED,
            site_model,
            site_url,
            withdrawn,
            paging=Paging(page + FEED, None, count),
            in_full=in_full,
        ),
    )


def update_feed(
    changes: Iterable[Change],
    title: str,
    address: str,
    site_model: SiteModel,
    site_url: str,
    withdrawn: Iterable[WithdrawnPlan] = (),
    *,
    paging: Paging | None = None,
    in_full: bool = True,
) -> bytes:
    """Write an Atom feed of the changes that have a day, newest first.

    `address`: the feed's own, from the root; its identifier is made from the one that it had
    first. `withdrawn`: plans that are gone, before all others.
    """
    dated = [change for change in changes if change.entry.sorting_day is not None]
    days = [change.entry.sorting_day for change in dated if change.entry.sorting_day]
    withdrawn = [plan for plan in withdrawn if plan.day is not None]
    days += [plan.day for plan in withdrawn if plan.day]
    entries = [line for plan in withdrawn for line in _entry_of_withdrawn(plan, site_url)]
    for change in dated:
        entries += _entry(change, site_model, site_url, in_full=in_full)
    return _document(
        title,
        site_model.redirects.first_name(address),
        address.removesuffix(FEED),
        site_url,
        max(days, default=None),
        entries,
        paging or Paging(address, None, 0),
    )


def _document(
    title: str,
    first_name: str,
    page: str,
    site_url: str,
    updated: date | None,
    entries: Iterable[str],
    paging: Paging,
) -> bytes:
    """Write a feed around its entries; all documents of one feed have its identifier."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="{ATOM}" xmlns:fh="{HISTORY}" xml:lang="vi">',
        _element("id", identifier(f"feed:{first_name}")),
        _element("title", title),
        _element("updated", _moment(updated or date(2025, 7, 1))),
        _link("self", "application/atom+xml", site_url + paging.address),
        _link("alternate", "text/html", site_url + page),
        *paging.links(site_url),
    ]
    if paging.number is not None:
        lines.append("<fh:archive />")
    if updated is None:
        lines.append(_element("subtitle", "Trang web này chưa nhận được gì để đưa vào đây."))
    return "".join([*lines, *entries, "</feed>\n"]).encode()


def _entry(change: Change, site_model: SiteModel, site_url: str, *, in_full: bool) -> Iterator[str]:
    document = change.plan.document
    # The issuer wrote the plan, not the entry that says it is here now or was changed.
    author = SITE_NAME
    summary = f"{document.issuer}: {document.title}"
    if change.kind in ARRIVALS and change.entry.filed:
        author = site_model.units[change.entry.filed.unit].unit.name
        summary = document.title
    if change.entry.amendments:
        summary = "\n".join(amendment_lines(change, site_model))
    moment = _moment(change.entry.sorting_day or date.min)
    yield "<entry>"
    yield _element("id", identifier(change.key))
    yield _element("title", labels.describe_change(change, site_model))
    yield _element("published", moment)
    yield _element("updated", moment)
    yield _link("alternate", "text/html", site_url + change.address)
    yield f"<author>{_element('name', author)}</author>"
    for group in labels.change_groups(change):
        yield _category(group, labels.CHANGE_GROUPS[group])
    yield _element("summary", summary)
    opening = f"{document.issuer}: {document.title}"
    yield _content(opening, content_lines(change, site_model, in_full=in_full))
    yield "</entry>"


def _entry_of_withdrawn(plan: WithdrawnPlan, site_url: str) -> Iterator[str]:
    moment = _moment(plan.day or date.min)
    yield "<entry>"
    yield _element("id", identifier(plan.key))
    yield _element("title", labels.describe_withdrawn(plan))
    yield _element("published", moment)
    yield _element("updated", moment)
    yield _link("alternate", "text/html", site_url + plan.address)
    yield f"<author>{_element('name', SITE_NAME)}</author>"
    yield _category("khac", labels.CHANGE_GROUPS["khac"])
    yield _element("summary", f"{plan.issuer}: {plan.title}")
    yield _content(f"{plan.issuer}: {plan.title}", ())
    yield "</entry>"


def digest_feed(site_model: SiteModel, site_url: str) -> bytes:
    """Write an entry for each week that is over and in which something changed, newest first.

    A week has its number of ISO 8601 in its identifier, and is told on the Monday after it.
    """
    weeks: dict[date, list[Change]] = {}
    for change in site_model.changes:
        day = change.entry.sorting_day
        if day is not None:
            weeks.setdefault(day - timedelta(days=day.weekday()), []).append(change)
    told = {
        monday: changes
        for monday, changes in sorted(weeks.items(), reverse=True)[:WEEKS]
        if monday + timedelta(days=7) <= site_model.today
    }
    entries: list[str] = []
    for monday, changes in told.items():
        entries += _week(monday, changes, site_model, site_url)
    last = max(told, default=None)
    return _document(
        f"{SITE_NAME}: mỗi tuần một tin",
        routes.WEEKLY_FEED,
        routes.UPDATES,
        site_url,
        last + timedelta(days=7) if last else None,
        entries,
        Paging(routes.WEEKLY_FEED, None, 0),
    )


def _week(
    monday: date, changes: Sequence[Change], site_model: SiteModel, site_url: str
) -> Iterator[str]:
    year, week, _ = monday.isocalendar()
    groups = Counter(group for change in changes for group in labels.change_groups(change))
    counts = [
        f"{number(groups[group])} {words.lower()}"
        for group, words in labels.CHANGE_GROUPS.items()
        if groups[group]
    ]
    days = f"{format_day(monday)} đến {format_day(monday + timedelta(days=6))}"
    lines = [
        f"{labels.change_day(change.entry)}: {labels.describe_change(change, site_model)}"
        for change in changes[:DIGEST_LINES]
    ]
    if len(changes) > DIGEST_LINES:
        lines.append(f"và {number(len(changes) - DIGEST_LINES)} thay đổi khác, xem trên trang")
    moment = _moment(monday + timedelta(days=7))
    yield "<entry>"
    yield _element("id", identifier(f"week:{year}-W{week:02}"))
    yield _element("title", f"Tuần từ {days}: {number(len(changes))} thay đổi")
    yield _element("published", moment)
    yield _element("updated", moment)
    yield _link("alternate", "text/html", site_url + routes.UPDATES)
    yield f"<author>{_element('name', SITE_NAME)}</author>"
    for group in groups:
        yield _category(group, labels.CHANGE_GROUPS[group])
    yield _element("summary", "; ".join(counts))
    yield _content(capital("; ".join(counts)), lines)
    yield "</entry>"


def _content(opening: str, lines: Iterable[str]) -> str:
    """Write what an entry says as XHTML: a sentence, then a list."""
    items = "".join(_element("li", line) for line in lines)
    listed = f"<ul>{items}</ul>" if items else ""
    body = f'<div xmlns="{XHTML}">{_element("p", opening)}{listed}</div>'
    return f'<content type="xhtml">{body}</content>'


def _category(term: str, words: str) -> str:
    return f"<category term={quoteattr(term)} label={quoteattr(words)} />"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _link(relation: str, kind: str, target: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={quoteattr(target)} />'


def _moment(day: date) -> str:
    """Write a day as the moment at which it begins in Viet Nam."""
    return f"{day.isoformat()}T00:00:00+07:00"
