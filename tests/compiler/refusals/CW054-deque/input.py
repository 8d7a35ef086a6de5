from __future__ import annotations

from collections import Counter, defaultdict, deque


def f(queue: deque[int], table: defaultdict[str, int], counts: Counter[str], either: list[int] | deque[int]) -> None:
    print(queue[1:])
    print(table)
    print(queue + queue, queue * 2)
    print(table | table)
    counts += counts
    queue[1:2] = [3]
    del queue[1:]
    print(isinstance(either, list), queue == [1])
