"""Assignment in all its forms, del."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.collect import target_names
from build.compiler.infer.operators import SYMBOLS
from build.compiler.lower.expressions import Expressions
from build.compiler.lower.keys import is_by_value
from build.compiler.nodes import Array, Assign, Binary, Id, Index, Js, Let, Lit, Member, Spread
from build.compiler.types import (
    BYTES,
    INT,
    JS,
    NUMBERS,
    STR,
    CounterT,
    DequeT,
    DictT,
    InstanceT,
    ListT,
    PatternT,
    SetT,
    TupleT,
    Type,
    all_in,
    has_none,
)
from build.compiler.uses import Local


class Assignments(Expressions):
    """Assign, AnnAssign, AugAssign, Delete."""

    def declare_kind(self, name: str) -> str:
        """const for a name that is stored once."""
        local = self._local(name)
        return "const" if local is None or local.stores <= 1 else "let"

    def _local(self, name: str) -> Local | None:
        found = self.scope.find(name)
        return found[0] if found is not None else self.scopes.module.locals.get(name)

    def _s_Assign(self, node: ast.Assign) -> list[Js]:
        if self.scope is self.scopes.module and self._is_erased(node.targets[0]):
            return []
        if isinstance(self.t(node.value), PatternT):
            return self.pattern_constants(node)
        value = self.value(node.value)
        if len(node.targets) == 1:
            before, value = self.value_first(node.targets[0], node.value, value)
            return [*before, *self.store(node.targets[0], value, node, node.value)]
        if isinstance(node.value, ast.Constant | ast.Name):
            return [item for target in node.targets for item in self.store(target, value, node, node.value)]
        name = Id(self.unique("value"))
        stores = [item for target in node.targets for item in self.store(target, name, node, None)]
        return [Let("const", name, value), *stores]

    def _is_erased(self, target: ast.expr) -> bool:
        from build.compiler.symbols import Variable

        return isinstance(target, ast.Name) and not isinstance(self.module.symbols.get(target.id), Variable)

    def _s_AnnAssign(self, node: ast.AnnAssign) -> list[Js]:
        if node.value is None or (self.scope is self.scopes.module and self._is_erased(node.target)):
            return []
        if isinstance(self.t(node.value), PatternT):
            return self.pattern_constants(node)
        before, value = self.value_first(node.target, node.value, self.value(node.value))
        return [*before, *self.store(node.target, value, node, node.value)]

    def value_first(self, target: ast.expr, value_node: ast.expr, value: Js) -> tuple[list[Js], Js]:
        """Python evaluates the right side before it looks at the place on the left; JavaScript after."""
        if isinstance(target, ast.Name | ast.Tuple | ast.List):
            return [], value
        inner = [target.value] if isinstance(target, ast.Attribute) else [target.value, target.slice]  # type: ignore[attr-defined]
        if not any(self.order_shows(value_node, part) for part in inner):
            return [], value
        name = Id(self.unique("value"))
        return [Let("const", name, value)], name

    def store(self, target: ast.expr, value: Js, node: ast.stmt, value_node: ast.expr | None) -> list[Js]:
        """Statements that put `value` into `target`."""
        if isinstance(target, ast.Name):
            return [self._store_name(target, value, node)]
        if isinstance(target, ast.Attribute):
            return [b.do(Assign("=", self._member(target), value, place=self.place(target)))]
        if isinstance(target, ast.Subscript):
            return [b.do(self._store_item(target, value))]
        if isinstance(target, ast.Tuple | ast.List):
            return self._unpack(target, value, node, value_node)
        raise self.refuse("CW074", target, what="this target", advice="assign to a name, an attribute or an item")

    def _store_name(self, target: ast.Name, value: Js, node: ast.stmt) -> Js:
        name = Id(self.js_name(target.id), place=self.place(target, target.id))
        if self.placement.declares(node, target.id):
            return Let(self.declare_kind(target.id), name, value, place=self.place(node))
        return b.do(Assign("=", name, value, place=self.place(target)))

    def _member(self, target: ast.Attribute) -> Js:
        base = self.t(target.value)
        return Member(
            self.expr(target.value), self.attribute_name(base, target.attr), place=self.place(target, target.attr)
        )

    def _store_item(self, target: ast.Subscript, value: Js) -> Js:
        base = self.t(target.value)
        container = self.expr(target.value)
        if isinstance(target.slice, ast.Slice):
            return self._store_slice(target.slice, container, value)
        if isinstance(base, DictT):
            return b.method(container, "set", self.key(target.slice), value)
        key = self.expr(target.slice)
        if base == JS:
            return Assign("=", Index(container, key), value)
        if isinstance(base, InstanceT):
            return b.method(container, "__setitem__", key, value)
        return self.help("setAt", container, key, value)

    def _store_slice(self, bounds: ast.Slice, container: Js, value: Js) -> Js:
        start = self._limit(bounds.lower, "0") if bounds.lower is not None else Lit("0")
        stop = [self._limit(bounds.upper, "Infinity")] if bounds.upper is not None else []
        return self.help("setSlice", container, value, start, *stop)

    def _limit(self, node: ast.expr, other: str) -> Js:
        value = self.expr(node)
        return Binary("??", value, Lit(other)) if has_none(self.t(node)) else value

    # Unpacking

    def _unpack(self, target: ast.Tuple | ast.List, value: Js, node: ast.stmt, value_node: ast.expr | None) -> list[Js]:
        stars = [index for index, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
        if value_node is not None and isinstance(self.t(value_node), DictT):
            value = self.iterable(value_node)
        if len(stars) > 0 and stars[0] != len(target.elts) - 1:
            value = self.help("unpackStar", value, Lit(str(stars[0])), Lit(str(len(target.elts) - stars[0] - 1)))
        elif value_node is not None and not self._fits(target, value_node):
            value = self._counted_out(value, value_node, len(target.elts), len(stars) > 0)
        if all(_plain(item) for item in target.elts):
            return [self._unpack_plain(target, value, node, len(stars) > 0 and stars[0] != len(target.elts) - 1)]
        names = [Id(self.unique(f"part{index + 1}")) for index in range(len(target.elts))]
        stores: list[Js] = [Let("const", Array(list(names)), value)]
        for item, name in zip(target.elts, names, strict=True):
            stores += self.store(item, name, node, None)
        from build.compiler.nodes import Block

        return (
            [Block(stores)] if not any(self.placement.declares(node, name) for name in target_names(target)) else stores
        )

    def _unpack_plain(self, target: ast.Tuple | ast.List, value: Js, node: ast.stmt, flat: bool) -> Js:
        pattern = self.pattern(target)
        if flat and isinstance(pattern, Array):
            pattern = Array([item.value if isinstance(item, Spread) else item for item in pattern.items])
        names = target_names(target)
        if all(self.placement.declares(node, name) for name in names):
            kinds = {self.declare_kind(name) for name in names}
            return Let("let" if "let" in kinds else "const", pattern, value, place=self.place(node))
        return b.do(Assign("=", pattern, value, place=self.place(node)))

    def _counted_out(self, value: Js, value_node: ast.expr, count: int, has_star: bool) -> Js:
        """The value, once it is sure to have so many items; a star takes what is left."""
        listed = self.is_array(value_node) or self.t(value_node) == BYTES
        if has_star:
            return self.help("unpackSome", value if listed else Array([Spread(value)]), Lit(str(count - 1)))
        return self.help("unpack" if listed else "unpackAny", value, Lit(str(count)))

    def _fits(self, target: ast.Tuple | ast.List, value_node: ast.expr | None) -> bool:
        """Is the number of items known to be right?"""
        if value_node is None:
            return True
        kind = self.t(value_node)
        return isinstance(kind, TupleT) and kind.rest is None

    # Augmented

    def _s_AugAssign(self, node: ast.AugAssign) -> list[Js]:
        symbol = SYMBOLS[type(node.op)]
        target = node.target
        left, right = self.t(target), self.t(node.value)
        if isinstance(left, DequeT) and symbol == "+":
            return [b.do(b.method(self._read(target), "extend", self.consumed(node.value)))]
        if isinstance(left, ListT) and symbol == "+":
            return [b.do(self.extended(self._read(target), node.value))]
        if isinstance(left, SetT) and symbol in ("|", "-"):
            return [
                b.do(self.help("addAll" if symbol == "|" else "discardAll", self._read(target), self.expr(node.value)))
            ]
        if isinstance(left, DictT) and symbol == "|":
            return [b.do(self.updated(self._read(target), node.value))]
        if isinstance(left, SetT):
            raise self.refuse(
                "CW055", node, operator=f"{symbol}=", left=left, right=right, advice="write the assignment out"
            )
        if isinstance(left, ListT) and symbol == "*":
            raise self.refuse(
                "CW055", node, operator="*=", left=left, right=right, advice="write the assignment out: a new list"
            )
        if isinstance(target, ast.Subscript):
            return self._augment_item(target, symbol, node)
        plain = self._plain_operator(symbol, left, right)
        if symbol == "*" and (left, right) == (INT, INT) and not self.keeps_zero(target, node.value):
            plain = False
        place = self._member(target) if isinstance(target, ast.Attribute) else self._read(target)
        if plain:
            return [b.do(Assign(f"{symbol}=", place, self.expr(node.value), place=self.place(node)))]
        if isinstance(target, ast.Attribute) and not self.is_simple(target.value):
            owner = Id(self.unique("owner"))
            hold = Let("const", owner, self.expr(target.value))
            place = Member(owner, self.attribute_name(self.t(target.value), target.attr))
            return [hold, b.do(Assign("=", place, self._computed(place, symbol, node)))]
        return [b.do(Assign("=", place, self._computed(place, symbol, node), place=self.place(node)))]

    def _plain_operator(self, symbol: str, left: Type, right: Type) -> bool:
        if symbol in ("+", "-", "*"):
            numbers = all_in(left, (*NUMBERS, JS)) and all_in(right, (*NUMBERS, JS))
            return numbers or (symbol == "+" and left == STR and right == STR)
        return False

    def _read(self, target: ast.expr) -> Js:
        if isinstance(target, ast.Name):
            return self.name(target.id, target)
        return self.expr(target)

    def _computed(self, place: Js, symbol: str, node: ast.AugAssign) -> Js:
        return self.operate(symbol, place, self.expr(node.value), node.target, node.value, node)

    def _augment_item(self, target: ast.Subscript, symbol: str, node: ast.AugAssign) -> list[Js]:
        before: list[Js] = []
        base = self.t(target.value)
        container = self.expr(target.value)
        if isinstance(target.slice, ast.Slice):
            raise self.refuse("CW074", target, what="a slice in place", advice="build a new list")
        key = self.key(target.slice) if isinstance(base, DictT) else self.expr(target.slice)
        if not self.is_simple(target.value):
            name = Id(self.unique("items"))
            before.append(Let("const", name, container))
            container = name
        if not self.is_simple(target.slice) or is_by_value(self.t(target.slice)):
            name = Id(self.unique("key"))
            before.append(Let("const", name, key))
            key = name
        if base == JS:
            current: Js = Index(container, key)
        elif isinstance(base, InstanceT):
            current = b.method(container, "__getitem__", key)
        else:
            ready = isinstance(base, DictT) and self.item_of(base, container, target.slice, key)
            current = ready or self.help("at", container, key)
        value = self.operate(symbol, current, self.expr(node.value), target, node.value, node)
        if isinstance(base, DictT):
            store: Js = b.method(container, "set", key, value)
        elif base == JS:
            store = Assign("=", Index(container, key), value)
        elif isinstance(base, InstanceT):
            store = b.method(container, "__setitem__", key, value)
        else:
            store = self.help("setAt", container, key, value)
        from build.compiler.nodes import Block

        return [Block([*before, b.do(store)])] if len(before) > 0 else [b.do(store)]

    # Del

    def _s_Delete(self, node: ast.Delete) -> list[Js]:
        found: list[Js] = []
        for target in node.targets:
            assert isinstance(target, ast.Subscript)
            container = self.expr(target.value)
            if isinstance(target.slice, ast.Slice) and target.slice.step is not None:
                bounds = (target.slice.lower, target.slice.upper, target.slice.step)
                given = [self.expr(bound) if bound is not None else b.NULL for bound in bounds]
                found.append(b.do(self.help("deleteSteps", container, *given)))
            elif isinstance(target.slice, ast.Slice):
                found.append(b.do(self._store_slice(target.slice, container, Array([]))))
            elif isinstance(self.t(target.value), CounterT):
                found.append(b.do(b.method(container, "delete", self.key(target.slice))))
            elif isinstance(self.t(target.value), DequeT):
                found.append(b.do(b.method(container, "deleteAt", self.expr(target.slice))))
            elif isinstance(self.t(target.value), DictT):
                key = self.key(target.slice)
                found.append(b.do(self.by_key("deleteKey", container, key, self.t(target.slice))))
            elif isinstance(self.t(target.value), InstanceT):
                found.append(b.do(b.method(container, "__delitem__", self.expr(target.slice))))
            else:
                found.append(b.do(self.help("deleteAt", container, self.expr(target.slice))))
        return found


def _plain(item: ast.expr) -> bool:
    if isinstance(item, ast.Starred):
        return isinstance(item.value, ast.Name)
    if isinstance(item, ast.Tuple | ast.List):
        return all(_plain(inner) for inner in item.elts)
    return isinstance(item, ast.Name)
