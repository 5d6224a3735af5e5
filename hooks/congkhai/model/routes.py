"""Addresses of pages and files on the site, from its root: the one place that builds them.

Comes in: ids, slugs and years. Goes out: addresses, which end in `/` for a page. They are
permanent: readers link to them, so a changed one needs a page that leads on.
"""

from __future__ import annotations

HOME = ""
PLACES = "dia-phuong/"
PLANS = "ke-hoach/"
UNITS = "don-vi/"
DOCUMENTS = "van-ban/"
PROGRAMMES = "chuong-trinh/"
COMMITMENTS = "cam-ket/"
TARGETS = "chi-tieu/"
CALENDAR = "lich/"
UPDATES = "cap-nhat/"
TOPICS = "chu-de/"
COMPARISON = "so-sanh/"
SEARCH = "tim-kiem/"
REPORT_ERROR = "bao-sai/"
REPORTING = "bao-cao/"
"""Where staff make a report, a correction or a response in the browser."""
DATA = "du-lieu/"
ENGLISH = "en/"
"""The one page in English: what the site is and how to read it."""
LEGAL_BASIS = "can-cu/"
"""What the law asks, and where the site does it."""
EMBEDS = "nhung/"
"""Pages for other sites' frames."""
OEMBED = "oembed.json"
UNKNOWN = "404.html"
"""What a server sends for an address that has no page."""

COMMITMENTS_TABLE = "cam-ket/cam-ket.csv"
TARGETS_TABLE = "chi-tieu/chi-tieu.csv"
CALENDAR_FEED = "lich.ics"
PAGE_CALENDAR = "lich.ics"
"""The due days of one plan, place or unit, beside its page."""
WEEKLY_FEED = "cap-nhat/tuan/atom.xml"
"""One entry a week, of all that changed."""
CHANGES = "cap-nhat/thay-doi.json"
"""Every change of a published file, with the hashes of its contents, for programs."""
LEDGERS = "cap-nhat/lich-su.json"
"""All that is told of changes, for a site that this one becomes a part of."""
PLAN_WORKBOOK = "ke-hoach.xlsx"
"""The tables of one plan as a workbook, beside its page."""
WORKBOOK = "du-lieu.xlsx"
"""The tables of a province or a unit as a workbook, beside its page."""
PLAN_MARKDOWN = "ke-hoach.md"
"""One plan as Markdown, beside its page."""
PLAN_STRATML = "stratml.xml"
"""One plan as StratML (ISO 17469), beside its page."""
SITEMAP = "sitemap.xml"
LLMS = "llms.txt"
JSON_V1 = "du-lieu/v1/"
"""Data as JSON, version 1."""
JSON_INDEX = f"{JSON_V1}index.json"
JSON_AS_OF = f"{JSON_V1}as-of.json"
JSON_CONTEXT = f"{JSON_V1}context.jsonld"
COVERAGE_TABLE = "noi-co-ke-hoach.csv"
"""Beside a programme's page: of which places it is known here that they have a plan."""


def plan(path: str) -> str:
    """Return the address of a plan's page; `path` is its folder below `plans/`.

    >>> plan("lai-chau/ascc-2026-2030")
    'ke-hoach/lai-chau/ascc-2026-2030/'
    """
    return f"{PLANS}{path}/"


def full_text(plan_path: str) -> str:
    """Return the address of the page with a plan's whole text, where every item has its anchor.

    >>> full_text("lai-chau/ascc-2026-2030")
    'ke-hoach/lai-chau/ascc-2026-2030/toan-van/'
    """
    return f"{plan(plan_path)}toan-van/"


def item_in_text(plan_path: str, item_id: str) -> str:
    """Return the address of an item in the whole text of its plan."""
    return f"{full_text(plan_path)}#{item_id}"


def commitment(plan_path: str, item_id: str) -> str:
    """Return the address of the page of one commitment.

    >>> commitment("lai-chau/ascc-2026-2030", "ii.1-2")
    'ke-hoach/lai-chau/ascc-2026-2030/ii.1-2/'
    """
    return f"{plan(plan_path)}{item_id}/"


def report(plan_path: str, file: str) -> str:
    """Return the address of a report's page; `file` is the name of its YAML.

    >>> report("lai-chau/ascc-2026-2030", "2026-so-noi-vu.yml")
    'ke-hoach/lai-chau/ascc-2026-2030/bao-cao/2026-so-noi-vu/'
    """
    return f"{PLANS}{plan_path}/bao-cao/{file.removesuffix('.yml')}/"


def response(plan_path: str, file: str) -> str:
    """Return the address of a response's file: `ke-hoach/…/tra-loi/2027-11-02-ubnd-xa.yml`."""
    return f"{plan(plan_path)}tra-loi/{file}"


def embed(address: str) -> str:
    """Return the address of what other sites show of a page in a frame.

    >>> embed("ke-hoach/lai-chau/ascc-2026-2030/")
    'nhung/ke-hoach/lai-chau/ascc-2026-2030/'
    """
    return f"{EMBEDS}{address}"


def json_file(kind: str, name: str) -> str:
    """Return the address of a file of JSON version 1.

    >>> json_file("thay-doi", "2026-11")
    'du-lieu/v1/thay-doi/2026-11.json'
    """
    return f"{JSON_V1}{kind}/{name}.json"


def plan_json(plan_id: str) -> str:
    """Return the address of a plan as JSON."""
    return json_file("ke-hoach", plan_id)


def json_schema(name: str) -> str:
    """Return the address of the schema of a kind of file of JSON version 1."""
    return json_file("schema", name)


def unit(unit_id: str) -> str:
    """Return the address of the page of one type of unit."""
    return f"{UNITS}{unit_id}/"


def body(unit_id: str, place_address: str) -> str:
    """Return the address of a unit's page for one place: of the body itself.

    >>> body("tram-y-te", "dia-phuong/hai-phong/xa-nam-sach/")
    'don-vi/tram-y-te/hai-phong/xa-nam-sach/'
    """
    return f"{UNITS}{unit_id}/{place_path(place_address)}/"


def document(document_id: str) -> str:
    """Return the address of a document's page."""
    return f"{DOCUMENTS}{document_id}/"


def topic(topic_id: str) -> str:
    """Return the address of a topic's page."""
    return f"{TOPICS}{topic_id}/"


def programme(programme_id: str) -> str:
    """Return the address of a programme's page."""
    return f"{PROGRAMMES}{programme_id}/"


def calendar_year(province_slug: str, year: int) -> str:
    """Return the address of a province's due days of one year, which a large site has.

    >>> calendar_year("hai-phong", 2027)
    'lich/hai-phong/2027/'
    """
    return f"{CALENDAR}{province_slug}/{year}/"


def calendar_feed(province_slug: str) -> str:
    """Return the address of the calendar file of a province."""
    return f"{CALENDAR}{province_slug}.ics"


def updates_of_year(year: int) -> str:
    """Return the address of the page of one year's changes."""
    return f"{UPDATES}{year}/"


def place_path(address: str) -> str:
    """Return the part of a place's address that names it, as filters have it in their links.

    >>> place_path("dia-phuong/hai-phong/xa-nam-sach/")
    'hai-phong/xa-nam-sach'
    """
    return address.removeprefix(PLACES).strip("/")
