"""Values that are stored: into names, attributes, items, and unpacked."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from build.compiler.infer.arguments import check_js
from build.compiler.infer.attributes import attribute
from build.compiler.infer.calls import widen
from build.compiler.infer.context import Context
from build.compiler.infer.flows import check_moved, flow_into, flow_to_method
from build.compiler.infer.iteration import iterate
from build.compiler.infer.matched import check_attribute, check_match_flow
from build.compiler.infer.names import variable_type
from build.compiler.infer.paths import path_of
from build.compiler.infer.shapes import UNPACKED
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


def declared_type(target: ast.expr, context: Context) -> Type | None:
    """The declared type of an assignment's target, as a hint for the value."""
    if isinstance(target, ast.Name):
        found = context.scope.find(target.id)
        if found is not None:
            return context.local_type(*found)
        symbol = context.module.symbols.get(target.id)
        if isinstance(symbol, Variable) and symbol.annotation is not None:
            return variable_type(symbol, context.module, context)
        return None
    if isinstance(target, ast.Attribute):
        base = context.expr(target.value)
        if isinstance(base, InstanceT):
            item = base.cls.find_field(target.attr)
            if item is not None:
                return attribute_declared(base, target.attr, target, context)
        return None
    if isinstance(target, ast.Subscript):
        base = context.expr(target.value)
        if isinstance(base, DictT):
            return base.value if base.value != NEVER else None
        return base.item if isinstance(base, ListT) and base.item != NEVER else None
    return None


def attribute_declared(base: Type, name: str, node: ast.expr, context: Context) -> Type:
    return attribute(base, name, node, context.muted())


def assign(
    target: ast.expr, kind: Type, value: ast.expr | None, context: Context, declared: Type | None = None
) -> None:
    """Store a value of type `kind`; `value` is its expression when there is one."""
    if isinstance(target, ast.Name):
        _assign_name(target, kind, value, declared, context)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(target, kind, context)
    elif isinstance(target, ast.Attribute):
        _assign_attribute(target, kind, value, context)
    elif isinstance(target, ast.Subscript):
        _assign_item(target, kind, value, context)
    elif isinstance(target, ast.Starred):
        assign(target.value, ListT(kind), None, context)


def _assign_name(target: ast.Name, kind: Type, value: ast.expr | None, declared: Type | None, context: Context) -> None:
    local = context.scope.local(target.id)
    if local is None:
        return
    known = declared or context.local_type(local, context.scope)
    if known is None or _is_partial(known):
        known = kind if known is None else union(known, kind) if known == NONE else kind
    elif known == NONE and kind != NONE and local.annotation is None:
        known = union(NONE, kind)
    elif value is not None and declared is None:
        flow_into(value, kind, known, context)
    elif value is None:
        check_match_flow(target, kind, known, context)
        check_moved(target, kind, known, context)
    local.type = known
    symbol = context.module.symbols.get(target.id)
    if context.scope.find(target.id) is None and isinstance(symbol, Variable) and symbol.type is None:
        symbol.type = known
    context.types[target] = known
    context.forget(target.id)
    context.remember(target.id, narrow_to(known, kind))


def _assign_attribute(target: ast.Attribute, kind: Type, value: ast.expr | None, context: Context) -> None:
    base = context.expr(target.value)
    if isinstance(base, InstanceT):
        if not _is_settable(base, target.attr):
            context.refuse("CW053", target, type=base, name=target.attr)
            return
        setter = base.cls.find_setter(target.attr)
        declared = attribute_declared(base, target.attr, target, context)
        if value is not None:
            flow_into(value, kind, declared, context)
        check_attribute(target, declared, context)
        context.types[target] = declared
        path = path_of(target)
        if path is not None:
            context.forget(path)
            if setter is None:
                context.remember(path, narrow_to(declared, kind))
    elif base == JS:
        context.types[target] = JS
        if value is not None:
            check_js(value, context)
    else:
        _check_owner(target, base, context)


def check_place(target: ast.expr, context: Context) -> None:
    """Refuse what `target += value` cannot change in place."""
    if isinstance(target, ast.Attribute):
        _check_owner(target, context.types[target.value], context)
    elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
        _check_container(target, context.types[target.value], context)


