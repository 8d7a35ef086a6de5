"""JavaScript nodes to text: one function for each kind of node, `visit_If(node, printer)`."""

from __future__ import annotations

from collections.abc import Callable

from build.compiler import nodes
from build.compiler.nodes import Js, Own
from build.compiler.printing.printer import Printer
from build.compiler.tables import tables


def printed(body: list[Js], short: Callable[[Own], str] | None = None) -> Printer:
    """A whole module; with `short` names for properties it is the copy that nobody reads."""
    printer = Printer(tables(__name__, nodes).visits, short)
    printer.module(body)
    return printer
