"""Runs independent tasks, on several cores where that is safe and worth it.

Comes in: tasks that may be done in any order, each with its weight. Goes out: their results,
in the order of the tasks. The builder is given an `Executor` and knows no more of it: a
cluster can stand behind the same method.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from types import FrameType
from typing import Generic, Protocol, TypeVar, cast

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_PARENT_CHECK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Task(Generic[T_co]):
    """A piece of work, and how much it is."""

    work: Callable[[], T_co]
    weight: int
    """In a unit that all tasks of one run share, for instance plans. The heaviest begin first."""


class Executor(Protocol):
    """Runs tasks that do not depend on each other."""

    def run(self, tasks: Sequence[Task[T]], *, min_weight: int) -> list[T]:
        """Return the results of all tasks, in the order of the tasks.

        Raises what a task raises; other tasks may then be left undone.

        `min_weight`: with less weight in all, sharing the work costs more than it saves.
        """
        ...


class SerialExecutor:
    """Runs tasks one after the other in this process."""

    def run(self, tasks: Sequence[Task[T]], *, min_weight: int) -> list[T]:
        """Return the results of all tasks; see `Executor.run`."""
        return [task.work() for task in tasks]


class ProcessExecutor:
    """Runs tasks in forked processes of this machine.

    Without fork, with other threads at work (a lock that one of them holds would never open
    in a forked process) or with little to do, this process does it all.
    """

    def __init__(self, worker_count: int) -> None:
        self._worker_count = worker_count

    def run(self, tasks: Sequence[Task[T]], *, min_weight: int) -> list[T]:
        """Return the results of all tasks; see `Executor.run`. They must be picklable."""
        worker_count = min(self._worker_count, len(tasks))
        enough = sum(task.weight for task in tasks) >= min_weight
        if worker_count > 1 and enough and _can_fork():
            return _run_in_workers(tasks, worker_count)
        return SerialExecutor().run(tasks, min_weight=min_weight)


def default_executor() -> Executor:
    """Return an executor that uses all cores which this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return ProcessExecutor(len(os.sched_getaffinity(0)))
    return ProcessExecutor(os.cpu_count() or 1)


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


_inherited_tasks: Sequence[Task[object]] = ()
"""The tasks of the run at work. They are closures, which cannot be pickled: forked workers
inherit the list and are sent numbers."""


def _run_in_workers(tasks: Sequence[Task[T]], worker_count: int) -> list[T]:
    global _inherited_tasks
    _inherited_tasks = tasks
    other_children = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        worker_count,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_start_worker,
        initargs=(os.getpid(),),
    )
    heaviest_first = sorted(range(len(tasks)), key=lambda number: -tasks[number].weight)
    try:
        futures: dict[int, Future[object]] = {
            number: pool.submit(_run_inherited, number) for number in heaviest_first
        }
        done, _ = wait(futures.values(), return_when=FIRST_EXCEPTION)
        for future in done:
            future.result()
        return [cast("T", futures[number].result()) for number in range(len(tasks))]
    except BaseException:
        # SIGTERM, not SIGKILL: a worker may run a program of its own, and have files to remove.
        for worker in set(multiprocessing.active_children()) - other_children:
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        _inherited_tasks = ()


def _run_inherited(number: int) -> object:
    try:
        return _inherited_tasks[number].work()
    except Exception:
        raise
    except BaseException:
        # The pool would hand SystemExit on as a task's result, and start the next task.
        os._exit(128 + signal.SIGTERM)


def _start_worker(parent: int) -> None:
    """Make a worker end when it is told to, and when its parent is gone."""
    signal.signal(signal.SIGTERM, _exit_by_signal)
    # Ctrl-C reaches the whole group; the parent then tells its workers by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, args=(parent,), daemon=True).start()


def _exit_by_signal(number: int, frame: FrameType | None) -> None:
    # The pool sends it again when another worker is gone: that must not cut off the cleaning up.
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _follow_parent(parent: int) -> None:
    """End this worker when its parent was killed: it would keep the lock on the site forever."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
