"""Keys of dicts and members of sets: tuples are compared by value, so equal ones must be one array."""

from __future__ import annotations

import ast

from build.compiler.infer.iteration import iterate
from build.compiler.lower.context import Context
from build.compiler.nodes import Js
from build.compiler.types import DictT, SetT, TupleT, Type, members

OF_TUPLES = {"getItem": "tupleItem", "deleteKey": "removeTuple", "popKey": "popTuple", "removeMember": "removeTuple"}


def key_value(node: ast.expr, context: Context) -> Js:
    return as_key(context.expr(node), context.t(node), context)


def as_key(value: Js, kind: Type, context: Context) -> Js:
    return context.help("tupleKey", value) if is_by_value(kind) else value


def as_keys(items: Js, item: Type, context: Context, source: Type | None = None) -> Js:
    """All of an iterable; what is a key already in its `source` stays."""
    ready = isinstance(source, DictT | SetT) or not is_by_value(item)
    return items if ready else context.help("tupleKeys", items)


def as_pairs(pairs: Js, key: Type, context: Context) -> Js:
    """Keys with their values."""
    return context.help("tuplePairs", pairs) if is_by_value(key) else pairs


def key_type(node: ast.expr, context: Context) -> Type:
    """The keys of a dict, or the first of each pair of an iterable."""
    kind = context.t(node)
    if isinstance(kind, DictT):
        return kind.key
    pair = iterate(node, kind, context.inferred)
    return pair.items[0] if isinstance(pair, TupleT) and len(pair.items) > 0 else pair


def by_key(helper: str, container: Js, key: Js, kind: Type, context: Context, *others: Js) -> Js:
    """A helper that raises KeyError, which shows a tuple as one; `key` is one already."""
    return context.help(OF_TUPLES[helper] if is_by_value(kind) else helper, container, key, *others)


def is_by_value(kind: Type) -> bool:
    return any(isinstance(member, TupleT) for member in members(kind))
