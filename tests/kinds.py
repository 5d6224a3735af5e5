"""All pages; and one address for each kind of page, in the real site and the fictional one.

The real plans have no report yet; the demo has pages of every kind, in full use.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.pages.body_pages import body_pages, province_body_pages
from congkhai.pages.grouping import is_large
from congkhai.pages.page import Page
from congkhai.pages.pages import national_pages
from congkhai.pages.province_pages import commune_pages, place_page, plan_pages, year_pages

REAL = {
    "home": "",
    "places": "dia-phuong/",
    "province": "dia-phuong/hai-phong/",
    "place": "dia-phuong/hai-phong/phuong-hai-duong/",
    "commune": "dia-phuong/hai-phong/phuong-le-chan/",
    "plans": "ke-hoach/",
    "plan": "ke-hoach/lai-chau/ascc-2026-2030/",
    "full_text": "ke-hoach/lai-chau/ascc-2026-2030/toan-van/",
    "commitment": "ke-hoach/hai-phong/xa-nam-sach/ascc-2026-2030/iii.2-2/",
    "units": "don-vi/",
    "unit": "don-vi/so-noi-vu/",
    "body": "don-vi/so-noi-vu/lai-chau/",
    "documents": "van-ban/",
    "document": "van-ban/161-qd-ttg-2016/",
    "programme": "chuong-trinh/ascc-2026-2035/",
    "commitments": "cam-ket/",
    "compare": "so-sanh/?a=hai-phong/xa-nam-sach/ascc-2026-2030&b=lai-chau/ascc-2026-2030",
    "targets": "chi-tieu/",
    "topics": "chu-de/",
    "topic": "chu-de/moi-truong/",
    "calendar": "lich/",
    "updates": "cap-nhat/",
    "search": "tim-kiem/?q=dao+tao",
    "data": "du-lieu/",
    "legal_basis": "can-cu/",
    "english": "en/",
    "report_error": "bao-sai/",
    "reporting": "bao-cao/?ke-hoach=lai-chau/ascc-2026-2030&don-vi=so-noi-vu",
    "missing": "404.html",
    "prose": "gioi-thieu/",
    "guide": "huong-dan/",
    "method": "phuong-phap/",
}
DEMO = REAL | {
    "province": "dia-phuong/mau/",
    "place": "dia-phuong/mau/xa-cu-mau/",
    "commune": "dia-phuong/mau/phuong-dong-mau/",
    "plan": "ke-hoach/mau/so-nuoc-2024-2028/",
    "full_text": "ke-hoach/mau/so-nuoc-2024-2028/toan-van/",
    "commitment": "ke-hoach/mau/xa-binh-mau/so-nuoc-2025-2028/ii.2.a/",
    "report": "ke-hoach/mau/phuong-trung-mau/so-nuoc-2025-2028/bao-cao/2026-tram-y-te/",
    "report_removed": ("ke-hoach/mau/xa-ha-mau/so-nuoc-2026-2028/bao-cao/2026-phong-kinh-te/"),
    "unit": "don-vi/tram-y-te/",
    "body": "don-vi/tram-y-te/mau/phuong-trung-mau/",
    "document": "van-ban/999-qd-mau-2023/",
    "programme": "chuong-trinh/so-nuoc-2024-2028/",
    "compare": (
        "so-sanh/?a=mau/xa-binh-mau/so-nuoc-2025-2028&b=mau/phuong-trung-mau/so-nuoc-2025-2028"
    ),
    "search": "tim-kiem/?q=nuoc+sach",
    "reporting": "bao-cao/?ke-hoach=mau/so-nuoc-2024-2028&don-vi=trung-tam-nuoc-sach",
    "prose": "tro-nang/",
}
TEMPLATES = (
    {
        name: name
        for name in (
            *(
                "home",
                "places",
                "province",
                "place",
                "commune",
                "plans",
                "plan",
                "full_text",
                "commitment",
                "report",
                "units",
                "unit",
                "body",
            ),
            *(
                "documents",
                "document",
                "programme",
                "commitments",
                "compare",
                "targets",
                "calendar",
            ),
            *(
                "topics",
                "topic",
                "updates",
                "search",
                "data",
                "legal_basis",
                "english",
                "report_error",
                "reporting",
                "missing",
                "prose",
                "report_removed",
            ),
        )
    }
    | {"moved": None, "plan_removed": None, "picture": None}
    | dict.fromkeys(("embed_plan", "embed_measure", "embed_province", "oembed"))
)
"""By template in `theme/pages/`, the kind of page above that shows it; a redirect shows nothing,
a picture is no page, and what stands in other sites' frames has tests of its own."""
PROSE = {"prose", "guide", "method"}
"""Pages that are written by hand: one template, and more kinds of content."""
FRAMED = {"embed_plan", "embed_measure", "embed_province", "oembed"}
"""Templates of what other sites show in a frame, and of its description for programs."""
PAGES = [("real", kind, address) for kind, address in REAL.items()] + [
    ("demo", kind, address) for kind, address in DEMO.items()
]


def site_pages(site_model: SiteModel) -> Iterator[Page]:
    """Every generated page of a site, as `country` puts them together province by province."""
    plans_by_place: dict[str, list[PlanView]] = {}
    for plan in site_model.plans.values():
        plans_by_place.setdefault(plan.place.code, []).append(plan)
    for plans in plans_by_place.values():
        if plans[0].place.level != "province":
            yield place_page(site_model, plans[0].place)
        yield from body_pages(site_model, plans)
    yield from province_body_pages(site_model)
    for plan in site_model.plans.values():
        yield from plan_pages(site_model, plan)
    if is_large(site_model.plans):
        yield from year_pages(site_model)
    for province in site_model.provinces:
        yield from commune_pages(site_model, province)
    yield from national_pages(site_model)
