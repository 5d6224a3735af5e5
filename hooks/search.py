"""The search index, made by Pagefind's own program over the finished HTML.

Comes in: the folder of a finished site. Goes out: `pagefind/` in it. The same pages
give the same bytes, as long as none has a `data-pagefind-filter`: Pagefind 1.5.2 writes
filters in random order.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from pagefind_bin import get_executable

FOLDER = "pagefind"

_READY_MADE = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")
"""Pagefind's interfaces, 400 KB that the site's own search page does without."""


def index(site: Path) -> None:
    """Index every page of `site` that has a `data-pagefind-body`.

    Raises RuntimeError with Pagefind's own words when it fails.
    """
    # Settings come from here alone: not from PAGEFIND_… in the environment, nor from a
    # pagefind.yml in the folder that the build was started from.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [get_executable(), "--site", site, "--output-subdir", FOLDER, "--force-language", "vi"]
    done = subprocess.run(
        command,
        cwd=site,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Pagefind ended with status {done.returncode}:\n{done.stdout.strip()}")
    for pattern in _READY_MADE:
        for unused in (site / FOLDER).glob(pattern):
            unused.unlink()
