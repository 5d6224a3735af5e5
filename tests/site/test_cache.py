"""Kept work goes into the next build only where it would be made the same."""

from __future__ import annotations

import errno
import hashlib
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import material
import pytest
from test_generated import edit

from conftest import DATA, PROVE, ROOT, RunMkDocs
from congkhai import mkdocs_plugin
from congkhai.build import builder as builder_module
from congkhai.build import cache as cache_module
from congkhai.build import inputs
from congkhai.build.builder import BuildResult, SiteBuilder
from congkhai.build.cache import (
    Cache,
    CacheIndex,
    FolderState,
    SitePart,
    StandingSite,
    build_with_fallback,
)
from congkhai.build.inputs import read_inputs
from congkhai.build.manifest import MANIFEST, list_files
from congkhai.build.object_store import StoredFile
from congkhai.build.parallel import SerialExecutor, Task
from congkhai.build.publish import Build
from congkhai.data.folder import REGISTERS
from congkhai.data.git_history import History
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.exports import shared_pictures
from congkhai.pages.render import Renderer
from congkhai.pages.shared_pictures import SharedPicture
from congkhai.pages.site import Site
from tests.bench.generate import generate
from tests.cases import CASES, MINIMAL
from tests.few_communes import keep_few_communes
from tests.repository import history_of

AS_OF = date(2028, 6, 30)
TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
Sites = Callable[..., dict[str, bytes] | None]
ONE = SerialExecutor()


def long_after() -> int:
    """Tell a time at which every file is old; no test waits for it."""
    return 2**62


def just_now() -> int:
    """Tell a time at which no file is old yet."""
    return 0


