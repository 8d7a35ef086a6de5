"""round() with digits, on ties and on large numbers."""

from __future__ import annotations


def main() -> None:
    for value in (0.5, 1.5, 2.5, -0.5, -1.5, 1e15 + 0.5, 0.49999999999999994, 1234.5678):
        print(round(value), round(value, 1), round(value, 2), round(value, 0))
    print(round(1.005, 2), round(2.675, 2), round(1e-7, 7), round(123.456, -1), round(-15.0, -1), round(25.0, -1))
    print(round(15, -1), round(25, -1), round(-15, -1), round(149, -2), round(7, 3), round(1250, -2))
    for value in (-0.5, -0.0, -49.0, 50.0, 150.0, 250.00000000000003, -250.00000000000003, 1e16 + 50, 7e22, 5e299):
        print(round(value, -2), round(value, -1), round(value, -30))
    print(round(-4, -1), float(round(-4, -1)), round(9_007_199_254_740_985, -1), round(1, -400), round(1e308, -308))
