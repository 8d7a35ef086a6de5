"""Steps forward and back."""

from __future__ import annotations


def main() -> None:
    items = list(range(6))
    text = "abcdef"
    for step in (1, 2, 5, 9, -1, -2, -7):
        print(items[::step], text[::step], items[1:5:step], items[5:1:step], text[-2:-5:step], items[3::step], items[:3:step])
    try:
        print(items[:: len(items) - 6])
    except ValueError:
        print("no step of zero")
