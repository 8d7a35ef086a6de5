"""Statements, but for definitions and imports."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context
from build.compiler.syntax import header, is_main_guard, is_type_checking

DELETED = {ast.Attribute: "an attribute", ast.Name: "a name"}


def visit_AnnAssign(node: ast.AnnAssign, context: Context) -> None:
    context.visit(node.target)
    if node.value is not None:
        context.visit(node.value)


def visit_AugAssign(node: ast.AugAssign, context: Context) -> None:
    if isinstance(node.op, ast.MatMult):
        context.refuse("CW034", node, what="`@=`", advice="call a function")
    context.parts(node)


def visit_Expr(node: ast.Expr, context: Context) -> None:
    """A `yield` that stands alone: nobody asks for what it gives."""
    alone = isinstance(node.value, ast.Yield | ast.YieldFrom)
    context.parts(node.value if alone else node)


def visit_Delete(node: ast.Delete, context: Context) -> None:
    for target in node.targets:
        if not isinstance(target, ast.Subscript):
            context.refuse("CW023", target, what=DELETED.get(type(target), "several in brackets"))
    context.parts(node)


def visit_If(node: ast.If, context: Context) -> None:
    if is_main_guard(node.test):
        context.refuse("CW017", header(node))
    elif is_type_checking(node.test):
        for part in node.orelse:
            context.visit(part)
    else:
        context.parts(node)


def visit_Global(node: ast.Global, context: Context) -> None:
    context.refuse("CW022", node)


def visit_Assert(node: ast.Assert, context: Context) -> None:
    context.refuse("CW033", node)


def visit_TryStar(node: ast.TryStar, context: Context) -> None:
    context.refuse("CW034", header(node), what="`except*`", advice="catch one error at a time")


def visit_AsyncFor(node: ast.AsyncFor, context: Context) -> None:
    context.refuse("CW035", header(node), what="for")
