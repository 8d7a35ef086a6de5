"""The names that statements bind."""

from __future__ import annotations

import ast


def captured_name(node: ast.AST) -> str | None:
    """The name that a pattern itself binds."""
    if isinstance(node, ast.MatchAs | ast.MatchStar):
        return node.name
    return node.rest if isinstance(node, ast.MatchMapping) else None


def bound_inside(*nodes: ast.AST) -> set[str]:
    """The names that `:=` binds somewhere in these."""
    parts = (part for node in nodes for part in ast.walk(node))
    return {part.target.id for part in parts if isinstance(part, ast.NamedExpr)}


def is_plain(target: ast.expr) -> bool:
    """A name, or a tuple of names: storing into it runs no code of the program."""
    return isinstance(target, ast.Name) or (
        isinstance(target, ast.Tuple | ast.List) and all(isinstance(item, ast.Name) for item in target.elts)
    )


def bound_names(body: list[ast.stmt], outer: set[str]) -> list[tuple[str, ast.expr | None]]:
    """Names that statements bind in their own scope; `nonlocal` names are added to `outer` instead."""
    finder = _Binder()
    for statement in body:
        finder.visit(statement)
    outer |= finder.outer
    return [(name, annotation) for name, annotation in finder.found if name not in finder.outer]


class _Binder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[tuple[str, ast.expr | None]] = []
        self.outer: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.found.append((node.id, None))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.found.append((node.target.id, node.annotation))

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.found.append((node.name, None))

    visit_AsyncFunctionDef = visit_FunctionDef
    visit_ClassDef = visit_FunctionDef

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name is not None:
            self.found.append((node.name, None))
        for statement in node.body:
            self.visit(statement)

    def _captures(self, node: ast.pattern) -> None:
        name = captured_name(node)
        if name is not None:
            self.found.append((name, None))
        self.generic_visit(node)

    visit_MatchAs = _captures
    visit_MatchStar = _captures
    visit_MatchMapping = _captures

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.outer |= set(node.names)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        pass

    def _own_scope(self, node: ast.AST) -> None:
        """What `:=` binds in a comprehension belongs to the scope around it."""
        for part in ast.walk(node):
            if isinstance(part, ast.NamedExpr):
                self.visit(part.target)

    visit_ListComp = _own_scope
    visit_SetComp = _own_scope
    visit_DictComp = _own_scope
    visit_GeneratorExp = _own_scope
