"""Tuples inside other containers keep their parentheses."""

from __future__ import annotations


def main() -> None:
    print([(1, 2)], {"k": (1,)}, ((1, 2), [3, (4,)]), [(None,)], {"a": [(1, "x")]}, (1.0, True), list(zip([1], ["a"])), dict(a=(1, 2)))
    pairs: list[tuple[str, float]] = [("a", 1.0)]
    pairs.append(("b", 2.5))
    print(pairs, pairs[0], [p[1] for p in pairs], str(pairs[-1]))
