"""An int is never minus zero; a float may be."""

from __future__ import annotations


def main() -> None:
    zero = len("")
    minus = -3
    print(zero * minus, float(zero * minus), -zero, float(-zero), (zero * minus) / 5, zero // minus, float(zero // minus))
    print(0.0 * -1.0, -0.0, 0.0, -0.0 == 0.0, float(zero % minus), round(-0.4), float(int(-0.5)), abs(-0.0))
    print(-zero + 0.0, zero * minus * 1.5, zero * minus - 0.0, str(-0.0), float("-0"))
