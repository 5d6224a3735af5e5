"""A site is replaced as a whole or not at all, whatever goes wrong while it is built."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, SMALL, RunMkDocs
from congkhai.build import publish
from congkhai.build.manifest import MANIFEST
from congkhai.build.publish import Build, PublishError


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def publish_site(target: Path, **content: str) -> None:
    build = Build(target, keep=[])
    for name, text in content.items():
        (build.staging / name).write_text(text)
    build.publish({}, {})


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Make a folder for a site, with one published in it."""
    target = tmp_path / "site"
    publish_site(target, first="1")
    return target


# ------------------------------------------------------------------ the swap


def test_a_build_takes_the_place_of_the_old_site_and_leaves_nothing_beside_it(target: Path):
    publish_site(target, second="2")
    assert set(files(target)) == {"second", MANIFEST}
    assert list(target.parent.iterdir()) == [target]


def test_until_it_is_published_readers_see_the_old_site(target: Path):
    build = Build(target, keep=[])
    (build.staging / "second").write_text("2")
    assert set(files(target)) == {"first", MANIFEST}
    build.discard()
    assert set(files(target)) == {"first", MANIFEST}
    assert list(target.parent.iterdir()) == [target]


def test_the_manifest_names_every_file_with_its_hash(target: Path):
    assert json.loads((target / MANIFEST).read_bytes()) == {
        "files": {"first": hashlib.sha256(b"1").hexdigest()},
        "previous": None,
    }


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP])
def test_where_folders_cannot_be_swapped_two_renames_do(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    def refuse(one: Path, other: Path) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(publish, "_exchange", refuse)
    publish_site(target, second="2")
    assert set(files(target)) == {"second", MANIFEST}
    assert list(target.parent.iterdir()) == [target]


def test_a_swap_killed_between_its_two_renames_is_undone_by_the_next_build(target: Path):
    target.rename(target.with_name(".site.old"))
    Build(target, keep=[]).discard()
    assert set(files(target)) == {"first", MANIFEST}
    assert list(target.parent.iterdir()) == [target]


def test_what_a_killed_build_left_is_swept(target: Path):
    left = target.with_name(".site.new") / "ke-hoach"
    left.mkdir(parents=True)
    (left / "index.html").write_text("half")
    publish_site(target, second="2")
    assert set(files(target)) == {"second", MANIFEST}
    assert list(target.parent.iterdir()) == [target]


def test_two_builds_cannot_mix(target: Path):
    first = Build(target, keep=[])
    with pytest.raises(PublishError, match="máy đang tạo trang ở một cửa sổ khác"):
        Build(target, keep=[])
    (first.staging / "second").write_text("2")
    first.publish({}, {})
    assert set(files(target)) == {"second", MANIFEST}
    Build(target, keep=[]).discard()


# -------------------------------------------------------- what is not replaced


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(PublishError, match="có sẵn tệp của việc khác"):
        Build(tmp_path, keep=[])
    assert files(tmp_path) == {"thesis.doc": b"years of work"}


def test_a_file_that_somebody_put_into_the_site_is_not_lost(target: Path):
    (target / "CNAME").write_text("congkhai.example")
    with pytest.raises(PublishError, match="CNAME"):
        Build(target, keep=[])
    assert "CNAME" in files(target)
    assert list(target.parent.iterdir()) == [target]


def test_what_a_desktop_leaves_in_a_folder_is_no_hindrance(target: Path):
    (target / ".DS_Store").write_bytes(b"\0")
    publish_site(target, second="2")
    assert set(files(target)) == {"second", MANIFEST}


@pytest.mark.parametrize(
    "manifest", ['{"name": "An app", "icons": []}', '{"files": ["index.html"]}', "[]", "no JSON"]
)
def test_a_manifest_of_somebody_else_is_no_permission(tmp_path: Path, manifest: str):
    """Web apps have a file of that name, too."""
    (tmp_path / MANIFEST).write_text(manifest)
    (tmp_path / "index.html").write_text("years of work")
    before = files(tmp_path)
    with pytest.raises(PublishError, match="có sẵn tệp của việc khác"):
        Build(tmp_path, keep=[])
    assert files(tmp_path) == before


@pytest.mark.parametrize("place", ["a-file/site", "/sys/site"])
def test_where_nothing_can_be_written_the_build_says_so(tmp_path: Path, place: str):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(PublishError, match="không ghi được vào"):
        Build(tmp_path / place, keep=[])


def test_an_empty_folder_is_taken(tmp_path: Path):
    target = tmp_path / "public"
    target.mkdir(mode=0o750)
    publish_site(target, first="1")
    assert set(files(target)) == {"first", MANIFEST}
    assert target.stat().st_mode & 0o777 == 0o750


def test_a_file_is_refused(tmp_path: Path):
    target = tmp_path / "site"
    target.write_text("")
    with pytest.raises(PublishError, match="đó là một tệp"):
        Build(target, keep=[])


def test_a_link_is_followed(target: Path, tmp_path: Path):
    link = tmp_path / "www"
    link.symlink_to(target, target_is_directory=True)
    publish_site(link, second="2")
    assert link.is_symlink()
    assert set(files(target)) == {"second", MANIFEST}


@pytest.mark.parametrize(
    "where", [".", "..", "/", "plans", "plans/hai-phong", ".git", ".git/site", "../main"]
)
def test_the_repository_and_what_holds_it_are_refused(tmp_path: Path, where: str):
    repository = tmp_path / "main"
    keep = [repository, repository / "plans", repository / ".git"]
    inside = list(keep[1:])
    for folder in inside:
        folder.mkdir(parents=True)
    with pytest.raises(PublishError, match="chọn một thư mục riêng"):
        Build(repository / where, keep=inside)
    assert sorted(repository.iterdir()) == sorted(inside)


def test_a_home_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home" / "an"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    for folder in (home, home.parent):
        with pytest.raises(PublishError, match="chọn một thư mục riêng"):
            Build(folder, keep=[])
    Build(home / "site", keep=[]).discard()


# ------------------------------------------------------------- whole builds


def write_configuration(folder: Path, **settings: object) -> Path:
    """Write a configuration beside the repository's, to spoil single settings."""
    whole = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "content"),
        "site_dir": str(folder / "site"),
        "theme": {"custom_dir": str(ROOT / "theme")},
        "hooks": [str(ROOT / "hooks" / "entry.py")],
        "watch": [],
        "extra": {"plans_dir": str(ROOT / "plans")},
    }
    file = folder / "mkdocs.yml"
    file.write_text(json.dumps(whole | settings), "utf-8")  # JSON is YAML
    return file


