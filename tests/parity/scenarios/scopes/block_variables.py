"""Variables of a block live in the whole function."""

from __future__ import annotations

def choose(n: int) -> str:
    if n > 0:
        sign = "plus"
    elif n < 0:
        sign = "minus"
    else:
        sign = "zero"
    for i in range(n):
        last = i
    if n > 0:
        return f"{sign} {last} {i}"
    return sign


def carry(items: list[int]) -> list[int]:
    seen: list[int] = []
    best = 0
    for item in items:
        if item > best:
            best = item
            note = item * 10
        seen.append(note)
    return seen


def shadow(x: int) -> int:
    for x in range(x, x + 2):
        y = x
    return y * 100 + x


def main() -> None:
    print(choose(2), choose(-1), choose(0), carry([1, 3, 2, 5]), shadow(1))
    try:
        value = int("x")
    except ValueError:
        value = -1
    print(value)
    while True:
        inner = value
        break
    print(inner)
    a = b = [1]
    a.append(2)
    print(b, a is b)
