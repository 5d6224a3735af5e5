"""A night on which nothing happens writes two files, and every doubt makes a whole build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from congkhai.build import next_day
from congkhai.build.next_day import NOTE, NotedSite, look, note, renew
from congkhai.build.office import Settings, write_office
from congkhai.model import routes
from tests.cases import MINIMAL
from tests.office import run_in

DAY, NEXT_DAY, LAST_DAY = date(2028, 8, 1), date(2028, 8, 2), date(2028, 8, 31)
SAID = "CHÚ Ý: thử"


def files_of(site: Path) -> dict[str, bytes]:
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository with a site of two files, which was noted."""
    monkeypatch.setattr(next_day, "SETTLED_NANOSECONDS", -(10**12))
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.yml").write_text("a: 1\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_url: !ENV [ADDRESS_OF_TEST, x]\n", "utf-8")
    files = {routes.JSON_AS_OF: b'{"as_of":"2028-08-01"}\n', "index.html": b"page\n"}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    origin = {"commit": None, "as_of": DAY.isoformat(), "files": dict(sorted(hashes.items()))}
    manifest = json.dumps({**origin, "previous": None}, indent=1).encode() + b"\n"
    for name, content in {**files, "manifest.json": manifest}.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(content)
    data = str(tmp_path / "plans")
    made_from = look(tmp_path, data, [data])
    assert made_from is not None
    (tmp_path / "kept").mkdir()
    note(
        tmp_path / "kept",
        NotedSite(
            site=str(tmp_path / "site"),
            manifest=hashlib.sha256(manifest).hexdigest(),
            data=data,
            read=(data,),
            made_from=made_from,
            since="",
            until=LAST_DAY.isoformat(),
            said=(SAID,),
        ),
    )
    return tmp_path


def test_the_day_and_the_manifest_alone_are_written(root: Path):
    before = files_of(root / "site")
    renewed = renew(root, root / "kept", NEXT_DAY)
    assert renewed is not None and renewed.said == (SAID,)
    after = files_of(root / "site")
    assert {name for name in before if before[name] != after[name]} == {
        routes.JSON_AS_OF,
        "manifest.json",
    }
    told, manifest = after[routes.JSON_AS_OF], json.loads(after["manifest.json"])
    assert told == b'{"as_of":"2028-08-02"}\n'
    assert manifest["files"][routes.JSON_AS_OF] == hashlib.sha256(told).hexdigest()
    assert manifest["as_of"] == "2028-08-02"
    assert manifest["previous"] == hashlib.sha256(before["manifest.json"]).hexdigest()
    assert [path.name for path in root.iterdir() if "site" in path.name] == ["site"]
    # The day after goes on from here; the same day once more writes nothing.
    assert renew(root, root / "kept", LAST_DAY) is not None
    last = files_of(root / "site")
    assert renew(root, root / "kept", LAST_DAY) is not None
    assert files_of(root / "site") == last


def change_data(root: Path) -> None:
    (root / "plans" / "plan.yml").write_text("a: 2\n", "utf-8")


def add_data(root: Path) -> None:
    (root / "plans" / "new.yml").write_text("a: 1\n", "utf-8")


def change_settings(root: Path) -> None:
    (root / "mkdocs.yml").write_text("site_url: other\n", "utf-8")


def inherit_settings(root: Path) -> None:
    (root / "mkdocs.yml").write_text("INHERIT: other.yml\n", "utf-8")


def spoil_page(root: Path) -> None:
    (root / "site" / "index.html").write_bytes(b"evil\n")


def add_page(root: Path) -> None:
    (root / "site" / "more.html").write_bytes(b"more\n")


def lose_page(root: Path) -> None:
    (root / "site" / "index.html").unlink()


def build_elsewhere(root: Path) -> None:
    """Let the note be of a site that `mkdocs build --site-dir` made."""
    (root / "site").rename(root / "other")
    file = root / "kept" / NOTE
    values = json.loads(file.read_bytes())
    file.write_text(json.dumps(values | {"site": str(root / "other")}), "utf-8")


def lose_site(root: Path) -> None:
    shutil.rmtree(root / "site")


def publish_other_site(root: Path) -> None:
    file = root / "site" / "manifest.json"
    file.write_bytes(file.read_bytes() + b"\n")


def spoil_note(root: Path) -> None:
    (root / "kept" / NOTE).write_text('{"site": 1}', "utf-8")


def ask_other_address(root: Path) -> None:
    os.environ["ADDRESS_OF_TEST"] = "https://other.example/"


@pytest.mark.parametrize(
    "change",
    [
        change_data,
        add_data,
        change_settings,
        inherit_settings,
        spoil_page,
        add_page,
        lose_page,
        build_elsewhere,
        lose_site,
        publish_other_site,
        spoil_note,
        ask_other_address,
    ],
)
def test_whatever_else_is_new_takes_a_whole_build(
    root: Path, change: object, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ADDRESS_OF_TEST", "")
    monkeypatch.delenv("ADDRESS_OF_TEST")
    assert callable(change)
    change(root)
    before = files_of(root)
    assert renew(root, root / "kept", NEXT_DAY) is None
    assert files_of(root) == before


def test_a_day_on_which_something_falls_due_takes_a_whole_build(root: Path):
    assert renew(root, root / "kept", date(2028, 9, 1)) is None


def test_a_file_written_in_this_moment_is_not_trusted(root: Path, monkeypatch: pytest.MonkeyPatch):
    """It could be written to again and keep its time."""
    monkeypatch.setattr(next_day, "SETTLED_NANOSECONDS", 2 * 10**9)
    data = str(root / "plans")
    written = (root / "plans" / "plan.yml").stat().st_ctime_ns
    assert look(root, data, [data], clock=lambda: written + 10**9) is None
    assert look(root, data, [data], clock=lambda: written + 3 * 10**9) is not None


def test_the_next_day_has_the_bytes_of_a_build_from_nothing(tmp_path: Path):
    """`congkhai build` in an office's repository, by itself on two days, and once from nothing."""
    office = tmp_path / "office"
    write_office(office, Settings())
    shutil.copytree(MINIMAL, office / "plans", dirs_exist_ok=True)
    kept = tmp_path / "kept"
    (office / "mkdocs.yml").write_text(
        (office / "mkdocs.yml")
        .read_text("utf-8")
        .replace("  # provinces: [lai-chau]", "  provinces: []"),
        "utf-8",
    )
    status, said = run_in(office, "congkhai", "build", AS_OF=NEXT_DAY)
    assert status == 0, said
    whole = files_of(office / "site")
    shutil.rmtree(office / "site")
    status, said = run_in(office, "congkhai", "build", AS_OF=DAY, BUILD_CACHE=kept)
    assert status == 0 and "Không có gì đổi" not in said, said
    notice = [line for line in said.splitlines() if line.startswith("CHÚ Ý")]
    status, said = run_in(office, "congkhai", "build", AS_OF=NEXT_DAY, BUILD_CACHE=kept)
    assert status == 0 and "Không có gì đổi ngoài ngày" in said, said
    assert [line for line in said.splitlines() if line.startswith("CHÚ Ý")] == notice != []
    renewed = files_of(office / "site")
    manifests = [json.loads(files.pop("manifest.json")) for files in (whole, renewed)]
    assert renewed == whole
    for manifest in manifests:
        del manifest["previous"]
    assert manifests[0] == manifests[1]
