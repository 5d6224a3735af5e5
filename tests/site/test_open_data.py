"""The open data, read as others would: by its description, by pandas, by a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import check_jsonschema
import lxml.etree
import openpyxl
import pandas as pd
import pyshacl
import pytest
import rdflib
from frictionless import Package, system
from pyld import jsonld
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF

from conftest import AS_OF, ROOT, both_sites
from congkhai.model.views import UNREPORTED

FOLDER = "du-lieu"


def read(site: Path, table: str, **options: object) -> pd.DataFrame:
    return pd.read_csv(site / FOLDER / f"{table}.csv", decimal=",", dtype=options or None)


@both_sites
def test_every_cell_is_as_its_description_says(site: Path):
    with system.use_context(trusted=True):
        report = Package(str(site / FOLDER / "datapackage.json")).validate()
    assert report.stats["tasks"] == 18
    found = report.flatten(["name", "type", "message"])
    assert report.valid, found[:10]


def test_a_wrong_code_or_key_would_be_found(demo: Path, tmp_path: Path):
    for file in (demo / FOLDER).glob("*.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    spoilt = tmp_path / "phan-cong.csv"
    spoilt.write_text(spoilt.read_text("utf-8-sig").replace(",lead,", ",leads,", 1), "utf-8-sig")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert {kind for _, kind in report.flatten(["name", "type"])} >= {"constraint-error"}


@both_sites
def test_tables_agree_with_the_counts_of_the_plans(site: Path):
    plans, work = read(site, "ke-hoach"), read(site, "viec")
    owed = work[work.kind_code != "request"].groupby("plan").size()
    assert plans.set_index("plan").commitments.to_dict() == owed.to_dict()
    silent = work[(work.kind_code != "request") & ~work.state_code.isin(UNREPORTED)]
    reported = plans.set_index("plan").reported
    assert reported[reported > 0].to_dict() == silent.groupby("plan").size().to_dict()


@both_sites
def test_every_item_is_there_word_for_word(site: Path):
    items = read(site, "muc", item=str).fillna("")
    for name, group in items.groupby("plan"):
        text = (site / "ke-hoach" / str(name) / "plan.yml").read_text("utf-8")
        quoted = text.replace('\\"', '"')
        assert all(title in quoted for title in group.title if title and '"' not in title)


@both_sites
def test_an_address_of_a_commitment_is_that_of_its_page(site: Path):
    work = read(site, "viec", item=str)
    own = {(row.plan, row.item) for row in work.itertuples()}
    led = 0
    for table in ("muc", "thay-doi", "tra-loi"):
        for row in read(site, table, item=str).itertuples():
            path = urlsplit(row.url).path.lstrip("/")
            assert (site / path / "index.html").is_file(), row.url
            if (row.plan, row.item) in own and "/bao-cao/" not in row.url:
                assert row.url.endswith(f"{row.plan}/{row.item}/"), row.url
                led += 1
    assert led > 200


def test_a_figure_has_a_decimal_comma_and_is_one_in_a_workbook(site: Path):
    """«2,87» is how a spreadsheet set to Vietnamese writes and reads a figure."""
    raw = (site / FOLDER / "chi-tieu.csv").read_text("utf-8-sig")
    assert '"2,87"' in raw
    assert '2.87"' not in raw
    targets = read(site, "chi-tieu").set_index("printed")
    assert targets.loc["giảm còn 2,87%"].value == 2.87
    (book,) = (site / "ke-hoach/quang-nam").rglob("*.xlsx")
    sheet = openpyxl.load_workbook(book)["Chỉ tiêu"]
    headings = [cell.value for cell in sheet[1]]
    values = [row[headings.index("Giá trị")].value for row in sheet.iter_rows(min_row=2)]
    assert 2.87 in values


@both_sites
def test_a_workbook_of_a_province_and_of_a_unit_has_the_rows_of_its_plans(site: Path):
    """Each is linked on its page; a unit's has the commitments that name it, and no others."""
    who = read(site, "phan-cong")
    work = read(site, "viec")
    books = {book.parent.relative_to(site).as_posix(): book for book in site.rglob("du-lieu.xlsx")}
    assert len([page for page in books if page.startswith("dia-phuong/")]) in (1, 2, 3)
    for page, book in books.items():
        assert 'href="du-lieu.xlsx"' in (book.parent / "index.html").read_text("utf-8"), page
        opened = openpyxl.load_workbook(book, read_only=True)
        rows = list(opened["Việc"].iter_rows(values_only=True))
        plan, item = rows[0].index("Mã kế hoạch"), rows[0].index("Mã mục")
        found = {(row[plan], row[item]) for row in rows[1:]}
        kind, name = page.split("/")
        if kind == "don-vi":
            expected = who[who.unit == name]
        else:
            plans = {row[plan] for row in rows[1:]}
            expected = work[work.plan.isin(plans)]
            assert plans
        assert found == set(zip(expected.plan, expected["item"], strict=True)), page
    units = set(who.unit)
    assert {page.split("/")[1] for page in books if page.startswith("don-vi/")} == units


