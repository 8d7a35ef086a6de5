"""What can be refused without knowing any type: one function for each kind of node, `visit_Call(node, context)`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from importlib import import_module
from pkgutil import iter_modules

from build.compiler.check.context import Context, Visit
from build.compiler.errors import Reporter
from build.compiler.syntax import is_docstring, is_future


def check_module(tree: ast.Module, report: Reporter, packages: Collection[str]) -> None:
    """Reports what the subset leaves out; `packages` are those of the program, as "widget"."""
    context = Context(report, packages, dict(_visits()))
    body = [node for node in tree.body if not is_docstring(node)]
    if len(body) > 0 and not is_future(body[0]):
        context.refuse("CW015", body[0])
    context.parts(tree)


def _visits() -> Iterator[tuple[type[ast.AST], Visit]]:
    """Of all modules of this folder; this Python may not have each kind of node yet."""
    for module in iter_modules(__path__):
        for name, visit in vars(import_module(f"{__name__}.{module.name}")).items():
            if name.startswith("visit_") and hasattr(ast, name.removeprefix("visit_")):
                yield getattr(ast, name.removeprefix("visit_")), visit
