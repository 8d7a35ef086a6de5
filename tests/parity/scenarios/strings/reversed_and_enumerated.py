"""Walking over text."""

from __future__ import annotations


def main() -> None:
    print("".join(reversed("abc")), list(enumerate("ab", 1)), [c for c in "a😀"], list(zip("abc", "de")), set("aa") == {"a"}, sorted(set("hello")))
    for char in "x\ny":
        print(repr(char))
    a, b, c = "xyz"
    print(a, b, c, *"pq")