def _check_owner(target: ast.Attribute, base: Type, context: Context) -> None:
    if not isinstance(base, InstanceT) and base not in (JS, NEVER):
        constant = "a class keeps constants: give an object, a list or a dict what changes"
        advice = constant if isinstance(base, ClassT) else "narrow the object first"
        context.refuse("CW074", target, what=f"attribute `{target.attr}` of {base}", advice=advice)


def _check_container(target: ast.Subscript, base: Type, context: Context) -> None:
    stores = isinstance(base, InstanceT) and base.cls.find_method("__setitem__") is not None
    if not (stores or isinstance(base, DictT | ListT) or base in (JS, NEVER)):
        advice = "only lists, dicts and JavaScript values take items"
        context.refuse("CW074", target, what=f"an item of {base}", advice=advice)


def _is_settable(base: InstanceT, name: str) -> bool:
    cls = base.cls
    if cls.is_enum and name in ("name", "value", *cls.members):
        return False
    return any(found is not None for found in (cls.find_field(name), cls.find_setter(name), cls.find_method(name)))


def _assign_item(target: ast.Subscript, kind: Type, value: ast.expr | None, context: Context) -> None:
    base = context.expr(target.value)
    if isinstance(target.slice, ast.Slice):
        look_at_bounds(target.slice, context)
        if isinstance(base, ListT):
            flow_into(value or target, kind, IterT(base.item), context)
        if not isinstance(base, ListT) or isinstance(base, DequeT) or target.slice.step is not None:
            context.refuse("CW074", target, what=f"a slice of {base}", advice="build a new list")
        return
    key = context.expr(target.slice, base.key if isinstance(base, DictT) else None)
    path = path_of(target)
    if path is not None:
        context.forget(path)
    if isinstance(base, DictT):
        if base.key == NEVER:
            widen(target.value, DictT(key, kind), context)
            if not context.program.annotations.good_key(key):
                context.refuse("CW059", target.slice, type=key)
        else:
            flow_into(target.slice, key, base.key, context)
            if value is not None:
                flow_into(value, kind, base.value, context)
        if path is not None:
            context.remember(path, narrow_to(base.value, kind) if base.key != NEVER else kind)
    elif isinstance(base, ListT):
        if value is not None:
            flow_into(value, kind, base.item, context)
    else:
        _check_container(target, base, context)
        flow_to_method(base, "__setitem__", [(target.slice, key), (value or target, kind)], context)


def _unpack(target: ast.Tuple | ast.List, kind: Type, context: Context) -> None:
    context.types[target] = kind
    stars = [index for index, item in enumerate(target.elts) if isinstance(item, ast.Starred)]
    if isinstance(kind, TupleT) and kind.rest is None:
        if len(stars) == 0 and len(kind.items) == len(target.elts):
            for item, inner in zip(target.elts, kind.items, strict=True):
                assign(item, inner, None, context)
            return
        if len(stars) == 1 and len(kind.items) >= len(target.elts) - 1:
            after = len(target.elts) - stars[0] - 1
            middle = kind.items[stars[0] : len(kind.items) - after]
            spread = [*kind.items[: stars[0]], union(*middle), *kind.items[len(kind.items) - after :]]
            for item, inner in zip(target.elts, spread, strict=True):
                assign(item, inner, None, context)
            return
    for member in members(kind):
        if isinstance(member, TupleT | ListT | IterT | SetT | DictT) or str(member) in ("str", "bytes", "any", "never"):
            continue
        context.refuse("CW070", target, type=kind, advice=UNPACKED)
        break
    inner = iterate(target, kind, context) if kind not in (ANY, OBJECT) else ANY
    for item in target.elts:
        assign(item, inner, None, context)


def parts_are_known(target: ast.expr, types: Mapping[ast.AST, Type]) -> bool:
    """Is it known how many items this target is given, at any depth? And a star stands last, as in JavaScript."""
    if not isinstance(target, ast.Tuple | ast.List):
        return True
    kind = types.get(target, ANY)
    stars = any(isinstance(item, ast.Starred) for item in target.elts[:-1])
    known = not stars and isinstance(kind, TupleT) and kind.rest is None
    return known and all(parts_are_known(item, types) for item in target.elts)


def bind(target: ast.expr, kind: Type, context: Context) -> None:
    assign(target, kind, None, context)


def look_at_bounds(node: ast.Slice, context: Context) -> None:
    for bound in (node.lower, node.upper, node.step):
        if bound is not None:
            context.expr(bound)


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
