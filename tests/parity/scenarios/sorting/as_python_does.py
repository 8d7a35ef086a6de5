"""Sorting is stable and compares as Python does."""

from __future__ import annotations

def main() -> None:
    people = [("bob", 30), ("al", 25), ("cy", 30), ("di", 25)]
    print(sorted(people), sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: p[1], reverse=True))
    print(sorted(people, key=lambda p: (-p[1], p[0])), sorted(["b", "A", "a"], key=str.lower) if False else sorted(["b", "A", "a"], key=lambda t: t.lower()))
    print(sorted([10, 9, 100, 1]), sorted([0.5, -1.0, 3.25]), sorted([True, False]), sorted("hello"), sorted({"b": 1, "a": 2}))
    print(sorted([[2, 1], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]), sorted(range(5), reverse=True), sorted([b"b", b"a"]))
    items = ["ccc", "a", "bb"]
    items.sort(key=len)
    print(items)
    print(min(people, key=lambda p: p[1]), max(people, key=lambda p: p[1]), list(reversed(items)), items[::-1])
