"""Which pages exist: address, title, template, and what each template is given.

Comes in: the `SiteModel`. Goes out: one `Page` for each address that shows the whole
country; `province_pages` has those that one province is enough for. Nothing is rendered
here: a page's `context` is called when the page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from congkhai.data import registers, schema
from congkhai.model import routes
from congkhai.model.places import sort_places
from congkhai.model.plan_view import PlanView, UnitDuties
from congkhai.model.redirects import FormerName
from congkhai.model.site_model import Change, SiteModel, TopicView, UnitView, add_up_topic
from congkhai.model.views import Place
from congkhai.pages import dictionary, english, legal_basis, vocabulary
from congkhai.pages.embeds import measure_embeds, province_embed
from congkhai.pages.grouping import (
    HOME_DAYS,
    HOME_TOPICS,
    LISTED_CHANGES,
    MOST_FILTERED,
    NEXT_DAYS,
    by_letter,
    changes_by_province,
    changes_by_year,
    days_ahead,
    due_days_by_province,
    held_by_province,
    is_large,
    listed_targets,
    missed_reports,
    one_a_place,
    place_has_days,
    plans_by_province,
    rows_by_province,
    signs_of,
    unit_by_province,
    unit_days,
    unit_is_long,
    unit_rows,
)
from congkhai.pages.labels import (
    CHANGE_GROUPS,
    change_groups,
    count_of_topic,
    describe_withdrawn,
    shorten,
)
from congkhai.pages.page import Page
from congkhai.pages.pictures import national_picture_pages
from congkhai.pages.province_pages import calendar_context, place_page, roll_up_place
from congkhai.pages.shared_pictures import province_image
from congkhai.text.vietnamese import capital, dictionary_key, number

FEW_PLACES = 12
"""With a plan: so many are one list, more of them a list for each letter."""


def national_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the pages that show the whole country; of a large one no plan is opened."""
    yield from general_pages(site_model)
    yield from province_pages(site_model)
    for unit in site_model.units_with_page:
        yield unit_page(site_model, unit)
    yield from topic_pages(site_model)
    yield calendar_page(site_model)
    for document in site_model.documents.values():
        name = document.name
        if not document.document.number:
            name += f", {document.document.issuer}"
        yield Page(
            document.address,
            "pages/document.html",
            name,
            shorten(f"{name} của {document.document.issuer}: {document.document.title}"),
            partial(dict, view=document),
        )
    for programme in site_model.programmes.values():
        yield Page(
            programme.address,
            "pages/programme.html",
            programme.programme.name,
            f"Từ văn bản cấp trên đến kế hoạch của từng địa phương: {programme.programme.name}.",
            partial(dict, view=programme),
        )


