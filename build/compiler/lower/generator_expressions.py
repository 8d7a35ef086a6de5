"""Generator expressions: generators, or arrays where all is taken at once."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.comprehensions import captured_names, list_of, nested_loops
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import as_array, iterable, walked
from build.compiler.lower.order import order_shows
from build.compiler.nodes import Call, ForOf, Function, Id, Js, Member, Statement, Yield, mentions


def visit_GeneratorExp(node: ast.GeneratorExp, context: Context) -> Js:
    """A real generator, for uses that are not known to take everything at once."""
    first = walked(node.generators[0].iter, context)
    value = context.within(node).expr(node.elt)
    source = Id(context.fresh("source"))
    body = nested_loops(node, [Statement(Yield(value))], context)
    assert isinstance(body[0], ForOf)
    body[0].iterable = source
    function = Function("", [source], [*captured_names(node, context), *body], is_generator=True)
    if mentions(function, "this"):
        return Call(Member(function, "call"), [Id("this"), first])
    return Call(function, [first])


def consumed(node: ast.expr, context: Context, *later: ast.expr | None) -> Js:
    """An argument that is used up at once: generator expressions become arrays.

    Not where it shows that they run before `later` is evaluated.
    """
    shows = any(other is not None and order_shows(node, other, context) for other in later)
    if isinstance(node, ast.GeneratorExp) and not shows:
        return list_of(node, context)
    return iterable(node, context)


def extended(value: Js, items: ast.expr, context: Context) -> Js:
    """value.extend(items): what is written out is pushed."""
    if isinstance(items, ast.List | ast.Tuple) and not any(isinstance(item, ast.Starred) for item in items.elts):
        return b.method(value, "push", *[context.expr(item) for item in items.elts])
    return context.help("extend", value, consumed(items, context))


def consumed_array(node: ast.expr, context: Context) -> Js:
    if isinstance(node, ast.GeneratorExp):
        return list_of(node, context)
    return as_array(node, context)
