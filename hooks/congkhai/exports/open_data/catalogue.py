"""The catalogue: which data sets there are, for portals that harvest (DCAT-AP, CKAN).

Comes in: the dictionary and which files each table has. Goes out: one graph, as JSON-LD and as
Turtle; and the same as the JSON harvester of CKAN reads it. A portal reads any of them from a fixed
address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json

from congkhai.model import routes
from congkhai.pages.dictionary import VERSION, read_tables
from congkhai.pages.site import Site

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_EUROPEAN = "http://publications.europa.eu/resource/authority/"
"""Lists of codes that DCAT-AP asks for."""
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGE = f"{_EUROPEAN}language/VIE"
_COUNTRY = f"{_EUROPEAN}country/VNM"
_THEME = f"{_EUROPEAN}data-theme/GOVE"
_FILE_TYPES = {"text/csv": "CSV", "application/json": "JSON"}
_KEYWORDS = ("kế hoạch", "cam kết", "chính quyền địa phương", "Việt Nam")


class Iri(NamedTuple):
    """A thing, by its address."""

    iri: str


class Words(NamedTuple):
    """Text in a language; none where it is empty."""

    text: str
    language: str = ""


Value = Iri | Words
Node = tuple[str, str, list[tuple[str, Value]]]
"""Address of a thing, its class, and what is said of it."""


class DataSet(NamedTuple):
    """What a portal lists as one set."""

    name: str
    title: str
    about: str
    english: str
    files: Sequence[tuple[str, str, str]]
    """Title, media type, address from the root."""


def list_sets(paths: Mapping[str, Sequence[str]]) -> list[DataSet]:
    """List the data sets. `paths`: the files of each table, below `/du-lieu/`."""
    sets = [
        DataSet(
            table.file,
            table.title,
            table.about,
            table.english,
            [(f"{table.title} (CSV)", "text/csv", routes.DATA + path) for path in paths[name]],
        )
        for name, table in read_tables().items()
    ]
    title = "Kế hoạch, việc, báo cáo (JSON)"
    about = "Các bảng ấy lồng vào nhau: mỗi kế hoạch, cơ quan, tỉnh, chương trình, tháng một tệp."
    english = "The same rows nested: a file a plan, a unit, a province, a programme and a month."
    files = [("Mục lục (JSON)", "application/json", routes.JSON_INDEX)]
    return [*sets, DataSet("json", title, about, english, files)]


def catalogue_files(paths: Mapping[str, Sequence[str]], site: Site) -> Iterator[tuple[str, bytes]]:
    """Write the catalogue in each of its forms."""
    sets = list_sets(paths)
    nodes = _nodes(sets, site)
    yield routes.DATA + "catalog.jsonld", _json_ld(nodes)
    yield routes.DATA + "catalog.ttl", _turtle(nodes)
    yield routes.DATA + "ckan.json", to_json(_ckan(sets, site), indent=1)


def _nodes(sets: Sequence[DataSet], site: Site) -> list[Node]:
    home = site.url + routes.DATA
    publisher, contact = Iri(f"{home}#noi-cong-bo"), Iri(f"{home}#lien-he")
    common: list[tuple[str, Value]] = [
        ("dct:publisher", publisher),
        ("dct:language", Iri(_LANGUAGE)),
        ("dct:spatial", Iri(_COUNTRY)),
    ]
    licence: list[tuple[str, Value]] = []
    if site.data_license:
        licence = [("dct:license", Iri(f"https://spdx.org/licenses/{site.data_license}.html"))]
    nodes: list[Node] = [
        (publisher.iri, "foaf:Agent", [("foaf:name", Words(site.operator or site.name))]),
        (
            contact.iri,
            "vcard:Kind",
            [
                ("vcard:fn", Words(site.contact or site.operator or site.name)),
                ("vcard:hasURL", Iri(site.url + routes.REPORT_ERROR)),
            ],
        ),
        *_named_elsewhere(home, licence),
        (
            f"{home}#danh-muc",
            "dcat:Catalog",
            [
                ("dct:title", Words(site.name, "vi")),
                ("dct:description", Words("Dữ liệu mở về kế hoạch của các địa phương.", "vi")),
                ("foaf:homepage", Iri(home)),
                ("dcat:themeTaxonomy", Iri(f"{_EUROPEAN}data-theme")),
                *common,
                *licence,
                *(("dcat:dataset", Iri(f"{home}#{one.name}")) for one in sets),
            ],
        ),
    ]
    for one in sets:
        nodes.append(_dataset_node(one, home, site.url, contact, common))
        nodes += (_distribution_node(one, file, site.url, licence) for file in one.files)
    return nodes


def _file_iri(address: str, site_url: str) -> Iri:
    return Iri(f"{site_url}{address}#tep")


def _dataset_node(
    one: DataSet, home: str, site_url: str, contact: Iri, common: Sequence[tuple[str, Value]]
) -> Node:
    files = [_file_iri(address, site_url) for _, _, address in one.files]
    said: list[tuple[str, Value]] = [
        ("dct:title", Words(one.title, "vi")),
        ("dct:description", Words(one.about, "vi")),
        ("dct:description", Words(one.english, "en")),
        ("dct:identifier", Words(f"{home}#{one.name}")),
        ("dcat:landingPage", Iri(home)),
        ("dcat:version", Words(VERSION)),
        ("dcat:theme", Iri(_THEME)),
        ("dcat:contactPoint", contact),
        *(("dcat:keyword", Words(word, "vi")) for word in _KEYWORDS),
        *common,
        *(("dcat:distribution", file) for file in files),
    ]
    return f"{home}#{one.name}", "dcat:Dataset", said


def _distribution_node(
    one: DataSet,
    file: tuple[str, str, str],
    site_url: str,
    licence: Sequence[tuple[str, Value]],
) -> Node:
    title, media_type, address = file
    url = Iri(site_url + address)
    said: list[tuple[str, Value]] = [
        ("dct:title", Words(title, "vi")),
        ("dct:description", Words(one.about, "vi")),
        ("dct:format", Iri(f"{_EUROPEAN}file-type/{_FILE_TYPES[media_type]}")),
        ("dcat:accessURL", url),
        ("dcat:downloadURL", url),
        ("dcat:mediaType", Iri(_MEDIA + media_type)),
        *licence,
    ]
    return _file_iri(address, site_url).iri, "dcat:Distribution", said


def _named_elsewhere(home: str, licence: Sequence[tuple[str, Value]]) -> Iterator[Node]:
    """Say of what other sites name what it is, so that a harvester needs to ask none of them.

    The shapes of ranges of DCAT-AP look for these classes in the catalogue itself.
    """
    yield home, "foaf:Document", []
    for iri, kind, scheme, label in (
        (_LANGUAGE, "dct:LinguisticSystem", "language", "Vietnamese"),
        (_COUNTRY, "dct:Location", "country", "Viet Nam"),
        (_THEME, "skos:Concept", "data-theme", "Government and public sector"),
    ):
        said: list[tuple[str, Value]] = [("skos:prefLabel", Words(label, "en"))]
        yield iri, kind, [*said, ("skos:inScheme", Iri(_EUROPEAN + scheme))]
    yield f"{_EUROPEAN}data-theme", "skos:ConceptScheme", [("dct:title", Words("Data theme", "en"))]
    for media_type, name in _FILE_TYPES.items():
        yield _MEDIA + media_type, "dct:MediaType", []
        file_type = f"{_EUROPEAN}file-type/{name}"
        yield file_type, "dct:MediaTypeOrExtent", [("skos:inScheme", Iri(f"{_EUROPEAN}file-type"))]
    for _, document in licence:
        assert isinstance(document, Iri)
        yield document.iri, "dct:LicenseDocument", []


def _json_ld(nodes: Sequence[Node]) -> bytes:
    graph = []
    for iri, kind, said in nodes:
        node: dict[str, Any] = {"@id": iri, "@type": kind}
        for key, value in said:
            node.setdefault(key, []).append(
                {"@id": value.iri}
                if isinstance(value, Iri)
                else {"@value": value.text, "@language": value.language}
                if value.language
                else {"@value": value.text}
            )
        graph.append(node)
    return to_json({"@context": _PREFIXES, "@graph": graph}, indent=1)


def _turtle(nodes: Sequence[Node]) -> bytes:
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in _PREFIXES.items()]
    for iri, kind, said in nodes:
        pairs = [f"a {kind}", *(f"{key} {_write_term(value)}" for key, value in said)]
        lines.append(f"\n<{iri}>\n    " + " ;\n    ".join(pairs) + " .")
    return ("\n".join(lines) + "\n").encode()


def _write_term(value: Value) -> str:
    r"""Write a term of Turtle.

    >>> print(_write_term(Words('a "b"', "vi")), _write_term(Iri("https://a.vn/#b")))
    "a \"b\""@vi <https://a.vn/#b>
    """
    if isinstance(value, Iri):
        return f"<{value.iri}>"
    text = value.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"' + (f"@{value.language}" if value.language else "")


def _ckan(sets: Sequence[DataSet], site: Site) -> dict[str, Any]:
    """Return the sets under the keys that the JSON harvester of ckanext-dcat reads.

    It looks for `dataset`, knows a set again by `identifier`, and takes nothing else than these.
    """
    home = site.url + routes.DATA
    return {
        "dataset": [
            {
                "identifier": f"{home}#{one.name}",
                "title": one.title,
                "description": f"{one.about}\n\n{one.english}",
                "landingPage": home,
                "keyword": list(_KEYWORDS),
                "language": ["vi"],
                "publisher": {"name": site.operator or site.name},
                "distribution": [
                    {
                        "title": title,
                        "description": one.about,
                        "accessURL": site.url + address,
                        "downloadURL": site.url + address,
                        "format": _FILE_TYPES[media_type],
                        "mediaType": media_type,
                    }
                    for title, media_type, address in one.files
                ],
            }
            for one in sets
        ]
    }
