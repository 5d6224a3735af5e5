"""What a page says to programs: JSON-LD of schema.org, and the same subject in other formats.

Comes in: a page with what its template is given. Goes out: nodes for `<script
type="application/ld+json">`, which no browser runs, and alternates for `<link>`. They say what the
page says and nothing beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from congkhai.data.schema import NATION
from congkhai.model import routes
from congkhai.model.plan_view import OpenPlan, PlanView
from congkhai.model.references import number_and_symbol
from congkhai.model.site_model import DocumentView, ProgrammeView, SiteModel, UnitView
from congkhai.model.views import Commitment, Place, ReportView
from congkhai.pages import dictionary
from congkhai.pages.labels import plan_title, report_period
from congkhai.pages.site import Site
from congkhai.text.vietnamese import capital

Node = dict[str, Any]
Step = tuple[str, str]
"""Address from the root, and name."""

_GOVERNMENT = {"government", "state", "police"}
"""Natures of units that schema.org calls a GovernmentOrganization."""


class Alternate(NamedTuple):
    """The subject of a page in another format."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class StructuredData:
    """What programs are told of a page."""

    nodes: tuple[Node, ...]
    alternates: tuple[Alternate, ...] = ()

    @property
    def document(self) -> Node:
        """Return all nodes as one JSON-LD document."""
        return {"@context": "https://schema.org", "@graph": list(self.nodes)}


@dataclass(frozen=True, slots=True)
class _Subject:
    """A page, while its data are put together."""

    address: str
    title: str
    description: str
    context: Mapping[str, Any]
    site_model: SiteModel
    site: Site

    def url(self, address: str) -> str:
        return self.site.url + address


def describe(
    template: str,
    address: str,
    title: str,
    description: str,
    context: Mapping[str, Any],
    site_model: SiteModel | None,
    site: Site,
) -> StructuredData:
    """Return what a page says to programs; of many kinds nothing but what leads to it."""
    if site_model is None or template not in _DESCRIBED:
        return StructuredData(())
    subject = _Subject(address, title, description, context, site_model, site)
    trail, nodes, alternates = _DESCRIBED[template](subject)
    steps: list[Step] = [(routes.HOME, "Trang chủ"), *trail, (address, title)]
    return StructuredData((*nodes, *([_breadcrumb(subject, steps)] if address else [])), alternates)


_Described = tuple[list[Step], list[Node], tuple[Alternate, ...]]


def _breadcrumb(subject: _Subject, steps: list[Step]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": subject.url(address)}
            for number, (address, name) in enumerate(steps, 1)
        ],
    }


# ------------------------------------------------------------------ plans and below


@lru_cache(maxsize=1)  # the pages of a plan follow each other
def plan_alternates(plan_id: str) -> tuple[Alternate, ...]:
    """List the formats in which a plan can be had beside its pages."""
    folder = routes.plan(plan_id)
    return (
        Alternate("application/json", "Kế hoạch này, JSON", routes.plan_json(plan_id)),
        Alternate("application/yaml", "Kế hoạch này, YAML", f"{folder}plan.yml"),
        Alternate("text/markdown", "Kế hoạch này, Markdown", folder + routes.PLAN_MARKDOWN),
        _oembed(folder),
    )


def _oembed(address: str) -> Alternate:
    return Alternate("application/json+oembed", "Nhúng", routes.embed(address) + routes.OEMBED)


def _plan_node(subject: _Subject, view: PlanView) -> Node:
    document = view.document
    node: Node = {
        "@type": "Legislation",
        "@id": subject.url(view.address),
        "url": subject.url(view.address),
        "name": document.title,
        "legislationType": document.type_name,
        "inLanguage": "vi",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer},
        "spatialCoverage": _place_node(subject, view.place),
        "temporalCoverage": "/".join(
            str(year) for year in (view.period.start, view.period.end) if year
        ),
    }
    if document.number:
        node["legislationIdentifier"] = number_and_symbol(document.number, document.symbol)
    if document.date:
        node["legislationDate"] = document.date.iso()
    if view.parent:
        parent = subject.site_model.documents[view.parent]
        node["isBasedOn"] = subject.url(parent.address)
    return node


def _commitment_name(commitment: Commitment) -> str:
    return capital(commitment.reference)


