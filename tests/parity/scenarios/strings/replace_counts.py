"""replace with counts and with empty text."""

from __future__ import annotations


def main() -> None:
    print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "aaa".replace("a", "b", 0), "abc".replace("", "-"), "abc".replace("", "-", 2))
    print("a.b.c".replace(".", ""), "aXbX".replace("X", "$&"), "x".replace("y", "z"), "aaaa".replace("aa", "a"), "".replace("", "x"))
