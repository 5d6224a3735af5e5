"""The search index, which Pagefind's own program makes of the search documents.

Comes in: bare HTML documents (`search_documents`) and the folder of a finished site. Goes
out: `pagefind/` in that folder. The same documents give the same bytes, as long as none
has a `data-pagefind-filter`: Pagefind 1.5.2 writes filters in random order.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pagefind_bin import get_executable  # type: ignore[import-untyped]

FOLDER = "pagefind"

_UNUSED_INTERFACES = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.*",
)
"""Pagefind's own interfaces, 400 KB: the site has a search page of its own."""

_EMPTY_SCRIPT = (
    "export const options = async () => {};\nexport const search = async () => ({ results: [] });\n"
)
"""Takes the place of Pagefind's script on an empty site, which Pagefind refuses to index."""


def index(documents: Iterable[tuple[str, str]], site: Path) -> list[str]:
    """Index (address, HTML) documents into `site`.

    Returns the addresses of the index's files, sorted. Raises RuntimeError with Pagefind's
    own words when it fails.
    """
    output = site / FOLDER
    with tempfile.TemporaryDirectory(prefix="search-documents.") as source:
        if not _write_documents(documents, Path(source)):
            output.mkdir()
            (output / "pagefind.js").write_text(_EMPTY_SCRIPT, encoding="utf-8")
            return [f"{FOLDER}/pagefind.js"]
        _run(
            ["--site", source, "--output-path", str(output), "--force-language", "vi"],
            source,
        )
    for pattern in _UNUSED_INTERFACES:
        for unused in output.glob(pattern):
            unused.unlink()
    return sorted(path.relative_to(site).as_posix() for path in output.rglob("*") if path.is_file())


def _write_documents(documents: Iterable[tuple[str, str]], folder: Path) -> int:
    """Write each document where its address is on the site; how many there are."""
    count = 0
    for address, html in documents:
        path = folder / address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
        count += 1
    return count


def _run(arguments: list[str], folder: str) -> None:
    # Settings come from here alone: not from PAGEFIND_… in the environment, nor from a
    # pagefind.yml in the folder that the build was started from.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")
    }
    result = subprocess.run(
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
    if result.returncode:
        raise RuntimeError(
            f"Pagefind ended with status {result.returncode}:\n{result.stdout.strip()}"
        )
