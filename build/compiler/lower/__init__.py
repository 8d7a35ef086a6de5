"""Typed Python trees to JavaScript nodes: one function for each kind of node, `visit_Call(node, context)`."""

from __future__ import annotations

from build.compiler.infer import Inferred
from build.compiler.lower.context import Context
from build.compiler.lower.module import module_statements
from build.compiler.nodes import Js
from build.compiler.program import Program
from build.compiler.symbols import ModuleInfo
from build.compiler.tables import tables


def lower_module(program: Program, module: ModuleInfo, inferred: Inferred) -> list[Js]:
    """The statements of one JavaScript module."""
    return module_statements(Context.of(program, module, inferred, tables(__name__)))
