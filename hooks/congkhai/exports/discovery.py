"""Files by which programs find their way: the sitemap, `llms.txt`.

Comes in: the `SiteModel` and the addresses of all pages. Goes out: (address, bytes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from xml.sax.saxutils import escape

from congkhai.model import routes
from congkhai.model.site_model import SiteModel
from congkhai.pages.grouping import is_large
from congkhai.pages.labels import count_of_commitments
from congkhai.pages.site import Site

MAX_ADDRESSES = 50_000
"""In one sitemap, by its protocol."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def last_changes(site_model: SiteModel) -> dict[str, date]:
    """Return the day of the last change by the address of a plan or a place.

    A day is given only where git tells it.
    """
    days: dict[str, date] = {}
    for plan in site_model.plans.values():
        known = [entry.day for entry in plan.ledger if entry.day is not None]
        if known:
            days[plan.address] = max(known)
            place = plan.place.address
            days[place] = max(days[plan.address], days.get(place, date.min))
    return days


def sitemap_files(
    site_url: str, addresses: Sequence[str], days: Mapping[str, date]
) -> Iterator[tuple[str, bytes]]:
    """Write a sitemap (sitemaps.org protocol 0.9), or an index of several when it has to be cut.

    `days`: when what lies at or below an address was changed last.
    """
    if len(addresses) <= MAX_ADDRESSES:
        yield routes.SITEMAP, _sitemap(site_url, addresses, days)
        return
    names = []
    for number, start in enumerate(range(0, len(addresses), MAX_ADDRESSES), 1):
        names.append(f"sitemap-{number}.xml")
        part = addresses[start : start + MAX_ADDRESSES]
        yield names[-1], _sitemap(site_url, part, days)
    rows = "".join(f"<sitemap><loc>{escape(site_url + name)}</loc></sitemap>\n" for name in names)
    yield routes.SITEMAP, f"{_XML}<sitemapindex {_NAMESPACE}>\n{rows}</sitemapindex>\n".encode()


def _sitemap(site_url: str, addresses: Sequence[str], days: Mapping[str, date]) -> bytes:
    rows = []
    for address in addresses:
        day = _last_change(address, days)
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(site_url + address)}</loc>{changed}</url>\n")
    return f"{_XML}<urlset {_NAMESPACE}>\n{''.join(rows)}</urlset>\n".encode()


def _last_change(address: str, days: Mapping[str, date]) -> date | None:
    """Return the day of an address itself, or of the plan whose pages it is among.

    >>> days = {"ke-hoach/lai-chau/a-2026/": date(2026, 6, 1)}
    >>> _last_change("ke-hoach/lai-chau/a-2026/ii.1/", days)
    datetime.date(2026, 6, 1)
    >>> _last_change("ke-hoach/", days)
    """
    if not address.startswith(routes.PLANS):
        return days.get(address)
    folders = list(accumulate(address.split("/")[:-1], "{}/{}".format))
    return next((days[f"{one}/"] for one in reversed(folders) if f"{one}/" in days), None)


def llms_text(site_model: SiteModel, site: Site) -> bytes:
    """Write `llms.txt` (llmstxt.org): what this is, and where programs read on."""
    url = site.url

    def link(name: str, address: str, note: str) -> str:
        return f"- [{name}]({url}{address}): {note}"

    lines = [
        f"# {site.name}",
        "",
        "> Kế hoạch của các địa phương ở Việt Nam, nguyên văn: có việc gì, cơ quan nào làm, hạn"
        " nào, đã báo cáo gì. Plans of public bodies in Viet Nam, word for word: what is planned,"
        " by whom, by when, and what was reported since.",
        "",
        "Chưa có báo cáo không có nghĩa là chưa làm. Trạng thái được tính theo cách đã công bố; mỗi"
        " tệp ghi nó đúng từ ngày nào đến hết ngày nào. Silence is not failure: “chưa có báo cáo”"
        " says only that no report was received here. Quote official words as printed, with the"
        " address of the"
        " provision.",
        "",
        "## Dữ liệu",
        "",
        link("Từ điển dữ liệu", routes.DATA, "các bảng, cột, mã, giấy phép; in English below"),
        link("JSON", routes.JSON_INDEX, "mục lục của mọi tệp JSON, phiên bản 1"),
        link("Ngày", routes.JSON_AS_OF, "trang web được dựng lại gần nhất ngày nào"),
        link("Cách tính", "phuong-phap/", "một việc có trạng thái nào, khi nào"),
        "",
    ]
    if not is_large(site_model.plans):
        lines += ["## Kế hoạch (Markdown)", ""]
        lines += [
            f"- [{plan.issuer.name}, {plan.period.end}]"
            f"({url}{plan.address}{routes.PLAN_MARKDOWN}):"
            f" {count_of_commitments(plan.rollup)}"
            for plan in site_model.plans_in_force
        ]
    else:
        lines += [f"Mỗi kế hoạch có bản Markdown tại <trang của kế hoạch>{routes.PLAN_MARKDOWN}."]
    return ("\n".join(lines).rstrip() + "\n").encode()
