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

from congkhai.pages.escape import shown


class _Generator(CodeGenerator):
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """`a.b` is just that: Jinja's own asks for an item where the attribute is missing, which none of ours means."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """`f(a)` is just that: Jinja's own asks first whether `f` wants to see the context, which none of ours does."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for argument in node.kwargs:
            self.write(f"{argument.key}=")
            self.visit(argument.value, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """`{{ a }}` is escaped once for each text, and not wrapped in Markup: it is only joined to what is beside it."""
        self.write("environment.shown(")


class Environment(jinja2.Environment):
    """Templates of `folders`, the first that has one; `compiled`: where their Python is kept, by the hash of their text."""

    code_generator_class = _Generator
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
