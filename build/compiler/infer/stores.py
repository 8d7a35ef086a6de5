"""Values that are stored: into names, attributes, items, and unpacked."""

from __future__ import annotations

import ast

from build.compiler.infer.base import path_of
from build.compiler.infer.definitions import Definitions
from build.compiler.symbols import Variable
from build.compiler.types import (
    ANY,
    JS,
    NEVER,
    NONE,
    OBJECT,
    ClassT,
    DequeT,
    DictT,
    FunctionT,
    InstanceT,
    IterT,
    ListT,
    SetT,
    TupleT,
    Type,
    UnionT,
    members,
    union,
)


class Stores(Definitions):
    """What names, attributes and items hold afterwards."""

    def _declared(self, target: ast.expr) -> Type | None:
        """The declared type of an assignment's target, as a hint for the value."""
        if isinstance(target, ast.Name):
            found = self.scope.find(target.id)
            if found is not None:
                return self.local_type(*found)
            symbol = self.module.symbols.get(target.id)
            if isinstance(symbol, Variable) and symbol.annotation is not None:
                return self.variable_type(symbol, self.module)
            return None
        if isinstance(target, ast.Attribute):
            base = self.expr(target.value)
            if isinstance(base, InstanceT):
                item = base.cls.find_field(target.attr)
                if item is not None:
                    return self.attribute_declared(base, target.attr, target)
            return None
        if isinstance(target, ast.Subscript):
            base = self.expr(target.value)
            if isinstance(base, DictT):
                return base.value if base.value != NEVER else None
            return base.item if isinstance(base, ListT) and base.item != NEVER else None
        return None

    def attribute_declared(self, base: Type, name: str, node: ast.expr) -> Type:
        report, self.report = self.report, self.muted()
        kind = self.attribute(base, name, node)
        self.report = report
        return kind

    def assign(self, target: ast.expr, kind: Type, value: ast.expr | None, declared: Type | None = None) -> None:
        """Store a value of type `kind`; `value` is its expression when there is one."""
        if isinstance(target, ast.Name):
            self._assign_name(target, kind, value, declared)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target, kind)
        elif isinstance(target, ast.Attribute):
            self._assign_attribute(target, kind, value)
        elif isinstance(target, ast.Subscript):
            self._assign_item(target, kind, value)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, ListT(kind), None)

    def _assign_name(self, target: ast.Name, kind: Type, value: ast.expr | None, declared: Type | None) -> None:
        found = self.scope.find(target.id)
        local = found[0] if found is not None else self.scopes.module.locals.get(target.id)
        if local is None:
            return
        known = declared or self.local_type(local, self.scope)
        if known is None or _is_partial(known):
            known = kind if known is None else union(known, kind) if known == NONE else kind
        elif known == NONE and kind != NONE and local.annotation is None:
            known = union(NONE, kind)
        elif value is not None and declared is None:
            self.flow_into(value, kind, known)
        elif value is None:
            self.check_match_flow(target, kind, known)
        local.type = known
        symbol = self.module.symbols.get(target.id)
        if found is None and isinstance(symbol, Variable) and symbol.type is None:
            symbol.type = known
        self.types[target] = known
        self.forget(target.id)
        self.remember(target.id, narrow_to(known, kind))

    def _assign_attribute(self, target: ast.Attribute, kind: Type, value: ast.expr | None) -> None:
        base = self.expr(target.value)
        if isinstance(base, InstanceT):
            if not self._is_settable(base, target.attr):
                self.refuse("CW053", target, type=base, name=target.attr)
                return
            setter = base.cls.find_setter(target.attr)
            declared = self.attribute_declared(base, target.attr, target)
            if value is not None:
                self.flow_into(value, kind, declared)
            self.check_attribute(target, declared)
            self.types[target] = declared
            path = path_of(target)
            if path is not None:
                self.forget(path)
                if setter is None:
                    self.remember(path, narrow_to(declared, kind))
        elif base == JS:
            self.types[target] = JS
            if value is not None:
                self.check_js(value)
        else:
            self._check_owner(target, base)

    def check_place(self, target: ast.expr) -> None:
        """Refuse what `target += value` cannot change in place."""
        if isinstance(target, ast.Attribute):
            self._check_owner(target, self.types[target.value])
        elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            self._check_container(target, self.types[target.value])

    def _check_owner(self, target: ast.Attribute, base: Type) -> None:
        if not isinstance(base, InstanceT) and base not in (JS, NEVER):
            self.refuse("CW074", target, what=f"attribute `{target.attr}` of {base}", advice="narrow the object first")

    def _check_container(self, target: ast.Subscript, base: Type) -> None:
        stores = isinstance(base, InstanceT) and base.cls.find_method("__setitem__") is not None
        if not (stores or isinstance(base, DictT | ListT) or base in (JS, NEVER)):
            advice = "only lists, dicts and JavaScript values take items"
            self.refuse("CW074", target, what=f"an item of {base}", advice=advice)

    def _is_settable(self, base: InstanceT, name: str) -> bool:
        cls = base.cls
        if cls.is_enum and name in ("name", "value", *cls.members):
            return False
        return any(found is not None for found in (cls.find_field(name), cls.find_setter(name), cls.find_method(name)))

    def _assign_item(self, target: ast.Subscript, kind: Type, value: ast.expr | None) -> None:
        base = self.expr(target.value)
        if isinstance(target.slice, ast.Slice):
            for bound in (target.slice.lower, target.slice.upper, target.slice.step):
                if bound is not None:
                    self.expr(bound)
            if value is not None and isinstance(kind, DictT):
                self.coercions[value] = "keys"
            if not isinstance(base, ListT) or isinstance(base, DequeT) or target.slice.step is not None:
                self.refuse("CW074", target, what=f"a slice of {base}", advice="build a new list")
            return
        key = self.expr(target.slice, base.key if isinstance(base, DictT) else None)
        path = path_of(target)
        if path is not None:
            self.forget(path)
        if isinstance(base, DictT):
            if base.key == NEVER:
                self.widen(target.value, DictT(key, kind))
                if not self.program.annotations.good_key(key):
                    self.refuse("CW059", target.slice, type=key)
            else:
                self.flow_into(target.slice, key, base.key)
                if value is not None:
                    self.flow_into(value, kind, base.value)
            if path is not None:
                self.remember(path, narrow_to(base.value, kind) if base.key != NEVER else kind)
        elif isinstance(base, ListT):
            if value is not None:
                self.flow_into(value, kind, base.item)
        else:
            self._check_container(target, base)

    def _unpack(self, target: ast.Tuple | ast.List, kind: Type) -> None:
        stars = [index for index, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
        if isinstance(kind, TupleT) and kind.rest is None:
            if len(stars) == 0 and len(kind.items) == len(target.elts):
                for item, inner in zip(target.elts, kind.items, strict=True):
                    self.assign(item, inner, None)
                return
            if len(stars) == 1 and len(kind.items) >= len(target.elts) - 1:
                after = len(target.elts) - stars[0] - 1
                middle = kind.items[stars[0] : len(kind.items) - after]
                spread = [*kind.items[: stars[0]], union(*middle), *kind.items[len(kind.items) - after :]]
                for item, inner in zip(target.elts, spread, strict=True):
                    self.assign(item, inner, None)
                return
        for member in members(kind):
            if isinstance(member, TupleT | ListT | IterT | SetT | DictT) or str(member) in (
                "str",
                "bytes",
                "any",
                "never",
            ):
                continue
            self.refuse("CW070", target, type=kind)
            break
        inner = self.iterate(target, kind) if kind not in (ANY, OBJECT) else ANY
        for item in target.elts:
            self.assign(item, inner, None)

    def bind(self, target: ast.expr, kind: Type) -> None:
        self.assign(target, kind, None)


def _is_partial(kind: Type) -> bool:
    return (isinstance(kind, ListT | SetT) and kind.item == NEVER) or (isinstance(kind, DictT) and kind.key == NEVER)


def narrow_to(declared: Type, kind: Type) -> Type:
    """What is known after storing a `kind` where `declared` is declared."""
    if declared == OBJECT:
        return kind
    if isinstance(declared, UnionT):
        if kind in (ANY, JS, OBJECT):
            return declared
        inside = [member for member in members(kind) if member in declared.members]
        if len(inside) == len(members(kind)):
            return kind
        shaped = [found for found in declared.members if any(same_shape(found, member) for member in members(kind))]
        return union(*shaped) if len(shaped) > 0 else declared
    return declared


def same_shape(declared: Type, kind: Type) -> bool:
    """Could a value of `kind` be this alternative?"""
    if isinstance(declared, InstanceT) and isinstance(kind, InstanceT):
        return declared.cls in kind.cls.family() or declared.cls.is_protocol
    if isinstance(declared, FunctionT) and isinstance(kind, ClassT):
        return True
    return declared == kind or (
        type(declared) is type(kind) and not isinstance(kind, InstanceT) and type(kind) is not type(NONE)
    )
