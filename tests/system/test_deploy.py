"""A site is sent to where readers see it: only what changed, in an order that breaks nothing.

The deployment to a folder is killed before some of its writes, in `make prove` before each.
`make prove` also deploys with the real rclone and rsync; `make test` looks at what they are told.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import PROVE, ROOT
from congkhai.build.deploy import PENDING, deploy
from congkhai.build.deploy_target import DeployError, complain
from congkhai.build.manifest import MANIFEST, list_files
from congkhai.cli import main

PAGES = 7
STEP = 1 if PROVE else 9
"""Writes from one kill to the next."""
Files = Mapping[str, str]


def page(words: str, *links: str) -> str:
    return words + "".join(f'<a href="{link}"></a>' for link in ("assets/site.css", *links))


def make_files(version: int) -> Files:
    """Return a site whose pages lead to files that this version alone has, and to each other."""
    plans = [f"ke-hoach/{version}-{number}/index.html" for number in range(PAGES)]
    kept = [f"dia-phuong/{number}/index.html" for number in range(PAGES)]
    data = f"du-lieu/{version}/bang.json"
    return {
        "index.html": page(f"home {version}", *plans, *kept),
        "assets/site.css": f"style {version}",
        "assets/icon.svg": "the same in every version",
        data: "[]",
        **{name: page("plan", data, plans[0]) for name in plans},
        **{name: page(f"place {version}", data, plans[-1]) for name in kept},
    }


def make_site(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    manifest = {"as_of": "2026-11-26", "url": "https://congkhai.example/", "files": hashes}
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return folder


def read(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in list_files(folder)}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three versions of a site; the third is like the first in what the second changes."""
    folder = tmp_path_factory.mktemp("versions")
    third = {**make_files(1), "them/index.html": page("more")}
    files = [make_files(1), make_files(2), third]
    return [make_site(folder / str(number), each) for number, each in enumerate(files, 1)]


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    if hasattr(os, "sync"):
        monkeypatch.setattr(os, "sync", lambda: None)


# ------------------------------------------------------------------------- killed on the way

KILLER = """
import os, shutil, signal, sys
from pathlib import Path
from congkhai.build.deploy import deploy

site, before, folder, step = sys.argv[1:]
os.sync = lambda: None

def deploy_until(target, last):
    count = 0

    def watch(event, arguments):
        nonlocal count
        writes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir") or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY
        )
        if writes and os.fsdecode(arguments[0]).startswith(target):
            count += 1
            if count >= last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    deploy(Path(site), target)
    os._exit(0)

last = 0
status = 1
while status:
    last += int(step)
    target = f"{folder}/{last:03}"
    if before:
        shutil.copytree(before, target)
    child = os.fork()
    if not child:
        deploy_until(target, last)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), status
"""
"""Deploys again and again, each time killed some writes later, until one is finished."""


def kill_at_writes(site: Path, before: Path | None, folder: Path) -> list[Path]:
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", KILLER, str(site), str(before or ""), str(folder), str(STEP)],
        check=True,
    )
    return sorted(folder.iterdir())


def assert_works(target: Path, *sites: Path) -> None:
    """Whatever leads on from the home page is there, and is that of one of the sites."""
    waiting, seen = ["index.html"], set()
    if not (target / "index.html").exists():
        assert len(sites) == 1, "there was a home page"
        return
    for name in waiting:
        content = (target / name).read_text("utf-8")
        assert content in [(site / name).read_text() for site in sites if (site / name).exists()]
        links = set(re.findall('href="([^"]+)"', content)) - seen
        seen |= links
        waiting += sorted(links)
    assert len(seen) > 2 * PAGES


@pytest.mark.parametrize("start", [None, 0], ids=["first", "next"])
def test_killed_before_any_write_the_site_works_and_the_next_deployment_mends_it(
    start: int | None, versions: list[Path], tmp_path: Path
) -> None:
    """The next one may deploy the same site, another one, or the one that was there."""
    before = None if start is None else versions[start]
    standing = [before] if before else []
    states = kill_at_writes(versions[1], before, tmp_path / "killed")
    assert len(states) > (50 if PROVE else 5)
    for number, state in enumerate(states):
        assert_works(state, *standing, versions[1])
        following = versions[number % 3]
        deploy(following, str(state))
        assert read(state) == read(following), state.name
        assert {folder for folder in state.rglob("*") if folder.is_dir()} == {
            state / name.relative_to(following) for name in following.rglob("*") if name.is_dir()
        }


