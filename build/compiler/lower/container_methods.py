"""Methods of lists, dicts and sets."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.arguments import arguments
from build.compiler.lower.collections import of_counter
from build.compiler.lower.comparison import is_same_by_identity
from build.compiler.lower.context import Context
from build.compiler.lower.generator_expressions import consumed, extended
from build.compiler.lower.iterables import iterable
from build.compiler.lower.keys import as_key, as_keys, as_pairs, by_key, key_type, key_value
from build.compiler.lower.order import after, held_before
from build.compiler.lower.sorting import sorted_in_place
from build.compiler.nodes import Array, Arrow, Assign, Binary, Id, Js, Lit, Member, New, Spread
from build.compiler.types import FLOAT, NONE, CounterT, DefaultT, DictT, SetT, Type, VarT, has_none, is_unknown, members


def list_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    item = iterate(func.value, context.t(func.value), context.inferred)
    by_identity = len(node.args) > 0 and is_same_by_identity(item, context.t(node.args[0]), context)
    if name == "extend":
        return extended(value, node.args[0], context)
    if name == "sort":
        return sorted_in_place(node, value, item, context)
    args = arguments(node, context)
    if name == "append":
        return b.method(value, "push", *args)
    if name == "insert":
        return b.method(value, "splice", args[0], Lit("0"), args[1])
    if name == "clear":
        return Assign("=", Member(value, "length"), Lit("0"))
    if name == "copy":
        return b.method(value, "slice")
    if name == "reverse":
        return b.method(value, "reverse")
    if name == "count" and by_identity:
        it = Id(context.fresh("it"))
        kept = b.method(value, "filter", Arrow([it], Binary("===", it, args[0])))
        return Member(kept, "length") if context.is_simple(node.args[0]) else context.help("countSame", value, *args)
    if name == "index" and (len(args) > 2 or (len(args) > 1 and not by_identity)):
        return context.help("indexWithin", value, *args)
    if name == "index" and by_identity and FLOAT not in members(item):
        return context.help("placeOf", value, *args)
    if name == "pop" and len(args) > 0:
        is_first = isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
        return context.help("shift", value) if is_first else context.help("popAt", value, *args)
    if name == "remove" and by_identity and FLOAT not in members(item):
        return context.help("removeItem", value, *args)
    names = {"pop": "pop", "remove": "removeEqual", "index": "indexOf", "count": "countItem"}
    return context.help(names[name], value, *args)


def dict_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    if name in ("keys", "values", "items"):
        return Array([Spread(iterable(node, context))])
    if name == "clear":
        return b.method(value, "clear")
    kind = context.t(func.value)
    special = of_counter(name, node, value, context) if isinstance(kind, CounterT) else None
    if special is not None:
        return special
    if name == "copy" and isinstance(kind, DefaultT):
        return context.help("copyDefault", value)
    if name == "copy":
        return New(Id("Map"), [value])
    if name == "update":
        return updated(value, node.args[0], context)
    args = arguments(node, context)
    args[0] = as_key(args[0], context.t(node.args[0]), context)
    if name == "get":
        return _get(node, func, value, args, context)
    if name == "pop":
        return by_key("popKey", value, args[0], context.t(node.args[0]), context, *args[1:])
    return context.help("setDefault", value, *args)


def updated(value: Js, argument: ast.expr, context: Context) -> Js:
    """value.update(argument)"""
    if isinstance(context.t(argument), DictT):
        return context.help("update", value, context.expr(argument))
    return context.help("update", value, as_pairs(consumed(argument, context), key_type(argument, context), context))


def _get(node: ast.Call, func: ast.Attribute, value: Js, args: list[Js], context: Context) -> Js:
    kind = context.t(func.value)
    nullable = any(
        isinstance(member, DictT)
        and (has_none(member.value) or is_unknown(member.value) or isinstance(member.value, VarT))
        for member in members(kind)
    )
    found = b.method(value, "get", args[0])
    if len(args) == 1:
        return Binary("??", found, b.NULL)
    if (nullable and context.t(node.args[1]) != NONE) or not _is_cheap(node.args[1], context):
        return context.help("getOr", value, *args)
    return Binary("??", found, args[1])


def _is_cheap(node: ast.expr, context: Context) -> bool:
    """May this default be left unevaluated?"""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(_is_cheap(item, context) for item in node.elts)
    if isinstance(node, ast.Dict):
        return len(node.keys) == 0
    return context.is_simple(node)


def _set_member(name: str, value: Js, member: Js, kind: Type, context: Context) -> Js:
    if name == "remove":
        return by_key("removeMember", value, member, kind, context)
    return b.method(value, "add" if name == "add" else "delete", member)


def set_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    if name == "clear":
        return b.method(value, name)
    if name in ("add", "discard", "remove"):
        return _set_member(name, value, key_value(node.args[0], context), context.t(node.args[0]), context)
    if name == "copy":
        return New(Id("Set"), [value])
    if name == "pop":
        return context.help("popMember", value)
    other = node.args[0]
    item = iterate(other, context.t(other), context.inferred)
    others = as_keys(consumed(other, context), item, context, context.t(other))
    as_set = others if isinstance(context.t(other), SetT) else New(Id("Set"), [others])
    names = {
        "intersection": "intersection",
        "difference": "difference",
        "symmetric_difference": "symmetricDifference",
    }
    if name == "union":
        return New(Id("Set"), [Array([Spread(value), Spread(others)])])
    if name in names:
        return context.help(names[name], value, as_set)
    if name == "issubset":
        return context.help("isSubset", value, as_set)
    if name == "issuperset":
        held, value = held_before(func.value, value, context, other)
        return after(held, context.help("isSubset", as_set, value))
    if name == "isdisjoint":
        return Binary("===", Member(context.help("intersection", value, as_set), "size"), Lit("0"))
    return context.help("addAll" if name == "update" else "discardAll", value, others)
