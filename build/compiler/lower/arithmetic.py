"""Arithmetic, bits, joining and repeating."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.conversions import is_negative
from build.compiler.infer.operators import SYMBOLS
from build.compiler.lower.order import after
from build.compiler.lower.text import Text
from build.compiler.nodes import Array, Binary, Call, Id, Index, Js, Lit, New, Spread, Unary
from build.compiler.types import BOOL, BYTES, INT, JS, NUMBERS, STR, CounterT, DictT, SetT, Type, all_in


class Arithmetic(Text):
    """BinOp, UnaryOp."""

    def _BinOp(self, node: ast.BinOp) -> Js:
        symbol = SYMBOLS[type(node.op)]
        left, right = self.expr(node.left), self.expr(node.right)
        result = self.operate(symbol, left, right, node.left, node.right, node)
        result.place = result.place or self.place(node)
        return result

    def operate(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST) -> Js:
        """`left symbol right` by the types of the operands' nodes."""
        kinds = (self.t(left_node), self.t(right_node))
        if JS in kinds:
            return Binary(symbol, left, right)
        if all_in(kinds[0], NUMBERS) and all_in(kinds[1], NUMBERS):
            return self._number(symbol, left, right, left_node, right_node)
        if kinds == (BOOL, BOOL):
            return self._bools(symbol, left, right)
        if isinstance(kinds[0], CounterT):
            return self.help("joinCounters", b.text(symbol), left, right)
        if symbol == "+":
            return self._join(left, right, left_node, right_node)
        if symbol == "*":
            held, left = self.before(left_node, left, right_node) if kinds[0] == INT else ([], left)
            return after(held, self._repeat(left, right, kinds))
        if isinstance(kinds[0], SetT) and symbol != "|":
            return self._sets(symbol, left, right)
        if isinstance(kinds[0], DictT | SetT):
            made = Id("Map" if isinstance(kinds[0], DictT) else "Set")
            held, left, right = self.both(left_node, left, right_node, right)
            return after(held, New(made, [Array([Spread(left), Spread(right)])]))
        raise self.refuse("CW055", node, operator=symbol, left=kinds[0], right=kinds[1], advice="convert one side")

    def _number(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr) -> Js:
        ints = self.is_int(left_node) and self.is_int(right_node)
        if symbol == "*" and ints and not self.keeps_zero(left_node, right_node):
            return Binary("+", Binary("*", left, right), Lit("0"))
        if symbol in ("+", "-", "*"):
            return Binary(symbol, left, right)
        if symbol == "**":
            return self.power(left, right, left_node, right_node)
        nonzero = isinstance(right_node, ast.Constant) and right_node.value != 0
        if symbol == "/":
            nonzero = nonzero or (self.is_int(right_node) and self.is_positive(right_node))
            if not nonzero and self.is_int(right_node):
                return Binary("/", left, Binary("||", right, self.help("byZero")))
            return Binary("/", left, right) if nonzero else self.help("divide", left, right)
        if symbol in ("//", "%") and not ints:
            return Index(self.help("floatDivmod", left, right), Lit("0" if symbol == "//" else "1"))
        positive = self.is_positive(right_node)
        if symbol == "//":
            if positive:
                return b.call(b.path("Math.floor"), Binary("/", left, right))
            return self.help("floorDivide", left, right)
        if symbol == "%":
            if positive and self.is_nonnegative(left_node):
                return Binary("%", left, right)
            return self.help("modulo" if positive else "checkedModulo", left, right)
        return self._bits(symbol, left, right, left_node, right_node)

    def keeps_zero(self, *factors: ast.expr) -> bool:
        """Is the product never JavaScript's -0? That has no text of its own, but shows once it becomes a float."""
        return any(map(self.is_positive, factors)) or all(map(self.is_nonnegative, factors))

    def _bits(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr) -> Js:
        if symbol == "&":
            masks = [self.bits(left_node), self.bits(right_node)]
            if min(masks) <= 31:
                return Binary("&", _signed(left), _signed(right))
            if min(masks) <= 32:
                return Binary(">>>", Binary("&", _shifted(_signed(left), left_node), _signed(right)), Lit("0"))
            return self.help("bitAnd", left, right)
        if symbol in ("|", "^"):
            if self.is_small(left_node) and self.is_small(right_node):
                return Binary(symbol, left, right)
            if self.bits(left_node) <= 32 and self.bits(right_node) <= 32:
                return Binary(">>>", Binary(symbol, _signed(left), _signed(right)), Lit("0"))
            return self.help("bitOr" if symbol == "|" else "bitXor", left, right)
        return self._shift(symbol, left, right, left_node, right_node)

    def _shift(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr) -> Js:
        constant = (
            right_node.value if isinstance(right_node, ast.Constant) and isinstance(right_node.value, int) else None
        )
        if symbol == "<<":
            if constant is not None and self.bits(left_node) + constant <= 31:
                return Binary("<<", left, right)
            if constant is not None and 0 <= constant < 53:
                return Binary("*", left, b.number(2**constant))
            power = Binary("**", Lit("2"), self._natural(right, right_node))
            is_one = isinstance(left_node, ast.Constant) and left_node.value == 1
            return power if is_one else Binary("*", left, power)
        if constant is not None and self.bits(left_node) <= 32 and constant < 32:
            return Binary(">>" if self.is_small(left_node) else ">>>", _signed(left), right)
        divisor = (
            b.number(2**constant)
            if constant is not None and 0 <= constant < 53
            else Binary("**", Lit("2"), self._natural(right, right_node))
        )
        return b.call(b.path("Math.floor"), Binary("/", left, divisor))

    def _natural(self, count: Js, node: ast.expr) -> Js:
        """By how many bits to shift: Python raises where it is negative."""
        return count if self.is_nonnegative(node) else self.help("natural", count)

    def power(self, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr) -> Js:
        """`left ** right`; with a negative exponent Python makes a float of ints, which their type does not say."""
        if self.is_int(left_node) and self.is_int(right_node) and not is_negative(right_node):
            return Binary("**", left, self._natural(right, right_node))
        return self.help("power", left, right)

    def _bools(self, symbol: str, left: Js, right: Js) -> Js:
        if symbol == "^":
            return Binary("!==", left, right)
        return Binary("===", Binary(symbol, left, right), Lit("1"))

    def _join(self, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr) -> Js:
        kind = self.t(left_node)
        if kind == STR:
            return Binary("+", left, right)
        if kind == BYTES:
            return self.help("concatBytes", Array([*_parts(left), *_parts(right)]))
        held, left, right = self.both(left_node, left, right_node, right)
        return after(held, Array([*_spread(left), *_spread(right)]))

    def _repeat(self, left: Js, right: Js, kinds: tuple[Type, Type]) -> Js:
        value, times, kind = (left, right, kinds[0]) if kinds[1] == INT else (right, left, kinds[1])
        if kind == STR:
            if isinstance(times, Lit):
                return b.method(value, "repeat", times)
            return b.method(value, "repeat", b.call(b.path("Math.max"), Lit("0"), times))
        return self.help("repeatBytes" if kind == BYTES else "repeatList", value, times)

    def _sets(self, symbol: str, left: Js, right: Js) -> Js:
        names = {"&": "intersection", "-": "difference", "^": "symmetricDifference"}
        return self.help(names[symbol], left, right)

    def _UnaryOp(self, node: ast.UnaryOp) -> Js:
        value = self.expr(node.operand)
        if isinstance(node.op, ast.Not):
            return b.negate(value)
        if isinstance(node.op, ast.Invert):
            return Binary("-", Unary("-", value), Lit("1"))
        if isinstance(node.op, ast.UAdd):
            return value
        is_number = isinstance(node.operand, ast.Constant) and node.operand.value != 0
        if self.is_int(node.operand) and not is_number:
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