@both_sites
def test_a_workbook_says_how_its_silences_are_read(site: Path):
    """Whoever was sent the file alone has no page of data beside it."""
    for book in site.rglob("*.xlsx"):
        opened = openpyxl.load_workbook(book, read_only=True)
        if "Việc" in opened.sheetnames:
            first = next(opened[opened.sheetnames[-1]].iter_rows(values_only=True))[0]
            assert "việc vẫn có thể đã được làm" in str(first).lower(), book


@both_sites
def test_days_are_days_in_a_workbook(site: Path):
    for book in site.rglob("*.xlsx"):
        sheet = openpyxl.load_workbook(book)["Việc"]
        headings = [cell.value for cell in sheet[1]]
        column = headings.index("Đúng từ ngày")
        days = {row[column].value for row in sheet.iter_rows(min_row=2)}
        assert all(day <= datetime.fromisoformat(AS_OF) for day in days)


@both_sites
def test_no_cell_starts_a_formula(site: Path):
    for file in (site / FOLDER).rglob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))):
            assert not [cell for cell in row if len(cell) > 1 and cell[0] in "=+-@\t\r"], file.name


def test_the_page_names_every_table_and_column(demo: Path):
    page = (demo / FOLDER / "index.html").read_text("utf-8")
    described = json.loads((demo / FOLDER / "datapackage.json").read_text("utf-8"))
    for resource in described["resources"]:
        assert f'/{resource["path"]}"' in page or f'"{resource["path"]}"' in page
        for field in resource["schema"]["fields"]:
            assert page.count(f"<code>{field['name']}</code>") >= 2  # in Vietnamese, in English


# ----------------------------------------------------------------- JSON, version 1


def json_files(site: Path) -> dict[str, list[Path]]:
    """List the files of JSON version 1 by the name of the schema that each names."""
    found: dict[str, list[Path]] = {}
    for file in sorted((site / FOLDER / "v1").rglob("*.json")):
        if file.parent.name != "schema":
            content = json.loads(file.read_bytes())
            found.setdefault(content["$schema"].rpartition("/")[2], []).append(file)
    return found


def check(*arguments: object) -> None:
    assert check_jsonschema.main([*map(str, arguments)], standalone_mode=False) in (0, None)


@both_sites
def test_json_is_as_its_schemas_say(site: Path, capsys: pytest.CaptureFixture[str]):
    schemas = site / FOLDER / "v1" / "schema"
    check("--check-metaschema", *schemas.iterdir())
    files = json_files(site)
    assert files.keys() <= {schema.name for schema in schemas.iterdir()}
    assert {"index.json", "plan.json", "unit.json", "locality.json", "as-of.json"} <= files.keys()
    for name, described in files.items():
        check("--schemafile", schemas / name, *described)
    for schema in schemas.iterdir():
        assert json.loads(schema.read_bytes())["$id"].endswith(f"/{FOLDER}/v1/schema/{schema.name}")


