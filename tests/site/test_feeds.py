"""Feeds, read back by independent parsers: deadlines (RFC 5545), changes (RFC 4287)."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import feedparser
import icalendar
import pytest

from conftest import AS_OF, ROOT
from congkhai.data.load import load_dataset
from congkhai.exports import calendars, feeds, identifiers, tables
from congkhai.model import changelog
from congkhai.model.derive import derive
from congkhai.model.site_model import Change, SiteModel
from congkhai.model.status import LABELS
from congkhai.model.views import SETTLED
from congkhai.pages import labels
from tests.repository import history_of

SITE = "https://example.vn/ke-hoach/"
DEMO = ROOT / "tests" / "demo" / "plans"


def read(folder: Path, as_of: str = AS_OF) -> SiteModel:
    dataset, _ = load_dataset(folder)
    committed = {
        file.relative_to(folder).as_posix(): [("2026-11-01", file.read_bytes())]
        for file in folder.rglob("*.yml")
    }
    return derive(dataset, date.fromisoformat(as_of), history_of(committed))


@pytest.fixture(scope="module", params=[ROOT / "plans", DEMO], ids=["real", "demo"])
def site_model(request: pytest.FixtureRequest) -> SiteModel:
    return read(request.param)


def subjects(site_model: SiteModel) -> changelog.Subjects:
    return changelog.local_subjects(site_model) | changelog.wide_subjects(site_model)


def events(site_model: SiteModel) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(
        calendars.calendar_feed(site_model.calendar, site_model, SITE)
    ).walk("VEVENT")


def test_the_calendar_is_read_without_a_fault(site_model: SiteModel):
    parsed = events(site_model)
    assert len(parsed) == len([day for day in site_model.calendar if day.month])
    assert [error for event in parsed for error in event.errors] == []


def test_the_calendar_of_one_page_has_what_is_to_come_in_the_words_of_the_page(
    site_model: SiteModel,
):
    """The ids are those of the calendar of all; what is done or long past is not in it."""
    whole = {str(event["UID"]): event for event in events(site_model)}
    plans = list(site_model.plans.values())
    written = [calendars.plan_calendar(site_model, plan, SITE) for plan in plans]
    written.append(calendars.place_calendar(site_model, plans[:1], SITE))
    written += calendars.unit_calendars(site_model, site_model.units_with_page, SITE)
    assert len({name for name, _ in written}) == len(written) > 10
    words = set()
    for name, content in written:
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar["REFRESH-INTERVAL"].dt == timedelta(days=1), name
        assert max(map(len, content.split(b"\r\n"))) <= 75
        for event in calendar.walk("VEVENT"):
            same = whole[str(event["UID"])]
            assert str(event["SUMMARY"]) == str(same["SUMMARY"])
            assert event["DTSTART"].dt >= site_model.today - timedelta(days=92)
            words |= {state for state in LABELS.values() if f"): {state}" in event["SUMMARY"]}
    assert ("chưa có báo cáo" in words) == site_model.demo
    assert not words & {LABELS[state] for state in SETTLED}


def test_lines_of_the_calendar_are_folded_as_rfc_5545_asks(site_model: SiteModel):
    lines = calendars.calendar_feed(site_model.calendar, site_model, SITE).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_an_event_is_the_last_day_in_time_and_leads_to_its_clause(site_model: SiteModel):
    by_address = {(SITE + day.commitment.address, day.due.day) for day in site_model.calendar}
    for event in events(site_model):
        assert (str(event["URL"]), event["DTSTART"].dt) in by_address
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["SUMMARY"] and event["DESCRIPTION"]


def test_identifiers_of_events_are_unique_and_do_not_change(site_model: SiteModel):
    ids = [str(event["UID"]) for event in events(site_model)]
    assert len(set(ids)) == len(ids)
    later = read(DEMO if site_model.demo else ROOT / "plans", "2026-12-01")
    assert [str(event["UID"]) for event in events(later)] == ids


def test_an_identifier_once_given_stays():
    """Readers' programs know entries by these; they were fixed with the first release."""
    assert (
        identifiers.identifier("report:lai-chau/ascc-2026-2030:2026-so-noi-vu.yml")
        == "urn:uuid:fc52300a-0acb-584b-8ccc-1a087f24d6ef"
    )


