"""Nobody's link breaks: after a change of a place or of a folder every address leads on.

The fictional province is published with its past, then something is changed as the guide says,
and published again. Every file that was published is asked for where it was; every id in feeds
and calendars is as it was.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import icalendar
import pytest
import yaml

from conftest import RunMkDocs
from tests.demo.history.history import make_repository
from tests.repository import git

PLAN = "so-nuoc-2025-2028"
HOST = "https://congkhai.example/"
CHANGES = """
changes:
  1-nq-mau:
    day: "2026-10-01"
    source: {{title: Nghị quyết giả định số 1/NQ-MAU}}
    {what}
"""


@dataclass(frozen=True)
class Case:
    """One thing that happens to a place or to a plan's folder."""

    register: Mapping[str, str] = field(default_factory=dict)
    """Lines of the register, and what they become."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """Folders of plans, and what they are renamed to; each plan says where it was."""
    leads: Mapping[str, str] = field(default_factory=dict)
    """Patterns of parts of published names, and what stands for them now; the first that fits."""
    shorter: tuple[str, ...] = ()
    """Feeds, calendars and pages that tell of less than before."""
    edits: int = 0
    """Plans of which what they say was edited, too: which plan they replace."""


OLD, NEW = "mau/xa-thuong-mau", "mau/phuong-thuong-mau"
PLACE = r"^(dia-phuong|nhung/dia-phuong|don-vi/[^/]+)"
"""Where pages and frames of places lie, and pages of what a unit does in a place."""
NAMED = '      "99002": xã Thượng Mẫu\n'
TYPE = {
    NAMED: '      "99002": phường Thượng Mẫu\n',
    "\nchanges:\n": CHANGES.format(what='names: {"99002": xã Thượng Mẫu}'),
}
NAME = {
    NAMED: '      "99002": phường Tân Thượng\n',
    "\nchanges:\n": CHANGES.format(what='names: {"99002": xã Thượng Mẫu}'),
}
PROVINCE = {
    NAMED: "",
    '      "98002": phường Thí Dụ\n': '      "98002": phường Thí Dụ\n' + NAMED,
    "\nchanges:\n": CHANGES.format(what='provinces: {"99002": "99"}'),
}
RENAMED_PROVINCE = {
    "    name: tỉnh Mẫu\n": "    name: thành phố Mẫu Mới\n",
    "\nchanges:\n": CHANGES.format(what='names: {"99": tỉnh Mẫu}'),
}
MERGER = {
    NAMED: "",
    "\ndissolved:\n": """
dissolved:
  "99002":
    name: xã Thượng Mẫu
    level: commune
    province: "99"
    until: "2026-10-01"
    successors: ["99001"]
    source: {title: Nghị quyết giả định số 1/NQ-MAU}
