"""Types of displays and comprehensions."""

from __future__ import annotations

import ast

from build.compiler.bindings import bound_inside
from build.compiler.infer.narrow import join_shapes
from build.compiler.infer.operators import Operators
from build.compiler.types import (
    ANY,
    NEVER,
    OBJECT,
    DictT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    VarT,
    members,
    union,
)


class Displays(Operators):
    """List, Set, Tuple, Dict, and the four comprehensions."""

    def _items(self, nodes: list[ast.expr], want: Type | None) -> Type:
        kinds: list[Type] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                kinds.append(self.iterate(node.value, self.expr(node.value)))
                self.types[node] = kinds[-1]
                continue
            kind = self.expr(node, want)
            if want is not None:
                self.flow_into(node, kind, want)
            kinds.append(kind)
        return union(*kinds)

    def _List(self, node: ast.List, want: Type | None) -> Type:
        wanted = pick(want, ListT) or pick(want, IterT)
        expected = wanted.item if isinstance(wanted, ListT | IterT) and wanted.item != NEVER else None
        item = self._items(node.elts, expected)
        return ListT(expected) if expected is not None and expected != ANY else ListT(item)

    def _Set(self, node: ast.Set, want: Type | None) -> Type:
        wanted = pick(want, SetT)
        expected = wanted.item if isinstance(wanted, SetT) and wanted.item != NEVER else None
        item = self._items(node.elts, expected)
        self.check_key(node, item)
        return SetT(expected if expected is not None and expected != ANY else item)

    def _Tuple(self, node: ast.Tuple, want: Type | None) -> Type:
        wanted = pick(want, TupleT)
        if isinstance(wanted, TupleT) and wanted.rest is not None and wanted.rest != NEVER:
            self._items(node.elts, wanted.rest)
            return wanted
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return TupleT((), self._items(node.elts, None))
        expected: list[Type | None] = [None] * len(node.elts)
        if isinstance(wanted, TupleT) and len(wanted.items) == len(node.elts):
            expected = [item if item != NEVER else None for item in wanted.items]
        kinds: list[Type] = []
        for item, hope in zip(node.elts, expected, strict=True):
            kind = self.expr(item, hope)
            if hope is not None:
                self.flow_into(item, kind, hope)
            kinds.append(
                hope if hope is not None and hope not in (ANY, OBJECT) and not isinstance(hope, VarT) else kind
            )
        return TupleT(tuple(kinds))

    def _Dict(self, node: ast.Dict, want: Type | None) -> Type:
        wanted = pick(want, DictT)
        keys: Type = NEVER
        values: Type = NEVER
        hope_key = wanted.key if isinstance(wanted, DictT) and wanted.key != NEVER else None
        hope_value = wanted.value if isinstance(wanted, DictT) and wanted.value != NEVER else None
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                spread = self.expr(value, wanted)
                if isinstance(spread, DictT):
                    keys, values = union(keys, spread.key), union(values, spread.value)
                continue
            key_kind, value_kind = self.expr(key, hope_key), self.expr(value, hope_value)
            if hope_value is not None:
                self.flow_into(value, value_kind, hope_value)
            keys, values = union(keys, key_kind), join_shapes(values, value_kind)
        self.check_key(node, keys)
        if hope_key is not None and hope_value is not None and hope_value != ANY:
            return DictT(hope_key, hope_value)
        return DictT(keys, values)

    def _forget_bound(self, node: ast.expr) -> None:
        """What `:=` binds in a comprehension is bound in some rounds, or in none."""
        for name in bound_inside(node):
            self.forget(name)

    def _generators(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        self._forget_bound(node)
        first = True
        for generator in node.generators:
            if first:
                item = self.iterate(generator.iter, self._source(generator.iter))
                self.scope = self.scopes.of[node]
                first = False
            else:
                item = self.iterate(generator.iter, self._source(generator.iter))
            self.bind(generator.target, item)
            for test in generator.ifs:
                self.flow = self.condition(test)[0]
                if self.flow is None:
                    self.flow = {}

    def _source(self, node: ast.expr) -> Type:
        kind = self.expr(node)
        if isinstance(kind, DictT):
            self.coercions[node] = "keys"
        return kind

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, want: Type | None) -> Type:
        saved, before = self.scope, self.copy()
        self._generators(node)
        hope = None
        wanted = pick(want, ListT) or pick(want, SetT) or pick(want, IterT)
        if isinstance(wanted, ListT | SetT | IterT) and wanted.item not in (ANY, NEVER):
            hope = wanted.item
        item = self.expr(node.elt, hope)
        if hope is not None and not isinstance(hope, VarT):
            self.flow_into(node.elt, item, hope)
            item = hope if isinstance(item, DictT | ListT | SetT | TupleT) or isinstance(hope, UnionT) else item
        self.scope, self.flow = saved, before
        self._forget_bound(node)
        return item

    def _ListComp(self, node: ast.ListComp, want: Type | None) -> Type:
        return ListT(self._comprehension(node, want))

    def _SetComp(self, node: ast.SetComp, want: Type | None) -> Type:
        item = self._comprehension(node, want)
        self.check_key(node, item)
        return SetT(item)

    def _GeneratorExp(self, node: ast.GeneratorExp, want: Type | None) -> Type:
        return IterT(self._comprehension(node, want), "iterator")

    def _DictComp(self, node: ast.DictComp, want: Type | None) -> Type:
        saved, before = self.scope, self.copy()
        self._generators(node)
        wanted = pick(want, DictT)
        hope = wanted.value if isinstance(wanted, DictT) and wanted.value not in (ANY, NEVER) else None
        key, value = self.expr(node.key), self.expr(node.value, hope)
        if hope is not None:
            self.flow_into(node.value, value, hope)
            value = hope
        self.check_key(node.key, key)
        self.scope, self.flow = saved, before
        self._forget_bound(node)
        return DictT(key, value)

    def bind(self, target: ast.expr, kind: Type) -> None:
        raise NotImplementedError


def pick(want: Type | None, shape: type[Type]) -> Type | None:
    """The alternative of the wanted type that has this shape."""
    if want is None:
        return None
    return next((member for member in members(want) if isinstance(member, shape)), None)
