"""Doing much work at once: it is shared among the machine's cores.

Comes in: tasks that can be done in any order. Goes out: what each of them gives. It does
not depend on how many cores there are: where a process cannot be forked safely, or there
is little to do, one process does it all.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


def run_tasks(tasks: Sequence[Callable[[], T]], weights: Sequence[int], few: int) -> list[T]:
    """Do all tasks; what they give, in their order. Raises what a task raises.

    `weights`: how much work each is; with less than `few` together, no other process is
    worth starting.
    """
    count = min(_workers(), len(tasks)) if sum(weights) >= few else 1
    if count == 1:
        return [task() for task in tasks]
    # Whoever is done takes the next number out of the pipe, the heaviest task first: no core waits long for another.
    queue, writing = os.pipe()
    with open(writing, "wb") as numbers:
        numbers.write(
            b"".join(
                number.to_bytes(_WIDTH, "big")
                for number in sorted(range(len(tasks)), key=lambda number: -weights[number])
            )
        )
    helpers = [_fork(partial(_take, tasks, queue)) for _ in range(count - 1)]
    failures = []
    try:
        given = _take(tasks, queue)
        while helpers:
            results, failure = _await(*helpers[-1])
            helpers.pop()
            if failure is not None:
                failures.append(failure)
            else:
                given |= results
    except BaseException:
        _break_off(helpers)
        raise
    finally:
        os.close(queue)
    if failures:
        raise failures[0]
    return [given[number] for number in range(len(tasks))]


@contextmanager
def beside(task: Callable[[], T], weight: int, few: int) -> Iterator[Callable[[], T]]:
    """Do one task beside those of the block; call what the block is given for what came of it, once. Raises what the task raises.

    One of less weight than `few` is done by this process, when it is asked for or else after the block.
    """
    alone, asked = weight < few or _workers() == 1, False
    helpers = [] if alone else [_fork(task)]

    def given() -> T:
        nonlocal asked
        asked = True
        if alone:
            return task()
        result, failure = _await(*helpers[-1])
        helpers.pop()
        if failure is not None:
            raise failure
        return result

    try:
        yield given
        if not asked:
            given()
    except BaseException:
        _break_off(helpers)
        raise


_WIDTH = 2
"""Bytes of a task's number. A pipe holds 64 KiB, so that 30,000 tasks have room; nobody has more than a hundred."""


def _take(tasks: Sequence[Callable[[], T]], queue: int) -> dict[int, T]:
    """Do tasks as long as there are any left: what they give, by their numbers."""
    given = {}
    while raw := os.read(queue, _WIDTH):
        number = int.from_bytes(raw, "big")
        given[number] = tasks[number]()
    return given


def _workers() -> int:
    # A forked process has one thread only: a lock that another one held would never open.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fork(work: Callable[[], object]) -> tuple[int, int]:
    """Start a process that does some work: (its id, where it says what came of it)."""
    # Otherwise both would print what waits to be printed.
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    status = 1
    try:
        try:
            said = pickle.dumps((work(), None), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            said = _packed(error)
        with open(writing, "wb") as pipe:
            pipe.write(said)
        status = 0
    finally:
        # Not sys.exit: what the parent set up for its own end is not ours to tear down.
        os._exit(status)


def _packed(error: BaseException) -> bytes:
    try:
        return pickle.dumps((None, error))
    except Exception:
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))


def _await(process: int, reading: int) -> tuple[Any, BaseException | None]:
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(process, 0)
    if status or not said:
        return None, RuntimeError(f"A process that took tasks ended with status {status}")
    return pickle.loads(said)


def _break_off(helpers: Iterable[tuple[int, int]]) -> None:
    # Not SIGKILL: a helper may have a program of its own at work, and folders to tidy up.
    for process, reading in helpers:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
        with suppress(OSError):  # closed already, where it was being read
            os.close(reading)
    for process, _ in helpers:
        with suppress(ChildProcessError):
            os.waitpid(process, 0)
