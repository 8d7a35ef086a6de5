"""Arguments in order, and coroutines that are handed over unstarted."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import iterable
from build.compiler.lower.order import after, is_settled, order_shows
from build.compiler.nodes import Arrow, Assign, Call, Js, Member, Spread


def arguments(node: ast.Call, context: Context) -> list[Js]:
    """Arguments in the order of the parameters; `undefined` asks for a default."""
    bound = context.inferred.bound.get(node)
    if bound is None:
        return [argument_value(item, context) for item in node.args]
    result: list[Js] = [b.UNDEFINED if item is None else argument_value(item, context) for item in bound]
    return as_written(node, bound, result, context)


def as_written(node: ast.Call, bound: Iterable[ast.expr | None], values: list[Js], context: Context) -> list[Js]:
    """Keyword arguments move to their parameter's place, and are still evaluated in the order of the source."""
    written = [*node.args, *(keyword.value for keyword in node.keywords)]
    given = {written.index(item): index for index, item in enumerate(bound) if item is not None}
    pairs = itertools.combinations(given, 2)  # places in the source, as the parameters have them
    if not any(one > other and order_shows(written[one], written[other], context) for one, other in pairs):
        return values
    names = {index: context.temp() for index in given.values()}
    held: list[Js] = [Assign("=", names[given[place]], values[given[place]]) for place in sorted(given)]
    read: list[Js] = [names.get(index, value) for index, value in enumerate(values)]
    return [after(held, read[0]), *read[1:]]


def argument_value(node: ast.expr, context: Context) -> Js:
    """One argument, converted where the parameter asks for it."""
    if isinstance(node, ast.Starred):
        return Spread(iterable(node.value, context))
    coercion = context.inferred.coercions.get(node)
    if coercion == "coroutine":
        return coroutine(node, context)
    return context.value(node)


def coroutine(node: ast.expr, context: Context) -> Js:
    """A coroutine that starts later: a function without arguments. Receiver and arguments are evaluated now."""
    if not isinstance(node, ast.Call):
        return context.expr(node)
    parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
    if all(is_settled(part, context) for part in [*parts, *receiver]):
        return Arrow([], context.expr(node), place=context.place(node))
    call = context.expr(node)
    if not isinstance(call, Call):
        return Arrow([], call, place=context.place(node))
    if isinstance(call.callee, Member):
        assert isinstance(node.func, ast.Attribute)
        first, again = context.twice(node.func.value, call.callee.object)
        method = Member(first, call.callee.name, place=call.callee.place)
        return context.help("bound", method, again, *call.args)
    return context.help("bound", call.callee, b.NULL, *call.args)


def argument_values(node: ast.Call, context: Context) -> list[Js]:
    return [context.expr(argument) for argument in node.args]


def keyword_value(node: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


def wrong(node: ast.Call, name: str, detail: str, advice: str, context: Context) -> Exception:
    return context.refuse("CW068", node, name=name, detail=detail, advice=advice)
