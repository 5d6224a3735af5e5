"""What a new day makes: nothing but what changes on it, and that as a build from nothing does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import material
import pytest

from conftest import DATA, PROVE, ROOT
from congkhai.build import inputs
from congkhai.build.builder import SiteBuilder
from congkhai.build.cache import Cache, CacheIndex
from congkhai.build.parallel import SerialExecutor
from congkhai.data.git_history import History
from congkhai.model import routes
from congkhai.model.today import Interval
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site
from tests.bench.generate import generate
from tests.few_communes import keep_few_communes
from tests.repository import history_of

TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
ONE_DAY = timedelta(days=1)
Made = dict[str, bytes]
DayAfterDay = Callable[..., Iterator[tuple[date, Made, Made, list[str]]]]


@pytest.fixture(autouse=True)
def with_few_communes(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_few_communes(monkeypatch)


class Builds:
    """Builds of one data folder, on one day after another."""

    def __init__(self, data: Path, work: Path, history: History | None) -> None:
        self._data = data
        self._work = work
        self._history = history
        self.count = 0

    def build(self, day: date, keep: Path | None) -> tuple[Made, CacheIndex]:
        """Return all files as they are on a day; `keep`: the folder of the cache."""
        self.count += 1
        staging = self._work / f"site-{self.count}"
        staging.mkdir()
        cache = Cache(keep, staging)
        kept = cache.index
        found, problems = inputs.read_inputs(
            self._data, day, self._history, b"code", SerialExecutor(), kept.folder_states
        )
        site = Site("Công khai kế hoạch", "https://congkhai.example/", None)
        site_builder = SiteBuilder(
            found, Renderer(TEMPLATES, site), cache, SerialExecutor(), problems
        )
        result = site_builder.build([])
        assert not [one for one in result.problems if one.severity == "error"]
        site_builder.save(result.index)
        cache.close()
        return {name: (staging / name).read_bytes() for name in result.index.hashes()}, result.index


def history_of_all(data: Path) -> History:
    """Return a history in which all was committed on one day."""
    return history_of(
        {
            file.relative_to(data).as_posix(): [("2026-06-01", file.read_bytes())]
            for file in data.rglob("*.yml")
        }
    )


def differing(one: Made, other: Made) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


@pytest.fixture(params=["demo", "large", *(["real"] if PROVE else [])])
def builds(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Builds:
    data = tmp_path / "plans"
    if request.param == "large":
        generate(12, data)
        monkeypatch.setattr(inputs, "is_large", lambda plans: True)
    else:
        data = DATA[request.param]
    return Builds(data, tmp_path, history_of_all(data) if request.param == "demo" else None)


def turning_days(index: CacheIndex, day: date) -> list[date]:
    """Return the days after `day` on which a job's files end to hold, in order."""
    ends = {job.valid.until for part in index.parts.values() for job in part.jobs.values()}
    return sorted(end + ONE_DAY for end in ends if end is not None and end >= day)


def test_each_new_day_gives_the_site_of_a_build_from_nothing(builds: Builds, tmp_path: Path):
    """On ordinary days, after deadlines, at the ends of months and years."""
    keep = tmp_path / "kept"
    day = date(2026, 11, 26)
    made, index = builds.build(day, keep)
    ordinary = turned = 0
    for _ in range(12 if PROVE else 1):
        next_turn = turning_days(index, day)[0]
        days = [next_turn, date(next_turn.year + 1, 1, 1)]
        if next_turn > day + ONE_DAY:
            days.insert(0, day + ONE_DAY)
        for later in days:
            again, index = builds.build(later, keep)
            assert differing(again, builds.build(later, None)[0]) == set(), later
            changed = differing(made, again)
            assert routes.JSON_AS_OF in changed
            if later < next_turn:
                ordinary += 1
                assert changed == {routes.JSON_AS_OF}
            else:
                turned += len(changed) > 1
            made, day = again, later
    assert ordinary
    assert turned


PRINTED = re.compile(
    r"đúng(?: từ (?P<since>\d\d/\d+/\d{4}))?(?: đến hết (?P<until>\d\d/\d+/\d{4}))?,"
    r" nếu không có báo cáo mới",
    re.IGNORECASE,
)


def printed_interval(page: bytes) -> Interval | None:
    """Return the days on which a page says that it holds; None where it does not say."""
    found = PRINTED.search(" ".join(re.sub(r"</?tspan[^>]*>", " ", page.decode()).split()))
    if found is None:
        return None

    def read(text: str | None) -> date | None:
        if text is None:
            return None
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)

    return Interval(read(found["since"]), read(found["until"]))


def test_no_page_changes_on_a_day_on_which_it_says_that_it_holds(builds: Builds):
    day = date(2026, 11, 26)
    made, index = builds.build(day, None)
    said = {
        name: printed_interval(content)
        for name, content in made.items()
        if name.endswith((".html", ".svg"))
    }
    assert sum(valid is not None for valid in said.values()) > len(said) // 2
    assert all(valid.holds(day) for valid in said.values() if valid is not None)
    turns = turning_days(index, day)
    for later in sorted({turns[0], date(2027, 7, 1), turns[-1]} if PROVE else {turns[0]}):
        again, _ = builds.build(later, None)
        for name, valid in said.items():
            if valid is None or valid.holds(later):
                assert again.get(name) == made[name], (name, later, valid)


def test_no_file_but_one_names_the_day_of_the_build(builds: Builds):
    """A day on which nothing in the data happens stands nowhere else, in no form."""
    day = date(2027, 2, 17)
    made, _ = builds.build(day, None)
    forms = [form.encode() for form in ("2027-02-17", "17/02/2027", "20270217", "17/2/2027")]
    named = {name for name, content in made.items() if any(form in content for form in forms)}
    assert named == {routes.JSON_AS_OF}
