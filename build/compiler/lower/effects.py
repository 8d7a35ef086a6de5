"""What evaluating an expression may do, which decides where its order can be seen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# Methods and functions that change nothing. Those of the second list cannot fail either, given the types they take.
READS_TEXT = "int float chr ord min max abs join split replace hex"
CALM_TEXT = (
    "len str isinstance bool repr startswith endswith get lower upper strip isdigit isalpha isalnum isspace "
    "items keys values"
)
CALM = frozenset(CALM_TEXT.split())
HARMLESS = CALM | frozenset(READS_TEXT.split())


def evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is below it, but not what a lambda does when it is called."""
    yield node
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from evaluated(child)


def may_act(node: ast.expr) -> bool:
    """Could it change something, or print?"""
    for item in evaluated(node):
        if isinstance(item, ast.Await | ast.Yield | ast.YieldFrom):
            return True
        if isinstance(item, ast.Call) and _name(item) not in HARMLESS:
            return True
    return False


def may_fail(node: ast.expr) -> bool:
    """Could it raise? Then which of two errors is raised tells the order."""
    kinds = (ast.Subscript, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.LShift, ast.RShift)
    return any(
        isinstance(item, kinds) or (isinstance(item, ast.Call) and _name(item) not in CALM) for item in evaluated(node)
    )


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