def assert_untouched(target: Path, before: dict[str, bytes]) -> None:
    assert files(target) == before
    assert [path for path in target.parent.iterdir() if path.name.startswith(".site")] == []


def test_bad_data_leaves_the_site_and_exits_with_1(
    target: Path, tmp_path: Path, run_mkdocs: RunMkDocs
):
    plans = Path(shutil.copytree(ROOT / "plans", tmp_path / "plans"))
    (plans / "units.yml").write_text("so-noi-vu: [", "utf-8")
    (plans / "measures.yml").write_text("a: 1", "utf-8")
    before = files(target)
    done = run_mkdocs("build", "--site-dir", target, PLANS_DIR=plans)
    assert done.returncode == 1
    assert "plans/measures.yml:1" in done.stderr and "plans/units.yml:" in done.stderr, (
        "all errors, not the first"
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert_untouched(target, before)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"AS_OF": "hôm nay"}, "không đọc được ngày"),
        ({"PLANS_DIR": "nowhere"}, "Không có thư mục dữ liệu"),
    ],
)
def test_wrong_use_leaves_the_site_and_exits_with_2(
    target: Path, run_mkdocs: RunMkDocs, variables: dict[str, str], words: str
):
    before = files(target)
    done = run_mkdocs("build", "--site-dir", target, **variables)
    assert done.returncode == 2
    assert words in done.stdout + done.stderr
    assert_untouched(target, before)