def test_every_feed_of_changes_is_read_without_a_fault(site_model: SiteModel):
    for address, (title, changes) in subjects(site_model).items():
        parsed = feedparser.parse(
            feeds.update_feed(changes, title, f"{address}atom.xml", site_model, SITE)
        )
        assert not parsed.bozo and parsed.version == "atom10", address
        assert parsed.feed.title == title and parsed.feed.id and parsed.feed.updated_parsed
        assert {link.rel: link.href for link in parsed.feed.links} == {
            "self": f"{SITE}{address}atom.xml",
            "alternate": f"{SITE}{address}",
        }
        ids = [entry.id for entry in parsed.entries]
        assert (
            len(set(ids))
            == len(ids)
            == len([change for change in changes if change.entry.sorting_day])
        ), address
        assert ("chưa nhận được" in parsed.feed.get("subtitle", "")) == (not ids), address
        for entry in parsed.entries:
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
            assert (
                entry.title
                and entry.author
                and entry.updated_parsed
                and entry.link.startswith(SITE)
            )


def test_the_table_of_targets_says_its_figures_in_words(site_model: SiteModel):
    rows = list(
        csv.DictReader(
            io.StringIO(tables.targets_table(site_model, SITE).decode("utf-8-sig"), newline="")
        )
    )
    assert rows and {row["so sánh"] for row in rows} <= {
        "bằng",
        "trên",
        "từ",
        "dưới",
        "không quá",
        "khoảng",
    }
    assert all(row["nơi, cơ quan"] for row in rows)
    targets = [
        target
        for _, measures in site_model.target_groups
        for _, group in measures
        for target in group
    ]
    assert [row["điều kiện"] for row in rows] == [target.condition or "" for target in targets]
    reported = [target.values[-1] if target.values else None for target in targets]
    assert [row["kết quả đã báo cáo"].replace(",", ".") for row in rows] == [
        str(value.value) if value else "" for value in reported
    ]
    assert [(row["cơ quan báo cáo"], row["ngày báo cáo"]) for row in rows] == [
        (site_model.units[value.unit].unit.name, value.day.isoformat()) if value else ("", "")
        for value in reported
    ]
    assert any(row["kết quả đã báo cáo"] for row in rows) == site_model.demo
    avoided = ("cam kết", "lời của", "điều khoản")
    headings = [*rows[0], *tables.COMMITMENT_HEADINGS.values(), *tables.COVERAGE_HEADINGS]
    assert not [name for name in headings for words in avoided if words in name]


def test_nobody_is_named_as_the_author_of_what_the_site_says(site_model: SiteModel):
    whole = feedparser.parse(
        feeds.update_feed(site_model.changes, "Mọi thay đổi", "cap-nhat/atom.xml", site_model, SITE)
    )
    for entry in whole.entries:
        reported = entry.title.startswith(("Báo cáo", "Trả lời"))
        assert (entry.author == "Công khai kế hoạch") != reported
        issuers = {
            plan.document.issuer
            for plan in site_model.plans.values()
            if f"{SITE}{plan.address}" == entry.link
        }
        assert reported or entry.summary.startswith(tuple(f"{issuer}: " for issuer in issuers))


def test_an_entry_has_one_identifier_in_every_feed_and_every_build(site_model: SiteModel):
    def ids(one: SiteModel) -> dict[str, str]:
        parsed = [
            feedparser.parse(feeds.update_feed(changes, title, f"{address}atom.xml", one, SITE))
            for address, (title, changes) in subjects(one).items()
        ]
        return {(entry.link, entry.title): entry.id for feed in parsed for entry in feed.entries}

    assert ids(site_model) == ids(read(DEMO if site_model.demo else ROOT / "plans", "2026-12-01"))


def test_an_entry_says_what_was_reported_or_changed(site_model: SiteModel):
    """In full beside its own plan; of a large site's wide feeds only what needs no plan opened."""

    def read_entries(in_full: bool) -> dict[str, feedparser.FeedParserDict]:
        ((_, content),) = feeds.feed_documents(
            site_model.changes, "Mọi thay đổi", "cap-nhat/", site_model, SITE, in_full=in_full
        )
        return {entry.id: entry for entry in feedparser.parse(content).entries}

    full, brief = read_entries(in_full=True), read_entries(in_full=False)
    told = {"before": 0, "report": 0}
    for change in site_model.changes:
        entry = full[identifiers.identifier(change.key)]
        assert entry.published == entry.updated
        assert [tag.term for tag in entry.tags] == labels.change_groups(change)
        (content,) = entry.content
        assert content.type == "application/xhtml+xml"
        assert labels.shorten(change.plan.document.title, 40).rstrip("…") in content.value
        report = change.report
        filed = change.plan.open().filed.get(report.file) if report else None
        if change.kind == "report" and filed is not None:
            told["report"] += 1
            told["before"] += "trước " in content.value
            for line in filed.entries[:30]:
                assert labels.reported_as(line) in content.value
            (shorter,) = brief[entry.id].content
            assert f"Báo cáo {len(filed.entries)} mục" in shorter.value
        elif change.kind == "plan-added":
            assert str(change.plan.rollup.total) in content.value or change.plan.kinds
    assert bool(told["report"]) == site_model.demo
    assert bool(told["before"]) == site_model.demo, "a later report says what it was before"


