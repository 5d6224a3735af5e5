"""Mutants: copies of a module's functions and constants, each with one small change of meaning.

Comes in: the source of a module. Goes out: `Mutant`s, one for each change that a careless
edit could make: a comparison or a boolean operator exchanged, a condition or an operand
left out, a constant changed, a statement or a keyword argument deleted, two arguments
swapped, an order reversed. Docstrings and annotations mean nothing at run time and stay.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}
METHODS = {"first_day": "last_day", "last_day": "first_day"}
TRANSPARENT = {"reversed", "sorted", "set"}
"""Functions that a careless edit could leave out around their first argument."""


@dataclass(frozen=True)
class Mutant:
    """One changed function or constant of a module.

    `tree` is a whole module that holds the changed definition alone.
    """

    name: str
    """Of the function or constant."""
    line: int
    change: str
    """What is written, and what stands in its place: `a < b -> a <= b`."""
    tree: ast.Module

    @property
    def key(self) -> str:
        """Its name in the list of equivalent mutants, whatever its line is."""
        return f"{self.name}\t{self.change}"


def list_mutants(source: str) -> list[Mutant]:
    """List every mutant of a module, in the order of its lines.

    >>> [mutant.change for mutant in list_mutants("def f(a): return a < 3")]
    ['return a < 3 -> return', 'a < 3 -> a <= 3', 'a < 3 -> a > 3', '3 -> 4']
    """
    mutants = []
    seen: dict[str, int] = {}
    for definition in ast.parse(source).body:
        name = _name_of(definition)
        if name is None:
            continue
        for number, node in enumerate(_walk(definition)):
            for replacement in _variations(node):
                change = _describe(node, replacement)
                key = f"{name}\t{change}"
                seen[key] = seen.get(key, 0) + 1
                if seen[key] > 1:
                    change += f" ({seen[key]})"
                tree = _replaced(definition, number, replacement)
                mutants.append(Mutant(name, getattr(node, "lineno", 0), change, tree))
    return sorted(mutants, key=lambda mutant: mutant.line)


def _name_of(definition: ast.stmt) -> str | None:
    """Return the name that a definition binds; None where it is no function or constant."""
    if isinstance(definition, ast.FunctionDef):
        return definition.name
    if isinstance(definition, ast.AnnAssign) and isinstance(definition.target, ast.Name):
        return definition.target.id
    if isinstance(definition, ast.Assign) and isinstance(definition.targets[0], ast.Name):
        return definition.targets[0].id
    return None


def _walk(definition: ast.AST) -> Iterator[ast.AST]:
    """Every node that is executed, in a fixed order."""
    yield definition
    for field, value in ast.iter_fields(definition):
        if field in ("annotation", "returns", "decorator_list", "ctx", "op", "ops", "msg"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(child):
                yield from _walk(child)


def _replaced(definition: ast.stmt, number: int, replacement: ast.AST) -> ast.Module:
    changed = copy.deepcopy(definition)
    target = next(node for index, node in enumerate(_walk(changed)) if index == number)

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return replacement if node is target else self.generic_visit(node)

    future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
    tree = ast.Module([future, Replace().visit(changed)], [])
    return ast.fix_missing_locations(tree)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _describe(node: ast.AST, replacement: ast.AST) -> str:
    """Print what is written and what stands in its place, in one line."""
    if isinstance(node, ast.Call) and isinstance(replacement, ast.Call):
        for left, right in zip(node.args, replacement.args, strict=False):
            if left is not right and node.func is replacement.func:
                swapped = f"{ast.unparse(left)}, {ast.unparse(right)}"
                return f"{ast.unparse(node.func)}(…): arguments swapped: {swapped}"
        left_out = [word.arg for word in node.keywords if word not in replacement.keywords]
        if left_out:
            return f"{ast.unparse(node.func)}(…): left out: {left_out[0]}"
    return f"{_print(node)} -> {_print(replacement)}"


def _print(node: ast.AST) -> str:
    """Print a node in one line, of a compound statement its head."""
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}:"
    return " ".join(ast.unparse(node).split())


def _variations(node: ast.AST) -> Iterator[ast.AST]:
    """List every changed form of one node, its children left as they are."""
    for kind, vary in VARIATIONS.items():
        if isinstance(node, kind):
            yield from vary(node)


def _vary_statement(node: ast.stmt) -> Iterator[ast.AST]:
    """Delete it, or take a condition as always true or never."""
    if isinstance(node, ast.Return):
        # Skip: nobody tells None from False, or from no items.
        is_empty = isinstance(node.value, ast.Constant) and not node.value.value
        if node.value is not None and not is_empty:
            yield ast.Return(None)
    elif isinstance(node, ast.If):
        yield ast.If(ast.Constant(True), node.body, node.orelse)
        yield ast.If(ast.Constant(False), node.body, node.orelse)
    elif isinstance(node, (ast.Continue, ast.Break, ast.AugAssign, ast.Delete)) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, (ast.Yield, ast.YieldFrom))
    ):
        yield ast.Pass()


def _vary_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            operators = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield ast.Compare(node.left, operators, node.comparators)


def _vary_boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for index in range(len(node.values)):
        kept = node.values[:index] + node.values[index + 1 :]
        yield kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)


def _vary_unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _vary_binary(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)


def _vary_conditional(node: ast.IfExp) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse


def _vary_comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    """Leave out one condition."""
    for index in range(len(node.ifs)):
        kept = node.ifs[:index] + node.ifs[index + 1 :]
        yield ast.comprehension(node.target, node.iter, kept, node.is_async)


def _vary_constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and "\n" not in value and len(value) < 120:
        yield ast.Constant(f"{value}X")


def _vary_call(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in FUNCTIONS:
        yield ast.Call(ast.Name(FUNCTIONS[name], ast.Load()), node.args, node.keywords)
    if name in TRANSPARENT and node.args:
        yield node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        method = ast.Attribute(node.func.value, METHODS[node.func.attr], ast.Load())
        yield ast.Call(method, node.args, node.keywords)
    for index in range(len(node.keywords)):
        kept = node.keywords[:index] + node.keywords[index + 1 :]
        yield ast.Call(node.func, node.args, kept)
    for index in range(len(node.args) - 1) if name not in FUNCTIONS else ():
        swapped = [*node.args]
        swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
        yield ast.Call(node.func, swapped, node.keywords)


VARIATIONS: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.stmt: _vary_statement,
    ast.Compare: _vary_comparison,
    ast.BoolOp: _vary_boolean,
    ast.UnaryOp: _vary_unary,
    ast.BinOp: _vary_binary,
    ast.IfExp: _vary_conditional,
    ast.comprehension: _vary_comprehension,
    ast.Constant: _vary_constant,
    ast.Call: _vary_call,
}
