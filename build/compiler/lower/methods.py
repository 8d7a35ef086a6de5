"""Calls of methods of built-in types, as plain JavaScript where it means the same: which, and those of numbers."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.arguments import arguments
from build.compiler.lower.collections import of_deque
from build.compiler.lower.container_methods import dict_method, list_method, set_method
from build.compiler.lower.context import Context
from build.compiler.lower.regular import regular_call
from build.compiler.lower.text_methods import bytes_method, text_method
from build.compiler.nodes import Id, Js, Lit
from build.compiler.types import (
    BYTES,
    FLOAT,
    INT,
    STR,
    BuiltinT,
    DequeT,
    DictT,
    IterT,
    ListT,
    MatchT,
    PatternT,
    SetT,
    TupleT,
    members,
)


def method_call(node: ast.Call, func: ast.Attribute, context: Context) -> Js | None:
    kind = context.t(func.value)
    name = func.attr
    if isinstance(members(kind)[0], PatternT | MatchT):
        return regular_call(node, func, context)
    if isinstance(kind, BuiltinT):
        return _static_method(kind.name, name, node, context)
    shapes = members(kind)
    if kind == STR:
        return text_method(name, node, func, context)
    if kind == BYTES:
        return bytes_method(name, node, func, context)
    if isinstance(kind, DequeT):
        return of_deque(name, node, context.expr(func.value), context)
    if all(isinstance(member, ListT) for member in shapes) or isinstance(kind, TupleT):
        return list_method(name, node, func, context)
    if all(isinstance(member, DictT) for member in shapes):
        return dict_method(name, node, func, context)
    if isinstance(kind, SetT):
        return set_method(name, node, func, context)
    if kind == INT:
        return _int_method(name, node, func, context)
    if kind == FLOAT and name == "is_integer":
        return b.method(Id("Number"), "isInteger", context.expr(func.value))
    if isinstance(kind, IterT):
        names = {"send": "send", "close": "close", "__next__": "next"}
        return context.help(names[name], context.expr(func.value), *arguments(node, context))
    return None


# Numbers

def _int_method(name: str, node: ast.Call, func: ast.Attribute, context: Context) -> Js:
    value = context.expr(func.value)
    args = arguments(node, context)
    if name == "to_bytes":
        length = Lit("1") if len(args) == 0 or args[0] is b.UNDEFINED else args[0]
        return context.help("toLittle" if _is_little(node, context) else "toBytes", value, length)
    return context.help("bitLength" if name == "bit_length" else "bitCount", value)


def _is_little(node: ast.Call, context: Context) -> bool:
    """The order of bytes; it must be written out."""
    given = [keyword.value for keyword in node.keywords if keyword.arg == "byteorder"]
    order = given[0] if len(given) > 0 else node.args[1] if len(node.args) > 1 else ast.Constant("big")
    if not isinstance(order, ast.Constant) or order.value not in ("big", "little"):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        raise context.refuse("CW068", order, name=name, detail=ast.unparse(order), advice='write "big" or "little"')
    return order.value == "little"


def _static_method(owner: str, name: str, node: ast.Call, context: Context) -> Js | None:
    args = arguments(node, context)
    if (owner, name) == ("int", "from_bytes"):
        return context.help("fromLittle" if _is_little(node, context) else "fromBytes", args[0])
    if (owner, name) == ("bytes", "fromhex"):
        return context.help("fromHex", *args)
    return None
