"""Shifts by an amount only known at run time."""

from __future__ import annotations

def rotl(value: int, count: int) -> int:
    return ((value << count) | (value >> (32 - count))) & 0xFFFFFFFF


def main() -> None:
    print([rotl(0x80000001, n) for n in [1, 4, 8]])
    for n in range(0, 40, 7):
        print(n, 1 << n, (2**40 + 123) >> n, -5 >> n)
