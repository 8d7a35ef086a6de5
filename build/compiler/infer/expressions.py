"""Types of operators, displays, comprehensions, subscripts and the rest."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler.infer.base import path_of
from build.compiler.infer.narrow import join_shapes
from build.compiler.infer.operators import Operators
from build.compiler.types import (
    ANY,
    BYTES,
    INT,
    JS,
    NEVER,
    NONE,
    OBJECT,
    STR,
    CoroutineT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    Param,
    SetT,
    TupleT,
    Type,
    UnionT,
    VarT,
    has_none,
    members,
    union,
)


class Expressions(Operators):
    """`expr` and one method per node."""

    # Displays

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
        expected = wanted.item if isinstance(wanted, SetT) else None
        item = self._items(node.elts, expected)
        self.check_key(node, item)
        return SetT(expected if expected is not None and expected != ANY else item)

    def _Tuple(self, node: ast.Tuple, want: Type | None) -> Type:
        wanted = pick(want, TupleT)
        if isinstance(wanted, TupleT) and wanted.rest is not None:
            self._items(node.elts, wanted.rest)
            return wanted
        if any(isinstance(item, ast.Starred) for item in node.elts):
            return TupleT((), self._items(node.elts, None))
        expected: list[Type | None] = [None] * len(node.elts)
        if isinstance(wanted, TupleT) and len(wanted.items) == len(node.elts):
            expected = list(wanted.items)
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

    # Comprehensions

    def _generators(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
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
        return DictT(key, value)

    def bind(self, target: ast.expr, kind: Type) -> None:
        raise NotImplementedError

    # The rest

    def _Subscript(self, node: ast.Subscript, want: Type | None) -> Type:
        base = self.expr(node.value)
        if isinstance(node.slice, ast.Slice):
            for bound in (node.slice.lower, node.slice.upper, node.slice.step):
                if bound is not None:
                    self.expr(bound)
            return self._slice(node, base)
        if isinstance(members(base)[0], MatchT) and not has_none(base):
            narrowed = self.narrowed(path_of(node))
            self.expr(node.slice)
            return narrowed if narrowed is not None else self.group_type(node, base, node.slice)
        key = self.expr(node.slice, base.key if isinstance(base, DictT) else None)
        if isinstance(base, DictT) and base.key != NEVER:
            self.flow_into(node.slice, key, base.key)
        narrowed = self.narrowed(path_of(node))
        if narrowed is not None:
            return narrowed
        return union(*[self._index(node, member) for member in members(base)])

    def _slice(self, node: ast.Subscript, base: Type) -> Type:
        if isinstance(base, ListT) or base in (STR, BYTES, NEVER):
            return base
        if isinstance(base, TupleT):
            span = _constant_slice(cast(ast.Slice, node.slice))
            if base.rest is None and span is not None:
                return TupleT(base.items[span])
            return TupleT((), base.rest if base.rest is not None else union(*base.items))
        self.refuse("CW054", node, what="a slice", type=base)
        return ANY

    def _index(self, node: ast.Subscript, base: Type) -> Type:
        if isinstance(base, ListT):
            return base.item
        if isinstance(base, TupleT):
            if base.rest is not None:
                return base.rest
            index = constant_index(node.slice)
            if index is not None and -len(base.items) <= index < len(base.items):
                return base.items[index]
            return union(*base.items)
        if isinstance(base, DictT):
            return base.value
        if base in (STR, JS, NEVER):
            return base
        if base == BYTES:
            return INT
        if isinstance(base, IterT) and base.kind == "range":
            return INT
        if isinstance(base, InstanceT):
            method = base.cls.find_method("__getitem__")
            if method is not None:
                return self.function_type(method).result
        self.refuse("CW054", node, what="a subscript", type=base)
        return ANY

    def check_default(self, node: ast.expr, args: ast.arguments) -> None:
        """A local variable's value of the moment is kept; not under a parameter's name, nor inside an expression."""
        params = {arg.arg for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs]}
        names = [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
        local = [name for name in names if self.scope.find(name) is not None]
        if not params.isdisjoint(names) or (len(local) > 0 and not isinstance(node, ast.Name)):
            self.refuse("CW037", node)

    def _Lambda(self, node: ast.Lambda, want: Type | None) -> Type:
        wanted = pick(want, FunctionT)
        scope = self.scopes.of[node]
        params: list[Param] = []
        offered = (wanted.params or ()) if isinstance(wanted, FunctionT) else ()
        for index, arg in enumerate(node.args.args):
            kind = offered[index].type if index < len(offered) else ANY
            if index >= len(node.args.args) - len(node.args.defaults):
                default = node.args.defaults[index - (len(node.args.args) - len(node.args.defaults))]
                given = self.expr(default)
                self.check_default(default, node.args)
                kind = given if kind == ANY else kind
            scope.locals[arg.arg].type = kind
            params.append(Param(arg.arg, kind, index >= len(node.args.args) - len(node.args.defaults)))
        saved, before = self.scope, self.copy()
        self.scope = scope
        for arg in node.args.args:
            self.forget(arg.arg)
        self.coroutine_ok.add(node.body)
        hope = wanted.result if isinstance(wanted, FunctionT) else None
        result = self.expr(node.body, hope)
        if hope is not None and hope != NONE:
            self.flow_into(node.body, result, hope)
        self.scope, self.flow = saved, before
        return FunctionT(tuple(params), result)

    def _Await(self, node: ast.Await, want: Type | None) -> Type:
        self.coroutine_ok.add(node.value)
        kind = self.expr(node.value)
        if isinstance(kind, CoroutineT):
            return kind.result
        if kind == JS:
            self.refuse("CW054", node, what="await", type="js.Value: write await js.wait(promise)")
        elif kind not in (ANY, NEVER):
            self.refuse("CW054", node, what="await", type=kind)
        return ANY

    def _Yield(self, node: ast.Yield, want: Type | None) -> Type:
        if node.value is not None:
            self.flow_into(node.value, self.expr(node.value, self.yields), self.yields)
        return ANY

    def _YieldFrom(self, node: ast.YieldFrom, want: Type | None) -> Type:
        kind = self.expr(node.value)
        if isinstance(kind, DictT):
            self.coercions[node.value] = "keys"
        self.iterate(node.value, kind)
        return NONE

    def _Starred(self, node: ast.Starred, want: Type | None) -> Type:
        return self.iterate(node.value, self.expr(node.value))

    def _NamedExpr(self, node: ast.NamedExpr, want: Type | None) -> Type:
        return self.expr(node.value)


def pick(want: Type | None, shape: type[Type]) -> Type | None:
    """The alternative of the wanted type that has this shape."""
    if want is None:
        return None
    return next((member for member in members(want) if isinstance(member, shape)), None)


def constant_index(node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        return -value if type(value) is int else None
    return None


def _constant_slice(node: ast.Slice) -> slice | None:
    """The slice, where its bounds are constants and it has no step."""
    bounds = [None if bound is None else constant_index(bound) for bound in (node.lower, node.upper)]
    unknown = any(
        given is not None and bound is None for given, bound in zip((node.lower, node.upper), bounds, strict=True)
    )
    return None if unknown or node.step is not None else slice(*bounds)
