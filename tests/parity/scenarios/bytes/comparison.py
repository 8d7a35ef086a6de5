"""Bytes compare by value and in order."""

from __future__ import annotations


def main() -> None:
    a, b = b"ab", bytes([97, 98])
    print(a == b, a != b, a == b"abc", b"" < b"a", b"a" < b"b", b"a" < b"aa", b"\xff" > b"a", sorted([b"b", b"", b"ab", b"a"]), max([b"a", b"c"]), [b"a"] == [bytes([97])], (1, b"x") == (1, b"x"))
