"""A function inside calls itself and a later one."""

from __future__ import annotations


def count(tree: dict[str, list[str]], root: str) -> int:
    seen: list[str] = []

    def walk(name: str) -> int:
        seen.append(name)
        return 1 + rest(name)

    def rest(name: str) -> int:
        return sum(walk(child) for child in tree.get(name, []))

    total = walk(root)
    print(seen)
    return total


def main() -> None:
    print(count({"a": ["b", "c"], "b": ["d"]}, "a"))
