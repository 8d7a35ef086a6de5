"""Expressions whose type the flow can narrow, by a text: `a.b`, `a["k"]`."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from build.compiler.scopes.bindings import name_in


def is_bare(node: ast.expr, name: str) -> bool:
    tail = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return str(tail) == name


def assigned_paths(body: Iterable[ast.AST]) -> list[str]:
    """Everything that statements may store into."""
    found: list[str] = []
    for statement in body:
        for node in ast.walk(statement):
            path = name_in(node) if isinstance(node, ast.pattern) else None
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                path = path_of(node)
            if path is not None:
                found.append(path)
    return found


def path_of(node: ast.expr) -> str | None:
    """The key of an expression whose type flow can narrow: `a`, `a.b`, `a["k"]`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.NamedExpr):
        return node.target.id
    if isinstance(node, ast.Attribute):
        base = path_of(node.value)
        return f"{base}.{node.attr}" if base is not None else None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        base = path_of(node.value)
        return f"{base}[{node.slice.value!r}]" if base is not None else None
    return None
