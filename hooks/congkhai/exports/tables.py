"""The same facts for machines: files that are not pages.

Comes in: the `SiteModel`. Goes out: jobs that make tables, sources, feeds and the sitemap.
Every figure carries the address of its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from congkhai.data import schema
from congkhai.exports import feeds
from congkhai.exports.comparison import summarize
from congkhai.exports.facets import facet_files, facet_index
from congkhai.exports.job import Job
from congkhai.exports.search_documents import PASSAGES, lexicon, passages, to_bytes
from congkhai.model import changelog, status
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import PLACE_TYPES, TargetView
from congkhai.pages import labels
from congkhai.pages.grouping import calendar_by_province, is_large
from congkhai.pages.security_headers import for_hosts, for_nginx
from congkhai.text.memo import Memo
from congkhai.text.vietnamese import capital, slug

TABLE = "cam-ket.csv"
"""The commitments of one plan, beside its page."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run a cell that starts so; a leading apostrophe keeps it text."""

_MARK = b"\xef\xbb\xbf"
"""Of UTF-8, at the beginning of a table: spreadsheets need it for Vietnamese."""
_BULLETS = ("- ", "+ ")

COMMITMENT_COLUMNS = (
    "địa phương",
    "kế hoạch",
    "chương trình",
    "mục",
    "mã mục",
    "loại",
    "lời của văn bản",
    "chủ trì",
    "phối hợp",
    "thực hiện",
    "được đề nghị",
    "thời hạn",
    "trạng thái",
    "ngày báo cáo",
    "địa chỉ",
)
TARGET_COLUMNS = (
    "cái được đo",
    "nơi, cơ quan",
    "con số",
    "so sánh",
    "giá trị",
    "đơn vị tính",
    "đối tượng",
    "điều kiện",
    "mức cam kết",
    "hạn",
    "đã báo cáo",
    "điều khoản",
    "nguồn",
    "địa chỉ",
    "kế hoạch thay thế",
)


def feed_files(
    site_model: SiteModel, subjects: changelog.Subjects, site_url: str
) -> Iterator[tuple[str, bytes]]:
    """The feeds of changes of these subjects, each beside its page."""
    for address, (title, changes) in subjects.items():
        yield (
            f"{address}atom.xml",
            feeds.update_feed(
                changes[: feeds.NEWEST], title, f"{address}atom.xml", site_model, site_url
            ),
        )


def plan_files(
    site_model: SiteModel, plan: PlanView, site_url: str, plans_root: Path
) -> Iterator[tuple[str, bytes]]:
    """What stands beside a plan's page. `site_url`: absolute, with a slash at the end."""
    folder = plans_root / plan.id
    yield (
        plan.address + TABLE,
        table(COMMITMENT_COLUMNS, commitment_rows(site_model, plan, site_url)),
    )
    yield (
        plan.address + PASSAGES,
        to_bytes({"rows": list(passages(plan)), **summarize(site_model, plan)}),
    )
    yield f"{plan.address}plan.yml", (folder / "plan.yml").read_bytes()
    if plan.has_source:
        yield f"{plan.address}source.txt", (folder / "source.txt").read_bytes()
    for report in plan.reports:
        yield f"{report.address}bao-cao.yml", (folder / "reports" / report.file).read_bytes()
    for name in sorted(files_of(plan)):
        yield labels.evidence_address(name, plan.address), (folder / name).read_bytes()


def province_files(
    site_model: SiteModel, site_url: str, *, large: bool
) -> Iterator[tuple[str, bytes]]:
    """What holds the plans of a province: facets, and its calendar when the site is `large`. Opens all plans."""
    yield from facet_files(site_model)
    for place, years in calendar_by_province(site_model) if large else ():
        yield (
            f"lich/{place.slug}.ics",
            feeds.calendar_feed(
                (day for days in years.values() for day in days), site_url, site_model.as_of
            ),
        )


def national_jobs(site_model: SiteModel, site_url: str, addresses: Sequence[str]) -> Iterator[Job]:
    """What holds the whole country, the table of all commitments apart. `addresses`: of the pages to be found."""

    def calendar() -> bytes:
        # Of a large site the communes' are in their provinces' calendars.
        plans = [
            plan
            for plan in site_model.plans.values()
            if plan.place.level == "province" or not is_large(site_model.plans)
        ]
        days = sorted(
            (day for plan in plans for day in plan.open().calendar), key=lambda day: day.mark
        )
        return feeds.calendar_feed(days, site_url, site_model.as_of)

    path = urlsplit(site_url).path
    yield Job(
        "chi-tieu/chi-tieu.csv",
        lambda: [("chi-tieu/chi-tieu.csv", targets_table(site_model, site_url))],
    )
    yield Job("lich.ics", lambda: [("lich.ics", calendar())])
    yield Job("cam-ket/index.json", lambda: [facet_index(site_model)])
    yield Job(
        "names",
        lambda: [
            ("assets/dia-phuong.json", finder_table(site_model)),
            ("assets/ten.json", to_bytes(lexicon(site_model))),
        ],
    )
    yield Job(
        "sitemap.xml", lambda: [("sitemap.xml", sitemap(site_url, addresses))], lists_all=True
    )
    yield Job(
        "hosts",
        lambda: [
            ("_headers", for_hosts(path)),
            ("nginx.conf.example", for_nginx(path)),
            ("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n".encode()),
        ],
        (),
    )
    for address, (title, changes) in changelog.wide_subjects(site_model).items():
        told = (
            None
            if len(changes) > feeds.NEWEST
            else tuple({change.plan.id: change.plan for change in changes}.values())
        )
        yield Job(
            f"{address}atom.xml",
            partial(feed_files, site_model, {address: (title, changes)}, site_url),
            told,
        )


