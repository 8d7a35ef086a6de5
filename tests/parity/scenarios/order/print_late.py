"""print makes text after all arguments are evaluated."""

from __future__ import annotations

items: list[int] = [1]


def grow() -> int:
    items.append(len(items) + 1)
    return len(items)


def main() -> None:
    print(items, grow(), items)
    print(f"{items} {grow()} {items}")
    print(str(items), grow())
