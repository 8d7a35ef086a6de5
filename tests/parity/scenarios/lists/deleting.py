"""del of items."""

from __future__ import annotations


def main() -> None:
    items = [0, 1, 2, 3]
    del items[0]
    del items[-1]
    print(items)
    try:
        del items[5]
    except IndexError:
        print("out of range")
