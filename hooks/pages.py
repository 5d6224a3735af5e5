"""Which pages exist: address, title, template, and what each is told.

Comes in: the `Atlas`. Goes out: one `Page` per address of the contract. Nothing is
rendered here; `context` is called when a page is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hooks.assign import follows
from hooks.atlas import Atlas, CalendarDay, UnitView
from hooks.gazetteer import in_order
from hooks.labels import STATUSES, capital, report_period, shorten, years
from hooks.shards import (
    LISTED_CHANGES,
    LISTED_DAYS,
    by_letter,
    by_month,
    calendar_by_province,
    changes_by_year,
    count_by_province,
    listed_targets,
    unit_by_province,
    unit_is_long,
)
from hooks.states import add_up
from hooks.text import number
from hooks.views import Place, PlanView, ReportView, RollUp

LISTED_PLANS = 40
"""The page of all commitments lists those of so many plans at most: it has to open on a phone."""

NEXT_DAYS = 60
"""Due days on the calendar's first page when the calendar is long."""

Context = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    address: str
    """From the root; ends with `/` for a folder's index, or is a file name."""
    template: str
    title: str
    description: str
    context: Context = dict
    listed: bool = True
    """In the sitemap: not so what nobody is to find."""


def site_pages(atlas: Atlas) -> Iterator[Page]:
    """Every generated page, hand-written ones apart."""
    yield from general_pages(atlas)
    yield from place_pages(atlas)
    for plan in atlas.plans.values():
        yield from plan_pages(atlas, plan)
    for unit in atlas.units.values():
        yield from unit_pages(atlas, unit)
    yield from calendar_pages(atlas)
    for document in atlas.documents.values():
        yield Page(
            document.address, "pages/document.html", f"{document.document.type} {document.label}",
            shorten(f"{document.document.type} {document.label} của {document.document.issuer}: {document.document.title}"),
            lambda document=document: {"view": document},
        )
    for programme in atlas.programmes.values():
        yield Page(
            programme.address, "pages/programme.html", programme.programme.name,
            f"Từ văn bản gốc đến kế hoạch của từng địa phương: {programme.programme.name}.",
            lambda programme=programme: {"view": programme},
        )


def general_pages(atlas: Atlas) -> Iterator[Page]:
    """The pages that stand once."""
    yield Page(
        "", "pages/home.html", "Công khai kế hoạch: địa phương cam kết gì, ai làm, đã báo cáo gì",
        "Tra cứu kế hoạch của xã, phường, tỉnh: cam kết việc gì, cơ quan nào chủ trì, hạn đến bao giờ và đã có báo cáo chưa.",
        lambda: {
            "upcoming": [day for day in atlas.calendar if not day.passed and not day.settled][:6],
            "gone": [place for place in atlas.dissolved if place.code in atlas.plans_of],
            "news": [change for change in atlas.changes if change.day][:5],
            "newest": list(atlas.plans.values())[:8],
        },
    )
    yield Page(
        "dia-phuong/", "pages/places.html", "Địa phương",
        f"{len(atlas.provinces)} tỉnh, thành phố và {number(atlas.commune_count)} xã, phường, đặc khu: nơi nào có kế hoạch trên trang này.",
        lambda: {
            "plan_counts": count_by_province(atlas),
            "former": {
                code: [old.name for old in atlas.dissolved if code in old.successors and old.code in atlas.plans_of]
                for code in (place.code for place in atlas.provinces)
            },
            "letters": by_letter(in_order([atlas.places[code] for code in atlas.plans_of]), lambda place: place.short),
        },
    )
    yield Page("ke-hoach/", "pages/plans.html", "Kế hoạch", "Các kế hoạch được công khai nguyên văn trên trang này.")
    yield Page(
        "don-vi/", "pages/units.html", "Đơn vị, cơ quan",
        "Các loại cơ quan được giao hoặc được đề nghị thực hiện, và những việc của từng cơ quan.",
        lambda: {"letters": by_letter(atlas.units.values(), lambda unit: unit.unit.name)},
    )
    yield Page("van-ban/", "pages/documents.html", "Văn bản", "Văn bản được các kế hoạch thực hiện hoặc viện dẫn.")
    yield Page(
        "cam-ket/", "pages/commitments.html", "Cam kết",
        "Mọi nhiệm vụ, trách nhiệm, chỉ tiêu, mốc thời gian trong các kế hoạch.",
        lambda: {"listed": len(atlas.plans) <= LISTED_PLANS, "plan_counts": count_by_province(atlas)},
    )
    yield Page(
        "chi-tieu/", "pages/targets.html", "Chỉ tiêu đặt cạnh nhau",
        "Các chỉ tiêu có con số, đặt cạnh nhau theo đúng cái được đo, dẫn tới từng điều khoản.",
        lambda: {"listed": {measure: listed_targets(atlas, targets) for _, measures in atlas.topics for measure, targets in measures}},
    )
    yield from update_pages(atlas)
    yield Page("so-sanh/", "pages/compare.html", "Đặt các kế hoạch cạnh nhau", "Hai hoặc ba kế hoạch cạnh nhau: chỉ tiêu, đơn vị, thời hạn, chế độ báo cáo.")
    yield Page("tim-kiem/", "pages/search.html", "Tìm kiếm", "Tìm trong các kế hoạch, có dấu hoặc không dấu.")
    yield Page("404.html", "pages/missing.html", "Không có trang này", "Địa chỉ này không có trang nào.", listed=False)


