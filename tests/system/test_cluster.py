"""Provinces built by two workers of Dask: the same bytes, a lost worker, no worker, another engine.

A scheduler and workers as an office starts them, on this machine alone. Every wait has an end, and
what was started is killed in the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from conftest import ROOT, SMALL, RunMkDocs
from congkhai.build.cluster import ClusterExecutor
from congkhai.build.parallel import Elsewhere, ExecutorError, SerialExecutor, Task
from congkhai.build.verify import parse_manifest
from tests import cases

PATIENCE = 60
pytestmark = pytest.mark.filterwarnings("ignore")  # of Dask's own code


class Cluster:
    """A scheduler, and the workers that a test starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self._start("scheduler", *options, "--scheduler-file", str(file))
        wait_until(lambda: file.exists() and file.stat().st_size > 0)
        self.address: str = json.loads(file.read_text())["address"]

    def add_worker(self, code: Path = ROOT / "hooks") -> tuple[subprocess.Popen[bytes], Path]:
        """Start a worker; also return the folder in which it builds."""
        folder = self.folder / f"worker-{len(self._processes)}"
        folder.mkdir()
        options = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory")
        variables = {"TMPDIR": str(folder), "PYTHONPATH": str(code)}
        worker = self._start("worker", self.address, *options, str(folder), **variables)
        return worker, folder

    def _start(self, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            env=os.environ | variables,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def kill(self) -> None:
        """End all that was started."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    started = Cluster(folder)
    yield started
    started.kill()


def add(count: int) -> list[Task[int]]:
    """Return tasks that give numbers, each made elsewhere, one more than it would be here."""

    def prepare(number: int) -> Elsewhere[int]:
        return Elsewhere(partial(sum, (number, 1)), partial(int))

    return [Task(partial(int, number), number, partial(prepare, number)) for number in range(count)]


def run(cluster_address: str, tasks: list[Task[int]], seconds: float = 2) -> list[int]:
    executor = ClusterExecutor(cluster_address, [ROOT / "theme"], SerialExecutor(), seconds)
    return executor.run(tasks, min_weight=0)


def files_of(site: Path) -> dict[str, str]:
    files: dict[str, str] = parse_manifest((site / "manifest.json").read_bytes(), "")["files"]
    return files


@pytest.fixture
def two_provinces(tmp_path: Path) -> dict[str, str]:
    """Return the variables of a build of two provinces with a plan each."""
    return SMALL | {"PLANS_DIR": cases.copy_two_provinces(tmp_path / "plans")}


def test_two_workers_make_what_one_process_makes_also_when_one_is_killed(
    cluster: Cluster,
    run_mkdocs: RunMkDocs,
    mkdocs_environment: dict[str, str],
    two_provinces: dict[str, str],
    tmp_path: Path,
):
    site = tmp_path / "site"
    workers = [cluster.add_worker(), cluster.add_worker()]
    assert run_mkdocs("build", "--site-dir", tmp_path / "alone", **two_provinces).returncode == 0
    expected = files_of(tmp_path / "alone")
    variables = two_provinces | {"CLUSTER": cluster.address}
    done = run_mkdocs("build", "--site-dir", site, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(site) == expected

    shutil.rmtree(site)
    build = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
        cwd=ROOT,
        env=mkdocs_environment | {name: str(value) for name, value in variables.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    worker, folder = workers[0]
    wait_until(lambda: any(folder.glob("congkhai.*/ke-hoach")) or build.poll() is not None)
    assert build.poll() is None, build.communicate()[0]
    worker.kill()
    said, _ = build.communicate(timeout=PATIENCE * 2)
    assert build.returncode == 0, said
    assert files_of(site) == expected


def test_without_a_worker_the_old_site_stays(
    cluster: Cluster, run_mkdocs: RunMkDocs, tmp_path: Path
):
    site = tmp_path / "site"
    site.mkdir()
    (site / "manifest.json").write_text('{"files": {}}')
    done = run_mkdocs("build", "--site-dir", site, **SMALL, CLUSTER=cluster.address, CLUSTER_WAIT=1)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "không có máy làm việc nào trong 1 giây" in said
    assert "Trang web giữ nguyên bản cũ." in said
    assert "Traceback" not in said
    assert [file.name for file in site.iterdir()] == ["manifest.json"]


def test_tasks_are_done_elsewhere_where_they_can_be(cluster: Cluster):
    cluster.add_worker()
    tasks = [*add(3), Task(partial(int, 7), 1)]
    assert run(cluster.address, tasks, PATIENCE) == [1, 2, 3, 7]
    assert run(cluster.address, [Task(partial(int, 7), 1)]) == [7]


def test_a_task_s_own_fault_is_raised(cluster: Cluster):
    cluster.add_worker()
    fault: Elsewhere[int] = Elsewhere(partial(int, "x"), partial(int))
    with pytest.raises(ValueError, match="invalid literal"):
        run(cluster.address, [Task(partial(int, 1), 1, lambda: fault)], PATIENCE)


def test_a_task_that_kills_its_workers_is_told(cluster: Cluster):
    cluster.add_worker()
    deadly: Elsewhere[int] = Elsewhere(partial(os._exit, 1), partial(int))
    with pytest.raises(ExecutorError, match="không có máy làm việc nào trong 1 giây"):
        # One to begin with: later there is none, and none comes.
        wait_for_worker(cluster)
        run(cluster.address, [Task(partial(int, 1), 1, lambda: deadly)], 1)


def test_another_engine_is_refused(cluster: Cluster, tmp_path: Path):
    hooks = shutil.copytree(
        ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (hooks / "congkhai" / "text" / "prose.py").open("a") as module:
        module.write("# another one\n")
    cluster.add_worker(hooks)
    with pytest.raises(ExecutorError, match="có phần mềm, Python hoặc mẫu trang khác máy này"):
        run(cluster.address, add(1), PATIENCE)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "10.0.0.5:x", "nowhere"])
def test_an_address_without_a_scheduler_is_told(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("congkhai.build.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ExecutorError, match="không nối được với bộ điều phối"):
        run(address, add(1))


def wait_for_worker(cluster: Cluster) -> None:
    from distributed import Client

    with Client(cluster.address, timeout=PATIENCE) as client:
        client.wait_for_workers(1, timeout=PATIENCE)
