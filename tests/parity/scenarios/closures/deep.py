"""Three functions deep."""

from __future__ import annotations


def outer(a: int) -> int:
    def middle(b: int) -> int:
        c = a + b

        def inner(d: int) -> int:
            nonlocal c
            c += d
            return a * 100 + b * 10 + c

        return inner(1) + inner(1)

    return middle(2)


def main() -> None:
    print(outer(1), outer(3))