def update_pages(atlas: Atlas) -> Iterator[Page]:
    """The newest changes; when there are more, a page with all of each year."""
    words = "Kế hoạch mới, kế hoạch được sửa, báo cáo mới; mới nhất ở trên."
    years = changes_by_year(atlas)
    yield Page("cap-nhat/", "pages/updates.html", "Cập nhật", words, lambda: {"changes": atlas.changes[:LISTED_CHANGES], "year": None, "years": years})
    for year, changes in years.items():
        yield Page(f"cap-nhat/{year}/", "pages/updates.html", f"Cập nhật năm {year}", words, lambda year=year, changes=changes: {"changes": changes, "year": year, "years": {}})


def calendar_pages(atlas: Atlas) -> Iterator[Page]:
    """One page of all due days; when that is too long, what is next, and a page for each province and year."""
    long = len(atlas.calendar) > LISTED_DAYS
    provinces = calendar_by_province(atlas) if long else []

    def context(days: Iterable[CalendarDay], **more: Any) -> dict[str, Any]:
        days = list(days)
        return {
            "ahead": by_month(day for day in days if not day.passed),
            "past": by_month(day for day in days if day.passed)[::-1],
            "provinces": (), "place": None, "feed": "lich.ics", **more,
        }

    yield Page(
        "lich/", "pages/calendar.html", "Lịch thời hạn và báo cáo",
        "Việc gì đến hạn vào tháng nào, báo cáo nào phải có trước ngày nào.",
        lambda: context([day for day in atlas.calendar if not day.passed][:NEXT_DAYS], provinces=provinces) if long else context(atlas.calendar),
    )
    for place, by_year in provinces:
        for year, days in by_year.items():
            yield Page(
                f"lich/{place.slug}/{year}/", "pages/calendar.html", f"Lịch năm {year}: {place.name}",
                f"Việc gì đến hạn trong năm {year} ở {place.name}, báo cáo nào phải có trước ngày nào.",
                lambda place=place, year=year, days=days: context(days, place=place, year=year, feed=f"lich/{place.slug}.ics"),
            )


def unit_pages(atlas: Atlas, view: UnitView) -> Iterator[Page]:
    """A unit's page with all it answers for; when that is too long, with the provinces, and a page for each."""
    provinces = unit_by_province(atlas, view) if unit_is_long(view) else []
    yield Page(
        view.address, "pages/unit.html", f"{view.unit.name}: trách nhiệm trong các kế hoạch",
        f"{view.unit.name} chủ trì, phối hợp, thực hiện những việc gì trong các kế hoạch đã công khai.",
        lambda: {"view": view, "place": None, "provinces": provinces, "in_full": not provinces},
    )
    for place, part in provinces:
        yield Page(
            part.address, "pages/unit.html", f"{view.unit.name}, {place.name}: trách nhiệm trong các kế hoạch",
            f"{view.unit.name} chủ trì, phối hợp, thực hiện những việc gì trong các kế hoạch của {place.name} và các xã, phường, đặc khu.",
            lambda place=place, part=part: {"view": part, "place": place, "provinces": (), "in_full": False},
        )


def place_pages(atlas: Atlas) -> Iterator[Page]:
    """A page for every province, for every commune with a plan, for dissolved provinces."""
    for province in atlas.provinces:
        yield Page(
            province.address, "pages/province.html", capital(province.name),
            f"{capital(province.name)}: các xã, phường, đặc khu và những kế hoạch được công khai ở đây.",
            lambda province=province: {
                "place": province,
                "rollup": roll_up_place(atlas, province),
                "communes": (communes := atlas.communes.get(province.code, ())),
                "published": [commune for commune in communes if commune.code in atlas.plans_of],
                "unpublished": [commune for commune in communes if commune.code not in atlas.plans_of],
                "predecessors": [old for old in atlas.dissolved if old.level == "province" and province.code in old.successors],
                "obliged": [
                    coverage for programme in atlas.programmes.values() for coverage in programme.coverage
                    if coverage.places and coverage.places[0].province == province.code
                ],
            },
        )
    by_name: dict[str, list[Place]] = {}
    for place in atlas.places.values():
        by_name.setdefault(place.short, []).append(place)
    for place in atlas.places.values():
        if place.level != "province" and "#" not in place.address:
            yield Page(place.address, "pages/place.html", capital(place.name), _describe_place(atlas, place),
                       lambda place=place: place_context(atlas, place, by_name[place.short]))
        elif place.level == "province" and place.until is not None:
            yield Page(place.address, "pages/place.html", f"{capital(place.name)} (đến {place.until})",
                       _describe_place(atlas, place), lambda place=place: place_context(atlas, place, by_name[place.short]))


