"""Where a node of a pattern stands, and the text that it becomes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """With `folds` the literal gets the flag `i`; `seen` are the groups that have matched up to here.

    `inside` is what the node is inside of that allows no group.
    """

    flags: int
    folds: bool
    seen: frozenset[int] = frozenset()
    inside: str = ""


@dataclass(frozen=True)
class Piece:
    """`seen` are the groups that always match in it; `is_ascii`: it says nothing beyond ASCII, nor may mean it."""

    text: str
    seen: frozenset[int] = frozenset()
    is_ascii: bool = True
