"""Ints and floats stay what they are."""

from __future__ import annotations

def half(x: int) -> float:
    return x / 2


def main() -> None:
    print(half(4), 4 // 2, 4 * 1.0, 3 + 0.5, 2.0 - 1, -3.0, 1.0 == 1, 3 < 3.5)
    total = 0.0
    for n in [1, 2, 3]:
        total += n
    print(total, total / 2, int(total), float(3), total > 5)
    x = 10
    x //= 3
    x *= 4
    x -= 1
    x %= 4
    print(x)
    x **= 2
    x <<= 3
    x |= 1
    x &= 0xFF
    x ^= 3
    x >>= 1
    print(x)
    y = 1.0
    y /= 4
    y += 1
    print(y, y.is_integer(), 2.0.is_integer())