def test_two_that_were_broken_off_leave_nothing_behind(
    versions: list[Path], tmp_path: Path
) -> None:
    """The list of what is touched is kept until one deployment is finished."""
    once = kill_at_writes(versions[1], versions[0], tmp_path / "once")
    twice = kill_at_writes(versions[2], once[len(once) // 2], tmp_path / "twice")
    for state in twice:
        assert_works(state, *versions)
        deploy(versions[0], str(state))
        assert read(state) == read(versions[0]), state.name


# ----------------------------------------------------------------------------- what is sent


def test_only_what_changed_is_written(versions: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "srv" / "site"
    first = deploy(versions[0], str(target))
    assert (len(first.added), first.unchanged) == (len(make_files(1)), 0)
    (target / ".well-known").mkdir()
    (target / ".well-known" / "proof.txt").write_text("the host's own", "utf-8")
    os.utime(target / "assets" / "icon.svg", (1, 1))
    changes = deploy(versions[1], str(target))
    assert changes.changed == sorted(
        ["index.html", "assets/site.css", *(f"dia-phuong/{n}/index.html" for n in range(PAGES))]
    )
    assert (len(changes.added), len(changes.removed)) == (PAGES + 1, PAGES + 1)
    assert (target / "assets" / "icon.svg").stat().st_mtime == 1
    own = {".well-known/proof.txt": "the host's own"}
    assert read(target) == {**read(versions[1]), **own}


def test_a_trial_prints_and_writes_nothing(
    versions: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = shutil.copytree(versions[0], tmp_path / "target")
    before = read(target)
    assert main(["deploy", str(target), "--site", str(versions[2]), "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "+ them/index.html\n"
        "Trang của https://congkhai.example/: 1 tệp mới (+), 0 tệp đổi (~), 0 tệp bỏ (-), "
        f"{len(make_files(1))} tệp giữ nguyên; gửi 0,0 MB.\nChưa gửi gì.\n"
    )
    assert read(target) == before
    assert main(["deploy", str(target), "--site", str(versions[2])]) == 0
    assert capsys.readouterr().out.endswith(f"Đã gửi xong lên {target}.\n")
    assert read(target) == read(versions[2])


def test_what_others_changed_is_sent_again_when_asked(versions: list[Path], tmp_path: Path) -> None:
    target = shutil.copytree(versions[0], tmp_path / "target")
    (target / "index.html").write_text("defaced", "utf-8")
    deploy(versions[0], str(target))
    assert read(target)["index.html"] == "defaced"
    deploy(versions[0], str(target), sends_all=True)
    assert read(target) == read(versions[0])


# ------------------------------------------------------------------------------ what is refused


def refusal(site: Path, target: Path | str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["deploy", str(target), "--site", str(site)]) == 2
    return capsys.readouterr().err


def test_nothing_is_sent_where_it_would_destroy(
    versions: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of somebody else, the site itself, a site that is not as it was built."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thu.txt").write_text("mine", "utf-8")
    assert "Nơi đăng đã có tệp (thu.txt) mà không có manifest.json" in refusal(
        versions[0], tmp_path / "home", capsys
    )
    assert read(tmp_path / "home") == {"thu.txt": "mine"}
    assert "nằm trong nhau" in refusal(versions[0], versions[0] / "assets", capsys)
    assert "dựng trang trước" in refusal(tmp_path / "home", tmp_path / "new", capsys)
    assert "ghi một thư mục" in refusal(versions[0], "https://congkhai.example/", capsys)
    edited = shutil.copytree(versions[0], tmp_path / "edited")
    (edited / "index.html").write_text("by hand", "utf-8")
    assert "có tệp khác manifest.json: index.html" in refusal(edited, tmp_path / "new", capsys)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("word", ["kehoach.tinh.gov.vn", "kho", "", "-rf", "a/b"])
def test_a_word_that_may_be_a_server_is_asked_about(
    word: str,
    versions: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It made a folder of that name, and said that all was sent; one that is there is meant."""
    monkeypatch.chdir(tmp_path)
    assert main(["deploy", "--site", str(versions[0]), "--", word]) == 2
    told = capsys.readouterr().err
    assert f"Chưa rõ «{word}» là nơi nào" in told and f"tên@{word or 'máy-chủ'}:/srv/site" in told
    assert list(tmp_path.iterdir()) == []
    if word:
        Path(word).mkdir(parents=True)
        assert main(["deploy", "--site", str(versions[0]), "--", word]) == 0
        assert read(Path(word)) == read(versions[0])


def test_a_site_that_says_no_real_address_is_sent_with_a_warning(
    versions: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deploy", str(tmp_path / "target"), "--site", str(versions[0])]) == 0
    told = capsys.readouterr().err
    assert "bản xem thử" in told and "congkhai build --release" in told
    site = Path(shutil.copytree(versions[0], tmp_path / "site"))
    manifest = json.loads((site / MANIFEST).read_text("utf-8"))
    (site / MANIFEST).write_text(json.dumps(manifest | {"url": "https://a.gov.vn/"}), "utf-8")
    assert main(["deploy", str(tmp_path / "other"), "--site", str(site)]) == 0
    assert "bản xem thử" not in capsys.readouterr().err


def test_names_that_lead_out_of_the_target_are_not_removed(
    versions: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "precious").write_text("mine", "utf-8")
    target = make_site(tmp_path / "target", {"index.html": "old"})
    manifest = json.loads((target / MANIFEST).read_text("utf-8"))
    manifest["files"] |= {"../precious": "0" * 64}
    (target / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    (target / PENDING).write_text('{"put": ["../precious"], "removed": []}', "utf-8")
    deploy(versions[0], str(target))
    assert read(target) == read(versions[0])
    assert (tmp_path / "precious").read_text("utf-8") == "mine"


# --------------------------------------------------------------------------- other programs

STAND_IN = """#!{python}
import os, sys
arguments = sys.argv[1:]
listed = [word.partition("=")[2] for word in arguments if word.startswith("--files-from")]
names = [open(name, encoding="utf-8").read().split() for name in listed]
verb = "remove" if {{"delete", "--delete-missing-args"}} & {{*arguments}} else "put"
with open({log!r}, "a", encoding="utf-8") as log:
    print(verb if names else "look", *(names and names[0]), file=log)
sys.exit(0 if names or "fail" not in arguments[-1] else 9)
"""


@pytest.mark.parametrize(
    ("program", "target"), [("rclone", "kho:thu-muc"), ("rsync", "an@may-chu:/srv/site")]
)
def test_programs_are_told_the_same_order(
    program: str,
    target: str,
    versions: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What nothing leads to first, the manifest last; a failure is told with its status."""
    stand_in, log = tmp_path / program, tmp_path / "log"
    stand_in.write_text(STAND_IN.format(python=sys.executable, log=str(log)), "utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv(program.upper(), str(stand_in))
    deploy(versions[0], target)
    rows = [row.split() for row in log.read_text("utf-8").splitlines()]
    assert [(row[0], row[-1]) for row in rows if row[0] != "look"][:5] == [
        ("put", PENDING),
        ("put", "du-lieu/1/bang.json"),
        ("put", "index.html"),
        ("put", MANIFEST),
        ("remove", PENDING),
    ]
    assert f"{program} dừng với mã 9" in refusal(versions[0], f"{target}/fail", capsys).lower()
    monkeypatch.setenv(program.upper(), str(tmp_path / "nowhere"))
    assert "trên máy này" in refusal(versions[0], target, capsys)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ('Failed to create file system for "a:x": didn\'t find section in config', "rclone config"),
        ("ssh: Could not resolve hostname a: Name or service not known", "tên máy chủ"),
        ("ssh: connect to host a port 22: Connection refused", "thử lại sau"),
        ("an@may-chu: Permission denied (publickey).", "quyền ghi"),
        ("rsync: write failed: No space left on device (28)", "hết chỗ"),
        ("something new", "xem các dòng dưới đây"),
    ],
)
def test_what_a_program_says_is_told_with_what_to_do(words: str, meaning: str) -> None:
    done = subprocess.CompletedProcess([], 1, b"", words.encode())
    first, last = str(complain("rsync", done)).split("\n  ")
    assert meaning in first and last == words


SHELL = """#!/bin/sh
while [ "$1" != may ]; do shift; done
shift
exec sh -c "$*"
"""
"""Stands for ssh to a machine called «may»: runs the command on this one."""

if PROVE:

    @pytest.mark.parametrize("program", ["rclone", "rsync"])
    def test_real_programs_deploy_what_a_folder_gets(
        program: str, versions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Twice over, with removals, from a deployment that was broken off."""
        found = subprocess.run(
            [ROOT / ".ci" / "need", program], capture_output=True, text=True, check=True
        )
        monkeypatch.setenv(program.upper(), found.stdout.strip())
        folder = tmp_path / "srv dir" / "site"
        folder.parent.mkdir()
        shell = tmp_path / "shell"
        shell.write_text(SHELL, "utf-8")
        shell.chmod(0o755)
        monkeypatch.setenv("RSYNC_RSH", str(shell))
        monkeypatch.setenv("RCLONE_CONFIG_KHO_TYPE", "alias")
        monkeypatch.setenv("RCLONE_CONFIG_KHO_REMOTE", str(folder.parent))
        target = {"rclone": "kho:site", "rsync": f"an@may:{folder}"}[program]
        deploy(versions[0], target)
        assert read(folder) == read(versions[0])
        (folder / "ke-hoach" / "1-0" / "own.txt").write_text("the host's own", "utf-8")
        (folder / PENDING).write_text(
            '{"put": ["assets/icon.svg", "gone/a.html"], "removed": ["du-lieu/1/bang.json"]}',
            "utf-8",
        )
        (folder / "du-lieu" / "1" / "bang.json").unlink()
        deploy(versions[1], target)
        assert read(folder) == {**read(versions[1]), "ke-hoach/1-0/own.txt": "the host's own"}
        assert not (folder / "ke-hoach" / "1-1").exists()
        with pytest.raises(DeployError, match=MANIFEST):
            (folder / MANIFEST).unlink()
            deploy(versions[2], target)
