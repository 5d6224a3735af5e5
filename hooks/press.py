"""Writing many files at once: the work is shared among the machine's cores.

Comes in: jobs, each of which makes some files when it is called. Goes out: those files
below a folder. The bytes do not depend on how many cores there are: where a process
cannot be forked safely, or there is little to do, one process does it all.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

Job = Callable[[], Iterable[tuple[str, bytes]]]
"""Makes files: (address from the root, content). An address that ends with `/`, or is
empty, stands for the page `index.html` in that folder."""

FEW = 300
"""Fewer jobs are done before other processes are ready."""


def press(jobs: Sequence[Job], folder: Path) -> None:
    """Do all jobs and write their files. Raises what a job raises.

    FileExistsError when two files have the same address.
    """
    count = _workers() if len(jobs) >= FEW else 1
    if count == 1:
        _work(jobs, folder)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    # Neighbours in the list are alike, so every n-th job is a fair share.
    helpers = [_fork(jobs[share::count], folder) for share in range(1, count)]
    try:
        _work(jobs[::count], folder)
    finally:
        failures = [failure for helper in helpers if (failure := _await(*helper)) is not None]
    if failures:
        raise failures[0]


def write(folder: Path, address: str, content: bytes) -> None:
    """Write a page or file at its address. FileExistsError when another has it."""
    name = f"{address}index.html" if not address or address.endswith("/") else address
    path = os.path.join(folder, name)
    try:
        file = open(path, "xb", buffering=0)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        file = open(path, "xb", buffering=0)
    with file:
        # A disk that is nearly full takes a part, and complains about the rest only when asked again.
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]


def _workers() -> int:
    # A forked process has one thread only: a lock that another one held would never open.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(jobs: Iterable[Job], folder: Path) -> None:
    for job in jobs:
        for address, content in job():
            write(folder, address, content)


def _fork(jobs: Sequence[Job], folder: Path) -> tuple[int, int]:
    """Start a process on its share: (its id, where it says what went wrong)."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        _work(jobs, folder)
        status = 0
    except BaseException as error:
        os.write(writing, _packed(error))
    finally:
        # Not sys.exit: what the parent set up for its own end is not ours to tear down.
        os._exit(status)


def _packed(error: BaseException) -> bytes:
    try:
        return pickle.dumps(error)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


def _await(process: int, reading: int) -> BaseException | None:
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(process, 0)
    if said:
        return pickle.loads(said)  # noqa: S301 - our own process wrote it
    return RuntimeError(f"A process that wrote pages ended with status {status}") if status else None
