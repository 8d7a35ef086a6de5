"""Statements: declarations, narrowing through branches, loops and try."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.context import Context, Flow
from build.compiler.infer.flows import flow_into, flow_to_method, keep
from build.compiler.infer.iteration import walked
from build.compiler.infer.narrow import condition
from build.compiler.infer.paths import assigned_paths, path_of
from build.compiler.infer.stores import bind, look_at_bounds
from build.compiler.syntax import is_type_checking
from build.compiler.types import ANY, NEVER, ClassT, DequeT, DictT, InstanceT, ListT, Type, members, union

# Control flow

def visit_Expr(node: ast.Expr, context: Context) -> None:
    if isinstance(node.value, ast.Constant):
        return
    kind = context.expr(node.value)
    if kind == NEVER and isinstance(node.value, ast.Call):
        context.way.flow = None


def visit_Return(node: ast.Return, context: Context) -> None:
    if node.value is not None:
        context.coroutine_ok.add(node.value)
        kind = context.expr(node.value, context.returns)
        keep(node.value, kind, context)
        flow_into(node.value, kind, context.returns, context)
    context.way.flow = None


def visit_Raise(node: ast.Raise, context: Context) -> None:
    if node.exc is not None:
        kind = context.expr(node.exc)
        for member in members(kind):
            known = isinstance(member, InstanceT | ClassT) and member.cls.is_error()
            if not known and member not in (ANY, NEVER):
                context.refuse("CW063", node.exc, name=str(member))
    if node.cause is not None:
        context.expr(node.cause)
    context.way.flow = None


def visit_If(node: ast.If, context: Context) -> None:
    if is_type_checking(node.test):
        return
    when_true, when_false = condition(node.test, context)
    body = context.along(when_true)
    body.block(node.body)
    context.way.flow = when_false
    context.block(node.orelse)
    context.way.flow = context.join(body.flow, context.flow)


def visit_While(node: ast.While, context: Context) -> None:
    _drop_assigned([node.test, *node.body], context)
    breaks: list[Flow] = []
    when_true, when_false = condition(node.test, context)
    replace(context.along(when_true), breaks=breaks).block(node.body)
    context.way.flow = when_false
    context.block(node.orelse)
    context.way.flow = context.join(context.flow, *breaks)


def visit_For(node: ast.For, context: Context) -> None:
    item = walked(node.iter, context)
    _drop_assigned([node], context)
    breaks: list[Flow] = []
    inside = replace(context.along(context.copy()), breaks=breaks)
    bind(node.target, item, inside)
    inside.block(node.body)
    context.block(node.orelse)
    context.way.flow = context.join(context.flow, *breaks)


def visit_Break(node: ast.Break, context: Context) -> None:
    if context.breaks is not None and context.flow is not None:
        context.breaks.append(context.flow)
    context.way.flow = None


def visit_Continue(node: ast.Continue, context: Context) -> None:
    context.way.flow = None


def visit_Try(node: ast.Try, context: Context) -> None:
    before = context.copy()
    context.block(node.body)
    context.block(node.orelse)
    ends = [context.flow]
    for handler in node.handlers:
        inside = context.along(dict(before or {}))
        _drop_assigned(node.body, inside)
        _handler(handler, inside)
        ends.append(inside.flow)
    context.way.flow = context.join(*ends)
    if len(node.finalbody) > 0:
        final = context.along(dict(before or {}))
        _drop_assigned([*node.body, *node.orelse, *node.handlers], final)
        final.block(node.finalbody)
        _drop_assigned(node.finalbody, context)
        context.way.flow = context.flow if final.flow is not None else None


def _handler(handler: ast.ExceptHandler, context: Context) -> None:
    caught: Type = InstanceT(EXCEPTIONS["Exception"])
    if handler.type is not None:
        caught = union(*[_caught(item, context) for item in _handler_types(handler.type)])
    if handler.name is not None:
        local = context.scope.local(handler.name)
        if local is not None:
            local.type = caught if local.type is None else union(local.type, caught)
        context.remember(handler.name, caught)
    context.block(handler.body)


def _caught(node: ast.expr, context: Context) -> Type:
    kind = context.expr(node)
    if isinstance(kind, ClassT) and kind.cls.is_error():
        return InstanceT(kind.cls)
    context.refuse("CW063", node, name=ast.unparse(node))
    return InstanceT(EXCEPTIONS["Exception"])


def visit_Delete(node: ast.Delete, context: Context) -> None:
    for target in node.targets:
        if not isinstance(target, ast.Subscript):
            continue
        base = context.expr(target.value)
        if isinstance(target.slice, ast.Slice):
            look_at_bounds(target.slice, context)
            if not isinstance(base, ListT) or isinstance(base, DequeT):
                context.refuse("CW023", target, what=f"a slice of {base}")
                continue
        else:
            flow_to_method(base, "__delitem__", [(target.slice, context.expr(target.slice))], context)
        path = path_of(target)
        if path is not None:
            context.forget(path)
        if not isinstance(base, DictT | ListT) and not (
            isinstance(base, InstanceT) and base.cls.find_method("__delitem__") is not None
        ):
            context.refuse("CW023", target, what=f"an item of {base}")


def _drop_assigned(body: Iterable[ast.AST], context: Context) -> None:
    for path in assigned_paths(body):
        context.forget(path)


def _handler_types(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
