"""What evaluating an expression may do, which decides where its order can be seen."""

from __future__ import annotations

import ast

PURE_TEXT = (
    "len str int float isinstance ord chr min max abs bool repr startswith endswith get lower upper strip split join "
    "hex isdigit isalpha isalnum isspace items keys values replace"
)
PURE = frozenset(PURE_TEXT.split())


def may_act(node: ast.expr) -> bool:
    """Could it change something, or print?"""
    for item in ast.walk(node):
        if isinstance(item, ast.Await | ast.Yield | ast.YieldFrom):
            return True
        if isinstance(item, ast.Call):
            name = item.func.attr if isinstance(item.func, ast.Attribute) else getattr(item.func, "id", "")
            if name not in PURE:
                return True
    return False


def may_fail(node: ast.expr) -> bool:
    """Could it raise? Then which of two errors is raised tells the order."""
    kinds = (ast.Call, ast.Subscript, ast.Div, ast.FloorDiv, ast.Mod)
    return any(isinstance(item, kinds) for item in ast.walk(node))
