"""What one module has used so far, and what was found out about its nodes on the way."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gathered:
    """`taken`: names that the module uses itself. `helpers` and `imports`: by what they are, the local name.

    `dropped`: expressions whose value nobody looks at. `whole_matches`: lambdas that take the text of a match for it.
    """

    taken: frozenset[str]
    helpers: dict[str, str] = field(default_factory=dict)
    imports: dict[tuple[str, str | None], str] = field(default_factory=dict)
    dropped: set[ast.AST] = field(default_factory=set)
    whole_matches: set[ast.AST] = field(default_factory=set)
