"""What is kept from an earlier build is put into the next one only where it would be made the same."""

from __future__ import annotations

import errno
import os
import pickle
import random
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import material
import pytest
from test_generated import edit

from conftest import DATA, PROVE, ROOT, RunMkDocs
from congkhai import mkdocs_plugin
from congkhai.build import inputs, parallel
from congkhai.build.builder import SiteBuilder
from congkhai.build.cache import Cache, Index
from congkhai.build.inputs import read_inputs
from congkhai.build.manifest import MANIFEST, list_files
from congkhai.build.object_store import File, ObjectStore
from congkhai.build.publish import Build
from congkhai.data.folder import REGISTERS
from congkhai.data.git_history import FileHistory, History
from congkhai.exports import pagefind
from congkhai.pages.render import Renderer, Site
from tests.bench.generate import generate
from tests.cases import CASES

AS_OF = date(2028, 6, 30)
TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
Sites = Callable[..., dict[str, bytes] | None]


@pytest.fixture(autouse=True)
def without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that it would index stand in for its index: it takes longer than all else."""

    def index(documents, site: Path) -> list[str]:
        words = sorted(documents)
        (site / "pagefind").mkdir()
        (site / "pagefind" / "index.txt").write_text(
            "\n".join(f"{address} {html}" for address, html in words), "utf-8"
        )
        (site / "pagefind" / f"{len(words)}.txt").write_text("of so many documents", "utf-8")
        return ["pagefind/index.txt", f"pagefind/{len(words)}.txt"]

    monkeypatch.setattr(pagefind, "index", index)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sites:
    """All generated files of a data folder, by name; None when the data has an error. `keep`: the folder of the cache."""
    monkeypatch.setattr(os, "sync", lambda: None)  # hundreds of builds need not survive a power cut

    def build(
        data: Path,
        keep: Path | None = None,
        *,
        as_of: date = AS_OF,
        basis: bytes = b"code",
        history: History | None = None,
    ) -> dict[str, bytes] | None:
        work = Build(tmp_path / "sites" / (keep.name if keep else "nothing kept"), [], ours=True)
        stood = read(work.target)
        cache = Cache(keep, work.staging)
        work.spare = cache.spare
        surveyed, problems = read_inputs(data, as_of, history, basis, cache.before.seen)
        country = SiteBuilder(
            surveyed,
            Renderer(
                TEMPLATES, Site("Công khai kế hoạch", "https://congkhai.example/", as_of, None)
            ),
            cache,
            problems,
        )
        cache.begin()
        if any(problem.severity == "error" for problem in country.provinces()):
            work.discard()
            cache.close()
            return None
        index = country.nation([])
        assert read(work.target) == stood, (
            "a kept file is one with that of the site that stands: nobody may write into it"
        )
        work.publish({}, index.hashes())
        country.keep(index)
        cache.close()
        made = read(work.target)
        assert set(index.hashes()) == set(made)
        assert all(any(folder.iterdir()) for folder in work.target.rglob("*") if folder.is_dir())
        return made

    return build


def read(site: Path) -> dict[str, bytes]:
    return (
        {name: (site / name).read_bytes() for name in list_files(site) if name != MANIFEST}
        if site.exists()
        else {}
    )


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
def test_after_any_edit_the_site_is_that_of_a_build_from_nothing(
    which: str, build: Sites, tmp_path: Path
):
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
        assert again is None or not any(
            name.startswith(f"ke-hoach/{plan.relative_to(data).as_posix()}/") for name in again
        )
        shutil.move(away, plan)
        assert same(), plan
    place = next(
        plan for plan in plans if "former_paths" not in (plan / "plan.yml").read_text("utf-8")
    )
    moved = place.with_name("da-doi-ten")
    place.rename(moved)
    old = place.relative_to(data).as_posix()
    for file in data.rglob("*.yml"):
        file.write_text(
            file.read_text("utf-8").replace(old, moved.relative_to(data).as_posix()), "utf-8"
        )
    with (moved / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"former_paths: [{old}]\n")
    assert same()


@pytest.mark.parametrize(
    "changed",
    [{"as_of": date(2031, 1, 1)}, {"basis": b"other code"}, {"history": {}}, {"history": "all"}],
)
def test_what_was_kept_for_another_day_or_by_other_code_is_not_used(
    build: Sites, tmp_path: Path, changed: dict[str, object]
):
    keep = tmp_path / "kept"
    if changed.get("history") == "all":
        changed = {
            "history": {
                f"{path.parent.relative_to(DATA['demo']).as_posix()}/plan.yml": FileHistory(
                    date(2026, 5, 1), date(2026, 6, 1)
                )
                for path in DATA["demo"].rglob("plan.yml")
            }
        }
    build(DATA["demo"], keep)
    assert differing(build(DATA["demo"], keep, **changed), build(DATA["demo"], **changed)) == []


def test_without_a_change_nothing_is_made(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)

    def write(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(Cache, "write", write)
    assert differing(build(DATA["demo"], keep), first) == []


def test_two_files_of_one_content_are_both_kept(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One annex is handed in twice, under two names."""
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    annex = next(data.rglob("ket-qua-*.csv"))
    shutil.copy(annex, annex.with_name(f"ban-sao-{annex.name}"))
    for report in annex.parent.glob("reports/*.yml"):
        lines = report.read_text("utf-8").splitlines(keepends=True)
        report.write_text(
            "".join(
                line
                + (line.replace(annex.name, f"ban-sao-{annex.name}") if annex.name in line else "")
                for line in lines
            ),
            "utf-8",
        )
    first = build(data, keep)
    monkeypatch.setattr(Cache, "write", lambda *_: pytest.fail("made again"))
    assert differing(build(data, keep), first) == []


