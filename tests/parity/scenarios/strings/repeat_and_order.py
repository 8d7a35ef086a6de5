"""Repetition, order and membership."""

from __future__ import annotations


def main() -> None:
    print("ab" * 3, "ab" * 0, "ab" * -1, 2 * "x", "-" * 10, "a" < "b", "a" < "B", "ab" < "abc", "" < "a", "Z" < "a", "10" < "9")
    print("b" in "abc", "bc" in "abc", "" in "abc", "x" not in "abc", sorted("hello"), max("hello"), min("hello"), "abc" == "ab" + "c")
