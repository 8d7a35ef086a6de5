"""A list that grows while it is walked is walked to its new end."""

from __future__ import annotations

def main() -> None:
    items = [1, 2, 3]
    for item in items:
        if item < 3:
            items.append(item + 10)
        print(item)
    queue = ["a"]
    while len(queue) > 0:
        current = queue.pop(0)
        print(current)
        if len(current) < 3:
            queue.append(current + "x")
            queue.append(current + "y")
