"""Where a node stands."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from build.compiler.errors import Reporter
from build.compiler.tables import Visit


@dataclass(frozen=True)
class Context:
    """`place` is what the node stands in: "module", "class", "function" or "lambda". `is_top`: below no definition."""

    report: Reporter
    packages: Collection[str]
    visits: Mapping[type[ast.AST], Visit]
    place: str = "module"
    is_top: bool = True
    in_class: bool = False

    def visit(self, node: ast.AST) -> None:
        visit = self.visits.get(type(node))
        if visit is not None:
            visit(node, self)
        else:
            self.parts(node)

    def parts(self, node: ast.AST) -> None:
        for part in ast.iter_child_nodes(node):
            self.visit(part)

    def inside(self, place: str) -> Context:
        return replace(self, place=place, is_top=False, in_class=self.in_class or place == "class")

    def refuse(self, code: str, node: ast.AST, **words: object) -> None:
        self.report.refuse(code, node, **words)
