"""Bytes from ints, lists, hex and other bytes."""

from __future__ import annotations


def main() -> None:
    print(bytes(3), bytes([1, 2, 3]), bytes(range(4)), bytes(b"ab"), bytes(), bytes.fromhex("00ff10"), bytes.fromhex("de ad"))
    print(bytes(n * 2 for n in range(3)), bytes([n & 0xFF for n in (256, 257, -1)]))
    for bad in ("0", "zz", "0 1"):
        try:
            print(bytes.fromhex(bad))
        except ValueError:
            print("no hex")
