"""Sites that two offices published by themselves, joined into one: all that is in both, proved."""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from congkhai.build.join import JoinError, OfficeSite, read_sites, write_data
from congkhai.build.joined_history import read_published
from congkhai.build.office import Settings, write_office
from congkhai.build.provenance import engine_version
from congkhai.exports.search_index import BUILD, FOLDER, shard_of
from congkhai.model.routes import LEDGERS
from congkhai.pages.site import JoinedSite
from congkhai.text.search_words import spoken
from congkhai.text.vietnamese import fold
from tests import cases
from tests.office import run_in
from tests.repository import git

ENGINE = engine_version()


class Offices(NamedTuple):
    """An office's repository, with sites that were built in it."""

    repository: Path
    first: Path
    second: Path
    whole: Path
    """Of the data of both, built at once."""


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    folder = tmp_path_factory.mktemp("offices")
    repository = folder / "repository"
    write_office(repository, Settings())
    whole = cases.copy_two_provinces(folder / "whole")
    for name, other in (("first", "lai-chau"), ("second", "hai-phong")):
        shutil.copytree(whole, folder / name)
        shutil.rmtree(folder / name / other)
    built = Offices(repository, *(folder / f"site-{n}" for n in ("first", "second", "whole")))
    for data, site in zip(("first", "second", "whole"), built[1:], strict=True):
        status, said = run_in(
            repository, "mkdocs", "build", "-q", "--site-dir", site, PLANS_DIR=folder / data
        )
        assert status == 0, said
    return built


@pytest.fixture
def copied(offices: Offices, tmp_path: Path) -> Path:
    """Return a copy of the first site, to be spoilt."""
    return Path(shutil.copytree(offices.first, tmp_path / "copied"))


