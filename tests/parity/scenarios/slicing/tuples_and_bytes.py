"""Slices of tuples and bytes."""

from __future__ import annotations


def main() -> None:
    numbers: tuple[int, ...] = (1, 2, 3, 4)
    print(numbers[1:], numbers[:-1], numbers[::2], numbers[::-1], numbers[9:], b"abcd"[1:3], b"abcd"[::-1], b"abcd"[-3:], b""[1:])
