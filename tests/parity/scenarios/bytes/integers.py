"""Ints to bytes and back, big-endian and little."""

from __future__ import annotations


def main() -> None:
    for n in (0, 1, 255, 256, 65535, 2**32 - 1, 2**40 + 5):
        print(n.to_bytes(6, "big").hex(), n.to_bytes(6, "little").hex(), int.from_bytes(n.to_bytes(6, "big"), "big") == n, int.from_bytes(n.to_bytes(6, "little"), "little") == n)
    for n in (256, -1):
        try:
            print(n.to_bytes(1, "big"))
        except OverflowError:
            print("too large", n)
