"""JavaScript nodes to text: one function for each kind of node, `visit_If(node, context)`."""

from __future__ import annotations

from collections.abc import Callable

from build.compiler import nodes
from build.compiler.nodes import Js, Own
from build.compiler.printing.context import Context
from build.compiler.printing.sheet import Sheet
from build.compiler.tables import tables


def printed(body: list[Js], short: Callable[[Own], str] | None = None) -> Sheet:
    """A whole module; with `short` names for properties it is the copy that nobody reads."""
    sheet = Sheet()
    Context(tables(__name__, nodes).visits, sheet, short).module(body)
    return sheet
