"""What is known about ints without running the program: signs, and how many bits they take."""

from __future__ import annotations

import ast

from build.compiler.lower.nothing import Nothing
from build.compiler.scope import Scope
from build.compiler.symbols import Variable
from build.compiler.types import BYTES, INT, BuiltinT
from build.compiler.uses import Local, Use

UNKNOWN = 99
WORD = 32
NATURAL = ("len", "ord", "abs")


class Ranges(Nothing):
    """`is_nonnegative`, `is_positive`, `bits`: all give up at once where they cannot see."""

    assumed: frozenset[Local] = frozenset()
    words: frozenset[Local] = frozenset()

    def is_nonnegative(self, node: ast.expr) -> bool:
        """Is this int known to be zero or more?"""
        return self._is_at_least(node, 0)

    def is_positive(self, node: ast.expr) -> bool:
        """Is this int known to be more than zero?"""
        return self._is_at_least(node, 1)

    def _is_at_least(self, node: ast.expr, least: int) -> bool:
        """`least` is 0 or 1."""
        if isinstance(node, ast.Constant):
            return type(node.value) is int and node.value >= least
        if isinstance(node, ast.Name):
            return self._name_at_least(node.id, least)
        if isinstance(node, ast.IfExp):
            return self._is_at_least(node.body, least) and self._is_at_least(node.orelse, least)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call_at_least(node, node.func.id, least)
        if isinstance(node, ast.Subscript):
            return least == 0 and self.t(node.value) == BYTES
        return isinstance(node, ast.BinOp) and self._result_at_least(node.left, node.op, node.right, least)

    def _call_at_least(self, node: ast.Call, name: str, least: int) -> bool:
        if not isinstance(self.t(node.func), BuiltinT) or len(node.keywords) > 0:
            return False
        if name == "max":
            return len(node.args) > 1 and any(self._is_at_least(item, least) for item in node.args)
        if name == "min":
            return len(node.args) > 1 and all(self._is_at_least(item, least) for item in node.args)
        return least == 0 and name in NATURAL and self.t(node) == INT

    def _result_at_least(self, left: ast.expr, op: ast.operator, right: ast.expr, least: int) -> bool:
        if isinstance(op, ast.Pow | ast.LShift):
            return self._is_at_least(left, least)
        if isinstance(op, ast.Mod):
            return least == 0 and self.is_positive(right)
        if isinstance(op, ast.BitAnd):
            return least == 0 and (self.is_nonnegative(left) or self.is_nonnegative(right))
        if isinstance(op, ast.Mult):
            return self._is_at_least(left, least) and self._is_at_least(right, least)
        if isinstance(op, ast.Sub) or not (self.is_nonnegative(left) and self.is_nonnegative(right)):
            return False
        grows = isinstance(op, ast.Add | ast.BitOr)
        return least == 0 or (grows and (self.is_positive(left) or self.is_positive(right)))

    # Names

    def constant(self, name: str) -> ast.expr | None:
        """The value of a module's constant, of this module or an imported one."""
        known = self.program.modules.resolve(self.module, name) if self.scope.find(name) is None else None
        return known.value if isinstance(known, Variable) and known.assignments == 1 else None

    def _name_at_least(self, name: str, least: int) -> bool:
        found = self.scope.find(name)
        if found is None:
            value = self.constant(name)
            return value is not None and _is_written_out(value) and self._is_at_least(value, least)
        local, scope = found
        if local in self.assumed:
            return least == 0
        if local.kind == "param" or least > 0:
            return False
        return self._local_is_natural(local, scope)

    def _local_is_natural(self, local: Local, scope: Scope) -> bool:
        """Does every assignment give zero or more, when the ones before did?"""
        saved = self.scope, self.assumed
        self.scope, self.assumed = scope, self.assumed | {local}
        try:
            if local.kind == "comp":
                return any(_takes(item.target, local) and self._counts(item) for item in scope.node.generators)  # type: ignore[attr-defined]
            return all(self._stores_natural(use, local) for use in local.uses if use.how != "load")
        finally:
            self.scope, self.assumed = saved

    def _stores_natural(self, use: Use, local: Local) -> bool:
        node = use.path[-1].statement if len(use.path) > 0 and not use.inner and use.how != "walrus" else None
        if isinstance(node, ast.AugAssign):
            return self._result_at_least(node.target, node.op, node.value, 0)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            return self.is_nonnegative(node.value)
        if isinstance(node, ast.AnnAssign):
            return node.value is not None and self.is_nonnegative(node.value)
        return isinstance(node, ast.For) and _takes(node.target, local) and self._counts(node)

    def _counts(self, node: ast.For | ast.comprehension) -> bool:
        """Does the first target of this loop count upwards from zero or more, or take bytes?"""
        call = node.iter
        if self.t(call) == BYTES:
            return isinstance(node.target, ast.Name)
        callee = self.t(call.func) if isinstance(call, ast.Call) else None
        if not isinstance(call, ast.Call) or not isinstance(callee, BuiltinT) or len(call.keywords) > 0:
            return False
        if callee.name == "enumerate":
            return isinstance(node.target, ast.Tuple) and len(call.args) == 1
        if callee.name != "range" or not isinstance(node.target, ast.Name) or len(call.args) == 0:
            return False
        steps = len(call.args) < 3 or self.is_nonnegative(call.args[2])
        return steps and (len(call.args) == 1 or self.is_nonnegative(call.args[0]))

    # Bits

    def is_small(self, node: ast.expr) -> bool:
        """Is this int known to lie in 0 .. 2**31 - 1, where JavaScript's bit operators agree with Python's?"""
        return self.bits(node) <= 31

    def bits(self, node: ast.expr) -> int:
        """How many bits hold this non-negative int; UNKNOWN when that is not known."""
        if isinstance(node, ast.Name):
            return self._name_bits(node.id)
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value >= 0:
            return node.value.bit_length()
        if isinstance(node, ast.Subscript) and self.t(node.value) == BYTES:
            return 8
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ord":
            return 21
        if isinstance(node, ast.BinOp):
            return self._bits_of(node.op, self.bits(node.left), self.bits(node.right), node.right)
        if isinstance(node, ast.IfExp):
            return max(self.bits(node.body), self.bits(node.orelse))
        return UNKNOWN

    def _name_bits(self, name: str) -> int:
        """Of a local no more is asked than whether it is a word of 32 bits, wherever it is assigned."""
        found = self.scope.find(name)
        if found is None:
            value = self.constant(name)
            return self.bits(value) if isinstance(value, ast.Constant) else UNKNOWN
        local, scope = found
        if local in self.words:
            return WORD
        if local.kind in ("param", "comp"):
            return UNKNOWN
        saved = self.scope, self.words
        self.scope, self.words = scope, self.words | {local}
        try:
            return WORD if all(self._stores_word(use) for use in local.uses if use.how != "load") else UNKNOWN
        finally:
            self.scope, self.words = saved

    def _stores_word(self, use: Use) -> bool:
        node = use.path[-1].statement if len(use.path) > 0 and not use.inner and use.how != "walrus" else None
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            return self.bits(node.value) <= WORD
        return isinstance(node, ast.AnnAssign) and node.value is not None and self.bits(node.value) <= WORD

    def _bits_of(self, op: ast.operator, left: int, right: int, count: ast.expr) -> int:
        if isinstance(op, ast.BitAnd):
            return min(left, right)
        if isinstance(op, ast.BitOr | ast.BitXor):
            return max(left, right)
        if isinstance(op, ast.Mod) and isinstance(count, ast.Constant) and type(count.value) is int and count.value > 0:
            return (count.value - 1).bit_length()
        if isinstance(op, ast.Add):
            return max(left, right) + 1
        if isinstance(count, ast.Constant) and type(count.value) is int and count.value >= 0:
            if isinstance(op, ast.LShift):
                return left + count.value
            if isinstance(op, ast.RShift):
                return max(0, left - count.value) if left < UNKNOWN else UNKNOWN
        return UNKNOWN


def _takes(target: ast.expr, local: Local) -> bool:
    """Is this name the target of a loop, or the first of its targets?"""
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return isinstance(first, ast.Name) and first.id == local.name


def _is_written_out(value: ast.expr) -> bool:
    """Does it say the same in every module?"""
    return not any(isinstance(part, ast.Name) for part in ast.walk(value))
