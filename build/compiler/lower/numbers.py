"""Calls about numbers and objects: abs, round, print, isinstance."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.builtins import EXCEPTIONS
from build.compiler.infer.iteration import iterate
from build.compiler.lower.arguments import argument_values, keyword_value
from build.compiler.lower.arithmetic import raised_to
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import as_array
from build.compiler.lower.order import acts
from build.compiler.lower.ranges import bits, is_nonnegative
from build.compiler.lower.text import to_text
from build.compiler.nodes import Array, Arrow, Binary, Call, Id, Js, Lit, Spread, Unary
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    JS,
    OBJECT,
    PLAIN,
    STR,
    BuiltinT,
    ClassT,
    TupleT,
    Type,
    VarT,
    members,
    parts_of,
)

# Numbers and characters

def call_abs(node: ast.Call, context: Context) -> Js:
    return b.call(b.path("Math.abs"), *argument_values(node, context))


def call_round(node: ast.Call, context: Context) -> Js:
    args = argument_values(node, context)
    if context.is_int(node.args[0]) and len(args) == 1:
        return args[0]
    made = context.help("round" if len(args) == 1 else "roundTo", *args)
    return Binary("+", made, Lit("0")) if context.is_int(node.args[0]) else made  # no int is -0


def call_pow(node: ast.Call, context: Context) -> Js:
    left, right = argument_values(node, context)[:2]
    return raised_to(left, right, node.args[0], node.args[1], context)


def call_divmod(node: ast.Call, context: Context) -> Js:
    ints = all(context.is_int(argument) for argument in node.args)
    return context.help("divmod" if ints else "floatDivmod", *argument_values(node, context))


def call_chr(node: ast.Call, context: Context) -> Js:
    code = node.args[0]
    if is_nonnegative(code, context) and bits(code, context) <= 20:
        return b.method(Id("String"), "fromCodePoint", *argument_values(node, context))
    return context.help("chr", *argument_values(node, context))


def call_ord(node: ast.Call, context: Context) -> Js:
    return b.method(context.expr(node.args[0]), "codePointAt", Lit("0"))


def call_bin(node: ast.Call, context: Context) -> Js:
    return context.help("prefixed", context.expr(node.args[0]), Lit("2"), b.text("0b"))


def call_hex(node: ast.Call, context: Context) -> Js:
    return context.help("prefixed", context.expr(node.args[0]), Lit("16"), b.text("0x"))


def rounding(name: str, node: ast.Call, context: Context) -> Js:
    if context.is_int(node.args[0]):
        return context.expr(node.args[0])
    argument = node.args[0]
    divides = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Div)
    if isinstance(argument, ast.BinOp) and divides and context.is_int(argument.left) and context.is_int(argument.right):
        return b.call(b.path(f"Math.{name}"), context.expr(argument))
    return context.help("wholeNumber", b.call(b.path(f"Math.{name}"), context.expr(argument)))


def call_math_log(node: ast.Call, context: Context) -> Js:
    args = argument_values(node, context)
    logs = [context.help("real", b.path("Math.log"), argument) for argument in args]
    return logs[0] if len(args) == 1 else context.help("divide", *logs)


def call_math_isnan(node: ast.Call, context: Context) -> Js:
    return b.method(Id("Number"), "isNaN", *argument_values(node, context))


def call_math_isfinite(node: ast.Call, context: Context) -> Js:
    return b.method(Id("Number"), "isFinite", *argument_values(node, context))


def call_math_isinf(node: ast.Call, context: Context) -> Js:
    return Binary("===", b.call(b.path("Math.abs"), *argument_values(node, context)), Id("Infinity"))


# Objects

def call_print(node: ast.Call, context: Context) -> Js:
    parts: list[Js] = []
    separator = keyword_value(node, "sep")
    if _changes_while_printing(node.args, context):
        names = [Id(context.fresh(f"value{index + 1}")) for index in range(len(node.args))]
        texts = [to_text(name, context.t(item), item, context) for name, item in zip(names, node.args, strict=True)]
        given = [context.expr(item) for item in [*node.args, *([separator] if separator is not None else [])]]
        between: Js = b.text(" ") if separator is None else Id(context.fresh("between"))
        body = b.call(b.path("console.log"), b.method(Array(texts), "join", between))
        return Call(Arrow([*names, *([between] if separator is not None else [])], body), given)
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            kind = iterate(argument.value, context.t(argument.value), context.inferred)
            text = to_text(Id("it"), kind, argument, context)
            items = as_array(argument.value, context)
            parts.append(Spread(items if kind == STR else b.method(items, "map", Arrow([Id("it")], text))))
        else:
            parts.append(to_text(context.expr(argument), context.t(argument), argument, context))
    if len(parts) == 0:
        parts = [b.text("")]
    elif len(parts) > 1 or isinstance(parts[0], Spread):
        parts = [b.method(Array(parts), "join", context.expr(separator) if separator is not None else b.text(" "))]
    return b.call(b.path("console.log"), *parts)


def _changes_while_printing(args: list[ast.expr], context: Context) -> bool:
    """Python evaluates all arguments before it makes text of the first."""
    inner = [item.value if isinstance(item, ast.Starred) else item for item in args]
    changing = [index for index, item in enumerate(inner) if _is_mutable(context.t(item))]
    changes = len(changing) > 0 and any(acts(item, context) for item in inner[changing[0] + 1 :])
    if changes and any(isinstance(item, ast.Starred) for item in args):
        detail, advice = "`*` beside what may change meanwhile", "give names to the arguments first"
        raise context.refuse("CW068", args[0], name="print", detail=detail, advice=advice)
    return changes


def _is_mutable(kind: Type) -> bool:
    """May it print otherwise a moment later?"""
    return any(
        any(map(_is_mutable, parts_of(member))) if isinstance(member, TupleT) else member not in (*PLAIN, BYTES)
        for member in members(kind)
    )


def call_isinstance(node: ast.Call, context: Context) -> Js:
    value, known = context.expr(node.args[0]), context.t(node.args[0])
    tests = _tests(node.args[1])
    again = value
    if len(tests) > 1 or BOOL in members(known):
        value, again = context.twice(node.args[0], value)
    result = instance_test(value, again, known, tests[0], context)
    for test in tests[1:]:
        result = Binary("||", result, instance_test(again, again, known, test, context))
    return result


def _tests(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return [item for element in node.elts for item in _tests(element)]
    if isinstance(node, ast.BinOp):
        return [*_tests(node.left), *_tests(node.right)]
    return [node]


def instance_test(value: Js, again: Js, known: Type, test: ast.expr, context: Context) -> Js:
    """Is the value an instance of `test`? `again` reads what `value` has evaluated."""
    kind = context.t(test)
    kinds = members(known)
    vague = any(member in (ANY, OBJECT, JS) or isinstance(member, VarT) for member in kinds)
    if isinstance(kind, ClassT):
        if kind.cls is EXCEPTIONS["Exception"]:
            return Binary("instanceof", value, Id("Error"))
        if kind.cls is EXCEPTIONS["Failure"]:
            return context.help("isFailure", value)
        return Binary("instanceof", value, context.expr(test))
    name = kind.name if isinstance(kind, BuiltinT) else "None"
    simple = {"str": "string", "bool": "boolean"}
    if name in simple:
        return Binary("===", Unary("typeof", value), b.text(simple[name]))
    if (
        name in ("int", "float")
        and not vague
        and not any(str(member) in (name, "bool" if name == "int" else name) for member in kinds)
    ):
        return b.FALSE
    if name == "int":
        if vague:
            return context.help("isInt", value)
        number = Binary("===", Unary("typeof", value), b.text("number"))
        if BOOL in kinds:
            return Binary("||", number, Binary("===", Unary("typeof", again), b.text("boolean")))
        return number
    if name == "float":
        return context.help("isFloat", value) if vague else Binary("===", Unary("typeof", value), b.text("number"))
    if name in ("list", "tuple"):
        return b.method(Id("Array"), "isArray", value)
    classes = {"dict": "Map", "set": "Set", "frozenset": "Set", "bytes": "Uint8Array", "bytearray": "Uint8Array"}
    if name in classes:
        return Binary("instanceof", value, Id(classes[name]))
    return Binary("===", value, b.NULL)


def call_callable(node: ast.Call, context: Context) -> Js:
    return Binary("===", Unary("typeof", context.expr(node.args[0])), b.text("function"))


def call_type(node: ast.Call, context: Context) -> Js:
    raise context.refuse("CW036", node, name="type()", advice="only type(x).__name__; else use isinstance")
