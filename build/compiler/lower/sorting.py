"""sort and sorted: by JavaScript's own `<` where it orders the keys."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import function_value
from build.compiler.nodes import Array, Arrow, Binary, Id, Js, Spread
from build.compiler.types import BYTES, INT, STR, FunctionT, Type


def sorted_in_place(node: ast.Call, value: Js, item: Type, context: Context) -> Js:
    if len(node.keywords) == 0 and item == INT:
        return b.method(value, "sort", _rising(context))
    key = _plain_key(node, item, context)
    return context.help("sort", value, *_ordering(node, context)) if key is None else context.help("sortBy", value, key)


def sorted_anew(node: ast.Call, source: Js, item: Type, context: Context) -> Js:
    if len(node.keywords) == 0 and item == INT:
        return b.method(Array([Spread(source)]), "sort", _rising(context))
    key = _plain_key(node, item, context)
    return context.help(
        "sorted", source, *_ordering(node, context)
    ) if key is None else context.help("sortedBy", source, key)


def _rising(context: Context) -> Js:
    one, other = Id(context.fresh("one")), Id(context.fresh("other"))
    return Arrow([one, other], Binary("-", one, other))


def _plain_key(node: ast.Call, item: Type, context: Context) -> Js | None:
    """What gives, for an item, something that `<` orders as Python orders the keys; None where nothing is known."""
    if any(keyword.arg != "key" for keyword in node.keywords):
        return None
    if len(node.keywords) == 0:
        return context.helper("ordered") if item == STR else context.helper("toHex") if item == BYTES else None
    key = node.keywords[0].value
    kind = context.t(key)
    result = kind.result if isinstance(kind, FunctionT) else None
    if result == INT:
        return function_value(key, context)
    if result not in (STR, BYTES):
        return None
    change = "ordered" if result == STR else "toHex"
    if isinstance(key, ast.Name):
        it = Id(context.fresh("it"))
        return Arrow([it], context.help(change, b.call(context.expr(key), it)))
    function = context.expr(key) if isinstance(key, ast.Lambda) else None
    if isinstance(function, Arrow) and isinstance(function.body, Js):
        return Arrow(function.params, context.help(change, function.body))
    return None


def _ordering(node: ast.Call, context: Context) -> list[Js]:
    """key and reverse of sort and sorted, as far as given."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    key = given.get("key")
    reverse = given.get("reverse")
    if key is None and reverse is None:
        return []
    first = b.NULL if key is None or isinstance(key, ast.Constant) else function_value(key, context)
    return [first] if reverse is None else [first, context.expr(reverse)]
