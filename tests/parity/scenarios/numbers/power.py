"""Powers of ints and floats."""

from __future__ import annotations


def main() -> None:
    for base in (0, 1, 2, -2, 10):
        print([base**n for n in range(6)])
    print(2**0.5, 4.0**0.5, 2.0**-1, 10.0**3, (-2) ** 3, -(2**2), 2**3**2, 1.5**2, pow(3, 4))
