"""Calls of what returns None: JavaScript's functions give undefined, or whatever their last step gave."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.keys import Keys
from build.compiler.nodes import Binary, Js, Sequence
from build.compiler.types import NONE, BuiltinT, FunctionT, InstanceT, Type, has_none, is_unknown, members


class Nothing(Keys):
    """`or_none` gives a call's value as Python has it; `drop` marks where nobody looks at it."""

    def answers(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Must it give null where it gives nothing? Not if annotated `-> None`, unless it stands for what is not."""
        if not is_none(node.returns):
            return True
        cls = self.cls
        if cls is None or cls.methods.get(node.name) is None or cls.methods[node.name].node is not node:
            return False
        above = [*cls.family()[1:], *self.program.exposure.protocols(cls)]
        known = [other.methods[node.name].node.returns for other in above if node.name in other.methods]
        return not all(map(is_none, known))

    def drop(self, node: ast.expr) -> None:
        """Nobody looks at this value."""
        self.dropped.add(node)
        if isinstance(node, ast.IfExp):
            self.drop(node.body)
            self.drop(node.orelse)
        elif isinstance(node, ast.Await):
            self.drop(node.value)
        elif isinstance(node, ast.ListComp):
            self.drop(node.elt)

    def or_none(self, node: ast.expr, value: Js) -> Js:
        """The value, None where it has no other."""
        if node in self.dropped:
            return value
        kind = self.t(node)
        if kind == NONE and not self._is_field(node):
            return Sequence([value, b.NULL], place=value.place)
        if isinstance(node, ast.Call) and self._is_value(node.func) and self._may_be_nothing(self.t(node.func), kind):
            return Binary("??", value, b.NULL, place=value.place)
        return value

    def _is_field(self, node: ast.expr) -> bool:
        """The default of a field stands where the call does."""
        return isinstance(node, ast.Call) and self.t(node.func) == BuiltinT("dataclasses.field")

    def _is_value(self, node: ast.expr) -> bool:
        """Not a method of a built-in type: those never give undefined."""
        return not isinstance(node, ast.Attribute) or isinstance(self.t(node.value), InstanceT)

    def _may_be_nothing(self, callee: Type, result: Type) -> bool:
        """Does it call a value that may be a function which returns None?"""
        vague = any(
            isinstance(member, FunctionT) and not member.visible and member.result in self.program.needs.nothing
            for member in members(callee)
        )
        return vague and (is_unknown(result) or has_none(result))


def is_none(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Constant) and annotation.value is None
