"""Runs tasks on an office's machines: a scheduler and workers of Dask, which it started itself.

Comes in: tasks, and the address of the scheduler. Goes out: their results, as from any `Executor`.
A task that a lost worker had is done again by another one. When none is left, when there was none,
or when one has another engine, the build ends with a message, and the old site stays.

What a worker needs: this engine in the same version, and the folder of the site (data with its git
history, own templates) at the same path, by a shared folder or in the same container image. Files
come back with a task's result, and each is hashed again here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from congkhai.build.parallel import Elsewhere, Executor, ExecutorError, Task, run_apart
from congkhai.build.provenance import fingerprint_of

T = TypeVar("T")

CONNECT_SECONDS = 10
WORKER_SECONDS = 30
"""So long there may be no worker, at the beginning or later."""
LOOK_SECONDS = 0.5
"""Between two looks at whether somebody is still at work."""

_one_at_a_time = threading.Lock()
"""A worker has several threads unless it is told otherwise; a build is made for one."""


class ClusterExecutor:
    """Runs tasks that may be done elsewhere in a cluster, and all others on this machine."""

    def __init__(
        self,
        address: str,
        template_folders: Sequence[Path],
        local: Executor,
        worker_seconds: float = WORKER_SECONDS,
    ) -> None:
        self._address = address
        self._template_folders = template_folders
        self._local = local
        self._worker_seconds = worker_seconds

    def run(self, tasks: Sequence[Task[T]], *, min_weight: int) -> list[T]:
        """Return the results of all tasks; see `Executor.run`. Raises ExecutorError."""
        prepared = {
            number: (task.weight, task.elsewhere())
            for number, task in enumerate(tasks)
            if task.elsewhere is not None
        }
        results: dict[int, T] = {}
        if prepared:
            # The client of Dask has threads: what forks later must not inherit them.
            made = run_apart(partial(self._run_in_cluster, list(prepared.values())))
            results.update(zip(prepared, made, strict=True))
        others = [number for number in range(len(tasks)) if number not in results]
        done = self._local.run([tasks[number] for number in others], min_weight=min_weight)
        results.update(zip(others, done, strict=True))
        return [results[number] for number in range(len(tasks))]

    def _run_in_cluster(self, works: Sequence[tuple[int, Elsewhere[T]]]) -> list[T]:
        folders = list(self._template_folders)
        expected = fingerprint_of(folders)
        with self._connect() as client:
            self._wait_for_workers(client)
            self._compare_engines(client, expected, folders)
            futures = {
                client.submit(
                    do_task, expected, folders, elsewhere.work, pure=False, priority=weight
                ): number
                for number, (weight, elsewhere) in enumerate(works)
            }
            results: dict[int, T] = {}
            while futures:
                done = self._wait_for_one(client, list(futures))
                number = futures.pop(done)
                results[number] = works[number][1].take(self._fetch(client, done))
            return [results[number] for number in range(len(works))]

    @contextmanager
    def _connect(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError as error:
            raise ExecutorError(
                "CLUSTER cần phần mở rộng cluster của phần mềm; cài: pip install congkhai[cluster]"
            ) from error
        # English, about reconnecting; what matters of it is told by our own messages.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            client = Client(self._address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError, TypeError) as error:
            raise ExecutorError(
                f"không nối được với bộ điều phối ở {self._address}; "
                "chạy dask scheduler ở máy ấy, ghi đúng địa chỉ, ví dụ CLUSTER=tcp://10.0.0.5:8786"
            ) from error
        try:
            yield client
        finally:
            client.close(timeout=CONNECT_SECONDS)

    def _wait_for_workers(self, client: Any) -> None:
        try:
            client.wait_for_workers(1, timeout=self._worker_seconds)
        except TimeoutError as error:
            raise self._nobody() from error

    def _nobody(self) -> ExecutorError:
        return ExecutorError(
            f"bộ điều phối ở {self._address} không có máy làm việc nào trong"
            f" {self._worker_seconds:g} giây; chạy dask worker {self._address} ở các máy ấy"
        )

    def _compare_engines(self, client: Any, expected: str, folders: Sequence[Path]) -> None:
        """Raise where a worker has another engine, or none: it would make other files."""
        try:
            found = client.run(fingerprint_of, folders, on_error="return")
        except Exception as error:
            raise ExecutorError(f"các máy làm việc không trả lời: {error}") from error
        wrong = sorted(worker for worker, answer in found.items() if answer != expected)
        if wrong:
            raise different_engine(", ".join(wrong))

    def _wait_for_one(self, client: Any, futures: Sequence[Any]) -> Any:
        """Return a task that is done, as long as there is somebody who can do one."""
        from distributed import wait

        seen = time.monotonic()
        while time.monotonic() - seen < self._worker_seconds:
            try:
                done = wait(futures, timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done
                return next(iter(done))
            except TimeoutError:
                seen = time.monotonic() if self._has_workers(client) else seen
            except Exception as error:
                self._explain(error)
                raise
        raise self._nobody()

    def _fetch(self, client: Any, future: Any) -> object:
        """Return the result of a task; when it was lost with its worker, it is made once more."""
        seconds = self._worker_seconds
        while True:
            try:
                return future.result(timeout=seconds)
            except TimeoutError as error:
                if not self._has_workers(client):
                    raise self._nobody() from error
                seconds *= 2  # each try begins anew: a slow network is given longer
            except Exception as error:
                self._explain(error)
                raise

    def _has_workers(self, client: Any) -> bool:
        try:
            return bool(client.nthreads())
        except Exception as error:
            self._explain(error)
            raise

    def _explain(self, error: Exception) -> None:
        """Raise what a fault of the cluster means; a fault of a task is its own."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            raise ExecutorError(
                "nhiều máy làm việc bị ngắt khi làm cùng một phần; xem bộ nhớ và nhật ký ở các máy"
            ) from error
        if type(error).__module__.partition(".")[0] in ("distributed", "asyncio", "concurrent"):
            raise ExecutorError(
                f"mất liên lạc với bộ điều phối ở {self._address}; dựng lại"
            ) from error


def different_engine(workers: str) -> ExecutorError:
    """Say that workers cannot make the same files."""
    return ExecutorError(
        f"máy làm việc {workers} có phần mềm, Python hoặc mẫu trang khác máy này;"
        " cài cùng phiên bản ở mọi máy, để kho ở cùng một đường dẫn"
    )


def do_task(expected: str, template_folders: Sequence[Path], work: Callable[[], object]) -> object:
    """Do a task on a worker, which may have come after the others were asked for their engine."""
    with _one_at_a_time:
        if fingerprint_of(template_folders) != expected:
            raise different_engine("mới vào")
        return work()
