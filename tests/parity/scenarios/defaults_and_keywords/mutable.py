"""Lists and dicts are handed over, not copied."""

from __future__ import annotations


def change(items: list[int], table: dict[str, int], n: int, text: str) -> None:
    items.append(n)
    table[text] = n
    n += 100
    text += "!"
    items = [0]
    items.append(1)


def main() -> None:
    items, table, n, text = [1], {"a": 1}, 5, "b"
    change(items, table, n, text)
    print(items, table, n, text)
