"""Floats print as the shortest text that reads back, with Python's exponents."""

from __future__ import annotations

import math


def main() -> None:
    values = [0.0, -0.0, 1.0, 1.5, 0.1, 1e15, 1e16, 1.5e16, 123456789012345680.0, 1e21, 1e22, 1e-4, 1e-5, 1.25e-7, 3.0e-310]
    for x in values:
        print(x, repr(x), f"{x}", str(-x))
    print(math.inf, -math.inf, math.nan, float("inf"), 0.1 + 0.2, 1 / 3, 2.0**10)
    print([1.0, 2.5], (1.0,), {"a": 1.0}, [[0.5], [1e100]])
