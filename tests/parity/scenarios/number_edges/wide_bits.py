"""Bit operators beyond 32 bits, with signs."""

from __future__ import annotations


def main() -> None:
    a, b = 0x1234_5678_9ABC, 0x0FED_CBA9_8765
    print(a & b, a | b, a ^ b, a & -2, -a & b, -a | b, -a ^ b, ~a & 0xFFFF, a & -(2**40), -1 & a, -1 ^ a)
