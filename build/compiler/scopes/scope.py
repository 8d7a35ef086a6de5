"""Scopes, the names bound in them, and where in its blocks each is used."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.types import Type


@dataclass(eq=False)
class Block:
    """A list of statements; `loop` is the loop statement whose body it is."""

    loop: ast.stmt | None = None


@dataclass(frozen=True)
class Step:
    """One level of nesting: a block and the statement in it, or the `case` whose block it is."""

    block: Block
    statement: ast.stmt | ast.match_case


Path = tuple[Step, ...]


@dataclass(frozen=True)
class Use:
    """One mention of a local; `how` is load, store, for, with, match, except, def, aug or walrus."""

    how: str
    path: Path
    inner: bool = False


@dataclass(eq=False)
class Local:
    """A name bound in a scope. `kind`: param, local, comp."""

    name: str
    kind: str
    uses: list[Use] = field(default_factory=list)
    captured: bool = False
    is_rest: bool = False  # *args: a tuple of what is annotated
    type: Type | None = None
    annotation: ast.expr | None = None

    @property
    def has_walrus(self) -> bool:
        """May an expression that reads it assign it as well?"""
        return any(use.how == "walrus" for use in self.uses)

    @property
    def stores(self) -> int:
        return sum(use.how != "load" for use in self.uses)


@dataclass(eq=False)
class Scope:
    """One module, function, lambda or comprehension ("comp", or "generator"); `is_generator` where it yields."""

    node: ast.AST
    kind: str
    parent: Scope | None
    locals: dict[str, Local] = field(default_factory=dict)
    is_generator: bool = False

    def find(self, name: str) -> tuple[Local, Scope] | None:
        """The nearest binding of a name, looking outwards; module scope excluded."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "module":
            if name in scope.locals:
                return scope.locals[name], scope
            scope = scope.parent
        return None

    def local(self, name: str) -> Local | None:
        """The nearest binding of a name, the module's included."""
        scope: Scope | None = self
        while scope is not None and name not in scope.locals:
            scope = scope.parent
        return None if scope is None else scope.locals[name]

    def function(self) -> Scope:
        """The scope that holds the statements around: comprehensions are looked through."""
        scope = self
        while scope.kind in ("comp", "generator") and scope.parent is not None:
            scope = scope.parent
        return scope


@dataclass(frozen=True)
class Scopes:
    """Those of one module; `of[node]` is the scope that node opens, `eager` generator expressions used up at once."""

    module: Scope
    of: dict[ast.AST, Scope]
    eager: set[ast.AST] = field(default_factory=set)
