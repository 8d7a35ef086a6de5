"""Slices never tear a character apart."""

from __future__ import annotations


def main() -> None:
    text = "a😀b😁c"
    print(text[0], text[1], text[-1], text[-2], text[1:3], text[:2], text[3:], text[-2:], text[:-1], text[1:-1], text[5:], text[::1])
    for index in (4, 5, -5, -6):
        try:
            print(text[index])
        except IndexError:
            print("out of range")
