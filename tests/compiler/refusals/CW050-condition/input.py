from __future__ import annotations

def f(items: list[int], name: str | None, count: int, text: str) -> int:
    if items:
        return 1
    while count:
        count -= 1
    if name:
        return 2
    print(any(items), [n for n in items if n])
    return 3 if not text else 4


class Shelf:
    def __len__(self) -> int:
        return 0


def g(shelf: Shelf | None, always: Shelf) -> int:
    if shelf:
        return 1
    return 2 if always else 3