def general_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the pages of which a site has one each."""
    yield home_page(site_model)
    yield places_page(site_model)
    yield from list_pages(site_model)
    yield data_page(site_model)
    yield english_page(site_model)
    yield from update_pages(site_model)
    yield from withdrawn_pages(site_model)
    yield from tool_pages()
    yield from national_picture_pages(site_model)
    yield from measure_embeds(site_model)


def home_page(site_model: SiteModel) -> Page:
    """Return the first page: which commune, which topic; then the record, and days around today."""
    return Page(
        routes.HOME,
        "pages/home.html",
        "Xã, phường của bạn có kế hoạch làm gì, ai làm, đã báo cáo gì?",
        "Gõ tên xã, phường để xem kế hoạch của nơi bạn ở: từng việc, cơ quan nào làm, hạn nào, đã"
        " có báo cáo chưa.",
        partial(home_context, site_model),
    )


def home_context(site_model: SiteModel) -> Mapping[str, Any]:
    """Return what the first page shows."""
    unsettled = (day for day in days_ahead(site_model) if not day.settled)
    per_sign, groups = signs_of(site_model.rollup)
    dated = (change for change in site_model.changes if change.day and not change.entry.is_reading)
    return {
        "topics": [view for view in site_model.topics.values() if view.plans][:HOME_TOPICS],
        "examples": search_examples(site_model),
        "groups": groups,
        "per_sign": per_sign,
        "missed": list(islice(one_a_place(missed_reports(site_model)), HOME_DAYS)),
        "upcoming": list(islice(one_a_place(unsettled), HOME_DAYS)),
        "news": next(dated, None),
    }


def search_examples(site_model: SiteModel) -> list[str]:
    """List what could be typed: a place with a plan, the body with most to do, a document."""
    places = [
        view.place.short
        for view in site_model.plans_in_force
        if view.issuer.speaks_for_place and view.place.until is None
    ]
    # Not «Các sở, ban, ngành»: nobody looks for a group.
    units = [
        view
        for view in site_model.units_with_page
        if view.total
        and view.unit.until is None
        and view.unit.nature not in ("group", "government")
    ]
    documents = [view for view in site_model.documents.values() if view.document.number]
    examples = places[:1]
    if units:
        examples.append(max(units, key=lambda view: view.total).unit.name)
    if documents:
        examples.append(max(documents, key=lambda view: len(view.citations)).label)
    return examples


def _listed_districts(site_model: SiteModel) -> Iterator[Place]:
    """Yield the districts that had a row of their own on the list of places."""
    register = site_model.localities.districts
    listed = {
        code
        for by_code in (register.provinces.values() if register is not None else ())
        for code, district in by_code.items()
        if district.listed
    }
    for districts in site_model.districts.values():
        yield from (district for district in districts if district.code in listed)


def _where_changed(site_model: SiteModel, change: registers.LocalityChange) -> str:
    """Name the one place that a change is about, or the provinces of several."""
    changed = [
        site_model.places[code]
        for code in dict.fromkeys((*change.names, *change.provinces))
        if code in site_model.places
    ]
    if len(changed) == 1:
        return changed[0].name
    provinces = (
        site_model.places[place.province or place.code]
        for place in changed
        if (place.province or place.code) in site_model.places
    )
    return "các nơi ở " + ", ".join(dict.fromkeys(province.name for province in provinces))


def places_page(site_model: SiteModel) -> Page:
    """Return the list of provinces, of places with a plan, and of dissolved places."""

    def context() -> Mapping[str, Any]:
        with_plans = [place for place in site_model.dissolved if place.code in site_model.plans_of]
        held = held_by_province(site_model)
        places = sort_places([site_model.places[code] for code in site_model.plans_of])
        return {
            "listed_districts": list(_listed_districts(site_model)),
            "changes": [
                (change, _where_changed(site_model, change))
                for change in site_model.locality_changes
            ],
            "held": held,
            "nation": site_model.places[schema.NATION] if schema.NATION in held else None,
            "former": {
                province.code: [
                    place.name for place in with_plans if province.code in place.successors
                ]
                for province in site_model.provinces
            },
            "letters": by_letter(places, lambda place: place.short)
            if len(places) > FEW_PLACES
            else [("", places)],
        }

    return Page(
        routes.PLACES,
        "pages/places.html",
        "Địa phương",
        f"{len(site_model.provinces)} tỉnh, thành phố và {number(site_model.commune_count)} xã,"
        " phường, đặc khu: nơi nào đã có kế hoạch trên trang web này.",
        context,
    )


def list_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the lists of plans, units, documents, commitments and targets."""
    yield Page(
        routes.PLANS,
        "pages/plans.html",
        "Kế hoạch",
        "Nguyên văn các kế hoạch trên trang web này.",
    )
    yield Page(
        routes.UNITS,
        "pages/units.html",
        "Cơ quan, đơn vị",
        "Các cơ quan, đơn vị được giao việc hoặc được đề nghị, và việc của từng cơ quan.",
        lambda: {
            "rows": unit_rows(site_model),
            "others": [view for view in site_model.units_with_page if not view.total],
        },
    )
    yield Page(
        routes.DOCUMENTS,
        "pages/documents.html",
        "Văn bản",
        "Các văn bản mà kế hoạch thực hiện hoặc nhắc đến.",
    )
    yield Page(
        routes.COMMITMENTS,
        "pages/commitments.html",
        "Các việc trong kế hoạch",
        "Tất cả nhiệm vụ, chỉ tiêu và việc của từng cơ quan trong các kế hoạch.",
        lambda: {
            "listed": not is_large(site_model.plans),
            "held": held_by_province(site_model),
            "asks_for_province": site_model.rollup.total > MOST_FILTERED,
        },
    )
    yield Page(
        routes.TARGETS,
        "pages/targets.html",
        "Chỉ tiêu của các nơi",
        "Chỉ tiêu của các nơi, xếp theo điều được đo, kèm đường dẫn tới từng mục của kế hoạch.",
        lambda: {
            "listed": {
                measure: listed_targets(site_model, targets)
                for _, measures in site_model.target_groups
                for measure, targets in measures
            }
        },
    )


