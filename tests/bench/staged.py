"""One `mkdocs` run with the CPU seconds of each stage: what `run.py` starts and measures.

Comes in: a file to write to, or `-` to look at no stage, which costs a twentieth; `whole`, or
`apart` to leave the search index out; then what `mkdocs` would be given. Goes out: in that file,
JSON of stage → CPU seconds, forked workers included; beside it, as `.files`, a line for each file
of the site with its CPU seconds. The product knows nothing of it: its functions are wrapped here,
before MkDocs loads the entry.

A file takes the time from the end of the one before it to the end of its own: what it shows is
worked out, rendered, hashed and written. The first file of a job bears what is worked out for all.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from mkdocs.__main__ import cli  # noqa: E402

from congkhai.build import builder, cache, inputs, publish  # noqa: E402
from congkhai.exports import shared_pictures  # noqa: E402
from congkhai.model.plan_view import PlanStore  # noqa: E402
from congkhai.pages import render, structured_data  # noqa: E402

JSON_LD = "of render: JSON-LD"
STAGES = (
    "load",
    "check",
    "derive",
    "render",
    "tables and feeds",
    "pictures to share",
    "compile",
    "write",
    "reuse",
    "publish",
    "search index",
    JSON_LD,
)
_spent = {stage: multiprocessing.Value("d", 0.0) for stage in STAGES}
"""Shared with forked workers."""
_last_end = 0.0
"""When this process had finished a file, or began a job, by its own CPU clock."""


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _add(stage: str, seconds: float) -> None:
    with _spent[stage].get_lock():
        _spent[stage].value += seconds


def _timed(
    stage: str, function: Callable[..., Any], *, children: bool = False
) -> Callable[..., Any]:
    """Return `function` with its CPU time counted; that of its child processes, on request."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        begun, others = time.process_time(), _children() if children else 0.0
        result = function(*arguments, **options)
        if isinstance(result, Iterator):
            return _timed_steps(stage, result)
        _add(stage, time.process_time() - begun + ((_children() - others) if children else 0.0))
        return result

    return run


def _timed_steps(stage: str, steps: Iterator[Any]) -> Iterator[Any]:
    """Pass on what an iterator gives, with the CPU time counted that each step takes."""
    while True:
        begun = time.process_time()
        try:
            step = next(steps)
        except StopIteration:
            return
        finally:
            _add(stage, time.process_time() - begun)
        yield step


def _time_files(log: int) -> None:
    """Write the CPU time of each file of the site to a descriptor that is open for appending."""
    record, write = PlanStore.record, cache.Cache.write

    def begin(store: PlanStore) -> Any:
        global _last_end
        _last_end = time.process_time()
        return record(store)

    def end(*arguments: Any) -> Any:
        global _last_end
        result = write(*arguments)
        now = time.process_time()
        os.write(log, f"{now - _last_end:.6f} {result[0]}\n".encode())
        _last_end = now
        return result

    # Whoever runs a job asks first for a record of what it opens.
    PlanStore.record = begin  # type: ignore[method-assign]
    cache.Cache.write = end  # type: ignore[method-assign]


def main() -> None:
    """Run mkdocs; its exit status is ours."""
    stage_file, wants_index, *arguments = sys.argv[1:]
    if wants_index == "apart":
        builder.search_files = lambda site_model, read: []
    if stage_file == "-":
        cli(arguments, standalone_mode=False)
        return
    _time_stages()
    log = os.open(f"{stage_file}.files", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    _time_files(log)
    try:
        cli(arguments, standalone_mode=False)
    finally:
        Path(stage_file).write_text(
            json.dumps({stage: value.value for stage, value in _spent.items()}), "utf-8"
        )


def _time_stages() -> None:
    """Put the functions of each stage into ones that count their CPU time."""
    for stage, functions in {
        "load": ((builder, "load_plans"), (inputs, "load_plans"), (inputs, "load_registers")),
        "check": ((builder, "check_plans"), (builder, "check_registers"), (builder, "check_links")),
        "derive": ((builder, "view_plan"), (builder, "combine_plans"), (inputs, "open_plan")),
        "render": ((render.Renderer, "page"),),
        JSON_LD: ((structured_data, "describe"),),
        "tables and feeds": (
            (builder, "plan_files"),
            (builder, "feed_files"),
            (builder, "province_files"),
            (builder, "place_calendar"),
        ),
        "pictures to share": ((builder, "plan_picture"), (shared_pictures, "draw_png")),
        "compile": ((render.Renderer, "load_templates"),),
        "write": ((cache.Cache, "write"),),
        "reuse": ((cache.Cache, "reuse"),),
        "publish": ((publish.Build, "publish"), (cache.Cache, "save")),
    }.items():
        for owner, name in functions:
            setattr(owner, name, _timed(stage, getattr(owner, name)))
    render.FILTERS = {  # type: ignore[misc]
        **render.FILTERS,
        "json": _timed(JSON_LD, render.to_json),
    }
    builder.search_files = _timed("search index", builder.search_files)


if __name__ == "__main__":
    main()
