"""Publishing and reproducing, tried at every point: a full disk, a kill, another machine.

`make test` tries some points, `make prove` all of them. No clock decides when: the
build is stopped at its own k-th write.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_publish import assert_untouched, files, publish_site, write_configuration

from conftest import DATA, PROVE, ROOT, SMALL, RunMkDocs, both_sites
from congkhai.build.publish import MANIFEST, Build
from tests.demo.history.history import make_repository

STOPPER = """
import errno, os, signal, sys

count = 0

def watch(event, arguments):
    global count
    if event == "open":
        writes = arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    else:
        writes = event in ("os.mkdir", "os.rename")
    if not writes or not isinstance(arguments[0], (str, bytes)):
        return
    if os.fsdecode(arguments[0]).startswith(os.environ["DISK"]):
        count += 1
        if count >= int(os.environ["STOP_AT"]):
            if os.environ["STOP_BY"] == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])

def on_shutdown():
    print("writes:", count)

sys.addaudithook(watch)
"""
"""A hook of MkDocs that stops a build at its k-th write; from then on, the disk stays full."""
NEVER = 10**9


@pytest.fixture
def stopped(tmp_path: Path, run_mkdocs: RunMkDocs):
    """Build `tmp_path/site` from the minimal data, stopped at the k-th write."""
    stopper = tmp_path / "stopper.py"
    stopper.write_text(STOPPER, "utf-8")
    configuration = write_configuration(
        tmp_path, hooks=[str(ROOT / "hooks" / "entry.py"), str(stopper)]
    )

    def stopped(by: str, at: int) -> subprocess.CompletedProcess[str]:
        return run_mkdocs(
            "build",
            "--config-file",
            configuration,
            **SMALL,
            DISK=tmp_path,
            STOP_BY=by,
            STOP_AT=at,
        )

    return stopped


@pytest.mark.parametrize("by", ["full", "kill"])
def test_wherever_a_build_is_stopped_the_old_site_stays_whole(by: str, stopped, tmp_path: Path):
    target = tmp_path / "site"
    publish_site(target, first="1")
    good = stopped(by, NEVER)
    assert good.returncode == 0, good.stderr
    writes = int(good.stdout.partition("writes:")[2])
    assert writes > len(files(target))
    publish_site(target, first="1")
    before = files(target)
    for at in (
        range(1, writes + 1)
        if PROVE
        else sorted({1, 2, 3, writes // 3, writes // 2, writes - 1, writes})
    ):
        done = stopped(by, at)
        assert done.returncode not in (0, None), at
        assert files(target) == before, at
        if by == "full":
            assert_untouched(target, before)
    Build(target, keep=[]).discard()
    assert_untouched(target, before)


def test_a_disk_that_takes_only_a_part_of_a_page_is_noticed(tmp_path: Path):
    """A write may put down a part and say so only in its result; here no file may pass 4 KB."""
    write = """\
import resource, sys
from pathlib import Path
from congkhai.build.cache import Cache
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
Cache(None, Path(sys.argv[1])).write('trang/', bytes(5000))
"""
    done = subprocess.run(
        [sys.executable, "-c", write, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr


EVENTS = (
    "startup",
    "config",
    "pre_build",
    "files",
    "nav",
    "env",
    "pre_page",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
    "post_build",
)


@pytest.mark.parametrize("event", EVENTS)
def test_an_error_in_any_hook_leaves_the_site(event: str, tmp_path: Path, run_mkdocs: RunMkDocs):
    target = tmp_path / "site"
    publish_site(target, first="1")
    before = files(target)
    broken = tmp_path / "broken.py"
    broken.write_text(
        f"def on_{event}(*arguments, **named):\n    raise RuntimeError('a broken hook')\n", "utf-8"
    )
    done = run_mkdocs(
        "build",
        "--config-file",
        write_configuration(tmp_path, hooks=[str(ROOT / "hooks" / "entry.py"), str(broken)]),
        **SMALL,
    )
    assert done.returncode != 0
    assert "a broken hook" in done.stderr
    assert_untouched(target, before)


@both_sites
def test_another_folder_clock_locale_and_hash_seed_give_the_same_bytes(
    site: Path, data: Path, tmp_path: Path
):
    """Compare the real build with one in a copy of the repository, set up in another way."""
    copy = tmp_path / "Kho dữ liệu"
    for name in ("content", "hooks", "theme", "tests/demo", "plans", ".git"):
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.lock")
            )  # a lock of git's may be gone before it is copied
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, copy)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    plans = copy / data.relative_to(ROOT)
    if data == DATA["demo"]:
        plans = make_repository(tmp_path / "past")
    environment = kept | {
        "PLANS_DIR": str(plans),
        "AS_OF": "2026-11-22",
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", "elsewhere"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    one, two = files(site), files(copy / "elsewhere")
    assert set(one) == set(two)
    # The copy's own sources may count as changed, which the manifest says; nothing else differs.
    assert [name for name in one if one[name] != two[name] and name != MANIFEST] == []
