"""Typed Python trees to JavaScript nodes: one function for each kind of node, `visit_Call(node, context)`."""

from __future__ import annotations

from dataclasses import dataclass

from build.compiler.infer import Inferred
from build.compiler.lower.context import Context
from build.compiler.lower.module import module_statements
from build.compiler.nodes import Js
from build.compiler.program import Program
from build.compiler.symbols import ModuleInfo
from build.compiler.tables import tables


@dataclass(frozen=True)
class Lowered:
    """The statements of one JavaScript module, and which helpers of the runtime they ask for."""

    statements: list[Js]
    helpers: frozenset[str]


def lower_module(program: Program, module: ModuleInfo, inferred: Inferred) -> Lowered:
    context = Context.of(program, module, inferred, tables(__name__))
    return Lowered(module_statements(context), frozenset(context.gathered.helpers))
