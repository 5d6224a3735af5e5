"""The ledger's share of a build: a history of 5,000 commits over the plans of the whole country.

    python tests/bench/history.py              3,356 plans, 5,000 commits
    python tests/bench/history.py 300 500      other numbers

Makes a repository, reads its history and the ledger of every plan: from nothing, then with what
was kept and nothing new, then after one more commit. Prints CPU seconds. Each commit amends one
plan: a figure, a deadline, or a word.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from congkhai.data.git_history import History, read_history  # noqa: E402
from congkhai.data.load import Dataset, load_dataset  # noqa: E402
from congkhai.model.commitments import view_reports  # noqa: E402
from congkhai.model.ledger import Comparisons, LedgerReader  # noqa: E402
from congkhai.model.today import Today  # noqa: E402
from tests.bench.generate import generate  # noqa: E402

T = TypeVar("T")
AS_OF = date(2026, 11, 26)
AMENDMENTS = ((b"value: ", b"value: 1"), (b"2029", b"2030"), ("Tổ chức".encode(), b"Lo"))
"""What each commit writes in place of what, in turn."""


def commit_amendments(folder: Path, count: int) -> None:
    """Commit all files, then amend one plan after the other, `count` times."""
    subprocess.run(["git", "-C", folder, "init", "-q", "-b", "main"], check=True)
    command = ["git", "-C", folder, "fast-import", "--quiet"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.writelines(_stream(folder, count))
    process.stdin.close()
    assert process.wait() == 0
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)


def _stream(folder: Path, count: int) -> Iterator[bytes]:
    """Write the commits as `git fast-import` reads them."""
    files = sorted(path for path in (folder / "plans").rglob("*") if path.is_file())
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    yield _commit(0, contents)
    plans = [name for name in contents if name.endswith("/plan.yml")]
    for number in range(count):
        name = plans[number * 7 % len(plans)]
        was, now = AMENDMENTS[number % len(AMENDMENTS)]
        contents[name] = contents[name].replace(was, now, 1)
        yield _commit(number + 1, {name: contents[name]})


def _commit(number: int, files: Mapping[str, bytes]) -> bytes:
    moment = 1_781_000_000 + number * 2000
    who = b"A <a@example.org> %d +0700\n" % moment
    parts = [b"commit refs/heads/main\ncommitter ", who, b"data 1\nx\n"]
    for name, content in files.items():
        parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content))
    return b"".join(parts)


def read_ledgers(dataset: Dataset, history: History, kept: Comparisons) -> tuple[int, Comparisons]:
    """Read the ledgers of all plans; return how many amendments there are, and what to keep."""
    amendments = 0
    with LedgerReader(history, Today(AS_OF), kept) as reader:
        for plan_id, loaded in dataset.plans.items():
            folder = dataset.root / plan_id
            files = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }
            reports = {f"reports/{view.file}": view for view in view_reports(dataset, plan_id)}
            ledger = reader.read(plan_id, loaded.value, reports, files)
            amendments += sum(len(entry.amendments) for entry in ledger)
    return amendments, reader.comparisons


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def _timed(words: str, work: Callable[[], T]) -> T:
    cpu, begun = _cpu(), time.perf_counter()
    result = work()
    print(f"| {words:<34} | {_cpu() - cpu:6.2f} | {time.perf_counter() - begun:6.2f} |", flush=True)
    return result


def main() -> None:
    """Measure one history and print what it cost."""
    plan_count, commit_count = [int(number) for number in sys.argv[1:]] or (3356, 5000)
    folder = Path(tempfile.mkdtemp(prefix="bench."))
    try:
        plans = folder / "plans"
        generate(plan_count, plans)
        commit_amendments(folder, commit_count)
        print(
            f"{plan_count:,} plans, {commit_count:,} commits\n\n| | CPU s | wall s |\n|---|---|---|"
        )
        dataset, _ = _timed("load all plans, for comparison", lambda: load_dataset(plans))
        history = _timed("read the history", lambda: read_history(plans))
        assert history is not None
        amendments, kept = _timed(
            "ledgers, from nothing", lambda: read_ledgers(dataset, history, Comparisons())
        )
        again, _ = _timed("ledgers, nothing new", lambda: read_ledgers(dataset, history, kept))
        assert amendments == again > commit_count // 2, (amendments, again)
        print(f"\n{amendments:,} amendments told")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
