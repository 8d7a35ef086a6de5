"""Everyday arithmetic of a screen."""

from __future__ import annotations


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def percent(part: int, whole: int) -> int:
    return 0 if whole == 0 else round(100 * part / whole)


def main() -> None:
    print([clamp(x, 0.0, 1.0) for x in (-0.5, 0.0, 0.3, 1.0, 7.25)])
    print([percent(a, b) for a, b in ((0, 0), (1, 3), (2, 3), (1, 8), (3, 8), (5, 5), (1, 200))])
