"""What several pages count is one number on all of them, and one commitment has one state.

The table of all commitments, `/du-lieu/viec.csv`, is what each page is held against.
"""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from posixpath import normpath
from typing import NamedTuple

import pytest

from conftest import DATA
from congkhai.data.schema import ROLES
from congkhai.model import routes
from congkhai.model.views import GROUP_OF, SETTLED, UNREPORTED, Group
from congkhai.pages.labels import GROUPS as GROUP_WORDS
from tests.search_names import read_names

Row = dict[str, str]
DONE = {state for state in SETTLED if state != "not-applicable"}
ROW = re.compile(r'<a class="row" href="([^"]+)">\s*<span class="sign sign-([a-z-]+)"')
LINE = re.compile(
    r"(?:(\d[\d.]*) việc: (?:(\d[\d.]*) đã có báo cáo \((\d[\d.]*) hoàn thành\)"
    r"|chưa nhận được|trang web hiện))|(\d[\d.]*) việc được đề nghị"
)
COUNT = re.compile(r"(?:(\d[\d.]*) việc)?(?: \+ )?(?:(\d[\d.]*) đề nghị)?")
"""«34 việc + 1 đề nghị», «34 việc», «13 đề nghị»."""


class Figures(NamedTuple):
    """What is said of some commitments."""

    owed: int
    reported: int
    done: int
    asked: int


class BuiltSite:
    """The tables of a built site, and its pages as readers see them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plans = self.table("ke-hoach")
        self.commitments = self.table("viec")
        self.targets = self.table("chi-tieu")
        self.in_force = [row for row in self.commitments if row["in_force"] == "có"]
        self._roles: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in self.table("phan-cong"):
            found = self._roles.setdefault((row["plan"], row["item"]), [])
            found.append((row["unit"], row["role_code"]))

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table of the open data."""
        with (self.folder / "du-lieu" / f"{name}.csv").open(encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))

    def roles_of(self, row: Row) -> list[tuple[str, str]]:
        """Return the units of a commitment, each with its role."""
        return self._roles.get((row["plan"], row["item"]), [])

    def html(self, address: str) -> str:
        return (self.folder / address / "index.html").read_text("utf-8")

    def text(self, address: str) -> str:
        """Return the words of a page's main part, on one line."""
        return words_of(self.html(address).partition("<main")[2])


