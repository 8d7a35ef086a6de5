"""Functions, methods and lambdas."""

from __future__ import annotations

import ast

from build.compiler.check.context import Context
from build.compiler.check.type_parameters import type_parameters
from build.compiler.subset import CACHES, FUNCTION_DECORATORS, SPECIAL_METHODS, STARTER
from build.compiler.syntax import dotted_name, header, is_constant, is_special, yields

Function = ast.FunctionDef | ast.AsyncFunctionDef


def visit_FunctionDef(node: Function, context: Context) -> None:
    _decorators(node, context)
    if isinstance(node, ast.AsyncFunctionDef) and yields(node):
        context.refuse("CW035", header(node), what="def` with `yield")
    if context.place == "class":
        _method(node, context)
    _parameters(node.args, node.name, context)
    _annotations(node, context)
    type_parameters(node, context)
    body = context.inside("function")
    for part in node.body:
        body.visit(part)


visit_AsyncFunctionDef = visit_FunctionDef


def visit_Lambda(node: ast.Lambda, context: Context) -> None:
    _parameters(node.args, "lambda", context)
    context.inside("lambda").visit(node.body)


def _decorators(node: Function, context: Context) -> None:
    for decorator in node.decorator_list:
        name = dotted_name(decorator)
        is_ours = name in FUNCTION_DECORATORS or name == f"{node.name}.setter"
        is_cache = name in CACHES and isinstance(node, ast.FunctionDef) and context.place != "class"
        if name.rpartition(".")[2] in ("contextmanager", "asynccontextmanager"):
            context.refuse("CW021", decorator, name=name)
        elif not is_cache and name != STARTER and (context.place != "class" or not is_ours):
            context.refuse("CW026", decorator, name=name)


def _method(node: Function, context: Context) -> None:
    if is_special(node.name) and node.name not in SPECIAL_METHODS:
        context.refuse("CW029", node, name=node.name)
    if len(_by_place(node.args)) == 0 and node.args.vararg is None and not _is_static(node):
        advice = "name it first, or write @staticmethod above"
        context.refuse("CW034", header(node), what="a method without `self`", advice=advice)


def _parameters(args: ast.arguments, name: str, context: Context) -> None:
    if args.kwarg is not None:
        context.refuse("CW030", args.kwarg, name=name, what="names")
    if args.vararg is not None and (name == "lambda" or args.vararg.annotation is None or len(args.kwonlyargs) > 0):
        context.refuse("CW030", args.vararg, name=name, what="arguments")
    for default in [*args.defaults, *args.kw_defaults]:
        if default is not None and not is_constant(default):
            context.refuse("CW037", default)


def _annotations(node: Function, context: Context) -> None:
    params = [*_by_place(node.args), *node.args.kwonlyargs]
    has_self = context.place == "class" and not _is_static(node)
    for param in params[1:] if has_self else params:
        if param.annotation is None:
            context.refuse("CW038", param, name=param.arg)
    if node.returns is None:
        context.refuse("CW038", header(node), name=node.name)


def _by_place(args: ast.arguments) -> list[ast.arg]:
    return [*args.posonlyargs, *args.args]


def _is_static(node: Function) -> bool:
    return any(dotted_name(decorator) == "staticmethod" for decorator in node.decorator_list)
