"""Which pages exist: address, title, template, and what each is told.

Comes in: the `SiteModel`. Goes out: one `Page` per address of the contract, those of plans and
provinces by way of `province_pages`. Nothing is rendered here; `context` is called when a
page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from congkhai.model.places import in_order
from congkhai.model.plan_view import PlanView, UnitDuties
from congkhai.model.site_model import SiteModel, UnitView
from congkhai.pages.grouping import (
    LISTED_CHANGES,
    NEXT_DAYS,
    by_letter,
    changes_by_year,
    count_by_province,
    days_ahead,
    due_days_by_province,
    is_large,
    listed_targets,
    plans_by_province,
    unit_by_province,
    unit_is_long,
)
from congkhai.pages.labels import shorten
from congkhai.pages.page import Page
from congkhai.pages.province_pages import calendar_context, place_page, roll_up_place
from congkhai.text.vietnamese import capital, number


def national_pages(site_model: SiteModel) -> Iterator[Page]:
    """What shows the whole country; a large one is shown without opening its plans."""
    yield from general_pages(site_model)
    plans_in = {province.code: plans for province, plans in plans_by_province(site_model)}
    yield from province_pages(site_model)
    for unit in site_model.units.values():
        yield from unit_pages(site_model, unit, plans_in)
    yield calendar_page(site_model)
    for document in site_model.documents.values():
        yield Page(
            document.address,
            "pages/document.html",
            f"{document.document.type} {document.label}",
            shorten(
                f"{document.document.type} {document.label} của {document.document.issuer}: {document.document.title}"
            ),
            lambda document=document: {"view": document},
        )
    for programme in site_model.programmes.values():
        yield Page(
            programme.address,
            "pages/programme.html",
            programme.programme.name,
            f"Từ văn bản gốc đến kế hoạch của từng địa phương: {programme.programme.name}.",
            lambda programme=programme: {"view": programme},
        )


def general_pages(site_model: SiteModel) -> Iterator[Page]:
    """The pages that stand once."""
    yield Page(
        "",
        "pages/home.html",
        "Công khai kế hoạch: địa phương cam kết gì, ai làm, đã báo cáo gì",
        "Tra cứu kế hoạch của xã, phường, tỉnh: cam kết việc gì, cơ quan nào chủ trì, hạn đến bao giờ và đã có báo cáo chưa.",
        lambda: {
            "upcoming": list(islice((day for day in days_ahead(site_model) if not day.settled), 6)),
            "gone": [place for place in site_model.dissolved if place.code in site_model.plans_of],
            "news": [change for change in site_model.changes if change.day][:5],
            "newest": list(site_model.plans.values())[:8],
        },
    )
    yield Page(
        "dia-phuong/",
        "pages/places.html",
        "Địa phương",
        f"{len(site_model.provinces)} tỉnh, thành phố và {number(site_model.commune_count)} xã, phường, đặc khu: nơi nào có kế hoạch trên trang này.",
        lambda: {
            "plan_counts": count_by_province(site_model),
            "former": {
                code: [
                    old.name
                    for old in site_model.dissolved
                    if code in old.successors and old.code in site_model.plans_of
                ]
                for code in (place.code for place in site_model.provinces)
            },
            "letters": by_letter(
                in_order([site_model.places[code] for code in site_model.plans_of]),
                lambda place: place.short,
            ),
        },
    )
    yield Page(
        "ke-hoach/",
        "pages/plans.html",
        "Kế hoạch",
        "Các kế hoạch được công khai nguyên văn trên trang này.",
    )
    yield Page(
        "don-vi/",
        "pages/units.html",
        "Đơn vị, cơ quan",
        "Các loại cơ quan được giao hoặc được đề nghị thực hiện, và những việc của từng cơ quan.",
        lambda: {"letters": by_letter(site_model.units.values(), lambda unit: unit.unit.name)},
    )
    yield Page(
        "van-ban/",
        "pages/documents.html",
        "Văn bản",
        "Văn bản được các kế hoạch thực hiện hoặc viện dẫn.",
    )
    yield Page(
        "cam-ket/",
        "pages/commitments.html",
        "Cam kết",
        "Mọi nhiệm vụ, trách nhiệm, chỉ tiêu, mốc thời gian trong các kế hoạch.",
        lambda: {
            "listed": not is_large(site_model.plans),
            "plan_counts": count_by_province(site_model),
        },
    )
    yield Page(
        "chi-tieu/",
        "pages/targets.html",
        "Chỉ tiêu đặt cạnh nhau",
        "Các chỉ tiêu có con số, đặt cạnh nhau theo đúng cái được đo, dẫn tới từng điều khoản.",
        lambda: {
            "listed": {
                measure: listed_targets(site_model, targets)
                for _, measures in site_model.topics
                for measure, targets in measures
            }
        },
    )
    yield from update_pages(site_model)
    yield Page(
        "so-sanh/",
        "pages/compare.html",
        "Đặt các kế hoạch cạnh nhau",
        "Hai hoặc ba kế hoạch cạnh nhau: chỉ tiêu, đơn vị, thời hạn, chế độ báo cáo.",
    )
    yield Page(
        "tim-kiem/",
        "pages/search.html",
        "Tìm kiếm",
        "Tìm trong các kế hoạch, có dấu hoặc không dấu.",
    )
    yield Page(
        "404.html",
        "pages/missing.html",
        "Không có trang này",
        "Địa chỉ này không có trang nào.",
        listed=False,
    )


def update_pages(site_model: SiteModel) -> Iterator[Page]:
    """The newest changes; when there are more, a page with all of each year."""
    words = "Kế hoạch mới, kế hoạch được sửa, báo cáo mới; mới nhất ở trên."
    years = changes_by_year(site_model)
    yield Page(
        "cap-nhat/",
        "pages/updates.html",
        "Cập nhật",
        words,
        lambda: {"changes": site_model.changes[:LISTED_CHANGES], "year": None, "years": years},
    )
    for year, changes in years.items():
        yield Page(
            f"cap-nhat/{year}/",
            "pages/updates.html",
            f"Cập nhật năm {year}",
            words,
            lambda year=year, changes=changes: {"changes": changes, "year": year, "years": {}},
        )


def calendar_page(site_model: SiteModel) -> Page:
    """All due days; when the site is large, what is next, and the way to each province's years."""
    large = is_large(site_model.plans)
    days = (
        (lambda: list(islice(days_ahead(site_model), NEXT_DAYS)))
        if large
        else (lambda: list(site_model.calendar))
    )
    return Page(
        "lich/",
        "pages/calendar.html",
        "Lịch thời hạn và báo cáo",
        "Việc gì đến hạn vào tháng nào, báo cáo nào phải có trước ngày nào.",
        lambda: calendar_context(
            days(), provinces=due_days_by_province(site_model) if large else ()
        ),
    )


