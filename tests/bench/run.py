"""The benchmark: this project and Hugo on the same made-up national data, in one run.

    make bench                      100, 1,000 and 3,356 plans
    make bench ARGS="100 1000"      other numbers
    make bench ARGS="--brief 600"   one build of each, without the search index, and a new day

Prints, for each number of plans: CPU, wall time, peak memory of the process tree, size
of the output and the CPU of each stage; cold, after one plan was edited, and after another
was; without the search index, and with it; and the same of Hugo, with the ratios. Cold
builds without the index take turns with Hugo's, and the middle one of each is printed. A
benchmark, no test: no figure is right or wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.file_kinds import kind_of  # noqa: E402
from tests.bench.generate import generate  # noqa: E402

COUNTS = (100, 1000, 3356)
DAY, NEXT_DAY = "2026-11-22", "2026-11-23"
"""Of which all builds are, and the one that shows what a new day costs."""
SETTLED = 3
"""Seconds after which a file that is written to again surely has another time: it need not be read
to know whether it is the same."""
TURNS = 3
"""Builds from nothing of ours and of Hugo's; an odd number."""
EVERY = 0.25
"""Seconds between two looks at the memory of the process tree."""


@dataclass
class Figures:
    """What one build cost."""

    cpu: float
    wall: float
    peak: int
    """Bytes: proportional set size of all processes, so that what they share counts once."""
    size: int
    files: int
    kinds: dict[str, tuple[int, int, float]]
    """How many files of each kind, their bytes, and the CPU seconds of ours."""
    stages: dict[str, float] = field(default_factory=dict)


