"""deque, defaultdict and Counter: objects of the runtime's own classes of Array and Map."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.arguments import arguments, keyword_value
from build.compiler.lower.context import Context
from build.compiler.lower.conversions import pairs_of
from build.compiler.lower.function_values import on_class
from build.compiler.lower.generator_expressions import consumed
from build.compiler.lower.keys import as_keys, by_key, key_value
from build.compiler.nodes import Array, Arrow, Binary, Js, Lit, New
from build.compiler.types import BuiltinT, ClassT, CounterT, DefaultT, DictT

EMPTY = {"int": "0", "float": "0", "str": '""', "bool": "false"}


def call_collections_deque(node: ast.Call, context: Context) -> Js:
    limit = node.args[1] if len(node.args) > 1 else keyword_value(node, "maxlen")
    items = consumed(node.args[0], context, limit) if len(node.args) > 0 else Array([])
    return b.method(context.helper("Deque"), "of", items, *([context.expr(limit)] if limit is not None else []))


def call_collections_defaultdict(node: ast.Call, context: Context) -> Js:
    rest = [context.expr(argument) if isinstance(context.t(argument), DictT) else pairs_of(argument, [], context)
            for argument in node.args[1:]]
    return New(context.helper("DefaultDict"), [_factory(node.args[0], context), *rest])


def _factory(node: ast.expr, context: Context) -> Js:
    kind = context.t(node)
    if isinstance(kind, BuiltinT):
        return Arrow([], made_by(kind.name, context))
    if isinstance(kind, ClassT):
        return on_class(node, context.expr(node), context)
    return context.expr(node)


def made_by(name: str, context: Context) -> Js:
    """What a built-in class makes of nothing."""
    if name in EMPTY:
        return Lit(EMPTY[name])
    if name in ("list", "tuple"):
        return Array([])
    if name == "collections.deque":
        return b.method(context.helper("Deque"), "of", Array([]))
    classes: dict[str, Js] = {"collections.Counter": context.helper("Counter")} if "Counter" in name else {}
    return New(classes.get(name, b.path("Map" if name == "dict" else "Set")), [])


def call_collections_Counter(node: ast.Call, context: Context) -> Js:
    made = New(context.helper("Counter"), [])
    if len(node.args) == 0:
        return made
    if isinstance(context.t(node.args[0]), DictT):
        return New(context.helper("Counter"), [context.expr(node.args[0])])
    return count_items(made, node.args[0], "1", context)


# Methods

def count_items(counter: Js, node: ast.expr, by: str, context: Context) -> Js:
    """counter.update(node), or subtract."""
    kind = context.t(node)
    if isinstance(kind, DictT):
        return context.help("countAll", counter, context.expr(node), Lit(by))
    keys = as_keys(consumed(node, context), iterate(node, kind, context.inferred), context, kind)
    return context.help("countEach", counter, keys, Lit(by))


def of_counter(name: str, node: ast.Call, value: Js, context: Context) -> Js | None:
    """A method that only a Counter has, or has otherwise than a dict."""
    if name in ("update", "subtract"):
        return count_items(value, node.args[0], "1" if name == "update" else "-1", context)
    helpers = {"most_common": "mostCommon", "elements": "elements", "total": "totalOf"}
    if name in helpers:
        return context.help(helpers[name], value, *arguments(node, context))
    return New(context.helper("Counter"), [value]) if name == "copy" else None


def of_deque(name: str, node: ast.Call, value: Js, context: Context) -> Js:
    if name in ("extend", "extendleft"):
        return b.method(value, name, consumed(node.args[0], context))
    return b.method(value, name, *arguments(node, context))


def item_of(base: DictT, container: Js, key: ast.expr, context: Context, ready: Js | None = None) -> Js:
    """container[key] as each kind of dict understands it; `ready` is the key, if it is there already."""
    made = key_value(key, context) if ready is None else ready
    if isinstance(base, DefaultT):
        return context.help("defaultItem", container, made)
    if isinstance(base, CounterT):
        return Binary("??", b.method(container, "get", made), Lit("0"))
    return by_key("getItem", container, made, context.t(key), context)
