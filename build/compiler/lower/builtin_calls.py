"""Which function lowers the call of a built-in one."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.arguments import argument_values
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import is_call_of
from build.compiler.lower.numbers import rounding
from build.compiler.lower.ranges import is_nonnegative
from build.compiler.nodes import Js

MATH = {
    "math.sqrt": "sqrt",
    "math.log2": "log2",
    "math.log10": "log10",
    "math.exp": "exp",
    "math.sin": "sin",
    "math.cos": "cos",
    "math.tan": "tan",
    "math.atan": "atan",
    "math.fabs": "abs",
    "math.pow": "pow",
    "math.atan2": "atan2",
}
ALWAYS_REAL = frozenset({"math.atan", "math.atan2", "math.fabs"})
ROUNDING = {"math.floor": "floor", "math.ceil": "ceil", "math.trunc": "trunc"}


def builtin_call(name: str, node: ast.Call, context: Context) -> Js:
    if name.startswith("newtype."):
        return context.expr(node.args[0])
    if name in MATH:
        function = context.helper("raised") if name == "math.pow" else b.path(f"Math.{MATH[name]}")
        if name in ALWAYS_REAL or (name == "math.sqrt" and _is_absolute(node.args[0], context)):
            return b.call(function, *argument_values(node, context))
        return context.help("real", function, *argument_values(node, context))
    if name in ROUNDING:
        return rounding(ROUNDING[name], node, context)
    result: Js = context.tables.calls[name.replace(".", "_")](node, context)
    return result


def _is_absolute(node: ast.expr, context: Context) -> bool:
    """Is this never negative?"""
    absolute = is_call_of(node, "abs", context) or (
        isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    )
    return absolute or (context.is_int(node) and is_nonnegative(node, context))
