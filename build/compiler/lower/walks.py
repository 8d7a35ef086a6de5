"""Loops over a dict or set that they change: CPython raises when its size is another than at the beginning."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from build.compiler.infer.paths import path_of
from build.compiler.lower.context import Context
from build.compiler.nodes import Js
from build.compiler.types import DefaultT, DictT, SetT

RESIZING_TEXT = "add clear difference_update discard pop popitem remove setdefault update"
RESIZING = frozenset(RESIZING_TEXT.split())


def guarded(node: ast.For, source: Js, context: Context) -> Js:
    owner = _container(node.iter, context)
    path = path_of(owner) if owner is not None else None
    if owner is None or path is None or not (path in resized(node.body) or _is_asked(owner, path, node.body, context)):
        return source
    return context.help("unchanged", context.expr(owner), source)


def _is_asked(owner: ast.expr, path: str, body: list[ast.stmt], context: Context) -> bool:
    """Does the body read items of a defaultdict? One that is missing is made."""
    parts = (part for statement in body for part in ast.walk(statement) if isinstance(part, ast.Subscript))
    return isinstance(context.t(owner), DefaultT) and any(path_of(part.value) == path for part in parts)


def _container(node: ast.expr, context: Context) -> ast.expr | None:
    """The dict or set that a loop walks, itself or by a view."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 0:
        return node.func.value if isinstance(context.t(node.func.value), DictT) else None
    return node if isinstance(context.t(node), DictT | SetT) else None


def resized(body: list[ast.stmt], is_loop: bool = True) -> set[str]:
    """Paths of what these statements may give other keys or members, and then go on with the loop."""
    last = (ast.Break, ast.Return, ast.Raise) if is_loop else (ast.Return, ast.Raise)
    if isinstance(body[-1], last) and not any(
        isinstance(node, ast.Continue) for part in body for node in ast.walk(part)
    ):
        return set()
    found: set[str] = set()
    for statement in body:
        blocks = [block for block in _blocks(statement) if len(block) > 0]
        for block in blocks:
            found |= resized(block, is_loop and not isinstance(statement, ast.For | ast.While))
        inside = {node for block in blocks for part in block for node in ast.walk(part)}
        found |= {
            path for node in ast.walk(statement) if node not in inside for path in _paths(node) if path is not None
        }
    return found


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of statements right below."""
    for node in ast.iter_child_nodes(statement):
        if isinstance(node, ast.ExceptHandler | ast.match_case):
            yield node.body
    for name in ("body", "orelse", "finalbody"):
        yield getattr(statement, name, [])


def _paths(node: ast.AST) -> Iterator[str | None]:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        yield path_of(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RESIZING:
        yield path_of(node.func.value)
    if isinstance(node, ast.AugAssign):
        yield path_of(node.target)
