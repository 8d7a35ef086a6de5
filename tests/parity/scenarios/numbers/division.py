"""Division rounds down, remainders take the sign of the divisor."""

from __future__ import annotations

def main() -> None:
    for a in [7, -7, 0, 9007199254740991, -9007199254740991]:
        for b in [2, -2, 3, -3, 10]:
            print(a, b, a // b, a % b, divmod(a, b))
    print(7 // 2, -7 // 2, 7 % 3, -7 % 3, -1 % 60, 5 % 5)
    print(7 / 2, -7 / 2, 6 / 3, 1 / 3)
    for x in [7.5, -7.5, 0.1]:
        for y in [2.0, -2.0, 0.1]:
            print(x // y, x % y)
    print(1.0 // 0.1, 1.0 % 0.1)
