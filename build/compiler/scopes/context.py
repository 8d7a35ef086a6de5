"""Where a name stands: handed down, never changed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from build.compiler.scopes.scope import Block, Local, Path, Scope, Scopes, Step, Use
from build.compiler.tables import Visit


@dataclass(frozen=True)
class Context:
    """`path` leads through the blocks of `scope`; `above` is where the scope itself stands."""

    scope: Scope
    scopes: Scopes
    visits: Mapping[type[ast.AST], Visit]
    path: Path = ()
    above: Context | None = None

    def visit(self, *nodes: ast.AST | None) -> None:
        for node in nodes:
            if node is not None:
                self.visits.get(type(node), parts)(node, self)

    def block(self, body: Iterable[ast.stmt], block: Block | None = None) -> None:
        """Statements one after the other, in a block of their own or in one that has begun."""
        block = block or Block()
        for statement in body:
            self.at(block, statement).visit(statement)

    def at(self, block: Block, statement: ast.stmt | ast.match_case) -> Context:
        return replace(self, path=(*self.path, Step(block, statement)))

    def opened(self, node: ast.AST, kind: str, bound: Iterable[Local]) -> Context:
        """In the scope that a function, a lambda or a comprehension makes."""
        scope = Scope(node, kind, self.scope, {local.name: local for local in bound})
        self.scopes.of[node] = scope
        return replace(self, scope=scope, path=(), above=self)

    def use(self, name: str, how: str) -> None:
        """Notes it at the nearest scope that binds the name: captured where a function stands between."""
        at: Context | None = self
        crossed = False
        while at is not None and name not in at.scope.locals:
            crossed = crossed or at.scope.kind in ("function", "lambda", "generator")
            at = at.above
        if at is not None:
            local = at.scope.locals[name]
            local.captured = local.captured or crossed
            local.uses.append(Use(how, at.path, crossed))

    def store(self, target: ast.expr, how: str) -> None:
        """Each name in a target; what else stands there is looked at."""
        if isinstance(target, ast.Name):
            self.use(target.id, how)
        elif isinstance(target, ast.Starred):
            self.store(target.value, how)
        elif isinstance(target, ast.Tuple | ast.List):
            for item in target.elts:
                self.store(item, how)
        else:
            self.visit(target)


def parts(node: ast.AST, context: Context) -> None:
    context.visit(*ast.iter_child_nodes(node))