@pytest.mark.parametrize("where", [".", "..", "plans", "hooks", "theme", "tests", ".git"])
def test_the_sources_are_never_the_site(tmp_path: Path, run_mkdocs: RunMkDocs, where: str):
    copy = tmp_path / "main"  # of the repository: the day this fails, nothing is lost
    for name in ("content", "hooks", "theme", "plans"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", copy)
    for name in (".git", "tests"):
        (copy / name).mkdir()
    before = files(tmp_path)
    done = run_mkdocs(
        "build",
        "--config-file",
        copy / "mkdocs.yml",
        "--site-dir",
        copy / where,
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert done.returncode != 0
    assert files(tmp_path) == before


def test_a_failing_page_leaves_the_site(target: Path, tmp_path: Path, run_mkdocs: RunMkDocs):
    content = tmp_path / "content"
    content.mkdir()
    (content / "gioi-thieu.md").write_text(
        "---\ntemplate: nowhere.html\n---\n# Giới thiệu\n", "utf-8"
    )
    before = files(target)
    configuration = write_configuration(tmp_path, docs_dir=str(content))
    done = run_mkdocs("build", "--config-file", configuration, **SMALL)
    assert done.returncode == 1
    assert "nowhere.html" in done.stderr
    assert_untouched(target, before)


@pytest.mark.parametrize(
    "name",
    ["dia-phuong/hai-phong/xa-nam-sach", "don-vi/so-noi-vu"],
    ids=["of a province", "of the country"],
)
def test_a_hand_written_page_takes_no_other_page_s_address(
    target: Path, tmp_path: Path, run_mkdocs: RunMkDocs, name: str
):
    page = tmp_path / "content" / f"{name}.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Trang viết tay\n", "utf-8")
    before = files(target)
    configuration = write_configuration(tmp_path, docs_dir=str(tmp_path / "content"))
    done = run_mkdocs("build", "--config-file", configuration, **SMALL)
    assert done.returncode == 1
    assert (
        f"{name}/index.html: địa chỉ này đã có một trang làm từ dữ liệu"
        in done.stdout + done.stderr
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert_untouched(target, before)


def test_a_build_from_kept_work_writes_into_no_file_of_the_site_that_stands(
    tmp_path: Path, run_mkdocs: RunMkDocs
):
    """Their files are one and the same on the disk, those of MkDocs among them."""
    plans = Path(shutil.copytree(SMALL["PLANS_DIR"], tmp_path / "plans"))
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    site, keep, units, about = (
        tmp_path / "site",
        tmp_path / "kept",
        plans / "units.yml",
        content / "gioi-thieu.md",
    )
    stood: dict[str, bytes] = {}
    named = "name: Sở Nội vụ"
    for number, word in enumerate(("một", "hai", "ba")):
        linked = tmp_path / f"linked{number}"
        if site.exists():
            shutil.copytree(site, linked, copy_function=os.link)
        units.write_text(
            (SMALL["PLANS_DIR"] / "units.yml")
            .read_text("utf-8")
            .replace(named, f"spellings: [Sở Nội vụ]\n  {named} {word}"),
            "utf-8",
        )
        about.write_text(
            (ROOT / "content" / "gioi-thieu.md").read_text("utf-8") + f"\n{word}\n", "utf-8"
        )
        done = run_mkdocs(
            "build",
            "--config-file",
            write_configuration(tmp_path, docs_dir=str(content)),
            **SMALL | {"PLANS_DIR": plans, "BUILD_CACHE": keep},
        )
        assert done.returncode == 0, done.stderr
        assert files(linked) == stood
        stood = files(site)
    cold = run_mkdocs(
        "build",
        "--config-file",
        write_configuration(tmp_path, docs_dir=str(content), site_dir=str(tmp_path / "cold")),
        **SMALL | {"PLANS_DIR": plans},
    )
    assert cold.returncode == 0
    # Only the site that was published over another names the manifest before its own.
    fresh = files(tmp_path / "cold")
    manifests = [json.loads(found.pop(MANIFEST)) for found in (fresh, stood)]
    assert manifests[0].pop("previous") is None and manifests[1].pop("previous")
    assert manifests[0] == manifests[1]
    assert fresh == stood


def test_staff_read_what_mkdocs_says_in_vietnamese(
    target: Path, tmp_path: Path, run_mkdocs: RunMkDocs
):
    """The messages are those of this MkDocs: another one's words would be English again."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "them").mkdir()
    (content / "them" / "README.md").write_text("# Đọc\n", "utf-8")
    (content / "them" / "index.md").write_text("# Trang khác\n", "utf-8")
    (content / "gioi-thieu.md").write_text(
        "# Giới thiệu\n\nXem [trang](khong-co.md),\n[mục](#khong), [mục kia](khac.md#khong),\n"
        "[khác](/khac.md).\n",
        "utf-8",
    )
    (content / "khac.md").write_text("# Khác\n\n[về](khac.md#cong)\n", "utf-8")
    configuration = write_configuration(
        tmp_path, docs_dir=str(content), nav=[{"Giới thiệu": "gioi-thieu.md"}, {"Lạ": "la.md"}]
    )
    done = run_mkdocs("build", "--config-file", configuration, **SMALL)
    told = [line.partition(" →")[0] for line in done.stderr.splitlines()]
    begun = "CHÚ Ý: content/"
    assert {line for line in told if line.startswith(begun)} == {
        f"{begun}them/README.md: trùng địa chỉ với content/them/index.md nên không được đăng;"
        " đổi tên một tệp",
        f"{begun}gioi-thieu.md:3: liên kết «khong-co.md» dẫn tới một trang không có",
        f"{begun}gioi-thieu.md:4: liên kết «#khong» dẫn tới một mục không có",
        f"{begun}gioi-thieu.md:4: liên kết «khac.md#khong» dẫn tới một mục không có",
        f"{begun}khac.md:3: liên kết «khac.md#cong» dẫn tới một mục không có",
    }
    assert any("nav nhắc tới «la.md»" in line for line in told)
    assert not re.search("INFO|WARNING|Building|Documentation|Doc file", done.stderr)


@pytest.mark.parametrize("options", [["--strict"], ["--strict", "--quiet"]], ids=" ".join)
def test_a_strict_build_with_a_warning_fails_and_leaves_the_site(
    target: Path, tmp_path: Path, run_mkdocs: RunMkDocs, options: list[str]
):
    content = tmp_path / "content"
    content.mkdir()
    (content / "gioi-thieu.md").write_text("# Giới thiệu\n\n[không có](khong-co.md)\n", "utf-8")
    before = files(target)
    configuration = write_configuration(tmp_path, docs_dir=str(content))
    done = run_mkdocs("build", *options, "--config-file", configuration, **SMALL)
    assert done.returncode == 1
    assert "cảnh báo" in done.stdout
    assert_untouched(target, before)


PAUSE = """
import os, signal

# A shell starts what it runs in the background deaf to Ctrl-C, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

def on_env(env, config, files):
    open(os.environ["REACHED"], "w").close()  # opens when the test opens the other end
    open(os.environ["GO_ON"]).close()
"""


@pytest.fixture
def paused(
    target: Path, tmp_path: Path, mkdocs_environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Start a real build of `target`, held in its middle by two pipes."""
    reached, go_on = tmp_path / "reached", tmp_path / "go-on"
    os.mkfifo(reached)
    os.mkfifo(go_on)
    pause = tmp_path / "pause.py"
    pause.write_text(PAUSE, "utf-8")
    configuration = write_configuration(
        tmp_path, hooks=[str(ROOT / "hooks" / "entry.py"), str(pause)]
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(configuration)]
    pipes = {"REACHED": str(reached), "GO_ON": str(go_on)}
    environment = mkdocs_environment | pipes | {name: str(SMALL[name]) for name in SMALL}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as build:
        reached.read_bytes()
        yield build, configuration
        build.kill()


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name
)
def test_a_build_that_is_stopped_leaves_the_site(
    target: Path, paused: tuple[subprocess.Popen[str], Path], number: signal.Signals
):
    build, _ = paused
    before = files(target)
    assert target.with_name(".site.new").is_dir()
    build.send_signal(number)
    assert build.wait() != 0
    assert_untouched(target, before)


def test_a_build_that_is_killed_outright_leaves_the_site_and_does_not_lock_it(
    target: Path, paused: tuple[subprocess.Popen[str], Path]
):
    build, _ = paused
    before = files(target)
    build.kill()
    build.wait()
    assert files(target) == before
    Build(target, keep=[]).discard()
    assert_untouched(target, before)


def test_a_second_build_is_turned_away_while_the_first_is_at_work(
    target: Path, paused: tuple[subprocess.Popen[str], Path], run_mkdocs: RunMkDocs
):
    build, _ = paused
    second = run_mkdocs("build", "--site-dir", target, **SMALL)
    assert second.returncode == 2
    assert "Máy đang tạo trang ở một cửa sổ khác" in second.stdout
    (target.parent / "go-on").write_bytes(b"")
    output, _ = build.communicate()
    assert build.returncode == 0, output
    assert "index.html" in files(target)
