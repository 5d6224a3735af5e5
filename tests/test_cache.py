"""What is kept from an earlier build is put into the next one only where it would be made the same."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import material
import pytest
from conftest import DATA, PROVE, ROOT
from test_generated import edit

from hooks import press, search
from hooks.cache import Cache
from hooks.country import Country
from hooks.ground import survey_ground
from hooks.history import FileHistory, History
from hooks.render import Renderer, Site
from tests.bench.generate import generate
from tests.cases import CASES

AS_OF = date(2028, 6, 30)
TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
Sites = Callable[..., dict[str, bytes] | None]


@pytest.fixture(autouse=True)
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that it would index stand in for its index: it takes longer than all else."""

    def index(documents, site: Path) -> list[str]:
        (site / "pagefind.txt").write_text("\n".join(f"{address} {html}" for address, html in sorted(documents)), "utf-8")
        return ["pagefind.txt"]

    monkeypatch.setattr(search, "index", index)


@pytest.fixture
def build(tmp_path: Path) -> Sites:
    """All generated files of a data folder, by name; None when the data has an error. `keep`: the folder of the cache."""

    def build(data: Path, keep: Path | None = None, *, as_of: date = AS_OF, basis: bytes = b"code", history: History | None = None) -> dict[str, bytes] | None:
        staging = tmp_path / "staging"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        cache = Cache(keep, staging)
        ground, problems = survey_ground(data, as_of, history, basis)
        country = Country(ground, Renderer(TEMPLATES, Site("Công khai kế hoạch", "https://congkhai.example/", as_of, None)), cache, problems)
        if any(problem.severity == "error" for problem in country.provinces()):
            cache.close()
            return None
        index = country.nation([])
        made = {path.relative_to(staging).as_posix(): path.read_bytes() for path in staging.rglob("*") if path.is_file()}
        assert set(index.hashes()) == set(made)
        cache.close(index)
        return made

    return build


def differing(one: dict[str, bytes] | None, other: dict[str, bytes] | None) -> list[str]:
    if one is None or other is None:
        return [] if one is other else ["one of them has errors"]
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def slips(folder: Path, count: int, seed: int) -> list[tuple[Path, str]]:
    """Random edits of random files."""
    dice = random.Random(seed)
    files = sorted(folder.rglob("*.yml"))
    chosen = [dice.choice(files) for _ in range(count)]
    return [(file, edit(file.read_text("utf-8"), dice)) for file in chosen]


@pytest.mark.parametrize("which", ["demo", "minimal", "large"])
def test_after_any_edit_the_site_is_that_of_a_build_from_nothing(which: str, build: Sites, tmp_path: Path):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    if which == "large":
        generate(45, data)
    else:
        shutil.copytree(DATA["demo"] if which == "demo" else CASES / "valid" / "minimal", data)
    built = build(data, keep)
    assert built is not None
    good = 0
    for file, text in slips(data, 400 if PROVE else 12, seed=len(which)):
        before = file.read_bytes()
        file.write_text(text, "utf-8", newline="")
        again = build(data, keep)
        good += again is not None
        assert differing(again, build(data)) == [], f"{file}:\n{text}"
        file.write_bytes(before)
    assert differing(build(data, keep), built) == []
    assert good


def test_plans_that_come_go_and_move_take_their_pages_along(build: Sites, tmp_path: Path):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    build(data, keep)
    plans = sorted(path.parent for path in data.rglob("plan.yml"))

    def same() -> bool:
        again = build(data, keep)
        return again is not None and differing(again, build(data)) == []

    away = tmp_path / "away"
    for plan in plans:
        shutil.move(plan, away)
        again, cold = build(data, keep), build(data)
        assert differing(again, cold) == [], plan
        assert again is None or not any(name.startswith(f"ke-hoach/{plan.relative_to(data).as_posix()}/") for name in again)
        shutil.move(away, plan)
        assert same(), plan
    place = next(plan for plan in plans if "former_paths" not in (plan / "plan.yml").read_text("utf-8"))
    moved = place.with_name("da-doi-ten")
    place.rename(moved)
    old = place.relative_to(data).as_posix()
    for file in data.rglob("*.yml"):
        file.write_text(file.read_text("utf-8").replace(old, moved.relative_to(data).as_posix()), "utf-8")
    with (moved / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"former_paths: [{old}]\n")
    assert same()


