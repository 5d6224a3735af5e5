"""The Jinja environment of `theme/`.

Comes in: the folders of templates. Goes out: an environment in which escaping is always
on, and what shows an undefined name or attribute raises an error.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from congkhai.text.line_breaks import mark_whole_words_of_template

WORDS = "partials/words.html"
"""Where the marks stand between which no line breaks; it is read as it is."""
_PICTURES = "partials/pictures/"
"""Words of pictures stand where they are put, and in descriptions that hold no elements."""


class _Context(Context):
    """The names of one page, by which templates call: mostly macros."""

    def call(self, called: Any, *arguments: Any, **options: Any) -> Any:
        """Call at once; Jinja's own asks each time whether what is called wants the context.

        Nothing that templates call does, but for macros, which want its way of escaping.
        """
        options.pop("_block_vars", None)
        options.pop("_loop_vars", None)
        if type(called) is Macro:
            return called(self.eval_ctx, *arguments, **options)
        return called(*arguments, **options)


class _Template(jinja2.Template):
    """A template that writes HTML and whole numbers as they are: a third of what it puts out."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """Return a template of compiled code, which finds what escapes among its own names."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escape
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return what an import gives; Jinja's own compares all names of both templates first."""
        return super()._get_default_module()


_escape_text = lru_cache(maxsize=4096)(escape)
"""Escaping without the time that `Markup` takes: of ten texts nine were shown a moment before."""


def _escape(shown: object) -> str:
    """Escape what a template shows, which is joined with its text at once."""
    kind = type(shown)
    if kind is str:
        return _escape_text(shown)
    if kind is Markup:
        return shown  # type: ignore[return-value]
    return str(shown) if kind is int else escape(shown)


class _Environment(jinja2.Environment):
    """An environment whose templates have no names of their own beside those of all.

    Jinja's own gives each template a chain of two dictionaries. Every page copies it and compares
    it with that of each template it imports, name by name through the chain.
    """

    context_class = _Context
    template_class = _Template
    # What has no such attribute is a fault in a template at once, and no item of that name.
    getattr = builtins.getattr  # type: ignore[assignment]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows; `d`: those it was given, of which none are."""
        return super().make_globals(d) if d else self.globals


class _Loader(jinja2.FileSystemLoader):
    """A loader that keeps words of several syllables on one line in what templates say."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read a template, and mark such words in its text."""
        source, file, is_up_to_date = super().get_source(environment, template)
        is_text = template.endswith(".html") and not template.startswith(_PICTURES)
        if is_text and template != WORDS:
            source = mark_whole_words_of_template(source, partial(_one_word, environment))
        return source, file, is_up_to_date


def _one_word(environment: jinja2.Environment, words: str) -> str:
    """Return words that hold together, which are HTML already, by the macro of `words.html`."""
    macros: Any = environment.get_template(WORDS).module
    return str(macros.one_word(Markup(words)))


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
        loader=_Loader(list(folders)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # never let go of one: a page asks for six or more
        optimized=False,  # there is no constant to fold, and to look for one takes an eighth
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)) if compiled else None,
    )
