"""Comparison, membership, conditions."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from build.compiler import builders as b
from build.compiler.infer.iteration import iterate
from build.compiler.infer.operators import SYMBOLS
from build.compiler.lower.context import Context
from build.compiler.lower.iterables import is_call_of, walked
from build.compiler.lower.keys import as_key
from build.compiler.lower.order import after, held_before
from build.compiler.lower.ranges import bits
from build.compiler.lower.regular import search_test
from build.compiler.lower.truth import is_counted, tells_truth
from build.compiler.nodes import Arrow, Binary, Cond, Id, Js, Lit, Truth
from build.compiler.types import (
    BOOL,
    BYTES,
    INT,
    JS,
    NONE,
    NUMBERS,
    PLAIN,
    STR,
    BuiltinT,
    ClassT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    all_in,
    members,
)

IDENTICAL = (FunctionT, ClassT, BuiltinT)


@dataclass(frozen=True)
class Sides:
    """What is compared: as it was written, of which types, and as JavaScript so far."""

    left_node: ast.expr
    right_node: ast.expr
    kinds: tuple[Type, Type]
    left: Js
    right: Js


def visit_BoolOp(node: ast.BoolOp, context: Context) -> Js:
    operator = "&&" if isinstance(node.op, ast.And) else "||"
    result = context.expr(node.values[0])
    for value in node.values[1:]:
        result = Binary(operator, result, context.expr(value))
    return result


def visit_IfExp(node: ast.IfExp, context: Context) -> Js:
    folded = fold(node.test, context)
    if folded is not None:
        return context.expr(node.body if folded else node.orelse)
    return Cond(context.expr(node.test), context.expr(node.body), context.expr(node.orelse))


def fold(test: ast.expr, context: Context) -> bool | None:
    """The value of a condition that the platform decides: `js.platform() == "compiled"`."""
    if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
        return False
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = fold(test.operand, context)
        return None if inner is None else not inner
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Call):
        return None
    right = test.comparators[0]
    callee = context.t(test.left.func)
    if not isinstance(callee, BuiltinT) or callee.name != "js.platform" or not isinstance(right, ast.Constant):
        return None
    if isinstance(test.ops[0], ast.Eq):
        return right.value == "compiled"
    return right.value != "compiled" if isinstance(test.ops[0], ast.NotEq) else None


# Comparison

def visit_Compare(node: ast.Compare, context: Context) -> Js:
    result: Js | None = None
    left_node, left = node.left, context.expr(node.left)
    last = len(node.ops) - 1
    for index, (operator, right_node) in enumerate(zip(node.ops, node.comparators, strict=True)):
        first = again = context.expr(right_node)
        if index < last:
            first, again = context.twice(right_node, first)
        link = compare(SYMBOLS[type(operator)], left, first, left_node, right_node, node, context)
        result = link if result is None else Binary("&&", result, link)
        left_node, left = right_node, again
    assert result is not None
    result.place = result.place or context.place(node)
    return result


def compare(
    symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST, context: Context
) -> Js:
    """One comparison, by types."""
    search = search_test(symbol, left, left_node, right_node, context)
    if search is not None:
        return search
    kinds = (context.t(left_node), context.t(right_node))
    found = _compared(symbol, Sides(left_node, right_node, kinds, left, right), node, context)
    if isinstance(found, Binary) and _tells_truth(symbol, left_node, right_node, context):
        return Truth(found.operator, found.left, found.right, found.left)
    return found


def _tells_truth(symbol: str, left: ast.expr, right: ast.expr, context: Context) -> bool:
    if isinstance(left, ast.Call) and is_call_of(left, "len", context) and is_counted(context.t(left.args[0])):
        symbol = "!=" if symbol == ">" else symbol
    return tells_truth(symbol, context.t(left), right)


def _compared(symbol: str, sides: Sides, node: ast.AST, context: Context) -> Js:
    if symbol in ("==", "!="):
        return _equal(symbol == "==", sides, context)
    if symbol in ("is", "is not"):
        return _identical(symbol == "is", sides)
    if symbol in ("in", "not in"):
        return _membership(symbol == "in", sides, node, context)
    return _order(symbol, sides, context)


def _membership(positive: bool, sides: Sides, node: ast.AST, context: Context) -> Js:
    """JavaScript asks the container, on the right, so it would look at it first."""
    held, left = held_before(sides.left_node, sides.left, context, sides.right_node)
    found = _contains(replace(sides, left=left), node, context)
    asked = found if positive else b.negate(found)
    return after(held, asked)


def _identical(positive: bool, sides: Sides) -> Js:
    loose = JS in sides.kinds and NONE in sides.kinds
    operator = ("==" if positive else "!=") if loose else ("===" if positive else "!==")
    return Binary(operator, sides.left, sides.right)


def _equal(positive: bool, sides: Sides, context: Context) -> Js:
    sign = "===" if positive else "!=="
    for one, other in ((sides.left_node, sides.right_node), (sides.right_node, sides.left_node)):
        length = _length_check(one, other, context)
        if length is not None:
            return Binary(sign, length, Lit("0"))
    if is_same_by_identity(*sides.kinds, context):
        return Binary(sign, sides.left, sides.right)
    found = equality(sides.left, sides.right, sides.kinds, context)
    return found if positive else b.negate(found)


def equality(left: Js, right: Js, kinds: tuple[Type, Type], context: Context) -> Js:
    """`left == right` of values that may be equal without being the same."""
    if isinstance(kinds[0], InstanceT) and kinds[0].cls.has_equality():
        return b.method(left, "__eq__", right)
    if kinds == (BYTES, BYTES):
        return context.help("sameItems", left, right)
    if isinstance(kinds[0], ListT) and isinstance(kinds[1], ListT):
        items = (kinds[0].item, kinds[1].item)
        if is_same_by_identity(items[0], items[1], context) and JS not in items:
            return context.help("sameItems", left, right)
        if all(isinstance(item, InstanceT) and item.cls.has_equality() for item in items):
            return context.help("equalItems", left, right)
    return context.help("equals", left, right)


def is_same_by_identity(left: Type, right: Type, context: Context) -> bool:
    """Does `===` mean what `==` means for these two types?"""
    for kind in (left, right):
        if all(member in PLAIN or _has_identity(member, context) for member in members(kind)):
            return True
    return JS in (left, right)


def _has_identity(kind: Type, context: Context) -> bool:
    if isinstance(kind, InstanceT):
        related = [kind.cls, *context.program.modules.heirs(kind.cls)]
        return not kind.cls.is_protocol and not any(other.has_equality() for other in related)
    return isinstance(kind, IDENTICAL)


def _length_check(node: ast.expr, zero: ast.expr, context: Context) -> Js | None:
    """`len(text) == 0` needs no code points."""
    is_zero = isinstance(zero, ast.Constant) and zero.value == 0 and type(zero.value) is int
    is_len = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    if is_zero and is_len and isinstance(node, ast.Call) and context.t(node.args[0]) == STR:
        return b.member(context.expr(node.args[0]), "length")
    return None


def _contains(sides: Sides, node: ast.AST, context: Context) -> Js:
    left, right, right_node = sides.left, sides.right, sides.right_node
    item, container = sides.kinds
    if container == STR:
        return b.method(right, "includes", left)
    if container == BYTES:
        return _in_bytes(left, right, item, sides.left_node, context)
    if isinstance(container, DictT | SetT):
        return b.method(right, "has", as_key(left, item, context))
    if isinstance(container, IterT) and container.kind == "keys" and isinstance(right_node, ast.Call):
        assert isinstance(right_node.func, ast.Attribute)
        return b.method(context.expr(right_node.func.value), "has", as_key(left, item, context))
    if isinstance(container, InstanceT):
        return b.method(right, "__contains__", left)
    inner = iterate(node, container, context.inferred)  # type: ignore[arg-type]
    if isinstance(container, ListT | TupleT):
        if is_same_by_identity(item, inner, context) and (JS not in (item, inner) or inner == STR):
            return b.method(right, "includes", left)
        if (item, inner) == (BYTES, BYTES) and context.is_simple(sides.left_node):
            it = Id(context.fresh("it"))
            return b.method(right, "some", Arrow([it], context.help("sameItems", it, left)))
        return context.help("contains", right, left)
    if isinstance(container, IterT):
        return context.help("holds", walked(right_node, context), left)
    if all(isinstance(member, DictT | SetT) for member in members(container)):
        return b.method(right, "has", as_key(left, item, context))
    raise context.refuse("CW055", node, operator="in", left=item, right=container, advice="narrow the right side first")


def _in_bytes(left: Js, right: Js, item: Type, left_node: ast.expr, context: Context) -> Js:
    if item == BYTES:
        return context.help("bytesContain", right, left)
    if bits(left_node, context) <= 8:
        return b.method(right, "includes", left)
    return context.help("byteIn", right, left)


def _order(symbol: str, sides: Sides, context: Context) -> Js:
    left, right, kinds = sides.left, sides.right, sides.kinds
    if all_in(kinds[0], (*NUMBERS, JS)) and all_in(kinds[1], (*NUMBERS, JS)):
        length = _length_check(sides.left_node, sides.right_node, context)
        return Binary(symbol, length or left, right)
    if isinstance(kinds[0], SetT):
        names = {"<=": ("isSubset", left, right), ">=": ("isSubset", right, left)}
        if symbol in names:
            name, small, large = names[symbol]
            return context.help(name, small, large)
        small, large = (left, right) if symbol == "<" else (right, left)
        return Binary(
            "&&",
            context.help("isSubset", small, large),
            Binary("!==", b.member(small, "size"), b.member(large, "size")),
        )
    if kinds == (STR, STR):
        if not is_ascii(sides.left_node, context) and not is_ascii(sides.right_node, context):
            left, right = context.help("ordered", left), context.help("ordered", right)
        return Binary(symbol, left, right)
    if kinds == (BYTES, BYTES):
        return Binary(symbol, context.help("toHex", left), context.help("toHex", right))
    return Binary(symbol, context.help("compare", left, right), Lit("0"))


def is_ascii(node: ast.expr, context: Context) -> bool:
    """Is this text known to be ASCII? Then JavaScript's own `<` orders it, and whatever it is compared with."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value.isascii()
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr == "hex" and context.t(node.func.value) == BYTES
    return is_call_of(node, "str", context) and context.only(node.args[0], INT, BOOL, NONE)
