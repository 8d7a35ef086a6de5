"""split and rsplit with separators and limits."""

from __future__ import annotations


def main() -> None:
    for text in ("a,b,c", ",a,", "", ",,", "abc", "a, b"):
        print(text.split(","), text.split(",", 1), text.rsplit(",", 1), text.split(", "), text.split(",", 0))
    for text in ("a b  c", "  a  ", "", "\t a\nb\r\n", "a\u00a0b"):
        print(text.split(), text.split(None, 1), text.split(" "))
