"""Two loops and a loop that depends on the other."""

from __future__ import annotations


def main() -> None:
    print([(x, y) for x in range(3) for y in range(x)], [x + y for x in "ab" for y in "cd"], [c for word in ["ab", "", "c"] for c in word if c != "b"], [x * y for x in range(1, 4) if x != 2 for y in range(1, 3) if y < x])
