"""The order in which parts are evaluated: what a JavaScript form would ask for too late goes into a variable."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.base import Lower
from build.compiler.lower.effects import evaluated, may_act, may_fail
from build.compiler.nodes import Js, Sequence
from build.compiler.types import JS, PLAIN, DefaultT, InstanceT, members


class Order(Lower):
    """Asked wherever the lowered form looks at its parts in another order than the source."""

    def order_shows(self, one: ast.expr, other: ast.expr) -> bool:
        """Could a program tell which of the two is evaluated first?"""
        if self.acts(one) or self.acts(other):
            return not (self.is_steady(one) or self.is_steady(other))
        return may_fail(one) and may_fail(other)

    def acts(self, node: ast.expr) -> bool:
        """Could it change something, or print? Properties may, and JavaScript's methods under any name."""
        return (
            may_act(node)
            or any(
                self._is_method(item.value, item.attr if isinstance(item, ast.Attribute) else "__getitem__")
                for item in evaluated(node)
                if isinstance(item, ast.Attribute | ast.Subscript)
            )
            or any(
                isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute) and self.t(item.func.value) == JS
                for item in evaluated(node)
            )
        )

    def _is_method(self, owner: ast.expr, name: str) -> bool:
        return any(
            isinstance(kind, DefaultT) or (isinstance(kind, InstanceT) and kind.cls.find_method(name) is not None)
            for kind in members(self.t(owner))
        )

    def is_steady(self, node: ast.expr) -> bool:
        """Does it give the same, whatever other parts of the statement do?"""
        if self.acts(node) or may_fail(node):
            return False
        return all(self._is_steady_part(item) for item in evaluated(node))

    def _is_steady_part(self, item: ast.AST) -> bool:
        if isinstance(item, ast.Name):
            found = self.scope.find(item.id)
            if found is None or not (found[0].captured or found[0].has_walrus):
                return True
            return found[0].stores <= (0 if found[0].kind == "param" else 1)
        if isinstance(item, ast.Attribute):
            return item.attr not in self.program.rebound_attributes
        if isinstance(item, ast.Compare | ast.BinOp | ast.FormattedValue | ast.Starred):
            return all(self.only(part, *PLAIN) for part in ast.iter_child_nodes(item) if isinstance(part, ast.expr))
        return not isinstance(item, ast.Call)

    def is_fixed(self, node: ast.expr) -> bool:
        """Does this give the same value later? Constants, and names that are never assigned again."""
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.Name):
            found = self.scope.find(node.id)
            if found is None:
                return True
            local, _ = found
            if local.has_walrus:
                return False
            return local.stores == 0 if local.kind == "param" else local.stores <= 1 and local.kind != "comp"
        return False

    def is_settled(self, node: ast.expr) -> bool:
        """Does this give the same value later, with attributes that nothing assigns again?"""
        if isinstance(node, ast.Attribute):
            return (
                node.attr not in self.program.rebound_attributes
                and self.is_simple(node)
                and self.is_settled(node.value)
            )
        if isinstance(node, ast.BinOp):
            return self.is_settled(node.left) and self.is_settled(node.right)
        if isinstance(node, ast.JoinedStr):
            return all(self.is_settled(part.value) for part in node.values if isinstance(part, ast.FormattedValue))
        return self.is_fixed(node)

    def both(self, left_node: ast.expr, left: Js, right_node: ast.expr, right: Js) -> tuple[list[Js], Js, Js]:
        """For a form that copies the left side before it looks at the right, which may change it: what to do ahead."""
        made = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp)
        if isinstance(left_node, made) or not self.acts(right_node):
            return [], left, right
        names = [self.temp(), self.temp()]
        return [b.assign(names[0], left), b.assign(names[1], right)], names[0], names[1]

    def before(self, node: ast.expr, value: Js, *others: ast.expr) -> tuple[list[Js], Js]:
        """What to evaluate ahead of all `others`, if that shows, and what then stands for `value`."""
        if not any(self.order_shows(node, other) for other in others):
            return [], value
        first, again = self.twice(node, value)
        if first is again:  # a name or an attribute, which could change
            again = self.temp()
            first = b.assign(again, value)
        return [first], again


def after(held: list[Js], value: Js) -> Js:
    """(held, value)"""
    return Sequence([*held, value]) if len(held) > 0 else value
