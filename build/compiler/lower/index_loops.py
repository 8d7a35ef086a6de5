"""`for` over enumerate and zip without their generators: a count beside the loop, an index for lists side by side.

CPython's iterators of lists ask at each turn whether there is an item at the next index, as JavaScript's do and as is
done here, so a list that changes meanwhile is walked alike. What is walked is evaluated once, before the first turn.
"""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.collect import target_names
from build.compiler.lower.endings import continues, may_leave
from build.compiler.lower.walks import Walks
from build.compiler.nodes import Assign, Binary, For, ForOf, Id, Index, Js, Let, Lit, Member


class IndexLoops(Walks):
    """`indexed` gives the loop, or None where something else is walked."""

    def indexed(self, node: ast.For) -> list[Js] | None:
        parts = node.target.elts if isinstance(node.target, ast.Tuple) else []
        if not isinstance(node.iter, ast.Call) or len(parts) == 0 or not all(map(_is_plain, parts)):
            return None
        declared = all(self.placement.declares(node, name) for name in target_names(node.target))
        if self._calls(node.iter, "enumerate") and len(parts) == 2:
            return self._enumerating(node, node.iter, parts, declared)
        if self._calls(node.iter, "zip") and len(parts) == len(node.iter.args) and self.is_lenient(node.iter):
            return self._side_by_side(node, node.iter.args, parts, declared)
        return None

    def _enumerating(
        self, node: ast.For, call: ast.Call, parts: list[ast.expr], declared: bool
    ) -> list[Js] | None:
        """let index = 0; for (const item of items) { ...; index++; }"""
        given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        if any(not isinstance(start, ast.Constant) or type(start.value) is not int for start in given):
            return None
        source = self.walked(call.args[0]) if may_leave(node.body) else self.iterable(call.args[0])
        start = self.expr(given[0]) if len(given) > 0 else Lit("0")
        counter = self._counter(parts[0], declared)
        if self.is_list_of_numbers(call.args[0]):
            return self._by_index(node, call.args[0], parts, declared, counter, start)
        body = self.block(node.body)
        if counter is not None and not continues(node.body):
            body = [*body, b.do(Id(f"{counter.name}++"))]
        else:
            counter = Id(self.unique("count"))
            body = [self._stored_item(parts[0], Id(f"{counter.name}++"), declared), *body]
        kind = self._kind(parts[1]) if declared else ""
        loop = ForOf(kind, self.pattern(parts[1]), source, body, place=self.place(node))
        return [Let("let", counter, start), loop]

    def _by_index(
        self, node: ast.For, items: ast.expr, parts: list[ast.expr], declared: bool, counter: Id | None, start: Js
    ) -> list[Js]:
        """Of numbers, which V8 boxes one by one for an iterator: an index is three times as fast."""
        value = self.iterable(items)
        held = [] if self.is_kept(items) else [Let("let", Id(self.unique("items")), value)]
        source = value if len(held) == 0 else held[0].target
        own = counter is not None and start == Lit("0")
        index = counter if counter is not None and own else Id(self.unique("index"))
        stores = [self._stored_item(parts[1], Index(source, index), declared)]
        if not own:
            count = index if start == Lit("0") else Binary("+", index, start)
            stores.insert(0, self._stored_item(parts[0], count, declared))
        test = Binary("<", index, Member(source, "length"))
        body = [*stores, *self.block(node.body)]
        return [For([*held, Let("let", index, Lit("0"))], test, Id(f"{index.name}++"), body, place=self.place(node))]

    def _counter(self, target: ast.expr, declared: bool) -> Id | None:
        """The name that the loop gives the count may count itself, where nothing else stores it or keeps it."""
        local = self._local(target.id) if isinstance(target, ast.Name) else None
        if not isinstance(target, ast.Name) or not declared or local is None or local.stores != 1:
            return None
        return Id(self.js_name(target.id), place=self.place(target, target.id))

    def _side_by_side(
        self, node: ast.For, args: list[ast.expr], parts: list[ast.expr], declared: bool
    ) -> list[Js] | None:
        """for (let at = 0; at < one.length && at < other.length; at++) { const a = one[at]; ... }"""
        if not all(map(self.is_list, args)):
            return None
        sources: list[Js] = []
        start: list[Let] = []
        for arg in args:
            value = self.iterable(arg)
            if not self.is_kept(arg):
                start.append(Let("let", Id(self.unique("items")), value))
                value = start[-1].target
            sources.append(value)
        at = Id(self.unique("index"))
        test: Js = Binary("<", at, Member(sources[0], "length"))
        for other in sources[1:]:
            test = Binary("&&", test, Binary("<", at, Member(other, "length")))
        stores = [self._stored_item(part, Index(of, at), declared) for part, of in zip(parts, sources, strict=True)]
        body = [*stores, *self.block(node.body)]
        return [For([*start, Let("let", at, Lit("0"))], test, Id(f"{at.name}++"), body, place=self.place(node))]

    def _stored_item(self, target: ast.expr, value: Js, declared: bool) -> Js:
        pattern = self.pattern(target)
        return Let(self._kind(target), pattern, value) if declared else b.do(Assign("=", pattern, value))

    def _kind(self, target: ast.expr) -> str:
        kinds = {self.declare_kind(name) for name in target_names(target)}
        return "let" if "let" in kinds else "const"


def _is_plain(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple | ast.List):
        return all(_is_plain(item) and not isinstance(item, ast.Starred) for item in target.elts)
    return isinstance(target, ast.Name)