def place_context(atlas: Atlas, place: Place, of_one_name: Iterable[Place]) -> Mapping[str, Any]:
    """What the page of a commune, or of a dissolved province, is told."""
    return {"place": place, "namesakes": namesakes(of_one_name, place), "rollup": roll_up_place(atlas, place)}


def roll_up_place(atlas: Atlas, place: Place) -> RollUp:
    """All commitments of a locality's own plans that count."""
    return add_up(view.rollup for view in atlas.plans_of.get(place.code, ()) if view.counts)


def namesakes(places: Iterable[Place], place: Place) -> list[Place]:
    """Of `places` of one name, the others in the same province or dissolved: readers mix them up."""
    return [
        other for other in places
        if other.code != place.code and (other.until is not None or other.level == "province" or other.province == place.province)
    ]


def _describe_place(atlas: Atlas, place: Place) -> str:
    parent = atlas.places[place.province].name if place.province else ""
    where = f"{capital(place.name)}, {parent}" if parent else capital(place.name)
    return f"{where}: kế hoạch đã công khai, đơn vị được giao, thời hạn và báo cáo."


def plan_pages(atlas: Atlas, view: PlanView) -> Iterator[Page]:
    """A plan's own page, and one for each of its reports."""
    subject = atlas.programmes[view.programme].programme.subject
    counted = f"{len(view.commitments)} cam kết, {len(view.units)} đơn vị"
    title = f"{capital(view.place.name)}: kế hoạch {subject} {years(view.plan.period)}"
    yield Page(
        view.address, "pages/plan.html", title,
        shorten(f"{capital(view.place.name)} cam kết gì, ai chủ trì, hạn khi nào: {counted}. {view.plan.document.title}", 240),
        lambda: {
            "view": view,
            "plan_notes": view.notes.get("plan", ()),
            "figures_within": bool(view.targets) and not any(kind == "target" for kind, _ in view.kinds),
        },
    )
    for path in view.plan.former_paths:
        yield Page(
            f"ke-hoach/{path}/", "pages/moved.html", title, "Trang này đã chuyển sang địa chỉ mới.", lambda: {"target": view.address}, listed=False,
        )
    for report in view.reports:
        unit = atlas.units[report.report.unit].unit.name
        yield Page(
            report.address, "pages/report.html", f"Báo cáo {report_period(report.report.period)} của {unit}, {view.place.name}",
            f"{unit} báo cáo kỳ {report_period(report.report.period)} về {len(report.report.entries)} mục của kế hoạch.",
            lambda report=report: report_context(atlas, view, report),
        )


def report_context(atlas: Atlas, view: PlanView, report: ReportView) -> Mapping[str, Any]:
    """What a report's page is told: every line with its item, and whose work it is about.

    `lines`: (item, line, whether it is the first about that item); `words`: how often the
    unit says what; `stands_for`: dissolved units that the plan names and this one follows.
    """
    lines = []
    seen: set[str] = set()
    for entry in report.report.entries:
        commitment = view.by_item[entry.item]
        line = next(line for line in commitment.history if line.entry is entry)
        lines.append((commitment, line, entry.item not in seen))
        seen.add(entry.item)
    units = {name: unit.unit for name, unit in atlas.units.items()}
    assigned = dict.fromkeys(assignment.unit for commitment, _, _ in lines for assignment in commitment.assignments)
    said = Counter(STATUSES[entry.status] if entry.status else "không có gì mới" if entry.unchanged else "số liệu" for entry in report.report.entries)
    return {
        "view": view,
        "report": report,
        "lines": lines,
        "words": said.most_common(),
        "stands_for": [unit for unit in assigned if unit != report.report.unit and follows(report.report.unit, unit, units)],
        "corrects": distinct(line.corrects for _, line, _ in lines),
        "corrected_by": distinct(line.corrected_by for _, line, _ in lines),
    }


def distinct(reports: Iterable[ReportView | None]) -> list[ReportView]:
    """Each report once, by file name."""
    return [report for _, report in sorted({report.file: report for report in reports if report}.items())]
