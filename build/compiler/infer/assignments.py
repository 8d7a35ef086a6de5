"""Assignment statements."""

from __future__ import annotations

import ast

from build.compiler.infer.operators import SYMBOLS
from build.compiler.infer.stores import Stores
from build.compiler.symbols import Variable
from build.compiler.types import FLOAT, INT, NEVER, CounterT, DequeT, DictT, InstanceT, ListT, PatternT, SetT, Type


class Assignments(Stores):
    """Assign, AnnAssign, AugAssign."""

    def _s_Assign(self, node: ast.Assign) -> None:
        if not isinstance(self.scope.node, ast.Module) or not self._is_declaration(node):
            want = self._declared(node.targets[0])
            kind = self.expr(node.value, want)
            self.keep(node.value, kind)
            for target in node.targets:
                self.assign(target, kind, node.value)

    def _is_declaration(self, node: ast.Assign) -> bool:
        """Aliases and type variables are erased."""
        target = node.targets[0]
        symbol = self.module.symbols.get(target.id) if isinstance(target, ast.Name) else None
        return symbol is not None and not isinstance(symbol, Variable)

    def _is_erased(self, target: ast.expr) -> bool:
        known = self.module.symbols.get(target.id) if isinstance(target, ast.Name) else None
        return known is not None and not isinstance(known, Variable)

    def _s_AnnAssign(self, node: ast.AnnAssign) -> None:
        if self.scope is self.scopes.module and self._is_erased(node.target):
            return
        declared = self.program.annotations.type_of(node.annotation, self.module, self.cls)
        bare_final = isinstance(node.annotation, ast.Name | ast.Attribute) and ast.unparse(node.annotation).endswith(
            "Final"
        )
        if node.value is None:
            return
        kind = self.expr(node.value, None if bare_final else declared)
        self.keep(node.value, kind)
        if bare_final or isinstance(kind, PatternT):
            declared = kind
        self.flow_into(node.value, kind, declared)
        self.assign(node.target, kind, node.value, declared)

    def _s_AugAssign(self, node: ast.AugAssign) -> None:
        symbol = SYMBOLS[type(node.op)]
        target = node.target
        left = self.expr(_as_load(target))
        self.check_place(target)
        self._check_in_place(target, left)
        if isinstance(left, CounterT) or (isinstance(left, DequeT) and symbol != "+"):
            right = self.expr(node.value)
            advice = "write the assignment out"
            self.refuse("CW055", node, operator=f"{symbol}=", left=left, right=right, advice=advice)
            return
        right = self.expr(node.value, left if isinstance(left, ListT | SetT | DictT) else None)
        if isinstance(left, ListT) and symbol == "+":
            if left.item == NEVER:
                self.widen(_as_load(target), ListT(self.iterate(node.value, right)))
            self.types[target] = left
            return
        if isinstance(left, SetT | DictT):
            self.types[target] = left
            return
        kind = self.operate(node, symbol, left, right)
        if left == INT and kind == FLOAT:
            declared = self._declared(target)
            if declared == INT:
                self.refuse(
                    "CW055", node, operator=f"{symbol}=", left=left, right=right, advice="declare the target as float"
                )
        if left == FLOAT and kind == INT:
            self.refuse("CW060", node)
        self.types[target] = left
        if isinstance(target, ast.Name):
            self.forget(target.id)
            self.remember(target.id, kind)

    def _check_in_place(self, target: ast.expr, kind: Type) -> None:
        """A list, set or dict is changed where it is; a slice and a property must be stored too."""
        is_slice = isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Slice)
        owner = self.types.get(target.value) if isinstance(target, ast.Attribute) else None
        setter = (
            owner.cls.find_setter(target.attr)
            if isinstance(owner, InstanceT) and isinstance(target, ast.Attribute)
            else None
        )
        if is_slice:
            self.refuse("CW074", target, what="a slice in place", advice="build a new list")
        elif setter is not None and isinstance(kind, ListT | SetT | DictT):
            self.refuse("CW074", target, what="a property in place", advice="write the assignment out")


def _as_load(target: ast.expr) -> ast.expr:
    """The same place, read; the node itself keeps its identity."""
    return target
