"""Expressions."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context

EXACT_LIMIT = 2**53


def visit_NamedExpr(node: ast.NamedExpr, context: Context) -> None:
    if context.place != "function":
        context.refuse("CW025", node, where=context.place)
    context.parts(node)


def visit_GeneratorExp(node: ast.GeneratorExp, context: Context) -> None:
    """What its first `for` walks is evaluated before; an `await` elsewhere makes it one for `async for`."""
    later = [node.elt, *node.generators[0].ifs, *node.generators[1:]]
    if any(isinstance(part, ast.Await) for one in later for part in ast.walk(one)):
        advice = "make a list: [...] in place of (...)"
        context.refuse("CW034", node, what="`await` inside a generator expression", advice=advice)
    context.parts(node)


def visit_comprehension(node: ast.comprehension, context: Context) -> None:
    if node.is_async:
        context.refuse("CW035", node.target, what="for")
    context.parts(node)


def visit_Yield(node: ast.Yield | ast.YieldFrom, context: Context) -> None:
    """Of one that stands alone in its line `visit_Expr` asks nothing."""
    advice = "nothing can be sent to a generator: write it alone on its line"
    context.refuse("CW034", node, what="the value of `yield`", advice=advice)
    context.parts(node)


visit_YieldFrom = visit_Yield


def visit_BinOp(node: ast.BinOp, context: Context) -> None:
    if isinstance(node.op, ast.MatMult):
        context.refuse("CW034", node, what="`@`", advice="call a function")
    context.parts(node)


def visit_Constant(node: ast.Constant, context: Context) -> None:
    value = node.value
    if isinstance(value, complex):
        context.refuse("CW034", node, what="a complex number", advice="use two floats")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT_LIMIT:
        context.refuse("CW039", node, value=value)


def visit_Call(node: ast.Call, context: Context) -> None:
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else node
    if _is_call_of(receiver, "super"):
        has_arguments = isinstance(receiver, ast.Call) and len(receiver.args) > 0
        if receiver is node or has_arguments or not context.in_class:
            context.refuse("CW041", receiver)
    else:
        context.visit(node.func)
    _arguments(node, context)


def _arguments(node: ast.Call, context: Context) -> None:
    for argument in node.args:
        context.visit(argument)
    for keyword in node.keywords:
        if keyword.arg is None:
            context.refuse("CW040", keyword.value)
        context.visit(keyword.value)


def _is_call_of(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