def data_page(site_model: SiteModel) -> Page:
    """Return the page that says what open data there is, column by column."""

    def context() -> Mapping[str, Any]:
        tables = dictionary.read_tables()
        large = is_large(site_model.plans)
        return {
            "tables": list(tables.values()),
            "titles": {name: table.title for name, table in tables.items()},
            "folders": [place for place, _ in plans_by_province(site_model)] if large else [],
            "types": dictionary.TYPES,
            "codes": dictionary.CODES,
            "english_codes": english.CODES,
            "code_titles": dictionary.CODE_TITLES,
            "version": dictionary.VERSION,
            "json_files": dictionary.JSON_FILES,
            "terms": vocabulary.read_terms(),
            "stratml": vocabulary.read_stratml(),
        }

    return Page(
        routes.DATA,
        "pages/data.html",
        "Dữ liệu mở",
        "Bảng kế hoạch, việc, phân công, thời hạn, báo cáo, thay đổi cho Excel và chương trình.",
        context,
    )


def english_page(site_model: SiteModel) -> Page:
    """Return the page for readers of English: what this is, how to read it, where the data is."""
    owed = site_model.rollup.owed
    return Page(
        routes.ENGLISH,
        "pages/english.html",
        "In English",
        "Plans of public bodies in Viet Nam, word for word, with reports: how to read this site.",
        lambda: {
            "language": "en",
            "terms": english.terms(),
            "names": english.names(site_model),
            "total": f"{owed.total:,}",
            "reported": f"{owed.reported:,}",
            "asked": f"{site_model.rollup.asked_total:,}",
        },
    )


def topic_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the list of topics, and a page for each.

    The page lists the commitments; of a large site only how many there are in which plan.
    """
    topics = [view for view in site_model.topics.values() if view.plans]
    yield Page(
        routes.TOPICS,
        "pages/topics.html",
        "Chủ đề",
        "Các việc trong kế hoạch theo chủ đề hằng ngày: môi trường, trường học, y tế…",
        lambda: {
            "topics": topics,
            "empty": [view for view in site_model.topics.values() if not view.plans],
        },
    )
    for view in site_model.topics.values():
        yield Page(
            view.address,
            "pages/topic.html",
            f"{view.topic.name}: việc trong các kế hoạch",
            f"{count_of_topic(view.count)} nói về {view.topic.name.lower()} trong"
            f" {number(len(view.plans))} kế hoạch: nguyên văn, ai làm, hạn nào, đã báo cáo chưa.",
            partial(topic_context, site_model, view),
            listed=bool(view.plans),
        )


def topic_context(site_model: SiteModel, view: TopicView) -> Mapping[str, Any]:
    """Return what a topic's page shows: its commitments by plan, in the order of places."""
    plans = sorted(
        view.plans,
        key=lambda pair: (
            pair[0].place.level != "central",
            dictionary_key(pair[0].issuer.name),
            pair[0].id,
        ),
    )
    in_full = not is_large(site_model.plans)
    return {
        "view": view,
        "plans": [
            (
                plan,
                count,
                [one for one in plan.open().commitments if view.id in one.topics]
                if in_full
                else (),
            )
            for plan, count in plans
        ],
        "provinces": []
        if in_full
        else [
            (province, add_up_topic(view.id, (count for _, count in rows)), rows)
            for province, rows in rows_by_province(plans, site_model)
        ],
    }


