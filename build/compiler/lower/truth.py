"""Which comparisons tell no more than what JavaScript takes for true.

To JavaScript "", 0, NaN, null, undefined and false are false and all else is true. Where the type on the left leaves
only one of them, and the comparison is with that one, asking for the value itself is the same.
"""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.context import Context
from build.compiler.nodes import Binary, Js, Lit, Member, Truth
from build.compiler.symbols import ClassInfo
from build.compiler.types import (
    BYTES,
    INT,
    NONE,
    STR,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    ListT,
    SetT,
    TupleT,
    Type,
    has_none,
    members,
    without_none,
)

COUNTED = (STR, BYTES)
# How the only value of a type is written that is false to JavaScript. A float may be 0.0 or NaN.
FALSE: dict[Type, str] = {STR: "''", INT: "0"}


def on_truth(node: ast.expr, value: Js, context: Context) -> Js:
    """Is it true to Python? Of a type whose truth is plain (`infer/truth.py`)."""
    kind = context.t(node)
    rest = without_none(kind)
    if rest == STR:
        return Truth("!==", Binary("??", value, b.text("")) if has_none(kind) else value, b.text(""), value)
    if has_none(kind):
        return Truth("!==", value, b.NULL, value)
    size = Member(value, "size" if isinstance(members(kind)[0], DictT | SetT) else "length")
    return Truth(">", size, Lit("0"), size)


def tells_truth(symbol: str, kind: Type, right: ast.expr) -> bool:
    """`symbol` compares something of type `kind` with `right`."""
    if not isinstance(right, ast.Constant):
        return False
    if symbol in ("is", "is not"):
        return right.value is None and _is_thing(kind)
    return symbol in ("==", "!=") and FALSE.get(kind) == repr(right.value)


def is_counted(kind: Type) -> bool:
    """Is its length never below 0, whatever a class of ours says?"""
    return all(member in COUNTED or isinstance(member, ListT | TupleT | DictT | SetT) for member in members(kind))


def _is_thing(kind: Type) -> bool:
    """Is all of it, None aside, an object?"""
    things = [member for member in members(kind) if member != NONE]
    return len(things) > 0 and all(map(_is_object, things))


def _is_object(kind: Type) -> bool:
    if isinstance(kind, InstanceT):
        return not (kind.cls.is_protocol and _may_be_plain(kind.cls))
    if isinstance(kind, ListT):
        return kind.exact  # a Sequence may be a text
    return kind == BYTES or isinstance(kind, TupleT | DictT | SetT | FunctionT | ClassT)


def _may_be_plain(protocol: ClassInfo) -> bool:
    """Have texts or numbers all that it asks for?"""
    asked = {name for cls in protocol.family() for name in (*cls.fields, *cls.methods, *cls.setters)}
    return any(asked <= set(dir(plain)) for plain in (str, int, float))
