"""The names that nodes bind."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from build.compiler.scopes.scope import Local

NAMED: dict[type[ast.AST], str] = {
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), "name"),
    **dict.fromkeys((ast.ExceptHandler, ast.MatchAs, ast.MatchStar), "name"),
    ast.Name: "id",
    ast.arg: "arg",
    ast.MatchMapping: "rest",
}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def name_in(node: ast.AST) -> str | None:
    """The name that this node binds."""
    if isinstance(node, ast.alias):
        return node.asname or node.name
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
        return None
    word = NAMED.get(type(node))
    return getattr(node, word) if word is not None else None


def names_in(*nodes: ast.AST) -> list[str]:
    """Those that these and what stands below them bind."""
    return [name for node in nodes for part in ast.walk(node) if (name := name_in(part)) is not None]


def bound_inside(*nodes: ast.AST) -> set[str]:
    """The names that `:=` binds somewhere in these."""
    parts = (part for node in nodes for part in ast.walk(node))
    return {part.target.id for part in parts if isinstance(part, ast.NamedExpr)}


def is_plain(target: ast.expr) -> bool:
    """A name, or a tuple of names: storing into it runs no code of the program."""
    return isinstance(target, ast.Name) or (
        isinstance(target, ast.Tuple | ast.List) and all(isinstance(item, ast.Name) for item in target.elts)
    )


def bound_names(body: Iterable[ast.stmt]) -> dict[str, Local]:
    """What statements bind in their own scope; not what `nonlocal` says is another's, nor what is imported."""
    nodes = [node for statement in body for node in _own_nodes(statement)]
    outer = {name for node in nodes if isinstance(node, ast.Nonlocal) for name in node.names}
    found: dict[str, Local] = {}
    for node in nodes:
        name = None if isinstance(node, ast.alias) else name_in(node)
        if name is not None and name not in outer:
            found.setdefault(name, Local(name, "local"))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id not in outer:
            local = found.setdefault(node.target.id, Local(node.target.id, "local"))
            local.annotation = local.annotation or node.annotation
    return found


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What is no definition's inside; what `:=` binds in a comprehension belongs to the scope around it."""
    yield node
    if isinstance(node, COMPREHENSIONS):
        yield from (part.target for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
    elif not isinstance(node, DEFINITIONS):
        for part in ast.iter_child_nodes(node):
            yield from _own_nodes(part)
