"""Where a local is declared in JavaScript so that block scoping keeps Python's meaning."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from build.compiler.scopes.bindings import names_in
from build.compiler.scopes.scope import Local, Path, Scope, Use


@dataclass
class Placement:
    """`at[statement]`: names that it (or a `case`) declares itself; `before[statement]`: names of a bare `let`."""

    at: dict[ast.AST, set[str]] = field(default_factory=dict)
    before: dict[ast.AST, list[str]] = field(default_factory=dict)

    def declares(self, statement: ast.AST, name: str) -> bool:
        return name in self.at.get(statement, set())


def place(scope: Scope, is_module: bool = False) -> Placement:
    """Decide for every local of a function or module."""
    placement = Placement()
    for local in scope.locals.values():
        if local.kind == "local" and local.stores > 0:
            _place_local(local, placement, is_module)
    _all_or_none(placement)
    return placement


def _place_local(local: Local, placement: Placement, is_module: bool) -> None:
    if all(use.how in ("except", "load") for use in local.uses) and any(use.how == "except" for use in local.uses):
        return
    if is_module and local.uses[0].how == "def" and local.stores == 1:
        return
    level = _common_level([use.path for use in local.uses])
    if is_module and any(use.how in ("store", "def", "with", "match") for use in local.uses):
        level = 0
    elif _place_in_cases(local, placement):
        return
    first = next((use for use in local.uses if not (is_module and use.inner)), local.uses[0])
    captured_in_loop = local.captured and _loop_level(first.path, level) is not None
    if _declares_itself(local, first, level) and not captured_in_loop:
        placement.at.setdefault(first.path[level].statement, set()).add(local.name)
        return
    loop = _loop_level(first.path, level)
    if loop is not None:
        level = loop - 1
    while isinstance(first.path[level].statement, ast.match_case):
        level -= 1
    placement.before.setdefault(first.path[level].statement, []).append(local.name)


def _place_in_cases(local: Local, placement: Placement) -> bool:
    """Is the name used only by cases that capture it first? Then each has a variable of its own."""
    capturing = {use.path[-1].block for use in local.uses if use.how == "match" and not use.inner}
    found: list[ast.AST] = []
    for use in local.uses:
        level = next((level for level, step in enumerate(use.path) if step.block in capturing), None)
        if level is None or (local.captured and _loop_level(use.path, level) is not None):
            return False
        if use.how == "match" and not use.inner and level == len(use.path) - 1:
            found.append(use.path[level].statement)
    for case in found:
        placement.at.setdefault(case, set()).add(local.name)
    return len(found) > 0


def _declares_itself(local: Local, first: Use, level: int) -> bool:
    """Is the first mention an assignment right in the block that encloses all mentions?"""
    if len(first.path) != level + 1 or first.inner:
        return False
    statement = first.path[level].statement
    if first.how in ("for", "def", "with", "match"):
        return True
    if first.how != "store" or not isinstance(statement, ast.Assign | ast.AnnAssign):
        return False
    return not (isinstance(statement, ast.Assign) and len(statement.targets) > 1)


def _common_level(paths: list[Path]) -> int:
    """Depth of the innermost block that holds all the uses."""
    level = 0
    shortest = min(len(path) for path in paths)
    while level + 1 < shortest and len({id(path[level + 1].block) for path in paths}) == 1:
        level += 1
    return level


def _loop_level(path: Path, level: int) -> int | None:
    """The outermost level at or above `level` whose block is the body of a loop."""
    for index in range(1, level + 1):
        if path[index].block.loop is not None:
            return index
    return None


def _all_or_none(placement: Placement) -> None:
    """An unpacking declares all its names or none."""
    for statement in list(placement.at):
        names = _statement_targets(statement)
        if len(names) > 1 and not names <= placement.at[statement]:
            loose = placement.at.pop(statement)
            placement.before.setdefault(statement, []).extend(sorted(loose))


def _statement_targets(statement: ast.AST) -> set[str]:
    if isinstance(statement, ast.With | ast.AsyncWith):
        targets = [item.optional_vars for item in statement.items if item.optional_vars is not None]
        unpacked = any(not isinstance(target, ast.Name) for target in targets)
        return {name for target in targets for name in names_in(target)} if unpacked else set()
    if isinstance(statement, ast.For):
        return set(names_in(statement.target))
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
        return set(names_in(target)) | ({""} if _has_other_targets(target) else set())
    return set()


def _has_other_targets(target: ast.expr) -> bool:
    return isinstance(target, ast.Tuple | ast.List) and any(
        isinstance(item, ast.Attribute | ast.Subscript)
        for item in ast.walk(target)
        if isinstance(getattr(item, "ctx", None), ast.Store)
    )
