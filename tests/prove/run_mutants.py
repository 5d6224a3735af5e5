"""Try each mutant of a module against the unit tests that own the module.

Run as `python tests/prove/run_mutants.py MODULE STEP TEST...`: every STEP-th mutant. Prints
one line a mutant: killed or survived, line, name, change. The tests pass once unchanged;
then each mutant lives in a process of its own that has all modules in memory already, so
that a mutant costs the time of the tests alone.
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

CPU_SECONDS = 20
"""More than any of the tests needs: a mutant that takes them never ends."""
FAILED, BROKEN = pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED


def run_tests(tests: list[str]) -> int:
    """Run tests in this process up to the first that fails; pytest's exit status."""
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--rootdir"]
    return int(pytest.main([*options, str(ROOT), *tests]))


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


def try_mutant(mutant: Mutant, module: ModuleType, tests: list[str]) -> int:
    """Start a process that runs the tests against a mutant; its id."""
    child = os.fork()
    if child:
        return child
    status = int(BROKEN)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        apply(mutant, module)
        status = run_tests(tests)
    finally:
        os._exit(status)


def is_killed(wait_status: int) -> bool:
    """Whether the tests noticed the mutant: they failed, or did not end.

    Raises RuntimeError where pytest did not run them at all.
    """
    if os.WIFSIGNALED(wait_status):
        return True
    code = os.WEXITSTATUS(wait_status)
    if code not in (0, FAILED, BROKEN):
        raise RuntimeError(f"pytest ended with {code}")
    return code != 0


def main(module_name: str, step: str, *tests: str) -> int:
    """Try every `step`-th mutant of a module, as many at a time as there are cores."""
    module = importlib.import_module(module_name)
    if run_tests(list(tests)):
        return 1
    source = Path(module.__file__ or "").read_text("utf-8")
    waiting = list_mutants(source)[:: int(step)]
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop(0)
            sys.stdout.flush()
            running[try_mutant(mutant, module, list(tests))] = mutant
        child, wait_status = os.wait()
        mutant = running.pop(child)
        word = "killed" if is_killed(wait_status) else "survived"
        print(f"{word}\t{mutant.line}\t{mutant.key}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
