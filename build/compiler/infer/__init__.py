"""Gives every expression a static type, from annotations and flow."""

from __future__ import annotations

from build.compiler.infer.overrides import Overrides
from build.compiler.infer.statements import Statements
from build.compiler.program import Program
from build.compiler.scope import Scopes


def infer(program: Program) -> dict[str, Statements]:
    """Types for all modules, by module name."""
    peers: dict[str, Statements] = {}
    for name, module in program.modules.items():
        peers[name] = Statements(program, module, Scopes(module.tree), peers)  # type: ignore[arg-type]
    for peer in peers.values():
        peer.prepare()
    for peer in peers.values():
        peer.run()
    Overrides(program, peers).run()  # type: ignore[arg-type]
    return peers


__all__ = ["Statements", "infer"]
