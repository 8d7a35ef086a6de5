"""Types of displays and comprehensions."""

from __future__ import annotations

import ast
from dataclasses import replace

from build.compiler.infer.context import Context
from build.compiler.infer.conversions import check_key
from build.compiler.infer.flows import check_moved, flow_into
from build.compiler.infer.iteration import iterate, walked
from build.compiler.infer.narrow import condition, join_shapes
from build.compiler.infer.stores import bind, parts_are_known
from build.compiler.scopes.bindings import bound_inside
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


def _items(nodes: list[ast.expr], want: Type | None, context: Context) -> Type:
    kinds: list[Type] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            kinds.append(iterate(node.value, context.expr(node.value), context))
            context.types[node] = kinds[-1]
            if want is not None:
                check_moved(node, kinds[-1], want, context)
            continue
        kind = context.expr(node, want)
        if want is not None:
            flow_into(node, kind, want, context)
        kinds.append(kind)
    return union(*kinds)


def visit_List(node: ast.List, want: Type | None, context: Context) -> Type:
    wanted = pick(want, ListT) or pick(want, IterT)
    expected = wanted.item if isinstance(wanted, ListT | IterT) and wanted.item != NEVER else None
    item = _items(node.elts, expected, context)
    return ListT(expected) if expected is not None and expected != ANY else ListT(item)


def visit_Set(node: ast.Set, want: Type | None, context: Context) -> Type:
    wanted = pick(want, SetT)
    expected = wanted.item if isinstance(wanted, SetT) and wanted.item != NEVER else None
    item = _items(node.elts, expected, context)
    check_key(node, item, context)
    return SetT(expected if expected is not None and expected != ANY else item)


def visit_Tuple(node: ast.Tuple, want: Type | None, context: Context) -> Type:
    wanted = pick(want, TupleT)
    if isinstance(wanted, TupleT) and wanted.rest is not None and wanted.rest != NEVER:
        _items(node.elts, wanted.rest, context)
        return wanted
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return TupleT((), _items(node.elts, None, context))
    expected: list[Type | None] = [None] * len(node.elts)
    if isinstance(wanted, TupleT) and len(wanted.items) == len(node.elts):
        expected = [item if item != NEVER else None for item in wanted.items]
    kinds: list[Type] = []
    for item, hope in zip(node.elts, expected, strict=True):
        kind = context.expr(item, hope)
        if hope is not None:
            flow_into(item, kind, hope, context)
        kinds.append(hope if hope is not None and hope not in (ANY, OBJECT) and not isinstance(hope, VarT) else kind)
    return TupleT(tuple(kinds))


def visit_Dict(node: ast.Dict, want: Type | None, context: Context) -> Type:
    wanted = pick(want, DictT)
    keys: Type = NEVER
    values: Type = NEVER
    hope_key = wanted.key if isinstance(wanted, DictT) and wanted.key != NEVER else None
    hope_value = wanted.value if isinstance(wanted, DictT) and wanted.value != NEVER else None
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            spread = context.expr(value, wanted)
            if isinstance(spread, DictT):
                if wanted is not None:
                    check_moved(value, spread, wanted, context)
                keys, values = union(keys, spread.key), union(values, spread.value)
            continue
        key_kind, value_kind = context.expr(key, hope_key), context.expr(value, hope_value)
        if hope_key is not None:
            flow_into(key, key_kind, hope_key, context)
        if hope_value is not None:
            flow_into(value, value_kind, hope_value, context)
        keys, values = union(keys, key_kind), join_shapes(values, value_kind)
    check_key(node, keys, context)
    if hope_key is not None and hope_value is not None and hope_value != ANY:
        return DictT(hope_key, hope_value)
    return DictT(keys, values)


def _forget_bound(node: ast.expr, context: Context) -> None:
    """What `:=` binds in a comprehension is bound in some rounds, or in none."""
    for name in bound_inside(node):
        context.forget(name)


def _generators(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, context: Context) -> Context:
    """Where the elements stand; the first iterable is looked at outside."""
    _forget_bound(node, context)
    inside = context.within(node, context.copy())
    where = replace(inside, scope=context.scope)
    for generator in node.generators:
        bind(generator.target, walked(generator.iter, where), inside)
        if not parts_are_known(generator.target, context.types):
            kind = f"{context.types.get(generator.target, ANY)} inside a comprehension"
            advice = "only tuples of known length, a star last: write a `for`, or use indexes"
            context.refuse("CW070", generator.target, type=kind, advice=advice)
        where = inside
        for test in generator.ifs:
            inside.way.flow = condition(test, inside)[0] or {}
    return inside


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, want: Type | None, context: Context) -> Type:
    inside = _generators(node, context)
    hope = None
    wanted = pick(want, ListT) or pick(want, SetT) or pick(want, IterT)
    if isinstance(wanted, ListT | SetT | IterT) and wanted.item not in (ANY, NEVER):
        hope = wanted.item
    item = inside.expr(node.elt, hope)
    if hope is not None and not isinstance(hope, VarT):
        flow_into(node.elt, item, hope, inside)
        item = hope if isinstance(item, DictT | ListT | SetT | TupleT) or isinstance(hope, UnionT) else item
    return item


def visit_ListComp(node: ast.ListComp, want: Type | None, context: Context) -> Type:
    return ListT(_comprehension(node, want, context))


def visit_SetComp(node: ast.SetComp, want: Type | None, context: Context) -> Type:
    item = _comprehension(node, want, context)
    check_key(node, item, context)
    return SetT(item)


def visit_GeneratorExp(node: ast.GeneratorExp, want: Type | None, context: Context) -> Type:
    return IterT(_comprehension(node, want, context), "iterator")


def visit_DictComp(node: ast.DictComp, want: Type | None, context: Context) -> Type:
    inside = _generators(node, context)
    wanted = pick(want, DictT)
    hope = wanted.value if isinstance(wanted, DictT) and wanted.value not in (ANY, NEVER) else None
    key, value = inside.expr(node.key), inside.expr(node.value, hope)
    if hope is not None:
        flow_into(node.value, value, hope, inside)
        value = hope
    check_key(node.key, key, inside)
    return DictT(key, value)


def pick(want: Type | None, shape: type[Type]) -> Type | None:
    """The alternative of the wanted type that has this shape."""
    if want is None:
        return None
    return next((member for member in members(want) if isinstance(member, shape)), None)
