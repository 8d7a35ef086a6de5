"""One parsed Python module, as every phase of the compiler sees it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class SourceModule:
    """`name` is dotted ("widget.chat.chat"), `path` is relative to the project with "/" ("widget/chat/chat.py")."""

    name: str
    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, walked once for those who look through everything."""
        return tuple(ast.walk(self.tree))
