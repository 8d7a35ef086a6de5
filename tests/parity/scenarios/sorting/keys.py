"""Keys of every kind."""

from __future__ import annotations


def main() -> None:
    words = ["banana", "Apple", "cherry", "date"]
    print(sorted(words), sorted(words, key=len), sorted(words, key=str.lower), sorted(words, key=lambda w: (len(w), w)), sorted(words, key=lambda w: -ord(w[0])), sorted(words, key=lambda w: w[::-1], reverse=True))
