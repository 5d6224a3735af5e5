"""The Jinja environment of `theme/`.

Comes in: the folders of templates. Goes out: an environment in which escaping is always
on, and what shows an undefined name or attribute raises an error.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import jinja2


class _Environment(jinja2.Environment):
    """An environment whose templates have no names of their own beside those of all.

    Jinja's own gives each template a chain of two dictionaries. Every page copies it and compares
    it with that of each template it imports, name by name through the chain.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows; `d`: those it was given, of which none are."""
        return super().make_globals(d) if d else self.globals


def list_templates(folders: Iterable[Path]) -> list[str]:
    """Return the names of all templates of pages, and of the partials that they import.

    MkDocs Material's folder, which is there for its icons, has no pages and partials of its own.
    """
    return [
        file.relative_to(folder).as_posix()
        for folder in folders
        if (folder / "pages").is_dir()
        for kind in ("pages", "partials")
        for file in sorted((folder / kind).rglob("*.html"))
    ] + ["layout.html"]


def create_environment(folders: Sequence[Path], compiled: Path | None) -> jinja2.Environment:
    """Return an environment for the templates of `folders`, the first that has one.

    `compiled`: an existing folder in which compiled templates are kept for the next build, by
    the hash of their text; None to keep none.
    """
    return _Environment(
        loader=jinja2.FileSystemLoader(list(folders)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # never let go of one: a page asks for six or more
        optimized=False,  # there is no constant to fold, and to look for one takes an eighth
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)) if compiled else None,
    )
