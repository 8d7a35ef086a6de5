"""Floats beyond numbers."""

from __future__ import annotations


def main() -> None:
    inf, nan = float("inf"), float("nan")
    print(inf, -inf, nan, inf + 1, inf - inf, inf * 0.0, nan == nan, nan != nan, inf == inf, inf > 10**10)
    print(f"{inf:.2f} {nan:.1f} {-inf:8.1f}", max(1.0, inf), min(1.0, -inf), 1.0 / inf, inf // 1.0, 5.0 % inf)
    for value in (inf, -inf, nan):
        try:
            print(int(value))
        except OverflowError:
            print("overflow")
        except ValueError:
            print("value")
