"""Calls: arguments in order, coroutines handed over unstarted, classes, methods."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler import builders as b
from build.compiler.lower.arguments import arguments
from build.compiler.lower.builtin_calls import builtin_call
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import enum_member
from build.compiler.lower.iterables import iterable
from build.compiler.lower.methods import method_call
from build.compiler.lower.names import SPECIAL
from build.compiler.lower.nothing import drop, or_none
from build.compiler.lower.parameters import declare_temps, parameters, with_defaults
from build.compiler.nodes import Arrow, Await, Call, Id, Js, Lit, Member, New, Remark, Return, Sequence, Yield
from build.compiler.types import JS, NONE, BuiltinT, ClassT, CoroutineT, Type, members


def visit_Call(node: ast.Call, context: Context) -> Js:
    result = _call(node, context)
    result.place = result.place or context.place(node)
    return or_none(node, result, context)


def _call(node: ast.Call, context: Context) -> Js:
    func = node.func
    if isinstance(func, ast.Attribute) and _is_super(func.value):
        return _super(node, func, context)
    callee = context.t(func)
    if isinstance(callee, BuiltinT):
        return builtin_call(callee.name, node, context)
    if isinstance(func, ast.Attribute):
        found = method_call(node, func, context)
        if found is not None:
            return found
    if isinstance(callee, ClassT) and callee.cls.is_enum:
        return enum_member(callee.cls, context.expr(func), arguments(node, context)[0], "value", context)
    if all(isinstance(member, ClassT) for member in members(callee)):
        return New(context.expr(func), _remarks(node, callee, arguments(node, context), context))
    if callee == JS and isinstance(func, ast.Attribute) and context.t(func.value) != JS:
        # A JavaScript function kept in one of our attributes must not get our object as `this`.
        return Call(Sequence([Lit("0"), context.expr(func)]), arguments(node, context))
    return Call(context.expr(func), arguments(node, context))


def _remarks(node: ast.Call, callee: Type, args: list[Js], context: Context) -> list[Js]:
    """A text for a parameter that is annotated as Remark need not be there."""
    init = callee.cls.find_method("__init__") if isinstance(callee, ClassT) else None
    if init is None:
        return args
    for index, (param, given) in enumerate(zip(init.node.args.args[1:], context.inferred.bound[node], strict=False)):
        is_remark = isinstance(param.annotation, ast.Name) and param.annotation.id == "Remark"
        if is_remark and isinstance(given, ast.Constant | ast.JoinedStr):
            args[index] = Remark(args[index])
    return args


# Coroutines


def visit_Await(node: ast.Await, context: Context) -> Js:
    value = context.expr(node.value)
    if isinstance(context.t(node.value), CoroutineT) and not isinstance(node.value, ast.Call):
        value = Call(value, [])
    return or_none(node, Await(value, place=context.place(node)), context)


def visit_Yield(node: ast.Yield, context: Context) -> Js:
    return Yield(context.value(node.value) if node.value is not None else b.NULL, place=context.place(node))


def visit_YieldFrom(node: ast.YieldFrom, context: Context) -> Js:
    return Yield(iterable(node.value, context), delegate=True, place=context.place(node))


def visit_Lambda(node: ast.Lambda, context: Context) -> Js:
    inside = replace(context.within(node), temps=[])
    params = parameters(node.args, inside)
    if context.t(node.body) == NONE:
        drop(node.body, context)
    body = inside.value(node.body)
    if isinstance(context.t(node.body), CoroutineT) and not isinstance(node.body, ast.Call):
        body = Call(body, [])
    if len(inside.temps) > 0:
        return Arrow(params, [*declare_temps(inside.temps), Return(body)])
    return with_defaults(node.args, Arrow(params, body, place=context.place(node)), context)


def _super(node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    if func.attr == "__init__":
        return Call(Id("super"), arguments(node, context))
    assert context.cls is not None
    name = SPECIAL.get(func.attr) or context.prop(func.attr, context.cls)
    return Call(Member(Id("super"), name), arguments(node, context))


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
