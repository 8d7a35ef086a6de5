"""Sources of every kind."""

from __future__ import annotations


def main() -> None:
    print([x for x in (1, 2)], [x for x in "ab"], [x for x in b"ab"], [x for x in {"k": 1}], [x for x in range(2)], [x for x in sorted({2, 1})], [x for x in reversed([1, 2])], [x for x in map(str, [1])], [x for x in filter(lambda n: n > 1, [1, 2])], [x for x, y in zip("a", "b")])
