"""Comprehensions: map and filter where that means the same, loops elsewhere."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.bindings import bound_inside
from build.compiler.lower.iterables import Comprehension, Iterables
from build.compiler.nodes import Array, Arrow, Await, Call, Cond, ForOf, Id, If, Js, Let, New, Return, Spread
from build.compiler.types import TupleT


class Comprehensions(Iterables):
    """ListComp, SetComp, DictComp."""

    # Choosing a shape

    def _is_loop(self, node: Comprehension) -> bool:
        """What `:=` binds for one item must not be bound for the next before this one is used up."""
        return len(bound_inside(node)) > 0 or self._is_held_or_waits(node)

    def _is_held_or_waits(self, node: Comprehension) -> bool:
        """Awaits, yields and captured variables need a real loop."""
        if any(isinstance(item, ast.Await) for item in ast.walk(node)):
            return True
        scope = self.scopes.of[node]
        return any(local.captured for local in scope.locals.values())

    def _takes_turns(self, node: Comprehension) -> bool:
        """Does it show that an iterator goes on only when the item before has been used?"""
        first, *others = node.generators
        if not any(self.is_lazy(generator.iter) for generator in node.generators) or len(first.ifs) + len(others) == 0:
            return False
        saved = self.in_scope(node)
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        used = [*elements, *(test for generator in node.generators for test in generator.ifs)]
        shows = not all(self.is_steady(part) for part in [*used, *(generator.iter for generator in others)])
        self.scope = saved
        return shows

    def _ListComp(self, node: ast.ListComp) -> Js:
        return self.list_of(node)

    def list_of(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Js:
        """An array of the results."""
        if self._is_loop(node) or self._takes_turns(node):
            return self._loop(node, Array([]), self._push(node))
        return self._chain(node, node.elt)

    def _push(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> list[Js]:
        saved = self.in_scope(node)
        value = self.expr(node.elt)
        self.scope = saved
        return [b.do(b.method(self._result(), "push", value))]

    def _result(self) -> Id:
        return Id(self.fresh("result"))

    def _SetComp(self, node: ast.SetComp) -> Js:
        return New(Id("Set"), [self.as_keys(self.list_of(node), self.t(node.elt))])

    def _DictComp(self, node: ast.DictComp) -> Js:
        if self._is_loop(node) or self._takes_turns(node):
            saved = self.in_scope(node)
            body: list[Js] = [b.do(b.method(self._result(), "set", self.key(node.key), self.expr(node.value)))]
            self.scope = saved
            return self._loop(node, New(Id("Map"), []), body)
        pair = ast.Tuple([node.key, node.value], ast.Load())
        ast.copy_location(pair, node)
        return New(Id("Map"), [self.as_pairs(self._chain(node, pair), self.t(node.key))])

    def _chain(self, node: Comprehension, element: ast.expr) -> Js:
        """xs.filter(...).map(...), with flatMap for nested loops and for conditions with effects."""
        saved = self.scope
        counted = self._enumerated(node, element)
        source = self.as_array(node.generators[0].iter if counted is None else counted)
        self.scope = self.scopes.of[node]
        if counted is not None:
            result = self._with_index(node, source, element)
            self.scope = saved
            return result
        result = self._level(node, 0, source, element)
        self.scope = saved
        return result

    def _enumerated(self, node: Comprehension, element: ast.expr) -> ast.expr | None:
        """The list in `... for index, item in enumerate(a_list) if ...`: filter and map count by themselves.

        After a filter the index would be another: then the element must not ask for it.
        """
        generator = node.generators[0]
        call, target = generator.iter, generator.target
        if len(node.generators) > 1 or not isinstance(call, ast.Call) or not self._calls(call, "enumerate"):
            return None
        if not isinstance(target, ast.Tuple) or len(call.args) != 1 or len(call.keywords) > 0:
            return None
        index, item = target.elts
        if not isinstance(index, ast.Name) or not isinstance(item, ast.Name) or not self.is_array(call.args[0]):
            return None
        asks = any(isinstance(part, ast.Name) and part.id == index.id for part in ast.walk(element))
        plain = len(generator.ifs) == 0 or (not asks and self._may_part(generator.ifs, [element]))
        return call.args[0] if plain else None

    def _with_index(self, node: Comprehension, source: Js, element: ast.expr) -> Js:
        generator = node.generators[0]
        assert isinstance(generator.target, ast.Tuple)
        index, item = (self.pattern(name) for name in generator.target.elts)
        if len(generator.ifs) == 0:
            return b.method(source, "map", Arrow([item, index], self.expr(element)))
        tests = _all([self.expr(test) for test in generator.ifs])
        kept = b.method(source, "filter", Arrow([item, index], tests))
        if isinstance(element, ast.Name) and self.js_name(element.id) == str(getattr(item, "name", "")):
            return kept
        return b.method(kept, "map", Arrow([item], self.expr(element)))

    def _level(self, node: Comprehension, index: int, source: Js, element: ast.expr) -> Js:
        generator = node.generators[index]
        param = self.pattern(generator.target)
        tests = [self.expr(test) for test in generator.ifs]
        last = index == len(node.generators) - 1
        if last:
            body: Js = self.expr(element)
        else:
            inner = self.as_array(node.generators[index + 1].iter)
            body = self._level(node, index + 1, inner, element)
        rest = [element, *(part for later in node.generators[index + 1 :] for part in [later.iter, *later.ifs])]
        if len(tests) > 0 and not self._may_part(generator.ifs, rest):
            kept = Array([body]) if last else body
            return b.method(source, "flatMap", Arrow([param], Cond(_all(tests), kept, Array([]))))
        if len(tests) > 0:
            source = self._filter(source, param, _all(tests))
        if not last:
            return b.method(source, "flatMap", Arrow([param], body))
        if self._is_the_item(element, generator):
            return source if len(tests) > 0 or not self.is_array(generator.iter) else b.method(source, "slice")
        if isinstance(source, Array) and len(source.items) == 1 and isinstance(source.items[0], Spread):
            return self.help("collect", source.items[0].value, Arrow([param], body))
        return b.method(source, "map", Arrow([param], body))

    def _is_the_item(self, element: ast.expr, generator: ast.comprehension) -> bool:
        """Is each item kept as it is: `x for x`, or `k, v for k, v` of tuples?"""
        pairs = [(element, generator.target)]
        if isinstance(element, ast.Tuple) and isinstance(generator.target, ast.Tuple):
            item = self.inferred.iterate(generator.iter, self.t(generator.iter))
            if not isinstance(item, TupleT) or len(element.elts) != len(generator.target.elts):
                return False
            pairs = list(zip(element.elts, generator.target.elts, strict=True))
        return all(isinstance(a, ast.Name) and isinstance(b, ast.Name) and a.id == b.id for a, b in pairs)

    def _may_part(self, tests: list[ast.expr], rest: list[ast.expr]) -> bool:
        """May all conditions run before what is done with the items that they let through?"""
        return not any(_stores(test) or any(self.order_shows(test, part) for part in rest) for test in tests)

    def _filter(self, source: Js, param: Js, test: Js) -> Js:
        return b.method(source, "filter", Arrow([param], test))

    def _loop(self, node: Comprehension, empty: Js, body: list[Js]) -> Js:
        """(() => { const result = []; for (...) ...; return result; })()"""
        statements = self._nested(node, body)
        awaits = any(isinstance(item, ast.Await) for item in ast.walk(node))
        captured = self._captured(node)
        whole: list[Js] = [Let("const", self._result(), empty), *captured, *statements, Return(self._result())]
        function = Arrow([], whole, awaits)
        return Await(Call(function, [])) if awaits else Call(function, [])

    def _captured(self, node: Comprehension) -> list[Js]:
        """Variables that closures keep live outside the loop: Python has one for all rounds."""
        saved = self.in_scope(node)
        targets = [generator.target for generator in node.generators if self._is_held(generator.target)]
        held: list[Js] = [Let("let", Id(self.js_name(name))) for target in targets for name in _names(target)]
        self.scope = saved
        return held

    def _is_held(self, target: ast.expr) -> bool:
        """Does a closure keep a variable of this `for`?"""
        return any(self.scope.locals[name].captured for name in _names(target))

    def _nested(self, node: Comprehension, body: list[Js]) -> list[Js]:
        scope = self.scopes.of[node]
        saved = self.scope
        sources: list[Js] = []
        for index, generator in enumerate(node.generators):
            if index == 1:
                self.scope = scope
            walked = self.walked if isinstance(node, ast.GeneratorExp) else self.iterable
            sources.append(walked(generator.iter))
        self.scope = scope
        for generator, source in reversed(list(zip(node.generators, sources, strict=True))):
            if len(generator.ifs) > 0:
                body = [If(_all([self.expr(test) for test in generator.ifs]), body, [])]
            kind = "" if self._is_held(generator.target) else "const"
            body = [ForOf(kind, self.pattern(generator.target), source, body)]
        self.scope = saved
        return body


def _names(target: ast.expr) -> list[str]:
    return [item.id for item in ast.walk(target) if isinstance(item, ast.Name)]


def _all(tests: list[Js]) -> Js:
    result = tests[0]
    for test in tests[1:]:
        result = b.binary("&&", result, test)
    return result


def _stores(node: ast.expr) -> bool:
    names = {"add", "append", "pop", "remove", "discard", "setdefault"}
    return any(isinstance(item, ast.Attribute) and item.attr in names for item in ast.walk(node))
