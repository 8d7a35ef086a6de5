"""== by value, `is` by identity."""

from __future__ import annotations

def main() -> None:
    a, b = [1, [2]], [1, [2]]
    print(a == b, a is b, a is not b, a != b, (1, 2) == (1, 2), {"x": [1]} == {"x": [1]}, {1} == {1}, b"a" == b"a")
    x: object = 1
    y: object = "1"
    z: object = [1]
    print(x == 1, y == 1, z == [1], x == y, x != 2, y in ["1", "2"], None == None, "a" == "a")  # noqa: E711
    n: int | None = None
    print(n == 0, n is None, n != None, [None] == [None], [1, 2].index(2), [[1], [2]].index([2]), [2] in [[1], [2]], (1, "a") in [(1, "a")])  # noqa: E711