@pytest.fixture(autouse=True)
def with_few_communes(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_few_communes(monkeypatch)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sites:
    """Return all generated files of a data folder, by name; None when the data has an error.

    `keep`: the folder of the cache.
    """
    monkeypatch.setattr(os, "sync", lambda: None)  # hundreds of builds need not survive a power cut

    def build(
        data: Path,
        keep: Path | None = None,
        *,
        as_of: date = AS_OF,
        basis: bytes = b"code",
        history: History | None = None,
        clock: Callable[[], int] = time.time_ns,
    ) -> dict[str, bytes] | None:
        work = Build(tmp_path / "sites" / (keep.name if keep else "nothing kept"), [], ours=True)
        stood = read(work.target)
        cache = Cache(keep, work.staging)
        builders = []

        def attempt() -> BuildResult:
            states = cache.index.folder_states
            surveyed, problems = read_inputs(data, as_of, history, basis, ONE, states, clock=clock)
            site = Site("Công khai kế hoạch", "https://congkhai.example/", None)
            renderer = Renderer(TEMPLATES, site, cache.library_folder("templates", basis))
            builders.append(SiteBuilder(surveyed, renderer, cache, ONE, problems))
            return builders[-1].build([])

        result = build_with_fallback(cache, attempt)
        if any(problem.severity == "error" for problem in result.problems):
            work.discard()
            cache.close()
            return None
        assert read(work.target) == stood, (
            "a kept file is one with that of the site that stands: nobody may write into it"
        )
        work.publish({}, result.index.hashes())
        builders[-1].save(result.index)
        cache.close()
        made = read(work.target)
        assert set(result.index.hashes()) == set(made)
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
        generate(20, data)
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
    first = build(data, keep)
    assert first is not None and differing(first, build(data)) == []
    plans = sorted(path.parent for path in data.rglob("plan.yml"))

    away = tmp_path / "away"
    for plan in plans:
        shutil.move(plan, away)
        again, cold = build(data, keep), build(data)
        assert differing(again, cold) == [], plan
        assert again is None or not any(
            name.startswith(f"ke-hoach/{plan.relative_to(data).as_posix()}/") for name in again
        )
        shutil.move(away, plan)
        assert differing(build(data, keep), first) == [], plan
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
    again = build(data, keep)
    assert again is not None and differing(again, build(data)) == []


PAST = {
    file.relative_to(DATA["demo"]).as_posix(): [
        ("2026-05-01", file.read_bytes().replace(b"2027", b"2026")),
        ("2026-06-01", file.read_bytes()),
    ]
    for file in DATA["demo"].rglob("*/plan.yml")
}
"""A history in which every plan was amended once."""


@pytest.mark.parametrize(
    "changed",
    [
        {"as_of": date(2031, 1, 1)},
        {"basis": b"other code"},
        {"history": history_of({})},
        {"history": history_of(PAST)},
    ],
)
def test_what_was_kept_for_another_day_or_by_other_code_is_not_used(
    build: Sites, tmp_path: Path, changed: dict[str, object]
):
    keep = tmp_path / "kept"
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


def test_what_the_registers_check_finds_is_told_again_and_looked_for_only_after_an_edit(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    data, keep = tmp_path / "data", tmp_path / "kept"
    shutil.copytree(MINIMAL, data)
    warning = Problem("units.yml", 1, 1, "tên lạ", "xem lại", "warning")
    checks: list[Dataset] = []
    told: list[list[Problem]] = []

    def check(registers: Dataset) -> list[Problem]:
        checks.append(registers)
        return [warning]

    def tell(builder: SiteBuilder, addresses: Sequence[str]) -> BuildResult:
        result = make(builder, addresses)
        told.append(result.problems)
        return result

    make = SiteBuilder.build
    monkeypatch.setattr(builder_module, "check_registers", check)
    monkeypatch.setattr(SiteBuilder, "build", tell)
    build(data, keep)
    build(data, keep)
    assert len(checks) == 1
    assert [warning in problems for problems in told] == [True, True]
    units = data / "units.yml"
    units.write_text(f"{units.read_text('utf-8')}# xong\n", "utf-8")
    build(data, keep)
    assert len(checks) == 2


def test_another_day_draws_no_picture_to_share_again(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    keep = tmp_path / "kept"
    drawn: list[str] = []
    draw = shared_pictures.draw_png

    def watch(picture: SharedPicture, *arguments: object, **named: object) -> bytes:
        drawn.append(picture.address)
        return draw(picture, *arguments, **named)

    monkeypatch.setattr(shared_pictures, "draw_png", watch)
    # By 30/6/2028 a quarter's report falls due; on the two days after it no deadline passes.
    build(DATA["demo"], keep, as_of=AS_OF + timedelta(days=1))
    assert len(drawn) == len(set(drawn)) > 8
    drawn.clear()
    build(DATA["demo"], keep, as_of=AS_OF + timedelta(days=2))
    assert drawn == []


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
    place = own.rpartition("/")[0]
    folders = {
        address.rpartition("/")[0]
        for address in written
        if not address.endswith("/du-lieu.xlsx")  # all rows of the province
    }
    assert {folder for folder in folders if folder.startswith(("dia-phuong/", "van-ban/"))} == {
        f"dia-phuong/{place}"
    }
    # What a unit does in a place is made with the pages of its province.
    assert {
        folder.split("/", 2)[2].split("/")[0] for folder in folders if folder.startswith("don-vi/")
    } == {place.split("/")[0]}


@pytest.mark.parametrize(
    "edits",
    [
        {"Giảm tỷ lệ thất thoát nước": "Hạ tỷ lệ thất thoát nước"},
        {"dưới 18%": "dưới 19%", "value: 18\n": "value: 19\n"},
    ],
    ids=["words", "figure"],
)
def test_an_edit_of_a_held_plan_reaches_the_plans_that_carry_it_out(
    build: Sites, tmp_path: Path, edits: dict[str, str]
):
    """Its provisions are their goals: words, deadlines and figures are compared with them."""
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    first = build(data, keep)
    for name in ("plan.yml", "source.txt"):
        file = data / "mau" / "so-nuoc-2024-2028" / name
        text = file.read_text("utf-8")
        for old, new in edits.items():
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    second = build(data, keep)
    assert second is not None
    assert "chuong-trinh/so-nuoc-2024-2028/index.html" in differing(first, second)
    assert differing(second, build(data)) == []


def test_a_plan_that_is_as_it_was_is_known_again_by_another_process(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    """Pages that show only it need not be made, though a neighbour's edit had it read again."""
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
        index = cache_module._decode_index(next((tmp_path / "kept").glob("*/index")).read_bytes())
        province = index.parts["hai-phong"]
        facts, _ = pickle.loads(province.facts)
        known.append((province.basis, facts.digests[other]))
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


def flip_a_bit(file: Path, at: float) -> None:
    """Change one bit, `at` of the way through the file, and no more: not its size nor its time."""
    state = file.stat()
    content = bytearray(file.read_bytes())
    content[int(at * (len(content) - 1))] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def every_page(keep: Path) -> list[Path]:
    return sorted(keep.glob("??/*"))


def write_index(keep: Path, value: object) -> None:
    """Write an index whose checksum is right, and whose content is not."""
    content = value if isinstance(value, bytes) else pickle.dumps(value)
    header = (keep / "index").read_bytes().partition(b" ")[0]
    checksum = hashlib.sha256(content).hexdigest().encode()
    (keep / "index").write_bytes(header + b" " + checksum + b"\n" + content)


def read_index(keep: Path) -> CacheIndex:
    index = cache_module._decode_index((keep / "index").read_bytes())
    assert index is not None
    return index


def with_other_facts(index: CacheIndex, facts: bytes) -> CacheIndex:
    parts = {name: part._replace(facts=facts) for name, part in index.parts.items()}
    return replace(index, parts=parts)


SPOILS: dict[str, Callable[[Path], object]] = {
    "no index": lambda keep: (keep / "index").unlink(),
    "another file as index": lambda keep: (keep / "index").write_bytes(b"\x80\x05oh"),
    "an empty index": lambda keep: (keep / "index").write_bytes(b""),
    "half an index": lambda keep: truncate(keep / "index"),
    **{
        f"a bit of the index at {at}": lambda keep, at=at: flip_a_bit(keep / "index", at)
        for at in (0, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 1)
    },
    "an index of another class": lambda keep: write_index(keep, {"parts": {}}),
    "an index of a class that is gone": lambda keep: write_index(
        keep, b"ccongkhai.build.cache\nNoSuchClass\n."
    ),
    "parts of another class": lambda keep: write_index(
        keep, CacheIndex(parts=dict.fromkeys(read_index(keep).parts, "?"))
    ),
    "states of another class": lambda keep: write_index(
        keep, CacheIndex(folder_states=dict.fromkeys(read_index(keep).folder_states, "?"))
    ),
    "facts that cannot be read": lambda keep: write_index(
        keep, with_other_facts(read_index(keep), b"?")
    ),
    "facts of another class": lambda keep: write_index(
        keep, with_other_facts(read_index(keep), pickle.dumps("?"))
    ),
    "a folder of files is gone": lambda keep: shutil.rmtree(every_page(keep)[7].parent),
    "a bit of every page": lambda keep: [flip_a_bit(file, 0.5) for file in every_page(keep)],
    "half of every page": lambda keep: [truncate(file) for file in every_page(keep)],
    "a bit of one page": lambda keep: flip_a_bit(every_page(keep)[7], 0.5),
    "a bit of every template": lambda keep: [
        flip_a_bit(file, 0.9) for file in keep.glob("templates/*/*")
    ],
    "half of every template": lambda keep: [truncate(file) for file in keep.glob("templates/*/*")],
}
"""What can happen to kept work; as long as it only costs time."""


@dataclass
class Kept:
    """What one build kept of some data, for all tests that spoil a copy of it.

    The data stay where they are: of a folder elsewhere nothing kept would be used.
    """

    data: Path
    folder: Path
    cold: dict[bool, dict[str, bytes]] = field(default_factory=dict)
    """The site of a build from nothing: as it was, and after the edit."""


@pytest.fixture(scope="module")
def once_kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("once-kept")
    return Kept(folder / "plans", folder / "kept")


def copy_kept(build: Sites, once_kept: Kept, keep: Path) -> None:
    """Copy what was kept, which the first test that asks for it builds."""
    if not once_kept.folder.exists():
        shutil.copytree(CASES / "valid" / "minimal", once_kept.data)
        build(once_kept.data, once_kept.folder)
    shutil.copytree(once_kept.folder, keep)


def test_a_copy_of_what_was_kept_is_used(
    build: Sites, tmp_path: Path, once_kept: Kept, monkeypatch: pytest.MonkeyPatch
):
    """Else it would make no difference how it is spoilt."""
    copy_kept(build, once_kept, tmp_path / "kept")
    monkeypatch.setattr(Cache, "write", lambda *_: pytest.fail("made again"))
    assert build(once_kept.data, tmp_path / "kept") is not None


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=list(SPOILS))
@pytest.mark.parametrize("edited", [False, True], ids=["as it was", "after an edit"])
def test_spoilt_kept_work_only_costs_time(
    build: Sites, tmp_path: Path, once_kept: Kept, spoil: Callable[[Path], object], edited: bool
):
    """The site is that of a build from nothing, and so is the next one's."""
    keep = tmp_path / "kept"
    copy_kept(build, once_kept, keep)
    spoil(keep)
    report = next(once_kept.data.rglob("reports/2027-*.yml"))
    text = report.read_text("utf-8")
    assert "bốn lớp" in text
    try:
        if edited:
            report.write_text(text.replace("bốn lớp", "năm lớp"), "utf-8")
        if edited not in once_kept.cold:
            cold = build(once_kept.data)
            assert cold is not None
            once_kept.cold[edited] = cold
        for _ in range(2):
            assert differing(build(once_kept.data, keep), once_kept.cold[edited]) == []
    finally:
        report.write_text(text, "utf-8")


def test_a_spoilt_index_is_told(build: Sites, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    keep = tmp_path / "kept"
    build(DATA["demo"], keep)
    assert caplog.messages == []
    flip_a_bit(keep / "index", 0.5)
    build(DATA["demo"], keep)
    assert caplog.messages == ["Phần giữ lại của lần dựng trước không dùng được; dựng lại từ đầu."]


def test_a_fault_in_kept_work_is_told_and_one_of_the_code_is_raised(
    build: Sites, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    keep = tmp_path / "kept"
    build(DATA["demo"], keep)
    write_index(keep, with_other_facts(read_index(keep), b"?"))
    build(DATA["demo"], keep)
    assert len(caplog.messages) == 1
    assert re.fullmatch(
        r"Dựng bằng phần giữ lại của lần trước thì hỏng \(UnpicklingError: .*\); "
        r"dựng lại từ đầu\.",
        caplog.messages[0],
    )
    monkeypatch.setattr(SiteBuilder, "build", lambda *_: [].pop())
    with pytest.raises(IndexError):
        build(DATA["demo"], keep)


def test_no_reused_file_is_published_unread(
    build: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    assert first is not None
    hashed: list[str] = []
    is_intact = cache_module.ObjectStore.is_intact

    def watch(self: cache_module.ObjectStore, file: StoredFile) -> bool:
        hashed.append(file.digest)
        return is_intact(self, file)

    monkeypatch.setattr(cache_module.ObjectStore, "is_intact", watch)
    assert build(DATA["demo"], keep) == first
    assert set(hashed) == {hashlib.sha256(content).hexdigest() for content in first.values()}


def test_a_plan_replaced_by_one_of_another_province_leads_there(build: Sites, tmp_path: Path):
    """A dissolved province's plan is replaced by one of the province that it went into.

    No such plan is held: Đà Nẵng's is made of Quảng Nam's.
    """
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["real"], data)
    old, new = "quang-nam/ascc-2021-2025", "da-nang/ascc-2021-2025"
    (data / new).mkdir(parents=True)
    for file in ("plan.yml", "source.txt"):
        text = (data / old / file).read_text("utf-8").replace('locality: "49"', 'locality: "48"')
        text = text.replace("tỉnh Quảng Nam", "thành phố Đà Nẵng")
        (data / new / file).write_text(text, encoding="utf-8")
    build(data, keep)
    with (data / new / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"supersedes: {old}\n")
    again = build(data, keep)
    assert again is not None
    assert f'href="../../{new}/"' in again[f"ke-hoach/{old}/index.html"].decode()
    assert differing(again, build(data)) == []


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the data files whose content was read to know whether they changed."""
    files: list[str] = []
    read_content = inputs._read_content
    monkeypatch.setattr(
        inputs, "_read_content", lambda file: [files.append(file), read_content(file)][1]
    )
    return files


def test_a_file_that_was_left_alone_is_not_read_to_know_it(
    build: Sites, tmp_path: Path, files_read: list[str]
):
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep)
    files_read.clear()
    assert build(DATA["demo"], keep) == first
    registers = {file for file in files_read if Path(file).name in REGISTERS}
    assert {Path(file).name for file in registers} == set(REGISTERS)
    # The one plan whose items others carry out is read for what it says to them.
    assert {*files_read} - registers <= {str(DATA["demo"] / "mau/so-nuoc-2024-2028/plan.yml")}


def test_a_file_that_was_just_written_to_is_read_by_the_next_build(
    build: Sites, tmp_path: Path, files_read: list[str]
):
    """Written to again within the same moment, it would look the same."""
    keep = tmp_path / "kept"
    first = build(DATA["demo"], keep, clock=just_now)
    files_read.clear()
    assert build(DATA["demo"], keep) == first
    assert {Path(file).name for file in files_read} > {*REGISTERS, "plan.yml"}


def test_another_file_of_the_same_size_and_time_is_read(build: Sites, tmp_path: Path):
    """As an editor saves: a new file takes the place of the old one."""
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    before = build(data, keep)
    reports = sorted(data.rglob("reports/*.yml"))
    report = next(file for file in reports if " đã " in file.read_text("utf-8"))
    state = report.stat()
    draft = report.with_suffix(".new")
    draft.write_text(report.read_text("utf-8").replace(" đã ", " đá "), "utf-8")
    os.utime(draft, ns=(state.st_atime_ns, state.st_mtime_ns))
    draft.replace(report)
    assert report.stat().st_size == state.st_size
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
    surveyed, problems = read_inputs(data, AS_OF, None, b"code", ONE)
    renderer = Renderer(TEMPLATES, Site("Công khai kế hoạch", "https://congkhai.example/", None))
    cache = Cache(None, tmp_path / "staging")
    result = SiteBuilder(surveyed, renderer, cache, ONE, problems).build([])
    said = [str(problem) for problem in result.problems]
    assert any(f"đường dẫn cũ «{claimed}»" in problem for problem in said)


class Elsewhere:
    """An executor whose tasks are done in another order, and whose results are sent."""

    def __init__(self) -> None:
        self.task_count = 0

    def run(self, tasks: Sequence[Task[object]], *, min_weight: int) -> list[object]:
        self.task_count += len(tasks)
        results = [pickle.dumps(task.work()) for task in reversed(tasks)]
        return [pickle.loads(result) for result in reversed(results)]


def test_provinces_looked_into_elsewhere_are_seen_as_here(tmp_path: Path):
    data = tmp_path / "plans"
    generate(40, data)
    (data / "ha-noi" / "Sai Tên").mkdir()
    (data / "an-giang" / "ghi-chu.docx").write_bytes(b"")
    here, problems = read_inputs(data, AS_OF, None, b"code", ONE, clock=long_after)
    provinces = {plan_id.partition("/")[0] for plan_id in here.folder.plans}
    assert len(provinces) > 2
    executor = Elsewhere()
    there, same_problems = read_inputs(data, AS_OF, None, b"code", executor, clock=long_after)
    assert executor.task_count >= len(provinces)
    assert len({problem.path for problem in problems if problem.line == 0}) == 2
    assert same_problems == problems
    assert list(there.bases.items()) == list(here.bases.items())
    assert there.folder == here.folder
    assert there.folder_states == here.folder_states


def test_a_dissolved_province_s_page_leads_to_the_feed_that_a_commune_s_plan_brings(
    build: Sites, tmp_path: Path
):
    data, keep = tmp_path / "plans", tmp_path / "kept"
    shutil.copytree(DATA["demo"], data)
    gone = "source: {title: Nghị quyết, url: https://example.org/a, date: '2025-06-16'}"
    with (data / "localities.yml").open("a", encoding="utf-8") as register:
        register.write(f"""\
  "97":
    {{name: tỉnh Rất Xưa, level: province, until: "2025-07-01", successors: ["99"], {gone}}}
  "97001":
    {{name: xã Rất Xưa, level: commune, province: "97", until: "2025-07-01",
      successors: ["99001"], {gone}}}
""")
    build(data, keep)
    plan = data / "rat-xua" / "xa-rat-xua" / "so-nuoc-2024-2026"
    shutil.copytree(data / "mau" / "xa-cu-mau" / "so-nuoc-2024-2026", plan)
    of_this_place = {'"99007"': '"97001"', "Cũ Mẫu": "Rất Xưa", "CŨ MẪU": "RẤT XƯA"}
    for file in (plan / "plan.yml", plan / "source.txt"):
        text = file.read_text("utf-8")
        for other, own in of_this_place.items():
            text = text.replace(other, own)
        file.write_text(text, "utf-8")
    again = build(data, keep)
    assert again is not None
    assert b"atom.xml" in again["dia-phuong/rat-xua/index.html"].partition(b"<main")[2]
    assert differing(again, build(data)) == []


@pytest.mark.parametrize(
    ("name", "key", "seam"),
    [
        ("units.yml", "name", (inputs, "load_registers")),
        ("mau/xa-thuong-mau/so-nuoc-2025-2028/plan.yml", "issuer", (SiteBuilder, "build")),
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
    """An editor saves twice: what was hashed need not be what was read.

    A register is hashed after it is read, a plan before.
    """
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


def test_a_library_s_own_files_are_of_one_basis_and_as_they_were(tmp_path: Path):
    """Jinja knows a compiled template by its text alone, whatever compiled it."""

    def cache() -> Cache:
        return Cache(tmp_path / "kept", tmp_path)

    def folder_of(cache: Cache, basis: bytes) -> Path:
        folder = cache.library_folder("templates", basis)
        assert folder is not None
        return folder

    first = cache()
    folder = folder_of(first, b"one version of Jinja")
    for name in ("altered", "intact"):
        (folder / name).write_text("compiled")
    first.save(CacheIndex())
    first.close()
    (folder / "altered").write_text("Compiled")
    (folder / "unknown").write_text("compiled by a build that was killed")
    second = cache()
    assert folder_of(second, b"one version of Jinja") == folder
    assert [file.name for file in folder.iterdir()] == ["intact"]
    other = folder_of(second, b"another")
    assert not list(other.iterdir())
    assert not folder.exists()
    second.close()


def test_a_preview_laid_half_over_its_site_is_not_taken_for_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def publish(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    preview = mkdocs_plugin._Preview(True, StandingSite(tmp_path, CacheIndex()))
    monkeypatch.setattr(mkdocs_plugin, "_preview", preview)
    monkeypatch.setattr(mkdocs_plugin, "origin_of", lambda *_: {})
    monkeypatch.setattr(
        mkdocs_plugin,
        "_work",
        SimpleNamespace(
            builder=SimpleNamespace(list_sources=lambda _: []),
            index=CacheIndex(),
            build=SimpleNamespace(publish=publish, target=tmp_path),
            site=SimpleNamespace(joined=()),
            as_of=AS_OF,
            previous=None,
        ),
    )
    with pytest.raises(OSError, match="full"):
        mkdocs_plugin.on_post_build(
            SimpleNamespace(strict=False, config_file_path=str(tmp_path / "mkdocs.yml"))
        )
    assert preview.standing is None


def test_what_stands_in_a_preview_s_site_is_not_put_there_again(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "staging").mkdir()
    file = StoredFile(hashlib.sha256(b"kept").hexdigest(), 4)
    (tmp_path / "site" / "kept.txt").write_bytes(b"kept")
    index = CacheIndex(
        parts={"*": SitePart(b"", {})},
        folder_states={"plan": FolderState({}, b"", False, frozenset(), True)},
    )
    cache = Cache(None, tmp_path / "staging", StandingSite(tmp_path / "site", index))
    assert cache.index is index
    assert cache.reuse({"kept.txt": file})
    assert list((tmp_path / "staging").iterdir()) == []
    assert cache.read("kept.txt") == b"kept"
    cache.start_over()
    assert cache.index == CacheIndex()
    assert not cache.reuse({"kept.txt": file})


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


BUILD = """
import resource, sys
from datetime import date
from pathlib import Path
from itertools import islice
from congkhai.build import builder
from congkhai.build.builder import SiteBuilder
from congkhai.build.cache import Cache
from congkhai.build.inputs import read_inputs
from congkhai.build.parallel import ProcessExecutor
from congkhai.pages.province_pages import commune_pages
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site

builder.commune_pages = lambda *arguments: islice(commune_pages(*arguments), 3)
builder.MIN_WEIGHT_FOR_PARALLEL = 1
data, staging, theme, material, keep, count = sys.argv[1:]
executor, as_of = ProcessExecutor(int(count)), date(2028, 6, 30)
cache = Cache(Path(keep), Path(staging))
states = cache.index.folder_states
inputs, problems = read_inputs(Path(data), as_of, None, b"", executor, states)
renderer = Renderer([Path(theme), Path(material)], Site("x", "https://x.example/", None))
builder = SiteBuilder(inputs, renderer, cache, executor, problems)
result = builder.build([])
assert result.problems == []
builder.save(result.index)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > 0)
"""
"""What can fork: the test runner has threads. Few plans are shared among processes, too."""


def test_several_processes_make_the_same_site(tmp_path: Path):
    data = tmp_path / "plans"
    generate(8, data)
    sites = []
    # By one; by two; by two from what two have kept.
    for number, count in enumerate((1, 2, 2)):
        staging = tmp_path / f"site{number}"
        staging.mkdir()
        arguments = [data, staging, *TEMPLATES, tmp_path / f"kept{count}", count]
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", BUILD, *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "hooks")},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [str(count > 1)], "did other processes work?"
        sites.append(read(staging))
    assert len(sites[0]) > 60
    assert differing(sites[0], sites[1]) == []
    assert differing(sites[0], sites[2]) == []