def _describe_plan(subject: _Subject) -> _Described:
    view: PlanView = subject.context["view"]
    full: OpenPlan = subject.context["full"]
    node = _plan_node(subject, view)
    node["encoding"] = [
        {"@type": "MediaObject", "encodingFormat": one.type, "contentUrl": subject.url(one.address)}
        for one in plan_alternates(view.id)
        if "oembed" not in one.type
    ]
    node["hasPart"] = [
        {
            "@type": "Legislation",
            "@id": subject.url(commitment.address),
            "name": _commitment_name(commitment),
        }
        for commitment in full.commitments
    ]
    return _place_steps(subject, view.place), [node], plan_alternates(view.id)


def _describe_text(subject: _Subject) -> _Described:
    view: PlanView = subject.context["view"]
    steps = [*_place_steps(subject, view.place), _plan_step(subject, view)]
    return steps, [_plan_node(subject, view)], plan_alternates(view.id)


def _describe_commitment(subject: _Subject) -> _Described:
    view: PlanView = subject.context["view"]
    commitment: Commitment = subject.context["commitment"]
    node: Node = {
        "@type": "Legislation",
        "@id": subject.url(subject.address),
        "url": subject.url(subject.address),
        "name": _commitment_name(commitment),
        "text": commitment.words,
        "inLanguage": "vi",
        "isPartOf": {"@id": subject.url(view.address)},
    }
    leads = commitment.units("lead")
    if leads:
        node["legislationResponsible"] = [_unit_node(subject, unit) for unit in leads]
    steps = [*_place_steps(subject, view.place), _plan_step(subject, view)]
    return steps, [node], plan_alternates(view.id)[:1]


def _describe_report(subject: _Subject) -> _Described:
    view: PlanView = subject.context["view"]
    report: ReportView = subject.context["report"]
    node: Node = {
        "@type": "Report",
        "@id": subject.url(subject.address),
        "url": subject.url(subject.address),
        "name": subject.title,
        "datePublished": report.day.isoformat(),
        "temporalCoverage": report_period(report.period),
        "inLanguage": "vi",
        "author": _unit_node(subject, report.unit),
        "about": {"@id": subject.url(view.address)},
    }
    alternate = Alternate("application/yaml", "Báo cáo này, YAML", f"{report.address}bao-cao.yml")
    steps = [*_place_steps(subject, view.place), _plan_step(subject, view)]
    return steps, [node], (alternate,)


def _plan_step(subject: _Subject, view: PlanView) -> Step:
    return view.address, plan_title(subject.site_model, view)


# ------------------------------------------------------------------ places and bodies


def _place_steps(subject: _Subject, place: Place) -> list[Step]:
    places = subject.site_model.places
    above = [places[place.province]] if place.province else []
    named = [(one.address, capital(one.name)) for one in (*above, place)]
    return [(routes.PLACES, "Địa phương"), *named]


def _place_node(subject: _Subject, place: Place) -> Node:
    node: Node = {
        "@type": "AdministrativeArea",
        "@id": subject.url(place.address),
        "name": capital(place.name),
        "identifier": place.code,
    }
    if place.province:
        province = subject.site_model.places[place.province]
        node["containedInPlace"] = {
            "@type": "AdministrativeArea",
            "@id": subject.url(province.address),
            "name": capital(province.name),
        }
    return node


def _describe_place(subject: _Subject) -> _Described:
    place: Place = subject.context["place"]
    code = place.province or place.code
    alternate = Alternate(
        "application/json", "Tỉnh, thành phố này, JSON", routes.json_file("dia-phuong", code)
    )
    return _place_steps(subject, place)[:-1], [_place_node(subject, place)], (alternate,)


def _unit_node(subject: _Subject, unit_id: str, locality: str = NATION) -> Node:
    """Describe a unit, or with `locality` the body that it is there."""
    view = subject.site_model.units[unit_id]
    is_government = view.unit.nature in _GOVERNMENT
    node: Node = {
        "@type": "GovernmentOrganization" if is_government else "Organization",
        "@id": subject.url(view.address),
        "name": view.unit.name,
    }
    held = view.unit.electronic_codes.get(locality)
    if held:
        node["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": "Quyết định số 20/2020/QĐ-TTg",
            "value": held.code,
        }
    return node


