"""Names bound in a scope, and where in its blocks each is used."""

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
