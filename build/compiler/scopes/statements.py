"""Statements: each block of theirs is a step of the path."""

from __future__ import annotations

import ast

from build.compiler.scopes.bindings import bound_names, is_plain
from build.compiler.scopes.context import Context
from build.compiler.scopes.scope import Block, Local

Function = ast.FunctionDef | ast.AsyncFunctionDef


def visit_FunctionDef(node: Function, context: Context) -> None:
    context.use(node.name, "def")
    context.visit(*node.decorator_list)
    _function(node, context)


visit_AsyncFunctionDef = visit_FunctionDef


def _function(node: Function, context: Context) -> None:
    args = node.args
    context.visit(*args.defaults, *args.kw_defaults)
    params = [Local(arg.arg, "param", annotation=arg.annotation) for arg in (*args.posonlyargs, *args.args)]
    params += [Local(arg.arg, "param", annotation=arg.annotation) for arg in args.kwonlyargs]
    if args.vararg is not None:
        params.append(Local(args.vararg.arg, "param", annotation=args.vararg.annotation, is_rest=True))
    inside = context.opened(node, "function", params)
    for name, local in bound_names(node.body).items():
        inside.scope.locals.setdefault(name, local)
    inside.block(node.body)


def visit_ClassDef(node: ast.ClassDef, context: Context) -> None:
    context.use(node.name, "def")
    context.visit(*node.bases)
    for item in node.body:
        if isinstance(item, Function):
            _function(item, context)
        elif isinstance(item, ast.AnnAssign | ast.Assign):
            context.visit(item.value)


def visit_For(node: ast.For, context: Context) -> None:
    context.visit(node.iter)
    block = Block(node)
    context.at(block, node).store(node.target, "for")
    context.block(node.body, block)
    context.block(node.orelse)


def visit_While(node: ast.While, context: Context) -> None:
    context.visit(node.test)
    context.block(node.body, Block(node))
    context.block(node.orelse)


def visit_If(node: ast.If, context: Context) -> None:
    context.visit(node.test)
    context.block(node.body)
    context.block(node.orelse)


def visit_Try(node: ast.Try, context: Context) -> None:
    context.block(node.body)
    for handler in node.handlers:
        context.visit(handler.type)
        block = Block()
        if handler.name is not None:
            context.at(block, handler.body[0]).use(handler.name, "except")
        context.block(handler.body, block)
    context.block(node.orelse)
    context.block(node.finalbody)


def visit_With(node: ast.With | ast.AsyncWith, context: Context) -> None:
    """Each item opens a block around the next."""
    for index, item in enumerate(node.items):
        context = context.at(Block(), node) if index > 0 else context
        context.visit(item.context_expr)
        if item.optional_vars is not None:
            context.store(item.optional_vars, "with" if is_plain(item.optional_vars) else "store")
    context.block(node.body)


visit_AsyncWith = visit_With


def visit_Match(node: ast.Match, context: Context) -> None:
    context.visit(node.subject)
    for case in node.cases:
        block = Block()
        context.at(block, case).visit(case.pattern, case.guard)
        context.block(case.body, block)


def visit_Assign(node: ast.Assign, context: Context) -> None:
    context.visit(node.value)
    for target in node.targets:
        context.store(target, "store")


def visit_AnnAssign(node: ast.AnnAssign, context: Context) -> None:
    """A name without a value is only declared."""
    context.visit(node.value)
    if node.value is not None or not isinstance(node.target, ast.Name):
        context.store(node.target, "store")


def visit_AugAssign(node: ast.AugAssign, context: Context) -> None:
    context.visit(node.value)
    context.store(node.target, "aug")
