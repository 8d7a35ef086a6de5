"""bit_length, bit_count and masks."""

from __future__ import annotations


def main() -> None:
    for n in (0, 1, 2, 7, 8, 255, 256, 2**31, 2**32 - 1, -1, -8):
        print(n, n.bit_length(), n.bit_count(), n & 0xFF, n & 0xFFFFFFFF, n >> 3, ~n)
