"""Calls that convert: str, int, list, dict."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.lower.arguments import argument_values, keyword_value
from build.compiler.lower.comprehensions import list_of
from build.compiler.lower.context import Context
from build.compiler.lower.generator_expressions import consumed
from build.compiler.lower.iterables import iterable
from build.compiler.lower.keys import as_keys, as_pairs, key_type
from build.compiler.lower.order import after, order_shows
from build.compiler.lower.ranges import bits, is_nonnegative
from build.compiler.lower.text import format_by, formatted, to_repr, to_text
from build.compiler.nodes import Array, Assign, Id, Js, Lit, New, Spread, Unary
from build.compiler.types import BOOL, BYTES, FLOAT, INT, JS, STR, BuiltinT, DictT

# Conversions

def call_str(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return b.text("")
    return to_text(context.expr(node.args[0]), context.t(node.args[0]), node.args[0], context)


def call_format(node: ast.Call, context: Context) -> Js:
    value, kind = context.expr(node.args[0]), context.t(node.args[0])
    spec = node.args[1] if len(node.args) > 1 else ast.Constant("")
    if not isinstance(spec, ast.Constant):
        return formatted(value, kind, context.expr(spec), node, context)
    if spec.value == "":
        return to_text(value, kind, node, context)
    return format_by(value, kind, str(spec.value), node, context)


def call_repr(node: ast.Call, context: Context) -> Js:
    return to_repr(context.expr(node.args[0]), context.t(node.args[0]), node.args[0], context)


def call_int(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return Lit("0")
    kind = context.t(node.args[0])
    args = argument_values(node, context)
    base = keyword_value(node, "base")
    if base is not None:
        args.append(context.expr(base))
    if kind == INT:
        return args[0]
    if kind == BOOL:
        return b.call("Number", args[0])
    if kind in (FLOAT, JS):
        return context.help("truncate", args[0])
    if kind == STR:
        return context.help("parseInteger", *args)
    return context.help("int", *args)


def call_float(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return Lit("0")
    value, kind = context.expr(node.args[0]), context.t(node.args[0])
    if kind in (FLOAT, INT):
        return value
    if kind == STR:
        constant = node.args[0]
        if isinstance(constant, ast.Constant) and constant.value in ("inf", "-inf", "nan"):
            return {"inf": Id("Infinity"), "-inf": Unary("-", Id("Infinity")), "nan": Id("NaN")}[str(constant.value)]
        return context.help("parseFloating", value)
    return context.help("toFloat", value)


def call_bool(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return b.FALSE
    value, kind = context.expr(node.args[0]), context.t(node.args[0])
    is_asked = context.inferred.coercions.get(node.args[0]) == "truth"
    return value if kind == BOOL or is_asked else b.call("Boolean", value)


def call_bytes(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return New(Id("Uint8Array"), [])
    argument = node.args[0]
    kind = context.t(argument)
    if kind == INT:
        if is_nonnegative(argument, context):
            return New(Id("Uint8Array"), [context.expr(argument)])
        return context.help("zeroBytes", context.expr(argument))
    if kind == BYTES:
        return b.method(context.expr(argument), "slice")
    if isinstance(argument, ast.List) and all(bits(item, context) <= 8 for item in argument.elts):
        return b.method(Id("Uint8Array"), "of", *[context.expr(item) for item in argument.elts])
    return context.help("bytesFrom", consumed(argument, context))


def call_list(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return Array([])
    argument = node.args[0]
    if isinstance(argument, ast.GeneratorExp):
        return list_of(argument, context)
    value = iterable(argument, context)
    if _is_fresh_array(argument, context):
        return value
    return Array([Spread(value)])


call_tuple = call_list


def _is_fresh_array(node: ast.expr, context: Context) -> bool:
    """Does this expression just make an array that nobody else holds?"""
    if isinstance(node, ast.ListComp | ast.List):
        return True
    if not isinstance(node, ast.Call):
        return False
    callee = context.t(node.func)
    if isinstance(callee, BuiltinT) and callee.name in ("sorted", "range", "list"):
        return True
    return isinstance(node.func, ast.Attribute) and context.t(node.func.value) == STR and node.func.attr == "split"


def call_set(node: ast.Call, context: Context) -> Js:
    if len(node.args) == 0:
        return New(Id("Set"), [])
    kind = context.t(node.args[0])
    item = iterate(node.args[0], kind, context.inferred)
    return New(Id("Set"), [as_keys(consumed(node.args[0], context), item, context, kind)])


call_frozenset = call_set


def call_dict(node: ast.Call, context: Context) -> Js:
    keys = [b.text(keyword.arg or "") for keyword in node.keywords]
    given = [keyword.value for keyword in node.keywords]
    values = [context.expr(value) for value in given]
    held: list[Js] = []
    source = pairs_of(node.args[0], given, context) if len(node.args) > 0 else None
    if source is not None and any(order_shows(node.args[0], value, context) for value in given):
        names = [context.temp() for _ in range(len(given) + 1)]
        held = [Assign("=", name, value) for name, value in zip(names, [source, *values], strict=True)]
        source, values = names[0], list(names[1:])
    pairs: list[Js] = [Array([key, value]) for key, value in zip(keys, values, strict=True)]
    if source is None:
        return New(Id("Map"), [Array(pairs)] if len(pairs) > 0 else [])
    return after(held, New(Id("Map"), [Array([Spread(source), *pairs]) if len(pairs) > 0 else source]))


def pairs_of(argument: ast.expr, later: list[ast.expr], context: Context) -> Js:
    if isinstance(context.t(argument), DictT):
        return context.expr(argument)
    return as_pairs(consumed(argument, context, *later), key_type(argument, context), context)


def call_dict_fromkeys(node: ast.Call, context: Context) -> Js:
    value = context.expr(node.args[1]) if len(node.args) > 1 else b.NULL
    source = consumed(node.args[0], context, *node.args[1:])
    kind = context.t(node.args[0])
    item = iterate(node.args[0], kind, context.inferred)
    return context.help("fromKeys", as_keys(source, item, context, kind), value)