@pytest.mark.parametrize("changed", [{"as_of": date(2031, 1, 1)}, {"basis": b"other code"}, {"history": {}}, {"history": "all"}])
def test_what_was_kept_for_another_day_or_by_other_code_is_not_used(build: Sites, tmp_path: Path, changed: dict[str, object]):
    keep = tmp_path / "kept"
    if changed.get("history") == "all":
        changed = {"history": {f"{path.parent.relative_to(DATA['demo']).as_posix()}/plan.yml": FileHistory(date(2026, 5, 1), date(2026, 6, 1)) for path in DATA["demo"].rglob("plan.yml")}}
    build(DATA["demo"], keep)
    assert differing(build(DATA["demo"], keep, **changed), build(DATA["demo"], **changed)) == []


def test_without_a_change_nothing_is_made(build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)

    def write(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(Cache, "write", write)
    assert differing(build(DATA["demo"], keep), first) == []


def test_one_word_makes_one_plan_and_what_shows_it(build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    generate(45, data)
    build(data, keep)
    plan = next(data.glob("*/*/*/plan.yml"))
    for file in (plan, plan.with_name("source.txt")):
        file.write_text(file.read_text("utf-8").replace("Tổ chức triển khai", "Tổ chức thực hiện"), "utf-8")
    written: list[str] = []
    write = Cache.write

    def watch(self: Cache, address: str, content: bytes):
        written.append(address)
        return write(self, address, content)

    monkeypatch.setattr(Cache, "write", watch)
    assert build(data, keep) is not None
    own = plan.parent.relative_to(data).as_posix()
    assert {address.split("/")[1] for address in written if address.startswith("ke-hoach/")} == {own.split("/")[0]}
    assert {address for address in written if address.startswith("ke-hoach/") and address.endswith("/muc.json")} == {f"ke-hoach/{own}/muc.json"}
    assert not [address for address in written if address.startswith(("don-vi/", "dia-phuong/", "van-ban/"))]


def test_a_kept_file_that_a_hand_has_changed_is_made_again(build: Sites, tmp_path: Path):
    """A published file and the kept one are one file with two names."""
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    for kept in keep.glob("??/*"):
        kept.write_bytes(b"Xin chao" + kept.read_bytes())
    assert differing(build(DATA["demo"], keep), first) == []
    assert differing(build(DATA["demo"], keep), first) == []


@pytest.mark.parametrize("spoil", [lambda keep: (keep / "index").write_bytes(b"\x80\x05oh"), lambda keep: shutil.rmtree(keep / "a0"), lambda keep: (keep / "index").unlink()])
def test_a_spoilt_cache_only_costs_time(build: Sites, tmp_path: Path, spoil: Callable[[Path], object]):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    spoil(keep)
    assert differing(build(DATA["demo"], keep), first) == []


def test_no_more_is_kept_than_the_last_site_needs(build: Sites, tmp_path: Path):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    made = build(data, keep)
    shutil.rmtree(next(data.rglob("plan.yml")).parent / "reports", ignore_errors=True)
    made = build(data, keep) or made
    assert made is not None
    assert len(list(keep.glob("??/*"))) == len(set(made.values()))


def test_two_builds_do_not_share_a_cache(build: Sites, tmp_path: Path):
    keep = tmp_path / "kept"
    other = Cache(keep, tmp_path)
    try:
        assert build(DATA["demo"], keep) == build(DATA["demo"])
        assert not list(keep.glob("??/*"))
    finally:
        other.close()


def test_both_cores_make_the_same_site(build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = tmp_path / "plans"
    generate(62, data)
    one = build(data)
    monkeypatch.setattr(press, "_workers", lambda: 2)
    assert differing(build(data), one) == []
