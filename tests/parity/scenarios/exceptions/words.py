"""Words of built-in errors that are Python's own; the script that pages load has none of them."""

from __future__ import annotations


def failing(n: int) -> int | str:
    items: list[int] = [1]
    if n == 0:
        return int("12", 2)
    if n == 1:
        return "abc".index("z")
    if n == 2:
        return "abc".rindex("z")
    if n == 3:
        return items[5]
    if n == 4:
        return "abc"[7]
    if n == 5:
        return items.pop(5)
    if n == 6:
        return len("a".split(items[0] * ""))
    if n == 7:
        a, b = items
        return a + b
    return {"a": 1}["zz"]


def failing_in_a_loop(n: int, place: int) -> int:
    items: list[int] = [1]
    while True:
        if n == 0:
            return items[place]
        if n == 1:
            items[place] = 1
        if n == 2:
            items[place] += 1
        if n == 3:
            return items[-2]


def main() -> None:
    for n in range(9):
        try:
            print(failing(n))
        except Exception as error:
            print(type(error).__name__, ":", error)
    for n in range(4):
        try:
            print(failing_in_a_loop(n, 1))
        except Exception as error:
            print(type(error).__name__, ":", error)
