"""A stack and a queue."""

from __future__ import annotations


def main() -> None:
    stack: list[str] = []
    for word in "push push pop push".split():
        if word == "push":
            stack.append(f"item {len(stack)}")
        else:
            print(stack.pop())
    print(stack)
    queue = [1, 2, 3]
    while len(queue) > 0:
        first = queue.pop(0)
        print(first, queue)
        if first == 2:
            queue.append(9)
