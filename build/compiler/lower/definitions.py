"""Functions: their parameters and bodies."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler import builders as b
from build.compiler.caches import is_cached
from build.compiler.lower.assignments import declare_kind
from build.compiler.lower.context import Context
from build.compiler.lower.endings import always_leaves, may_stop
from build.compiler.lower.nothing import answers
from build.compiler.lower.parameters import declare_temps, parameters, with_defaults
from build.compiler.nodes import Arrow, Assign, Function, Id, Js, Let, Return, Throw, Try, mentions
from build.compiler.scopes.placement import place
from build.compiler.types import members

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def visit_FunctionDef(node: FunctionNode, context: Context) -> list[Js]:
    if context.scope is context.scopes.module and is_cached(node, context.module, context.program.modules):
        return [_cached_function(node, context)]
    if context.scope is context.scopes.module:
        return [function_declaration(node, context)]
    return [_closure(node, context)]

visit_AsyncFunctionDef = visit_FunctionDef


def function_declaration(node: FunctionNode, context: Context) -> Function:
    params, body = function_parts(node, None, context)
    return Function(
        context.js_name(node.name),
        params,
        body,
        isinstance(node, ast.AsyncFunctionDef),
        context.scopes.of[node].is_generator,
        docstring(node),
        place=context.place(node, node.name),
    )


def _cached_function(node: FunctionNode, context: Context) -> Js:
    """A constant: the function alone has no name, so that it calls itself by the cache."""
    made = function_declaration(node, context)
    name, doc, place = made.name, made.doc, made.place
    made.name, made.doc = "", ""
    return Let("const", Id(name, place=place), context.help("cached", made), doc)


def _closure(node: FunctionNode, context: Context) -> Js:
    """A closure: an arrow, so that `this` stays; generators cannot be arrows."""
    params, body = function_parts(node, context.own_name, context, nested=True)
    value: Js
    if context.scopes.of[node].is_generator:
        value = Function("", params, body, is_generator=True)
        if mentions(body, "this"):
            value = context.help("bound", value, b.THIS)
    else:
        single = body[0] if len(body) == 1 else None
        inner: Js | list[Js] = body
        if isinstance(single, Return) and single.value is not None:
            inner = single.value
        value = Arrow(params, inner, isinstance(node, ast.AsyncFunctionDef))
    if is_cached(node, context.module, context.program.modules):
        value = context.help("cached", value)
    value = with_defaults(node.args, value, context)
    name = Id(context.js_name(node.name), place=context.place(node, node.name))
    if context.placement.declares(node, node.name):
        return Let(declare_kind(node.name, context), name, value, docstring(node), place=context.place(node))
    return b.do(Assign("=", name, value))


def function_parts(
    node: FunctionNode, own: str | None, context: Context, nested: bool = False, skip: int = 0
) -> tuple[list[Js], list[Js]]:
    """Parameters and body; `own` is the name that means `this`."""
    inside = replace(context.within(node), placement=place(context.scopes.of[node]), temps=[])
    inside = replace(inside, returns_value=answers(node, context))
    if not nested:
        inside = replace(inside, fresh_names=set(), own_name=own, own_node=node if own is not None else None)
    params = parameters(node.args, inside, skip)
    body = inside.block(node.body)
    _end(node, body, inside)
    if inside.scope.is_generator and may_stop(node):
        body = _unstopped(body, inside)
    return params, [*declare_temps(inside.temps), *body]


def _unstopped(body: list[Js], context: Context) -> list[Js]:
    """No StopIteration leaves a generator: who walks it would take it for the end."""
    name = context.fresh("error")
    return [Try(body, name, [Throw(context.help("unstopped", Id(name)))], None)]


def _end(node: FunctionNode, body: list[Js], context: Context) -> None:
    """A function that may run off its end gives None."""
    if context.returns_value and not context.scope.is_generator and _may_fall_through(node, context):
        body.append(Return(b.NULL))


def _may_fall_through(node: FunctionNode, context: Context) -> bool:
    returns = context.program.annotations.type_of(node.returns, context.module, context.cls, quiet=True)
    return any(str(member) in ("None", "object", "Any") for member in members(returns)) and not always_leaves(
        node.body, context.inferred
    )


def docstring(node: FunctionNode | ast.ClassDef | ast.Module) -> str:
    return ast.get_docstring(node) or ""
