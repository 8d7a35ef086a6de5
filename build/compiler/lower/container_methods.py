"""Methods of lists, dicts and sets."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.order import after
from build.compiler.lower.text_methods import TextMethods
from build.compiler.nodes import Array, Assign, Binary, Id, Js, Lit, Member, New, Spread
from build.compiler.types import FLOAT, NONE, CounterT, DefaultT, DictT, SetT, Type, VarT, has_none, is_unknown, members


class ContainerMethods(TextMethods):
    """By name."""

    def _list(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        item = self.inferred.iterate(func.value, self.t(func.value))
        by_identity = len(node.args) > 0 and self.is_same_by_identity(item, self.t(node.args[0]))
        if name == "extend":
            return self.extended(value, node.args[0])
        if name == "sort":
            return self.sort(node, value, item)
        args = self.arguments(node)
        if name == "append":
            return b.method(value, "push", *args)
        if name == "insert":
            return b.method(value, "splice", args[0], Lit("0"), args[1])
        if name == "clear":
            return Assign("=", Member(value, "length"), Lit("0"))
        if name == "copy":
            return b.method(value, "slice")
        if name == "reverse":
            return b.method(value, "reverse")
        if name == "count" and by_identity:
            it = Id(self.fresh("it"))
            kept = b.method(value, "filter", b.arrow([it], Binary("===", it, args[0])))
            return Member(kept, "length") if self.is_simple(node.args[0]) else self.help("countSame", value, *args)
        if name == "index" and (len(args) > 2 or (len(args) > 1 and not by_identity)):
            return self.help("indexWithin", value, *args)
        if name == "index" and by_identity and FLOAT not in members(item):
            return self.help("placeOf", value, *args)
        if name == "pop" and len(args) > 0:
            is_first = isinstance(node.args[0], ast.Constant) and node.args[0].value == 0
            return self.help("shift", value) if is_first else self.help("popAt", value, *args)
        if name == "remove" and by_identity and FLOAT not in members(item):
            return self.help("removeItem", value, *args)
        names = {"pop": "pop", "remove": "removeEqual", "index": "indexOf", "count": "countItem"}
        return self.help(names[name], value, *args)

    def _dict(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name in ("keys", "values", "items"):
            return Array([Spread(self.iterable(node))])
        if name == "clear":
            return b.method(value, "clear")
        kind = self.t(func.value)
        special = self.of_counter(name, node, value) if isinstance(kind, CounterT) else None
        if special is not None:
            return special
        if name == "copy" and isinstance(kind, DefaultT):
            return self.help("copyDefault", value)
        if name == "copy":
            return New(Id("Map"), [value])
        if name == "update":
            return self._update(node, value)
        args = self.arguments(node)
        args[0] = self.as_key(args[0], self.t(node.args[0]))
        if name == "get":
            return self._get(node, func, value, args)
        if name == "pop":
            return self.by_key("popKey", value, args[0], self.t(node.args[0]), *args[1:])
        return self.help("setDefault", value, *args)

    def of_counter(self, name: str, node: ast.Call, value: Js) -> Js | None:
        raise NotImplementedError

    def _update(self, node: ast.Call, value: Js) -> Js:
        """Pairs of another dict or of a list."""
        if len(node.args) != 1:
            raise self.refuse("CW068", node, name="update", detail="needs one mapping", advice="write value[key] = x")
        return self.updated(value, node.args[0])

    def updated(self, value: Js, argument: ast.expr) -> Js:
        """value.update(argument)"""
        if isinstance(self.t(argument), DictT):
            return self.help("update", value, self.expr(argument))
        return self.help("update", value, self.as_pairs(self.consumed(argument), self.key_type(argument)))

    def _get(self, node: ast.Call, func: ast.Attribute, value: Js, args: list[Js]) -> Js:
        kind = self.t(func.value)
        nullable = any(
            isinstance(member, DictT)
            and (has_none(member.value) or is_unknown(member.value) or isinstance(member.value, VarT))
            for member in members(kind)
        )
        found = b.method(value, "get", args[0])
        if len(args) == 1:
            return Binary("??", found, b.NULL)
        if (nullable and self.t(node.args[1]) != NONE) or not self._is_cheap(node.args[1]):
            return self.help("getOr", value, *args)
        return Binary("??", found, args[1])

    def _is_cheap(self, node: ast.expr) -> bool:
        """May this default be left unevaluated?"""
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return all(self._is_cheap(item) for item in node.elts)
        if isinstance(node, ast.Dict):
            return len(node.keys) == 0
        return self.is_simple(node)

    def _set_member(self, name: str, value: Js, member: Js, kind: Type) -> Js:
        if name == "remove":
            return self.by_key("removeMember", value, member, kind)
        return b.method(value, "add" if name == "add" else "delete", member)

    def _set(self, name: str, node: ast.Call, func: ast.Attribute) -> Js:
        value = self.expr(func.value)
        if name == "clear":
            return b.method(value, name)
        if name in ("add", "discard", "remove"):
            return self._set_member(name, value, self.key(node.args[0]), self.t(node.args[0]))
        if name == "copy":
            return New(Id("Set"), [value])
        if name == "pop":
            return self.help("popMember", value)
        other = node.args[0]
        item = self.inferred.iterate(other, self.t(other))
        others = self.as_keys(self.consumed(other), item, self.t(other))
        as_set = others if isinstance(self.t(other), SetT) else New(Id("Set"), [others])
        names = {
            "intersection": "intersection",
            "difference": "difference",
            "symmetric_difference": "symmetricDifference",
        }
        if name == "union":
            return New(Id("Set"), [Array([Spread(value), Spread(others)])])
        if name in names:
            return self.help(names[name], value, as_set)
        if name == "issubset":
            return self.help("isSubset", value, as_set)
        if name == "issuperset":
            held, value = self.before(func.value, value, other)
            return after(held, self.help("isSubset", as_set, value))
        if name == "isdisjoint":
            return Binary("===", Member(self.help("intersection", value, as_set), "size"), Lit("0"))
        return self.help("addAll" if name == "update" else "discardAll", value, others)
