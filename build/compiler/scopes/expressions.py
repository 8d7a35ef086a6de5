"""Expressions and patterns."""

from __future__ import annotations

import ast

from build.compiler.scopes.bindings import name_in
from build.compiler.scopes.context import Context, parts
from build.compiler.scopes.scope import Local

# A generator expression handed to one of these is used up before anything else happens.
EAGER_TEXT = "all any bytes dict extend frozenset join list max min set sorted sum tuple update"
EAGER = frozenset(EAGER_TEXT.split())
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def visit_Name(node: ast.Name, context: Context) -> None:
    context.use(node.id, "load")


def visit_NamedExpr(node: ast.NamedExpr, context: Context) -> None:
    context.visit(node.value)
    context.use(node.target.id, "walrus")


def visit_Lambda(node: ast.Lambda, context: Context) -> None:
    args = node.args
    context.visit(*args.defaults, *args.kw_defaults)
    params = [Local(arg.arg, "param") for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
    context.opened(node, "lambda", params).visit(node.body)


def visit_Yield(node: ast.Yield | ast.YieldFrom, context: Context) -> None:
    context.scope.function().is_generator = True
    parts(node, context)


visit_YieldFrom = visit_Yield


def visit_Call(node: ast.Call, context: Context) -> None:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in EAGER:
        context.scopes.eager.update(argument for argument in node.args if isinstance(argument, ast.GeneratorExp))
    parts(node, context)


def visit_ListComp(node: Comprehension, context: Context) -> None:
    """What its first `for` walks stands outside."""
    context.visit(node.generators[0].iter)
    lazy = isinstance(node, ast.GeneratorExp) and node not in context.scopes.eager
    names = [item.id for part in node.generators for item in ast.walk(part.target) if isinstance(item, ast.Name)]
    inside = context.opened(node, "generator" if lazy else "comp", [Local(name, "comp") for name in names])
    for index, part in enumerate(node.generators):
        inside.visit(part.iter if index > 0 else None, *part.ifs)
    inside.visit(*([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]))


visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp


def visit_MatchAs(node: ast.MatchAs | ast.MatchStar | ast.MatchMapping, context: Context) -> None:
    parts(node, context)
    name = name_in(node)
    if name is not None:
        context.use(name, "match")


visit_MatchStar = visit_MatchMapping = visit_MatchAs
