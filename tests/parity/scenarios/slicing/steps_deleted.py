"""Slices with steps and with bounds that may be None: deleted, stored, read."""

from __future__ import annotations


def main() -> None:
    for start, stop, step in [(None, None, 2), (1, None, 2), (None, None, -1), (4, 1, -2), (-2, 9, 1), (3, 1, 1), (None, 3, 3)]:
        items = [0, 1, 2, 3, 4]
        del items[start:stop:step]
        print(items, [0, 1, 2, 3, 4][start:stop:step], "01234"[start:stop:step], b"01234"[start:stop:step])
    bound: int | None = None
    items = [0, 1, 2, 3, 4]
    del items[bound:2]
    print(items)
    items[1:bound] = [7, 8]
    print(items)
    del items[bound:bound]
    print(items, [1, 2, 3][bound:2], "abc"[1:bound], b"abc"[bound:bound])
    try:
        del items[:: len(items)]
    except ValueError:
        print("step of zero")
    rows = ["a", "b", "c"]
    rows[1:1] = rows
    print(rows)
    rows[:] = (word * 2 for word in ["x", "y"])
    print(rows)
    rows[5:] = {"k": 1, "l": 2}
    print(rows)
    rows[:1] = "mn"
    print(rows)
