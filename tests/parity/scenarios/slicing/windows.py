"""Windows, chunks and rotations."""

from __future__ import annotations


def main() -> None:
    items = [1, 2, 3, 4, 5]
    print([items[i : i + 2] for i in range(0, len(items), 2)], [items[i : i + 3] for i in range(len(items) - 2)], items[2:] + items[:2], items[-1:] + items[:-1])
    text = "abcdefg"
    print([text[i : i + 3] for i in range(0, len(text), 3)], text[len(text) // 2 :], text[: len(text) // 2])
