"""Arithmetic, bits, joining and repeating."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.conversions import is_negative
from build.compiler.infer.operators import SYMBOLS
from build.compiler.lower.context import Context
from build.compiler.lower.order import after, held_before, held_both
from build.compiler.lower.ranges import bits, is_nonnegative, is_positive, is_small
from build.compiler.nodes import Array, Binary, Call, Id, Index, Js, Lit, New, Spread, Unary
from build.compiler.types import BOOL, BYTES, INT, JS, NUMBERS, STR, CounterT, DictT, SetT, Type, all_in


def visit_BinOp(node: ast.BinOp, context: Context) -> Js:
    symbol = SYMBOLS[type(node.op)]
    left, right = context.expr(node.left), context.expr(node.right)
    result = operate(symbol, left, right, node.left, node.right, node, context)
    result.place = result.place or context.place(node)
    return result


def operate(
    symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST, context: Context
) -> Js:
    """`left symbol right` by the types of the operands' nodes."""
    kinds = (context.t(left_node), context.t(right_node))
    if JS in kinds:
        return Binary(symbol, left, right)
    if all_in(kinds[0], NUMBERS) and all_in(kinds[1], NUMBERS):
        return _number(symbol, left, right, left_node, right_node, context)
    if kinds == (BOOL, BOOL):
        return _bools(symbol, left, right)
    if isinstance(kinds[0], CounterT):
        return context.help("joinCounters", b.text(symbol), left, right)
    if symbol == "+":
        return _join(left, right, left_node, right_node, context)
    if symbol == "*":
        held, left = held_before(left_node, left, context, right_node) if kinds[0] == INT else ([], left)
        return after(held, _repeat(left, right, kinds, context))
    if isinstance(kinds[0], SetT) and symbol != "|":
        return _sets(symbol, left, right, context)
    if isinstance(kinds[0], DictT | SetT):
        made = Id("Map" if isinstance(kinds[0], DictT) else "Set")
        held, left, right = held_both(left_node, left, right_node, right, context)
        return after(held, New(made, [Array([Spread(left), Spread(right)])]))
    raise context.refuse("CW055", node, operator=symbol, left=kinds[0], right=kinds[1], advice="convert one side")


