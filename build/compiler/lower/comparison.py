"""Comparison, membership, conditions."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.infer.operators import SYMBOLS
from build.compiler.lower.arithmetic import Arithmetic
from build.compiler.lower.order import after
from build.compiler.lower.truth import is_counted, tells_truth
from build.compiler.nodes import Binary, Id, Js, Lit, Truth
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


class Comparison(Arithmetic):
    """Compare, BoolOp, IfExp."""

    def walked(self, node: ast.expr) -> Js:
        raise NotImplementedError

    def _BoolOp(self, node: ast.BoolOp) -> Js:
        operator = "&&" if isinstance(node.op, ast.And) else "||"
        result = self.expr(node.values[0])
        for value in node.values[1:]:
            result = Binary(operator, result, self.expr(value))
        return result

    def _IfExp(self, node: ast.IfExp) -> Js:
        folded = self.fold(node.test)
        if folded is not None:
            return self.expr(node.body if folded else node.orelse)
        return b.cond(self.expr(node.test), self.expr(node.body), self.expr(node.orelse))

    def fold(self, test: ast.expr) -> bool | None:
        """The value of a condition that the platform decides: `js.platform() == "compiled"`."""
        if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
            return False
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.fold(test.operand)
            return None if inner is None else not inner
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Call):
            return None
        right = test.comparators[0]
        callee = self.t(test.left.func)
        if not isinstance(callee, BuiltinT) or callee.name != "js.platform" or not isinstance(right, ast.Constant):
            return None
        if isinstance(test.ops[0], ast.Eq):
            return right.value == "compiled"
        return right.value != "compiled" if isinstance(test.ops[0], ast.NotEq) else None

    # Comparison

    def _Compare(self, node: ast.Compare) -> Js:
        result: Js | None = None
        left_node, left = node.left, self.expr(node.left)
        last = len(node.ops) - 1
        for index, (operator, right_node) in enumerate(zip(node.ops, node.comparators, strict=True)):
            first = again = self.expr(right_node)
            if index < last:
                first, again = self.twice(right_node, first)
            link = self.compare(SYMBOLS[type(operator)], left, first, left_node, right_node, node)
            result = link if result is None else Binary("&&", result, link)
            left_node, left = right_node, again
        assert result is not None
        result.place = result.place or self.place(node)
        return result

    def compare(self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST) -> Js:
        """One comparison, by types."""
        found = self._compared(symbol, left, right, left_node, right_node, node)
        if isinstance(found, Binary) and self._tells_truth(symbol, left_node, right_node):
            return Truth(found.operator, found.left, found.right, found.left)
        return found

    def _tells_truth(self, symbol: str, left: ast.expr, right: ast.expr) -> bool:
        if isinstance(left, ast.Call) and self._calls(left, "len") and is_counted(self.t(left.args[0])):
            symbol = "!=" if symbol == ">" else symbol
        return tells_truth(symbol, self.t(left), right)

    def _compared(
        self, symbol: str, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST
    ) -> Js:
        kinds = (self.t(left_node), self.t(right_node))
        if symbol in ("==", "!="):
            return self._equal(symbol == "==", left, right, kinds, left_node, right_node)
        if symbol in ("is", "is not"):
            return self._identical(symbol == "is", left, right, kinds)
        if symbol in ("in", "not in"):
            return self._membership(symbol == "in", left, right, left_node, right_node, node)
        return self._order(symbol, left, right, kinds, left_node, right_node)

    def _membership(
        self, positive: bool, left: Js, right: Js, left_node: ast.expr, right_node: ast.expr, node: ast.AST
    ) -> Js:
        """JavaScript asks the container, on the right, so it would look at it first."""
        held, left = self.before(left_node, left, right_node)
        kinds = (self.t(left_node), self.t(right_node))
        found = self._contains(left, right, kinds, left_node, right_node, node)
        asked = found if positive else b.negate(found)
        return after(held, asked)

    def _identical(self, positive: bool, left: Js, right: Js, kinds: tuple[Type, Type]) -> Js:
        loose = JS in kinds and NONE in kinds
        operator = ("==" if positive else "!=") if loose else ("===" if positive else "!==")
        return Binary(operator, left, right)

    def _equal(
        self, positive: bool, left: Js, right: Js, kinds: tuple[Type, Type], left_node: ast.expr, right_node: ast.expr
    ) -> Js:
        sign = "===" if positive else "!=="
        for one, other, value, other_node in (
            (left_node, right_node, left, right_node),
            (right_node, left_node, right, left_node),
        ):
            length = self._length_check(one, other_node)
            if length is not None:
                return Binary(sign, length, Lit("0"))
            del other, value
        if self.is_same_by_identity(*kinds):
            return Binary(sign, left, right)
        found = self.equality(left, right, kinds)
        return found if positive else b.negate(found)

    def equality(self, left: Js, right: Js, kinds: tuple[Type, Type]) -> Js:
        """`left == right` of values that may be equal without being the same."""
        if isinstance(kinds[0], InstanceT) and kinds[0].cls.has_equality():
            return b.method(left, "__eq__", right)
        if kinds == (BYTES, BYTES):
            return self.help("sameItems", left, right)
        if isinstance(kinds[0], ListT) and isinstance(kinds[1], ListT):
            items = (kinds[0].item, kinds[1].item)
            if self.is_same_by_identity(*items) and JS not in items:
                return self.help("sameItems", left, right)
            if all(isinstance(item, InstanceT) and item.cls.has_equality() for item in items):
                return self.help("equalItems", left, right)
        return self.help("equals", left, right)

    def is_same_by_identity(self, left: Type, right: Type) -> bool:
        """Does `===` mean what `==` means for these two types?"""
        for kind in (left, right):
            if all(member in PLAIN or self._has_identity(member) for member in members(kind)):
                return True
        return JS in (left, right)

    def _has_identity(self, kind: Type) -> bool:
        if isinstance(kind, InstanceT):
            heirs = [other for other in self.program.modules.all_classes() if kind.cls in other.family()]
            return (
                not kind.cls.is_protocol
                and not any(other.has_equality() for other in heirs)
                and not kind.cls.has_equality()
            )
        return isinstance(kind, IDENTICAL)

    def _length_check(self, node: ast.expr, zero: ast.expr) -> Js | None:
        """`len(text) == 0` needs no code points."""
        is_zero = isinstance(zero, ast.Constant) and zero.value == 0 and type(zero.value) is int
        is_len = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
        if is_zero and is_len and isinstance(node, ast.Call) and self.t(node.args[0]) == STR:
            return b.member(self.expr(node.args[0]), "length")
        return None

    def _contains(
        self, left: Js, right: Js, kinds: tuple[Type, Type], left_node: ast.expr, right_node: ast.expr, node: ast.AST
    ) -> Js:
        item, container = kinds
        if container == STR:
            return b.method(right, "includes", left)
        if container == BYTES:
            return self._in_bytes(left, right, item, left_node)
        if isinstance(container, DictT | SetT):
            return b.method(right, "has", self.as_key(left, item))
        if isinstance(container, IterT) and container.kind == "keys" and isinstance(right_node, ast.Call):
            assert isinstance(right_node.func, ast.Attribute)
            return b.method(self.expr(right_node.func.value), "has", self.as_key(left, item))
        if isinstance(container, InstanceT):
            return b.method(right, "__contains__", left)
        inner = self.inferred.iterate(node, container)  # type: ignore[arg-type]
        if isinstance(container, ListT | TupleT):
            if self.is_same_by_identity(item, inner) and (JS not in (item, inner) or inner == STR):
                return b.method(right, "includes", left)
            if (item, inner) == (BYTES, BYTES) and self.is_simple(left_node):
                it = Id(self.fresh("it"))
                return b.method(right, "some", b.arrow([it], self.help("sameItems", it, left)))
            return self.help("contains", right, left)
        if isinstance(container, IterT):
            return self.help("holds", self.walked(right_node), left)
        if all(isinstance(member, DictT | SetT) for member in members(container)):
            return b.method(right, "has", self.as_key(left, item))
        raise self.refuse(
            "CW055", node, operator="in", left=item, right=container, advice="narrow the right side first"
        )

    def _in_bytes(self, left: Js, right: Js, item: Type, left_node: ast.expr) -> Js:
        if item == BYTES:
            return self.help("bytesContain", right, left)
        if self.bits(left_node) <= 8:
            return b.method(right, "includes", left)
        return self.help("byteIn", right, left)

    def _order(
        self, symbol: str, left: Js, right: Js, kinds: tuple[Type, Type], left_node: ast.expr, right_node: ast.expr
    ) -> Js:
        if all_in(kinds[0], (*NUMBERS, JS)) and all_in(kinds[1], (*NUMBERS, JS)):
            length = self._length_check(left_node, right_node)
            return Binary(symbol, length or left, right)
        if isinstance(kinds[0], SetT):
            names = {"<=": ("isSubset", left, right), ">=": ("isSubset", right, left)}
            if symbol in names:
                name, small, large = names[symbol]
                return self.help(name, small, large)
            small, large = (left, right) if symbol == "<" else (right, left)
            return Binary(
                "&&",
                self.help("isSubset", small, large),
                Binary("!==", b.member(small, "size"), b.member(large, "size")),
            )
        if kinds == (STR, STR):
            if not self.is_ascii(left_node) and not self.is_ascii(right_node):
                left, right = self.help("ordered", left), self.help("ordered", right)
            return Binary(symbol, left, right)
        if kinds == (BYTES, BYTES):
            return Binary(symbol, self.help("toHex", left), self.help("toHex", right))
        return Binary(symbol, self.help("compare", left, right), Lit("0"))

    def is_ascii(self, node: ast.expr) -> bool:
        """Is this text known to be ASCII? Then JavaScript's own `<` orders it, and whatever it is compared with."""
        if isinstance(node, ast.Constant):
            return isinstance(node.value, str) and node.value.isascii()
        if not isinstance(node, ast.Call):
            return False
        if isinstance(node.func, ast.Attribute):
            return node.func.attr == "hex" and self.t(node.func.value) == BYTES
        return self._calls(node, "str") and self.only(node.args[0], INT, BOOL, NONE)

    def _calls(self, node: ast.expr, name: str) -> bool:
        """Is this a call of that built-in function, with arguments?"""
        callee = self.t(node.func) if isinstance(node, ast.Call) and len(node.args) > 0 else None
        return isinstance(callee, BuiltinT) and callee.name == name
