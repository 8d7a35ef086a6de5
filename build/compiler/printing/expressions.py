"""Expressions; `at_least` is how tightly a node must hold together where it stands."""

from __future__ import annotations

import re

from build.compiler import nodes as n
from build.compiler.printing.context import Context
from build.compiler.printing.precedence import (
    ASSIGN,
    COND,
    POSTFIX,
    PRECEDENCE,
    PRIMARY,
    UNARY,
    has_call,
    starts_badly,
)
from build.compiler.printing.sheet import TrialOver

WIDTH = 100
UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def visit_Id(node: n.Id, context: Context) -> None:
    context.write(node.name)


def visit_Lit(node: n.Lit, context: Context) -> None:
    context.write(node.text)


def visit_Template(node: n.Template, context: Context) -> None:
    context.write("`")
    for part in node.parts:
        parts = (_template_text(part),) if isinstance(part, str) else ("${", part, "}")
        context.put(*parts)
    context.write("`")


def visit_Array(node: n.Array, context: Context) -> None:
    print_list("[", node.items, "]", context)


def visit_Object(node: n.Object, context: Context) -> None:
    if len(node.pairs) == 0:
        context.write("{}")
    else:
        print_list("{ ", [n.Pair(key, value) for key, value in node.pairs], " }", context)


def visit_Pair(node: n.Pair, context: Context) -> None:
    shorthand = isinstance(node.value, n.Id) and node.value.name == node.key
    context.put("" if shorthand else f"{node.key}: ", node.value, at_least=ASSIGN)


def visit_Arrow(node: n.Arrow, context: Context) -> None:
    context.write("async " if node.is_async else "")
    print_list("(", node.params, ") => ", context)
    if isinstance(node.body, n.Js) and (isinstance(node.body, n.Object) or starts_badly(node.body)):
        context.put("(", node.body, ")")
    else:
        context.put(node.body, at_least=ASSIGN)


def visit_Function(node: n.Function, context: Context) -> None:
    context.write("async function" if node.is_async else "function")
    context.write(f"{'*' if node.is_generator else ''} {node.name}")
    print_list("(", node.params, ") ", context)
    context.block(node.body)


def visit_Unary(node: n.Unary, context: Context) -> None:
    value = context.asked(node.value) if node.operator == "!" else node.value
    nested = isinstance(value, n.Unary) and value.operator == node.operator and node.operator in "+-"
    context.put(node.operator, " " if node.operator.isalpha() else "", value, at_least=PRIMARY if nested else UNARY)


def visit_Binary(node: n.Binary, context: Context) -> None:
    level = PRECEDENCE[node.operator]
    right_level = level if node.operator in ("&&", "||", "??") else level + 1
    left_level = level
    if node.operator == "**":
        left_level, right_level = UNARY + 1, level
    broken = node.operator in ("&&", "||") and _too_wide([node], context)
    _side(node.operator, node.left, left_level, context)
    if broken:
        context.write(f" {node.operator}\n")
        context.deeper().indent()
    else:
        context.write(f" {node.operator} ")
    _side(node.operator, node.right, right_level, context)


visit_Truth = visit_Binary


def _side(operator: str, node: n.Js, level: int, context: Context) -> None:
    """`??` never mixes with `&&` and `||` without parentheses; `&&` inside `||` reads better with them."""
    inner = node.operator if isinstance(node, n.Binary) else ""
    mixed = "??" in (operator, inner) and inner in ("||", "&&", "??") and inner != operator
    mixed = mixed or (operator == "||" and inner == "&&")
    context.expression(node, PRIMARY if mixed else level)


def visit_Assign(node: n.Assign, context: Context) -> None:
    context.expression(node.target, POSTFIX)
    context.put(f" {node.operator} ", node.value, at_least=ASSIGN)


def visit_Cond(node: n.Cond, context: Context) -> None:
    context.expression(context.asked(node.test), COND + 1)
    context.put(" ? ", node.yes, " : ", node.no, at_least=ASSIGN)


def visit_Call(node: n.Call, context: Context) -> None:
    context.expression(node.callee, POSTFIX if not isinstance(node.callee, n.Function) else PRIMARY + 1)
    print_list("(", node.args, ")", context)


def visit_New(node: n.New, context: Context) -> None:
    context.put("new ", node.callee, at_least=PRIMARY + 1 if has_call(node.callee) else POSTFIX)
    print_list("(", node.args, ")", context)


def visit_Member(node: n.Member, context: Context) -> None:
    bare_number = isinstance(node.object, n.Lit) and node.object.text[:1].isdigit()
    context.put(node.object, at_least=PRIMARY + 1 if bare_number else POSTFIX)
    name = context.property(node.name)
    context.write(name if name.startswith("[") else f".{name}")


def visit_Index(node: n.Index, context: Context) -> None:
    context.expression(node.object, POSTFIX)
    context.put("[", node.key, "]")


def visit_Remark(node: n.Remark, context: Context) -> None:
    context.put('""' if context.is_small else node.value, at_least=ASSIGN)


def visit_Spread(node: n.Spread, context: Context) -> None:
    context.put("...", node.value, at_least=ASSIGN)


def visit_Await(node: n.Await, context: Context) -> None:
    context.put("await ", node.value, at_least=UNARY)


def visit_Yield(node: n.Yield, context: Context) -> None:
    parts = (" ", node.value) if node.value is not None else ()
    context.put("yield*" if node.delegate else "yield", *parts, at_least=ASSIGN)


def visit_Sequence(node: n.Sequence, context: Context) -> None:
    for index, item in enumerate(node.items):
        context.put(", " if index > 0 else "", item, at_least=ASSIGN)


# Lists of anything


def print_list(opening: str, items: list[n.Js], closing: str, context: Context) -> None:
    """On one line if its first line fits, else one item a line."""
    while context.is_small and len(items) > 0 and isinstance(items[-1], n.Remark):
        items = items[:-1]
    if len(items) > 0 and _too_wide(items, context):
        context.write(opening.rstrip() + "\n")
        for item in items:
            context.deeper().indent()
            context.deeper().expression(item, ASSIGN)
            context.write(",\n")
        context.indent()
        context.write(closing.lstrip())
        return
    context.write(opening)
    for index, item in enumerate(items):
        context.put(", " if index > 0 else "", item, at_least=ASSIGN)
    context.write(closing)


def _too_wide(items: list[n.Js], context: Context) -> bool:
    if context.is_small or context.sheet.limit is not None:
        return False  # nobody reads it
    trial = context.trial(WIDTH - context.sheet.column)
    try:
        for item in items:
            trial.expression(item, ASSIGN)
            trial.write(", ")
    except TrialOver as over:
        return not over.fits
    return False


def _template_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    escaped = escaped.replace("\r", "\\r").replace("\n", "\\n")
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)
