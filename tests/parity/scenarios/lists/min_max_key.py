"""min and max with keys and defaults."""

from __future__ import annotations


def main() -> None:
    words = ["pear", "fig", "apple", "kiwi"]
    print(min(words), max(words), min(words, key=len), max(words, key=len), max(words, key=lambda w: w[-1]), min([], default="none"), max([3, 1], [2, 9]), min((2, "b"), (2, "a")))
    try:
        print(max([]))
    except ValueError:
        print("empty")