def files_of(plan: PlanView) -> set[str]:
    """Names of the files beside a plan that its reports give as evidence."""
    given = [
        evidence
        for report in plan.open().filed.values()
        for entry in report.entries
        for evidence in entry.evidence
    ]
    given += [report.source for report in plan.open().filed.values() if report.source]
    return {evidence.url for evidence in given if not evidence.url.startswith("https:")}


def _cell(text: str) -> str:
    cell = f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return (
        '"' + cell.replace('"', '""') + '"'
        if '"' in cell or "," in cell or "\n" in cell or "\r" in cell
        else cell
    )


_CELLS = Memo(_cell)
"""Cells as they stand in a table."""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need for Vietnamese.

    Python's own writer looks at each letter, which took twice as long as all else of a plan's table.
    """
    cells = _CELLS
    return (
        _MARK
        + "".join(
            [",".join([cells[text] for text in row]) + "\r\n" for row in (columns, *rows)]
        ).encode()
    )


def join_tables(tables: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """The tables of plans as one, in parts."""
    yield table(COMMITMENT_COLUMNS, ())
    for part in tables:
        # A heading holds no line break, so its line is the first.
        yield memoryview(part)[part.index(b"\n") + 1 :]


def commitment_rows(
    site_model: SiteModel, plan: PlanView, site_url: str
) -> Iterator[Sequence[str]]:
    """One row a commitment; the filtered table of `commitments.js` has the same columns and values."""
    named = site_model.units
    place = capital(plan.place.name)
    programme = site_model.programmes[plan.programme].programme.name
    for commitment in plan.open().commitments:
        units: dict[schema.Role, list[str]] = {role: [] for role in schema.ROLES}
        for assignment in commitment.assignments:
            units[assignment.role].append(named[assignment.unit].unit.name)
        words = (
            f"{commitment.item.number} {commitment.words}"
            if commitment.item.number
            else commitment.words
        )
        yield (
            place,
            plan.id,
            programme,
            commitment.reference,
            commitment.item.id,
            labels.KINDS[commitment.kind],
            words[2:] if words.startswith(_BULLETS) else words,
            *map("; ".join, units.values()),
            "; ".join([deadline.printed for deadline in commitment.deadlines]),
            status.LABELS[commitment.state],
            commitment.latest.report.day.isoformat() if commitment.latest else "",
            site_url + commitment.address,
        )


def targets_table(site_model: SiteModel, site_url: str) -> bytes:
    """One row a target, measures together."""

    def where(target: TargetView) -> str:
        return (
            site_model.plans[target.plan_id].place.name
            if target.plan_id
            else site_model.documents[target.document_id or ""].document.issuer
        )

    rows = (
        (
            site_model.measures[measure].name,
            where(target),
            target.printed,
            labels.COMPARATORS[target.comparator].strip() or "bằng",
            target.value,
            target.unit,
            target.population,
            target.condition,
            target.modal,
            target.by,
            target.values[-1].value if target.values else "",
            target.reference,
            target.source.title if target.source else "",
            site_url + target.address,
            (site_model.plans[target.plan_id].superseded_by if target.plan_id else None) or "",
        )
        for _, measures in site_model.topics
        for measure, targets in measures
        for target in targets
    )
    return table(
        TARGET_COLUMNS, (["" if value is None else str(value) for value in row] for row in rows)
    )


def finder_table(site_model: SiteModel) -> bytes:
    """Every locality for the finder: provinces with their communes, then dissolved names.

    Shape: {"t": [type, …], "p": [[name, slug, [commune, …]], …], "d": [[name, address, what became of it], …]}. A
    commune is its name, from which the finder makes its row's address as `gazetteer`
    does; with a slash at the end when it has a page of its own; or [name, address] when
    that is another.
    """
    provinces = [
        [
            province.name,
            province.slug,
            [
                regular.get(commune.address.removeprefix(province.address))
                or [commune.name, commune.address]
                for commune in site_model.communes.get(province.code, ())
                for part in [slug(commune.name)]
                for regular in [{f"#{part}": commune.name, f"{part}/": f"{commune.name}/"}]
            ],
        ]
        for province in site_model.provinces
    ]
    dissolved = [
        [place.name, place.address, labels.what_became_of(place, site_model.places)]
        for place in site_model.dissolved
    ]
    return to_bytes({"t": PLACE_TYPES, "p": provinces, "d": dissolved})


def sitemap(site_url: str, addresses: Iterable[str]) -> bytes:
    """A sitemap (sitemaps.org protocol 0.9) of these pages."""
    rows = "".join(f"<url><loc>{escape(site_url + address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()
