"""Targets of several names."""

from __future__ import annotations


def main() -> None:
    pairs = [("a", 1), ("b", 2)]
    nested = [(1, ("x", 2.5)), (2, ("y", 0.5))]
    print([k * v for k, v in pairs], [n for _, n in pairs], [f"{i}{k}{v}" for i, (k, v) in enumerate(pairs)], [(a, b, c) for a, (b, c) in nested], {k: v for k, v in zip("ab", [1, 2])})
