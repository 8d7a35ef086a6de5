"""Division and bits of ints whose sign the compiler may or may not know."""

from __future__ import annotations

HOUR = 60
MASK = 0xFF
BIG = 1 << 40
BELOW = -7


def counted(count: int) -> list[int]:
    total = 0
    left = 0
    found: list[int] = []
    for index in range(count):
        total += index * index
        left = left - index
        found.append(total % 7 + index // 2)
        found.append(left % 7 + left // 2)
        found.append(left * index)
    for index in range(5, -5, -3):
        found.append(index % 4)
        found.append(index // 4)
    return found


def nested(start: int) -> list[int]:
    depth = 0
    seen: list[int] = []

    def deeper() -> None:
        nonlocal depth
        depth = depth + start
        seen.append(depth % 5)
        seen.append(depth // 5)

    deeper()
    deeper()
    return seen


def swapped(a: int, b: int) -> list[int]:
    low = 0
    low, high = a, b
    return [low % 3, high % 3, low // 3, high // 3]


def main() -> None:
    print(counted(6))
    print(nested(-3), nested(4))
    print(swapped(-5, 5))
    for value in [-61, -60, -1, 0, 59, 60, 2**53 - 1, 1 - 2**53]:
        print(value // HOUR, value % HOUR, value & MASK, value % BIG, value // BIG, value // BELOW, value % BELOW)
    print([index % 3 - 1 for index, _ in enumerate("abcd")], [(n - 2) % 3 for n in range(4)])
    print(max(0, 5 - 9) % 4, min(3, -3) % 4, (-8 if HOUR > 1 else 8) % 5, 0 // HOUR, str(0 * BELOW), float(0 * BELOW))
    for divisor in [2, -2, 0]:
        try:
            print(7 // divisor, -7 // divisor, 7 % divisor, -7 % divisor, 0 // divisor)
        except ZeroDivisionError:
            print("zero")
