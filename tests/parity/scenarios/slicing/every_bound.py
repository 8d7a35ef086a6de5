"""Slices with every kind of bound."""

from __future__ import annotations

def main() -> None:
    items = [0, 1, 2, 3, 4, 5]
    for a in [None, 0, 2, -2, 10, -10]:
        for b in [None, 0, 4, -1, 10, -10]:
            print(items[a:b], end_of(items, b))
    print(items[::2], items[1::2], items[::-1], items[4:1:-1], items[-1:-4:-2], items[10::-3], items[:2:-1], items[1:1])
    items[1:3] = [9]
    print(items)
    items[:0] = [7, 7]
    items[len(items):] = [8]
    print(items)
    del items[:2]
    del items[-1:]
    print(items, items[:], items[:] is items)
    print((1, 2, 3)[1:], (1, 2, 3)[::-1], "abcdef"[4:1:-1], "abc"[-2:], b"abcdef"[1:-1:2])


def end_of(items: list[int], stop: int | None) -> list[int]:
    return items[:stop]
