"""Augmented assignment of every operator."""

from __future__ import annotations


def main() -> None:
    n = 100
    n += 5
    n -= 3
    n *= 2
    n //= 3
    n %= 50
    n **= 2
    n <<= 2
    n >>= 1
    n |= 1
    n &= 255
    n ^= 15
    print(n)
    x = 1.0
    x += 2
    x *= 1.5
    x -= 0.25
    x /= 2.0
    x **= 2
    print(x)
