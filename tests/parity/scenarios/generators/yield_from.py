"""yield from lists, texts and generators."""

from __future__ import annotations

from collections.abc import Iterator


def letters(words: list[str]) -> Iterator[str]:
    for word in words:
        yield from word


def tree(depth: int) -> Iterator[int]:
    if depth > 0:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def main() -> None:
    print(list(letters(["ab", "", "c"])), list(tree(3)), "".join(letters(["x", "yz"])))
