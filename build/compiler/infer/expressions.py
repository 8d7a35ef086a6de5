"""Types of subscripts, lambdas, awaits and yields."""

from __future__ import annotations

import ast
from typing import cast

from build.compiler.infer.base import path_of
from build.compiler.infer.displays import Displays, pick
from build.compiler.types import (
    ANY,
    ARGUMENT,
    BYTES,
    INT,
    JS,
    NEVER,
    NONE,
    STR,
    ClassT,
    CoroutineT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    MatchT,
    ModuleT,
    Param,
    TupleT,
    Type,
    has_none,
    members,
    union,
)


class Expressions(Displays):
    """`expr` and one method per node."""

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
        if (isinstance(base, ListT) and not isinstance(base, DequeT)) or base in (STR, BYTES, NEVER):
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
                return base.rest if base.rest != ARGUMENT else ANY
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
        if isinstance(base, ClassT) and base.cls.is_enum and self.types.get(node.slice) == STR:
            return InstanceT(base.cls)
        if isinstance(base, InstanceT):
            method = base.cls.find_method("__getitem__")
            if method is not None:
                return self.function_type(method).result
        self.refuse("CW054", node, what="a subscript", type=base)
        return ANY

    def check_default(self, node: ast.expr, args: ast.arguments) -> None:
        """A local variable's value of the moment is kept; not under a parameter's name, nor inside an expression."""
        params = {arg.arg for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs]}
        params |= {args.vararg.arg} if args.vararg is not None else set()
        names = [name.id for name in ast.walk(node) if isinstance(name, ast.Name)]
        local = [name for name in names if self.scope.find(name) is not None]
        changes = self.may_change(node) or any(self.is_rebound(name) for name in names if name not in local)
        if changes or not params.isdisjoint(names) or (len(local) > 0 and not isinstance(node, ast.Name)):
            self.refuse("CW037", node)

    def may_change(self, node: ast.expr) -> bool:
        """Is there an attribute in it that may be assigned: of no module, class, enum or frozen object?"""
        owners = [self.types.get(part.value, ANY) for part in ast.walk(node) if isinstance(part, ast.Attribute)]
        return not all(_is_kept(owner) for owner in owners)

    def is_rebound(self, name: str) -> bool:
        """Does the module assign this name more than once? JavaScript asks for a default at each call."""
        known = self.scopes.module.locals.get(name)
        return known is not None and known.stores > 1

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

    def assign(self, target: ast.expr, kind: Type, value: ast.expr | None, declared: Type | None = None) -> None:
        raise NotImplementedError

    def _declared(self, target: ast.expr) -> Type | None:
        raise NotImplementedError

    def _NamedExpr(self, node: ast.NamedExpr, want: Type | None) -> Type:
        kind = self.expr(node.value, self._declared(node.target) or want)
        self.keep(node.value, kind)
        self.assign(node.target, kind, node.value)
        return self.narrowed(node.target.id) or kind


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


def _is_kept(owner: Type) -> bool:
    """Do its attributes stay as they are?"""
    is_fixed = isinstance(owner, InstanceT) and (owner.cls.is_enum or owner.cls.frozen)
    return is_fixed or isinstance(owner, ClassT | ModuleT)
