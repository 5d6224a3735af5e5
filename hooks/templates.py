"""The Jinja environment of `theme/`: how its templates are made into Python.

Comes in: the folders of templates. Goes out: an environment in which escaping is always
on, and an undefined name or attribute is an error. A plan's page reads three thousand
attributes, and Jinja asks four questions about each that none of our templates needs an
answer to; so they are compiled to what one would write by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from hooks.escape import shown


class _Generator(CodeGenerator):
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`a.b` is just that: Jinja's own asks for an item where the attribute is missing, which none of ours means."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """`{{ a }}` is escaped once for each text, and not wrapped in Markup: it is only joined to what is beside it."""
        self.write("environment.shown(")


class _Context(jinja2.runtime.Context):
    """Calls what a template calls without asking first whether it wants to see the context: none of ours does.

    To ask takes as long as many of the calls, and a plan's page makes hundreds.
    """

    def call(self, __obj: Any, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any) -> Any:
        if type(__obj) is jinja2.runtime.Macro:
            return __obj(self.eval_ctx, *args, **kwargs)
        return __obj(*args, **kwargs)


class Environment(jinja2.Environment):
    """Templates of `folders`, the first that has one; `compiled`: where their Python is kept, by the hash of their text."""

    code_generator_class = _Generator
    context_class = _Context
    shown = staticmethod(shown)

    def __init__(self, folders: Sequence[Path], compiled: Path | None) -> None:
        """Nothing is read yet."""
        super().__init__(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)) if compiled else None,
        )

    def make_globals(self, d: Any) -> Any:
        """No template has globals of its own, under which Jinja would look for each of ours every time."""
        return self.globals
