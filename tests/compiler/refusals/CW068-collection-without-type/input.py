from __future__ import annotations

from collections import Counter, defaultdict, deque


def f() -> None:
    queue = deque()
    table = defaultdict(list)
    counts = Counter()
    odd: defaultdict[str, int] = defaultdict(3)
    print(len(queue), len(table), len(counts), len(odd))