@pytest.fixture
def address(offices: Offices) -> Iterator[str]:
    """Serve the second site; return its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    handler = functools.partial(Quiet, directory=str(offices.second))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


def contents_of(site: Path) -> dict[str, bytes]:
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def change_manifest(site: Path, **values: Any) -> None:
    file = site / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | values), "utf-8")


def test_a_folder_and_an_address_make_the_site_of_all_data(
    offices: Offices, address: str, tmp_path: Path
):
    site = tmp_path / "joined"
    status, said = run_in(offices.repository, "congkhai", "join", site, offices.first, address)
    assert status == 0, said
    assert f"{address}: đúng bản kê, 1 kế hoạch" in said
    joined, whole = contents_of(site), contents_of(offices.whole)
    assert joined.keys() == whole.keys()
    differing = {name for name in whole if joined[name] != whole[name]}
    assert differing == {"cap-nhat/index.html", "manifest.json"}
    names_its_parts(joined, [offices.first, offices.second])
    # What equal bytes mean: tables, JSON and words of both offices.
    first, second = contents_of(offices.first), contents_of(offices.second)
    rows = [set(read_rows(files, "cam-ket/cam-ket.csv")) for files in (first, second, joined)]
    assert rows[0] and rows[1] and rows[0] | rows[1] == rows[2]
    assert all(name in str(rows[2]) for name in ("Nam Sách", "Bum Tở"))
    plans = [name for name in joined if name.startswith("du-lieu/v1/ke-hoach/")]
    assert len(plans) == 2
    words = ("truyền", "vận")
    found = [[knows(files, word) for word in words] for files in (first, second, joined)]
    assert found == [[True, False], [False, True], [True, True]]


def names_its_parts(
    joined: dict[str, bytes], sites: list[Path], *, dates_known: bool = False
) -> None:
    """Hold the manifest and the page of changes against the manifests of the parts."""
    checksums = [
        hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest() for site in sites
    ]
    assert json.loads(joined["manifest.json"])["joined"] == [
        {
            "url": Settings.url,
            "as_of": cases.AS_OF.isoformat(),
            "engine": ENGINE,
            "manifest": checksum,
            "dates_known": dates_known,
        }
        for checksum in checksums
    ]
    page = joined["cap-nhat/index.html"].decode()
    assert all(checksum in page for checksum in checksums)
    assert page.count(f'<a href="{Settings.url}cap-nhat/"') == len(sites)
    assert page.count("trang này không có đủ lịch sử") == (0 if dates_known else len(sites))


def put_past_into_git(data: Path) -> None:
    """Commit a data folder as it is now after what was there half a year before.

    Each plan had another figure, a report that is gone, and its place a plan that is withdrawn.
    """
    now = {file: file.read_bytes() for file in data.rglob("*") if file.is_file()}
    for plan in sorted(data.rglob("plan.yml")):
        text = plan.read_text("utf-8")
        plan.write_text(text.replace("trên 90%", "trên 95%").replace("value: 90", "value: 95"))
        report = plan.parent / "reports/2026-phong-van-hoa-xa-hoi.yml"
        gone = report.read_text("utf-8").replace('"2026"', "2026-q3").replace("2026-10-28", GONE)
        report.with_name("2026-q3-phong-van-hoa-xa-hoi.yml").write_text(gone, "utf-8")
        withdrawn = plan.parents[1] / "ascc-2021-2025" / "plan.yml"
        withdrawn.parent.mkdir()
        withdrawn.write_text(text.replace("2026", "2021").replace("2030", "2025"), "utf-8")
    git(data.parent, "init", "--quiet")
    git(data, "add", ".")
    git(data, "commit", "--quiet", "-m", "Công bố", at="2026-11-02T08:00:00+07:00")
    for file in data.rglob("*.yml"):
        file.unlink()
    for file, content in now.items():
        file.write_bytes(content)
    git(data, "add", "--all", ".")
    git(data, "commit", "--quiet", "-m", "Sửa", at="2027-01-10T08:00:00+07:00")


GONE = "2026-10-01"


def test_changes_are_told_as_the_parts_tell_them(offices: Offices, tmp_path: Path):
    """All pages, feeds and tables are those of one site that was built with git's history.

    Hand-written pages alone name the commit, of which a joined site has none.
    """
    (tmp_path / "whole").mkdir()
    whole = cases.copy_two_provinces(tmp_path / "whole" / "plans")
    for name, other in (("first", "lai-chau"), ("second", "hai-phong")):
        shutil.copytree(whole, tmp_path / name / "plans")
        shutil.rmtree(tmp_path / name / "plans" / other)
    sites = {}
    for name in ("first", "second", "whole"):
        put_past_into_git(tmp_path / name / "plans")
        sites[name] = tmp_path / f"site-{name}"
        words = ("mkdocs", "build", "-q", "--site-dir", sites[name])
        status, said = run_in(offices.repository, *words, PLANS_DIR=tmp_path / name / "plans")
        assert status == 0, said
    out = tmp_path / "joined"
    status, said = run_in(offices.repository, "congkhai", "join", out, *[*sites.values()][:2])
    assert status == 0, said
    joined, expected = contents_of(out), contents_of(sites["whole"])
    assert joined.keys() == expected.keys()
    differing = {name for name in expected if joined[name] != expected[name]}
    commit = json.loads(expected["manifest.json"])["data"][:10].encode()
    assert {name for name in differing if commit not in expected[name]} == {"cap-nhat/index.html"}
    names_its_parts(joined, [sites["first"], sites["second"]], dates_known=True)
    page = joined["cap-nhat/index.html"].decode()
    assert "Không rõ" not in page and page.count("10/01/2027") >= 6
    for place in ("hai-phong/xa-nam-sach", "lai-chau/xa-bum-to"):
        plan = f"ke-hoach/{place}/ascc-2026-2030/"
        text = joined[f"{plan}toan-van/index.html"].decode()
        assert "trên 95%" in text and "10/01/2027" in text
        gone = joined[f"{plan}bao-cao/2026-q3-phong-van-hoa-xa-hoi/bao-cao.yml"].decode()
        assert f"date: {GONE}" in gone
        assert f"ke-hoach/{place}/ascc-2021-2025/plan.yml" in joined
    # Joined once more, and with an office that has no history.
    again = tmp_path / "again"
    status, said = run_in(offices.repository, "congkhai", "join", again, out)
    assert status == 0, said
    assert (again / LEDGERS).read_bytes() == joined[LEDGERS]
    status, said = run_in(
        offices.repository, "congkhai", "join", again, sites["first"], offices.second
    )
    assert status == 0, said
    page = (again / "cap-nhat/index.html").read_text("utf-8")
    assert page.count("trang này không có đủ lịch sử") == 1
    assert "10/01/2027" in page and "Của trang không có đủ lịch sử thì không rõ" in page
    # Of the plan alone whose site does not know; joined once more, it stays so.
    once_more = tmp_path / "once-more"
    status, said = run_in(offices.repository, "congkhai", "join", once_more, again)
    assert status == 0, said
    for site in (again, once_more):
        files = contents_of(site)
        unknown = {
            place
            for place in ("hai-phong/xa-nam-sach", "lai-chau/xa-bum-to")
            for name, content in files.items()
            if name.startswith(f"ke-hoach/{place}/ascc-2026-2030/")
            and name.endswith(".html")
            and "Không rõ: " in content.decode()
        }
        assert unknown == {"lai-chau/xa-bum-to"}
        changes = json.loads(files["cap-nhat/thay-doi.json"])
        assert changes["undated"] == ["lai-chau/xa-bum-to/ascc-2026-2030"]


@pytest.mark.parametrize(
    "told",
    [
        "{",
        {"format": 2, "dates_known": True, "plans": {}},
        {"file": "../../x"},
        {"file": "reports/../../../x.yml"},
        {"id": "../x"},
        {"reports": ["cap-nhat/"]},
        {"reports": ["ke-hoach/a/b-2021-2025/../../x/"]},
    ],
)
def test_a_history_that_leads_elsewhere_is_refused(told: str | dict[str, Any]):
    """What a site says of its past makes addresses, and files at them."""
    entry = {"kind": "report", "key": "k", "file": "reports/a.yml"}
    gone = {"id": "a/b-2021-2025", "title": "", "type_name": "", "issuer": "", "day": None}
    gone |= {"content": None, "files": [], "reports": ["ke-hoach/a/b-2021-2025/bao-cao/x/"]}
    content: Any = {"format": 1, "dates_known": True}
    content |= {"plans": {"a/b-2026-2030": [entry]}, "withdrawn": [gone]}
    read_published({LEDGERS: json.dumps(content).encode()}, ["a/b-2026-2030"])
    if isinstance(told, dict):
        entry |= told if "file" in told else {}
        gone |= told if told.keys() & gone.keys() else {}
        content |= told if "format" in told else {}
        told = json.dumps(content)
    with pytest.raises(ValueError, match=r"validation error|lich-su"):
        read_published({LEDGERS: told.encode()}, ["a/b-2026-2030"])


def test_of_another_office_s_plans_a_site_tells_nothing():
    entry = {"kind": "plan-added", "key": "k", "file": "plan.yml"}
    content = {"format": 1, "dates_known": True, "plans": {"a/b-2026-2030": [entry]}}
    told = read_published({LEDGERS: json.dumps(content).encode()}, ["a/c-2026-2030"])
    assert not told.file.plans


def read_rows(files: dict[str, bytes], name: str) -> list[tuple[str, ...]]:
    _, *rows = csv.reader(files[name].decode("utf-8-sig").splitlines())
    return [tuple(row) for row in rows]


def knows(files: dict[str, bytes], word: str) -> bool:
    """Say whether the search index of a site has provisions with a word."""
    term = spoken(word)
    folder = f"{FOLDER}{json.loads(files[BUILD])['build']}/"
    count = json.loads(files[f"{folder}index.json"])["files"]
    return term in json.loads(files[f"{folder}{shard_of(fold(term), count)}.json"])


def test_a_joined_site_can_be_joined_again(offices: Offices):
    (site,) = read_sites([str(offices.whole)], ENGINE)
    parts = read_sites([str(offices.first), str(offices.second)], ENGINE)
    assert site.files == {**parts[0].files, **parts[1].files}


def test_a_changed_file_is_refused_and_nothing_is_written(offices: Offices, copied: Path):
    plan = next(copied.glob("ke-hoach/*/*/*/plan.yml"))
    plan.write_bytes(plan.read_bytes().replace(b"90", b"80", 1))
    out = copied.with_name("joined")
    status, said = run_in(offices.repository, "congkhai", "join", out, copied, offices.second)
    assert status == 2
    assert f"{plan.relative_to(copied).as_posix()}: nội dung khác mã băm" in said
    assert "1 tệp" in said
    assert not out.exists()


def test_a_site_that_was_half_downloaded_is_refused(copied: Path):
    shutil.rmtree(copied / "don-vi")
    with pytest.raises(JoinError, match=r"don-vi/.*: không đọc được ở nơi công bố"):
        read_sites([str(copied)], ENGINE)
    (copied / "manifest.json").unlink()
    with pytest.raises(JoinError, match=r"không có manifest\.json"):
        read_sites([str(copied)], ENGINE)


def test_two_sites_with_one_plan_are_refused(offices: Offices, copied: Path):
    with pytest.raises(JoinError, match=r"kế hoạch hai-phong/.* có ở cả"):
        read_sites([str(offices.first), str(copied)], ENGINE)
    with pytest.raises(JoinError, match="được ghi hai lần"):
        read_sites([str(offices.first)] * 2, ENGINE)


def test_another_version_is_refused(copied: Path):
    change_manifest(copied, engine="0.9")
    with pytest.raises(JoinError, match=f"phiên bản 0.9, ở đây là {ENGINE}"):
        read_sites([str(copied)], ENGINE)
    change_manifest(copied, engine=None)
    with pytest.raises(JoinError, match="phiên bản cũ, không ghi số"):
        read_sites([str(copied)], ENGINE)


@pytest.mark.parametrize("values", [{"as_of": "hôm qua"}, {"url": "javascript:alert(1)"}])
def test_a_manifest_with_no_day_or_no_address_is_refused(copied: Path, values: dict[str, str]):
    change_manifest(copied, **values)
    with pytest.raises(JoinError, match="ghi sai"):
        read_sites([str(copied)], ENGINE)


@pytest.mark.parametrize(
    "sources", [None, {"../x": "index.html"}, {"a/b/plan.yml": "khong-co"}, ["x"]]
)
def test_a_manifest_that_leads_elsewhere_is_refused(copied: Path, sources: object):
    change_manifest(copied, sources=sources)
    with pytest.raises(JoinError, match="không ghi đúng dữ liệu"):
        read_sites([str(copied)], ENGINE)


def office(place: str, **registers: str) -> OfficeSite:
    files = {f"{name}.yml": text.encode() for name, text in registers.items()}
    return OfficeSite(place, JoinedSite(place, date(2028, 6, 30), ENGINE, ""), files)


def test_registers_are_added_up(tmp_path: Path):
    one = office("một", units="a: {name: Sở A}\n", topics="x: {}\n")
    other = office("hai", units='b: {name: "2027"}\na: {name: Sở A}\n')
    write_data([one, other], tmp_path / "plans")
    assert (tmp_path / "plans" / "units.yml").read_text("utf-8") == (
        "a:\n  name: Sở A\nb:\n  name: '2027'\n"
    )
    assert (tmp_path / "plans" / "topics.yml").read_text("utf-8") == "x: {}\n"


@pytest.mark.parametrize(
    "texts",
    [
        {"units": ("a: {name: Sở A}", "a: {name: Sở B}")},
        {"localities": ("standalone: true", "provinces: {}")},
        {"units": ("a: {name: Sở A}", "a: [")},
    ],
)
def test_registers_that_contradict_each_other_are_refused(
    tmp_path: Path, texts: dict[str, tuple[str, str]]
):
    sites = [
        office(place, **{name: two[number] for name, two in texts.items()})
        for number, place in enumerate(("một", "hai"))
    ]
    with pytest.raises(JoinError, match=r"hai|địa phương riêng"):
        write_data(sites, tmp_path / "plans")
    assert not (tmp_path / "plans").exists()


def test_a_name_that_the_site_has_not_is_not_among_the_sources(offices: Offices):
    manifest = json.loads((offices.whole / "manifest.json").read_bytes())
    for name in manifest["sources"].values():
        content = (offices.whole / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == manifest["files"][name]