def _unit_alternate(view: UnitView) -> Alternate:
    return Alternate("application/json", "Cơ quan này, JSON", routes.json_file("co-quan", view.id))


def _describe_unit(subject: _Subject) -> _Described:
    view: UnitView = subject.context["view"]
    steps: list[Step] = [(routes.UNITS, "Cơ quan")]
    return steps, [_unit_node(subject, view.id)], (_unit_alternate(view),)


def _describe_body(subject: _Subject) -> _Described:
    """Describe a unit in one place: the body itself, which the unit is the type of."""
    view: UnitView = subject.context["view"]
    place: Place = subject.context["place"]
    whole = routes.unit(view.id)
    node = _unit_node(subject, view.id, place.code) | {
        "@id": subject.url(subject.address),
        "name": f"{view.unit.name}, {place.name}",
        "additionalType": subject.url(whole),
        "areaServed": _place_node(subject, place),
    }
    steps: list[Step] = [(routes.UNITS, "Cơ quan"), (whole, view.unit.name)]
    return steps, [node], (_unit_alternate(view),)


# ------------------------------------------------------------------ documents, data


def _describe_document(subject: _Subject) -> _Described:
    view: DocumentView = subject.context["view"]
    document = view.document
    node: Node = {
        "@type": "Legislation",
        "@id": subject.url(subject.address),
        "name": document.title,
        "legislationType": document.type,
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer},
        "inLanguage": "vi",
    }
    if document.number:
        node["legislationIdentifier"] = number_and_symbol(document.number, document.symbol)
    if document.date:
        node["legislationDate"] = document.date.iso()
    return [(routes.DOCUMENTS, "Văn bản")], [node], ()


def _describe_programme(subject: _Subject) -> _Described:
    view: ProgrammeView = subject.context["view"]
    alternate = Alternate(
        "application/json", "Chương trình này, JSON", routes.json_file("chuong-trinh", view.id)
    )
    return [(routes.PLANS, "Kế hoạch")], [], (alternate,)


def _describe_data(subject: _Subject) -> _Described:
    site = subject.site
    tables = [] if subject.context["folders"] else list(dictionary.read_tables().values())
    files = [
        ("application/json", routes.JSON_INDEX),
        *(("text/csv", f"{routes.DATA}{table.file}.csv") for table in tables),
    ]
    node: Node = {
        "@type": "Dataset",
        "@id": subject.url(routes.DATA),
        "url": subject.url(routes.DATA),
        "name": site.name,
        "description": subject.description,
        "version": dictionary.VERSION,
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Country", "name": "Việt Nam"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": subject.url(address),
            }
            for media_type, address in files
        ],
    }
    if site.data_license:
        node["license"] = f"https://spdx.org/licenses/{site.data_license}.html"
    if site.operator:
        node["publisher"] = {"@type": "Organization", "name": site.operator}
    alternate = Alternate(
        "application/json", "Mô tả các bảng (Data Package)", f"{routes.DATA}datapackage.json"
    )
    return [], [node], (alternate,)


def _describe_home(subject: _Subject) -> _Described:
    node: Node = {
        "@type": "WebSite",
        "@id": subject.site.url,
        "url": subject.site.url,
        "name": subject.site.name,
        "inLanguage": "vi",
        "potentialAction": {
            "@type": "SearchAction",
            "target": subject.url(f"{routes.SEARCH}?q={{q}}"),
            "query-input": "required name=q",
        },
    }
    return [], [node], ()


_DESCRIBED: Mapping[str, Callable[[_Subject], _Described]] = {
    "pages/home.html": _describe_home,
    "pages/plan.html": _describe_plan,
    "pages/full_text.html": _describe_text,
    "pages/commitment.html": _describe_commitment,
    "pages/report.html": _describe_report,
    "pages/place.html": _describe_place,
    "pages/commune.html": _describe_place,
    "pages/province.html": _describe_place,
    "pages/unit.html": _describe_unit,
    "pages/body.html": _describe_body,
    "pages/document.html": _describe_document,
    "pages/programme.html": _describe_programme,
    "pages/data.html": _describe_data,
}
"""By template: what its pages are about."""
