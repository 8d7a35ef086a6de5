"""What Python 3.12 has for types."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context


def visit_TypeAlias(node: ast.stmt, context: Context) -> None:
    context.refuse("CW034", node, what="`type` as a statement", advice="write Name = ... at module level")


def visit_TypeVar(node: ast.AST, context: Context) -> None:
    advice = 'write T = TypeVar("T") at module level, and Generic[T] behind a class'
    context.refuse("CW034", node, what="a type variable in brackets", advice=advice)


visit_ParamSpec = visit_TypeVarTuple = visit_TypeVar


def type_parameters(definition: ast.stmt, context: Context) -> None:
    for node in getattr(definition, "type_params", []):
        context.visit(node)
