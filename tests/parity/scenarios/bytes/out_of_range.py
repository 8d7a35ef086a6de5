"""A byte is 0 to 255."""

from __future__ import annotations


def main() -> None:
    for value in (0, 255, 256, -1, 1000):
        try:
            print(bytes([value]))
        except ValueError:
            print("refused", value)
