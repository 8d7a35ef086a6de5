"""The remainder of floats takes the divisor's sign."""

from __future__ import annotations


def main() -> None:
    for a in (5.5, -5.5, 0.3, -0.3, 1e10):
        for b in (2.0, -2.0, 0.1, 3.5):
            print(a % b, a // b, divmod(a, b))
    print(-0.0 % 5.0, 0.0 % -5.0, 6.0 % -3.0, -6.0 % 3.0, 0.0 // -5.0, -0.0 // 5.0)
