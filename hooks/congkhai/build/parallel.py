"""Runs independent tasks, on several cores where that is safe and worth it.

Comes in: tasks that may be done in any order, each with its weight. Goes out: their results,
in the order of the tasks. The builder is given an `Executor` and knows no more of it: the
processes of this machine, or a cluster (`cluster.py`), stand behind the same method.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import FrameType
from typing import Generic, Protocol, TypeVar, cast

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_PARENT_CHECK_SECONDS = 1.0


class ExecutorError(Exception):
    """Tasks could not be done, whatever they are: who was to do them is not there (Vietnamese)."""


@dataclass(frozen=True, slots=True)
class Elsewhere(Generic[T_co]):
    """How another machine does a task, which has none of the files that this one writes."""

    work: Callable[[], object]
    """Sent there; it can be pickled, and so can its result."""
    take: Callable[[object], T_co]
    """Called here with that result, once: it brings in what was made."""


@dataclass(frozen=True, slots=True)
class Task(Generic[T_co]):
    """A piece of work, and how much it is."""

    work: Callable[[], T_co]
    weight: int
    """In a unit that all tasks of one run share, for instance plans. The heaviest begin first."""
    elsewhere: Callable[[], Elsewhere[T_co]] | None = None
    """Prepares the task for another machine; None when only this one can do it."""


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


def run_apart(work: Callable[[], T]) -> T:
    """Do work in a process of its own, so that threads which it starts do not stay in this one.

    Where nothing can be forked, this process does it. What it raises is raised here.
    """
    if not _can_fork():
        return work()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do_apart, args=(work, sender, os.getpid()))
    process.start()
    sender.close()
    try:
        is_done, result = receiver.recv()
    except EOFError as error:
        raise ExecutorError("tiến trình chia việc cho các máy bị ngắt; dựng lại") from error
    finally:
        process.terminate()
        process.join()
        receiver.close()
    if not is_done:
        raise result
    return cast("T", result)


def _do_apart(work: Callable[[], object], sender: Connection, parent: int) -> None:
    try:
        _start_worker(parent)
        try:
            outcome: tuple[bool, object] = True, work()
        except Exception as error:
            outcome = False, error
        sender.send(outcome)
    finally:
        # Threads of a library that is still closing would keep the process.
        os._exit(0)


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
    # The collector marks every object that it looks at, and a page of memory that is written to is
    # no longer shared with the parent: of the country each worker would have a copy of all.
    gc.freeze()
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
