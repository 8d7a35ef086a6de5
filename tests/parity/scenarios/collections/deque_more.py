"""insert(), index() and copy() of a deque, which Brython's has not."""

from __future__ import annotations

from collections import deque


def main() -> None:
    print("before the first insert")
    queue = deque([1, 2, 3])
    queue.insert(1, 7)
    queue.insert(-1, 8)
    queue.insert(99, 9)
    queue.insert(-99, 0)
    print(queue)
    full = deque([1, 2], maxlen=2)
    try:
        full.insert(0, 3)
    except IndexError:
        print("full", full)
    queue = deque([50, 7, 1, 2, 8, 4])
    print(queue.index(7), queue.index(8, 2), queue.index(8, -3, 99))
    try:
        print(queue.index(3))
    except ValueError:
        print("index ValueError")
    copied = queue.copy()
    copied.clear()
    print(queue, copied)
