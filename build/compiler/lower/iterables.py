"""What can be walked: as it stands, or as an array."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.comparison import Comparison
from build.compiler.nodes import Array, Id, Js, Spread
from build.compiler.scope import Scope
from build.compiler.types import (
    NUMBERS,
    STR,
    ClassT,
    DequeT,
    DictT,
    IterT,
    ListT,
    TupleT,
    all_in,
    members,
)

Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Iterables(Comparison):
    """Asked by comprehensions, loops and calls."""

    def pattern(self, target: ast.expr) -> Js:
        """A target of plain names as a JavaScript pattern."""
        if isinstance(target, ast.Name):
            return Id(self.js_name(target.id), place=self.place(target, target.id))
        if isinstance(target, ast.Tuple | ast.List):
            return Array([self.pattern(item) for item in target.elts])
        if isinstance(target, ast.Starred):
            return Spread(self.pattern(target.value))
        raise self.refuse("CW074", target, what="this target", advice="unpack into plain names")

    def is_array(self, node: ast.expr) -> bool:
        """Is the lowered iterable a JavaScript array?"""
        if isinstance(node, ast.ListComp | ast.List | ast.Tuple) or self._calls(node, "range"):
            return True
        return all(isinstance(member, ListT | TupleT | ClassT) for member in members(self.t(node)))

    def iterable(self, node: ast.expr) -> Js:
        """Something for-of can walk over: dicts give keys, items() gives the dict itself."""
        kind = self.t(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 0:
            owner = self.t(node.func.value)
            if isinstance(owner, DictT) and node.func.attr == "items":
                return self.expr(node.func.value)
            if isinstance(owner, DictT) and node.func.attr in ("keys", "values"):
                return b.method(self.expr(node.func.value), node.func.attr)
        value = self.expr(node)
        if isinstance(kind, ClassT):
            return b.method(Id("Object"), "values", value)
        if isinstance(kind, DictT):
            return b.method(value, "keys")
        return value

    def walked(self, node: ast.expr) -> Js:
        """What a walk may leave early: JavaScript closes its iterator then, CPython one that nobody else holds."""
        value = self.iterable(node)
        is_held = self.is_lazy(node) and not isinstance(node, ast.Call | ast.GeneratorExp)
        return self.help("resumable", value) if is_held else value

    def as_array(self, node: ast.expr) -> Js:
        """The iterable as an array, copied only when it is none."""
        value = self.iterable(node)
        return value if self.is_array(node) else Array([Spread(value)])

    def is_lazy(self, node: ast.expr) -> bool:
        """Would taking more items than asked for be noticed? Iterators do something for each."""
        return any(
            isinstance(member, IterT) and member.kind in ("iterator", "iterable") for member in members(self.t(node))
        )

    def is_kept(self, node: ast.expr) -> bool:
        """Is it a name that nothing binds again?"""
        if not isinstance(node, ast.Name):
            return False
        found = self.scope.find(node.id)
        local = found[0] if found is not None else self.scopes.module.locals.get(node.id)
        return local is not None and local.stores <= (0 if local.kind == "param" else 1) and self.is_fixed(node)

    def is_lenient(self, node: ast.Call) -> bool:
        """Is nothing asked of zip but what it walks? `strict=False` is what it does anyway."""
        return all(isinstance(word.value, ast.Constant) and word.value.value is False for word in node.keywords)

    def is_list(self, node: ast.expr) -> bool:
        """Is it an array that goes on by index, whatever happens to it meanwhile?"""
        if isinstance(node, ast.Starred):
            return False
        kinds = members(self.t(node))
        exact = all(kind.exact and not isinstance(kind, DequeT) for kind in kinds if isinstance(kind, ListT))
        plain = exact and all(isinstance(kind, ListT | TupleT | ClassT) for kind in kinds)
        return plain or self._calls(node, "range")

    def is_list_of_numbers(self, node: ast.expr) -> bool:
        item = self.inferred.iterate(node, self.t(node)) if self.is_list(node) else STR
        return all_in(item, NUMBERS)

    def in_scope(self, node: Comprehension) -> Scope:
        saved = self.scope
        self.scope = self.scopes.of[node]
        return saved
