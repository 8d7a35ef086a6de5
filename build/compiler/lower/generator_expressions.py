"""Generator expressions: generators, or arrays where all is taken at once."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.comprehensions import Comprehensions
from build.compiler.nodes import Call, ForOf, Function, Id, Js, Member, Statement, Yield


class GeneratorExpressions(Comprehensions):
    """GeneratorExp, and arguments that are used up."""

    def _GeneratorExp(self, node: ast.GeneratorExp) -> Js:
        """A real generator, for uses that are not known to take everything at once."""
        saved = self.scope
        first = self.walked(node.generators[0].iter)
        self.scope = self.scopes.of[node]
        value = self.expr(node.elt)
        self.scope = saved
        source = Id(self.fresh("source"))
        body = self._nested(node, [Statement(Yield(value))])
        assert isinstance(body[0], ForOf)
        body[0].iterable = source
        function = Function("", [source], [*self._captured(node), *body], is_generator=True)
        if uses_this(function):
            return Call(Member(function, "call"), [Id("this"), first])
        return Call(function, [first])

    def consumed(self, node: ast.expr, *later: ast.expr | None) -> Js:
        """An argument that is used up at once: generator expressions become arrays.

        Not where it shows that they run before `later` is evaluated.
        """
        shows = any(other is not None and self.order_shows(node, other) for other in later)
        if isinstance(node, ast.GeneratorExp) and not shows:
            return self.list_of(node)
        return self.iterable(node)

    def extended(self, value: Js, items: ast.expr) -> Js:
        """value.extend(items): what is written out is pushed."""
        if isinstance(items, ast.List | ast.Tuple) and not any(isinstance(item, ast.Starred) for item in items.elts):
            return b.method(value, "push", *[self.expr(item) for item in items.elts])
        return self.help("extend", value, self.consumed(items))

    def consumed_array(self, node: ast.expr) -> Js:
        if isinstance(node, ast.GeneratorExp):
            return self.list_of(node)
        return self.as_array(node)


def uses_this(node: object) -> bool:
    """Does `this` occur below, arrows included?"""
    if isinstance(node, Id):
        return node.name == "this"
    if isinstance(node, list | tuple):
        return any(uses_this(item) for item in node)
    if isinstance(node, Js):
        return any(uses_this(value) for value in vars(node).values())
    return False