def test_a_wrong_state_or_key_would_be_found(demo: Path, tmp_path: Path):
    text = json_files(demo)["plan.json"][0].read_text("utf-8")
    for number, (right, wrong) in enumerate(
        [('"state_code":"', '"state_code":"x-'), ('"kind_code":', '"kind":'), (':"2', ':"x2')]
    ):
        assert right in text
        spoilt = tmp_path / f"{number}.json"
        spoilt.write_text(text.replace(right, wrong, 1), "utf-8")
        with pytest.raises((AssertionError, SystemExit)):
            check("--schemafile", demo / FOLDER / "v1/schema/plan.json", spoilt)


@both_sites
def test_json_says_what_the_tables_say(site: Path):
    work, who = read(site, "viec", item=str), read(site, "phan-cong", item=str)
    index = json.loads((site / FOLDER / "v1/index.json").read_bytes())
    home = index["homepage"].removesuffix(f"{FOLDER}/")
    plans = [
        json.loads((site / url.removeprefix(home)).read_bytes()) for url in index["files"]["plans"]
    ]
    assert len(plans) == len(read(site, "ke-hoach"))
    states = {
        (one["plan"]["plan"], item["item"]): item["commitment"]["state_code"]
        for one in plans
        for item in one["items"]
        if "commitment" in item
    }
    assert states == work.set_index(["plan", "item"]).state_code.to_dict()
    assigned = [
        (one["plan"]["plan"], item["item"], each["unit"])
        for one in plans
        for item in one["items"]
        for each in item.get("assignments", ())
    ]
    rows = who[["plan", "item", "unit"]].itertuples(index=False, name=None)
    assert sorted(assigned) == sorted(rows)


@both_sites
def test_the_index_names_every_file(site: Path):
    index = json.loads((site / FOLDER / "v1/index.json").read_bytes())
    home = index["homepage"].removesuffix(f"{FOLDER}/")
    named = {url.removeprefix(home) for urls in index["files"].values() for url in urls}
    named |= {f"{FOLDER}/v1/{name}" for name in ("index.json", "as-of.json", "context.jsonld")}
    held = {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in (site / FOLDER / "v1").rglob("*.json*")
    }
    assert named <= held.keys()
    # A plan that moved is also where it was, word for word.
    copied = {held[name] for name in named}
    assert all(held[name] in copied for name in held.keys() - named)


@both_sites
def test_no_json_changes_because_a_day_has_passed(site: Path):
    told = {
        file.name
        for files in json_files(site).values()
        for file in files
        if re.search(r'"as_of":"\d', file.read_text("utf-8"))
    }
    assert told == {"as-of.json"}


def test_json_is_linked_data(demo: Path):
    def load(url: str, options: object) -> dict[str, object]:
        name = url.removeprefix("https://congkhai.example/")
        document = json.loads((demo / name).read_bytes())
        return {"documentUrl": url, "document": document, "contextUrl": None}

    for kind, files in json_files(demo).items():
        content = json.loads(files[0].read_bytes())
        expanded = jsonld.expand(content, {"documentLoader": load})
        assert expanded, kind
    (plan,) = jsonld.expand(
        json.loads(json_files(demo)["plan.json"][0].read_bytes()), {"documentLoader": load}
    )
    (about,) = plan["https://schema.org/about"]
    assert about["@id"].startswith("https://congkhai.example/ke-hoach/")
    assert about["https://schema.org/name"][0]["@value"]
    assert len(plan["https://schema.org/hasPart"]) > 10


# ------------------------------------------------------- what portals and others take


# rdflib says so of what pyshacl and its own parsers call.
outdated_call = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@outdated_call
@both_sites
def test_the_catalogue_conforms_to_the_shapes_of_dcat_ap(site: Path):
    shapes = ROOT / "tests/data/dcat-ap.ttl"
    turtle = rdflib.Graph().parse(site / FOLDER / "catalog.ttl")
    conforms, _, text = pyshacl.validate(turtle, shacl_graph=str(shapes))
    assert conforms, text
    linked = rdflib.Graph().parse(site / FOLDER / "catalog.jsonld", format="json-ld")
    assert isomorphic(turtle, linked)
    files = {str(url) for url in turtle.objects(None, DCAT.downloadURL)}
    assert len(files) == 19
    assert all((site / url.removeprefix("https://congkhai.example/")).is_file() for url in files)


