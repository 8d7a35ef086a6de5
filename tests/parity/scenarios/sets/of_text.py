"""Sets of text, and what a set removes."""

from __future__ import annotations


def main() -> None:
    words = "the cat and the dog and the bird".split()
    seen: set[str] = set()
    first: list[str] = []
    for word in words:
        if word not in seen:
            seen.add(word)
            first.append(word)
    print(first, len(seen), sorted(seen), sorted({w[0] for w in words}), len(set("mississippi")))
