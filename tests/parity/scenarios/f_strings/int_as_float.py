"""An int with a float's specification."""

from __future__ import annotations


def main() -> None:
    for n in (0, 1, -7, 12345):
        print(f"{n:.1f}|{n:8.3f}|{n:.0f}|{n:,.2f}|{n:.1%}")
