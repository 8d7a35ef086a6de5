"""Too few and too many items, from lists, iterators, texts and bytes; pop at both ends."""

from __future__ import annotations

from collections.abc import Iterator


def numbers(count: int) -> Iterator[int]:
    for index in range(count):
        print("give", index)
        yield index


def taken(count: int) -> str:
    a, b = numbers(count)
    return f"{a} {b}"


def split(text: str) -> str:
    left, right = text.split("=")
    return f"{left} {right}"


def spread(items: list[int]) -> str:
    head, *tail = items
    *most, last = items
    first, *middle, end = items
    return f"{head} {tail} {most} {last} {first} {middle} {end}"


def popped(items: list[int]) -> str:
    return f"{items.pop(0)} {items.pop()} {items.pop(-1)} {items.pop(1)}"


def main() -> None:
    for count in range(4):
        try:
            print(taken(count))
        except ValueError:
            print("ValueError")
    for text in ["a=b", "a", "a=b=c", "="]:
        try:
            print(split(text))
        except ValueError:
            print("ValueError", text)
    for items in [[1, 2, 3], [1, 2], [1], []]:
        try:
            print(spread(items))
        except ValueError:
            print("ValueError", items)
    x, y = "é😀"
    p, q = b"\x01\x02"
    (k, m), n = (x, y), p
    print(x, y, p, q, k, m, n, next(iter({"a": 1})), next(iter([7, 8])))
    for count in [5, 4, 3, 2, 1, 0]:
        items = list(range(count))
        try:
            print(popped(items), items)
        except IndexError:
            print("IndexError", items)
    try:
        print(next(iter(items)))
    except StopIteration:
        print("StopIteration")