def test_one_word_makes_one_plan_and_what_shows_it(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    generate(45, data)
    build(data, keep)
    plan = next(data.glob("*/*/*/plan.yml"))
    for file in (plan, plan.with_name("source.txt")):
        file.write_text(
            file.read_text("utf-8").replace("Tổ chức triển khai", "Tổ chức thực hiện"), "utf-8"
        )
    written: list[str] = []
    write = Cache.write

    def watch(self: Cache, address: str, content: bytes):
        written.append(address)
        return write(self, address, content)

    monkeypatch.setattr(Cache, "write", watch)
    assert build(data, keep) is not None
    own = plan.parent.relative_to(data).as_posix()
    assert {address.split("/")[1] for address in written if address.startswith("ke-hoach/")} == {
        own.split("/")[0]
    }
    assert {
        address
        for address in written
        if address.startswith("ke-hoach/") and address.endswith("/muc.json")
    } == {f"ke-hoach/{own}/muc.json"}
    assert {
        address.rpartition("/")[0]
        for address in written
        if address.startswith(("don-vi/", "dia-phuong/", "van-ban/"))
    } == {f"dia-phuong/{own.rpartition('/')[0]}"}


def test_a_plan_that_is_as_it_was_is_known_again_by_another_process(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    """Its neighbour was edited, so its province was read again; the pages of the country that show only it need not be made."""
    plans = Path(shutil.copytree(DATA["real"], tmp_path / "plans"))
    edited, other = (
        "hai-phong/xa-nam-sach/ascc-2026-2030",
        "hai-phong/phuong-hai-duong/ascc-2026-2030",
    )
    known = []
    for word in ("luôn", "thường xuyên"):
        for name in ("plan.yml", "source.txt"):
            file = plans / edited / name
            file.write_text(
                (DATA["real"] / edited / name)
                .read_text("utf-8")
                .replace("thường xuyên kiểm tra", f"{word} kiểm tra"),
                "utf-8",
            )
        done = run_mkdocs(
            "build", "--site-dir", tmp_path / "site", PLANS_DIR=plans, BUILD_CACHE=tmp_path / "kept"
        )
        assert done.returncode == 0, done.stderr
        index = pickle.loads(
            next((tmp_path / "kept").glob("*/index")).read_bytes().partition(b"\n")[2]
        )
        province = index.parts["hai-phong"]
        known.append((province.basis, pickle.loads(province.facts).digests[other]))
    assert known[0][0] != known[1][0]
    assert known[0][1] == known[1][1]


def test_a_kept_file_that_a_hand_has_changed_is_made_again(build: Sites, tmp_path: Path):
    """A published file and the kept one are one file with two names."""
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    for kept in keep.glob("??/*"):
        kept.write_bytes(b"Xin chao" + kept.read_bytes())
    assert differing(build(DATA["demo"], keep), first) == []
    assert differing(build(DATA["demo"], keep), first) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda keep: (keep / "index").write_bytes(b"\x80\x05oh"),
        lambda keep: shutil.rmtree(keep / "a0"),
        lambda keep: (keep / "index").unlink(),
    ],
)
def test_a_spoilt_cache_only_costs_time(
    build: Sites, tmp_path: Path, spoil: Callable[[Path], object]
):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    spoil(keep)
    assert differing(build(DATA["demo"], keep), first) == []


