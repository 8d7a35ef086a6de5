"""range in every direction."""

from __future__ import annotations


def main() -> None:
    print(list(range(3)), list(range(1, 4)), list(range(0, 10, 3)), list(range(5, 0, -2)), list(range(0)), list(range(3, 1)), list(range(-2, 2)), len(range(10)), sum(range(101)), 3 in range(5), 5 in range(5))
    for i in range(3):
        i += 10
        print(i)
    count = 2
    for i in range(count):
        count += 5
    print(count, i)
    for step in (1, 2, -1):
        print([i for i in range(0, 4, step)], list(range(4, 0, step)))
