"""Conditions as the copy that nobody reads asks them."""

from __future__ import annotations

from dataclasses import replace

from build.compiler import nodes as n


def brief(node: n.Js) -> n.Js:
    """What is true where `node` is, for a place where only that counts."""
    if isinstance(node, n.Truth):
        return n.Unary("!", node.value, place=node.place) if node.is_denied else node.value
    if isinstance(node, n.Binary) and node.operator in ("&&", "||"):
        return replace(node, left=brief(node.left), right=brief(node.right))
    if isinstance(node, n.Unary) and node.operator == "!":
        return replace(node, value=brief(node.value))
    return node
