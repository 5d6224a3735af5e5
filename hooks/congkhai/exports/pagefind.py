"""The search index, made by Pagefind's own program over the corpus.

Comes in: bare HTML documents (`corpus`) and the folder of a finished site. Goes out:
`pagefind/` in that folder. The same documents give the same bytes, as long as none has
a `data-pagefind-filter`: Pagefind 1.5.2 writes filters in random order.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pagefind_bin import get_executable

FOLDER = "pagefind"

_READY_MADE = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.*",
)
"""Pagefind's interfaces, 400 KB that the site's own search page does without."""

_NOTHING = (
    "export const options = async () => {};\nexport const search = async () => ({ results: [] });\n"
)
"""Stands in for Pagefind's script where there is nothing to index: Pagefind refuses to."""


def index(documents: Iterable[tuple[str, str]], site: Path) -> list[str]:
    """Index (address, HTML) documents into `site`; the names of the index's files, sorted.

    Raises RuntimeError with Pagefind's own words when it fails.
    """
    with tempfile.TemporaryDirectory(prefix="corpus.") as corpus:
        some = False
        for address, html in documents:
            some = True
            path = Path(corpus, address, "index.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")
        if not some:
            (site / FOLDER).mkdir()
            (site / FOLDER / "pagefind.js").write_text(_NOTHING, encoding="utf-8")
            return [f"{FOLDER}/pagefind.js"]
        _run(
            ["--site", corpus, "--output-path", str(site / FOLDER), "--force-language", "vi"],
            corpus,
        )
    for pattern in _READY_MADE:
        for unused in (site / FOLDER).glob(pattern):
            unused.unlink()
    return sorted(
        path.relative_to(site).as_posix() for path in (site / FOLDER).rglob("*") if path.is_file()
    )


def _run(arguments: list[str], folder: str) -> None:
    # Settings come from here alone: not from PAGEFIND_… in the environment, nor from a
    # pagefind.yml in the folder that the build was started from.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")
    }
    done = subprocess.run(
        [get_executable(), *arguments],
        cwd=folder,
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
