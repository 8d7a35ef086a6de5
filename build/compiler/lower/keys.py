"""Keys of dicts and members of sets: tuples are compared by value, so equal ones must be one array."""

from __future__ import annotations

import ast

from build.compiler.lower.order import Order
from build.compiler.nodes import Js
from build.compiler.types import DictT, SetT, TupleT, Type, members

OF_TUPLES = {
    "getItem": "tupleItem",
    "deleteKey": "removeTuple",
    "popKey": "popTuple",
    "removeMember": "removeTuple",
}


class Keys(Order):
    """Asked wherever something becomes a key or looks for one."""

    def key(self, node: ast.expr) -> Js:
        return self.as_key(self.expr(node), self.t(node))

    def as_key(self, value: Js, kind: Type) -> Js:
        return self.help("tupleKey", value) if is_by_value(kind) else value

    def as_keys(self, items: Js, item: Type, source: Type | None = None) -> Js:
        """All of an iterable; what is a key already in its `source` stays."""
        ready = isinstance(source, DictT | SetT) or not is_by_value(item)
        return items if ready else self.help("tupleKeys", items)

    def as_pairs(self, pairs: Js, key: Type) -> Js:
        """Keys with their values."""
        return self.help("tuplePairs", pairs) if is_by_value(key) else pairs

    def key_type(self, node: ast.expr) -> Type:
        """The keys of a dict, or the first of each pair of an iterable."""
        kind = self.t(node)
        if isinstance(kind, DictT):
            return kind.key
        pair = self.inferred.iterate(node, kind)
        return pair.items[0] if isinstance(pair, TupleT) and len(pair.items) > 0 else pair

    def by_key(self, helper: str, container: Js, key: Js, kind: Type, *others: Js) -> Js:
        """A helper that raises KeyError, which shows a tuple as one; `key` is one already."""
        return self.help(OF_TUPLES[helper] if is_by_value(kind) else helper, container, key, *others)


def is_by_value(kind: Type) -> bool:
    return any(isinstance(member, TupleT) for member in members(kind))
