"""`with` and `async with` as try and finally."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.bindings import is_plain
from build.compiler.infer.managers import Exit
from build.compiler.lower.assignments import Assignments
from build.compiler.nodes import Assign, Await, Id, If, Js, Let, Lit, Member, Throw, Try


class Managers(Assignments):
    """With and AsyncWith."""

    def _s_With(self, node: ast.With | ast.AsyncWith) -> list[Js]:
        return self._with_item(node, 0)

    _s_AsyncWith = _s_With

    def _with_item(self, node: ast.With | ast.AsyncWith, index: int) -> list[Js]:
        """One item: enter, bind, and what follows in a try that leaves."""
        if index == len(node.items):
            return self.block(node.body)
        item = node.items[index]
        found: list[Js] = []
        manager = self.expr(item.context_expr)
        if not self._stays(item.context_expr):
            name = Id(self.unique("manager"))
            found.append(Let("const", name, manager))
            manager = name
        entered = self._manage(node, manager, "enter", [])
        body: list[Js] = []
        if item.optional_vars is None:
            found.append(b.do(entered))
        elif is_plain(item.optional_vars):
            found += self.store(item.optional_vars, entered, node, None)
        else:
            value = Id(self.unique("value"))
            found.append(Let("const", value, entered))
            body = self.store(item.optional_vars, value, node, None)
        body += self._with_item(node, index + 1)
        word = "__aexit__" if isinstance(node, ast.AsyncWith) else "__exit__"
        leaving = self.inferred.leaving(self.t(item.context_expr), word)
        return [*found, *self._left(node, body, manager, leaving)]

    def _stays(self, node: ast.expr) -> bool:
        """Is the manager still found by this expression when the block is left?"""
        if isinstance(node, ast.Name) and self.scope is self.scopes.module:
            return False
        return self.is_settled(node)

    def _manage(self, node: ast.stmt, manager: Js, word: str, args: list[Js]) -> Js:
        """`manager.__enter__()`, awaited for `async with`."""
        if not isinstance(node, ast.AsyncWith):
            return b.method(manager, self.prop(f"__{word}__"), *args)
        return Await(b.method(manager, self.prop(f"__a{word}__"), *args))

    def _left(self, node: ast.stmt, body: list[Js], manager: Js, leaving: Exit) -> list[Js]:
        """A plain finally where `__exit__` neither looks at the error nor ends it."""
        if not leaving.swallows and not any(leaving.uses):
            return [Try(body, None, None, [b.do(self._manage(node, manager, "exit", []))])]
        failed, error = Id(self.unique("failed")), Id(self.fresh("error"))
        told = self._manage(node, manager, "exit", _used(leaving, [Member(error, "constructor"), error, error]))
        again: Js = Throw(error)
        handler = [b.do(told), again] if not leaving.swallows else [If(b.negate(told), [again], [])]
        calm = self._manage(node, manager, "exit", _used(leaving, [b.NULL, b.NULL, b.NULL]))
        return [
            Let("let", failed, Lit("false")),
            Try(
                body,
                error.name,
                [b.do(Assign("=", failed, Lit("true"))), *handler],
                [If(b.negate(failed), [b.do(calm)], [])],
            ),
        ]


def _used(leaving: Exit, args: list[Js]) -> list[Js]:
    """The arguments that are looked at; null for others before them."""
    given = [arg if used else b.NULL for arg, used in zip(args, leaving.uses, strict=True)]
    last = max((index for index, used in enumerate(leaving.uses) if used), default=-1)
    return given[: last + 1]
