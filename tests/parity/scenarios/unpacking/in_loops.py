"""Loops unpack what they walk."""

from __future__ import annotations


def main() -> None:
    for index, (name, (x, y)) in enumerate([("a", (1, 2)), ("b", (3, 4))]):
        print(index, name, x + y)
    for first, *others in [[1, 2, 3], [4]]:
        print(first, others)
    for a, b in zip("ab", {"k": 1, "l": 2}.items()):
        print(a, b)
    for key, value in sorted({"b": 1, "a": 2}.items()):
        print(key, value)
