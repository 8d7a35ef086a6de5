"""Lexical scopes: what each binds, what closures capture, where each name is used: `visit_For(node, context)`."""

from __future__ import annotations

import ast

from build.compiler.scopes.bindings import bound_names
from build.compiler.scopes.context import Context
from build.compiler.scopes.scope import Scope, Scopes
from build.compiler.tables import tables


def scopes_of(tree: ast.Module) -> Scopes:
    """Those of one module."""
    module = Scope(tree, "module", None, bound_names(tree.body))
    found = Scopes(module, {tree: module})
    Context(module, found, tables(__name__).visits).block(tree.body)
    return found
