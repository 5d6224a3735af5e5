"""One `mkdocs` run with the CPU seconds of each stage: what `run.py` starts and measures.

Comes in: a file to write to; `whole`, or `apart` to leave the search index out; then what
`mkdocs` would be given. Goes out: in that file, JSON of stage → CPU seconds, forked workers
included. The product knows nothing of it: its functions are wrapped here,
before MkDocs loads the entry.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
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
from congkhai.pages import render  # noqa: E402

STAGES = (
    "load",
    "check",
    "derive",
    "render",
    "tables and feeds",
    "write",
    "reuse",
    "publish",
    "search index",
)
_spent = {stage: multiprocessing.Value("d", 0.0) for stage in STAGES}
"""Shared with forked workers."""


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
            result = list(result)
        _add(stage, time.process_time() - begun + ((_children() - others) if children else 0.0))
        return result

    return run


def main() -> None:
    """Run mkdocs; its exit status is ours."""
    stage_file, wants_index, *arguments = sys.argv[1:]
    for stage, functions in {
        "load": ((builder, "load_plans"), (inputs, "load_plans"), (inputs, "load_registers")),
        "check": ((builder, "check_plans"), (builder, "check_registers"), (builder, "check_links")),
        "derive": ((builder, "view_plan"), (builder, "combine_plans"), (inputs, "open_plan")),
        "render": ((render.Renderer, "page"),),
        "tables and feeds": (
            (builder, "plan_files"),
            (builder, "feed_files"),
            (builder, "province_files"),
        ),
        "write": ((cache.Cache, "write"),),
        "reuse": ((cache.Cache, "reuse"),),
        "publish": ((publish.Build, "publish"), (cache.Cache, "save")),
    }.items():
        for owner, name in functions:
            setattr(owner, name, _timed(stage, getattr(owner, name)))
    builder.search_files = (
        _timed("search index", builder.search_files)
        if wants_index == "whole"
        else lambda site_model, read: []
    )
    try:
        cli(arguments, standalone_mode=False)
    finally:
        Path(stage_file).write_text(
            json.dumps({stage: value.value for stage, value in _spent.items()}), "utf-8"
        )


if __name__ == "__main__":
    main()
