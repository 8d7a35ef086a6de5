"""Functions and classes as values, and the members of an enum that are asked for by value or name."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.lower.text import is_plainly_shown, to_repr, to_text
from build.compiler.nodes import Arrow, Id, Js, Member
from build.compiler.symbols import ClassInfo
from build.compiler.types import FLOAT, ClassT, Type, members

VALUES = {
    "str": "str",
    "repr": "repr",
    "int": "int",
    "float": "toFloat",
    "chr": "chr",
    "ord": "ord",
    "abs": "Math.abs",
    "sorted": "sorted",
    "sum": "sum",
    "min": "min",
    "max": "max",
    "bool": "Boolean",
}


def function_value(node: ast.expr, context: Context) -> Js:
    """A callable as a plain function: classes need `new`."""
    if all(isinstance(member, ClassT) for member in members(context.t(node))):
        return on_class(node, context.expr(node), context)
    return context.expr(node)


def enum_member(cls: ClassInfo, value: Js, key: Js, by: str, context: Context) -> Js:
    """The member of an enum whose `name` or `value` this is."""
    it = Id("it")
    asked = Arrow([it], Member(it, context.prop(by, cls)))
    members = b.method(Id("Object"), "values", value)
    return context.help("memberOf" if by == "value" else "memberCalled", members, asked, key)


def on_class(node: ast.expr, value: Js, context: Context) -> Js:
    kind = context.t(node)
    if isinstance(kind, ClassT) and kind.cls.is_enum:
        it = Id(context.fresh("key"))
        return Arrow([it], enum_member(kind.cls, value, it, "value", context))
    return context.help("maker", value)


def _shown(name: str, kind: Type, node: ast.expr, context: Context) -> Js:
    """`str` or `repr` as a function of what has this type."""
    if kind == FLOAT:
        return context.helper("floatText")
    if is_plainly_shown(kind):
        return context.helper(name)
    it = Id(context.fresh("it"))
    return Arrow([it], (to_text if name == "str" else to_repr)(it, kind, node, context))


def builtin_value(name: str, node: ast.expr, context: Context) -> Js:
    if node in context.inferred.shown:
        return _shown(name, context.inferred.shown[node], node, context)
    if name in ("str", "repr", "int", "float", "chr", "ord", "abs", "len", "bool", "print"):
        if name == "len":
            return context.helper("len")
        if name == "abs":
            return b.path("Math.abs")
        if name == "bool":
            return Id("Boolean")
        return context.helper(VALUES.get(name, name))
    raise context.refuse("CW073", node, what=f"`{name}`", advice="call it, or write a lambda")