""",
}
CASES = {
    "type, folder stays": Case(TYPE, leads={f"{PLACE}/{OLD}/": rf"\1/{NEW}/"}),
    "type, folder renamed": Case(TYPE, {OLD: NEW}, {OLD: NEW}),
    "type and name, folder stays": Case(
        NAME, leads={f"{PLACE}/{OLD}/": r"\1/mau/phuong-tan-thuong/"}
    ),
    "type and name, folder renamed": Case(
        NAME, {OLD: "mau/phuong-tan-thuong"}, {OLD: "mau/phuong-tan-thuong"}
    ),
    "another province, folder stays": Case(
        PROVINCE,
        leads={f"{PLACE}/{OLD}/": r"\1/vi-du/xa-thuong-mau/"},
        shorter=("dia-phuong/mau/atom.xml",),
    ),
    "another province, folder renamed": Case(
        PROVINCE,
        {OLD: "vi-du/xa-thuong-mau"},
        {OLD: "vi-du/xa-thuong-mau"},
        ("dia-phuong/mau/atom.xml",),
    ),
    "name of the province, folders stay": Case(
        RENAMED_PROVINCE,
        leads={
            f"{PLACE}/mau/": r"\1/mau-moi/",
            r"cam-ket/mau\.json": "cam-ket/mau-moi.json",
        },
    ),
    "name of the province, folders renamed": Case(
        RENAMED_PROVINCE,
        {"mau": "mau-moi"},
        {"/mau/": "/mau-moi/", r"/mau\.": "/mau-moi."},
        edits=1,
    ),
    # What falls due after the place is gone is nobody's any more.
    "merger": Case(MERGER, shorter=("lich.ics", "lich/index.html")),
    "moved plan": Case(
        {}, {f"{OLD}/{PLAN}": f"{OLD}/nuoc-sach"}, {f"{OLD}/{PLAN}": f"{OLD}/nuoc-sach"}
    ),
}


@dataclass(frozen=True)
class Published:
    """A site as it was published, with what feeds and calendars identify."""

    folder: Path

    def names(self) -> list[str]:
        """List all files that readers can ask for."""
        listed = json.loads((self.folder / "manifest.json").read_bytes())["files"]
        return [name for name in listed if not name.startswith("assets/")]

    def read(self, name: str) -> bytes:
        """Read a file of the site."""
        return (self.folder / name).read_bytes()

    def ids(self) -> dict[str, set[str]]:
        """Return the ids in each feed and calendar, by its name."""
        found: dict[str, set[str]] = {}
        for name in self.names():
            if name.endswith(".ics"):
                events = icalendar.Calendar.from_ical(self.read(name)).walk("VEVENT")
                found[name] = {str(event["UID"]) for event in events}
            elif name.endswith("atom.xml"):
                feed = feedparser.parse(self.read(name))
                found[name] = {feed.feed.id, *(entry.id for entry in feed.entries)}
        return found


@pytest.fixture(scope="module")
def build(
    run_mkdocs: RunMkDocs, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Published]:
    def build(data: Path) -> Published:
        site = tmp_path_factory.mktemp("site") / "site"
        done = run_mkdocs("build", "--site-dir", site, PLANS_DIR=data, SITE_URL=HOST)
        assert done.returncode == 0, done.stdout + done.stderr
        return Published(site)

    return build


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("demo") / "repository")


@pytest.fixture(scope="module")
def before(repository: Path, build: Callable[[Path], Published]) -> Published:
    return build(repository)


def change(data: Path, case: Case) -> None:
    """Do in a repository what the guide says, and commit it."""
    register = data / "localities.yml"
    text = register.read_text("utf-8")
    for old, new in case.register.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    register.write_text(text, "utf-8")
    for old, new in case.folders.items():
        (data / new).parent.mkdir(parents=True, exist_ok=True)
        (data / old).rename(data / new)
        documents = data / "documents.yml"
        held = re.sub(rf"held: {old}\b", f"held: {new}", documents.read_text("utf-8"))
        documents.write_text(held, "utf-8")
        for plan in sorted((data / new).rglob("plan.yml")):
            former = old + plan.parent.relative_to(data).as_posix().removeprefix(new)
            content = yaml.safe_load(plan.read_text("utf-8"))
            paths = ", ".join([*content.get("former_paths", ()), former])
            text = re.sub(r"^former_paths: .*\n", "", plan.read_text("utf-8"), flags=re.M)
            text = re.sub(rf"^supersedes: {old}\b", f"supersedes: {new}", text, flags=re.M)
            plan.write_text(f"former_paths: [{paths}]\n{text}", "utf-8")
    git(data.parent, "add", "-A", at="2026-11-20T08:00:00+07:00")
    git(data.parent, "commit", "-qm", "Đổi tên", at="2026-11-20T08:00:00+07:00")


@pytest.fixture(scope="module", params=CASES, ids=str)
def after(
    request: pytest.FixtureRequest,
    repository: Path,
    before: Published,
    build: Callable[[Path], Published],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Case, Published]:
    case = CASES[request.param]
    copy = tmp_path_factory.mktemp("renamed") / "repository"
    shutil.copytree(repository.parent, copy)
    change(copy / "plans", case)
    return case, build(copy / "plans")


REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
LINK = re.compile(r'<p class="lead">[^<]*<a href="([^"]+)">mở địa chỉ mới</a>')


def target_of(name: str, page: str) -> str | None:
    """Return the name of the file that a page leads on to, without scripts; None when it stays."""
    refresh, link = REFRESH.search(page), LINK.search(page)
    if refresh is None:
        return None
    assert link is not None and link[1] == refresh[1], "also a link, for those who turn it off"
    assert '<meta name="robots" content="noindex">' in page
    there = urljoin(HOST + name, refresh[1]).removeprefix(HOST)
    assert f'<link rel="canonical" href="{HOST}{there}">' in page
    return f"{there}index.html" if there.endswith("/") else there


def item_ids(page: str) -> set[str]:
    """Return the anchors of a page to which others link: of items, places, sections."""
    return set(re.findall(r'\sid="([^"]+)"', page.partition("<main")[2].partition("</main>")[0]))


def expected(name: str, case: Case, before: Published) -> str:
    """Return the name at which a published file is to be found after a change.

    One plan of the fictional province was moved before: its former addresses lead on already.
    """
    name = redirects_of(before).get(name, name)
    for old, new in case.leads.items():
        if re.search(old, name):
            return re.sub(old, new, name)
    return name


def test_every_published_address_leads_to_the_same_page_or_file(
    before: Published, after: tuple[Case, Published]
):
    case, now = after
    names = before.names()
    assert len(names) > 150
    moved = 0
    for name in names:
        right = expected(name, case, before)
        assert (now.folder / name).is_file(), f"{name} is gone"
        if right != name:
            moved += 1
            assert (now.folder / right).is_file(), f"{right} is not there"
            if name.endswith(".html"):
                assert target_of(name, now.read(name).decode()) == right
            else:
                assert now.read(name) == now.read(right)
        if name.endswith(".html"):
            page = now.read(right).decode()
            assert target_of(right, page) is None, "no page leads to one that leads on"
            if name not in case.shorter:
                assert item_ids(before.read(name).decode()) <= item_ids(page), right
    assert moved >= len(case.leads)


def test_no_id_changes_and_nothing_old_is_called_new(
    before: Published, after: tuple[Case, Published]
):
    case, now = after
    then, ids = before.ids(), now.ids()
    assert sum(map(len, then.values())) > 100
    told = set().union(*then.values())
    for name, found in then.items():
        now_found = ids[expected(name, case, before)]
        assert len(now_found - told) <= case.edits, name
        if name.endswith("/lich.ics"):
            # Of a page less is told where less is due, or where another province has it now.
            elsewhere = ids.get(name.replace("/mau/", "/vi-du/"), set())
            assert found - now_found <= (then["lich.ics"] - ids["lich.ics"]) | elsewhere, name
            assert found <= now_found or case.shorter, name
        elif name in case.shorter:
            gone = found - now_found
            assert gone and (name == "lich.ics" or gone <= ids["dia-phuong/vi-du/atom.xml"])
        else:
            assert found <= now_found, name
    new = set().union(*ids.values()) - told
    assert len(new) <= case.edits + len(ids.keys() - then.keys())


def test_hosts_with_rules_lead_each_former_address_to_the_same_place(
    before: Published, after: tuple[Case, Published]
):
    case, now = after
    rules = [
        line.split() for line in now.read("_redirects").decode().splitlines() if line[0] == "/"
    ]
    splats = [pattern for pattern, _, _ in rules if pattern.endswith("*")]
    assert len(splats) <= 50, "Cloudflare Pages takes 100 with a splat"
    assert len(rules) <= 200, "and 2,000 without"
    for name in before.names():
        right = expected(name, case, before)
        address = "/" + name.removesuffix("index.html")
        assert follow(rules, address) == "/" + right.removesuffix("index.html")
    live = {"/" + name.removesuffix("index.html") for name in now.names()}
    for name in live - {f"/{old.removesuffix('index.html')}" for old in redirects_of(now)}:
        assert follow(rules, name) == name, "a page that is there is reached"


def follow(rules: list[list[str]], address: str) -> str:
    """Return where a host leads an address to: the first rule that fits, as its guide says."""
    for pattern, target, status in rules:
        assert status == "301"
        wanted = re.escape(pattern).replace(r"\*", "(?P<splat>.*)")
        found = re.fullmatch(re.sub(r":(\w+)", r"(?P<\1>[^/]+)", wanted), address)
        if found is not None:
            return found.expand(re.sub(r":(\w+)", r"\\g<\1>", target))
    return address


def redirects_of(site: Published) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(site.read("manifest.json")).get("redirects", {})
    return found


def test_the_manifest_names_every_former_address(before: Published, after: tuple[Case, Published]):
    case, now = after
    redirects = redirects_of(now)
    for name in before.names():
        if expected(name, case, before) != name:
            assert redirects[name] == expected(name, case, before)
