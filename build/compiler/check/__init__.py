"""What can be refused without knowing any type: one function for each kind of node, `visit_Call(node, context)`."""

from __future__ import annotations

import ast
from collections.abc import Collection

from build.compiler.check.context import Context
from build.compiler.errors import Reporter
from build.compiler.syntax import is_docstring, is_future
from build.compiler.tables import tables


def check_module(tree: ast.Module, report: Reporter, packages: Collection[str]) -> None:
    """Reports what the subset leaves out; `packages` are those of the program, as "widget"."""
    context = Context(report, packages, tables(__name__).visits)
    body = [node for node in tree.body if not is_docstring(node)]
    if len(body) > 0 and not is_future(body[0]):
        context.refuse("CW015", body[0])
    context.parts(tree)