def unit_pages(
    site_model: SiteModel, view: UnitView, plans_in: Mapping[str, Sequence[PlanView]]
) -> Iterator[Page]:
    """A unit's page with all it answers for; in a large site with the plans, or with the provinces and a page for each."""
    provinces = unit_by_province(site_model, view) if unit_is_long(view) else []
    yield Page(
        view.address,
        "pages/unit.html",
        f"{view.unit.name}: trách nhiệm trong các kế hoạch",
        f"{view.unit.name} chủ trì, phối hợp, thực hiện những việc gì trong các kế hoạch đã công khai.",
        lambda: {
            "view": view,
            "place": None,
            "provinces": provinces,
            "in_full": None
            if provinces or is_large(site_model.plans)
            else [(plan, share, duties_of(plan, view.id)) for plan, share in view.shares],
        },
    )
    for place, part in provinces:
        yield Page(
            part.address,
            "pages/unit.html",
            f"{view.unit.name}, {place.name}: trách nhiệm trong các kế hoạch",
            f"{view.unit.name} chủ trì, phối hợp, thực hiện những việc gì trong các kế hoạch của {place.name} và các xã, phường, đặc khu.",
            lambda place=place, part=part: {
                "view": part,
                "place": place,
                "provinces": (),
                "in_full": None,
            },
            of=(place, *plans_in[place.code]),
        )


def duties_of(plan: PlanView, unit: str) -> UnitDuties:
    """What a plan gives one of its units to do."""
    return next(duties for duties in plan.open().duties if duties.unit == unit)


def province_pages(site_model: SiteModel) -> Iterator[Page]:
    """A page for every province, and for those that were dissolved."""
    for province in site_model.provinces:
        yield Page(
            province.address,
            "pages/province.html",
            capital(province.name),
            f"{capital(province.name)}: các xã, phường, đặc khu và những kế hoạch được công khai ở đây.",
            lambda province=province: {
                "place": province,
                "rollup": roll_up_place(site_model, province),
                "communes": (communes := site_model.communes.get(province.code, ())),
                "published": [
                    commune for commune in communes if commune.code in site_model.plans_of
                ],
                "unpublished": [
                    commune for commune in communes if commune.code not in site_model.plans_of
                ],
                "predecessors": [
                    old
                    for old in site_model.dissolved
                    if old.level == "province" and province.code in old.successors
                ],
                "obliged": [
                    coverage
                    for programme in site_model.programmes.values()
                    for coverage in programme.coverage
                    if coverage.places and coverage.places[0].province == province.code
                ],
            },
        )
    for place in site_model.dissolved:
        if place.level == "province":
            yield place_page(site_model, place)
