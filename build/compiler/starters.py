"""`@starter` above a function that starts what it is given: in a call of it a coroutine needs no await."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from build.compiler.modules import Modules
from build.compiler.subset import STARTER
from build.compiler.symbols import FunctionInfo, ModuleInfo
from build.compiler.syntax import dotted_name


def started_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names of the functions that are marked."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and any(dotted_name(mark) == STARTER for mark in node.decorator_list):
            yield node.name


def gives_back(module: ModuleInfo, modules: Modules) -> bool:
    """Is the `starter` of a module a function that gives back what it is given? Else it cannot be left out."""
    found = modules.resolve(module, STARTER)
    if not isinstance(found, FunctionInfo) or len(found.node.args.args) != 1:
        return False
    last = found.node.body[-1]
    said = [part for part in found.node.body[:-1] if not isinstance(part, ast.Expr | ast.Pass)]
    given = last.value if isinstance(last, ast.Return) else None
    return len(said) == 0 and isinstance(given, ast.Name) and given.id == found.node.args.args[0].arg
