"""deque, defaultdict and Counter: objects of the runtime's own classes of Array and Map."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.numbers import Numbers
from build.compiler.nodes import Array, Js, Lit, New
from build.compiler.types import BuiltinT, ClassT, CounterT, DefaultT, DictT

EMPTY = {"int": "0", "float": "0", "str": '""', "bool": "false"}


class Collections(Numbers):
    """One method per class: `_f_collections_deque`."""

    def _f_collections_deque(self, node: ast.Call) -> Js:
        limit = node.args[1] if len(node.args) > 1 else self._keyword(node, "maxlen")
        items = self.consumed(node.args[0], limit) if len(node.args) > 0 else Array([])
        return b.method(self.helper("Deque"), "of", items, *([self.expr(limit)] if limit is not None else []))

    def _f_collections_defaultdict(self, node: ast.Call) -> Js:
        rest = [self.expr(argument) if isinstance(self.t(argument), DictT) else self._pairs_of(argument, [])
                for argument in node.args[1:]]
        return New(self.helper("DefaultDict"), [self._factory(node.args[0]), *rest])

    def _factory(self, node: ast.expr) -> Js:
        kind = self.t(node)
        if isinstance(kind, BuiltinT):
            return b.arrow([], self.made_by(kind.name))
        if isinstance(kind, ClassT):
            return self.class_as_function(node, self.expr(node))
        return self.expr(node)

    def made_by(self, name: str) -> Js:
        """What a built-in class makes of nothing."""
        if name in EMPTY:
            return Lit(EMPTY[name])
        if name in ("list", "tuple"):
            return Array([])
        if name == "collections.deque":
            return b.method(self.helper("Deque"), "of", Array([]))
        classes: dict[str, Js] = {"collections.Counter": self.helper("Counter")} if "Counter" in name else {}
        return New(classes.get(name, b.path("Map" if name == "dict" else "Set")), [])

    def _f_collections_Counter(self, node: ast.Call) -> Js:
        made = New(self.helper("Counter"), [])
        if len(node.args) == 0:
            return made
        if isinstance(self.t(node.args[0]), DictT):
            return New(self.helper("Counter"), [self.expr(node.args[0])])
        return self.counted(made, node.args[0], "1")

    # Methods

    def counted(self, counter: Js, node: ast.expr, by: str) -> Js:
        """counter.update(node), or subtract."""
        kind = self.t(node)
        if isinstance(kind, DictT):
            return self.help("countAll", counter, self.expr(node), Lit(by))
        keys = self.as_keys(self.consumed(node), self.inferred.iterate(node, kind), kind)
        return self.help("countEach", counter, keys, Lit(by))

    def of_counter(self, name: str, node: ast.Call, value: Js) -> Js | None:
        """A method that only a Counter has, or has otherwise than a dict."""
        if name in ("update", "subtract"):
            return self.counted(value, node.args[0], "1" if name == "update" else "-1")
        helpers = {"most_common": "mostCommon", "elements": "elements", "total": "totalOf"}
        if name in helpers:
            return self.help(helpers[name], value, *self.arguments(node))
        return New(self.helper("Counter"), [value]) if name == "copy" else None

    def of_deque(self, name: str, node: ast.Call, value: Js) -> Js:
        if name in ("extend", "extendleft"):
            return b.method(value, name, self.consumed(node.args[0]))
        return b.method(value, name, *self.arguments(node))

    def item_of(self, base: DictT, container: Js, key: ast.expr, ready: Js | None = None) -> Js:
        """container[key] as each kind of dict understands it; `ready` is the key, if it is there already."""
        made = self.key(key) if ready is None else ready
        if isinstance(base, DefaultT):
            return self.help("defaultItem", container, made)
        if isinstance(base, CounterT):
            return b.binary("??", b.method(container, "get", made), Lit("0"))
        return self.by_key("getItem", container, made, self.t(key))