def words_of(markup: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", " ", markup))
    return " ".join(text.replace("\u2060", "").split())


def whole(digits: str | None) -> int:
    return int((digits or "0").replace(".", ""))


def figures_in(text: str) -> Figures:
    """Read the first line of figures in a text: «24 việc: 10 đã có báo cáo (3 hoàn thành)…»."""
    first = LINE.search(text)
    assert first, text[:200]
    if first[4]:
        return Figures(0, 0, 0, whole(first[4]))
    rest = re.match(r"[^.]*?; (\d[\d.]*) việc được đề nghị", text[first.end() :])
    return Figures(
        whole(first[1]), whole(first[2]), whole(first[3]), whole(rest[1] if rest else "")
    )


def figures_of(rows: Iterable[Row]) -> Figures:
    rows = list(rows)
    owed = [row for row in rows if row["kind_code"] != "request"]
    return Figures(
        len(owed),
        sum(row["state_code"] not in UNREPORTED for row in owed),
        sum(row["state_code"] in DONE for row in owed),
        len(rows) - len(owed),
    )


def count_in(text: str) -> tuple[int, int]:
    """Read how much is owed and how much is asked for at the beginning of a text."""
    count = COUNT.match(text)
    assert count and count[0], text[:200]
    return whole(count[1]), whole(count[2])


def count_of(rows: Iterable[Row]) -> tuple[int, int]:
    figures = figures_of(rows)
    return figures.owed, figures.asked


def group_of(row: Row) -> Group:
    if row["kind_code"] == "request":
        return "requested"
    return GROUP_OF[row["state_code"]]  # type: ignore[index]


@pytest.fixture(scope="module", params=DATA)
def built(request: pytest.FixtureRequest, build_site: Callable[[Path], Path]) -> BuiltSite:
    return BuiltSite(build_site(DATA[request.param]))


def test_the_whole_site_has_one_total(built: BuiltSite):
    whole_site = figures_of(built.in_force)
    home = built.text("")
    counted = re.search(r"((?:\d+ [^\d,:]+, )+)(?=\d[\d.]* (?:việc|đề nghị))", home)
    assert counted, home[:300]
    documents = [int(number) for number in re.findall(r"(\d+) [^\d]+, ", counted[1])]
    assert sum(documents) == sum(plan["in_force"] == "có" for plan in built.plans)
    assert count_in(home[counted.end() :]) == count_of(built.in_force)
    assert whole_site.owed + whole_site.asked == len(built.in_force)
    assert figures_in(home[counted.end() :]) == whole_site
    assert figures_in(built.text(routes.COMMITMENTS)) == whole_site
    english = re.search(r"([\d,]+) tasks .*? and ([\d,]+) requests", built.text(routes.ENGLISH))
    assert english
    assert tuple(int(count.replace(",", "")) for count in english.groups()) == count_of(
        built.in_force
    )
    legend = built.html("").partition('<ul class="legend">')[2].partition("</ul>")[0]
    signs = re.findall(r'sign-([a-z-]+)".*?<strong>([\d.]+)', legend, re.DOTALL)
    assert {group: whole(count) for group, count in signs} == Counter(map(group_of, built.in_force))


def test_a_plan_has_the_same_figures_in_lists_and_on_its_pages(built: BuiltSite):
    cards = built.html(routes.PLANS).split('class="card plan-card"')[1:]
    assert len(cards) == len(built.plans)
    listed = {}
    for card in cards:
        link = re.search(r'href="([^"]+)"', card)
        assert link
        listed[normpath(f"/{routes.PLANS}{link[1]}").strip("/")] = figures_in(words_of(card))
    notes = {page.address.strip("/"): page.note for page in read_names(built.folder)}
    for plan in built.plans:
        rows = [row for row in built.commitments if row["plan"] == plan["plan"]]
        figures = figures_of(rows)
        page = routes.plan(plan["plan"])
        assert listed[page.strip("/")] == figures
        owed, reported, done, asked = figures
        assert [int(plan[key]) for key in ("commitments", "requests")] == [owed, asked]
        assert [int(plan[key]) for key in ("reported", "done")] == [reported, done]
        assert counted_under(built.html(page)) == (owed, asked)
        assert count_in(notes[page.strip("/")]) == (owed, asked)
        targets = sum(target["plan"] == plan["plan"] for target in built.targets)
        shown = re.search(r"<h2>Chỉ tiêu\s*<span class=\"count\">(\d+)", built.html(page))
        assert (int(shown[1]) if shown else 0) == targets


def test_a_plan_has_as_many_squares_as_it_counts_in_a_frame_and_when_it_is_shared(
    built: BuiltSite,
):
    asked = 0
    for plan in built.plans:
        page = routes.plan(plan["plan"])
        rows = [row for row in built.commitments if row["plan"] == plan["plan"]]
        groups = Counter(map(group_of, rows))
        asked += groups["requested"]
        for address in (page, routes.embed(page)):
            markup = built.html(address)
            assert counted_under(markup) == count_of(rows), address
            picture = markup.partition('<svg class="picture"')[2].partition("</svg>")[0]
            assert len(re.findall(r"<a [^>]*><title>", picture)) == len(rows), address
            legend = re.findall(r">([^<:]+): ([\d.]+)</text>", picture)
            assert {words: whole(count) for words, count in legend} == {
                GROUP_WORDS[group]: count for group, count in groups.items()
            }, address
        shared = re.search(r'og:image:alt" content="([^"]+)"', built.html(page))
        alt = shared[1].partition(". Số liệu từ")[0] if shared else ""
        said, _, legend = alt.rpartition(". ")[2].partition(": ")
        assert count_in(said) == count_of(rows), page
        assert sum(whole(part.split()[0]) for part in legend.split("; ")) == len(rows)
    assert asked, "one that also asks, where the numbers could differ"


def counts_under(page: str) -> list[tuple[int, int]]:
    """Return the counts among the figures that stand side by side on a page."""
    figures = re.findall(r"<dt>(việc[^<]*)</dt> <dd>([\d.]+)</dd>", page)
    return [count_in(words_of(f"{number} {words}")) for words, number in figures]


def counted_under(page: str) -> tuple[int, int]:
    """Return the first of them."""
    return counts_under(page)[0]


def test_a_programme_and_a_place_add_up_their_plans(built: BuiltSite):
    in_force = {plan["plan"]: plan for plan in built.plans if plan["in_force"] == "có"}
    for programme in {plan["programme"] for plan in in_force.values()}:
        rows = [row for row in built.in_force if row["programme"] == programme]
        assert figures_in(built.text(routes.programme(programme))) == figures_of(rows)
    seen = 0
    for plan in in_force.values():
        if plan["plan"].count("/") != 2:
            continue
        place = plan["plan"].rpartition("/")[0]
        page = built.html(f"{routes.PLACES}{place}/")
        rows = [row for row in built.in_force if row["plan"] == plan["plan"]]
        assert count_of(rows) in counts_under(page)
        summary = built.html(routes.plan(plan["plan"]))
        assert topics_named(summary) <= topics_named(page)
        seen += 1
    assert seen


def topics_named(page: str) -> set[str]:
    return set(re.findall(r"/chu-de/([a-z-]+)/", page))


def test_rows_of_topics_name_who_is_to_do_it_and_by_when(built: BuiltSite):
    names = {row["unit"]: row["name"] for row in built.table("co-quan")}
    due: dict[tuple[str, str], list[str]] = {}
    for row in built.table("thoi-han"):
        due.setdefault((row["plan"], row["item"]), []).append(row["printed"])
    rows_by_address = {
        routes.commitment(row["plan"], row["item"]): row for row in built.commitments
    }
    seen: Counter[str] = Counter()
    for file in (built.folder / routes.TOPICS).glob("*/index.html"):
        page = file.read_text("utf-8")
        for href, row in re.findall(r'<a class="row" href="([^"]+)">(.*?)</a>', page, re.DOTALL):
            address = normpath(f"{file.parent.relative_to(built.folder)}/{href}") + "/"
            found = rows_by_address.get(address)
            if found is None:
                continue
            text = " ".join(html.unescape(re.sub("<[^>]+>", " ", row)).split())
            roles = built.roles_of(found)
            first = next((role for role in ROLES if role in {one for _, one in roles}), None)
            unit = next((unit for unit, role in roles if role == first), None)
            says = names[unit][:40] if unit else "không ghi cơ quan thực hiện"
            assert says in text, address
            printed = due.get((found["plan"], found["item"]), [])
            assert ("Hạn: " in text) == bool(printed), address
            assert all(words in text for words in printed), address
            seen["unit" if unit else "nobody"] += 1
    assert seen["unit"] and seen["nobody"]


def test_places_with_a_plan_are_as_many_in_lists_maps_and_tables(built: BuiltSite):
    codes = {plan["locality_code"] for plan in built.plans if plan["issuer_unit"] == "ubnd"}
    page = built.html(routes.PLACES).partition('id="co-ke-hoach"')[2].partition("<h2")[0]
    assert len(re.findall(r"<li\b", page)) == len(codes)
    communes = {
        place["code"]
        for place in built.table("dia-phuong")
        if place["level"] == "commune" and not place["until"]
    }
    slugs = {plan["province_code"]: plan["plan"].split("/")[0] for plan in built.plans}
    seen = 0
    for code, slug in slugs.items():
        below = {plan["locality_code"] for plan in built.plans if plan["province_code"] == code}
        text = built.text(f"{routes.PLACES}{slug}/")
        shown = re.search(r"Đã có kế hoạch trên trang web \((\d+)\)", text)
        assert (int(shown[1]) if shown else 0) == len(below & communes & codes), slug
        seen += bool(shown)
    assert seen


def test_a_unit_has_the_same_figures_in_the_table_and_on_its_pages(built: BuiltSite):
    table = built.html(routes.UNITS).partition("<tbody ")[2].partition("</tbody>")[0]
    rows = [row for row in table.split("<tr ") if "<th" in row]
    assert len(rows) > 20
    for row in rows:
        link = re.search(r'href="([^"]+)/"', row)
        assert link
        unit = link[1]
        own = [one for one in built.in_force if unit in {name for name, _ in built.roles_of(one)}]
        roles = Counter(role for one in own for name, role in built.roles_of(one) if name == unit)
        # What this unit is only asked for is owed by others, or by nobody.
        owed = [
            one
            for one in own
            if {role for name, role in built.roles_of(one) if name == unit} != {"requested"}
        ]
        cells = [whole(cell) for cell in re.findall(r"<td[^>]*>([\d.]+)</td>", row)]
        silent = sum(one["state_code"] == "silent" for one in owed)
        reported = sum(one["state_code"] not in UNREPORTED for one in own)
        expected = [*(roles[role] for role in ROLES), reported, silent]
        assert cells == expected, unit
        assert sum(cells[: len(ROLES)]) > 0, f"{unit} is listed for nothing"
        total = built.html(f"{routes.UNITS}{unit}/").partition('id="tong-hop"')[2]
        told = words_of(total.partition("</section>")[0])
        counts = [whole(count) for count in re.findall(r"([\d.]+) đã có báo cáo", told)]
        assert not told or sum(counts) == reported, unit
        places = Counter(one["plan"].rpartition("/")[0] for one in own)
        for place, count in places.items():
            page = built.html(f"{routes.UNITS}{unit}/{place}/")
            shown = len(set(ROW.findall(page.partition('id="cap-xa"')[0])))
            assert shown >= count, (unit, place)


def test_what_is_written_for_a_group_is_not_done_by_one_of_its_bodies(built: BuiltSite):
    """By the tables alone; the pages have their states from there, see the tests above."""
    groups = {unit["unit"] for unit in built.table("co-quan") if unit["nature_code"] == "group"}
    assert groups
    reports = {report["report"]: report["unit"] for report in built.table("bao-cao")}
    said: dict[tuple[str, str], set[str]] = {}
    for line in built.table("dong-bao-cao"):
        if not line["corrected_by"]:
            said.setdefault((line["plan"], line["item"]), set()).add(reports[line["report"]])
    told = 0
    for row in built.commitments:
        units = {unit for unit, _ in built.roles_of(row)}
        bodies = said.get((row["plan"], row["item"]), set())
        if units and units <= groups and bodies:
            assert row["state_code"] == "open", row["item"]
            page = built.text(routes.commitment(row["plan"], row["item"]))
            assert f"việc giao chung, {len(bodies)} cơ quan đã báo cáo: " in page
            told += 1
    assert told or not reports


def test_what_a_unit_reported_beside_is_counted_on_its_page(built: BuiltSite):
    reports = {report["report"]: report["unit"] for report in built.table("bao-cao")}
    in_force = {(row["plan"], row["item"]): row for row in built.in_force}
    beside: dict[str, set[tuple[str, str]]] = {}
    for line in built.table("dong-bao-cao"):
        unit, place = reports[line["report"]], (line["plan"], line["item"])
        if line["corrected_by"] or place not in in_force:
            continue
        if unit not in {named for named, _ in built.roles_of(in_force[place])}:
            beside.setdefault(unit, set()).add(place)
    for unit in set(reports.values()):
        text = built.text(f"{routes.UNITS}{unit}/")
        found = re.search(r"[đĐ]ã báo cáo thêm ((?:\d+ việc[^\d.;]*)+)", text)
        counts = re.findall(r"(\d+) việc", found[1]) if found else []
        plans = {plan for plan, _ in beside.get(unit, ())}
        if len(plans) < 2:
            assert sum(map(int, counts)) == len(beside.get(unit, ())), unit
    assert beside or not reports


def test_a_topic_has_as_many_commitments_in_the_list_as_on_its_page(built: BuiltSite):
    listed = re.findall(
        r'href="([a-z-]+)/"[^>]*>.*?(?:\+ ([\d.]+) đề nghị<.*?)?class="row-end">([\d.]+) việc<',
        built.html(routes.TOPICS).partition("<main")[2],
        re.DOTALL,
    )
    assert listed
    for topic, asked, owed in listed:
        page = built.html(routes.topic(topic))
        rows = Counter(group == "requested" for _, group in set(ROW.findall(page)))
        assert (rows[False], rows[True]) == (whole(owed), whole(asked)), topic
        lead = words_of(page.partition('class="lead"')[2]).partition(">")[2].strip()
        assert count_in(lead) == (whole(owed), whole(asked)), topic


def test_a_commitment_has_all_its_deadlines_wherever_a_list_gives_any(built: BuiltSite):
    """Its state may be judged by the second: «trong hạn» beside the first alone would be false."""
    printed: dict[str, list[str]] = {}
    for row in built.table("thoi-han"):
        address = routes.commitment(row["plan"], row["item"])
        printed.setdefault(address, []).append(row["printed"])
    several = {address for address, ones in printed.items() if len(set(ones)) > 1}
    found: Counter[str] = Counter()
    for file in sorted(built.folder.rglob("index.html")):
        page = file.read_text("utf-8")
        address = file.parent.relative_to(built.folder).as_posix()
        folded = page.partition('id="thoi-han"')[2].partition("</details>")[0]
        for link, row in re.findall(r'<a class="row" href="([^"]+)">(.*?)</a>', page, re.DOTALL):
            words, target = words_of(row), normpath(f"/{address}/{link}").strip("/") + "/"
            if target in several and ("Hạn:" in words or row in folded):
                assert all(one in words for one in printed[target]), (address, target)
                found[target] += 1
    assert bool(found) == bool(several)


def test_targets_are_as_many_on_their_page_as_in_the_table(built: BuiltSite):
    page = built.html(routes.TARGETS)
    counts = [whole(count) for count in re.findall(r"([\d.]+) chỉ tiêu</span>", page)]
    assert sum(counts) == page.count('<tr role="row"><th scope="row"') == len(built.targets)


def test_a_commitment_has_one_state_wherever_it_is_shown(built: BuiltSite):
    """The calendar is left out: it tells of single days, past ones too."""
    states = {
        routes.commitment(row["plan"], row["item"]): row["state_code"] for row in built.commitments
    }
    groups = {
        routes.commitment(row["plan"], row["item"]): group_of(row) for row in built.commitments
    }
    shown = Counter[str]()
    for file in sorted(built.folder.rglob("index.html")):
        address = file.parent.relative_to(built.folder).as_posix()
        page = file.read_text("utf-8")
        if address.startswith("lich"):
            continue
        for link, group in ROW.findall(page):
            target = normpath(f"/{address}/{link}").strip("/") + "/"
            assert groups[target] == group, (address, target)
            shown[target] += 1
        for card in re.findall(r'<p class="card-meta">.*?</p>', page, re.DOTALL):
            state = re.search(r'class="state state-([a-z-]+)"', card)
            clause = re.search(r'<a class="clause" href="([^"]+)"', card)
            if state and clause:
                target = normpath(f"/{address}/{clause[1]}").strip("/") + "/"
                assert states[target] == state[1], (address, target)
                shown[target] += 1
    assert set(shown) == set(states)
    for address, expected in states.items():
        found = re.search(r'class="state state-([a-z-]+)"', built.html(address))
        assert found and found[1] == expected, address
        if groups[address] == "requested":
            assert "chưa có báo cáo" not in built.text(address).lower(), address
