from __future__ import annotations


def main() -> None:
    items = [1, 2]
    print(*items, items, items.pop())
