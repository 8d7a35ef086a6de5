"""What evaluating an expression may do, which decides where its order can be seen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# What changes nothing; the calm ones cannot fail either, given the types they take. A program's own function may have
# the name of a method, so each kind has its list.
CALM_FUNCTIONS = frozenset({"len", "str", "isinstance", "bool", "repr"})
CALM_METHODS_TEXT = "startswith endswith get lower upper strip isdigit isalpha isalnum isspace items keys values"
CALM_METHODS = frozenset(CALM_METHODS_TEXT.split())
HARMLESS_FUNCTIONS = CALM_FUNCTIONS | {"int", "float", "chr", "ord", "min", "max", "abs", "hex"}
HARMLESS_METHODS = CALM_METHODS | {"join", "split", "replace", "hex"}


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is below it, but not what a lambda does when it is called."""
    yield node
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from evaluated(child)


def may_act(node: ast.expr) -> bool:
    """Could it change something, or print?"""
    for item in evaluated(node):
        if isinstance(item, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
            return True
        if isinstance(item, ast.Call) and not _is_among(item, HARMLESS_FUNCTIONS, HARMLESS_METHODS):
            return True
    return False


def may_fail(node: ast.expr) -> bool:
    """Could it raise? Then which of two errors is raised tells the order."""
    return any(
        isinstance(item, ast.Subscript)
        or (isinstance(item, ast.BinOp) and _may_operator_fail(item))
        or (isinstance(item, ast.Call) and not _is_among(item, CALM_FUNCTIONS, CALM_METHODS))
        for item in evaluated(node)
    )


def _may_operator_fail(node: ast.BinOp) -> bool:
    """Nothing that is written out divides by zero but a zero."""
    divides = isinstance(node.op, ast.Div | ast.FloorDiv | ast.Mod)
    if divides and isinstance(node.right, ast.Constant):
        return node.right.value == 0
    return divides or isinstance(node.op, ast.Pow | ast.LShift | ast.RShift)


def _is_among(node: ast.Call, functions: frozenset[str], methods: frozenset[str]) -> bool:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in methods
    return isinstance(node.func, ast.Name) and node.func.id in functions
