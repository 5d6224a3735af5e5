"""Work is shared among the cores: the same results, and no fault is lost on the way."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from congkhai.build import parallel

TASKS = 20


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the machine has one, or the test runner has threads."""
    monkeypatch.setattr(parallel, "_workers", lambda: 2)


def run_tasks(tasks: list[Callable[[], object]], few: int = 1) -> list[object]:
    return parallel.run_tasks(tasks, [1] * len(tasks), few)


def test_results_come_in_the_order_of_the_tasks_whoever_does_them(two_cores: None):
    done = run_tasks(
        [
            lambda number=number: [time.sleep(0.02), (number, os.getpid())][1]
            for number in range(TASKS)
        ]
    )
    assert [number for number, _ in done] == list(range(TASKS))
    assert len({process for _, process in done}) == 2


def test_no_core_waits_while_there_is_work(two_cores: None):
    def work(seconds: float) -> int:
        time.sleep(seconds)
        return os.getpid()

    *light, heavy = parallel.run_tasks(
        [partial(work, 0.1), partial(work, 0.1), partial(work, 0.1), partial(work, 0.6)],
        [1, 1, 1, 6],
        1,
    )
    assert heavy not in light
    assert len(set(light)) == 1


def test_little_is_done_by_one_process(two_cores: None):
    assert run_tasks([os.getpid] * TASKS, few=TASKS + 1) == [os.getpid()] * TASKS


@pytest.mark.parametrize("at", [0, 1])
def test_a_fault_is_raised_in_whichever_share_it_is(two_cores: None, at: int):
    def fail() -> object:
        raise LookupError("no such unit")

    tasks: list[Callable[[], object]] = [partial(int, number) for number in range(TASKS)]
    tasks[at] = fail
    with pytest.raises(LookupError, match="no such unit"):
        run_tasks(tasks)


def test_a_helper_ends_when_the_work_is_broken_off(two_cores: None, tmp_path: Path):
    mine, ended = os.getpid(), tmp_path / "ended"

    def work() -> object:
        if os.getpid() == mine:
            time.sleep(0.2)
            raise KeyboardInterrupt
        try:
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(number))
            time.sleep(30)
        finally:
            ended.write_text(str(os.getpid()), "utf-8")
        return None

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_tasks([work] * 2)
    assert time.monotonic() - begun < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.read_text("utf-8")), 0)


def test_a_process_that_is_killed_is_no_result(two_cores: None):
    mine = os.getpid()

    def die() -> object:
        if os.getpid() != mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return time.sleep(0.02)

    with pytest.raises(RuntimeError, match="ended with status"):
        run_tasks([die] * TASKS)


def test_a_task_beside_others_is_done_by_another_process_meanwhile(two_cores: None):
    reading, writing = os.pipe()
    with parallel.beside(lambda: (os.getpid(), os.read(reading, 1)), 1, 1) as given:
        os.write(writing, b"!")  # for which it waits
        process, said = given()
    assert process != os.getpid()
    assert said == b"!"
    os.close(reading)
    os.close(writing)


def test_a_small_one_is_done_when_it_is_asked_for_or_after_the_others():
    done: list[str] = []
    with parallel.beside(lambda: done.append("beside"), 1, 2) as given:
        done.append("first")
        given()
        done.append("last")
    with parallel.beside(lambda: done.append("beside"), 1, 2):
        done.append("alone")
    assert done == ["first", "beside", "last", "alone", "beside"]


def test_its_fault_is_raised_whether_it_is_asked_for_or_not(two_cores: None):
    def fail() -> object:
        raise LookupError("no such unit")

    with pytest.raises(LookupError, match="no such unit"), parallel.beside(fail, 1, 1):
        pass
    with pytest.raises(LookupError, match="no such unit"), parallel.beside(fail, 1, 1) as given:
        given()


def test_it_ends_when_the_block_is_broken_off(two_cores: None):
    reading, writing = os.pipe()

    def work() -> None:
        os.write(writing, str(os.getpid()).encode())
        time.sleep(30)

    process = 0
    with pytest.raises(KeyboardInterrupt), parallel.beside(work, 1, 1):
        process = int(os.read(reading, 20))
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    os.close(reading)
    os.close(writing)