@both_sites
def test_the_json_harvester_of_ckan_reads_every_set(site: Path):
    """Read as `DCATJSONHarvester` and `dcat_to_ckan` of ckanext-dcat do, key by key."""
    content = json.loads((site / FOLDER / "ckan.json").read_bytes())
    sets = content.get("dataset", [])
    turtle = rdflib.Graph().parse(site / FOLDER / "catalog.ttl")
    files = {str(url) for url in turtle.objects(None, DCAT.downloadURL)}
    found = [one.get("downloadURL") for each in sets for one in each.get("distribution", [])]
    assert sorted(found) == sorted(files)
    described = {str(one) for one in turtle.subjects(RDF.type, DCAT.Dataset)}
    assert {each.get("identifier") for each in sets} == described
    for each in sets:
        assert each.get("title")
        assert each.get("description")
        assert each.get("landingPage").startswith("https://")
        assert isinstance(each.get("publisher").get("name"), str)
        assert ",".join(each.get("language", [])) == "vi"
        # CKAN's own rule for tags.
        assert all(re.fullmatch(r"[\w .-]{2,100}", word) for word in each.get("keyword", []))
        assert {one.get("format") for one in each["distribution"]} <= {"CSV", "JSON"}


@outdated_call
def test_a_catalogue_without_a_publisher_would_not_conform(site: Path):
    graph = rdflib.Graph().parse(site / FOLDER / "catalog.ttl")
    graph.remove((None, DCTERMS.publisher, None))
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=str(ROOT / "tests/data/dcat-ap.ttl"))
    assert not conforms


@both_sites
def test_every_plan_is_stratml(site: Path):
    schema = lxml.etree.XMLSchema(file=str(ROOT / "tests/data/stratml-part-2.xsd"))
    files = sorted((site / "ke-hoach").rglob("stratml.xml"))
    assert len(files) >= len(read(site, "ke-hoach"))
    for file in files:
        tree = lxml.etree.parse(file)
        assert schema.validate(tree), (file, schema.error_log)
    work = read(site, "viec")
    plan = read(site, "ke-hoach").plan[0]
    tree = lxml.etree.parse(site / "ke-hoach" / plan / "stratml.xml")
    described = tree.findall(".//{*}Objective/{*}Description")
    assert [one.text for one in described] == list(work[work.plan == plan].text)
    tree.find(".//{*}Goal").remove(tree.find(".//{*}Goal/{*}Description"))
    assert not schema.validate(tree)


# ------------------------------------------------- what a newsroom asks of the files alone


def test_what_is_overdue_who_leads_it_since_when(demo: Path):
    work, who = read(demo, "viec"), read(demo, "phan-cong")
    late = work[(work.state_code == "overdue") & work.in_force.eq("có")]
    leads = late.merge(who[who.role_code == "lead"], on=["plan", "item"])
    answer = leads.groupby("unit_name").overdue_since.agg(["count", "min"])
    assert len(late)
    assert len(answer)
    last_day, since = pd.to_datetime(late.due_last_day), pd.to_datetime(late.overdue_since)
    assert (since - last_day == pd.Timedelta(days=1)).all()
    assert (since <= pd.to_datetime(late.valid_from)).all()


def test_promises_of_the_same_measure(site: Path):
    targets, plans = read(site, "chi-tieu"), read(site, "ke-hoach")
    measures = read(site, "cach-do")
    both = targets.merge(plans[["plan", "locality"]], on="plan", how="left")
    named = both.merge(measures[["measure", "name"]], on="measure")
    answer = named.groupby("name").agg(places=("locality", "nunique"), most=("value", "max"))
    assert answer.places.max() >= 2


def test_what_changed_in_the_last_quarter(demo: Path):
    changes = read(demo, "thay-doi", before=str, after=str)
    changes["day"] = pd.to_datetime(changes.day)
    end = pd.Timestamp(date.fromisoformat(AS_OF))
    recent = changes[(changes.day > end - pd.DateOffset(months=3)) & changes.amendment_code.notna()]
    answer = recent[["day", "plan", "reference", "amendment", "before", "after", "url"]]
    assert len(answer)
    assert answer.url.str.startswith("https://").all()
