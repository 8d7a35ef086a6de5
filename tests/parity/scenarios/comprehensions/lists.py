"""List comprehensions with conditions, nesting and unpacking."""

from __future__ import annotations

def main() -> None:
    print([x * x for x in range(5)], [x for x in [1, 2]], [x for x in range(6) if x % 2 == 0 if x > 1])
    print([(x, y) for x in range(3) for y in "ab" if x > 0], [[y * x for y in range(3)] for x in range(3)])
    print([k + str(v) for k, v in {"a": 1, "b": 2}.items()], [a + b for a, b in [(1, 2), (3, 4)]], [i * c for i, c in enumerate("abc")])
    rows = [[1, 2], [3], []]
    print([n for row in rows for n in row], [len(row) for row in rows], [row[0] for row in rows if len(row) > 0])
    print([c for c in "héy😀"], [b for b in b"ab"], [k for k in {"x": 1}], sorted([s for s in {1, 2}]))
    x = "outer"
    print([x for x in [1, 2]], x)
    copy = [row for row in rows]
    print(copy is rows, copy == rows)