def test_what_is_no_longer_in_a_feed_is_in_its_archive(
    site_model: SiteModel, monkeypatch: pytest.MonkeyPatch
):
    """RFC 5005: the feed and its archive are all changes, each once; a full document stays."""
    monkeypatch.setattr(feeds, "NEWEST", 4)
    monkeypatch.setattr(feeds, "ARCHIVED", 2)

    def documents(changes: tuple[Change, ...]) -> dict[str, bytes]:
        return dict(feeds.feed_documents(changes, "Tin", "cap-nhat/", site_model, SITE))

    written = documents(site_model.changes)
    parsed = {SITE + name: feedparser.parse(content) for name, content in written.items()}
    assert len(parsed) > 1 and len({one.feed.id for one in parsed.values()}) == 1
    seen: list[str] = []
    address = f"{SITE}cap-nhat/atom.xml"
    newer = None
    while address is not None:
        one = parsed[address]
        links = {link.rel: link.href for link in one.feed.links}
        assert not one.bozo and links["self"] == address and len(one.entries) <= 4
        assert ("fh_archive" in one.feed) == (newer is not None)
        assert links.get("current") == (f"{SITE}cap-nhat/atom.xml" if newer else None)
        assert links.get("next-archive") == (newer if newer and "-" in newer[-8:] else None)
        seen += [entry.id for entry in one.entries]
        newer, address = address, links.get("prev-archive")
    assert seen == [identifiers.identifier(change.key) for change in site_model.changes]
    before = documents(site_model.changes[2:])
    kept = [name for name in before if name != "cap-nhat/atom.xml"]
    assert [name for name in kept[:-1] if before[name] != written[name]] == []


def test_a_week_is_told_when_it_is_over(site_model: SiteModel):
    parsed = feedparser.parse(feeds.digest_feed(site_model, SITE))
    assert not parsed.bozo
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) > 0
    weeks = {
        change.entry.sorting_day - timedelta(days=change.entry.sorting_day.weekday())
        for change in site_model.changes
        if change.entry.sorting_day
    }
    over = sorted(
        (day + timedelta(days=7) for day in weeks if day + timedelta(days=7) <= site_model.today),
        reverse=True,
    )
    assert [entry.published[:10] for entry in parsed.entries] == [day.isoformat() for day in over]
    assert all(entry.summary and "<li>" in entry.content[0].value for entry in parsed.entries)
    later = read(DEMO if site_model.demo else ROOT / "plans", "2026-12-09")
    again = feedparser.parse(feeds.digest_feed(later, SITE)).entries
    assert {entry.id for entry in parsed.entries} <= {entry.id for entry in again}


def test_newest_first_and_nothing_without_a_day(site_model: SiteModel):
    whole = feeds.update_feed(
        site_model.changes, "Mọi thay đổi", "cap-nhat/atom.xml", site_model, SITE
    )
    days = [entry.updated_parsed for entry in feedparser.parse(whole).entries]
    assert days == sorted(days, reverse=True)
    dataset, _ = load_dataset(ROOT / "plans")
    unknown = derive(dataset, date.fromisoformat(AS_OF))
    assert (
        feedparser.parse(
            feeds.update_feed(unknown.changes, "Mọi thay đổi", "cap-nhat/atom.xml", unknown, SITE)
        ).entries
        == []
    )


def test_plan_locality_unit_and_the_whole_site_link_their_feed(site: Path):
    pages = {
        "cap-nhat/": "atom.xml",
        "ke-hoach/lai-chau/ascc-2026-2030/": "atom.xml",
        "dia-phuong/hai-phong/phuong-hai-duong/": "atom.xml",
        "dia-phuong/hai-phong/": "atom.xml",
        "don-vi/so-noi-vu/": "atom.xml",
    }
    for address, feed in pages.items():
        html = (site / address / "index.html").read_text("utf-8")
        named = re.findall(
            r'<link rel="alternate" type="application/atom\+xml"\s+title="[^"]+"\s+href="([^"]+)"',
            html,
        )
        linked = re.findall(r'<a href="([^"]*atom\.xml)"', html)
        assert feed in named and linked, address
        for target in {*named, *linked}:
            assert (site / address / target).resolve().is_file(), (address, target)
    calendar = (site / "lich" / "index.html").read_text("utf-8")
    assert (
        '<link rel="alternate" type="text/calendar"' in calendar
        and '<a href="../lich.ics">' in calendar
        and '<a href="webcal://congkhai.example/lich.ics">' in calendar
    )


def test_a_page_without_changes_names_no_feed_that_is_not_there(site: Path):
    for page in site.rglob("index.html"):
        for target in re.findall(r'href="([^"]*atom\.xml)"', page.read_text("utf-8")):
            assert (page.parent / target).resolve().is_file(), page