def _number(symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js:
    ints = context.is_int(left_node) and context.is_int(right_node)
    if symbol == "*" and ints and not keeps_zero(context, left_node, right_node):
        return Binary("+", Binary("*", left, right), Lit("0"))
    if symbol in ("+", "-", "*"):
        return Binary(symbol, left, right)
    if symbol == "**":
        return raised_to(left, right, left_node, right_node, context)
    nonzero = isinstance(right_node, ast.Constant) and right_node.value != 0
    if symbol == "/":
        nonzero = nonzero or (context.is_int(right_node) and is_positive(right_node, context))
        if not nonzero and context.is_int(right_node):
            return Binary("/", left, Binary("||", right, context.help("byZero")))
        return Binary("/", left, right) if nonzero else context.help("divide", left, right)
    if symbol in ("//", "%") and not ints:
        return Index(context.help("floatDivmod", left, right), Lit("0" if symbol == "//" else "1"))
    positive = is_positive(right_node, context)
    if symbol == "//":
        if positive:
            return b.call(b.path("Math.floor"), Binary("/", left, right))
        return context.help("floorDivide", left, right)
    if symbol == "%":
        if positive and is_nonnegative(left_node, context):
            return Binary("%", left, right)
        return context.help("modulo" if positive else "checkedModulo", left, right)
    return _bits(symbol, left, right, left_node, right_node, context)


def keeps_zero(context: Context, *factors: ast.expr) -> bool:
    """Is the product never JavaScript's -0? That has no text of its own, but shows once it becomes a float."""
    return any(is_positive(one, context) for one in factors) or all(is_nonnegative(one, context) for one in factors)


def _bits(symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js:
    if symbol == "&":
        masks = [bits(left_node, context), bits(right_node, context)]
        if min(masks) <= 31:
            return Binary("&", _signed(left), _signed(right))
        if min(masks) <= 32:
            return Binary(">>>", Binary("&", _shifted(_signed(left), left_node), _signed(right)), Lit("0"))
        return context.help("bitAnd", left, right)
    if symbol in ("|", "^"):
        if is_small(left_node, context) and is_small(right_node, context):
            return Binary(symbol, left, right)
        if bits(left_node, context) <= 32 and bits(right_node, context) <= 32:
            return Binary(">>>", Binary(symbol, _signed(left), _signed(right)), Lit("0"))
        return context.help("bitOr" if symbol == "|" else "bitXor", left, right)
    return _shift(symbol, left, right, left_node, right_node, context)


def _shift(symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js:
    constant = (
        right_node.value if isinstance(right_node, ast.Constant) and isinstance(right_node.value, int) else None
    )
    if symbol == "<<":
        if constant is not None and bits(left_node, context) + constant <= 31:
            return Binary("<<", left, right)
        if constant is not None and 0 <= constant < 53:
            return Binary("*", left, b.number(2**constant))
        power = Binary("**", Lit("2"), _natural(right, right_node, context))
        is_one = isinstance(left_node, ast.Constant) and left_node.value == 1
        return power if is_one else Binary("*", left, power)
    if constant is not None and bits(left_node, context) <= 32 and constant < 32:
        return Binary(">>" if is_small(left_node, context) else ">>>", _signed(left), right)
    divisor = (
        b.number(2**constant)
        if constant is not None and 0 <= constant < 53
        else Binary("**", Lit("2"), _natural(right, right_node, context))
    )
    return b.call(b.path("Math.floor"), Binary("/", left, divisor))


def _natural(count: Js, node: ast.expr, context: Context) -> Js:
    """By how many bits to shift: Python raises where it is negative."""
    return count if is_nonnegative(node, context) else context.help("natural", count)


def raised_to(left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js:
    """`left ** right`; with a negative exponent Python makes a float of ints, which their type does not say."""
    if context.is_int(left_node) and context.is_int(right_node) and not is_negative(right_node):
        return Binary("**", left, _natural(right, right_node, context))
    return context.help("power", left, right)


def _bools(symbol: str, left: Js, right: Js) -> Js:
    if symbol == "^":
        return Binary("!==", left, right)
    return Binary("===", Binary(symbol, left, right), Lit("1"))


def _join(left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, context: Context) -> Js:
    kind = context.t(left_node)
    if kind == STR:
        return Binary("+", left, right)
    if kind == BYTES:
        return context.help("concatBytes", Array([*_parts(left), *_parts(right)]))
    held, left, right = held_both(left_node, left, right_node, right, context)
    return after(held, Array([*_spread(left), *_spread(right)]))


def _repeat(left: Js, right: Js, kinds: tuple[Type, Type], context: Context) -> Js:
    value, times, kind = (left, right, kinds[0]) if kinds[1] == INT else (right, left, kinds[1])
    if kind == STR:
        if isinstance(times, Lit):
            return b.method(value, "repeat", times)
        return b.method(value, "repeat", b.call(b.path("Math.max"), Lit("0"), times))
    if isinstance(value, Array) and len(value.items) == 1 and not isinstance(value.items[0], Spread):
        return context.help("repeatItem", value.items[0], times)
    return context.help("repeatBytes" if kind == BYTES else "repeatList", value, times)


def _sets(symbol: str, left: Js, right: Js, context: Context) -> Js:
    names = {"&": "intersection", "-": "difference", "^": "symmetricDifference"}
    return context.help(names[symbol], left, right)


def visit_UnaryOp(node: ast.UnaryOp, context: Context) -> Js:
    value = context.expr(node.operand)
    if isinstance(node.op, ast.Not):
        return b.negate(value)
    if isinstance(node.op, ast.Invert):
        return Binary("-", Unary("-", value), Lit("1"))
    if isinstance(node.op, ast.UAdd):
        return value
    is_number = isinstance(node.operand, ast.Constant) and node.operand.value != 0
    if context.is_int(node.operand) and not is_number:
        return Binary("-", Lit("0"), value)
    return Unary("-", value)


def _shifted(left: Js, node: ast.expr) -> Js:
    """A product that is an int, shifted by less than 32 bits where only its last 32 bits count: `<<` is faster."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.LShift) or not isinstance(left, Binary):
        return left
    count = node.right.value if isinstance(node.right, ast.Constant) else None
    fits = left.operator == "*" and isinstance(count, int) and count < 32
    return Binary("<<", _signed(left.left), Lit(str(count))) if fits else left


def _signed(node: Js) -> Js:
    """What `>>> 0` makes a word, without that: JavaScript's bit operators read both the same."""
    is_word = isinstance(node, Binary) and node.operator == ">>>" and node.right == Lit("0")
    return node.left if is_word and isinstance(node, Binary) else node


def _parts(node: Js) -> list[Js]:
    """`a + b + c` of bytes is one call."""
    if isinstance(node, Call) and getattr(node.callee, "name", "") == "concatBytes" and isinstance(node.args[0], Array):
        return node.args[0].items
    return [node]


def _spread(node: Js) -> list[Js]:
    return node.items if isinstance(node, Array) else [Spread(node)]
