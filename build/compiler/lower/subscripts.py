"""Items and slices."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.bounds import item_at
from build.compiler.lower.collections import item_of
from build.compiler.lower.context import Context
from build.compiler.lower.function_values import enum_member
from build.compiler.lower.keys import as_key, by_key
from build.compiler.lower.regular import match_group
from build.compiler.lower.text_methods import is_text
from build.compiler.nodes import Binary, Id, Index, Js, Lit
from build.compiler.types import BYTES, STR, ClassT, DictT, InstanceT, IterT, ListT, MatchT, TupleT, has_none, members


def visit_Subscript(node: ast.Subscript, context: Context) -> Js:
    result = _item(node, context)
    result.place = result.place or context.place(node)
    return result


def _item(node: ast.Subscript, context: Context) -> Js:
    kind = context.t(node.value)
    if isinstance(members(kind)[0], MatchT):
        return match_group(node, node.value, node.slice, context)
    value = context.expr(node.value)
    if isinstance(node.slice, ast.Slice):
        return _slice(node, value, node.slice, context)
    key = context.expr(node.slice)
    shapes = members(kind)
    if str(kind) == "js.Value":
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return b.member(value, node.slice.value)
        return Index(value, key)
    if isinstance(kind, DictT):
        return item_of(kind, value, node.slice, context, as_key(key, context.t(node.slice), context))
    if all(isinstance(member, DictT) for member in shapes):
        return by_key("getItem", value, as_key(key, context.t(node.slice), context), context.t(node.slice), context)
    if isinstance(kind, TupleT) and kind.rest is None and isinstance(node.slice, ast.Constant):
        return Index(value, key)
    if isinstance(kind, TupleT) and kind.rest is None and isinstance(node.slice, ast.UnaryOp):
        index = len(kind.items) - int(ast.literal_eval(node.slice.operand))
        return Index(value, b.number(index))
    if kind == STR:
        return context.help("charAt", value, key)
    if isinstance(node.slice, ast.Constant) and node.slice.value == 0 and _is_split(node.value, context):
        return Index(value, key)
    if all(isinstance(member, ListT | TupleT) for member in shapes) or kind == BYTES:
        return item_at(node, value, key, context)
    if isinstance(kind, IterT):
        return context.help("at", value, key)
    if isinstance(kind, ClassT):
        return enum_member(kind.cls, value, key, "name", context)
    if not all(isinstance(member, InstanceT) for member in shapes):
        raise context.refuse("CW054", node, what="an item", type=kind)
    return b.method(value, "__getitem__", key)


def _is_split(node: ast.expr, context: Context) -> bool:
    """Is this text.split("separator"), which always gives something?"""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
        return False
    return node.func.attr == "split" and context.t(node.func.value) == STR and is_text(node.args[0])


def _slice(node: ast.Subscript, value: Js, bounds: ast.Slice, context: Context) -> Js:
    kind = context.t(node.value)
    start = context.expr(bounds.lower) if bounds.lower is not None else None
    stop = context.expr(bounds.upper) if bounds.upper is not None else None
    if bounds.step is not None:
        step = context.expr(bounds.step)
        name = {"str": "stepText", "bytes": "stepBytes"}.get(str(kind), "stepList")
        return context.help(name, value, start or b.NULL, stop or b.NULL, step)
    optional = any(bound is not None and has_none(context.t(bound)) for bound in (bounds.lower, bounds.upper))
    args = (
        [] if start is None and stop is None else [start or Lit("0")] if stop is None else [start or Lit("0"), stop]
    )
    if optional:
        args = [Binary("??", args[0], Lit("0")), *(Binary("??", item, Id("Infinity")) for item in args[1:])]
    if kind == STR:
        return context.help("sliceText", value, *args)
    return b.method(value, "slice", *args)
