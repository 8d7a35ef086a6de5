"""Text of numbers in other bases, and back."""

from __future__ import annotations


def main() -> None:
    for n in (0, 1, 8, 255, 256, 4096, -1, -255):
        print(bin(n), hex(n), f"{n:x} {n:o} {n:b} {n:X}", int(hex(n), 16), int(bin(n), 2))
    print(int("ff", 16), int("0xFF", 16), int("-0b101", 2), int("z", 36), int("777", 8), int("0o17", 0), int("0x1f", 0))
