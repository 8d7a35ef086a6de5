"""int() of text."""

from __future__ import annotations


def main() -> None:
    for text in ("0", "12", " 12\n", "-12", "+12", "1_000", "007", "", " ", "1.0", "1e3", "0x10", "--1", "_1", "1_", "٣", "１２", "12a"):
        try:
            print(repr(text), int(text))
        except ValueError:
            print(repr(text), "refused")
