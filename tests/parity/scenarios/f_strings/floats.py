"""Floats with precision, sign, zeros and commas."""

from __future__ import annotations


def main() -> None:
    for x in (0.0, 0.5, -0.5, 3.14159, -3.14159, 1234567.891, 0.005, 1e10):
        print(f"{x:f}|{x:.0f}|{x:.1f}|{x:.3f}|{x:8.2f}|{x:<8.2f}|{x:08.2f}|{x:+.2f}|{x:,.1f}|{x:.2%}")
