"""Try each mutant of a module against the unit tests that own the module.

Run as `python tests/prove/run_mutants.py MODULE STEP TEST...`: every STEP-th mutant. Prints
one line a mutant: killed or survived, line, name, change. The tests are collected and pass
once unchanged; then each mutant lives in a process of its own that has them in memory
already, so that it costs no more than the tests up to the first that fails.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from tests.prove.mutants import Mutant, list_mutants  # noqa: E402

CPU_SECONDS = 5
"""More than any of the tests needs: a mutant that takes them never ends."""
MEMORY_BYTES = 4 << 30
KILLED = 1


def apply(mutant: Mutant, module: ModuleType) -> None:
    """Change a module in memory, also for those that have imported the name from it."""
    namespace = dict(vars(module))
    exec(compile(mutant.tree, module.__file__ or "", "exec"), namespace)
    present, changed = getattr(module, mutant.name), namespace[mutant.name]
    if isinstance(present, FunctionType):
        present.__code__ = changed.__code__
        present.__defaults__ = changed.__defaults__
        return
    for other in list(sys.modules.values()):
        if getattr(other, "__dict__", {}).get(mutant.name) is present:
            setattr(other, mutant.name, changed)


class MutationRun:
    """A pytest plugin that runs the collected tests once for each mutant."""

    def __init__(self, module: ModuleType, mutants: list[Mutant]) -> None:
        self.module = module
        self.mutants = mutants
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants, as many at a time as there are cores."""
        self.run_tests(session)
        if self.failed or not session.items:
            raise session.Failed("the unchanged code fails its tests")
        print(file=sys.__stdout__)
        waiting = list(self.mutants)
        running: dict[int, Mutant] = {}
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                mutant = waiting.pop(0)
                running[self.start(mutant, session)] = mutant
            child, status = os.wait()
            mutant = running.pop(child)
            word = "killed" if status else "survived"
            print(f"{word}\t{mutant.line}\t{mutant.key}", file=sys.__stdout__, flush=True)
        return True

    def run_tests(self, session: pytest.Session) -> None:
        """Run the collected tests up to the first that fails."""
        for item, following in zip(session.items, [*session.items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                break

    def start(self, mutant: Mutant, session: pytest.Session) -> int:
        """Start a process that runs the tests against a mutant; its id."""
        child = os.fork()
        if child:
            return child
        status = KILLED
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            apply(mutant, self.module)
            self.run_tests(session)
            status = KILLED if self.failed else 0
        finally:
            os._exit(status)


def main(module_name: str, step: str, *tests: str) -> int:
    """Try every `step`-th mutant of a module; 0 when all were tried."""
    module = importlib.import_module(module_name)
    mutants = list_mutants(Path(module.__file__ or "").read_text("utf-8"))[:: int(step)]
    options = ["-q", "-n", "0", "-s", "-p", "no:cacheprovider", "--rootdir"]
    plugin = MutationRun(module, mutants)
    return int(pytest.main([*options, str(ROOT), *tests], plugins=[plugin]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
