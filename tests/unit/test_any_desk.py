"""A desk with Windows: no locks of Unix, no fork, other ends of lines, names that are taken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from congkhai.data import schema
from congkhai.text.vietnamese import fold

WITHOUT_UNIX = """
import multiprocessing, os, subprocess, sys, types

held = set()

def locking(descriptor, mode, count):
    name = os.readlink(f"/proc/self/fd/{descriptor}")
    if name in held:
        raise OSError(36, "Resource deadlock avoided")
    held.add(name)

msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK, msvcrt.locking = 2, locking
sys.modules["msvcrt"], sys.modules["fcntl"], sys.modules["pwd"] = msvcrt, None, None
multiprocessing.get_all_start_methods = lambda: ["spawn"]
for name in ("fork", "forkpty", "sync", "O_CLOEXEC", "O_NONBLOCK"):
    delattr(os, name)
sys.platform = "win32"
import congkhai.build.file_lock
sys.platform = "linux"
"""
"""What Windows' Python lacks is taken away, and its locks are imitated."""


def run_without_unix(code: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_UNIX + code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_site_is_replaced_and_two_builds_do_not_mix_without_unix(tmp_path: Path) -> None:
    """The lock is Windows' own; a second build at once is refused in Vietnamese."""
    code = """
from pathlib import Path
from congkhai.build.object_store import ObjectStore
from congkhai.build.publish import Build, PublishError

build = Build(Path("site"), keep=[])
try:
    Build(Path("site"), keep=[])
except PublishError as error:
    print(error)
(build.staging / "index.html").write_text("một")
build.publish({}, {})
print(Path("site/index.html").read_text())
print(ObjectStore.acquire(Path("cache")) is not None, ObjectStore.acquire(Path("cache")))
"""
    told, content, stored = run_without_unix(code, tmp_path).splitlines()
    assert "đang tạo trang ở một cửa sổ khác" in told
    assert content == "một"
    assert stored == "True None"


def test_many_provinces_are_built_in_turn_where_nothing_forks(tmp_path: Path) -> None:
    """Without fork, one process does all the work, with the same results."""
    code = """
from congkhai.build.parallel import ProcessExecutor, Task

tasks = [Task(lambda n=n: n * n, weight=1) for n in range(5)]
print(ProcessExecutor(4).run(tasks, min_weight=0))
"""
    assert run_without_unix(code, tmp_path) == "[0, 1, 4, 9, 16]\n"


@pytest.mark.parametrize(("code", "words"), schema.STATUSES.items())
def test_a_status_may_be_written_in_vietnamese(code: str, words: str) -> None:
    """«hoàn thành», «Hoàn thành», «hoan thanh» and `done` say the same."""
    read = TypeAdapter(schema.Entry).validate_python
    for written in (code, words, words.capitalize(), words.upper(), fold(words)):
        assert read({"item": "ii.1", "status": written}).status == code


@pytest.mark.parametrize("name", ["con", "aux.1", "com1", "nul"])
def test_no_id_is_a_name_that_windows_keeps_for_itself(name: str) -> None:
    """An item's page and a unit's are folders of these names; «con-1» and «cong-an» are fine."""
    read = TypeAdapter(schema.Entry).validate_python
    with pytest.raises(ValidationError, match="Windows giữ riêng"):
        read({"item": name, "status": "done"})
    assert read({"item": "con-1", "target": "cong-an"}).item == "con-1"