def tool_pages() -> Iterator[Page]:
    """Yield the pages to compare, to search, to tell of mistakes, of the law and of no address."""
    yield Page(
        routes.COMPARISON,
        "pages/compare.html",
        "So sánh kế hoạch",
        "So sánh hai hoặc ba kế hoạch: chỉ tiêu, cơ quan, thời hạn, chế độ báo cáo.",
    )
    yield Page(
        routes.SEARCH,
        "pages/search.html",
        "Tìm kiếm",
        "Tìm trong các kế hoạch, có dấu hoặc không dấu.",
    )
    yield Page(
        routes.REPORT_ERROR,
        "pages/report_error.html",
        "Báo sai",
        "Thấy chỗ sai trên trang web này thì báo ở đâu, ghi những gì.",
    )
    yield Page(
        routes.REPORTING,
        "pages/reporting.html",
        "Làm báo cáo",
        "Dành cho cán bộ: làm báo cáo, đính chính, trả lời ngay trong trình duyệt.",
    )
    yield Page(
        routes.LEGAL_BASIS,
        "pages/legal_basis.html",
        "Căn cứ pháp luật",
        "Pháp luật đòi hỏi gì khi công khai kế hoạch, trang web này làm điều đó ở đâu; kèm nguồn.",
        lambda: {
            "texts": legal_basis.read_legal_texts(),
            "certainty": legal_basis.CERTAINTY,
            "done": legal_basis.DONE,
        },
    )
    yield Page(
        routes.UNKNOWN,
        "pages/missing.html",
        "Không tìm thấy trang",
        "Không tìm thấy trang ở địa chỉ này.",
        listed=False,
    )


def update_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield the newest changes; when there are more, a page with all of each year."""
    description = "Kế hoạch mới, kế hoạch được sửa, báo cáo mới; mới nhất ở trên."
    years = changes_by_year(site_model)
    yield Page(
        routes.UPDATES,
        "pages/updates.html",
        "Cập nhật",
        description,
        partial(updates_context, site_model, site_model.changes[:LISTED_CHANGES], years=years),
    )
    for year, changes in years.items():
        yield Page(
            routes.updates_of_year(year),
            "pages/updates.html",
            f"Cập nhật năm {year}",
            description,
            partial(updates_context, site_model, changes, year=year),
        )


def withdrawn_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield a page for each plan that is gone, and one for each report on it that leads there."""
    for plan in site_model.withdrawn:
        title = describe_withdrawn(plan)
        yield Page(
            plan.address,
            "pages/plan_removed.html",
            title,
            shorten(
                f"{plan.title} của {plan.issuer} từng được đăng trên trang web này và đã được gỡ."
            ),
            partial[dict[str, Any]](dict, plan=plan),
            of=(plan,),
            listed=False,
        )
        for address in plan.reports:
            yield Page(
                address,
                "pages/moved.html",
                title,
                "Báo cáo này được gỡ cùng kế hoạch.",
                partial[dict[str, Any]](dict, target=plan.address),
                of=(plan,),
                listed=False,
            )


def moved_page(former: FormerName) -> Page:
    """Return the page at a former address, which leads on to the present one."""
    old, new = (name.removesuffix("index.html") for name in (former.old, former.new))
    return Page(
        old,
        "pages/moved.html",
        "Trang này đã chuyển sang địa chỉ khác",
        "Trang này đã chuyển sang địa chỉ khác.",
        partial[dict[str, Any]](dict, target=new),
        listed=False,
    )


def updates_context(
    site_model: SiteModel,
    changes: Sequence[Change],
    year: int | None = None,
    years: Mapping[int, Sequence[Change]] | None = None,
) -> Mapping[str, Any]:
    """Return what a page of changes shows, and by which kinds and places it can be filtered."""
    groups = {group for change in changes for group in change_groups(change)}
    codes = {change.plan.place.code for change in changes}
    codes |= {change.plan.place.province or change.plan.place.code for change in changes}
    places = sort_places([site_model.places[code] for code in codes])
    return {
        "provinces": changes_by_province(site_model, changes),
        "withdrawn": [
            plan
            for plan in site_model.withdrawn
            if year is None or (plan.day and plan.day.year == year)
        ],
        "registers": [
            change
            for change in site_model.register_changes
            if year is None or (change.day and change.day.year == year)
        ],
        "year": year,
        "years": years or {},
        "knows_some": any(plan.dates_known for plan in site_model.plans.values()),
        "groups": [(name, words) for name, words in CHANGE_GROUPS.items() if name in groups],
        "places": [(routes.place_path(place.address), capital(place.name)) for place in places],
    }


