"""strip takes white space or the characters named."""

from __future__ import annotations


def main() -> None:
    for text in ("  a b ", "xxaxx", "\t\n", "", "abcba", "x", "xx", "x\U0001f600x"):
        print(repr(text.strip()), repr(text.lstrip()), repr(text.rstrip()), repr(text.strip("x")), repr(text.strip("ab")), repr(text.lstrip("ba")), repr(text.rstrip("a")))
