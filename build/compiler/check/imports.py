"""Imports."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context
from build.compiler.subset import STDLIB
from build.compiler.typing_names import TYPING, is_bridge, package_of


def visit_Import(node: ast.Import, context: Context) -> None:
    _place(node, context)
    for alias in node.names:
        if alias.name == "contextlib":
            context.refuse("CW021", node, name=alias.name)
        elif package_of(alias.name) in context.packages and "." in alias.name:
            package, _, last = alias.name.rpartition(".")
            context.refuse("CW016", node, name=alias.name, package=package, last=last)
        elif alias.name not in STDLIB:
            context.refuse("CW010", node, name=alias.name)


def visit_ImportFrom(node: ast.ImportFrom, context: Context) -> None:
    _place(node, context)
    module = node.module or ""
    if node.level > 0:
        context.refuse("CW013", node)
    elif any(alias.name == "*" for alias in node.names):
        context.refuse("CW011", node)
    elif module == "contextlib":
        context.refuse("CW021", node, name=f"contextlib.{node.names[0].name}")
    elif module == "re":
        context.refuse("CW080", node, what="an import from re")
    elif not _is_known(module, context) and not _is_bridge(node):
        context.refuse("CW010", node, name=module)


def _is_known(module: str, context: Context) -> bool:
    return module in STDLIB or module in TYPING or package_of(module) in context.packages


def _is_bridge(node: ast.ImportFrom) -> bool:
    """To JavaScript: a program may take that of another package."""
    return is_bridge(node.module or "") or all(is_bridge(f"{node.module}.{alias.name}") for alias in node.names)


def _place(node: ast.stmt, context: Context) -> None:
    if not context.is_top:
        context.refuse("CW012", node)