def measure(
    command: list[str], output: Path, environment: dict[str, str], stages: Path | None = None
) -> Figures:
    """Run a command to its end. RuntimeError with its own words when it fails."""
    os.sync()  # what was written before is not this command's to carry
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak, ended = [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, ended))
    watcher.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - begun
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}:\n{said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sizes = {
        file.relative_to(output).as_posix(): file.stat().st_size
        for file in output.rglob("*")
        if file.is_file()
    }
    return Figures(
        cpu,
        wall,
        peak[0],
        sum(sizes.values()),
        len(sizes),
        count_kinds(sizes, read_seconds(stages) if stages else {}),
        json.loads(stages.read_text("utf-8")) if stages else {},
    )


def count_kinds(
    sizes: Mapping[str, int], seconds: Mapping[str, float]
) -> dict[str, tuple[int, int, float]]:
    """Add up the files of each kind, their bytes and their CPU; both by name. Dearest first."""
    found: defaultdict[str, tuple[int, int, float]] = defaultdict(lambda: (0, 0, 0.0))
    for name, size in sizes.items():
        kind = kind_of(name)
        files, total, spent = found[kind]
        found[kind] = files + 1, total + size, spent + seconds.get(name, 0.0)
    return dict(sorted(found.items(), key=lambda item: (-item[1][2], -item[1][1])))


def read_seconds(stages: Path) -> dict[str, float]:
    """Read the CPU seconds that `staged.py` wrote down for each file."""
    lines = Path(f"{stages}.files").read_text("utf-8").splitlines()
    return {name: float(spent) for spent, _, name in (line.partition(" ") for line in lines)}


def _watch(root: int, peak: list[int], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        tree = _tree(root)
        peak[0] = max(peak[0], sum(map(_memory, tree)))


def _tree(root: int) -> list[int]:
    found = [root]
    for process in found:
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def _memory(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def ours(
    data: Path,
    work: Path,
    kept: str,
    index: str = "whole",
    day: str = DAY,
    *,
    staged: bool = True,
) -> Figures:
    """Build the site `kept` with what is kept for it; from nothing the first time.

    `index`: `apart` leaves the search index out. `staged`: look at the CPU of each stage, which
    costs a twentieth that nobody looks at in Hugo.
    """
    stages, site = work / f"{kept}.json" if staged else None, work / kept
    command = [
        sys.executable,
        str(HERE / "staged.py"),
        str(stages or "-"),
        index,
        "build",
        "--quiet",
        "--site-dir",
        str(site),
    ]
    return measure(
        command,
        site,
        {
            "PLANS_DIR": str(data),
            "AS_OF": day,
            "NO_MKDOCS_2_WARNING": "1",
            "BUILD_CACHE": str(work / f"{kept}.kept"),
        },
        stages,
    )


def theirs(work: Path, kept: str) -> Figures:
    """Let Hugo build its pages of the same data from nothing, and write them to files as we do."""
    public = work / f"hugo-{kept}"
    command = [
        sys.executable,
        "-m",
        "hugo",
        "build",
        "--quiet",
        "--source",
        str(work / "hugo"),
        "--destination",
        str(public),
    ]
    return measure(command, public, {"HUGO_CACHEDIR": str(work / f"hugo-{kept}.kept")})


def middle(several: Iterable[Figures]) -> Figures:
    """Of an odd number of runs, the one that took neither most nor least CPU."""
    ordered = sorted(several, key=lambda figures: figures.cpu)
    return ordered[len(ordered) // 2]


def ratio(pairs: Iterable[tuple[Figures, Figures]], of: Callable[[Figures], float]) -> str:
    """How ours stands to theirs: the middle of all pairs, and the least and the greatest."""
    found = sorted(of(mine) / of(other) for mine, other in pairs)
    return f"{found[len(found) // 2]:.2f} × Hugo's ({found[0]:.2f} to {found[-1]:.2f})"


def edit(data: Path, which: int) -> None:
    """Change one word of a plan and of its source, as an editor would."""
    # Provinces' plans lie a level higher than those of communes; few plans are all of provinces.
    plans = sorted(data.rglob("plan.yml"))
    for file in plans[(len(plans) // 2 + which) % len(plans)].parent.glob("*.*"):
        file.write_text(
            file.read_text("utf-8").replace("Tổ chức triển khai", "Tổ chức thực hiện", 1), "utf-8"
        )


def digest(site: Path) -> str:
    """One number for all bytes of a site, but for the manifest, which names the one before it."""
    total = hashlib.sha256()
    manifest = site / "manifest.json"
    for file in sorted(path for path in site.rglob("*") if path.is_file() and path != manifest):
        total.update(
            str(file.relative_to(site)).encode()
            + b"\0"
            + hashlib.sha256(file.read_bytes()).digest()
        )
    return total.hexdigest()


def read_hashes(site: Path) -> dict[str, str]:
    """Read the SHA-256 of all files of a site but the manifest, by name."""
    files: dict[str, str] = json.loads((site / "manifest.json").read_bytes())["files"]
    return files


COLUMNS = (
    "                ",
    "CPU s",
    "wall s",
    "peak MB",
    "with the index: CPU s",
    "wall s",
    "peak MB",
    "output MB",
    "files",
)
HEAD = f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def row(name: str, apart: Figures, whole: Figures | None = None) -> str:
    """One line of the table; `whole`: with the search index."""
    cells = [f"{apart.cpu:7.1f}", f"{apart.wall:7.1f}", f"{apart.peak / 1e6:7.0f}"]
    cells += (
        [
            f"{whole.cpu:7.1f}",
            f"{whole.wall:7.1f}",
            f"{whole.peak / 1e6:7.0f}",
        ]
        if whole
        else [" " * 7] * 3
    )
    last = whole or apart
    return (
        f"| {name:<16} | "
        + " | ".join([*cells, f"{last.size / 1e6:7.0f}", f"{last.files:6}"])
        + " |"
    )


def compare(count: int, work: Path) -> None:
    """Measure one number of plans and print it."""
    data = work / "hugo" / "assets" / "plans"
    shutil.copytree(HERE / "hugo", work / "hugo")
    generate(count, data)
    time.sleep(SETTLED)
    # By turns, because a machine shared with others is quick in one minute and slow in the next.
    pairs = [
        (ours(data, work, f"site-{turn}", "apart", staged=False), theirs(work, str(turn)))
        for turn in range(TURNS)
    ]
    cold, hugo = (
        (middle(mine for mine, _ in pairs), ours(data, work, "whole")),
        middle(other for _, other in pairs),
    )
    edit(data, 0)
    edited = ours(data, work, "site-0", "apart"), ours(data, work, "whole")
    edit(data, 1)
    again = ours(data, work, "site-0", "apart"), ours(data, work, "whole")
    ours(data, work, "fresh")
    same = (
        "the same bytes as a cold build"
        if digest(work / "whole") == digest(work / "fresh")
        else "NOT the bytes of a cold build"
    )

    print(f"\n### {count:,} plans\n{HEAD}")
    print(
        "\n".join(
            [
                row("cold", *cold),
                row("one plan edited", *edited),
                row("then another", *again),
                row("Hugo, cold", hugo),
            ]
        )
    )
    cpu = ratio(pairs, lambda figures: figures.cpu)
    wall = ratio(pairs, lambda figures: figures.wall)
    print(
        f"\nCold, {TURNS} by turns: CPU {cpu}, wall {wall};"
        f" {1000 * cold[0].cpu / count:.1f} ms a plan."
        f" Edited: CPU {edited[0].cpu / cold[0].cpu:.2f} × cold,"
        f" then {again[0].cpu / cold[0].cpu:.2f} ×; {same}.\n"
    )
    print_stages("cold, with the index", cold[1])
    print_stages("edited, with the index", edited[1])
    print_kinds(cold[1], hugo, cold[0].cpu)


def compare_briefly(count: int, work: Path) -> None:
    """Build once with each, without the search index, after an edit and on the next day."""
    data = work / "hugo" / "assets" / "plans"
    shutil.copytree(HERE / "hugo", work / "hugo")
    generate(count, data)
    time.sleep(SETTLED)
    cold, hugo = ours(data, work, "site", "apart", staged=False), theirs(work, "once")
    print(f"\n### {count:,} plans\n{HEAD}")
    print(row("cold", cold), row("Hugo, cold", hugo), sep="\n", flush=True)
    edit(data, 0)
    edited = ours(data, work, "site", "apart", staged=False)
    print(row("one plan edited", edited))
    before = read_hashes(work / "site")
    next_day = ours(data, work, "site", "apart", NEXT_DAY, staged=False)
    print(row("the next day", next_day), flush=True)
    fresh = ours(data, work, "fresh", "apart", NEXT_DAY)
    print(row("cold, staged", fresh))
    after = read_hashes(work / "site")
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    print(
        f"\nCPU {cold.cpu / hugo.cpu:.2f} × Hugo's; {1000 * cold.cpu / count:.1f} ms a plan."
        f" Edited: CPU {edited.cpu / cold.cpu:.2f} × cold. The next day:"
        f" {next_day.cpu / cold.cpu:.2f} ×, {len(changed) + 1} of {next_day.files} files changed.\n"
    )
    print_stages("cold, staged", fresh)
    print_kinds(fresh, hugo, cold.cpu)
    is_same = digest(work / "site") == digest(work / "fresh")
    words = "the same bytes as" if is_same else "NOT the bytes of"
    print(f"\nEdited, and on the next day: {words} a cold build.")


def print_stages(name: str, figures: Figures) -> None:
    """Print the CPU of each stage of a build."""
    others = figures.cpu - sum(
        seconds for stage, seconds in figures.stages.items() if not stage.startswith("of ")
    )
    stages = figures.stages | {"the rest": others}
    words = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items())
    print(f"CPU s by stage, {name}: {words}", flush=True)


def print_kinds(mine: Figures, other: Figures, cpu: float) -> None:
    """Print the files, bytes and CPU of each kind of ours, beside Hugo's files and bytes.

    Below it, how `cpu`, of a build whose stages nobody looked at, stands to Hugo's without the
    kinds of which Hugo makes none: the same parts of it as of `mine`.
    """
    print("\n| files | ours | MB | CPU s | Hugo's | MB |\n|---|---|---|---|---|---|")
    alone = 0.0
    for kind, (number, size, seconds) in mine.kinds.items():
        theirs_number, theirs_size, _ = other.kinds.get(kind, (0, 0, 0.0))
        print(
            f"| {kind} | {number} | {size / 1e6:.1f} | {seconds:.1f}"
            f" | {theirs_number} | {theirs_size / 1e6:.1f} |"
        )
        if not theirs_number:
            alone += seconds
    check = mine.stages.get("check", 0.0)
    both, made = (cpu * (1 - spent / mine.cpu) for spent in (alone, alone + check))
    print(
        f"\nCPU {cpu / other.cpu:.2f} × Hugo's in all; without the {alone:.1f} s of kinds that"
        f" Hugo does not make {both / other.cpu:.2f} ×; without the check of the data, too,"
        f" {made / other.cpu:.2f} ×.",
        flush=True,
    )


def machine() -> str:
    """Describe the machine in general terms."""
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    cores = len(os.sched_getaffinity(0))
    model = models[0] if models else platform.machine()
    return f"{cores} cores of {model}, Python {platform.python_version()}"


def main() -> None:
    """Measure each number of plans in turn."""
    brief = "--brief" in sys.argv
    numbers = [int(word) for word in sys.argv[1:] if word != "--brief"]
    print(machine())
    # All is deleted at the end: an ext4 without a journal passes over every file number that was
    # freed in the last minutes, one by one, so that whoever writes next pays for it.
    with tempfile.TemporaryDirectory(prefix="bench.") as folder:
        for count in numbers or COUNTS:
            work = Path(folder, str(count))
            work.mkdir()
            (compare_briefly if brief else compare)(count, work)


if __name__ == "__main__":
    main()
