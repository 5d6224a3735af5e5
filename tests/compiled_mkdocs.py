"""`mkdocs`, with the templates that an earlier build of the tests has compiled.

Compiling them is nearly half the work of a build of the smallest data. A build that keeps nothing
compiles all of them; so would each of a hundred builds in the tests. What is compiled is known by
the text that it was compiled from, as in a build that keeps its work.

    python -m tests.compiled_mkdocs <folder for what is compiled> build …
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

import jinja2

from congkhai.pages import jinja_env

_create_environment = jinja_env.create_environment


def create_environment(folders: Sequence[Path], compiled: Path | None) -> jinja2.Environment:
    """Keep compiled templates for the next build of the tests, where a build would keep none."""
    return _create_environment(folders, compiled or folder)


if __name__ == "__main__":
    folder = Path(sys.argv.pop(1))
    jinja_env.create_environment = create_environment
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
