"""Tasks run on several cores: the same results, no lost fault, and no process left behind.

What forks is run in a process of its own: the test runner has threads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.build import parallel
from congkhai.build.parallel import ProcessExecutor, SerialExecutor, Task

PREAMBLE = """
import functools, json, os, signal, sys, time
from pathlib import Path
from congkhai.build.parallel import ProcessExecutor, Task

folder = Path(sys.argv[1])
parent = os.getpid()

def run(*works, min_weight=1):
    tasks = [Task(work, weight) for weight, work in enumerate(works, 1)]
    return ProcessExecutor(2).run(tasks, min_weight=min_weight)

def wait_for(name):
    for _ in range(6000):  # a minute, and only where the promise is broken
        if (folder / name).exists():
            return
        time.sleep(0.01)
    raise TimeoutError(name)

def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
"""

RunScript = Callable[[str], object]


@pytest.fixture
def run_script(tmp_path: Path) -> RunScript:
    """Run code after PREAMBLE in a process without threads; what it printed as JSON."""

    def run(code: str) -> object:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", PREAMBLE + textwrap.dedent(code), tmp_path],
            env=os.environ | {"PYTHONPATH": str(ROOT / "hooks")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Warning" not in done.stderr
        return json.loads(done.stdout)

    return run


def test_results_come_in_the_order_of_the_tasks_whoever_does_them(run_script: RunScript):
    results = run_script("""
        # Each waits for the other, so that no worker can do both.
        def meet(own, other):
            (folder / own).touch()
            wait_for(other)
            return [own, os.getpid()]
        pairs = [("a", "b"), ("b", "a")]
        print(json.dumps([parent, run(*(functools.partial(meet, *pair) for pair in pairs))]))
    """)
    parent, [[first, one], [second, other]] = results
    assert (first, second) == ("a", "b")
    assert len({parent, one, other}) == 3


def test_many_tasks_keep_their_order(run_script: RunScript):
    assert run_script("""
        print(json.dumps(run(*(functools.partial(int, number) for number in range(50)))))
    """) == list(range(50))


def test_the_heaviest_task_begins_first(run_script: RunScript):
    heaviest_first = run_script("""
        def note(name):
            with open(folder / "order", "a") as order:
                order.write(name)
        def wait_then_note(name):
            wait_for("order")
            note(name)
        def begin():
            # Named when it is whole: the others must not come in between.
            (folder / "first").write_text("d")
            (folder / "first").rename(folder / "order")
        # The last has the greatest weight; whoever has it does not wait for anything.
        run(*(functools.partial(wait_then_note, name) for name in "abc"), begin)
        print(json.dumps((folder / "order").read_text()[0]))
    """)
    assert heaviest_first == "d"


def test_with_threads_at_work_nothing_is_forked(run_script: RunScript):
    assert run_script("""
        import threading
        end = threading.Event()
        threading.Thread(target=end.wait).start()
        print(json.dumps(set(run(*[os.getpid] * 5)) == {parent}))
        end.set()
    """)


def test_little_is_done_by_one_process(run_script: RunScript):
    assert run_script("print(json.dumps(set(run(*[os.getpid] * 5, min_weight=16)) == {parent}))")
    assert run_script("print(json.dumps(parent not in run(*[os.getpid] * 5, min_weight=15)))")


def test_where_nothing_can_be_forked_one_process_does_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parallel, "_can_fork", lambda: False)
    tasks = [Task(os.getpid, 1)] * 3
    assert ProcessExecutor(2).run(tasks, min_weight=0) == [os.getpid()] * 3
    assert SerialExecutor().run(tasks, min_weight=0) == [os.getpid()] * 3


@pytest.mark.parametrize("at", [0, 19])
def test_a_task_s_fault_is_raised(run_script: RunScript, at: int):
    assert run_script(f"""
        def fail():
            raise FileExistsError(17, "there is one", "here", None, "there")
        works = [functools.partial(int, number) for number in range(20)]
        works[{at}] = fail
        try:
            run(*works)
        except FileExistsError as error:
            print(json.dumps([error.filename, error.filename2]))
    """) == ["here", "there"]


STUCK = """
        def stuck():
            try:
                (folder / "pid").write_text(str(os.getpid()))
                (folder / "started").touch()
                time.sleep(600)
            finally:
                (folder / "cleaned").touch()
"""


def test_workers_clean_up_and_end_when_a_task_fails(run_script: RunScript):
    assert run_script(
        STUCK
        + """
        def fail():
            wait_for("started")
            raise LookupError
        try:
            run(fail, stuck)
        except LookupError:
            pid = int((folder / "pid").read_text())
            print(json.dumps([(folder / "cleaned").exists(), is_alive(pid)]))
    """
    ) == [True, False]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_workers_clean_up_and_end_when_the_parent_is_interrupted(run_script: RunScript, name: str):
    assert run_script(
        STUCK
        + f"""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
        def interrupt():
            wait_for("started")
            os.kill(parent, signal.{name})
            time.sleep(600)
        try:
            run(interrupt, stuck)
        except (KeyboardInterrupt, SystemExit):
            pid = int((folder / "pid").read_text())
            print(json.dumps([(folder / "cleaned").exists(), is_alive(pid)]))
    """
    ) == [True, False]


def test_a_worker_that_is_killed_gives_no_result(run_script: RunScript):
    assert "terminated abruptly" in str(
        run_script("""
        try:
            run(lambda: os.kill(os.getpid(), signal.SIGKILL), functools.partial(int, 1))
        except RuntimeError as error:
            print(json.dumps(str(error)))
    """)
    )


def test_workers_of_a_killed_parent_end(run_script: RunScript):
    """They would hold the lock on the site, and the next build would be turned away."""
    assert run_script(
        STUCK
        + """
        if os.fork() == 0:
            run(stuck, lambda: wait_for("never"))
            os._exit(0)
        def killed_parent():
            wait_for("started")
            worker = int((folder / "pid").read_text())
            stat = Path(f"/proc/{worker}/stat").read_text()
            os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
            os.wait()
        killed_parent()
        wait_for("cleaned")
        print(json.dumps(True))
    """
    )
