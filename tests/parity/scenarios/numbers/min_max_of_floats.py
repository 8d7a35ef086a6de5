"""min and max keep the first of equals, and compare as Python does."""

from __future__ import annotations


def main() -> None:
    zero, minus, nan = 0.0, -0.0, float("nan")
    print(max(zero, minus), max(minus, zero), min(zero, minus), min(minus, zero))
    print(max(nan, 1.0), max(1.0, nan), min(nan, 1.0), min(1.0, nan))
    print(max(1, 2.5) == 2.5, min(3, 2.5) < 3, max([1.5, -2.0]), min([], default=0.5), max("b", "a", "c"))