def calendar_page(site_model: SiteModel) -> Page:
    """Return all due days; of a large site the next ones, and links to each province's years."""

    def context() -> Mapping[str, Any]:
        if is_large(site_model.plans):
            days = list(islice(days_ahead(site_model), NEXT_DAYS))
            return calendar_context(days, provinces=due_days_by_province(site_model))
        return calendar_context(site_model.calendar, provinces=())

    return Page(
        routes.CALENDAR,
        "pages/calendar.html",
        "Lịch hạn: việc đến hạn, báo cáo đến hạn",
        "Việc nào đến hạn tháng nào, báo cáo nào phải gửi trước ngày nào.",
        context,
    )


def unit_page(site_model: SiteModel, view: UnitView) -> Page:
    """Return a unit's page.

    The page says in full what the unit answers for, in a large site only how much in which plan;
    of a unit with a long list, only in which provinces.
    """
    is_long = unit_is_long(view)

    def context() -> Mapping[str, Any]:
        in_short = is_long or is_large(site_model.plans)
        return {
            "view": view,
            "is_long": is_long,
            "has_calendar": not is_large(site_model.plans) and bool(unit_days(view)),
            "has_workbook": not is_large(site_model.plans) and bool(view.shares),
            "provinces": unit_by_province(site_model, view),
            "in_full": None
            if in_short
            else [(plan, share, duties_of(plan, view.id)) for plan, share in view.shares],
        }

    return Page(
        view.address,
        "pages/unit.html",
        f"{view.unit.name}: việc trong các kế hoạch",
        f"{view.unit.name} chủ trì, phối hợp, thực hiện những việc gì trong các kế hoạch đã đăng.",
        context,
    )


def duties_of(plan: PlanView, unit: str) -> UnitDuties:
    """Return what a plan gives one of its units to do."""
    return next(duties for duties in plan.open().duties if duties.unit == unit)


def province_pages(site_model: SiteModel) -> Iterator[Page]:
    """Yield a page for every province, and for dissolved provinces and communes."""
    left: dict[str | None, list[Place]] = {}
    for place in site_model.places.values():
        if place.level == "commune":
            for code in _provinces_left(place):
                left.setdefault(code, []).append(place)
    for province in site_model.provinces:
        yield Page(
            province.address,
            "pages/province.html",
            capital(province.name),
            f"{capital(province.name)}: các xã, phường, đặc khu và những kế hoạch đã đăng"
            " trên trang web này.",
            partial(province_context, site_model, province, left.get(province.code, ())),
            partial(province_image, province, site_model),
        )
        yield from province_embed(site_model, province)
    with_plans = {*site_model.plans_of, *site_model.plans_of_bodies}
    for place in site_model.dissolved:
        # Those with plans have a page among their plans'.
        if place.level == "province" or not (place.anchor or place.code in with_plans):
            yield place_page(site_model, place)


def province_context(
    site_model: SiteModel, province: Place, left: Sequence[Place]
) -> Mapping[str, Any]:
    """Return what a province's page shows: its communes with and without a plan, its coverage.

    `left`: communes that were its own and are dissolved, or lie elsewhere now.
    `obliged`: how many communes carry out a document that obliges all of the province's to.
    """
    communes = site_model.communes.get(province.code, ())
    predecessors = [
        place
        for place in site_model.dissolved
        if place.level == "province" and province.code in place.successors
    ]
    unpublished = [place for place in communes if place.code not in site_model.plans_of]
    return {
        "place": province,
        "rollup": roll_up_place(site_model, province),
        "has_calendar": place_has_days(site_model, province),
        "has_workbook": any(home is province for home, _ in plans_by_province(site_model)),
        "communes": communes,
        "published": [place for place in communes if place.code in site_model.plans_of],
        "unpublished": unpublished,
        "letters": by_letter(unpublished, lambda place: place.short),
        "predecessors": predecessors,
        "left": left,
        "known_plans": [
            (place, *known)
            for place in (province, *predecessors)
            for known in site_model.known_plans(place)
            if place is province or known[1].state != "unknown"
        ],
        "obliged": [
            coverage
            for programme in site_model.programmes.values()
            for coverage in programme.coverage
            if coverage.places and coverage.places[0].province == province.code
        ],
    }


def _provinces_left(place: Place) -> set[str | None]:
    """Return the provinces that a commune was in: when it was dissolved, or before it moved."""
    if place.until is not None:
        return {place.province}
    return {former.province for former in place.former} - {place.province}
