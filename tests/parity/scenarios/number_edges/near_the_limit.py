"""Ints just below 2**53 stay exact."""

from __future__ import annotations


def main() -> None:
    top: int = 2**53 - 1
    print(top, top - 1, -top, top // 2, top % 10, top // 10, top - 2**52)
    print(top // 3, top % 7, top >> 20, top & 0xFFFFFFFF, top ^ 1, top | 0, (top >> 1) << 1)
    print(2**52 + 1, 2**31, 2**32, -(2**31), 2**40 + 3, (2**40 + 3) % 1000)
