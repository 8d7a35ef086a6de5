"""Typed Python trees to JavaScript nodes: one function for each kind of node, `visit_Call(node, context)`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from build.compiler.infer import Statements
from build.compiler.lower.context import Context
from build.compiler.lower.module import module_statements
from build.compiler.lower.tables import Tables, Visit
from build.compiler.nodes import Js
from build.compiler.program import Program
from build.compiler.symbols import ModuleInfo


def lower_module(program: Program, module: ModuleInfo, inferred: Statements) -> list[Js]:
    """The statements of one JavaScript module."""
    return module_statements(Context.of(program, module, inferred, _tables()))


@cache
def _tables() -> Tables:
    """Of all modules of this folder."""
    names: dict[str, Visit] = {}
    for module in iter_modules(__path__):
        names |= vars(import_module(f"{__name__}.{module.name}"))
    return Tables.of(names)