def test_a_plan_replaced_by_one_of_another_province_leads_there(build: Sites, tmp_path: Path):
    """A dissolved province's plan is replaced by one of the province that it went into."""
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["real"], data)
    old, new = "quang-nam/ascc-2021-2025", "lai-chau/ascc-2026-2030"
    build(data, keep)
    with (data / new / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"supersedes: {old}\n")
    again = build(data, keep)
    assert again is not None
    assert f'href="../../{new}/"' in again[f"ke-hoach/{old}/index.html"].decode()
    assert differing(again, build(data)) == []


def test_a_file_is_read_again_though_its_size_and_its_time_are_as_before(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    monkeypatch.setattr(inputs, "SETTLED", 0)  # not to wait for two seconds
    read: list[str] = []
    content = inputs._content
    monkeypatch.setattr(inputs, "_content", lambda file: [read.append(file), content(file)][1])
    time.sleep(0.1)
    before = build(data, keep)
    read.clear()
    assert build(data, keep) == before
    assert {Path(file).name for file in read} == set(REGISTERS)

    report = next(
        file for file in sorted(data.rglob("reports/*.yml")) if " đã " in file.read_text("utf-8")
    )
    known = report.stat()
    time.sleep(0.1)
    report.write_text(report.read_text("utf-8").replace(" đã ", " đá "), "utf-8")
    os.utime(report, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert report.stat().st_size == known.st_size
    again = build(data, keep)
    assert again is not None
    assert differing(again, before) != []
    assert differing(again, build(data)) == []


@pytest.mark.parametrize("claimed", ["mau/xa-cu-mau/so-nuoc-2024-2026", "mau/ten-cu"])
def test_two_plans_that_claim_one_address_are_told_so(claimed: str, tmp_path: Path):
    data = tmp_path / "plans"
    shutil.copytree(DATA["demo"], data)
    two = [
        plan
        for plan in sorted(data.rglob("plan.yml"))
        if "former_paths" not in plan.read_text("utf-8")
    ][-2:]
    for plan in two:
        plan.write_text(f"{plan.read_text('utf-8')}former_paths: [{claimed}]\n", "utf-8")
    (tmp_path / "staging").mkdir()
    surveyed, problems = read_inputs(data, AS_OF, None, b"code")
    renderer = Renderer(
        TEMPLATES, Site("Công khai kế hoạch", "https://congkhai.example/", AS_OF, None)
    )
    said = [
        str(problem)
        for problem in SiteBuilder(
            surveyed, renderer, Cache(None, tmp_path / "staging"), problems
        ).provinces()
    ]
    assert any(f"đường dẫn cũ «{claimed}»" in problem for problem in said)


def test_provinces_looked_into_by_several_processes_are_seen_as_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data = tmp_path / "plans"
    generate(40, data)
    (data / "ha-noi" / "Sai Tên").mkdir()
    (data / "an-giang" / "ghi-chu.docx").write_bytes(b"")
    monkeypatch.setattr(parallel, "_workers", lambda: 1)
    alone, problems = read_inputs(data, AS_OF, None, b"code")
    assert len({plan_id.partition("/")[0] for plan_id in alone.folder.plans}) > 2
    monkeypatch.setattr(parallel, "_workers", lambda: 3)
    monkeypatch.setattr(inputs, "FEW_FOLDERS", 0)
    forked = []
    monkeypatch.setattr(
        parallel, "_fork", lambda *given, fork=parallel._fork: forked.append(given) or fork(*given)
    )
    together, same_problems = read_inputs(data, AS_OF, None, b"code")
    assert len(forked) == 2
    assert len({problem.path for problem in problems if problem.line == 0}) == 2
    assert same_problems == problems
    assert (list(together.bases.items()), together.folder, together.seen) == (
        list(alone.bases.items()),
        alone.folder,
        alone.seen,
    )


def test_a_dissolved_province_s_page_leads_to_the_feed_that_a_commune_s_plan_brings(
    build: Sites, tmp_path: Path
):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    gone = "source: {title: Nghị quyết, url: https://example.org/a, date: '2025-06-16'}"
    with (data / "localities.yml").open("a", encoding="utf-8") as register:
        register.write(f"""\
  "97": {{name: tỉnh Rất Xưa, level: province, until: "2025-07-01", successors: ["99"], {gone}}}
  "97001": {{name: xã Rất Xưa, level: commune, province: "97", until: "2025-07-01", successors: ["99001"], {gone}}}
""")
    build(data, keep)
    plan = data / "rat-xua" / "xa-rat-xua" / "so-nuoc-2024-2026"
    shutil.copytree(data / "mau" / "xa-cu-mau" / "so-nuoc-2024-2026", plan)
    (plan / "plan.yml").write_text(
        (plan / "plan.yml").read_text("utf-8").replace('"99007"', '"97001"'), "utf-8"
    )
    again = build(data, keep)
    assert again is not None
    assert b"atom.xml" in again["dia-phuong/rat-xua/index.html"].partition(b"<main")[2]
    assert differing(again, build(data)) == []


@pytest.mark.parametrize(
    ("name", "key", "seam"),
    [
        ("units.yml", "name", (inputs, "load_registers")),
        ("mau/xa-thuong-mau/so-nuoc-2025-2028/plan.yml", "issuer", (SiteBuilder, "provinces")),
    ],
)
def test_nothing_is_kept_of_a_file_that_is_written_to_while_it_is_read(
    name: str,
    key: str,
    seam: tuple[object, str],
    build: Sites,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """An editor saves twice: what was hashed need not be what was read. A register is hashed after it is read, a plan before."""
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    file = data / name
    hashed = file.read_text("utf-8")
    read = hashed.replace(f"{key}: ", f"{key}: Mới ", 1)
    assert read != hashed
    work = getattr(*seam)

    def saved(*given: object) -> object:
        file.write_text(read, "utf-8")
        found = work(*given)
        file.write_text(hashed, "utf-8")
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(*seam, saved)
        build(data, keep)
    file.write_text(hashed, "utf-8")
    assert differing(build(data, keep), build(data)) == []


@pytest.mark.parametrize("kept", [True, False])
def test_a_file_in_parts_is_the_file(kept: bool, tmp_path: Path):
    cache = Cache(tmp_path / "kept" if kept else None, tmp_path / "site")
    (tmp_path / "site").mkdir()
    whole = cache.write("một/a.csv", b"abc")[1]
    name, file = cache.write("hai/b.csv", iter([b"a", memoryview(b"xbc")[1:], b""]))
    assert (name, file.digest, file.size) == ("hai/b.csv", whole.digest, 3)
    assert (tmp_path / "site" / name).read_bytes() == b"abc"
    with pytest.raises(FileExistsError):
        cache.write("hai/b.csv", iter([b"other"]))
    assert (tmp_path / "site" / name).read_bytes() == b"abc"
    if kept:
        os.unlink(tmp_path / "site" / name)
        assert cache.reuse({name: file})
        assert (tmp_path / "site" / name).read_bytes() == b"abc"
    cache.close()


def test_a_library_s_own_work_is_of_one_basis(tmp_path: Path):
    """Jinja knows a compiled template by its text alone, whatever compiled it."""
    cache = Cache(tmp_path / "kept", tmp_path)
    room = cache.room("templates", b"one version of Jinja")
    assert room is not None
    (room / "layout").write_text("compiled")
    assert cache.room("templates", b"one version of Jinja") == room
    other = cache.room("templates", b"another")
    assert other is not None
    assert not list(other.iterdir())
    assert not room.exists()
    cache.close()


def test_a_preview_laid_half_over_its_site_is_not_taken_for_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def publish(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    last = Index()
    monkeypatch.setattr(mkdocs_plugin, "_preview", True)
    monkeypatch.setattr(mkdocs_plugin, "_standing", (tmp_path, last))
    monkeypatch.setattr(mkdocs_plugin, "origin_of", lambda root, site: {})
    monkeypatch.setattr(mkdocs_plugin, "_keep", lambda work, index: None)
    monkeypatch.setattr(
        mkdocs_plugin,
        "_work",
        SimpleNamespace(
            country=SimpleNamespace(nation=lambda addresses: Index()),
            build=SimpleNamespace(publish=publish, target=tmp_path, carry=bool),
            addresses=[],
            site=None,
        ),
    )
    with pytest.raises(OSError, match="full"):
        mkdocs_plugin.on_post_build(
            SimpleNamespace(strict=False, config_file_path=str(tmp_path / "mkdocs.yml"))
        )
    assert mkdocs_plugin._standing is not None
    assert mkdocs_plugin._standing[1].name != last.name
    assert not mkdocs_plugin._standing[1].files()


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


def test_both_cores_make_the_same_site(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data = tmp_path / "plans"
    generate(62, data)
    one = build(data)
    monkeypatch.setattr(parallel, "_workers", lambda: 2)
    assert differing(build(data), one) == []


def test_a_build_begins_with_the_site_before_the_last(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    generate(45, data)
    plan = next(data.glob("*/*/*/plan.yml")).parent
    given: list[str] = []
    give = ObjectStore.give

    def watch(self: ObjectStore, file: File, path: str) -> None:
        given.append(path)
        give(self, file, path)

    monkeypatch.setattr(parallel, "_workers", lambda: 1)
    monkeypatch.setattr(ObjectStore, "give", watch)
    counts = []
    made = None
    for old, new in (
        ("triển khai", "thực hiện"),
        ("thực hiện", "triển khai"),
        ("triển khai", "thực hiện"),
        ("thực hiện", "triển khai"),
    ):
        given.clear()
        for file in (plan / "plan.yml", plan / "source.txt"):
            file.write_text(
                file.read_text("utf-8").replace(f"Tổ chức {old}", f"Tổ chức {new}"), "utf-8"
            )
        made = build(data, keep)
        counts.append(len(given))
    assert made is not None and differing(made, build(data)) == []
    assert counts[0] == counts[1] == len(made) - 3, (
        "all but the index and the table of all, which are written where they stand"
    )
    assert counts[2] < len(made) / 2 and counts[3] < len(made) / 2


def test_what_a_hand_put_into_a_replaced_site_is_not_published(build: Sites, tmp_path: Path):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    first = build(data, keep)
    assert build(data, keep) == first
    old = keep / "site"
    names = sorted(list_files(old))
    (old / names[0]).write_bytes(b"changed in its place")
    (old / names[1]).unlink()
    (old / names[1]).write_bytes(b"another file of the same name")
    (old / names[2]).unlink()
    (old / "them" / "sau").mkdir(parents=True)
    (old / "them" / "sau" / "index.html").write_text("added", "utf-8")
    (old / "lien-ket").symlink_to(tmp_path, target_is_directory=True)
    assert build(data, keep) == first
    assert tmp_path.is_dir() and not (old / "them").exists()


def test_a_build_with_an_error_leaves_the_replaced_site_for_the_next(build: Sites, tmp_path: Path):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    first = build(data, keep)
    assert build(data, keep) == first
    plan = next(data.rglob("plan.yml"))
    words = plan.read_text("utf-8")
    plan.write_text(words + "\nsai: 1\n", "utf-8")
    assert build(data, keep) is None
    assert (keep / "site").is_dir()
    plan.write_text(words, "utf-8")
    assert build(data, keep) == first
