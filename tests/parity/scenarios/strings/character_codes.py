"""ord, chr and arithmetic with them."""

from __future__ import annotations


def main() -> None:
    print([ord(c) for c in "aZ é😀"], [chr(n) for n in (65, 97, 233, 8364, 128512)], chr(ord("a") + 1), ord("\n"))
    print("".join(chr((ord(c) - 97 + 13) % 26 + 97) for c in "hello"), [hex(ord(c)) for c in "é"])
