"""abs, min, max, sum, pow and math."""

from __future__ import annotations

import math


def main() -> None:
    print(abs(-3), abs(-2.5), min(3, 1, 2), max(3, 1, 2), min([2.5, 1.5]), max("b", "a"))
    print(sum([1, 2, 3]), sum([0.5, 0.25], 0.0), sum([1, 2], 10), sum(x > 1 for x in [1, 2, 3]))
    print(2**10, 2**0, (-2) ** 3, -(2**2), 2**-1, pow(2, 5))
    print(math.sqrt(16), math.floor(2.7), math.ceil(2.1), math.log2(8), math.pi > 3.14)
    print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1.0), math.floor(7 / 2), math.ceil(7 / 2))
    print(max([1, 5, 3], default=0), max([], default=-1), min(["bb", "a"], key=len), max([(1, "b"), (1, "c")]))
    try:
        print(max([x for x in [1] if x > 1]))
    except ValueError:
        print("empty")
    print(bin(10), hex(255), hex(-255), (5).bit_length())
