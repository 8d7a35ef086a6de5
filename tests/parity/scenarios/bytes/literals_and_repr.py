"""Bytes show themselves as Python writes them."""

from __future__ import annotations


def main() -> None:
    for data in (b"", b"abc", b"\x00\xff", b"a'b", b'a"b', b"'\"", b"\n\t\r\\", b"\x7f\x80", bytes([65, 0, 200])):
        print(data, len(data), list(data))
