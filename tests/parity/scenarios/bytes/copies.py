"""Slices and bytes() copy; texts of bytes do not change."""

from __future__ import annotations


def main() -> None:
    one = b"abc"
    two = one
    one += b"d"
    print(one, two, one[:] == one, bytes(one) == one, one[1:2] + one[:1])
