"""`for` over enumerate and zip without their generators: a count beside the loop, an index for lists side by side.

CPython's iterators of lists ask at each turn whether there is an item at the next index, as JavaScript's do and as is
done here, so a list that changes meanwhile is walked alike. What is walked is evaluated once, before the first turn.
"""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.stores import parts_are_known
from build.compiler.lower.assignments import declare_kind, local_of
from build.compiler.lower.context import Context
from build.compiler.lower.endings import continues, may_leave
from build.compiler.lower.iterables import (
    is_call_of,
    is_kept,
    is_lenient,
    is_list,
    is_list_of_numbers,
    iterable,
    target_pattern,
    walked,
)
from build.compiler.nodes import Assign, Binary, For, ForOf, Id, Index, Js, Let, Lit, Member
from build.compiler.scopes.bindings import names_in


def index_loop(node: ast.For, context: Context) -> list[Js] | None:
    parts = node.target.elts if isinstance(node.target, ast.Tuple) else []
    if not isinstance(node.iter, ast.Call) or len(parts) == 0 or not all(map(_is_plain, parts)):
        return None
    if not parts_are_known(node.target, context.inferred.types):
        return None
    declared = all(context.placement.declares(node, name) for name in names_in(node.target))
    if is_call_of(node.iter, "enumerate", context) and len(parts) == 2:
        return _enumerating(node, node.iter, parts, declared, context)
    if is_call_of(node.iter, "zip", context) and len(parts) == len(node.iter.args) and is_lenient(node.iter):
        return _side_by_side(node, node.iter.args, parts, declared, context)
    return None


def _enumerating(
    node: ast.For, call: ast.Call, parts: list[ast.expr], declared: bool, context: Context
) -> list[Js] | None:
    """let index = 0; for (const item of items) { ...; index++; }"""
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    if any(not isinstance(start, ast.Constant) or type(start.value) is not int for start in given):
        return None
    source = walked(call.args[0], context) if may_leave(node.body) else iterable(call.args[0], context)
    start = context.expr(given[0]) if len(given) > 0 else Lit("0")
    counter = _counter(parts[0], declared, context)
    if is_list_of_numbers(call.args[0], context):
        return _by_index(node, call.args[0], parts, declared, counter, start, context)
    body = context.block(node.body)
    if counter is not None and not continues(node.body):
        body = [*body, b.do(Id(f"{counter.name}++"))]
    else:
        counter = Id(context.unique("count"))
        body = [_stored_item(parts[0], Id(f"{counter.name}++"), declared, context), *body]
    kind = _kind(parts[1], context) if declared else ""
    loop = ForOf(kind, target_pattern(parts[1], context), source, body, place=context.place(node))
    return [Let("let", counter, start), loop]


def _by_index(
    node: ast.For, items: ast.expr, parts: list[
        ast.expr
    ], declared: bool, counter: Id | None, start: Js, context: Context
) -> list[Js]:
    """Of numbers, which V8 boxes one by one for an iterator: an index is three times as fast."""
    value = iterable(items, context)
    held = [] if is_kept(items, context) else [Let("let", Id(context.unique("items")), value)]
    source = value if len(held) == 0 else held[0].target
    own = counter is not None and start == Lit("0")
    index = counter if counter is not None and own else Id(context.unique("index"))
    stores = [_stored_item(parts[1], Index(source, index), declared, context)]
    if not own:
        count = index if start == Lit("0") else Binary("+", index, start)
        stores.insert(0, _stored_item(parts[0], count, declared, context))
    test = Binary("<", index, Member(source, "length"))
    body = [*stores, *context.block(node.body)]
    return [For([*held, Let("let", index, Lit("0"))], test, Id(f"{index.name}++"), body, place=context.place(node))]


def _counter(target: ast.expr, declared: bool, context: Context) -> Id | None:
    """The name that the loop gives the count may count itself, where nothing else stores it or keeps it."""
    local = local_of(target.id, context) if isinstance(target, ast.Name) else None
    if not isinstance(target, ast.Name) or not declared or local is None or local.stores != 1:
        return None
    return Id(context.js_name(target.id), place=context.place(target, target.id))


def _side_by_side(
    node: ast.For, args: list[ast.expr], parts: list[ast.expr], declared: bool, context: Context
) -> list[Js] | None:
    """for (let at = 0; at < one.length && at < other.length; at++) { const a = one[at]; ... }"""
    if not all(is_list(arg, context) for arg in args):
        return None
    sources: list[Js] = []
    start: list[Let] = []
    for arg in args:
        value = iterable(arg, context)
        if not is_kept(arg, context):
            start.append(Let("let", Id(context.unique("items")), value))
            value = start[-1].target
        sources.append(value)
    at = Id(context.unique("index"))
    test: Js = Binary("<", at, Member(sources[0], "length"))
    for other in sources[1:]:
        test = Binary("&&", test, Binary("<", at, Member(other, "length")))
    stores = [_stored_item(part, Index(of, at), declared, context) for part, of in zip(parts, sources, strict=True)]
    body = [*stores, *context.block(node.body)]
    return [For([*start, Let("let", at, Lit("0"))], test, Id(f"{at.name}++"), body, place=context.place(node))]


def _stored_item(target: ast.expr, value: Js, declared: bool, context: Context) -> Js:
    pattern = target_pattern(target, context)
    return Let(_kind(target, context), pattern, value) if declared else b.do(Assign("=", pattern, value))


def _kind(target: ast.expr, context: Context) -> str:
    kinds = {declare_kind(name, context) for name in names_in(target)}
    return "let" if "let" in kinds else "const"


def _is_plain(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return all(_is_plain(item) and not isinstance(item, ast.Starred) for item in target.elts)
    return isinstance(target, ast.Name)
