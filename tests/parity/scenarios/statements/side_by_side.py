"""Loops over enumerate and zip: what they walk changes meanwhile, the count is changed, kept, and asked for afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

log: list[str] = []


class Color(Enum):
    RED = 1
    BLUE = 2


def numbers(count: int) -> Iterator[int]:
    try:
        yield from range(count)
    finally:
        log.append(f"end {count}")


def made(name: str, items: list[int]) -> list[int]:
    log.append(name)
    return items


def counted(words: list[str]) -> None:
    for i, word in enumerate(words):
        print(i, word)
        if len(words) < 5:
            words.append(word + "!")
    for i, word in enumerate(words):
        if i == 1:
            words.pop()
            words.pop()
            continue
        print(i, word)
    print(i, word)
    for i, word in enumerate(words, 1):
        i *= 10
        words = []
        print(i, word)
    print(words)


def skipping(words: list[str]) -> None:
    for place, word in enumerate(words):
        if word == "":
            continue
        print(place, word)


def moved(words: list[str]) -> None:
    for spot, word in enumerate(words):
        spot += 5
        print(spot, word)


def remembered(words: list[str]) -> None:
    calls = []
    for mark, word in enumerate(words):
        calls.append(lambda: f"{mark} {word}")
        print(calls[0]())
    print([call() for call in calls])


def everything() -> None:
    for i, char in enumerate("añ😀"):
        print(i, char)
    for i, (key, value) in enumerate({"a": 1, "b": 2}.items()):
        print(i, key, value)
    for i, key in enumerate({"x": 1}):
        print(i, key)
    for i, color in enumerate(Color):
        print(i, color.name)
    for n, (i, c) in enumerate(enumerate("xy"), start=5):
        print(n, i, c)
    for i, n in enumerate(numbers(9)):
        if n == 2:
            break
    else:
        print("not here")
    print(i, log)
    walked = numbers(3)
    for i, n in enumerate(walked):
        if i == 0:
            break
    print(next(walked), log)
    for i, n in enumerate(sorted({3, 1, 2})):
        for j, m in enumerate([n] * i):
            print(i, j, m)
            if j == 1:
                break
        else:
            print("all of", i)


def summed(numbers: list[int], weights: list[float]) -> None:
    offset = 10
    print(sum((n * w for n, w in zip(numbers, weights)), 0.0), sum((i * n for i, n in enumerate(numbers)), start=offset))
    print(sum(n for n, m in zip(numbers, made("side", [9, 0, 9])) if m > 0), sum(n > 2 for n, m in zip(numbers, numbers)))
    print(sum((w + i for i, w in enumerate(weights) if i != 1), 0.5), sum(a * b for a, b in zip(numbers[3:], numbers, strict=False)))
    print([sum(a * b for a, b in zip(row, numbers)) for row in [[1, 0], [2, 3, 4]]], sum(n for i, n in enumerate(numbers)))
    for at, number in enumerate(numbers):
        if number > 2:
            numbers = [0]
            continue
        print(at, number)
    for at, weight in enumerate(weights, 3):
        if at < 6:
            weights.append(weight / 2)
        print(at, weight)
    for spot, number in enumerate([4, 5]):
        spot += 1
        print(spot, number)


def kept() -> None:
    calls = []
    for i, n in enumerate([5, 6]):
        calls.append(lambda: (i, n))
    print([call() for call in calls])
    more = []
    for a, b in zip([1, 2], ["x", "y", "z"]):
        more.append(lambda: (a, b))
    print([call() for call in more], a, b)


def zipped(left: list[int], right: list[str]) -> None:
    for a, b in zip(left, right):
        if a < 3:
            left.append(a + 10)
        if a == 11:
            right.pop()
            continue
        print(a, b)
        left = left if a < 2 else []
    print(left, right)
    for x, y, (z, w) in zip(made("one", [1, 2]), made("two", [3, 4, 5]), [(6, 7), (8, 9)]):
        print(x, y, z, w, log[-2:])
    for x, y in zip(range(3), (4, 5)):
        x += 1
        print(x, y)
    for x, s in zip(range(2), "ab", strict=False):
        print(x, s)
    for (only,) in zip([1, 2]):
        print(only)
    for x, y in zip([], [1], strict=False):
        print("never", x, y)
    else:
        print("none")
    table = [[1, 2], [3, 4]]
    total = 0
    for row, other in zip(table, table[::-1]):
        for x, y in zip(row, other):
            if y == 3:
                break
            total += x * y
    print(total)
    try:
        for x, y in zip([1, 2], [3], strict=True):
            print(x, y)
    except ValueError:
        print("no")


def yielded(items: list[str]) -> Iterator[str]:
    for i, item in enumerate(items):
        yield f"{i}{item}"
        if item == "b":
            return
    for a, b in zip(items, items[1:]):
        yield a + b


def main() -> None:
    counted(["a", "b", "c"])
    skipping(["a", "", "c"])
    moved(["a", "b"])
    remembered(["a", "b"])
    everything()
    summed([1, 2, 3], [0.5, 1.5])
    kept()
    zipped([1, 2, 3], ["a", "b", "c", "d", "e"])
    print(list(yielded(["a", "c", "d"])), list(yielded(["a", "b", "c"])))
