"""Gives every expression a static type, from annotations and flow: `visit_Call(node, want, context)`."""

from __future__ import annotations

from build.compiler.infer.classes import check_classes
from build.compiler.infer.context import Context as Inferred
from build.compiler.infer.definitions import prepare
from build.compiler.infer.overrides import check_overrides
from build.compiler.program import Program
from build.compiler.tables import tables


def infer(program: Program) -> dict[str, Inferred]:
    """Types for all modules, by module name."""
    peers: dict[str, Inferred] = {}
    for name, module in program.modules.items():
        peers[name] = Inferred.of(program, module, peers, tables(__name__))
    for peer in peers.values():
        prepare(peer)
    for peer in peers.values():
        peer.block(peer.module.tree.body)
    check_classes(program, peers)
    check_overrides(program, peers)
    return peers


__all__ = ["Inferred", "infer"]
