"""Concatenation, repetition and join."""

from __future__ import annotations


def main() -> None:
    parts = [b"a", b"", b"bc"]
    print(b"".join(parts), b"-".join(parts), b"a" + b"b" + b"c", b"ab" * 3, b"x" * 0, 2 * b"q", b",".join([]))
    total = b""
    for n in range(4):
        total += bytes([n])
    print(total, total.hex(), len(total))
